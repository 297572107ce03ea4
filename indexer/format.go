package indexer

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"time"

	"youju/indexer/docx"
	"youju/indexer/pdf"
	"youju/indexer/plain"
	"youju/report"
)

// Formats as Source.Format spells them.
const (
	formatText     = "text"
	formatMarkdown = "markdown"
	formatHTML     = "html"
	formatDOCX     = "docx"
	formatPDF      = "pdf"
	formatOFD      = "ofd"
	formatDOC      = "doc"
	formatZIP      = "zip"
)

// Reader reads files. The zero value reads every format that needs nothing
// from outside the program.
type Reader struct {
	// OCR is an external command and its arguments for scanned pages; it gets
	// the file's path as its last argument and prints text.
	OCR []string
	// Cache is a folder for what is prepared once, or "" for the user's cache folder.
	Cache string
	// TimeLimit bounds the reading of one file, 0 for [DefaultTimeLimit].
	TimeLimit time.Duration
}

// DefaultTimeLimit is how long one file may take to read: a report's PDF takes
// two seconds, a thousand pages of a plan a minute.
const DefaultTimeLimit = 3 * time.Minute

// format is a kind of file: how its bytes are known, and who reads them. A
// new format is a new line here and a room of its own below this folder.
type format struct {
	name string
	is   func(head []byte, names *zipNames) bool
	read func(ctx context.Context, r *Reader, data []byte) (plain.Text, error)
}

var formats = []format{
	{formatDOCX, hasEntry("word/document.xml"), func(_ context.Context, _ *Reader, data []byte) (plain.Text, error) { return docx.Read(data) }},
	{formatPDF, func(head []byte, _ *zipNames) bool {
		return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-"))
	}, readPDF},
	{"xlsx", hasEntry("xl/workbook.xml"), refuse("电子表格（.xlsx）不能收录，请另存为文本或 PDF")},
	{"pptx", hasEntry("ppt/presentation.xml"), refuse("演示文稿（.pptx）不能收录，请另存为 PDF")},
	{"gzip", magic("\x1f\x8b"), refuse("不支持这种压缩包，请解压后再收录（支持 .zip）")},
	{"7z", magic("7z\xbc\xaf\x27\x1c"), refuse("不支持 .7z 压缩包，请解压后再收录（支持 .zip）")},
	{"rar", magic("Rar!\x1a\x07"), refuse("不支持 .rar 压缩包，请解压后再收录（支持 .zip）")},
}

func readPDF(ctx context.Context, r *Reader, data []byte) (plain.Text, error) {
	return pdf.Read(ctx, r.Cache, data)
}

// Read splits one file's bytes into its documents like the function of this name.
func (r *Reader) Read(ctx context.Context, name string, data []byte) ([]*report.Document, error) {
	docs, _, err := r.read(ctx, name, data)
	return docs, err
}

// detect finds the format of bytes, nil for text.
func detect(data []byte) *format {
	names := &zipNames{data: data}
	for i := range formats {
		if formats[i].is(data[:min(len(data), 2048)], names) {
			return &formats[i]
		}
	}
	return nil
}

// extract gives a file's format and its text. A reader that fails on bytes
// nobody foresaw stops that file only.
func (r *Reader) extract(ctx context.Context, data []byte) (name string, t plain.Text, err error) {
	limit := r.TimeLimit
	if limit == 0 {
		limit = DefaultTimeLimit
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if f := detect(data); f != nil {
		defer func() {
			if p := recover(); p != nil {
				err = errors.New("文件结构异常，无法读取")
			}
		}()
		t, err = f.read(ctx, r, data)
		return f.name, t, err
	}
	src, err := decode(data)
	if err != nil {
		return formatText, t, err
	}
	return textFormat(src), plain.Text{Body: src}, nil
}

// textFormat tells the formats that are text.
func textFormat(src string) string {
	switch {
	case looksLikeHTML.MatchString(src):
		return formatHTML
	case strings.Contains(src, "**") || strings.Contains(src, "\n# ") || strings.HasPrefix(src, "# "):
		return formatMarkdown
	}
	return formatText
}

func magic(prefix string) func([]byte, *zipNames) bool {
	return func(head []byte, _ *zipNames) bool { return bytes.HasPrefix(head, []byte(prefix)) }
}

func hasEntry(name string) func([]byte, *zipNames) bool {
	return func(_ []byte, z *zipNames) bool { return z.has(name) }
}

// refuse is the reader of a format that is known and not read.
func refuse(why string) func(context.Context, *Reader, []byte) (plain.Text, error) {
	err := errors.New(why)
	return func(context.Context, *Reader, []byte) (plain.Text, error) { return plain.Text{}, err }
}

// zipNames lists the entries of a zip file, once.
type zipNames struct {
	data  []byte
	names map[string]bool
}

func (z *zipNames) has(name string) bool {
	if z.names == nil {
		z.names = map[string]bool{}
		if !bytes.HasPrefix(z.data, []byte("PK")) {
			return false
		}
		r, err := zip.NewReader(bytes.NewReader(z.data), int64(len(z.data)))
		if err != nil {
			return false
		}
		for _, f := range r.File {
			z.names[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = true
		}
	}
	return z.names[name]
}
