package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"youju/indexer/bound"
	"youju/report"
)

// Sink takes in documents as they are read.
type Sink interface {
	Add(doc *report.Document) error
}

// File is a file to read, from a disk or from the program itself.
type File struct {
	Path string
	// Size in bytes, for progress.
	Size int64
	Open func() (io.ReadCloser, error)
	// Root is the path that the file was found below; files that describe it
	// are looked for no higher. "" means that there are none.
	Root string
}

// Options for [Index]; the zero value is fine.
type Options struct {
	// Progress is called after each file, and then after each document.
	Progress func(Progress)
	// Known holds the IDs that documents bore before, by content hash, so that
	// re-indexing and added files never rename a document.
	Known map[string]string
	// Reader reads the files; nil is one without options.
	Reader *Reader
	// Previous gives what an earlier run of the same program made of the same
	// bytes, by [Result.Key]; ok is false where there is nothing to take over.
	// It may be nil. Documents it gives are changed.
	Previous func(key string) (results []Earlier, ok bool)
	// Unfinished holds what a run has read that did not come to its end, and
	// what this one reads; nil is none.
	Unfinished Unfinished
}

// Unfinished keeps what is read, so that who is interrupted can go on. Files are
// known by [Result.Key], those in archives too.
type Unfinished interface {
	// Take gives what was kept.
	Take(key string) (Earlier, bool)
	Keep(key string, read Earlier)
}

// Earlier is what an earlier run made of a file, or of a file in an archive.
type Earlier struct {
	// Path is the path of then, Result what was told of it.
	Path, Format, SHA256 string
	// Error and Code are what was told where it was not read.
	Error, Code string
	Documents   []*report.Document
}

// Progress tells how far an indexing run has come.
type Progress struct {
	Files, Done      int
	Bytes, DoneBytes int64
	// Current is the file that was read last.
	Current string
	// Documents is how many documents there are when all files are read, 0
	// before; Added of them have been handed on.
	Documents, Added int
}

// Summary tells what an indexing run found.
type Summary struct {
	Files                      []Result
	Documents, Sections, Items int
	Bytes                      int64
	// Unchanged is the number of files that were taken over without reading them again.
	Unchanged int
	// Resumed is the number of files, also of those in archives, that a run
	// had read that did not come to its end.
	Resumed int
}

// Result tells what became of one file. Err is in the operator's language.
type Result struct {
	Path, Format, SHA256 string
	// Key identifies the file's bytes together with all else that its reading
	// depends on. Archive is the archive that the file came out of, or "".
	Key, Archive string
	Documents    []DocumentResult
	Err          error
	// Copies tells the documents of this file that another file holds too.
	Copies []Copy
	// Unchanged says that the file was not read again.
	Unchanged bool
}

// Code is the reason of Err as a word for programs, "" where the file was read.
func (r Result) Code() string { return string(bound.CodeOf(r.Err)) }

// Copy is a document that is not in the collection because another one says the same.
type Copy struct {
	// ID is the document that was kept, File where it stands.
	ID, File string
	// Share is how much of the shorter text stands in the other one, 1 for an exact copy.
	Share float64
	// ContentHash and Title are the copy's own.
	ContentHash, Title string
}

// DocumentResult describes a document that was added.
type DocumentResult struct {
	ID, ContentHash, Title string
	Sections, Items        int
	Problems               []report.Problem
}

// Index reads the files in order and hands every document to the sink. A file
// that cannot be read is told in the summary and stops nothing; an error means
// that the sink failed or the context ended.
func Index(ctx context.Context, files []File, sink Sink, opts Options) (Summary, error) {
	if opts.Reader == nil {
		opts.Reader = new(Reader)
	}
	c, err := newCollection(opts.Known)
	if err != nil {
		return Summary{}, err
	}
	defer c.close()
	run := &indexing{opts: opts, collection: c}
	p := Progress{Files: len(files)}
	for _, f := range files {
		p.Bytes += f.Size
	}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return run.summary, err
		}
		if err := run.file(ctx, f); err != nil {
			return run.summary, err
		}
		p.Done++
		p.DoneBytes += f.Size
		p.Current = f.Path
		if opts.Progress != nil {
			opts.Progress(p)
		}
	}
	p.Documents = len(c.entries)
	return run.summary, run.settle(ctx, sink, p)
}

// indexing is one run of Index.
type indexing struct {
	opts       Options
	summary    Summary
	collection *collection
}

// file reads one file, or all files of an archive. An error is the context's
// or the temporary folder's: what is wrong with the file stands in the summary.
func (run *indexing) file(ctx context.Context, f File) error {
	data, err := load(f)
	if err != nil {
		run.tell(Result{Path: f.Path, Err: err})
		return nil
	}
	run.summary.Bytes += int64(len(data))
	var meta metadata
	var key string
	packed := false
	err = bound.Guard(func() error {
		meta, packed = describe(f), isArchive(data)
		key = run.opts.Reader.key(data, meta)
		return nil
	})
	if err != nil {
		run.tell(Result{Path: f.Path, Err: err, SHA256: sum(data)})
		return nil
	}
	if taken, err := run.takeOver(f, key); taken || err != nil {
		return err
	}
	reader := run.opts.Reader
	if !packed {
		return run.read(ctx, reader.budget(data), Result{Path: f.Path, Key: key}, data, meta)
	}
	run.tell(Result{Path: f.Path, Key: key, Format: formatZIP, SHA256: sum(data)})
	at, found := len(run.summary.Files)-1, false
	budget := reader.archiveBudget(data)
	err = walkArchive(ctx, budget, f.Path, data, func(name string, data []byte, err error) error {
		found = true
		if err != nil {
			run.tell(Result{Path: name, Archive: f.Path, Err: err})
			return ctx.Err()
		}
		return run.read(ctx, reader.memberBudget(budget, data), Result{Path: name, Archive: f.Path}, data, meta)
	})
	if !found {
		run.summary.Files[at].Err = ErrEmpty
	}
	return err
}

func (run *indexing) tell(res Result) { run.summary.Files = append(run.summary.Files, res) }

// read reads the documents of one file's bytes.
func (run *indexing) read(ctx context.Context, budget *bound.Budget, res Result, data []byte, meta metadata) error {
	res.SHA256 = sum(data)
	key := run.opts.Reader.key(data, meta)
	if taken, err := run.resume(res, key); taken || err != nil {
		return err
	}
	docs, _, err := run.opts.Reader.readWith(ctx, budget, res.Path, data, meta)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if d := detect(data); d != nil {
		res.Format = d.name
	}
	res.Err = err
	for _, d := range docs {
		res.Format = d.Source.Format
	}
	// What failed may have failed for a passing reason.
	if run.opts.Unfinished != nil && err == nil {
		run.opts.Unfinished.Keep(key, Earlier{Path: res.Path, Format: res.Format, SHA256: res.SHA256, Documents: docs})
	}
	run.tell(res)
	return run.collect(docs)
}

// resume uses what an interrupted run has read of the same bytes.
func (run *indexing) resume(res Result, key string) (bool, error) {
	if run.opts.Unfinished == nil {
		return false, nil
	}
	kept, ok := run.opts.Unfinished.Take(key)
	if !ok {
		return false, nil
	}
	res.Format = kept.Format
	for _, d := range kept.Documents {
		d.Source.File = res.Path
	}
	run.tell(res)
	run.summary.Resumed++
	return true, run.collect(kept.Documents)
}

// collect keeps the documents of the file told last until all files are read.
func (run *indexing) collect(docs []*report.Document) error {
	last := len(run.summary.Files) - 1
	for _, d := range docs {
		err := bound.Guard(func() error { return run.collection.add(d, last) })
		if bound.CodeOf(err) == bound.Panic {
			run.summary.Files[last].Err = err
			continue
		}
		if err != nil {
			return fmt.Errorf("keeping the documents of %q: %w", d.Source.File, err)
		}
	}
	return nil
}

// takeOver uses what an earlier run made of the same bytes.
func (run *indexing) takeOver(f File, key string) (bool, error) {
	if run.opts.Previous == nil {
		return false, nil
	}
	earlier, ok := run.opts.Previous(key)
	if !ok || len(earlier) == 0 {
		return false, nil
	}
	first := earlier[0].Path
	for i, e := range earlier {
		name := f.Path + strings.TrimPrefix(e.Path, first)
		res := Result{Path: name, Format: e.Format, SHA256: e.SHA256, Unchanged: true}
		if i == 0 {
			res.Key = key
		} else {
			res.Archive = f.Path
		}
		if e.Error != "" {
			res.Err = bound.Fail(bound.Code(e.Code), e.Error)
		}
		run.tell(res)
		for _, d := range e.Documents {
			d.Source.File = name
		}
		if err := run.collect(e.Documents); err != nil {
			return true, err
		}
	}
	run.summary.Unchanged++
	return true, nil
}

// settle decides which documents are copies, names the others and hands them to the sink.
func (run *indexing) settle(ctx context.Context, sink Sink, p Progress) error {
	if err := run.collection.settle(); err != nil {
		return fmt.Errorf("keeping documents: %w", err)
	}
	for i := range run.collection.entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if p.Added = i; run.opts.Progress != nil {
			run.opts.Progress(p)
		}
		e := &run.collection.entries[i]
		d, err := run.collection.document(e)
		if err != nil {
			return fmt.Errorf("taking back a kept document: %w", err)
		}
		res := &run.summary.Files[e.file]
		if k := e.copyOf; k != nil {
			res.Copies = append(res.Copies, Copy{ID: k.id, File: run.summary.Files[k.file].Path, Share: e.share, ContentHash: e.hash, Title: d.Title})
			continue
		}
		setID(d, e.id)
		if err := sink.Add(d); err != nil {
			return fmt.Errorf("adding %q: %w", e.id, err)
		}
		res.Documents = append(res.Documents, DocumentResult{e.id, e.hash, d.Title, len(d.Sections), len(d.Items), d.Problems})
		run.summary.Documents++
		run.summary.Sections += len(d.Sections)
		run.summary.Items += len(d.Items)
	}
	return nil
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
