package indexer

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/report"
)

// text is a piece of running text that remembers where each byte came from, so
// that what is healed and cut can still be led back to the source.
type text struct {
	s string
	// segs covers s in order; bytes between segments were added by us.
	segs []segment
	// bold holds the byte ranges of s that the source marks as bold.
	bold []report.Span
}

// segment says that s[at:at+n] is source[src:src+srcN]. n and srcN differ only
// where the source writes a character as an entity.
type segment struct{ at, n, src, srcN int }

func newText(s string, src int) text {
	if s == "" {
		return text{}
	}
	return text{s: s, segs: []segment{{0, len(s), src, len(s)}}}
}

// sub is t[i:j] in bytes.
func (t text) sub(i, j int) text {
	out := text{s: t.s[i:j]}
	first := sort.Search(len(t.segs), func(n int) bool { return t.segs[n].at+t.segs[n].n > i })
	for _, g := range t.segs[first:] {
		if g.at >= j {
			break
		}
		lo, hi := max(g.at, i), min(g.at+g.n, j)
		if lo >= hi {
			continue
		}
		cut := segment{lo - i, hi - lo, g.src, g.srcN}
		if g.n == g.srcN {
			cut.src, cut.srcN = g.src+lo-g.at, hi-lo
		}
		out.segs = append(out.segs, cut)
	}
	first = sort.Search(len(t.bold), func(n int) bool { return t.bold[n].End > i })
	for _, b := range t.bold[first:] {
		if b.Start >= j {
			break
		}
		if lo, hi := max(b.Start, i), min(b.End, j); lo < hi {
			out.bold = append(out.bold, report.Span{Start: lo - i, End: hi - i})
		}
	}
	return out
}

// add appends u to t, with sep (not from the source) between them. It copies
// both: what is put together of many pieces needs a [builder].
func (t text) add(sep string, u text) text {
	var b builder
	b.add("", t)
	b.add(sep, u)
	return b.text()
}

// builder puts a text together; what a piece costs does not grow with the text before it.
type builder struct {
	s    strings.Builder
	segs []segment
	bold []report.Span
}

// add appends u, with sep (not from the source) before it.
func (b *builder) add(sep string, u text) {
	b.s.WriteString(sep)
	shift := b.s.Len()
	b.s.WriteString(u.s)
	for _, g := range u.segs {
		b.segs = append(b.segs, segment{g.at + shift, g.n, g.src, g.srcN})
	}
	for _, s := range u.bold {
		b.embolden(s.Start+shift, s.End+shift)
	}
}

// embolden marks s[start:end] as bold. Ranges that overlap become one, so that
// they stand in order.
func (b *builder) embolden(start, end int) {
	for n := len(b.bold); n > 0 && start < b.bold[n-1].End && start < end; n-- {
		start, end = min(start, b.bold[n-1].Start), max(end, b.bold[n-1].End)
		b.bold = b.bold[:n-1]
	}
	if start < end {
		b.bold = append(b.bold, report.Span{Start: start, End: end})
	}
}

// len is the text's size in bytes.
func (b *builder) len() int { return b.s.Len() }

// text is what was put together so far. It stays as it is when more is added.
func (b *builder) text() text {
	return text{s: b.s.String(), segs: slices.Clip(b.segs), bold: slices.Clip(b.bold)}
}

// joint adds to the last of several texts again and again without copying it
// each time. n tells that text from the ones before it.
type joint struct {
	builder
	n int
}

// add is t.add(sep, u), where t is the n-th text.
func (j *joint) add(n int, t text, sep string, u text) text {
	if j.n != n || j.len() != len(t.s) {
		*j = joint{n: n}
		j.builder.add("", t)
	}
	j.builder.add(sep, u)
	return j.text()
}

// isBlank says that a rune is nothing to read: white space of any width, joiners, byte order marks.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff'
}

func (t text) trim() text {
	i := len(t.s) - len(strings.TrimLeftFunc(t.s, isBlank))
	j := len(strings.TrimRightFunc(t.s, isBlank))
	if i >= j {
		return text{}
	}
	if i == 0 && j == len(t.s) {
		return t
	}
	return t.sub(i, j)
}

// spans leads back to the source, adjacent ranges merged.
func (t text) spans() []report.Span {
	var out []report.Span
	for _, g := range t.segs {
		if n := len(out); n > 0 && out[n-1].End == g.src {
			out[n-1].End = g.src + g.srcN
			continue
		}
		out = append(out, report.Span{Start: g.src, End: g.src + g.srcN})
	}
	return out
}

// runes is the length of t in characters.
func (t text) runes() int { return utf8.RuneCountInString(t.s) }

// within says that t has at most n characters; those of a long text are not counted.
func (t text) within(n int) bool {
	return len(t.s) <= n || len(t.s) <= n*utf8.UTFMax && t.runes() <= n
}

// boldUntil gives the end of a bold range that starts at the beginning of t, or 0.
func (t text) boldUntil() int {
	end := 0
	for _, b := range t.bold {
		if b.Start > end {
			break
		}
		end = max(end, b.End)
	}
	return end
}

// unmark takes Markdown's ** out of a line and remembers what it enclosed. A
// lone mark closes a bold range that began with the line, as in "- 就业领域**".
func (t text) unmark() text {
	if !strings.Contains(t.s, "**") {
		return t
	}
	var out builder
	marks := strings.Count(t.s, "**")
	open := -1
	if marks == 1 && !strings.HasPrefix(strings.TrimSpace(t.s), "**") {
		open = 0
	}
	rest := 0
	for {
		i := strings.Index(t.s[rest:], "**")
		if i < 0 {
			break
		}
		out.add("", t.sub(rest, rest+i))
		if open < 0 {
			open = out.len()
		} else {
			out.embolden(open, out.len())
			open = -1
		}
		rest += i + 2
	}
	out.add("", t.sub(rest, len(t.s)))
	if open >= 0 && marks == 1 {
		out.embolden(open, out.len())
	}
	return out.text()
}
