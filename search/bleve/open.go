// Package bleve builds and asks the full-text index. It is the only importer
// of the engine blevesearch/bleve; what it returns are the types of package
// search.
package bleve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"

	blevesearch "github.com/blevesearch/bleve/v2"
	engine "github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"

	"youju/report"
	"youju/search"
)

// An Index is one generation, opened read-only. It is safe for concurrent use
// until it is closed.
type Index struct {
	manifest *Manifest
	cols     *columns
	store    *store
	file     *os.File
	engine   blevesearch.Index
	reader   index.IndexReader
	stats    *engine.BM25Stats
	// ordinals leads from the engine's document numbers to ours.
	ordinals []uint32
	// vocabulary is what the collection speaks of.
	vocabulary *search.Vocabulary
	facts      facts
	assist     assist
	// sets holds the items of recent words and facet values.
	sets struct {
		sync.Mutex
		byKey map[string]bitset
	}
}

// Open opens the current generation below dir. The error is an [*Error] when
// there is none, when it is of another version, and when it is damaged.
func Open(dir string) (*Index, error) {
	generation, err := readCurrent(dir)
	if err != nil {
		return nil, err
	}
	return openGeneration(filepath.Join(dir, generation))
}

func openGeneration(path string) (x *Index, err error) {
	defer func() {
		// The engine panics on some damaged files.
		if p := recover(); p != nil {
			err = fmt.Errorf("engine: %v", p)
		}
		var known *Error
		if err != nil && !errors.As(err, &known) {
			err = &Error{Problem: Corrupt, Path: path, Err: err}
		}
		if err != nil && x != nil {
			x.Close()
			x = nil
		}
	}()
	x = &Index{}
	if x.manifest, err = readManifest(path); err != nil {
		return x, err
	}
	if err = x.manifest.checkFiles(path); err != nil {
		return x, err
	}
	if err = x.openStore(path); err != nil {
		return x, err
	}
	if err = x.openEngine(path); err != nil {
		return x, err
	}
	return x, x.openAssist()
}

func (x *Index) openStore(path string) (err error) {
	if x.cols, err = readColumns(filepath.Join(path, columnsFile)); err != nil {
		return err
	}
	if x.file, err = os.Open(filepath.Join(path, documentsFile)); err != nil {
		return err
	}
	if x.store, err = newStore(x.file, x.cols); err != nil {
		return err
	}
	x.cols.rank(x.store.headers)
	if err = x.openVocabulary(path); err != nil {
		return err
	}
	if err = x.openFacts(path); err != nil {
		return err
	}
	if x.cols.len() != x.manifest.Items || len(x.cols.DocID) != x.manifest.Documents {
		return fmt.Errorf("columns hold %d items, manifest says %d", x.cols.len(), x.manifest.Items)
	}
	return nil
}

func (x *Index) openVocabulary(path string) error {
	file, err := os.Open(filepath.Join(path, vocabularyFile))
	if err != nil {
		return err
	}
	defer file.Close()
	x.vocabulary, err = search.ReadVocabulary(file)
	return err
}

func (x *Index) openEngine(path string) (err error) {
	// Without a timeout a lock held by somebody else would be waited for for ever.
	x.engine, err = blevesearch.OpenUsing(filepath.Join(path, engineDir),
		map[string]interface{}{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return err
	}
	advanced, err := x.engine.Advanced()
	if err != nil {
		return err
	}
	if x.reader, err = advanced.Reader(); err != nil {
		return err
	}
	x.stats = &engine.BM25Stats{DocCount: float64(x.manifest.Items), FieldCardinality: map[string]int{
		// Where nothing is scored the engine joins terms of all fields into one of this name.
		"*": 1,
	}}
	for _, f := range fields {
		// A field without any text still needs a length.
		x.stats.FieldCardinality[f.name] = max(x.manifest.Tokens[f.name], 1)
	}
	return x.readOrdinals()
}

// readOrdinals asks the engine for the ID of every document, which is our ordinal.
func (x *Index) readOrdinals() error {
	count, err := x.reader.DocCount()
	if err != nil {
		return err
	}
	if int(count) != x.manifest.Items {
		return fmt.Errorf("engine holds %d items, manifest says %d", count, x.manifest.Items)
	}
	x.ordinals = make([]uint32, count)
	all, err := x.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer all.Close()
	for {
		id, err := all.Next()
		if err != nil || id == nil {
			return err
		}
		external, err := x.reader.ExternalID(id)
		if err != nil {
			return err
		}
		ord, err := strconv.Atoi(external)
		if err != nil || ord < 0 || ord >= x.cols.len() {
			return fmt.Errorf("engine holds an unknown item %q", external)
		}
		number := id.Value()
		if number >= count {
			return fmt.Errorf("engine numbers are not dense: %d of %d", number, count)
		}
		x.ordinals[number] = uint32(ord)
	}
}

// Close gives the files back. No call may be running.
func (x *Index) Close() error {
	var errs []error
	if x.reader != nil {
		errs = append(errs, x.reader.Close())
	}
	if x.engine != nil {
		errs = append(errs, x.engine.Close())
	}
	for _, file := range []*os.File{x.file, x.facts.file} {
		if file != nil {
			errs = append(errs, file.Close())
		}
	}
	return errors.Join(errs...)
}

// Info describes the generation.
func (x *Index) Info() search.Info { return x.manifest.info() }

// Manifest tells what the generation was made of. It must not be changed.
func (x *Index) Manifest() *Manifest { return x.manifest }

// Item finds an item by its ID. The hit has no snippet and no score.
func (x *Index) Item(ctx context.Context, id string) (*search.Hit, error) {
	ord, ok := x.cols.find(id)
	if !ok {
		return nil, search.ErrNotFound
	}
	it, err := x.store.item(ord)
	if err != nil {
		return nil, err
	}
	return &search.Hit{Item: it, Document: x.store.header(x.cols.ItemDoc[ord])}, nil
}

// Document finds a whole document by its ID.
func (x *Index) Document(ctx context.Context, id string) (*report.Document, error) {
	doc, ok := x.cols.docs[id]
	if !ok {
		return nil, search.ErrNotFound
	}
	return x.store.document(doc)
}

// Documents lists every document, newest first, then by place.
func (x *Index) Documents(ctx context.Context) ([]search.Summary, error) {
	list := make([]search.Summary, len(x.cols.DocID))
	for i := range x.cols.DocID {
		doc := uint32(i)
		first, last := x.cols.items(doc)
		list[x.cols.newest[doc]] = search.Summary{
			Document: x.store.header(doc),
			Sections: len(x.store.headers[doc].Sections), Items: int(last - first),
		}
	}
	return list, nil
}

// canaries are words that must be found: the beginnings of a few items.
func (x *Index) canaries() []string {
	var words []string
	for _, ord := range []int{0, x.cols.len() / 2, x.cols.len() - 1} {
		it, err := x.store.item(uint32(ord))
		if err != nil {
			continue
		}
		for _, t := range search.Tokenize(it.Text) {
			if t.Kind != search.Mark && !slices.Contains(words, t.Term) {
				words = append(words, t.Term)
				break
			}
		}
	}
	return words
}
