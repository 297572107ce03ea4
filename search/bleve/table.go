package bleve

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/blevesearch/mmap-go"
)

// tableWriter writes records of any size one after the other. Where each
// begins stands behind them, eight bytes a record, and then their number.
type tableWriter struct {
	file   *os.File
	buf    *bufio.Writer
	starts []uint64
	offset uint64
}

func newTableWriter(path string) (*tableWriter, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &tableWriter{file: f, buf: bufio.NewWriterSize(f, 1<<18)}, nil
}

func (w *tableWriter) add(record []byte) error {
	w.starts = append(w.starts, w.offset)
	w.offset += uint64(len(record))
	_, err := w.buf.Write(record)
	return err
}

func (w *tableWriter) close() error {
	var word [8]byte
	put := func(n uint64) {
		binary.LittleEndian.PutUint64(word[:], n)
		w.buf.Write(word[:]) // an error is kept for Flush
	}
	for _, at := range w.starts {
		put(at)
	}
	put(w.offset)
	put(uint64(len(w.starts)))
	err := w.buf.Flush()
	if cerr := w.file.Close(); err == nil {
		err = cerr
	}
	return err
}

// table reads what tableWriter wrote, straight from the mapped file: opening
// it costs nothing, and only what is read takes memory. It is safe for
// concurrent use until it is closed.
type table struct {
	file   *os.File
	mapped mmap.MMap
	// starts is the part of the file that says where the records begin.
	starts []byte
	count  int
}

func openTable(path string) (*table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	t := &table{file: f}
	if t.mapped, err = mmap.Map(f, mmap.RDONLY, 0); err != nil {
		f.Close()
		return nil, fmt.Errorf("mapping %s: %w", path, err)
	}
	size := uint64(len(t.mapped))
	if size < 16 {
		t.close()
		return nil, fmt.Errorf("%s is too short", path)
	}
	n := binary.LittleEndian.Uint64(t.mapped[size-8:])
	if n > size/8 || 8*(n+2) > size {
		t.close()
		return nil, fmt.Errorf("%s does not fit together", path)
	}
	t.count, t.starts = int(n), t.mapped[size-8*(n+2):]
	return t, nil
}

func (t *table) close() error {
	if t == nil || t.mapped == nil {
		return nil
	}
	return errors.Join(t.mapped.Unmap(), t.file.Close())
}

// at is record i, which must not be changed.
func (t *table) at(i uint32) ([]byte, error) {
	from, to, err := t.place(i)
	if err != nil {
		return nil, err
	}
	return t.mapped[from:to], nil
}

// read copies record i into a buffer. Where few records are read of many, this
// leaves out of memory what stands around them.
func (t *table) read(i uint32, buffer []byte) ([]byte, error) {
	from, to, err := t.place(i)
	if err != nil {
		return nil, err
	}
	buffer = slices.Grow(buffer[:0], int(to-from))[:to-from]
	_, err = t.file.ReadAt(buffer, int64(from))
	return buffer, err
}

// place is where record i begins and ends.
func (t *table) place(i uint32) (from, to uint64, err error) {
	if int(i) >= t.count {
		return 0, 0, fmt.Errorf("no record %d of %d", i, t.count)
	}
	from = binary.LittleEndian.Uint64(t.starts[8*i:])
	to = binary.LittleEndian.Uint64(t.starts[8*i+8:])
	if from > to || to > uint64(len(t.mapped)) {
		return 0, 0, fmt.Errorf("record %d is damaged", i)
	}
	return from, to, nil
}
