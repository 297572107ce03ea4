// Package docx reads Word's .docx files (ECMA-376) into plain text: the
// paragraphs with the numbers that Word generates, bold run-ins, headings by
// style, tables by row, footnotes at the end.
package docx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"youju/indexer/bound"
	"youju/indexer/plain"
)

// maxDepth is how deep elements may nest.
const maxDepth = 512

// ErrFormat says that a file looks like a .docx and holds no document.
var ErrFormat = bound.Fail(bound.Damaged, "不是完整的 Word 文档（.docx）")

// Read reads a file's bytes within what work may cost.
func Read(work *bound.Work, data []byte) (plain.Text, error) {
	z, err := bound.Directory(data)
	if err != nil {
		return plain.Text{}, fmt.Errorf("%w：%w", ErrFormat, err)
	}
	p := parts{work: work, files: map[string]*zip.File{}}
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
		work:      work,
		styles:    readStyles(p.open(path.Join(dir, "styles.xml"))),
		numbering: readNumbering(p.open(path.Join(dir, "numbering.xml"))),
	}
	broken := w.walk(p.open(main))
	if bound.IsLimit(broken) {
		return plain.Text{}, broken
	}
	if broken != nil {
		if w.out.Len() == 0 {
			return plain.Text{}, fmt.Errorf("文档已损坏：%w", inChinese(broken))
		}
		w.out.Missing = append(w.out.Missing, fmt.Sprintf("文件已损坏，第%d段以后的内容读不出来（%v）", w.out.Line()-1, inChinese(broken)))
	}
	w.notes(p.open(path.Join(dir, "footnotes.xml")), p.open(path.Join(dir, "endnotes.xml")))
	if err := work.Err(); err != nil {
		return plain.Text{}, err
	}
	return w.out.Finish()
}

// inChinese says what is wrong with a part.
func inChinese(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("XML 第%d行有误", syntax.Line)
	}
	return errors.New("压缩数据有误")
}

// parts are the files inside the package.
type parts struct {
	work  *bound.Work
	files map[string]*zip.File
}

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
	r, err := p.work.Unpack(f)
	if err != nil {
		return &failing{err}
	}
	return r
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

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
