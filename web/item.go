package web

import (
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"

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
	Permalink   string
	FeedbackURL string
	Citation    string
	Prev, Next  *neighbour
}

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
		basePage:    s.base(title + " - " + documentName(doc)),
		Heading:     marked(marker, title),
		Crumbs:      newCrumbs(doc, pathAbove(it), marker, q.Text),
		Item:        newItemView(it, marker, q.Text),
		FeedbackURL: s.feedbackURL(id),
		Badges:      itemBadges(it, doc, searchURL),
		Digest:      doc.Source.Digest, Source: sourceLine(doc, it),
		DocumentURL: withQuery(reportURL(doc.ID), q.Text, ""),
		InReportURL: withQuery(reportURL(doc.ID), q.Text, anchorOf(it.Local())),
		Permalink:   s.absolute(r, itemURL(it.ID)),
		Prev:        newNeighbour(doc, at-1, q.Text), Next: newNeighbour(doc, at+1, q.Text),
	}
	if _, bracket := splitDuty(it); bracket != "" {
		p.Original = it.Text
	}
	p.Citation = citation(doc, it, p.Permalink)
	p.Text, p.Nav, p.NoIndex = q.Text, "/reports", q.Text != ""
	p.Description = firstRunes(it.Text, 100)
	return s.render(w, r, http.StatusOK, "item", p)
}

func newNeighbour(doc *report.Document, at int, text string) *neighbour {
	if at < 0 || at >= len(doc.Items) {
		return nil
	}
	it := &doc.Items[at]
	return &neighbour{itemTitle(it, doc), excerpt(it.Text), withQuery(itemURL(it.ID), text, "")}
}

// sourceLine says where an item stands: 《标题》（文号，日期），部分 › 小节.
func sourceLine(d *report.Document, it *report.Item) string {
	var data []string
	for _, s := range []string{d.Place.Full(), d.Number, chineseDate(d.Date)} {
		if s != "" {
			data = append(data, s)
		}
	}
	line := "《" + strings.Trim(documentTitle(d), "《》") + "》"
	if len(data) > 0 {
		line += "（" + strings.Join(data, "，") + "）"
	}
	if it.Part != "" {
		line += it.Part.Label()
	}
	return line
}

// citation is the text a reader pastes into a document of their own: the
// words, where they stand, and where to check them.
func citation(d *report.Document, it *report.Item, permalink string) string {
	quoted := strings.TrimSpace(it.Heading + it.Text)
	if it.Heading != "" && it.Text != "" && !strings.HasSuffix(it.Heading, "。") {
		quoted = it.Heading + "：" + it.Text
	}
	line := "“" + quoted + "”——" + sourceLine(d, it)
	if it.Number != "" {
		line += "第" + it.Number + "项"
	}
	if d.Source.Digest != "" {
		line += "。（摘编，非原文；引用请核对官方原文）"
	} else {
		line += "。"
	}
	return line + permalink
}

// plainHost is what a host name may look like before it is quoted on a page.
var plainHost = regexp.MustCompile(`^[A-Za-z0-9.\-]+(:[0-9]+)?$|^\[[0-9A-Fa-f:]+\](:[0-9]+)?$`)

// absolute is a path's full address for quoting.
func (s *server) absolute(r *http.Request, path string) string {
	switch {
	case s.opts.BaseURL != "":
		return strings.TrimSuffix(s.opts.BaseURL, "/") + path
	case !plainHost.MatchString(r.Host):
		return path
	case r.TLS != nil:
		return "https://" + r.Host + path
	}
	return "http://" + r.Host + path
}

// excerpt is the beginning of a text.
func excerpt(text string) string {
	if short := firstRunes(text, neighbourRunes); short != text {
		return short + "…"
	}
	return text
}
