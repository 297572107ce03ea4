package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"youju/report"
	"youju/search"
)

// exported reads the IDs and all cells of a file.
func exported(t *testing.T, ext, body string) (ids []string, cells []string) {
	t.Helper()
	switch ext {
	case "csv":
		if !strings.HasPrefix(body, "\ufeff编号") {
			t.Errorf("the file begins %.20q", body)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			ids, cells = append(ids, row[0]), append(cells, row...)
		}
	case "xlsx":
		rows := sheet(t, body, 0)
		for _, row := range rows[1:] {
			ids, cells = append(ids, row[0]), append(cells, row...)
		}
	case "jsonl":
		for line := range strings.Lines(body) {
			var it struct{ ID, Text string }
			if err := json.Unmarshal([]byte(line), &it); err != nil {
				t.Fatal(err)
			}
			ids, cells = append(ids, it.ID), append(cells, it.Text)
		}
	}
	return ids, cells
}

func sheet(t *testing.T, body string, n int) [][]string {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetList()[n])
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestExportIsWhatThePageLists follows the links of a page of results.
func TestExportIsWhatThePageLists(t *testing.T) {
	h := sampleSite(t)
	for _, target := range []string{"/search?q=" + url.QueryEscape("老旧小区 改造") + "&sort=oldest", "/search?q=机场&year=2021&year=2020&size=50"} {
		doc := page(t, h, target, 200)
		var want []string
		doc.Find(".hit .tick input").Each(func(_ int, s *goquery.Selection) { want = append(want, s.AttrOr("value", "")) })
		if number(t, doc.Find(".total strong")) != len(want) {
			t.Fatalf("%s has more than a page", target)
		}
		for i, ext := range []string{"csv", "xlsx", "jsonl"} {
			href := doc.Find(".keep a").Eq(i).AttrOr("href", "")
			res, body := get(t, h, "GET", href)
			if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Content-Disposition"), "youju."+ext) {
				t.Fatalf("%s: %d %v", href, res.StatusCode, res.Header)
			}
			if ids, _ := exported(t, ext, body); strings.Join(ids, " ") != strings.Join(want, " ") {
				t.Errorf("%s holds %v\nthe page %v", href, ids, want)
			}
		}
	}
}

// TestExportIsCapped checks the notice in the page and the number in the file.
func TestExportIsCapped(t *testing.T) {
	d := &report.Document{ID: "x", Kind: report.KindReport, Title: "长", Year: 2021}
	for i := range 1234 {
		d.Items = append(d.Items, report.Item{ID: fmt.Sprint("x/", i), Text: "修路。"})
	}
	h := site(&memory{docs: []*report.Document{d}})
	if says := page(t, h, "/search?q=修路", 200).Find(".keep").Text(); !strings.Contains(says, "只含前 1000 条，共有 1234 条") {
		t.Errorf("the page says %q", text(says))
	}
	res, body := get(t, h, "GET", "/export.csv")
	if name := res.Header.Get("Content-Disposition"); !strings.Contains(name, url.PathEscape("-前1000条")) {
		t.Errorf("the file does not say that it is not all: %s", name)
	}
	if ids, _ := exported(t, "csv", body); len(ids) != 1000 || ids[999] != "x/999" {
		t.Errorf("%d rows", len(ids))
	}
	if _, body := get(t, h, "GET", "/export.csv?q=没有"); strings.Count(body, "\n") != 1 {
		t.Errorf("nothing found: %q", body)
	}
}

// TestFormulaGuard writes texts that a spreadsheet would run.
func TestFormulaGuard(t *testing.T) {
	d := &report.Document{ID: "x", Title: "+1", Number: "＝2", Kind: "@kind"}
	for i, text := range []string{"=cmd|' /C calc'!A0", " =1+1", "-2", "@SUM(A1)", "\t=1", "普通", "2-1"} {
		d.Items = append(d.Items, report.Item{ID: fmt.Sprint("x/", i), Text: text, Heading: "=h"})
	}
	h := site(&memory{docs: []*report.Document{d}})
	_, body := get(t, h, "GET", "/export.csv")
	_, cells := exported(t, "csv", body)
	for _, cell := range cells {
		if trimmed := strings.TrimSpace(cell); trimmed != "" && strings.ContainsRune("=+-@＝", []rune(trimmed)[0]) {
			t.Errorf("a formula: %q", cell)
		}
	}
	if !strings.Contains(strings.Join(cells, "|"), "|普通|") {
		t.Error("a plain text was changed")
	}
	_, body = get(t, h, "GET", "/export.xlsx")
	book, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if f, _ := book.GetCellFormula("摘录", "K2"); f != "" {
		t.Errorf("a cell became the formula %q", f)
	}
}

func TestFeed(t *testing.T) {
	h := sampleSite(t)
	target := page(t, h, "/search?q=机场&year=2021", 200).Find(`link[type="application/atom+xml"]`).AttrOr("href", "")
	if target != "/feed.atom?q=%E6%9C%BA%E5%9C%BA&year=2021" {
		t.Fatalf("the page's feed is %q", target)
	}
	for _, target := range []string{target, "/feed.atom", "/feed.atom?q=zzzzqqqq"} {
		res, body := get(t, h, "GET", target)
		var feed struct {
			XMLName     xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
			ID, Updated string
			Entries     []struct {
				ID      string `xml:"id"`
				Updated string `xml:"updated"`
				Link    struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal([]byte(body), &feed); err != nil || !strings.HasPrefix(res.Header.Get("Content-Type"), "application/atom+xml") {
			t.Fatalf("%s: %v", target, err)
		}
		last := "9"
		ids := map[string]bool{}
		for _, e := range feed.Entries {
			if e.Updated > last || ids[e.ID] {
				t.Errorf("%s: entry %s of %s after %s", target, e.ID, e.Updated, last)
			}
			last, ids[e.ID] = e.Updated, true
			if !strings.HasPrefix(e.Link.Href, "http://youju.test/report/") || !strings.HasPrefix(e.ID, "urn:youju:/report/") {
				t.Errorf("entry %+v", e)
			}
		}
		if want := map[string]int{"/feed.atom": 50, "/feed.atom?q=zzzzqqqq": 0}; len(feed.Entries) != want[target] && !strings.Contains(target, "year") {
			t.Errorf("%s has %d entries", target, len(feed.Entries))
		}
	}
}

// late is a collection to which the document of 2015 came last.
type late struct{ *memory }

func (l late) Info() search.Info {
	info := l.memory.Info()
	info.Entered = map[string]time.Time{
		"371500-2021-assignment": time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		"371524-2015-report":     time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
	}
	return info
}

// TestFeedIsByEntry checks that what came in last is on top and has that time,
// however old the document is.
func TestFeedIsByEntry(t *testing.T) {
	_, body := get(t, site(late{library()}), "GET", "/feed.atom")
	var feed struct {
		Updated string `xml:"updated"`
		Entries []struct {
			ID        string `xml:"id"`
			Updated   string `xml:"updated"`
			Published string `xml:"published"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(body), &feed); err != nil || len(feed.Entries) != 4 {
		t.Fatalf("%d entries, %v", len(feed.Entries), err)
	}
	first := feed.Entries[0]
	if first.ID != "urn:youju:/report/371524-2015-report/1.1" || first.Updated != "2026-03-01T08:00:00+08:00" || first.Published != "2015-01-01T00:00:00+08:00" || feed.Updated != first.Updated {
		t.Errorf("updated %s, first %+v", feed.Updated, first)
	}
}

func TestForBrowsersAndCrawlers(t *testing.T) {
	h := site(library())
	_, body := get(t, h, "GET", "/opensearch.xml")
	if !strings.Contains(body, `template="http://youju.test/search?q={searchTerms}"`) {
		t.Errorf("opensearch: %s", body)
	}
	_, body = get(t, h, "GET", "/sitemap.xml")
	if !strings.Contains(body, "<loc>http://youju.test/report/371524-2015-report</loc>") || xml.Unmarshal([]byte(body), new(struct{})) != nil {
		t.Errorf("sitemap: %s", body)
	}
	_, body = get(t, h, "GET", "/robots.txt")
	if !strings.Contains(body, "Sitemap: http://youju.test/sitemap.xml") {
		t.Errorf("robots: %s", body)
	}
	for target, want := range map[string]string{
		"/search?page=1&year=2021&q=机场":                  "http://youju.test/search?q=%E6%9C%BA%E5%9C%BA&year=2021",
		"/report/371500-2021-assignment?q=机场&view=elder": "http://youju.test/report/371500-2021-assignment",
		"/report/371500-2021-assignment/task-1?q=机场":     "http://youju.test/report/371500-2021-assignment/task-1",
		"/": "http://youju.test/",
	} {
		doc := page(t, h, target, 200)
		for _, sel := range []string{`link[rel=canonical]`, `meta[property="og:url"]`} {
			if got := doc.Find(sel).AttrOr("href", doc.Find(sel).AttrOr("content", "")); got != want {
				t.Errorf("%s: %s is %q, want %q", target, sel, got, want)
			}
		}
	}
	for target, kind := range map[string]string{"/report/371500-2021-assignment": "Report", "/report/371500-2021-assignment/task-1": "Quotation"} {
		var data map[string]any
		raw := page(t, h, target, 200).Find(`script[type="application/ld+json"]`).Text()
		if err := json.Unmarshal([]byte(raw), &data); err != nil || data["@type"] != kind || data["@context"] != "https://schema.org" {
			t.Errorf("%s: %v in %s", target, err, raw)
		}
	}
}

func TestCitations(t *testing.T) {
	doc := page(t, site(library()), "/report/371500-2021-assignment/task-1", 200)
	got := doc.Find("#reference").Text()
	before, after, _ := strings.Cut(got, "(2021-02-10)[")
	if before != "山东省聊城市人民政府. 2021年重点工作分工：聊政发〔2021〕1号[Z/OL]. " || !strings.HasSuffix(after, "]. http://youju.test/report/371500-2021-assignment/task-1.") {
		t.Errorf("reference: %q", got)
	}
	doc = page(t, site(library()), "/report/371524-2015-report/1.1", 200)
	if got := doc.Find("#reference").Text(); !strings.HasPrefix(got, "山东省聊城市东阿县人民政府. 东阿县政府工作报告[R/OL]. (2015)[") || !strings.HasSuffix(got, "（摘编，非原文）") {
		t.Errorf("reference: %q", got)
	}
}

const twoItems = "item=371500-2021-assignment/task-2&item=371524-2015-report/1.1"

func TestBasket(t *testing.T) {
	h := site(library())
	doc := page(t, h, "/basket?"+twoItems+"&item=nothing/1&item=371500-2021-assignment/task-2", 200)
	if n := doc.Find(".quotations li").Length(); n != 2 {
		t.Errorf("%d quotations", n)
	}
	if got := text(doc.Find(".quotations h2").First().Text()); got != "第2项 · （一）交通" {
		t.Errorf("the first is %q", got)
	}
	if !strings.Contains(doc.Find(".notice").Text(), "nothing/1") {
		t.Error("an unknown item is passed over in silence")
	}
	rest := page(t, h, doc.Find("[data-drop]").First().AttrOr("href", ""), 200)
	if rest.Find(".quotations li").Length() != 1 {
		t.Error("移出 does not take out one")
	}
	for _, target := range []string{"/basket", "/basket?item=&item=%ff"} {
		if empty := page(t, h, target, 200); !strings.Contains(empty.Find(".empty").Text(), "还是空的") {
			t.Errorf("%s does not say that it is empty", target)
		}
	}
	var many strings.Builder
	for i := range 150 {
		fmt.Fprintf(&many, "&item=x/%d", i)
	}
	if doc := page(t, h, "/basket?"+many.String()[1:], 200); !strings.Contains(doc.Find(".warn").Text(), "最多 100 条") {
		t.Error("a cut basket does not say so")
	}
	// What was ticked without a script arrives as the form sends it.
	results := page(t, h, "/search?q=机场", 200)
	ticks := results.Find(`.tick input[form=ticked][name=item]`)
	if ticks.Length() != 2 || results.Find(`form#ticked[action="/basket"]`).Length() != 1 {
		t.Errorf("%d boxes to tick", ticks.Length())
	}
}

func TestBasketFiles(t *testing.T) {
	h := site(library())
	doc := page(t, h, "/basket?"+twoItems, 200)
	for _, ext := range []string{"docx", "xlsx", "csv"} {
		if doc.Find(`a[href^="/basket.`+ext+`?item="]`).Length() != 1 {
			t.Errorf("no link to the .%s", ext)
		}
	}
	_, body := get(t, h, "GET", "/basket.csv?"+twoItems)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 3 || !strings.Contains(rows[2][1], "阿胶") || rows[2][5] != "371524-2015-report/1.1" {
		t.Errorf("csv: %v %v", rows, err)
	}
	_, body = get(t, h, "GET", "/basket.xlsx?"+twoItems)
	if rows := sheet(t, body, 0); len(rows) != 3 {
		t.Errorf("xlsx: %v", rows)
	}
	_, body = get(t, h, "GET", "/basket.docx?"+twoItems)
	if words := docxText(t, body); !strings.Contains(words, "县道改造五十公里") || !strings.Contains(words, "旅游人数增加。") || !strings.Contains(words, "[R/OL]") {
		t.Errorf("docx: %s", words)
	}
	get(t, h, "GET", "/basket.docx")
	get(t, h, "GET", "/basket.xlsx")
}

// docxText checks that every part is well-formed XML and gives the text.
func docxText(t *testing.T, body string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if s, ok := token.(xml.StartElement); ok && f.Name == "word/document.xml" && (s.Name.Local == "script" || s.Name.Local == "img") {
				t.Errorf("text became the element %s", s.Name.Local)
			}
			if c, ok := token.(xml.CharData); ok && f.Name == "word/document.xml" {
				words.Write(c)
				words.WriteByte('\n')
			}
		}
		r.Close()
	}
	return words.String()
}

// TestHostileFiles puts markup, control characters and formulas into whatever
// is saved or subscribed to.
func TestHostileFiles(t *testing.T) {
	s := hostile()
	for i := range s.docs[0].Items {
		s.docs[0].Items[i].Text += "\x00\x01\v]]>&\u2028\xff=1+1"
	}
	h := site(s)
	item := "item=" + url.QueryEscape(s.docs[0].Items[0].ID)
	_, body := get(t, h, "GET", "/basket.docx?"+item)
	if words := docxText(t, body); !strings.Contains(words, "<script>alert(1)</script>") {
		t.Errorf("the markup is not there as text: %q", words)
	}
	for _, target := range []string{"/feed.atom", "/feed.atom?q=" + url.QueryEscape(markup), "/sitemap.xml", "/opensearch.xml"} {
		_, body := get(t, h, "GET", target)
		d := xml.NewDecoder(strings.NewReader(body))
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", target, err)
			}
			if s, ok := token.(xml.StartElement); ok && (s.Name.Local == "script" || s.Name.Local == "img") {
				t.Errorf("%s: text became an element", target)
			}
		}
	}
	for _, ext := range []string{"csv", "xlsx", "jsonl"} {
		res, body := get(t, h, "GET", "/export."+ext+"?q="+url.QueryEscape("机场")+"&off="+url.QueryEscape(markup))
		if ids, _ := exported(t, ext, body); len(ids) != 1 {
			t.Errorf("%s: %d items", ext, len(ids))
		}
		if d := res.Header.Get("Content-Disposition"); strings.ContainsAny(d, "<>\n\r") {
			t.Errorf("the header is %q", d)
		}
	}
	for _, target := range []string{"/basket?" + item, "/basket?item=" + url.QueryEscape(markup)} {
		_, body := get(t, h, "GET", target)
		noMarkup(t, target, body)
		wellFormed(t, target, body)
	}
	raw := page(t, h, "/report/"+url.PathEscape(s.docs[0].ID), 200).Find(`script[type="application/ld+json"]`).Text()
	var data map[string]any
	if err := json.Unmarshal([]byte(raw), &data); err != nil || data["name"] != markup {
		t.Errorf("%v in %s", err, raw)
	}
}

func TestNeighbouringYears(t *testing.T) {
	m := library()
	for _, year := range []int{2014, 2018} {
		m.docs = append(m.docs, &report.Document{ID: fmt.Sprint("371524-", year, "-report"), Kind: report.KindReport, Title: "报告", Year: year, Place: dongE})
	}
	doc := page(t, site(m), "/report/371524-2015-report", 200)
	links := doc.Find(".neighbours a")
	if links.Length() != 2 || text(links.Text()) != "上一年：东阿县 2014年政府工作报告更晚：东阿县 2018年政府工作报告" {
		t.Errorf("%q", text(links.Text()))
	}
	if got := links.Last().AttrOr("href", ""); got != "/report/371524-2018-report" {
		t.Errorf("the later one is %q", got)
	}
	if page(t, site(m), "/report/371500-2021-assignment", 200).Find(".neighbours").Length() != 0 {
		t.Error("a single document has neighbours")
	}
}

// TestBooksHoldTheTables compares the workbook of every page of facts with its
// CSV file, cell by cell; a cell that CSV shields from being a formula is meant
// to be read without its shield.
func TestBooksHoldTheTables(t *testing.T) {
	h := sampleSite(t)
	for _, page := range []string{"/track", "/trend?q=机场", "/lists", "/units", "/unit/市发展改革委", "/projects", "/project/雄商高铁", "/glossary"} {
		path, query, _ := strings.Cut(page, "?")
		_, text := get(t, h, "GET", path+".csv?"+query)
		want, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatalf("%s.csv: %v", page, err)
		}
		_, body := get(t, h, "GET", path+".xlsx?"+query)
		got := sheet(t, body, 0)
		if len(want) < 2 || len(got) != len(want) {
			t.Errorf("%s: %d rows in the workbook, %d in the file", page, len(got), len(want))
			continue
		}
		for i, row := range want {
			for j, cell := range row {
				in := ""
				if j < len(got[i]) { // empty cells at a row's end are not kept
					in = got[i][j]
				}
				if in != cell && "'"+in != cell {
					t.Errorf("%s, row %d, %s: %q in the workbook, %q in the file", page, i, want[0][j], in, cell)
				}
			}
		}
	}
}
