package search

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

//go:embed data/pinyin.txt
var pinyinData string

//go:embed data/place_readings.txt
var placeReadingData string

// readingTable knows how characters are read, in letters without tones, ü as v.
type readingTable struct {
	// of holds all readings of a character from firstHan on, the commonest first.
	of [lastHan - firstHan + 1][]string
	// usual holds the readings in use of the characters that have several.
	usual map[rune][]string
	// words holds the syllables of words that are read otherwise than
	// character by character; longest is the longest of them in characters.
	words   map[string][]string
	longest int
}

const firstHan, lastHan = 0x4E00, 0x9FFF

var readings = sync.OnceValue(func() *readingTable {
	t := &readingTable{usual: map[rune][]string{}, words: map[string][]string{}}
	for r := rune(firstHan); r <= lastHan; r++ {
		if marked := pinyin.PinyinDict[int(r)]; marked != "" {
			for _, s := range strings.Split(marked, ",") {
				if s = toneless(s); s != "" && !slices.Contains(t.of[r-firstHan], s) {
					t.of[r-firstHan] = append(t.of[r-firstHan], s)
				}
			}
		}
	}
	for line := range strings.Lines(pinyinData + placeReadingData) {
		text, syllables, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		list := strings.Fields(syllables)
		if n := utf8.RuneCountInString(text); n > 1 {
			t.words[text] = list
			t.longest = max(t.longest, n)
			continue
		}
		r, _ := utf8.DecodeRuneInString(text)
		t.usual[r] = list
		for _, s := range t.of[r-firstHan] {
			if !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
		t.of[r-firstHan] = list
	}
	return t
})

// toneless takes the tone off a syllable: lǜ → lv. The answer holds letters
// from a to z only; a syllable that has others is "".
func toneless(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r >= 'a' && r <= 'z':
			b.WriteRune(r)
		case r >= 'A' && r <= 'Z':
			b.WriteRune(r + 'a' - 'A')
		case r == '\u0308': // the dots of ü
			u := strings.TrimSuffix(b.String(), "u")
			b.Reset()
			b.WriteString(u + "v")
		case !unicode.Is(unicode.Mn, r):
			return ""
		}
	}
	return b.String()
}

// readingsOf lists how a character of a folded text may be read: a letter or
// digit as itself. A character without a reading has none.
func readingsOf(r rune) []string {
	if r >= firstHan && r <= lastHan {
		return readings().of[r-firstHan]
	}
	if r < utf8.RuneSelf {
		return asciiReadings[r : r+1]
	}
	return nil
}

var asciiReadings = asciiStrings[:]

// syllables gives the usual reading of each character of a folded text, ""
// where there is none.
func syllables(runes []rune) []string {
	t := readings()
	list := make([]string, len(runes))
	for i := 0; i < len(runes); {
		if word, n := t.wordAt(runes[i:]); n > 0 {
			copy(list[i:], word)
			i += n
			continue
		}
		if all := readingsOf(runes[i]); len(all) > 0 {
			list[i] = all[0]
		}
		i++
	}
	return list
}

// wordAt finds the longest word with a reading of its own at the start of a text.
func (t *readingTable) wordAt(runes []rune) ([]string, int) {
	for n := min(t.longest, len(runes)); n >= 2; n-- {
		if word, ok := t.words[string(runes[:n])]; ok && len(word) == n {
			return word, n
		}
	}
	return nil, 0
}

// isLatin reports whether a text is letters only, as pinyin is typed, with
// apostrophes, hyphens, spaces or tone marks; letters are those without them.
func isLatin(text string) (letters string, ok bool) {
	var b strings.Builder
	for _, r := range norm.NFKC.String(text) {
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("'’`-·", r):
		case unicode.Is(unicode.Latin, r):
			letter := toneless(string(r))
			if letter == "" {
				return "", false
			}
			b.WriteString(letter)
		case unicode.Is(unicode.Mn, r):
		default:
			return "", false
		}
	}
	return b.String(), b.Len() > 0
}

// typed is how well letters fit a word.
type typed int

const (
	typedNot      typed = iota
	typedInitials       // ljxq, laojxq
	typedFull           // laojiuxiaoqu, laojiux
)

// matchTyped matches what somebody typed with the beginning of a text: a
// character is typed as itself, by any of its readings, by the first letter of
// one (zh, ch and sh as well), or, at the end, by the start of one.
func matchTyped(input, text string) typed {
	if input == "" {
		return typedFull
	}
	if text == "" {
		return typedNot
	}
	r, size := utf8.DecodeRuneInString(text)
	if r >= utf8.RuneSelf && strings.HasPrefix(input, text[:size]) {
		return matchTyped(input[size:], text[size:])
	}
	best := typedNot
	for _, reading := range readingsOf(r) {
		if input[0] != reading[0] {
			continue
		}
		if best = max(best, matchReading(input, reading, text[size:])); best == typedFull {
			return best
		}
	}
	return best
}

// matchReading matches with one reading of the first character.
func matchReading(input, reading, rest string) typed {
	best := typedNot
	n := commonPrefix(input, reading)
	if n == len(reading) {
		best = matchTyped(input[n:], rest)
	}
	if n == len(input) {
		return typedFull // the start of a syllable ends the input
	}
	if best == typedFull || len(reading) == 1 {
		return best
	}
	if matchTyped(input[1:], rest) != typedNot {
		return typedInitials
	}
	if n >= 2 && reading[1] == 'h' && matchTyped(input[2:], rest) != typedNot {
		return typedInitials
	}
	return best
}

// commonPrefix is the length of what two spellings share; u is taken for v (lüse, lvse, luse).
func commonPrefix(input, reading string) int {
	n := 0
	for n < len(input) && n < len(reading) && (input[n] == reading[n] || input[n] == 'u' && reading[n] == 'v') {
		n++
	}
	return n
}

// Spell is a text in pinyin without tones, a space between its syllables, for
// putting texts in alphabetical order: 双招双引 → "shuang zhao shuang yin". Latin
// letters, in lower case, and digits are as they stand; other signs are left out.
func Spell(text string) string {
	var runes []rune
	for _, r := range norm.NFKC.String(text) {
		if r = foldHan(unicode.ToLower(r)); r >= firstHan && r <= lastHan || unicode.IsLetter(r) || unicode.IsDigit(r) {
			runes = append(runes, r)
		}
	}
	var b strings.Builder
	for i, s := range syllables(runes) {
		if s == "" {
			s = string(runes[i])
		}
		if i > 0 && (runes[i] >= utf8.RuneSelf || runes[i-1] >= utf8.RuneSelf) {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	return b.String()
}
