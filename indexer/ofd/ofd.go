// Package ofd reads OFD files (GB/T 33190, the page format of Chinese official
// papers): a zip of XML in which every character has a place on its page.
package ofd

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"youju/indexer/bound"
	"youju/indexer/layout"
	"youju/indexer/plain"
)

// Limits against hostile files.
const (
	maxPages  = 5000
	maxGlyphs = 4_000_000
	maxRules  = 5000 // of a page
)

// Errors with texts for operators.
var (
	ErrPages = bound.Fail(bound.TooManyPages, fmt.Sprintf("OFD 超过 %d 页，未读取", maxPages))
	ErrLarge = bound.Fail(bound.TooBig, fmt.Sprintf("OFD 超过 %d 字，未读取", maxGlyphs))
)

// ErrFormat says that a file looks like OFD and holds no document.
var ErrFormat = bound.Fail(bound.Damaged, "不是完整的 OFD 文件")

// Read reads a file's bytes within what work may cost.
func Read(work *bound.Work, data []byte) (plain.Text, error) {
	z, err := bound.Directory(data)
	if err != nil {
		return plain.Text{}, fmt.Errorf("%w：%w", ErrFormat, err)
	}
	r := reader{work: work, read: map[string]bool{}, files: map[string]*zip.File{}, bold: map[string]bool{}}
	for _, f := range z.File {
		r.files[key(f.Name)] = f
	}
	if r.files["encryptions.xml"] != nil || r.files["decryptseed.dat"] != nil {
		return plain.Text{}, plain.ErrEncrypted
	}
	var roots []string
	err = r.elements("OFD.xml", func(e xml.StartElement, text func() string) {
		if e.Name.Local == "DocRoot" {
			roots = append(roots, text())
		}
	})
	switch {
	case bound.IsLimit(err):
		return plain.Text{}, err
	case err != nil || len(roots) == 0:
		return plain.Text{}, ErrFormat
	}
	for _, root := range roots {
		if err := r.document(path.Join("/", clean(root))); err != nil {
			return plain.Text{}, err
		}
	}
	if r.glyphs == 0 {
		if len(r.pages) == 0 {
			return plain.Text{}, ErrFormat
		}
		return plain.Text{Pages: len(r.pages)}, plain.ErrScanned
	}
	if r.private*2 > r.glyphs {
		return plain.Text{Pages: len(r.pages)}, errFonts
	}
	return r.text()
}

// errFonts says that no character can be made out.
var errFonts = bound.Fail(bound.Scanned, "字体使用自造编码，文字无法辨认，需要先做文字识别，或用 --ocr 指定识别程序")

func (r *reader) text() (plain.Text, error) {
	t, err := layout.Text(r.work, r.pages)
	if err != nil {
		return t, err
	}
	if r.repeated > 0 {
		t.Missing = append(t.Missing, fmt.Sprintf("有%d页与前面的页是文件里的同一部分，只读一次", r.repeated))
	}
	if len(r.broken) > 0 {
		t.Missing = append(t.Missing, fmt.Sprintf("有%d页读不出来（从第%d页起），内容未收录", len(r.broken), r.broken[0]))
	}
	if r.private > 0 {
		t.Missing = append(t.Missing, fmt.Sprintf("字体使用自造编码，%d个字无法辨认", r.private))
	}
	return t, nil
}

// reader reads one package.
type reader struct {
	work  *bound.Work
	files map[string]*zip.File
	// read holds the parts that were read: none is read twice, however many name it.
	read  map[string]bool
	pages []layout.Page
	// bold holds the IDs of bold fonts.
	bold            map[string]bool
	broken          []int
	glyphs, private int
	// repeated counts the pages whose part was read before.
	repeated int
}

// clean brings a path inside the package into one form, key into the form it is looked up by.
func clean(name string) string { return strings.TrimSpace(strings.ReplaceAll(name, `\`, "/")) }
func key(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+clean(name)), "/"))
}

// beside resolves a location that another part names: absolute or next to it.
func beside(part, location string) string {
	if location = clean(location); strings.HasPrefix(location, "/") {
		return location
	}
	return path.Join(path.Dir(part), location)
}

// elements calls f for each element of a part; text gives the element's own
// characters. A missing or broken part is an error.
func (r *reader) elements(part string, f func(e xml.StartElement, text func() string)) error {
	file := r.files[key(part)]
	if file == nil {
		return ErrFormat
	}
	r.read[key(part)] = true
	body, err := r.work.Unpack(file)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(body)
	d.CharsetReader = charset
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			f(e, func() string {
				var b strings.Builder
				for {
					t, err := d.RawToken()
					if err != nil {
						return b.String()
					}
					switch t := t.(type) {
					case xml.CharData:
						b.Write(t)
					case xml.EndElement:
						return b.String()
					}
				}
			})
		}
	}
}

func charset(name string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "gb18030", "gbk", "gb2312":
		return simplifiedchinese.GB18030.NewDecoder().Reader(r), nil
	case "utf-8", "utf8":
		return r, nil
	}
	return nil, fmt.Errorf("encoding %q", name)
}

// document reads a document's fonts and pages. What is broken is left out; an
// error is a limit's.
func (r *reader) document(root string) error {
	if r.read[key(root)] {
		return nil
	}
	var pages, resources []string
	box := box{w: 210, h: 297}
	err := r.elements(root, func(e xml.StartElement, text func() string) {
		switch e.Name.Local {
		case "PhysicalBox":
			if b := readBox(text()); b.w > 0 && b.h > 0 {
				box = b
			}
		case "PublicRes", "DocumentRes":
			resources = append(resources, beside(root, text()))
		case "Page":
			if loc := attr(e, "BaseLoc"); loc != "" {
				pages = append(pages, beside(root, loc))
			}
		}
	})
	for _, part := range resources {
		if !bound.IsLimit(err) && !r.read[key(part)] {
			err = r.fonts(part)
		}
	}
	if len(r.pages)+len(pages) > maxPages {
		return ErrPages
	}
	for _, part := range pages {
		switch {
		case bound.IsLimit(err) || errors.Is(err, ErrLarge):
			return err
		case r.read[key(part)]:
			r.repeated++
		default:
			err = r.page(part, box)
		}
	}
	if bound.IsLimit(err) || errors.Is(err, ErrLarge) {
		return err
	}
	return nil
}

// fonts notes which fonts are bold.
func (r *reader) fonts(part string) error {
	return r.elements(part, func(e xml.StartElement, _ func() string) {
		if e.Name.Local != "Font" {
			return
		}
		name := strings.ToLower(attr(e, "FontName") + attr(e, "FamilyName"))
		bold := attr(e, "Bold") == "true"
		for _, word := range []string{"bold", "黑体", "simhei", "小标宋", "粗"} {
			bold = bold || strings.Contains(name, word)
		}
		if bold {
			r.bold[attr(e, "ID")] = true
		}
	})
}

// page reads a page's text objects.
func (r *reader) page(part string, area box) error {
	p := layout.Page{Width: area.w, Height: area.h}
	var object textObject
	var drawn pathObject
	err := r.elements(part, func(e xml.StartElement, text func() string) {
		switch e.Name.Local {
		case "PhysicalBox":
			if b := readBox(text()); b.w > 0 && b.h > 0 {
				p.Width, p.Height = b.w, b.h
			}
		case "TextObject":
			object = newTextObject(e)
			object.bold = object.bold || r.bold[attr(e, "Font")]
		case "PathObject":
			drawn = newPathObject(e)
		case "AbbreviatedData":
			if len(p.Rules) < maxRules {
				p.Rules = append(p.Rules, drawn.rules(text())...)
			}
		case "TextCode":
			if r.glyphs > maxGlyphs || object.askew() {
				return
			}
			r.work.Check()
			for _, g := range object.glyphs(e, text()) {
				r.glyphs++
				if g.R >= 0xe000 && g.R <= 0xf8ff {
					r.private++
					continue
				}
				p.Glyphs = append(p.Glyphs, g)
			}
		}
	})
	r.pages = append(r.pages, p)
	if err != nil {
		r.broken = append(r.broken, len(r.pages))
	}
	if r.glyphs > maxGlyphs {
		return ErrLarge
	}
	return err
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
