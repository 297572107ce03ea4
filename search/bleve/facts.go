package bleve

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"

	"youju/report"
	"youju/search/fact"
)

// factsShare is the part of a builder's memory in which facts are sorted.
const factsShare = 8

// factTables writes the tables of facts below a generation.
type factTables struct{ dir string }

func (t factTables) Create(name string) (fact.TableWriter, error) {
	w, err := newTableWriter(filepath.Join(t.dir, name))
	if err != nil {
		return nil, err
	}
	return factTableWriter{w}, nil
}

type factTableWriter struct{ *tableWriter }

func (w factTableWriter) Add(row []byte) error { return w.add(row) }
func (w factTableWriter) Close() error         { return w.close() }

// writeFacts writes what the documents state beside the index.
func (b *Builder) writeFacts() error {
	dir := filepath.Join(b.path, factsDir)
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	return b.facts.Write(factTables{dir})
}

// facts reads the tables of facts where they are mapped, and the items they lead
// to. Requests hold it while they read: an index that is closed meanwhile closes
// when the last of them has finished.
type facts struct {
	index      *Index
	collection *fact.Collection
	tables     []*table
	dir        string
	// items are those read lately, by number.
	items *kept[*report.Item]
	// read counts the items that were decoded.
	read atomic.Int64
	// users are the holders, the index one of them; done is run by the last.
	users atomic.Int64
	done  func() error
}

// maxFactBytes is the memory that items kept for facts may take.
const maxFactBytes = 16 << 20

func (x *Index) openFacts(path string) (err error) {
	x.facts = &facts{index: x, dir: filepath.Join(path, factsDir), items: newKept(maxFactBytes, itemBytes)}
	x.facts.users.Store(1)
	if x.facts.collection, err = fact.Open(x.facts); err != nil {
		return err
	}
	if n := x.facts.collection.Documents(); n != x.manifest.Documents {
		return fmt.Errorf("facts of %d documents, manifest says %d", n, x.manifest.Documents)
	}
	return nil
}

// Table opens a table of facts.
func (f *facts) Table(name string) (fact.Table, error) {
	t, err := openTable(filepath.Join(f.dir, name))
	if err != nil {
		return nil, err
	}
	f.tables = append(f.tables, t)
	return factTable{t}, nil
}

type factTable struct{ *table }

func (t factTable) Len() int                 { return t.count }
func (t factTable) At(i int) ([]byte, error) { return t.at(uint32(i)) }

// Item reads an item, or gives one that was read lately.
func (f *facts) Item(n int) (*report.Item, error) {
	if n < 0 || n >= f.index.manifest.Items {
		return nil, fmt.Errorf("no item %d of %d", n, f.index.manifest.Items)
	}
	key := string(binary.LittleEndian.AppendUint32(nil, uint32(n)))
	if it, ok := f.items.get(key); ok {
		return it, nil
	}
	release, err := f.Hold()
	if err != nil {
		return nil, err
	}
	defer release()
	it, err := f.index.store.item(uint32(n))
	if err != nil {
		return nil, err
	}
	f.read.Add(1)
	f.items.put(key, &it)
	return &it, nil
}

// Find gives the number of the item with an ID.
func (f *facts) Find(id string) (n int, ok bool) {
	release, err := f.Hold()
	if err != nil {
		return 0, false
	}
	defer release()
	ord, ok := f.index.findItem(id)
	return int(ord), ok
}

// Hold keeps the index open until release is called.
func (f *facts) Hold() (release func(), err error) {
	for n := f.users.Load(); n > 0; n = f.users.Load() {
		if f.users.CompareAndSwap(n, n+1) {
			return f.release, nil
		}
	}
	return nil, errClosed
}

func (f *facts) release() {
	if f.users.Add(-1) == 0 {
		f.done()
	}
}

// close lets go of the index, which closes with done once nobody reads.
func (f *facts) close(done func() error) (err error) {
	f.done = func() error {
		errs := []error{done()}
		for _, t := range f.tables {
			errs = append(errs, t.close())
		}
		err = errors.Join(errs...)
		return err
	}
	f.release()
	return err
}

// Facts are what the documents state: figures, projects, tasks, terms. They can
// be asked until ctx is done or the index is closed.
func (x *Index) Facts(ctx context.Context) (*fact.Facts, error) {
	return x.facts.collection.Facts(ctx), ctx.Err()
}

// Facts are what the documents state, see [Index.Facts]. The generation is held
// until ctx is done, so that all answers come from one.
func (l *Live) Facts(ctx context.Context) (*fact.Facts, error) {
	h := l.acquire()
	if h == nil {
		return nil, errClosed
	}
	if ctx.Done() == nil {
		defer l.release(h) // nobody would let go of it
	} else {
		context.AfterFunc(ctx, func() { l.release(h) })
	}
	return h.index.Facts(ctx)
}
