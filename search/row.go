package search

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// A Row is a text as it is compared: the terms of its tokens one after the
// other, two bytes a character (UTF-16, low byte first). Looking for a word in
// a row is looking for bytes, which costs a fraction of cutting the text into
// tokens again; engines keep the rows of all texts for that.
type Row []byte

// A gap keeps words apart that touch in no text (2021-1); a border keeps texts
// of one row apart. Neither is part of a term.
const (
	rowGap    = ' '
	rowBorder = '\n'
)

// AppendRow appends the tokens of a text, kept apart from what is there.
func AppendRow(row Row, tokens []Token) Row {
	if len(row) > 0 {
		row = appendUnit(row, rowBorder)
	}
	afterWord := false
	for i := range tokens {
		if tokens[i].Kind == Word && afterWord {
			row = appendUnit(row, rowGap)
		}
		afterWord = tokens[i].Kind == Word
		row = appendTerm(row, tokens[i].Term)
	}
	return row
}

func appendUnit(row Row, unit uint16) Row { return append(row, byte(unit), byte(unit>>8)) }

func appendTerm(row Row, term string) Row {
	for _, r := range term {
		if r < 0x10000 {
			row = appendUnit(row, uint16(r))
		} else {
			high, low := utf16.EncodeRune(r)
			row = appendUnit(appendUnit(row, uint16(high)), uint16(low))
		}
	}
	return row
}

// unit is the character, or half of one, that begins at a byte.
func (r Row) unit(at int) uint16 { return binary.LittleEndian.Uint16(r[at:]) }

// String is the row as text.
func (r Row) String() string {
	out := make([]byte, 0, len(r)*3/2)
	for at := 0; at+1 < len(r); at += 2 {
		c := rune(r.unit(at))
		if utf16.IsSurrogate(c) && at+3 < len(r) {
			c = utf16.DecodeRune(c, rune(r.unit(at+2)))
			at += 2
		}
		out = utf8.AppendRune(out, c)
	}
	return string(out)
}

// A Pattern is a word as it is looked for in rows.
type Pattern struct {
	row Row
	// first and last say that it begins and ends with a run of letters or
	// digits, which must not go on: 21 is not in 2021.
	first, last bool
}

// NewPattern prepares tokens to be looked for, one right after the other.
func NewPattern(tokens []Token) Pattern {
	if len(tokens) == 0 {
		return Pattern{}
	}
	return Pattern{
		row:   AppendRow(nil, tokens),
		first: tokens[0].Kind == Word,
		last:  tokens[len(tokens)-1].Kind == Word,
	}
}

// Key identifies what the pattern finds.
func (p Pattern) Key() string { return string(p.row) }

// next is the byte at which the pattern stands at or after from, or -1.
func (p Pattern) next(r Row, from int) int {
	for from < len(r) && len(p.row) > 0 {
		i := bytes.Index(r[from:], p.row)
		if i < 0 {
			return -1
		}
		at := from + i
		end := at + len(p.row)
		switch {
		case at&1 == 1: // between two characters
			from = at + 1
		case p.first && at > 0 && r.wordEndsAt(at), p.last && end < len(r) && r.wordBeginsAt(end):
			from = at + 2
		default:
			return at
		}
	}
	return -1
}

// In reports whether the row holds the pattern.
func (p Pattern) In(r Row) bool { return p.next(r, 0) >= 0 }

// Count counts where the pattern stands, up to most times.
func (p Pattern) Count(r Row, most int) int {
	n := 0
	for at := p.next(r, 0); at >= 0 && n < most; at = p.next(r, at+len(p.row)) {
		n++
	}
	return n
}

// wordEndsAt and wordBeginsAt report whether the character before or behind a
// byte is a letter or a digit.
func (r Row) wordEndsAt(at int) bool {
	unit := r.unit(at - 2)
	if utf16.IsSurrogate(rune(unit)) && at >= 4 {
		return isWordRune(utf16.DecodeRune(rune(r.unit(at-4)), rune(unit)))
	}
	return isWordRune(rune(unit))
}

func (r Row) wordBeginsAt(at int) bool {
	unit := r.unit(at)
	if utf16.IsSurrogate(rune(unit)) && at+4 <= len(r) {
		return isWordRune(utf16.DecodeRune(rune(unit), rune(r.unit(at+2))))
	}
	return isWordRune(rune(unit))
}

// isWordRune tells the characters of a row that are part of a run of letters
// and digits: all that are no ideograph, mark, gap or border.
func isWordRune(r rune) bool {
	switch r {
	case rowGap, rowBorder, ',', '、', '。', ';', ':', '!', '?', '(', ')', '—', '…', '%', '‰', '℃', '°':
		return false
	}
	return !isIdeograph(r)
}

// Pattern is the word as it is looked for in rows.
func (w PlanWord) Pattern() Pattern { return NewPattern(w.Tokens) }

// HoldsIn reports whether a row holds the word, variants aside, outside its guards.
func (w PlanWord) HoldsIn(r Row) bool {
	if len(w.Guards) == 0 {
		return w.Pattern().In(r)
	}
	m := rowWord{pattern: w.Pattern(), guards: patternsOf(w.Guards)}
	return len(m.own(nil, r)) > 0
}

func patternsOf(words []PlanWord) []Pattern {
	all := make([]Pattern, len(words))
	for i, w := range words {
		all[i] = w.Pattern()
	}
	return all
}
