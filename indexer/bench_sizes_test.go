package indexer

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// BenchmarkSizes reads a made-up report of 3 KB, of 30 and of 300 in each format:
// a text ten times as long may take ten times as long. MB/s are those of the text.
func BenchmarkSizes(b *testing.B) {
	for _, f := range []struct {
		format string
		write  func(testing.TB, []string) string
	}{
		{"text", textOf}, {"markdown", markdownOf}, {"html", htmlOf}, {"docx", func(t testing.TB, lines []string) string { return docxOf(t, textOf(t, lines)) }},
		{"odt", odtOf}, {"xlsx", xlsxOf}, {"csv", csvOf}, {"ofd", ofdOf}, {"pdf", pdfOf}, {"eml", mailOf},
		{"zip", func(t testing.TB, lines []string) string {
			return zipOf(t, map[string]string{"a.txt": textOf(t, lines)})
		}},
	} {
		for _, n := range []int{1, 10, 100} {
			b.Run(fmt.Sprintf("%s/%d", f.format, n), func(b *testing.B) {
				lines := madeUp(n)
				data := []byte(f.write(b, lines))
				var r Reader
				if _, err := r.Read(b.Context(), "x", data); err != nil { // makes what is made once
					b.Fatal(err)
				}
				b.SetBytes(int64(len(textOf(b, lines))))
				for b.Loop() {
					_, _ = r.Read(b.Context(), "x", data)
				}
			})
		}
	}
}

// madeUp is the lines of a report of n times 3 KB, no two of its paragraphs the same.
func madeUp(n int) []string {
	lines := []string{"2023年济南市政府工作报告", "各位代表：", "一、2022年工作回顾"}
	for i := range 16 * n {
		if i == 8*n {
			lines = append(lines, "二、2023年工作安排")
		}
		lines = append(lines, fmt.Sprintf("加快明珠%d号大桥建设，完成投资%d.%d亿元，增长%d.%d%%。支持历下区新建学校%d所，新增就业%d万人，改造老旧小区%d个。稳步推进各项改革，让群众有更多获得感。", i+1, i%97+3, i%10, i%9, i%7, i%31+2, i%17+1, i%83+9))
	}
	return lines
}

func textOf(_ testing.TB, lines []string) string { return strings.Join(lines, "\n\n") + "\n" }

func markdownOf(_ testing.TB, lines []string) string {
	return "# " + strings.Join(lines, "\n\n") + "\n"
}

func htmlOf(_ testing.TB, lines []string) string {
	return "<!DOCTYPE html><html><body><article><p>" + strings.Join(lines, "</p>\n<p>") + "</p></article></body></html>"
}

func odtOf(t testing.TB, lines []string) string {
	return string(zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
		`<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text><text:p>`+strings.Join(lines, "</text:p><text:p>")+`</text:p></office:text></office:body></office:document-content>`))
}

func xlsxOf(t testing.TB, lines []string) string {
	book := excelize.NewFile()
	for i, l := range lines {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &[]any{i + 1, l, "市教育局"}); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func csvOf(_ testing.TB, lines []string) string {
	var b strings.Builder
	b.WriteString("序号,项目,单位\n")
	for i, l := range lines {
		fmt.Fprintf(&b, "%d,%s,市教育局\n", i+1, l)
	}
	return b.String()
}

func mailOf(_ testing.TB, lines []string) string {
	return "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + strings.Join(lines, "\r\n\r\n")
}

// printedPages cuts a text into lines of 30 characters and pages of 25 lines.
func printedPages(lines []string) (pages [][]string) {
	var page []string
	for _, l := range lines {
		for r := []rune(l); len(r) > 0; r = r[min(len(r), 30):] {
			if page = append(page, string(r[:min(len(r), 30)])); len(page) == 25 {
				pages, page = append(pages, page), nil
			}
		}
	}
	return append(pages, page)
}

func ofdOf(t testing.TB, lines []string) string {
	files := map[string]string{"OFD.xml": "<OFD><DocRoot>D.xml</DocRoot></OFD>"}
	var list strings.Builder
	for n, page := range printedPages(lines) {
		name := fmt.Sprintf("P%d.xml", n)
		fmt.Fprintf(&list, `<Page BaseLoc="%s"/>`, name)
		var b strings.Builder
		for i, l := range page {
			fmt.Fprintf(&b, `<TextObject Boundary="20 %d 170 8" Size="5"><TextCode X="0" Y="5" DeltaX="g %d 5">%s</TextCode></TextObject>`, 20+i*10, len([]rune(l)), l)
		}
		files[name] = "<Page><Area><PhysicalBox>0 0 210 297</PhysicalBox></Area><Content><Layer>" + b.String() + "</Layer></Content></Page>"
	}
	files["D.xml"] = "<D><Pages>" + list.String() + "</Pages></D>"
	return zipOf(t, files)
}

func pdfOf(_ testing.TB, lines []string) string {
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "",
		"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
		"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 5 0 R >>",
		"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 800 /StemV 80 >>",
	}
	var kids strings.Builder
	pages := printedPages(lines)
	for _, page := range pages {
		var b strings.Builder
		for i, l := range page {
			var units bytes.Buffer
			for _, u := range utf16.Encode([]rune(l)) {
				units.Write([]byte{byte(u >> 8), byte(u)})
			}
			fmt.Fprintf(&b, "BT /F1 14 Tf 60 %d Td <%s> Tj ET\n", 780-i*28, hex.EncodeToString(units.Bytes()))
		}
		n := len(objects) + 1
		fmt.Fprintf(&kids, "%d 0 R ", n)
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", n+1),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", b.Len(), b.String()))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(pages))
	out := bytes.NewBufferString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, out.Len())
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(out, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.String()
}
