// Package odt turns OpenDocument texts (.odt, ISO/IEC 26300) into packages of
// Word, for which there is a reader: paragraphs with the numbers of their lists,
// bold, headings by level, tables with their covered cells, notes.
package odt

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"youju/indexer/bound"
	"youju/indexer/docx"
	"youju/indexer/plain"
)

// ErrFormat says that a file looks like an .odt and holds no document.
var ErrFormat = bound.Fail(bound.Damaged, "不是完整的 OpenDocument 文本（.odt），请另存为 .docx")

// Convert gives the .docx that an .odt's bytes say the same as.
func Convert(work *bound.Work, data []byte) ([]byte, error) {
	z, err := bound.Directory(data)
	if err != nil {
		return nil, fmt.Errorf("%w：%w", ErrFormat, err)
	}
	manifest, err := part(work, z, "META-INF/manifest.xml")
	if err == nil && strings.Contains(manifest, "encryption-data") {
		return nil, plain.ErrEncrypted
	}
	content, err := part(work, z, "content.xml")
	if err != nil {
		return nil, err
	}
	styles, err := part(work, z, "styles.xml")
	if err != nil && !errors.Is(err, ErrFormat) {
		return nil, err
	}
	return convert(styles, content)
}

// Flat gives the .docx that a document in one XML file (.fodt) says the same as.
func Flat(src string) ([]byte, error) { return convert("", src) }

func convert(styles, content string) ([]byte, error) {
	w := newWriter()
	// Styles that cannot be read cost the text its bold and its numbers only.
	_ = w.readStyles(styles)
	if err := w.readStyles(content); err != nil {
		return nil, err
	}
	if err := w.readBody(content); err != nil {
		return nil, err
	}
	return docx.Package(w.parts())
}

// part is the text of a file in the package.
func part(work *bound.Work, z *zip.Reader, name string) (string, error) {
	at := slices.IndexFunc(z.File, func(f *zip.File) bool { return f.Name == name })
	if at < 0 {
		return "", ErrFormat
	}
	r, err := work.Unpack(z.File[at])
	if err != nil {
		return "", ErrFormat
	}
	data, err := io.ReadAll(r)
	switch {
	case bound.IsLimit(err):
		return "", err
	case err != nil:
		return "", fmt.Errorf("%w：压缩数据有误", ErrFormat)
	}
	return string(data), nil
}
