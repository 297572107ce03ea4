package fact_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"youju/report"
	"youju/search/fact"
)

// listing gives a document with a livelihood list.
func listing(id string, year int, part report.Part, texts ...string) *report.Document {
	d := &report.Document{ID: id, Kind: report.KindReport, Place: liaocheng, Year: year}
	for i, text := range texts {
		d.Items = append(d.Items, report.Item{ID: fmt.Sprintf("%s/%d", id, i+1), Number: fmt.Sprint(i + 1), Text: text, Part: part})
	}
	return d
}

// compared writes a comparison: the numbers of what comes again, of what is new and gone.
func compared(c *fact.Comparison) string {
	numbers := func(entries []*fact.Entry) string {
		var all []string
		for _, e := range entries {
			all = append(all, e.Passage.Item.Number)
		}
		return strings.Join(all, "+")
	}
	var b strings.Builder
	for _, m := range c.Again {
		fmt.Fprintf(&b, "%s=%s ", numbers(m.From), numbers(m.To))
	}
	return fmt.Sprintf("%snew %s gone %s", &b, numbers(c.New), numbers(c.Gone))
}

func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		part       report.Part
		old, now   []string
	}{
		{
			"other figures, other order", "2=1 1=2 new  gone ", report.PartLivelihood,
			[]string{"新建街头小游园 20 处。", "免费为老年人体检 3 万人次。"}, []string{"免费为老年人体检4万人次。", "新建街头小游园25处。"},
		},
		{
			"words around", "1=1 new  gone ", report.PartLivelihood,
			[]string{"继续实施冬季高峰时段渡轮免费乘坐。"}, []string{"在老城区继续实施冬季渡轮免费乘坐政策。"},
		},
		{
			"one entry goes on as two, two as one", "1=1+2 2+3=3 new  gone ", report.PartLivelihood,
			[]string{"新建街头小游园20处，更新健身路径器材300件。", "免费为老年人体检3万人次。", "发放生育补贴券2万张。"},
			[]string{"新建街头小游园25处。", "更新健身路径器材500件。", "免费为老年人体检4万人次；发放生育补贴券1万张。"},
		},
		{
			"a common word is no match", "new 1 gone 1", report.PartLivelihood,
			[]string{"开展渔业技能提升行动。"}, []string{"开展冰雪运动推广行动。"},
		},
		{
			"policies without their years and units", "1=1 new 2 gone 2", report.PartPolicy,
			[]string{"某市海洋牧场发展规划（2021—2025年）（市渔业局）", "关于推进灯塔保护的若干措施（市渔业局）"},
			[]string{"某市海洋牧场发展规划（2026—2030年）", "关于加强渡口安全的若干措施"},
		},
		{"the same again and again", "1=1 new  gone ", report.PartLivelihood, []string{"新建街头小游园20处。", "新建街头小游园20处。"}, []string{"新建街头小游园20处。"}},
		{"nothing to say", "new 1 gone 1", report.PartLivelihood, []string{"。"}, []string{"，；"}},
	} {
		f := gather(listing("a", 2025, tt.part, tt.old...), listing("b", 2026, tt.part, tt.now...))
		old := listOf(t, f, "聊城市", tt.part, 2025)
		now := listOf(t, f, "聊城市", tt.part, 2026)
		if got := compared(compare(t, f, old, now)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestCompareFigures pairs figures by indicator, then by what they count.
func TestCompareFigures(t *testing.T) {
	entry := func(id string, year int, indicator string, value float64) *report.Document {
		d := listing(id, year, report.PartLivelihood, "新建街头小游园若干处。")
		f := report.Figure{Indicator: indicator, Value: &value, Norm: &value, Unit: "处", Text: "新建街头小游园若干处", At: report.Span{End: len("新建街头小游园若干处")}}
		d.Items[0].Figures = []report.Figure{f}
		return d
	}
	for _, other := range []string{"新建游园", "新建街头小游园"} {
		f := gather(entry("a", 2025, "新建游园", 20), entry("b", 2026, other, 25))
		old := listOf(t, f, "聊城市", report.PartLivelihood, 2025)
		now := listOf(t, f, "聊城市", report.PartLivelihood, 2026)
		c := compare(t, f, old, now)
		if len(c.Again) != 1 || len(c.Again[0].Figures) != 1 || *c.Again[0].Figures[0].From.Value != 20 || *c.Again[0].Figures[0].To.Value != 25 {
			t.Errorf("%s: %+v", other, c.Again)
		}
	}
}

// TestCompareLikeWithLike leaves a year's addition beside a whole number, an
// increase beside a level, and an aim beside what was reached unpaired.
func TestCompareLikeWithLike(t *testing.T) {
	entry := func(id string, year int, f report.Figure) *report.Document {
		d := listing(id, year, report.PartLivelihood, "完善社区养老服务，新建养老床位若干张。")
		value := 300.0
		f.Value, f.Norm, f.Unit, f.Text, f.At = &value, &value, "张", "新建养老床位若干张", report.Span{Start: len("完善社区养老服务，"), End: len("完善社区养老服务，新建养老床位若干张")}
		d.Items[0].Figures = []report.Figure{f}
		return d
	}
	old := report.Figure{Indicator: "新增养老床位", Kind: report.FigureTarget}
	for name, now := range map[string]report.Figure{
		"whole":    {Indicator: "养老床位", Kind: report.FigureTarget},
		"increase": {Indicator: "新增养老床位", Kind: report.FigureTarget, Change: true},
		"reached":  {Indicator: "新增养老床位", Kind: report.FigureResult},
		"basis":    {Indicator: "新增养老床位", Kind: report.FigureTarget, Basis: "累计"},
		"":         {Indicator: "新增养老床位", Kind: report.FigureTarget},
	} {
		f := gather(entry("a", 2025, old), entry("b", 2026, now))
		from := listOf(t, f, "聊城市", report.PartLivelihood, 2025)
		to := listOf(t, f, "聊城市", report.PartLivelihood, 2026)
		pairs := 0
		for _, m := range compare(t, f, from, to).Again {
			pairs += len(m.Figures)
		}
		if want := map[bool]int{true: 1}[name == ""]; pairs != want {
			t.Errorf("%s: %d pairs, want %d", name, pairs, want)
		}
	}
}

// TestCompareFiguresOfOneClause sees figures cut off from their clause by a 、, and
// leaves those under different definitions apart.
func TestCompareFiguresOfOneClause(t *testing.T) {
	entry := func(id string, year int, text, basis string, numbers ...string) *report.Document {
		d := listing(id, year, report.PartLivelihood, text)
		for _, number := range numbers {
			var value float64
			f := report.Figure{Indicator: "交付灯塔", Basis: basis, Text: number}
			fmt.Sscanf(number, "%f%s", &value, &f.Unit)
			f.Value, f.Norm = &value, &value
			f.At.Start = strings.Index(text, number)
			f.At.End = f.At.Start + len(number)
			d.Items[0].Figures = append(d.Items[0].Figures, f)
		}
		return d
	}
	for _, tt := range []struct{ basis, want string }{{"", "65个→61个 1.8万套→1.28万套 "}, {"新建", ""}} {
		f := gather(entry("a", 2025, "交付灯塔项目65个、1.8万套。", "", "65个", "1.8万套"),
			entry("b", 2026, "交付灯塔项目61个、房屋1.28万套。", tt.basis, "61个", "1.28万套"))
		old := listOf(t, f, "聊城市", report.PartLivelihood, 2025)
		now := listOf(t, f, "聊城市", report.PartLivelihood, 2026)
		got := ""
		for _, m := range compare(t, f, old, now).Again {
			for _, pair := range m.Figures {
				got += fact.ValueText(&pair.From) + "→" + fact.ValueText(&pair.To) + " "
			}
		}
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.basis, got, tt.want)
		}
	}
}

// TestCompareLosesNothing checks that every entry of two lists stands in the
// comparison once, whatever they are.
func TestCompareLosesNothing(t *testing.T) {
	pieces := []string{"新建街头小游园%d处", "免费体检%d万人次", "继续实施渡轮免费乘坐", "发放生育补贴%d元", "更新路灯%d盏"}
	for n := range 60 {
		var old, now []string
		for i := range 5 {
			old = append(old, fmt.Sprintf(pieces[(n+i)%5], n+i)+"，"+fmt.Sprintf(pieces[(n*i)%5], i)+"。")
			now = append(now, fmt.Sprintf(pieces[(n*3+i*2)%5], n)+"；"+fmt.Sprintf(pieces[(n+i*i)%5], i)+"。")
		}
		f := gather(listing("a", 2025, report.PartLivelihood, old...), listing("b", 2026, report.PartLivelihood, now...))
		a := listOf(t, f, "聊城市", report.PartLivelihood, 2025)
		b := listOf(t, f, "聊城市", report.PartLivelihood, 2026)
		c := compare(t, f, a, b)
		var from, to []string
		for _, m := range c.Again {
			from, to = append(from, itemsOf(m.From)...), append(to, itemsOf(m.To)...)
		}
		from, to = append(from, itemsOf(c.Gone)...), append(to, itemsOf(c.New)...)
		for _, side := range []struct {
			list fact.List
			got  []string
		}{{a, from}, {b, to}} {
			slices.Sort(side.got)
			if n := len(side.got); n != side.list.Count || len(slices.Compact(side.got)) != n {
				t.Fatalf("%v of %d", side.got, side.list.Count)
			}
		}
	}
}

func itemsOf(entries []*fact.Entry) []string {
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.Passage.Item.ID)
	}
	return ids
}

func listOf(t *testing.T, f *fact.Facts, place string, part report.Part, year int) fact.List {
	t.Helper()
	lists, err := f.Lists()
	if err != nil {
		t.Fatal(err)
	}
	l, _ := lists.List(place, part, year)
	return l
}

func compare(t *testing.T, f *fact.Facts, from, to fact.List) *fact.Comparison {
	t.Helper()
	c, err := f.Compare(from, to)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
