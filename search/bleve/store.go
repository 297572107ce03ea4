package bleve

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"youju/report"
	"youju/search"
)

// store holds what is shown and looked at: the records of items, groups and
// documents, and their rows. A group is a run of items under the same headings.
// It is safe for concurrent use.
type store struct {
	cols *columns
	// items are squeezed records, rows what search.AppendItemRow wrote.
	items, rows, groups, documents *table
	squeezer                       *squeezer

	fetched atomic.Uint32

	headers struct {
		sync.Mutex
		byOrdinal map[uint32]*report.Document
	}
}

// The files of a store.
const (
	itemsFile     = "items.records"
	rowsFile      = "items.rows"
	groupsFile    = "groups.records"
	documentsFile = "documents.records"
	sampleFile    = "sample"
)

func openStore(path string, cols *columns) (s *store, err error) {
	s = &store{cols: cols}
	for file, t := range map[string]**table{itemsFile: &s.items, rowsFile: &s.rows, groupsFile: &s.groups, documentsFile: &s.documents} {
		if *t, err = openTable(filepath.Join(path, file)); err != nil {
			return s, err
		}
	}
	sample, err := os.ReadFile(filepath.Join(path, sampleFile))
	if err != nil {
		return s, err
	}
	if s.squeezer, err = newSqueezer(sample); err != nil {
		return s, err
	}
	if s.items.count != cols.len() || s.rows.count != cols.len() || s.groups.count != cols.groups() || s.documents.count != cols.documents() {
		return s, fmt.Errorf("records and columns do not fit together")
	}
	return s, nil
}

func (s *store) close() error {
	if s == nil {
		return nil
	}
	s.squeezer.close()
	return errors.Join(s.items.close(), s.rows.close(), s.groups.close(), s.documents.close())
}

// recordBuffers hold squeezed records while they are restored.
var recordBuffers = sync.Pool{New: func() any { return new([]byte) }}

// item reads one item.
func (s *store) item(ord uint32) (it report.Item, err error) {
	buffer := recordBuffers.Get().(*[]byte)
	defer recordBuffers.Put(buffer)
	if *buffer, err = s.items.read(ord, *buffer); err != nil {
		return it, err
	}
	data, err := s.squeezer.restore(*buffer)
	if err != nil {
		return it, fmt.Errorf("reading item %d: %w", ord, err)
	}
	if it, err = readItem(data); err != nil {
		return it, err
	}
	row, err := s.row(ord)
	if err != nil {
		return it, err
	}
	id, err := s.id(s.cols.docOf[ord])
	if err != nil {
		return it, err
	}
	it.ID = id + "/" + string(row.Local)
	it.Path, err = s.path(s.cols.groupOf[ord])
	return it, err
}

// row is what there is to look at in an item.
func (s *store) row(ord uint32) (search.ItemRow, error) {
	data, err := s.rows.at(ord)
	if err != nil {
		return search.ItemRow{}, err
	}
	return search.ParseItemRow(data)
}

// fetchRows reads a little of the rows of n items that are wanted next. They
// stand anywhere in the file, and the processor waits for several places of
// memory at once where it need not make sense of one before it asks for another.
func (s *store) fetchRows(n int, item func(i int) uint32) {
	var read byte
	for i := range n {
		if from, to, err := s.rows.place(item(i)); err == nil {
			for at := from; at < min(to, from+fetched); at += cacheLine {
				read |= s.rows.mapped[at]
			}
		}
	}
	s.fetched.Store(uint32(read)) // or else nothing would be read
}

// fetched is how much of a row is fetched, cacheLine what is fetched at a time.
const (
	fetched   = 512
	cacheLine = 64
)

// A group's record is the row of its headings and, behind it, they themselves.
func appendGroup(dst []byte, path []string, row search.Row) ([]byte, error) {
	data, err := encode(path)
	return append(appendBytes(dst, row), data...), err
}

// pathRow is the row of a group's headings.
func (s *store) pathRow(group uint32) (search.Row, error) {
	row, _, err := s.cutRecord(s.groups, group)
	return row, err
}

// path is a group's headings.
func (s *store) path(group uint32) (path []string, err error) {
	_, data, err := s.cutRecord(s.groups, group)
	if err == nil {
		err = decode(data, &path)
	}
	return path, err
}

// A document's record is its ID, the row of its title and number, itself
// without sections and items, the number of its sections, and these.
func appendDocument(dst []byte, doc *report.Document, row search.Row) ([]byte, error) {
	header := *doc
	header.Sections, header.Items = nil, nil
	data, err := encode(&header)
	if err != nil {
		return nil, err
	}
	sections, err := encode(doc.Sections)
	if err != nil {
		return nil, err
	}
	dst = appendBytes(appendBytes(appendBytes(dst, []byte(doc.ID)), row), data)
	dst = binary.AppendUvarint(dst, uint64(len(doc.Sections)))
	return append(dst, sections...), nil
}

func appendBytes(dst, data []byte) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(data))), data...)
}

// cutRecord reads the first piece of a record.
func (s *store) cutRecord(t *table, i uint32) (first, rest []byte, err error) {
	data, err := t.at(i)
	if err != nil {
		return nil, nil, err
	}
	return cutBytes(data)
}

func cutBytes(data []byte) (first, rest []byte, err error) {
	size, used := binary.Uvarint(data)
	if used <= 0 || size > uint64(len(data)-used) {
		return nil, nil, fmt.Errorf("record is cut short")
	}
	return data[used:][:size], data[uint64(used)+size:], nil
}

// id is a document's ID.
func (s *store) id(doc uint32) (string, error) {
	id, _, err := s.cutRecord(s.documents, doc)
	return string(id), err
}

// titleRow is the row of a document's title and number.
func (s *store) titleRow(doc uint32) (search.Row, error) {
	_, rest, err := s.cutRecord(s.documents, doc)
	if err != nil {
		return nil, err
	}
	row, _, err := cutBytes(rest)
	return row, err
}

// maxHeaders is how many documents' headers are kept ready.
const maxHeaders = 4096

// header is a document without sections and items.
func (s *store) header(doc uint32) (report.Document, error) {
	s.headers.Lock()
	kept := s.headers.byOrdinal[doc]
	s.headers.Unlock()
	if kept != nil {
		return *kept, nil
	}
	d, _, _, err := s.readHeader(doc)
	if err != nil {
		return report.Document{}, err
	}
	s.headers.Lock()
	defer s.headers.Unlock()
	if s.headers.byOrdinal == nil || len(s.headers.byOrdinal) >= maxHeaders {
		s.headers.byOrdinal = map[uint32]*report.Document{}
	}
	s.headers.byOrdinal[doc] = d
	return *d, nil
}

// summary is a header, without keeping it, and the number of sections.
func (s *store) summary(doc uint32) (report.Document, int, error) {
	d, sections, _, err := s.readHeader(doc)
	if err != nil {
		return report.Document{}, 0, err
	}
	return *d, sections, nil
}

func (s *store) readHeader(doc uint32) (d *report.Document, count int, sections []byte, err error) {
	data, err := s.documents.at(doc)
	var header []byte
	for range 3 { // the ID, the row, the header
		if err == nil {
			header, data, err = cutBytes(data)
		}
	}
	if err != nil {
		return nil, 0, nil, fmt.Errorf("reading document %d: %w", doc, err)
	}
	n, used := binary.Uvarint(data)
	if used <= 0 || n > uint64(len(data)) {
		return nil, 0, nil, fmt.Errorf("document %d is cut short", doc)
	}
	d = new(report.Document)
	return d, int(n), data[used:], decode(header, d)
}

// document reads a whole document.
func (s *store) document(doc uint32) (*report.Document, error) {
	d, _, sections, err := s.readHeader(doc)
	if err != nil {
		return nil, err
	}
	if err := decode(sections, &d.Sections); err != nil {
		return nil, fmt.Errorf("reading document %d: %w", doc, err)
	}
	first, last := s.cols.items(doc)
	d.Items = make([]report.Item, 0, last-first)
	for ord := first; ord < last; ord++ {
		it, err := s.item(ord)
		if err != nil {
			return nil, err
		}
		d.Items = append(d.Items, it)
	}
	return d, nil
}

// find gives the ordinal of the item with a document's ID and a local part.
func (s *store) find(docID, local string) (ord uint32, ok bool) {
	doc, ok := s.findDocument(docID)
	if !ok {
		return 0, false
	}
	first, last := s.cols.items(doc)
	for ord := first; ord < last; ord++ {
		if row, err := s.row(ord); err == nil && string(row.Local) == local {
			return ord, true
		}
	}
	return 0, false
}

// findDocument finds a document by its ID.
func (s *store) findDocument(id string) (doc uint32, ok bool) {
	low, high := 0, len(s.cols.byID)
	for low < high {
		middle := (low + high) / 2
		at, err := s.id(s.cols.byID[middle])
		switch {
		case err != nil:
			return 0, false
		case at == id:
			return s.cols.byID[middle], true
		case at < id:
			low = middle + 1
		default:
			high = middle
		}
	}
	return 0, false
}
