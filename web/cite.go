package web

import (
	"net/http"
	"regexp"
	"strings"
	"time"

	"youju/report"
)

// quotation is one item ready to be quoted in a document of one's own.
type quotation struct {
	ID string
	// Title is what the item is called in a list.
	Title string
	// Text is the item's wording, Heading stands before it where it has one.
	Heading, Text string
	// Source says where it stands, Plain is text and source in one line,
	// Standard the reference in the style of GB/T 7714.
	Source, Plain, Standard string
	// URL is the permanent address, Path the same without the host, Passage
	// where the whole document is opened with the passage marked.
	URL, Path, Passage string
	Digest             bool
}

func (s *server) quote(r *http.Request, d *report.Document, it *report.Item) quotation {
	path := itemURL(it.ID)
	q := quotation{
		ID: it.ID, Title: itemTitle(it, d), Heading: it.Heading, Text: it.Text, Source: sourceLine(d, it),
		Path: path, URL: s.absolute(r, path), Passage: s.absolute(r, passageURL(d, it)), Digest: d.Source.Digest != "",
	}
	q.Plain = citation(d, it, q.URL)
	q.Standard = standardCitation(d, it, q.URL, time.Now().In(china))
	return q
}

// sourceLine says where an item stands: 《标题》（地区，文号，日期）部分.
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

// standardCitation is the reference in the style of GB/T 7714-2015:
// 责任者. 题名：文号[文献类型/OL]. (日期)[引用日期]. 网址.
func standardCitation(d *report.Document, it *report.Item, permalink string, accessed time.Time) string {
	var b strings.Builder
	if who := author(d); who != "" {
		b.WriteString(who + ". ")
	}
	b.WriteString(strings.Trim(documentTitle(d), "《》"))
	if d.Number != "" {
		b.WriteString("：" + d.Number)
	}
	b.WriteString("[" + report.KindInfo(d.Kind).Citation + "]. ")
	if d.Date != "" {
		b.WriteString("(" + d.Date + ")")
	} else if d.Year != 0 {
		b.WriteString("(" + yearLabel(d.Year) + ")")
	}
	b.WriteString("[" + accessed.Format(time.DateOnly) + "]. " + permalink + ".")
	if d.Source.Digest != "" {
		b.WriteString("（摘编，非原文）")
	}
	return b.String()
}

// author is who answers for a document: whoever gave the report, else the
// government whose it is.
func author(d *report.Document) string {
	place := d.Place.Full()
	switch {
	case d.Speaker != "":
		return d.Speaker
	case place != "" && (d.Kind == report.KindReport || d.Kind == report.KindAssignment):
		return place + "人民政府"
	}
	return ""
}

// reportData describes a document to machines (JSON-LD), with the names of
// schema.org.
func (s *server) reportData(r *http.Request, d *report.Document) map[string]any {
	data := map[string]any{
		"@context": "https://schema.org", "@type": "Report",
		"name": documentTitle(d), "url": s.absolute(r, reportURL(d.ID)), "inLanguage": "zh-CN",
	}
	for name, value := range map[string]string{"reportNumber": d.Number, "datePublished": d.Date} {
		if value != "" {
			data[name] = value
		}
	}
	if who := author(d); who != "" {
		kind := "GovernmentOrganization"
		if d.Speaker != "" {
			kind = "Person"
		}
		data["author"] = map[string]string{"@type": kind, "name": who}
	}
	if place := d.Place.Full(); place != "" {
		data["spatialCoverage"] = map[string]string{"@type": "Place", "name": place}
	}
	if isWebURL(d.Source.URL) {
		data["isBasedOn"] = d.Source.URL
	}
	return data
}

// itemData describes an item as a part of its document.
func (s *server) itemData(r *http.Request, d *report.Document, it *report.Item) map[string]any {
	return map[string]any{
		"@context": "https://schema.org", "@type": "Quotation", "inLanguage": "zh-CN",
		"name": itemTitle(it, d), "text": it.Text, "url": s.absolute(r, itemURL(it.ID)),
		"isPartOf": s.reportData(r, d),
	}
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
