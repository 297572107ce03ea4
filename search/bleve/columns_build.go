package bleve

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"youju/report"
	"youju/search"
)

// columnsBuilder collects the columns while documents are added.
type columnsBuilder struct {
	columns
	// known leads from the combinations of each axis to their numbers.
	known []map[string]uint32
	// of is the combination of each item, by axis.
	of          [][]uint32
	speakerOrds map[string]uint32
	ids         map[string]bool
	dates       []dated
	total       [scoredFields]int
}

// dated is what documents are put in order by.
type dated struct {
	year           int
	date, code, id string
}

func newColumnsBuilder() *columnsBuilder {
	b := &columnsBuilder{speakerOrds: map[string]uint32{}, ids: map[string]bool{}}
	b.axes, b.facets = newAxes()
	for range b.axes {
		b.known, b.of = append(b.known, map[string]uint32{}), append(b.of, nil)
	}
	b.firstItem, b.groupStart = []uint32{0}, []uint32{0}
	return b
}

// addDocument begins a document.
func (b *columnsBuilder) addDocument(doc *report.Document) {
	b.ids[doc.ID] = true
	b.dates = append(b.dates, dated{doc.Year, doc.Date, doc.Place.Code, doc.ID})
	b.firstItem = append(b.firstItem, b.firstItem[len(b.firstItem)-1])
	speaker := uint32(0)
	if doc.Speaker != "" {
		if speaker = b.speakerOrds[doc.Speaker]; speaker == 0 {
			b.speakers = append(b.speakers, doc.Speaker)
			speaker = uint32(len(b.speakers))
			b.speakerOrds[doc.Speaker] = speaker
		}
	}
	b.speakerOf = append(b.speakerOf, speaker)
}

// addGroup begins a group of items.
func (b *columnsBuilder) addGroup() {
	b.groupStart = append(b.groupStart, b.groupStart[len(b.groupStart)-1])
}

// addItem adds an item to the document and the group added last. facets holds
// its values in the order of search.FacetNames, sizes the lengths of its fields.
func (b *columnsBuilder) addItem(facets [][]string, sizes [scoredFields]int) {
	b.firstItem[len(b.firstItem)-1]++
	b.groupStart[len(b.groupStart)-1]++
	for f, size := range sizes {
		b.sizes[f] = append(b.sizes[f], sizeClass(size))
		b.total[f] += size
	}
	for i := range b.axes {
		b.addCombination(i, facets)
	}
}

// addCombination finds the number of an item's combination of values on an axis.
func (b *columnsBuilder) addCombination(i int, facets [][]string) {
	a := &b.axes[i]
	var key []byte
	var ords []uint32
	var ends []uint32
	for f := range b.facets {
		if b.facets[f].axis != i {
			continue
		}
		for _, v := range facets[f] {
			ord := b.facets[f].ord(v)
			ords = append(ords, ord)
			key = binary.AppendUvarint(key, uint64(ord)+1)
		}
		key = append(key, 0)
		ends = append(ends, uint32(len(ords)))
	}
	number, ok := b.known[i][string(key)]
	if !ok {
		number = uint32(len(b.known[i]))
		b.known[i][string(key)] = number
		for _, end := range ends {
			a.start = append(a.start, uint32(len(a.values))+end)
		}
		a.values = append(a.values, ords...)
	}
	b.of[i] = append(b.of[i], number)
}

// ord is the ordinal of a value, a new one if it is new.
func (f *facetColumn) ord(value string) uint32 {
	ord, ok := f.ords[value]
	if !ok {
		ord = uint32(len(f.values))
		f.ords[value] = ord
		f.values = append(f.values, value)
	}
	return ord
}

// finish makes the columns of what was added.
func (b *columnsBuilder) finish() *columns {
	for i, of := range b.of {
		b.axes[i].of = newOrdinals(of, b.axes[i].combinations())
	}
	for f := range b.averages {
		b.averages[f] = max(1, float64(b.total[f])/float64(max(1, b.len())))
	}
	b.newest, b.oldest = b.byDate(-1), b.byDate(1)
	b.byID = order(len(b.dates), func(i, j uint32) int { return strings.Compare(b.dates[i].id, b.dates[j].id) })
	return &b.columns
}

// byDate ranks the documents by date. Documents without a year come last both
// ways; ties are broken by place and ID so that the order never changes.
func (b *columnsBuilder) byDate(direction int) []uint32 {
	sorted := order(len(b.dates), func(i, j uint32) int {
		a, b := &b.dates[i], &b.dates[j]
		return cmp.Or(
			cmp.Compare(btoi(a.year == 0), btoi(b.year == 0)),
			direction*cmp.Compare(a.year, b.year),
			direction*strings.Compare(a.date, b.date),
			strings.Compare(a.code, b.code),
			strings.Compare(a.id, b.id))
	})
	ranks := make([]uint32, len(sorted))
	for rank, doc := range sorted {
		ranks[doc] = uint32(rank)
	}
	return ranks
}

func order(n int, less func(i, j uint32) int) []uint32 {
	list := make([]uint32, n)
	for i := range list {
		list[i] = uint32(i)
	}
	slices.SortFunc(list, less)
	return list
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// facetsOf lists the values of an item in every facet.
func facetsOf(doc *report.Document, it *report.Item) [][]string {
	values := make([][]string, len(search.FacetNames))
	for i, name := range search.FacetNames {
		values[i] = search.FacetValuesOf(name, doc, it)
	}
	return values
}
