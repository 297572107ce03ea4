package bleve

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"youju/report"
)

// place is where a record stands in the documents file.
type place struct {
	Offset int64
	Size   uint32
}

// storeWriter writes documents as JSON lines: a document without its items,
// then its items one by one, so that a hit costs reading one item and a
// document all of its lines.
type storeWriter struct {
	file   *os.File
	buf    *bufio.Writer
	offset int64
}

func newStoreWriter(path string) (*storeWriter, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &storeWriter{file: f, buf: bufio.NewWriterSize(f, 1<<16)}, nil
}

func (w *storeWriter) write(record any) (place, error) {
	data, err := json.Marshal(record)
	if err != nil {
		return place{}, err
	}
	at := place{w.offset, uint32(len(data))}
	w.offset += int64(len(data)) + 1
	if _, err := w.buf.Write(data); err != nil {
		return place{}, err
	}
	return at, w.buf.WriteByte('\n')
}

func (w *storeWriter) close() error {
	err := w.buf.Flush()
	if cerr := w.file.Close(); err == nil {
		err = cerr
	}
	return err
}

// store reads what storeWriter wrote. It is safe for concurrent use.
type store struct {
	file io.ReaderAt
	cols *columns
	// headers are the documents without Items, read once.
	headers []report.Document
}

func newStore(file io.ReaderAt, cols *columns) (*store, error) {
	s := &store{file: file, cols: cols, headers: make([]report.Document, len(cols.DocAt))}
	for i, at := range cols.DocAt {
		if err := s.read(at, &s.headers[i]); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *store) read(at place, record any) error {
	data := make([]byte, at.Size)
	if _, err := s.file.ReadAt(data, at.Offset); err != nil {
		return fmt.Errorf("reading stored record: %w", err)
	}
	return json.Unmarshal(data, record)
}

// item reads one item.
func (s *store) item(ord uint32) (it report.Item, err error) {
	err = s.read(s.cols.ItemAt[ord], &it)
	return it, err
}

// header is a document without sections and items.
func (s *store) header(doc uint32) report.Document {
	d := s.headers[doc]
	d.Sections, d.Items = nil, nil
	return d
}

// document reads a whole document.
func (s *store) document(doc uint32) (*report.Document, error) {
	d := s.headers[doc]
	first, last := s.cols.items(doc)
	d.Items = make([]report.Item, 0, last-first)
	for ord := first; ord < last; ord++ {
		it, err := s.item(ord)
		if err != nil {
			return nil, err
		}
		d.Items = append(d.Items, it)
	}
	return &d, nil
}
