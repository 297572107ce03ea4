package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"youju/report"
)

// simplified maps a traditional character to the simplified one it folds to.
var simplified = report.SimplifiedForms

// foldHan gives the simplified form of a character, or the character itself.
func foldHan(r rune) rune { return report.Simplified(r) }

// compatible gives the NFKC form of one rune. Runes that form something else
// only together with their neighbours are left alone: offsets must lead back.
func compatible(r rune) string {
	if r >= 0xFF01 && r <= 0xFF5E { // full-width ASCII, by far the most frequent
		return asciiStrings[r-0xFEE0]
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	if norm.NFKC.IsNormal(buf[:n]) {
		return ""
	}
	return norm.NFKC.String(string(r))
}

var asciiStrings = func() (table [128]string) {
	for i := range table {
		table[i] = string(rune(i))
	}
	return table
}()

// isIdeograph tells the characters that are written without spaces and
// searched by pairs: Han and kana. Hangul is too rare here to matter and goes along.
func isIdeograph(r rune) bool {
	if r >= 0x4E00 && r <= 0x9FFF {
		return true
	}
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// isCompatibleForm tells ideographs that NFKC writes differently: radicals,
// half-width kana, the doubles kept for old code pages.
func isCompatibleForm(r rune) bool {
	return (r < 0x4E00 || r > 0x9FFF) && compatible(r) != ""
}

// isInvisible tells characters that are not there for a reader: they neither
// separate nor count (soft hyphens, joiners, byte order marks, accents set apart).
func isInvisible(r rune) bool {
	return r >= 0x80 && unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me)
}

// isOwnToken tells the signs that stand for themselves although NFKC writes
// them as one digit or letter, which would glue ① to 2021.
func isOwnToken(r rune) bool {
	return r >= 0x2460 && r <= 0x24FF || r >= 0x2776 && r <= 0x2793 || r >= 0x2100 && r <= 0x214F
}

// breaks maps punctuation that ends a clause to the form it is indexed in.
// Full-width forms come here already folded by NFKC.
var breaks = map[rune]string{
	'，': ",", ',': ",", '、': "、", '。': "。", '.': "。", '｡': "。", ';': ";", '；': ";",
	':': ":", '：': ":", '!': "!", '！': "!", '?': "?", '？': "?",
	'(': "(", '（': "(", ')': ")", '）': ")", '—': "—", '―': "—", '─': "—", '…': "…",
	'%': "%", '‰': "‰", '℃': "℃", '°': "°",
}
