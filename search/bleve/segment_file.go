package bleve

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"os"

	index "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// segmentFile writes a segment in the form of bleve's zap, version 17, which
// bleve's own code opens and reads. That code can also write it, from entries or
// from smaller segments, at ten times the cost; it and what is written here
// are compared by tests. In the file stand
//
//   - what is stored of the entries: of ours nothing, so all share one record;
//   - how often a term stands in each entry, which is not kept, once for all terms;
//   - for each field the entries of its terms, as bitmaps, and the dictionary
//     that leads from terms to them;
//   - where the fields are, and at the end where this and all else is.
type segmentFile struct {
	file    *os.File
	sum     *zap.CountHashWriter
	out     *bufio.Writer
	at      uint64 // bytes written
	entries int
	stored  uint64 // where the records of entries are told
	times   uint64 // where it is told how often terms stand in entries
	fields  []segmentFileField
	// alone tells where the list of an entry alone is: half of all terms stand
	// in one entry, and many in the same one.
	alone []uint64
	// dictionary is the one of the field being written, piece what is written at once.
	dictionary *vellum.Builder
	fst        bytes.Buffer
	piece      []byte
}

type segmentFileField struct {
	name    string
	options index.FieldIndexingOptions
	at      uint64
}

// Every segment has a field for its entries' IDs, also where they have none.
const (
	idField   = "_id"
	idOptions = index.IndexField | index.StoreField
	ourField  = index.IndexField | index.SkipFreqNorm
)

// Numbers that zap does not export.
const (
	noValues   = 1<<64 - 1 // for where the values of a field begin and end
	zapMode    = 1026      // how long lists are cut into chunks
	zapSection = zap.SectionInvertedTextIndex
)

func newSegmentFile(path string, entries int) (*segmentFile, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	w := &segmentFile{file: file, sum: zap.NewCountHashWriter(file), entries: entries, alone: make([]uint64, entries)}
	w.out = bufio.NewWriterSize(w.sum, 1<<20)
	w.writeStored()
	w.writeTimes()
	if err = w.beginField(idField, idOptions); err == nil {
		err = w.endField()
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return w, nil
}

// write writes what is in piece. Errors are kept for the end.
func (w *segmentFile) write(piece []byte) {
	w.at += uint64(len(piece))
	w.out.Write(piece)
	w.piece = piece[:0]
}

// writeStored writes the record of an entry with an ID of no bytes and nothing
// else, and that this is the record of all of them, and none is part of another.
func (w *segmentFile) writeStored() {
	const metaSize, dataSize, idSize, nothing = 1, 1, 0, 0
	w.write(append(w.piece, metaSize, dataSize, idSize, nothing))
	w.stored = w.at
	for range w.entries {
		w.write(binary.BigEndian.AppendUint64(w.piece, 0))
	}
	w.write(append(w.piece, 0))
}

// beginField begins a field. They come in the order of their names.
func (w *segmentFile) beginField(name string, options index.FieldIndexingOptions) (err error) {
	w.fields = append(w.fields, segmentFileField{name: name, options: options})
	w.fst.Reset()
	if w.dictionary == nil {
		w.dictionary, err = vellum.New(&w.fst, nil)
		return err
	}
	return w.dictionary.Reset(&w.fst)
}

// add adds a term to the field, behind all before it, with the entries that have it.
func (w *segmentFile) add(term []byte, entries []uint32) error {
	list := w.at
	if len(entries) == 1 {
		known := &w.alone[entries[0]]
		if *known != 0 {
			return w.dictionary.Insert(term, *known)
		}
		*known = list
	}
	piece := binary.AppendUvarint(binary.AppendUvarint(w.piece, w.times), 0) // 0: no places
	piece = binary.AppendUvarint(piece, uint64(bitmapSize(entries)))
	w.write(appendBitmap(piece, entries))
	return w.dictionary.Insert(term, list)
}

func (w *segmentFile) endField() error {
	if err := w.dictionary.Close(); err != nil {
		return err
	}
	dictionary := w.at
	w.write(append(binary.AppendUvarint(w.piece, uint64(w.fst.Len())), w.fst.Bytes()...))
	w.fields[len(w.fields)-1].at = w.at
	piece := binary.AppendUvarint(binary.AppendUvarint(w.piece, noValues), noValues)
	w.write(binary.AppendUvarint(piece, dictionary))
	return nil
}

// finish writes the list of the fields and the end.
func (w *segmentFile) finish() error {
	var places []byte
	for _, f := range w.fields {
		places = binary.BigEndian.AppendUint64(places, w.at)
		piece := binary.AppendUvarint(appendBytes(w.piece, []byte(f.name)), uint64(f.options))
		piece = binary.BigEndian.AppendUint16(append(piece, 1), zapSection) // of 1 section
		w.write(binary.BigEndian.AppendUint64(piece, f.at))
	}
	fields := w.at
	w.write(append(binary.AppendUvarint(w.piece, uint64(len(w.fields))), places...))

	end := binary.BigEndian.AppendUint32(w.piece, 0) // no other form of bytes
	end = binary.BigEndian.AppendUint64(end, uint64(w.entries))
	end = binary.BigEndian.AppendUint64(end, w.stored)
	end = binary.BigEndian.AppendUint64(end, fields)
	end = binary.BigEndian.AppendUint32(end, zapMode)
	w.write(binary.BigEndian.AppendUint32(end, zap.Version))
	err := w.out.Flush()
	if err == nil {
		err = binary.Write(w.file, binary.BigEndian, w.sum.Sum32())
	}
	return errors.Join(err, w.file.Close())
}
