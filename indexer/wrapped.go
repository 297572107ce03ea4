package indexer

import (
	"bytes"
	"strings"

	"youju/indexer/bound"
	"youju/indexer/docx"
	"youju/indexer/mail"
	"youju/indexer/odt"
	"youju/indexer/pattern"
	"youju/indexer/plain"
	"youju/indexer/sheet"
	"youju/report"
)

// What wraps a text in another form: messages that hold pages, documents in one
// XML file, tables as text.

const refuseUOF = "UOF 文档（.uof、.uot）不能收录，请另存为 .docx 或 PDF"

// ErrXML says that a text is XML of a kind that is no document.
var ErrXML = bound.Fail(bound.Unsupported, "是 XML 数据，不是可以收录的文档；请另存为 .docx、网页或文本")

// readMail reads the page or the text of a message.
func readMail(work *bound.Work, _ *Reader, data []byte) (plain.Text, error) {
	m, err := mail.Read(data)
	if err != nil {
		return plain.Text{}, err
	}
	src, damage, err := decode(m.Body)
	if err != nil {
		return plain.Text{}, err
	}
	t := plain.Text{Body: src, HTML: m.HTML}
	if damage != "" {
		t.Missing = append(t.Missing, damage)
	}
	if len(m.Attachments) > 0 {
		t.Missing = append(t.Missing, "邮件的附件没有读取："+strings.Join(m.Attachments, "、"))
	}
	return t, nil
}

func readODT(work *bound.Work, _ *Reader, data []byte) (plain.Text, error) {
	converted, err := odt.Convert(work, data)
	if err != nil {
		return plain.Text{}, err
	}
	return docx.Read(work, converted)
}

// wordXML are the roots of documents that stand in one XML file.
var wordXML = pattern.MustCompile(`<(?:pkg:package|w:wordDocument|office:document)[\s>]`)

func isWordXML(head []byte, _ *zipNames) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \r\n\t")
	return bytes.HasPrefix(head, []byte("<")) && wordXML.MatchString(string(head))
}

func readWordXML(work *bound.Work, _ *Reader, data []byte) (plain.Text, error) {
	src, _, err := decode(data)
	if err != nil {
		return plain.Text{}, err
	}
	convert := docx.Flat
	if strings.Contains(src[:min(len(src), 4096)], "<office:document") {
		convert = odt.Flat
	}
	converted, err := convert(src)
	if err != nil {
		return plain.Text{}, err
	}
	return docx.Read(work, converted)
}

// anyXML begins a text in XML, uof one of the office form UOF.
var (
	anyXML = pattern.MustCompile(`^\s*<(?:\?xml[\s?]|[a-zA-Z]+:[a-zA-Z])`)
	uof    = pattern.MustCompile(`<(?:uof|UOF|字):`)
)

// readText reads a text that is neither a page nor Markdown: a table of values,
// or as it is. XML is no text.
func readText(work *bound.Work, t plain.Text) (string, plain.Text, error) {
	head := cutRunes(t.Body, 4096)
	switch {
	case anyXML.MatchString(head) && uof.MatchString(head):
		return "uof", plain.Text{}, bound.Fail(bound.Unsupported, refuseUOF)
	case anyXML.MatchString(head):
		return "xml", plain.Text{}, ErrXML
	case sheet.IsCSV(t.Body):
		table, err := sheet.CSV(work, t.Body)
		table.Repairs = append([]report.Repair(nil), t.Repairs...)
		table.Missing = append(t.Missing, table.Missing...)
		return formatCSV, table, err
	}
	return formatText, t, nil
}
