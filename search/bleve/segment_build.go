package bleve

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	index "github.com/blevesearch/bleve_index_api"
)

// segmentWriter collects entries and writes them as one segment: batch by
// batch beside the one who adds, joined at the end in the order of adding.
type segmentWriter struct {
	path    string
	batch   int
	pending []index.Document
	parts   []string
	running chan struct{}
	all     sync.WaitGroup
	mu      sync.Mutex
	err     error
}

// The memory that an item takes until it is in a segment, in bytes, and the
// limits of a batch. Larger batches leave less to join.
const (
	itemMemory         = 40 << 10
	minBatch, maxBatch = 500, 20000
)

// batchSize is how many items make a batch, so that those being written and
// the one being collected fit into memory.
func batchSize(memory int64) int {
	return int(max(minBatch, min(maxBatch, memory/itemMemory/int64(writers()+1))))
}

// writers is how many batches are written at a time.
func writers() int { return max(1, runtime.GOMAXPROCS(0)-1) }

func newSegmentWriter(dir, name string) *segmentWriter {
	return &segmentWriter{path: filepath.Join(dir, name), batch: maxBatch, running: make(chan struct{}, writers())}
}

// add appends an entry. What fails is told by finish.
func (w *segmentWriter) add(e *entry) {
	w.pending = append(w.pending, e)
	if len(w.pending) >= w.batch {
		w.flush()
	}
}

func (w *segmentWriter) flush() {
	if len(w.pending) == 0 {
		return
	}
	entries, part := w.pending, fmt.Sprintf("%s.%d", w.path, len(w.parts))
	w.pending, w.parts = nil, append(w.parts, part)
	w.running <- struct{}{}
	w.all.Go(func() {
		defer func() { <-w.running }()
		if err := writeSegment(part, entries); err != nil {
			w.mu.Lock()
			w.err = err
			w.mu.Unlock()
		}
	})
}

func (w *segmentWriter) wait() { w.all.Wait() }

// finish writes what is left and joins all.
func (w *segmentWriter) finish() error {
	w.flush()
	w.wait()
	if w.err != nil {
		return w.err
	}
	if len(w.parts) == 1 {
		return os.Rename(w.parts[0], w.path)
	}
	if err := mergeSegments(w.path, w.parts); err != nil {
		return err
	}
	for _, part := range w.parts {
		if err := os.Remove(part); err != nil {
			return err
		}
	}
	return nil
}
