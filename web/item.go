package web

import (
	"context"
	"fmt"
	"html"
	"html/template"
	"net/http"
	"slices"

	"github.com/gorilla/mux"

	"youju/report"
	"youju/search"
)

// itemPage shows one item, ready to be quoted.
type itemPage struct {
	basePage
	Heading template.HTML
	Crumbs  []crumb
	Item    *itemView
	// Original is the text as printed, when the page shows its bracket apart.
	Original    string
	Badges      []badge
	Digest      string
	Source      string
	DocumentURL string
	// InReportURL is the item's place in the whole report.
	InReportURL string
	Quote       quotation
	Similar     []similarView
	// Figures are the targets and results it states.
	Figures []figureRow
	// Units say what else the item's leading units are named for, Projects lead
	// to the projects it mentions.
	Units       []cardView
	Projects    []way
	FeedbackURL string
	Prev, Next  *neighbour
}

// similarView is an item that says something alike elsewhere.
type similarView struct {
	Title, Document, URL string
	Text                 template.HTML
}

// similarItems is how many items alike are shown.
const similarItems = 6

// neighbour is the item before or after, by its first words.
type neighbour struct{ Title, Text, URL string }

// neighbourRunes is how much of a neighbour is shown: two lines on a phone.
const neighbourRunes = 48

func (s *server) showItem(w http.ResponseWriter, r *http.Request) error {
	vars := mux.Vars(r)
	doc, err := s.searcher.Document(r.Context(), vars["id"])
	if err != nil {
		return fmt.Errorf("opening a document: %w", err)
	}
	id := doc.ID + "/" + vars["item"]
	at := slices.IndexFunc(doc.Items, func(it report.Item) bool { return it.ID == id })
	if at < 0 {
		return fmt.Errorf("opening an item: %w", search.ErrNotFound)
	}
	q, it := queryOf(r.URL.Query()), &doc.Items[at]
	title, marker := itemTitle(it, doc), search.NewMarker(q.Text)
	p := itemPage{
		basePage: s.base(r, quote(title+" - "+documentName(doc))),
		Heading:  marked(marker, title),
		Crumbs:   newCrumbs(doc, pathAbove(it), marker, q.Text),
		Item:     newItemView(it, marker, q.Text),
		Badges:   itemBadges(it, doc, searchURL),
		Digest:   doc.Source.Digest, Source: sourceLine(doc, it),
		DocumentURL: withQuery(reportURL(doc.ID), q.Text, ""),
		InReportURL: withQuery(reportURL(doc.ID), q.Text, anchorOf(it.Local())),
		Quote:       s.quote(r, doc, it),
		FeedbackURL: s.feedbackURL(id),
		Similar:     s.similar(r.Context(), it.ID),
		Figures:     figureRows(doc, it),
		Prev:        newNeighbour(doc, at-1, q.Text), Next: newNeighbour(doc, at+1, q.Text),
	}
	if p.Units, p.Projects, err = s.subjectsOf(r.Context(), it); err != nil {
		return err
	}
	if _, bracket := splitDuty(it); bracket != "" {
		p.Original = it.Text
	}
	p.Canonical, p.Data = p.Quote.URL, s.itemData(r, doc, it)
	p.Text, p.Nav, p.NoIndex = q.Text, "/reports", q.Text != ""
	p.Description = firstRunes(it.Text, 100)
	return s.render(w, r, http.StatusOK, "item", p)
}

// subjectsOf are the pages about the units and projects an item names.
func (s *server) subjectsOf(ctx context.Context, it *report.Item) ([]cardView, []way, error) {
	if len(it.Duty.LeadUnits)+len(it.Mentions) == 0 {
		return nil, nil, nil
	}
	f, err := s.searcher.Facts(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("reading facts: %w", err)
	}
	projects, err := f.ProjectsOf(it)
	if err != nil {
		return nil, nil, fmt.Errorf("finding projects: %w", err)
	}
	units, err := f.UnitsLeading(it)
	if err != nil {
		return nil, nil, fmt.Errorf("finding units: %w", err)
	}
	return newUnitCards(units), projectWays(projects), nil
}

// similar lists items alike. The page is whole without them, so a failure is
// logged and no more.
func (s *server) similar(ctx context.Context, id string) []similarView {
	hits, err := s.searcher.Similar(ctx, id, similarItems)
	if err != nil {
		s.log.WarnContext(ctx, "finding items alike", "request", requestID(ctx), "err", err)
		return nil
	}
	var views []similarView
	for i := range hits[:min(len(hits), similarItems)] {
		d, it := &hits[i].Document, &hits[i].Item
		v := similarView{Title: itemTitle(it, d), Document: documentName(d), URL: itemURL(it.ID), Text: trusted(hits[i].Snippet)}
		if v.Text == "" {
			v.Text = template.HTML(html.EscapeString(excerpt(it.Text)))
		}
		views = append(views, v)
	}
	return views
}

func newNeighbour(doc *report.Document, at int, text string) *neighbour {
	if at < 0 || at >= len(doc.Items) {
		return nil
	}
	it := &doc.Items[at]
	return &neighbour{itemTitle(it, doc), excerpt(it.Text), withQuery(itemURL(it.ID), text, "")}
}

// excerpt is the beginning of a text.
func excerpt(text string) string {
	if short := firstRunes(text, neighbourRunes); short != text {
		return short + "…"
	}
	return text
}
