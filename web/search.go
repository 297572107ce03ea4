package web

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"youju/report"
	"youju/search"
)

// searchPage shows the answer to one search URL.
type searchPage struct {
	basePage
	Total int
	// Exact is how many hits hold every word as written, where not all do.
	Exact   int
	Reading readingView
	Cards   []cardView
	// Subjects lead to pages about what the words name.
	Subjects []way
	Hits     []hitView
	From, To int
	Facets   []facetView
	// Looser says that choosing some value would bring more than is shown now.
	Looser bool
	Chips  []chip
	// ClearURL drops every filter and keeps the words.
	ClearURL string
	Sorts    []option
	Sizes    []option
	Pages    pager
	// Exports are the files the hits can be saved as; ExportCap is set when
	// they do not hold all of them.
	Exports   []option
	ExportCap int
	JSONURL   string
	// Beyond says that the page asked for lies behind the last one.
	Beyond bool
	// Help is set when nothing was found.
	Help *emptyHelp
	// Indicators lead to the timelines of the indicators the words name.
	Indicators []way
}

// hitView is one hit as a passage to read.
type hitView struct {
	Number  int
	ID      string
	Heading template.HTML
	// URL is the item's own page, InReportURL its place in the whole report;
	// both carry the query so that the matches stay marked.
	URL         string
	InReportURL string
	Crumbs      []crumb
	Snippet     template.HTML
	Badges      []badge
	// LikeURL leads to the hit above whose document is almost the same, or is "".
	LikeURL string
}

// crumb is one step of the way from the report down to the item.
type crumb struct {
	Label template.HTML
	URL   string
}

// chip is a filter in force, with the URL that removes it.
type chip struct{ Label, Value, URL string }

// option is one of several settings, such as an order.
type option struct {
	Label, URL string
	Current    bool
}

func (s *server) showSearch(w http.ResponseWriter, r *http.Request) error {
	q := queryOf(r.URL.Query())
	res, err := s.search(r.Context(), q)
	if err != nil {
		return err
	}
	docs, err := s.documentsFor(r.Context(), res)
	if err != nil {
		return err
	}
	p := searchPage{
		basePage: s.base(r, searchTitle(q, res.Total)),
		Total:    res.Total,
		Reading:  newReading(q, res, docs),
		Cards:    newCards(res.Cards, docs),
		Facets:   newFacets(q, res.Reading, res.Facets),
		Looser:   looser(res),
		Chips:    newChips(q, res.Reading),
		ClearURL: urlOf(withoutFilters(q)),
		Sorts:    sortOptions(q),
		Sizes:    sizeOptions(q),
		Pages:    newPager(q, res.Total),
		Exports:  exportOptions(q),
		JSONURL:  encode("/api/v1/search", paramsOf(q)),
		Beyond:   len(res.Hits) == 0 && res.Total > 0,

		Indicators: s.indicatorLinks(r.Context(), res.Reading),
	}
	p.NoIndex, p.Text = true, q.Text
	p.Canonical, p.Feed = s.absolute(r, urlOf(q)), feedURL(q)
	if res.Exact < res.Total {
		p.Exact = res.Exact
	}
	if res.Total > maxExport {
		p.ExportCap = maxExport
	}
	if q.Text == "" {
		p.Nav = "/search"
	}
	p.Kept = keptParams(q)
	if p.Subjects, err = s.subjectsIn(r.Context(), q.Text); err != nil {
		return err
	}
	marker := search.NewMarker(q.Text)
	for i, h := range res.Hits {
		p.Hits = append(p.Hits, newHit(q, res.Reading, marker, h, (q.Page-1)*q.Size+i+1))
	}
	if n := len(p.Hits); n > 0 {
		p.From, p.To = p.Hits[0].Number, p.Hits[n-1].Number
	}
	if res.Total == 0 {
		if p.Help, err = s.helpWithNothing(r.Context(), q, res.Reading); err != nil {
			return err
		}
	}
	return s.render(w, r, http.StatusOK, "search", p)
}

// looser reports whether a value of a facet without a choice promises more hits
// than there are now: under it so few match word for word that similar ones are
// added. Readers expect a filter to take away, so the page explains it.
func looser(res *search.Result) bool {
	for _, f := range res.Facets {
		if slices.ContainsFunc(f.Values, func(v search.FacetValue) bool { return v.Selected }) {
			continue
		}
		if slices.ContainsFunc(f.Values, func(v search.FacetValue) bool { return v.Count > res.Total }) {
			return res.Total > 0
		}
	}
	return false
}

// maxSubjects is how many subjects of a query are linked.
const maxSubjects = 3

// subjectsIn are the pages about what a query names.
func (s *server) subjectsIn(ctx context.Context, text string) ([]way, error) {
	if text == "" {
		return nil, nil
	}
	f, err := s.searcher.Facts(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading facts: %w", err)
	}
	projects, err := f.ProjectsIn(text, maxSubjects)
	if err != nil {
		return nil, fmt.Errorf("finding projects: %w", err)
	}
	return projectWays(projects), nil
}

// documentsFor lists the collection where the page has something to say about
// it: a year or place was asked for, or a card names a place's reports.
func (s *server) documentsFor(ctx context.Context, res *search.Result) ([]search.Summary, error) {
	read := res.Reading
	if len(res.Cards)+len(read.Context)+len(read.Filters[search.FacetYear])+len(read.Filters[search.FacetCounty]) == 0 {
		return nil, nil
	}
	docs, err := s.searcher.Documents(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing documents: %w", err)
	}
	return docs, nil
}

// search asks the searcher, but never for hits behind [search.MaxDepth]: such
// a page has the right total and no hits.
func (s *server) search(ctx context.Context, q search.Query) (*search.Result, error) {
	beyond := (q.Page-1)*q.Size >= search.MaxDepth
	if beyond {
		q.Page, q.Size = 1, 1
	}
	res, err := s.searcher.Search(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	if beyond {
		cut := *res
		cut.Hits = nil
		cut.Reading.Notes = append(slices.Clone(res.Reading.Notes), depthNote)
		return &cut, nil
	}
	return res, nil
}

var depthNote = tr("最多翻看前 %d 条结果，请加词语或条件缩小范围", search.MaxDepth).String()

func searchTitle(q search.Query, total int) message {
	if q.Text == "" {
		return tr("浏览 · %d 条", total)
	}
	return tr("%s · %d 条", q.Text, total)
}

// keptParams are the parameters a new search from the same page carries on:
// all but the words and the page number.
func keptParams(q search.Query) []param {
	q.Text, q.Page, q.Off = "", 1, nil
	return paramsOf(q)
}

func newHit(q search.Query, read search.Reading, marker *search.Marker, h search.Hit, number int) hitView {
	v := hitView{
		Number:      number,
		ID:          h.Item.ID,
		Heading:     marked(marker, itemTitle(&h.Item, &h.Document)),
		URL:         withQuery(itemURL(h.Item.ID), q.Text, ""),
		InReportURL: withQuery(reportURL(h.Document.ID), q.Text, anchorOf(h.Item.Local())),
		Crumbs:      newCrumbs(&h.Document, pathAbove(&h.Item), marker, q.Text),
		Snippet:     trusted(h.Snippet),
	}
	if h.Like != "" {
		v.LikeURL = itemURL(h.Like)
	}
	v.Badges = hitBadges(&h.Item, &h.Document, func(facet, value string) string {
		return urlOf(withValue(explicit(q, read, facet), facet, value))
	})
	return v
}

// pathAbove is an item's path less the heading that serves as its title.
func pathAbove(it *report.Item) []string {
	if it.Heading == "" && len(it.Path) > 0 {
		return it.Path[:len(it.Path)-1]
	}
	return it.Path
}

// newCrumbs leads from the report through its headings to the item.
func newCrumbs(doc *report.Document, path []string, marker *search.Marker, text string) []crumb {
	crumbs := []crumb{{marked(marker, documentName(doc)), withQuery(reportURL(doc.ID), text, "")}}
	for i, heading := range path {
		crumbs = append(crumbs, crumb{marked(marker, heading), withQuery(reportURL(doc.ID), text, sectionAnchor(path[:i+1]))})
	}
	return crumbs
}

// newChips lists the filters in force, those written among the words included;
// words that were read as filters have their own place.
func newChips(q search.Query, read search.Reading) []chip {
	var chips []chip
	for _, d := range filterDrops(q, read) {
		chips = append(chips, chip{search.FacetLabels[d.facet], search.FacetValueLabel(d.facet, d.value), urlOf(d.without)})
	}
	return chips
}

// filterDrop is a query less one of its filters.
type filterDrop struct {
	facet, value string
	without      search.Query
}

func filterDrops(q search.Query, read search.Reading) []filterDrop {
	var drops []filterDrop
	for _, name := range search.FacetNames {
		base := explicit(q, read, name)
		for _, value := range base.Filters[name] {
			if inContext(read, name, value) && !slices.Contains(q.Filters[name], value) {
				continue
			}
			drops = append(drops, filterDrop{name, value, withoutValue(base, name, value)})
		}
	}
	return drops
}

func inContext(read search.Reading, facet, value string) bool {
	return slices.ContainsFunc(read.Context, func(c search.Context) bool { return !c.Off && c.Facet == facet && c.Value == value })
}

func sortOptions(q search.Query) []option {
	labels := []struct{ sort, label string }{
		{search.SortRelevance, "最相关"}, {search.SortNewest, "最新"}, {search.SortOldest, "最早"},
	}
	var options []option
	for _, l := range labels {
		current := l.sort == q.Sort || q.Sort == "" && l.sort == search.SortRelevance
		options = append(options, option{l.label, urlOf(withSort(q, l.sort)), current})
	}
	return options
}

// pageSizes are the numbers of hits per page on offer.
var pageSizes = []int{search.DefaultSize, 50, search.MaxSize}

func sizeOptions(q search.Query) []option {
	var options []option
	for _, n := range pageSizes {
		options = append(options, option{fmt.Sprint(n), urlOf(withSize(q, n)), n == q.Size})
	}
	return options
}

// pager leads from page to page.
type pager struct {
	Prev, Next string
	// Pages holds the pages near the current one; a gap has no URL.
	Pages []option
	// Depth is the last hit that can be paged to, Capped says that there are more.
	Depth  int
	Capped bool
	// LastURL leads back from beyond the end.
	LastURL string
}

func newPager(q search.Query, total int) pager {
	last := (min(total, search.MaxDepth) + q.Size - 1) / q.Size
	p := pagesOf(q.Page, last, func(n int) string { return urlOf(withPage(q, n)) })
	p.Depth, p.Capped = search.MaxDepth, total > search.MaxDepth
	return p
}

// pagesOf leads from a page to those near it and to the first and last one.
func pagesOf(page, last int, to func(n int) string) pager {
	p := pager{LastURL: to(max(last, 1))}
	if last <= 1 {
		return p
	}
	at := min(page, last)
	if page > 1 {
		p.Prev = to(min(page-1, last))
	}
	if page < last {
		p.Next = to(page + 1)
	}
	shown := 0
	for n := 1; n <= last; n++ {
		if n != 1 && n != last && (n < at-2 || n > at+2) {
			continue
		}
		if n > shown+1 {
			p.Pages = append(p.Pages, option{Label: "…"})
		}
		p.Pages = append(p.Pages, option{fmt.Sprint(n), to(n), n == page})
		shown = n
	}
	return p
}

// emptyHelp offers ways out of a search that found nothing.
type emptyHelp struct {
	// Ways are searches that do find something, with their totals.
	Ways []way
}

// way is one changed search.
type way struct {
	Label message
	URL   string
	Total int
}

// maxWays bounds the extra searches one empty page may cost.
const maxWays = 6

// helpWithNothing tries the query without one of its filters or words.
func (s *server) helpWithNothing(ctx context.Context, q search.Query, read search.Reading) (*emptyHelp, error) {
	help := &emptyHelp{Ways: dropWays(q, read.Drops)}
	type try struct {
		label message
		q     search.Query
	}
	var tries []try
	drops := filterDrops(q, read)
	if len(drops) > 1 {
		tries = append(tries, try{tr("去掉全部筛选条件"), withoutFilters(q)})
	}
	for _, d := range drops {
		label := tr("去掉“%s：%s”", tr(search.FacetLabels[d.facet]), tr(search.FacetValueLabel(d.facet, d.value)))
		tries = append(tries, try{label, d.without})
	}
	for _, c := range read.Context {
		if !c.Off {
			tries = append(tries, try{tr("把“%s”当普通词查", c.Word), withOff(q, c.Word)})
		}
	}
	if len(read.Drops) == 0 && len(read.Words)+len(read.Excluded) > 1 {
		for _, word := range append(slices.Clone(read.Excluded), read.Words...) {
			if text, ok := dropWord(q.Text, word); ok {
				tries = append(tries, try{tr("去掉“%s”，只查“%s”", word, text), withText(q, text)})
			}
		}
	}
	for _, t := range tries[:min(len(tries), maxWays)] {
		probe := t.q
		probe.Size = 1
		res, err := s.searcher.Search(ctx, probe)
		if err != nil {
			return nil, fmt.Errorf("searching for a way out: %w", err)
		}
		if res.Total > 0 {
			help.Ways = append(help.Ways, way{t.label, urlOf(t.q), res.Total})
		}
	}
	return help, nil
}

// dropWord takes one word, with its quotes or minus sign, out of a query text.
func dropWord(text, word string) (string, bool) {
	for _, form := range []string{`-"` + word + `"`, `"` + word + `"`, "“" + word + "”", "-" + word, word} {
		if i := strings.Index(text, form); i >= 0 && form != "" {
			rest := text[:i] + " " + text[i+len(form):]
			rest = strings.Join(strings.Fields(rest), " ")
			return rest, rest != ""
		}
	}
	return "", false
}
