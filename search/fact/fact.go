// Package fact holds what the documents of a collection state, gathered by
// what it is about: the figures of an indicator, the mentions of a project,
// the tasks of a unit, the terms that are defined. It is computed from the
// indexed documents alone and every record leads back to the item that says
// it. Nothing here is judged: a statement is quoted, dated and linked.
package fact

import (
	"encoding/gob"
	"fmt"
	"io"

	"youju/report"
)

// Document is what the records need of a document.
type Document struct {
	ID, Title string
	Kind      report.Kind
	Place     report.Place
	Year      int
	Date      string
	// Characters is the length of its items, white space left out.
	Characters int
}

// Passage is an item that states something.
type Passage struct {
	// Document is an index into Facts.Documents.
	Document  uint32
	ID        string
	Path      []string
	Number    string
	Heading   string
	Part      report.Part
	Claim     report.Claim
	AboutYear int
	Topics    []string
	// Places are the counties and zones the item names.
	Places []string
}

// Statement is one figure where it stands.
type Statement struct {
	// Passage is an index into Facts.Passages.
	Passage uint32
	report.Figure
}

// Mention is one mention of a project, a company or a park where it stands.
type Mention struct {
	Passage uint32
	report.Mention
}

// Task is an item that names who answers for it.
type Task struct {
	Passage uint32
	report.Duty
	// Text is the item's text.
	Text string
}

// Definition is an entry of a document's own glossary.
type Definition struct {
	Passage uint32
	Term    string
	Text    string
}

// Entry is an item of a livelihood or policy list.
type Entry struct {
	Passage uint32
	Text    string
	Figures []report.Figure
}

// Facts are all records of a collection, in the order of its documents. They
// are not changed after they are made; what is gathered from them is gathered
// when it is first asked for.
type Facts struct {
	Documents   []Document
	Passages    []Passage
	Statements  []Statement
	Mentions    []Mention
	Tasks       []Task
	Definitions []Definition
	Entries     []Entry

	indicators lazy[*figureIndex]
	lists      lazy[[]List]
	units      lazy[unitIndex]
	projects   lazy[projectIndex]
	terms      lazy[[]*Term]
}

// DocumentOf is the document a passage stands in.
func (f *Facts) DocumentOf(passage uint32) *Document {
	return &f.Documents[f.Passages[passage].Document]
}

// WriteTo writes the facts for [Read].
func (f *Facts) WriteTo(w io.Writer) (int64, error) {
	n := &counter{w: w}
	err := gob.NewEncoder(n).Encode(f)
	return n.n, err
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// Read reads what WriteTo wrote and makes sure that no reference leads outside.
func Read(r io.Reader) (*Facts, error) {
	f := new(Facts)
	if err := gob.NewDecoder(r).Decode(f); err != nil {
		return nil, fmt.Errorf("reading facts: %w", err)
	}
	if !f.sound() {
		return nil, fmt.Errorf("facts do not fit together")
	}
	return f, nil
}

func (f *Facts) sound() bool {
	for i := range f.Passages {
		if int(f.Passages[i].Document) >= len(f.Documents) {
			return false
		}
	}
	within := func(passage uint32) bool { return int(passage) < len(f.Passages) }
	return all(f.Statements, func(s *Statement) bool { return within(s.Passage) }) &&
		all(f.Mentions, func(m *Mention) bool { return within(m.Passage) }) &&
		all(f.Tasks, func(t *Task) bool { return within(t.Passage) }) &&
		all(f.Definitions, func(d *Definition) bool { return within(d.Passage) }) &&
		all(f.Entries, func(e *Entry) bool { return within(e.Passage) })
}

func all[T any](list []T, ok func(*T) bool) bool {
	for i := range list {
		if !ok(&list[i]) {
			return false
		}
	}
	return true
}
