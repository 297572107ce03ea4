package bleve

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/search"
)

// answer is what a query selects under its filters.
type answer struct {
	// passed are the items of each level shown that pass the filters, best first.
	passed []*roaring.Bitmap
	levels []level
	plan   search.Plan
	held   heldShare
	tier   string
	// relaxed is the note on what the loose items found lack; pieces is set where
	// the last of them hold only some of the words.
	relaxed string
	pieces  bool
	notes   []string
	exact   int
	total   int
	counter *counter
}

// shown says how many levels of an answer are shown, given the number of items
// in each: as many as it takes to have enough. It depends on the counts alone,
// so that a facet can promise what choosing a value of it brings.
func shown[T int | uint32](counts []T) (n, total int) {
	for n < len(counts) && total < enough {
		total += int(counts[n])
		n++
	}
	return n, total
}

// answer finds and counts what a plan selects under filters.
func (x *Index) answer(ctx context.Context, plan search.Plan, filters map[string][]string) (*answer, error) {
	s, err := x.levels(ctx, plan)
	if err != nil {
		return nil, err
	}
	a := &answer{plan: plan, held: s.held, levels: s.found, counter: x.newCounter(filters, len(s.found)), tier: search.TierExact}
	a.counter.tally = x.newTally(len(s.found))
	counts := make([]int, len(s.found))
	passed := make([]*roaring.Bitmap, len(s.found))
	for i, l := range s.found {
		if passed[i], err = a.counter.count(ctx, i, l.set); err != nil {
			return nil, err
		}
		counts[i] = cardinality(passed[i])
	}
	n, total := shown(counts)
	a.passed, a.total = passed[:n], total
	for i, l := range s.found[:n] {
		if counts[i] == 0 {
			continue
		}
		a.tier, a.pieces = l.tier, l.tier == search.TierPartial && l.note == ""
		if l.note != "" {
			a.relaxed = l.note
			a.notes = append(a.notes, l.note)
		}
		if l.tier == search.TierExact {
			a.exact = counts[i]
		}
	}
	return a, nil
}
