package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"youju/report"
)

// cardsOf makes the cards of documents as an index would.
func cardsOf(docs []*report.Document) *Cards {
	var glossary []Hit
	counts := map[string]map[string]int{FacetUnit: {}, FacetCounty: {}}
	for _, doc := range docs {
		header := *doc
		header.Items, header.Sections = nil, nil
		for i := range doc.Items {
			it := &doc.Items[i]
			if it.Part == report.PartGlossary {
				glossary = append(glossary, Hit{Item: *it, Document: header})
			}
			for facet, of := range counts {
				for _, v := range FacetValuesOf(facet, doc, it) {
					of[v]++
				}
			}
		}
	}
	values := func(facet string) (list []FacetValue) {
		for v, n := range counts[facet] {
			list = append(list, FacetValue{Value: v, Count: n})
		}
		return list
	}
	return NewCards(glossary, values(FacetUnit), values(FacetCounty))
}

// someCards is a made-up collection: two years of one city and a year of another.
func someCards() *Cards {
	var docs []*report.Document
	add := func(id, city, code string, year int, terms ...string) {
		doc := &report.Document{ID: id, Kind: report.KindReport, Year: year, Title: fmt.Sprintf("%d年%s政府工作报告", year, city),
			Place: report.Place{Province: "山东省", City: city, Code: code}}
		for i, t := range terms {
			heading, text, _ := strings.Cut(t, "：")
			doc.Items = append(doc.Items, report.Item{ID: fmt.Sprintf("%s/glossary-%d", id, i+1), Part: report.PartGlossary, Heading: heading, Text: text})
		}
		docs = append(docs, doc)
	}
	add("371500-2022-report", "聊城市", "371500", 2022, "四好：好桥、好路、好站、好车。", "两通：通水、通电。")
	add("371500-2025-report", "聊城市", "371500", 2025, "两通：通气、通网。", "“三改”行动：改厕、改水、改灶。", "五清六建、七提八改：清五样、建六样；提七样、改八样。",
		"治理“2468”工程：四句话。", "“Green City”计划：种树。", "“1+N”清单：一张总表和若干分表。", "智能“十步法”改造：分十步。")
	add("370100-2024-report", "济南市", "370100", 2024, "两通：通车、通航。")
	tasks := &report.Document{ID: "371500-2025-assignment", Kind: report.KindAssignment, Year: 2025, Place: docs[0].Place}
	for i, unit := range strings.Fields("市水利局 市水利局 市教育体育局 市发展改革委 市住房城乡建设局 市住房城乡建设局 市住房城乡建设局 市住房和城乡建设局 市农业农村局 东阿县人民政府 市城管局 市城投集团") {
		it := report.Item{ID: fmt.Sprintf("%s/task-%d", tasks.ID, i+1), Part: report.PartAssignment, Places: []string{"东阿县"}}
		it.Duty.LeadUnits = []string{unit}
		tasks.Items = append(tasks.Items, it)
	}
	return cardsOf(append(docs, tasks))
}

func describeCards(cards []Card) string {
	var list []string
	for _, c := range cards {
		text := c.Kind + " " + c.Title
		if c.Count > 0 {
			text += fmt.Sprint(" ", c.Facet, "=", c.Value, " ", c.Count)
		}
		if c.Text != "" {
			text += " " + c.Text
		}
		if c.Note != "" {
			text += " (" + c.Note + ")"
		}
		list = append(list, text)
	}
	return strings.Join(list, " | ")
}

// TestMayAsk holds the last characters against the expression they stand for.
func TestMayAsk(t *testing.T) {
	pieces := strings.FieldsFunc(askAfter.String(), func(r rune) bool { return strings.ContainsRune("()|[]$", r) })
	for _, piece := range pieces {
		for _, last := range askAfter.String() {
			if word := "词" + strings.ReplaceAll(piece, "?", "") + string(last); askAfter.MatchString(word) && !mayAsk(word) {
				t.Errorf("%s may ask", word)
			}
		}
	}
}

func TestCards(t *testing.T) {
	c := someCards()
	from := func(year int) string {
		return fmt.Sprintf("(释义出自%d年《聊城市政府工作报告》)", year)
	}
	tests := []struct{ query, filters, want string }{
		{"四好", "", "term 四好 好桥、好路、好站、好车。 " + from(2022)},
		{"“四好”", "", "term 四好 好桥、好路、好站、好车。 " + from(2022)},
		{"四好农村路", "", ""},
		{"四好 农村路", "", ""},
		{"农村四好", "", ""},
		{"两通", "", "term 两通 通气、通网。 " + from(2025)},
		{"兩通", "", "term 两通 通气、通网。 " + from(2025)},
		{"两通是什么意思？", "", "term 两通 通气、通网。 " + from(2025)},
		{"什么是两通", "", "term 两通 通气、通网。 " + from(2025)},
		{"2022年 两通", "", "term 两通 通水、通电。 " + from(2022)},
		{"2022年两通", "", "term 两通 通水、通电。 " + from(2022)},
		{"两通", "year=2022", "term 两通 通水、通电。 " + from(2022)},
		{"两通", "year=2021", "term 两通 通水、通电。 (2021年的报告没有这条释义，释义出自2022年《聊城市政府工作报告》)"},
		{"两通", "county=济南市", "term 两通 通车、通航。 (释义出自2024年《济南市政府工作报告》)"},
		{"两通", "county=临清市", "term 两通 通气、通网。 (临清市的报告没有这条释义，释义出自2025年《聊城市政府工作报告》)"},
		{"三改", "", "term “三改”行动 改厕、改水、改灶。 " + from(2025)},
		{"三改行动", "", "term “三改”行动 改厕、改水、改灶。 " + from(2025)},
		{"“三改”行动", "", "term “三改”行动 改厕、改水、改灶。 " + from(2025)},
		{"三改联动", "", ""},
		{"五清六建", "", "term 五清六建、七提八改 清五样、建六样 " + from(2025)},
		{"七提八改", "", "term 五清六建、七提八改 提七样、改八样 " + from(2025)},
		{"五清六建、七提八改", "", "term 五清六建、七提八改 清五样、建六样；提七样、改八样。 " + from(2025)},
		{"五清六建 七提八改", "", "term 五清六建、七提八改 清五样、建六样；提七样、改八样。 " + from(2025)},
		{"2468工程", "", "term 治理“2468”工程 四句话。 " + from(2025)},
		{"2468", "", ""},
		{"green city", "", "term “Green City”计划 种树。 " + from(2025)},
		{"1+N清单", "", "term “1+N”清单 一张总表和若干分表。 " + from(2025)},
		{"十步法", "", "term 智能“十步法”改造 分十步。 " + from(2025)},
		{"十步法 企业", "", "term 智能“十步法”改造 分十步。 " + from(2025)},
		{"市水利局", "", "unit 市水利局 unit=市水利局 2"},
		{"水利局", "", "unit 市水利局 unit=市水利局 2"},
		{"市水利局 牵头", "", "unit 市水利局 unit=市水利局 2"},
		{"市水利局的任务", "", "unit 市水利局 unit=市水利局 2"},
		{"水利部门", "", "unit 市水利局 unit=市水利局 2 (按“市水利局”查找)"},
		{"聊城市水利局", "", "unit 市水利局 unit=市水利局 2 (按“市水利局”查找)"},
		{"聊城水利局", "", "unit 市水利局 unit=市水利局 2 (按“市水利局”查找)"},
		{"教育局", "", "unit 市教育体育局 unit=市教育体育局 1 (按“市教育体育局”查找)"},
		{"发改委", "", "unit 市发展改革委 unit=市发展改革委 1 (按“市发展改革委”查找)"},
		{"住建局", "", "unit 市住房城乡建设局 unit=市住房城乡建设局 3 (按“市住房城乡建设局”查找)"},
		{"水利", "", ""},
		{"城投集团", "", "unit 市城投集团 unit=市城投集团 1"},
		{"税务局", "", ""},
		{"局", "", ""},
		{"东阿", "", "place 东阿县 county=东阿县 12"},
		{"东阿县", "", "place 东阿县 county=东阿县 12"},
		{"聊城", "", "place 聊城市 county=聊城市 21"},
		{"东阿阿胶", "", ""},
		{"深圳", "", ""},
		{"", "", ""}, {"  ", "", ""}, {"，", "", ""}, {"\xff", "", ""}, {"是什么", "", ""}, {"2022年", "", ""},
	}
	for _, test := range tests {
		filters := map[string][]string{}
		if facet, value, ok := strings.Cut(test.filters, "="); ok {
			filters[facet] = []string{value}
		}
		if got := describeCards(c.Find(test.query, filters)); got != test.want {
			t.Errorf("%s %s\n got %s\nwant %s", test.query, test.filters, got, test.want)
		}
	}
	if got := c.Find(strings.Repeat("四好", 5000), nil); got != nil {
		t.Errorf("an endless query has cards: %v", got)
	}
}

func TestTermForms(t *testing.T) {
	tests := []struct{ term, names, others string }{
		{"“双高”计划", "双高计划 双高", ""},
		{"三清三建、五比五看", "三清三建 五比五看", "三清三建、五比五看"},
		{"“两通”“三改”", "两通 三改", "两通三改"},
		{"农田“十步法”行动", "农田十步法行动 十步法", "农田十步法"},
		{"万里碧道行动", "万里碧道行动", "万里碧道"},
		{"A、B（甲、乙）", "A B（甲、乙）", "A、B（甲、乙）"},
		{"", "", ""},
		{"“", "", ""},
	}
	for _, test := range tests {
		names, others := termForms(test.term)
		if strings.Join(names, " ") != test.names || strings.Join(others, " ") != test.others {
			t.Errorf("%s: got %q and %q, want %q and %q", test.term, names, others, test.names, test.others)
		}
	}
}

// TestCardsOfGlossary asks for every term of the originals' annexes, as
// printed, without quotes, and each half of a compound.
func TestCardsOfGlossary(t *testing.T) {
	docs, _ := originals(t)
	c := cardsOf(docs)
	terms := 0
	for _, doc := range docs {
		for i := range doc.Items {
			it := &doc.Items[i]
			if it.Part != report.PartGlossary {
				continue
			}
			if doc.ID == "371500-2026-report" {
				terms++
			}
			queries := []string{it.Heading, unquote(it.Heading), "“" + unquote(it.Heading) + "”", unquote(it.Heading) + "是什么意思"}
			for _, half := range termParts(it.Heading) {
				queries = append(queries, half, unquote(half))
			}
			for _, q := range queries {
				cards := c.Find(q, map[string][]string{FacetYear: {fmt.Sprint(doc.Year)}})
				if len(cards) == 0 || cards[0].Kind != CardTerm || cards[0].Item.Document.Year != doc.Year || !strings.Contains(it.Text, cards[0].Text) {
					t.Errorf("%s: no card of its own: %s", q, describeCards(cards))
				}
			}
		}
	}
	if terms != 23 {
		t.Errorf("%d terms in the annex of 2026, want 23", terms)
	}
	if got := c.Find("吨半粮", map[string][]string{FacetYear: {"2025"}, FacetCounty: {"聊城市"}}); len(got) != 1 || !strings.HasPrefix(got[0].Note, "2025年的报告没有这条释义") {
		t.Errorf("a year without an annex: %s", describeCards(got))
	}
	for _, q := range []string{"四好农村路", "三化", "老旧小区", "市水利局", "东阿"} {
		for _, card := range c.Find(q, nil) {
			if (q == "四好农村路" || q == "老旧小区") || card.Kind == CardTerm && q != "三化" {
				t.Errorf("%s: %s", q, describeCards([]Card{card}))
			}
		}
	}
}

func FuzzCards(f *testing.F) {
	c := someCards()
	for _, seed := range []string{"四好", "“三改”行动是什么", "2022年两通", "市水利局牵头", "\xff", "是什么是什么是什么", "2022年2022年", "、、", "部门"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		start := time.Now()
		cards := c.Find(query, nil)
		if took := time.Since(start); took > 100*time.Millisecond {
			t.Errorf("%q took %v", query, took)
		}
		if len(cards) > maxCards {
			t.Errorf("%d cards", len(cards))
		}
		for _, card := range cards {
			if card.Title == "" || !utf8.ValidString(card.Note) || (card.Kind == CardTerm) != (card.Item != nil) {
				t.Errorf("%q: %+v", query, card)
			}
		}
		names, others := termForms(query)
		for _, form := range slices.Concat(names, others) {
			if fold(form) == "" {
				t.Errorf("%q has an empty form", query)
			}
		}
	})
}

func BenchmarkCards(b *testing.B) {
	docs, _ := originals(b)
	c := cardsOf(docs)
	for _, query := range []string{"吨半粮", "发改委", "东阿", "今年老旧小区改造多少个", strings.Repeat("改", MaxQueryRunes)} {
		b.Run(fmt.Sprintf("%.24s", query), func(b *testing.B) {
			for b.Loop() {
				c.Find(query, nil)
			}
		})
	}
}
