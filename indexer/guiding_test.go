package indexer

import (
	"testing"

	"youju/report"
)

// TestGuiding gives no topics to guiding ideas, and some to what only follows them.
func TestGuiding(t *testing.T) {
	for _, c := range []struct {
		heading, text string
		none          bool
	}{
		{"", "今年政府工作的总体要求是：坚持稳中求进工作总基调，推动科技创新和产业创新融合。", true},
		{"", "以习近平新时代中国特色社会主义思想为指导，加快农业农村现代化。", true},
		{"指导思想", "抓好教育、医疗、就业，扩大对外开放。", true},
		{"", "坚持稳中求进工作总基调，统筹扩大就业和改善教育。", true},
		{"", "坚持科技创新引领，新增高新技术企业50家。", false},
		{"总体目标", "建成水库3座，新增绿地20公顷，改善生态环境。", false},
	} {
		it := report.Item{Part: report.PartPlan, Heading: c.heading, Text: c.text}
		tagTopics(&report.Document{}, &it)
		if none := len(it.Topics) == 0; none != c.none {
			t.Errorf("%s %s: topics %v", c.heading, c.text, it.Topics)
		}
	}
}
