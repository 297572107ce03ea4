package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"youju/indexer/bound"
	"youju/indexer/plain"
)

// walker goes through the document's elements in order.
type walker struct {
	work      *bound.Work
	styles    map[string]style
	numbering numbering
	out       plain.Writer
	// open holds the paragraphs that are open: a text box stands inside one.
	open []*paragraph
	// tables holds the tables that are open, outermost first.
	tables []*table
	// noteIDs are the IDs of the foot- and endnotes in the order they are referred to.
	noteIDs []noteID
	// skip is the depth of elements that are open inside one that is left out.
	skip int
	// contents says that the table of contents was told.
	contents bool
	// inNotes collects a note's paragraphs instead of writing them.
	inNotes bool
	note    []string
}

type noteID struct {
	end bool
	id  string
}

type paragraph struct {
	runs  []plain.Run
	style string
	num   numRef
	// level is the paragraph's own outline level, 0 for none.
	level                 int
	bold, styled, inRunPr bool
	inParaPr, inText      bool
	// hidden says that the open run is not shown, counted that the list's
	// number was written with what stood before a page's end.
	hidden, counted bool
	// field is the code of the open field.
	field fieldCode
}

// leftOut are elements whose text is not the document's: deleted and moved
// text, field codes, the second version of a drawing, ruby above a word.
var leftOut = map[string]bool{
	"del": true, "moveFrom": true, "delInstrText": true, "delText": true, "Fallback": true, "rt": true,
	"pict": false, "sectPr": true, "tblPr": true, "tblGrid": true, "trPr": true, "pPrChange": true, "rPrChange": true,
}

func (w *walker) walk(r io.Reader) error {
	d := xml.NewDecoder(r)
	for depth := 0; ; {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			w.closeAll()
			if depth > 0 {
				return &xml.SyntaxError{Msg: "unexpected EOF", Line: line(d)}
			}
			return nil
		}
		if err != nil {
			w.closeAll()
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return &xml.SyntaxError{Msg: "nested too deep", Line: line(d)}
			}
			if w.skip > 0 || leftOut[t.Name.Local] {
				w.skip++
				continue
			}
			w.start(t)
		case xml.EndElement:
			depth--
			if w.skip > 0 {
				w.skip--
				continue
			}
			w.end(t.Name.Local)
		case xml.CharData:
			w.characters(string(t))
		}
	}
}

// characters takes in text between tags: a run's words or a field's code.
func (w *walker) characters(s string) {
	p := w.paragraph()
	switch {
	case p == nil || w.skip > 0:
	case p.inText:
		w.text(s)
	case p.field.open:
		p.field.code += s
	}
}

func line(d *xml.Decoder) int {
	n, _ := d.InputPos()
	return n
}

func (w *walker) closeAll() {
	w.skip = 0
	for len(w.open) > 0 {
		w.end("p")
	}
	for len(w.tables) > 0 {
		w.end("tr")
		w.end("tbl")
	}
}

// paragraph is the innermost open one.
func (w *walker) paragraph() *paragraph {
	if len(w.open) == 0 {
		return nil
	}
	return w.open[len(w.open)-1]
}

func (w *walker) text(s string) {
	p := w.paragraph()
	if p == nil || p.hidden {
		return
	}
	p.runs = append(p.runs, plain.Run{Text: s, Bold: p.bold})
}

func (w *walker) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		w.open = append(w.open, &paragraph{num: numRef{level: -1}})
		return
	case "tbl":
		w.tables = append(w.tables, &table{})
		return
	case "tr":
		if t := w.table(); t != nil {
			t.begin()
		}
		return
	case "vMerge":
		if t := w.table(); t != nil && attr(e, "val") != "restart" {
			t.cover()
		}
		return
	case "tc":
		if t := w.table(); t != nil {
			t.open()
		}
		return
	case "gridSpan":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && w.table() != nil {
			w.table().widen(n - 1)
		}
		return
	}
	if p := w.paragraph(); p != nil {
		w.inside(p, e)
	}
}

// inside reads an element within a paragraph.
func (w *walker) inside(p *paragraph, e xml.StartElement) {
	switch e.Name.Local {
	case "pPr":
		p.inParaPr = true
	case "pStyle":
		p.style = attr(e, "val")
	case "outlineLvl":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 {
			p.level = n + 1
		}
	case "numId":
		p.num.id = attr(e, "val")
	case "ilvl":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 {
			p.num.level = n
		}
	case "r":
		p.bold, p.styled = w.styles[p.style].bold, false
		p.hidden = w.styles[p.style].hidden
	case "rPr":
		p.inRunPr = true
	case "rStyle":
		if !p.inParaPr {
			p.bold = p.bold || w.styles[attr(e, "val")].bold
			p.hidden = p.hidden || w.styles[attr(e, "val")].hidden
		}
	case "b":
		if p.inRunPr && !p.inParaPr {
			p.bold = on(e)
		}
	case "vanish", "webHidden", "specVanish":
		if p.inRunPr && !p.inParaPr {
			p.hidden = on(e)
		}
	case "instrText":
		p.field.open = true
	case "fldChar":
		w.text(p.field.result())
	case "t":
		p.inText = true
	case "tab", "ptab":
		if !p.inParaPr {
			w.text(" ")
		}
	case "br", "cr":
		if t := attr(e, "type"); t == "page" || t == "column" {
			w.breaks(p)
			return
		}
		w.text("\n")
	case "noBreakHyphen":
		w.text("-")
	case "sym":
		w.text(symbol(attr(e, "font"), attr(e, "char")))
	case "footnoteReference", "endnoteReference":
		w.reference(noteID{e.Name.Local[0] == 'e', attr(e, "id")})
	}
}

// breaks ends a line where the author ended a page or a column: what follows is
// a paragraph of its own, a heading often. A break that only says how pages fell
// when the file was saved (lastRenderedPageBreak) ends none.
func (w *walker) breaks(p *paragraph) {
	if p.hidden {
		return
	}
	if len(w.tables) > 0 || len(w.open) > 1 || w.inNotes {
		w.text("\n")
		return
	}
	w.write(p)
	p.runs = nil
	w.out.Blank()
}

func (w *walker) reference(id noteID) {
	if p := w.paragraph(); w.inNotes || id.id == "" || p.hidden {
		return
	}
	w.noteIDs = append(w.noteIDs, id)
	w.text(fmt.Sprintf("［%d］", len(w.noteIDs)))
}

func (w *walker) end(name string) {
	w.work.Check()
	p := w.paragraph()
	switch name {
	case "p":
		if p != nil {
			w.open = w.open[:len(w.open)-1]
			w.write(p)
		}
	case "tbl":
		if n := len(w.tables); n > 0 {
			t := w.tables[n-1]
			w.tables = w.tables[:n-1]
			t.write(w.put, w.row)
		}
	}
	if p == nil {
		return
	}
	switch name {
	case "pPr":
		p.inParaPr = false
	case "rPr":
		p.inRunPr = false
	case "t":
		p.inText = false
	case "instrText":
		p.field.open = false
	}
}

// write ends a paragraph.
func (w *walker) write(p *paragraph) {
	s := w.styles[p.style]
	text := plain.Marked(p.runs)
	if s.contents {
		if !w.contents && strings.TrimSpace(text) != "" {
			w.out.Repair("去掉目录")
			w.contents = true
		}
		return
	}
	level := p.level
	if level == 0 {
		level = s.level
	}
	num := p.num
	if num.id == "" {
		num.id = s.num.id
	}
	if num.level < 0 {
		num.level = max(0, s.num.level)
	}
	if strings.TrimSpace(text) != "" {
		label := ""
		if !p.counted {
			label, p.counted = w.numbering.next(num), true
		}
		if label == "- " {
			text = label + strings.TrimSpace(text)
			level = 0
		} else {
			text = label + strings.TrimLeft(text, labelTrim(label))
		}
	}
	if level > 0 && len(w.tables) == 0 {
		text = plain.Heading(level, text)
	}
	w.put(text)
}

// labelTrim are the blanks that a generated number makes needless.
func labelTrim(label string) string {
	if label == "" {
		return ""
	}
	return " \u3000"
}

// put writes a line where it belongs: a cell, a note or the document.
func (w *walker) put(s string) {
	switch t := w.table(); {
	case t != nil && t.add(s):
	case w.inNotes:
		if s = strings.TrimSpace(s); s != "" {
			w.note = append(w.note, s)
		}
	default:
		w.out.Paragraph(s)
	}
}

// row writes a table's row; a table within another is text of its cell.
func (w *walker) row(line string, kind plain.Row) {
	if w.table() != nil || w.inNotes {
		w.put(line)
		return
	}
	w.out.Row(line, kind)
}

// notes appends the foot- and endnotes in the order of their references.
func (w *walker) notes(foot, end io.Reader) {
	if len(w.noteIDs) == 0 {
		return
	}
	texts := map[noteID]string{}
	w.readNotes(foot, false, texts)
	w.readNotes(end, true, texts)
	w.out.Blank()
	for i, id := range w.noteIDs {
		w.work.Check()
		if w.out.Full() {
			return
		}
		if t := texts[id]; t != "" {
			w.out.Paragraph(fmt.Sprintf("［%d］%s", i+1, t))
		} else {
			w.out.Missing = append(w.out.Missing, fmt.Sprintf("注释［%d］没有内容", i+1))
		}
	}
}

// readNotes reads the notes of one part by ID.
func (w *walker) readNotes(r io.Reader, end bool, texts map[noteID]string) {
	n := walker{work: w.work, styles: w.styles, inNotes: true}
	d := xml.NewDecoder(r)
	id := ""
	for depth := 0; depth < maxDepth; {
		t, err := d.RawToken()
		if err != nil {
			return
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			if l := t.Name.Local; l == "footnote" || l == "endnote" {
				id = attr(t, "id")
				n.note = nil
			}
			if n.skip > 0 || leftOut[t.Name.Local] {
				n.skip++
				continue
			}
			n.start(t)
		case xml.EndElement:
			depth--
			if n.skip > 0 {
				n.skip--
				continue
			}
			n.end(t.Name.Local)
			if l := t.Name.Local; l == "footnote" || l == "endnote" {
				texts[noteID{end, id}] = strings.ReplaceAll(strings.Join(n.note, ""), "**", "")
			}
		case xml.CharData:
			n.characters(string(t))
		}
	}
}
