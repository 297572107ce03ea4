package indexer

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"youju/indexer/bound"
	"youju/indexer/pattern"
)

var looksLikeHTML = pattern.MustCompile(`(?i)^\s*(?:<!--[\s\S]*?-->\s*)?(?:<!doctype html|<html|<head|<body|<article|<div|<\?xml[^>]*>\s*(?:<!doctype html|<html))`)

// page is what is read from a saved web page.
type page struct {
	blocks []block
	// title, published and source come from the page's <meta> elements and <title>.
	title     pageTitles
	published string
	// apart is the furniture's text.
	apart []text
	// whole says that all of it was read: it did not grow beyond any paper's size.
	whole bool
}

// Elements that never hold an article's text, and class or id words of furniture.
var (
	skipped        = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Nav: true, atom.Footer: true, atom.Aside: true, atom.Form: true, atom.Button: true, atom.Select: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Svg: true, atom.Head: true, atom.Textarea: true}
	void           = map[atom.Atom]bool{atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true, atom.Input: true, atom.Link: true, atom.Meta: true, atom.Source: true, atom.Track: true, atom.Wbr: true}
	breaking       = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.Br: true, atom.Li: true, atom.Tr: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Article: true, atom.Section: true, atom.Ul: true, atom.Ol: true, atom.Table: true, atom.Header: true, atom.Main: true, atom.Blockquote: true, atom.Hr: true, atom.Dt: true, atom.Dd: true, atom.Td: true, atom.Th: true, atom.Caption: true, atom.Time: true}
	furnitureClass = pattern.MustCompile(`(?i)(?:^|[-_ ])(?:nav|menu|crumbs?|breadcrumb|sidebar|side|footer|foot|share|toolbar|tools|related|relevant|copyright|pager|hot|recommend|header|top|login|search|ewm|qrcode|print)(?:$|[-_ 0-9])`)
	// What word processors and editors write instead of <b>, and what no reader sees.
	boldStyle    = pattern.MustCompile(`(?i)font-weight\s*:\s*(?:bold|[6-9]00)`)
	hiddenStyle  = pattern.MustCompile(`(?i)display\s*:\s*none`)
	contentClass = pattern.MustCompile(`(?i)(?:TRS_Editor|TRS_UEDITOR|article-?content|article_con|pages_content|detail-?content|news_?content|con_?text|view-?content|^zoom$|(?:^|[ ])zoom(?:$|[ ])|UCAP-CONTENT|gkxl|xxgk_content)`)
)

// readHTML reads a page's article or articles. Offsets lead to the page's own
// text, entities counted as the page writes them.
func readHTML(work *bound.Work, src string) page {
	r := htmlReader{src: src, line: 1, counts: map[atom.Atom]int{}, where: survey(work, src)}
	z := html.NewTokenizer(strings.NewReader(src))
	z.SetMaxBuf(len(src) + 1)
	for at := 0; r.fits(); {
		work.Check()
		kind := z.Next()
		if kind == html.ErrorToken {
			r.whole = true
			break
		}
		raw := string(z.Raw())
		r.token(kind, z.Token(), raw, at)
		at += len(raw)
		r.line += strings.Count(raw, "\n")
	}
	r.flush()
	r.closeTables(0)
	return r.page
}

// fits says that the page could still be a paper's.
func (r *htmlReader) fits() bool {
	return len(r.blocks) <= maxParagraphs && len(r.apart) <= maxApart && r.current.len() <= maxLine && len(r.current.segs) <= maxPieces
}

// htmlReader walks a page's tokens.
type htmlReader struct {
	page
	src  string
	line int
	// where says where the text stands, by elements; element is the last that began.
	where   content
	element int
	// open holds the elements that are open; skip and content are the depths at
	// which furniture and an element of the text began, 0 for none.
	open          []atom.Atom
	skip, content int
	// counts tells how many elements of a name are open: an end tag without a
	// beginning is not looked for.
	counts map[atom.Atom]int
	// current is the line being put together.
	current       builder
	currentLine   int
	bullet, title bool
	heading       bool
	// firstHeading says that the page's first h1 is open.
	firstHeading bool
	// number is what a browser prints before the current line, "" for a bullet.
	number string
	// bold holds the depths at which bold elements began.
	bold   []int
	tables []*htmlTable
	lists  []htmlList
}

func (r *htmlReader) token(kind html.TokenType, t html.Token, raw string, at int) {
	switch kind {
	case html.TextToken:
		r.text(t.Data, raw, at)
	case html.StartTagToken, html.SelfClosingTagToken:
		r.start(t, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		r.end(t.DataAtom)
	}
}

func (r *htmlReader) start(t html.Token, selfClosing bool) {
	if breaking[t.DataAtom] {
		r.flush()
	}
	if t.DataAtom == atom.Meta {
		r.meta(t)
	}
	if void[t.DataAtom] || selfClosing {
		return
	}
	r.open = append(r.open, t.DataAtom)
	r.counts[t.DataAtom]++
	depth := len(r.open)
	r.element++
	switch {
	case r.skip > 0:
	case r.where.furniture[r.element]:
		r.skip = depth
	case r.where.from[r.element]:
		r.content = depth
		if r.where.articles {
			r.blocks = append(r.blocks, block{rule: true, line: r.line})
		}
	}
	switch t.DataAtom {
	case atom.Title:
		r.title = true
	case atom.Ol, atom.Ul:
		r.lists = append(r.lists, htmlList{depth, t.DataAtom == atom.Ol, integer(t, "start", 1)})
	case atom.Li:
		r.bullet, r.number = !r.outside(), r.itemNumber(t)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.heading = true
		r.firstHeading = t.DataAtom == atom.H1 && r.page.title.heading == ""
	case atom.Table, atom.Tr, atom.Td, atom.Th:
		r.startInTable(t)
	}
	if t.DataAtom == atom.B || t.DataAtom == atom.Strong || boldStyle.MatchString(attribute(t, "style")) {
		r.bold = append(r.bold, depth)
	}
}

// htmlList is an open list; next is the number of its next item.
type htmlList struct {
	depth  int
	number bool
	next   int
}

// itemNumber is what a browser prints before an item of the innermost list.
func (r *htmlReader) itemNumber(tag html.Token) string {
	if len(r.lists) == 0 || !r.lists[len(r.lists)-1].number {
		return ""
	}
	list := &r.lists[len(r.lists)-1]
	n := integer(tag, "value", list.next)
	list.next = n + 1
	if n < 1 || n > 9999 {
		return ""
	}
	return strconv.Itoa(n) + ". "
}

// outside says that the reader stands in furniture, or not in the article.
func (r *htmlReader) outside() bool {
	return r.skip > 0 || len(r.where.from) > 0 && r.content == 0
}

func (r *htmlReader) end(a atom.Atom) {
	if breaking[a] {
		r.flush()
	}
	switch a {
	case atom.Title:
		r.title = false
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.heading, r.firstHeading = false, false
	}
	if r.counts[a] == 0 {
		return
	}
	i := len(r.open) - 1
	for ; r.open[i] != a; i-- {
		r.counts[r.open[i]]--
	}
	r.counts[a]--
	r.open = r.open[:i]
	if a == atom.Tr {
		r.endRow()
	}
	r.closed(i)
}

// closed ends what began deeper than depth.
func (r *htmlReader) closed(depth int) {
	r.closeTables(depth)
	for n := len(r.lists); n > 0 && r.lists[n-1].depth > depth; n-- {
		r.lists = r.lists[:n-1]
	}
	for n := len(r.bold); n > 0 && r.bold[n-1] > depth; n-- {
		r.bold = r.bold[:n-1]
	}
	if r.skip > depth {
		r.skip = 0
	}
	if r.content > depth {
		r.content = 0
	}
}

func (r *htmlReader) meta(t html.Token) {
	switch strings.ToLower(attribute(t, "name")) {
	case "articletitle":
		r.page.title.article = strings.TrimSpace(attribute(t, "content"))
	case "pubdate":
		r.published = strings.TrimSpace(attribute(t, "content"))
	}
}

// integer reads an attribute that holds a number.
func integer(t html.Token, name string, absent int) int {
	if n, err := strconv.Atoi(attribute(t, name)); err == nil {
		return n
	}
	return absent
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text adds a run of text to the current line. White space is folded the way a
// browser shows it.
func (r *htmlReader) text(s, raw string, at int) {
	if r.title && r.page.title.window == "" {
		r.page.title.window = strings.TrimSpace(s)
	}
	if r.firstHeading && !r.title {
		r.page.title.heading += strings.TrimFunc(s, isBlank)
	}
	if r.outside() {
		if strings.TrimFunc(s, isBlank) != "" {
			r.apart = append(r.apart, text{s: s, segs: []segment{{0, len(s), at, len(raw)}}})
		}
		return
	}
	t := text{s: s, segs: []segment{{0, len(s), at, len(raw)}}}
	if t.trim().s == "" {
		return
	}
	if strings.Contains(s, "\n") {
		var folded builder
		for _, line := range splitLines(t) {
			folded.add("", line.trim())
		}
		t = folded.text()
	}
	start := r.current.len()
	if start == 0 {
		r.currentLine = r.line
	}
	r.current.add("", t)
	if len(r.bold) > 0 {
		r.current.embolden(start, r.current.len())
	}
}

func splitLines(t text) []text {
	var out []text
	start := 0
	for i := 0; i <= len(t.s); i++ {
		if i == len(t.s) || t.s[i] == '\n' {
			out = append(out, t.sub(start, i))
			start = i + 1
		}
	}
	return out
}

// flush ends the current line.
func (r *htmlReader) flush() {
	t := r.current.text().trim()
	r.current = builder{}
	if t.s == "" {
		return
	}
	number := r.number
	if r.number = ""; number != "" && r.bullet {
		r.bullet = false
		t = text{}.add(number, t)
	}
	b := newBlock(t, r.currentLine, false)
	b.rule, b.glued = false, b.rule || b.glued
	if b.text.bold == nil {
		b.text.bold = t.bold
	}
	b.bullet, b.heading = b.bullet || r.bullet, b.heading || r.heading
	r.bullet = false
	r.blocks = append(r.blocks, b)
}
