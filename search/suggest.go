package search

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// suggestIndex finds entries by what somebody has typed so far. Entries are
// numbered from the commonest, so the first that match are the best.
type suggestIndex struct {
	keys lines // the folded texts
	// initials holds the first letters of each text's characters, a space for
	// those that have none.
	initials lines
	// syllables finds the places where a character is read in one way.
	syllables map[string]*spots
	// starting lists, for each start of a syllable, the syllables.
	starting map[string][]string
}

// lines holds one line for each entry, in order; starts says where.
type lines struct {
	text   string
	starts []uint32
}

// spots are places in entries, packed: entry number · 256 + byte.
type spots struct{ first, inside []uint32 }

// suggestable is the longest prefix that is looked at, in bytes.
const suggestable = 96

func (s *suggestIndex) build(entries []Entry) {
	s.syllables, s.starting = map[string]*spots{}, map[string][]string{}
	var keys, letters strings.Builder
	for i := range entries {
		key := entries[i].key
		runes := []rune(key)
		usual := syllables(runes)
		keys.WriteByte('\n')
		letters.WriteByte('\n')
		s.keys.starts = append(s.keys.starts, uint32(keys.Len()))
		s.initials.starts = append(s.initials.starts, uint32(letters.Len()))
		keys.WriteString(key)
		at := 0
		for j, r := range runes {
			if usual[j] == "" {
				letters.WriteByte(' ')
			} else {
				letters.WriteByte(usual[j][0])
			}
			if !entries[i].Hidden && at < 256 {
				for _, syllable := range spellings(r, usual[j]) {
					s.note(unifyU(syllable), uint32(i), at)
				}
			}
			at += utf8.RuneLen(r)
		}
	}
	s.keys.text, s.initials.text = keys.String()+"\n", letters.String()+"\n"
	for syllable := range s.syllables {
		for n := 1; n <= len(syllable); n++ {
			s.starting[syllable[:n]] = append(s.starting[syllable[:n]], syllable)
		}
	}
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

func (s *suggestIndex) note(syllable string, entry uint32, at int) {
	all := s.syllables[syllable]
	if all == nil {
		all = &spots{}
		s.syllables[syllable] = all
	}
	list := &all.inside
	if at == 0 {
		list = &all.first
	}
	*list = append(*list, entry<<8|uint32(at))
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
			for _, r := range t.Term {
				letter := string(r)
				if unicode.IsLetter(r) {
					letter = toneless(letter)
					latin = latin || letter != ""
				}
				b.WriteString(letter)
			}
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
	s.keys.each(key, func(entry uint32, at int) bool {
		if at == 0 {
			c.add(matchBegins, entry)
		} else {
			c.add(matchHolds, entry)
		}
		return !c.full(matchBegins)
	})
}

// each visits the entries whose line holds a text, in order, with the byte
// where it stands first, until visit says no.
func (l *lines) each(text string, visit func(entry uint32, at int) bool) {
	for at := 0; ; {
		next := strings.Index(l.text[at:], text)
		if next < 0 {
			return
		}
		at += next
		entry := sort.Search(len(l.starts), func(i int) bool { return int(l.starts[i]) > at }) - 1
		if entry < 0 || !visit(uint32(entry), at-int(l.starts[entry])) || entry+1 >= len(l.starts) {
			return
		}
		at = int(l.starts[entry+1]) - 1
	}
}

// typed finds the entries that the input is a spelling of.
func (s *suggestIndex) typed(c *collector, input string) {
	input = unifyU(input)
	first, size := utf8.DecodeRuneInString(input)
	if first >= utf8.RuneSelf {
		s.typedAfter(c, input, size)
		return
	}
	s.byReading(c, input, matchBeginsTyped, func(at *spots) []uint32 { return at.first })
	if !c.full(matchBeginsTyped) {
		s.byReading(c, input, matchHoldsTyped, func(at *spots) []uint32 { return at.inside })
	}
	s.byInitials(c, input)
}

// byReading finds the places where the input is read: by one syllable and what
// follows, or by the start of one.
func (s *suggestIndex) byReading(c *collector, input string, kind int, in func(*spots) []uint32) {
	var found []uint32
	look := func(at *spots, rest string) {
		taken := 0
		for _, spot := range in(at) {
			key := c.v.entries[spot>>8].key[spot&0xff:]
			_, size := utf8.DecodeRuneInString(key)
			if matchTyped(rest, key[size:]) == typedNot {
				continue
			}
			found = append(found, spot>>8)
			if taken++; taken == c.n {
				return
			}
		}
	}
	for n := 1; n < min(len(input), 7); n++ {
		if at := s.syllables[input[:n]]; at != nil {
			look(at, input[n:])
		}
	}
	for _, syllable := range s.starting[input] {
		look(s.syllables[syllable], "")
	}
	slices.Sort(found)
	for _, entry := range found {
		c.add(kind, entry)
	}
}

// byInitials finds the entries whose characters begin with the letters; zh, ch
// and sh count as one.
func (s *suggestIndex) byInitials(c *collector, input string) {
	if len(input) < 2 {
		return
	}
	for _, letters := range []string{shortInitials.Replace(input), input} {
		s.initials.each(letters, func(entry uint32, at int) bool {
			if at == 0 {
				c.add(matchBeginsInitials, entry)
			} else {
				c.add(matchHoldsInitials, entry)
			}
			return !c.full(matchBeginsInitials)
		})
	}
}

var shortInitials = strings.NewReplacer("zh", "z", "ch", "c", "sh", "s")

// typedAfter finds entries that hold characters and go on as typed: 老旧xq.
func (s *suggestIndex) typedAfter(c *collector, input string, size int) {
	for size < len(input) && input[size] >= utf8.RuneSelf {
		_, n := utf8.DecodeRuneInString(input[size:])
		size += n
	}
	s.keys.each(input[:size], func(entry uint32, at int) bool {
		if matchTyped(input[size:], c.v.entries[entry].key[at+size:]) != typedNot {
			if at == 0 {
				c.add(matchBeginsTyped, entry)
			} else {
				c.add(matchHoldsTyped, entry)
			}
		}
		return !c.full(matchBeginsTyped)
	})
}
