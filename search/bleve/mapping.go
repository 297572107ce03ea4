package bleve

import (
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"youju/report"
)

// The fields of the index. What a page shows of an item is in one of them, so
// that everything shown can be found.
const (
	fieldText  = "text"  // the item's running text
	fieldHead  = "head"  // its own heading and the headings above it
	fieldTitle = "title" // the document's title and number
	fieldDuty  = "duty"  // leaders, lead and support units
)

// field is a searchable field with its weight and how it is filled.
type field struct {
	name   string
	weight float64
	values func(doc *report.Document, it *report.Item) []string
}

// fields lists the searchable fields. All ranking weights stand here:
// a word in a heading says what the whole item is about, so it counts three
// times; units and leaders count a little less than the text, since every task
// names many, and whoever types a unit's name has it as a context; a title is the same for all items of a
// document, so it must find them but hardly rank them.
var fields = []field{
	{fieldText, 1.0, func(_ *report.Document, it *report.Item) []string { return []string{it.Text} }},
	{fieldHead, 3.0, func(_ *report.Document, it *report.Item) []string { return append([]string{it.Heading}, it.Path...) }},
	{fieldTitle, 0.5, func(doc *report.Document, _ *report.Item) []string { return []string{doc.Title, doc.Number} }},
	{fieldDuty, 0.7, func(_ *report.Document, it *report.Item) []string {
		units := append([]string{}, it.Duty.LeadUnits...)
		return append(append(units, it.Duty.SupportUnits...), it.Duty.Leaders...)
	}},
}

// exactBoost lifts an item that holds a word of several as written above those
// that hold its pieces only.
const exactBoost = 4.0

// enough is the number of exact hits from which nothing looser is tried: a
// first screen. Below it the same words in another order or further apart are
// shown too, after the exact ones.
const enough = 10

// few is the number of items below which such are shown too that hold only
// most of the query.
const few = 5

// newMapping says how the fields are indexed: by our analyzer, with positions
// for phrases, and neither stored nor in columns: texts are kept beside the
// index and facets in our own columns.
func newMapping() mapping.IndexMapping {
	doc := mapping.NewDocumentStaticMapping()
	for _, f := range fields {
		fm := mapping.NewTextFieldMapping()
		fm.Analyzer = analyzerName
		fm.Store = false
		fm.DocValues = false
		fm.IncludeInAll = false
		fm.IncludeTermVectors = true
		doc.AddFieldMappingsAt(f.name, fm)
	}
	doc.AddSubDocumentMapping("_all", mapping.NewDocumentDisabledMapping())
	m := mapping.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = analyzerName
	m.ScoringModel = index.BM25Scoring
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	return m
}
