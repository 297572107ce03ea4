package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"youju/search"
	"youju/web"
)

func quiet() *slog.Logger { return textLog(io.Discard) }

func textLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

func site(s web.Searcher) http.Handler {
	return web.New(s, web.Options{Logger: quiet(), Version: "test"})
}

// get asks the handler for a target and gives the answer and its body.
func get(t testing.TB, h http.Handler, method, target string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(method, "http://youju.test/", nil)
	u, err := url.Parse(target)
	if err != nil {
		u = &url.URL{Path: target}
	}
	r.URL = &url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery} // as a server sees it
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	res := w.Result()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func page(t testing.TB, h http.Handler, target string, status int) *goquery.Document {
	t.Helper()
	res, body := get(t, h, "GET", target)
	if res.StatusCode != status {
		t.Fatalf("GET %s: status %d, want %d", target, res.StatusCode, status)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	checkPage(t, target, body, doc)
	return doc
}

// checkPage holds what is true of every page.
func checkPage(t testing.TB, target, body string, doc *goquery.Document) {
	t.Helper()
	wellFormed(t, target, body)
	if lang := doc.Find("html").AttrOr("lang", ""); lang != "zh-CN" && lang != "en" {
		t.Errorf("%s: lang %q", target, lang)
	}
	for _, one := range []string{"h1", "main#main", "header.masthead", "footer", "a.skip", "input#q", "head title"} {
		if n := doc.Find(one).Length(); n != 1 {
			t.Errorf("%s: %d of %s, want 1", target, n, one)
		}
	}
	if n := doc.Find(`[style], style, script:not([src]):not([type="application/ld+json"]), [onclick]`).Length(); n > 0 {
		t.Errorf("%s: %d inline styles or scripts, which the security policy forbids", target, n)
	}
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("id", ""); ids[id] {
			t.Errorf("%s: id %q occurs twice", target, id)
		} else {
			ids[id] = true
		}
	})
	doc.Find(`a[href^="#"]`).Each(func(_ int, s *goquery.Selection) {
		if id, _ := url.PathUnescape(s.AttrOr("href", "#")[1:]); !ids[id] {
			t.Errorf("%s: link to #%s leads nowhere", target, id)
		}
	})
	doc.Find("a").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.Text()) == "" && s.AttrOr("aria-label", "") == "" {
			t.Errorf("%s: a link without a name: %s", target, s.AttrOr("href", ""))
		}
	})
	doc.Find("input:not([type=hidden])").Each(func(_ int, s *goquery.Selection) {
		if doc.Find(`label[for="`+s.AttrOr("id", "?")+`"]`).Length() != 1 && s.Closest("label").Length() != 1 {
			t.Errorf("%s: a field without a label", target)
		}
	})
	doc.Find("[aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
		for _, id := range strings.Fields(s.AttrOr("aria-labelledby", "")) {
			if !ids[id] {
				t.Errorf("%s: aria-labelledby %q leads nowhere", target, id)
			}
		}
	})
}

// voidElements need no end tag.
var voidElements = map[string]bool{"meta": true, "link": true, "input": true, "br": true, "img": true, "hr": true, "wbr": true}

// wellFormed checks that every element is closed by its own end tag, in order.
func wellFormed(t testing.TB, target, body string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(body))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%s: <%s> is not closed", target, strings.Join(open, "><"))
			}
			return
		case html.StartTagToken:
			if name, _ := z.TagName(); !voidElements[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Errorf("%s: </%s> does not close %v", target, name, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

func TestStatusAndHead(t *testing.T) {
	h := site(library())
	for _, tt := range []struct {
		target string
		status int
		kind   string
	}{
		{"/", 200, "text/html"},
		{"/search", 200, "text/html"},
		{"/search?q=机场&year=2021", 200, "text/html"},
		{"/search?q=%ff%fe&county=%ff", 200, "text/html"},
		{"/search?year=nonsense&sort=nonsense&page=nonsense", 200, "text/html"},
		{"/search?page=999999999999999999999&size=-1", 200, "text/html"},
		{"/search?q=%zz", 200, "text/html"},
		{"/search?q=" + strings.Repeat("长", 10_000), 200, "text/html"},
		{"/reports", 200, "text/html"},
		{"/help", 200, "text/html"},
		{"/track", 200, "text/html"},
		{"/track?q=z&all=1", 200, "text/html"},
		{"/track?place=x&topic=y&q=z&all=1", 404, "text/html"},
		{"/track?indicator=县道改造", 200, "text/html"},
		{"/track?indicator=县道改造&place=莘县", 404, "text/html"},
		{"/track?indicator=县道", 404, "text/html"},
		{"/track.csv?indicator=县道改造", 200, "text/csv"},
		{"/track.xlsx?indicator=县道改造", 200, "application/vnd"},
		{"/track.csv", 200, "text/csv"},
		{"/track.csv?indicator=x", 404, "text/html"},
		{"/trend", 200, "text/html"},
		{"/trend?q=机场&q=机场&q=。&q=阿胶&q=a&q=b&q=c&q=d", 200, "text/html"},
		{"/trend?q=机场&place=莘县", 404, "text/html"},
		{"/trend.csv?q=机场", 200, "text/csv"},
		{"/trend.xlsx", 200, "application/vnd"},
		{"/api/v1/trend?q=阿胶", 200, "application/json"},
		{"/lists", 200, "text/html"},
		{"/lists?place=聊城市", 404, "text/html"},
		{"/lists?place=x&from=y&to=-1&part=z", 404, "text/html"},
		{"/lists.csv", 200, "text/csv"},
		{"/lists.xlsx?place=聊城市", 404, "text/html"},
		{"/api/v1/lists", 200, "application/json"},
		{"/api/v1/lists?place=x", 404, "application/json"},
		{"/api/v1/track", 200, "application/json"},
		{"/api/v1/track?indicator=县道改造&place=聊城", 200, "application/json"},
		{"/api/v1/track?indicator=县道", 404, "application/json"},
		{"/styleguide", 200, "text/html"},
		{"/report/371500-2021-assignment", 200, "text/html"},
		{"/report/371500-2021-assignment?q=机场", 200, "text/html"},
		{"/report/371500-2021-assignment/task-1", 200, "text/html"},
		{"/report/371500-2021-assignment/task-8(1)", 200, "text/html"},
		{"/report/371500-2021-assignment/task-8%281%29", 200, "text/html"},
		{"/report/371500-2021-assignment/task-99", 404, "text/html"},
		{"/report/nothing", 404, "text/html"},
		{"/report/%ff", 404, "text/html"},
		{"/report/", 404, "text/html"},
		{"/units", 200, "text/html"},
		{"/units.csv?q=%ff&size=-1", 200, "text/csv"},
		{"/units.xlsx", 200, "application/vnd"},
		{"/units.pdf", 404, "text/html"},
		{"/unit/市发展改革委", 200, "text/html"},
		{"/unit/市发展改革委.csv", 200, "text/csv"},
		{"/unit/nothing.xlsx", 404, "text/html"},
		{"/unit/%ff", 404, "text/html"},
		{"/projects?place=%ff&year=-1&amount=nonsense", 404, "text/html"},
		{"/projects.xlsx", 200, "application/vnd"},
		{"/project/nothing", 404, "text/html"},
		{"/project/nothing.csv", 404, "text/html"},
		{"/glossary", 200, "text/html"},
		{"/glossary.csv", 200, "text/csv"},
		{"/nothing", 404, "text/html"},
		{"/static/", 404, "text/html"},
		{"/static/youju.css", 404, "text/html"},
		{"/static/../web.go", 404, "text/html"},
		{"/robots.txt", 200, "text/plain"},
		{"/healthz", 200, "text/plain"},
		{"/readyz", 200, "text/plain"},
		{"/metrics", 200, "text/plain"},
		{"/api/v1/search", 200, "application/json"},
		{"/api/v1/search?q=%ff&page=-1&size=0", 200, "application/json"},
		{"/api/v1/items/371500-2021-assignment/task-1", 200, "application/json"},
		{"/api/v1/items/nothing", 404, "application/json"},
		{"/api/v1/documents", 200, "application/json"},
		{"/api/v1/documents/371524-2015-report", 200, "application/json"},
		{"/api/v1/documents/nothing", 404, "application/json"},
		{"/api/v1/units", 200, "application/json"},
		{"/api/v1/units/市发展改革委", 200, "application/json"},
		{"/api/v1/units/nothing", 404, "application/json"},
		{"/api/v1/projects?size=99999999999", 200, "application/json"},
		{"/api/v1/projects/nothing", 404, "application/json"},
		{"/api/v1/glossary", 200, "application/json"},
		{"/api/v1/nothing", 404, "application/json"},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			res, body := get(t, h, method, tt.target)
			if res.StatusCode == http.StatusMovedPermanently {
				continue // the router tidies paths with dots
			}
			if res.StatusCode != tt.status || !strings.HasPrefix(res.Header.Get("Content-Type"), tt.kind) {
				t.Errorf("%s %.80s: %d %s, want %d %s", method, tt.target, res.StatusCode, res.Header.Get("Content-Type"), tt.status, tt.kind)
			}
			if method == "HEAD" && body != "" {
				t.Errorf("HEAD %.80s has a body", tt.target)
			}
			for name, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
				"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			} {
				if got := res.Header.Get(name); got != want {
					t.Errorf("%s %.80s: %s is %q", method, tt.target, name, got)
				}
			}
		}
	}
}

func TestTrailingSlash(t *testing.T) {
	for from, to := range map[string]string{"/search/?q=a": "/search?q=a", "/report/371500-2021-assignment/": "/report/371500-2021-assignment"} {
		res, _ := get(t, site(library()), "GET", from)
		if res.StatusCode != 301 || res.Header.Get("Location") != to {
			t.Errorf("%s leads to %d %q, want %q", from, res.StatusCode, res.Header.Get("Location"), to)
		}
	}
}

func TestWrongMethod(t *testing.T) {
	res, body := get(t, site(library()), "POST", "/search")
	if res.StatusCode != 405 || res.Header.Get("Allow") != "GET, HEAD" || !strings.Contains(body, "只供查阅") {
		t.Errorf("POST: %d, Allow %q", res.StatusCode, res.Header.Get("Allow"))
	}
}

func TestErrorPages(t *testing.T) {
	for _, tt := range []struct {
		name   string
		s      *memory
		target string
		status int
		says   string
	}{
		{"unknown page", library(), "/nothing", 404, "没有对应的页面"},
		{"unknown document", library(), "/report/nothing", 404, "没有找到这份文件"},
		{"searcher fails", &memory{fail: errors.New("secret path /srv/x")}, "/search", 500, "系统出了问题"},
		{"searcher panics", &memory{boom: "secret"}, "/search", 500, "系统出了问题"},
		{"too slow", &memory{wait: true}, "/search", 503, "查询用时过长"},
		{"too slow at home", &memory{wait: true}, "/", 503, "查询用时过长"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := web.New(tt.s, web.Options{Logger: quiet(), RequestTimeout: 20 * time.Millisecond})
			doc := page(t, h, tt.target, tt.status)
			text := doc.Find("main").Text()
			if !strings.Contains(text, tt.says) || strings.Contains(text, "secret") {
				t.Errorf("page says %q", text)
			}
			if doc.Find(`main a[href="/"]`).Length() == 0 {
				t.Error("no way home")
			}
		})
		api := "/api/v1" + strings.Replace(tt.target, "/report/", "/documents/", 1)
		if tt.target == "/" {
			continue
		}
		h := web.New(tt.s, web.Options{Logger: quiet(), RequestTimeout: 20 * time.Millisecond})
		res, body := get(t, h, "GET", api)
		var answer struct {
			Error struct{ Code, Message string }
		}
		if err := json.Unmarshal([]byte(body), &answer); err != nil || res.StatusCode != tt.status || answer.Error.Code == "" || answer.Error.Message == "" {
			t.Errorf("%s: %d %s %v", api, res.StatusCode, body, err)
		}
	}
}

func TestEmptyCollection(t *testing.T) {
	h := site(&memory{})
	page(t, h, "/", 200)
	page(t, h, "/search", 200)
	page(t, h, "/reports", 200)
	if res, _ := get(t, h, "GET", "/readyz"); res.StatusCode != 503 {
		t.Errorf("/readyz without an index: %d", res.StatusCode)
	}
	if res, _ := get(t, h, "GET", "/healthz"); res.StatusCode != 200 {
		t.Errorf("/healthz without an index: %d", res.StatusCode)
	}
}

// TestHostileText puts markup into every field of a document and every
// parameter of a URL: it must come out as text.
func TestHostileText(t *testing.T) {
	s := hostile()
	h := site(s)
	enc := url.QueryEscape(markup)
	id := "/report/" + url.PathEscape(s.docs[0].ID)
	item := "/report/" + strings.ReplaceAll(url.PathEscape(s.docs[0].Items[0].ID), "%2F", "/")
	targets := []string{
		"/", "/search", "/search?q=机场", "/reports", id, id + "?q=机场", id + "?q=" + enc, "/nothing/" + enc,
		"/track", "/track?indicator=" + enc, "/track?indicator=" + enc + "&place=" + enc, "/track?indicator=x" + enc, "/track?q=" + enc + "&topic=" + enc + "&place=" + enc,
		"/trend?q=" + enc + "&q=机场&place=" + enc, "/lists?place=" + enc, "/search?q=" + enc, "/search?q=机场&sort=" + enc + "&page=" + enc, "/search?q=zzzz&year=" + enc + "&county=" + enc,
	}
	if _, body := get(t, h, "GET", item); strings.Contains(body, "机场") {
		targets = append(targets, item, item+"?q=机场")
	}
	for _, target := range targets {
		for _, target := range []string{target, with(target, "lang=en&view=elder")} {
			_, body := get(t, h, "GET", target)
			noMarkup(t, target, body)
			wellFormed(t, target, body)
		}
	}
	if doc := page(t, h, id, 200); doc.Find(`a[href^="javascript"]`).Length() > 0 {
		t.Error("a document's URL became a script link")
	}
}

func noMarkup(t testing.TB, target, body string) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if n := doc.Find(`img, script:not([src]):not([type="application/ld+json"]), [onerror]`).Length(); n > 0 {
		t.Errorf("%.100s: text became markup", target)
	}
}

func TestAssets(t *testing.T) {
	h := site(library())
	doc := page(t, h, "/", 200)
	css := doc.Find(`link[rel=stylesheet]`).AttrOr("href", "")
	js := doc.Find("script").AttrOr("src", "")
	icon := doc.Find("link[rel=icon]").AttrOr("href", "")
	for path, kind := range map[string]string{css: "text/css", js: "text/javascript", icon: "image/svg+xml"} {
		res, body := get(t, h, "GET", path)
		if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(res.Header.Get("Content-Type"), kind) {
			t.Errorf("%s: %d %v", path, res.StatusCode, res.Header)
		}
		for _, remote := range []string{"url(", "@import", "https:", "XMLHttpRequest", "eval("} {
			if strings.Contains(body, remote) {
				t.Errorf("%s mentions %q: nothing may be fetched", path, remote)
			}
		}
	}
}

// TestLog checks that a request leaves its route and not its words.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	h := web.New(library(), web.Options{Logger: slog.New(slog.NewJSONHandler(&log, nil))})
	res, _ := get(t, h, "GET", "/search?q=机场&county=东阿县")
	var line struct {
		Request, Method, Route string
		Status, Bytes          int
		Took                   int64
	}
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatalf("%v in %s", err, log.String())
	}
	if line.Method != "GET" || line.Route != "/search" || line.Status != 200 || line.Bytes == 0 || line.Took <= 0 || line.Request != res.Header.Get("X-Request-Id") {
		t.Errorf("logged %s", log.String())
	}
	if strings.Contains(log.String(), "机场") || strings.Contains(log.String(), url.QueryEscape("机场")) {
		t.Errorf("the log holds the query: %s", log.String())
	}
}

// TestReportPage checks marks, steps, anchors and the data block.
func TestReportPage(t *testing.T) {
	h := site(library())
	doc := page(t, h, "/report/371500-2021-assignment?q=机场", 200)
	for selector, want := range map[string]int{
		"#task-1 mark": 1, "#task-2 mark": 0, ".item.has-hit": 2, ".toc li a": 2, ".book h2": 1, ".book h3": 1,
		"#task-1 .duty a": 1, `#task-1 .stepper a[href="#task-8~281~29"]`: 1, ".badge.promised": 3, ".repairs li": 1,
	} {
		if n := doc.Find(selector).Length(); n != want {
			t.Errorf("%d of %q, want %d", n, selector, want)
		}
	}
	for selector, want := range map[string]string{
		"#task-1 .stepper span": "第 1 / 2 处", ".hit-bar strong": "2", ".notice.missing": "缺失说明：开头缺失",
		"#task-1 .item-text > p": "1.机场前期工作抓紧推进。",
	} {
		if got := strings.TrimSpace(doc.Find(selector).First().Text()); got != want {
			t.Errorf("%q says %q, want %q", selector, got, want)
		}
	}
	facts := doc.Find(".facts").Text()
	for _, want := range []string{"聊政发〔2021〕1号", "2021年2月10日", "山东省聊城市", "任务分工方案", "tasks.txt"} {
		if !strings.Contains(facts, want) {
			t.Errorf("the data block lacks %q", want)
		}
	}
	if strings.Contains(facts, "/srv") {
		t.Error("the page shows the operator's folder")
	}
}

func TestItemPage(t *testing.T) {
	h := site(library())
	doc := page(t, h, "/report/371500-2021-assignment/task-1?q=机场", 200)
	citation := doc.Find("#citation").Text()
	for _, want := range []string{"“机场前期工作", "《2021年重点工作分工》", "聊政发〔2021〕1号", "2021年2月10日", "第1项", "http://youju.test/report/371500-2021-assignment/task-1"} {
		if !strings.Contains(citation, want) {
			t.Errorf("citation %q lacks %q", citation, want)
		}
	}
	if doc.Find("mark").Length() == 0 || doc.Find(".neighbours .after").Length() != 1 || doc.Find(".neighbours .before").Length() != 0 {
		t.Error("marks or neighbours are wrong")
	}
	digest := page(t, h, "/report/371524-2015-report/1.1", 200)
	if !strings.Contains(digest.Find("#citation").Text(), "摘编，非原文") || digest.Find(".notice").Length() == 0 {
		t.Error("a digest's item is quoted as if it were the original")
	}
}

func TestHostIsQuotedOnlyIfPlain(t *testing.T) {
	h := site(library())
	r := httptest.NewRequest("GET", "/report/371500-2021-assignment/task-1", nil)
	r.Host = `evil"><script>`
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if strings.Contains(w.Body.String(), "evil") {
		t.Error("a strange host is quoted on the page")
	}
}

func TestAPIDocumentFilters(t *testing.T) {
	h := site(library())
	for query, want := range map[string]int{
		"": 2, "?year=2021": 1, "?year=1999": 0, "?county=聊城市": 2, "?county=东阿县": 1, "?kind=政府工作报告&year=2021": 0,
	} {
		_, body := get(t, h, "GET", "/api/v1/documents"+query)
		var a struct {
			Total     int
			Documents []struct {
				ID     string
				Place  struct{ Code *string }
				Date   *string
				Source struct{ File string }
			}
			Filters []struct{ Name string } `json:"supported_filters"`
		}
		if err := json.Unmarshal([]byte(body), &a); err != nil {
			t.Fatal(err)
		}
		if a.Total != want || len(a.Documents) != want || len(a.Filters) != 3 {
			t.Errorf("%q: %d documents, want %d", query, a.Total, want)
		}
		for _, d := range a.Documents {
			if strings.Contains(d.Source.File, "/") {
				t.Errorf("the API shows the operator's folder: %s", d.Source.File)
			}
		}
	}
}

// everyPath has one path of every route.
var everyPath = []string{
	"/", "/search", "/reports", "/track", "/track.csv", "/track.xlsx", "/api/v1/track", "/lists", "/lists.csv", "/api/v1/lists", "/trend", "/trend.csv", "/api/v1/trend", "/help", "/styleguide", "/basket", "/basket.csv", "/basket.xlsx", "/basket.docx", "/export.csv", "/export.xlsx", "/export.jsonl",
	"/units", "/units.csv", "/units.xlsx", "/unit/市发展改革委", "/unit/市发展改革委.csv", "/projects", "/projects.csv", "/project/机场", "/project/机场.xlsx", "/glossary", "/glossary.csv",
	"/api/v1/units", "/api/v1/units/市发展改革委", "/api/v1/projects", "/api/v1/projects/机场", "/api/v1/glossary",
	"/feed.atom", "/opensearch.xml", "/sitemap.xml", "/robots.txt", "/report/371500-2021-assignment", "/report/371500-2021-assignment/task-1", "/report/371500-2021-assignment/source", "/report/371500-2021-assignment/original",
	"/api/v1/search", "/api/v1/suggest", "/api/v1/items/371500-2021-assignment/task-1", "/api/v1/documents", "/api/v1/documents/371524-2015-report",
	"/healthz", "/readyz", "/metrics", "/static/x", "/nothing",
}

// TestEveryRouteIsTried finds a route of routes.go that everyPath lacks.
func TestEveryRouteIsTried(t *testing.T) {
	for kind, prefix := range map[string]string{"page": "", "api": "/api/v1"} {
		for _, route := range routesOf(t, kind+`\("([^"]+)", s\.`) {
			if path := pathOf(prefix + route); !slices.ContainsFunc(everyPath, path.MatchString) {
				t.Errorf("everyPath has no %s%s: add one, and it is fuzzed", prefix, route)
			}
		}
	}
}

// FuzzParameters sends any path and parameters through the real router.
func FuzzParameters(f *testing.F) {
	h := site(&reader{
		memory:      library(),
		context:     []search.Context{{Word: "2021年", Facet: search.FacetYear, Value: "2021"}},
		expansions:  []search.Expansion{{Word: "机场", Variants: []search.Variant{{Text: markup}}}},
		corrections: []search.Alternative{{Text: markup, Word: markup}},
		drops:       []search.Alternative{{Text: markup, Word: markup}},
		cards:       []search.Card{{Kind: search.CardTerm, Title: markup, Text: markup, Note: markup, Facet: search.FacetUnit, Value: markup}},
		suggestions: []search.Suggestion{{Text: markup, Kind: markup}},
	})
	for _, target := range everyPath {
		f.Add(target, "2021年 机场", "2021", "东阿县", "newest", "2")
		f.Add(target, "机场", "2021", "东阿县", "newest", "2")
		f.Add(target, markup, markup, "\xff\x00", "-1", "99999999999999999999")
		f.Add(target, "2021年 "+markup, "1999", markup, "en", "0")
	}
	f.Fuzz(func(t *testing.T, path, q, year, county, sort, number string) {
		v := url.Values{"q": {q}, "year": {year}, "county": {county, q}, "sort": {sort}, "page": {number}, "size": {number}, "n": {number}, "part": {sort},
			"off": {q, year}, "view": {sort}, "lang": {sort}, "item": {county, "371500-2021-assignment/task-1"}, "explain": {number}, "unit": {q}, "about": {year}, "indicator": {q}, "place": {county}, "all": {number}, "from": {number, year}, "to": {year}, "stage": {sort}, "amount": {number}, "role": {sort}, "topic": {sort}, "kind": {q}, "claim": {q}}
		r := httptest.NewRequest("GET", "http://youju.test/", nil)
		r.URL.Path, r.URL.RawQuery = "/"+strings.TrimLeft(path, "/"), v.Encode()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Fatalf("%s?%s: status %d", path, r.URL.RawQuery, w.Code)
		}
		if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			wellFormed(t, r.URL.String(), w.Body.String())
			noMarkup(t, r.URL.String(), w.Body.String())
		}
	})
}

func TestCancelledReader(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := httptest.NewRequest("GET", "/search", nil).WithContext(ctx)
	w := httptest.NewRecorder()
	site(&memory{wait: true}).ServeHTTP(w, r)
	if w.Code != 503 {
		t.Errorf("status %d", w.Code)
	}
}
