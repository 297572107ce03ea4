package bleve

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"youju/claim"
	"youju/report"
	"youju/search"
	"youju/search/fact"
)

// A Builder makes a new generation aside from the one being served. It is
// used by one goroutine: Add every document, then Publish or Abort. It works on
// all processors itself.
type Builder struct {
	// Memory is about how many bytes may be taken by what is not yet written
	// into segments; 0 stands for DefaultMemory. It is set before the first Add.
	Memory int64

	dir, path  string // the index directory and the generation's temporary one
	generation string
	cols       *columnsBuilder
	figures    figureColumn
	vocabulary *search.VocabularyBuilder
	facts      *fact.Builder
	// beside is what looks at a document while the next one is read.
	beside  sync.WaitGroup
	records *recordWriter
	// items, groups and documents are the segments, see terms.go for their fields.
	items, groups, documents *segmentWriter
	claim                    *claim.Claim
	closed                   bool
	published                bool
}

// DefaultMemory is about what a builder takes beside the vocabulary and columns.
const DefaultMemory = 256 << 20

// NewBuilder starts a generation in dir, which is made if it does not exist.
// What killed builds have left there is removed.
func NewBuilder(dir string) (b *Builder, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("无法建立索引目录：%w", err)
	}
	b = &Builder{dir: dir, generation: newGeneration(), cols: newColumnsBuilder(), vocabulary: search.NewVocabularyBuilder()}
	if b.claim, err = claim.Make(dir, b.generation+tmpSuffix, leftOver(dir)); err != nil {
		return nil, fmt.Errorf("无法建立索引目录：%w", err)
	}
	b.path = b.claim.Path
	defer func() {
		if err != nil {
			b.Abort()
			b = nil
		}
	}()
	b.items = newSegmentWriter(b.path, itemsSegment, itemFields)
	b.groups = newSegmentWriter(b.path, groupsSegment, groupFields)
	b.documents = newSegmentWriter(b.path, documentsSegment, documentFields)
	b.records, err = newRecordWriter(b.path)
	return b, err
}

const tmpSuffix = ".tmp"

// newGeneration names a generation; names sort by time.
func newGeneration() string {
	var random [2]byte
	_, _ = rand.Read(random[:])
	return time.Now().UTC().Format("20060102T150405.000") + "-" + hex.EncodeToString(random[:])
}

// Add puts a document into the generation; it must not be changed before
// Publish or Abort. A document ID that is already there, or two items of the
// same ID, is an error.
func (b *Builder) Add(doc *report.Document) error {
	if b.closed {
		return fmt.Errorf("索引已经封存，不能再添加")
	}
	if err := b.checkIDs(doc); err != nil {
		return err
	}
	b.items.limit(cmp.Or(b.Memory, DefaultMemory))
	if b.facts == nil {
		b.facts = fact.NewBuilderIn(b.path, int(cmp.Or(b.Memory, DefaultMemory)/factsShare))
	}
	if err := b.addItems(doc); err != nil {
		return fmt.Errorf("indexing document %q: %w", doc.ID, err)
	}
	if err := b.records.begin(maxSample); err != nil {
		return fmt.Errorf("storing document %q: %w", doc.ID, err)
	}
	return nil
}

func (b *Builder) checkIDs(doc *report.Document) error {
	if doc.ID == "" || strings.Contains(doc.ID, "/") {
		return fmt.Errorf("文档编号“%s”无效（%s）", doc.ID, doc.Source.File)
	}
	if b.cols.ids[doc.ID] {
		return fmt.Errorf("文档编号重复：%s（%s）", doc.ID, doc.Source.File)
	}
	seen := make(map[string]bool, len(doc.Items))
	for i := range doc.Items {
		id := doc.Items[i].ID
		if !strings.HasPrefix(id, doc.ID+"/") || id == doc.ID+"/" {
			return fmt.Errorf("条目编号“%s”不属于文档 %s", id, doc.ID)
		}
		if seen[id] {
			return fmt.Errorf("条目编号重复：%s", id)
		}
		seen[id] = true
	}
	return nil
}

// Abort throws the generation away. After a successful Publish it does nothing.
func (b *Builder) Abort() error {
	if b.published {
		return nil
	}
	b.close()
	return errors.Join(os.RemoveAll(b.path), b.claim.Release())
}

// close releases what the builder holds, once.
func (b *Builder) close() error {
	if b.closed {
		return nil
	}
	b.closed = true
	b.beside.Wait()
	var facts error
	if b.facts != nil {
		facts = b.facts.Close()
	}
	if b.records == nil {
		return facts
	}
	return errors.Join(b.items.close(), b.groups.close(), b.documents.close(), b.records.close(), facts)
}

// Publish seals the generation, verifies it, and makes it the current one.
// On any error nothing changes for who is served and the generation is removed.
func (b *Builder) Publish(ctx context.Context, sources []Source) (info search.Info, err error) {
	defer func() {
		if err != nil {
			b.Abort()
		}
	}()
	if b.closed {
		return info, fmt.Errorf("索引已经封存")
	}
	if b.cols.len() == 0 {
		return info, ErrNoDocuments
	}
	if err := b.seal(sources); err != nil {
		return info, fmt.Errorf("sealing index: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return info, err
	}
	if err := verify(ctx, b.path); err != nil {
		return info, fmt.Errorf("verifying index: %w", err)
	}
	if err := claim.Guard(b.dir, b.makeCurrent); err != nil {
		return info, err
	}
	m, err := readManifest(b.path)
	if err != nil {
		return info, err
	}
	return m.Info(), nil
}

// makeCurrent gives the generation its name and puts it in place of the one before.
func (b *Builder) makeCurrent() error {
	final := filepath.Join(b.dir, b.generation)
	if err := os.Rename(b.path, final); err != nil {
		return err
	}
	b.path = final
	if err := syncDir(b.dir); err != nil {
		return err
	}
	if err := writeCurrent(b.dir, b.generation); err != nil {
		return err
	}
	b.published = true
	removeOld(b.dir, b.generation)
	b.claim.Release()
	return nil
}

// seal writes everything that is still in memory, the manifest last.
func (b *Builder) seal(sources []Source) (err error) {
	b.closed = true
	b.beside.Wait()
	var work errgroup.Group
	for _, w := range []*segmentWriter{b.items, b.groups, b.documents} {
		work.Go(w.finish)
	}
	work.Go(b.writeVocabulary)
	work.Go(b.writeFacts)
	cols, err := b.writeColumns()
	if err = errors.Join(err, work.Wait()); err != nil {
		return err
	}
	m := &Manifest{
		Schema: SchemaVersion, Analyzer: search.AnalyzerVersion, Bleve: bleveVersion, Records: recordForm(),
		Generation: b.generation, Built: time.Now().UTC().Truncate(time.Second),
		Documents: cols.documents(), Items: cols.len(), Sources: sources,
	}
	if before, err := RecallManifest(b.dir); err == nil {
		m.Moved = moved(before, sources)
	}
	if m.Files, err = describeFiles(b.path); err != nil {
		return err
	}
	data, err := m.Encode()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(b.path, manifestFile), data, 0o644); err != nil {
		return err
	}
	return syncTree(b.path)
}

// writeColumns closes the records, which it reads, and writes the columns.
func (b *Builder) writeColumns() (*columns, error) {
	if err := b.records.close(); err != nil {
		return nil, err
	}
	cols := b.cols.finish()
	cols.index()
	var err error
	if cols.twins, err = findTwins(b.path, cols); err != nil {
		return nil, err
	}
	if err := cols.write(filepath.Join(b.path, columnsFile)); err != nil {
		return nil, err
	}
	return cols, b.figures.write(filepath.Join(b.path, figuresFile))
}

// writeVocabulary writes what the collection speaks of beside the index.
func (b *Builder) writeVocabulary() (err error) {
	file, err := os.Create(filepath.Join(b.path, vocabularyFile))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	_, err = b.vocabulary.Vocabulary().WriteTo(file)
	return err
}

// verify opens a generation as the server will and asks it a few questions.
func verify(ctx context.Context, path string) error {
	x, err := openGeneration(path)
	if err != nil {
		return err
	}
	defer x.Close()
	for _, word := range x.canaries() {
		res, err := x.Search(ctx, search.Query{Text: `"` + word + `"`, Size: 1})
		if err != nil {
			return err
		}
		if res.Total == 0 {
			return fmt.Errorf("canary %q finds nothing", word)
		}
	}
	return nil
}
