package bleve

import (
	"context"
	"math"

	"youju/search"
)

// match is an item that matches, before filters.
type match struct {
	ord   uint32
	score float64
	// exact is set when the item holds every word as written.
	exact bool
}

// match finds the items of the strictest tier that has any. Filters play no
// part, so that choosing one never changes the tier and with it the counts.
func (x *Index) match(ctx context.Context, plan search.Plan) (matches []match, tier string, err error) {
	excluded, err := x.excluded(ctx, plan)
	if err != nil {
		return nil, "", err
	}
	switch {
	case plan.Everything:
		return x.everything(excluded), search.TierExact, nil
	case len(plan.Words) == 0:
		return nil, search.TierExact, nil
	}
	matches, err = x.collect(ctx, plan.Words, nil, excluded)
	if err != nil || len(matches) >= enough {
		return matches, search.TierExact, err
	}
	l := &looseWords{x: x, words: plan.Words}
	if !l.useful() {
		return matches, search.TierExact, nil
	}
	if err := l.find(ctx); err != nil {
		return nil, "", err
	}
	near := l.near()
	near.subtract(excluded)
	if near.count() > len(matches) {
		loose, err := x.collect(ctx, plan.Words, near, excluded)
		lift(loose, matches)
		return loose, search.TierNear, err
	}
	if len(matches) > 0 {
		return matches, search.TierExact, nil
	}
	partial := l.partial()
	partial.subtract(excluded)
	if partial.count() == 0 {
		return nil, search.TierExact, nil
	}
	matches, err = x.collect(ctx, plan.Words, partial, excluded)
	return matches, search.TierPartial, err
}

// everything matches all items that are not excluded.
func (x *Index) everything(excluded bitset) []match {
	matches := make([]match, 0, x.cols.len())
	for ord := range uint32(x.cols.len()) {
		if !excluded.has(ord) {
			matches = append(matches, match{ord: ord, exact: true})
		}
	}
	return matches
}

// collect scores the items that hold all words as written, or, when within is
// given, those in it.
func (x *Index) collect(ctx context.Context, words []search.PlanWord, within, excluded bitset) ([]match, error) {
	q := exactQuery(words)
	if within != nil {
		q = looseQuery(words)
	}
	var matches []match
	err := x.run(ctx, q, true, func(ord uint32, score float64) {
		if excluded.has(ord) || within != nil && !within.has(ord) {
			return
		}
		// Sums of floats depend on the order of adding; ties must not.
		matches = append(matches, match{ord, math.Round(score*1e6) / 1e6, within == nil})
	})
	return matches, err
}

// lift scores the exact ones among loose matches above all others.
func lift(loose, exact []match) {
	isExact := make(map[uint32]bool, len(exact))
	for _, m := range exact {
		isExact[m.ord] = true
	}
	best := 0.0
	for _, m := range loose {
		if !isExact[m.ord] {
			best = max(best, m.score)
		}
	}
	for i := range loose {
		if isExact[loose[i].ord] {
			loose[i].exact = true
			loose[i].score += best
		}
	}
}

// excluded is the set of items that hold an excluded word, nil if none is asked for.
func (x *Index) excluded(ctx context.Context, plan search.Plan) (bitset, error) {
	if len(plan.Excluded) == 0 {
		return nil, nil
	}
	set := newBitset(x.cols.len())
	for _, w := range plan.Excluded {
		err := x.run(ctx, wordQuery(w, 1), false, func(ord uint32, _ float64) { set.add(ord) })
		if err != nil {
			return nil, err
		}
	}
	return set, nil
}

// looseWords finds the items that hold the words of a query in pieces.
type looseWords struct {
	x     *Index
	words []search.PlanWord
	// exact holds, for each quoted word, the items that have it; tokens, for
	// each other word and token, the items that have a piece with this token.
	exact  []bitset
	tokens [][]bitset
}

// useful reports whether any word can be taken apart at all, or left out.
func (l *looseWords) useful() bool {
	for _, w := range l.words {
		if !w.Exact && (len(w.Pairs()) > 1 || len(l.words) > 1) {
			return true
		}
	}
	return false
}

// find asks the engine for every piece once.
func (l *looseWords) find(ctx context.Context) error {
	n := l.x.cols.len()
	l.exact, l.tokens = make([]bitset, len(l.words)), make([][]bitset, len(l.words))
	known := map[[2]string]bitset{}
	for i, w := range l.words {
		if w.Exact {
			l.exact[i] = newBitset(n)
			if err := l.x.run(ctx, wordQuery(w, 1), false, func(ord uint32, _ float64) { l.exact[i].add(ord) }); err != nil {
				return err
			}
			continue
		}
		l.tokens[i] = make([]bitset, len(w.Tokens))
		for j := range w.Tokens {
			l.tokens[i][j] = newBitset(n)
		}
		for _, p := range w.Pairs() {
			set := known[p.Terms]
			if set == nil {
				set = newBitset(n)
				known[p.Terms] = set
				if err := l.x.run(ctx, pairQuery(p), false, func(ord uint32, _ float64) { set.add(ord) }); err != nil {
					return err
				}
			}
			for j := p.First; j < p.First+p.Size; j++ {
				l.tokens[i][j].union(set)
			}
		}
	}
	return nil
}

// near is the set of items in which every token of every word stands in a
// piece of at least two: 改造老旧小区 for 老旧小区改造.
func (l *looseWords) near() bitset {
	set := fullBitset(l.x.cols.len())
	for i, w := range l.words {
		if w.Exact {
			set.intersect(l.exact[i])
			continue
		}
		for j, t := range w.Tokens {
			if t.Weight() > 0 {
				set.intersect(l.tokens[i][j])
			}
		}
	}
	return set
}

// partial is the set of items that hold enough of the words together, see
// [search.PartialShare], and every quoted one.
func (l *looseWords) partial() bitset {
	n := l.x.cols.len()
	set := fullBitset(n)
	weights := make([]uint16, n)
	all, longest := 0, 0
	for i, w := range l.words {
		if w.Exact {
			set.intersect(l.exact[i])
			continue
		}
		for j, t := range w.Tokens {
			l.tokens[i][j].each(func(ord uint32) { weights[ord] += uint16(t.Weight()) })
		}
		all += w.Weight()
		longest = max(longest, w.Weight())
	}
	need := search.PartialShare(longest) * float64(all)
	for ord, have := range weights {
		if have == 0 || float64(have) < need {
			set.remove(uint32(ord))
		}
	}
	return set
}
