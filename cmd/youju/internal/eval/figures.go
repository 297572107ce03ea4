package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"youju/report"
)

// FigureScore says how well numbers are read.
type FigureScore struct {
	Snippets int `json:"snippets"`
	// Values counts the expected values that the item holding the snippet
	// states in the expected unit. The other counts are among those.
	Values Count `json:"values"`
	Years  Count `json:"years"`
	Kinds  Count `json:"kinds"`
	// Indicators counts names that are the same indicator's, Near those of
	// which one holds the other as well.
	Indicators Count    `json:"indicators"`
	Near       Count    `json:"indicators_near"`
	Places     Count    `json:"places"`
	Failures   []string `json:"failures"`
}

// CommitmentScore says how well one indicator's figures are put together.
type CommitmentScore struct {
	Indicators int `json:"indicators"`
	// Points counts the expected points that stand under one of the expected
	// names, in their year and of their kind; Near takes names of which one
	// holds the other.
	Points   Count    `json:"points"`
	Near     Count    `json:"points_near"`
	Failures []string `json:"failures"`
}

// goldValue is a number, a list of them or null.
type goldValue []float64

// UnmarshalJSON reads any of these.
func (v *goldValue) UnmarshalJSON(b []byte) error {
	var one *float64
	if json.Unmarshal(b, &one) == nil {
		*v = nil
		if one != nil {
			*v = goldValue{*one}
		}
		return nil
	}
	return json.Unmarshal(b, (*[]float64)(v))
}

type goldFigure struct {
	ID        string    `json:"id"`
	Seed      string    `json:"seed"`
	Contains  string    `json:"contains"`
	Indicator string    `json:"indicator"`
	Value     goldValue `json:"value"`
	Unit      string    `json:"unit"`
	Year      int       `json:"year"`
	Kind      string    `json:"kind"`
	Place     string    `json:"place"`
}

type goldCommitment struct {
	Indicator string       `json:"indicator"`
	Aliases   []string     `json:"aliases"`
	Timeline  []goldFigure `json:"timeline"`
}

// wordKind is how a figure's kind is spelt in expectations.
func wordKind(k report.FigureKind) string {
	if k == "" {
		return "definition"
	}
	return string(k)
}

// is tells whether a figure has the expected value and unit.
func (v goldValue) is(f *report.Figure, unit string) bool {
	if len(v) == 0 {
		return f.Value == nil
	}
	if f.Value == nil || Fold(f.Unit) != Fold(unit) {
		return false
	}
	have := []float64{*f.Value}
	switch {
	case len(f.Ratio) > 0:
		have = f.Ratio
	case f.ValueMax != nil:
		have = append(have, *f.ValueMax)
	}
	return slices.EqualFunc(v, have, func(a, b float64) bool { return math.Abs(a-b) < 1e-9*max(1, math.Abs(a)) })
}

// near tells whether one name holds the other.
func near(a, b string) bool {
	a, b = foldName(a), foldName(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

var nameMarks = strings.NewReplacer("、", "", "“", "", "”", "", "\"", "", "的", "")

func foldName(s string) string { return nameMarks.Replace(Fold(s)) }

// stated is one figure and the item it stands in.
type stated struct {
	entry  *entry
	figure *report.Figure
}

// figures lists those with the value of g in the items that hold its snippet,
// those inside the snippet first.
func (c *collection) figures(g *goldFigure) (found []stated) {
	snippet := Fold(g.Contains)
	inside := 0
	for _, e := range c.holding(g.Seed, snippet) {
		at := strings.Index(e.content, snippet)
		heading := len(Fold(e.item.Heading))
		for i := range e.item.Figures {
			f := &e.item.Figures[i]
			if !g.Value.is(f, g.Unit) {
				continue
			}
			end := heading + len(Fold(e.item.Text[:f.At.End]))
			if end > at && end <= at+len(snippet)+len("以上") {
				found = slices.Insert(found, inside, stated{e, f})
				inside++
				continue
			}
			found = append(found, stated{e, f})
		}
	}
	if inside > 0 {
		found = found[:inside]
	}
	return found
}

func scoreFigures(_ context.Context, dir string, c *collection, _ Options, s *Scores) error {
	var gold []goldFigure
	if ok, err := load(filepath.Join(dir, "figures.json"), &gold); err != nil || !ok {
		if err == nil {
			s.Skipped = append(s.Skipped, "figures.json：没有文件")
		}
		return err
	}
	score := &FigureScore{Snippets: len(gold)}
	for i := range gold {
		score.score(c, &gold[i])
	}
	s.Figures = score
	return nil
}

func (s *FigureScore) score(c *collection, g *goldFigure) {
	found := c.figures(g)
	table := report.Indicators()
	if len(g.Value) == 0 {
		// Of figures in words only the indicator tells which is meant.
		found = slices.DeleteFunc(found, func(st stated) bool {
			return !table.Same(g.Indicator, st.figure.Indicator, "") && !near(g.Indicator, st.figure.Indicator)
		})
	}
	s.Values.add(len(found) > 0)
	if len(found) == 0 {
		s.Failures = append(s.Failures, fmt.Sprintf("%s %s：缺 %s %v%s", g.ID, excerpt(g.Contains), g.Indicator, g.Value, g.Unit))
		return
	}
	// The same number may be stated of several things: the best name counts.
	best := found[0]
	for _, st := range found {
		if table.Same(g.Indicator, st.figure.Indicator, g.Unit) {
			best = st
			break
		}
	}
	f := best.figure
	place := f.Place
	if place == "" {
		place = best.entry.doc.Place.Name()
	}
	same := table.Same(g.Indicator, f.Indicator, g.Unit)
	s.Years.add(f.AboutYear == g.Year)
	s.Kinds.add(wordKind(f.Kind) == g.Kind)
	s.Indicators.add(same)
	s.Near.add(same || near(g.Indicator, f.Indicator))
	s.Places.add(place == g.Place)
	for _, wrong := range []struct {
		ok         bool
		what       string
		want, have any
	}{
		{f.AboutYear == g.Year, "年份", g.Year, f.AboutYear}, {wordKind(f.Kind) == g.Kind, "类别", g.Kind, f.Kind},
		{same, "指标", g.Indicator, f.Indicator}, {place == g.Place, "地区", g.Place, place},
	} {
		if !wrong.ok {
			s.Failures = append(s.Failures, fmt.Sprintf("%s %s：%s应为 %v 得到 %v", g.ID, excerpt(g.Contains), wrong.what, wrong.want, wrong.have))
		}
	}
}

func scoreCommitments(_ context.Context, dir string, c *collection, _ Options, s *Scores) error {
	var gold []goldCommitment
	if ok, err := load(filepath.Join(dir, "commitments.json"), &gold); err != nil || !ok {
		if err == nil {
			s.Skipped = append(s.Skipped, "commitments.json：没有文件")
		}
		return err
	}
	score := &CommitmentScore{Indicators: len(gold)}
	for i := range gold {
		for j := range gold[i].Timeline {
			score.score(c, &gold[i], &gold[i].Timeline[j])
		}
	}
	s.Commitments = score
	return nil
}

func (s *CommitmentScore) score(c *collection, g *goldCommitment, point *goldFigure) {
	names := append([]string{g.Indicator}, g.Aliases...)
	var same, close bool
	var have []string
	for _, st := range c.figures(point) {
		f := st.figure
		have = append(have, fmt.Sprintf("%s %s%d", f.Indicator, f.Kind.Label(), f.AboutYear))
		if f.AboutYear != point.Year || wordKind(f.Kind) != point.Kind {
			continue
		}
		for _, name := range names {
			is := report.Indicators().Same(name, f.Indicator, point.Unit)
			same, close = same || is, close || is || near(name, f.Indicator)
		}
	}
	s.Points.add(same)
	s.Near.add(close)
	if !same {
		s.Failures = append(s.Failures, fmt.Sprintf("%s %s：缺 %s%d %v%s，有 %q", g.Indicator, excerpt(point.Contains), report.FigureKind(point.Kind).Label(), point.Year, point.Value, point.Unit, have))
	}
}
