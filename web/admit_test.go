package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"youju/report"
	"youju/search"
	"youju/web"
)

// door is a library whose searches wait until it is opened.
type door struct {
	*memory
	came chan struct{}
	open chan struct{}
}

func newDoor() *door {
	return &door{library(), make(chan struct{}, 100), make(chan struct{})}
}

func (d *door) Search(ctx context.Context, q search.Query) (*search.Result, error) {
	d.came <- struct{}{}
	select {
	case <-d.open:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return d.memory.Search(ctx, q)
}

// crowd asks for targets at the same time and gathers the answers.
type crowd struct {
	sync.WaitGroup
	mu    sync.Mutex
	codes map[int]int
}

func (c *crowd) ask(h http.Handler, r *http.Request) {
	c.Go(func() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.codes == nil {
			c.codes = map[int]int{}
		}
		c.codes[w.Code]++
	})
}

// await waits until the metrics hold a line.
func await(t *testing.T, h http.Handler, line string) {
	t.Helper()
	late := time.Now().Add(20 * time.Second)
	for {
		body := ask(h, "/metrics", "", nil).Body.String()
		if strings.Contains(body, "\n"+line+"\n") {
			return
		}
		if time.Now().After(late) {
			t.Fatalf("no %q in\n%s", line, body)
		}
		time.Sleep(time.Millisecond)
	}
}

// TestOverload fills the places and the queue: the next is turned away in its
// language, what an operator needs is answered, and all others are, too.
func TestOverload(t *testing.T) {
	d := newDoor()
	h := web.New(d, web.Options{Logger: quiet(), MaxInFlight: 1})
	var c crowd
	c.ask(h, httptest.NewRequest("GET", "/search?q=a", nil))
	<-d.came
	for i := range 8 {
		c.ask(h, httptest.NewRequest("GET", fmt.Sprintf("/api/v1/search?q=%d", i), nil))
	}
	await(t, h, `youju_requests_queued{bound="usual"} 8`)
	await(t, h, `youju_requests_in_flight{bound="usual"} 1`)
	for _, tt := range []struct{ target, kind, want string }{
		{"/search?q=b", "text/html; charset=utf-8", `<html lang="zh-CN">`},
		{"/", "text/html; charset=utf-8", "现在查阅的人太多"},
		{"/report/a?lang=en", "text/html; charset=utf-8", "Too many people are reading"},
		{"/api/v1/search?q=b", "application/json; charset=utf-8", `{"error":{"code":"overloaded","message":"现在查阅的人太多`},
		{"/api/v1/items/a?lang=en", "application/json; charset=utf-8", `{"error":{"code":"overloaded","message":"Too many people`},
	} {
		w := ask(h, tt.target, "", map[string]string{"Accept-Encoding": "gzip"})
		if w.Code != 503 || w.Header().Get("Retry-After") == "" || w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" ||
			w.Header().Get("Content-Type") != tt.kind || !strings.Contains(w.Body.String(), tt.want) || w.Body.Len() > 2000 {
			t.Errorf("%s: %d %v\n%s", tt.target, w.Code, w.Header(), w.Body)
		}
	}
	for _, target := range []string{"/healthz", "/readyz", "/metrics", "/static/youju.css"} {
		if w := ask(h, target, "", nil); w.Code == 503 {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
	await(t, h, `youju_requests_refused_total{bound="usual",reason="full"} 5`)
	close(d.open)
	c.Wait()
	if c.codes[200] != 9 {
		t.Errorf("the waiting got %v", c.codes)
	}
	await(t, h, `youju_requests_in_flight{bound="usual"} 0`)
}

// TestQueuedReaderGoes leaves the queue with its reader.
func TestQueuedReaderGoes(t *testing.T) {
	d := newDoor()
	h := web.New(d, web.Options{Logger: quiet(), MaxInFlight: 1})
	var c crowd
	c.ask(h, httptest.NewRequest("GET", "/search?q=a", nil))
	<-d.came
	ctx, cancel := context.WithCancel(t.Context())
	c.ask(h, httptest.NewRequest("GET", "/search?q=b", nil).WithContext(ctx))
	await(t, h, `youju_requests_queued{bound="usual"} 1`)
	cancel()
	await(t, h, `youju_requests_queued{bound="usual"} 0`)
	await(t, h, `youju_requests_refused_total{bound="usual",reason="gone"} 1`)
	close(d.open)
	c.Wait()
	if len(d.came) > 0 {
		t.Error("a search was made for nobody")
	}
}

// TestExpensive keeps files and readers apart.
func TestExpensive(t *testing.T) {
	for _, target := range []string{"/export.csv?q=a", "/export.xlsx", "/export.jsonl", "/feed.atom"} {
		d := newDoor()
		h := web.New(d, web.Options{Logger: quiet(), MaxInFlight: 4})
		var c crowd
		for range 3 {
			c.ask(h, httptest.NewRequest("GET", target, nil))
		}
		<-d.came
		await(t, h, `youju_requests_in_flight{bound="expensive"} 1`)
		await(t, h, `youju_requests_queued{bound="expensive"} 2`)
		if w := ask(h, "/help", "", nil); w.Code != 200 {
			t.Errorf("a reader beside %s: %d", target, w.Code)
		}
		close(d.open)
		c.Wait()
		if c.codes[200] != 3 {
			t.Errorf("%s: %v", target, c.codes)
		}
	}
}

// slowReader takes its answer when it is told to.
type slowReader struct {
	*httptest.ResponseRecorder
	began chan struct{}
	take  chan struct{}
}

func (r *slowReader) Write(b []byte) (int, error) {
	r.began <- struct{}{}
	<-r.take
	return r.ResponseRecorder.Write(b)
}

// oneFile gives the same original for every document.
type oneFile struct{ web.Sources }

func (oneFile) Original(context.Context, *report.Document) (io.ReadSeekCloser, error) {
	return struct {
		io.ReadSeeker
		io.Closer
	}{strings.NewReader("原文"), io.NopCloser(nil)}, nil
}

// TestSlowReaders does not let those who take their answers slowly keep others
// from theirs.
func TestSlowReaders(t *testing.T) {
	h := web.New(library(), web.Options{Logger: quiet(), MaxInFlight: 1, Sources: oneFile{}})
	began, take := make(chan struct{}, 100), make(chan struct{})
	var readers sync.WaitGroup
	targets := []string{"/", "/search?q=a", "/api/v1/search", "/export.csv", "/report/371524-2015-report/original", "/projects"}
	for i := range 30 {
		readers.Go(func() {
			r := &slowReader{httptest.NewRecorder(), began, take}
			h.ServeHTTP(r, httptest.NewRequest("GET", targets[i%len(targets)], nil))
			if r.Code != 200 {
				t.Errorf("%s: %d", targets[i%len(targets)], r.Code)
			}
		})
		<-began
	}
	for _, target := range targets {
		if w := ask(h, target, "", nil); w.Code != 200 || w.Body.Len() == 0 {
			t.Errorf("%s beside slow readers: %d", target, w.Code)
		}
	}
	close(take)
	readers.Wait()
}

// TestPanicFreesPlace goes on after a fault.
func TestPanicFreesPlace(t *testing.T) {
	m := library()
	m.boom = "boom"
	h := web.New(m, web.Options{Logger: quiet(), MaxInFlight: 1})
	for range 3 {
		if w := ask(h, "/search?q=a", "", nil); w.Code != 500 || !strings.Contains(w.Body.String(), "系统出了问题") {
			t.Errorf("status %d", w.Code)
		}
	}
	m.boom, m.fail = "", errors.New("no")
	for range 3 {
		if w := ask(h, "/search?q=a", "", nil); w.Code != 500 {
			t.Errorf("status %d", w.Code)
		}
	}
}

// TestUnknownProxy limits nobody for a proxy that the operator did not name,
// and everybody else.
func TestUnknownProxy(t *testing.T) {
	via := func(name string) map[string]string { return map[string]string{name: "192.0.2.9"} }
	for name, tt := range map[string]struct {
		from, host string
		headers    map[string]string
		old        bool
		limited    bool
	}{
		"loopback":                       {"127.0.0.1:1", "127.0.0.1:8080", nil, false, true},
		"loopback by name":               {"[::1]:1", "localhost:8080", nil, false, true},
		"a reader in the same network":   {"10.1.2.3:1", "10.0.0.1", nil, false, true},
		"a reader elsewhere":             {"192.0.2.1:1", "example.com", nil, false, true},
		"who claims to be a proxy":       {"192.0.2.1:1", "example.com", via("X-Forwarded-For"), false, true},
		"a proxy on this machine":        {"127.0.0.1:1", "127.0.0.1:8080", via("X-Forwarded-For"), false, false},
		"a proxy in the same network":    {"10.1.2.3:1", "example.com", via("X-Forwarded-For"), false, false},
		"one with IPv6":                  {"[fd00::1]:1", "example.com", via("X-Forwarded-For"), false, false},
		"one that says it otherwise":     {"172.17.0.1:1", "example.com", via("Forwarded"), false, false},
		"nginx as it is":                 {"127.0.0.1:1", "127.0.0.1:8080", nil, true, false},
		"one that keeps the host's name": {"127.0.0.1:1", "youju.example.org", nil, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			var log strings.Builder
			h := web.New(library(), web.Options{Logger: textLog(&log), RateLimit: 2})
			codes := map[int]int{}
			for range 5 {
				r := httptest.NewRequest("GET", "/help", nil)
				r.RemoteAddr, r.Host = tt.from, tt.host
				if tt.old {
					r.Proto, r.ProtoMinor = "HTTP/1.0", 0
				}
				for name, value := range tt.headers {
					r.Header.Set(name, value)
				}
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				codes[w.Code]++
			}
			if want := map[bool]int{true: 3, false: 0}[tt.limited]; codes[429] != want || codes[200] != 5-want {
				t.Errorf("got %v", codes)
			}
			if told := strings.Count(log.String(), "--trusted-proxy"); told > 1 || !tt.limited && told != 1 {
				t.Errorf("the log says %d times what to do", told)
			}
		})
	}
}
