package odt

import (
	"encoding/xml"
	"strconv"
	"strings"

	"youju/indexer/docx"
)

// leftOut are elements whose text is not the document's: deleted text, tables
// of contents, remarks of reviewers, ruby above a word, templates of entries.
var leftOut = map[string]bool{
	"tracked-changes": true, "table-of-content": true, "alphabetical-index": true, "annotation": true, "ruby-text": true,
	"note-citation": true, "desc": true, "title": true, "forms": true, "sequence-decls": true, "variable-decls": true, "user-field-decls": true,
	"hidden-text": true, "hidden-paragraph": true,
}

// writer writes a document's body in Word's form.
type writer struct {
	styles map[string]style
	lists  map[string]*[10]listLevel
	// out is where text goes: the body, or the notes inside it.
	body, notes strings.Builder
	out         *strings.Builder
	noteCount   int
	// spans holds whether the spans that are open are bold, outermost first.
	spans []bool
	// entries is where the open lists stand: how many entries each has, and
	// their style. pending is the number that the next paragraph prints.
	counts  []int
	listOf  []string
	pending string
	// counted remembers how far a list came, by its ID or style, for one that goes on.
	counted map[string][]int
	skip    int
	inText  bool
	// covered says of each column of the open tables how many rows are still under a taller cell.
	tables []*table
}

// table is what of an open table is remembered from row to row.
type table struct {
	under  map[int]int
	column int
}

func newWriter() *writer {
	w := &writer{styles: map[string]style{}, lists: map[string]*[10]listLevel{}, counted: map[string][]int{}}
	w.out = &w.body
	return w
}

// parts are the files of the package.
func (w *writer) parts() []docx.Part {
	return []docx.Part{
		{Name: "word/document.xml", Body: "<w:document><w:body>" + w.body.String() + "</w:body></w:document>"},
		{Name: "word/footnotes.xml", Body: "<w:footnotes>" + w.notes.String() + "</w:footnotes>"},
	}
}

func (w *writer) readBody(src string) error {
	inBody := false
	return eachToken(src, func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			switch {
			case !inBody:
				inBody = t.Name.Local == "body"
			case w.skip > 0 || leftOut[t.Name.Local]:
				w.skip++
			default:
				w.start(t)
			}
		case xml.EndElement:
			switch {
			case !inBody:
			case w.skip > 0:
				w.skip--
			default:
				w.end(t.Name.Local)
			}
		case xml.CharData:
			if inBody && w.skip == 0 && w.inText {
				w.text(collapse(string(t)))
			}
		}
	})
}

// collapse makes runs of white space one blank: others are elements (text:s, text:tab).
func collapse(s string) string {
	var b strings.Builder
	blank := false
	for _, r := range s {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
			continue
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

func (w *writer) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p", "h":
		w.paragraph(e)
	case "span":
		w.spans = append(w.spans, w.bold(attr(e, "style-name"), w.isBold()))
		if w.hidden(attr(e, "style-name")) {
			w.spans = w.spans[:len(w.spans)-1]
			w.skip++
		}
	case "s":
		w.text(strings.Repeat(" ", min(max(number(e, "c", 1), 1), 200)))
	case "tab":
		w.text(" ")
	case "line-break":
		w.raw("<w:r><w:br/></w:r>")
	case "list":
		w.openList(e)
	case "list-item", "list-header":
		w.entry(e)
	case "note":
		w.noteCount++
		w.raw(`<w:r><w:footnoteReference w:id="` + strconv.Itoa(w.noteCount) + `"/></w:r>`)
	case "note-body":
		w.out = &w.notes
		w.raw(`<w:footnote w:id="` + strconv.Itoa(w.noteCount) + `">`)
	case "table":
		w.raw("<w:tbl>")
		w.tables = append(w.tables, &table{under: map[int]int{}})
	case "table-row":
		w.raw("<w:tr>")
		if t := w.table(); t != nil {
			t.column = 0
		}
	case "table-cell", "covered-table-cell":
		w.cell(e)
	}
}

func (w *writer) end(name string) {
	switch name {
	case "p", "h":
		w.raw("</w:p>")
		w.inText = false
		w.spans = nil
	case "span":
		if n := len(w.spans); n > 1 {
			w.spans = w.spans[:n-1]
		}
	case "list":
		w.closeList()
	case "note-body":
		w.raw("</w:footnote>")
		w.out = &w.body
		w.inText = true
	case "table":
		w.raw("</w:tbl>")
		if n := len(w.tables); n > 0 {
			w.tables = w.tables[:n-1]
		}
	case "table-row":
		w.raw("</w:tr>")
	case "table-cell", "covered-table-cell":
		w.raw("</w:tc>")
	}
}

// paragraph begins a paragraph or a heading, with the number that its list prints.
func (w *writer) paragraph(e xml.StartElement) {
	name := attr(e, "style-name")
	level := 0
	if e.Name.Local == "h" {
		level = number(e, "outline-level", 1)
	} else if s, ok := w.look(name, func(s style) bool { return s.level > 0 }); ok {
		level = s.level
	}
	w.raw("<w:p>")
	if level > 0 && level < 10 {
		w.raw(`<w:pPr><w:outlineLvl w:val="` + strconv.Itoa(level-1) + `"/></w:pPr>`)
	}
	w.spans = []bool{w.bold(name, false)}
	w.inText = true
	if w.pending != "" {
		w.text(w.pending)
		w.pending = ""
	}
}

func (w *writer) isBold() bool { return len(w.spans) > 0 && w.spans[len(w.spans)-1] }

func (w *writer) raw(s string) { w.out.WriteString(s) }

func (w *writer) text(s string) {
	w.raw("<w:r>")
	if w.isBold() {
		w.raw("<w:rPr><w:b/></w:rPr>")
	}
	w.raw("<w:t>")
	_ = xml.EscapeText(w.out, []byte(s))
	w.raw("</w:t></w:r>")
}

// openList begins a list; one inside another takes its style.
func (w *writer) openList(e xml.StartElement) {
	name := attr(e, "style-name")
	if name == "" && len(w.listOf) > 0 {
		name = w.listOf[len(w.listOf)-1]
	}
	w.listOf = append(w.listOf, name)
	count := 0
	if levels, depth := w.lists[name], len(w.listOf)-1; levels != nil && depth < len(levels) {
		count = levels[depth].start - 1
	}
	if before := w.counted[name]; attr(e, "continue-numbering") == "true" && len(before) >= len(w.listOf) {
		count = before[len(w.listOf)-1]
	}
	w.counts = append(w.counts, count)
}

func (w *writer) closeList() {
	n := len(w.listOf)
	if n == 0 {
		return
	}
	w.counted[w.listOf[n-1]] = append([]int(nil), w.counts...)
	w.listOf, w.counts, w.pending = w.listOf[:n-1], w.counts[:n-1], ""
}

// entry counts an entry of the innermost list.
func (w *writer) entry(e xml.StartElement) {
	n := len(w.counts)
	if n == 0 || e.Name.Local == "list-header" {
		return
	}
	if w.counts[n-1]++; attr(e, "start-value") != "" {
		w.counts[n-1] = number(e, "start-value", w.counts[n-1])
	}
	w.pending = label(w.lists[w.listOf[n-1]], w.counts)
}

func (w *writer) table() *table {
	if len(w.tables) == 0 {
		return nil
	}
	return w.tables[len(w.tables)-1]
}

// cell begins a cell; one that a taller cell covers says so. Cells that a wider
// one covers are left to its span.
func (w *writer) cell(e xml.StartElement) {
	t := w.table()
	if t == nil {
		w.raw("<w:tc>")
		return
	}
	tall := number(e, "number-rows-spanned", 1)
	switch covered := e.Name.Local == "covered-table-cell"; {
	case covered && t.under[t.column] > 0:
		t.under[t.column]--
		w.raw("<w:tc><w:tcPr><w:vMerge/></w:tcPr>")
	case covered:
		w.raw("<w:tc>")
	case tall > 1:
		t.under[t.column] = tall - 1
		w.raw(`<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>`)
	default:
		w.raw("<w:tc>")
	}
	t.column++
}
