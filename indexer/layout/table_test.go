package layout

import (
	"strings"
	"testing"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
)

// ruledPage draws a table: level rules at ys, upright ones at xs, and what its
// cells say, at places.
func ruledPage(xs, ys []float64, lines ...setLine) Page {
	p := page(lines...)
	for _, y := range ys {
		p.Rules = append(p.Rules, Rule{xs[0], y, xs[len(xs)-1], y})
	}
	for _, x := range xs {
		p.Rules = append(p.Rules, Rule{x, ys[0], x, ys[len(ys)-1]})
	}
	return p
}

var (
	tableXs = []float64{40, 80, 300, 440}
	tableYs = []float64{100, 125, 170, 195}
	heads   = []setLine{{45, 115, "序号"}, {90, 115, "任务"}, {310, 115, "责任单位"}}
)

// TestRuledTable reads a table by its rules: wrapped cells are whole, and each
// row has its own unit.
func TestRuledTable(t *testing.T) {
	lines := append([]setLine{{40, 60, "重点任务分工如下，请抓好落实。"}, {40, 230, "以上任务按月调度。"}}, heads...)
	lines = append(lines,
		setLine{50, 150, "1"}, setLine{82, 142, "新建改扩建中小学校三所新增学位两千个招"}, setLine{82, 160, "聘教师五十名"}, setLine{304, 142, "市教育局"}, setLine{304, 160, "市财政局"},
		setLine{50, 186, "2"}, setLine{82, 186, "改造小区"}, setLine{304, 186, "市住建局"})
	got, err := Text(nil, []Page{ruledPage(tableXs, tableYs, lines...)})
	if err != nil {
		t.Fatal(err)
	}
	want := "重点任务分工如下，请抓好落实。\n序号 | 任务 | 责任单位\n1. 新建改扩建中小学校三所新增学位两千个招聘教师五十名〔责任单位：市教育局、市财政局〕\n2. 改造小区〔责任单位：市住建局〕\n以上任务按月调度。\n"
	if got.Body != want {
		t.Errorf("got\n%s\nwant\n%s", got.Body, want)
	}
	if !got.Rows[2] || len(got.Rows) != 3 {
		t.Errorf("rows %v", got.Rows)
	}
}

// TestTallRuledCell lets a unit stand over two rows, and a table go on on the
// next page without its head.
func TestTallRuledCell(t *testing.T) {
	first := ruledPage(tableXs, []float64{100, 125, 150, 175}, append(append([]setLine{}, heads...),
		setLine{50, 140, "1"}, setLine{82, 140, "新建学校"}, setLine{304, 152, "市教育局"}, setLine{50, 166, "2"}, setLine{82, 166, "新建食堂"})...)
	for i, r := range first.Rules {
		if r.Y0 == 150 && r.Y1 == 150 {
			first.Rules[i].X1 = 300 // the unit's cell is not parted
		}
	}
	second := ruledPage(tableXs, []float64{60, 90, 120}, setLine{82, 80, "两处"}, setLine{50, 110, "3"}, setLine{82, 110, "修路"}, setLine{304, 110, "市交通局"})
	got, err := Text(nil, []Page{first, second})
	if err != nil {
		t.Fatal(err)
	}
	want := "序号 | 任务 | 责任单位\n1. 新建学校〔责任单位：市教育局〕\n2. 新建食堂两处〔责任单位：市教育局〕\n3. 修路〔责任单位：市交通局〕\n"
	if got := strings.ReplaceAll(got.Body, "\n\n", "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestFrame leaves a frame around text, and a line below a heading, alone.
func TestFrame(t *testing.T) {
	p := page(setLine{60, 60, "青禾市人民政府文件"}, setLine{60, 110, "现将有关事项通知如下。"})
	p.Rules = []Rule{{40, 40, 400, 40}, {40, 200, 400, 200}, {40, 40, 40, 200}, {400, 40, 400, 200}, {60, 80, 300, 80}}
	got, err := Text(nil, []Page{p})
	if err != nil || got.Body != "青禾市人民政府文件\n现将有关事项通知如下。\n" || len(got.Rows) > 0 {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

func FuzzGrid(f *testing.F) {
	f.Add([]byte{10, 10, 200, 10, 10, 60, 200, 60, 10, 10, 10, 60, 100, 10, 100, 60, 200, 10, 200, 60}, "新建学校三所市教育局")
	f.Fuzz(func(t *testing.T, rules []byte, s string) {
		p := Page{Width: 255, Height: 255}
		for ; len(rules) >= 4; rules = rules[4:] {
			p.Rules = append(p.Rules, Rule{float64(rules[0]), float64(rules[1]), float64(rules[2]), float64(rules[3])})
		}
		for i, r := range []rune(s) {
			x, y := float64(i%20*12), float64(20+i/20*15)
			p.Glyphs = append(p.Glyphs, Glyph{R: r, X0: x, X1: x + 10, Y: y, Size: 10})
		}
		_ = boundtest.Try(t, 4*len(p.Rules)+len(s), func(work *bound.Work) error {
			_, err := Text(work, []Page{p, p})
			return err
		})
	})
}
