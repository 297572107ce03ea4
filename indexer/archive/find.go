package archive

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"youju/indexer/bound"
)

// ErrNotFound says that an archive has no such entry.
var ErrNotFound = errors.New("压缩包内没有这个文件")

// Find gives the entries with a path and a size to f, one after the other,
// until f takes one and returns nil. The path is as [Entry] has it; more than
// one entry may have it. Only what lies on the way is expanded, within limits
// and budget, and no longer than ctx lasts. It returns [ErrNotFound] where f takes none.
func Find(ctx context.Context, budget *bound.Budget, r io.ReaderAt, length int64, path string, size int64, limits Limits, f func(io.Reader) error) error {
	s := find{walk: walk{ctx: ctx, budget: budget, limits: limits}, size: size, f: f}
	return s.in(r, length, path, 1)
}

// Has says whether an archive may have an entry with a path and a size, by its
// directory alone: of archives within it only the names count.
func Has(r io.ReaderAt, length int64, path string, size int64) bool {
	z, err := zip.NewReader(r, length)
	if err != nil {
		return false
	}
	for _, file := range z.File {
		name := entryName(file)
		if name == path && file.UncompressedSize64 == uint64(size) || strings.HasPrefix(path, name+"/") && !file.FileInfo().IsDir() {
			return true
		}
	}
	return false
}

type find struct {
	walk
	size int64
	f    func(io.Reader) error
}

func (s *find) in(r io.ReaderAt, length int64, path string, depth int) error {
	if depth > s.limits.Depth {
		return ErrNotFound
	}
	z, err := zip.NewReader(r, length)
	if err != nil {
		return ErrFormat
	}
	for _, file := range z.File {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		name := entryName(file)
		err := ErrNotFound
		switch {
		case file.FileInfo().IsDir():
		case name == path:
			err = s.entry(file)
		case strings.HasPrefix(path, name+"/"):
			err = s.nested(file, strings.TrimPrefix(path, name+"/"), depth)
		}
		if err == nil || s.ctx.Err() != nil {
			return err
		}
	}
	return ErrNotFound
}

// entry gives an entry to f if its size is the one that is sought: one that
// lies about it fails while it is read.
func (s *find) entry(file *zip.File) error {
	if file.UncompressedSize64 != uint64(s.size) || s.size > bound.Largest(file, s.limits.File) || file.Flags&1 != 0 {
		return ErrNotFound
	}
	r, err := file.Open()
	if err != nil {
		return ErrFormat
	}
	defer r.Close()
	work, done := s.budget.Begin(s.ctx)
	defer done()
	return s.f(withContext{s.ctx, work.Bounded(r, s.size+1)})
}

func (s *find) nested(file *zip.File, path string, depth int) error {
	data, err := s.expand(file)
	if err != nil {
		return err
	}
	return s.in(bytes.NewReader(data), int64(len(data)), path, depth+1)
}

// withContext reads no longer than its context lasts.
type withContext struct {
	ctx context.Context
	r   io.Reader
}

func (r withContext) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(b)
}
