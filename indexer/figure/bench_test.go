package figure

import (
	"strings"
	"testing"

	"youju/report"
)

// BenchmarkFind reads a paragraph of the usual density of figures.
func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("地区生产总值增长6.1%、突破2800亿元，城镇和农村居民人均可支配收入分别增长5%和6%，新建改建农村公路500公里。坚持稳中求进工作总基调，着力推动高质量发展，经济社会发展取得新成效。", 20)
	it := item(report.PartReview, text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(nil, city(), it, text)
	}
}
