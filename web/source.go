package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/mux"
	"github.com/klauspost/compress/gzhttp"

	"youju/report"
	"youju/search"
)

// Sources knows the files that the collection was read from. Its methods are
// safe for concurrent use.
type Sources interface {
	// Size is the size of that file. It reads no content, so that an original
	// which has changed may show as such only when it is opened.
	Size(ctx context.Context, doc *report.Document) (int64, error)
	// Original opens the file that a document was read from. It returns
	// [search.ErrNotFound] where that file is gone or no longer the same.
	Original(ctx context.Context, doc *report.Document) (io.ReadSeekCloser, error)
	// Copies lists the other files that hold the text of the document with this ID.
	Copies(ctx context.Context, id string) ([]SourceCopy, error)
}

// SourceCopy is a file that was left out because its text is in the collection.
type SourceCopy struct {
	// File is the file's name, Share how much of its text stands in the document, up to 1.
	File  string
	Share float64
}

// sourcePage says where a document comes from and what was done to its text.
type sourcePage struct {
	basePage
	Crumbs  []crumb
	Heading string
	Facts   []detail
	Origins []originFact
	Parts   []sectionPart
	// LeftOut is the share of the text in no item, in percent.
	LeftOut  string
	Repairs  []note
	Missing  []string
	Problems []note
	Copies   []message
	// OriginalURL leads to the file itself, FeedbackURL to whoever looks after the collection.
	OriginalURL string
	FeedbackURL string
}

// note is something at a line, which is 0 where it concerns the whole document.
type note struct {
	Line int
	What string
}

func sourceURL(docID string) string { return reportURL(docID) + "/source" }

func (s *server) showSource(w http.ResponseWriter, r *http.Request) error {
	doc, err := s.searcher.Document(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return fmt.Errorf("opening a document: %w", err)
	}
	p := sourcePage{
		basePage: s.base(r, tr("来源与修整 - %s", documentName(doc))), Heading: documentTitle(doc),
		Crumbs: newCrumbs(doc, nil, search.NewMarker(""), ""),
		Facts:  sourceFacts(doc), Origins: originFacts(doc), Parts: sectionParts(doc), LeftOut: leftOut(doc.Source.LeftOut), Missing: doc.Source.Missing,
		FeedbackURL: s.feedbackURL(doc.ID),
	}
	p.Nav, p.NoIndex = "/reports", true
	for _, x := range doc.Source.Repairs {
		p.Repairs = append(p.Repairs, note{x.Line, x.What})
	}
	for _, x := range doc.Problems {
		p.Problems = append(p.Problems, note{x.Line, x.What})
	}
	if s.opts.Sources != nil {
		p.OriginalURL = reportURL(doc.ID) + "/original"
		copies, err := s.opts.Sources.Copies(r.Context(), doc.ID)
		if err != nil {
			return fmt.Errorf("listing copies: %w", err)
		}
		for _, c := range copies {
			p.Copies = append(p.Copies, tr("%s（%d%% 相同）", path.Base(c.File), int(math.Round(100*c.Share))))
		}
	}
	return s.render(w, r, http.StatusOK, "source", p)
}

// formatLabels name the formats for readers.
var formatLabels = map[string]string{
	"text": "纯文本", "markdown": "Markdown", "html": "网页", "docx": "Word（.docx）", "doc": "Word（.doc）或 WPS 文字",
	"pdf": "PDF", "ofd": "OFD 版式文档",
}

// sourceFacts lists what is known about the file.
func sourceFacts(d *report.Document) []detail {
	var facts []detail
	add := func(label, value, url string) {
		if value != "" {
			facts = append(facts, detail{label, quote(value), url})
		}
	}
	src := d.Source
	add("文件", sourceFile(src), "")
	if label := formatLabels[src.Format]; label != "" {
		facts = append(facts, detail{Label: "格式", Value: tr(label)})
	} else {
		add("格式", src.Format, "")
	}
	if src.Size > 0 {
		add("大小", sizeLabel(src.Size), "")
	}
	if src.Pages > 0 {
		add("页数", strconv.Itoa(src.Pages), "")
	}
	add("SHA-256", src.SHA256, "")
	add("发布者", src.Publisher, "")
	add("许可", src.Licence, "")
	link := ""
	if isWebURL(src.URL) {
		link = src.URL
	}
	add("原文网址", src.URL, link)
	add("文档编号", d.ID, reportURL(d.ID))
	return facts
}

func sizeLabel(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%.1f KB", float64(n)/1024)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// Where a field's value comes from, in words.
var (
	originLabels = map[string]string{
		"stated": "说明文件注明", "dateline": "依据会议时间行", "head": "依据文首", "title": "依据标题", "text": "依据正文",
	}
	originFields = []struct{ field, label string }{
		{"title", "标题"}, {"kind", "文种"}, {"place", "地区"}, {"year", "年份"}, {"date", "日期"}, {"number", "文号"}, {"speaker", "报告人"},
	}
)

// originFact says where a field's value comes from, with the words it was read
// from; Weak marks what was inferred from little.
type originFact struct {
	Label, Value string
	Evidence     string
	Weak         bool
}

func originFacts(d *report.Document) []originFact {
	var facts []originFact
	for _, f := range originFields {
		if label := originLabels[d.Source.Origins[f.field]]; label != "" {
			facts = append(facts, originFact{f.label, label, d.Source.Evidence[f.field], slices.Contains(d.Source.Weak, f.field)})
		}
	}
	return facts
}

// sectionPart says what part a section is, and by what that was told.
type sectionPart struct{ Heading, Part, Evidence string }

// sectionParts lists the sections of the first rank and those that are
// something else than the one they stand in.
func sectionParts(d *report.Document) []sectionPart {
	var out []sectionPart
	above := map[string]report.Part{}
	for _, s := range d.Sections {
		above[strings.Join(s.Path, "\x00")] = s.Part
		n := len(s.Path)
		if n == 0 || n > 1 && above[strings.Join(s.Path[:n-1], "\x00")] == s.Part {
			continue
		}
		label := s.Part.Label()
		if label == "" {
			label = search.FacetValueLabel(search.FacetPart, search.None)
		}
		out = append(out, sectionPart{s.Path[n-1], label, s.Evidence})
	}
	return out
}

// leftOut is the share of a text that stands in no item, in percent; "" for none.
func leftOut(share float64) string {
	if share <= 0 {
		return ""
	}
	return strconv.FormatFloat(math.Max(100*share, 0.01), 'f', 2, 64)
}

// feedbackURL tells the keepers of the collection about something with this
// ID; "" where nobody is named.
func (s *server) feedbackURL(id string) string {
	to := s.opts.FeedbackURL
	switch {
	case to == "":
		return ""
	case strings.Contains(to, "{id}"):
		return strings.ReplaceAll(to, "{id}", url.PathEscape(id))
	case strings.HasPrefix(to, "mailto:"):
		return to + "?subject=" + url.PathEscape("有据：报告问题 "+id)
	case strings.Contains(to, "?"):
		return to + "&id=" + url.QueryEscape(id)
	}
	return to + "?id=" + url.QueryEscape(id)
}

// originalTypes are the types of files as they are sent: a browser stores
// them and shows none.
var originalTypes = map[string]string{
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"doc":  "application/msword", "pdf": "application/pdf", "ofd": "application/ofd", "html": "application/octet-stream",
	"text": "text/plain", "markdown": "text/plain",
}

// serveOriginal sends the file that a document was read from, for saving only.
func (s *server) serveOriginal(w http.ResponseWriter, r *http.Request) error {
	doc, err := s.searcher.Document(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return fmt.Errorf("opening a document: %w", err)
	}
	if s.opts.Sources == nil {
		return fmt.Errorf("opening an original: %w", search.ErrNotFound)
	}
	tag := `"` + doc.Source.SHA256 + `"`
	file, err := s.openOriginal(r, doc, tag)
	if errors.Is(err, search.ErrNotFound) {
		return &httpError{http.StatusNotFound, "original_not_found", "原始文件已经移动、删除或改动，与收录时不同，不能下载。", err, nil}
	}
	if err != nil {
		return fmt.Errorf("opening an original: %w", err)
	}
	defer file.Close()
	kind := originalTypes[doc.Source.Format]
	if kind == "" {
		kind = "application/octet-stream"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": sourceFile(doc.Source)}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", tag)
	h.Set(gzhttp.HeaderNoCompression, "1") // the file's own bytes, and pieces of them
	stream(r.Context())
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}

// openOriginal opens the file, or only something as long where nobody reads it.
func (s *server) openOriginal(r *http.Request, doc *report.Document, tag string) (io.ReadSeekCloser, error) {
	if r.Method == http.MethodHead || matchesTag(r.Header.Get("If-None-Match"), tag) {
		size, err := s.opts.Sources.Size(r.Context(), doc)
		return unread{io.NewSectionReader(nothing{}, 0, size)}, err
	}
	return s.opts.Sources.Original(r.Context(), doc)
}

// unread is a file of which only the size is known.
type unread struct{ *io.SectionReader }

func (unread) Close() error { return nil }

type nothing struct{}

func (nothing) ReadAt([]byte, int64) (int, error) { return 0, io.ErrUnexpectedEOF }
