package bleve

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	blevesearch "github.com/blevesearch/bleve/v2"

	"youju/report"
	"youju/search"
	"youju/search/fact"
)

// A Builder makes a new generation aside from the one being served. It is
// used by one goroutine: Add every document, then Publish or Abort.
type Builder struct {
	dir, path  string // the index directory and the generation's temporary one
	generation string
	engine     blevesearch.Builder
	store      *storeWriter
	cols       *columns
	tokens     map[string]int
	vocabulary *search.VocabularyBuilder
	facts      *fact.Builder
	lock       *os.File
	closed     bool
	published  bool
}

// NewBuilder starts a generation in dir, which is made if it does not exist.
// What killed builds have left there is removed.
func NewBuilder(dir string) (b *Builder, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("无法建立索引目录：%w", err)
	}
	sweep(dir)
	b = &Builder{dir: dir, generation: newGeneration(), cols: newColumns(), tokens: map[string]int{}, vocabulary: search.NewVocabularyBuilder(), facts: fact.NewBuilder()}
	b.path = filepath.Join(dir, b.generation+tmpSuffix)
	if err := os.Mkdir(b.path, 0o755); err != nil {
		return nil, fmt.Errorf("无法建立索引目录：%w", err)
	}
	defer func() {
		if err != nil {
			b.Abort()
			b = nil
		}
	}()
	if b.lock, err = lock(b.path); err != nil {
		return b, fmt.Errorf("无法锁定索引目录：%w", err)
	}
	if b.store, err = newStoreWriter(filepath.Join(b.path, documentsFile)); err != nil {
		return b, err
	}
	// The builder's own temporary files must be on the same file system.
	b.engine, err = blevesearch.NewBuilder(filepath.Join(b.path, engineDir), newMapping(),
		map[string]interface{}{"buildPathPrefix": b.path, "batchSize": batchItems})
	return b, err
}

const tmpSuffix = ".tmp"

// batchItems is how many items the engine turns into a segment at once. More
// at a time leaves less to merge; the engine needs about 100 KB for each.
const batchItems = 4000

// newGeneration names a generation; names sort by time.
func newGeneration() string {
	var random [2]byte
	_, _ = rand.Read(random[:])
	return time.Now().UTC().Format("20060102T150405.000") + "-" + hex.EncodeToString(random[:])
}

// Add puts a document into the generation. A document ID that is already
// there, or two items of the same ID, is an error.
func (b *Builder) Add(doc *report.Document) error {
	if b.closed {
		return fmt.Errorf("索引已经封存，不能再添加")
	}
	if err := b.checkIDs(doc); err != nil {
		return err
	}
	header := *doc
	header.Items = nil
	at, err := b.store.write(header)
	if err != nil {
		return fmt.Errorf("storing document %q: %w", doc.ID, err)
	}
	b.cols.addDocument(doc, at)
	for i := range doc.Items {
		if err := b.addItem(doc, &doc.Items[i]); err != nil {
			return fmt.Errorf("indexing item %q: %w", doc.Items[i].ID, err)
		}
	}
	b.vocabulary.Add(doc)
	b.facts.Add(doc)
	return nil
}

func (b *Builder) checkIDs(doc *report.Document) error {
	if doc.ID == "" || strings.Contains(doc.ID, "/") {
		return fmt.Errorf("文档编号“%s”无效（%s）", doc.ID, doc.Source.File)
	}
	if _, ok := b.cols.docs[doc.ID]; ok {
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

func (b *Builder) addItem(doc *report.Document, it *report.Item) error {
	at, err := b.store.write(it)
	if err != nil {
		return err
	}
	ord := b.cols.len()
	b.cols.addItem(doc, it, at)
	values := make(map[string]interface{}, len(fields))
	for _, f := range fields {
		texts := slices.DeleteFunc(f.values(doc, it), func(s string) bool { return s == "" })
		for _, text := range texts {
			b.tokens[f.name] += countTerms(text)
		}
		if len(texts) > 0 {
			values[f.name] = texts
		}
	}
	// The engine's document ID is the ordinal, which leads to everything else.
	return b.engine.Index(strconv.Itoa(ord), values)
}

// countTerms is the length of a text as the engine measures it: every token
// and every pair of ideographs.
func countTerms(text string) int {
	tokens := search.Tokenize(text)
	n := len(tokens)
	for i := 1; i < len(tokens); i++ {
		if tokens[i].Kind == search.Han && tokens[i-1].Kind == search.Han {
			n++
		}
	}
	return n
}

// Abort throws the generation away. After a successful Publish it does nothing.
func (b *Builder) Abort() error {
	if b.published {
		return nil
	}
	b.close()
	b.unlock()
	return os.RemoveAll(b.path)
}

// close releases what the builder holds, once.
func (b *Builder) close() error {
	if b.closed {
		return nil
	}
	b.closed = true
	if b.store == nil {
		return nil
	}
	return b.store.close()
}

// unlock lets go of the directory, which by then has its final name or is to go.
func (b *Builder) unlock() {
	if b.lock != nil {
		b.lock.Close()
		b.lock = nil
	}
	os.Remove(filepath.Join(b.path, lockFile))
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
	final := filepath.Join(b.dir, b.generation)
	if err := os.Rename(b.path, final); err != nil {
		return info, err
	}
	b.path = final
	b.unlock()
	if err := syncDir(b.dir); err != nil {
		return info, err
	}
	if err := writeCurrent(b.dir, b.generation); err != nil {
		return info, err
	}
	b.published = true
	removeOld(b.dir, b.generation)
	m, err := readManifest(final)
	if err != nil {
		return info, err
	}
	return m.info(), nil
}

// seal writes everything that is still in memory, the manifest last.
func (b *Builder) seal(sources []Source) (err error) {
	if err := b.closeEngine(); err != nil {
		return err
	}
	if err := b.close(); err != nil {
		return err
	}
	if err := b.cols.write(filepath.Join(b.path, columnsFile)); err != nil {
		return err
	}
	if err := b.writeVocabulary(); err != nil {
		return err
	}
	if err := b.writeFacts(); err != nil {
		return err
	}
	m := &Manifest{
		Schema: SchemaVersion, Analyzer: search.AnalyzerVersion, Bleve: bleveVersion,
		Generation: b.generation, Built: time.Now().UTC().Truncate(time.Second),
		Documents: len(b.cols.DocID), Items: b.cols.len(), Tokens: b.tokens, Sources: sources,
	}
	if m.Files, err = describeFiles(b.path); err != nil {
		return err
	}
	data, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(b.path, manifestFile), data, 0o644); err != nil {
		return err
	}
	return syncTree(b.path)
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

// closeEngine finishes the engine's files. It panics on some failures.
func (b *Builder) closeEngine() (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("engine: %v", p)
		}
	}()
	return b.engine.Close()
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
