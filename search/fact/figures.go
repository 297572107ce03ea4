package fact

import (
	"cmp"
	"slices"
	"strings"

	"youju/report"
)

// figureIndex groups the statements of targets and results. It is built when
// it is first asked for.
type figureIndex struct {
	// byName leads from an indicator to its statements, in the order of the documents.
	byName map[string][]uint32
	names  []string
	// folded are the names as they are compared.
	folded []string
	// years are those of which there are statements, by indicator in the order of names.
	years [][]YearMark
	topic map[string]string
	// about is the place a statement is about, issuer the one a document speaks for.
	about  []string
	issuer []string
	// held are the places and years of which there is a report.
	held  map[heldKey]bool
	ranks map[string]int
}

type heldKey struct {
	place string
	year  int
}

func (f *Facts) figures() *figureIndex { return f.indicators.get(f.indexFigures) }

// NoPlace names what is about no place that is known.
const NoPlace = "地区不明"

func (f *Facts) indexFigures() *figureIndex {
	x := &figureIndex{
		byName: map[string][]uint32{}, topic: map[string]string{}, held: map[heldKey]bool{}, ranks: map[string]int{},
		about: make([]string, len(f.Statements)), issuer: make([]string, len(f.Documents)),
	}
	for i := range f.Documents {
		d := &f.Documents[i]
		x.issuer[i] = cmp.Or(report.Places().FacetValue(d.Place), NoPlace)
		x.held[heldKey{x.issuer[i], d.Year}] = true
	}
	resolved := map[heldKey]string{} // by what is printed and the document
	topics := map[string]map[string]int{}
	for i := range f.Statements {
		st := &f.Statements[i]
		passage := &f.Passages[st.Passage]
		key := heldKey{st.Place, int(passage.Document)}
		if _, ok := resolved[key]; !ok {
			resolved[key] = PlaceOf(st.Place, f.Documents[passage.Document].Place)
		}
		x.about[i] = resolved[key]
		if st.Kind == "" || st.Indicator == "" {
			continue // a threshold is nobody's target
		}
		x.byName[st.Indicator] = append(x.byName[st.Indicator], uint32(i))
		if len(passage.Topics) > 0 {
			if topics[st.Indicator] == nil {
				topics[st.Indicator] = map[string]int{}
			}
			topics[st.Indicator][passage.Topics[0]]++
		}
	}
	for name := range x.byName {
		x.names = append(x.names, name)
		x.topic[name] = cmp.Or(topicOf(name), commonest(topics[name]))
	}
	slices.Sort(x.names)
	for _, name := range x.names {
		x.folded = append(x.folded, foldName(name))
		x.years = append(x.years, f.coverageOf(x.byName[name], func(uint32) bool { return true }))
	}
	x.rankPlaces(f)
	return x
}

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

// rankPlaces puts the places in the order of their codes, so that a province
// comes before its cities; 全国 is before all, what is unknown behind.
func (x *figureIndex) rankPlaces(f *Facts) {
	codes := map[string]string{}
	for i := range f.Documents {
		codes[x.issuer[i]] = f.Documents[i].Place.Code
	}
	for _, place := range x.about {
		if _, ok := codes[place]; !ok {
			codes[place] = codeOf(place)
		}
	}
	places := make([]string, 0, len(codes))
	for place := range codes {
		places = append(places, place)
	}
	slices.SortFunc(places, func(a, b string) int {
		return cmp.Or(strings.Compare(cmp.Or(codes[a], "~"), cmp.Or(codes[b], "~")), strings.Compare(a, b))
	})
	for i, place := range places {
		x.ranks[place] = i
	}
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

func (x *figureIndex) rank(place string) int {
	if r, ok := x.ranks[place]; ok {
		return r
	}
	return len(x.ranks)
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
