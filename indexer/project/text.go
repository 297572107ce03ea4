package project

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// prose is a text without its white space, with the way back to its bytes. Full
// width signs, digits and letters are folded, so that one rule reads both forms.
type prose struct {
	text  string
	runes []rune
	// offsets holds the byte offset of each rune.
	offsets []int
}

// span is a half-open range of a prose's runes.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

func read(text string) prose {
	n := utf8.RuneCountInString(text)
	p := prose{text: text, runes: make([]rune, 0, n), offsets: make([]int, 0, n)}
	for i, c := range text {
		if c != '\n' && c <= '\u3000' && unicode.IsSpace(c) {
			continue
		}
		p.runes = append(p.runes, fold(c))
		p.offsets = append(p.offsets, i)
	}
	return p
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
	at := p.offsets[i-1]
	_, size := utf8.DecodeRuneInString(p.text[at:])
	return at + size
}

// printed is a range as printed, without white space.
func (p *prose) printed(s span) string {
	if s.len() <= 0 {
		return ""
	}
	return strings.Join(strings.Fields(p.text[p.offsets[s.from]:p.end(s.to)]), "")
}

// folded is a range as the rules read it.
func (p *prose) folded(s span) string { return string(p.runes[s.from:s.to]) }

func (p *prose) sentences() []span {
	return p.split(span{0, len(p.runes)}, isStop, false)
}

// maxClause is the length beyond which a clause is no prose; the longest of
// the genre, lists of thirty projects, have 400 characters.
const maxClause = 600

// clauses cuts a sentence at commas and colons that stand outside brackets and
// quotation marks. Clauses too long to be prose are left out.
func (p *prose) clauses(s span) []span {
	var kept []span
	for _, c := range p.split(s, isPause, true) {
		if c.len() <= maxClause {
			kept = append(kept, c)
		}
	}
	return kept
}

// pieces cuts a clause at the signs of an enumeration.
func (p *prose) pieces(s span) []span {
	return p.split(s, func(c rune) bool { return c == '、' }, true)
}

func isStop(c rune) bool {
	switch c {
	case '。', '!', '?', ';', '\n', '\u2028':
		return true
	}
	return false
}

func isPause(c rune) bool { return c == ',' || c == ':' || c == '…' }

// split cuts at signs; nested ones inside brackets and quotation marks do
// not count where outer is set. A bracket that never closes is none.
func (p *prose) split(s span, isSign func(rune) bool, outer bool) []span {
	var parts []span
	from, open := s.from, 0
	for i := s.from; i < s.to; i++ {
		c := p.runes[i]
		switch {
		case outer && i >= open && isOpener(c):
			open = p.closing(i, s.to)
		case (!outer || i >= open) && isSign(c):
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

func isOpener(c rune) bool {
	switch c {
	case '(', '“', '「', '《', '【':
		return true
	}
	return false
}

func isCloser(c rune) bool {
	switch c {
	case ')', '”', '」', '》', '】':
		return true
	}
	return false
}

// maxNested is how far the sign that closes a bracket is looked for.
const maxNested = 40

// closing is the position behind the bracket that closes the one at i, or i.
func (p *prose) closing(i, to int) int {
	for j := i + 1; j < min(to, i+maxNested); j++ {
		if isCloser(p.runes[j]) {
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
