package bleve

import (
	"context"
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
	return cardinality(set)
}

// Values lists the values of a facet.
func (l lexicon) Values(facet string) []string {
	if facet == search.Speaker {
		return l.x.cols.speakers
	}
	if column := l.x.cols.facet(facet); column != nil {
		return column.values
	}
	return nil
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
	return ok && len(w.Tokens) == 2 && l.Hits(w) >= max(often, l.x.cols.len()/oftenShare)
}

// A pair of characters is taken for a word from so many items on, in a large
// collection from such a share: 办幼 of 公办幼儿园 stands in many.
const (
	often      = 3
	oftenShare = 400
)
