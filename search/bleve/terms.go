package bleve

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	index "github.com/blevesearch/bleve_index_api"

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

// eachTerm visits the terms of a text: every pair of neighbouring ideographs,
// the last ideograph of every row, runs of letters and digits, and unit signs.
// A single ideograph is found by the pairs that begin with it and by itself,
// where it is the last of a row. These are the terms of bleve's cjk filter and
// the last ones; it makes three objects of each, which is a quarter of the time
// of a build, so that only queries go through it.
func eachTerm(tokens []search.Token, text string, visit func(term string)) {
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.Kind == search.Word:
			visit(t.Term)
		case t.Kind == search.Mark:
			if search.IsUnitSign(*t) {
				visit(t.Term)
			}
		case i+1 < len(tokens) && tokens[i+1].Kind == search.Han:
			visit(joined(t, &tokens[i+1], text))
		default:
			visit(t.Term)
		}
	}
}

// joined is the pair of two tokens, taken from the text where it stands there as it is.
func joined(a, b *search.Token, text string) string {
	if a.End == b.Start && b.End <= len(text) {
		if pair := text[a.Start:b.End]; pair[:len(pair)-(b.End-b.Start)] == a.Term && pair[a.End-a.Start:] == b.Term {
			return pair
		}
	}
	return a.Term + b.Term
}

// termSet collects the terms of one field of an entry.
type termSet struct {
	terms index.TokenFrequencies
	// size is the number of terms added, which is the length that scores go by.
	size int
}

func (s *termSet) add(text string) {
	if text == "" {
		return
	}
	s.addTokens(search.Tokenize(text), text)
}

func (s *termSet) addTokens(tokens []search.Token, text string) {
	if s.terms == nil {
		s.terms = make(index.TokenFrequencies, len(tokens))
	}
	eachTerm(tokens, text, func(term string) {
		s.terms[term] = present
		s.size++
	})
}

// field is the field of an entry, nil when it has no term.
func (s *termSet) appendTo(fields []index.Field, name string) []index.Field {
	if len(s.terms) == 0 {
		return fields
	}
	return append(fields, &entryField{name: name, terms: s.terms})
}

// countedTerms is the terms of an item's text, and those that stand there several times.
func appendCounted(fields []index.Field, tokens []search.Token, text string) (all []index.Field, size int) {
	once := make(index.TokenFrequencies, len(tokens))
	var times map[string]uint8
	eachTerm(tokens, text, func(term string) {
		size++
		if _, again := once[term]; !again {
			once[term] = present
			return
		}
		if times == nil {
			times = make(map[string]uint8, 16)
		}
		times[term] = min(times[term]+1, 200)
	})
	if len(once) > 0 {
		fields = append(fields, &entryField{name: termText, terms: once})
	}
	for _, many := range manyTimes {
		var set index.TokenFrequencies
		for term, more := range times {
			if int(more)+1 >= many.times {
				if set == nil {
					set = index.TokenFrequencies{}
				}
				set[term] = present
			}
		}
		if set != nil {
			fields = append(fields, &entryField{name: many.name, terms: set})
		}
	}
	return fields, size
}

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
