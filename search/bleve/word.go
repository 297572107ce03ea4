package bleve

import (
	"context"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/search"
)

// found is where a word stands: the items that hold it, in all and by field.
// It is shared and must not be changed; a nil set is empty.
type found struct {
	items  *roaring.Bitmap
	fields [scoredFields]*roaring.Bitmap
	// often are the items whose text holds it as many times as manyTimes says.
	often [len(manyTimes)]*roaring.Bitmap
	// rarity weighs the word in each field by how few items hold its terms.
	rarity [scoredFields]float64
}

func (f *found) bytes() int {
	n := 0
	for _, set := range append(append(f.often[:], f.fields[:]...), f.items) {
		if set != nil {
			n += int(set.GetSizeInBytes())
		}
	}
	return n
}

// find looks for tokens that stand one right after the other.
func (x *Index) find(ctx context.Context, tokens []search.Token) (*found, error) {
	pattern := search.NewPattern(tokens)
	if f, ok := x.words.get(pattern.Key()); ok {
		return f, nil
	}
	terms, singles, certain := phraseTerms(tokens)
	if len(terms) > 0 && !certain {
		singles = nil // what the other terms leave is few, and looked at
	}
	s := wordSearch{x: x, ctx: ctx, pattern: pattern, terms: terms, singles: singles, certain: certain}
	f, err := s.find()
	if err == nil {
		x.words.put(pattern.Key(), f)
	}
	return f, err
}

// wordSearch finds one word: the entries of a segment that have all of its
// terms, and of these, unless the terms say all, those whose row holds it.
type wordSearch struct {
	x              *Index
	ctx            context.Context
	pattern        search.Pattern
	terms, singles []string
	certain        bool
	// looked counts the rows that were looked at, for the deadline.
	looked int
}

func (s *wordSearch) find() (f *found, err error) {
	f = &found{}
	if err := s.inText(f); err != nil {
		return nil, err
	}
	headings, err := s.entries(s.x.items, termHeading, func(item uint32) (search.Row, error) {
		row, err := s.x.store.row(item)
		return row.Heading, err
	})
	if err != nil {
		return nil, err
	}
	groups, err := s.entries(s.x.groups, termPath, s.x.store.pathRow)
	if err != nil {
		return nil, err
	}
	f.fields[inHead] = union(headings, spreadSet(groups, s.x.cols.groupStart))
	documents, err := s.entries(s.x.documents, termTitle, s.x.store.titleRow)
	if err != nil {
		return nil, err
	}
	f.fields[inTitle] = spreadSet(documents, s.x.cols.firstItem)
	f.fields[inDuty], err = s.entries(s.x.items, termDuty, func(item uint32) (search.Row, error) {
		row, err := s.x.store.row(item)
		return row.Duty, err
	})
	f.items = union(f.fields[:]...)
	for field, set := range f.fields {
		if field != inText {
			f.rarity[field] = s.steps() * s.rarity(cardinality(set))
		}
	}
	return f, err
}

// inText finds the items whose text holds the word, and how often.
func (s *wordSearch) inText(f *found) error {
	set, counts, err := s.candidates(s.x.items, termText)
	if err != nil || set == nil {
		return err
	}
	for _, n := range counts {
		f.rarity[inText] += s.steps() * s.rarity(n) / float64(len(counts))
	}
	if s.certain {
		f.fields[inText] = set
		for i, many := range manyTimes {
			if len(s.terms) == 1 {
				if f.often[i], err = s.x.items.holding(many.name, s.terms[0]); err != nil {
					return err
				}
			}
		}
		return nil
	}
	f.fields[inText] = roaring.New()
	for i := range f.often {
		f.often[i] = roaring.New()
	}
	most := manyTimes[len(manyTimes)-1].times
	return s.look(set, s.x.store, func(item uint32) error {
		row, err := s.x.store.row(item)
		if err != nil {
			return err
		}
		n := s.pattern.Count(row.Text, most)
		if n > 0 {
			f.fields[inText].Add(item)
		}
		for i, many := range manyTimes {
			if n >= many.times {
				f.often[i].Add(item)
			}
		}
		return nil
	})
}

// entries finds the entries of a segment that hold the word in a field.
func (s *wordSearch) entries(in *segment, field string, row func(uint32) (search.Row, error)) (*roaring.Bitmap, error) {
	set, _, err := s.candidates(in, field)
	if err != nil || set == nil || s.certain {
		return set, err
	}
	holding := roaring.New()
	err = s.look(set, nil, func(i uint32) error {
		r, err := row(i)
		if err == nil && s.pattern.In(r) {
			holding.Add(i)
		}
		return err
	})
	return holding, err
}

// look visits the members of a set until the deadline, of items with a store
// from which their rows are fetched.
func (s *wordSearch) look(set *roaring.Bitmap, rows *store, visit func(uint32) error) error {
	var members [lookedAtOnce]uint32
	it := set.ManyIterator()
	for n := it.NextMany(members[:]); n > 0; n = it.NextMany(members[:]) {
		if rows != nil {
			rows.fetchRows(n, func(i int) uint32 { return members[i] })
		}
		for _, member := range members[:n] {
			if s.looked++; s.looked%checkEvery == 0 {
				if err := s.ctx.Err(); err != nil {
					return err
				}
			}
			if err := visit(member); err != nil {
				return err
			}
		}
	}
	return nil
}

// lookedAtOnce is the number of rows that are fetched together, checkEvery that
// between two looks at the deadline.
const (
	lookedAtOnce = 32
	checkEvery   = 256
)

// candidates are the entries that have every term in a field, nil when there
// are none, with the number of entries that have each.
func (s *wordSearch) candidates(in *segment, field string) (*roaring.Bitmap, []int, error) {
	if err := s.ctx.Err(); err != nil {
		return nil, nil, err
	}
	// A term that stands in the word again is asked for once.
	var sets []*roaring.Bitmap
	counts := make([]int, 0, len(s.terms)+len(s.singles))
	known := map[string]int{}
	add := func(term string, holding func(field, term string) (*roaring.Bitmap, error)) (some bool, err error) {
		if err := s.ctx.Err(); err != nil {
			return false, err
		}
		n, ok := known[term]
		if !ok {
			set, err := holding(field, term)
			if err != nil || set.IsEmpty() {
				return false, err
			}
			n = cardinality(set)
			known[term], sets = n, append(sets, set)
		}
		counts = append(counts, n)
		return true, nil
	}
	for _, term := range s.terms {
		if some, err := add(term, in.holding); err != nil || !some {
			return nil, nil, err
		}
	}
	clear(known) // what begins with a term is something else
	for _, start := range s.singles {
		if some, err := add(start, in.holdingStart); err != nil || !some {
			return nil, nil, err
		}
	}
	// The rarest first: little is left for the others.
	slices.SortFunc(sets, func(a, b *roaring.Bitmap) int { return cardinality(a) - cardinality(b) })
	for _, set := range sets[1:] {
		sets[0].And(set)
	}
	return sets[0], counts, nil
}

// rarity is the weight of a term that so many items hold.
func (s *wordSearch) rarity(items int) float64 {
	n := float64(items)
	idf := math.Log(1 + (float64(s.x.cols.len())-n+0.5)/(n+0.5))
	return idf * idf
}

// steps is how many terms the word counts for: pairs overlap, so every second
// of them says all that a longer word says more.
func (s *wordSearch) steps() float64 { return float64((len(s.terms) + 2) / 2) }

// spreadSet is the set of the items of groups or documents.
func spreadSet(units *roaring.Bitmap, starts []uint32) *roaring.Bitmap {
	if units == nil {
		return nil
	}
	members := make([]uint32, 0, cardinality(units))
	units.Iterate(func(unit uint32) bool {
		for item := starts[unit]; item < starts[unit+1]; item++ {
			members = append(members, item)
		}
		return true
	})
	items := roaring.New()
	items.AddMany(members)
	return items
}

// union is what is in any of the sets, of which some may be nil. It may be one
// of them.
func union(sets ...*roaring.Bitmap) *roaring.Bitmap {
	there := make([]*roaring.Bitmap, 0, len(sets))
	for _, set := range sets {
		if set != nil && !set.IsEmpty() {
			there = append(there, set)
		}
	}
	switch len(there) {
	case 0:
		return nothing
	case 1:
		return there[0]
	}
	return roaring.FastOr(there...)
}

// nothing is the empty set. It must not be changed.
var nothing = roaring.New()

func cardinality(set *roaring.Bitmap) int {
	if set == nil {
		return 0
	}
	return int(set.GetCardinality())
}
