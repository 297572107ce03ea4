package bleve_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"youju/report"
	"youju/search/bleve"
	"youju/search/fact"
)

// answers are everything that facts tell, subject by subject.
type answers struct {
	Indicators []fact.IndicatorRow
	Tracks     []*fact.Track
	Projects   []*fact.Project
	Mentions   [][]*fact.Mention
	Units      []fact.UnitTasks
	Terms      []*fact.Term
	Lists      fact.Lists
	Trend      *fact.Trend
}

func everything(t *testing.T, f *fact.Facts) string {
	t.Helper()
	var a answers
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	a.Indicators, _, err = f.Indicators(fact.IndicatorFilter{Single: true})
	must(err)
	for _, row := range a.Indicators {
		all, err := f.Track(row.Name, "")
		must(err)
		for _, p := range all.Places {
			track, err := f.Track(row.Name, p.Place)
			must(err)
			a.Tracks = append(a.Tracks, track)
		}
	}
	projects, err := f.Projects(fact.Choice{}, fact.All)
	must(err)
	a.Projects = projects.Entries
	for _, p := range projects.Entries {
		mentions, err := f.Mentions(p)
		must(err)
		a.Mentions = append(a.Mentions, mentions)
	}
	units, err := f.Units(fact.Choice{}, fact.All)
	must(err)
	a.Units = units.Entries
	for _, u := range units.Entries {
		must(f.Tasks(u.Roles))
	}
	terms, err := f.Terms(fact.Choice{}, fact.All)
	must(err)
	a.Terms = terms.Entries
	a.Lists, err = f.Lists()
	must(err)
	a.Trend, err = f.Trend(fact.TrendFilter{}, nil)
	must(err)
	data, err := json.MarshalIndent(a, "", " ")
	must(err)
	return string(data)
}

// TestFactsOfSeeds holds what an index answers, built with hardly any memory,
// against the same facts gathered in memory, and these against the documents:
// every figure, mention and task is told where it belongs.
func TestFactsOfSeeds(t *testing.T) {
	docs := readFiles(t, "../../seeds")
	dir := t.TempDir()
	b, err := bleve.NewBuilder(dir)
	if err != nil {
		t.Fatal(err)
	}
	b.Memory = 1 << 15
	memory := fact.NewBuilder()
	for _, d := range docs {
		if err := b.Add(d); err != nil {
			t.Fatal(err)
		}
		memory.Add(d)
	}
	if _, err := b.Publish(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	f, err := x.Facts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	whole := memory.Facts()
	if diff := cmp.Diff(everything(t, whole), everything(t, f)); diff != "" {
		t.Fatalf("in memory and on disk differ (-memory +disk):\n%s", diff)
	}
	for _, d := range docs {
		for i := range d.Items {
			toldOf(t, f, d, &d.Items[i])
		}
	}
}

// toldOf checks that an item's facts are told, each once.
func toldOf(t *testing.T, f *fact.Facts, d *report.Document, it *report.Item) {
	t.Helper()
	mentions := map[string]int{}
	for _, m := range it.Mentions {
		mentions[m.Name]++
	}
	for name, want := range mentions {
		p, err := f.ProjectNamed(name)
		if err != nil || p == nil || p.Name != name {
			t.Fatalf("%s: no project %s, %v", it.ID, name, err)
		}
		list, err := f.Mentions(p)
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, m := range list {
			if m.Passage.Item.ID == it.ID {
				got++
			}
		}
		if got != want {
			t.Errorf("%s mentions %s %d times, told %d times", it.ID, name, want, got)
		}
	}
	for _, figure := range it.Figures {
		if figure.Kind == "" || figure.Indicator == "" {
			continue
		}
		track, err := f.Track(figure.Indicator, fact.PlaceOf(figure.Place, d.Place))
		if !report.Indicators().Names(figure.Indicator) {
			if err != nil || track != nil {
				t.Errorf("%s: %s names no indicator, and has a track: %v", it.ID, figure.Indicator, err)
			}
			continue
		}
		if err != nil || track == nil {
			t.Fatalf("%s: no track of %s, %v", it.ID, figure.Indicator, err)
		}
		points := track.Apart
		for _, y := range track.Years {
			points = append(append(points, y.Targets...), y.Results...)
		}
		got := 0
		for _, p := range points {
			for _, s := range p.Statements {
				if s.Passage.Item.ID == it.ID && s.At == figure.At {
					got++
				}
			}
		}
		if got != 1 {
			t.Errorf("%s: %q is told %d times", it.ID, figure.Text, got)
		}
	}
	units, err := f.UnitsLeading(it)
	if err != nil || len(units) < len(it.Duty.LeadUnits) {
		t.Errorf("%s: %d units for %v, %v", it.ID, len(units), it.Duty.LeadUnits, err)
	}
}

// TestSearchPageReadsNoItem asks what a page of results asks of facts: names are
// enough for it.
func TestSearchPageReadsNoItem(t *testing.T) {
	x, _ := seedIndex(t)
	f, err := x.Facts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	projects, err := f.Projects(fact.Choice{}, fact.Page{Size: 1})
	if err != nil || projects.Total == 0 {
		t.Fatalf("%d projects, %v", projects.Total, err)
	}
	rows, _, err := f.Indicators(fact.IndicatorFilter{})
	if err != nil || len(rows) == 0 {
		t.Fatalf("%d indicators, %v", len(rows), err)
	}
	before := bleve.FactsRead(x)
	for _, text := range []string{projects.Entries[0].Name, rows[0].Name, "没有的词"} {
		if _, err := f.IndicatorsIn([]string{text}, 3); err != nil {
			t.Fatal(err)
		}
		if _, err := f.States(text, "聊城市"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.ProjectsIn(text, 3); err != nil {
			t.Fatal(err)
		}
	}
	if n := bleve.FactsRead(x) - before; n != 0 {
		t.Errorf("%d items were read", n)
	}
}

func seedIndex(t *testing.T) (*bleve.Index, string) {
	t.Helper()
	dir := t.TempDir()
	build(t, dir, readFiles(t, "../../seeds"))
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x, dir
}

// TestFactsOutliveTheirIndex goes on asking when the index is closed, as a
// request does whose generation was replaced: it is refused, and reads nothing
// that is gone.
func TestFactsOutliveTheirIndex(t *testing.T) {
	x, _ := seedIndex(t)
	f, err := x.Facts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Projects(fact.Choice{}, fact.All); err == nil {
		t.Error("a closed index lists projects")
	}
	if _, err := f.UnitsLeading(&report.Item{ID: "a/1", Duty: report.Duty{LeadUnits: []string{"市财政局"}}}); err == nil {
		t.Error("a closed index finds units")
	}
}

// TestLiveHoldsFacts replaces the generation while a request asks.
func TestLiveHoldsFacts(t *testing.T) {
	docs := readFiles(t, "../../seeds")
	dir := t.TempDir()
	build(t, dir, docs)
	live, err := bleve.OpenLive(dir, slog.New(slog.DiscardHandler), 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	f, err := live.Facts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := live.Close(); err != nil { // as a swap does, it lets go of the generation
		t.Fatal(err)
	}
	if p, err := f.Projects(fact.Choice{}, fact.Page{Size: 3}); err != nil || len(p.Entries) != 3 {
		t.Fatalf("%d projects, %v", len(p.Entries), err)
	}
	cancel()
	if _, err := f.Projects(fact.Choice{}, fact.Page{Size: 3}); !errors.Is(err, context.Canceled) && !errors.Is(err, bleve.ErrClosed) {
		t.Errorf("a cancelled request is answered: %v", err)
	}
}
