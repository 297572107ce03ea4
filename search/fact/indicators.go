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
func (f *Facts) Indicators(filter IndicatorFilter) (rows []IndicatorRow, left int) {
	x := f.figures()
	text := foldName(filter.Text)
	for i, name := range x.names {
		if filter.Topic != "" && x.topic[name] != filter.Topic || !strings.Contains(x.folded[i], text) {
			continue
		}
		row := IndicatorRow{Name: name, Topic: x.topic[name], Place: filter.Place, Years: x.years[i]}
		if filter.Place != "" {
			row.Years = f.coverage(x.byName[name], filter.Place)
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
	}
	order := topicOrder()
	slices.SortStableFunc(rows, func(a, b IndicatorRow) int {
		return cmp.Or(cmp.Compare(order[a.Topic], order[b.Topic]), cmp.Compare(b.Points, a.Points))
	})
	return rows, left
}

// coverage marks the years of which statements about a place tell.
func (f *Facts) coverage(list []uint32, place string) []YearMark {
	return f.coverageOf(list, func(s uint32) bool { return f.figures().about[s] == place })
}

// coverageOf marks the years of which the statements that are wanted tell.
func (f *Facts) coverageOf(list []uint32, wanted func(s uint32) bool) []YearMark {
	var years []YearMark
	for _, s := range list {
		st := &f.Statements[s]
		if st.AboutYear == 0 || st.Period != "" || !wanted(s) {
			continue
		}
		i, ok := slices.BinarySearchFunc(years, st.AboutYear, func(y YearMark, year int) int { return cmp.Compare(y.Year, year) })
		if !ok {
			years = slices.Insert(years, i, YearMark{Year: st.AboutYear})
		}
		years[i].Target = years[i].Target || st.Kind == report.FigureTarget
		years[i].Result = years[i].Result || st.Kind == report.FigureResult
	}
	return years
}

// IndicatorPlaces lists the places that figures are about, most figures first.
func (f *Facts) IndicatorPlaces() []PlaceCount {
	x := f.figures()
	counts := map[string]int{}
	for _, list := range x.byName {
		for _, s := range list {
			counts[x.about[s]]++
		}
	}
	places := make([]PlaceCount, 0, len(counts))
	for place, n := range counts {
		places = append(places, PlaceCount{place, n})
	}
	slices.SortFunc(places, func(a, b PlaceCount) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(x.rank(a.Place), x.rank(b.Place)))
	})
	return places
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
func (f *Facts) Indicator(name string) string {
	x := f.figures()
	for _, n := range []string{name, canonicalName(name)} {
		if len(x.byName[n]) > 0 {
			return n
		}
	}
	folded := foldName(name)
	if i := slices.Index(x.folded, folded); i >= 0 && folded != "" {
		return x.names[i]
	}
	return ""
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
func (f *Facts) IndicatorsIn(words []string, n int) []string {
	var found []string
	add := func(name string) {
		if name != "" && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	words = slices.Clone(words)
	for i := range words {
		words[i] = foldName(words[i])
	}
	all := strings.Join(words, "")
	if all == "" {
		return nil
	}
	if name := f.Indicator(all); utf8.RuneCountInString(all) > shortNaming || slices.Contains(f.namedBy(all), name) {
		add(name) // 项目 is not an indicator because one sentence counts them
	}
	var within, around []string
	for i, name := range f.figures().names {
		if folded := f.figures().folded[i]; utf8.RuneCountInString(folded) >= minNamed && strings.Contains(all, folded) {
			within = append(within, name)
		}
	}
	for _, word := range words {
		around = append(around, f.namedBy(word)...)
	}
	slices.SortStableFunc(within, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	slices.SortStableFunc(around, func(a, b string) int {
		return cmp.Compare(len(f.figures().byName[b]), len(f.figures().byName[a]))
	})
	for _, name := range slices.Concat(within, around) {
		add(name)
	}
	return found[:min(len(found), n)]
}

// namedBy lists the indicators of several years whose names hold a word.
func (f *Facts) namedBy(word string) []string {
	x, length := f.figures(), utf8.RuneCountInString(word)
	if length < minNaming {
		return nil
	}
	years := 2
	if length <= shortNaming {
		years = shortYears
	}
	var names []string
	hold := 0
	for i, name := range x.names {
		if !strings.Contains(x.folded[i], word) {
			continue
		}
		hold++
		if len(x.years[i]) >= years {
			names = append(names, name)
		}
	}
	if length <= shortNaming && hold > max(shortNaming, len(x.names)/shortShare) {
		return nil
	}
	return names
}

// IndicatorsLike lists up to n other indicators with a name that holds the name
// or is held by it, and with more than one point, the ones with most first:
// 生产总值 and 生产总值增长. Those stated of the place leave no room for others.
func (f *Facts) IndicatorsLike(name, place string, n int) []string {
	x, folded := f.figures(), foldName(name)
	var here, elsewhere []string
	for i, other := range x.names {
		o := x.folded[i]
		if other == name || utf8.RuneCountInString(o) < minLike || !strings.Contains(o, folded) && !strings.Contains(folded, o) {
			continue
		}
		switch {
		case f.States(other, place):
			here = append(here, other)
		case len(x.byName[other]) > 1:
			elsewhere = append(elsewhere, other)
		}
	}
	like := here
	if len(like) == 0 {
		like = elsewhere
	}
	slices.SortStableFunc(like, func(a, b string) int { return cmp.Compare(len(x.byName[b]), len(x.byName[a])) })
	return like[:min(len(like), n)]
}

// States reports whether something is stated of an indicator of a place.
func (f *Facts) States(indicator, place string) bool {
	return slices.ContainsFunc(f.figures().byName[indicator], func(s uint32) bool { return f.figures().about[s] == place })
}

// IndicatorTopics lists the topics that indicators have, in the order of pages.
func (f *Facts) IndicatorTopics() []string {
	has := map[string]bool{}
	for _, topic := range f.figures().topic {
		has[topic] = true
	}
	var topics []string
	for _, t := range report.Topics() {
		if has[t.Name] {
			topics = append(topics, t.Name)
		}
	}
	return topics
}

// FigurePlaces lists the places that figures are about.
func (f *Facts) FigurePlaces() []string {
	var places []string
	for _, p := range f.IndicatorPlaces() {
		places = append(places, p.Place)
	}
	return places
}

// IndicatorNames lists every indicator of which something is stated.
func (f *Facts) IndicatorNames() []string { return f.figures().names }

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
