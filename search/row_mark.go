package search

import (
	"cmp"
	"slices"
)

// rowWord is a word of a query as it is looked for in rows. It finds what
// markWord finds in texts; a test holds the two against each other.
type rowWord struct {
	pattern Pattern
	guards  []Pattern
	exact   bool
	// number tells words apart; the pieces of a word count as words of their own.
	number             int
	variants, segments []rowWord
	word               PlanWord
	pairs              []Pair
	pairPatterns       []Pattern
}

// rowSpan is a half-open byte range of a row, with the number of the word that matched.
type rowSpan struct{ start, end, word int }

// rowWords prepares the words of a plan, numbered as its Marker does.
func rowWords(plan Plan) (words []rowWord) {
	number := 0
	for _, w := range plan.Words {
		words = append(words, newRowWord(w, &number))
	}
	for _, c := range plan.Context {
		if len(c.Word.Tokens) > 0 {
			words = append(words, newRowWord(c.Word, &number))
		}
	}
	return words
}

func newRowWord(w PlanWord, number *int) rowWord {
	r := rowWord{word: w, pattern: w.Pattern(), guards: patternsOf(w.Guards), exact: w.Exact, number: *number}
	*number++
	for _, v := range append(slices.Clone(w.Variants), w.Related...) {
		variant := newRowWord(v, number)
		variant.number = r.number
		r.variants = append(r.variants, variant)
	}
	for _, s := range w.Segments {
		r.segments = append(r.segments, newRowWord(s, number))
	}
	return r
}

// matches appends every place a word of the query matches, in order.
func (l *Looker) matches(found []rowSpan, row Row) []rowSpan {
	row = row[:min(len(row), maxMarked)]
	for i := range l.words {
		found = l.words[i].spans(found, row)
	}
	if len(l.words) > 1 || len(found) > 1 {
		slices.SortFunc(found, func(a, b rowSpan) int { return cmp.Or(a.start-b.start, a.end-b.end, a.word-b.word) })
	}
	return found
}

// spans finds the word as written, or else its known pieces, or else pairs of it.
func (w *rowWord) spans(found []rowSpan, row Row) []rowSpan {
	before := len(found)
	if found = w.any(found, row); len(found) > before {
		return found
	}
	for i := range w.segments {
		found = w.segments[i].any(found, row)
	}
	if len(found) > before || w.exact {
		return found
	}
	return w.inPairs(found, row)
}

// any finds the word as it is written, and its variants.
func (w *rowWord) any(found []rowSpan, row Row) []rowSpan {
	found = w.own(found, row)
	for i := range w.variants {
		found = w.variants[i].any(found, row)
	}
	return found
}

// own finds the word as it is written, outside its guards.
func (w *rowWord) own(found []rowSpan, row Row) []rowSpan {
	before := len(found)
	size := len(w.pattern.row)
	for at := w.pattern.next(row, 0); at >= 0; at = w.pattern.next(row, at+size) {
		found = append(found, rowSpan{at, at + size, w.number})
	}
	if len(found) == before {
		return found
	}
	for _, guard := range w.guards {
		for at := guard.next(row, 0); at >= 0; at = guard.next(row, at+len(guard.row)) {
			end := at + len(guard.row)
			kept := slices.DeleteFunc(found[before:], func(s rowSpan) bool { return s.start >= at && s.end <= end })
			found = found[:before+len(kept)]
		}
	}
	return found
}

// inPairs finds the pieces of the word, if the row holds enough of them.
func (w *rowWord) inPairs(found []rowSpan, row Row) []rowSpan {
	if w.pairs == nil {
		w.pairs = w.word.Pairs()
		for _, p := range w.pairs {
			w.pairPatterns = append(w.pairPatterns, NewPattern(w.word.Tokens[p.First:p.First+p.Size]))
		}
	}
	before := len(found)
	hit := make([]bool, len(w.pairs))
	for i, p := range w.pairPatterns {
		for at := p.next(row, 0); at >= 0; at = p.next(row, at+2) {
			hit[i] = true
			found = append(found, rowSpan{at, at + len(p.row), w.number})
		}
	}
	if _, share := w.word.Covered(w.pairs, func(i int) bool { return hit[i] }); share < 0.5 {
		return found[:before]
	}
	return found
}
