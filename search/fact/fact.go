// Package fact holds what the documents of a collection state, gathered by
// what it is about: the figures of an indicator, the mentions of a project,
// the tasks of a unit, the terms that are defined. It is computed from the
// indexed documents alone and every record leads back to the item that says
// it. Nothing here is judged: a statement is quoted, dated and linked.
//
// A collection may be larger than memory. Each subject has a row that says
// where it is spoken of and what lists show of it; rows are read where they
// stand, and the items they lead to only when somebody asks for their words.
package fact

import (
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

	// issuer is the place it speaks for, an index into the collection's places.
	issuer int
}

// Passage is an item that states something, with its document.
type Passage struct {
	Document *Document
	Item     *report.Item
}

// Statement is one figure where it stands.
type Statement struct {
	Passage *Passage
	// About is the facet value of the place it is about.
	About string
	report.Figure

	at ref
}

// Mention is one mention of a project, a company or a park where it stands.
type Mention struct {
	Passage *Passage
	report.Mention
}

// Task is an item that names who answers for it.
type Task struct {
	Passage *Passage
	report.Duty
	// Text is the item's text.
	Text string
}

// Definition is an entry of a document's own glossary.
type Definition struct {
	Passage *Passage
	Text    string
}

// Entry is an item of a livelihood or policy list.
type Entry struct {
	Passage *Passage
	Text    string
	Figures []report.Figure
}

// ref leads to a statement or mention: which one of which item.
type ref struct{ item, index int }
