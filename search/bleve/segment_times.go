package bleve

import "encoding/binary"

// For each list of entries a segment tells how often the term stands in each of
// them. Ours never tell: it is a byte of zero for every entry. The zeros are cut
// into chunks, the longer the list the more, by ranges of entries that are equal
// for all lists with as many chunks. So these can share a record that has room
// for any list; without that, a third of the file would be zeros.

// perChunk is how many entries a chunk is made for.
const perChunk = 1024

// timesRecord is the record for lists of some number of chunks: where it is, and
// what lists have spent on records of their own, while there is none.
type timesRecord struct {
	at    uint64
	spent int
}

// writeTimes tells where the record for a list is. The shared one is written
// when the lists have spent as much without it: few long lists do not pay for it.
func (w *segmentFile) writeTimes(with []uint32) (at uint64) {
	chunks := len(with)/perChunk + 1
	for len(w.times) < chunks {
		w.times = append(w.times, timesRecord{})
	}
	size := w.entries / chunks
	room := size // in a chunk
	if chunks == 1 {
		room = min(room, perChunk-1)
	}
	record := &w.times[chunks-1]
	if record.at != 0 {
		return record.at
	}
	at, chunks = w.at, (w.entries-1)/size+1
	ends := chunkEnds(with, size, chunks)
	if record.spent += len(with); record.spent >= room*chunks {
		record.at = at
		for i := range ends {
			ends[i] = room * (i + 1)
		}
	}
	w.write(appendTimes(w.piece, ends))
	return at
}

// chunkEnds are how many entries stand before the end of each chunk.
func chunkEnds(with []uint32, size, chunks int) (ends []int) {
	end := 0
	for chunk := 1; chunk <= chunks; chunk++ {
		for end < len(with) && int(with[end]) < chunk*size {
			end++
		}
		ends = append(ends, end)
	}
	return ends
}

func appendTimes(dst []byte, ends []int) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(ends)))
	for _, end := range ends {
		dst = binary.AppendUvarint(dst, uint64(end))
	}
	for left := ends[len(ends)-1]; left > 0; left -= len(zeros) {
		dst = append(dst, zeros[:min(left, len(zeros))]...)
	}
	return dst
}

var zeros [1024]byte
