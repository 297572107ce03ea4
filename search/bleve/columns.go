package bleve

import (
	"fmt"
	"os"
	"slices"

	"youju/report"
	"youju/search"
)

// columns hold in memory what counting, filtering and sorting ask of every
// hit. An item's ordinal is its place in the order of adding; the items of a
// document stand together, and so do those of a group.
type columns struct {
	// firstItem and groupStart are the ordinals of the first item of each
	// document and group, with one more entry at the end.
	firstItem, groupStart []uint32
	// newest and oldest are the ranks of the documents in these orders; byID
	// lists the documents in the order of their IDs.
	newest, oldest, byID []uint32
	// sizes hold for each scored field how long it is in each item, see sizeClass;
	// averages are the mean lengths in terms.
	sizes    [scoredFields][]uint8
	averages [scoredFields]float64
	axes     []axis
	// facets lists, in the order of search.FacetNames, where a facet's values are.
	facets []facetColumn
	// speakers are the persons who gave reports, speakerOf leads from a
	// document to one of them, 0 for none.
	speakers  []string
	speakerOf []uint32
	// twins are pairs of documents: a news piece and the first that is nearly the same.
	twins []uint32
	// parents leads from a county value to the one above it.
	parents map[string]string

	// docOf and groupOf are the inverse of firstItem and groupStart.
	docOf, groupOf []uint32
}

// An axis is one or several facets that are counted together: items differ in
// few combinations of values, so a hit costs adding one to its combination.
type axis struct {
	// of is the combination of each item.
	of ordinals
	// start and values list the ordinals of the values of each combination, for
	// one of the axis' facets after the other: those of facet i of n in
	// combination c are values[start[c*n+i]:start[c*n+i+1]].
	start, values []uint32
	facets        int
}

func (a *axis) combinations() int { return (len(a.start) - 1) / max(a.facets, 1) }

// of gives the ordinals of the values of facet i in a combination.
func (a *axis) valuesOf(combination uint32, i int) []uint32 {
	at := int(combination)*a.facets + i
	return a.values[a.start[at]:a.start[at+1]]
}

// together are the facets that have few combinations. Every other stands alone.
var together = []string{search.FacetYear, search.FacetKind, search.FacetPart, search.FacetClaim, search.FacetAbout}

// newAxes gives the facets their places.
func newAxes() (axes []axis, facets []facetColumn) {
	axes = []axis{{start: []uint32{0}}}
	for _, name := range search.FacetNames {
		at := 0
		if !slices.Contains(together, name) {
			at = len(axes)
			axes = append(axes, axis{start: []uint32{0}})
		}
		facets = append(facets, facetColumn{axis: at, place: axes[at].facets, ords: map[string]uint32{}})
		axes[at].facets++
	}
	return axes, facets
}

// items gives the range of ordinals of a document's items.
func (c *columns) items(doc uint32) (first, last uint32) { return c.firstItem[doc], c.firstItem[doc+1] }

func (c *columns) len() int       { return int(c.firstItem[len(c.firstItem)-1]) }
func (c *columns) documents() int { return len(c.firstItem) - 1 }
func (c *columns) groups() int    { return len(c.groupStart) - 1 }

// facet is the column of a facet, nil when there is none of the name.
func (c *columns) facet(name string) *facetColumn {
	i := slices.Index(search.FacetNames, name)
	if i < 0 {
		return nil
	}
	return &c.facets[i]
}

// values gives the ordinals of an item's values in a facet.
func (c *columns) values(f int, item uint32) []uint32 {
	a := &c.axes[c.facets[f].axis]
	return a.valuesOf(a.of.of(item), c.facets[f].place)
}

// part is an item's part.
func (c *columns) part(item uint32) report.Part {
	f := slices.Index(search.FacetNames, search.FacetPart)
	if ords := c.values(f, item); len(ords) > 0 {
		return report.Part(c.facets[f].values[ords[0]])
	}
	return ""
}

// findParents fills parents for every county value and those above it.
func (c *columns) findParents() {
	c.parents = map[string]string{}
	for _, v := range c.facet(search.FacetCounty).values {
		for v != "" {
			above := search.FacetParent(v)
			if _, ok := c.parents[v]; ok || above == v {
				break
			}
			c.parents[v] = above
			v = above
		}
	}
}

func (c *columns) write(path string) error {
	w := newColumnWriter(path)
	for _, list := range [][]uint32{c.firstItem, c.groupStart, c.newest, c.oldest, c.byID, c.speakerOf, c.twins} {
		writeColumn(w, list)
	}
	w.texts(c.speakers)
	w.floats(c.averages[:])
	for _, list := range c.sizes {
		writeColumn(w, list)
	}
	for i := range c.axes {
		writeColumn(w, c.axes[i].of.list())
		writeColumn(w, c.axes[i].start)
		writeColumn(w, c.axes[i].values)
	}
	for i := range c.facets {
		w.texts(c.facets[i].values)
	}
	return w.close()
}

func readColumns(path string) (*columns, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := newColumnReader(f)
	c := &columns{}
	for _, list := range []*[]uint32{&c.firstItem, &c.groupStart, &c.newest, &c.oldest, &c.byID, &c.speakerOf, &c.twins} {
		*list = r.uint32s()
	}
	c.speakers = r.texts()
	copy(c.averages[:], r.floats())
	for i := range c.sizes {
		c.sizes[i] = r.uint8s()
	}
	c.axes, c.facets = newAxes()
	for i := range c.axes {
		of, a := r.uint32s(), &c.axes[i]
		a.start, a.values = r.uint32s(), r.uint32s()
		if r.err == nil && !below(of, a.combinations()) {
			r.err = fmt.Errorf("an item has an unknown combination of values")
		}
		a.of = newOrdinals(of, a.combinations())
	}
	for i := range c.facets {
		c.facets[i].values = r.texts()
	}
	if r.err == nil {
		r.err = c.check()
	}
	if r.err != nil {
		return nil, fmt.Errorf("reading columns: %w", r.err)
	}
	c.index()
	return c, nil
}

// check makes sure that no later lookup can fall outside.
func (c *columns) check() error {
	if !isPartition(c.firstItem) || !isPartition(c.groupStart) {
		return fmt.Errorf("items are not in order")
	}
	items, docs := c.len(), c.documents()
	ok := int(c.groupStart[c.groups()]) == items && len(c.speakerOf) == docs && len(c.twins)%2 == 0 &&
		below(c.speakerOf, len(c.speakers)+1) && below(c.twins, docs)
	for _, order := range [][]uint32{c.newest, c.oldest, c.byID} {
		ok = ok && len(order) == docs && below(order, docs)
	}
	for _, list := range c.sizes {
		ok = ok && len(list) == items
	}
	for i := range c.axes {
		a := &c.axes[i]
		ok = ok && isPartition(a.start) && int(a.start[len(a.start)-1]) == len(a.values) && (len(a.start)-1)%a.facets == 0 &&
			a.of.len() == items
	}
	for i := range c.facets {
		a, f := &c.axes[c.facets[i].axis], &c.facets[i]
		for combination := range uint32(a.combinations()) {
			ok = ok && below(a.valuesOf(combination, f.place), len(f.values))
		}
	}
	if !ok {
		return fmt.Errorf("columns do not fit together")
	}
	return nil
}

// isPartition reports whether a list goes up from 0.
func isPartition(list []uint32) bool {
	return len(list) > 0 && list[0] == 0 && slices.IsSorted(list)
}

func below(list []uint32, limit int) bool {
	for _, n := range list {
		if int(n) >= limit {
			return false
		}
	}
	return true
}

// index prepares the lookups that are not written.
func (c *columns) index() {
	c.docOf, c.groupOf = spread(c.firstItem), spread(c.groupStart)
	c.findParents()
	for i := range c.facets {
		parents := c.parents
		if search.FacetNames[i] != search.FacetCounty {
			parents = nil
		}
		c.facets[i].index(search.FacetNames[i], parents)
	}
}

// spread is the inverse of a list of starts.
func spread(starts []uint32) []uint32 {
	of := make([]uint32, starts[len(starts)-1])
	for i := range len(starts) - 1 {
		for at := starts[i]; at < starts[i+1]; at++ {
			of[at] = uint32(i)
		}
	}
	return of
}
