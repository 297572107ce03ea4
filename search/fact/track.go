package fact

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"youju/report"
)

// Track is one indicator of one place through the years.
type Track struct {
	Indicator string
	Topic     string
	// Note says what changed or differs in its definition, or "".
	Note string
	// Place is the facet value of the place the line is about (聊城市, 全国), and
	// Places are all that have points, the ones with most first.
	Place  string
	Places []PlaceCount
	// Unit is what the points of the line can be compared by: 元, %, 个; or [Ratio].
	Unit string
	// Basis is the definition that all points of the line state, or "".
	Basis string
	// Change says that the line is of increases or decreases, not of levels.
	Change bool
	// Years are in order, without gaps from the first point of the line to the last,
	// or to the newest document of the place: that it states nothing is worth knowing.
	Years []TrackYear
	// Apart are the points that are not of the line, each with its reason.
	Apart []Point
}

// PlaceCount is a place with the number of its points.
type PlaceCount struct {
	Place  string
	Points int
}

// TrackYear is what is stated about one year.
type TrackYear struct {
	Year             int
	Targets, Results []Point
	State            State
	// Planned says that the collection has a document of the place of that year, in
	// which a target could stand, Held that it has one of that year or the next.
	Planned, Held bool
}

// Point is one value of an indicator with everything that states it.
type Point struct {
	Year int
	Kind report.FigureKind
	// Figure is the first statement's: the others state the same value.
	Figure report.Figure
	// Statements are in the order of the documents.
	Statements []*Statement
	// Place is what the point is about.
	Place string
	// Apart are the reasons why it does not stand in the line.
	Apart []string
}

// Number is the value multiplied out, by which points are drawn and compared;
// ok is false where the text gives words only.
func (p *Point) Number() (value float64, ok bool) { return number(&p.Figure) }

func number(f *report.Figure) (float64, bool) {
	switch {
	case f.Norm != nil:
		return *f.Norm, true
	case f.Value != nil:
		return *f.Value, true
	}
	return 0, false
}

// State is what is known of a year's target, in the words a reader sees. It
// grades nothing: a result that is not there is a gap of the collection.
type State string

// The states of a year. A year of which nothing is stated has none.
const (
	StateResult   State = "已有结果"
	StateOpen     State = "结果未收录"
	StateNoTarget State = "无目标"
	StateWords    State = "仅文字表述"
)

// States lists them all.
var States = []State{StateResult, StateOpen, StateNoTarget, StateWords}

// maxYears bounds the years of a line, should one be misread.
const maxYears = 60

// Track gathers what is stated about an indicator of a place; an empty place
// is the one with the most points. It is nil where nothing is stated.
func (f *Facts) Track(indicator, place string) (*Track, error) {
	at, found, err := f.indicatorAt(indicator)
	if err != nil || !found {
		return nil, err
	}
	t := &Track{Indicator: indicator, Note: noteOf(indicator)}
	if t.Places, err = f.indicatorPlaces(at); err != nil {
		return nil, err
	}
	if t.Place = place; place == "" {
		t.Place = t.Places[0].Place
	}
	var here, others []ref
	err = f.read(tableIndicators, at, func(r *rowReader) {
		t.Topic = readIndicator(r).topic
		here, others = f.refsOf(r, t.Place)
	})
	if err != nil || len(here)+len(others) == 0 {
		return nil, err
	}
	line, err := f.statements(here)
	if err != nil {
		return nil, err
	}
	rest, err := f.statements(others)
	if err != nil {
		return nil, err
	}
	t.Change = lineChange(line)
	t.Unit, t.Basis = lineUnit(line, t.Change), lineBasis(line)
	points := merge(line, t)
	t.Apart = append(t.Apart, slices.DeleteFunc(slices.Clone(points), func(p Point) bool { return len(p.Apart) == 0 })...)
	t.Apart = append(t.Apart, merge(rest, t)...)
	slices.SortStableFunc(t.Apart, func(a, b Point) int { return cmp.Compare(a.Year, b.Year) })
	t.Years, err = f.years(t.Place, slices.DeleteFunc(points, func(p Point) bool { return len(p.Apart) > 0 }))
	return t, err
}

// refsOf are the figures about a place, and those that its documents state of others.
func (f *Facts) refsOf(r *rowReader, place string) (here, others []ref) {
	wanted, known := f.c.rank[place]
	r.eachPlace(func(at, _ int, rest *rowReader) {
		if known && at == wanted {
			rest.uint()
			rest.marks()
			here, others = rest.refs(), rest.refs()
		}
	})
	return here, others
}

// statements reads figures where they stand.
func (f *Facts) statements(refs []ref) ([]*Statement, error) {
	list := make([]*Statement, len(refs))
	for i, at := range refs {
		p, err := f.passage(at.item)
		if err != nil {
			return nil, err
		}
		if at.index >= len(p.Item.Figures) {
			return nil, fmt.Errorf("item %s: %w", p.Item.ID, errRow)
		}
		figure := p.Item.Figures[at.index]
		list[i] = &Statement{p, PlaceOf(figure.Place, p.Document.Place), figure, at}
	}
	return list, nil
}

// indicatorPlaces counts an indicator's points by place, most first.
func (f *Facts) indicatorPlaces(at int) (counts []PlaceCount, err error) {
	err = f.read(tableIndicators, at, func(r *rowReader) {
		readIndicator(r)
		r.eachPlace(func(place, figures int, rest *rowReader) {
			if figures > 0 {
				counts = append(counts, PlaceCount{nth(f.c.places, place), rest.uint()})
			}
		})
	})
	slices.SortStableFunc(counts, func(a, b PlaceCount) int { return cmp.Compare(b.Points, a.Points) })
	return counts, err
}

// lineUnit is the unit of most years of the line; of equals, that of most figures.
func lineUnit(line []*Statement, change bool) string {
	years, all := map[string]map[int]bool{}, map[string]int{}
	for _, s := range line {
		fig := &s.Figure
		if _, ok := number(fig); !ok || fig.Change != change {
			continue
		}
		unit := measure(fig)
		all[unit]++
		if years[unit] == nil {
			years[unit] = map[int]bool{}
		}
		if apart(fig, fig.Basis) == nil {
			years[unit][fig.AboutYear] = true
		}
	}
	units := slices.Sorted(maps.Keys(all))
	slices.SortStableFunc(units, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(years[b]), len(years[a])), cmp.Compare(all[b], all[a]))
	})
	if len(units) == 0 {
		return ""
	}
	return units[0]
}

// lineChange tells whether the line is of changes: where more figures of single
// years are changes than levels.
func lineChange(line []*Statement) bool {
	changes := 0
	for _, s := range line {
		fig := &s.Figure
		if _, ok := number(fig); !ok || fig.AboutYear == 0 || spanOf(fig) != "" {
			continue
		}
		if fig.Change {
			changes++
		} else {
			changes--
		}
	}
	return changes > 0
}

// lineBasis is the definition of the line: none where a figure states none, else
// the one stated most.
func lineBasis(line []*Statement) string {
	count := map[string]int{}
	for _, s := range line {
		if fig := &s.Figure; spanOf(fig) == "" && fig.AboutYear != 0 {
			count[fig.Basis]++
		}
	}
	if count[""] > 0 {
		return ""
	}
	return commonest(count)
}

// apart lists the reasons why a figure cannot stand beside those of single years.
// Basis is the definition of the line they would stand in.
func apart(f *report.Figure, basis string) (reasons []string) {
	switch {
	case f.Period != "" && f.FromYear != 0 && f.FromYear != f.AboutYear:
		reasons = append(reasons, fmt.Sprintf("时段：%s（%d—%d年）", f.Period, f.FromYear, f.AboutYear))
	case spanOf(f) != "":
		reasons = append(reasons, "时段："+spanOf(f))
	case f.AboutYear == 0:
		reasons = append(reasons, "所说的年份不明")
	}
	switch {
	case f.Basis != "" && f.Basis != basis:
		reasons = append(reasons, "口径："+f.Basis)
	case f.Basis != basis:
		reasons = append(reasons, "口径没有注明")
	}
	return reasons
}

// merge makes one point of the statements of one value, and gives points that
// do not belong in the track's line their reason.
func merge(list []*Statement, t *Track) []Point {
	var points []Point
	at := map[string]int{}
	for _, st := range list {
		place := st.About
		p := Point{Year: st.AboutYear, Kind: st.Kind, Figure: st.Figure, Place: place, Apart: apart(&st.Figure, t.Basis)}
		_, isNumber := number(&st.Figure)
		switch {
		case place != t.Place:
			p.Apart = append([]string{"说的是" + place}, p.Apart...)
		case isNumber && st.Change != t.Change && st.Change:
			p.Apart = append(p.Apart, "是增减量，不是总量")
		case isNumber && st.Change != t.Change:
			p.Apart = append(p.Apart, "是总量，不是增减量")
		case !isNumber || measure(&st.Figure) == t.Unit:
		case len(st.Ratio) > 0:
			p.Apart = append(p.Apart, "是几项之比")
		default:
			p.Apart = append(p.Apart, "单位："+st.Unit)
		}
		key := fmt.Sprint(p.Year, p.Kind, p.Apart, valueKey(&st.Figure))
		if i, ok := at[key]; ok {
			points[i].Statements = append(points[i].Statements, st)
			continue
		}
		at[key] = len(points)
		p.Statements = []*Statement{st}
		points = append(points, p)
	}
	return points
}

// valueKey is the same for figures that state one value.
func valueKey(f *report.Figure) string {
	n, ok := number(f)
	if !ok {
		return strings.TrimSpace(f.Bound + " " + f.Text)
	}
	if len(f.Ratio) > 0 {
		return NumberText(f)
	}
	key := fmt.Sprint(strconv.FormatFloat(n, 'g', 12, 64), " ", measureOf(f.Unit), f.Change)
	if f.ValueMax != nil {
		key += " " + strconv.FormatFloat(*f.ValueMax, 'g', 12, 64)
	}
	return key
}

// years lays the points of a line out by year.
func (f *Facts) years(place string, points []Point) ([]TrackYear, error) {
	if len(points) == 0 {
		return nil, nil
	}
	held, err := f.yearsHeld(place)
	if err != nil {
		return nil, err
	}
	first, last := points[0].Year, points[0].Year
	for _, p := range points {
		first, last = min(first, p.Year), max(last, p.Year)
	}
	for _, year := range held {
		last = max(last, year)
	}
	first = max(first, last-maxYears)
	years := make([]TrackYear, last-first+1)
	for i := range years {
		years[i].Year = first + i
		years[i].Planned = slices.Contains(held, first+i)
		years[i].Held = years[i].Planned || slices.Contains(held, first+i+1)
	}
	for _, p := range points {
		if p.Year < first {
			continue
		}
		y := &years[p.Year-first]
		if p.Kind == report.FigureTarget {
			y.Targets = append(y.Targets, p)
		} else {
			y.Results = append(y.Results, p)
		}
	}
	for i := range years {
		years[i].State = stateOf(&years[i])
	}
	return years, nil
}

// yearsHeld are the years of which there is a document of a place.
func (f *Facts) yearsHeld(place string) (years []int, err error) {
	rank, known := f.c.rank[place]
	if !known {
		return nil, nil
	}
	err = f.read(tablePlaces, rank, func(r *rowReader) {
		r.bytes()
		r.uint()
		years = r.ints()
	})
	return years, err
}

func stateOf(y *TrackYear) State {
	isNumber := func(p Point) bool { _, ok := p.Number(); return ok }
	target, result := slices.ContainsFunc(y.Targets, isNumber), slices.ContainsFunc(y.Results, isNumber)
	switch {
	case len(y.Targets)+len(y.Results) == 0:
		return ""
	case result && len(y.Targets) > 0:
		return StateResult
	case result:
		return StateNoTarget
	case target:
		return StateOpen
	}
	return StateWords
}
