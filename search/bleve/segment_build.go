package bleve

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// segmentWriter collects entries and writes them as one segment: batch by batch
// they are turned into runs beside the one who adds, and the runs are joined at
// the end in the order of adding.
type segmentWriter struct {
	path   string
	fields []segmentField
	// batch is how many bytes of entries are turned round together, memory how
	// many the runs may take before they go into files.
	batch   int
	memory  int64
	entries int
	pending []*entry
	taken   int // by pending
	runs    []*run
	running chan struct{}
	all     sync.WaitGroup
	mu      sync.Mutex
	kept    int64 // bytes of the runs in memory
	spill   *os.File
	spilled int64
	err     error
}

// run is a batch that has been turned round, in memory or in the spill file,
// one for all.
type run struct {
	base     uint32
	data     []byte
	at, size int64
}

// What is taken until an entry is in a run, in bytes: for each of its terms the
// key, the number and the place of the entry, and the entry itself.
const (
	termMemory  = 24
	entryMemory = 128
)

// Larger batches leave less to join; the table of their terms should not outgrow
// the processor's cache by far.
const minBatch, maxBatch = 1 << 20, 64 << 20

// batchSize is how many bytes make a batch, so that those being turned round
// and the one being collected fit into memory.
func batchSize(memory int64) int {
	return int(max(minBatch, min(maxBatch, memory/int64(writers()+1))))
}

// writers is how many batches are turned round at a time.
func writers() int { return max(1, runtime.GOMAXPROCS(0)-1) }

func newSegmentWriter(dir, name string, fields []segmentField) *segmentWriter {
	return &segmentWriter{
		path: filepath.Join(dir, name), fields: fields,
		batch: maxBatch, memory: DefaultMemory / 2, running: make(chan struct{}, writers()),
	}
}

// limit bounds the memory that is taken.
func (w *segmentWriter) limit(memory int64) {
	w.mu.Lock() // runs may be on their way
	defer w.mu.Unlock()
	w.batch, w.memory = batchSize(memory/2), memory/2
}

// add appends an entry. What fails is told by finish.
func (w *segmentWriter) add(e *entry) {
	w.entries++
	w.pending = append(w.pending, e)
	if w.taken += entryMemory + termMemory*len(e.keys); w.taken >= w.batch {
		w.flush()
	}
}

func (w *segmentWriter) flush() {
	if len(w.pending) == 0 {
		return
	}
	entries, r := w.pending, &run{base: uint32(w.entries - len(w.pending))}
	w.pending, w.taken, w.runs = nil, 0, append(w.runs, r)
	w.running <- struct{}{}
	w.all.Go(func() {
		defer func() { <-w.running }()
		r.data = invert(w.fields, entries)
		if err := w.keep(r); err != nil {
			w.mu.Lock()
			w.err = errors.Join(w.err, err)
			w.mu.Unlock()
		}
	})
}

// keep leaves a run in memory while there is room.
func (w *segmentWriter) keep(r *run) (err error) {
	r.size = int64(len(r.data))
	w.mu.Lock()
	if w.kept+int64(cap(r.data)) <= w.memory {
		w.kept += int64(cap(r.data))
		w.mu.Unlock()
		return nil
	}
	if w.spill == nil {
		w.spill, err = os.Create(w.path + ".runs")
	}
	file := w.spill
	r.at, w.spilled = w.spilled, w.spilled+r.size
	w.mu.Unlock()
	if err != nil {
		return err
	}
	_, err = file.WriteAt(r.data, r.at)
	r.data = nil
	return err
}

// readers read the runs from their beginnings, with as much memory as they took.
func (w *segmentWriter) readers() []*runReader {
	all := make([]*runReader, len(w.runs))
	for i, r := range w.runs {
		all[i] = &runReader{base: r.base, buffer: r.data}
		if r.data == nil {
			all[i].file = io.NewSectionReader(w.spill, r.at, r.size)
			all[i].piece = int(max(minPiece, min(maxPiece, w.memory/int64(len(w.runs)))))
		}
	}
	return all
}

// A piece is how much of a run in a file is read at a time.
const minPiece, maxPiece = 4 << 10, 64 << 10

// close ends what is running and gives back what the runs take.
func (w *segmentWriter) close() error {
	w.all.Wait()
	if w.spill != nil {
		w.err = errors.Join(w.err, w.spill.Close(), os.Remove(w.spill.Name()))
	}
	w.runs, w.spill = nil, nil
	return w.err
}

// finish joins all.
func (w *segmentWriter) finish() error {
	w.flush()
	w.all.Wait()
	if w.err != nil {
		return w.close()
	}
	return errors.Join(w.join(), w.close())
}

// join writes the segment that the runs make together.
func (w *segmentWriter) join() (err error) {
	readers := w.readers()
	file, err := newSegmentFile(w.path, w.entries)
	if err != nil {
		return err
	}
	for _, field := range w.fields {
		if err = file.beginField(field.name, ourField); err == nil {
			err = joinField(readers, file.add)
		}
		if err == nil {
			err = file.endField()
		}
		if err != nil {
			return errors.Join(err, file.file.Close())
		}
	}
	return file.finish()
}
