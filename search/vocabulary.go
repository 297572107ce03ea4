package search

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The kinds of vocabulary entries, as a reader sees them.
const (
	EntryPlace     = "地区"
	EntryUnit      = "单位"
	EntryTerm      = "用语" // from the glossaries of the reports
	EntryTopic     = "主题"
	EntryIndicator = "指标"
	EntryProject   = "项目"
	EntryHeading   = "标题"
	EntryPhrase    = "词语" // what the texts repeat: 老旧小区, 营商环境
)

// entryKinds lists the kinds from the most telling to the least: a text that
// is found in several ways keeps the first.
var entryKinds = []string{
	EntryPlace, EntryUnit, EntryTerm, EntryTopic, EntryIndicator, EntryProject, EntryPhrase, EntryHeading,
}

// An Entry is a word, name or heading of the collection.
type Entry struct {
	// Text is as the documents write it, Kind one of the Entry constants.
	Text, Kind string
	// Count is the number of items that hold it.
	Count int
	// Hidden is set for texts that are known but not suggested: the short
	// names of places (东阿), which stand for the full ones.
	Hidden bool

	// key is the folded text.
	key string
	// loose is set for entries that are several words in a row (老旧小区改造).
	loose bool
}

// A Vocabulary is what the collection speaks of: its headings, indicators,
// projects, units, places, defined terms and the phrases it repeats. It offers
// suggestions, repairs slips and cuts words into known ones. It decides
// nothing about what can be found. It is read-only and safe for concurrent use.
type Vocabulary struct {
	// entries are in the order of suggestions, the commonest first.
	entries []Entry
	byKey   map[string]int32
	// items is the number of items counted.
	items int
	// longest is the length of the longest key in characters.
	longest int

	suggest suggestIndex
	repair  repairIndex
}

// newVocabulary indexes entries; of two with the same folded text the first stays.
func newVocabulary(entries []Entry, items int) *Vocabulary {
	v := &Vocabulary{items: items, byKey: make(map[string]int32, len(entries))}
	for i := range entries {
		entries[i].key = fold(entries[i].Text)
	}
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(len(a.key), len(b.key)), strings.Compare(a.key, b.key))
	})
	for _, e := range entries {
		if _, ok := v.byKey[e.key]; ok || e.key == "" {
			continue
		}
		v.byKey[e.key] = int32(len(v.entries))
		v.entries = append(v.entries, e)
		v.longest = max(v.longest, utf8.RuneCountInString(e.key))
	}
	v.markLoose()
	v.suggest.build(v.entries)
	v.repair.build(v.entries)
	return v
}

// fold is the form in which texts are compared: what [Tokenize] keeps, without
// punctuation. Quotation marks, width, case and traditional forms play no part.
func fold(text string) string {
	var b strings.Builder
	for _, t := range Tokenize(text) {
		if t.Kind != Mark {
			b.WriteString(t.Term)
		}
	}
	return b.String()
}

// Len is the number of entries.
func (v *Vocabulary) Len() int { return len(v.entries) }

// Items is the number of items the vocabulary was made from.
func (v *Vocabulary) Items() int { return v.items }

// Entries lists the entries, the commonest first. It must not be changed.
func (v *Vocabulary) Entries() []Entry { return v.entries }

// Find returns the entry of a word, compared after folding.
func (v *Vocabulary) Find(word string) (Entry, bool) {
	i, ok := v.byKey[fold(word)]
	if !ok {
		return Entry{}, false
	}
	return v.entries[i], true
}

// Has reports whether the collection knows a text as one word: neither a
// heading nor several words in a row.
func (v *Vocabulary) Has(word string) bool {
	_, ok := v.atomCost(fold(word))
	return ok
}

// Count is the number of items that hold a known word, 0 for others.
func (v *Vocabulary) Count(word string) int {
	e, _ := v.Find(word)
	return e.Count
}

// maxAtom is the length in characters of the longest piece that Segment keeps whole.
const maxAtom = 12

// Segment cuts a word into known words, the longest and most usual ones:
// 老旧小区改造 → 老旧小区, 改造. The pieces are folded and joined they are the
// folded word; a run of characters in no known word is one piece, which
// [Vocabulary.Has] denies.
func (v *Vocabulary) Segment(word string) []string {
	var pieces []string
	for _, run := range runs(Tokenize(word)) {
		pieces = v.segment(pieces, run)
	}
	return pieces
}

// runs cuts tokens at punctuation.
func runs(tokens []Token) [][]Token {
	var all [][]Token
	start := 0
	for i := 0; i <= len(tokens); i++ {
		if i == len(tokens) || tokens[i].Kind == Mark {
			if i > start {
				all = append(all, tokens[start:i])
			}
			start = i + 1
		}
	}
	return all
}

// The costs of cutting a word: an unknown character costs more than any known
// word, a piece the less the commoner it is.
const unknownCost = 40

// segment appends the cheapest cut of one run.
func (v *Vocabulary) segment(pieces []string, run []Token) []string {
	n := len(run)
	starts := make([]int, n+1) // byte offsets into text
	var text strings.Builder
	for i, t := range run {
		text.WriteString(t.Term)
		starts[i+1] = text.Len()
	}
	key := text.String()
	cost := make([]float64, n+1)
	from := make([]int, n+1)
	known := make([]bool, n+1)
	for end := 1; end <= n; end++ {
		cost[end], from[end] = cost[end-1]+unknownCost, end-1
		for start := max(0, end-maxAtom); start < end; start++ {
			c, ok := v.atomCost(key[starts[start]:starts[end]])
			if ok && cost[start]+c < cost[end] {
				cost[end], from[end], known[end] = cost[start]+c, start, true
			}
		}
	}
	at := len(pieces)
	unknownTo := -1
	for end := n; end > 0; end = from[end] {
		if known[end] {
			unknownTo = -1
			pieces = append(pieces, key[starts[from[end]]:starts[end]])
			continue
		}
		if unknownTo < 0 {
			unknownTo = end
			pieces = append(pieces, "")
		}
		pieces[len(pieces)-1] = key[starts[from[end]]:starts[unknownTo]]
	}
	slices.Reverse(pieces[at:])
	return pieces
}

// atomCost is what a known word costs in a cut; ok is false for texts that are
// unknown or several words themselves.
func (v *Vocabulary) atomCost(key string) (cost float64, ok bool) {
	i, ok := v.byKey[key]
	if !ok || v.entries[i].loose || v.entries[i].Kind == EntryHeading {
		return 0, false
	}
	return math.Log(float64(v.items+2)) - math.Log(float64(v.entries[i].Count+1)) + 1, true
}

// markLoose finds the entries that are two words which often go with others
// too: 老旧小区改造 is 老旧小区 and 改造, whereas 老旧 and 小区 keep together.
func (v *Vocabulary) markLoose() {
	for i := range v.entries {
		e := &v.entries[i]
		if e.Kind != EntryPhrase && e.Kind != EntryProject && e.Kind != EntryHeading {
			continue
		}
		runes := []rune(e.key)
		for cut := 2; cut+2 <= len(runes); cut++ {
			a, b := v.countOf(string(runes[:cut])), v.countOf(string(runes[cut:]))
			if a > 0 && b > 0 && float64(e.Count)*float64(e.Count) < keepsTogether*float64(a)*float64(b) {
				e.loose = true
			}
		}
	}
}

// keepsTogether is the share, multiplied over both halves, of a word's halves
// that stand in the word from which it is one word.
const keepsTogether = 0.15

func (v *Vocabulary) countOf(key string) int {
	if i, ok := v.byKey[key]; ok && v.entries[i].Kind != EntryHeading {
		return v.entries[i].Count
	}
	return 0
}

// vocabularyHeader begins a written vocabulary; its number changes with the format.
const vocabularyHeader = "youju vocabulary 1"

// WriteTo writes the vocabulary as lines of text, for [ReadVocabulary].
func (v *Vocabulary) WriteTo(w io.Writer) (n int64, err error) {
	buf := bufio.NewWriter(w)
	add := func(m int, e error) {
		n += int64(m)
		err = cmp.Or(err, e)
	}
	add(fmt.Fprintf(buf, "%s\t%d\n", vocabularyHeader, v.items))
	for _, e := range v.entries {
		hidden := ""
		if e.Hidden {
			hidden = "-"
		}
		add(fmt.Fprintf(buf, "%s%s\t%d\t%s\n", hidden, e.Kind, e.Count, e.Text))
	}
	return n, cmp.Or(err, buf.Flush())
}

// ReadVocabulary reads what [Vocabulary.WriteTo] wrote.
func ReadVocabulary(r io.Reader) (*Vocabulary, error) {
	lines := bufio.NewScanner(r)
	if !lines.Scan() {
		return nil, fmt.Errorf("reading vocabulary: empty file: %w", cmp.Or(lines.Err(), io.ErrUnexpectedEOF))
	}
	header, number, _ := strings.Cut(lines.Text(), "\t")
	items, err := strconv.Atoi(number)
	if header != vocabularyHeader || err != nil {
		return nil, fmt.Errorf("reading vocabulary: unknown header %q", lines.Text())
	}
	var entries []Entry
	for lines.Scan() {
		kind, rest, _ := strings.Cut(lines.Text(), "\t")
		number, text, ok := strings.Cut(rest, "\t")
		count, err := strconv.Atoi(number)
		if !ok || err != nil {
			return nil, fmt.Errorf("reading vocabulary: bad line %q", lines.Text())
		}
		kind, hidden := strings.CutPrefix(kind, "-")
		if at := slices.Index(entryKinds, kind); at >= 0 {
			kind = entryKinds[at]
		}
		entries = append(entries, Entry{Text: text, Kind: kind, Count: count, Hidden: hidden})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading vocabulary: %w", err)
	}
	return newVocabulary(entries, items), nil
}
