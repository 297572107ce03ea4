package indexer

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"mime/quotedprintable"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
	"youju/indexer/docx"
)

// wrappedLines is a small report, a paragraph a line.
var wrappedLines = []string{
	"2024年东阿县政府工作报告",
	"一、2023年工作回顾",
	"全县新建学校3所，改造农村公路86公里，群众出行更加方便。",
	"二、2024年工作安排",
	"改造老旧小区15个，新增公办幼儿园学位900个，办好民生实事。",
}

func wrappedPage() string {
	return "<html><head><title>公开</title></head><body><p>" + strings.Join(wrappedLines, "</p>\n<p>") + "</p></body></html>"
}

func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(files); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Store})
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func paragraphs(before, after string) string {
	return before + strings.Join(wrappedLines, after+before) + after
}

func qp(s string) string {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

func message(kind, encoding, body string) string {
	return "MIME-Version: 1.0\r\nContent-Type: " + kind + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body + "\r\n"
}

func gbk(t testing.TB, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func asBytesOf(t testing.TB, e *charmap.Charmap, s string) string {
	t.Helper()
	out, err := e.NewDecoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// wrappings are the same report in every form that wraps one.
func wrappings(t testing.TB) map[string][]byte {
	multi := func(kind string, parts ...string) string {
		return "From: <saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/" + kind + "; boundary=\"==b\"\r\n\r\n--==b\r\n" +
			strings.Join(parts, "--==b\r\n") + "--==b--\r\n"
	}
	picture := message("image/png", "base64", base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n")))
	text := strings.Join(wrappedLines, "\n\n")
	const odtRoot = `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>`
	const odtEnd = `</office:text></office:body></office:document-content>`
	word := `<w:body>` + paragraphs("<w:p><w:r><w:t>", "</w:t></w:r></w:p>") + `</w:body>`
	out := map[string]string{
		"page.mhtml":     multi("related; type=\"text/html\"", message("text/html; charset=utf-8", "quoted-printable", qp(wrappedPage())), picture),
		"page-gbk.mht":   multi("related", picture, message("text/html; charset=gb2312", "base64", base64.StdEncoding.EncodeToString([]byte(gbk(t, wrappedPage()))))),
		"two-forms.eml":  multi("alternative", message("text/plain; charset=utf-8", "8bit", text), message("text/html; charset=utf-8", "8bit", wrappedPage())),
		"plain.eml":      message("text/plain; charset=utf-8", "base64", base64.StdEncoding.EncodeToString([]byte(text))),
		"flat.xml":       `<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="p"><pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document>` + word + `</w:document></pkg:xmlData></pkg:part></pkg:package>`,
		"word2003.xml":   `<?xml version="1.0"?><w:wordDocument xmlns:w="w"><w:styles></w:styles>` + word + `</w:wordDocument>`,
		"flat.fodt":      `<?xml version="1.0"?><office:document xmlns:office="o"><office:body>` + paragraphs("<text:p>", "</text:p>") + `</office:body></office:document>`,
		"latin.txt":      asBytesOf(t, charmap.ISO8859_1, text),
		"gbk-latin.txt":  asBytesOf(t, charmap.ISO8859_1, gbk(t, text)),
		"separators.txt": strings.Join(wrappedLines, "\u2029"),
		"tabs.txt":       strings.Join(wrappedLines, "\v"),
		"nel.txt":        strings.Join(wrappedLines, "\u0085\u0085"),
		"radicals.txt":   strings.NewReplacer("方", "⽅", "长", "⻓", "民", "⺠", "生", "⽣", "小", "⼩").Replace(text),
	}
	files := map[string][]byte{
		"text.odt": zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", odtRoot+paragraphs("<text:p>", "</text:p>")+odtEnd),
	}
	for name, s := range out {
		files[name] = []byte(s)
	}
	return files
}

// TestWrappings reads one report in every form that wraps a text.
func TestWrappings(t *testing.T) {
	for name, data := range wrappings(t) {
		t.Run(name, func(t *testing.T) {
			docs, err := Read(name, data)
			if err != nil || len(docs) != 1 {
				t.Fatalf("%v, %d documents", err, len(docs))
			}
			d := docs[0]
			if d.Title != wrappedLines[0] || d.Year != 2024 || d.Place.County != "东阿县" {
				t.Errorf("title %q, year %d, county %q", d.Title, d.Year, d.Place.County)
			}
			var got []string
			for _, it := range d.Items {
				got = append(got, it.Text)
			}
			if !slices.Equal(got, []string{wrappedLines[2], wrappedLines[4]}) {
				t.Errorf("items %q", got)
			}
		})
	}
}

// TestMojibake tells what cannot be had back, and leaves alone what is none.
func TestMojibake(t *testing.T) {
	text := strings.Join(wrappedLines, "\n\n")
	broken, err := simplifiedchinese.GB18030.NewDecoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := unmisread(broken); !errors.Is(err, ErrMisread) {
		t.Errorf("UTF-8 read as GBK, with characters lost: %v", err)
	}
	for _, s := range []string{text, "", "Café à Zürich, 45 °C", "鍾馗故里、銅陵市、鐵路建設、鑄牢共同體意識、錦繡中華、鋼鐵產業轉型升級"} {
		if got, note, err := unmisread(s); got != s || note != "" || err != nil {
			t.Errorf("%q became %q (%s, %v)", s, got, note, err)
		}
	}
}

// TestRefused names the form to save as, and never reads raw XML.
func TestRefused(t *testing.T) {
	for name, c := range map[string]struct{ data, says string }{
		"data.xml":  {`<?xml version="1.0" encoding="UTF-8"?><rows><row>全县新建学校3所</row></rows>`, "docx"},
		"text.uof":  {`<?xml version="1.0"?><uof:UOF xmlns:uof="u"><字:句>全县新建学校3所</字:句></uof:UOF>`, ".docx"},
		"cut.mhtml": {"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "网页"},
		"none.eml":  {message("image/png", "base64", "AAAA"), "网页"},
	} {
		docs, err := Read(name, []byte(c.data))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %d documents, %v", name, len(docs), err)
		}
	}
}

// TestTables reads workbooks and values parted by commas row by row.
func TestTables(t *testing.T) {
	rows := [][]any{
		{"2024年全县民生实事责任分工表"},
		{"序号", "项目名称", "主要内容", "责任单位"},
		{1, "校园安全", "为50所学校更新安防设备", "县教育局"},
		{2, "农村道路", "硬化通村道路60公里", "县交通局"},
	}
	book := excelize.NewFile()
	var csv strings.Builder
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
		cells := make([]string, 4)
		for j, c := range row {
			cells[j] = fmt.Sprint(c)
		}
		csv.WriteString(strings.Join(cells, ",") + "\r\n")
	}
	var buf bytes.Buffer
	if err := book.Write(&buf); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"list.xlsx": buf.Bytes(), "list.csv": []byte(csv.String()), "gbk.csv": []byte(gbk(t, csv.String()))} {
		docs, err := Read(name, data)
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %v, %d documents", name, err, len(docs))
			continue
		}
		for number, want := range map[string][2]string{"1": {"为50所学校更新安防设备", "县教育局"}, "2": {"硬化通村道路60公里", "县交通局"}} {
			found := false
			for _, it := range docs[0].Items {
				found = found || it.Number == number && strings.Contains(it.Heading+it.Text, want[0]) && slices.Contains(it.Duty.LeadUnits, want[1])
			}
			if !found {
				t.Errorf("%s: no entry %s with %s: %q", name, number, want, itemTexts(docs))
			}
		}
	}
	if docs, err := Read("prose.txt", []byte("一、工作, 进展\n完成了三件事, 都很好。\n还有两件事, 没有做。")); err != nil || docs[0].Source.Format != formatText {
		t.Errorf("sentences with narrow commas: %v", err)
	}
}

// TestWordLists prints the numbers that Word 2003 and OpenDocument generate.
func TestWordLists(t *testing.T) {
	word := `<w:wordDocument><w:body><w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><wx:t wx:val="一、"/></w:listPr></w:pPr><w:r><w:t>总体要求</w:t></w:r></w:p></w:body></w:wordDocument>`
	odt := `<office:document><style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>` +
		`<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/></text:list-style><office:body>` +
		`<text:list text:style-name="L"><text:list-item><text:p>总体<text:span text:style-name="B">要求</text:span></text:p></text:list-item><text:list-item><text:p>主要<text:s text:c="2"/>任务<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note></text:p></text:list-item></text:list>` +
		`<table:table><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>甲</text:p></table:table-cell><table:table-cell><text:p>乙</text:p></table:table-cell></table:table-row></table:table></office:body></office:document>`
	for src, want := range map[string][]string{word: {"一、总体要求"}, odt: {"一、总体**要求**", "二、主要  任务［1］", "甲 | 乙", "［1］注"}} {
		t2, err := readWordXML(nil, nil, []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Fields(strings.ReplaceAll(t2.Body, " ", "_")); !slices.Equal(got, strings.Fields(strings.ReplaceAll(strings.Join(want, "\n"), " ", "_"))) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// FuzzWrapped feeds the readers of wrapped forms whatever comes.
func FuzzWrapped(f *testing.F) {
	for _, data := range wrappings(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = boundtest.Try(t, len(data), func(*bound.Work) error {
			docs, err := Read("fuzz", data)
			if err == nil && len(docs) == 0 {
				t.Error("neither a document nor an error")
			}
			_, _ = docx.Flat(string(data))
			return err
		})
	})
}
