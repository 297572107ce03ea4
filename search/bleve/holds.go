package bleve

import (
	"context"
	"strings"

	"github.com/blevesearch/bleve/v2/search/query"

	"youju/search"
)

// holds is the set of items that hold a word as written, in any field, outside
// its guards. The sets of recent words are kept; they are not to be changed.
func (x *Index) holds(ctx context.Context, w search.PlanWord) (bitset, error) {
	set, err := x.cached(ctx, strings.Join(w.Phrase(), "\x00"), wordQuery(w, 1))
	if err != nil || len(w.Guards) == 0 {
		return set, err
	}
	return x.outsideGuards(ctx, w, set)
}

// holdsAny is the set of items that hold a word or one of its variants.
func (x *Index) holdsAny(ctx context.Context, w search.PlanWord) (bitset, error) {
	set, err := x.holds(ctx, w)
	if err != nil || len(w.Variants) == 0 {
		return set, err
	}
	set = set.clone()
	for _, v := range w.Variants {
		one, err := x.holds(ctx, v)
		if err != nil {
			return nil, err
		}
		set.union(one)
	}
	return set, nil
}

// holdsRelated is holdsAny with the related words as well.
func (x *Index) holdsRelated(ctx context.Context, w search.PlanWord) (bitset, error) {
	set, err := x.holdsAny(ctx, w)
	if err != nil || len(w.Related) == 0 {
		return set, err
	}
	set = set.clone()
	for _, r := range w.Related {
		one, err := x.holds(ctx, r)
		if err != nil {
			return nil, err
		}
		set.union(one)
	}
	return set, nil
}

// outsideGuards takes away the items in which the word stands only inside a
// longer word that means something else. Few items hold a guard; they are read.
func (x *Index) outsideGuards(ctx context.Context, w search.PlanWord, set bitset) (bitset, error) {
	suspects := newBitset(x.cols.len())
	for _, g := range w.Guards {
		one, err := x.cached(ctx, strings.Join(g.Phrase(), "\x00"), wordQuery(g, 1))
		if err != nil {
			return nil, err
		}
		suspects.union(one)
	}
	suspects.intersect(set)
	set = set.clone()
	var failed error
	suspects.each(func(ord uint32) {
		it, err := x.store.item(ord)
		if err != nil {
			failed = err
			return
		}
		texts := append([]string{it.Text, it.Heading, x.store.header(x.cols.ItemDoc[ord]).Title}, it.Path...)
		texts = append(append(texts, it.Duty.LeadUnits...), it.Duty.SupportUnits...)
		for _, t := range texts {
			if w.Holds(t) {
				return
			}
		}
		set.remove(ord)
	})
	return set, failed
}

// pairsByToken gives, for every token of a word, the items that hold a pair of
// the word with this token.
func (x *Index) pairsByToken(ctx context.Context, w search.PlanWord) ([]bitset, error) {
	tokens := make([]bitset, len(w.Tokens))
	for j := range tokens {
		tokens[j] = newBitset(x.cols.len())
	}
	for _, p := range w.Pairs() {
		set, err := x.cached(ctx, "pair "+strings.Join(p.Terms[:], "\x00"), pairQuery(p))
		if err != nil {
			return nil, err
		}
		for j := p.First; j < p.First+p.Size; j++ {
			tokens[j].union(set)
		}
	}
	return tokens, nil
}

// maxSets is how many recent sets are kept, and maxSetBytes how much they may take.
const (
	maxSets     = 2048
	maxSetBytes = 64 << 20
)

// cached runs a query unscored, or takes its set from those kept.
func (x *Index) cached(ctx context.Context, key string, q query.Query) (bitset, error) {
	x.sets.Lock()
	set, ok := x.sets.byKey[key]
	x.sets.Unlock()
	if ok {
		return set, nil
	}
	set = newBitset(x.cols.len())
	if err := x.run(ctx, q, false, func(ord uint32, _ float64) { set.add(ord) }); err != nil {
		return nil, err
	}
	x.keep(key, set)
	return set, nil
}

// keep remembers a set; when there are too many, it begins anew.
func (x *Index) keep(key string, set bitset) {
	x.sets.Lock()
	defer x.sets.Unlock()
	if x.sets.byKey == nil || len(x.sets.byKey) >= maxSets || len(x.sets.byKey)*len(set)*8 >= maxSetBytes {
		x.sets.byKey = map[string]bitset{}
	}
	x.sets.byKey[key] = set
}
