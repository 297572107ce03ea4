package fact

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"youju/report"
)

// NoPlace names what is about no place that is known.
const NoPlace = "地区不明"

// PlaceOf is the facet value of what a figure is about: the place it names, or
// that of its document.
func PlaceOf(printed string, issuer report.Place) string {
	own := cmp.Or(report.Places().FacetValue(issuer), NoPlace)
	switch {
	case printed == "":
		return own
	case printed == "全国":
		return printed
	case printed == "全区" && issuer.County != "":
		return own
	case (printed == "全省" || printed == "全区") && issuer.Province != "":
		return report.Places().FacetValue(report.Place{Province: issuer.Province})
	}
	if p, ok := report.Places().Resolve(printed, issuer); ok {
		return report.Places().FacetValue(p)
	}
	return printed
}

func codeOf(place string) string {
	if place == "全国" {
		return "000000"
	}
	if found := report.Places().Lookup(place); len(found) > 0 {
		return found[0].Code
	}
	return ""
}

// addFigures gathers the targets and results of an item. The document's places
// are known by what is printed once they were looked up.
func (b *Builder) addFigures(d *Document, it *report.Item, item int, about map[string]int) {
	topic := 0
	if len(it.Topics) > 0 {
		topic = 1 + b.topics.of(it.Topics[0])
	}
	for i := range it.Figures {
		f := &it.Figures[i]
		if f.Kind == "" || !report.Indicators().Names(f.Indicator) {
			continue // a threshold is nobody's target, 项目 no indicator
		}
		place, known := about[f.Place]
		if !known {
			place = b.places.of(PlaceOf(f.Place, d.Place))
			about[f.Place] = place
		}
		var r row
		r.uint(item)
		r.uint(i)
		r.uint(place)
		r.uint(topic)
		r.int(f.AboutYear)
		r.text(string(f.Kind))
		r.text(spanOf(f))
		b.subjects.add(ofIndicator+f.Indicator, r)
	}
}

// spanOf is the span of time that a figure is of, where that is no single year.
func spanOf(f *report.Figure) string {
	if f.Period == "" && f.FromYear != 0 {
		return fmt.Sprintf("%d—%d年", f.FromYear, f.AboutYear)
	}
	return f.Period
}

// stated is a figure as it is gathered: where it stands and what it is about.
type stated struct {
	at            ref
	about, issuer int
	year          int
	kind          report.FigureKind
	period        string
}

// indicator writes the row of an indicator: its name, what is said of its years,
// and its figures place by place, with those that documents of the place state
// of others.
func (f *finisher) indicator(name string, values [][]byte) error {
	figures := make([]stated, len(values))
	topics := tally{}
	for i, v := range values {
		r, s := rowReader{data: v}, &figures[i]
		s.at.item, s.at.index, s.about = r.uint(), r.uint(), f.ranks[r.uint()]
		if topic := r.uint(); topic > 0 {
			topics.add(f.topicNames[topic-1])
		}
		s.year, s.kind, s.period = r.int(), report.FigureKind(r.text()), r.text()
		s.issuer = f.documents[f.documentAt(s.at.item)].issuer
		f.points[s.about]++
	}
	var r row
	r.text(name)
	r.text(cmp.Or(topicOf(name), commonest(topics)))
	r.uint(len(figures))
	appendMarks(&r, figures)
	appendPlaces(&r, figures)
	if err := f.of[tableIndicators].Add(r); err != nil {
		return err
	}
	folded := foldName(name)
	f.indicatorNames.add(folded, bearer(f.indicators))
	f.indicators++
	return f.text.add(folded)
}

// appendPlaces writes the figures place by place. What they say of years stands
// before where they stand, as lists need only that.
func appendPlaces(r *row, figures []stated) {
	here, others := map[int][]stated{}, map[int][]stated{}
	var places []int
	for _, s := range figures {
		here[s.about] = append(here[s.about], s)
		places = append(places, s.about)
		if s.issuer != s.about {
			others[s.issuer] = append(others[s.issuer], s)
			places = append(places, s.issuer)
		}
	}
	slices.Sort(places)
	places = slices.Compact(places)
	r.uint(len(places))
	for _, place := range places {
		var of row
		of.uint(pointsOf(here[place]))
		appendMarks(&of, here[place])
		for _, list := range [][]stated{here[place], others[place]} {
			of.uint(len(list))
			last := 0
			for _, s := range list {
				of.uint(s.at.item - last)
				of.uint(s.at.index)
				last = s.at.item
			}
		}
		r.uint(place)
		r.uint(len(here[place]))
		r.uint(len(of))
		*r = append(*r, of...)
	}
}

// pointsOf counts figures of one year, kind and period as one.
func pointsOf(figures []stated) int {
	points := map[string]bool{}
	for _, s := range figures {
		points[strconv.Itoa(s.year)+string(s.kind)+s.period] = true
	}
	return len(points)
}

// appendMarks writes what is stated of which years.
func appendMarks(r *row, figures []stated) {
	var years []YearMark
	for _, s := range figures {
		if s.year == 0 || s.period != "" {
			continue
		}
		i, ok := slices.BinarySearchFunc(years, s.year, func(y YearMark, year int) int { return cmp.Compare(y.Year, year) })
		if !ok {
			years = slices.Insert(years, i, YearMark{Year: s.year})
		}
		years[i].Target = years[i].Target || s.kind == report.FigureTarget
		years[i].Result = years[i].Result || s.kind == report.FigureResult
	}
	r.uint(len(years))
	for _, y := range years {
		r.int(y.Year)
		r.uint(btoi(y.Target) + 2*btoi(y.Result))
	}
}

func (r *rowReader) marks() []YearMark {
	return readList(r, func() YearMark {
		year, said := r.int(), r.uint()
		return YearMark{year, said&1 != 0, said&2 != 0}
	})
}

// indicatorRow is what lists need of an indicator.
type indicatorRow struct {
	name, topic string
	// figures is the number of its figures.
	figures int
	years   []YearMark
}

// readIndicator reads the beginning of an indicator's row.
func readIndicator(r *rowReader) indicatorRow {
	return indicatorRow{r.text(), r.text(), r.uint(), r.marks()}
}

// eachPlace goes on behind readIndicator: it calls yield with every place that is
// spoken of or whose documents speak, how many figures are about it, and the
// rest that is told of it.
func (r *rowReader) eachPlace(yield func(place, figures int, rest *rowReader)) {
	for range r.length() {
		place, figures := r.uint(), r.uint()
		rest := rowReader{data: r.bytes()}
		if yield(place, figures, &rest); rest.bad {
			r.fail()
		}
	}
}

// refs reads where figures stand.
func (r *rowReader) refs() []ref {
	last := 0
	return readList(r, func() ref {
		last += r.uint()
		return ref{last, r.uint()}
	})
}

// commonest is the key with the highest count, the first of equals.
func commonest(counts map[string]int) string {
	best := ""
	for key, n := range counts {
		if best == "" || n > counts[best] || n == counts[best] && key < best {
			best = key
		}
	}
	return best
}
