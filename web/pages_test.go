package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// pageTypes is every kind of page in the states it can be in, over the sample
// collection. What must hold of all pages is tested on these.
var pageTypes = []pageType{
	{"home", "/"},
	{"results", "/search?q=老旧小区"},
	{"results-filtered", "/search?q=今年改造+供热&year=2021&county=聊城市"},
	{"results-all", "/search"},
	{"results-corrected", "/search?q=laojiuxiaoqu"},
	{"results-none", "/search?q=机场+zzzzqqqq&year=1999"},
	{"results-beyond", "/search?page=99999"},
	{"results-card", "/search?q=吨半粮"},
	{"results-unit", "/search?q=市水利局"},
	{"results-strange", "/search?q=年份:2x \"乡 数字:>高"},
	{"report", "/report/371524-2015-report"},
	{"report-marked", "/report/371524-2015-report?q=旅游"},
	{"report-unmarked", "/report/371524-2015-report?q=zzzz"},
	{"item", "/report/371500-2021-assignment/task-31"},
	{"source", "/report/371500-2021-assignment/source"},
	{"reports", "/reports"},
	{"indicators", "/track"},
	{"indicators-narrowed", "/track?place=聊城市&topic=教育&all=1"},
	{"track", "/track?indicator=城镇新增就业&place=聊城市"},
	{"track-unknown", "/track?indicator=城镇新增就业人数多少"},
	{"units", "/units"},
	{"units-filtered", "/units?role=lead&year=2021&q=局"},
	{"units-none", "/units?q=市水力局"},
	{"unit", "/unit/市水利局"},
	{"unit-county", "/unit/莘县人民政府"},
	{"unit-unknown", "/unit/市水力局"},
	{"projects", "/projects"},
	{"project", "/project/聊城机场"},
	{"project-unknown", "/project/郑济铁路"},
	{"glossary", "/glossary"},
	{"trend", "/trend"},
	{"trend-terms", "/trend?q=高质量发展&q=乡村振兴&q=zzzz&place=聊城市"},
	{"lists", "/lists"},
	{"lists-compared", "/lists?place=聊城市&from=2025&to=2026"},
	{"lists-unknown", "/lists?place=莘县"},
	{"help", "/help"},
	{"basket", "/basket?item=371500-2021-assignment/task-31&item=371500-2021-assignment/task-43&item=nowhere"},
	{"basket-empty", "/basket"},
	{"styleguide", "/styleguide"},
	{"error", "/report/nowhere"},
}

type pageType struct{ name, target string }

// with adds a parameter to an address.
func with(target, parameter string) string {
	if strings.Contains(target, "?") {
		return target + "&" + parameter
	}
	return target + "?" + parameter
}

// anyPage opens a page whatever its status.
func anyPage(t *testing.T, target string) *goquery.Document {
	t.Helper()
	_, body := get(t, sampleSite(t), "GET", target)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	checkPage(t, target, body, doc)
	return doc
}

// TestEveryPageIsLookedAt finds a page of routes.go that pageTypes lacks.
func TestEveryPageIsLookedAt(t *testing.T) {
	for _, route := range routesOf(t, `page\("([^"]+)", s\.show`) {
		if path := pathOf(route); !slices.ContainsFunc(pageTypes, func(p pageType) bool { return path.MatchString(p.target) }) {
			t.Errorf("no page of pageTypes is a %s: add one, and it is tested in both languages, for weight and by axe-core", route)
		}
	}
}

// routesOf lists the routes that a pattern finds in routes.go.
func routesOf(t *testing.T, pattern string) (routes []string) {
	t.Helper()
	source, err := os.ReadFile("routes.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(source), -1) {
		routes = append(routes, m[1])
	}
	if len(routes) < 5 {
		t.Fatalf("routes.go has %d routes like %s", len(routes), pattern)
	}
	return routes
}

// pathOf matches the addresses of a route.
func pathOf(route string) *regexp.Regexp {
	variable := regexp.MustCompile(`\{[a-z]+(:[^}]*)?\}`)
	var b strings.Builder
	for i, literal := range variable.Split(route, -1) {
		if i > 0 {
			b.WriteString("[^?]+")
		}
		b.WriteString(regexp.QuoteMeta(literal))
	}
	return regexp.MustCompile("^" + b.String() + `(\?|$)`)
}

var han = regexp.MustCompile(`\p{Han}`)

// chineseIn lists the Chinese of a page that does not say it is Chinese: texts,
// and the attributes that are read out.
func chineseIn(n *html.Node, lang string) (found []string) {
	for _, a := range n.Attr {
		if a.Key == "lang" {
			lang = a.Val
		}
	}
	if lang == "zh-CN" || n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
		return nil
	}
	if n.Type == html.TextNode && han.MatchString(n.Data) {
		found = append(found, strings.TrimSpace(n.Data))
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "aria-label", "title", "alt", "placeholder", "data-label", "data-copy", "data-searchable":
			if han.MatchString(a.Val) {
				found = append(found, a.Key+": "+a.Val)
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		found = append(found, chineseIn(c, lang)...)
	}
	return found
}

// TestEnglish walks every kind of page in English: nothing of ours is left in
// Chinese, and what is Chinese says so.
func TestEnglish(t *testing.T) {
	for _, p := range pageTypes {
		doc := anyPage(t, with(p.target, "lang=en"))
		if lang := doc.Find("html").AttrOr("lang", ""); lang != "en" {
			t.Errorf("%s: the page is in %q", p.name, lang)
		}
		for _, found := range chineseIn(doc.Nodes[0], "") {
			t.Errorf("%s: Chinese that does not say so: %s", p.name, found)
		}
		if text := doc.Text(); strings.Contains(text, "%!") {
			t.Errorf("%s: a message without its arguments", p.name)
		}
		doc.Find("a[href^='/']").Each(func(_ int, a *goquery.Selection) {
			href := a.AttrOr("href", "")
			file := regexp.MustCompile(`^/api/|^[^?#]*\.(csv|xlsx|docx|jsonl|atom)\b`).MatchString(href)
			if strings.Contains(href, "lang=en") == file {
				t.Errorf("%s: link %s", p.name, href)
			}
		})
		doc.Find("form").Each(func(_ int, f *goquery.Selection) {
			if f.Find(`input[name=lang][value=en]`).Length() != 1 {
				t.Errorf("%s: a form loses the language", p.name)
			}
		})
	}
}

// TestLanguages checks how a page is chosen, and that its other language is told.
func TestLanguages(t *testing.T) {
	h := sampleSite(t)
	for parameter, want := range map[string]string{"": "zh-CN", "lang=en": "en", "lang=xx": "zh-CN", "lang=EN": "zh-CN", "lang=%22%3E%3Cimg%3E": "zh-CN", "lang=zh-CN": "zh-CN", "view=elder&lang=en": "en"} {
		doc := page(t, h, with("/search?q=机场", parameter), 200)
		if got := doc.Find("html").AttrOr("lang", ""); got != want {
			t.Errorf("%s gives %q, want %q", parameter, got, want)
		}
		for tag, english := range map[string]bool{"zh-CN": false, "en": true} {
			link := doc.Find(`link[rel=alternate][hreflang="` + tag + `"]`)
			if href := link.AttrOr("href", "none"); link.Length() != 1 || strings.HasSuffix(href, "&lang=en") != english || !strings.Contains(href, "/search?q=") {
				t.Errorf("%s: the page in %s is %q", parameter, tag, href)
			}
			button := doc.Find(`.views a[hreflang="` + tag + `"]`)
			if href := button.AttrOr("href", "none"); strings.Contains(href, "lang=en") != english || strings.Contains(href, "view=elder") != strings.Contains(parameter, "elder") {
				t.Errorf("%s: the way to %s is %q", parameter, tag, href)
			}
		}
	}
	chinese, _ := get(t, h, "GET", "/help")
	english, _ := get(t, h, "GET", "/help?lang=en")
	if chinese.Header.Get("ETag") == english.Header.Get("ETag") {
		t.Error("two languages have one tag")
	}
	if _, body := get(t, h, "GET", "/api/v1/items/nowhere?lang=en"); !strings.Contains(body, "There is no such document") {
		t.Errorf("the API's error is %s", body)
	}
	doc := page(t, h, "/report/371500-2021-assignment/task-31?lang=en", 200)
	if cited := doc.Find(".citation").Text(); strings.Contains(cited, "lang=en") || !strings.Contains(cited, "第31项") {
		t.Errorf("the citation depends on the language: %s", cited)
	}
	if canonical := doc.Find("link[rel=canonical]").AttrOr("href", ""); !strings.HasSuffix(canonical, "?lang=en") {
		t.Errorf("the English page's address is %q", canonical)
	}
}

// compressed is how many bytes of a page are sent to a browser.
func compressed(t *testing.T, h http.Handler, target string) int {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.URL = u
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("%s is not compressed", target)
	}
	return w.Body.Len()
}

// TestPagesAreLight keeps every page quick on an old phone: the page itself as
// sent, its script and its stylesheets for the screen as they are.
func TestPagesAreLight(t *testing.T) {
	h := sampleSite(t)
	size := func(path string) int {
		_, body := get(t, h, "GET", path)
		return len(body)
	}
	for _, p := range append(pageTypes, pageType{"report-long", "/report/371500-2021-assignment"}) {
		for _, choice := range []string{"", "lang=en&view=elder"} {
			target := with(p.target, choice)
			doc := anyPage(t, target)
			if n := compressed(t, h, target); n > 60<<10 {
				t.Errorf("%s: %d bytes are sent", target, n)
			}
			css, js := 0, 0
			doc.Find(`link[rel=stylesheet]:not([media])`).Each(func(_ int, s *goquery.Selection) { css += size(s.AttrOr("href", "")) })
			doc.Find(`script[src]`).Each(func(_ int, s *goquery.Selection) { js += size(s.AttrOr("src", "")) })
			if css == 0 || css > 20<<10 || js == 0 || js > 12<<10 {
				t.Errorf("%s: %d bytes of styles, %d of script", target, css, js)
			}
		}
	}
}
