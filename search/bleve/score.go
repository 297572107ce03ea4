package bleve

import (
	"context"
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/search"
)

// The fields that are scored. All ranking weights of fields stand here: a word
// in a heading says what the whole item is about, so it counts three times;
// units and leaders count a little less than the text, since every task names
// many, and whoever types a unit's name has it as a context; a title is the
// same for all items of a document, so it must find them but hardly rank them.
const (
	inText = iota
	inHead // its own heading and the headings above it
	inTitle
	inDuty
	scoredFields
)

var fieldWeights = [scoredFields]float64{inText: 1.0, inHead: 3.0, inTitle: 0.5, inDuty: 0.7}

// Scores are BM25, with the usual parameters.
const (
	saturation = 1.2
	lengths    = 0.75
)

// sizeClass is a length in terms, on a scale on which steps are 4 % each.
func sizeClass(terms int) uint8 {
	return uint8(min(255, math.Round(16*math.Log2(float64(terms+1)))))
}

// classSize is the inverse of sizeClass.
func classSize(class uint8) float64 { return math.Exp2(float64(class)/16) - 1 }

// gains say what a word counts in a field of an item, by the item's size class
// and by how often it stands there: once, or as manyTimes says. Beyond once the
// gain is what is added to that of the step before.
type gains [len(manyTimes) + 1][256]float32

// typicalTimes is how often a word stands where manyTimes says that it stands
// that often or more.
var typicalTimes = [len(manyTimes) + 1]float64{1, 2, 3.4, 6}

func newGains(average float64) *gains {
	g := new(gains)
	for class := range 256 {
		before := 0.0
		for step, times := range typicalTimes {
			tf := math.Sqrt(times)
			gain := tf * saturation / (tf + saturation*(1-lengths+lengths*classSize(uint8(class))/average))
			g[step][class] = float32(gain - before)
			before = gain
		}
	}
	return g
}

// scores adds up what words count in some items. An item that has more of the
// words, and a word in more of the fields, gains by that alone.
type scores struct {
	x     *Index
	ctx   context.Context
	items *roaring.Bitmap
	words int
	// total and held are the score and the number of words of each item so far,
	// word and fields the same within the word being added.
	total, word  []float32
	held, fields []uint8
	buffer       []uint32
}

// newScores begins to score items. The scores are given back by release once each was taken.
func (x *Index) newScores(ctx context.Context, items *roaring.Bitmap) *scores {
	s, ok := x.scratch.Get().(*scores)
	if !ok {
		n := x.cols.len()
		s = &scores{x: x, total: make([]float32, n), word: make([]float32, n), held: make([]uint8, n), fields: make([]uint8, n), buffer: make([]uint32, 1<<12)}
	}
	s.ctx, s.items, s.words = ctx, items, 0
	return s
}

// release gives the scores back for the next query, once all were taken. Where
// there was no time for that, they are left to the garbage collector.
func (s *scores) release() {
	if s.ctx.Err() != nil {
		return
	}
	s.ctx, s.items = nil, nil
	s.x.scratch.Put(s)
}

// each visits a set in pieces, as long as there is time.
func (s *scores) each(set *roaring.Bitmap, visit func(items []uint32)) {
	it := set.ManyIterator()
	for n := it.NextMany(s.buffer); n > 0 && s.ctx.Err() == nil; n = it.NextMany(s.buffer) {
		visit(s.buffer[:n])
	}
}

// add adds a word, in all fields but one.
func (s *scores) add(f *found, boost float64, but int) {
	s.words++
	var here [scoredFields]*roaring.Bitmap
	fields, last := 0, 0
	for field, set := range f.fields {
		if set == nil || field == but {
			continue
		}
		if set = roaring.And(set, s.items); !set.IsEmpty() {
			here[field] = set
			fields, last = fields+1, field
		}
	}
	weight := func(field int) float32 { return float32(boost * fieldWeights[field] * f.rarity[field]) }
	if fields == 1 { // as most words: what they count needs no adding up first
		s.addField(f, last, here[last], weight(last)/scoredFields, s.total, s.held)
		return
	}
	any := nothing
	for field, set := range here {
		if set != nil {
			any = union(any, set)
			s.addField(f, field, set, weight(field), s.word, s.fields)
		}
	}
	s.each(any, func(items []uint32) {
		for _, item := range items {
			s.total[item] += s.word[item] * float32(s.fields[item]) / scoredFields
			s.held[item]++
			s.word[item], s.fields[item] = 0, 0
		}
	})
}

// addField adds what a word counts in one field, and one to what counts how
// many there are.
func (s *scores) addField(f *found, field int, set *roaring.Bitmap, weight float32, total []float32, held []uint8) {
	g, sizes := s.x.gains[field], s.x.cols.sizes[field]
	for step, often := range f.often {
		if field != inText || often == nil {
			continue
		}
		s.each(roaring.And(often, set), func(items []uint32) {
			for _, item := range items {
				total[item] += weight * g[step+1][sizes[item]]
			}
		})
	}
	s.each(set, func(items []uint32) {
		for _, item := range items {
			total[item] += weight * g[0][sizes[item]]
			held[item]++
		}
	})
}

// take gives the score of an item by all words added, weighed by how many of
// them it holds, and clears it.
func (s *scores) take(item uint32) float32 {
	score, held := s.total[item], s.held[item]
	s.total[item], s.held[item] = 0, 0
	if s.words == 1 {
		return score
	}
	return score * float32(held) / float32(max(1, s.words))
}

// scoreWords adds the words of a plan, their variants and pieces.
func (s *scores) scoreWords(plan search.Plan, tier string) error {
	for _, w := range wordsToScore(plan, tier) {
		f, err := s.x.find(s.ctx, w.tokens)
		if err != nil {
			return err
		}
		s.add(f, w.boost, w.but)
	}
	return nil
}

// scoredWord is a word with what it counts.
type scoredWord struct {
	tokens []search.Token
	boost  float64
	// but is a field it does not count in, or -1.
	but int
}

// scoredWords lists words, each once; what is both a word and a pair of
// another counts as both.
type scoredWords struct {
	list []scoredWord
	seen map[string]bool
}

func (l *scoredWords) add(kind string, w scoredWord) {
	key := kind + search.NewPattern(w.tokens).Key()
	if len(w.tokens) > 0 && !l.seen[key] {
		l.seen[key] = true
		l.list = append(l.list, w)
	}
}

// wordsToScore lists what a plan is ranked by. At the exact tier a word's pairs
// would only add noise.
func wordsToScore(plan search.Plan, tier string) []scoredWord {
	l := scoredWords{seen: map[string]bool{}}
	all := func(w search.PlanWord, boost float64) {
		same, related := variantWeight, relatedWeight
		if w.Absent && plan.Spoken {
			same, related = 1, 1 // 诈骗 is all there is of 被骗
		}
		l.add("", scoredWord{w.Tokens, boost, -1})
		for _, v := range w.Variants {
			l.add("", scoredWord{v.Tokens, boost * same, -1})
		}
		if tier != search.TierExact {
			for _, r := range w.Related {
				l.add("", scoredWord{r.Tokens, boost * related, -1})
			}
		}
	}
	for _, w := range plan.Words {
		if w.Weak {
			all(w, weakWeight)
			continue
		}
		all(w, exactBoost)
		for _, s := range w.Segments {
			if s.Weak {
				all(s, weakWeight)
				continue
			}
			all(s, segmentWeight)
		}
		if w.Exact || tier == search.TierExact {
			continue
		}
		// The pairs of something said span its words: 子中 of 孩子中午.
		spanned := []search.PlanWord{w}
		if plan.Spoken && len(w.Segments) > 0 {
			spanned = w.Segments
		}
		for _, w := range spanned {
			for _, p := range w.Pairs() {
				l.add("pair ", scoredWord{w.Tokens[p.First : p.First+p.Size], 1, -1})
			}
		}
	}
	for _, c := range plan.Context {
		switch {
		case c.IsPlace(): // the governments of all counties share many tasks
			l.add("", scoredWord{c.Word.Tokens, 1, inDuty})
		default:
			l.add("", scoredWord{c.Word.Tokens, 1, -1})
		}
	}
	return l.list
}
