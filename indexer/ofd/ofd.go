// Package ofd reads OFD files (GB/T 33190, the page format of Chinese official
// papers): a zip of XML in which every character has a place on its page.
package ofd

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"youju/indexer/layout"
	"youju/indexer/plain"
)

// Limits against hostile files.
const (
	maxPart   = 64 << 20
	maxPages  = 5000
	maxGlyphs = 8_000_000
)

// ErrFormat says that a file looks like OFD and holds no document.
var ErrFormat = errors.New("不是完整的 OFD 文件")

// Read reads a file's bytes.
func Read(data []byte) (plain.Text, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return plain.Text{}, fmt.Errorf("%w：%v", ErrFormat, err)
	}
	r := reader{files: map[string]*zip.File{}, bold: map[string]bool{}}
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
	if err != nil || len(roots) == 0 {
		return plain.Text{}, ErrFormat
	}
	for _, root := range roots {
		r.document(path.Join("/", clean(root)))
	}
	if r.glyphs == 0 {
		if len(r.pages) == 0 {
			return plain.Text{}, ErrFormat
		}
		return plain.Text{}, plain.ErrScanned
	}
	return r.text()
}

func (r *reader) text() (plain.Text, error) {
	t, err := layout.Text(r.pages)
	if err != nil {
		return t, err
	}
	if len(r.broken) > 0 {
		t.Missing = append(t.Missing, fmt.Sprintf("有%d页读不出来（从第%d页起），内容未收录", len(r.broken), r.broken[0]))
	}
	if r.private*20 > r.glyphs {
		t.Missing = append(t.Missing, fmt.Sprintf("字体使用自造编码，%d个字无法辨认", r.private))
	}
	return t, nil
}

// reader reads one package.
type reader struct {
	files map[string]*zip.File
	pages []layout.Page
	// bold holds the IDs of bold fonts.
	bold            map[string]bool
	broken          []int
	glyphs, private int
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
	body, err := file.Open()
	if err != nil {
		return err
	}
	defer body.Close()
	d := xml.NewDecoder(io.LimitReader(body, maxPart))
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

// document reads a document's fonts and pages.
func (r *reader) document(root string) {
	var pages []string
	box := box{w: 210, h: 297}
	_ = r.elements(root, func(e xml.StartElement, text func() string) {
		switch e.Name.Local {
		case "PhysicalBox":
			if b := readBox(text()); b.w > 0 && b.h > 0 {
				box = b
			}
		case "PublicRes", "DocumentRes":
			r.fonts(beside(root, text()))
		case "Page":
			if loc := attr(e, "BaseLoc"); loc != "" && len(pages) < maxPages {
				pages = append(pages, beside(root, loc))
			}
		}
	})
	for _, part := range pages {
		r.page(part, box)
	}
}

// fonts notes which fonts are bold.
func (r *reader) fonts(part string) {
	_ = r.elements(part, func(e xml.StartElement, _ func() string) {
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
func (r *reader) page(part string, area box) {
	p := layout.Page{Width: area.w, Height: area.h}
	var object textObject
	err := r.elements(part, func(e xml.StartElement, text func() string) {
		switch e.Name.Local {
		case "PhysicalBox":
			if b := readBox(text()); b.w > 0 && b.h > 0 {
				p.Width, p.Height = b.w, b.h
			}
		case "TextObject":
			object = newTextObject(e)
			object.bold = object.bold || r.bold[attr(e, "Font")]
		case "TextCode":
			if r.glyphs > maxGlyphs {
				return
			}
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
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
