package web_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"youju/indexer"
	"youju/search/bleve"
)

// realSite is the site over real reports: seeds/ and corpus/ of the reference
// material, which YOUJU_SHARED names where it is not beside the project.
func realSite(b *testing.B) http.Handler {
	b.Helper()
	shared := os.Getenv("YOUJU_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	paths := []string{filepath.Join(shared, "seeds"), filepath.Join(shared, "corpus")}
	if _, err := os.Stat(paths[0]); err != nil {
		b.Skipf("no reference material: %v", err)
	}
	dir := b.TempDir()
	builder, err := bleve.NewBuilder(dir)
	if err != nil {
		b.Fatal(err)
	}
	files, _ := indexer.Find(paths)
	if _, err := indexer.Index(context.Background(), files, builder, indexer.Options{}); err != nil {
		b.Fatal(err)
	}
	if _, err := builder.Publish(context.Background(), nil); err != nil {
		b.Fatal(err)
	}
	index, err := bleve.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { index.Close() })
	return site(index)
}

// BenchmarkPages measures the pages of facts over the real reports: the mean,
// and the time that 95 of 100 requests stay under.
func BenchmarkPages(b *testing.B) {
	h := realSite(b)
	for _, target := range []string{
		"/track", "/track?place=上海市", "/track?indicator=生产总值增长", "/track.csv",
		"/lists", "/lists?place=聊城市",
		"/trend?q=发展&q=建设&q=推进&q=高质量发展&q=新质生产力", "/trend?q=高质量发展&place=上海市",
		"/units", "/unit/市财政局", "/unit/莘县人民政府", "/units.csv", "/glossary",
		"/projects", "/projects?place=聊城市&stage=在建", "/projects.csv", "/projects.xlsx", "/project/雄商高铁", "/search?q=雄商高铁", "/api/v1/projects",
		"/search?q=城镇新增就业", "/search?amount=100-",
	} {
		b.Run(target, func(b *testing.B) {
			get(b, h, "GET", target) // what is gathered at first use is there for all others
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				if res, _ := get(b, h, "GET", target); res.StatusCode != http.StatusOK {
					b.Fatalf("%s: %d", target, res.StatusCode)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}
