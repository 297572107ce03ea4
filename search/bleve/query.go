package bleve

import (
	"context"

	"github.com/blevesearch/bleve/v2/search/query"

	engine "github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"

	"youju/search"
)

// phraseQuery finds terms at successive positions of one field. One term is
// asked for as a term: the engine's phrases cost ten times as much.
func phraseQuery(terms []string, f field, boost float64) query.Query {
	if len(terms) == 1 {
		q := query.NewTermQuery(terms[0])
		q.SetField(f.name)
		q.SetBoost(f.weight * boost)
		return q
	}
	q := query.NewPhraseQuery(terms, f.name)
	q.SetBoost(f.weight * boost)
	return q
}

// anyField finds terms at successive positions of any field.
func anyField(terms []string, boost float64) query.Query { return anyFieldBut("", terms, boost) }

// anyFieldBut finds terms in any field but one.
func anyFieldBut(name string, terms []string, boost float64) query.Query {
	inField := make([]query.Query, 0, len(fields))
	for _, f := range fields {
		if f.name != name {
			inField = append(inField, phraseQuery(terms, f, boost))
		}
	}
	return query.NewDisjunctionQuery(inField)
}

// wordQuery finds a word as it is written.
func wordQuery(w search.PlanWord, boost float64) query.Query { return anyField(w.Phrase(), boost) }

// pairQuery finds a piece of a word.
func pairQuery(p search.Pair) query.Query {
	if p.Size == 2 && !p.Bigram {
		return anyField(p.Terms[:], 1)
	}
	return anyField(p.Terms[:1], 1)
}

// run feeds every hit of a query to visit. It stops when the context ends.
func (x *Index) run(ctx context.Context, q query.Query, score bool, visit func(ord uint32, score float64)) error {
	options := engine.SearcherOptions{Score: "none"}
	if score {
		options.Score = ""
	}
	searcher, err := q.Searcher(x.scoring(ctx), x.reader, x.engine.Mapping(), options)
	if err != nil {
		return err
	}
	defer searcher.Close()
	sc := &engine.SearchContext{
		DocumentMatchPool: engine.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0),
		IndexReader:       x.reader,
	}
	for n := 0; ; n++ {
		if n%checkEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		hit, err := searcher.Next(sc)
		if err != nil || hit == nil {
			return err
		}
		visit(x.ordinals[hit.IndexInternalID.Value()], hit.Score)
		sc.DocumentMatchPool.Put(hit)
	}
}

// checkEvery is the number of hits between two looks at the deadline.
const checkEvery = 256

// scoring puts into the context what the engine's own Search would: BM25, and
// the true lengths of the fields. By itself the engine takes the number of
// different terms for the number of terms, which favours stubs of a few words.
func (x *Index) scoring(ctx context.Context) context.Context {
	model := engine.GetScoringModelCallbackFn(func() string { return index.BM25Scoring })
	ctx = context.WithValue(ctx, engine.GetScoringModelCallbackKey, model)
	return context.WithValue(ctx, engine.BM25StatsKey, x.stats)
}
