package report

import "unicode"

// compact drops white space and the stars of Markdown's bold, which may stand
// anywhere in a scanned text. offsets holds each rune's byte offset in s, and
// the length of s at the end.
func compact(s string) (runes []rune, offsets []int) {
	runes = make([]rune, 0, len(s)/3+1)
	offsets = make([]int, 0, len(s)/3+2)
	for i, r := range s {
		if r == '*' || r == '\u200b' || r == '\ufeff' || unicode.IsSpace(r) {
			continue
		}
		runes = append(runes, r)
		offsets = append(offsets, i)
	}
	return runes, append(offsets, len(s))
}
