package indexer

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"

	"youju/report"
)

// collection holds what is read until all files are, since only then is it
// known which of two copies is better and which document an ID belongs to. The
// documents themselves wait in a temporary file.
type collection struct {
	known   map[string]string
	entries []entry
	spool   *os.File
	buffer  *bufio.Writer
	size    int64
}

// entry is a document that waits.
type entry struct {
	// file is the file's place in the summary.
	file       int
	hash, base string
	offset     int64
	length     int
	sketch     sketch
	kind       report.Kind
	place      string
	year       int
	rank       int
	// id is the name it gets; copyOf is the one that says the same, if it is not kept.
	id     string
	copyOf *entry
	share  float64
}

func newCollection(known map[string]string) (*collection, error) {
	c := &collection{known: known}
	f, err := os.CreateTemp("", "youju-documents-")
	if err != nil {
		return nil, err
	}
	c.spool, c.buffer = f, bufio.NewWriterSize(f, 1<<18)
	return c, nil
}

func (c *collection) close() {
	c.spool.Close()
	os.Remove(c.spool.Name())
}

// add puts a document aside.
func (c *collection) add(d *report.Document, file int) error {
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	e := entry{
		file: file, hash: contentHash(d), base: documentID(d), offset: c.size, length: len(data),
		sketch: newSketch(d), kind: d.Kind, place: d.Place.Code, year: d.Year, rank: rank(d),
	}
	if _, err := c.buffer.Write(data); err != nil {
		return err
	}
	c.entries = append(c.entries, e)
	c.size += int64(len(data))
	return nil
}

// document takes a document back.
func (c *collection) document(e *entry) (*report.Document, error) {
	data := make([]byte, e.length)
	if _, err := c.spool.ReadAt(data, e.offset); err != nil {
		return nil, err
	}
	d := new(report.Document)
	return d, json.Unmarshal(data, d)
}

// settle finds the copies and gives the others their IDs: the one they bore
// before, the one a copy of theirs bore, or a free one.
func (c *collection) settle() error {
	if err := c.buffer.Flush(); err != nil {
		return err
	}
	groups := c.groups()
	taken := map[string]bool{}
	var unnamed []*entry
	for _, g := range groups {
		best := g[0]
		for _, e := range g[1:] {
			if id := c.known[e.hash]; c.known[best.hash] == "" && id != "" && best.id == "" {
				best.id = id
			}
		}
		if id := c.known[best.hash]; id != "" {
			best.id = id
		}
		if best.id != "" && !taken[best.id] {
			taken[best.id] = true
			continue
		}
		best.id = ""
		unnamed = append(unnamed, best)
	}
	// What is new takes the ID of its place, year and kind, unless the document
	// that bore it is still here: a corrected report replaces the old one.
	for _, e := range unnamed {
		e.id = e.base
		if taken[e.id] {
			e.id = e.base + "-" + e.hash[:8]
		}
		taken[e.id] = true
	}
	return nil
}

// groups puts the documents together that say the same, best first; the groups
// stand in the order of the files.
func (c *collection) groups() [][]*entry {
	var out [][]*entry
	at := map[*entry]int{}
	byHash := map[string]*entry{}
	index := newSketchIndex()
	for i := range c.entries {
		e := &c.entries[i]
		same, share := byHash[e.hash], 1.0
		if same == nil {
			same, share = index.find(e)
		}
		if same == nil {
			at[e] = len(out)
			out = append(out, []*entry{e})
			byHash[e.hash] = e
			index.add(e)
			continue
		}
		e.share = share
		g := at[same]
		out[g] = append(out[g], e)
		at[e] = g
		if byHash[e.hash] == nil {
			byHash[e.hash] = e
			index.add(e)
		}
	}
	for _, g := range out {
		slices.SortStableFunc(g, func(a, b *entry) int { return b.rank - a.rank })
		for _, e := range g[1:] {
			e.copyOf = g[0]
			if e.share == 0 {
				// It came first, and the better one was measured against it.
				e.share = g[0].share
			}
		}
		g[0].copyOf, g[0].share = nil, 0
	}
	return out
}

// rank says which of two copies is the better one: what the author wrote
// before what was printed, a whole text before one that lacks something.
func rank(d *report.Document) int {
	r := map[string]int{formatDOCX: 6, formatDOC: 5, formatText: 4, formatMarkdown: 4, formatHTML: 3, formatOFD: 2, formatPDF: 1}[d.Source.Format]
	if d.Source.Digest != "" {
		r -= 100
	}
	return r - 10*len(d.Source.Missing) - len(d.Problems)
}
