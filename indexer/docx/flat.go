package docx

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Word document can stand in one XML file: as a flat package (pkg:package of
// ECMA-376 part 3), whose parts are those of a .docx, or in the older form of
// Word 2003 (w:wordDocument). Both become the package they stand for.

// Part is a file of a package.
type Part struct{ Name, Body string }

// Package writes parts as a package that [Read] reads.
func Package(parts []Part) ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.Name, Method: zip.Store})
		if err != nil {
			return nil, fmt.Errorf("packing %q: %w", p.Name, err)
		}
		if _, err := io.WriteString(w, p.Body); err != nil {
			return nil, fmt.Errorf("packing %q: %w", p.Name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("packing: %w", err)
	}
	return buf.Bytes(), nil
}

// Flat gives the package that an XML file of Word stands for. src is its text
// in UTF-8, whatever encoding its declaration names.
func Flat(src string) ([]byte, error) {
	var parts []Part
	var err error
	if strings.Contains(src[:min(len(src), 4096)], "wordDocument") {
		parts, err = word2003(src)
	} else {
		parts, err = flatParts(src)
	}
	if err != nil {
		return nil, err
	}
	return Package(parts)
}

// element is where an element stands: from its start tag to its end tag, and what is inside.
type element struct{ start, inner, innerEnd, end int }

// eachOutermost calls f for every element that wanted names, none within another.
func eachOutermost(src string, wanted func(local string) bool, f func(e xml.StartElement, at element)) error {
	d := xml.NewDecoder(strings.NewReader(src))
	d.Strict, d.CharsetReader = true, func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var open xml.StartElement
	var at element
	depth, inside := 0, 0
	for {
		before := int(d.InputOffset())
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("文档已损坏：%w", inChinese(err))
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return fmt.Errorf("文档已损坏：%w", errNesting)
			}
			if inside == 0 && wanted(t.Name.Local) {
				inside, open = depth, t.Copy()
				at = element{start: before, inner: int(d.InputOffset())}
			}
		case xml.EndElement:
			if depth == inside && inside > 0 {
				at.innerEnd, at.end = before, int(d.InputOffset())
				f(open, at)
				inside = 0
			}
			depth--
		}
	}
}

var errNesting = errors.New("XML 嵌套过深")

// flatParts takes the parts out of a flat package.
func flatParts(src string) ([]Part, error) {
	var parts []Part
	err := eachOutermost(src, func(l string) bool { return l == "part" }, func(e xml.StartElement, at element) {
		name, body := strings.TrimPrefix(attr(e, "name"), "/"), src[at.inner:at.innerEnd]
		_ = eachOutermost(body, func(l string) bool { return l == "xmlData" || l == "binaryData" }, func(e xml.StartElement, at element) {
			data := body[at.inner:at.innerEnd]
			if e.Name.Local == "binaryData" {
				decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
				if err != nil {
					return
				}
				data = string(decoded)
			}
			parts = append(parts, Part{name, data})
		})
	})
	if err == nil && len(parts) == 0 {
		err = ErrFormat
	}
	return parts, err
}

// word2003 takes the body and the styles out of a document of Word 2003. Its
// lists print their numbers beside each paragraph.
func word2003(src string) ([]Part, error) {
	var parts []Part
	err := eachOutermost(src, func(l string) bool { return l == "body" || l == "styles" }, func(e xml.StartElement, at element) {
		if whole := src[at.start:at.end]; e.Name.Local == "body" {
			parts = append(parts, Part{"word/document.xml", "<w:document>" + printNumbers(whole) + "</w:document>"})
		} else {
			parts = append(parts, Part{"word/styles.xml", whole})
		}
	})
	if err == nil && len(parts) == 0 {
		err = ErrFormat
	}
	return parts, err
}

// printNumbers writes the number of a list's paragraph, which Word 2003 keeps
// as an attribute (wx:t wx:val="1."), as the paragraph's first run.
func printNumbers(body string) string {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(body))
	done, number, inList := 0, "", false
	for {
		t, err := d.RawToken()
		if err != nil {
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "listPr":
				inList = true
			case inList && t.Name.Space == "wx" && t.Name.Local == "t":
				number = attr(t, "val")
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "listPr":
				inList = false
			case "p":
				number = ""
			case "pPr":
				if number != "" {
					at := int(d.InputOffset())
					b.WriteString(body[done:at])
					b.WriteString("<w:r><w:t>")
					_ = xml.EscapeText(&b, []byte(number))
					b.WriteString("</w:t></w:r>")
					done, number = at, ""
				}
			}
		}
	}
	b.WriteString(body[done:])
	return b.String()
}
