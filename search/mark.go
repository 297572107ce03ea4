package search

import (
	"cmp"
	"html"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Marker shows where a query matches in a text. Pages use the same Marker
// for the snippets of a result and for the whole report, so that both agree.
// It is safe for concurrent use.
type Marker struct {
	words []markWord
	// figures are conditions, numbered from firstFigure.
	figures     []Bound
	firstFigure int
}

// markWord is a word of the query ready to be looked for.
type markWord struct {
	PlanWord
	pairs []Pair
	// number tells words apart; the pieces of a word count as words of their own.
	number   int
	variants []markWord
	segments []markWord
}

func newMarkWord(w PlanWord, number *int) markWord {
	m := markWord{PlanWord: w, pairs: w.Pairs(), number: *number}
	*number++
	for _, v := range append(slices.Clone(w.Variants), w.Related...) {
		vm := newMarkWord(v, number)
		vm.number = m.number
		m.variants = append(m.variants, vm)
	}
	for _, s := range w.Segments {
		m.segments = append(m.segments, newMarkWord(s, number))
	}
	return m
}

// NewMarker prepares the marks of a query's text.
func NewMarker(queryText string) *Marker {
	_, plan := Read(queryText)
	return plan.Marker()
}

// Marker prepares the marks of a plan.
func (p Plan) Marker() *Marker {
	m := &Marker{figures: p.Figures}
	number := 0
	for _, w := range p.Words {
		m.words = append(m.words, newMarkWord(w, &number))
	}
	for _, c := range p.Context {
		if len(c.Word.Tokens) > 0 {
			m.words = append(m.words, newMarkWord(c.Word, &number))
		}
	}
	m.firstFigure = number
	return m
}

// span is a half-open byte range of a text, with the number of the word that matched.
type span struct{ start, end, word int }

// maxMarked is how far into a text matches are looked for. Items are
// paragraphs; only a damaged or hostile file holds one of a quarter megabyte.
const maxMarked = 1 << 18

// merge joins overlapping and adjacent ranges, which come in order.
func merge(matches []span) []span {
	merged := make([]span, 0, len(matches))
	for _, s := range matches {
		if n := len(merged); n > 0 && s.start <= merged[n-1].end {
			merged[n-1].end = max(merged[n-1].end, s.end)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// tokenBuffers hold the tokens of the texts that matches are looked for in.
var tokenBuffers = sync.Pool{New: func() any { return new([]Token) }}

// matches finds every place a word of the query matches, in order.
func (m *Marker) matches(text string) []span {
	if len(m.words)+len(m.figures) == 0 || text == "" {
		return nil
	}
	text = text[:min(len(text), maxMarked)]
	buffer := tokenBuffers.Get().(*[]Token)
	defer tokenBuffers.Put(buffer)
	tokens := appendTokens((*buffer)[:0], text)
	*buffer = tokens
	found := m.figureSpans(text)
	for _, w := range m.words {
		exact := w.anySpans(tokens)
		if len(exact) == 0 {
			for _, s := range w.segments {
				exact = append(exact, s.anySpans(tokens)...)
			}
		}
		if len(exact) == 0 && !w.Exact {
			exact = w.pairSpans(tokens, w.number)
		}
		found = append(found, exact...)
	}
	slices.SortFunc(found, func(a, b span) int { return cmp.Or(a.start-b.start, a.end-b.end, a.word-b.word) })
	return found
}

// figureSpans finds the figures that meet a condition.
func (m *Marker) figureSpans(text string) (found []span) {
	if len(m.figures) == 0 {
		return nil
	}
	for _, f := range Figures(text) {
		for i, b := range m.figures {
			if b.Holds(f.Value, f.Unit) {
				found = append(found, span{f.Start, f.End, m.firstFigure + i})
			}
		}
	}
	return found
}

// anySpans finds the word as it is written, and its variants.
func (w markWord) anySpans(tokens []Token) []span {
	found := w.phraseSpans(tokens, w.number)
	for _, g := range w.Guards {
		guard := markWord{PlanWord: g}
		for _, outer := range guard.phraseSpans(tokens, 0) {
			found = slices.DeleteFunc(found, func(s span) bool { return s.start >= outer.start && s.end <= outer.end })
		}
	}
	for _, v := range w.variants {
		found = append(found, v.anySpans(tokens)...)
	}
	return found
}

// Holds reports whether a text holds the word, variants aside, outside its guards.
func (w PlanWord) Holds(text string) bool {
	m := markWord{PlanWord: w}
	m.variants = nil
	return len(m.anySpans(Tokenize(text[:min(len(text), maxMarked)]))) > 0
}

// phraseSpans finds the word as it is written.
func (w markWord) phraseSpans(tokens []Token, word int) []span {
	var found []span
	for i := 0; i+len(w.Tokens) <= len(tokens); i++ {
		if tokens[i].Term == w.Tokens[0].Term && sameTerms(tokens[i:i+len(w.Tokens)], w.Tokens) {
			found = append(found, span{tokens[i].Start, tokens[i+len(w.Tokens)-1].End, word})
			i += len(w.Tokens) - 1
		}
	}
	return found
}

func sameTerms(a, b []Token) bool {
	for i := range a {
		if a[i].Term != b[i].Term {
			return false
		}
	}
	return true
}

// pairSpans finds the pieces of the word, if the text holds enough of them:
// a stray pair of a word that matched elsewhere is no match to show.
func (w markWord) pairSpans(tokens []Token, word int) []span {
	var found []span
	hit := make([]bool, len(w.pairs))
	for p, pair := range w.pairs {
		terms := w.Tokens[pair.First : pair.First+pair.Size]
		for i := 0; i+len(terms) <= len(tokens); i++ {
			if sameTerms(tokens[i:i+len(terms)], terms) {
				hit[p] = true
				found = append(found, span{tokens[i].Start, tokens[i+len(terms)-1].End, word})
			}
		}
	}
	if _, share := w.Covered(w.pairs, func(i int) bool { return hit[i] }); share < 0.5 {
		return nil
	}
	return found
}

// Mark returns the whole text as escaped HTML with <mark> around every match,
// and the number of marks.
func (m *Marker) Mark(text string) (marked string, spans int) {
	found := merge(m.matches(text))
	return markup(text, found), len(found)
}

// markup escapes text and wraps the spans, which are in order and apart.
func markup(text string, spans []span) string {
	var b strings.Builder
	b.Grow(len(text) + len(spans)*len("<mark></mark>"))
	at := 0
	for _, s := range spans {
		b.WriteString(html.EscapeString(text[at:s.start]))
		b.WriteString("<mark>")
		b.WriteString(html.EscapeString(text[s.start:s.end]))
		b.WriteString("</mark>")
		at = s.end
	}
	b.WriteString(html.EscapeString(text[at:]))
	return b.String()
}

// Snippet returns an excerpt of at most maxRunes characters of the text as
// escaped HTML with <mark> around the matches. It starts at the sentence that
// holds most of the query and goes on while there is room; where another word
// stands far from it, a second piece shows that. … shows where text was left
// out. A text without a match is shown from its beginning.
func (m *Marker) Snippet(text string, maxRunes int) string {
	maxRunes = max(maxRunes, 1)
	if utf8.RuneCountInString(text) <= maxRunes {
		marked, _ := m.Mark(text)
		return marked
	}
	matches := m.matches(text)
	marks := merge(matches)
	var b strings.Builder
	at := 0
	for _, piece := range pieces(text, matches, maxRunes) {
		if piece.start > at {
			b.WriteString("…")
		}
		b.WriteString(markup(text[piece.start:piece.end], clip(marks, piece)))
		at = piece.end
	}
	if at < len(text) {
		b.WriteString("…")
	}
	return b.String()
}

// clip gives what of the spans lies in a piece, counted from its start.
func clip(spans []span, piece span) []span {
	var inside []span
	for _, s := range spans {
		if s.start < piece.end && s.end > piece.start {
			inside = append(inside, span{max(s.start, piece.start) - piece.start, min(s.end, piece.end) - piece.start, s.word})
		}
	}
	return inside
}

// pieces chooses what to show of a text: one piece, or two where the first
// leaves out a word that stands elsewhere.
func pieces(text string, matches []span, maxRunes int) []span {
	starts := sentences(text)
	start, end := window(text, starts, matches, maxRunes)
	whole := span{start: start, end: end}
	if maxRunes < leastForTwo || len(leftOut(matches, whole)) == 0 {
		return []span{whole}
	}
	start, end = window(text, starts, matches, maxRunes*3/5)
	first := span{start: start, end: end}
	others := leftOut(matches, first)
	start, end = window(text, starts, others, maxRunes*2/5)
	second := span{start: start, end: end}
	switch {
	case second.start > first.end:
		return []span{first, second}
	case second.end < first.start:
		return []span{second, first}
	}
	// They touch: one piece shows both.
	return []span{{start: min(first.start, second.start), end: max(first.end, second.end)}}
}

// leastForTwo is the length of an excerpt below which two pieces say less than one.
const leastForTwo = 40

// leftOut are the matches of the words that a piece shows nowhere.
func leftOut(matches []span, piece span) []span {
	shown := map[int]bool{}
	for _, s := range matches {
		if s.start >= piece.start && s.end <= piece.end {
			shown[s.word] = true
		}
	}
	var others []span
	for _, s := range matches {
		if !shown[s.word] {
			others = append(others, s)
		}
	}
	return others
}

// sentences gives the byte offsets at which the sentences of a text start.
func sentences(text string) []int {
	starts := []int{0}
	ended := false
	for at, r := range text {
		switch r {
		case '。', '！', '？', '；', '!', '?', ';', '\n':
			ended = true
		case '”', '’', '」', '』', '）', ')', '》':
		default:
			if ended && !unicode.IsSpace(r) {
				starts = append(starts, at)
				ended = false
			}
		}
	}
	return starts
}

// window chooses the byte range to show.
func window(text string, starts []int, matches []span, maxRunes int) (start, end int) {
	best := bestSentence(starts, matches)
	start = starts[best]
	if len(matches) > 0 {
		// A sentence that is too long is entered shortly before its first match.
		if first, ok := firstMatch(matches, start); ok && utf8.RuneCountInString(text[start:first.end]) > maxRunes {
			start = backward(text, first.start, min(maxRunes/4, 15))
		}
	}
	end = clauseEnd(text, start, forward(text, start, maxRunes), matches)
	// Room left at the end of the text is given to the sentences before.
	for i := best - 1; i >= 0 && end == len(text) && start == starts[i+1]; i-- {
		if utf8.RuneCountInString(text[starts[i]:end]) > maxRunes {
			break
		}
		start = starts[i]
	}
	return start, end
}

// clauseEnd moves the end of an excerpt back to the last punctuation, unless
// that costs more than a third of it or a match.
func clauseEnd(text string, start, end int, matches []span) int {
	if end == len(text) {
		return end
	}
	least := start + (end-start)*2/3
	for _, s := range matches {
		if s.start < end {
			least = max(least, min(s.end, end))
		}
	}
	if at := strings.LastIndexAny(text[least:end], "。！？；，、：;!?,"); at >= 0 {
		_, size := utf8.DecodeRuneInString(text[least+at:])
		return least + at + size
	}
	return end
}

// bestSentence is the index of the sentence with the most different words, then
// the most matches; the first of equals.
func bestSentence(starts []int, matches []span) int {
	best, bestWords, bestHits := 0, 0, 0
	next := 0
	for i := range starts {
		var words uint64
		hits := 0
		for next < len(matches) && (i+1 == len(starts) || matches[next].start < starts[i+1]) {
			words |= 1 << (matches[next].word & 63)
			hits++
			next++
		}
		if n := bits.OnesCount64(words); n > bestWords || n == bestWords && hits > bestHits {
			best, bestWords, bestHits = i, n, hits
		}
	}
	return best
}

// firstMatch is the first match at or after an offset.
func firstMatch(matches []span, from int) (first span, ok bool) {
	i := slices.IndexFunc(matches, func(s span) bool { return s.start >= from })
	if i < 0 {
		return span{}, false
	}
	return matches[i], true
}

// forward is the offset n runes after at, or the end of the text.
func forward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// backward is the offset n runes before at, or the start of the text.
func backward(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}
