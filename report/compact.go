package report

import (
	"unicode"
	"unicode/utf8"
)

// compact drops white space and the stars of Markdown's bold, which may stand
// anywhere in a scanned text.
func compact(s string) []rune {
	runes := make([]rune, 0, utf8.RuneCountInString(s))
	for _, r := range s {
		if !isDropped(r) {
			runes = append(runes, r)
		}
	}
	return runes
}

// offsets gives the byte offset in s of each rune that compact leaves, and the
// length of s at the end.
func offsets(s string) []int {
	at := make([]int, 0, utf8.RuneCountInString(s)+1)
	for i, r := range s {
		if !isDropped(r) {
			at = append(at, i)
		}
	}
	return append(at, len(s))
}

func isDropped(r rune) bool {
	return r <= '\u3000' && (r == '*' || r == '\u200b' || unicode.IsSpace(r)) || r == '\ufeff'
}
