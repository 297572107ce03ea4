package bleve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"youju/report"
	"youju/search"
)

// cache holds what a generation answered lately, by the canonical question.
// What it gives is shared and must not be changed.
type cache[V any] struct {
	name         string
	kept         *kept[V]
	hits, misses atomic.Int64
}

func newCache[V any](name string, most int, size func(V) int) *cache[V] {
	return &cache[V]{name: name, kept: newKept(most, size)}
}

func (c *cache[V]) get(key string) (v V, ok bool) {
	if v, ok = c.kept.get(key); ok {
		c.hits.Add(1)
	} else {
		c.misses.Add(1)
	}
	return v, ok
}

func (c *cache[V]) use() search.CacheUse {
	return search.CacheUse{Name: c.name, Hits: c.hits.Load(), Misses: c.misses.Load()}
}

// caches are those of one generation; it has none where nothing is to be kept.
type caches struct {
	results     *cache[*search.Result]
	documents   *cache[*report.Document]
	similar     *cache[[]search.Hit]
	suggestions *cache[[]search.Suggestion]
}

// newCaches shares out a number of bytes.
func newCaches(most int) caches {
	if most <= 0 {
		return caches{}
	}
	return caches{
		results:   newCache("results", most/2, resultBytes),
		documents: newCache("documents", most/4, documentBytes),
		similar:   newCache("similar", most/8, hitsBytes),
		suggestions: newCache("suggestions", most/8, func(list []search.Suggestion) int {
			return 200 * len(list)
		}),
	}
}

func (c *caches) use() []search.CacheUse {
	if c.results == nil {
		return nil
	}
	return []search.CacheUse{c.results.use(), c.documents.use(), c.similar.use(), c.suggestions.use()}
}

// What answers take, about. The values of facets share their texts with the columns.
func resultBytes(r *search.Result) int {
	n := 4<<10 + hitsBytes(r.Hits)
	for _, f := range r.Facets {
		n += 80 * len(f.Values)
	}
	return n
}

func hitsBytes(hits []search.Hit) int {
	n := 0
	for i := range hits {
		n += itemBytes(&hits[i].Item) + len(hits[i].Snippet) + 500
	}
	return n
}

func documentBytes(d *report.Document) int {
	n := 4<<10 + 300*len(d.Sections)
	for i := range d.Items {
		n += itemBytes(&d.Items[i])
	}
	return n
}

func itemBytes(it *report.Item) int {
	n := 1<<10 + len(it.Text) + len(it.Heading) + 300*(len(it.Figures)+len(it.Mentions))
	for _, heading := range it.Path {
		n += len(heading)
	}
	return n
}

// answerOf gives what is kept, or finds it. Equal questions at the same time
// are answered once; where the one who asked first goes away, the others find
// it for themselves.
func answerOf[V any](ctx context.Context, l *Live, key string, from func(*caches) *cache[V], find func(context.Context, *Index) (V, error)) (v V, err error) {
	h := l.acquire()
	if h == nil {
		return v, errClosed
	}
	defer l.release(h)
	c := from(&h.caches)
	if c == nil {
		return find(ctx, h.index)
	}
	if v, ok := c.get(key); ok {
		return v, nil
	}
	asked := l.flight.DoChan(c.name+"\x00"+h.index.manifest.Generation+"\x00"+key, func() (found any, err error) {
		// The index is held anew: whoever asked may be gone before this ends.
		now := l.acquire()
		if now == nil {
			return nil, errClosed
		}
		defer l.release(now)
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("answering %q: %v", key, p)
			}
		}()
		one, err := find(ctx, now.index)
		if err == nil {
			from(&now.caches).kept.put(key, one)
		}
		return one, err
	})
	select {
	case <-ctx.Done():
		return v, ctx.Err()
	case answer := <-asked:
		if isOver(answer.Err) && ctx.Err() == nil {
			return find(ctx, h.index)
		}
		if answer.Err != nil {
			return v, answer.Err
		}
		return answer.Val.(V), nil
	}
}

func isOver(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// keyOf is what makes a query another one.
func keyOf(q search.Query) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\x00%s\x00%d\x00%d\x00%t", strings.TrimSpace(q.Text), cmp.Or(q.Sort, search.SortRelevance), max(q.Page, 1), q.Size, q.Explain)
	for _, name := range search.FacetNames {
		if values := q.Filters[name]; len(values) > 0 {
			fmt.Fprintf(&b, "\x00\x00%s\x00%s", name, strings.Join(values, "\x00"))
		}
	}
	off := slices.Sorted(slices.Values(q.Off))
	fmt.Fprintf(&b, "\x00\x00off\x00%s", strings.Join(off, "\x00"))
	return b.String()
}
