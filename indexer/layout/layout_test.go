package layout

import (
	"fmt"
	"strings"
	"testing"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
)

// page sets lines of text: each at x, y with characters of 10 units.
type setLine struct {
	x, y float64
	s    string
}

func page(lines ...setLine) Page {
	p := Page{Width: 600, Height: 800}
	for _, l := range lines {
		x := l.x
		for _, r := range l.s {
			w := 10.0
			if r < 0x2000 {
				w = 5
			}
			if r != ' ' {
				p.Glyphs = append(p.Glyphs, Glyph{R: r, X0: x, X1: x + w, Y: l.y, Size: 10})
			}
			x += w
		}
	}
	return p
}

// column sets a text in a column of so many characters, its paragraphs indented by two.
func column(x, y float64, width int, paragraphs ...string) (lines []setLine) {
	for _, p := range paragraphs {
		runes := []rune(p)
		at, room := x+20, width-2
		for len(runes) > 0 {
			n := min(room, len(runes))
			lines = append(lines, setLine{at, y, string(runes[:n])})
			runes, at, room = runes[n:], x, width
			y += 16
		}
	}
	return lines
}

const (
	first  = "全市新建改建学校十二所，补充教师三百名，全部学校配齐校医，孩子们的午休有了床，食堂的饭菜有了家长的监督，城乡之间的差距一年比一年小。"
	second = "农村公路硬化二百公里，客车通到每一个行政村，快递进村的比例达到九成以上，老人出门看病不再难。"
)

func TestColumns(t *testing.T) {
	lines := []setLine{{200, 40, "青禾日报第三版头条新闻"}}
	lines = append(lines, column(40, 80, 24, first, second)...)
	lines = append(lines, column(320, 80, 24, second+"完", first+"完")...)
	got, err := Text(nil, []Page{page(lines...)})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{"青禾日报第三版头条新闻", first, second, second + "完", first + "完"}, "\n") + "\n"
	if got.Body != want {
		t.Errorf("got %q, want %q", got.Body, want)
	}
}

// TestManyColumns sets a newspaper page of three columns below a large title
// that stands in the first one, and a page whose columns are too short to show
// where they end.
func TestManyColumns(t *testing.T) {
	text := []string{first, second, first + second, second + first}
	set := func(y float64) (lines []setLine) {
		for i := range 3 {
			lines = append(lines, column(40+200*float64(i), y, 17, text...)...)
		}
		return lines
	}
	title := page(setLine{60, 50, "青禾报告"})
	for i := range title.Glyphs {
		g := &title.Glyphs[i]
		g.X0, g.X1, g.Size = 60+25*float64(i), 85+25*float64(i), 25
	}
	front, short := page(set(80)...), page(append(column(40, 60, 17, first), column(240, 60, 17, second)...)...)
	// The other columns begin higher, beside the title.
	front.Glyphs = append(append(title.Glyphs, page(setLine{240, 50, "接头版第一条新闻的头一行字数正"}, setLine{440, 50, "接头版第二条新闻的头一行字数正"}).Glyphs...), front.Glyphs...)
	got, err := Text(nil, []Page{front, page(set(60)...), short})
	if err != nil {
		t.Fatal(err)
	}
	whole := strings.Join(text, "\n")
	want := strings.Join([]string{
		"青禾报告", whole, "接头版第一条新闻的头一行字数正", whole, "接头版第二条新闻的头一行字数正", whole,
		whole, whole, whole, first, second,
	}, "\n") + "\n"
	if strings.ReplaceAll(got.Body, "\n\n", "\n") != want {
		t.Errorf("got %q, want %q", got.Body, want)
	}
}

// TestNarrowGutter parts columns by a blank of little more than a character.
func TestNarrowGutter(t *testing.T) {
	text := []string{first + second, second + first}
	lines := append(column(40, 60, 24, text...), column(40+252, 60, 24, text...)...)
	got, err := Text(nil, []Page{page(lines...)})
	if want := strings.Repeat(strings.Join(text, "\n")+"\n", 2); err != nil || got.Body != want {
		t.Errorf("got %q, %v, want %q", got.Body, err, want)
	}
}

// TestShortLines puts a page's furniture above paragraphs that are not
// indented: short lines do not show where the column ends.
func TestShortLines(t *testing.T) {
	var lines []setLine
	y := 40.0
	for _, s := range []string{"下载", "打印", "全屏", "收藏", "字号", "加大", "还原", "减小", "来源", "时间"} {
		lines = append(lines, setLine{40, y, s})
		y += 16
	}
	for _, l := range column(20, y, 42, "全市"+first) {
		lines = append(lines, setLine{40, l.y, l.s})
	}
	got, err := Text(nil, []Page{page(lines...)})
	if err != nil || !strings.HasPrefix(got.Body, "下载\n打印\n全屏\n") || strings.Count(got.Body, "\n") != 11 {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

// TestSeams sets a text over pages with a head and page numbers: both go, and
// the paragraph that a page broke is whole.
func TestSeams(t *testing.T) {
	var pages []Page
	all := column(40, 0, 40, first+first+first, second+second, first+second+first, second)
	const perPage = 4
	for i := 0; i*perPage < len(all); i++ {
		lines := []setLine{{200, 30, "政府工作报告汇编"}, {290, 780, fmt.Sprintf("— %d —", i+1)}}
		for k, l := range all[i*perPage : min(len(all), (i+1)*perPage)] {
			lines = append(lines, setLine{l.x, 100 + 16*float64(k), l.s})
		}
		pages = append(pages, page(lines...))
	}
	got, err := Text(nil, pages)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{first + first + first, second + second, first + second + first, second}, "\n") + "\n"
	if strings.ReplaceAll(got.Body, "\n\n", "\n") != want {
		t.Errorf("got %q, want %q", got.Body, want)
	}
	told := fmt.Sprint(got.Repairs)
	for _, s := range []string{"页眉或页脚“政府工作报告汇编”", "去掉页码", "接合第1页与第2页"} {
		if !strings.Contains(told, s) {
			t.Errorf("repairs %s do not tell %s", told, s)
		}
	}
}

// TestGaps sets paragraphs that are not indented and end in full lines: only
// the wider gap between them tells them apart.
func TestGaps(t *testing.T) {
	full := strings.Repeat("一字一句皆有出处", 10)
	var lines []setLine
	y := 100.0
	for range 4 {
		runes := []rune(full)
		for len(runes) > 0 {
			lines = append(lines, setLine{40, y, string(runes[:40])})
			runes, y = runes[40:], y+16
		}
		y += 12
	}
	got, err := Text(nil, []Page{page(lines...)})
	if err != nil || got.Body != strings.Repeat(full+"\n", 4) {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

func TestTableStaysInRows(t *testing.T) {
	var lines []setLine
	for i := range 12 {
		y := 100 + 20*float64(i)
		lines = append(lines, setLine{40, y, fmt.Sprint(i + 1)}, setLine{90, y, "新建幼儿园"}, setLine{300, y, "市教育局"})
	}
	got, err := Text(nil, []Page{page(lines...)})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.Body, "3 新建幼儿园 市教育局\n") {
		t.Errorf("rows are torn apart: %q", got.Body)
	}
}

func FuzzText(f *testing.F) {
	f.Add("甲乙丙", 1.0, 2.0, 10.0, uint8(3))
	f.Fuzz(func(t *testing.T, s string, x, y, size float64, n uint8) {
		var pages []Page
		for i := range int(n%8) + 1 {
			p := Page{Width: 600, Height: 800}
			for k, r := range s {
				p.Glyphs = append(p.Glyphs, Glyph{R: r, X0: x * float64(k), X1: x*float64(k) + size, Y: y * float64(k%7) * float64(i), Size: size, Bold: k%3 == 0})
			}
			pages = append(pages, p)
		}
		_ = boundtest.Try(t, len(s), func(work *bound.Work) error {
			_, err := Text(work, pages)
			return err
		})
	})
}
