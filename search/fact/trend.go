package fact

import (
	"slices"
	"unicode"

	"youju/report"
)

// Count is how often a document holds a term, and in how many items.
type Count struct{ Times, Items int }

// TrendFilter chooses the documents that are counted.
type TrendFilter struct {
	// Place is a facet value; "" counts all places.
	Place string
	// Kind is the kind of document; "" counts all, which rarely compare.
	Kind report.Kind
}

// Trend tells how often terms are used, year by year.
type Trend struct {
	// Years are in order, without gaps from the first with a document to the last.
	Years []TrendYear
	Terms []TrendTerm
	// Undated is the number of documents without a year, which are not counted.
	Undated int
}

// TrendYear holds the documents of a year and the counts of each term.
type TrendYear struct {
	Year int
	// Documents are in the order of their dates; a year without any is a gap of
	// the collection, in which nothing is known.
	Documents []*Document
	// Characters is the length of their texts.
	Characters int
	Counts     []Count
}

// PerDocument and PerThousand relate a count to the year's documents and to a
// thousand of their characters.
func (y *TrendYear) PerDocument(term int) float64 {
	return ratio(y.Counts[term].Times, len(y.Documents))
}

// PerThousand relates a count to a thousand characters of the year's texts.
func (y *TrendYear) PerThousand(term int) float64 {
	return 1000 * ratio(y.Counts[term].Times, y.Characters)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// TrendTerm sums a term up.
type TrendTerm struct {
	Count
	// First and Last are the first and the last document with the term, nil where
	// there is none.
	First, Last *Document
}

// Trend lays out by year what was counted for each term, by document.
func (f *Facts) Trend(filter TrendFilter, counts []map[string]Count) (*Trend, error) {
	t := &Trend{Terms: make([]TrendTerm, len(counts))}
	byYear := map[int][]*Document{}
	first, last := 0, 0
	err := f.each(tableDocuments, func(_ int, r *rowReader) error {
		d := readDocument(r)
		switch {
		case filter.Kind != "" && d.Kind != filter.Kind, filter.Place != "" && nth(f.c.places, d.issuer) != filter.Place:
		case d.Year == 0:
			t.Undated++
		default:
			byYear[d.Year] = append(byYear[d.Year], &d)
			if first == 0 || d.Year < first {
				first = d.Year
			}
			last = max(last, d.Year)
		}
		return nil
	})
	for year := max(first, last-maxYears); year <= last && year > 0; year++ {
		y := TrendYear{Year: year, Documents: byYear[year], Counts: make([]Count, len(counts))}
		slices.SortFunc(y.Documents, byDate)
		for _, d := range y.Documents {
			y.Characters += d.Characters
			for i := range counts {
				c := counts[i][d.ID]
				y.Counts[i].Times += c.Times
				y.Counts[i].Items += c.Items
				t.Terms[i].take(c, d)
			}
		}
		t.Years = append(t.Years, y)
	}
	return t, err
}

func (t *TrendTerm) take(c Count, doc *Document) {
	t.Times += c.Times
	t.Items += c.Items
	if c.Times == 0 {
		return
	}
	if t.First == nil {
		t.First = doc
	}
	t.Last = doc
}

// byDate orders documents of a year by their date, then by place.
func byDate(x, y *Document) int {
	return compareTexts(x.Date, y.Date, x.Place.Code, y.Place.Code, x.ID, y.ID)
}

// compareTexts compares pairs of texts, the first that differ decide.
func compareTexts(pairs ...string) int {
	for i := 0; i+1 < len(pairs); i += 2 {
		switch {
		case pairs[i] < pairs[i+1]:
			return -1
		case pairs[i] > pairs[i+1]:
			return 1
		}
	}
	return 0
}

// charactersOf is the length of an item's heading and text: every character but
// white space.
func charactersOf(it *report.Item) int {
	n := 0
	for _, text := range []string{it.Heading, it.Text} {
		for _, r := range text {
			if !unicode.IsSpace(r) {
				n++
			}
		}
	}
	return n
}

// TrendPlaces lists the places that have documents of a kind, in their order.
func (f *Facts) TrendPlaces(kind report.Kind) ([]string, error) {
	has := map[int]bool{}
	err := f.each(tableDocuments, func(_ int, r *rowReader) error {
		d := readDocument(r)
		if (kind == "" || d.Kind == kind) && d.Year != 0 {
			has[d.issuer] = true
		}
		return nil
	})
	var places []string
	for i, place := range f.c.places {
		if has[i] && place != NoPlace {
			places = append(places, place)
		}
	}
	return places, err
}
