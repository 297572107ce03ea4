package eval

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"youju/report"
	"youju/search"
)

const seed = "2021_plan"

const pipes = "铺设 燃气管道十公里，惠及**三千户**。"

func figureAt(text, quote, indicator string, value float64, unit string) report.Figure {
	at := strings.Index(text, quote)
	return report.Figure{
		Indicator: indicator, Value: &value, Unit: unit, Kind: report.FigureTarget, AboutYear: 2021,
		Text: quote, At: report.Span{Start: at, End: at + len(quote)},
	}
}

// document is what a reader of testdata/gold/outline/2021_plan.json would make of its original.
func document() *report.Document {
	duty := report.Duty{Leaders: []string{"甲某某"}, LeadUnits: []string{"市住房城乡建设局"}, SupportUnits: []string{"市财政局", "市水利局"}}
	return &report.Document{
		ID: "371500-2021-assignment", Kind: report.KindAssignment, Title: "2021年任务分工方案",
		Number: "聊政发〔2021〕99号", Year: 2021, PlanYear: 2021, Date: "2021-03-01",
		Place:  report.Place{Province: "山东省", City: "聊城市", Code: "371500"},
		Source: report.Source{File: filepath.Join("somewhere", seed+".txt")},
		Sections: []report.Section{
			{Path: []string{"一、城市更新"}, Level: 1, Part: report.PartAssignment},
			{Path: []string{"二、拟制发政策"}, Level: 1, Part: report.PartPolicy},
		},
		Items: []report.Item{
			{
				ID: "371500-2021-assignment/task-1", Path: []string{"一、城市更新"}, Number: "1", Part: report.PartAssignment,
				Text: "年内改造小区二十个，其中东阿县三个。", Places: []string{"东阿县"}, Topics: []string{"住房保障", "城市建设"}, Duty: duty,
			},
			{
				ID: "371500-2021-assignment/task-2", Path: []string{"一、城市更新"}, Number: "2", Part: report.PartAssignment,
				Heading: "管网建设。", Text: pipes, Topics: []string{"城市建设"},
				Duty:    report.Duty{LeadUnits: []string{"市城管局"}},
				Figures: []report.Figure{figureAt(pipes, "铺设 燃气管道十公里", "铺设燃气管道", 10, "公里"), figureAt(pipes, "惠及**三千户**", "惠及户数", 3, "千户")},
			},
			{
				ID: "371500-2021-assignment/policy-1", Path: []string{"二、拟制发政策"}, Number: "1", Part: report.PartPolicy,
				Text: "停车设施管理办法（市城管局）", Duty: report.Duty{LeadUnits: []string{"市城管局"}},
			},
		},
	}
}

func run(t *testing.T, doc *report.Document, s Searcher) *Scores {
	t.Helper()
	scores, err := Run(t.Context(), filepath.Join("testdata", "gold"), Options{
		Documents: []*report.Document{doc}, Searcher: s,
		Places: func(_ *report.Document, sentence string) []string {
			if strings.Contains(sentence, "东阿") {
				return []string{"东阿县"}
			}
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return scores
}

// fixed answers every query with the same items.
type fixed struct {
	doc   *report.Document
	items []int
	tier  string
}

func (f fixed) Search(context.Context, search.Query) (*search.Result, error) {
	res := &search.Result{Total: len(f.items), Reading: search.Reading{Tier: f.tier}}
	for _, i := range f.items {
		res.Hits = append(res.Hits, search.Hit{Item: f.doc.Items[i]})
	}
	return res, nil
}

func TestPerfect(t *testing.T) {
	doc := document()
	s := run(t, doc, fixed{doc, []int{0, 1, 2}, search.TierPartial})
	o := s.Outlines[0]
	for name, c := range map[string]Count{
		"items": o.Items, "numbers": o.Numbers, "headings": o.Headings, "paths": o.Paths, "parts": o.Parts,
		"duties": o.Duties, "policies": o.Policies, "sections": o.Sections, "places": s.Places.Items,
		"main topics": s.Topics.Main, "first topics": s.Topics.First,
		"values": s.Figures.Values, "years": s.Figures.Years, "kinds": s.Figures.Kinds, "indicators": s.Figures.Indicators,
		"figures' places": s.Figures.Places, "commitments": s.Commitments.Points,
	} {
		if c.Of == 0 || c.Right != c.Of {
			t.Errorf("%s: %v", name, c)
		}
	}
	for _, f := range o.Fields {
		if !f.Right {
			t.Errorf("%s: %q, want %q", f.Name, f.Got, f.Want)
		}
	}
	if o.Extra != 0 || len(o.Failures) != 0 {
		t.Errorf("%d extra items, failures %q", o.Extra, o.Failures)
	}
	if s.Places.Sentences.F1 != 1 || s.Queries.Noisy != (Count{0, 1}) || s.Queries.Lost != 0 {
		t.Errorf("sentences %+v, noisy %v, lost %d", s.Places.Sentences, s.Queries.Noisy, s.Queries.Lost)
	}
	if len(s.Skipped) != 0 {
		t.Errorf("skipped %q", s.Skipped)
	}
}

// TestFigureMistakes makes one mistake in a figure at a time.
func TestFigureMistakes(t *testing.T) {
	for _, c := range []struct {
		name    string
		mistake func(f *report.Figure)
		wrong   func(s *FigureScore) bool
		points  int
	}{
		{"value", func(f *report.Figure) { v := 11.0; f.Value = &v }, func(s *FigureScore) bool { return s.Values == Count{1, 2} && s.Years == Count{1, 1} }, 0},
		{"unit", func(f *report.Figure) { f.Unit = "米" }, func(s *FigureScore) bool { return s.Values == Count{1, 2} }, 0},
		{"range", func(f *report.Figure) { v := 12.0; f.ValueMax = &v }, func(s *FigureScore) bool { return s.Values == Count{1, 2} }, 0},
		{"year", func(f *report.Figure) { f.AboutYear = 2020 }, func(s *FigureScore) bool { return s.Years == Count{1, 2} }, 0},
		{"kind", func(f *report.Figure) { f.Kind = report.FigureResult }, func(s *FigureScore) bool { return s.Kinds == Count{1, 2} }, 0},
		{"place", func(f *report.Figure) { f.Place = "东阿县" }, func(s *FigureScore) bool { return s.Places == Count{1, 2} }, 1},
		{"near name", func(f *report.Figure) { f.Indicator = "铺设燃气管道长度" }, func(s *FigureScore) bool { return s.Indicators == Count{1, 2} && s.Near == Count{2, 2} }, 0},
		{"other name", func(f *report.Figure) { f.Indicator = "修路" }, func(s *FigureScore) bool { return s.Indicators == Count{1, 2} && s.Near == Count{1, 2} }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := document()
			c.mistake(&doc.Items[1].Figures[0])
			s := run(t, doc, fixed{doc, nil, search.TierExact})
			if !c.wrong(s.Figures) || len(s.Figures.Failures) == 0 {
				t.Errorf("not noticed: %+v", s.Figures)
			}
			if s.Commitments.Points != (Count{c.points, 1}) {
				t.Errorf("commitments %v, want %d", s.Commitments.Points, c.points)
			}
		})
	}
}

// TestMistakes makes one mistake at a time and wants to see it in one place.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		name    string
		mistake func(d *report.Document)
		wrong   func(o OutlineScore) bool
	}{
		{"two items in one", func(d *report.Document) {
			d.Items[0].Text += d.Items[1].Heading + d.Items[1].Text
			d.Items = append(d.Items[:1], d.Items[2])
			// By the definition the later of the two is still found; its number and heading are wrong.
		}, func(o OutlineScore) bool {
			return o.Items == Count{2, 3} && o.Numbers == Count{1, 2} && o.Duties == Count{0, 1}
		}},
		{"one item in two", func(d *report.Document) {
			it := d.Items[0]
			it.ID, it.Text = "x/2", "其中东阿县三个。"
			d.Items[0].Text = "年内改造小区二十个，"
			d.Items = append(d.Items, it)
		}, func(o OutlineScore) bool { return o.Items == Count{2, 3} && o.Extra == 2 }},
		{"number", func(d *report.Document) { d.Items[1].Number = "3" }, func(o OutlineScore) bool { return o.Numbers == Count{2, 3} }},
		{"path", func(d *report.Document) { d.Items[1].Path = nil }, func(o OutlineScore) bool { return o.Paths == Count{2, 3} }},
		{"part", func(d *report.Document) { d.Items[1].Part = report.PartPlan }, func(o OutlineScore) bool { return o.Parts == Count{2, 3} }},
		{"heading", func(d *report.Document) { d.Items[1].Text, d.Items[1].Heading = "管网建设。"+d.Items[1].Text, "" },
			func(o OutlineScore) bool { return o.Headings == Count{2, 3} && o.Items == Count{3, 3} }},
		{"order of units", func(d *report.Document) { d.Items[0].Duty.SupportUnits = []string{"市水利局", "市财政局"} },
			func(o OutlineScore) bool { return o.Duties == Count{0, 1} }},
		{"policy's unit", func(d *report.Document) { d.Items[2].Duty = report.Duty{} }, func(o OutlineScore) bool { return o.Policies == Count{0, 1} }},
		{"section's level", func(d *report.Document) { d.Sections[0].Level = 2 }, func(o OutlineScore) bool { return o.Sections == Count{1, 2} }},
		{"another file", func(d *report.Document) { d.Source.File = "other.txt" }, func(o OutlineScore) bool { return o.Items == Count{0, 3} && o.Document == "" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := document()
			c.mistake(doc)
			o := run(t, doc, fixed{doc, nil, search.TierExact}).Outlines[0]
			if !c.wrong(o) {
				t.Errorf("not noticed: %+v", o)
			}
			if len(o.Failures) == 0 {
				t.Error("no failure is listed")
			}
		})
	}
}

func TestAlternatives(t *testing.T) {
	doc := document()
	// The expectations allow item 2 to be cut, and to stand under another heading.
	first, second := doc.Items[1], doc.Items[1]
	first.Text, second.Text = "铺设燃气管道十公里，", "惠及三千户。"
	second.ID, second.Heading = "371500-2021-assignment/task-2_2", ""
	first.Figures, second.Figures = nil, nil
	first.Path = []string{"二、管网"}
	doc.Items = []report.Item{doc.Items[0], first, second, doc.Items[2]}
	o := run(t, doc, fixed{doc, nil, search.TierExact}).Outlines[0]
	if o.Items != (Count{3, 3}) || o.Paths != (Count{3, 3}) || o.Extra != 0 {
		t.Errorf("items %v, paths %v, extra %d: %q", o.Items, o.Paths, o.Extra, o.Failures)
	}
}

func TestRanking(t *testing.T) {
	doc := document()
	// Task 1 is graded 3, task 2 is graded 1.
	ideal := 7 + 1/math.Log2(3)
	for _, c := range []struct {
		name         string
		items        []int
		ndcg, recall float64
	}{
		{"best order", []int{0, 1, 2}, 1, 1},
		{"worse order", []int{1, 0}, (1 + 7/math.Log2(3)) / ideal, 1},
		{"one behind another", []int{2, 0}, 7 / math.Log2(3) / ideal, 1},
		{"only the lesser", []int{1}, 1 / ideal, 0},
		{"nothing", nil, 0, 0},
	} {
		q := run(t, doc, fixed{doc, c.items, search.TierExact}).Queries
		if r := q.Overall; math.Abs(r.NDCG-c.ndcg) > 1e-9 || r.Recall != c.recall || r.Queries != 1 {
			t.Errorf("%s: %+v, want nDCG %.4f, recall %.1f", c.name, r, c.ndcg, c.recall)
		}
		if q.ByUser["citizen"].Queries != 1 || (q.Overall.Empty == 1) != (len(c.items) == 0) {
			t.Errorf("%s: %+v", c.name, q)
		}
		if wantNoise := min(len(c.items), 1); q.Noisy != (Count{wantNoise, 1}) {
			t.Errorf("%s: noisy %v", c.name, q.Noisy)
		}
	}
}

func TestPrint(t *testing.T) {
	doc := document()
	doc.Items[1].Number = "3"
	var short, long bytes.Buffer
	s := run(t, doc, fixed{doc, []int{1}, search.TierExact})
	s.Print(&short, false)
	s.Print(&long, true)
	for _, want := range []string{"条目 3/3（100.0%）", "序号 2/3（66.7%）", "责任分工 1/1", "按句 F1 1.000", "nDCG@10 0.131", "数值和单位 2/2", "都对 1/1"} {
		if !strings.Contains(short.String(), want) {
			t.Errorf("no %q in\n%s", want, &short)
		}
	}
	for _, want := range []string{"× 条目 2（371500-2021-assignment/task-2）序号：应为 2，得到 3", "首页缺 371500-2021-assignment/task-1"} {
		if !strings.Contains(long.String(), want) || strings.Contains(short.String(), want) {
			t.Errorf("%q must stand in the long form alone:\n%s", want, &long)
		}
	}
}

func TestBadFolder(t *testing.T) {
	opts := Options{Documents: []*report.Document{document()}}
	s, err := Run(t.Context(), t.TempDir(), opts)
	if err != nil || len(s.Skipped) != 6 {
		t.Errorf("an empty folder: %v, skipped %q", err, s.Skipped)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "queries.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), dir, opts); err == nil || !strings.Contains(err.Error(), "queries.json") {
		t.Errorf("a broken file: %v", err)
	}
	if _, err := Run(t.Context(), dir, Options{}); err == nil {
		t.Error("no documents are no error")
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"改造 40 个，**共**２０条（约）": "改造40个,共20条(约)", " \n": "", "　全角　空格": "全角空格",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}
