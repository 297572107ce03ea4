package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"youju/report"
	"youju/search"
)

// homePage shows what the collection holds and invites a search.
type homePage struct {
	basePage
	Examples []way
	Digests  int
	Holdings holdings
	Places   int
	// Topics and Parts are ways in for those who have no word yet.
	Topics []way
	Parts  []way
}

// examples are searches that show what can be asked: a promise through the
// years, a project's line, an everyday question, an exact phrase.
var examples = []string{"老旧小区改造", "雄商高铁", "冬天坐公交免费吗", "粮食产能", "聊城机场", `"乡村振兴"`}

func (s *server) showHome(w http.ResponseWriter, r *http.Request) error {
	docs, err := s.searcher.Documents(r.Context())
	if err != nil {
		return fmt.Errorf("listing documents: %w", err)
	}
	all, err := s.searcher.Search(r.Context(), search.Query{Page: 1, Size: 1})
	if err != nil {
		return fmt.Errorf("counting topics: %w", err)
	}
	p := homePage{basePage: s.base(r, tr("政府工作报告检索")), Holdings: newHoldings(docs)}
	p.Nav, p.Sheet, p.Hero = "/", "home.css", true
	p.Description = "逐条检索政府工作报告：每一项承诺、数字和项目都能查到原句、出处和日期。"
	if p.Examples, err = s.examples(r.Context()); err != nil {
		return err
	}
	places := map[string]bool{}
	for _, d := range docs {
		if d.Document.Source.Digest != "" {
			p.Digests++
		}
		if d.Document.Place.Name() != "" {
			places[d.Document.Place.Full()] = true
		}
	}
	p.Places = len(places)
	p.Topics = facetWays(all.Facets, search.FacetTopic)
	p.Parts = facetWays(all.Facets, search.FacetPart)
	return s.render(w, r, http.StatusOK, "home", p)
}

// examples are those that find something here: an example without a result
// would be a poor first answer.
func (s *server) examples(ctx context.Context) ([]way, error) {
	var ways []way
	for _, e := range examples {
		q := search.Query{Text: e, Page: 1, Size: 1}
		res, err := s.searcher.Search(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("trying an example: %w", err)
		}
		if res.Total > 0 {
			ways = append(ways, way{Label: quote(e), URL: urlOf(search.Query{Text: e})})
		}
	}
	return ways, nil
}

// facetWays lists the values of one facet as searches.
func facetWays(facets []search.Facet, name string) []way {
	var ways []way
	for _, f := range facets {
		if f.Name != name {
			continue
		}
		for _, v := range f.Values {
			if v.Value != search.None && v.Count > 0 {
				ways = append(ways, way{tr(search.FacetValueLabel(name, v.Value)), searchURL(name, v.Value), v.Count})
			}
		}
	}
	return ways
}

// holdings is the table of places and years: what is in the collection and
// what is not.
type holdings struct {
	// Years are the columns: every year from the last document back to the
	// first, then documents without a year.
	Years []holdingYear
	Rows  []holdingRow
}

type holdingYear struct{ Label, URL string }

type holdingRow struct {
	Place string
	// Above names the province and city the place lies in; a place whose city
	// has a row further up is Nested below it instead.
	Above  string
	Nested bool
	URL    string
	Cells  []holdingCell
	// Gaps sums up the years without a document, for narrow screens.
	Gaps []string
}

// holdingCell holds the documents of one place and year; empty means 未收录.
type holdingCell struct {
	Year  string
	Links []way
}

func newHoldings(docs []search.Summary) holdings {
	first, last, unknown := yearRange(docs)
	var years []int
	for y := last; y >= first && y > 0; y-- {
		years = append(years, y)
	}
	if unknown {
		years = append(years, 0)
	}
	var h holdings
	for _, y := range years {
		h.Years = append(h.Years, holdingYear{yearLabel(y), searchURL(search.FacetYear, yearValue(y))})
	}
	byPlace := map[report.Place][]*report.Document{}
	var places []report.Place
	for i := range docs {
		d := &docs[i].Document
		if byPlace[d.Place] == nil {
			places = append(places, d.Place)
		}
		byPlace[d.Place] = append(byPlace[d.Place], d)
	}
	slices.SortFunc(places, byCode)
	listed := map[string]bool{}
	for _, p := range places {
		row := newHoldingRow(p, years, byPlace[p])
		listed[p.Full()] = true
		if row.Nested = listed[strings.ReplaceAll(row.Above, " ", "")]; row.Nested {
			row.Above = ""
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

// yearRange is the span of years of delivery, kept sane should one be misread.
func yearRange(docs []search.Summary) (first, last int, unknown bool) {
	for _, d := range docs {
		y := d.Document.Year
		if y == 0 {
			unknown = true
			continue
		}
		if first == 0 || y < first {
			first = y
		}
		last = max(last, y)
	}
	return max(first, last-maxYears), last, unknown
}

// maxYears keeps one misread year from making a table of centuries.
const maxYears = 60

func yearLabel(y int) string {
	if y == 0 {
		return "无年份"
	}
	return strconv.Itoa(y)
}

func yearValue(y int) string {
	if y == 0 {
		return search.None
	}
	return strconv.Itoa(y)
}

// byCode puts a province before its cities and a city before its counties, as
// the GB/T 2260 codes do; places without a code come last.
func byCode(a, b report.Place) int {
	if (a.Code == "") != (b.Code == "") {
		return cmp.Compare(b.Code, a.Code)
	}
	return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Full(), b.Full()))
}

func newHoldingRow(p report.Place, years []int, docs []*report.Document) holdingRow {
	row := holdingRow{Place: p.Name(), Above: above(p)}
	if row.Place == "" {
		row.Place = "未注明地区"
	} else {
		row.URL = searchURL(search.FacetCounty, placeValue(p))
	}
	var gaps []int
	for _, y := range years {
		cell := holdingCell{Year: yearLabel(y)}
		for _, kind := range report.Kinds {
			var some []*report.Document
			for _, d := range docs {
				if d.Year == y && d.Kind == kind {
					some = append(some, d)
				}
			}
			if len(some) > 0 {
				cell.Links = append(cell.Links, holdingLink(p, y, kind, some))
			}
		}
		row.Cells = append(row.Cells, cell)
		if len(cell.Links) == 0 && y != 0 {
			gaps = append(gaps, y)
		}
	}
	row.Gaps = yearSpans(gaps)
	return row
}

// yearSpans writes descending years in short and upwards: 2019, 2022–2024.
func yearSpans(years []int) []string {
	var spans []string
	for i := len(years) - 1; i >= 0; i-- {
		from := years[i]
		for i > 0 && years[i-1] == years[i]+1 {
			i--
		}
		span := strconv.Itoa(from)
		if years[i] != from {
			span += "–" + strconv.Itoa(years[i])
		}
		spans = append(spans, span)
	}
	return spans
}

// holdingLink leads to the one document, or to a search for the several.
func holdingLink(p report.Place, y int, kind report.Kind, docs []*report.Document) way {
	if len(docs) == 1 {
		return way{tr(report.KindInfo(kind).Short), reportURL(docs[0].ID), 1}
	}
	q := withValue(search.Query{}, search.FacetYear, yearValue(y))
	q = withValue(q, search.FacetKind, string(kind))
	if v := placeValue(p); v != "" {
		q = withValue(q, search.FacetCounty, v)
	}
	return way{tr(report.KindInfo(kind).Short), urlOf(q), len(docs)}
}

func above(p report.Place) string {
	switch {
	case p.County != "" && p.City != "" && p.City != p.Province:
		return p.Province + " " + p.City
	case p.County != "", p.City != "" && p.City != p.Province:
		return p.Province
	}
	return ""
}
