package main

import (
	"bytes"
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

	"youju/indexer"
	"youju/report"
	"youju/search"
	"youju/search/bleve"
	"youju/web"
)

// originals gives the files that the manifest lists, and no others: they are
// looked up by their content's hash, and sent only while they still have it.
type originals struct {
	dir string
	mu  sync.Mutex
	// generation is the one that the maps below describe.
	generation string
	bySum      map[string]bleve.Source
	copies     map[string][]web.SourceCopy
}

func newOriginals(dir string) *originals { return &originals{dir: dir} }

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

// Original opens the file of a document.
func (o *originals) Original(_ context.Context, doc *report.Document) (io.ReadSeekCloser, error) {
	o.mu.Lock()
	err := o.manifest()
	s, ok := o.bySum[doc.Source.SHA256]
	o.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, search.ErrNotFound
	}
	if s.Archive != "" {
		return openMember(s)
	}
	f, err := os.Open(s.Path)
	if err != nil {
		return nil, errors.Join(search.ErrNotFound, err)
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil || hex.EncodeToString(hash.Sum(nil)) != s.SHA256 {
		f.Close()
		return nil, errors.Join(search.ErrNotFound, err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// openMember takes a file out of its archive again.
func openMember(s bleve.Source) (io.ReadSeekCloser, error) {
	data, err := indexer.Member(s.Archive, strings.TrimPrefix(s.Path, s.Archive+"/"), s.SHA256)
	if err != nil {
		return nil, errors.Join(search.ErrNotFound, err)
	}
	return inMemory{bytes.NewReader(data)}, nil
}

// inMemory is a file that needs no closing.
type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// isFeedbackURL says that an address may stand behind a link.
func isFeedbackURL(s string) bool {
	return s == "" || strings.HasPrefix(s, "mailto:") || isWebAddress(s)
}

func isWebAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}
