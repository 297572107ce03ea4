package indexer

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
	"youju/report"
)

const smallReport = "2031年青禾市政府工作报告\n各位代表：\n一、2030年工作回顾\n全年改造老旧小区40个，惠及居民三千户。\n"

func TestDecode(t *testing.T) {
	encode := func(enc interface {
		Bytes([]byte) ([]byte, error)
	}) []byte {
		out, err := enc.Bytes([]byte(smallReport))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	traditional := strings.NewReplacer("报", "報", "过", "過", "务", "務", "顾", "顧", "旧", "舊", "区", "區", "个", "個", "户", "戶", "三", "三").Replace(smallReport)
	big5, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte("一、工作回顧\n全年改造老舊小區四十個，惠及居民三千戶。"))
	if err != nil {
		t.Fatal(err)
	}
	_ = traditional
	for _, c := range []struct {
		name string
		data []byte
		want string
		err  error
	}{
		{"utf-8", []byte(smallReport), smallReport, nil},
		{"utf-8 with mark", append([]byte("\xef\xbb\xbf"), smallReport...), smallReport, nil},
		{"gb18030", encode(simplifiedchinese.GB18030.NewEncoder()), smallReport, nil},
		{"utf-16le", encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), smallReport, nil},
		{"utf-16be", encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()), smallReport, nil},
		{"utf-16le without mark", encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder()), smallReport, nil},
		{"utf-16be without mark", encode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder()), smallReport, nil},
		{"big5", big5, "一、工作回顧\n全年改造老舊小區四十個，惠及居民三千戶。", nil},
		{"empty", nil, "", ErrEmpty},
		{"white space", []byte(" \n\t\u3000"), "", ErrEmpty},
		{"zip", []byte("PK\x03\x04 and more"), "", ErrBinary},
		{"pdf", []byte("%PDF-1.7 and more"), "", ErrBinary},
		{"nul bytes", []byte("text\x00\x01\x02"), "", ErrBinary},
		{"no encoding", []byte("\xff\xff\x80\x80\xff\xff"), "", ErrEncoding},
	} {
		got, damage, err := decode(c.data)
		if got != c.want || !errors.Is(err, c.err) || damage != "" {
			t.Errorf("%s: got %q, %v, %s; want %q, %v", c.name, head(got, 20), err, damage, head(c.want, 20), c.err)
		}
	}
}

// TestDamagedText reads texts of which a byte was lost: the rest is there, and
// the loss is told.
func TestDamagedText(t *testing.T) {
	long := strings.Repeat("全年改造老旧小区40个，惠及居民三千户。\n", 100)
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(long))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"utf-8": []byte(long), "gb18030": gb} {
		end := bytes.IndexByte(data, '\n')
		broken := slices.Concat(data[:end], []byte{0xff}, data[end:])
		got, damage, err := decode(broken)
		if got != long || err != nil || !strings.Contains(damage, "1处") || !strings.Contains(damage, "第1行") {
			t.Errorf("%s: %q…, %q, %v", name, head(got, 20), damage, err)
		}
		docs, err := Read(name, broken)
		if err != nil || !slices.Contains(docs[0].Source.Missing, damage) {
			t.Errorf("%s: the document does not tell the damage: %v", name, err)
		}
		if _, _, err := decode(bytes.ReplaceAll(data, []byte("\n"), []byte{0xff, '\n'})); !errors.Is(err, ErrEncoding) {
			t.Errorf("%s with a hundred broken bytes: %v", name, err)
		}
	}
}

// TestEncodingsAgree reads the same report in two encodings.
func TestEncodingsAgree(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(smallReport))
	if err != nil {
		t.Fatal(err)
	}
	a, err := Read("a.txt", []byte(smallReport))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Read("b.txt", gb)
	if err != nil {
		t.Fatal(err)
	}
	if contentHash(a[0]) != contentHash(b[0]) || a[0].ID != b[0].ID {
		t.Errorf("the same text has IDs %s and %s", a[0].ID, b[0].ID)
	}
}

// TestHugeLine reads 4 MB without a line break, and refuses what no paper is
// like before it costs anything.
func TestHugeLine(t *testing.T) {
	line := []byte("全市经济保持平稳，新增就业八千人。")
	docs, err := Read("long.txt", bytes.Repeat(line, 4<<20/len(line)))
	if err != nil || len(docs) != 1 {
		t.Fatalf("got %d documents, %v", len(docs), err)
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"a line of 50 MB":     {bytes.Repeat(line, 50<<20/len(line)), errParagraph},
		"a million lines":     {bytes.Repeat([]byte("甲\n"), 1e6), errParagraphs},
		"a million elements":  {append([]byte("<html><body>"), bytes.Repeat([]byte("<p>甲"), 1e6)...), errParagraphs},
		"larger than a paper": {make([]byte, MaxFileSize+1), ErrTooLarge},
	} {
		if _, err := Read("huge", c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// FuzzRead feeds any bytes: no panic, and every span lies inside the text.
func FuzzRead(f *testing.F) {
	f.Add([]byte(smallReport))
	f.Add([]byte("-\n【青禾招商】标题\n正文 一、甲 乙\n2031-01-01\n-\n"))
	f.Add([]byte("<html><article><h2>甲</h2><p><b>乙。</b>丙&amp;</article>"))
	f.Add([]byte("<table><tr><td rowspan=9999 colspan=-1>1<td><table><tr><th>甲<td>乙</table><tr><td>2<td>丙</table></td></tr>"))
	f.Add([]byte("| 序号 | 任务 |\n|---|---|\n| 1 | 甲 |"))
	f.Add([]byte("---\ntitle: [\n---\n1. 甲〔牵头单位:乙〕\n(1) 丙\n**丁**"))
	f.Add([]byte("附件1\n清单\n- 甲**\n- 乙:**丙"))
	f.Add([]byte("**\n****\n（\n一、\n——\n各位代表！"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var docs []*report.Document
		var books []ledger
		err := boundtest.Try(t, len(data), func(*bound.Work) (err error) {
			docs, books, err = read("fuzz.txt", data)
			return err
		})
		if err != nil {
			return
		}
		for n, d := range docs {
			for _, it := range d.Items {
				if !utf8.ValidString(it.Text) && utf8.ValidString(books[n].source) {
					t.Fatalf("item %s is not UTF-8", it.ID)
				}
				for _, s := range it.Spans {
					if s.Start < 0 || s.End < s.Start || s.End > len(books[n].source) {
						t.Fatalf("item %s: span %v of %d bytes", it.ID, s, len(books[n].source))
					}
				}
			}
		}
	})
}

// BenchmarkRead shows that cost is linear: 1, 10 and 100 times one report.
func BenchmarkRead(b *testing.B) {
	var one bytes.Buffer
	for i := range 60 {
		if i%12 == 0 {
			one.WriteString("（" + string([]rune("一二三四五")[i/12]) + "）抓好重点工作。开展专项行动。\n")
		}
		one.WriteString("加快项目建设。全年安排重点项目80个，完成投资120亿元，建成投产30个，带动就业2.5万人，形成新的增长点。\n")
	}
	for _, times := range []int{1, 10, 100} {
		data := append([]byte("2031年青禾市政府工作报告\n一、2031年工作安排\n"), bytes.Repeat(one.Bytes(), times)...)
		b.Run(map[int]string{1: "1x", 10: "10x", 100: "100x"}[times], func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Read("bench.txt", data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestSavedPage reads a saved page in GBK whose declared charset lies, with
// furniture around its article.
func TestSavedPage(t *testing.T) {
	page := `<!DOCTYPE html><html><head><meta charset="utf-8"><title>青禾市政府网</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/zw">政务公开</a></div>
<div class="crumbs">当前位置：首页 &gt; 报告</div>
<div id="zoom" class="TRS_Editor"><p>2031年青禾市政府工作报告</p><p>各位代表：</p><p>一、2030年工作回顾</p>
<p><b>抓好住房。</b>全年改造老旧小区40个，惠及居民三千户，新增停车位八百个。</p></div>
<div class="share">分享到</div><div class="footer">主办：青禾市人民政府办公室</div></body></html>`
	gb, err := simplifiedchinese.GBK.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := Read("page.html", []byte(gb))
	if err != nil || len(docs) != 1 || len(docs[0].Items) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	d := docs[0]
	if it := d.Items[0]; d.Source.Format != formatHTML || it.Heading != "抓好住房。" || strings.Contains(it.Text, "主办") {
		t.Errorf("format %s, item %q: %q", d.Source.Format, it.Heading, it.Text)
	}
}

// TestPageStyles reads what editors and word processors write: bold by style,
// tags left open, text that no reader sees.
func TestPageStyles(t *testing.T) {
	docs, err := Read("page.html", []byte(`<html><body><p>2031年青禾市政府工作报告</p><p>各位代表：</p><p>一、2030年工作回顾</p>
<p><span style="font-size:16pt; font-weight: 700">抓好<font>住房</font>。</span>全年改造老旧小区40个，惠及居民三千户，新增停车位八百个。</p>
<div style="display: none">不给人看的文字</div><p><strong>抓好就业。全年新增就业三千人，<p>帮扶困难人员五百人。</p></body></html>`))
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	items := docs[0].Items
	if items[0].Heading != "抓好住房。" {
		t.Errorf("the heading is %q", items[0].Heading)
	}
	for _, it := range items {
		if strings.Contains(it.Text, "不给人看") {
			t.Errorf("hidden text in %q", it.Text)
		}
	}
}
