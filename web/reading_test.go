package web_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"youju/report"
	"youju/search"
)

func text(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestContextWords turns a year among the words into a filter and back.
func TestContextWords(t *testing.T) {
	h := site(&reader{memory: library(), context: []search.Context{{Word: "2021年", Facet: search.FacetYear, Value: "2021", Label: "年份：2021年"}}})
	target := "/search?q=" + url.QueryEscape("2021年 机场")
	doc := page(t, h, target, 200)
	chip := doc.Find(".read-as li")
	if chip.Length() != 1 || !strings.Contains(text(chip.Text()), "年份：2021年 当普通词") {
		t.Fatalf("the reading says %q", text(chip.Text()))
	}
	if doc.Find(".chip").Length() != 0 || doc.Find(".hit").Length() != 2 {
		t.Errorf("%d chips and %d hits", doc.Find(".chip").Length(), doc.Find(".hit").Length())
	}
	off := chip.Find("a").AttrOr("href", "")
	if want := target + "&off=" + url.QueryEscape("2021年"); off != want {
		t.Errorf("当普通词 leads to %q, want %q", off, want)
	}
	plain := page(t, h, off, 200)
	again := plain.Find(".read-as li.off")
	if again.Length() != 1 || !strings.Contains(again.Text(), "按普通词查") {
		t.Fatalf("turned off, the page says %q", text(plain.Find(".reading").Text()))
	}
	if back := again.Find("a").AttrOr("href", ""); back != target {
		t.Errorf("the way back is %q, want %q", back, target)
	}
	if doc.Find(`#facet-year ~ ul .selected`).Length() != 1 {
		t.Error("the year's filter is not ticked")
	}
	// Unticking the facet takes the word away.
	unticked := page(t, h, doc.Find(`#facet-year ~ ul .selected`).AttrOr("href", ""), 200)
	if got := unticked.Find("#q").AttrOr("value", ""); got != "机场" {
		t.Errorf("without the year the words are %q", got)
	}
}

// TestSynonyms unticks a variant and ticks it again.
func TestSynonyms(t *testing.T) {
	h := site(&reader{memory: library(), expansions: []search.Expansion{{Word: "机场", Variants: []search.Variant{{Text: "航空港"}, {Text: "通用机场"}}}}})
	doc := page(t, h, "/search?q=机场", 200)
	variants := doc.Find(".read-as li:not(.lead)")
	if variants.Length() != 2 || !strings.Contains(doc.Find(".read-as").Text(), "也查了") {
		t.Fatalf("variants: %q", text(doc.Find(".read-as").Text()))
	}
	href := variants.First().Find("a").AttrOr("href", "")
	doc = page(t, h, href, 200)
	if off := doc.Find(".read-as li.off"); off.Length() != 1 || !strings.Contains(off.Text(), "航空港") {
		t.Errorf("%s: %q", href, text(doc.Find(".read-as").Text()))
	}
	if back := doc.Find(".read-as li.off a").AttrOr("href", ""); back != "/search?q=%E6%9C%BA%E5%9C%BA" {
		t.Errorf("the way back is %q", back)
	}
	if doc.Find(`form.searchbox input[name=off]`).Length() != 0 {
		t.Error("a new search carries on what was turned off for another")
	}
}

// TestWayBack checks that what was turned off can be turned on, whatever the
// searcher says of it.
func TestWayBack(t *testing.T) {
	doc := page(t, site(library()), "/search?q="+url.QueryEscape("2021年 机场")+"&off=2021年&off=航空港", 200)
	off := doc.Find(".read-as .off")
	if off.Length() != 2 || !strings.Contains(off.First().Text(), "2021年") || !strings.Contains(off.Last().Text(), "航空港") {
		t.Fatalf("turned off: %q", text(off.Text()))
	}
	if got := off.Last().Find("a").AttrOr("href", ""); !strings.HasSuffix(got, "&off="+url.QueryEscape("2021年")) {
		t.Errorf("the way back is %q", got)
	}
}

func TestCorrectionsAndDrops(t *testing.T) {
	s := &reader{
		memory:      library(),
		corrections: []search.Alternative{{Text: "老旧小区", Word: "老旧小曲", Count: 12}},
		drops:       []search.Alternative{{Text: "机场", Word: "高原", Count: 2}},
		asked:       search.AskFigure,
	}
	h := site(s)
	thin := page(t, h, "/search?q=机场", 200)
	empty := page(t, h, "/search?q=zzzz", 200)
	if got := text(thin.Find(".notice.calm").Text()); got != "您是不是要找：老旧小区（12 条）" {
		t.Errorf("correction: %q", got)
	}
	if got := thin.Find(".notice.calm a").AttrOr("href", ""); got != "/search?q="+url.QueryEscape("老旧小区") {
		t.Errorf("correction leads to %q", got)
	}
	for name, doc := range map[string]string{"thin": thin.Find("aside.empty .ways-out").Text(), "empty": empty.Find(".empty .ways-out").Text()} {
		if !strings.Contains(text(doc), "去掉“高原”，只查“机场” 2 条") {
			t.Errorf("%s page offers %q", name, text(doc))
		}
	}
	if !strings.Contains(thin.Find(".reading").Text(), "问的是数量") {
		t.Error("the page does not say what the question asks for")
	}
}

// TestGaps says which years and places are not in the collection.
func TestGaps(t *testing.T) {
	year := func(y string) search.Context {
		return search.Context{Word: y + "年", Facet: search.FacetYear, Value: y}
	}
	place := search.Context{Word: "东阿", Facet: search.FacetCounty, Value: "东阿县"}
	h := site(&reader{memory: library(), context: []search.Context{year("2023"), year("2021"), place}})
	for q, want := range map[string]string{
		"2023年 机场":    "本站没有收录2023年的文件，收录的年份是：2015、2021。",
		"2021年 机场":    "",
		"东阿 2021年 机场": "本站没有收录东阿县2021年的文件，收录的年份是：2015。",
		"东阿 阿胶":       "",
		"县区:平阴县 机场":   "本站没有收录平阴县自己的文件，查到的是别处文件里提到它的条目。",
		"year:1999":   "本站没有收录1999年的文件，收录的年份是：2015、2021。",
	} {
		doc := page(t, h, "/search?q="+url.QueryEscape(q), 200)
		if got := text(doc.Find(".results > .notice").Text()); got != want {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
}

func TestCards(t *testing.T) {
	m := library()
	term := search.Hit{Item: m.docs[1].Items[0], Document: *m.docs[1]}
	h := site(&reader{memory: m, cards: []search.Card{
		{Kind: search.CardTerm, Title: "双招双引", Text: "招商引资、招才引智。", Item: &term, Note: "释义出自2015年报告"},
		{Kind: search.CardUnit, Title: "市水利局", Facet: search.FacetUnit, Value: "市水利局", Count: 7},
		{Kind: search.CardPlace, Title: "东阿县", Facet: search.FacetCounty, Value: "东阿县", Count: 9},
	}})
	doc := page(t, h, "/search?q=机场", 200)
	cards := doc.Find(".card")
	if cards.Length() != 3 {
		t.Fatalf("%d cards", cards.Length())
	}
	for i, want := range []string{"用语 双招双引 招商引资、招才引智。 释义出自2015年报告，见东阿县 2015年政府工作报告 · 工作回顾", "单位 市水利局 牵头的条目 7", "地区 东阿县 全部条目 9东阿县 2015年政府工作报告"} {
		if got := text(cards.Eq(i).Text()); got != want {
			t.Errorf("card %d says %q, want %q", i, got, want)
		}
	}
	if got := cards.Eq(0).Find("a").AttrOr("href", ""); got != "/report/371524-2015-report/1.1" {
		t.Errorf("the term's source is %q", got)
	}
	if got := cards.Eq(2).Find("a").Last().AttrOr("href", ""); got != "/report/371524-2015-report" {
		t.Errorf("the place's report is %q", got)
	}
}

func TestSuggest(t *testing.T) {
	s := &reader{memory: library()}
	for i := range 30 {
		s.suggestions = append(s.suggestions, search.Suggestion{Text: fmt.Sprint("机场", i, markup), Kind: "标题", Count: i})
	}
	for query, want := range map[string]int{
		"?q=机场": 8, "?q=机场&n=3": 3, "?q=机场&n=999": 20, "?q=机场&n=x": 8, "": 0, "?q=": 0, "?q=%ff": 0, "?q=没有": 0,
		"?q=" + strings.Repeat("长", 5000): 0,
	} {
		_, body := get(t, site(s), "GET", "/api/v1/suggest"+query)
		var a struct {
			Suggestions []struct {
				Text, Kind string
				Count      int
			}
		}
		if err := json.Unmarshal([]byte(body), &a); err != nil || a.Suggestions == nil || len(a.Suggestions) != want {
			t.Errorf("%.40s: %d suggestions, want %d (%v)", query, len(a.Suggestions), want, err)
		}
	}
	s.fail = errors.New("secret")
	if res, body := get(t, site(s), "GET", "/api/v1/suggest?q=机场"); res.StatusCode != 500 || strings.Contains(body, "secret") {
		t.Errorf("a failure: %d %s", res.StatusCode, body)
	}
	if res, body := get(t, site(library()), "GET", "/api/v1/suggest?q=机场"); res.StatusCode != 200 || text(body) != `{"suggestions":[]}` {
		t.Errorf("without suggestions: %d %s", res.StatusCode, body)
	}
}

func TestSimilar(t *testing.T) {
	m := library()
	s := &reader{memory: m, similar: []search.Hit{{Item: m.docs[1].Items[0], Document: *m.docs[1]}}}
	doc := page(t, site(s), "/report/371500-2021-assignment/task-1", 200)
	rows := doc.Find("#similar ~ ul a")
	if rows.Length() != 1 || rows.AttrOr("href", "") != "/report/371524-2015-report/1.1" || !strings.Contains(rows.Text(), "东阿县 2015年") {
		t.Errorf("items alike: %q", text(rows.Text()))
	}
	s.fail = errors.New("broken")
	if doc := page(t, site(s), "/report/371500-2021-assignment/task-1", 200); doc.Find("#similar").Length() != 0 {
		t.Error("a failure shows")
	}
}

// TestAmbiguousCounty follows the badge of a county whose name several have.
func TestAmbiguousCounty(t *testing.T) {
	place := report.Place{Province: "山东省", City: "济南市", County: "市中区", Code: "370103"}
	d := &report.Document{
		ID: "370103-2021-report", Kind: report.KindReport, Title: "报告", Year: 2021, Place: place,
		Items: []report.Item{{ID: "370103-2021-report/1", Text: "修路。", Path: []string{"一"}}},
	}
	h := site(&memory{docs: []*report.Document{d}})
	for _, target := range []string{"/search", "/report/370103-2021-report/1"} {
		badge := page(t, h, target, 200).Find(".badge.place")
		if text(badge.Text()) != "县区：市中区" {
			t.Errorf("%s: badge %q", target, text(badge.Text()))
		}
		found := page(t, h, badge.AttrOr("href", ""), 200)
		if found.Find(".hit").Length() != 1 || found.Find(`#facet-county ~ ul .selected`).Length() != 1 {
			t.Errorf("%s: the badge's link %s is not the facet's value", target, badge.AttrOr("href", ""))
		}
	}
	row := page(t, h, "/", 200).Find(".holdings th a").Last()
	if page(t, h, row.AttrOr("href", ""), 200).Find(".hit").Length() != 1 {
		t.Error("the table of holdings leads nowhere")
	}
}

// TestAPIReading checks that programs learn how a query was read, too.
func TestAPIReading(t *testing.T) {
	m := library()
	s := &reader{
		memory:      m,
		context:     []search.Context{{Word: "2021年", Facet: search.FacetYear, Value: "2021", Label: "年份：2021年"}},
		expansions:  []search.Expansion{{Word: "机场", Variants: []search.Variant{{Text: "航空港"}}}},
		corrections: []search.Alternative{{Text: "机场", Word: "机厂", Count: 2}},
		cards:       []search.Card{{Kind: search.CardTerm, Title: "机场", Item: &search.Hit{Item: m.docs[0].Items[0], Document: *m.docs[0]}}},
		asked:       search.AskDate,
	}
	_, body := get(t, site(s), "GET", "/api/v1/search?off=航空港&q="+url.QueryEscape("2021年 机场"))
	for _, want := range []string{
		`"context":[{"word":"2021年","facet":"year","value":"2021","label":"年份：2021年","off":false}]`,
		`"expansions":[{"word":"机场","variants":[{"text":"航空港","off":true}]}]`, `"off":["航空港"]`, `"asked":"date"`,
		`"corrections":[{"text":"机场","word":"机厂","count":2}]`, `"drops":[]`, `"cards":[{"kind":"term","title":"机场","text":null,"note":null,"item":{"id":"371500-2021-assignment/task-1"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the answer lacks %s\n%s", want, body[:min(len(body), 1500)])
		}
	}
	_, body = get(t, site(library()), "GET", "/api/v1/search")
	for _, want := range []string{`"context":[]`, `"expansions":[]`, `"off":[]`, `"asked":null`, `"cards":[]`} {
		if !strings.Contains(body, want) {
			t.Errorf("an empty answer lacks %s", want)
		}
	}
}
