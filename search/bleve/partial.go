package bleve

import (
	"cmp"
	"fmt"
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
		made := map[string]piece{} // of a word that says the same again
		for _, word := range piecesOf(w) {
			p, ok := made[sameKey(word)]
			if !ok {
				if p, err = s.piece(word, whole); err != nil {
					return nil, err
				}
				made[sameKey(word)] = p
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
	together := joined(pieces)
	holding := func(least float64) (*roaring.Bitmap, error) { return s.combine(together, within, least) }
	if s.addsUp(together) {
		if holding, err = s.addUp(together, within); err != nil {
			return nil, err
		}
	}
	for {
		set, err := holding(share*all - 1e-9)
		if err != nil {
			return nil, err
		}
		if share += step; cardinality(set) <= most || share > 1 {
			s.held = heldShare{set: set, pieces: pieces, all: all}
			return set, nil
		}
	}
}

// heldShare tells what share of the query the items of the partial level hold.
type heldShare struct {
	set    *roaring.Bitmap
	pieces []piece
	all    float64
}

// of is the share of one item; ok is false for those of other levels.
func (h heldShare) of(ord uint32) (share float64, ok bool) {
	if h.set == nil || !h.set.Contains(ord) {
		return 0, false
	}
	for _, p := range h.pieces {
		for _, part := range p.parts {
			if part.items.Contains(ord) {
				share, ok = share+p.weight*part.share/h.all, true
			}
		}
	}
	return share, ok
}

// sameKey is the same for words that are looked for in the same way.
func sameKey(w search.PlanWord) string {
	key := fmt.Sprint(w.Weak, w.Absent, "\n", w.Text)
	for _, others := range [][]search.PlanWord{w.Variants, w.Related, w.Guards} {
		key += "\n"
		for _, o := range others {
			key += o.Text + "\t"
		}
	}
	return key
}

// joined makes one piece of those that are the same one again.
func joined(pieces []piece) []piece {
	var out []piece
	at := map[*part]int{}
	for _, p := range pieces {
		if len(p.parts) == 0 {
			continue // it counts in what is asked for, and nobody holds it
		}
		if i, ok := at[&p.parts[0]]; ok {
			out[i].weight += p.weight
			continue
		}
		at[&p.parts[0]] = len(out)
		out = append(out, p)
	}
	return out
}

// addsUp says that adding up what every item holds costs less than walking
// through the combinations of pieces: for many, and for some that many hold.
func (s *selection) addsUp(pieces []piece) bool {
	members := 0
	for _, p := range pieces {
		for _, part := range p.parts {
			members += cardinality(part.items)
		}
	}
	return len(pieces) > maxCombined || len(pieces) > fewCombined && members >= s.x.cols.len()
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
	var last *roaring.Bitmap
	for _, j := range rarest {
		if tokens[j] != last {
			candidates.Or(tokens[j])
			last = tokens[j]
		}
		if lacking+w.Tokens[j].Weight() > total-least {
			break
		}
		lacking += w.Tokens[j].Weight()
	}
	weights := map[*roaring.Bitmap]int{} // of tokens with the same pairs together
	for _, j := range rarest {
		weights[tokens[j]] += w.Tokens[j].Weight()
	}
	have := make([]uint16, s.x.cols.len())
	for set, weight := range weights {
		err := s.each(roaring.And(candidates, set), func(items []uint32) {
			for _, ord := range items {
				have[ord] += uint16(weight)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	holding := make([][]uint32, total+1)
	err = s.each(candidates, func(items []uint32) {
		for _, ord := range items {
			if n := int(have[ord]); n >= least {
				holding[n] = append(holding[n], ord)
			}
		}
	})
	var parts []part
	for n := total; n >= least; n-- {
		if len(holding[n]) > 0 {
			parts = append(parts, part{setOf(holding[n]), float64(n) / float64(total)})
		}
	}
	return parts, err
}

// each visits a set in pieces, until the deadline.
func (s *selection) each(set *roaring.Bitmap, visit func(items []uint32)) error {
	var items [countedAtOnce]uint32
	it := set.ManyIterator()
	for n := it.NextMany(items[:]); n > 0; n = it.NextMany(items[:]) {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		visit(items[:n])
	}
	return nil
}

// setOf is the set of some items in order.
func setOf(items []uint32) *roaring.Bitmap {
	set := roaring.New()
	set.AddMany(items)
	return set
}

// maxCombined is the number of pieces up to which their combinations are
// walked through; with more, every item's pieces are added up.
const (
	maxCombined = 8
	fewCombined = 4
)

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
			any.Or(part.items)
			add := p.weight * part.share
			err := s.each(part.items, func(items []uint32) {
				for _, ord := range items {
					have[ord] += add
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	if within != nil {
		any.And(within)
	}
	return func(least float64) (*roaring.Bitmap, error) {
		var enough []uint32
		err := s.each(any, func(items []uint32) {
			for _, ord := range items {
				if have[ord] >= least {
					enough = append(enough, ord)
				}
			}
		})
		return setOf(enough), err
	}, nil
}
