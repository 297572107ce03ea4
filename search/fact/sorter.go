package fact

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// sorter puts entries in the order of their keys, those of one key in the order
// in which they came. What goes beyond its memory waits in files, so that a
// collection of any size can be sorted. The first error is kept for each.
type sorter struct {
	// dir is where the files are, "" for none: all stays in memory.
	dir  string
	most int

	// arena holds the entries that wait in memory, keys and values in turn.
	arena   []byte
	entries []sortEntry
	runs    []*os.File
	err     error
}

// sortEntry is where an entry stands in the arena.
type sortEntry struct {
	at         int
	key, value uint32
}

// entryBytes is what a sortEntry takes.
const entryBytes = 16

func newSorter(dir string, most int) *sorter { return &sorter{dir: dir, most: most} }

func (s *sorter) add(key string, value []byte) {
	if s.err != nil {
		return
	}
	s.entries = append(s.entries, sortEntry{len(s.arena), uint32(len(key)), uint32(len(value))})
	s.arena = append(append(s.arena, key...), value...)
	if s.dir != "" && len(s.arena)+entryBytes*len(s.entries) > s.most {
		s.err = s.spill()
	}
}

func (s *sorter) key(e sortEntry) []byte   { return s.arena[e.at:][:e.key] }
func (s *sorter) value(e sortEntry) []byte { return s.arena[e.at+int(e.key):][:e.value] }

func (s *sorter) sort() {
	slices.SortStableFunc(s.entries, func(a, b sortEntry) int { return bytes.Compare(s.key(a), s.key(b)) })
}

// spill writes what waits in memory to a file of its own, in order. The file
// has no name any more: it is gone when it is closed, however that comes.
func (s *sorter) spill() error {
	if len(s.entries) == 0 {
		return nil
	}
	s.sort()
	file, err := os.CreateTemp(s.dir, "facts-*.run")
	if err != nil {
		return err
	}
	s.runs = append(s.runs, file)
	if err := os.Remove(file.Name()); err != nil {
		return err
	}
	buf := bufio.NewWriterSize(file, 1<<16)
	var head [2 * binary.MaxVarintLen32]byte
	for _, e := range s.entries {
		n := binary.PutUvarint(head[:], uint64(e.key))
		n += binary.PutUvarint(head[n:], uint64(e.value))
		buf.Write(head[:n]) // an error is kept for Flush
		buf.Write(s.arena[e.at:][:e.key+e.value])
	}
	s.arena, s.entries = s.arena[:0], s.entries[:0]
	return buf.Flush()
}

// each calls yield with all entries in order. Neither slice may be kept.
func (s *sorter) each(yield func(key, value []byte) error) (err error) {
	defer func() { err = errors.Join(err, s.close()) }()
	if s.err != nil {
		return s.err
	}
	s.sort()
	if len(s.runs) == 0 {
		for _, e := range s.entries {
			if err := yield(s.key(e), s.value(e)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	s.arena, s.entries = nil, nil
	return mergeRuns(s.runs, yield)
}

// groups calls yield with all values of each key in turn.
func (s *sorter) groups(yield func(key string, values [][]byte) error) error {
	var key string
	var values [][]byte
	err := s.each(func(k, v []byte) error {
		if len(values) > 0 && string(k) != key {
			if err := yield(key, values); err != nil {
				return err
			}
			values = values[:0]
		}
		key, values = string(k), append(values, bytes.Clone(v))
		return nil
	})
	if err != nil || len(values) == 0 {
		return err
	}
	return yield(key, values)
}

func (s *sorter) close() error {
	var errs []error
	for _, file := range s.runs {
		errs = append(errs, file.Close())
	}
	s.runs, s.arena, s.entries = nil, nil, nil
	return errors.Join(errs...)
}

// run is a file of sorted entries that is being read.
type run struct {
	number     int
	in         *bufio.Reader
	key, value []byte
}

func (r *run) next() error {
	key, err := binary.ReadUvarint(r.in)
	if err != nil {
		return err // io.EOF at the end
	}
	value, err := binary.ReadUvarint(r.in)
	if err != nil {
		return fmt.Errorf("reading a run: %w", err)
	}
	r.key, r.value = slices.Grow(r.key[:0], int(key))[:key], slices.Grow(r.value[:0], int(value))[:value]
	for _, into := range [][]byte{r.key, r.value} {
		if _, err := io.ReadFull(r.in, into); err != nil {
			return fmt.Errorf("reading a run: %w", err)
		}
	}
	return nil
}

// runs are a heap by key, of equal keys the earlier run first.
type runs []*run

func (h runs) Len() int      { return len(h) }
func (h runs) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h runs) Less(i, j int) bool {
	if c := bytes.Compare(h[i].key, h[j].key); c != 0 {
		return c < 0
	}
	return h[i].number < h[j].number
}
func (h *runs) Push(x any) { *h = append(*h, x.(*run)) }
func (h *runs) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

func mergeRuns(files []*os.File, yield func(key, value []byte) error) error {
	var open runs
	for i, file := range files {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		r := &run{number: i, in: bufio.NewReaderSize(file, 1<<16)}
		if err := r.next(); err != nil {
			return err // every run holds an entry
		}
		open = append(open, r)
	}
	heap.Init(&open)
	for len(open) > 0 {
		r := open[0]
		if err := yield(r.key, r.value); err != nil {
			return err
		}
		switch err := r.next(); {
		case err == io.EOF:
			heap.Pop(&open)
		case err != nil:
			return err
		default:
			heap.Fix(&open, 0)
		}
	}
	return nil
}
