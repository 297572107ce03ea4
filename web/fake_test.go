package web_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"youju/report"
	"youju/search"
	"youju/search/fact"
)

// memory is a Searcher over a few documents, for what a real index is not
// needed for: hostile text, errors and slow answers.
type memory struct {
	docs  []*report.Document
	moved map[string]string
	// fail is returned, or boom panicked with, instead of an answer.
	fail error
	boom string
	// wait blocks until the request's time is over.
	wait bool
}

func (m *memory) ready(ctx context.Context) error {
	if m.boom != "" {
		panic(m.boom)
	}
	if m.wait {
		<-ctx.Done()
		return ctx.Err()
	}
	return m.fail
}

func (m *memory) Search(ctx context.Context, q search.Query) (*search.Result, error) {
	if err := m.ready(ctx); err != nil {
		return nil, err
	}
	read, _ := search.Read(q.Text)
	marker := search.NewMarker(q.Text)
	for name, values := range q.Filters {
		read.Filters[name] = append(read.Filters[name], values...)
	}
	read.Tier = search.TierExact
	res := &search.Result{Reading: read}
	counts := map[string]map[string]int{}
	for _, d := range m.docs {
		for _, it := range d.Items {
			_, n := marker.Mark(it.Heading + "\n" + it.Text)
			if len(read.Words) > 0 && n == 0 || !holds(read.Filters, d, &it) {
				continue
			}
			res.Hits = append(res.Hits, search.Hit{Item: it, Document: without(d), Snippet: marker.Snippet(it.Text, 120), Score: 1})
			for _, name := range search.FacetNames {
				if counts[name] == nil {
					counts[name] = map[string]int{}
				}
				for _, v := range search.FacetValuesOf(name, d, &it) {
					counts[name][v]++
				}
			}
		}
	}
	for _, name := range search.FacetNames {
		f := search.Facet{Name: name, Label: search.FacetLabels[name]}
		for v, n := range counts[name] {
			f.Values = append(f.Values, search.FacetValue{Value: v, Count: n, Selected: slices.Contains(read.Filters[name], v)})
		}
		f.Values = search.SortFacetValues(name, f.Values)
		res.Facets = append(res.Facets, f)
	}
	res.Total = len(res.Hits)
	from := min((q.Page-1)*q.Size, res.Total)
	res.Hits = res.Hits[from:min(from+q.Size, res.Total)]
	return res, nil
}

func holds(filters map[string][]string, d *report.Document, it *report.Item) bool {
	for name, wanted := range filters {
		has := search.FacetValuesOf(name, d, it)
		if !slices.ContainsFunc(wanted, func(v string) bool { return slices.Contains(has, v) }) {
			return false
		}
	}
	return true
}

// without is a document less its text.
func without(d *report.Document) report.Document {
	short := *d
	short.Sections, short.Items = nil, nil
	return short
}

func (m *memory) Item(ctx context.Context, id string) (*search.Hit, error) {
	if err := m.ready(ctx); err != nil {
		return nil, err
	}
	for _, d := range m.docs {
		for _, it := range d.Items {
			if it.ID == id {
				return &search.Hit{Item: it, Document: without(d)}, nil
			}
		}
	}
	return nil, search.ErrNotFound
}

func (m *memory) Document(ctx context.Context, id string) (*report.Document, error) {
	if err := m.ready(ctx); err != nil {
		return nil, err
	}
	for _, d := range m.docs {
		if d.ID == id {
			return d, nil
		}
	}
	return nil, search.ErrNotFound
}

func (m *memory) Documents(ctx context.Context) ([]search.Summary, error) {
	if err := m.ready(ctx); err != nil {
		return nil, err
	}
	var docs []search.Summary
	for _, d := range m.docs {
		docs = append(docs, search.Summary{Document: without(d), Sections: len(d.Sections), Items: len(d.Items)})
	}
	return docs, nil
}

func (m *memory) Suggest(context.Context, string, int) ([]search.Suggestion, error) {
	return nil, m.fail
}

func (m *memory) Similar(context.Context, string, int) ([]search.Hit, error) { return nil, m.fail }

// Occurrences counts letters, which is enough for texts without signs.
func (m *memory) Occurrences(ctx context.Context, term string) ([]search.Occurrence, error) {
	var list []search.Occurrence
	for _, d := range m.docs {
		o := search.Occurrence{Document: d.ID}
		for _, it := range d.Items {
			if n := strings.Count(it.Heading+"\n"+it.Text, term); n > 0 {
				o.Times, o.Items = o.Times+n, o.Items+1
			}
		}
		if o.Items > 0 {
			list = append(list, o)
		}
	}
	return list, m.ready(ctx)
}

func (m *memory) Facts(ctx context.Context) (*fact.Facts, error) {
	if err := m.ready(ctx); err != nil {
		return nil, err
	}
	b := fact.NewBuilder()
	for _, d := range m.docs {
		b.Add(d)
	}
	return b.Facts(), nil
}

func (m *memory) Info() search.Info {
	items := 0
	for _, d := range m.docs {
		items += len(d.Items)
	}
	info := search.Info{Documents: len(m.docs), Items: items, Moved: m.moved}
	if len(m.docs) > 0 {
		info.Generation, info.Built = "g1", time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	}
	return info
}

var dongE = report.Place{Province: "山东省", City: "聊城市", County: "东阿县", Code: "371524"}

// library is two small documents in every shape the pages know.
func library() *memory {
	tasks := &report.Document{
		ID: "371500-2021-assignment", Kind: report.KindAssignment, Title: "2021年重点工作分工",
		Number: "聊政发〔2021〕1号", Date: "2021-02-10", Year: 2021, ReviewYear: 2020, PlanYear: 2021,
		Place:  report.Place{Province: "山东省", City: "聊城市", Code: "371500"},
		Source: report.Source{File: "/srv/private/tasks.txt", Format: "text", Missing: []string{"开头缺失"}, Repairs: []report.Repair{{Line: 3, What: "接上断行"}}},
		Sections: []report.Section{
			{Path: []string{"一、项目建设"}, Level: 1, Part: report.PartAssignment},
			{Path: []string{"一、项目建设", "（一）交通"}, Level: 2, Part: report.PartAssignment},
		},
	}
	path := []string{"一、项目建设", "（一）交通"}
	for _, t := range []struct{ number, local, text, lead string }{
		{"1", "task-1", "机场前期工作抓紧推进。〔牵头单位：市发展改革委；配合单位：市交通运输局〕", "市发展改革委"},
		{"2", "task-2", "县道改造五十公里。（责任单位：市交通运输局）", "市交通运输局"},
		{"8(1)", "task-8(1)", "机场连接线开工。", ""},
	} {
		value := 50.0
		it := report.Item{
			Figures: []report.Figure{
				{Indicator: "县道改造", Value: &value, Norm: &value, Unit: "公里", Kind: report.FigureTarget, AboutYear: 2021, Text: "县道改造五十公里"},
				{Indicator: "县道改造", Value: &value, Norm: &value, Unit: "公里", Kind: report.FigureResult, AboutYear: 2018, Text: "县道改造五十公里"},
			},
			ID: tasks.ID + "/" + t.local, Number: t.number, Path: path, Text: t.text, Part: report.PartAssignment,
			Claim: report.ClaimPromised, AboutYear: 2021, Topics: []string{"交通基建"},
		}
		if t.lead != "" {
			it.Duty.LeadUnits = []string{t.lead}
		}
		if t.number == "1" {
			it.Duty.SupportUnits = []string{"市交通运输局"}
		}
		tasks.Items = append(tasks.Items, it)
	}
	county := &report.Document{
		ID: "371524-2015-report", Kind: report.KindReport, Title: "东阿县政府工作报告", Year: 2015, Place: dongE,
		Source:   report.Source{File: "b.txt", Format: "text", Digest: "东阿县2015年政府工作报告"},
		Sections: []report.Section{{Path: []string{"一、回顾"}, Level: 1, Part: report.PartReview}},
		Items: []report.Item{
			{ID: "371524-2015-report/1.1", Path: []string{"一、回顾"}, Heading: "工业", Text: "阿胶产量增长。\n旅游人数增加。", Part: report.PartReview, Claim: report.ClaimDone, AboutYear: 2014},
		},
	}
	return &memory{docs: []*report.Document{tasks, county}}
}

// markup is text that would be code if a page forgot to escape it.
const markup = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>`

// hostile is a library in which every field holds markup.
func hostile() *memory {
	d := &report.Document{
		ID: "x-" + strings.ReplaceAll(markup, "/", "_"), Kind: report.Kind(markup), Title: markup, Number: markup, Date: markup, Speaker: markup, Year: 2020,
		Place: report.Place{Province: markup, City: markup, County: markup, Code: markup},
		Source: report.Source{
			File: markup, Format: markup, URL: "javascript:alert(3)", Digest: markup,
			Missing: []string{markup}, Repairs: []report.Repair{{Line: 1, What: markup}},
		},
		Sections: []report.Section{{Path: []string{markup}, Level: 1, Part: report.Part(markup)}},
	}
	it := report.Item{
		ID: d.ID + "/" + "a" + markup, Path: []string{markup}, Number: markup, Heading: markup, Text: "机场" + markup,
		Part: report.Part(markup), Claim: report.Claim(markup), Places: []string{markup}, Topics: []string{markup}, Figures: []report.Figure{
			{Indicator: markup, Unit: markup, Bound: markup, Kind: report.FigureTarget, AboutYear: 2020, Text: markup},
			{Indicator: markup, Unit: markup, Basis: markup, Period: markup, Place: markup, Kind: report.FigureResult, AboutYear: 2020, Text: markup},
		}, Mentions: []report.Mention{{Name: markup, As: markup, Verb: markup, Text: markup}},
		Duty: report.Duty{Leaders: []string{markup}, LeadUnits: []string{markup}, SupportUnits: []string{markup}},
	}
	d.Items = append(d.Items, it)
	return &memory{docs: []*report.Document{d}}
}

// reader is a memory that reads more into a query than package search does by
// itself: context words, synonyms, corrections, cards, suggestions.
type reader struct {
	*memory
	context     []search.Context
	expansions  []search.Expansion
	corrections []search.Alternative
	drops       []search.Alternative
	cards       []search.Card
	suggestions []search.Suggestion
	similar     []search.Hit
	asked       string
	fail        error
}

func (r *reader) Search(ctx context.Context, q search.Query) (*search.Result, error) {
	asked := q
	asked.Filters = maps.Clone(q.Filters)
	if asked.Filters == nil {
		asked.Filters = map[string][]string{}
	}
	var context []search.Context
	for _, c := range r.context {
		if !strings.Contains(q.Text, c.Word) {
			continue
		}
		if c.Off = slices.Contains(q.Off, c.Word); !c.Off {
			asked.Text = strings.TrimSpace(strings.Replace(asked.Text, c.Word, "", 1))
			asked.Filters[c.Facet] = append(asked.Filters[c.Facet], c.Value)
		}
		context = append(context, c)
	}
	res, err := r.memory.Search(ctx, asked)
	if err != nil {
		return nil, err
	}
	read := &res.Reading
	read.Context, read.Corrections, read.Drops, read.Asked = context, r.corrections, r.drops, r.asked
	for _, e := range r.expansions {
		e.Variants = slices.Clone(e.Variants)
		for i := range e.Variants {
			e.Variants[i].Off = slices.Contains(q.Off, e.Variants[i].Text)
		}
		read.Expansions = append(read.Expansions, e)
	}
	res.Cards = r.cards
	return res, nil
}

func (r *reader) Suggest(_ context.Context, text string, n int) ([]search.Suggestion, error) {
	var found []search.Suggestion
	for _, s := range r.suggestions {
		if strings.Contains(s.Text, text) && len(found) < n {
			found = append(found, s)
		}
	}
	return found, r.fail
}

func (r *reader) Similar(_ context.Context, _ string, n int) ([]search.Hit, error) {
	return r.similar[:min(n, len(r.similar))], r.fail
}
