package fact

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/report"
)

// IndicatorFilter narrows the list of indicators; zero values do not.
type IndicatorFilter struct {
	// Place is a facet value, Topic a topic's name, Text a piece of the name.
	Place, Topic, Text string
	// Single takes in the indicators that have but one point.
	Single bool
}

// IndicatorRow is an indicator with what is stated of it by year.
type IndicatorRow struct {
	Name, Topic string
	// Place is the place the list was narrowed to, or "".
	Place string
	// Years are those with a target or a result, in order.
	Years []YearMark
	// Points is the number of years with a target and of those with a result.
	Points int
}

// YearMark says whether a target and a result are stated for a year.
type YearMark struct {
	Year           int
	Target, Result bool
}

// Indicators lists the indicators by topic, within one the ones with most
// points first, and the years that the list spans. Figures of several years or
// of a part of one do not count. Left is the number of indicators that only
// Single would take in.
func (f *Facts) Indicators(filter IndicatorFilter) (rows []IndicatorRow, left int, err error) {
	text := foldName(filter.Text)
	err = f.each(tableIndicators, func(_ int, r *rowReader) error {
		of := readIndicator(r)
		if filter.Topic != "" && of.topic != filter.Topic || !strings.Contains(foldName(of.name), text) {
			return nil
		}
		row := IndicatorRow{Name: of.name, Topic: of.topic, Place: filter.Place, Years: of.years}
		if filter.Place != "" {
			row.Years = f.marksOf(r, filter.Place)
		}
		for _, y := range row.Years {
			row.Points += btoi(y.Target) + btoi(y.Result)
		}
		switch {
		case row.Points == 0:
		case row.Points == 1 && !filter.Single:
			left++
		default:
			rows = append(rows, row)
		}
		return nil
	})
	order := topicOrder()
	slices.SortStableFunc(rows, func(a, b IndicatorRow) int {
		return cmp.Or(cmp.Compare(order[a.Topic], order[b.Topic]), cmp.Compare(b.Points, a.Points))
	})
	return rows, left, err
}

// marksOf are the years of which something is stated of a place.
func (f *Facts) marksOf(r *rowReader, place string) (years []YearMark) {
	wanted, known := f.c.rank[place]
	r.eachPlace(func(at, figures int, rest *rowReader) {
		if known && at == wanted && figures > 0 {
			rest.uint()
			years = rest.marks()
		}
	})
	return years
}

// FigurePlaces lists the places that figures are about, most figures first.
func (f *Facts) FigurePlaces() ([]string, error) {
	var counts []PlaceCount
	err := f.each(tablePlaces, func(_ int, r *rowReader) error {
		if p := (PlaceCount{r.text(), r.uint()}); p.Points > 0 {
			counts = append(counts, p)
		}
		return nil
	})
	slices.SortStableFunc(counts, func(a, b PlaceCount) int { return cmp.Compare(b.Points, a.Points) })
	places := make([]string, len(counts))
	for i, p := range counts {
		places[i] = p.Place
	}
	return places, err
}

// topicOrder leads from a topic to its place in the order of pages; what has no
// topic comes last.
func topicOrder() map[string]int {
	order := map[string]int{}
	for i, t := range report.Topics() {
		order[t.Name] = i - 1000
	}
	return order
}

// Indicator finds the name an indicator is listed under by any of its names;
// "" where there is none.
func (f *Facts) Indicator(name string) (string, error) {
	for _, n := range []string{name, canonicalName(name)} {
		if _, found, err := f.indicatorAt(n); err != nil || found {
			return n, err
		}
	}
	found, err := f.bearers(tableIndicatorNames, foldName(name))
	if err != nil || len(found) == 0 || foldName(name) == "" {
		return "", err
	}
	row, err := f.indicatorRow(found[0])
	return row.name, err
}

// indicatorAt is the number of an indicator.
func (f *Facts) indicatorAt(name string) (n int, found bool, err error) {
	return f.findName(tableIndicators, name) // their rows begin with the name, and are in its order
}

func (f *Facts) indicatorRow(n int) (row indicatorRow, err error) {
	err = f.read(tableIndicators, n, func(r *rowReader) { row = readIndicator(r) })
	return row, err
}

// The shortest name that is looked for in a query, the shortest word that is
// looked for in a name, and the shortest name that is like another, in characters.
const minNamed, minNaming, minLike = 4, 2, 3

// A word of two characters names an indicator only where few names hold it (供热,
// not 建设) and the indicator is stated of some years: one name in so many may.
const shortNaming, shortShare, shortYears = 2, 70, 3

// IndicatorsIn lists up to n indicators that a query's words name: the one they
// are, those they hold, the longest first, and those that hold one of them and
// are stated of several years, the ones with most first.
func (f *Facts) IndicatorsIn(words []string, n int) (found []string, err error) {
	words = slices.Clone(words)
	for i := range words {
		words[i] = foldName(words[i])
	}
	all := strings.Join(words, "")
	if all == "" {
		return nil, nil
	}
	name, err := f.Indicator(all)
	if err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(all) <= shortNaming {
		by, err := f.namedBy(all)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(by, func(row indicatorRow) bool { return row.name == name }) {
			name = "" // 项目 is not an indicator because one sentence counts them
		}
	}
	within, err := f.namedIn(all, minNamed)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(within, func(a, b indicatorRow) int { return cmp.Compare(len(b.name), len(a.name)) })
	var around []indicatorRow
	for _, word := range words {
		by, err := f.namedBy(word)
		if err != nil {
			return nil, err
		}
		around = append(around, by...)
	}
	slices.SortStableFunc(around, byFigures)
	for _, other := range slices.Concat([]indicatorRow{{name: name}}, within, around) {
		if len(found) < n && other.name != "" && !slices.Contains(found, other.name) {
			found = append(found, other.name)
		}
	}
	return found, nil
}

// byFigures puts the indicators with most figures first.
func byFigures(a, b indicatorRow) int { return cmp.Compare(b.figures, a.figures) }

// namedIn lists the indicators whose names, of so many characters at least, stand
// in a text.
func (f *Facts) namedIn(text string, least int) ([]indicatorRow, error) {
	numbers, err := f.bearersIn(tableIndicatorNames, text)
	if err != nil {
		return nil, err
	}
	rows, err := f.indicatorRows(numbers)
	return slices.DeleteFunc(rows, func(row indicatorRow) bool { return utf8.RuneCountInString(foldName(row.name)) < least }), err
}

// indicatorRows reads rows in order, each once.
func (f *Facts) indicatorRows(numbers []int) ([]indicatorRow, error) {
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	rows := make([]indicatorRow, len(numbers))
	for i, n := range numbers {
		var err error
		if rows[i], err = f.indicatorRow(n); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// namedBy lists the indicators of several years whose names hold a word.
func (f *Facts) namedBy(word string) ([]indicatorRow, error) {
	length := utf8.RuneCountInString(word)
	if length < minNaming {
		return nil, nil
	}
	years := 2
	if length <= shortNaming {
		years = shortYears
	}
	hold, err := f.namesHolding(tableIndicatorText, word)
	if err != nil || length <= shortNaming && len(hold) > max(shortNaming, f.c.table[tableIndicators].Len()/shortShare) {
		return nil, err
	}
	rows, err := f.indicatorRows(hold)
	return slices.DeleteFunc(rows, func(row indicatorRow) bool { return len(row.years) < years }), err
}

// IndicatorsLike lists up to n other indicators with a name that holds the name
// or is held by it, and with more than one point, the ones with most first:
// 生产总值 and 生产总值增长. Those stated of the place leave no room for others.
func (f *Facts) IndicatorsLike(name, place string, n int) ([]string, error) {
	folded := foldName(name)
	if folded == "" {
		return nil, nil // every name would hold it
	}
	inside, err := f.bearersIn(tableIndicatorNames, folded)
	if err != nil {
		return nil, err
	}
	around, err := f.namesHolding(tableIndicatorText, folded)
	if err != nil {
		return nil, err
	}
	rows, err := f.indicatorRows(append(inside, around...))
	if err != nil {
		return nil, err
	}
	var here, elsewhere []indicatorRow
	for _, other := range rows {
		if other.name == name || utf8.RuneCountInString(foldName(other.name)) < minLike {
			continue
		}
		stated, err := f.States(other.name, place)
		switch {
		case err != nil:
			return nil, err
		case stated:
			here = append(here, other)
		case other.figures > 1:
			elsewhere = append(elsewhere, other)
		}
	}
	like := here
	if len(like) == 0 {
		like = elsewhere
	}
	slices.SortStableFunc(like, byFigures)
	var names []string
	for _, row := range like[:min(len(like), n)] {
		names = append(names, row.name)
	}
	return names, nil
}

// States reports whether something is stated of an indicator of a place.
func (f *Facts) States(indicator, place string) (stated bool, err error) {
	wanted, known := f.c.rank[place]
	at, found, err := f.indicatorAt(indicator)
	if err != nil || !found || !known {
		return false, err
	}
	err = f.read(tableIndicators, at, func(r *rowReader) {
		readIndicator(r)
		r.eachPlace(func(place, figures int, _ *rowReader) { stated = stated || place == wanted && figures > 0 })
	})
	return stated, err
}

// IndicatorTopics lists the topics that indicators have, in the order of pages.
func (f *Facts) IndicatorTopics() ([]string, error) {
	has := map[string]bool{}
	err := f.each(tableIndicators, func(_ int, r *rowReader) error {
		r.bytes()
		has[string(r.bytes())] = true
		return nil
	})
	var topics []string
	for _, t := range report.Topics() {
		if has[t.Name] {
			topics = append(topics, t.Name)
		}
	}
	return topics, err
}

// IndicatorsNear lists up to n indicators with names like a text.
func (f *Facts) IndicatorsNear(text string, n int) ([]string, error) {
	near := newNearest(text)
	err := f.each(tableIndicators, func(_ int, r *rowReader) error {
		near.take(r.text())
		return nil
	})
	return near.list(n), err
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// foldName is a name as it is compared: its letters and digits, in lower case.
func foldName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '%' {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
