package web

import (
	"net/http"

	"youju/report"
	"youju/search"
)

// stylePage shows every piece of the design once, in all its states, so that a
// change can be seen in one place. Its words are made up.
type stylePage struct {
	basePage
	Reading  []readingView
	Cards    []cardView
	Hit      hitView
	Facets   []facetView
	Chips    []chip
	Sorts    []option
	Pages    pager
	Badges   []badge
	Item     *itemView
	Digest   string
	Ways     []way
	Rows     []documentRow
	Citation string
	Chart    *chart
}

func (s *server) showStyleguide(w http.ResponseWriter, r *http.Request) error {
	doc, it := styleSample()
	q := search.Query{Text: "示例", Page: 3, Size: search.DefaultSize, Filters: map[string][]string{search.FacetYear: {"2021"}}}
	read := search.Reading{Words: []string{"示例", "词语"}, Excluded: []string{"不要"}, Filters: q.Filters}
	marker := search.NewMarker(q.Text)
	hit := search.Hit{Item: *it, Document: *doc, Snippet: string(marked(marker, it.Text))}
	p := stylePage{
		basePage: s.base(r, tr("样式")),
		Reading:  styleReadings(q, read),
		Cards:    newCards([]search.Card{{Kind: search.CardTerm, Title: "示例词语", Text: it.Text, Item: &hit, Note: "释义出自2021年报告"}, {Kind: search.CardUnit, Title: "市示例局", Facet: search.FacetUnit, Value: "市示例局", Count: 7}}, nil),
		Hit:      newHit(q, read, marker, hit, 1),
		Facets:   newFacets(q, read, styleFacets()),
		Chips:    newChips(q, read), Sorts: sortOptions(q), Pages: newPager(q, 4000),
		Badges: itemBadges(it, doc, searchURL), Item: newItemView(it, marker, q.Text),
		Digest: doc.Title, Ways: []way{{tr("去掉“%s”，只查“%s”", "词语", "示例"), urlOf(q), 12}},
		Rows:     []documentRow{newDocumentRow(doc, 1, 1)},
		Citation: citation(doc, it, s.absolute(r, itemURL(it.ID))),
	}
	p.Chart = newChart("示例", 2019, 2022, []plotted{{2019, 67800, false, "/track", "2019"}, {2020, 52000, true, "/track", "2020"}, {2021, 61000, false, "/track", "2021"}, {2022, 60000, false, "/track", "2022"}})
	p.NoIndex, p.Sheet = true, "facts.css"
	return s.render(w, r, http.StatusOK, "styleguide", p)
}

// styleSample is an item with everything an item can have.
func styleSample() (*report.Document, *report.Item) {
	doc := &report.Document{
		ID: "370000-2021-report", Kind: report.KindReport, Title: "2021年示例报告", Number: "示例〔2021〕1号", Date: "2021-02-10", Year: 2021,
		Place:  report.Place{Province: "山东省", City: "聊城市", Code: "371500"},
		Source: report.Source{Missing: []string{"开头缺失"}, Digest: "示例"},
	}
	it := &report.Item{
		ID: doc.ID + "/1", Number: "1", Heading: "示例条目", Path: []string{"一、示例部分", "（一）示例小节"}, Part: report.PartPlan, Claim: report.ClaimPromised,
		Text: "这是一条示例，用来看样式，不是文件里的话。", AboutYear: 2021, Places: []string{"东阿县"}, Topics: []string{"教育"},
		Duty: report.Duty{Leaders: []string{"某某"}, LeadUnits: []string{"市示例局"}, SupportUnits: []string{"市另一局", "市第三局"}, More: true},
	}
	return doc, it
}

// styleReadings are the ways a query can be read, one notice each.
func styleReadings(q search.Query, read search.Reading) []readingView {
	near, partial, relaxed, wrong, repaired := read, read, read, read, read
	near.Tier = search.TierNear
	near.Context = []search.Context{{Word: "2021年", Facet: search.FacetYear, Value: "2021", Label: "年份：2021年"}, {Word: "目标", Facet: search.FacetPart, Value: string(report.PartTarget), Off: true}}
	near.Expansions = []search.Expansion{{Word: "示例", Variants: []search.Variant{{Text: "样例"}, {Text: "例子", Off: true}}}}
	near.Asked, near.Notes = search.AskFigure, []string{"引号不成对，已按普通文字处理"}
	partial.Tier = search.TierPartial
	wrong.Corrections = []search.Alternative{{Text: "示例", Word: "市例", Count: 12}}
	wrong.Filters = map[string][]string{search.FacetYear: {"1999"}}
	relaxed.Tier, relaxed.Relaxed = search.TierPartial, "符合“2021年”的不多，其后列出不限这一条件的"
	repaired.Instead = "样例"
	var views []readingView
	for _, r := range []search.Reading{near, partial, relaxed, wrong, repaired} {
		views = append(views, newReading(q, &search.Result{Reading: r, Total: 9}, []search.Summary{{Document: report.Document{Year: 2021}}}))
	}
	return views
}

func styleFacets() []search.Facet {
	return []search.Facet{
		{Name: search.FacetYear, Values: []search.FacetValue{{Value: "2021", Count: 12, Selected: true}, {Value: "2020", Count: 3}, {Value: search.None, Count: 1}}},
		{Name: search.FacetCounty, Values: []search.FacetValue{{Value: "山东省", Count: 12}, {Value: "聊城市", Parent: "山东省", Count: 9}, {Value: "东阿县", Parent: "聊城市", Count: 2}}},
	}
}
