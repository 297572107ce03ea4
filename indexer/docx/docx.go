// Package docx reads Word's .docx files (ECMA-376) into plain text: the
// paragraphs with the numbers that Word generates, bold run-ins, headings by
// style, tables by row, footnotes at the end.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"youju/indexer/plain"
)

// Limits against hostile files: the size of one part when expanded, and how
// deep elements may nest.
const (
	maxPart  = 64 << 20
	maxDepth = 512
)

// ErrFormat says that a file looks like a .docx and holds no document.
var ErrFormat = errors.New("不是完整的 Word 文档（.docx）")

// Read reads a file's bytes.
func Read(data []byte) (plain.Text, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return plain.Text{}, fmt.Errorf("%w：%v", ErrFormat, err)
	}
	p := parts{files: map[string]*zip.File{}}
	for _, f := range z.File {
		if name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"); p.files[name] == nil {
			p.files[name] = f
		}
	}
	main := p.main()
	if p.files[main] == nil {
		return plain.Text{}, ErrFormat
	}
	dir := path.Dir(main)
	w := &walker{
		styles:    readStyles(p.open(path.Join(dir, "styles.xml"))),
		numbering: readNumbering(p.open(path.Join(dir, "numbering.xml"))),
	}
	broken := w.walk(p.open(main))
	if broken != nil {
		if w.out.Len() == 0 {
			return plain.Text{}, fmt.Errorf("文档已损坏：%w", inChinese(broken))
		}
		w.out.Missing = append(w.out.Missing, fmt.Sprintf("文件已损坏，第%d段以后的内容读不出来（%v）", w.out.Line()-1, inChinese(broken)))
	}
	w.notes(p.open(path.Join(dir, "footnotes.xml")), p.open(path.Join(dir, "endnotes.xml")))
	return w.out.Finish()
}

// inChinese says what is wrong with a part.
func inChinese(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("XML 第%d行有误", syntax.Line)
	case errors.Is(err, plain.ErrTooLarge):
		return plain.ErrTooLarge
	}
	return errors.New("压缩数据有误")
}

// parts are the files inside the package.
type parts struct{ files map[string]*zip.File }

// main is the name of the document's part.
func (p parts) main() string {
	name := "word/document.xml"
	_ = eachElement(p.open("_rels/.rels"), func(e xml.StartElement) {
		if e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
			name = strings.TrimPrefix(path.Clean("/"+attr(e, "Target")), "/")
		}
	})
	return name
}

// open gives a part's bytes as a reader; a missing part is empty.
func (p parts) open(name string) io.Reader {
	f := p.files[name]
	if f == nil {
		return strings.NewReader("")
	}
	r, err := f.Open()
	if err != nil {
		return &failing{err}
	}
	return &bounded{r: r, left: maxPart}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

// bounded fails where a part is larger than a document's can be. What it
// reads comes from memory, so that nothing needs closing.
type bounded struct {
	r    io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, plain.ErrTooLarge
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// on reads a switch such as <w:b/> or <w:b w:val="0"/>.
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// eachElement calls f for every element that begins.
func eachElement(r io.Reader, f func(xml.StartElement)) error {
	d := xml.NewDecoder(r)
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			f(e)
		}
	}
}
