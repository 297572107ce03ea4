package bleve

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/search"
)

// tally is how many items of each level have each value.
type tally struct {
	cols   *columns
	levels int
	// counts holds, per facet, value·levels+level; touched the values that have any.
	counts  [][]uint32
	touched [][]uint32
	seen    [][]bool
	// combinations, items and listing are room for what is worked out on the way.
	combinations [][]uint32
	items        [countedAtOnce]uint32
	listing      listing
}

// newTally begins to count. The tally must be given back by release.
func (x *Index) newTally(levels int) *tally {
	n := len(search.FacetNames)
	t, ok := x.tallies.Get().(*tally)
	if !ok {
		t = &tally{cols: x.cols, counts: make([][]uint32, n), touched: make([][]uint32, n), seen: make([][]bool, n),
			combinations: make([][]uint32, len(x.cols.axes))}
		for f := range n {
			t.seen[f] = make([]bool, len(x.cols.facets[f].values))
		}
	}
	t.levels = levels
	for f := range n {
		if size := len(t.seen[f]) * levels; len(t.counts[f]) < size {
			t.counts[f] = make([]uint32, size)
		}
	}
	return t
}

// release clears the tally for the next query.
func (x *Index) release(t *tally) {
	for f, touched := range t.touched {
		for _, ord := range touched {
			t.seen[f][ord] = false
			clear(t.counts[f][int(ord)*t.levels:][:t.levels])
		}
		t.touched[f] = touched[:0]
	}
	x.tallies.Put(t)
}

// countedAtOnce is the number of items between two looks at the deadline.
const countedAtOnce = 1 << 12

// count counts the items of a set in those facets that want it. Of many items
// the combinations of values are counted first, of few the values themselves.
func (t *tally) count(ctx context.Context, level int, set *roaring.Bitmap, wants func(f int) bool) error {
	if set.IsEmpty() {
		return nil
	}
	var wanted [][]int // by axis
	for i := range t.cols.axes {
		wanted = append(wanted, nil)
		for f := range t.cols.facets {
			if t.cols.facets[f].axis == i && wants(f) {
				wanted[i] = append(wanted[i], f)
			}
		}
	}
	size := cardinality(set)
	combinations := make([][]uint32, len(t.cols.axes))
	for i := range combinations {
		n := t.cols.axes[i].combinations()
		switch {
		case len(wanted[i]) == 0:
		case n == 1: // a collection without units, say: all items are alike
			t.add(level, wanted[i], 0, uint32(size))
			wanted[i] = nil
		case size >= n/2:
			combinations[i] = room(&t.combinations[i], n)
		}
	}
	items := t.items[:]
	for it := set.ManyIterator(); ; {
		n := it.NextMany(items)
		if n == 0 {
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range t.cols.axes {
			switch {
			case combinations[i] != nil:
				t.cols.axes[i].of.count(combinations[i], items[:n])
			case len(wanted[i]) > 0:
				for _, item := range items[:n] {
					t.add(level, wanted[i], t.cols.axes[i].of.of(item), 1)
				}
			}
		}
	}
	for i, counts := range combinations {
		if counts != nil {
			for _, f := range wanted[i] {
				t.addAll(level, f, counts)
			}
		}
	}
	return nil
}

// room gives n zeros, in the same place each time.
func room[T any](place *[]T, n int) []T {
	if cap(*place) < n {
		*place = make([]T, n)
	}
	list := (*place)[:n]
	clear(list)
	return list
}

// add counts items of a combination in some facets of its axis.
func (t *tally) add(level int, facets []int, combination, n uint32) {
	for _, f := range facets {
		column := &t.cols.facets[f]
		for _, ord := range t.cols.axes[column.axis].valuesOf(combination, column.place) {
			t.touch(f, ord)
			t.counts[f][int(ord)*t.levels+level] += n
		}
	}
}

// addAll adds what was counted of the combinations of a facet's axis.
func (t *tally) addAll(level, f int, of []uint32) {
	column := &t.cols.facets[f]
	axis := &t.cols.axes[column.axis]
	counts, seen, touched := t.counts[f], t.seen[f], t.touched[f]
	for combination, n := range of {
		if n == 0 {
			continue
		}
		for _, ord := range axis.valuesOf(uint32(combination), column.place) {
			if !seen[ord] {
				seen[ord] = true
				touched = append(touched, ord)
			}
			counts[int(ord)*t.levels+level] += n
		}
	}
	t.touched[f] = touched
}

// touch notes that a value has a count.
func (t *tally) touch(f int, ord uint32) {
	if !t.seen[f][ord] {
		t.seen[f][ord] = true
		t.touched[f] = append(t.touched[f], ord)
	}
}
