package indexer

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/glyphs.txt
var glyphsFile string

// glyphs maps what stands for another character to that character.
var glyphs = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for _, r := range [][2]rune{{0x2F00, 0x2FD5}, {0xF900, 0xFAD9}, {0x2F800, 0x2FA1D}} {
		for c := r[0]; c <= r[1]; c++ {
			if s := norm.NFKC.String(string(c)); s != string(c) && utf8.RuneCountInString(s) == 1 {
				m[c], _ = utf8.DecodeRuneInString(s)
			}
		}
	}
	listed, err := parseGlyphs(glyphsFile)
	if err != nil {
		panic(err)
	}
	for from, to := range listed {
		m[from] = to
	}
	return m
})

func parseGlyphs(file string) (map[rune]rune, error) {
	m := map[rune]rune{}
	for n, line := range strings.Split(file, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		code, to, _ := strings.Cut(line, "\t")
		from, err := strconv.ParseUint(code, 16, 21)
		if r, size := utf8.DecodeRuneInString(to); err == nil && size == len(to) && size > 0 {
			m[rune(from)] = r
			continue
		}
		return nil, fmt.Errorf("glyphs: line %d: %q", n+1, line)
	}
	return m, nil
}

// lineEnds are characters that end a line as a newline does: vertical tab, form
// feed, NEL and Unicode's separators of lines and paragraphs.
const lineEnds = "\v\f\u0085\u2028\u2029"

// plainCharacters writes glyphs as the characters they stand for, and every end
// of a line as a newline.
func plainCharacters(s string) string {
	at := strings.IndexFunc(s, isVariant)
	if at < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:at])
	for _, r := range s[at:] {
		switch {
		case strings.ContainsRune(lineEnds, r):
			r = '\n'
		case isVariant(r):
			if to, ok := glyphs()[r]; ok {
				r = to
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isVariant tells the runes that may have to be written otherwise.
func isVariant(r rune) bool {
	switch {
	case r < 0x80:
		return r == '\v' || r == '\f'
	case r < 0x2E80:
		return r == 0x85 || r == 0x2028 || r == 0x2029
	case r <= 0x2FD5:
		return true
	}
	return r >= 0xE000 && r <= 0xFAD9 || r >= 0x2F800 && r <= 0x2FA1D
}
