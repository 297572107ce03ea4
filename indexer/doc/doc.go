// Package doc reads the binary files of Word 97–2003 (.doc) and Kingsoft
// Writer (.wps), which share one format [MS-DOC]: text stands in pieces, and
// character properties say which of it is bold.
package doc

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding/charmap"

	"youju/indexer/bound"
	"youju/indexer/plain"
)

// Limits against hostile files.
const (
	maxStream = 256 << 20
	maxChars  = 32 << 20
)

// Errors with texts for operators.
var (
	ErrFormat = bound.Fail(bound.Damaged, "不是完整的 Word 文档（.doc、.wps），请另存为 .docx")
	ErrOld    = bound.Fail(bound.Unsupported, "这是 Word 95 或更早的文档，请另存为 .docx（装有 LibreOffice 时可自动转换）")
	ErrSheet  = bound.Fail(bound.Unsupported, "电子表格（.xls、.et）不能收录，请另存为 .xlsx 或 .csv")
	ErrSlides = bound.Fail(bound.Unsupported, "演示文稿（.ppt、.dps）不能收录，请另存为 PDF")
)

// Read reads a file's bytes within what work may cost.
func Read(work *bound.Work, data []byte) (t plain.Text, err error) {
	streams, err := open(work, data)
	if err != nil {
		return plain.Text{}, err
	}
	r, err := newReader(streams)
	if err != nil {
		return plain.Text{}, err
	}
	r.work = work
	return r.read()
}

// open reads the streams that matter out of the compound file.
func open(work *bound.Work, data []byte) (map[string][]byte, error) {
	f, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, ErrFormat
	}
	streams := map[string][]byte{}
	for entry, err := f.Next(); err == nil; entry, err = f.Next() {
		switch entry.Name {
		case "EncryptedPackage", "EncryptionInfo":
			return nil, plain.ErrEncrypted
		case "Workbook", "Book":
			return nil, ErrSheet
		case "PowerPoint Document":
			return nil, ErrSlides
		case "WordDocument", "0Table", "1Table":
			if len(entry.Path) > 0 {
				// An embedded document is not the document.
				continue
			}
			// A broken chain of sectors ends the stream early; what is there is read.
			streams[entry.Name], _ = io.ReadAll(work.Bounded(io.LimitReader(entry, entry.Size), maxStream))
		}
	}
	return streams, nil
}

// reader reads one document. fib is its head, doc the stream that holds fib
// and text, table the one with the tables.
type reader struct {
	work       *bound.Work
	doc, table []byte
	pieces     []piece
	// lengths of the main text and the footnotes, in characters.
	main, foot int
	bold       []span
	// numbered says that the text uses Word's automatic numbers.
	numbered bool
}

// piece is a run of text: characters from a place in the document stream.
type piece struct {
	chars, at int
	narrow    bool
}

const (
	offFlags  = 0x0a
	offMain   = 0x4c
	offFoot   = 0x50
	offChpx   = 0xfa
	offPapx   = 0x102
	offClx    = 0x1a2
	encrypted = 0x0100
	table1    = 0x0200
)

func newReader(streams map[string][]byte) (*reader, error) {
	d := streams["WordDocument"]
	if len(d) < 0x200 {
		return nil, ErrFormat
	}
	switch id := u16(d, 0); {
	case id != 0xa5ec:
		return nil, ErrFormat
	case u16(d, 2) < 0xc0:
		return nil, ErrOld
	}
	flags := u16(d, offFlags)
	if flags&encrypted != 0 {
		return nil, plain.ErrEncrypted
	}
	r := &reader{doc: d, table: streams["0Table"], main: u32(d, offMain), foot: u32(d, offFoot)}
	if flags&table1 != 0 {
		r.table = streams["1Table"]
	}
	if err := r.readPieces(); err != nil {
		return nil, err
	}
	r.readBold()
	r.readNumbered()
	return r, nil
}

// u16 and u32 read a number, 0 beyond the end.
func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(b[at:]))
}

// cut is b[at:at+n], nil where that is not inside.
func cut(b []byte, at, n int) []byte {
	if at < 0 || n < 0 || at > len(b) || n > len(b)-at {
		return nil
	}
	return b[at : at+n]
}

// readPieces finds the piece table.
func (r *reader) readPieces() error {
	clx := cut(r.table, u32(r.doc, offClx), u32(r.doc, offClx+4))
	for len(clx) > 0 && clx[0] == 1 {
		clx = clx[min(len(clx), 3+u16(clx, 1)):]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return ErrFormat
	}
	plc := cut(clx, 5, u32(clx, 1))
	n := (len(plc) - 4) / 12
	total := 0
	for i := range n {
		chars := u32(plc, 4*(i+1)) - u32(plc, 4*i)
		fc := u32(plc, 4*(n+1)+8*i+2)
		p := piece{chars: chars, at: fc & 0x3fffffff}
		if fc&0x40000000 != 0 {
			p.narrow, p.at = true, p.at/2
		}
		if total += chars; chars < 0 || total > maxChars {
			return ErrFormat
		}
		r.pieces = append(r.pieces, p)
	}
	if len(r.pieces) == 0 {
		return ErrFormat
	}
	return nil
}

// char is a UTF-16 unit with its weight.
type char struct {
	unit uint16
	bold bool
}

// chars gives all characters in order; narrow ones are in Windows-1252.
func (r *reader) chars() []char {
	var out []char
	for _, p := range r.pieces {
		width := 2
		if p.narrow {
			width = 1
		}
		r.work.Check()
		bold := boldIn(r.bold, p.at)
		for i := range p.chars {
			at := p.at + i*width
			b := cut(r.doc, at, width)
			if b == nil {
				break
			}
			c := char{bold: bold(at)}
			if p.narrow {
				c.unit = uint16(charmap.Windows1252.DecodeByte(b[0]))
			} else {
				c.unit = binary.LittleEndian.Uint16(b)
			}
			out = append(out, c)
		}
	}
	return out
}

func (r *reader) read() (plain.Text, error) {
	all := r.chars()
	main := min(r.main, len(all))
	foot := min(main+r.foot, len(all))
	w := writer{work: r.work}
	w.text(all[:main])
	lost := r.main > len(all)
	if w.notes > 0 && foot > main {
		w.out.Blank()
		w.footnotes(all[main:foot])
	}
	if lost {
		w.out.Missing = append(w.out.Missing, "文件已损坏，后面的内容读不出来")
	}
	if r.numbered {
		w.out.Missing = append(w.out.Missing, "文中有 Word 自动编号，编号未能读出（另存为 .docx 后可以）")
	}
	return w.out.Finish()
}

// writer turns Word's characters into paragraphs.
type writer struct {
	work  *bound.Work
	out   plain.Writer
	runs  []plain.Run
	cells []string
	// columns is what the head of the table being written says.
	columns plain.Columns
	// field is the depth of open fields; in a field's code nothing is printed.
	field, code int
	notes       int
}

// text writes the main text. Control characters structure it: 13 ends a
// paragraph, 7 a cell and a row, 19–21 enclose fields.
func (w *writer) text(chars []char) {
	cellEnd := false
	for i := 0; i < len(chars); i++ {
		c := chars[i]
		wasCell := cellEnd
		cellEnd = false
		switch c.unit {
		case 0x13:
			w.field++
			w.code = w.field
			continue
		case 0x14:
			if w.code == w.field {
				w.code = 0
			}
			continue
		case 0x15:
			if w.code >= w.field {
				w.code = 0
			}
			w.field = max(0, w.field-1)
			continue
		}
		if w.code > 0 {
			continue
		}
		switch c.unit {
		case 0x07:
			cellEnd = true
			if wasCell {
				w.row()
				continue
			}
			w.cells = append(w.cells, w.take())
		case '\r':
			w.paragraph()
		case 0x0c:
			w.paragraph()
			if len(w.cells) == 0 {
				w.out.Blank()
			}
		case 0x0b:
			w.add("\n", c.bold)
		case 0x02:
			w.notes++
			w.add(fmt.Sprintf("［%d］", w.notes), c.bold)
		case '\t':
			w.add(" ", c.bold)
		case 0x1e:
			w.add("-", c.bold)
		default:
			if c.unit < 0x20 {
				continue
			}
			if utf16.IsSurrogate(rune(c.unit)) && i+1 < len(chars) {
				w.add(string(utf16.Decode([]uint16{c.unit, chars[i+1].unit})), c.bold)
				i++
				continue
			}
			w.add(string(rune(c.unit)), c.bold)
		}
	}
	w.paragraph()
	w.row()
}

func (w *writer) add(s string, bold bool) {
	if n := len(w.runs); n > 0 && w.runs[n-1].Bold == bold && len(w.runs[n-1].Text) < 4096 {
		w.runs[n-1].Text += s
		return
	}
	w.runs = append(w.runs, plain.Run{Text: s, Bold: bold})
}

func (w *writer) take() string {
	s := plain.Marked(w.runs)
	w.runs = nil
	return s
}

// paragraph ends a paragraph; inside a row it only parts lines of a cell.
func (w *writer) paragraph() {
	w.work.Check()
	if len(w.cells) > 0 {
		w.add("\n", false)
		return
	}
	if s := w.take(); strings.TrimSpace(s) != "" {
		w.out.Paragraph(s)
		w.columns = plain.Columns{}
	}
}

// row ends a table's row: its cells make one line.
func (w *writer) row() {
	w.out.Row(w.columns.Line(w.cells, nil))
	w.cells = nil
}

// footnotes writes the notes, one a line; each begins with its mark.
func (w *writer) footnotes(chars []char) {
	n := 0
	var b strings.Builder
	flush := func() {
		if s := strings.TrimSpace(plain.Clean(b.String())); s != "" && n > 0 {
			w.out.Paragraph(fmt.Sprintf("［%d］%s", n, s))
		}
		b.Reset()
	}
	for _, c := range chars {
		switch {
		case c.unit == 0x02:
			flush()
			n++
		case c.unit >= 0x20:
			b.WriteRune(rune(c.unit))
		}
	}
	flush()
}
