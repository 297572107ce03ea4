// Package trie finds the words that a text begins with, whatever their number.
package trie

import "slices"

// Words holds words with what each means, character by character. Its zero
// value is empty; it is read by many goroutines at once, once all are set.
type Words[T any] struct {
	// first tells by its number which of the roots a character begins: twice
	// that, from 2, and one more where it is a word itself.
	first []uint16
	roots []*node[T]
	// pairs has bits set for the first two characters of the longer words. Texts
	// are looked up at every character: nearly all that first lets pass end here.
	pairs [1 << 10]uint64
}

// node is where the words that begin alike go on.
type node[T any] struct {
	// next are the characters that go on, in order, and where they lead.
	next  []edge[T]
	value T
	// ends says that a word ends here, which means value.
	ends bool
}

// Set says what a word means, in place of what it meant before. The empty word is none.
func (w *Words[T]) Set(word string, value T) {
	if word == "" {
		return
	}
	var n *node[T]
	for i, r := range word {
		if i == 0 {
			n = w.grow(r)
		} else {
			n = n.grow(r)
		}
	}
	n.value, n.ends = value, true
	if runes := []rune(word); len(runes) == 1 {
		w.first[runes[0]] |= 1
	} else {
		at, bit := pair(runes[0], runes[1])
		w.pairs[at] |= 1 << bit
	}
}

// Get tells what a word means.
func (w *Words[T]) Get(word string) (value T, ok bool) {
	var n *node[T]
	for i, r := range word {
		if i == 0 {
			n = w.root(r)
		} else {
			n = n.child(r)
		}
		if n == nil {
			return value, false
		}
	}
	if n == nil {
		return value, false
	}
	return n.value, n.ends
}

// Longest gives the longest word that text begins with, its length in characters; 0 for none.
func (w *Words[T]) Longest(text []rune) (length int, value T) {
	w.Each(text, func(n int, v T) { length, value = n, v })
	return length, value
}

// Each calls visit for every word that text begins with, shortest first.
func (w *Words[T]) Each(text []rune, visit func(length int, value T)) {
	if len(text) == 0 {
		return
	}
	k := w.rootAt(text[0])
	if k == 0 || k&1 == 0 && (len(text) == 1 || !w.hasPair(text[0], text[1])) {
		return
	}
	n := w.roots[k>>1-1]
	for i := 1; n != nil; i++ {
		if n.ends {
			visit(i, n.value)
		}
		if i == len(text) {
			return
		}
		n = n.child(text[i])
	}
}

// pair gives the bit of pairs for two characters. Two pairs may share one.
func pair(a, b rune) (word, bit uint32) {
	h := (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA77) >> 16
	return h / 64, h % 64
}

func (w *Words[T]) hasPair(a, b rune) bool {
	word, bit := pair(a, b)
	return w.pairs[word]>>bit&1 != 0
}

func (w *Words[T]) rootAt(r rune) uint16 {
	if uint(r) < uint(len(w.first)) {
		return w.first[r]
	}
	return 0
}

func (w *Words[T]) root(r rune) *node[T] {
	if k := w.rootAt(r); k > 0 {
		return w.roots[k>>1-1]
	}
	return nil
}

// grow is root for a character that words are to begin with.
func (w *Words[T]) grow(r rune) *node[T] {
	if n := w.root(r); n != nil {
		return n
	}
	if missing := int(r) + 1 - len(w.first); missing > 0 {
		w.first = append(w.first, make([]uint16, missing)...)
	}
	w.roots = append(w.roots, &node[T]{})
	w.first[r] = uint16(2 * len(w.roots))
	return w.roots[len(w.roots)-1]
}

type edge[T any] struct {
	r  rune
	to *node[T]
}

func (n *node[T]) child(r rune) *node[T] {
	if i, found := n.find(r); found {
		return n.next[i].to
	}
	return nil
}

// find gives where the edge of a character stands, or would stand.
func (n *node[T]) find(r rune) (i int, found bool) {
	i, j := 0, len(n.next)
	for i < j {
		if h := int(uint(i+j) / 2); n.next[h].r < r {
			i = h + 1
		} else {
			j = h
		}
	}
	return i, i < len(n.next) && n.next[i].r == r
}

// grow is child for a character that a word is to go on with.
func (n *node[T]) grow(r rune) *node[T] {
	i, found := n.find(r)
	if !found {
		n.next = slices.Insert(n.next, i, edge[T]{r, &node[T]{}})
	}
	return n.next[i].to
}
