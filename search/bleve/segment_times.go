package bleve

import "encoding/binary"

// For each list of entries a segment tells how often the term stands in each of
// them. Ours never tell: it is a byte of zero for every entry. The zeros are cut
// into chunks by equal ranges of entries, one for about every 1,024 entries that
// a list has; without room for any list in one record, which all share, they
// would be a third of the file.

// perChunk is how many entries a chunk is made for.
const perChunk = 1024

// writeTimes writes the record for all lists. It has as many chunks as the
// longest list may need, each with as many zeros as any list may have there.
func (w *segmentFile) writeTimes() {
	w.times = w.at
	rooms := chunkRooms(w.entries)
	piece, end := binary.AppendUvarint(w.piece, uint64(len(rooms))), 0
	for _, room := range rooms {
		end += room
		piece = binary.AppendUvarint(piece, uint64(end))
	}
	w.write(piece)
	for ; end > 0; end -= len(zeros) {
		w.write(append(w.piece, zeros[:min(end, len(zeros))]...))
	}
}

// chunkRooms is how much room the chunks need, in a segment of so many entries.
func chunkRooms(entries int) (rooms []int) {
	if entries == 0 {
		return nil
	}
	// The more chunks, the longer are the lists, and the shorter the ranges.
	for wanted := 1; wanted <= entries/perChunk+1; wanted++ {
		size := entries / wanted
		for len(rooms) <= (entries-1)/size {
			rooms = append(rooms, 0)
		}
		last := (entries - 1) / size
		rooms[last] = max(rooms[last], min(size, wanted*perChunk-1))
	}
	for i := len(rooms) - 2; i >= 0; i-- {
		rooms[i] = max(rooms[i], rooms[i+1])
	}
	return rooms
}

var zeros [1024]byte
