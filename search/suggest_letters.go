package search

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"youju/report"
)

// fromLetters reads letters as pinyin: of one known word, of several in a row,
// or, when abbreviations are allowed, as the initials of one.
func (v *Vocabulary) fromLetters(letters string, abbreviated bool) []string {
	letters = unifyU(strings.ToLower(letters))
	if len(letters) < 2 || len(letters) > maxTypedLetters {
		return nil
	}
	var all []string
	v.repair.read.each(letters, func(entry uint32) {
		if v.isRead(entry, letters) {
			all = append(all, v.entries[entry].key)
		}
	})
	for _, place := range placesRead()[letters] {
		if !slices.Contains(all, place) {
			all = append(all, place)
		}
	}
	if len(all) == 0 {
		if text := v.fromLettersOfMany(letters); text != "" {
			all = append(all, text)
		}
	}
	if len(all) == 0 && abbreviated && len(letters) >= minSlip {
		v.repair.start.each(letters, func(entry uint32) {
			e := &v.entries[entry]
			if initials(syllables([]rune(e.key))) == letters && (len(letters) > minSlip || e.Count >= 5) {
				all = append(all, e.key)
			}
		})
	}
	return all
}

func (v *Vocabulary) isRead(entry uint32, letters string) bool {
	return unifyU(strings.Join(syllables([]rune(v.entries[entry].key)), "")) == letters
}

// fromLettersOfMany cuts letters into the readings of known words, the fewest
// and commonest; "" when they cannot be cut.
func (v *Vocabulary) fromLettersOfMany(letters string) string {
	type step struct {
		cost  float64
		from  int
		entry uint32
	}
	best := make([]step, len(letters)+1)
	for to := 1; to <= len(letters); to++ {
		best[to].cost = -1
		for from := max(0, to-6*maxRead); from <= to-3; from++ {
			if from > 0 && best[from].cost < 0 {
				continue
			}
			part := letters[from:to]
			v.repair.read.each(part, func(entry uint32) {
				c, ok := v.atomCost(v.entries[entry].key)
				if c += best[from].cost + 4; ok && v.isRead(entry, part) && (best[to].cost < 0 || c < best[to].cost) {
					best[to] = step{c, from, entry}
				}
			})
		}
	}
	if best[len(letters)].cost < 0 {
		return ""
	}
	text := ""
	for to := len(letters); to > 0; to = best[to].from {
		text = v.entries[best[to].entry].key + text
	}
	return text
}

// fromMixed reads the letters among characters: 老旧xiaoqu.
func (v *Vocabulary) fromMixed(runes []rune) []string {
	text := string(runes)
	from := strings.IndexFunc(text, isSmallLetter)
	if from < 0 {
		return nil
	}
	to := from
	for to < len(text) && isSmallLetter(rune(text[to])) {
		to++
	}
	if to-from < 2 {
		return nil
	}
	var all []string
	for _, read := range v.fromLetters(text[from:to], true) {
		all = append(all, text[:from]+read+text[to:])
	}
	return all
}

func isSmallLetter(r rune) bool { return r >= 'a' && r <= 'z' }

// placesRead leads from letters to the places of the country that are read so:
// one that no document is of may be spoken of all the same.
var placesRead = sync.OnceValue(func() map[string][]string {
	names := report.Places().ShortNames()
	for line := range strings.Lines(placeReadingData) {
		if name, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			names = append(names, name)
		}
	}
	places := map[string][]string{}
	for _, name := range names {
		if key := fold(name); utf8.RuneCountInString(key) > 1 {
			letters := unifyU(strings.Join(syllables([]rune(key)), ""))
			if !slices.Contains(places[letters], key) {
				places[letters] = append(places[letters], key)
			}
		}
	}
	return places
})
