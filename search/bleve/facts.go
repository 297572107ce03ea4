package bleve

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"youju/search/fact"
)

// facts are read when they are first asked for: whoever only searches does not
// pay for them. The file is held open, so that it can be read after its
// generation was replaced.
type facts struct {
	file *os.File
	once sync.Once
	read *fact.Facts
	err  error
}

// writeFacts writes what the documents state beside the index.
func (b *Builder) writeFacts() (err error) {
	file, err := os.Create(filepath.Join(b.path, factsFile))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	buf := bufio.NewWriterSize(file, 1<<16)
	if _, err := b.facts.Facts().WriteTo(buf); err != nil {
		return err
	}
	return buf.Flush()
}

func (x *Index) openFacts(path string) (err error) {
	x.facts.file, err = os.Open(filepath.Join(path, factsFile))
	return err
}

// Facts are what the documents state: figures, projects, tasks, terms.
func (x *Index) Facts(ctx context.Context) (*fact.Facts, error) {
	f := &x.facts
	f.once.Do(func() {
		info, err := f.file.Stat()
		if err != nil {
			f.err = err
			return
		}
		f.read, f.err = fact.Read(bufio.NewReaderSize(io.NewSectionReader(f.file, 0, info.Size()), 1<<16))
		if f.err == nil && len(f.read.Documents) != x.manifest.Documents {
			f.err = fmt.Errorf("facts of %d documents, manifest says %d", len(f.read.Documents), x.manifest.Documents)
		}
	})
	if f.err != nil {
		return nil, f.err
	}
	return f.read, ctx.Err()
}

// Facts are what the documents state, see [Index.Facts].
func (l *Live) Facts(ctx context.Context) (*fact.Facts, error) {
	h := l.acquire()
	if h == nil {
		return nil, errClosed
	}
	defer l.release(h)
	return h.index.Facts(ctx)
}
