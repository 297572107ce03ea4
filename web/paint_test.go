package web_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"youju/search/bleve"
)

// corpus is the reports of ../shared in a real index.
var corpus = sync.OnceValues(func() (*bleve.Index, error) {
	shared := os.Getenv("YOUJU_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	return buildIndex(os.DirFS(shared), "seeds", "corpus")
})

// watchPaint notes, from the start of a page, what the reader waits for.
const watchPaint = `window.seen = { paint: 0, shift: 0, blocked: 0 };
new PerformanceObserver(list => list.getEntries().forEach(e => { seen.paint = e.startTime; })).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) seen.shift += e.value; })).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver(list => list.getEntries().forEach(e => { seen.blocked += Math.max(0, e.duration - 50); })).observe({ type: "longtask", buffered: true });`

// BenchmarkPaint opens pages over the whole corpus in a browser on a processor
// four times slower, as a phone's is, and reports what Lighthouse would: the
// largest paint, the shift of the layout, and the time for which the page was
// deaf. The best of the runs counts, since other work on the machine only adds.
func BenchmarkPaint(b *testing.B) {
	index, err := corpus()
	if err != nil {
		b.Skipf("no corpus: %v", err)
	}
	visitor := visitors(b, site(index))
	for _, p := range []pageType{
		{"home", "/"}, {"results", "/search?q=老旧小区改造"}, {"results-all", "/search"}, {"report", "/report/371500-2025-report"},
		{"report-marked", "/report/371500-2025-report?q=产业"}, {"item", "/report/371500-2021-assignment/task-31"},
		{"reports", "/reports"}, {"track", "/track"}, {"units", "/units"}, {"projects", "/projects"}, {"glossary", "/glossary"},
	} {
		b.Run(p.name, func(b *testing.B) {
			best := struct{ Paint, Shift, Blocked float64 }{1e9, 0, 1e9}
			for b.Loop() {
				v := visitor(b)
				v.do(emulation.SetDeviceMetricsOverride(390, 800, 2, true), emulation.SetCPUThrottlingRate(4),
					chromedp.ActionFunc(func(ctx context.Context) error {
						_, err := cdppage.AddScriptToEvaluateOnNewDocument(watchPaint).Do(ctx)
						return err
					}))
				v.open(p.target)
				time.Sleep(time.Second)
				var seen struct{ Paint, Shift, Blocked float64 }
				if err := json.Unmarshal([]byte(v.eval("JSON.stringify(seen)")), &seen); err != nil {
					b.Fatal(err)
				}
				best.Paint, best.Blocked, best.Shift = min(best.Paint, seen.Paint), min(best.Blocked, seen.Blocked), max(best.Shift, seen.Shift)
			}
			b.ReportMetric(best.Paint, "paint-ms")
			b.ReportMetric(best.Blocked, "blocked-ms")
			b.ReportMetric(best.Shift, "shift")
			b.ReportMetric(0, "ns/op")
		})
	}
}
