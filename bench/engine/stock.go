package engine

import (
	"fmt"
	"path/filepath"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

	"youju/bench/passage"
	"youju/bench/question"
)

// allValues is more than any facet has, so that all of its values are counted.
const allValues = 4000

// stockMapping is what a careful user of bleve writes: the cjk analyzer, BM25,
// the text stored for the highlighter, columns for the facets only. Without
// positions it finds no phrases; that index is built to see what they cost.
func stockMapping(positions bool) mapping.IndexMapping {
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range []string{"text", "title"} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.IncludeInAll, f.DocValues = cjk.AnalyzerName, false, false
		f.IncludeTermVectors = positions
		doc.AddFieldMappingsAt(name, f)
	}
	for _, name := range append([]string{"kind"}, question.Facets...) {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.IncludeInAll, f.Store, f.IncludeTermVectors = keyword.Name, false, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.ScoringModel = doc, index.BM25Scoring
	return m
}

func buildStock(tsv, dir string) error { return buildBleve(tsv, dir, stockMapping(true)) }

func buildPositionless(tsv, dir string) error { return buildBleve(tsv, dir, stockMapping(false)) }

func buildBleve(tsv, dir string, m mapping.IndexMapping) error {
	b, err := bleve.NewBuilder(filepath.Join(dir, "bleve"), m, map[string]interface{}{"buildPathPrefix": dir})
	if err != nil {
		return err
	}
	n := 0
	err = passage.Each(tsv, 0, func(p passage.Passage) error {
		n++
		return b.Index(fmt.Sprint(n), map[string]interface{}{
			"text": p.Text, "title": p.Title, "kind": p.Kind,
			question.Year: fmt.Sprint(p.Year), question.County: p.County, question.Topic: p.Topic,
		})
	})
	if err != nil {
		return err
	}
	return b.Close()
}

type stock struct{ index bleve.Index }

func openStock(dir string, _ int) (Engine, error) {
	x, err := bleve.OpenUsing(filepath.Join(dir, "bleve"), map[string]interface{}{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, err
	}
	return &stock{x}, nil
}

func (e *stock) Close() error { return e.index.Close() }

func (e *stock) Answer(q question.Question) (a question.Answer, err error) {
	var all []query.Query
	for _, w := range q.Words {
		all = append(all, stockWord(w))
	}
	for name, value := range q.Filters {
		t := bleve.NewTermQuery(value)
		t.SetField(name)
		t.SetBoost(0)
		all = append(all, t)
	}
	req := bleve.NewSearchRequestOptions(query.NewConjunctionQuery(all), question.PageSize, 0, false)
	if len(all) == 1 {
		req.Query = all[0]
	}
	req.Highlight = bleve.NewHighlightWithStyle("html")
	req.Highlight.AddField("text")
	for _, f := range question.Facets {
		req.AddFacet(f, bleve.NewFacetRequest(f, allValues))
	}
	res, err := e.index.Search(req)
	if err != nil {
		return a, err
	}
	a = question.Answer{Total: int(res.Total), Hits: len(res.Hits), Facets: map[string]question.Counts{}}
	for _, h := range res.Hits {
		for _, fragment := range h.Fragments["text"] {
			a.Snippets += len(fragment)
		}
	}
	for _, name := range question.Facets {
		var c question.Counts
		for _, t := range res.Facets[name].Terms.Terms() {
			c.Add(t.Count)
		}
		a.Facets[name] = c
	}
	return a, nil
}

// stockWord asks for a phrase. The analyzer indexes a character by itself only
// where it stands alone, so one character can only be asked for as a prefix.
func stockWord(w string) query.Query {
	if utf8.RuneCountInString(w) == 1 {
		p := bleve.NewPrefixQuery(w)
		p.SetField("text")
		return p
	}
	p := bleve.NewMatchPhraseQuery(w)
	p.SetField("text")
	return p
}
