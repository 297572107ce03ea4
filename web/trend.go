package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"youju/report"
	"youju/search"
	"youju/search/fact"
)

// maxTerms is how many terms are laid side by side, maxTermRunes the longest.
const maxTerms, maxTermRunes = 5, 20

// trendPage shows how often terms are used, year by year.
type trendPage struct {
	basePage
	// Fields hold the terms asked for, with empty ones to fill in.
	Fields []trendField
	Place  string
	Places []string
	Kind   string
	Terms  []trendTerm
	Years  []trendRow
	// Columns is how many columns a gap spans.
	Columns  int
	Undated  int
	Examples []way
	Files    []option
}

type trendField struct{ ID, Label, Value string }

// trendTerm is a term with where it stands first and last.
type trendTerm struct {
	Text        string
	Times       int
	First, Last *way
}

// trendRow is a year: its counts, or a gap of the collection.
type trendRow struct {
	Year      int
	Documents int
	Cells     []trendCell
}

// trendCell is a term's count in a year. URL leads to where it was counted.
type trendCell struct {
	Term                     string
	Times                    int
	URL                      string
	PerDocument, PerThousand string
	// Width draws PerThousand as a share of the highest, in per cent.
	Width string
}

// trendExamples are terms that came and went.
var trendExamples = [][]string{{"高质量发展", "脱贫攻坚", "乡村振兴"}, {"数字经济", "新质生产力"}, {"优化营商环境", "放管服"}}

// trendAsk is what an address asks for.
type trendAsk struct {
	terms []string
	place string
	kind  report.Kind
}

// readTrend reads an address; what cannot be counted is left out.
func readTrend(r *http.Request) trendAsk {
	v := r.URL.Query()
	ask := trendAsk{place: cleanText(v.Get("place"), maxValueRunes), kind: report.KindReport}
	if k := report.Kind(v.Get("kind")); slices.Contains(report.Kinds, k) {
		ask.kind = k
	}
	for _, term := range v["q"] {
		term = strings.Join(strings.Fields(strings.Trim(cleanText(term, maxTermRunes), `"“”`)), " ")
		if _, ok := search.NewPlanWord(term); ok && !slices.Contains(ask.terms, term) && len(ask.terms) < maxTerms {
			ask.terms = append(ask.terms, term)
		}
	}
	return ask
}

func (a trendAsk) params() []param {
	var ps []param
	for _, term := range a.terms {
		ps = append(ps, param{"q", term})
	}
	if a.place != "" {
		ps = append(ps, param{"place", a.place})
	}
	if a.kind != report.KindReport {
		ps = append(ps, param{"kind", string(a.kind)})
	}
	return ps
}

func (a trendAsk) url() string { return encode("/trend", a.params()) }

// trendOf counts what is asked for, and lists the places that can be. A place without documents is an error that
// names those like it.
func (s *server) trendOf(ctx context.Context, ask *trendAsk) (*fact.Trend, []string, error) {
	facts, err := s.searcher.Facts(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the facts: %w", err)
	}
	places, err := facts.TrendPlaces(ask.kind)
	if err != nil {
		return nil, nil, fmt.Errorf("reading facts: %w", err)
	}
	if ask.place = knownPlace(ask.place, places); ask.place != "" && !slices.Contains(places, ask.place) {
		return nil, nil, unknownAmong(fmt.Sprintf("没有收录%s的%s。", ask.place, ask.kind), ask.place, places, func(name string) string {
			return trendAsk{ask.terms, name, ask.kind}.url()
		})
	}
	counts := make([]map[string]fact.Count, len(ask.terms))
	for i, term := range ask.terms {
		found, err := s.searcher.Occurrences(ctx, term)
		if err != nil {
			return nil, nil, fmt.Errorf("counting a term: %w", err)
		}
		counts[i] = make(map[string]fact.Count, len(found))
		for _, o := range found {
			counts[i][o.Document] = fact.Count{Times: o.Times, Items: o.Items}
		}
	}
	t, err := facts.Trend(fact.TrendFilter{Place: ask.place, Kind: ask.kind}, counts)
	return t, places, err
}

func (s *server) showTrend(w http.ResponseWriter, r *http.Request) error {
	ask := readTrend(r)
	t, places, err := s.trendOf(r.Context(), &ask)
	if err != nil {
		return err
	}
	p := trendPage{
		basePage: s.base(r, tr("说法变迁")), Place: ask.place, Places: places, Kind: string(ask.kind), Undated: t.Undated,
	}
	p.Nav, p.Sheet, p.Canonical, p.NoIndex = "/trend", "facts.css", s.absolute(r, ask.url()), len(ask.params()) > 0
	p.Description = "一个说法哪年开始写、写了多少次、哪年不再写：按年份数给您看。"
	for i := range maxTerms {
		f := trendField{ID: "term-" + strconv.Itoa(i+1), Label: strconv.Itoa(i + 1)}
		if i < len(ask.terms) {
			f.Value = ask.terms[i]
		}
		p.Fields = append(p.Fields, f)
	}
	for _, terms := range trendExamples {
		p.Examples = append(p.Examples, way{Label: quote(strings.Join(terms, "、")), URL: trendAsk{terms: terms, kind: report.KindReport}.url()})
	}
	if len(ask.terms) > 0 {
		for i, term := range t.Terms {
			p.Terms = append(p.Terms, trendTerm{ask.terms[i], term.Times, trendDocument(term.First, ask.terms[i]), trendDocument(term.Last, ask.terms[i])})
		}
		p.Years, p.Columns = trendRows(t, ask), len(ask.terms)+1
		p.Files = tableFiles("/trend", ask.params())
	}
	return s.render(w, r, http.StatusOK, "trend", p)
}

// trendDocument leads to a document with the term marked.
func trendDocument(d *fact.Document, term string) *way {
	if d == nil {
		return nil
	}
	return &way{Label: quote(factSource(d)), URL: withQuery(reportURL(d.ID), phrase(term), "")}
}

// phrase is a query for a term as written.
func phrase(term string) string { return `"` + term + `"` }

// trendRows lays the years out, the newest first.
func trendRows(t *fact.Trend, ask trendAsk) []trendRow {
	highest := 0.0
	for i := range t.Years {
		for j := range ask.terms {
			highest = max(highest, t.Years[i].PerThousand(j))
		}
	}
	var rows []trendRow
	for i := len(t.Years) - 1; i >= 0; i-- {
		y := &t.Years[i]
		row := trendRow{Year: y.Year, Documents: len(y.Documents)}
		for j, term := range ask.terms {
			if row.Documents == 0 {
				break
			}
			c := trendCell{
				Term: term, Times: y.Counts[j].Times, URL: trendCellURL(y, ask, term),
				PerDocument: trimmed(y.PerDocument(j), 1), PerThousand: trimmed(y.PerThousand(j), 2),
			}
			if c.Times > 0 && highest > 0 {
				c.Width = trimmed(max(1, 100*y.PerThousand(j)/highest), 1) + "%"
			}
			row.Cells = append(row.Cells, c)
		}
		rows = append(rows, row)
	}
	return rows
}

// trendCellURL leads to where a cell was counted: to the one document, in which
// the term is marked, or to a search for it in those of the year.
func trendCellURL(y *fact.TrendYear, ask trendAsk, term string) string {
	if len(y.Documents) == 1 {
		return withQuery(reportURL(y.Documents[0].ID), phrase(term), "")
	}
	q := withValue(search.Query{Text: phrase(term)}, search.FacetYear, strconv.Itoa(y.Year))
	q = withValue(q, search.FacetKind, string(ask.kind))
	if ask.place != "" {
		q = withValue(q, search.FacetCounty, ask.place)
	}
	return urlOf(q)
}

func trimmed(n float64, digits int) string {
	s := strconv.FormatFloat(n, 'f', digits, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
