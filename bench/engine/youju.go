package engine

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	"youju/bench/passage"
	"youju/bench/question"
	"youju/report"
	"youju/search"
	"youju/search/bleve"
)

// youjuFolder is where `youju serve --data` looks for an index.
const youjuFolder = "index"

// buildYouju feeds the product's own Builder. The passages of a document come
// as its items, with the figures, mentions, duties and headings that items of
// real documents have; reading files is not part of it, since the peers do not either.
func buildYouju(tsv, dir string) (err error) {
	b, err := bleve.NewBuilder(filepath.Join(dir, youjuFolder))
	if err != nil {
		return err
	}
	defer b.Abort() // nothing, once it is published
	var doc *report.Document
	facts := newFactReader()
	add := func() error {
		if doc == nil {
			return nil
		}
		return b.Add(doc)
	}
	err = passage.Each(tsv, 0, func(p passage.Passage) error {
		if doc == nil || doc.ID != p.Document {
			if err := add(); err != nil {
				return err
			}
			doc = newDocument(&p)
		}
		it := report.Item{ID: fmt.Sprintf("%s/%d", doc.ID, p.Number), Text: p.Text, Topics: []string{p.Topic}}
		facts.add(doc, &it, &p)
		doc.Items = append(doc.Items, it)
		return nil
	})
	if err != nil {
		return err
	}
	if err := add(); err != nil {
		return err
	}
	_, err = b.Publish(context.Background(), nil)
	return err
}

func newDocument(p *passage.Passage) *report.Document {
	place, _ := report.Places().ByCode(p.Code)
	return &report.Document{ID: p.Document, Kind: report.Kind(p.Kind), Title: p.Title, Place: place, Year: p.Year}
}

type youju struct{ live *bleve.Live }

func openYouju(dir string, _ int) (Engine, error) {
	live, err := bleve.OpenLive(filepath.Join(dir, youjuFolder), slog.Default(), 0)
	if err != nil {
		return nil, err
	}
	return &youju{live}, nil
}

func (e *youju) Close() error { return e.live.Close() }

func (e *youju) Answer(q question.Question) (a question.Answer, err error) {
	filters := map[string][]string{}
	for name, value := range q.Filters {
		filters[name] = []string{value}
	}
	res, err := e.live.Search(context.Background(), search.Query{Text: Quoted(q), Filters: filters, Size: question.PageSize})
	if err != nil {
		return a, err
	}
	a = question.Answer{Total: res.Total, Hits: len(res.Hits), Facets: map[string]question.Counts{}}
	for _, h := range res.Hits {
		a.Snippets += len(h.Snippet)
	}
	for _, f := range res.Facets {
		a.Facets[f.Name] = Summary(q, f.Name, len(f.Values), func(i int) (string, string, int) {
			return f.Values[i].Value, f.Values[i].Parent, f.Values[i].Count
		})
	}
	return a, nil
}

// Quoted is the question as a reader asks for exactly these characters.
func Quoted(q question.Question) string { return `"` + strings.Join(q.Words, `" "`) + `"` }

// Summary adds up those of Youju's facet values that the peers count too.
// Youju also counts the cities and provinces above a county, each right before
// the first one below it, and under a filter the other values of its facet,
// which the peers, filtering, do not see.
func Summary(q question.Question, facet string, n int, value func(i int) (value, parent string, count int)) (c question.Counts) {
	for i := range n {
		name, _, count := value(i)
		if chosen := q.Filters[facet]; chosen != "" && name != chosen {
			continue
		}
		if facet == question.County && i+1 < n {
			if _, parent, _ := value(i + 1); parent == name {
				continue
			}
		}
		c.Add(count)
	}
	return c
}
