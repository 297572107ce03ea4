package bleve

import (
	"slices"
	"testing"
)

// TestOrdinals keeps numbers in all three widths and gets them back.
func TestOrdinals(t *testing.T) {
	for _, limit := range []int{1, 255, 256, 257, 1 << 16, 1<<16 + 1, 1 << 20} {
		list := []uint32{0, uint32(limit - 1), uint32(limit / 2), uint32(limit - 1)}
		o := newOrdinals(slices.Clone(list), limit)
		if o.len() != len(list) || !slices.Equal(o.list(), list) {
			t.Errorf("below %d: %v, want %v", limit, o.list(), list)
		}
		counts, want := make([]uint32, limit), make([]uint32, limit)
		o.count(counts, []uint32{1, 2, 3})
		for item, n := range list {
			if o.of(uint32(item)) != n {
				t.Errorf("below %d: item %d has %d, want %d", limit, item, o.of(uint32(item)), n)
			}
			if item > 0 {
				want[n]++
			}
		}
		if !slices.Equal(counts, want) {
			t.Errorf("below %d: counted wrongly", limit)
		}
	}
}
