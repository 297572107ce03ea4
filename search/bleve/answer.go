package bleve

import (
	"context"

	"youju/search"
)

// answer is what a query selects under its filters.
type answer struct {
	matches []match
	levels  []level
	tier    string
	notes   []string
	exact   int
	counter *counter
}

// shown says how many levels of an answer are shown, given the number of items
// in each: as many as it takes to have enough, and the partial level only where
// there are few. It depends on the counts alone, so that a facet can promise
// what choosing a value of it brings.
func shown(levels []level, counts []int) (n, total int) {
	for i, l := range levels {
		if total >= enough || l.last && total >= few {
			break
		}
		total += counts[i]
		n = i + 1
	}
	return n, total
}

// answer finds and counts what a plan selects under filters.
func (x *Index) answer(ctx context.Context, plan search.Plan, filters map[string][]string) (*answer, error) {
	s, err := x.levels(ctx, plan)
	if err != nil {
		return nil, err
	}
	a := &answer{counter: newCounter(x.cols, filters), tier: search.TierExact}
	var passed [][]uint32
	var counts []int
	count := func() int {
		for _, l := range s.found[len(passed):] {
			passed = append(passed, a.counter.countLevel(l.set))
			counts = append(counts, len(passed[len(passed)-1]))
		}
		_, total := shown(s.found, counts)
		return total
	}
	if err := s.addPartial(); err != nil {
		return nil, err
	}
	count()
	a.levels = s.found
	n, _ := shown(s.found, counts)
	for i, l := range s.found[:n] {
		if counts[i] == 0 {
			continue
		}
		a.tier = l.tier
		if l.note != "" {
			a.notes = append(a.notes, l.note)
		}
		if l.tier == search.TierExact {
			a.exact = counts[i]
		}
		for _, ord := range passed[i] {
			a.matches = append(a.matches, match{ord: ord, level: n - 1 - i})
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return a, x.rank(ctx, plan, a.matches, a.tier)
}
