package bleve

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/search"
)

// selection finds which items a plan selects. What they score is decided
// elsewhere (rank.go).
type selection struct {
	x    *Index
	ctx  context.Context
	plan search.Plan
	// found are the levels so far, seen the items that are in one or excluded.
	found []level
	seen  *roaring.Bitmap
	// held is the share of the query that items of the partial level hold.
	held heldShare
	// pairs are those of the words that were taken apart so far, by token.
	pairs map[string][]*roaring.Bitmap
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
		s.add(search.TierExact, "", x.everything, nil)
	case len(plan.Words) > 0 || len(plan.Context) > 0:
		if err = s.choose(); err == nil {
			err = s.addPartial()
		}
	}
	return s, err
}

// exclude marks as seen what no level may hold: items with an excluded word,
// and those without a figure that was asked for.
func (s *selection) exclude() error {
	s.seen = roaring.New()
	for _, w := range s.plan.Excluded {
		set, err := s.x.holds(s.ctx, w)
		if err != nil {
			return err
		}
		s.seen.Or(set)
	}
	for _, b := range s.plan.Figures {
		printing, err := s.x.printing(b)
		if err != nil {
			return err
		}
		s.seen.Or(roaring.AndNot(s.x.everything, printing))
	}
	return nil
}

// level is a set of items that match equally well; those of an earlier level
// come before all of a later one.
type level struct {
	set  *roaring.Bitmap
	tier string
	// note tells the reader what these items lack.
	note string
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
	near, err := s.words(strong(s.plan.Words), s.holdsLoosely)
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
func (s *selection) addThere(context *roaring.Bitmap) error {
	if !slices.ContainsFunc(s.plan.Context, search.PlanContext.IsPlace) {
		return nil
	}
	some, err := s.words(strong(s.plan.Words), s.holdsSome)
	if err != nil {
		return err
	}
	some = roaring.And(some, context)
	if cardinality(some) <= maxPartial {
		s.add(search.TierPartial, "", some, nil)
	}
	return nil
}

// holdsSome is the set of items that hold a word loosely or a known piece of it
// that says something (医院 of 医院建设, either of 蔬菜大棚); a word without known
// pieces counts by any pair.
func (s *selection) holdsSome(ctx context.Context, w search.PlanWord) (*roaring.Bitmap, error) {
	set, err := s.holdsLoosely(ctx, w)
	if err != nil || w.Exact {
		return set, err
	}
	sets := []*roaring.Bitmap{set}
	if len(w.Segments) == 0 {
		tokens, err := s.pairsByToken(w)
		if err != nil {
			return nil, err
		}
		sets = append(sets, distinct(tokens)...)
	}
	for _, piece := range w.Segments {
		one, err := s.x.holdsRelated(ctx, piece)
		if err != nil {
			return nil, err
		}
		if cardinality(one) <= s.x.cols.len()/commonShare {
			sets = append(sets, one)
		}
	}
	return union(sets...), nil
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
	return nil
}

// add adds a level with the items of a set that no earlier level has.
func (s *selection) add(tier, note string, set, within *roaring.Bitmap) {
	if set == nil {
		return
	}
	one := set
	if !s.seen.IsEmpty() || within != nil {
		one = roaring.AndNot(set, s.seen)
	}
	if within != nil {
		one.And(within)
	}
	s.seen.Or(one)
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

// strong are the words that an item must hold to answer, all but the weak ones.
func strong(words []search.PlanWord) []search.PlanWord {
	weak := func(w search.PlanWord) bool { return w.Weak }
	if !slices.ContainsFunc(words, weak) {
		return words
	}
	return slices.DeleteFunc(slices.Clone(words), weak)
}

// words is the set of items that hold every word, as holds understands it.
func (s *selection) words(words []search.PlanWord, holds func(context.Context, search.PlanWord) (*roaring.Bitmap, error)) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(words))
	for i, w := range words {
		one, err := holds(s.ctx, w)
		if err != nil {
			return nil, err
		}
		sets[i] = one
	}
	return s.x.intersection(sets), nil
}

// intersection is what is in all of the sets; of none it is everything. It may
// be one of them.
func (x *Index) intersection(sets []*roaring.Bitmap) *roaring.Bitmap {
	switch len(sets) {
	case 0:
		return x.everything
	case 1:
		return sets[0]
	}
	slices.SortFunc(sets, func(a, b *roaring.Bitmap) int { return cardinality(a) - cardinality(b) })
	return roaring.FastAnd(sets...)
}

// contexts is the set of items that satisfy every context: by a facet, or by
// holding the word itself. It is nil when there is no context.
func (s *selection) contexts() (*roaring.Bitmap, error) {
	if len(s.plan.Context) == 0 {
		return nil, nil
	}
	var all []*roaring.Bitmap
	for _, c := range s.plan.Context {
		var any []*roaring.Bitmap
		if len(c.Word.Tokens) > 0 {
			text, err := s.x.holds(s.ctx, c.Word)
			if err != nil {
				return nil, err
			}
			any = append(any, text)
		}
		for _, t := range c.Tests {
			any = append(any, s.x.having(t.Facet, t.Value))
		}
		all = append(all, union(any...))
	}
	return s.x.intersection(all), nil
}

// holdsLoosely is the set of items that hold a word, or all of its known
// pieces, or every character of it in pieces of at least two.
func (s *selection) holdsLoosely(ctx context.Context, w search.PlanWord) (*roaring.Bitmap, error) {
	any, err := s.x.holdsAny(ctx, w)
	if err != nil || w.Exact {
		return any, err
	}
	sets := []*roaring.Bitmap{any}
	for _, r := range w.Related {
		one, err := s.x.holds(ctx, r)
		if err != nil {
			return nil, err
		}
		sets = append(sets, one)
	}
	if len(w.Segments) > 0 {
		pieces, err := s.words(strong(w.Segments), s.x.holdsRelated)
		if err == nil && cardinality(pieces) > s.x.cols.len()/commonShare {
			// 重点 alone, of 重点工程, is not what was asked for.
			pieces, err = s.words(w.Segments, s.x.holdsRelated)
		}
		if err != nil {
			return nil, err
		}
		sets = append(sets, pieces)
	}
	if w.Weight() >= 4 {
		// Two pairs that overlap but stand apart say nothing: 马拉 and 拉松.
		covered, err := s.covered(ctx, w)
		if err != nil {
			return nil, err
		}
		sets = append(sets, covered)
	}
	return union(sets...), nil
}

// covered is the set of items in which every token of the word stands in a
// pair of the word: 改造老旧小区 for 老旧小区改造.
func (s *selection) covered(ctx context.Context, w search.PlanWord) (*roaring.Bitmap, error) {
	tokens, err := s.pairsByToken(w)
	if err != nil {
		return nil, err
	}
	var sets []*roaring.Bitmap
	for j, t := range w.Tokens {
		if t.Weight() > 0 {
			sets = append(sets, tokens[j])
		}
	}
	return s.x.intersection(distinct(sets)), nil
}

// pairsByToken gives, for every token of a word, the items that hold a pair of
// the word with this token.
func (s *selection) pairsByToken(w search.PlanWord) ([]*roaring.Bitmap, error) {
	key := w.Pattern().Key()
	if tokens, ok := s.pairs[key]; ok {
		return tokens, nil
	}
	tokens, err := s.x.pairsByToken(s.ctx, w)
	if err != nil {
		return nil, err
	}
	if s.pairs == nil {
		s.pairs = map[string][]*roaring.Bitmap{}
	}
	s.pairs[key] = tokens
	return tokens, nil
}

// distinct leaves out the sets that stand before already.
func distinct(sets []*roaring.Bitmap) []*roaring.Bitmap {
	seen := make(map[*roaring.Bitmap]bool, len(sets))
	return slices.DeleteFunc(slices.Clone(sets), func(set *roaring.Bitmap) bool {
		was := seen[set]
		seen[set] = true
		return was
	})
}

// commonShare is the share of all items (one of so many) from which on a word
// is too common to say what an item is about: 建设, 发展.
const commonShare = 8
