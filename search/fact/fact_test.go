package fact_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"youju/report"
	"youju/search/fact"
)

// county is a document with an item of each sort that is gathered.
func county() *report.Document {
	value := 12.0
	return &report.Document{
		ID: "371524-2020-report", Title: "东阿县政府工作报告", Year: 2020,
		Items: []report.Item{
			{ID: "371524-2020-report/1", Text: "没有可记的话。", Part: report.PartOpening},
			{ID: "371524-2020-report/2", Text: "改造老旧小区12个。", Part: report.PartPlan,
				Figures: []report.Figure{{Indicator: "改造老旧小区", Value: &value, Unit: "个", Text: "改造老旧小区12个"}}},
			{ID: "371524-2020-report/3", Text: "启动机场建设。（县交通局牵头）", Part: report.PartPlan,
				Duty:     report.Duty{LeadUnits: []string{"县交通局"}},
				Mentions: []report.Mention{{Name: "机场", Kind: report.MentionProject}}},
			{ID: "371524-2020-report/glossary-1", Heading: "双招双引", Text: "招商引资、招才引智。", Part: report.PartGlossary},
			{ID: "371524-2020-report/livelihood-1", Text: "新建幼儿园3所。", Part: report.PartLivelihood},
		},
	}
}

func TestBuild(t *testing.T) {
	f := gather(county())
	indicators, _, err := f.Indicators(fact.IndicatorFilter{Single: true})
	if err != nil || len(indicators) != 0 {
		t.Errorf("a figure that is neither target nor result has a page: %v, %v", indicators, err)
	}
	if p, err := f.ProjectNamed("机场"); p == nil || p.Count != 1 || p.Last.Passage.Item.ID != "371524-2020-report/3" || p.Last.Passage.Document.Year != 2020 {
		t.Errorf("the airport: %+v, %v", p, err)
	}
	if units, err := f.UnitsLeading(&county().Items[2]); len(units) != 1 || units[0].Name != "县交通局" {
		t.Errorf("%d units lead the item, %v", len(units), err)
	}
	if terms, err := f.Terms(fact.Choice{}, fact.All); terms.Total != 1 || terms.Entries[0].Definitions[0].Text != "招商引资、招才引智。" {
		t.Errorf("%d terms, %v", terms.Total, err)
	}
}

// shelf keeps tables in memory, as a store and as a sink.
type shelf struct {
	tables map[string]*rows
	items  []*report.Item
}

type rows struct{ list [][]byte }

func (s *shelf) Create(name string) (fact.TableWriter, error) {
	s.tables[name] = new(rows)
	return s.tables[name], nil
}

func (s *shelf) Table(name string) (fact.Table, error) { return s.tables[name], nil }

func (s *shelf) Item(n int) (*report.Item, error) {
	if n >= len(s.items) {
		return nil, errors.New("no such item")
	}
	return s.items[n], nil
}

func (s *shelf) Find(id string) (n int, ok bool) {
	n = slices.IndexFunc(s.items, func(it *report.Item) bool { return it.ID == id })
	return n, n >= 0
}

func (s *shelf) Hold() (func(), error) { return func() {}, nil }

func (r *rows) Add(row []byte) error     { r.list = append(r.list, bytes.Clone(row)); return nil }
func (r *rows) Close() error             { return nil }
func (r *rows) Len() int                 { return len(r.list) }
func (r *rows) At(i int) ([]byte, error) { return r.list[i], nil }
func written(b *fact.Builder, docs ...*report.Document) (*shelf, error) {
	s := &shelf{tables: map[string]*rows{}}
	for _, d := range docs {
		b.Add(d)
		for i := range d.Items {
			s.items = append(s.items, &d.Items[i])
		}
	}
	return s, b.Write(s)
}

// everything are documents with facts of all sorts.
func everything() []*report.Document {
	docs := append(assignments(), county(), stating("figures", liaocheng, 2021, jobs("target 2021 4 万人"), jobs("result 2020 4.5 万人"),
		with(jobs("result 2019 3 万人"), func(f *report.Figure) { f.Place = "东阿县" })))
	docs = append(docs, projectDocuments()...)
	docs = append(docs, listing("lists-1", 2025, report.PartLivelihood, "新建幼儿园3所。", "改造老旧小区12个。"), listing("lists-2", 2026, report.PartLivelihood, "新建幼儿园5所。"))
	return docs
}

// TestSpilledBuild lets everything that is sorted go through files, an entry in
// each: what is written is the same.
func TestSpilledBuild(t *testing.T) {
	whole, err := written(fact.NewBuilder(), everything()...)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	spilled, err := written(fact.NewBuilderIn(dir, 1), everything()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range fact.Tables {
		if len(whole.tables[name].list) == 0 {
			t.Errorf("%s has no rows", name)
		}
		if diff := cmp.Diff(whole.tables[name].list, spilled.tables[name].list); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

// ask asks every question there is and gives the answers' sizes, or an error.
func ask(f *fact.Facts) (said []string, err error) {
	note := func(what any, e error) {
		said, err = append(said, fmt.Sprint(what)), errors.Join(err, e)
	}
	rows, _, e := f.Indicators(fact.IndicatorFilter{Single: true, Place: "聊城市"})
	note(len(rows), e)
	track, e := f.Track("城镇新增就业", "")
	note(track != nil && len(track.Years) > 0, e)
	names, e := f.IndicatorsIn([]string{"城镇新增就业"}, 3)
	note(names, e)
	names, e = f.IndicatorsLike("新增就业", "聊城市", 3)
	note(names, e)
	names, e = f.IndicatorsNear("城镇就业", 3)
	note(names, e)
	names, e = f.FigurePlaces()
	note(names, e)
	projects, e := f.Projects(fact.Choice{}, fact.All)
	note(projects.Total, e)
	for _, p := range projects.Entries {
		if e == nil {
			_, e := f.Mentions(p)
			note(p.Name, e)
		}
	}
	named, e := f.ProjectsIn("济郑高铁和机场", 3)
	note(len(named), e)
	units, e := f.Units(fact.Choice{}, fact.All)
	note(units.Total, e)
	for _, u := range units.Entries {
		note(u.Name, f.Tasks(u.Roles))
	}
	terms, e := f.Terms(fact.Choice{}, fact.All)
	note(terms.Total, e)
	lists, e := f.Lists()
	note(len(lists), e)
	if len(lists) > 1 {
		c, e := f.Compare(lists[0], lists[len(lists)-1])
		note(c != nil && len(c.Again) > 0, e)
	}
	trend, e := f.Trend(fact.TrendFilter{}, nil)
	note(len(trend.Years), e)
	return said, err
}

func TestCancelled(t *testing.T) {
	s, err := written(fact.NewBuilder(), everything()...)
	if err != nil {
		t.Fatal(err)
	}
	c, err := fact.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if said, err := ask(c.Facts(ctx)); err != nil {
		t.Fatal(said, err)
	}
	cancel()
	for name, ask := range map[string]func(*fact.Facts) error{
		"indicators": func(f *fact.Facts) error { _, _, err := f.Indicators(fact.IndicatorFilter{}); return err },
		"track":      func(f *fact.Facts) error { _, err := f.Track("城镇新增就业", ""); return err },
		"search":     func(f *fact.Facts) error { _, err := f.IndicatorsIn([]string{"就业"}, 3); return err },
		"text":       func(f *fact.Facts) error { _, err := f.ProjectsIn("机场", 3); return err },
		"projects":   func(f *fact.Facts) error { _, err := f.Projects(fact.Choice{}, fact.None); return err },
		"units":      func(f *fact.Facts) error { _, err := f.Units(fact.Choice{}, fact.None); return err },
		"unit":       func(f *fact.Facts) error { _, err := f.UnitsNamed("市财政局"); return err },
		"terms":      func(f *fact.Facts) error { _, err := f.Terms(fact.Choice{}, fact.None); return err },
		"lists":      func(f *fact.Facts) error { _, err := f.Lists(); return err },
		"trend":      func(f *fact.Facts) error { _, err := f.Trend(fact.TrendFilter{}, nil); return err },
	} {
		if err := ask(c.Facts(ctx)); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v after the request was cancelled", name, err)
		}
	}
}

// FuzzDamaged damages a row: questions give an error or an answer, and end.
func FuzzDamaged(f *testing.F) {
	for i := range fact.Tables {
		f.Add(uint8(i), uint8(0), uint16(0), byte(0xff))
		f.Add(uint8(i), uint8(1), uint16(3), byte(0x80))
	}
	f.Fuzz(func(t *testing.T, table, row uint8, at uint16, with byte) {
		s, err := written(fact.NewBuilder(), everything()...)
		if err != nil {
			t.Fatal(err)
		}
		list := s.tables[fact.Tables[int(table)%len(fact.Tables)]].list
		data := list[int(row)%len(list)]
		if len(data) == 0 {
			return
		}
		if at := int(at) % len(data); with == 0 {
			list[int(row)%len(list)] = data[:at]
		} else {
			data[at] ^= with
		}
		if c, err := fact.Open(s); err == nil {
			ask(c.Facts(t.Context()))
		}
	})
}
