package bleve

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// entry is a record of a segment: the terms of its fields, nothing else.
// Neither how often nor where a term stands is kept: the first is a field of
// its own (see terms.go), the second is looked up in the rows.
type entry struct{ fields []index.Field }

// entryField is one field of an entry.
type entryField struct {
	name  string
	terms index.TokenFrequencies
}

// present is what every term of a field leads to: being there is all.
var present = &index.TokenFreq{}

func (e *entry) VisitFields(visit index.FieldVisitor) {
	visit(&unnamed{})
	for _, f := range e.fields {
		visit(f)
	}
}

func (*entry) ID() string                                 { return "" }
func (*entry) Size() int                                  { return 0 }
func (*entry) VisitComposite(index.CompositeFieldVisitor) {}
func (*entry) HasComposite() bool                         { return false }
func (*entry) NumPlainTextBytes() uint64                  { return 0 }
func (*entry) AddIDField()                                {}
func (*entry) StoredFieldsBytes() uint64                  { return 0 }
func (*entry) Indexed() bool                              { return true }

func (f *entryField) Name() string                                     { return f.name }
func (*entryField) Value() []byte                                      { return nil }
func (*entryField) ArrayPositions() []uint64                           { return nil }
func (*entryField) EncodedFieldType() byte                             { return 't' }
func (*entryField) Analyze()                                           {}
func (*entryField) Options() index.FieldIndexingOptions                { return index.IndexField | index.SkipFreqNorm }
func (*entryField) AnalyzedLength() int                                { return 0 }
func (*entryField) NumPlainTextBytes() uint64                          { return 0 }
func (f *entryField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }

// unnamed is the ID field that every entry must have; ours go by their number.
type unnamed struct{ entryField }

func (*unnamed) Name() string                        { return "_id" }
func (*unnamed) Value() []byte                       { return []byte{} }
func (*unnamed) Options() index.FieldIndexingOptions { return index.IndexField | index.StoreField }

var engine zap.ZapPlugin

// writeSegment writes entries as a segment, in their order.
func writeSegment(path string, entries []index.Document) (err error) {
	defer recovered(&err)
	built, _, err := engine.New(entries)
	if err != nil {
		return err
	}
	return built.(segmentapi.UnpersistedSegment).Persist(path)
}

// mergeSegments joins segments into one, in their order.
func mergeSegments(path string, parts []string) (err error) {
	defer recovered(&err)
	segments := make([]segmentapi.Segment, 0, len(parts))
	defer func() {
		for _, s := range segments {
			s.Close()
		}
	}()
	for _, part := range parts {
		s, err := engine.Open(part)
		if err != nil {
			return err
		}
		segments = append(segments, s)
	}
	_, _, err = engine.Merge(segments, make([]*roaring.Bitmap, len(parts)), path, nil, nil)
	return err
}

// recovered turns a panic of the engine into an error: it panics on some damaged files.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("engine: %v", p)
	}
}

// segment is an open segment. It is safe for concurrent use until it is closed.
type segment struct{ opened segmentapi.Segment }

func openSegment(path string) (s *segment, err error) {
	defer recovered(&err)
	opened, err := engine.Open(path)
	if err != nil {
		return nil, err
	}
	return &segment{opened}, nil
}

func (s *segment) close() error {
	if s == nil {
		return nil
	}
	return s.opened.Close()
}

func (s *segment) len() int { return int(s.opened.Count()) }

// holding is the set of entries that have a term in a field. It is the caller's.
func (s *segment) holding(field, term string) (*roaring.Bitmap, error) {
	set := roaring.New()
	dictionary, err := s.opened.Dictionary(field)
	if err != nil {
		return nil, err
	}
	return set, into(set, dictionary, term)
}

func into(set *roaring.Bitmap, dictionary segmentapi.TermDictionary, term string) error {
	list, err := dictionary.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return err
	}
	list.(*zap.PostingsList).OrInto(set)
	return nil
}

// holdingStart is the set of entries that have a term with this beginning in a field.
func (s *segment) holdingStart(field, start string) (*roaring.Bitmap, error) {
	opened, err := s.opened.Dictionary(field)
	if err != nil {
		return nil, err
	}
	behind := []byte(start)
	behind[len(behind)-1]++ // the last byte of UTF-8 is never 255
	dictionary := opened.(*zap.Dictionary)
	terms := dictionary.AutomatonIteratorOmitCount(&vellum.AlwaysMatch{}, []byte(start), behind)
	var sets []*roaring.Bitmap
	for {
		term, err := terms.Next()
		if err != nil {
			return nil, err
		}
		if term == nil {
			return roaring.FastOr(sets...), nil
		}
		one := roaring.New()
		if err := into(one, dictionary, term.Term); err != nil {
			return nil, err
		}
		sets = append(sets, one)
	}
}
