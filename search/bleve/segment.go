package bleve

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

var engine zap.ZapPlugin

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
