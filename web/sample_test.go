package web_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"youju/indexer"
	"youju/search"
	"youju/search/bleve"
	"youju/seeds"
)

// sample is the collection that ships with the program in a real index, built
// once for all tests.
var sample = sync.OnceValues(func() (*bleve.Index, error) { return buildIndex(seeds.FS, ".") })

// buildIndex indexes folders of a file system for as long as the tests run.
func buildIndex(from fs.FS, folders ...string) (*bleve.Index, error) {
	dir, err := os.MkdirTemp("", "youju-web-")
	if err != nil {
		return nil, err
	}
	atEnd = append(atEnd, func() { os.RemoveAll(dir) })
	builder, err := bleve.NewBuilder(dir)
	if err != nil {
		return nil, err
	}
	var files []indexer.File
	for _, folder := range folders {
		found, err := indexer.FindFS(from, folder)
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	if _, err := indexer.Index(context.Background(), files, builder, indexer.Options{}); err != nil {
		return nil, err
	}
	if _, err := builder.Publish(context.Background(), nil); err != nil {
		return nil, err
	}
	return bleve.Open(dir)
}

// atEnd is called when all tests are over.
var atEnd []func()

func TestMain(m *testing.M) {
	code := m.Run()
	for _, end := range atEnd {
		end()
	}
	os.Exit(code)
}

func sampleSite(t testing.TB) http.Handler {
	t.Helper()
	index, err := sample()
	if err != nil {
		t.Fatalf("indexing the sample collection: %v", err)
	}
	return site(index)
}

// TestSamplePages walks the pages a reader meets first: each URL with what
// must be on it.
func TestSamplePages(t *testing.T) {
	h := sampleSite(t)
	for _, tt := range []struct {
		target string
		// has lists selectors with the least number of matches.
		has map[string]int
	}{
		{"/", map[string]int{"table.holdings .held a": 5, "table.holdings .gap": 3, ".examples a": 4, ".ways a": 20, ".notice": 1, `form[role=search] button`: 1}},
		{"/search", map[string]int{".hit": 20, ".facet": 7, ".pager a": 3, ".options a": 6, "#results [role=status]": 1}},
		{"/search?q=老旧小区", map[string]int{".hit": 3, ".hit mark": 3, ".crumbs a": 3, ".badge.year": 3, ".badge.place": 3, ".badge.part": 3, ".facet": 5}},
		{"/search?q=机场&year=2021", map[string]int{".hit": 1, ".chip": 1, ".clear": 1, ".value.selected": 1, `input[type=hidden][name=year][value="2021"]`: 1}},
		{"/search?claim=done&claim=promised", map[string]int{".hit": 20, ".badge.done, .badge.promised": 20, ".chip": 2}},
		{"/search?kind=任务分工方案", map[string]int{".badge.unit": 10, `.facet[data-searchable="在牵头单位中查找"] details.more li`: 20}},
		{"/search?sort=oldest&size=50", map[string]int{".hit": 50, `.options a[aria-current]`: 2}},
		{"/search?page=50", map[string]int{".empty a": 1}},
		{"/search?page=99999999", map[string]int{".empty a": 1}},
		{"/search?q=zzzzqqqq", map[string]int{".empty a[href='/help']": 1}},
		{"/search?q=机场&year=1999", map[string]int{".ways-out a": 1}},
		{"/search?q=机场+zzzzqqqq+xxxx", map[string]int{"main": 1}},
		{"/search?topic=nonsense", map[string]int{".ways-out a": 1, ".chip": 1}},
		{"/reports", map[string]int{".documents tbody tr": 5, ".documents a": 5, ".documents .tag": 5}},
		{"/styleguide", map[string]int{".hit": 1, ".card": 2, ".notice": 7, ".badge": 8, ".facet": 2, ".pager a": 5, ".read-as .off": 2, "table tbody tr": 1, ".citation": 1, ".chip": 1}},
		{"/help", map[string]int{"table tbody tr": 20}},
	} {
		doc := page(t, h, tt.target, 200)
		for selector, least := range tt.has {
			if n := doc.Find(selector).Length(); n < least {
				t.Errorf("%s: %d of %q, want at least %d", tt.target, n, selector, least)
			}
		}
	}
}

// TestEveryLinkOfTheSampleWorks opens each document and the items it holds.
func TestEveryLinkOfTheSampleWorks(t *testing.T) {
	h := sampleSite(t)
	index, _ := sample()
	docs, err := index.Documents(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		doc := page(t, h, "/report/"+d.Document.ID, 200)
		items := doc.Find(".item .cite")
		if items.Length() != d.Items {
			t.Errorf("%s: page has %d items, index %d", d.Document.ID, items.Length(), d.Items)
		}
		items.Each(func(i int, s *goquery.Selection) {
			if i%61 == 0 { // a sample is enough; all of them take seconds
				page(t, h, s.AttrOr("href", ""), 200)
			}
		})
	}
}

var digits = regexp.MustCompile(`\d+`)

func number(t *testing.T, s *goquery.Selection) int {
	t.Helper()
	n, err := strconv.Atoi(digits.FindString(s.Text()))
	if err != nil {
		t.Fatalf("no number in %q", s.Text())
	}
	return n
}

// TestFacetCountsAreKept follows every filter link of some pages: choosing an
// unselected value alone in its facet must give exactly its count.
func TestFacetCountsAreKept(t *testing.T) {
	h := sampleSite(t)
	for _, target := range []string{"/search?q=机场", "/search?q=改造&year=2021"} {
		doc := page(t, h, target, 200)
		doc.Find(".facet").Each(func(_ int, facet *goquery.Selection) {
			if facet.Find(".selected").Length() > 0 {
				return // with a value chosen, another one adds to it
			}
			facet.Find("a.value").Each(func(i int, a *goquery.Selection) {
				if i > 5 {
					return
				}
				next := page(t, h, a.AttrOr("href", ""), 200)
				if got, want := number(t, next.Find(".total strong")), number(t, a.Find(".count")); got != want {
					t.Errorf("%s, %s: %d hits, promised %d", target, a.Text(), got, want)
				}
				if next.Find(".chip").Length() == 0 {
					t.Errorf("%s, %s: no chip", target, a.Text())
				}
			})
		})
	}
}

// TestFiltersAmongTheWords checks that a filter written in the box can be
// taken away and added to like one chosen from the list.
func TestFiltersAmongTheWords(t *testing.T) {
	h := sampleSite(t)
	doc := page(t, h, "/search?q="+url.QueryEscape("改造 年份:2021"), 200)
	chip := doc.Find(".chip")
	if chip.Length() != 1 || !strings.Contains(chip.Text(), "2021") {
		t.Fatalf("chips: %q", chip.Text())
	}
	if got := page(t, h, chip.AttrOr("href", ""), 200).Find("#q").AttrOr("value", ""); got != "改造" {
		t.Errorf("without the chip the words are %q", got)
	}
	other := doc.Find(`#facet-year ~ ul a.value:not(.selected)`).First()
	next := page(t, h, other.AttrOr("href", ""), 200)
	if next.Find(".chip").Length() != 2 || next.Find("#facet-year ~ ul .selected").Length() != 2 {
		t.Errorf("adding a year to one among the words: %d chips", next.Find(".chip").Length())
	}
}

// TestHitsStayMarked opens what a search found: the words are marked on the
// item's page and in the whole report, where the anchor exists.
func TestHitsStayMarked(t *testing.T) {
	h := sampleSite(t)
	opened := map[string]*goquery.Document{} // whole reports are slow to mark
	open := func(target string) *goquery.Document {
		if opened[target] == nil {
			opened[target] = page(t, h, target, 200)
		}
		return opened[target]
	}
	for _, text := range []string{"老旧小区", "机场", "高铁 建设"} {
		doc := page(t, h, "/search?q="+url.QueryEscape(text), 200)
		doc.Find(".hit").Each(func(i int, hit *goquery.Selection) {
			if i > 2 {
				return
			}
			href := hit.Find("h2 a").AttrOr("href", "")
			if page(t, h, href, 200).Find("mark").Length() == 0 {
				t.Errorf("%s: no mark on %s", text, href)
			}
			hit.Find(".crumbs a").Each(func(_ int, crumb *goquery.Selection) {
				href, anchor, _ := strings.Cut(crumb.AttrOr("href", ""), "#")
				if report := open(href); anchor != "" && report.Find("#"+anchor).Length() != 1 {
					t.Errorf("no heading at %s#%s", href, anchor)
				}
			})
			href, anchor, _ := strings.Cut(hit.Find(".hit-links a").First().AttrOr("href", ""), "#")
			anchor, _ = url.PathUnescape(anchor)
			item := open(href).Find(".item").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.AttrOr("id", "") == anchor })
			if item.Length() != 1 || item.Find("mark").Length() == 0 && item.Find(".stepper").Length() == 0 {
				t.Errorf("%s: nothing marked at %s#%s", text, href, anchor)
			}
		})
	}
}

// TestEmptyHelpKeepsItsWord checks the totals promised by the ways out.
func TestEmptyHelpKeepsItsWord(t *testing.T) {
	h := sampleSite(t)
	doc := page(t, h, "/search?q=机场&year=1999&claim=done", 200)
	ways := doc.Find(".ways-out li")
	if ways.Length() == 0 {
		t.Fatal("no way out")
	}
	ways.Each(func(_ int, li *goquery.Selection) {
		next := page(t, h, li.Find("a").AttrOr("href", ""), 200)
		if got, want := number(t, next.Find(".total strong")), number(t, li.Find(".count")); got != want {
			t.Errorf("%s: %d hits, promised %d", li.Text(), got, want)
		}
	})
}

// TestSearchAPI holds the answer against the contract, field by field.
func TestSearchAPI(t *testing.T) {
	h := sampleSite(t)
	_, body := get(t, h, "GET", "/api/v1/search?q=机场&size=5&year=2021&year=2025")
	var a map[string]any
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"query", "total", "exact", "cards", "took_ms", "hits", "facets", "supported_filters"} {
		if a[key] == nil {
			t.Errorf("the answer lacks %q", key)
		}
	}
	hits := a["hits"].([]any)
	if len(hits) == 0 || len(hits) > 5 {
		t.Fatalf("%d hits", len(hits))
	}
	hit := hits[0].(map[string]any)
	for _, key := range []string{
		"id", "url", "document", "path", "number", "heading", "text", "snippet", "score", "part", "claim", "about_year",
		"places", "topics", "leaders", "lead_units", "support_units", "figures",
	} {
		if _, ok := hit[key]; !ok {
			t.Errorf("a hit lacks %q", key)
		}
	}
	for _, key := range []string{"path", "places", "topics", "leaders", "lead_units", "support_units", "figures"} {
		if _, ok := hit[key].([]any); !ok {
			t.Errorf("%q of a hit is %T, not a list", key, hit[key])
		}
	}
	document := hit["document"].(map[string]any)
	for _, key := range []string{"id", "title", "year", "place", "kind"} {
		if _, ok := document[key]; !ok {
			t.Errorf("a hit's document lacks %q", key)
		}
	}
	if place := document["place"].(map[string]any); place["city"] != "聊城市" || place["code"] == nil {
		t.Errorf("place is %v", place)
	}
	for _, f := range a["facets"].([]any) {
		for _, v := range f.(map[string]any)["values"].([]any) {
			for _, key := range []string{"value", "label", "parent", "count", "selected"} {
				if _, ok := v.(map[string]any)[key]; !ok {
					t.Errorf("a facet value lacks %q", key)
				}
			}
		}
	}
	page(t, h, hit["url"].(string), 200)
	_, body = get(t, h, "GET", "/api/v1/items/"+hit["id"].(string))
	var item map[string]any
	if err := json.Unmarshal([]byte(body), &item); err != nil || item["text"] != hit["text"] {
		t.Errorf("the item by itself: %s %v", body, err)
	}
	_, body = get(t, h, "GET", "/api/v1/documents/"+document["id"].(string))
	var whole map[string]any
	if err := json.Unmarshal([]byte(body), &whole); err != nil || len(whole["items"].([]any)) == 0 || len(whole["sections"].([]any)) == 0 {
		t.Errorf("the document: %v", err)
	}
}

// TestStrangeAPIQueries never get an error.
func TestStrangeAPIQueries(t *testing.T) {
	h := sampleSite(t)
	for _, raw := range []string{
		"", "q=%22", "q=-", "q=%E2%80%9C", "q=year:", "q=()[]{}*?~^:/\\", "q=%ff", "page=-1", "page=0", "page=1e9", "page=99999999999999999999",
		"size=0", "size=-5", "size=100000", "sort=up", "year=abc", "county=%00", "unit=" + strings.Repeat("局", 3000), "q=" + strings.Repeat("长", 10_000), "q=a&q=b",
	} {
		res, body := get(t, h, "GET", "/api/v1/search?"+raw)
		var a struct {
			Total int
			Hits  []struct{ ID string }
		}
		if err := json.Unmarshal([]byte(body), &a); err != nil || res.StatusCode != 200 || len(a.Hits) > search.MaxSize {
			t.Errorf("%.60s: %d, %d hits, %v", raw, res.StatusCode, len(a.Hits), err)
		}
	}
}

func BenchmarkSearchPage(b *testing.B) {
	h := sampleSite(b)
	for b.Loop() {
		get(b, h, "GET", "/search?q=%E4%BA%A7%E4%B8%9A")
	}
}

func BenchmarkReportPage(b *testing.B) {
	h := sampleSite(b)
	for b.Loop() {
		get(b, h, "GET", "/report/371500-2021-assignment?q=%E4%BA%A7%E4%B8%9A")
	}
}

// TestCorrectedQuery says once, and calmly, that something else was searched
// for than was typed.
func TestCorrectedQuery(t *testing.T) {
	doc := page(t, sampleSite(t), "/search?q=laojiuxiaoqu", 200)
	if n := doc.Find(".results .notice").Length(); n != 1 {
		t.Errorf("%d notices, want 1", n)
	}
	notice := doc.Find(".results .notice.calm")
	if got := text(notice.Text()); got != "没有找到“laojiuxiaoqu”，以下是“老旧小区”的结果。改查“老旧小区”" {
		t.Errorf("the notice says %q", got)
	}
	if strings.Contains(doc.Find(".reading").Text(), "以下是") {
		t.Error("and says it again below")
	}
	meant := page(t, sampleSite(t), notice.Find("a").AttrOr("href", ""), 200)
	if got, want := meant.Find(".total strong").Text(), doc.Find(".total strong").Text(); got != want {
		t.Errorf("the correction itself has %s hits, shown instead were %s", got, want)
	}
}

// TestNoFiltersWithoutValues leaves no empty panel beside a search that finds nothing.
func TestNoFiltersWithoutValues(t *testing.T) {
	doc := page(t, sampleSite(t), "/search?q=zzzzqqqq", 200)
	if n := doc.Find("#filters, [href='#filters']").Length(); n > 0 {
		t.Errorf("%d pieces of a panel without filters", n)
	}
}

// TestRelaxedQuery says what later hits lack, and not that all hold only
// some of the words.
func TestRelaxedQuery(t *testing.T) {
	doc := page(t, sampleSite(t), "/search?q=2015年+老旧小区", 200)
	notices := doc.Find(".results .notice:not(.calm)")
	if got := text(notices.Text()); !strings.HasPrefix(got, "符合“2015年”的不多") || !strings.HasSuffix(got, "最后几条只含部分词语。") || notices.Length() != 1 {
		t.Errorf("%d notices: %q", notices.Length(), got)
	}
	if strings.Contains(doc.Find(".reading").Text(), "不限这一条件") {
		t.Error("and says it again below")
	}
}

// TestExamplesFindSomething: what the first page offers to try is not empty
// here, and a collection that holds nothing of it is not asked for it.
func TestExamplesFindSomething(t *testing.T) {
	links := page(t, sampleSite(t), "/", 200).Find(".examples a")
	if links.Length() < 3 {
		t.Errorf("%d examples", links.Length())
	}
	links.Each(func(_ int, a *goquery.Selection) {
		if page(t, sampleSite(t), a.AttrOr("href", ""), 200).Find(".hit").Length() == 0 {
			t.Errorf("%s finds nothing", a.Text())
		}
	})
	if n := page(t, site(&memory{}), "/", 200).Find(".examples").Length(); n > 0 {
		t.Error("an empty collection offers examples")
	}
}
