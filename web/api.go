package web

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gorilla/mux"

	"youju/report"
	"youju/search"
)

// The API's types are a public contract: names in snake_case, what a text does
// not say is null or [].

// apiRelation leads to another answer; {…} in its address is to be put in.
type apiRelation struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	URL   string `json:"url"`
}

// apiFilter is a parameter by which a list can be narrowed.
type apiFilter struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

type apiSearchAnswer struct {
	Query  apiQuery  `json:"query"`
	Total  int       `json:"total"`
	Exact  int       `json:"exact"`
	Cards  []apiCard `json:"cards"`
	TookMS float64   `json:"took_ms"`
	Hits   []apiHit  `json:"hits"`
	// Facets only keeps their place, see writeSearch.
	Facets *struct{}   `json:"facets"`
	Filter []apiFilter `json:"supported_filters"`

	Relations []apiRelation `json:"relations"`
}

// apiQuery tells how the query was read.
type apiQuery struct {
	Text     string              `json:"text"`
	Words    []string            `json:"words"`
	Excluded []string            `json:"excluded"`
	Filters  map[string][]string `json:"filters"`
	Tier     string              `json:"tier"`
	Notes    []string            `json:"notes"`
	// Context are words read as filters, Expansions what is searched for as
	// well; each can be turned off with off=. Asked is what a question asks for.
	Context     []apiContext     `json:"context"`
	Expansions  []apiExpansion   `json:"expansions"`
	Asked       *string          `json:"asked"`
	Off         []string         `json:"off"`
	Corrections []apiAlternative `json:"corrections"`
	Drops       []apiAlternative `json:"drops"`
	Sort        string           `json:"sort"`
	Page        int              `json:"page"`
	Size        int              `json:"size"`
	// Plan is what was searched for, where explain=1 asked for it.
	Plan string `json:"plan,omitempty"`
}

type apiContext struct {
	Word  string `json:"word"`
	Facet string `json:"facet"`
	Value string `json:"value"`
	Label string `json:"label"`
	Off   bool   `json:"off"`
}

type apiExpansion struct {
	Word     string       `json:"word"`
	Variants []apiVariant `json:"variants"`
}

type apiVariant struct {
	Text string `json:"text"`
	Off  bool   `json:"off"`
}

// apiAlternative is a query to try instead; word is what was changed or dropped.
type apiAlternative struct {
	Text  string `json:"text"`
	Word  string `json:"word"`
	Count int    `json:"count"`
}

// apiCard is a short answer with the item it is quoted from.
type apiCard struct {
	Kind  string   `json:"kind"`
	Title string   `json:"title"`
	Text  *string  `json:"text"`
	Note  *string  `json:"note"`
	Item  *apiItem `json:"item"`
	Facet *string  `json:"facet"`
	Value *string  `json:"value"`
	Count int      `json:"count"`
}

// apiItem is an item with its document's data.
type apiItem struct {
	ID           string           `json:"id"`
	URL          string           `json:"url"`
	Document     apiDocumentRef   `json:"document"`
	Path         []string         `json:"path"`
	Number       *string          `json:"number"`
	Heading      *string          `json:"heading"`
	Text         string           `json:"text"`
	Part         *string          `json:"part"`
	Claim        *string          `json:"claim"`
	AboutYear    *int             `json:"about_year"`
	FromYear     *int             `json:"from_year"`
	Places       []string         `json:"places"`
	Topics       []string         `json:"topics"`
	Leaders      []string         `json:"leaders"`
	LeadUnits    []string         `json:"lead_units"`
	SupportUnits []string         `json:"support_units"`
	MoreUnits    bool             `json:"more_units"`
	Figures      []report.Figure  `json:"figures"`
	Projects     []string         `json:"projects"`
	Mentions     []report.Mention `json:"mentions"`
}

type apiHit struct {
	apiItem
	Snippet string  `json:"snippet"`
	Score   float64 `json:"score"`
	// Like is a hit above whose document is almost the same.
	Like *string `json:"like"`
	// Explain is what the score consists of, where explain=1 asked for it.
	Explain *search.Explanation `json:"explain,omitempty"`
}

type apiDocumentRef struct {
	ID     string      `json:"id"`
	URL    string      `json:"url"`
	Title  string      `json:"title"`
	Number *string     `json:"number"`
	Year   *int        `json:"year"`
	Date   *string     `json:"date"`
	Place  apiPlace    `json:"place"`
	Kind   report.Kind `json:"kind"`
	Digest *string     `json:"digest"`
}

// apiPlace is a place as report.Place writes itself, without being asked to:
// that takes a quarter of the time of writing a hit.
type apiPlace struct {
	Province *string `json:"province"`
	City     *string `json:"city"`
	County   *string `json:"county"`
	Code     *string `json:"code"`
}

func newAPIPlace(p report.Place) apiPlace {
	return apiPlace{optional(p.Province), optional(p.City), optional(p.County), optional(p.Code)}
}

type apiDocumentsAnswer struct {
	Total     int           `json:"total"`
	Documents []apiDocument `json:"documents"`
	Filter    []apiFilter   `json:"supported_filters"`
	Relations []apiRelation `json:"relations"`
}

// apiDocument describes a document without its text.
type apiDocument struct {
	ID         string        `json:"id"`
	URL        string        `json:"url"`
	Kind       report.Kind   `json:"kind"`
	Title      string        `json:"title"`
	Number     *string       `json:"number"`
	Place      report.Place  `json:"place"`
	Year       *int          `json:"year"`
	ReviewYear *int          `json:"review_year"`
	PlanYear   *int          `json:"plan_year"`
	Date       *string       `json:"date"`
	Speaker    *string       `json:"speaker"`
	Source     report.Source `json:"source"`
	Sections   int           `json:"section_count"`
	Items      int           `json:"item_count"`
}

func (s *server) apiSearch(w http.ResponseWriter, r *http.Request) error {
	q := queryOf(r.URL.Query())
	q.Explain = r.URL.Query().Get("explain") == "1"
	start := time.Now()
	res, err := s.search(r.Context(), q)
	if err != nil {
		return err
	}
	return writeSearch(w, r, newAPISearch(q, res, time.Since(start)), res.Facets)
}

func newAPISearch(q search.Query, res *search.Result, took time.Duration) apiSearchAnswer {
	a := apiSearchAnswer{
		Query: apiQuery{
			Text: q.Text, Words: list(res.Reading.Words), Excluded: list(res.Reading.Excluded),
			Filters: map[string][]string{}, Tier: res.Reading.Tier, Notes: list(res.Reading.Notes),
			Off: list(q.Off), Asked: optional(res.Reading.Asked),
			Context: []apiContext{}, Expansions: []apiExpansion{},
			Corrections: alternatives(res.Reading.Corrections), Drops: alternatives(res.Reading.Drops),
			Sort: q.Sort, Page: q.Page, Size: q.Size, Plan: res.Reading.Plan,
		},
		Total: res.Total, Exact: res.Exact, Cards: newAPICards(res.Cards), TookMS: milliseconds(took),
		Hits: []apiHit{}, Filter: filtersNamed(search.FacetNames),
		Relations: []apiRelation{{"item", "一条", "/api/v1/items/{id}"}, {"document", "一份文件的全部内容", "/api/v1/documents/{id}"}, {"suggest", "检索建议", "/api/v1/suggest?q={text}"}},
	}
	if a.Query.Sort == "" {
		a.Query.Sort = search.SortRelevance
	}
	for name, values := range res.Reading.Filters {
		if len(values) > 0 {
			a.Query.Filters[name] = values
		}
	}
	for _, c := range res.Reading.Context {
		a.Query.Context = append(a.Query.Context, apiContext(c))
	}
	for _, e := range res.Reading.Expansions {
		variants := []apiVariant{}
		for _, v := range e.Variants {
			variants = append(variants, apiVariant(v))
		}
		a.Query.Expansions = append(a.Query.Expansions, apiExpansion{e.Word, variants})
	}
	for _, h := range res.Hits {
		a.Hits = append(a.Hits, apiHit{newAPIItem(&h.Item, &h.Document), h.Snippet, h.Score, optional(h.Like), h.Explain})
	}
	return a
}

func alternatives(of []search.Alternative) []apiAlternative {
	all := []apiAlternative{}
	for _, a := range of {
		all = append(all, apiAlternative(a))
	}
	return all
}

func newAPICards(cards []search.Card) []apiCard {
	all := []apiCard{}
	for _, c := range cards {
		a := apiCard{
			Kind: c.Kind, Title: c.Title, Text: optional(c.Text), Note: optional(c.Note),
			Facet: optional(c.Facet), Value: optional(c.Value), Count: c.Count,
		}
		if c.Item != nil {
			it := newAPIItem(&c.Item.Item, &c.Item.Document)
			a.Item = &it
		}
		all = append(all, a)
	}
	return all
}

func milliseconds(d time.Duration) float64 {
	return math.Round(d.Seconds()*1e6) / 1e3
}

func (s *server) apiItem(w http.ResponseWriter, r *http.Request) error {
	h, err := s.searcher.Item(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return fmt.Errorf("opening an item: %w", err)
	}
	q := s.quote(r, &h.Document, &h.Item)
	return writeJSON(w, r, http.StatusOK, apiWholeItem{newAPIItem(&h.Item, &h.Document), apiCitation{q.Plain, q.Standard, q.URL, q.Passage}})
}

// apiWholeItem is an item asked for by itself, ready to be quoted.
type apiWholeItem struct {
	apiItem
	Citation apiCitation `json:"citation"`
}

// apiCitation holds both styles of citation, the permanent address, and the
// address that opens the whole document with the passage marked.
type apiCitation struct {
	Plain    string `json:"plain"`
	Standard string `json:"standard"`
	URL      string `json:"url"`
	Passage  string `json:"passage"`
}

func newAPIItem(it *report.Item, d *report.Document) apiItem {
	return apiItem{
		ID: it.ID, URL: itemURL(it.ID),
		Document: apiDocumentRef{
			ID: d.ID, URL: reportURL(d.ID), Title: d.Title, Number: optional(d.Number), Year: optional(d.Year),
			Date: optional(d.Date), Place: newAPIPlace(d.Place), Kind: d.Kind, Digest: optional(d.Source.Digest),
		},
		Path: list(it.Path), Number: optional(it.Number), Heading: optional(it.Heading), Text: it.Text,
		Part: optional(string(it.Part)), Claim: optional(string(it.Claim)), AboutYear: optional(it.AboutYear), FromYear: optional(it.FromYear),
		Places: list(it.Places), Topics: list(it.Topics),
		Leaders: list(it.Duty.Leaders), LeadUnits: list(it.Duty.LeadUnits),
		SupportUnits: list(it.Duty.SupportUnits), MoreUnits: it.Duty.More,
		Figures: list(it.Figures), Projects: list(it.Projects()), Mentions: list(it.Mentions),
	}
}

// documentFilters are the filters of the list of documents.
var documentFilters = []string{search.FacetYear, search.FacetCounty, search.FacetKind}

func (s *server) apiDocuments(w http.ResponseWriter, r *http.Request) error {
	docs, err := s.searcher.Documents(r.Context())
	if err != nil {
		return fmt.Errorf("listing documents: %w", err)
	}
	a := apiDocumentsAnswer{Documents: []apiDocument{}, Filter: filtersNamed(documentFilters),
		Relations: []apiRelation{{"document", "一份文件的全部内容", "/api/v1/documents/{id}"}, {"items", "一年的条目", "/api/v1/search?year={year}"}},
	}
	for i := range docs {
		if passes(&docs[i].Document, r.URL.Query()) {
			a.Documents = append(a.Documents, newAPIDocument(&docs[i]))
		}
	}
	a.Total = len(a.Documents)
	return writeJSON(w, r, http.StatusOK, a)
}

// passes holds a document against the list's filters, which mean what they
// mean in a search.
func passes(d *report.Document, v url.Values) bool {
	for _, name := range documentFilters {
		wanted := cleanValues(v[name])
		has := search.FacetValuesOf(name, d, &report.Item{})
		if len(wanted) > 0 && !slices.ContainsFunc(has, func(s string) bool { return slices.Contains(wanted, s) }) {
			return false
		}
	}
	return true
}

func newAPIDocument(s *search.Summary) apiDocument {
	d := &s.Document
	return apiDocument{
		ID: d.ID, URL: reportURL(d.ID), Kind: d.Kind, Title: d.Title, Number: optional(d.Number), Place: d.Place,
		Year: optional(d.Year), ReviewYear: optional(d.ReviewYear), PlanYear: optional(d.PlanYear),
		Date: optional(d.Date), Speaker: optional(d.Speaker), Source: publicSource(d.Source),
		Sections: s.Sections, Items: s.Items,
	}
}

// publicSource keeps the operator's folders to themselves.
func publicSource(s report.Source) report.Source {
	if s.File != "" {
		s.File = sourceFile(s)
	}
	return s
}

func (s *server) apiDocument(w http.ResponseWriter, r *http.Request) error {
	d, err := s.searcher.Document(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return fmt.Errorf("opening a document: %w", err)
	}
	public := *d
	public.Source = publicSource(d.Source)
	return writeJSON(w, r, http.StatusOK, public)
}

func filtersNamed(names []string) []apiFilter {
	var filters []apiFilter
	for _, n := range names {
		filters = append(filters, apiFilter{n, search.FacetLabels[n]})
	}
	return filters
}

// list gives an empty list for nil, so that it is written as [].
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// optional gives nil for a zero value, so that it is written as null.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
