package indexer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"youju/indexer/archive"
	"youju/indexer/bound"
	"youju/indexer/doc"
	"youju/indexer/docx"
	"youju/indexer/mail"
	"youju/indexer/ofd"
	"youju/indexer/pdf"
	"youju/indexer/plain"
	"youju/indexer/sheet"
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
	formatMail     = "mime"
	formatWordXML  = "wordxml"
	formatODT      = "odt"
	formatXLSX     = "xlsx"
	formatCSV      = "csv"
)

// Supported names what is read, for operators.
const Supported = "文本、网页、网页存档和邮件（.mhtml、.mht、.eml）、.docx、.doc、.wps、.odt、.xlsx、.csv、.pdf、.ofd，以及含有它们的 .zip"

// Reader reads files. The zero value reads every format that needs nothing
// from outside the program.
type Reader struct {
	// OCR is an external command and its arguments for scanned pages; it gets
	// the file's path as its last argument and prints text.
	OCR []string
	// Rules names the program whose rules read the files; what another one read
	// is not taken over.
	Rules string
	// Cache is a folder for what is prepared once, or "" for the user's cache folder.
	Cache string
	// TimeLimit bounds the reading and splitting of one file, OCRLimit the
	// recognition of a scanned one; 0 for the defaults. See bounds.go.
	TimeLimit, OCRLimit time.Duration
}

// format is a kind of file: how its bytes are known, and who reads them. A
// new format is a new line here and a room of its own below this folder.
type format struct {
	name string
	is   func(head []byte, names *zipNames) bool
	read func(work *bound.Work, r *Reader, data []byte) (plain.Text, error)
}

var formats = []format{
	{formatDOCX, isDOCX, func(work *bound.Work, _ *Reader, data []byte) (plain.Text, error) { return docx.Read(work, data) }},
	{formatPDF, func(head []byte, _ *zipNames) bool {
		return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-"))
	}, readPDF},
	{formatOFD, hasEntry("ofd.xml"), func(work *bound.Work, _ *Reader, data []byte) (plain.Text, error) { return ofd.Read(work, data) }},
	{formatDOC, magic("\xd0\xcf\x11\xe0"), readDOC},
	{"rtf", magic(`{\rtf`), func(work *bound.Work, _ *Reader, data []byte) (plain.Text, error) {
		return readConverted(work, data, ".rtf", doc.ErrNoOffice)
	}},
	{formatXLSX, hasEntry("xl/workbook.xml"), func(work *bound.Work, _ *Reader, data []byte) (plain.Text, error) {
		return sheet.Workbook(work, data)
	}},
	{"pptx", hasEntry("ppt/presentation.xml"), refuse("演示文稿（.pptx）不能收录，请另存为 PDF")},
	{formatODT, hasMark("application/vnd.oasis.opendocument.text"), readODT},
	{"uof", hasEntry("uof.xml"), refuse(refuseUOF)},
	{formatMail, func(head []byte, _ *zipNames) bool { return mail.Is(head) }, readMail},
	{formatWordXML, isWordXML, readWordXML},
	{"opendocument", hasMark("application/vnd.oasis.opendocument"), refuse("这种文件（.ods、.odp）不能收录，请另存为 .xlsx 或 PDF")},
	{"gzip", magic("\x1f\x8b"), refuse("不支持这种压缩包，请解压后再收录（支持 .zip）")},
	{"7z", magic("7z\xbc\xaf\x27\x1c"), refuse("不支持 .7z 压缩包，请解压后再收录（支持 .zip）")},
	{"rar", magic("Rar!\x1a\x07"), refuse("不支持 .rar 压缩包，请解压后再收录（支持 .zip）")},
}

// readDOC reads a .doc or .wps; what is older goes through LibreOffice where
// there is one. A broken file does not: LibreOffice would take its bytes for text.
func readDOC(work *bound.Work, _ *Reader, data []byte) (plain.Text, error) {
	t, err := doc.Read(work, data)
	if errors.Is(err, doc.ErrOld) {
		return readConverted(work, data, ".doc", err)
	}
	return t, err
}

// readConverted reads what LibreOffice makes of a file, or fails
// with otherwise where there is none.
func readConverted(work *bound.Work, data []byte, ending string, otherwise error) (plain.Text, error) {
	converted, err := doc.Convert(work.Context(), data, ending)
	if errors.Is(err, doc.ErrNoOffice) {
		return plain.Text{}, otherwise
	}
	if stop := work.Err(); stop != nil {
		return plain.Text{}, stop
	}
	if err != nil {
		return plain.Text{}, err
	}
	t, err := docx.Read(work, converted)
	t.Repairs = append([]report.Repair{{What: "由 LibreOffice 转换为 .docx 后读取"}}, t.Repairs...)
	return t, err
}

func readPDF(work *bound.Work, r *Reader, data []byte) (plain.Text, error) {
	return pdf.Read(work, r.Cache, data)
}

// Read splits one file's bytes into its documents like the function of this
// name; of an archive it reads every file. It fails where no document was read.
func (r *Reader) Read(ctx context.Context, name string, data []byte) ([]*report.Document, error) {
	packed := false
	if err := bound.Guard(func() error { packed = isArchive(data); return nil }); err != nil {
		return nil, err
	}
	if !packed {
		docs, _, err := r.readWith(ctx, r.budget(data), name, data, metadata{})
		return docs, err
	}
	var docs []*report.Document
	var failed error
	budget := r.archiveBudget(data)
	err := walkArchive(ctx, budget, name, data, func(name string, data []byte, err error) error {
		var more []*report.Document
		if err == nil {
			more, _, err = r.readWith(ctx, r.memberBudget(budget, data), name, data, metadata{})
		}
		if err != nil && failed == nil {
			failed = fmt.Errorf("%s：%w", path.Base(name), err)
		}
		docs = append(docs, more...)
		return ctx.Err()
	})
	switch {
	case err != nil:
		return nil, err
	case len(docs) == 0 && failed != nil:
		return nil, failed
	case len(docs) == 0:
		return nil, ErrEmpty
	}
	return docs, nil
}

// ReadFile reads a file with what the files beside it say of it.
func (r *Reader) ReadFile(ctx context.Context, f File) ([]*report.Document, error) {
	data, err := load(f)
	if err != nil {
		return nil, err
	}
	packed, meta := false, metadata{}
	err = bound.Guard(func() error {
		packed, meta = isArchive(data), describe(f)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if packed {
		return r.Read(ctx, f.Path, data)
	}
	docs, _, err := r.readWith(ctx, r.budget(data), f.Path, data, meta)
	return docs, err
}

// walkArchive calls f for every file of an archive that could be a document.
// Names are paths below the archive's own.
func walkArchive(ctx context.Context, budget *bound.Budget, name string, data []byte, f func(name string, data []byte, err error) error) error {
	return archive.Walk(ctx, budget, data, archive.DefaultLimits, wanted, isArchive, func(e archive.Entry) error {
		return f(strings.TrimSuffix(name+"/"+e.Name, "/"), e.Data, e.Err)
	})
}

// isArchive says that bytes are a zip file of files, not one of the formats that are zip files inside.
func isArchive(data []byte) bool {
	return isZip(data) && detect(data) == nil
}

// isZip knows a zip file, also an empty one, which has an end only.
func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
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

// extract gives a file's format and its text.
func (r *Reader) extract(work *bound.Work, data []byte) (name string, t plain.Text, err error) {
	if f := detect(data); f != nil {
		t, err = f.read(work, r, data)
		return f.name, t, err
	}
	if isArchive(data) {
		return formatZIP, t, bound.Fail(bound.Unsupported, "压缩包请用 youju index 收录")
	}
	src, damage, err := decode(data)
	if err != nil {
		return formatText, t, err
	}
	if damage != "" {
		t.Missing = []string{damage}
	}
	src, note, err := unmisread(src)
	if err != nil {
		return formatText, t, err
	}
	if note != "" {
		t.Repairs = []report.Repair{{What: note}}
	}
	t.Body = plainCharacters(src)
	switch name = textFormat(t.Body); name {
	case formatHTML:
		t.HTML = true
	case formatText:
		return readText(work, t)
	}
	return name, t, nil
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

// hasMark knows a zip file whose first entry says what it is.
func hasMark(kind string) func([]byte, *zipNames) bool {
	return func(head []byte, _ *zipNames) bool {
		return bytes.Contains(head[:min(len(head), 128)], []byte("mimetype"+kind))
	}
}

// isDOCX knows Word's files: some programs call the document's part document2.xml.
func isDOCX(_ []byte, z *zipNames) bool {
	return z.has("word/document.xml") || z.has("word/document2.xml") && z.has("_rels/.rels")
}

func hasEntry(name string) func([]byte, *zipNames) bool {
	return func(_ []byte, z *zipNames) bool { return z.has(name) }
}

// refuse is the reader of a format that is known and not read.
func refuse(why string) func(*bound.Work, *Reader, []byte) (plain.Text, error) {
	err := bound.Fail(bound.Unsupported, why)
	return func(*bound.Work, *Reader, []byte) (plain.Text, error) { return plain.Text{}, err }
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
		r, err := bound.Directory(z.data)
		if err != nil {
			return false
		}
		for _, f := range r.File {
			z.names[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = true
		}
	}
	return z.names[name]
}
