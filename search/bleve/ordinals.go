package bleve

// ordinals are a number for each item, in as few bytes as the largest needs:
// counting a large set reads all of them, and memory is slower than adding.
type ordinals struct {
	// One of these holds the numbers.
	bytes []uint8
	pairs []uint16
	words []uint32
}

// newOrdinals makes a list of numbers below a limit.
func newOrdinals(list []uint32, limit int) ordinals {
	switch {
	case limit <= 1<<8:
		return ordinals{bytes: narrow[uint8](list)}
	case limit <= 1<<16:
		return ordinals{pairs: narrow[uint16](list)}
	}
	return ordinals{words: list}
}

func narrow[T uint8 | uint16](list []uint32) []T {
	out := make([]T, len(list))
	for i, n := range list {
		out[i] = T(n)
	}
	return out
}

func (o *ordinals) len() int { return len(o.bytes) + len(o.pairs) + len(o.words) }

// of is the number of an item.
func (o *ordinals) of(item uint32) uint32 {
	switch {
	case o.bytes != nil:
		return uint32(o.bytes[item])
	case o.pairs != nil:
		return uint32(o.pairs[item])
	}
	return o.words[item]
}

// list gives the numbers of all items, for writing them.
func (o *ordinals) list() []uint32 {
	if o.words != nil {
		return o.words
	}
	list := make([]uint32, o.len())
	for i := range list {
		list[i] = o.of(uint32(i))
	}
	return list
}

// count adds one to the count of each item's number.
func (o *ordinals) count(counts, items []uint32) {
	switch {
	case o.bytes != nil:
		countEach(counts, o.bytes, items)
	case o.pairs != nil:
		countEach(counts, o.pairs, items)
	default:
		countEach(counts, o.words, items)
	}
}

// countEach is all that a hit among many costs.
func countEach[T uint8 | uint16 | uint32](counts []uint32, of []T, items []uint32) {
	for _, item := range items {
		counts[of[item]]++
	}
}
