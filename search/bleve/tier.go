package bleve

import (
	"context"
	"math"
	"slices"

	"youju/search"
)

// match is an item that matches, before filters.
type match struct {
	ord   uint32
	score float64
	// level is higher for items that match better.
	level int
	// why is what the score consists of, for those that were looked at closely.
	why *search.Explanation
}

// selection finds which items a plan selects. What they score is decided
// elsewhere (rank.go).
type selection struct {
	x    *Index
	ctx  context.Context
	plan search.Plan
	// found are the levels so far, seen the items that are in one or excluded.
	found []level
	seen  bitset
}

// levels finds the levels of an answer, strictest first, without regard to
// filters: how many of them are shown is decided per filter (answer.go).
func (x *Index) levels(ctx context.Context, plan search.Plan) (*selection, error) {
	s := &selection{x: x, ctx: ctx, plan: plan}
	err := s.exclude()
	if err != nil {
		return nil, err
	}
	switch {
	case plan.Everything:
		s.add(search.TierExact, "", fullBitset(x.cols.len()), nil)
	case len(plan.Words) > 0 || len(plan.Context) > 0:
		err = s.choose()
	}
	return s, err
}

// exclude marks as seen what no level may hold: items with an excluded word,
// and those without a figure that was asked for.
func (s *selection) exclude() error {
	excluded, err := s.union(s.plan.Excluded)
	if err != nil {
		return err
	}
	s.seen = newBitset(s.x.cols.len())
	s.seen.union(excluded)
	for _, b := range s.plan.Figures {
		lacking := fullBitset(s.x.cols.len())
		lacking.subtract(s.x.cols.Figures.holding(b))
		s.seen.union(lacking)
	}
	return nil
}

// level is a set of items that match equally well; those of an earlier level
// come before all of a later one.
type level struct {
	set  bitset
	tier string
	// note tells the reader what these items lack.
	note string
	// last marks the level that is shown only where there are few.
	last bool
}

// choose finds the levels: items that hold every word as written; such as hold
// the pieces of the words, or something related; such as miss a context.
func (s *selection) choose() error {
	words, err := s.words(s.plan.Words, s.x.holdsAny)
	if err != nil {
		return err
	}
	context, err := s.contexts()
	if err != nil {
		return err
	}
	s.add(search.TierExact, "", words, context)
	if len(s.plan.Words) == 0 {
		return nil
	}
	near, err := s.words(s.plan.Words, s.holdsLoosely)
	if err != nil {
		return err
	}
	s.add(search.TierNear, "", near, context)
	if len(s.plan.Context) > 0 {
		if err := s.addThere(context); err != nil {
			return err
		}
		s.add(search.TierPartial, "符合“"+s.contextWords()+"”的不多，其后列出不限这一条件的", near, nil)
	}
	return nil
}

// addThere adds the items of the place asked for that hold a part of each word:
// whoever asks about 高唐 would rather read of its 产业 than of a 产业园 elsewhere.
func (s *selection) addThere(context bitset) error {
	if !slices.ContainsFunc(s.plan.Context, search.PlanContext.IsPlace) {
		return nil
	}
	some, err := s.words(s.plan.Words, s.holdsSome)
	if err != nil {
		return err
	}
	some.intersect(context)
	if some.count() <= maxPartial {
		s.add(search.TierPartial, "", some, nil)
	}
	return nil
}

// holdsSome is the set of items that hold a word loosely or a known piece of it
// that says something (医院 of 医院建设, either of 蔬菜大棚); a word without known
// pieces counts by any pair.
func (s *selection) holdsSome(ctx context.Context, w search.PlanWord) (bitset, error) {
	set, err := s.holdsLoosely(ctx, w)
	if err != nil || w.Exact {
		return set, err
	}
	set = set.clone()
	if len(w.Segments) == 0 {
		tokens, err := s.x.pairsByToken(ctx, w)
		if err != nil {
			return nil, err
		}
		for _, one := range tokens {
			set.union(one)
		}
		return set, nil
	}
	for _, piece := range w.Segments {
		one, err := s.x.holdsRelated(ctx, piece)
		if err != nil {
			return nil, err
		}
		if one.count() <= s.x.cols.len()/commonShare {
			set.union(one)
		}
	}
	return set, nil
}

// addPartial adds the last level: items that hold most of the query.
func (s *selection) addPartial() error {
	if len(s.plan.Words) == 0 {
		return nil
	}
	partial, err := s.partial()
	if err != nil {
		return err
	}
	s.add(search.TierPartial, "", partial, nil)
	if n := len(s.found); n > 0 && partial != nil {
		s.found[n-1].last = true
	}
	return nil
}

// add adds a level with the items of a set that no earlier level has.
func (s *selection) add(tier, note string, set, within bitset) {
	if set == nil {
		return
	}
	one := set.clone()
	if within != nil {
		one.intersect(within)
	}
	one.subtract(s.seen)
	s.seen.union(one)
	s.found = append(s.found, level{set: one, tier: tier, note: note})
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
	if w.Weight() < 4 {
		// Two pairs that overlap but stand apart say nothing: 马拉 and 拉松.
		return set, nil
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
	all, pieces, unknown := 0.0, 0, 0
	for _, w := range s.plan.Words {
		if w.Exact {
			set, err := s.x.holds(s.ctx, w)
			if err != nil {
				return nil, err
			}
			need.intersect(set)
			continue
		}
		for _, p := range piecesOf(w) {
			weight, known, err := s.addPiece(p, have)
			if err != nil {
				return nil, err
			}
			if !known {
				unknown++
			}
			all += weight
			pieces++
		}
	}
	if pieces == 0 {
		return nil, nil
	}
	answered := slices.ContainsFunc(s.found, func(l level) bool { return l.set.count() > 0 })
	share := search.PartialShare(pieces, unknown, s.plan.Asked != "", answered)
	for {
		set := need.clone()
		for ord := range have {
			if have[ord] == 0 || have[ord] < share*all-1e-9 {
				set.remove(uint32(ord))
			}
		}
		if share += partialStep; set.count() <= maxPartial || share > 1 {
			return set, nil
		}
	}
}

// commonShare is the share of all items (one of so many) from which on a word
// is too common to say what an item is about: 建设, 发展.
const commonShare = 8

// A partial level of more than maxPartial items is asked for more of the query,
// in steps: what follows an answer shall not bury it.
const (
	maxPartial  = 20
	partialStep = 0.1
)

func piecesOf(w search.PlanWord) []search.PlanWord {
	if len(w.Segments) > 0 {
		return w.Segments
	}
	return []search.PlanWord{w}
}

// addPiece credits every item with the weight of a piece that it holds, or,
// where the piece is a long word that no item holds, with the share of it that
// it holds in pairs. known is false where no item holds even that.
func (s *selection) addPiece(p search.PlanWord, have []float64) (weight float64, known bool, err error) {
	set, err := s.x.holdsRelated(s.ctx, p)
	if err != nil {
		return 0, false, err
	}
	count := set.count()
	weight = math.Log(1+float64(len(have))/(float64(count)+0.5)) * math.Sqrt(float64(p.Weight()))
	if count > 0 || p.Weight() < 4 {
		if count == 0 && s.plan.Asked != "" {
			// A question carries words that no report uses.
			weight *= unknownInQuestion
		}
		set.each(func(ord uint32) { have[ord] += weight })
		return weight, count > 0, nil
	}
	tokens, err := s.x.pairsByToken(s.ctx, p)
	if err != nil {
		return 0, false, err
	}
	shares := make([]uint16, len(have))
	for j, t := range p.Tokens {
		tokens[j].each(func(ord uint32) { shares[ord] += uint16(t.Weight()) })
	}
	for ord, got := range shares {
		if share := float64(got) / float64(p.Weight()); share >= 0.7 {
			have[ord] += weight * share
			known = true
		}
	}
	return weight, known, nil
}

// unknownInQuestion is what a word of a question counts that no item holds.
const unknownInQuestion = 0.35
