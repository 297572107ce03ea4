package bleve

import (
	"context"
	"slices"
	"strconv"

	"youju/search"
)

// lexicon tells the reader of a query what the collection holds.
type lexicon struct {
	x   *Index
	ctx context.Context
}

// Hits is the number of items that hold a word as written; 0 when the deadline has passed.
func (l lexicon) Hits(w search.PlanWord) int {
	set, err := l.x.holds(l.ctx, w)
	if err != nil {
		return 0
	}
	return set.count()
}

// Values lists the values of a facet.
func (l lexicon) Values(facet string) []string {
	if facet == search.Speaker {
		var names []string
		for i := range l.x.store.headers {
			if name := l.x.store.headers[i].Speaker; name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return names
	}
	i := slices.Index(search.FacetNames, facet)
	if i < 0 {
		return nil
	}
	return l.x.cols.Facets[i].Values
}

// NewestYear is the year of the newest document.
func (l lexicon) NewestYear() int {
	newest := 0
	for _, v := range l.Values(search.FacetYear) {
		if n, err := strconv.Atoi(v); err == nil {
			newest = max(newest, n)
		}
	}
	return newest
}

// Known reports whether a text is a word of its own in the collection: one of
// its vocabulary, or two characters that stand together often.
func (l lexicon) Known(text string) bool {
	if l.x.vocabulary.Has(text) {
		return true
	}
	w, ok := search.NewPlanWord(text)
	return ok && len(w.Tokens) == 2 && l.Hits(w) >= often
}

// often is the number of items from which a pair of characters is taken for a word.
const often = 3

// having is the set of items that have a value in a facet.
func (x *Index) having(facet, value string) bitset {
	key := "facet " + facet + "\x00" + value
	x.sets.Lock()
	set, ok := x.sets.byKey[key]
	x.sets.Unlock()
	if ok {
		return set
	}
	set = newBitset(x.cols.len())
	if facet == search.Speaker {
		for ord := range uint32(x.cols.len()) {
			if x.store.header(x.cols.ItemDoc[ord]).Speaker == value {
				set.add(ord)
			}
		}
		return set
	}
	i := slices.Index(search.FacetNames, facet)
	if i < 0 {
		return set
	}
	col := &x.cols.Facets[i]
	want, ok := col.ords[value]
	if !ok {
		return set
	}
	for ord := range uint32(x.cols.len()) {
		if slices.Contains(col.of(ord), want) {
			set.add(ord)
		}
	}
	x.keep(key, set)
	return set
}
