package bleve

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"slices"
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
	if len(found.matches) == 0 && len(plan.Words) > 0 {
		better, other, err := x.corrected(ctx, q, plan, &reading)
		if err != nil {
			return nil, err
		}
		if better != nil {
			found, plan = better, other
		}
	}
	reading.Tier = found.tier
	reading.Notes = append(reading.Notes, found.notes...)
	page := newPage(q, &reading)
	top := &ranking{less: x.order(q.Sort), size: page.from + page.size}
	for _, m := range found.matches {
		top.add(m)
	}
	res = &search.Result{Total: len(found.matches), Exact: found.exact}
	if res.Hits, err = x.hits(top.sorted(page.from), plan.Marker()); err != nil {
		return nil, err
	}
	if q.Explain {
		reading.Plan = plan.String()
	} else {
		for i := range res.Hits {
			res.Hits[i].Explain = nil
		}
	}
	res.Facets = found.counter.facets(found.levels)
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
func (x *Index) hits(matches []match, marker *search.Marker) ([]search.Hit, error) {
	hits := make([]search.Hit, 0, len(matches))
	for _, m := range matches {
		it, err := x.store.item(m.ord)
		if err != nil {
			return nil, err
		}
		hits = append(hits, search.Hit{
			Item: it, Document: x.store.header(x.cols.ItemDoc[m.ord]),
			Snippet: marker.Snippet(it.Text, snippetRunes), Score: m.score, Explain: m.why,
		})
	}
	return hits, nil
}

// order tells which of two matches comes first. It never leaves a tie.
func (x *Index) order(sort string) func(a, b match) int {
	byDate := func(ranks []uint32) func(a, b match) int {
		return func(a, b match) int {
			return cmp.Or(
				cmp.Compare(ranks[x.cols.ItemDoc[a.ord]], ranks[x.cols.ItemDoc[b.ord]]),
				cmp.Compare(a.ord, b.ord))
		}
	}
	newest := byDate(x.cols.newest)
	switch sort {
	case search.SortNewest:
		return newest
	case search.SortOldest:
		return byDate(x.cols.oldest)
	}
	return func(a, b match) int { return cmp.Or(cmp.Compare(b.score, a.score), newest(a, b)) }
}

// ranking keeps the first size matches, the last of them on top of a heap.
type ranking struct {
	less func(a, b match) int
	size int
	kept []match
}

func (r *ranking) Len() int           { return len(r.kept) }
func (r *ranking) Less(i, j int) bool { return r.less(r.kept[i], r.kept[j]) > 0 }
func (r *ranking) Swap(i, j int)      { r.kept[i], r.kept[j] = r.kept[j], r.kept[i] }
func (r *ranking) Push(m any)         { r.kept = append(r.kept, m.(match)) }
func (r *ranking) Pop() any           { panic("never taken out one by one") }

func (r *ranking) add(m match) {
	switch {
	case len(r.kept) < r.size:
		heap.Push(r, m)
	case r.size > 0 && r.less(m, r.kept[0]) < 0:
		r.kept[0] = m
		heap.Fix(r, 0)
	}
}

// sorted gives the matches kept from a position on, in order.
func (r *ranking) sorted(from int) []match {
	slices.SortFunc(r.kept, r.less)
	return r.kept[min(from, len(r.kept)):]
}

// Plan tells how a query is read, without running it.
func (x *Index) Plan(ctx context.Context, q search.Query) search.Plan {
	_, plan := search.Understand(q, lexicon{x, ctx})
	return plan
}
