package bleve

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/search"
)

// Sets of items that these functions give are shared: they must not be changed.

// holds is the set of items that hold a word as written, in any field, outside
// its guards.
func (x *Index) holds(ctx context.Context, w search.PlanWord) (*roaring.Bitmap, error) {
	f, err := x.find(ctx, w.Tokens)
	if err != nil {
		return nil, err
	}
	if len(w.Guards) == 0 {
		return f.items, nil
	}
	return x.outsideGuards(ctx, w, f.items)
}

// holdsAny is the set of items that hold a word or one of its variants.
func (x *Index) holdsAny(ctx context.Context, w search.PlanWord) (*roaring.Bitmap, error) {
	return x.anyOf(ctx, w, w.Variants)
}

// holdsRelated is holdsAny with the related words as well.
func (x *Index) holdsRelated(ctx context.Context, w search.PlanWord) (*roaring.Bitmap, error) {
	return x.anyOf(ctx, w, w.Variants, w.Related)
}

// anyOf is the set of items that hold a word or one of others.
func (x *Index) anyOf(ctx context.Context, w search.PlanWord, others ...[]search.PlanWord) (*roaring.Bitmap, error) {
	set, err := x.holds(ctx, w)
	if err != nil {
		return nil, err
	}
	sets := []*roaring.Bitmap{set}
	for _, words := range others {
		for _, v := range words {
			one, err := x.holds(ctx, v)
			if err != nil {
				return nil, err
			}
			sets = append(sets, one)
		}
	}
	return union(sets...), nil
}

// outsideGuards takes away the items in which the word stands only inside a
// longer word that means something else. Few items hold a guard; they are read.
func (x *Index) outsideGuards(ctx context.Context, w search.PlanWord, set *roaring.Bitmap) (*roaring.Bitmap, error) {
	key := "outside " + w.Pattern().Key()
	for _, g := range w.Guards {
		key += "\n" + g.Pattern().Key()
	}
	if kept, ok := x.sets.get(key); ok {
		return kept, nil
	}
	var guarded []*roaring.Bitmap
	for _, g := range w.Guards {
		f, err := x.find(ctx, g.Tokens)
		if err != nil {
			return nil, err
		}
		guarded = append(guarded, f.items)
	}
	suspects := roaring.And(union(guarded...), set)
	inside := roaring.New()
	look := wordSearch{x: x, ctx: ctx}
	err := look.look(suspects, x.store, func(ord uint32) error {
		rows, err := x.rows(ord)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if w.HoldsIn(row) {
				return nil
			}
		}
		inside.Add(ord)
		return nil
	})
	if err != nil {
		return nil, err
	}
	set = roaring.AndNot(set, inside)
	x.sets.put(key, set)
	return set, nil
}

// rows are all rows of an item.
func (x *Index) rows(ord uint32) ([]search.Row, error) {
	row, err := x.store.row(ord)
	if err != nil {
		return nil, err
	}
	path, err := x.store.pathRow(x.cols.groupOf[ord])
	if err != nil {
		return nil, err
	}
	title, err := x.store.titleRow(x.cols.docOf[ord])
	return []search.Row{row.Text, row.Heading, path, title, row.Duty}, err
}

// pairsByToken gives, for every token of a word, the items that hold a pair of
// the word with this token. Tokens with the same pairs have one set.
func (x *Index) pairsByToken(ctx context.Context, w search.PlanWord) ([]*roaring.Bitmap, error) {
	sets := make([][]*roaring.Bitmap, len(w.Tokens))
	keys := make([]string, len(w.Tokens))
	byPair := map[string]*roaring.Bitmap{}
	for _, p := range w.Pairs() {
		pair := w.Tokens[p.First : p.First+p.Size]
		key := search.NewPattern(pair).Key() + "\n"
		if byPair[key] == nil {
			f, err := x.find(ctx, pair)
			if err != nil {
				return nil, err
			}
			byPair[key] = f.items
		}
		for j := p.First; j < p.First+p.Size; j++ {
			sets[j] = append(sets[j], byPair[key])
			keys[j] += key
		}
	}
	tokens := make([]*roaring.Bitmap, len(w.Tokens))
	byPairs := map[string]*roaring.Bitmap{}
	for j, key := range keys {
		if byPairs[key] == nil {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			byPairs[key] = union(sets[j]...)
		}
		tokens[j] = byPairs[key]
	}
	return tokens, nil
}
