package bleve

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// libraryEntry is an entry as bleve's own code takes it: what segments were
// written from before they were written here.
type libraryEntry struct{ fields []index.Field }

type libraryField struct {
	name  string
	terms index.TokenFrequencies
}

// libraryEntries gives entries to the library.
func libraryEntries(fields []segmentField, entries []*entry) []index.Document {
	all := make([]index.Document, len(entries))
	for i, e := range entries {
		terms := fieldTerms(e)
		var converted libraryEntry
		for _, field := range fields {
			set := index.TokenFrequencies{}
			if field.source < len(terms) {
				for term, times := range terms[field.source] {
					if times >= field.times {
						set[term] = &index.TokenFreq{}
					}
				}
			}
			if len(set) > 0 {
				converted.fields = append(converted.fields, &libraryField{field.name, set})
			}
		}
		all[i] = &converted
	}
	return all
}

// fieldTerms tells how often each term stands in each field of an entry.
func fieldTerms(e *entry) (fields []map[string]int) {
	begin, long := 0, e.long
	for _, end := range e.ends {
		terms := map[string]int{}
		for _, key := range e.keys[begin:end] {
			if key == longKey {
				terms[long[0]]++
				long = long[1:]
				continue
			}
			terms[string(key.appendTo(nil))]++
		}
		fields = append(fields, terms)
		begin = end
	}
	return fields
}

func (e *libraryEntry) VisitFields(visit index.FieldVisitor) {
	visit(&unnamed{})
	for _, f := range e.fields {
		visit(f)
	}
}

func (*libraryEntry) ID() string                                 { return "" }
func (*libraryEntry) Size() int                                  { return 0 }
func (*libraryEntry) VisitComposite(index.CompositeFieldVisitor) {}
func (*libraryEntry) HasComposite() bool                         { return false }
func (*libraryEntry) NumPlainTextBytes() uint64                  { return 0 }
func (*libraryEntry) AddIDField()                                {}
func (*libraryEntry) StoredFieldsBytes() uint64                  { return 0 }
func (*libraryEntry) Indexed() bool                              { return true }

func (f *libraryField) Name() string                                     { return f.name }
func (*libraryField) Value() []byte                                      { return nil }
func (*libraryField) ArrayPositions() []uint64                           { return nil }
func (*libraryField) EncodedFieldType() byte                             { return 't' }
func (*libraryField) Analyze()                                           {}
func (*libraryField) Options() index.FieldIndexingOptions                { return ourField }
func (*libraryField) AnalyzedLength() int                                { return 0 }
func (*libraryField) NumPlainTextBytes() uint64                          { return 0 }
func (f *libraryField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }

// unnamed is the ID field that every entry must have; ours go by their number.
type unnamed struct{ libraryField }

func (*unnamed) Name() string                        { return idField }
func (*unnamed) Value() []byte                       { return []byte{} }
func (*unnamed) Options() index.FieldIndexingOptions { return idOptions }

// writeWithLibrary writes entries as the library does: segments of a batch
// each, merged.
func writeWithLibrary(t testing.TB, path string, fields []segmentField, entries []*entry, batch int) {
	t.Helper()
	var parts []segmentapi.Segment
	for begin := 0; begin < len(entries); begin += batch {
		built, _, err := engine.New(libraryEntries(fields, entries[begin:min(begin+batch, len(entries))]))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, built)
	}
	mergeWithLibrary(t, path, parts)
}

func mergeWithLibrary(t testing.TB, path string, parts []segmentapi.Segment) {
	t.Helper()
	if _, _, err := engine.Merge(parts, make([]*roaring.Bitmap, len(parts)), path, nil, nil); err != nil {
		t.Fatal(err)
	}
}

// content reads all that a segment holds through the library: by field and term
// the entries with how often, how much and where; of each entry what is stored;
// and which fields have values (the library cannot be asked for values where
// no field has any).
func content(t testing.TB, path string) map[string]string {
	t.Helper()
	opened, err := engine.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	s := opened.(*zap.Segment)
	checkSum(t, path, s)
	all := map[string]string{"entries": fmt.Sprint(s.Count(), s.NumDocs(), s.CountRoot(nil), s.ChunkMode(), s.Version())}
	for _, field := range s.Fields() {
		readField(t, s, field, all)
	}
	fields, err := s.VisitableDocValueFields()
	all["fields of values"] = fmt.Sprint(fields, err)
	for i := range s.Count() {
		id, err := s.DocID(i)
		all[fmt.Sprint("entry ", i)] = fmt.Sprintf("%q %v", id, err)
		err = s.VisitStoredFields(i, func(field string, kind byte, value []byte, places []uint64) bool {
			all[fmt.Sprintf("entry %d %s", i, field)] += fmt.Sprintf("%c %q %v;", kind, value, places)
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func readField(t testing.TB, s *zap.Segment, field string, all map[string]string) {
	t.Helper()
	d, err := s.Dictionary(field)
	if err != nil {
		t.Fatal(err)
	}
	terms := d.AutomatonIterator(nil, nil, nil)
	if field != idField && d.Cardinality() > 0 {
		all[field] = fmt.Sprint(d.Cardinality())
	}
	var again segmentapi.PostingsList
	for {
		term, err := terms.Next()
		if err != nil {
			t.Fatal(err)
		}
		if term == nil {
			return
		}
		if again, err = d.PostingsList([]byte(term.Term), nil, again); err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		fmt.Fprint(&text, term.Count, " ", again.Count(), ":")
		list := again.Iterator(true, true, true, nil)
		for {
			p, err := list.Next()
			if err != nil {
				t.Fatalf("%s %q: %v", field, term.Term, err)
			}
			if p == nil {
				break
			}
			fmt.Fprint(&text, " ", p.Number(), "/", p.Frequency(), "/", p.Norm(), "/", len(p.Locations()))
		}
		all[field+" "+term.Term] = text.String()
	}
}

// checkSum makes sure that the sum at the end of a segment is that of its bytes.
func checkSum(t testing.TB, path string, s *zap.Segment) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	body := data[:len(data)-4]
	if sum := crc32.ChecksumIEEE(body); sum != s.CRC() || sum != binary.BigEndian.Uint32(data[len(body):]) {
		t.Errorf("%s: sum is %x, bytes have %x", filepath.Base(path), s.CRC(), sum)
	}
}
