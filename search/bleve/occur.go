package bleve

import (
	"context"

	"youju/search"
)

// Occurrences counts how often a term stands as written in the items' own
// headings and texts, document by document; documents without it are left out.
// Like an exact search it counts an item that has it only in a title, in the
// headings above or in the names of units, as an item without an occurrence.
func (x *Index) Occurrences(ctx context.Context, term string) ([]search.Occurrence, error) {
	w, ok := search.NewPlanWord(term)
	if !ok {
		return nil, nil
	}
	f, err := x.find(ctx, w.Tokens)
	if err != nil || f.items == nil {
		return nil, err
	}
	pattern := search.NewPattern(w.Tokens)
	var list []search.Occurrence
	last := uint32(0)
	looked := 0
	for items := f.items.Iterator(); items.HasNext(); {
		if looked++; looked%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		item := items.Next()
		row, err := x.store.row(item)
		if err != nil {
			return nil, err
		}
		if doc := x.cols.docOf[item]; len(list) == 0 || doc != last {
			id, err := x.store.id(doc)
			if err != nil {
				return nil, err
			}
			list, last = append(list, search.Occurrence{Document: id}), doc
		}
		o := &list[len(list)-1]
		o.Items++
		o.Times += pattern.Count(row.Text, len(row.Text)) + pattern.Count(row.Heading, len(row.Heading))
	}
	return list, ctx.Err()
}

// Occurrences counts a term by document, see [Index.Occurrences].
func (l *Live) Occurrences(ctx context.Context, term string) ([]search.Occurrence, error) {
	h := l.acquire()
	if h == nil {
		return nil, errClosed
	}
	defer l.release(h)
	return h.index.Occurrences(ctx, term)
}
