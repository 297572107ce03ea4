package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

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
}

// Options for [Index]; the zero value is fine.
type Options struct {
	// Progress is called after each file.
	Progress func(Progress)
	// Known holds the IDs that documents bore before, by content hash, so that
	// re-indexing and added files never rename a document.
	Known map[string]string
}

// Progress tells how far an indexing run has come.
type Progress struct {
	Files, Done      int
	Bytes, DoneBytes int64
	// Current is the file that was read last.
	Current string
}

// Summary tells what an indexing run found.
type Summary struct {
	Files                      []Result
	Documents, Sections, Items int
	Bytes                      int64
}

// Result tells what became of one file. Err is in the operator's language.
type Result struct {
	Path, Format, SHA256 string
	Documents            []DocumentResult
	Err                  error
	// Copies names documents of this file that are in the collection already.
	Copies []string
}

// DocumentResult describes a document that was added.
type DocumentResult struct {
	ID, ContentHash, Title string
	Sections, Items        int
	Problems               []report.Problem
}

// ErrNoFiles says that a path holds nothing that could be read.
var ErrNoFiles = errors.New("没有找到可以读取的文件")

// extensions are the kinds of file picked from a folder; a file named itself is always tried.
var extensions = []string{".txt", ".md", ".markdown", ".html", ".htm"}

// Find lists the files at paths: folders are walked, hidden files and folders
// left out. What cannot be read comes back as a Result with its reason.
func Find(paths []string) (files []File, bad []Result) {
	seen := map[string]bool{}
	for _, p := range paths {
		err := filepath.WalkDir(p, func(name string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				bad = append(bad, Result{Path: name, Err: pathError(err)})
				if e != nil && e.IsDir() {
					return fs.SkipDir
				}
				return nil
			case e.IsDir():
				if name != p && strings.HasPrefix(e.Name(), ".") {
					return fs.SkipDir
				}
				return nil
			case name != p && (strings.HasPrefix(e.Name(), ".") || !wanted(name)):
				return nil
			}
			info, err := os.Stat(name)
			if err != nil {
				bad = append(bad, Result{Path: name, Err: pathError(err)})
				return nil
			}
			if !info.Mode().IsRegular() || seen[filepath.Clean(name)] {
				return nil
			}
			seen[filepath.Clean(name)] = true
			files = append(files, File{Path: name, Size: info.Size(), Open: func() (io.ReadCloser, error) { return os.Open(name) }})
			return nil
		})
		if err != nil {
			bad = append(bad, Result{Path: p, Err: pathError(err)})
		}
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, bad
}

func wanted(name string) bool {
	return slices.Contains(extensions, strings.ToLower(filepath.Ext(name)))
}

// pathError says in Chinese why a path cannot be read.
func pathError(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("路径不存在")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("没有读取权限")
	}
	return fmt.Errorf("无法读取：%w", err)
}

// FindFS lists the files below root in a file system of the program itself.
func FindFS(fsys fs.FS, root string) ([]File, error) {
	var files []File
	err := fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !slices.Contains(extensions, strings.ToLower(path.Ext(name))) {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		files = append(files, File{Path: name, Size: info.Size(), Open: func() (io.ReadCloser, error) { return fsys.Open(name) }})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing the files of %q: %w", root, err)
	}
	return files, nil
}

// Index reads the files in order and hands every document to the sink. A file
// that cannot be read is told in the summary and stops nothing; an error means
// that the sink failed or the context ended.
func Index(ctx context.Context, files []File, sink Sink, opts Options) (Summary, error) {
	run := newIndexing(sink, opts)
	p := Progress{Files: len(files)}
	for _, f := range files {
		p.Bytes += f.Size
	}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return run.summary, err
		}
		res, err := run.file(f)
		run.summary.Files = append(run.summary.Files, res)
		if err != nil {
			return run.summary, err
		}
		p.Done++
		p.DoneBytes += f.Size
		p.Current = f.Path
		if opts.Progress != nil {
			opts.Progress(p)
		}
	}
	return run.summary, run.settle()
}

// indexing is one run of Index.
type indexing struct {
	sink    Sink
	opts    Options
	summary Summary
	// ids holds the IDs given, hashes a content hash's ID.
	ids    map[string]bool
	hashes map[string]string
	// reserved holds the IDs that other documents bore before; waiting are the
	// documents that would take one, until it is known whether its owner is still there.
	reserved map[string]bool
	waiting  []waiting
}

// waiting is a document whose ID is settled when all files are read.
type waiting struct {
	doc  *report.Document
	hash string
	// file and entry say where in the summary it is told.
	file, entry int
}

func newIndexing(sink Sink, opts Options) *indexing {
	run := &indexing{sink: sink, opts: opts, ids: map[string]bool{}, hashes: map[string]string{}, reserved: map[string]bool{}}
	for _, id := range opts.Known {
		run.reserved[id] = true
	}
	return run
}

func (run *indexing) file(f File) (Result, error) {
	res := Result{Path: f.Path}
	data, err := load(f)
	if err != nil {
		res.Err = err
		return res, nil
	}
	sum := sha256.Sum256(data)
	res.SHA256 = hex.EncodeToString(sum[:])
	run.summary.Bytes += int64(len(data))
	docs, err := Read(f.Path, data)
	if err != nil {
		res.Err = err
		return res, nil
	}
	for _, d := range docs {
		res.Format = d.Source.Format
		hash := contentHash(d)
		if id, ok := run.hashes[hash]; ok {
			res.Copies = append(res.Copies, id)
			continue
		}
		res.Documents = append(res.Documents, DocumentResult{"", hash, d.Title, len(d.Sections), len(d.Items), d.Problems})
		entry := &res.Documents[len(res.Documents)-1]
		known, ok := run.opts.Known[hash]
		switch {
		case ok && !run.ids[known]:
			entry.ID = known
		case run.reserved[d.ID]:
			run.hashes[hash] = d.ID
			run.waiting = append(run.waiting, waiting{d, hash, len(run.summary.Files), len(res.Documents) - 1})
			continue
		default:
			entry.ID = run.free(d.ID, hash)
		}
		if err := run.add(d, entry.ID, hash); err != nil {
			return res, err
		}
	}
	return res, nil
}

// settle names the documents that waited: with the ID of a document that is
// gone, which they replace, or with one of their own.
func (run *indexing) settle() error {
	for _, w := range run.waiting {
		id := run.free(w.doc.ID, w.hash)
		run.summary.Files[w.file].Documents[w.entry].ID = id
		if err := run.add(w.doc, id, w.hash); err != nil {
			return err
		}
	}
	return nil
}

// free is the ID itself, or with a piece of the content's hash where another document holds it.
func (run *indexing) free(id, hash string) string {
	if run.ids[id] {
		return id + "-" + hash[:8]
	}
	return id
}

func (run *indexing) add(d *report.Document, id, hash string) error {
	setID(d, id)
	run.ids[id], run.hashes[hash] = true, id
	if err := run.sink.Add(d); err != nil {
		return fmt.Errorf("adding %q: %w", id, err)
	}
	run.summary.Documents++
	run.summary.Sections += len(d.Sections)
	run.summary.Items += len(d.Items)
	return nil
}

// load reads a whole file, up to MaxFileSize.
func load(f File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, pathError(err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, MaxFileSize+1))
	if err != nil {
		return nil, pathError(err)
	}
	if len(data) > MaxFileSize {
		return nil, ErrTooLarge
	}
	return data, nil
}
