package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
	"youju/indexer/plain"
)

// file writes a PDF of objects; the first is the catalog.
func file(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

func stream(s string) string {
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s)
}

// text writes a PDF of one page a content, with the fonts that every reader
// knows and no character table, as official papers have them.
func text(trailer string, contents ...string) []byte {
	kids := ""
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "",
		"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
		"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 5 0 R >>",
		"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 800 /StemV 80 >>",
	}
	for _, c := range contents {
		n := len(objects) + 1
		kids += fmt.Sprintf("%d 0 R ", n)
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", n+1), stream(c))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(contents))
	return file(trailer, objects...)
}

// set writes a line at a place, from the page's lower left corner.
func set(x, y float64, s string) string {
	return fmt.Sprintf("BT /F1 14 Tf %g %g Td <%s> Tj ET\n", x, y, hex(s))
}

func hex(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

func readIn(t testing.TB, data []byte) (plain.Text, error) {
	t.Helper()
	work, done := bound.Within(t.Context(), time.Minute)
	defer done()
	return Read(work, "", data)
}

func TestRead(t *testing.T) {
	var columns string
	var left, right []string
	for i := range 12 {
		l, r := fmt.Sprintf("左栏第%c行修路架桥兴水利", 'a'+i), fmt.Sprintf("右栏第%c行办学建院稳就业", 'a'+i)
		left, right = append(left, l), append(right, r)
		y := 700 - 24*float64(i)
		// Columns of this layout come row by row in the file.
		columns += set(60, y, l) + set(320, y, r)
	}
	got, err := readIn(t, text("", set(200, 780, "青禾市政府工作报告")+columns))
	if err != nil {
		t.Fatal(err)
	}
	flat := strings.ReplaceAll(got.Body, "\n", "")
	if want := "青禾市政府工作报告" + strings.Join(left, "") + strings.Join(right, ""); flat != want {
		t.Errorf("got %q, want %q", flat, want)
	}
	if got.Pages != 1 {
		t.Errorf("%d pages", got.Pages)
	}
}

// TestLineEndHyphen keeps the hyphen of a line that a page's width broke.
func TestLineEndHyphen(t *testing.T) {
	got, err := readIn(t, text("", set(60, 700, "开通郑州-")+set(60, 680, "卢森堡航线")))
	if err != nil || strings.ReplaceAll(got.Body, "\n", "") != "开通郑州-卢森堡航线" {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

// TestHostile reads what no honest program writes, and what it writes to be safe.
func TestHostile(t *testing.T) {
	locked := text("/Encrypt << /Filter /Standard /V 1 /R 2 /O ("+strings.Repeat("o", 32)+") /U ("+strings.Repeat("u", 32)+") /P -4 >> /ID [(aaaaaaaaaaaaaaaa) (aaaaaaaaaaaaaaaa)]", set(60, 700, "机密"))
	picture := file("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>",
		stream("100 0 0 100 0 0 cm /I Do"), "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nA\nendstream")
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"encrypted", locked, plain.ErrEncrypted},
		{"scanned", picture, plain.ErrScanned},
		{"pages in a loop", file("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"), ErrBroken},
		{"form in a loop", file("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Resources << /XObject << /X 4 0 R >> >> /Contents 5 0 R >>",
			"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream", stream("/X Do")), plain.ErrScanned},
		{"cut off", text("", set(60, 700, "甲"))[:60], ErrBroken},
		{"nothing", []byte("%PDF-1.7\n"), ErrBroken},
		{"a million pages", file("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 1000000 >>"), nil},
	} {
		start := time.Now()
		_, err := readIn(t, c.data)
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%s took %v", c.name, took)
		}
	}
}

// TestTimeLimit gives up on a file in time, and reads the next one.
func TestTimeLimit(t *testing.T) {
	slow := text("", strings.Repeat(set(60, 700, strings.Repeat("慢", 200)), 500))
	if _, err := readIn(t, text("", set(60, 700, "启动引擎"))); err != nil {
		t.Fatal(err)
	}
	work, done := bound.Within(t.Context(), 50*time.Millisecond)
	defer done()
	start := time.Now()
	if _, err := Read(work, "", slow); !errors.Is(err, bound.ErrTimeout) {
		t.Errorf("%v, want %v", err, bound.ErrTimeout)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("gave up after %v", took)
	}
	if got, err := readIn(t, text("", set(60, 700, "下一个文件"))); err != nil || got.Body != "下一个文件\n" {
		t.Errorf("the next file: %q, %v", got.Body, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(text("", set(60, 700, "甲乙丙")))
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = boundtest.Try(t, len(data), func(work *bound.Work) error {
			got, err := Read(work, "", data)
			if err == nil && got.Body == "" {
				t.Error("no text and no error")
			}
			return err
		})
	})
}

// turnedText writes a page whose lines run at so many quarter turns to the left.
func turnedText(turns int, lines ...string) string {
	matrix := []string{"1 0 0 1 0 0", "0 1 -1 0 595 0", "-1 0 0 -1 595 842", "0 -1 1 0 0 842"}[turns]
	s := "q " + matrix + " cm\n"
	for i, l := range lines {
		s += set(60, 500-24*float64(i), l)
	}
	return s + "Q\n"
}

// TestTurned reads pages that are turned for reading, and sideways tables that are not.
func TestTurned(t *testing.T) {
	// Without the font at hand, PDFium sees no width in a sideways line of
	// ideographs alone: each line has a digit.
	lines := []string{"青禾市10件民生实事清单", "新建社区食堂14家"}
	for turns := range 4 {
		for _, rotate := range []int{0, 90, 180, 270} {
			data := bytes.ReplaceAll(text("", turnedText(turns, lines...)), []byte("/MediaBox"), fmt.Appendf(nil, "/Rotate %d /MediaBox", rotate))
			got, err := readIn(t, data)
			if flat := strings.Fields(got.Body); err != nil || got.Pages != 1 || strings.Join(flat, "") != strings.Join(lines, "") {
				t.Errorf("%d quarter turns, rotated by %d: %q, %v", turns, rotate, got.Body, err)
			}
		}
	}
	upright, sideways := "现在我代表市人民政府向大会报告工作请予审议并请提出意见", "附表1二三四五六七八九十项目名称建设地点投资金额责任单位备注说明"
	got, err := readIn(t, text("", set(60, 700, upright)+turnedText(1, sideways)))
	if flat := strings.Join(strings.Fields(got.Body), ""); err != nil || flat != sideways+upright && flat != upright+sideways {
		t.Errorf("two directions: %q, %v", got.Body, err)
	}
	got, err = readIn(t, text("", set(60, 700, upright)+"q 0.7 0.7 -0.7 0.7 300 100 cm\n"+set(0, 0, "仅供内部参阅")+"Q\n"))
	if err != nil || strings.TrimSpace(got.Body) != upright {
		t.Errorf("a watermark: %q, %v", got.Body, err)
	}
}

// TestDoubleStruck keeps once what is drawn twice to look bold, and twice what is
// printed twice.
func TestDoubleStruck(t *testing.T) {
	const line = "2022年完成投资111.5亿元，增长11%。"
	for _, by := range []float64{0, 0.2, 0.5, 1} {
		for _, up := range []float64{0, 0.3} {
			got, err := readIn(t, text("", set(60, 700, line)+set(60+by, 700+up, line)))
			if err != nil || strings.ReplaceAll(strings.TrimSpace(got.Body), "**", "") != line {
				t.Errorf("%g points aside, %g above: %q, %v", by, up, got.Body, err)
			}
		}
	}
}

// TestFonts tells fonts whose characters no table gives a meaning.
func TestFonts(t *testing.T) {
	data := text("", set(60, 700, "现在我代表市人民政府向大会报告工作"))
	for name, data := range map[string][]byte{
		"numbers of glyphs":  bytes.ReplaceAll(data, []byte("/UniGB-UCS2-H"), []byte("/Identity-H  ")),
		"private characters": text("", set(60, 700, "\ue001\ue002\ue003\ue004\ue005\ue006")),
	} {
		if name == "numbers of glyphs" {
			data = bytes.ReplaceAll(data, []byte("(GB1)"), []byte("(Identity)"))
		}
		if got, err := readIn(t, data); !errors.Is(err, ErrFonts) {
			t.Errorf("%s: %q, %v", name, got.Body, err)
		}
	}
}
