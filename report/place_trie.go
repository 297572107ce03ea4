package report

import "unicode"

// trie finds words at a position of a text. Looking one up costs no more than
// the longest word's length, whatever the number of words.
type trie[T any] struct {
	next   map[rune]*trie[T]
	values []T
	// first is next by number, of a whole trie that is looked up often: a text
	// has a look-up at every character, and few go beyond the first.
	first []*trie[T]
}

// quicken prepares a trie to which no more words are added.
func (t *trie[T]) quicken() {
	const end = 0xA000 // beyond the common ideographs
	t.first = make([]*trie[T], end)
	for r, child := range t.next {
		if r < end {
			t.first[r] = child
		}
	}
}

// child gives what is filed under words that go on with r, or nil.
func (t *trie[T]) child(r rune) *trie[T] {
	if uint(r) < uint(len(t.first)) {
		return t.first[r]
	}
	return t.next[r]
}

// add files a value under a word. The empty word is ignored.
func (t *trie[T]) add(word string, value T) {
	if word == "" {
		return
	}
	for _, r := range word {
		child := t.next[r]
		if child == nil {
			child = &trie[T]{}
			if t.next == nil {
				t.next = map[rune]*trie[T]{}
			}
			t.next[r] = child
		}
		t = child
	}
	t.values = append(t.values, value)
}

// prefixes calls visit for every word that text starts with, shortest first.
func (t *trie[T]) prefixes(text []rune, visit func(length int, values []T)) {
	for i, r := range text {
		if t = t.child(r); t == nil {
			return
		}
		if t.values != nil {
			visit(i+1, t.values)
		}
	}
}

// get returns the values filed under exactly this word.
func (t *trie[T]) get(word string) []T {
	for _, r := range word {
		if t = t.next[r]; t == nil {
			return nil
		}
	}
	return t.values
}

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
