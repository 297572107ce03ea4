package bleve

import "encoding/binary"

// A bitmap is written as the roaring library writes it, without making one
// first: numbers in groups of the same high half, each group its lower halves
// where it has up to 4,096, else a bit for each of the 65,536 that there might be.
// Before them stand the form, the groups with their sizes, and where each begins.
const (
	bitmapForm = 12346
	maxListed  = 4096
	bitsSize   = 1 << 16 / 8
)

// bitmapGroups visits the groups of sorted numbers.
func bitmapGroups(numbers []uint32, visit func(group []uint32)) {
	for len(numbers) > 0 {
		high, n := numbers[0]>>16, 1
		if numbers[len(numbers)-1]>>16 == high {
			n = len(numbers)
		}
		for n < len(numbers) && numbers[n]>>16 == high {
			n++
		}
		visit(numbers[:n])
		numbers = numbers[n:]
	}
}

func groupSize(group []uint32) int {
	if len(group) > maxListed {
		return bitsSize
	}
	return 2 * len(group)
}

// bitmapSize is how many bytes appendBitmap appends.
func bitmapSize(numbers []uint32) int {
	size := 8
	bitmapGroups(numbers, func(group []uint32) { size += 8 + groupSize(group) })
	return size
}

// appendBitmap appends the set of sorted, different numbers.
func appendBitmap(dst []byte, numbers []uint32) []byte {
	groups := 0
	bitmapGroups(numbers, func([]uint32) { groups++ })
	dst = binary.LittleEndian.AppendUint32(dst, bitmapForm)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(groups))
	bitmapGroups(numbers, func(group []uint32) {
		dst = binary.LittleEndian.AppendUint16(dst, uint16(group[0]>>16))
		dst = binary.LittleEndian.AppendUint16(dst, uint16(len(group)-1))
	})
	begin := 8 + 8*groups
	bitmapGroups(numbers, func(group []uint32) {
		dst = binary.LittleEndian.AppendUint32(dst, uint32(begin))
		begin += groupSize(group)
	})
	bitmapGroups(numbers, func(group []uint32) { dst = appendBitmapGroup(dst, group) })
	return dst
}

func appendBitmapGroup(dst []byte, group []uint32) []byte {
	if len(group) <= maxListed {
		for _, n := range group {
			dst = append(dst, byte(n), byte(n>>8))
		}
		return dst
	}
	begin := len(dst)
	for range bitsSize / len(zeros) {
		dst = append(dst, zeros[:]...)
	}
	for _, n := range group {
		dst[begin+int(n&0xffff)>>3] |= 1 << (n & 7)
	}
	return dst
}
