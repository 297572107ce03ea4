package fact_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"youju/report"
	"youju/search/fact"
)

var dongE = report.Place{Province: "山东省", City: "聊城市", County: "东阿县", Code: "371524"}

// stating gives a document whose items state one figure each.
func stating(id string, place report.Place, year int, figures ...report.Figure) *report.Document {
	d := &report.Document{ID: id, Kind: report.KindReport, Title: id, Place: place, Year: year}
	for i, f := range figures {
		f.Text = fmt.Sprintf("%s%s", f.Indicator, fact.ValueText(&f))
		d.Items = append(d.Items, report.Item{ID: fmt.Sprintf("%s/%d", id, i+1), Text: f.Text + "。", Topics: []string{"就业"}, Figures: []report.Figure{f}})
	}
	return d
}

// figure reads "target 2020 4.5 万人 以上".
func figure(indicator, text string) report.Figure {
	f := report.Figure{Indicator: indicator}
	var kind string
	var value float64
	n, _ := fmt.Sscanf(text, "%s %d %f %s %s", &kind, &f.AboutYear, &value, &f.Unit, &f.Bound)
	f.Kind = report.FigureKind(kind)
	if n > 2 {
		norm := value
		if strings.HasPrefix(f.Unit, "万") {
			norm *= 1e4
		}
		f.Value, f.Norm = &value, &norm
	}
	return f
}

// with changes a figure.
func with(f report.Figure, change func(*report.Figure)) report.Figure {
	change(&f)
	return f
}

func jobs(text string) report.Figure { return figure("城镇新增就业", text) }

func ratio(text string, parts ...float64) report.Figure {
	return with(jobs(text), func(f *report.Figure) { f.Value, f.Ratio = &parts[0], parts })
}

// write shows a track in a line: years with their values and state, then what
// stands apart.
func write(t *fact.Track) string {
	var b strings.Builder
	values := func(points []fact.Point) string {
		var all []string
		for _, p := range points {
			text := fact.ValueText(&p.Figure)
			if text == "" {
				text = "…"
			}
			all = append(all, fmt.Sprintf("%s×%d", text, len(p.Statements)))
		}
		return strings.Join(all, ",")
	}
	for _, y := range t.Years {
		fmt.Fprintf(&b, "%d:%s|%s|%s; ", y.Year, values(y.Targets), values(y.Results), y.State)
	}
	for _, p := range t.Apart {
		fmt.Fprintf(&b, "(%d %s %s %s) ", p.Year, p.Kind.Label(), fact.ValueText(&p.Figure), strings.Join(p.Apart, "；"))
	}
	return strings.TrimRight(b.String(), "; ")
}

func TestTrack(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		docs       []*report.Document
	}{
		{
			"target and result, one of them in a later report", "2020:4.5万人以上×1|4.6万人×1|已有结果; 2021:4万人×1||结果未收录",
			[]*report.Document{
				stating("a", liaocheng, 2020, jobs("target 2020 4.5 万人 以上")),
				stating("b", liaocheng, 2021, jobs("result 2020 4.6 万人"), jobs("target 2021 4 万人")),
			},
		},
		{
			"the report and the division of tasks repeat one target", "2021:4万人×2||结果未收录",
			[]*report.Document{stating("a", liaocheng, 2021, jobs("target 2021 4 万人")), stating("b", liaocheng, 2021, jobs("target 2021 40000 人"))},
		},
		{
			"different values are both shown", "2021:4万人×1,4.2万人×1||结果未收录",
			[]*report.Document{stating("a", liaocheng, 2021, jobs("target 2021 4 万人"), jobs("target 2021 4.2 万人"))},
		},
		{
			"years between without a word", "2019:|6.78万人×1|无目标; 2020:||; 2021:4万人×1||结果未收录",
			[]*report.Document{stating("a", liaocheng, 2020, jobs("result 2019 6.78 万人")), stating("b", liaocheng, 2021, jobs("target 2021 4 万人"))},
		},
		{
			"the newest document states nothing", "2019:4万人×1||结果未收录; 2020:||; 2021:||",
			[]*report.Document{stating("a", liaocheng, 2019, jobs("target 2019 4 万人")), stating("b", liaocheng, 2021)},
		},
		{
			"words alone", "2021:…×1||仅文字表述; 2022:…×1|4万人×1|已有结果; 2023:||",
			[]*report.Document{stating("a", liaocheng, 2021, jobs("target 2021")), stating("b", liaocheng, 2022, jobs("target 2022")), stating("c", liaocheng, 2023, jobs("result 2022 4 万人"))},
		},
		{
			"other periods, definitions, units and ratios stand apart",
			"2020:|4.5万人×1|无目标; 2021:||; (2015 结果 35.6万人 时段：“十二五”（2011—2015年）) (2020 结果 1.77万人 时段：1—4月) (2020 结果 5万人 口径：含外来) (2020 结果 3% 单位：%)",
			[]*report.Document{stating("a", liaocheng, 2021,
				jobs("result 2020 4.5 万人"),
				with(jobs("result 2015 35.6 万人"), func(f *report.Figure) { f.Period, f.FromYear = "“十二五”", 2011 }),
				with(jobs("result 2020 1.77 万人"), func(f *report.Figure) { f.Period = "1—4月" }),
				with(jobs("result 2020 5 万人"), func(f *report.Figure) { f.Basis = "含外来" }),
				jobs("result 2020 3 %"))},
		},
		{
			"ratios are a line where all are, whatever their first parts", "2019:|10∶53∶37×1|无目标; 2020:10∶50∶40×1,10∶49∶41×1||结果未收录; (2020 目标 4% 单位：%)",
			[]*report.Document{stating("a", liaocheng, 2020, ratio("result 2019", 10, 53, 37), ratio("target 2020", 10, 50, 40), ratio("target 2020", 10, 49, 41), jobs("target 2020 4 %"))},
		},
		{
			"a figure about a county, from the city's report", "2020:|4.5万人×1|无目标; 2021:||; (2020 结果 0.3万人 说的是东阿县)",
			[]*report.Document{stating("a", liaocheng, 2021, jobs("result 2020 4.5 万人"), with(jobs("result 2020 0.3 万人"), func(f *report.Figure) { f.Place = "东阿县" }))},
		},
		{
			"an increase is no level, and a sum over years without a name of its span no year's",
			"2020:4.5万人×1|4.6万人×1|已有结果; 2021:||; (2020 目标 0.2万人 是增减量，不是总量) (2020 结果 20万人 时段：2016—2020年)",
			[]*report.Document{stating("a", liaocheng, 2021,
				jobs("target 2020 4.5 万人"), jobs("result 2020 4.6 万人"),
				with(jobs("target 2020 0.2 万人"), func(f *report.Figure) { f.Change = true }),
				with(jobs("result 2020 20 万人"), func(f *report.Figure) { f.FromYear = 2016 }))},
		},
		{
			"no year is known", "(0 目标 4万人 所说的年份不明)",
			[]*report.Document{stating("a", liaocheng, 0, jobs("target 0 4 万人"))},
		},
		{
			"a misread year does not make a line of centuries", "2020:4万人×1||结果未收录",
			[]*report.Document{stating("a", liaocheng, 2020, jobs("target 2020 4 万人"), jobs("result 20 4 万人"))},
		},
	} {
		f := gather(tt.docs...)
		track, err := f.Track("城镇新增就业", "聊城市")
		if track == nil {
			t.Errorf("%s: nothing, %v", tt.name, err)
			continue
		}
		got := write(track)
		if strings.HasPrefix(tt.want, "2020:4万人×1") {
			got = got[strings.LastIndex(got, "2020:"):]
		}
		if got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
		if len(track.Years) > 61 {
			t.Errorf("%s: %d years", tt.name, len(track.Years))
		}
	}
}

// TestTrackPlaces checks which place is shown unasked, and that each place's
// points are its own.
func TestTrackPlaces(t *testing.T) {
	f := gather(
		stating("a", liaocheng, 2020, jobs("target 2020 4.5 万人"), jobs("result 2019 4 万人"), with(jobs("result 2019 1300 万人"), func(f *report.Figure) { f.Place = "全国" })),
		stating("b", dongE, 2020, jobs("target 2020 0.5 万人")),
	)
	track, _ := f.Track("城镇新增就业", "")
	if track.Place != "聊城市" || fmt.Sprint(track.Places) != "[{聊城市 2} {全国 1} {东阿县 1}]" {
		t.Errorf("%s first of %v", track.Place, track.Places)
	}
	if track, _ := f.Track("城镇新增就业", "东阿县"); track == nil || write(track) != "2020:0.5万人×1||结果未收录" {
		t.Error("东阿县 has other points")
	}
	if track, _ := f.Track("城镇新增就业", "全国"); track == nil || len(track.Years) != 1 {
		t.Error("全国 has other points")
	}
	for _, ask := range [][2]string{{"城镇新增就业", "莘县"}, {"没有", ""}, {"", ""}} {
		if track, err := f.Track(ask[0], ask[1]); track != nil || err != nil {
			t.Errorf("%v has a track", ask)
		}
	}
}

// TestEveryStatementHasItsPlace holds tracks against the plain list: whatever a
// place's documents state as target or result is in its tracks, once.
func TestEveryStatementHasItsPlace(t *testing.T) {
	var figures []report.Figure
	for year := 2015; year < 2025; year++ {
		for i, kind := range []string{"target", "result"} {
			figures = append(figures, jobs(fmt.Sprintf("%s %d %d 万人", kind, year, year%3+i)), figure("幼儿园", fmt.Sprintf("%s %d %d 所", kind, year, i)),
				with(jobs(fmt.Sprintf("%s %d 7 %%", kind, year)), func(f *report.Figure) { f.Place = []string{"", "东阿县", "全国"}[year%3] }))
		}
	}
	docs := []*report.Document{stating("a", liaocheng, 2024, figures...), stating("b", dongE, 2024, figures...)}
	f := gather(docs...)
	seen := map[string]int{}
	rows, _, err := f.Indicators(fact.IndicatorFilter{Single: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		all, _ := f.Track(row.Name, "")
		for _, p := range all.Places {
			track, _ := f.Track(row.Name, p.Place)
			var points []fact.Point
			for _, y := range track.Years {
				points = slices.Concat(points, y.Targets, y.Results)
			}
			for _, point := range slices.Concat(points, track.Apart) {
				for _, s := range point.Statements {
					if point.Place == p.Place {
						seen[s.Passage.Item.ID]++
					}
				}
			}
		}
	}
	for _, d := range docs {
		for _, it := range d.Items {
			if seen[it.ID] != 1 {
				t.Fatalf("%s stands in %d tracks of its place", it.Text, seen[it.ID])
			}
		}
	}
}

func TestIndicators(t *testing.T) {
	f := gather(stating("a", liaocheng, 2021,
		jobs("target 2021 4 万人"), jobs("result 2020 4.5 万人"), figure("新建幼儿园", "target 2021 42 所"), with(jobs("result 2015 9 万人"), func(f *report.Figure) { f.Period = "“十二五”" })))
	rows, left, _ := f.Indicators(fact.IndicatorFilter{})
	if len(rows) != 1 || left != 1 || fmt.Sprint(rows[0].Years) != "[{2020 false true} {2021 true false}]" {
		t.Errorf("%v, %d left", rows, left)
	}
	for _, tt := range []struct {
		filter fact.IndicatorFilter
		want   int
	}{
		{fact.IndicatorFilter{Single: true}, 2}, {fact.IndicatorFilter{Single: true, Text: "幼儿"}, 1}, {fact.IndicatorFilter{Topic: "体育", Single: true}, 0},
		{fact.IndicatorFilter{Place: "聊城市", Single: true}, 2}, {fact.IndicatorFilter{Place: "莘县", Single: true}, 0},
	} {
		if rows, _, _ := f.Indicators(tt.filter); len(rows) != tt.want {
			t.Errorf("%+v lists %d indicators, want %d", tt.filter, len(rows), tt.want)
		}
	}
	for words, want := range map[string]string{"城镇新增就业": "城镇新增就业", "今年 城镇新增就业 多少": "城镇新增就业", "新增就业": "城镇新增就业", "幼儿园": "", "": "", "就业": ""} {
		if got, err := f.IndicatorsIn(strings.Fields(words), 3); err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q names %q, want %q", words, got, want)
		}
	}
	for name, want := range map[string]string{" 城镇 新增就业": "城镇新增就业", "没有": "", "": ""} {
		if got, err := f.Indicator(name); got != want || err != nil {
			t.Errorf("%q is %q, %v; want %q", name, got, err, want)
		}
	}
}

// TestShortWordsName lets a word of two characters name an indicator where few
// hold it: 供热 is one, 建设 is in everything.
func TestShortWordsName(t *testing.T) {
	var figures []report.Figure
	for year := 2018; year < 2021; year++ {
		for _, name := range []string{"新增供热面积", "公路建设", "校舍建设", "水库建设", "灯塔建设", "灯塔建设增长"} {
			figures = append(figures, figure(name, fmt.Sprintf("result %d 3 处", year)))
		}
	}
	f := gather(stating("a", liaocheng, 2021, figures...), stating("b", dongE, 2021, figure("灯塔建设投资", "result 2020 3 元"), figure("灯塔建设投资", "result 2019 3 元")))
	for words, want := range map[string]string{"供热": "新增供热面积", "建设": "", "建": "", "灯塔建设": "灯塔建设 灯塔建设增长 灯塔建设投资"} {
		if got, err := f.IndicatorsIn([]string{words}, 3); err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q names %q, want %q", words, got, want)
		}
	}
	for place, want := range map[string]string{"聊城市": "灯塔建设增长", "东阿县": "灯塔建设投资", "全国": "灯塔建设增长 灯塔建设投资"} {
		if got, err := f.IndicatorsLike("灯塔建设", place, 3); err != nil || strings.Join(got, " ") != want {
			t.Errorf("like it in %s: %q, want %q", place, got, want)
		}
	}
}

// TestChangeText checks that an increase is shown with its source's own word.
func TestChangeText(t *testing.T) {
	value := 120.0
	for _, tt := range []struct{ indicator, text, want string }{
		{"最低工资标准提升", "最低工资标准每月提高120元", "提高120元"},
		{"最低工资标准提升", "每月再涨120元", "提升120元"},
		{"生产总值增长", "生产总值分别增长9%、下降120元", "下降120元"},
		{"物价", "物价120元", "120元"},
	} {
		f := report.Figure{Indicator: tt.indicator, Text: tt.text, Value: &value, Unit: "元", Change: true}
		if got := fact.ValueText(&f); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
		if f.Change = false; fact.ValueText(&f) != "120元" {
			t.Errorf("%s: a level is shown as %q", tt.text, fact.ValueText(&f))
		}
	}
}

func TestValueText(t *testing.T) {
	f := func(value, most float64, unit, bound string, ratio ...float64) report.Figure {
		figure := report.Figure{Value: &value, Unit: unit, Bound: bound, Ratio: ratio}
		if most > 0 {
			figure.ValueMax = &most
		}
		return figure
	}
	for _, tt := range []struct {
		figure report.Figure
		want   string
	}{
		{f(4.5, 0, "万人", "以上"), "4.5万人以上"}, {f(3.5, 0, "%", "约"), "约3.5%"}, {f(1, 2, "个", ""), "1—2个"}, {f(1.23456, 0, "亿元", ""), "1.23456亿元"}, {f(172, 0, "个", ""), "172个"},
		{f(10.9, 0, "", "", 10.9, 53.2, 35.9), "10.9∶53.2∶35.9"}, {f(0.1+0.2, 0, "%", "左右"), "0.3%左右"}, {report.Figure{Bound: "高于全省平均"}, ""},
	} {
		if got := fact.ValueText(&tt.figure); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
