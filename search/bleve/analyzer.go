package bleve

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/registry"

	"youju/search"
)

// analyzerName is what the index mapping calls our analyzer.
const analyzerName = "han_gov"

func init() {
	// bleve finds analyzers by name only, also when it opens an index.
	err := registry.RegisterAnalyzer(analyzerName, func(map[string]interface{}, *registry.Cache) (analysis.Analyzer, error) {
		return analyzer{}, nil
	})
	if err != nil {
		panic(err)
	}
}

// analyzer feeds our tokens through bleve's cjk bigram filter, which adds to
// every ideograph the pair it forms with the next. A token of ours is one
// position; the pair stands at the position of its first ideograph.
type analyzer struct{}

var bigrams = cjk.NewCJKBigramFilter(true)

// Analyze implements analysis.Analyzer. Offsets are those of the original text.
func (analyzer) Analyze(input []byte) analysis.TokenStream {
	tokens := search.Tokenize(string(input))
	// The filter joins ideographs whose offsets touch, but white space inside a
	// word was dropped: it is given offsets in the folded text instead.
	stream := make(analysis.TokenStream, len(tokens))
	block := make([]analysis.Token, len(tokens))
	at := 0
	origin := make(map[int]int, len(tokens))
	for i, t := range tokens {
		block[i] = analysis.Token{Term: []byte(t.Term), Start: at, End: at + len(t.Term), Position: i + 1, Type: analysis.AlphaNumeric}
		if t.Kind == search.Han {
			block[i].Type = analysis.Ideographic
		}
		origin[at] = i
		stream[i] = &block[i]
		at += len(t.Term)
	}
	out := bigrams.Filter(stream)
	for _, t := range out {
		first := origin[t.Start]
		last := first
		if t.Type == analysis.Double {
			last++
		}
		t.Start, t.End = tokens[first].Start, tokens[last].End
	}
	return out
}
