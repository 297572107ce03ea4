package bleve

import (
	"math/rand"
	"reflect"
	"testing"
	"testing/quick"

	"youju/report"
	"youju/search"
	"youju/search/fact"
)

// TestRecords stores documents of random fields, all that there are, and reads
// them again.
func TestRecords(t *testing.T) {
	random := rand.New(rand.NewSource(5))
	for range 50 {
		dir := t.TempDir()
		v, ok := quick.Value(reflect.TypeFor[report.Document](), random)
		if !ok {
			t.Fatal("no random document")
		}
		doc := v.Interface().(report.Document)
		doc.ID = "371500-2020-report"
		for i := range doc.Items {
			doc.Items[i].ID = doc.ID + "/" + string(rune('a'+i%26)) + doc.Items[i].Number
		}
		w, err := newRecordWriter(dir)
		if err != nil {
			t.Fatal(err)
		}
		b := &Builder{records: w, cols: newColumnsBuilder(), items: newSegmentWriter(dir, "a", itemFields), groups: newSegmentWriter(dir, "b", groupFields), documents: newSegmentWriter(dir, "c", documentFields), vocabulary: search.NewVocabularyBuilder(), facts: fact.NewBuilder()}
		if err := b.addItems(&doc); err != nil {
			t.Fatal(err)
		}
		b.beside.Wait()
		if err := w.close(); err != nil {
			t.Fatal(err)
		}
		cols := b.cols.finish()
		cols.index()
		s, err := openStore(dir, cols)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.document(0)
		if err != nil {
			t.Fatal(err)
		}
		for i := range doc.Items {
			if len(doc.Items[i].Path) == 0 { // none is none
				got.Items[i].Path = doc.Items[i].Path
			}
		}
		if len(doc.Items) == 0 {
			got.Items = doc.Items
		}
		if !reflect.DeepEqual(*got, doc) {
			t.Fatalf("\n got %+v\nwant %+v", *got, doc)
		}
		s.close()
	}
}
