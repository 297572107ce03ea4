package indexer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/indexer/bound"
	"youju/indexer/pattern"
)

// block is a line or paragraph of the source, trimmed and unmarked.
type block struct {
	text
	// line is the 1-based line of the source it starts on.
	line int
	// gap says that a blank line stands before it.
	gap bool
	// bullet says that it was printed behind a list mark, heading behind a # or in an <h…> element.
	bullet, heading bool
	// rule is a line of dashes, which separates articles; glued is a run of
	// dashes inside a folded line, behind which another text was glued on.
	rule, glued bool
	// row says that it is a row of a table, columns that the row names the
	// table's columns; aside are the cells of it that its line does not hold.
	row, columns bool
	aside        []text
	// entry says that it is one of a run of short lines, none of which heads anything.
	entry bool
}

var (
	ruleLine = pattern.MustCompile(`^-+$|^={3,}$|^\*{3,}$|^_{3,}$`)
	bullet   = pattern.MustCompile(`^[-*•·●◆▪]\s+`)
	// quoteMark is Markdown's mark of a quoted paragraph.
	quoteMark = pattern.MustCompile(`^(?:>\s+)*`)
	hashes    = pattern.MustCompile(`^#{1,6}\s+`)
)

// newBlock reads the marks of one line.
func newBlock(t text, line int, gap bool) block {
	b := block{line: line, gap: gap}
	switch first, _ := utf8.DecodeRuneInString(t.s); {
	case strings.ContainsRune("-=*_", first) && ruleLine.MatchString(t.s):
		b.text, b.rule, b.glued = t, len(t.s) <= 3, len(t.s) > 3
		return b
	case first == '#':
		if m := hashes.FindString(t.s); m != "" {
			b.heading = true
			t = t.sub(len(m), len(t.s))
		}
	case first == '>':
		t = t.sub(len(quoteMark.FindString(t.s)), len(t.s))
	case strings.ContainsRune("-*•·●◆▪", first):
		if m := bullet.FindString(t.s); m != "" {
			b.bullet = true
			t = t.sub(len(m), len(t.s))
		}
	}
	b.text = t.unmark().trim()
	return b
}

// A one-line text is cut into paragraphs where a reader would see one begin.
var (
	paragraphSpace = pattern.MustCompile(`[。！？!?：:；;”」’][\s\x{3000}]+`)
	numeralAhead   = pattern.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,2}部分|[（(][一二三四五六七八九十]{1,3}[）)]|——)`)
	dashRun        = pattern.MustCompile(`-{4,}`)
)

// unfold cuts the blocks that hold a whole article on one line.
func unfold(work *bound.Work, blocks []block) []block {
	var out []block
	for _, b := range blocks {
		work.Check()
		if b.rule || !isFolded(b.s) {
			out = append(out, b)
			continue
		}
		for i, p := range cutParagraphs(b.text) {
			nb := newBlock(p, b.line, b.gap || i > 0)
			nb.rule, nb.glued = false, nb.rule || nb.glued
			out = append(out, nb)
		}
	}
	return out
}

// isFolded says that a line holds several paragraphs, parted by spaces.
func isFolded(s string) bool {
	if len(s) < 200 {
		return false
	}
	ends := paragraphSpace.FindAllStringIndex(s, 8)
	if len(ends) >= 4 && len(s) >= 600 {
		return true
	}
	for _, e := range ends {
		if numeralAhead.MatchString(s[e[1]:]) {
			return true
		}
	}
	return false
}

// cutParagraphs cuts a folded line. A space ends a paragraph after a full stop,
// before a printed numeral, and after a heading, which has no full stop.
func cutParagraphs(t text) []text {
	var out []text
	start := 0
	flush := func(end int) {
		if p := t.sub(start, end).trim(); p.s != "" {
			out = append(out, p)
		}
		start = end
	}
	for i := 0; i < len(t.s); {
		if t.s[i] == '-' {
			if m := dashRun.FindString(t.s[i:]); m != "" && strings.HasPrefix(t.s[i:], m) {
				flush(i)
				i += len(m)
				flush(i)
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(t.s[i:])
		if !isBlank(r) {
			i += size
			continue
		}
		end := i
		for end < len(t.s) {
			r, size := utf8.DecodeRuneInString(t.s[end:])
			if !isBlank(r) {
				break
			}
			end += size
		}
		if endsParagraph(t.s[start:i], t.s[i:end], t.s[end:]) {
			flush(end)
		}
		i = end
	}
	flush(len(t.s))
	return out
}

// endsParagraph decides whether the space between left and right parts two paragraphs.
func endsParagraph(left, space, right string) bool {
	left = strings.TrimFunc(left, isBlank)
	if left == "" || right == "" {
		return false
	}
	if isTerminated(left) || numeralAhead.MatchString(right) {
		return true
	}
	l, _ := utf8.DecodeLastRuneInString(left)
	r, _ := utf8.DecodeRuneInString(right)
	if space == "\u3000" || !unicode.Is(unicode.Han, l) && l != '”' && l != '）' && l != ')' {
		return false
	}
	if utf8.RuneCountInString(left) <= 60 && numeralAhead.MatchString(left) && !strings.Contains(left, "。") {
		return true
	}
	return unicode.Is(unicode.Han, r) && !strings.ContainsAny(left, "，,。")
}

// terminal are the marks that end a paragraph.
const terminal = "。！？!?；;：:…"

// isTerminated says that a paragraph ends where its text ends: after a full
// stop, also inside a closing quote, or after a bracket that names who is in charge.
func isTerminated(s string) bool {
	s = strings.TrimRightFunc(s, isBlank)
	r, size := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(terminal, r) {
		return true
	}
	switch r {
	case '.':
		before, _ := utf8.DecodeLastRuneInString(s[:len(s)-size])
		return stopsBefore(before)
	case '”', '’', '"', '」', '』', ')', '）', ']', '〕', '】':
		before, _ := utf8.DecodeLastRuneInString(s[:len(s)-size])
		return strings.ContainsRune("。！？!?", before) || dutyBracket(s) >= 0
	}
	return false
}

// stopsBefore says that a half-width "." behind r is a full stop: not that of
// a figure, a number or a Latin word.
func stopsBefore(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("”\"』」）)%％", r)
}

// firstStop gives where the first sentence of s ends, before and behind its
// full stop; (-1, -1) where it has none. Some offices type a half-width one.
func firstStop(s string) (before, behind int) {
	before = strings.Index(s, "。")
	behind = before + len("。")
	if before < 0 {
		before, behind = -1, -1
	}
	seen, last := 0, rune(0)
	for i, r := range s {
		if before >= 0 && i >= before {
			break
		}
		// The first characters are a heading's number: 一.
		if r == '.' && seen >= 4 && stopsBefore(last) {
			next, _ := utf8.DecodeRuneInString(s[i+1:])
			if i+1 < len(s) && (unicode.Is(unicode.Han, next) || unicode.IsDigit(next) || strings.ContainsRune("“\"", next)) {
				return i, i + 1
			}
		}
		seen, last = seen+1, r
	}
	return before, behind
}
