package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"time"

	"youju/search"
)

//go:embed templates
var templateFS embed.FS

// pageNames lists the templates that are whole pages; each has one page struct
// (see TestTemplatesMatchTheirPages).
var pageNames = []string{"home", "search", "report", "item", "reports", "track", "indicators", "lists", "trend", "units", "unit", "projects", "project", "glossary", "source", "help", "basket", "styleguide", "error"}

// pages holds a template set per language and page: layout, shared pieces and
// the page.
type pages map[string]map[string]*template.Template

func loadPages(files *assets) pages {
	p := pages{}
	for _, l := range languages {
		shared := template.Must(template.New("layout.tmpl").
			Funcs(template.FuncMap{"asset": files.url}).Funcs(tongues[l.code].funcs()).
			ParseFS(templateFS, "templates/layout.tmpl", "templates/pieces.tmpl"))
		p[l.code] = map[string]*template.Template{}
		for _, name := range pageNames {
			set := template.Must(shared.Clone())
			p[l.code][name] = template.Must(set.ParseFS(templateFS, "templates/"+name+".tmpl"))
		}
	}
	return p
}

// basePage is what the layout needs of every page.
type basePage struct {
	Title       string
	Description string
	// Nav is the path of the menu entry that is current.
	Nav string
	// Text fills the search box, Kept are the filters a new search carries on.
	Text    string
	Kept    []param
	NoIndex bool
	// Hero says that the page has a search box of its own.
	Hero    bool
	Info    search.Info
	Version string
	// Canonical is the page's one full address, Feed the search as a feed.
	Canonical string
	Feed      string
	// Data describes the page to machines (JSON-LD), or is nil.
	Data any
	// Sheet is a stylesheet of the page's own (trend.css), or "".
	Sheet string
	// View is how the page is displayed, Views lead to its other displays.
	View  string
	Views []option
	Today string
	// Built is when the index was, in the time of China.
	Built time.Time
	// Language is the page's language, Languages lead to its others; Script
	// holds the script's messages where they are not Chinese.
	Language  string
	Languages []languageOption
	Script    string
}

const siteName = "有据"

// base begins a page with its title: a message, or a text that stays as it is.
func (s *server) base(r *http.Request, title message) basePage {
	speak := tongues[langOf(r)]
	return basePage{
		Title: speak.plain(title) + " - " + speak.plain(tr(siteName)), Info: s.searcher.Info(), Version: s.opts.Version,
		Canonical: s.absolute(r, r.URL.EscapedPath()), View: viewOf(r), Views: viewOptions(r), Today: today(), Built: inChina(s.searcher.Info().Built),
		Language: speak.code, Languages: languageOptions(r), Script: speak.script(),
	}
}

// trusted marks HTML that package search has escaped: snippets and marked
// text. Nothing else on a page goes unescaped.
func trusted(html string) template.HTML { return template.HTML(html) }

// marked is a short text with what a query matches in it marked.
func marked(m *search.Marker, text string) template.HTML {
	html, _ := m.Mark(text)
	return trusted(html)
}

// render executes a page into memory first, so that a failure never leaves
// half a page behind.
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, name string, data any) error {
	var buf bytes.Buffer
	if err := s.pages[langOf(r)][name].ExecuteTemplate(&buf, "layout.tmpl", data); err != nil {
		return fmt.Errorf("rendering page %q: %w", name, err)
	}
	send(w, r, status, "text/html; charset=utf-8", carry(buf.Bytes(), carried(r)))
	return nil
}

func writeJSON(w http.ResponseWriter, r *http.Request, status int, v any) error {
	var buf bytes.Buffer
	if err := json.NewEncoder(&buf).Encode(v); err != nil {
		return fmt.Errorf("encoding the answer: %w", err)
	}
	return sendJSON(w, r, status, buf.Bytes())
}

// sendJSON answers with JSON that any page may read.
func sendJSON(w http.ResponseWriter, r *http.Request, status int, body []byte) error {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	send(w, r, status, "application/json; charset=utf-8", body)
	return nil
}

func send(w http.ResponseWriter, r *http.Request, status int, contentType string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "no-cache")
	if r.Method != http.MethodHead {
		h.Set("Content-Length", strconv.Itoa(len(body))) // known: it need not be sent in chunks
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader has gone; nobody to tell
	}
}
