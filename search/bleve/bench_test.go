package bleve_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"youju/report"
	"youju/search"
	"youju/search/bleve"
)

// readCollection reads the originals and the corpus with the real indexer.
func readCollection(tb testing.TB) []*report.Document {
	tb.Helper()
	dir := sharedDir(tb)
	return readFiles(tb, filepath.Join(dir, "seeds"), filepath.Join(dir, "corpus"))
}

// mixed is what readers type: names, everyday words, figures, single characters,
// several words, phrases, other word order, nonsense, and nothing.
var mixed = []string{
	"", "老旧小区改造", "高质量发展", "发展", "县", "2021年", "100亿", "养老 服务", "教育 医疗 就业",
	"“乡村振兴”", "招商引资 -旅游", "雄商高铁", "郑济高铁", "公交免费", "特斯拉超级工厂", "地铁一号线",
	"改造老旧小区多少个", "今年要建多少所幼儿园", "市水利局", "东阿阿胶", "5G", "ＧＤＰ增长", "污水处理厂 提标",
	"老舊小區", "粮食产量", "营商环境", "一次办好", "农村公路", "year:2021 教育", "科技创新 企业 研发 投入",
}

// BenchmarkSearch measures whole answers, facets and snippets included.
func BenchmarkSearch(b *testing.B) {
	docs := readCollection(b)
	dir := b.TempDir()
	build(b, dir, docs)
	x, err := bleve.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	var took []time.Duration
	n := 0
	for b.Loop() {
		start := time.Now()
		find(b, x, search.Query{Text: mixed[n%len(mixed)]})
		took = append(took, time.Since(start))
		n++
	}
	slices.Sort(took)
	for name, share := range map[string]float64{"p50-ms": .50, "p95-ms": .95, "p99-ms": .99} {
		b.ReportMetric(float64(took[int(share*float64(len(took)-1))].Microseconds())/1000, name)
	}
	b.ReportMetric(float64(x.Info().Items), "items")
}

// worstQueries are those that cost most.
func worstQueries() map[string]string {
	common := []rune("发展建设工作全市经济企业项目服务推进加强实施重点提升产业新人民政府国家完成以上加快和的")
	various := ""
	for i := range search.MaxQueryRunes {
		various += string(common[i*i%len(common)])
	}
	return map[string]string{
		"one character over and over": strings.Repeat("的", 200),
		"common word over and over":   strings.Repeat("发展", 100),
		"200 common characters":       various,
		"12 common words":             "发展 建设 工作 全市 经济 企业 项目 服务 推进 加强 实施 重点",
		"12 long words":               strings.Join(strings.Split("经济社会发展工作重点项目建设 "+various[:12*3*14], "和"), " "),
		"most common character":       "的",
		"excluded common words":       "-发展 -的 -建设",
		"quotes":                      strings.Repeat("\"发展 ", 50),
	}
}

// openCollection is an index of what readCollection gives.
func openCollection(b *testing.B) *bleve.Index {
	dir := b.TempDir()
	build(b, dir, readCollection(b))
	x, err := bleve.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { x.Close() })
	return x
}

// BenchmarkWorst measures the queries that cost most, one by one.
func BenchmarkWorst(b *testing.B) {
	x := openCollection(b)
	for name, text := range worstQueries() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				find(b, x, search.Query{Text: text, Page: 10, Size: search.MaxSize})
			}
		})
	}
}

// BenchmarkDeadline measures how late they end that have no time, in the worst
// of all moments to be stopped.
func BenchmarkDeadline(b *testing.B) {
	x := openCollection(b)
	for name, text := range worstQueries() {
		b.Run(name, func(b *testing.B) {
			late := time.Duration(0)
			for n := 0; b.Loop(); n++ {
				limit := time.Duration(n%64) * time.Millisecond / 4
				ctx, cancel := context.WithTimeout(context.Background(), limit)
				begun := time.Now()
				if _, err := x.Search(ctx, search.Query{Text: text}); err != nil {
					late = max(late, time.Since(begun)-limit)
				}
				cancel()
			}
			b.ReportMetric(float64(late.Microseconds())/1e3, "late-ms")
		})
	}
}

// BenchmarkBuild measures publishing documents that are already split.
func BenchmarkBuild(b *testing.B) {
	docs := readCollection(b)
	size := 0
	for _, doc := range docs {
		for i := range doc.Items {
			size += len(doc.Items[i].Text)
		}
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		build(b, b.TempDir(), docs)
	}
}

// BenchmarkOpen measures what a swap costs before the first answer.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	build(b, dir, readCollection(b))
	for b.Loop() {
		x, err := bleve.Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		x.Close()
	}
}

// BenchmarkDocument measures reading the longest document for its page.
func BenchmarkDocument(b *testing.B) {
	docs := readCollection(b)
	dir := b.TempDir()
	build(b, dir, docs)
	x, err := bleve.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	longest := slices.MaxFunc(docs, func(a, b *report.Document) int { return len(a.Items) - len(b.Items) })
	for b.Loop() {
		if _, err := x.Document(context.Background(), longest.ID); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(longest.Items)), "items")
}
