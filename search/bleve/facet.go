package bleve

import (
	"math"
	"slices"

	"youju/search"
)

// facetColumn says what values a facet has, and where they stand.
type facetColumn struct {
	values []string
	// axis and place: facet number place of axes[axis].
	axis, place int

	ords map[string]uint32
	// rank is the place of each value among all in the order of the facet, counts
	// aside, byRank the inverse; above leads to the nearest value above one,
	// nowhere for none.
	rank, byRank, above []uint32
	// byCount is set where counts come before that order; none is the ordinal of
	// the value that is last in any case, nowhere where it does not occur.
	byCount bool
	none    uint32
	// forms are the values as they mostly come, formOf the place of each among
	// them and one more. What is listed together stands together.
	forms  *search.FacetForms
	formOf []uint32
}

const nowhere = math.MaxUint32

// index prepares the lookups that are not written.
func (c *facetColumn) index(facet string, parents map[string]string) {
	c.ords = make(map[string]uint32, len(c.values))
	order := make([]search.FacetValue, len(c.values))
	for ord, v := range c.values {
		c.ords[v] = uint32(ord)
		order[ord].Value = v
	}
	c.none = nowhere
	if none, ok := c.ords[search.None]; ok {
		c.none = none
	}
	c.byCount = search.FacetByCount(facet)
	c.rank, c.byRank, c.above = make([]uint32, len(c.values)), make([]uint32, len(c.values)), make([]uint32, len(c.values))
	for rank, v := range search.SortFacetValues(facet, order) {
		ord := c.ords[v.Value]
		c.rank[ord], c.byRank[rank] = uint32(rank), ord
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
	all := make([]promise, len(c.values))
	c.formOf = make([]uint32, len(c.values))
	for ord := range all {
		all[ord].ord = uint32(ord)
	}
	forms := c.listed(all, new(listing))
	for i, v := range forms {
		c.formOf[c.ords[v.Value]] = uint32(i + 1)
	}
	c.forms = &search.FacetForms{Values: len(forms), Value: func(i int) search.FacetValue { return forms[i] }}
}

// key is where a value stands among others: the lowest is the first. Its lower
// half is the value's rank.
func (c *facetColumn) key(p promise) uint64 {
	key := uint64(c.rank[p.ord])
	if c.byCount {
		key |= uint64(math.MaxInt32-p.count) << 32
	}
	if p.ord == c.none {
		key |= 1 << 63
	}
	return key
}

// listing is the room that putting thousands of values in order takes.
type listing struct {
	promised []promise
	// counts hold one more than the count of each value that is listed.
	counts []int
	// first and next chain the places in promised of the values below each one;
	// 0 ends a chain, the roots hang below the last.
	first, next []int32
	// keys are those of the values on the way down to the one being listed.
	keys   []uint64
	values []search.FacetValue
}

// listed puts values in the order that search.SortFacetValues says, counties
// each followed by those below it. A value none of whose parents is listed is a
// root. Only what stands below the same value is compared.
func (c *facetColumn) listed(promised []promise, l *listing) []search.FacetValue {
	counts := room(&l.counts, len(c.values))
	for _, p := range promised {
		counts[p.ord] = p.count + 1
	}
	first, next := room(&l.first, len(c.values)+1), room(&l.next, len(promised)+1)
	roots := uint32(len(c.values))
	for i, p := range promised {
		up := c.above[p.ord]
		for up != nowhere && counts[up] == 0 {
			up = c.above[up]
		}
		up = min(up, roots)
		next[i+1], first[up] = first[up], int32(i+1)
	}
	l.keys, l.values = l.keys[:0], make([]search.FacetValue, 0, len(promised))
	c.list(roots, "", 1, promised, l)
	values := l.values
	l.values = nil
	return values
}

// maxTree is the number of levels of the county tree: nation, province, city, county, and one to spare.
const maxTree = 5

// list lists the values below one, each followed by those below it.
func (c *facetColumn) list(above uint32, parent string, depth int, promised []promise, l *listing) {
	begun := len(l.keys)
	for i := l.first[above]; i != 0; i = l.next[i] {
		l.keys = append(l.keys, c.key(promised[i-1]))
	}
	slices.Sort(l.keys[begun:])
	for i := range len(l.keys) - begun {
		ord := c.byRank[uint32(l.keys[begun+i])]
		v := search.FacetValue{Value: c.values[ord], Parent: parent, Count: l.counts[ord] - 1}
		if up := c.above[ord]; up == above || up == nowhere {
			v.Form = c.formOf[ord]
		}
		l.values = append(l.values, v)
		if l.first[ord] != 0 && depth < maxTree {
			c.list(ord, v.Value, depth+1, promised, l)
		}
	}
	l.keys = l.keys[:begun]
}
