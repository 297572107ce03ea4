package bleve

import (
	"maps"
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis"

	"youju/search"
)

// filtered is what bleve's filter makes of a text, and the last ideograph of
// every row, which entries have too.
func filtered(tokens []search.Token) []string {
	stream, _ := streamOf(tokens)
	set := map[string]bool{}
	for i, t := range stream {
		if t.Type == analysis.Ideographic && (i+1 == len(stream) || stream[i+1].Type != analysis.Ideographic || stream[i+1].Start != t.End) {
			set[string(t.Term)] = true
		}
	}
	for _, t := range pairs.Filter(stream) {
		set[string(t.Term)] = true
	}
	return slices.Sorted(maps.Keys(set))
}

func indexed(tokens []search.Token) []string {
	var e entry
	e.addTokens(tokens)
	e.endField()
	return slices.Sorted(maps.Keys(fieldTerms(&e)[0]))
}

// A build makes its terms by itself, a query by bleve's filter: they are the same.
func FuzzTerms(f *testing.F) {
	for _, text := range []string{
		"", "县", "老旧小区改造", "改造老旧\n小区 172 个，投资２.５亿元", "东阿县、莘县。", "5G+工业互联网", "增长6.5%", "①农村公路②3.5‰",
		"“双招双引”《条例》（试行）", "發展，展望", "𠮷野家", "\xff县\xfe", "1,234万 GDP PM2.5",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens := search.Tokenize(text)
		if got, want := indexed(tokens), filtered(tokens); !slices.Equal(got, want) {
			t.Errorf("%q is indexed by %q, bleve's filter gives %q", text, got, want)
		}
		terms, singles, _ := phraseTerms(tokens)
		for _, term := range append(terms, singles...) {
			if !slices.Contains(indexed(tokens), term) {
				t.Errorf("%q is looked for by %q and not indexed by it", text, term)
			}
		}
	})
}
