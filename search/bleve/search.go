package bleve

import (
	"context"
	"fmt"
	"time"

	"youju/search"
)

// snippetRunes is the length of a hit's excerpt, about three lines on a phone.
const snippetRunes = 120

// Search answers a query. Any query is legal; an error means that the context
// ended or the index could not be read.
func (x *Index) Search(ctx context.Context, q search.Query) (res *search.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			res, err = nil, fmt.Errorf("searching %q: %v", q.Text, p)
		}
	}()
	start := time.Now()
	reading, plan := search.Understand(q, lexicon{x, ctx})
	reading.Filters = x.cols.resolve(reading.Filters, q.Filters)
	found, err := x.answer(ctx, plan, reading.Filters)
	if err != nil {
		return nil, err
	}
	if found.total == 0 && len(plan.Words) > 0 {
		better, err := x.corrected(ctx, q, plan, &reading)
		if err != nil {
			return nil, err
		}
		if better != nil {
			x.release(found.counter.tally)
			found = better
		}
	}
	reading.Tier, reading.Relaxed, reading.Pieces = found.tier, found.relaxed, found.pieces
	reading.Notes = append(reading.Notes, found.notes...)
	page := newPage(q, &reading)
	matches, err := x.rank(ctx, found, q.Sort, page.from+page.size)
	if err != nil {
		return nil, err
	}
	res = &search.Result{Total: found.total, Exact: found.exact}
	if res.Hits, err = x.hits(ctx, matches[min(page.from, len(matches)):], found.plan.Marker()); err != nil {
		return nil, err
	}
	if q.Sort == "" || q.Sort == search.SortRelevance {
		res.Hits = x.gather(res.Hits)
	}
	if q.Explain {
		reading.Plan = found.plan.String()
	} else {
		for i := range res.Hits {
			res.Hits[i].Explain = nil
		}
	}
	res.Facets = found.counter.facets(found.levels)
	x.release(found.counter.tally)
	res.Reading = reading
	x.advise(ctx, q, res)
	res.Took = time.Since(start)
	return res, ctx.Err()
}

// page is the range of hits asked for, within the limits.
type page struct{ from, size int }

func newPage(q search.Query, reading *search.Reading) page {
	p := page{size: q.Size}
	if p.size <= 0 {
		p.size = search.DefaultSize
	}
	p.size = min(p.size, search.MaxSize)
	if q.Page > 1 {
		p.from = min(q.Page-1, search.MaxDepth) * p.size
	}
	if p.from+p.size > search.MaxDepth {
		p.size = max(0, search.MaxDepth-p.from)
		p.from = min(p.from, search.MaxDepth)
		if p.size == 0 {
			reading.Notes = append(reading.Notes, fmt.Sprintf("最多只能翻到第%d条，请用筛选缩小范围", search.MaxDepth))
		}
	}
	return p
}

// hits reads what the page shows.
func (x *Index) hits(ctx context.Context, matches []match, marker *search.Marker) ([]search.Hit, error) {
	hits := make([]search.Hit, 0, len(matches))
	for _, m := range matches {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		it, err := x.store.item(m.ord)
		if err != nil {
			return nil, err
		}
		header, err := x.store.header(x.cols.docOf[m.ord])
		if err != nil {
			return nil, err
		}
		hits = append(hits, search.Hit{
			Item: it, Document: header,
			Snippet: marker.Snippet(it.Text, snippetRunes), Score: m.score, Explain: m.why,
		})
	}
	return hits, nil
}

// Plan tells how a query is read, without running it.
func (x *Index) Plan(ctx context.Context, q search.Query) search.Plan {
	_, plan := search.Understand(q, lexicon{x, ctx})
	return plan
}
