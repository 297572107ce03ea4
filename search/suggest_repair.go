package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// repairIndex finds entries by how they are read and by the texts one slip
// away, without looking at any dictionary of terms.
type repairIndex struct {
	// read leads from the usual reading of an entry, start from its initials,
	// slip from the entry with one character left out.
	read, start, slip hashIndex
}

// hashIndex leads from hashes of texts to entries. Different texts may share a
// hash: whoever asks must compare.
type hashIndex []hashed

type hashed struct{ hash, entry uint32 }

func (x *hashIndex) add(text string, entry int) {
	*x = append(*x, hashed{hashOf(text), uint32(entry)})
}

func (x hashIndex) sort() {
	slices.SortFunc(x, func(a, b hashed) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.entry, b.entry)) })
}

// each visits the entries of a text, the commonest first.
func (x hashIndex) each(text string, visit func(entry uint32)) {
	hash := hashOf(text)
	at, _ := slices.BinarySearchFunc(x, hash, func(h hashed, hash uint32) int { return cmp.Compare(h.hash, hash) })
	for ; at < len(x) && x[at].hash == hash; at++ {
		visit(x[at].entry)
	}
}

// hashOf is FNV-1a.
func hashOf(text string) uint32 {
	hash := uint32(2166136261)
	for i := range len(text) {
		hash = (hash ^ uint32(text[i])) * 16777619
	}
	return hash
}

// The lengths in characters of entries that slips are looked for in.
const (
	minSlip = 3
	maxSlip = 8
	// maxRead is the longest entry that is found by its reading.
	maxRead = 12
)

func (x *repairIndex) build(entries []Entry) {
	for i := range entries {
		runes := []rune(entries[i].key)
		n := len(runes)
		if n < 2 || n > maxRead || hanCount(entries[i].key) != n {
			continue
		}
		read := syllables(runes)
		x.read.add(unifyU(strings.Join(read, "")), i)
		if n > maxSlip {
			continue
		}
		if n >= minSlip && entries[i].Kind != EntryHeading {
			x.start.add(initials(read), i)
		}
		if n >= minSlip {
			for skip := range n {
				x.slip.add(without(runes, skip), i)
			}
		}
	}
	x.read.sort()
	x.start.sort()
	x.slip.sort()
}

// unifyU writes ü as u, as half of the people do.
func unifyU(letters string) string { return strings.ReplaceAll(letters, "v", "u") }

func initials(read []string) string {
	b := make([]byte, 0, len(read))
	for _, s := range read {
		if s != "" {
			b = append(b, s[0])
		}
	}
	return string(b)
}

func without(runes []rune, skip int) string {
	return string(runes[:skip]) + string(runes[skip+1:])
}

// Limits of repairs.
const (
	// rareHits is the number of hits up to which a word may be a slip.
	rareHits = 2
	// maxRepairs is the number of corrections offered.
	maxRepairs = 3
	// maxTried is the number of corrections whose hits are asked for.
	maxTried = 8
	// maxRepaired is the longest word in characters that is looked at.
	maxRepaired = 24
	// maxTypedLetters is the longest pinyin that is read.
	maxTypedLetters = 64
)

// Correct lists what a query may have been meant to be (您是不是要找): pinyin
// typed in letters, characters of the same sound, and one character that is
// wrong, missing, too many or swapped, all compared with the words of the
// collection. hits tells how many items hold a word: words that have more than
// a few are right, and only corrections that have more are offered, the best
// first. A query that fits nothing gives nothing.
func (v *Vocabulary) Correct(query string, hits func(word string) int) []Alternative {
	query = strings.ToValidUTF8(query, " ")
	if utf8.RuneCountInString(query) > MaxQueryRunes {
		return nil
	}
	if letters, ok := isLatin(query); ok {
		if all := v.offer(query, query, soundRepairs(v.fromLetters(letters, isTypedLow(query))), hits); len(all) > 0 {
			return all
		}
	}
	var all []Alternative
	for i, word := range strings.Fields(query) {
		if i >= MaxWords || len(all) >= maxRepairs {
			break
		}
		// Most words occur, which is known faster than what else they could be.
		if v.isKnown(fold(word)) || hits(word) > rareHits {
			continue
		}
		all = append(all, v.offer(query, word, v.repairs(word), hits)...)
	}
	return all[:min(len(all), maxRepairs)]
}

// isTypedLow reports whether letters are typed as pinyin is: GDP is a name.
func isTypedLow(text string) bool { return strings.IndexFunc(text, unicode.IsUpper) < 0 }

// offer makes alternatives of the repairs of one word that have more hits than
// the word itself.
func (v *Vocabulary) offer(query, word string, repairs []repair, hits func(string) int) []Alternative {
	if len(repairs) == 0 {
		return nil
	}
	had := hits(word)
	if had > rareHits {
		return nil
	}
	var all []Alternative
	for _, r := range repairs[:min(len(repairs), maxTried)] {
		// A word that occurs is a slip only where a much commoner one sounds the same.
		if had > 0 && r.slip != slipSound {
			continue
		}
		if n := hits(r.text); n > muchCommoner*had && len(all) < maxRepairs {
			all = append(all, Alternative{Text: strings.Replace(query, word, r.text, 1), Word: word, Count: n})
		}
	}
	return all
}

// muchCommoner is how many times as often the right word occurs.
const muchCommoner = 8

// repair is what a word may have been meant to be, and by which slip.
type repair struct {
	text string
	slip int
}

func soundRepairs(words []string) []repair {
	all := make([]repair, len(words))
	for i, w := range words {
		all[i] = repair{w, slipSound}
	}
	return all
}

// repairs lists what a word may have been meant to be, the likeliest first.
func (v *Vocabulary) repairs(word string) []repair {
	if utf8.RuneCountInString(word) > maxRepaired {
		return nil
	}
	if letters, ok := isLatin(word); ok {
		return soundRepairs(v.fromLetters(letters, isTypedLow(word)))
	}
	runes := []rune(fold(word))
	switch han := hanCount(string(runes)); {
	case han == len(runes):
		return v.fromHan(runes)
	case han > 0:
		return soundRepairs(v.fromMixed(runes))
	}
	return nil
}

// The kinds of slips, the likeliest first.
const (
	slipSound = iota
	slipSwap
	slipSoundsLike
	slipLength
	slipOther
)

// repaired is a word with one of its pieces replaced.
type repaired struct {
	text  string
	slip  int
	part  bool // only a piece of the word was looked at
	entry uint32
}

// isKnown tells a word of characters that is no slip, hits or not.
func (v *Vocabulary) isKnown(key string) bool {
	return hanCount(key) == utf8.RuneCountInString(key) &&
		(has(v.byKey, key) || has(synonyms().byTerm, key) || has(synonyms().byTerm, trimLevel(key)))
}

// fromHan repairs a word of characters, as a whole or one piece of it.
func (v *Vocabulary) fromHan(runes []rune) []repair {
	key := string(runes)
	if v.isKnown(key) {
		return nil
	}
	var found []repaired
	v.whole(runes, func(entry uint32, slip int) {
		found = append(found, repaired{v.entries[entry].key, slip, false, entry})
	})
	if !v.allKnown(runes) {
		for size := min(maxSlip, len(runes)-2); size >= minSlip; size-- {
			for at := 0; at+size <= len(runes); at++ {
				found = v.piece(found, runes, at, size)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b repaired) int {
		return cmp.Or(compareBool(a.part, b.part), cmp.Compare(a.slip, b.slip), cmp.Compare(a.entry, b.entry))
	})
	var all []repair
	for _, r := range found {
		if !slices.ContainsFunc(all, func(other repair) bool { return other.text == r.text }) {
			all = append(all, repair{r.text, r.slip})
		}
	}
	return all
}

// piece repairs a piece of a word whose rest is known.
func (v *Vocabulary) piece(found []repaired, runes []rune, at, size int) []repaired {
	before, part, after := runes[:at], runes[at:at+size], runes[at+size:]
	if v.allKnown(part) || !v.allKnown(before) || !v.allKnown(after) {
		return found
	}
	v.whole(part, func(entry uint32, slip int) {
		if slip <= slipSoundsLike {
			found = append(found, repaired{string(before) + v.entries[entry].key + string(after), slip, true, entry})
		}
	})
	return found
}

// allKnown reports whether a text is cut into known words without a rest.
func (v *Vocabulary) allKnown(runes []rune) bool {
	for _, piece := range v.Segment(string(runes)) {
		if _, ok := v.byKey[piece]; !ok || utf8.RuneCountInString(piece) < 2 {
			return false
		}
	}
	return true
}

// whole visits the entries that are one slip away from a text.
func (v *Vocabulary) whole(runes []rune, visit func(entry uint32, slip int)) {
	if len(runes) < 2 || len(runes) > maxRead {
		return
	}
	text := string(runes)
	for _, letters := range v.spelled(runes) {
		v.repair.read.each(letters, func(entry uint32) {
			other := []rune(v.entries[entry].key)
			if len(other) == len(runes) && shared(runes, other) > 0 && string(other) != text && v.isRead(entry, letters) {
				visit(entry, slipSound)
			}
		})
	}
	if len(runes) < minSlip || len(runes) > maxSlip+1 {
		return
	}
	for i := range runes {
		shorter := without(runes, i)
		// A character more at an end makes another word: 量子计算, 量子计算机.
		inside := i > 0 && i < len(runes)-1
		if entry, ok := v.byKey[shorter]; ok && inside && len(runes) > minSlip && !v.allKnown(runes) {
			visit(uint32(entry), slipLength)
		}
		v.repair.slip.each(shorter, func(entry uint32) {
			if slip, ok := substitution(runes, []rune(v.entries[entry].key), i); ok {
				visit(entry, slip)
			}
		})
		if i+1 < len(runes) && runes[i] != runes[i+1] {
			swapped := slices.Clone(runes)
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			if entry, ok := v.byKey[string(swapped)]; ok {
				visit(uint32(entry), slipSwap)
			}
		}
	}
	v.repair.slip.each(text, func(entry uint32) {
		if other := []rune(v.entries[entry].key); len(other) == len(runes)+1 && len(runes) >= minSlip && isWithoutOne(other, runes) {
			visit(entry, slipLength)
		}
	})
}

// spelled lists the readings of a text, a few where characters have several.
func (v *Vocabulary) spelled(runes []rune) []string {
	usual := syllables(runes)
	all := []string{""}
	for i, r := range runes {
		var next []string
		for _, s := range spellings(r, usual[i]) {
			for _, before := range all {
				if len(next) < 16 {
					next = append(next, before+unifyU(s))
				}
			}
		}
		all = next
	}
	return all
}

// shared counts the characters two texts have at the same place.
func shared(a, b []rune) int {
	n := 0
	for i := range a {
		if a[i] == b[i] {
			n++
		}
	}
	return n
}

// substitution tells whether two texts differ in character i only, and how
// likely that is a slip.
func substitution(a, b []rune, i int) (slip int, ok bool) {
	if len(a) != len(b) || shared(a, b) != len(a)-1 || a[i] == b[i] {
		return 0, false
	}
	for _, x := range readingsOf(a[i]) {
		for _, y := range readingsOf(b[i]) {
			if soundsLike(x, y) {
				return slipSoundsLike, true
			}
		}
	}
	// In three characters one other is often another word: 火车站, 汽车站.
	return slipOther, len(a) > minSlip
}

// soundsLike tells syllables that many people do not tell apart.
func soundsLike(x, y string) bool {
	same := strings.NewReplacer("zh", "z", "ch", "c", "sh", "s", "ng", "n", "l", "n", "f", "h")
	return same.Replace(x) == same.Replace(y)
}

func isWithoutOne(long, short []rune) bool {
	i := 0
	for i < len(short) && long[i] == short[i] {
		i++
	}
	return string(long[i+1:]) == string(short[i:])
}
