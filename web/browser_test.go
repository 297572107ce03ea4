package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// visit is one reader's open page.
type visit struct {
	testing.TB
	ctx  context.Context
	base string
}

// browser is the one that all tests open their pages in. Those tests run only
// when YOUJU_BROWSER names a Chromium (YOUJU_BROWSER=chromium).
var browser = sync.OnceValues(func() (context.Context, error) {
	path, err := exec.LookPath(os.Getenv("YOUJU_BROWSER"))
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1200, 900))
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, quit := chromedp.NewContext(allocator)
	atEnd = append(atEnd, quit)
	return ctx, chromedp.Run(ctx)
})

// visitors gives a new page of a site per call; each is closed with its test.
func visitors(t testing.TB, h http.Handler) func(t testing.TB) *visit {
	t.Helper()
	if os.Getenv("YOUJU_BROWSER") == "" {
		t.Skip("YOUJU_BROWSER names no browser")
	}
	ctx, err := browser()
	if err != nil {
		t.Fatalf("starting the browser: %v", err)
	}
	site := httptest.NewServer(h)
	t.Cleanup(site.Close)
	return func(t testing.TB) *visit {
		tab, closeTab := chromedp.NewContext(ctx)
		bound, cancel := context.WithTimeout(tab, 3*time.Minute)
		t.Cleanup(func() { cancel(); closeTab() })
		return &visit{t, bound, site.URL}
	}
}

// do walks on; any step that cannot be taken ends the journey.
func (v *visit) do(steps ...chromedp.Action) {
	v.Helper()
	if err := chromedp.Run(v.ctx, steps...); err != nil {
		v.Fatal(err)
	}
}

func (v *visit) open(target string) { v.Helper(); v.do(chromedp.Navigate(v.base + target)) }

// eval asks the page; a promise is waited for.
func (v *visit) eval(script string) (answer string) {
	v.Helper()
	v.do(chromedp.Evaluate("Promise.resolve("+script+").then(String)", &answer, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	return answer
}

// until waits for a condition on the page, which may be another one by then.
// It waits for long, since a busy machine may draw no frame for seconds.
func (v *visit) until(condition string) {
	v.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		var holds bool
		if err := chromedp.Run(v.ctx, chromedp.Evaluate("Boolean("+condition+")", &holds)); err == nil && holds {
			return
		}
	}
	v.Fatalf("never came true: %s", condition)
}

func (v *visit) want(script, want string) {
	v.Helper()
	if got := v.eval(script); !strings.Contains(got, want) {
		v.Errorf("%s is %q, want %q", script, got, want)
	}
}
