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
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/report"
	"youju/search"
)

// An Index is one generation, opened read-only. It is safe for concurrent use
// until it is closed.
type Index struct {
	manifest *Manifest
	cols     *columns
	store    *store
	// items, groups and documents are the segments, see terms.go for their fields.
	items, groups, documents *segment
	figures                  lazyFigures
	// vocabulary is what the collection speaks of.
	vocabulary *search.Vocabulary
	facts      *facts
	assist     assist
	// everything is the set of all items.
	everything *roaring.Bitmap
	gains      [scoredFields]*gains
	// words and sets keep what recent queries asked for, scratch what they worked with.
	words            *kept[*found]
	sets             *kept[*roaring.Bitmap]
	scratch, tallies sync.Pool
}

// The memory that kept words and sets of items may take, in bytes.
const (
	maxWordBytes = 48 << 20
	maxSetBytes  = 16 << 20
)

func newWords() *kept[*found] { return newKept(maxWordBytes, (*found).bytes) }

func newSets() *kept[*roaring.Bitmap] {
	return newKept(maxSetBytes, func(set *roaring.Bitmap) int { return int(set.GetSizeInBytes()) })
}

// Open opens the current generation below dir. The error is an [*Error] when
// there is none, when it is of another version, and when it is damaged.
func Open(dir string) (*Index, error) {
	generation, err := readCurrent(dir)
	for {
		if err != nil {
			return nil, err
		}
		x, failed := openGeneration(filepath.Join(dir, generation))
		if failed == nil {
			return x, nil
		}
		// It may have been replaced and removed meanwhile.
		before := generation
		if generation, err = readCurrent(dir); err == nil && generation == before {
			return nil, failed
		}
	}
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
	x = &Index{words: newWords(), sets: newSets()}
	if x.manifest, err = readManifest(path); err != nil {
		return x, err
	}
	if err = x.manifest.checkFiles(path); err != nil {
		return x, err
	}
	if err = x.openStore(path); err != nil {
		return x, err
	}
	if err = x.openSegments(path); err != nil {
		return x, err
	}
	return x, x.openAssist()
}

func (x *Index) openStore(path string) (err error) {
	if x.cols, err = readColumns(filepath.Join(path, columnsFile)); err != nil {
		return err
	}
	if x.cols.len() != x.manifest.Items || x.cols.documents() != x.manifest.Documents || x.cols.len() == 0 {
		return fmt.Errorf("columns hold %d items, manifest says %d", x.cols.len(), x.manifest.Items)
	}
	if x.store, err = openStore(path, x.cols); err != nil {
		return err
	}
	x.everything = roaring.New()
	x.everything.AddRange(0, uint64(x.cols.len()))
	for field, average := range x.cols.averages {
		x.gains[field] = newGains(average)
	}
	if err = x.openFigures(path); err != nil {
		return err
	}
	if err = x.openVocabulary(path); err != nil {
		return err
	}
	if err = x.openFacts(path); err != nil {
		return err
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

func (x *Index) openSegments(path string) (err error) {
	for _, s := range []struct {
		file string
		into **segment
		size int
	}{{itemsSegment, &x.items, x.cols.len()}, {groupsSegment, &x.groups, x.cols.groups()}, {documentsSegment, &x.documents, x.cols.documents()}} {
		if *s.into, err = openSegment(filepath.Join(path, s.file)); err != nil {
			return err
		}
		if n := (*s.into).len(); n != s.size {
			return fmt.Errorf("%s holds %d entries, columns say %d", s.file, n, s.size)
		}
	}
	return nil
}

// Close gives the files back. No call may be running, but for questions to facts.
func (x *Index) Close() error {
	if x.facts == nil {
		return x.closeFiles()
	}
	return x.facts.close(x.closeFiles)
}

func (x *Index) closeFiles() error {
	errs := []error{x.store.close(), x.items.close(), x.groups.close(), x.documents.close()}
	if x.figures.file != nil {
		errs = append(errs, x.figures.file.Close())
	}
	return errors.Join(errs...)
}

// Info describes the generation.
func (x *Index) Info() search.Info { return x.manifest.Info() }

// Manifest tells what the generation was made of. It must not be changed.
func (x *Index) Manifest() *Manifest { return x.manifest }

// Item finds an item by its ID. The hit has no snippet and no score.
func (x *Index) Item(ctx context.Context, id string) (*search.Hit, error) {
	ord, ok := x.findItem(id)
	if !ok {
		return nil, search.ErrNotFound
	}
	return x.hit(ord)
}

// findItem gives the ordinal of the item with an ID.
func (x *Index) findItem(id string) (ord uint32, ok bool) {
	doc, local, _ := strings.Cut(id, "/")
	return x.store.find(doc, local)
}

// hit is an item with its document, without a snippet.
func (x *Index) hit(ord uint32) (*search.Hit, error) {
	it, err := x.store.item(ord)
	if err != nil {
		return nil, err
	}
	header, err := x.store.header(x.cols.docOf[ord])
	return &search.Hit{Item: it, Document: header}, err
}

// Document finds a whole document by its ID.
func (x *Index) Document(ctx context.Context, id string) (*report.Document, error) {
	doc, ok := x.store.findDocument(id)
	if !ok {
		return nil, search.ErrNotFound
	}
	return x.store.document(doc)
}

// Documents lists every document, newest first, then by place.
func (x *Index) Documents(ctx context.Context) ([]search.Summary, error) {
	list := make([]search.Summary, x.cols.documents())
	for i := range list {
		doc := uint32(i)
		d, sections, err := x.store.summary(doc)
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		first, last := x.cols.items(doc)
		list[x.cols.newest[doc]] = search.Summary{Document: d, Sections: sections, Items: int(last - first)}
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
