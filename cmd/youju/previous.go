package main

import (
	"context"
	"time"

	"youju/indexer"
	"youju/search/bleve"
)

// previous is the index of today as a source of what need not be read again.
type previous struct {
	ctx   context.Context
	index *bleve.Index
	// files holds a file, and the files of an archive behind it, by key.
	files map[string][]bleve.Source
}

// openPrevious opens the index of today; nil where there is none that can be used.
func openPrevious(ctx context.Context, dir string) *previous {
	index, err := bleve.Open(dir)
	if err != nil {
		return nil
	}
	p := &previous{ctx: ctx, index: index, files: map[string][]bleve.Source{}}
	members := map[string][]bleve.Source{}
	for _, s := range index.Manifest().Sources {
		if s.Archive != "" {
			members[s.Archive] = append(members[s.Archive], s)
		}
	}
	for _, s := range index.Manifest().Sources {
		if s.Key == "" || s.Archive != "" {
			continue
		}
		group := append([]bleve.Source{s}, members[s.Path]...)
		if _, twice := p.files[s.Key]; !twice && whole(group) {
			p.files[s.Key] = group
		}
	}
	return p
}

// whole says that all a file held is in the index. What was left out as a copy
// is not, and what failed may have failed for a passing reason.
func whole(group []bleve.Source) bool {
	for _, s := range group {
		if len(s.Copies) > 0 || s.Error != "" {
			return false
		}
	}
	return true
}

func (p *previous) close() { p.index.Close() }

// take gives what the index holds of a file; see [indexer.Options].
func (p *previous) take(key string) ([]indexer.Earlier, bool) {
	var out []indexer.Earlier
	for _, s := range p.files[key] {
		e := indexer.Earlier{Path: s.Path, Format: s.Format, SHA256: s.SHA256, Error: s.Error, Code: s.Code}
		for _, d := range s.Documents {
			doc, err := p.index.Document(p.ctx, d.ID)
			if err != nil || doc == nil {
				return nil, false
			}
			e.Documents = append(e.Documents, doc)
		}
		out = append(out, e)
	}
	return out, len(out) > 0
}

// memory is what the index of today knows of documents, by the hash of their
// content: the ID they bear, so that links to them go on working, and when they
// came into the collection.
type memory struct {
	ids     map[string]string
	entered map[string]time.Time
}

// recall asks the index of today; another version of the program may have built it.
func recall(dir string) memory {
	known := memory{map[string]string{}, map[string]time.Time{}}
	m, err := bleve.RecallManifest(dir)
	if err != nil {
		return known
	}
	entered := m.Info().Entered
	for _, source := range m.Sources {
		for _, doc := range source.Documents {
			known.ids[doc.ContentHash], known.entered[doc.ContentHash] = doc.ID, entered[doc.ID]
		}
		for _, c := range source.Copies {
			// Should the copy be all that is left, it takes over the ID.
			known.ids[c.ContentHash] = c.ID
			if at, ok := entered[c.ID]; ok {
				known.entered[c.ContentHash] = at
			}
		}
	}
	return known
}

// entry is when content came into the collection: now, where it was not there.
func (m memory) entry(hash string, now time.Time) time.Time {
	if at, ok := m.entered[hash]; ok {
		return at
	}
	return now
}
