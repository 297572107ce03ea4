package search

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// suggestIndex finds entries by what somebody has typed so far. Entries are
// numbered from the commonest, so the first that match are the best.
type suggestIndex struct {
	// keys holds every folded text after a line feed, in order; starts says where.
	keys   string
	starts []uint32
	// byLetters finds the places in texts where a pair of typed letters may
	// begin: the first two of a reading, or the first of two readings.
	byLetters map[[2]byte]*spots
}

// spots are places in entries, packed: entry number · 256 + character.
type spots struct{ first, inside []uint32 }

// suggestable is the longest prefix that is looked at, in bytes.
const suggestable = 96

func (s *suggestIndex) build(entries []Entry) {
	s.byLetters = map[[2]byte]*spots{}
	s.starts = make([]uint32, len(entries))
	var keys strings.Builder
	for i := range entries {
		keys.WriteByte('\n')
		s.starts[i] = uint32(keys.Len())
		keys.WriteString(entries[i].key)
		if !entries[i].Hidden {
			s.addLetters(uint32(i), []rune(entries[i].key))
		}
	}
	keys.WriteByte('\n')
	s.keys = keys.String()
}

// addLetters notes where typed letters may begin in an entry.
func (s *suggestIndex) addLetters(entry uint32, runes []rune) {
	if len(runes) > 64 {
		runes = runes[:64]
	}
	usual := syllables(runes)
	for i := range runes {
		for _, a := range spellings(runes[i], usual[i]) {
			if i == 0 {
				s.note([2]byte{a[0]}, entry, 0)
			}
			if len(a) > 1 {
				s.note([2]byte{a[0], unifyV(a[1])}, entry, i)
			}
			if i+1 < len(runes) {
				for _, b := range spellings(runes[i+1], usual[i+1]) {
					s.note([2]byte{a[0], unifyV(b[0])}, entry, i)
				}
			}
		}
	}
}

// unifyV takes ü and u for one letter.
func unifyV(c byte) byte {
	if c == 'v' {
		return 'u'
	}
	return c
}

// spellings lists the readings in use of a character, its usual one here first.
func spellings(r rune, usual string) []string {
	list := readings().usual[r]
	switch {
	case usual == "":
		return nil
	case len(list) == 0 || len(list) == 1 && list[0] == usual:
		return []string{usual}
	case slices.Contains(list, usual):
		return list
	}
	return append([]string{usual}, list...)
}

func (s *suggestIndex) note(letters [2]byte, entry uint32, char int) {
	at := s.byLetters[letters]
	if at == nil {
		at = &spots{}
		s.byLetters[letters] = at
	}
	list := &at.inside
	if char == 0 {
		list = &at.first
	}
	spot := entry<<8 | uint32(char)
	if n := len(*list); n == 0 || (*list)[n-1] != spot {
		*list = append(*list, spot)
	}
}

// Suggest offers up to n entries for what has been typed: those that begin
// with it, then those that hold it, each the commonest first. Characters may
// be typed as pinyin or its first letters, wholly or in part (laojiu, ljx,
// 老旧xq). Places known by a short name only are not offered.
func (v *Vocabulary) Suggest(prefix string, n int) []Suggestion {
	found := v.suggestions(prefix, n)
	list := make([]Suggestion, len(found))
	for i, id := range found {
		e := &v.entries[id]
		list[i] = Suggestion{Text: e.Text, Kind: e.Kind, Count: e.Count}
	}
	return list
}

func (v *Vocabulary) suggestions(prefix string, n int) []uint32 {
	if len(prefix) > suggestable {
		prefix = strings.ToValidUTF8(prefix[:suggestable], "")
	}
	if n <= 0 {
		return nil
	}
	c := collector{v: v, n: n, seen: map[uint32]bool{}}
	if key := fold(prefix); key != "" {
		v.suggest.literal(&c, key)
	}
	if input := typedInput(prefix); input != "" {
		v.suggest.typed(&c, input)
	}
	return c.best()
}

// typedInput is what was typed with the separators of an input method taken
// out, "" when there is nothing to read as pinyin.
func typedInput(prefix string) string {
	var b strings.Builder
	latin := false
	for _, t := range Tokenize(prefix) {
		switch t.Kind {
		case Mark:
			return ""
		case Word:
			letters, ok := isLatin(t.Term)
			if !ok {
				b.WriteString(t.Term)
				continue
			}
			latin = true
			b.WriteString(letters)
		default:
			b.WriteString(t.Term)
		}
	}
	if !latin {
		return ""
	}
	return b.String()
}

// The kinds of matches, from the best.
const (
	matchBegins = iota
	matchBeginsTyped
	matchHolds
	matchHoldsTyped
	matchBeginsInitials
	matchHoldsInitials
	matchKinds
)

// collector keeps the first n entries of each kind of match.
type collector struct {
	v     *Vocabulary
	n     int
	seen  map[uint32]bool
	kinds [matchKinds][]uint32
}

// add takes an entry; entries of a kind come in order.
func (c *collector) add(kind int, entry uint32) {
	if !c.seen[entry] && !c.full(kind) && !c.v.entries[entry].Hidden {
		c.seen[entry] = true
		c.kinds[kind] = append(c.kinds[kind], entry)
	}
}

// full reports whether no more of a kind are needed.
func (c *collector) full(kind int) bool { return len(c.kinds[kind]) >= c.n }

// best lists the first n of all kinds.
func (c *collector) best() []uint32 {
	var all []uint32
	for _, list := range c.kinds {
		all = append(all, list...)
	}
	return all[:min(c.n, len(all))]
}

// literal finds the entries that hold the folded text itself.
func (s *suggestIndex) literal(c *collector, key string) {
	s.each("\n"+key, func(entry uint32) bool {
		c.add(matchBegins, entry)
		return !c.full(matchBegins)
	})
	if c.full(matchBegins) {
		return
	}
	s.each(key, func(entry uint32) bool {
		c.add(matchHolds, entry)
		return !c.full(matchHolds)
	})
}

// each visits the entries in whose line a text stands, in order, until visit says no.
func (s *suggestIndex) each(text string, visit func(entry uint32) bool) {
	for at := 0; ; {
		next := strings.Index(s.keys[at:], text)
		if next < 0 {
			return
		}
		at += next
		// The entry is the last that begins at or before the end of the match.
		end := uint32(at + len(text))
		entry := sort.Search(len(s.starts), func(i int) bool { return s.starts[i] >= end }) - 1
		if entry < 0 || !visit(uint32(entry)) {
			return
		}
		if entry+1 >= len(s.starts) {
			return
		}
		at = int(s.starts[entry+1]) - 1
	}
}

// typed finds the entries that the input is a spelling of.
func (s *suggestIndex) typed(c *collector, input string) {
	first, size := utf8.DecodeRuneInString(input)
	if first >= utf8.RuneSelf {
		s.typedAfter(c, input, size)
		return
	}
	var letters [2]byte
	letters[0] = input[0]
	if len(input) > 1 && input[1] < utf8.RuneSelf {
		letters[1] = unifyV(input[1])
	}
	at := s.byLetters[letters]
	if at == nil {
		return
	}
	s.match(c, input, at.first, matchBeginsTyped, matchBeginsInitials)
	if !c.full(matchBeginsTyped) {
		s.match(c, input, at.inside, matchHoldsTyped, matchHoldsInitials)
	}
}

// match tries the spots in order.
func (s *suggestIndex) match(c *collector, input string, list []uint32, full, initials int) {
	for _, spot := range list {
		entry := spot >> 8
		switch matchTyped(input, c.runesFrom(spot)) {
		case typedFull:
			if c.add(full, entry); c.full(full) {
				return
			}
		case typedInitials:
			c.add(initials, entry)
		}
	}
}

// runesFrom gives the characters of an entry from a spot on.
func (c *collector) runesFrom(spot uint32) []rune {
	return []rune(c.v.entries[spot>>8].key)[spot&0xff:]
}

// typedAfter finds entries that begin with characters and go on as typed: 老旧xq.
func (s *suggestIndex) typedAfter(c *collector, input string, size int) {
	for size < len(input) && input[size] >= utf8.RuneSelf {
		_, n := utf8.DecodeRuneInString(input[size:])
		size += n
	}
	s.each(input[:size], func(entry uint32) bool {
		key := c.v.entries[entry].key
		at := strings.Index(key, input[:size])
		if at < 0 {
			return true
		}
		begins := cmp.Compare(at, 0) * (matchHoldsTyped - matchBeginsTyped)
		switch matchTyped(input[size:], []rune(key[at+size:])) {
		case typedFull:
			c.add(matchBeginsTyped+begins, entry)
		case typedInitials:
			c.add(matchBeginsTyped+begins, entry)
		}
		return !c.full(matchBeginsTyped)
	})
}
