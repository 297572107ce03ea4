package bleve

import (
	"math"
	"slices"
	"strings"

	"youju/search"
)

// facetColumn says what values a facet has, and where they stand.
type facetColumn struct {
	values []string
	// axis and place: facet number place of axes[axis].
	axis, place int

	ords map[string]uint32
	// rank is the place of each value among all in the order of texts, byRank the
	// inverse; above leads to the nearest value above one, nowhere for none.
	rank, byRank, above []uint32
}

const nowhere = math.MaxUint32

// index prepares the lookups that are not written.
func (c *facetColumn) index(parents map[string]string) {
	c.ords = make(map[string]uint32, len(c.values))
	for ord, v := range c.values {
		c.ords[v] = uint32(ord)
	}
	c.byRank = order(len(c.values), func(i, j uint32) int { return strings.Compare(c.values[i], c.values[j]) })
	c.rank, c.above = make([]uint32, len(c.values)), make([]uint32, len(c.values))
	for rank, ord := range c.byRank {
		c.rank[ord] = uint32(rank)
	}
	for ord, v := range c.values {
		c.above[ord] = nowhere
		for up := parents[v]; up != ""; up = parents[up] {
			if above, ok := c.ords[up]; ok {
				c.above[ord] = above
				break
			}
		}
	}
}

func (c *facetColumn) value(facet string, p promise) search.FacetValue {
	v := c.values[p.ord]
	return search.FacetValue{Value: v, Label: search.FacetValueLabel(facet, v), Count: p.count}
}

// listing is the room that putting thousands of values in order takes.
type listing struct {
	promised, sorted []promise
	keys             []uint64
	listed           []bool
	first, next      []int32
}

// listed puts many values in the order that search.SortFacetValues says: the
// frequent first, none last, counties each followed by those below it.
func (c *facetColumn) listed(facet string, promised []promise, l *listing) []search.FacetValue {
	keys := room(&l.keys, len(promised))
	for i, p := range promised {
		keys[i] = uint64(math.MaxInt32-p.count)<<32 | uint64(c.rank[p.ord])
		if c.values[p.ord] == search.None {
			keys[i] |= 1 << 63
		}
	}
	slices.Sort(keys)
	sorted := room(&l.sorted, len(keys))
	for i, key := range keys {
		sorted[i] = promise{c.byRank[uint32(key)], math.MaxInt32 - int(key>>32&math.MaxInt32)}
	}
	if facet == search.FacetCounty {
		return c.tree(facet, sorted, l)
	}
	values := make([]search.FacetValue, len(sorted))
	for i, p := range sorted {
		values[i] = c.value(facet, p)
	}
	return values
}

// maxTree is the number of levels of the county tree: nation, province, city, county, and one to spare.
const maxTree = 5

// tree lists values so that each is followed by those below it. A value none
// of whose parents is listed is a root.
func (c *facetColumn) tree(facet string, sorted []promise, l *listing) []search.FacetValue {
	listed := room(&l.listed, len(c.values))
	for _, p := range sorted {
		listed[p.ord] = true
	}
	// first and next chain the places in sorted of the values below each one;
	// 0 ends a chain, the roots hang below the last.
	first, next := room(&l.first, len(c.values)+1), room(&l.next, len(sorted)+1)
	roots := uint32(len(c.values))
	for i := len(sorted) - 1; i >= 0; i-- {
		up := c.above[sorted[i].ord]
		for up != nowhere && !listed[up] {
			up = c.above[up]
		}
		up = min(up, roots)
		next[i+1], first[up] = first[up], int32(i+1)
	}
	values := make([]search.FacetValue, 0, len(sorted))
	var visit func(above uint32, name string, depth int)
	visit = func(above uint32, name string, depth int) {
		for i := first[above]; i != 0; i = next[i] {
			v := c.value(facet, sorted[i-1])
			v.Parent = name
			values = append(values, v)
			if depth < maxTree {
				visit(sorted[i-1].ord, v.Value, depth+1)
			}
		}
	}
	visit(roots, "", 1)
	return values
}
