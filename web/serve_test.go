package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"youju/search"
	"youju/web"
)

// ask sends a request with some headers from an address.
func ask(h http.Handler, target, from string, headers map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", target, nil)
	if from != "" {
		r.RemoteAddr = from
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// generation is a library whose index can be built again.
type generation struct {
	*memory
	name string
}

func (g *generation) Info() search.Info {
	info := g.memory.Info()
	info.Generation = g.name
	return info
}

func TestETag(t *testing.T) {
	s := &generation{library(), "g1"}
	h := site(s)
	for _, target := range []string{"/", "/search?q=a", "/reports", "/help", "/report/371524-2015-report", "/report/371524-2015-report/1.1", "/basket", "/feed.atom", "/export.csv", "/api/v1/search?q=a", "/api/v1/documents"} {
		tag := ask(h, target, "", nil).Header().Get("ETag")
		if !strings.HasPrefix(tag, `W/"`) {
			t.Errorf("%s: tag %q", target, tag)
			continue
		}
		for header, want := range map[string]int{tag: 304, `"x", ` + tag: 304, strings.TrimPrefix(tag, "W/"): 304, `W/"x"`: 200, "*": 200, "": 200} {
			w := ask(h, target, "", map[string]string{"If-None-Match": header, "Accept-Encoding": "gzip"})
			if w.Code != want || want == 304 && (w.Body.Len() > 0 || w.Header().Get("ETag") != tag || w.Header().Get("Content-Security-Policy") == "") {
				t.Errorf("%s with %q: %d, %d bytes", target, header, w.Code, w.Body.Len())
			}
		}
		if other := ask(h, target+map[bool]string{true: "&x=1", false: "?x=1"}[strings.Contains(target, "?")], "", nil).Header().Get("ETag"); other == tag {
			t.Errorf("%s: another query has the same tag", target)
		}
		s.name = "g2"
		if w := ask(h, target, "", map[string]string{"If-None-Match": tag}); w.Code != 200 {
			t.Errorf("%s: a new index, but status %d", target, w.Code)
		}
		s.name = "g1"
	}
	for _, target := range []string{"/nothing", "/healthz", "/readyz", "/report/nothing"} {
		if tag := ask(h, target, "", nil).Header().Get("ETag"); tag != "" {
			t.Errorf("%s has the tag %q", target, tag)
		}
	}
}

func TestRateLimit(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	h := web.New(library(), web.Options{Logger: quiet(), RateLimit: 3, TrustedProxies: proxies})
	for i := range 5 {
		w := ask(h, "/search", "192.0.2.1:99", nil)
		if want := map[bool]int{true: 200, false: 429}[i < 3]; w.Code != want {
			t.Fatalf("request %d: %d, want %d", i, w.Code, want)
		}
		if i >= 3 && (w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "请求太多")) {
			t.Errorf("429 with Retry-After %q", w.Header().Get("Retry-After"))
		}
	}
	for name, tt := range map[string]struct {
		target, from, forwarded string
		want                    int
	}{
		"another reader":            {"/search", "192.0.2.2:1", "", 200},
		"who claims to be another":  {"/search", "192.0.2.1:1", "192.0.2.9", 429},
		"through a proxy":           {"/search", "10.0.0.1:1", "192.0.2.1", 429},
		"through two proxies":       {"/search", "10.0.0.1:1", "192.0.2.1, 10.0.0.2", 429},
		"another through the proxy": {"/search", "10.0.0.1:1", "192.0.2.3", 200},
		"a lie before the proxy":    {"/search", "10.0.0.1:1", "192.0.2.77, 192.0.2.1", 429},
		"nonsense":                  {"/search", "10.0.0.1:1", "nonsense", 200},
		"the api":                   {"/api/v1/search", "192.0.2.1:1", "", 429},
		"health":                    {"/healthz", "192.0.2.1:1", "", 200},
	} {
		if w := ask(h, tt.target, tt.from, map[string]string{"X-Forwarded-For": tt.forwarded}); w.Code != tt.want {
			t.Errorf("%s: %d, want %d", name, w.Code, tt.want)
		}
	}
	h = web.New(library(), web.Options{Logger: quiet(), RateLimit: 1})
	if a, b := ask(h, "/help", "[2001:db8::1]:1", nil).Code, ask(h, "/help", "[2001:db8::2]:1", nil).Code; a != 200 || b != 429 {
		t.Errorf("two addresses of one network: %d, %d", a, b)
	}
}

// TestViews checks that a display rides along on every way to another page.
func TestViews(t *testing.T) {
	h := sampleSite(t)
	for _, target := range []string{"/", "/search?q=机场", "/search?q=zzzz", "/report/371500-2021-assignment?q=机场", "/report/371500-2021-assignment/task-31", "/reports", "/help", "/basket"} {
		join := "?"
		if strings.Contains(target, "?") {
			join = "&"
		}
		plain := page(t, h, target, 200)
		if links := plain.Find(".views").First().Find("a"); links.Length() != 3 || links.Eq(2).AttrOr("href", "") == "" {
			t.Errorf("%s: no ways to other displays", target)
		}
		doc := page(t, h, target+join+"view=elder", 200)
		if !doc.Find("html").HasClass("elder") {
			t.Errorf("%s is not displayed for elders", target)
		}
		doc.Find("a").Each(func(_ int, a *goquery.Selection) {
			href := a.AttrOr("href", "")
			file := strings.HasPrefix(href, "/api/") || strings.HasPrefix(href, "/export.") || strings.HasPrefix(href, "/feed.") || strings.HasPrefix(href, "/basket.")
			if strings.HasPrefix(href, "/") && strings.Contains(href, "view=elder") == file {
				t.Errorf("%s: link %s", target, href)
			}
			if before, anchor, ok := strings.Cut(href, "#"); ok && strings.Contains(anchor, "view=") {
				t.Errorf("%s: the view is in the anchor of %s#%s", target, before, anchor)
			}
		})
		doc.Find("form").Each(func(_ int, f *goquery.Selection) {
			if f.Find(`input[name=view][value=elder]`).Length() != 1 {
				t.Errorf("%s: a form loses the view", target)
			}
		})
	}
	for _, view := range []string{"", "nonsense", "%22%3E%3Cimg%3E"} {
		if class, ok := page(t, h, "/?view="+view, 200).Find("html").Attr("class"); ok {
			t.Errorf("view %q gives class %q", view, class)
		}
	}
}
