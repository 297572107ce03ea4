package web

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"time"

	"youju/report"
	"youju/search"
)

// feedSize is how many entries a feed has: the newest ones.
const feedSize = 50

// Atom (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title      string         `xml:"title"`
	ID         string         `xml:"id"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published"`
	Author     string         `xml:"author>name"`
	Link       atomLink       `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary"`
	Content    string         `xml:"content"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

func feedURL(q search.Query) string {
	q.Page, q.Size, q.Sort = 1, search.DefaultSize, ""
	return encode("/feed.atom", paramsOf(q))
}

// serveFeed is a search as a feed: what came into the collection last stands
// first, of the same time the newest documents. An entry's ID is the item's,
// which never changes, so that a reader sees only what is new.
func (s *server) serveFeed(w http.ResponseWriter, r *http.Request) error {
	q := queryOf(r.URL.Query())
	q.Sort = search.SortNewest
	hits, _, err := s.allHits(r.Context(), q)
	if err != nil {
		return err
	}
	entered := s.searcher.Info().Entered
	slices.SortStableFunc(hits, func(a, b search.Hit) int { return entered[b.Document.ID].Compare(entered[a.Document.ID]) })
	hits = hits[:min(len(hits), feedSize)]
	title := "有据：全部条目"
	if q.Text != "" {
		title = "有据：" + q.Text
	}
	page := urlOf(withSize(withSort(q, ""), search.DefaultSize))
	feed := atomFeed{
		Title: title, ID: "urn:youju:" + feedURL(q), Author: siteName,
		Updated: s.searcher.Info().Built.Format(time.RFC3339),
		Links:   []atomLink{{"self", "application/atom+xml", s.absolute(r, feedURL(q))}, {"alternate", "text/html", s.absolute(r, page)}},
	}
	for i := range hits {
		feed.Entries = append(feed.Entries, s.newEntry(r, &hits[i], entered[hits[i].Document.ID]))
	}
	if len(feed.Entries) > 0 {
		feed.Updated = feed.Entries[0].Updated
	}
	return sendXML(w, r, "application/atom+xml; charset=utf-8", feed)
}

// newEntry is an item as an entry: published with its document, updated when
// that came into the collection.
func (s *server) newEntry(r *http.Request, h *search.Hit, entered time.Time) atomEntry {
	d, it := &h.Document, &h.Item
	if entered.IsZero() {
		entered = documentTime(d)
	}
	e := atomEntry{
		Title: itemTitle(it, d) + " - " + documentName(d), ID: "urn:youju:" + itemURL(it.ID),
		Updated: entered.In(china).Format(time.RFC3339), Published: documentTime(d).Format(time.RFC3339), Author: author(d),
		Link:    atomLink{"alternate", "text/html", s.absolute(r, itemURL(it.ID))},
		Summary: excerpt(it.Text), Content: s.quote(r, d, it).Plain,
	}
	if e.Author == "" {
		e.Author = siteName
	}
	for _, topic := range it.Topics {
		e.Categories = append(e.Categories, atomCategory{topic})
	}
	return e
}

// documentTime is a document's date, or the first day of its year where only
// that is known. It is the same whenever it is asked.
func documentTime(d *report.Document) time.Time {
	if t, err := time.ParseInLocation(time.DateOnly, d.Date, china); err == nil {
		return t
	}
	return time.Date(max(d.Year, 1949), 1, 1, 0, 0, 0, 0, china)
}

// openSearch describes the search box to browsers (OpenSearch 1.1).
type openSearch struct {
	XMLName     xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string          `xml:"ShortName"`
	Description string          `xml:"Description"`
	Encoding    string          `xml:"InputEncoding"`
	Image       openSearchImage `xml:"Image"`
	URLs        []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
	Type   string `xml:"type,attr"`
	URL    string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

func (s *server) serveOpenSearch(w http.ResponseWriter, r *http.Request) error {
	return sendXML(w, r, "application/opensearchdescription+xml; charset=utf-8", openSearch{
		ShortName: siteName, Description: "逐条检索政府工作报告", Encoding: "UTF-8",
		Image: openSearchImage{32, 32, "image/svg+xml", s.absolute(r, s.assets.url("icon.svg"))},
		URLs: []openSearchURL{
			{"text/html", s.absolute(r, "/search?q={searchTerms}")},
			{"application/atom+xml", s.absolute(r, "/feed.atom?q={searchTerms}")},
		},
	})
}

type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc string `xml:"loc"`
}

// maxSitemap is the number of addresses a sitemap may hold.
const maxSitemap = 50_000

// serveSitemap lists the pages and the documents, which lead to every item.
func (s *server) serveSitemap(w http.ResponseWriter, r *http.Request) error {
	docs, err := s.searcher.Documents(r.Context())
	if err != nil {
		return fmt.Errorf("listing documents: %w", err)
	}
	var m sitemap
	for _, path := range []string{"/", "/reports", "/track", "/units", "/projects", "/lists", "/trend", "/glossary", "/help"} {
		m.URLs = append(m.URLs, sitemapURL{s.absolute(r, path)})
	}
	for i := range docs[:min(len(docs), maxSitemap-len(m.URLs))] {
		m.URLs = append(m.URLs, sitemapURL{s.absolute(r, reportURL(docs[i].Document.ID))})
	}
	return sendXML(w, r, "application/xml; charset=utf-8", m)
}

// serveRobots keeps crawlers out of the endless space of filtered searches;
// every document and item is reachable from the sitemap.
func (s *server) serveRobots(w http.ResponseWriter, r *http.Request) error {
	return writeText(w, r, http.StatusOK, "User-agent: *\nDisallow: /search\nDisallow: /basket\nDisallow: /export.\nDisallow: /feed.atom\nDisallow: /api/\n\nSitemap: "+s.absolute(r, "/sitemap.xml")+"\n")
}

func sendXML(w http.ResponseWriter, r *http.Request, contentType string, v any) error {
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	if err := xml.NewEncoder(&buf).Encode(v); err != nil {
		return fmt.Errorf("encoding XML: %w", err)
	}
	send(w, r, http.StatusOK, contentType, buf.Bytes())
	return nil
}
