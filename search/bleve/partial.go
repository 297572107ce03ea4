package bleve

import (
	"cmp"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/search"
)

// A partial level of more than maxPartial items is asked for more of the query,
// in steps: what follows an answer shall not bury it.
const (
	maxPartial  = 20
	partialStep = 0.1
)

// Of what is said, in words of its own, an item that answers holds little. The
// steps are small, since it is often one word that tells such items apart, and
// the level may be larger: where nothing else answers, and in a large
// collection, of which a filter shows a part.
const (
	spokenShare = 0.25
	spokenStep  = 0.05
	maxSpoken   = 40
	spokenOf    = 25 // one item of so many
)

// A word that no item holds counts in full, so that 长江大桥 is not answered with
// other bridges; but it counts less in a question, in a sentence and beside
// other words. A weak word counts little anywhere.
const (
	unknownInQuestion = 0.35
	unknownAdded      = 0.45
	weakShare         = 0.25
)

// share is the least share of a long unknown word, by its pairs, that counts.
const leastShare = 0.7

// piece is a word of the query, or a known piece of one, with the items that
// hold it. Where no item holds a long word, those count that hold most of it in
// pairs: parts then has one set for each share of it.
type piece struct {
	weight float64
	parts  []part
}

// part is a set of items and what share of the piece they hold.
type part struct {
	items *roaring.Bitmap
	share float64
}

// partial is the set of items that hold enough of the query: its words or
// their known pieces, weighed by how rare they are, so that 超级 and 工厂 do not
// answer 特斯拉超级工厂. Quoted words must be there.
func (s *selection) partial() (found *roaring.Bitmap, err error) {
	var need []*roaring.Bitmap
	var pieces []piece
	all, unknown, added, long := 0.0, 0, 0, false
	for _, w := range s.plan.Words {
		if w.Exact {
			set, err := s.x.holds(s.ctx, w)
			if err != nil {
				return nil, err
			}
			need = append(need, set)
			continue
		}
		long = long || w.Weight() >= sentence
		whole, err := s.whole(w)
		if err != nil {
			return nil, err
		}
		for _, word := range piecesOf(w) {
			p, err := s.piece(word, whole)
			if err != nil {
				return nil, err
			}
			switch {
			case len(p.parts) > 0:
			case s.plan.Asked != "":
				p.weight *= unknownInQuestion
				added++
			case w.Weight() >= sentence || len(s.plan.Words) > 1:
				p.weight *= unknownAdded
				added++
			default:
				unknown++
			}
			all += p.weight
			pieces = append(pieces, p)
		}
	}
	if len(pieces) == 0 {
		return nil, nil
	}
	answered := slices.ContainsFunc(s.found, func(l level) bool { return !l.set.IsEmpty() })
	share := search.PartialShare(len(pieces), unknown, added, s.plan.Asked != "" || long, answered)
	step, most := partialStep, maxPartial
	if s.plan.Spoken && len(pieces) > 1 {
		share, step = spokenShare, spokenStep
		most = max(most, s.x.cols.len()/spokenOf)
		if !answered {
			most = max(most, maxSpoken)
		}
	}
	if len(pieces) == 1 && len(pieces[0].parts) == 1 && pieces[0].parts[0].share == 1 && len(need) == 0 {
		return pieces[0].parts[0].items, nil // whoever holds any of it holds all
	}
	within := s.x.intersection(need)
	if len(need) == 0 {
		within = nil
	}
	holding := func(least float64) (*roaring.Bitmap, error) { return s.combine(pieces, within, least) }
	if len(pieces) > maxCombined {
		if holding, err = s.addUp(pieces, within); err != nil {
			return nil, err
		}
	}
	for {
		set, err := holding(share*all - 1e-9)
		if err != nil {
			return nil, err
		}
		if share += step; cardinality(set) <= most || share > 1 {
			s.weigh(pieces, set, all)
			return set, nil
		}
	}
}

// weigh notes what share of the query the items of the partial level hold.
func (s *selection) weigh(pieces []piece, set *roaring.Bitmap, all float64) {
	s.held = make(map[uint32]float64, cardinality(set))
	for _, p := range pieces {
		for _, part := range p.parts {
			roaring.And(part.items, set).Iterate(func(ord uint32) bool {
				s.held[ord] += p.weight * part.share / all
				return true
			})
		}
	}
}

// sentence is the length of a word from which it is likely to be half a sentence.
const sentence = 7

func piecesOf(w search.PlanWord) []search.PlanWord {
	if len(w.Segments) > 0 {
		return w.Segments
	}
	return []search.PlanWord{w}
}

// whole is the set of items that hold a word of several pieces, or what it
// stands for: they hold every piece, as 退役军人 does of 退伍 and 军人.
func (s *selection) whole(w search.PlanWord) (*roaring.Bitmap, error) {
	if len(w.Segments) == 0 {
		return nothing, nil
	}
	return s.x.holdsRelated(s.ctx, w)
}

// piece weighs a piece of a word and finds the items that hold it.
func (s *selection) piece(w search.PlanWord, whole *roaring.Bitmap) (piece, error) {
	set, err := s.x.holdsRelated(s.ctx, w)
	if err != nil {
		return piece{}, err
	}
	set = union(set, whole)
	count := cardinality(set)
	p := piece{weight: math.Log(1+float64(s.x.cols.len())/(float64(count)+0.5)) * math.Sqrt(float64(w.Weight()))}
	switch {
	case count > 0:
		p.parts = []part{{set, 1}}
	case w.Weight() >= 4:
		p.parts, err = s.shares(w)
	}
	if w.Weak {
		p.weight *= weakShare
	}
	return p, err
}

// shares finds the items that hold most of a word in pairs, by the share they
// hold. Such an item lacks so little of the word that it holds one at least of
// its rarest tokens: only those are added up.
func (s *selection) shares(w search.PlanWord) ([]part, error) {
	tokens, err := s.x.pairsByToken(s.ctx, w)
	if err != nil {
		return nil, err
	}
	total := w.Weight()
	least := total
	for least > 1 && float64(least-1)/float64(total) >= leastShare {
		least--
	}
	rarest := make([]int, 0, len(tokens))
	for j, t := range w.Tokens {
		if t.Weight() > 0 {
			rarest = append(rarest, j)
		}
	}
	slices.SortStableFunc(rarest, func(i, j int) int { return cmp.Compare(cardinality(tokens[i]), cardinality(tokens[j])) })
	candidates, lacking := roaring.New(), 0
	for _, j := range rarest {
		if candidates.Or(tokens[j]); lacking+w.Tokens[j].Weight() > total-least {
			break
		}
		lacking += w.Tokens[j].Weight()
	}
	have := make([]uint16, s.x.cols.len())
	for _, j := range rarest {
		if err := s.ctx.Err(); err != nil {
			return nil, err
		}
		weight := uint16(w.Tokens[j].Weight())
		roaring.And(candidates, tokens[j]).Iterate(func(ord uint32) bool {
			have[ord] += weight
			return true
		})
	}
	holding := make([]*roaring.Bitmap, total+1)
	candidates.Iterate(func(ord uint32) bool {
		if n := int(have[ord]); n >= least {
			if holding[n] == nil {
				holding[n] = roaring.New()
			}
			holding[n].Add(ord)
		}
		return true
	})
	var parts []part
	for n := total; n >= least; n-- {
		if holding[n] != nil {
			parts = append(parts, part{holding[n], float64(n) / float64(total)})
		}
	}
	return parts, nil
}

// maxCombined is the number of pieces up to which their combinations are
// walked through; with more, every item's pieces are added up.
const maxCombined = 8

// combine is the set of items that hold pieces of so much weight.
func (s *selection) combine(pieces []piece, within *roaring.Bitmap, least float64) (*roaring.Bitmap, error) {
	sorted := slices.Clone(pieces)
	slices.SortStableFunc(sorted, func(a, b piece) int { return cmp.Compare(b.weight, a.weight) })
	h := combining{s: s, pieces: sorted, least: least, behind: make([]float64, len(sorted)+1), set: roaring.New()}
	for i := len(sorted) - 1; i >= 0; i-- {
		h.behind[i] = h.behind[i+1]
		if len(sorted[i].parts) > 0 {
			h.behind[i] += sorted[i].weight
		}
	}
	err := h.from(0, 0, within)
	return h.set, err
}

// combining walks through the combinations of pieces that weigh enough.
type combining struct {
	s      *selection
	pieces []piece
	least  float64
	// behind is what the pieces from one on weigh together.
	behind []float64
	set    *roaring.Bitmap
}

// from adds those of some items, which have so much already, that get enough
// from piece i on; items is nil where nothing was asked for yet.
func (h *combining) from(i int, have float64, items *roaring.Bitmap) error {
	if have > 0 && have >= h.least {
		h.set.Or(items)
		return nil
	}
	if i == len(h.pieces) || have+h.behind[i] < h.least || items != nil && items.IsEmpty() {
		return nil
	}
	if err := h.s.ctx.Err(); err != nil {
		return err
	}
	for _, p := range h.pieces[i].parts {
		with := roaring.AndNot(p.items, h.set)
		if items != nil {
			with.And(items)
		}
		if err := h.from(i+1, have+h.pieces[i].weight*p.share, with); err != nil {
			return err
		}
	}
	return h.from(i+1, have, items)
}

// addUp is combine by adding up what every item holds, once for any weight.
func (s *selection) addUp(pieces []piece, within *roaring.Bitmap) (holding func(least float64) (*roaring.Bitmap, error), err error) {
	have := make([]float64, s.x.cols.len())
	any := roaring.New()
	for _, p := range pieces {
		for _, part := range p.parts {
			if err := s.ctx.Err(); err != nil {
				return nil, err
			}
			any.Or(part.items)
			add := p.weight * part.share
			part.items.Iterate(func(ord uint32) bool {
				have[ord] += add
				return true
			})
		}
	}
	if within != nil {
		any.And(within)
	}
	return func(least float64) (*roaring.Bitmap, error) {
		set := roaring.New()
		any.Iterate(func(ord uint32) bool {
			if have[ord] >= least {
				set.Add(ord)
			}
			return true
		})
		return set, s.ctx.Err()
	}, nil
}
