package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"youju/indexer"
	"youju/indexer/archive"
	"youju/report"
	"youju/search"
	"youju/search/bleve"
	"youju/web"
)

// originals gives the files that the manifest lists, and no others: they are
// looked up by their content's hash, and sent only while they still have it.
type originals struct {
	dir string
	// members keeps what was taken out of archives; nil takes nothing out.
	members *memberCache
	mu      sync.Mutex
	// generation is the one that the maps below describe.
	generation string
	bySum      map[string]bleve.Source
	copies     map[string][]web.SourceCopy
	// verified holds the files whose content was as it should be.
	verified map[string]seenFile
}

// seenFile is what a file looked like from outside.
type seenFile struct {
	size     int64
	modified time.Time
}

// newOriginals gives the originals of the index in dir.
func newOriginals(dir string, members *memberCache) *originals {
	return &originals{dir: dir, members: members, verified: map[string]seenFile{}}
}

// manifest brings the maps up to the generation that is served.
func (o *originals) manifest() error {
	current, err := os.ReadFile(filepath.Join(o.dir, "CURRENT"))
	if err != nil {
		return fmt.Errorf("reading the current generation: %w", err)
	}
	if o.generation == string(current) {
		return nil
	}
	m, err := bleve.ReadManifest(o.dir)
	if err != nil {
		return err
	}
	o.generation, o.bySum, o.copies = string(current), map[string]bleve.Source{}, map[string][]web.SourceCopy{}
	for _, s := range m.Sources {
		if len(s.Documents) > 0 {
			o.bySum[s.SHA256] = s
		}
		for _, c := range s.Copies {
			o.copies[c.ID] = append(o.copies[c.ID], web.SourceCopy{File: s.Path, Share: c.Share})
		}
	}
	return nil
}

// Copies lists the files that were left out for a document.
func (o *originals) Copies(_ context.Context, id string) ([]web.SourceCopy, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.manifest(); err != nil {
		return nil, err
	}
	return o.copies[id], nil
}

// source finds the file of a document in the manifest.
func (o *originals) source(doc *report.Document) (bleve.Source, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.manifest(); err != nil {
		return bleve.Source{}, err
	}
	s, ok := o.bySum[doc.Source.SHA256]
	if !ok {
		return s, search.ErrNotFound
	}
	return s, nil
}

func memberOf(s bleve.Source, size int64) indexer.Member {
	return indexer.Member{Archive: s.Archive, Name: strings.TrimPrefix(filepath.ToSlash(strings.TrimPrefix(s.Path, s.Archive)), "/"), Size: size}
}

// Size is the size of a document's file, as far as it shows from outside that
// the file is still the same.
func (o *originals) Size(_ context.Context, doc *report.Document) (int64, error) {
	s, err := o.source(doc)
	if err != nil {
		return 0, err
	}
	if s.Archive != "" {
		if !memberOf(s, doc.Source.Size).Exists() {
			return 0, search.ErrNotFound
		}
		return doc.Source.Size, nil
	}
	info, err := os.Stat(s.Path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != doc.Source.Size {
		return 0, errors.Join(search.ErrNotFound, err)
	}
	return info.Size(), nil
}

// Original opens the file of a document.
func (o *originals) Original(ctx context.Context, doc *report.Document) (io.ReadSeekCloser, error) {
	s, err := o.source(doc)
	if err != nil {
		return nil, err
	}
	if s.Archive != "" {
		return o.openMember(ctx, s, doc.Source.Size)
	}
	f, err := os.Open(s.Path)
	if err != nil {
		return nil, errors.Join(search.ErrNotFound, err)
	}
	if err := o.verify(ctx, f, s.SHA256); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// settled is how long ago a file must have been written for its time to tell
// that it is still the same.
const settled = 2 * time.Second

// maxVerified is how many files are remembered.
const maxVerified = 10_000

// verify reads a file to see that it is the one with the hash. One that has
// not been written to since the last time is not read again.
func (o *originals) verify(ctx context.Context, f *os.File, sum string) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return search.ErrNotFound
	}
	key, seen := f.Name()+"\x00"+sum, seenFile{info.Size(), info.ModTime()}
	o.mu.Lock()
	known := o.verified[key] == seen
	o.mu.Unlock()
	if known {
		return nil
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, io.NewSectionReader(patient{ctx, f}, 0, info.Size()+1)); err != nil {
		return err
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return search.ErrNotFound
	}
	if time.Since(info.ModTime()) > settled {
		o.mu.Lock()
		defer o.mu.Unlock()
		if len(o.verified) >= maxVerified {
			clear(o.verified)
		}
		o.verified[key] = seen
	}
	return nil
}

// patient reads no longer than a context lasts.
type patient struct {
	ctx context.Context
	io.ReaderAt
}

func (p patient) ReadAt(b []byte, at int64) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.ReaderAt.ReadAt(b, at)
}

// openMember takes a file out of its archive again, or finds it where that was done.
func (o *originals) openMember(ctx context.Context, s bleve.Source, size int64) (io.ReadSeekCloser, error) {
	if o.members == nil {
		return nil, search.ErrNotFound
	}
	m := memberOf(s, size)
	if !m.Exists() {
		return nil, search.ErrNotFound
	}
	f, err := o.members.open(ctx, s.SHA256, size, m.Read)
	if errors.Is(err, archive.ErrNotFound) || errors.Is(err, archive.ErrFormat) {
		err = errors.Join(search.ErrNotFound, err)
	}
	if err != nil {
		return nil, err // not a nil file in an interface that is none
	}
	return f, nil
}

// isFeedbackURL says that an address may stand behind a link.
func isFeedbackURL(s string) bool {
	return s == "" || strings.HasPrefix(s, "mailto:") || isWebAddress(s)
}

func isWebAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}
