package bleve

import (
	"context"
	"fmt"
	"math"

	"youju/search"
)

// match is an item that matches, before filters.
type match struct {
	ord   uint32
	score float64
	// exact is set when the item holds every word as written, or a variant of it.
	exact bool
	// level is higher for items that match better.
	level int
}

// selection finds which items a plan selects. What they score is decided
// elsewhere (rank.go).
type selection struct {
	x    *Index
	ctx  context.Context
	plan search.Plan
	// note tells the reader what had to be given up.
	note string
}

// match finds the items of the strictest tier that has any. Filters play no
// part, so that choosing one never changes the tier and with it the counts.
func (x *Index) match(ctx context.Context, plan search.Plan) (matches []match, tier, note string, err error) {
	s := &selection{x: x, ctx: ctx, plan: plan}
	excluded, err := s.union(plan.Excluded)
	if err != nil {
		return nil, "", "", err
	}
	switch {
	case plan.Everything:
		return x.everything(excluded), search.TierExact, "", nil
	case len(plan.Words) == 0 && len(plan.Context) == 0:
		return nil, search.TierExact, "", nil
	}
	levels, err := s.choose(excluded)
	if err != nil || len(levels) == 0 {
		return nil, search.TierExact, s.note, err
	}
	tier = levels[len(levels)-1].tier
	matches, err = x.rank(ctx, plan, levels)
	return matches, tier, s.note, err
}

// level is a set of items that match equally well; those of an earlier level
// come before all of a later one.
type level struct {
	set  bitset
	tier string
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

// choose gives the levels of the answer, strictest first: items that hold
// every word as written; then, while there are too few, such as hold the
// pieces of the words or something related; such as miss a context; such as
// hold most of the query. What is given up is told in the note.
func (s *selection) choose(excluded bitset) ([]level, error) {
	words, err := s.words(s.plan.Words, s.x.holdsAny)
	if err != nil {
		return nil, err
	}
	context, err := s.contexts()
	if err != nil {
		return nil, err
	}
	b := &levelBuilder{seen: excluded.clone()}
	if b.seen == nil {
		b.seen = newBitset(s.x.cols.len())
	}
	b.add(search.TierExact, words, context)
	if b.total >= enough || len(s.plan.Words) == 0 {
		return b.levels, nil
	}
	near, err := s.words(s.plan.Words, s.holdsLoosely)
	if err != nil {
		return nil, err
	}
	b.add(search.TierNear, near, context)
	if b.total >= enough {
		return b.levels, nil
	}
	if len(s.plan.Context) > 0 {
		what := "没有同时符合“%s”的条目，以下不限这一条件"
		if b.total > 0 {
			what = "符合“%s”的不多，其后列出不限这一条件的"
		}
		if b.add(search.TierNear, near, nil) {
			s.note = fmt.Sprintf(what, s.contextWords())
		}
	}
	if b.total >= enough {
		return b.levels, nil
	}
	partial, err := s.partial()
	if err != nil {
		return nil, err
	}
	if b.total > 0 || len(s.plan.Context) == 0 || !b.add(search.TierPartial, partial, context) {
		b.add(search.TierPartial, partial, nil)
	}
	return b.levels, nil
}

// levelBuilder puts levels one below the other, no item twice.
type levelBuilder struct {
	levels []level
	seen   bitset
	total  int
}

// add adds the items of a set that no earlier level has; it reports whether there were any.
func (b *levelBuilder) add(tier string, set, within bitset) bool {
	if set == nil {
		return false
	}
	one := set.clone()
	if within != nil {
		one.intersect(within)
	}
	one.subtract(b.seen)
	n := one.count()
	if n == 0 {
		return false
	}
	b.seen.union(one)
	b.total += n
	b.levels = append(b.levels, level{one, tier})
	return true
}

func (s *selection) contextWords() string {
	out := ""
	for i, c := range s.plan.Context {
		if i > 0 {
			out += " "
		}
		out += c.Word.Text
		if c.Word.Text == "" && len(c.Tests) > 0 {
			out += search.FacetValueLabel(c.Tests[0].Facet, c.Tests[0].Value)
		}
	}
	return out
}

// words is the set of items that hold every word, as holds understands it.
func (s *selection) words(words []search.PlanWord, holds func(context.Context, search.PlanWord) (bitset, error)) (bitset, error) {
	set := fullBitset(s.x.cols.len())
	for _, w := range words {
		one, err := holds(s.ctx, w)
		if err != nil {
			return nil, err
		}
		set.intersect(one)
	}
	return set, nil
}

// union is the set of items that hold any of the words, nil if there are none.
func (s *selection) union(words []search.PlanWord) (bitset, error) {
	if len(words) == 0 {
		return nil, nil
	}
	set := newBitset(s.x.cols.len())
	for _, w := range words {
		one, err := s.x.holds(s.ctx, w)
		if err != nil {
			return nil, err
		}
		set.union(one)
	}
	return set, nil
}

// contexts is the set of items that satisfy every context: by a facet, or by
// holding the word itself.
func (s *selection) contexts() (bitset, error) {
	set := fullBitset(s.x.cols.len())
	for _, c := range s.plan.Context {
		one := newBitset(s.x.cols.len())
		if len(c.Word.Tokens) > 0 {
			text, err := s.x.holds(s.ctx, c.Word)
			if err != nil {
				return nil, err
			}
			one.union(text)
		}
		for _, t := range c.Tests {
			one.union(s.x.having(t.Facet, t.Value))
		}
		set.intersect(one)
	}
	return set, nil
}

// holdsLoosely is the set of items that hold a word, or all of its known
// pieces, or every character of it in pieces of at least two.
func (s *selection) holdsLoosely(ctx context.Context, w search.PlanWord) (bitset, error) {
	any, err := s.x.holdsAny(ctx, w)
	if err != nil || w.Exact {
		return any, err
	}
	set := any.clone()
	for _, r := range w.Related {
		one, err := s.x.holds(ctx, r)
		if err != nil {
			return nil, err
		}
		set.union(one)
	}
	if len(w.Segments) > 0 {
		pieces, err := s.words(w.Segments, s.x.holdsRelated)
		if err != nil {
			return nil, err
		}
		set.union(pieces)
	}
	covered, err := s.covered(ctx, w)
	if err != nil {
		return nil, err
	}
	set.union(covered)
	return set, nil
}

// covered is the set of items in which every token of the word stands in a
// pair of the word: 改造老旧小区 for 老旧小区改造.
func (s *selection) covered(ctx context.Context, w search.PlanWord) (bitset, error) {
	tokens, err := s.x.pairsByToken(ctx, w)
	if err != nil {
		return nil, err
	}
	set := fullBitset(s.x.cols.len())
	for j, t := range w.Tokens {
		if t.Weight() > 0 {
			set.intersect(tokens[j])
		}
	}
	return set, nil
}

// partial is the set of items that hold enough of the query: its words or
// their known pieces, weighed by how rare they are, so that 超级 and 工厂 do not
// answer 特斯拉超级工厂. Quoted words must be there.
func (s *selection) partial() (bitset, error) {
	n := s.x.cols.len()
	need := fullBitset(n)
	have := make([]float64, n)
	all, pieces, longest := 0.0, 0, 0
	for _, w := range s.plan.Words {
		if w.Exact {
			set, err := s.x.holds(s.ctx, w)
			if err != nil {
				return nil, err
			}
			need.intersect(set)
			continue
		}
		longest = max(longest, w.Weight())
		for _, p := range piecesOf(w) {
			weight, err := s.addPiece(p, have)
			if err != nil {
				return nil, err
			}
			all += weight
			pieces++
		}
	}
	if pieces == 0 {
		return nil, nil
	}
	share := search.PartialShare(longest)
	for ord := range have {
		if have[ord] == 0 || have[ord] < share*all-1e-9 {
			need.remove(uint32(ord))
		}
	}
	return need, nil
}

func piecesOf(w search.PlanWord) []search.PlanWord {
	if len(w.Segments) > 0 {
		return w.Segments
	}
	return []search.PlanWord{w}
}

// addPiece credits every item with the weight of a piece that it holds, or,
// where the piece is a long word, with the share of it that it holds in pairs.
func (s *selection) addPiece(p search.PlanWord, have []float64) (weight float64, err error) {
	set, err := s.x.holdsRelated(s.ctx, p)
	if err != nil {
		return 0, err
	}
	count := set.count()
	weight = math.Log(1+float64(len(have))/(float64(count)+0.5)) * math.Sqrt(float64(p.Weight()))
	set.each(func(ord uint32) { have[ord] += weight })
	if count > 0 || p.Weight() < 3 {
		return weight, nil
	}
	tokens, err := s.x.pairsByToken(s.ctx, p)
	if err != nil {
		return 0, err
	}
	shares := make([]uint16, len(have))
	for j, t := range p.Tokens {
		tokens[j].each(func(ord uint32) { shares[ord] += uint16(t.Weight()) })
	}
	for ord, got := range shares {
		if share := float64(got) / float64(p.Weight()); share >= 0.6 {
			have[ord] += weight * share
		}
	}
	return weight, nil
}
