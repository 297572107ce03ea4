package project

import (
	"strings"
	"unicode"
)

// prose is a text without its white space, with the way back to its bytes. Full
// width signs, digits and letters are folded, so that one rule reads both forms.
type prose struct {
	text  string
	runes []rune
	// offsets holds the byte offset of each rune, ends the offset behind it.
	offsets, ends []int
}

// span is a half-open range of a prose's runes.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

func read(text string) prose {
	p := prose{text: text}
	for i, c := range text {
		if c != '\n' && unicode.IsSpace(c) {
			continue
		}
		p.runes = append(p.runes, fold(c))
		p.offsets = append(p.offsets, i)
	}
	p.ends = make([]int, len(p.offsets))
	for i := range p.offsets {
		p.ends[i] = p.offsets[i] + runeLen(text[p.offsets[i]:])
	}
	return p
}

// runeLen is the length in bytes of a text's first rune, 1 for a broken one.
func runeLen(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

// fold maps full width forms (，（１Ａ) to plain ones.
func fold(c rune) rune {
	if c >= '！' && c <= '～' {
		return c - '！' + '!'
	}
	switch c {
	case '〔':
		return '('
	case '〕':
		return ')'
	}
	return c
}

func (p *prose) offset(i int) int {
	if i < len(p.offsets) {
		return p.offsets[i]
	}
	return len(p.text)
}

// end is the byte offset behind the last rune of a range that ends at i.
func (p *prose) end(i int) int {
	if i == 0 {
		return 0
	}
	return p.ends[i-1]
}

// printed is a range as printed, without white space.
func (p *prose) printed(s span) string {
	if s.len() <= 0 {
		return ""
	}
	return strings.Join(strings.Fields(p.text[p.offsets[s.from]:p.ends[s.to-1]]), "")
}

// folded is a range as the rules read it.
func (p *prose) folded(s span) string { return string(p.runes[s.from:s.to]) }

func (p *prose) sentences() []span {
	return p.split(span{0, len(p.runes)}, "。!?;\n\u2028", false)
}

// maxClause is the length beyond which a clause is no prose; the longest of
// the genre, lists of thirty projects, have 400 characters.
const maxClause = 600

// clauses cuts a sentence at commas and colons that stand outside brackets and
// quotation marks. Clauses too long to be prose are left out.
func (p *prose) clauses(s span) []span {
	var kept []span
	for _, c := range p.split(s, ",:…", true) {
		if c.len() <= maxClause {
			kept = append(kept, c)
		}
	}
	return kept
}

// pieces cuts a clause at the signs of an enumeration.
func (p *prose) pieces(s span) []span { return p.split(s, "、", true) }

// split cuts at the signs; nested ones inside brackets and quotation marks do
// not count where outer is set. A bracket that never closes is none.
func (p *prose) split(s span, signs string, outer bool) []span {
	var parts []span
	from, open := s.from, 0
	for i := s.from; i < s.to; i++ {
		c := p.runes[i]
		switch {
		case outer && i >= open && strings.ContainsRune(openers, c):
			open = p.closing(i, s.to)
		case (!outer || i >= open) && strings.ContainsRune(signs, c):
			if i > from {
				parts = append(parts, span{from, i})
			}
			from = i + 1
		}
	}
	if s.to > from {
		parts = append(parts, span{from, s.to})
	}
	return parts
}

const (
	openers = "(“「《【"
	closers = ")”」》】"
)

// maxNested is how far the sign that closes a bracket is looked for.
const maxNested = 40

// closing is the position behind the bracket that closes the one at i, or i.
func (p *prose) closing(i, to int) int {
	for j := i + 1; j < min(to, i+maxNested); j++ {
		if strings.ContainsRune(closers, p.runes[j]) {
			return j + 1
		}
	}
	return i
}

func isHan(c rune) bool { return c >= 0x3400 && c <= 0x9fff || c > 0xffff }

func isDigit(c rune) bool { return c >= '0' && c <= '9' }

func isNumeral(c rune) bool {
	return isDigit(c) || strings.ContainsRune("一二三四五六七八九十百千两", c)
}
