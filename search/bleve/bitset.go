package bleve

import "math/bits"

// bitset is a set of item ordinals. The nil set is empty and may be asked.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

// fullBitset holds 0 to n-1.
func fullBitset(n int) bitset {
	s := newBitset(n)
	for i := range s {
		s[i] = ^uint64(0)
	}
	if rest := n % 64; rest > 0 {
		s[len(s)-1] = 1<<rest - 1
	}
	return s
}

func (s bitset) add(i uint32)    { s[i/64] |= 1 << (i % 64) }
func (s bitset) remove(i uint32) { s[i/64] &^= 1 << (i % 64) }

func (s bitset) has(i uint32) bool {
	return s != nil && s[i/64]&(1<<(i%64)) != 0
}

func (s bitset) union(o bitset) {
	for i, w := range o {
		s[i] |= w
	}
}

func (s bitset) intersect(o bitset) {
	for i, w := range o {
		s[i] &= w
	}
}

func (s bitset) subtract(o bitset) {
	for i, w := range o {
		s[i] &^= w
	}
}

func (s bitset) count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

func (s bitset) each(visit func(i uint32)) {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			visit(uint32(i*64 + bits.TrailingZeros64(w)))
		}
	}
}

func (s bitset) clone() bitset { return append(bitset(nil), s...) }
