package bleve

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"

	"youju/search"
)

// The fields of the segments. What a page shows of an item is in one of them,
// so that everything shown can be found.
const (
	termText    = "text"    // an item's running text
	termHeading = "heading" // its own heading
	termDuty    = "duty"    // leaders, lead and support units
	termPath    = "path"    // the headings above a group of items
	termTitle   = "title"   // a document's title and number
)

// manyTimes are the fields with the terms that stand so many times in a text.
var manyTimes = [...]struct {
	name  string
	times int
}{{"text2", 2}, {"text3", 3}, {"text5", 5}}

// The fields of the segments in the order of their names, with the fields of
// entries that they are made of.
var (
	itemFields = []segmentField{
		{termDuty, entryDuty, 1}, {termHeading, entryHeading, 1}, {termText, entryText, 1},
		{manyTimes[0].name, entryText, manyTimes[0].times},
		{manyTimes[1].name, entryText, manyTimes[1].times},
		{manyTimes[2].name, entryText, manyTimes[2].times},
	}
	groupFields    = []segmentField{{termPath, 0, 1}}
	documentFields = []segmentField{{termTitle, 0, 1}}
)

// The fields of an item's entry, in their order.
const (
	entryText = iota
	entryHeading
	entryDuty
)

// pairs is bleve's filter for writing without spaces between words.
var pairs = cjk.NewCJKBigramFilter(false)

// phraseTerms are the terms that a row of tokens must have all of, and whether
// an entry with them holds the row for certain: then it need not be looked at.
// A single ideograph is told apart, as it may stand at the beginning of a pair.
func phraseTerms(tokens []search.Token) (terms, singles []string, certain bool) {
	stream, marks := streamOf(tokens)
	found := pairs.Filter(stream)
	for _, t := range found {
		if t.Type == analysis.Single {
			singles = append(singles, string(t.Term))
		} else {
			terms = append(terms, string(t.Term))
		}
	}
	return terms, singles, len(found)+marks == 1
}

// streamOf gives tokens to bleve's filters. What was dropped between two tokens
// does not part them, a mark does; marks that are no terms are only counted.
func streamOf(tokens []search.Token) (stream analysis.TokenStream, marks int) {
	stream = make(analysis.TokenStream, 0, len(tokens))
	at := 0
	for i := range tokens {
		t := &tokens[i]
		kind := analysis.AlphaNumeric
		switch {
		case t.Kind == search.Han:
			kind = analysis.Ideographic
		case t.Kind == search.Mark && !search.IsUnitSign(*t):
			marks++
			at++
			continue
		}
		stream = append(stream, &analysis.Token{Term: []byte(t.Term), Start: at, End: at + len(t.Term), Type: kind})
		at += len(t.Term)
	}
	return stream, marks
}
