package bleve

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// A run is a batch of entries turned round: for each field the number of its
// terms, then these in order. A term is the number of bytes that it shares with
// the one before it, the rest of it, the number of entries that have it, and
// these as the steps from one to the next, with their length before them.
// Runs are joined term by term into a segment.

type runWriter struct {
	run, term, steps []byte
}

func (w *runWriter) add(term []byte, entries []uint32) {
	shared := 0
	for shared < min(len(term), len(w.term)) && term[shared] == w.term[shared] {
		shared++
	}
	w.term = append(w.term[:0], term...)
	w.steps = w.steps[:0]
	last := uint32(0)
	for _, e := range entries {
		w.steps = binary.AppendUvarint(w.steps, uint64(e-last))
		last = e
	}
	w.run = binary.AppendUvarint(w.run, uint64(shared))
	w.run = appendBytes(w.run, term[shared:])
	w.run = binary.AppendUvarint(w.run, uint64(len(entries)))
	w.run = appendBytes(w.run, w.steps)
}

// runReader reads a run term by term. What is in memory is all in the buffer,
// of what is in a file a piece is.
type runReader struct {
	file   io.Reader
	piece  int
	buffer []byte
	// base is added to the numbers of entries, to make them those of the segment.
	base uint32
	left uint64
	// term is the present one, head its first bytes, by which most are in order.
	term  []byte
	head  uint64
	count int
	steps []byte
}

var errRun = errors.New("run is cut short")

// need makes that many bytes ready, less at the end.
func (r *runReader) need(n int) error {
	if len(r.buffer) >= n || r.file == nil {
		return nil
	}
	piece := make([]byte, max(n, r.piece))
	have := copy(piece, r.buffer)
	more, err := io.ReadFull(r.file, piece[have:])
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		r.file, err = nil, nil
	}
	r.buffer = piece[:have+more]
	return err
}

func (r *runReader) number() (uint64, error) {
	if err := r.need(binary.MaxVarintLen64); err != nil {
		return 0, err
	}
	n, used := binary.Uvarint(r.buffer)
	if used <= 0 {
		return 0, errRun
	}
	r.buffer = r.buffer[used:]
	return n, nil
}

func (r *runReader) bytes() ([]byte, error) {
	n, err := r.number()
	if err != nil {
		return nil, err
	}
	if err := r.need(int(n)); err != nil {
		return nil, err
	}
	if uint64(len(r.buffer)) < n {
		return nil, errRun
	}
	data := r.buffer[:n]
	r.buffer = r.buffer[n:]
	return data, nil
}

// beginField goes to the first term of the next field.
func (r *runReader) beginField() (ok bool, err error) {
	r.term = r.term[:0]
	if r.left, err = r.number(); err != nil {
		return false, err
	}
	return r.next()
}

// next goes to the next term of the field, if there is one.
func (r *runReader) next() (ok bool, err error) {
	if r.left == 0 {
		return false, nil
	}
	r.left--
	shared, err := r.number()
	if err != nil {
		return false, err
	}
	rest, err := r.bytes()
	if err != nil || shared > uint64(len(r.term)) {
		return false, errors.Join(err, errRun)
	}
	r.term = append(r.term[:shared], rest...)
	var head [8]byte
	copy(head[:], r.term)
	r.head = binary.BigEndian.Uint64(head[:])
	count, err := r.number()
	if err != nil {
		return false, err
	}
	r.count = int(count)
	r.steps, err = r.bytes()
	return err == nil, err
}

// appendEntries appends the entries that have the present term.
func (r *runReader) appendEntries(entries []uint32) []uint32 {
	last, steps := r.base, r.steps
	for len(steps) > 0 {
		step := uint32(steps[0])
		if step < 0x80 {
			steps = steps[1:]
		} else {
			long, used := binary.Uvarint(steps)
			step, steps = uint32(long), steps[max(1, used):]
		}
		last += step
		entries = append(entries, last)
	}
	return entries
}

func (r *runReader) compare(o *runReader) int {
	switch {
	case r.head < o.head:
		return -1
	case r.head > o.head:
		return 1
	}
	if c := bytes.Compare(r.term, o.term); c != 0 {
		return c
	}
	return int(r.base) - int(o.base)
}

// joinField visits the terms of the next field of all runs in order, with the
// entries that have them. Neither may be kept.
func joinField(runs []*runReader, visit func(term []byte, entries []uint32) error) error {
	heap := make(runHeap, 0, len(runs))
	for _, r := range runs {
		ok, err := r.beginField()
		if err != nil {
			return err
		}
		if ok {
			heap = append(heap, r)
		}
	}
	for i := len(heap)/2 - 1; i >= 0; i-- {
		heap.sink(i)
	}
	var term []byte
	var entries []uint32
	for len(heap) > 0 {
		term, entries = append(term[:0], heap[0].term...), entries[:0]
		for len(heap) > 0 && bytes.Equal(heap[0].term, term) {
			entries = heap[0].appendEntries(entries)
			ok, err := heap[0].next()
			if err != nil {
				return err
			}
			if !ok {
				heap[0] = heap[len(heap)-1]
				heap = heap[:len(heap)-1]
			}
			heap.sink(0)
		}
		if err := visit(term, entries); err != nil {
			return err
		}
	}
	return nil
}

// runHeap has the run whose term is first on top, of those with the same one
// the run whose entries are.
type runHeap []*runReader

func (h runHeap) sink(i int) {
	for {
		child := 2*i + 1
		if child >= len(h) {
			return
		}
		if child+1 < len(h) && h[child+1].compare(h[child]) < 0 {
			child++
		}
		if h[i].compare(h[child]) <= 0 {
			return
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
}
