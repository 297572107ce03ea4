package search

import (
	"slices"
	"unicode/utf8"
)

// corpus keeps texts as numbers, one a token, to find and count phrases in.
type corpus struct {
	ids map[string]uint16
	// hanIDs holds the numbers of ideographs, 0 for those not met; nearly all tokens are such.
	hanIDs [1 << 16]uint16
	// names leads back from a number to the token.
	names []string
	// text holds the tokens of items one after the other with a boundary
	// after each clause; starts says where each item begins.
	text   []uint16
	starts []int32
	// paths holds the tokens of the headings above items, once each.
	paths      []uint16
	pathStarts []int32
	// pathsOf lists, for each item, the numbers of the headings above it.
	pathsOf     []int32
	pathsStarts []int32
}

const (
	boundary = 0 // punctuation and the ends of texts
	number   = 1 // digits, and words beyond the table
	firstID  = 2
	// maxCounted is the number of tokens that are kept to count words in.
	maxCounted = 64 << 20
	// maxPhrased is the number of tokens that phrases are looked for in. A
	// larger collection is sampled evenly: its phrases repeat.
	maxPhrased = 4 << 20
	// maxIDs is the number of different tokens told apart.
	maxIDs = 40000
)

func newCorpus() *corpus { return &corpus{ids: map[string]uint16{}, names: []string{"", ""}} }

// begin starts the next item.
func (c *corpus) begin() {
	c.starts = append(c.starts, int32(len(c.text)))
	c.pathsStarts = append(c.pathsStarts, int32(len(c.pathsOf)))
}

// under says that the item stands under a heading.
func (c *corpus) under(path int) { c.pathsOf = append(c.pathsOf, int32(path)) }

func (c *corpus) addPath(heading string) {
	c.pathStarts = append(c.pathStarts, int32(len(c.paths)))
	c.paths = c.appendText(c.paths, Tokenize(heading))
}

// add adds the tokens of a text to the item begun last.
func (c *corpus) add(tokens []Token) {
	if len(c.text) < maxCounted {
		c.text = c.appendText(c.text, tokens)
	}
}

func (c *corpus) appendText(to []uint16, tokens []Token) []uint16 {
	for _, t := range tokens {
		to = append(to, c.id(t))
	}
	return append(to, boundary)
}

func (c *corpus) id(t Token) uint16 {
	if t.Kind == Mark {
		return boundary
	}
	han, _ := utf8.DecodeRuneInString(t.Term)
	known := t.Kind == Han && han < rune(len(c.hanIDs))
	if known && c.hanIDs[han] != 0 {
		return c.hanIDs[han]
	}
	if id, ok := c.ids[t.Term]; ok {
		return id
	}
	if len(c.names) >= maxIDs || t.Kind == Word && len(t.Term) > 12 {
		return number
	}
	id := uint16(len(c.names))
	c.ids[t.Term] = id
	if known {
		c.hanIDs[han] = id
	}
	c.names = append(c.names, t.Term)
	return id
}

// count tells for each folded text how many items hold it.
func (c *corpus) count(patterns []string) []int {
	tree := newTree()
	for i, p := range patterns {
		tree.add(c.encode(p), int32(i))
	}
	counts := make([]int, len(patterns))
	last := make([]int32, len(patterns))
	var found []int32
	inPath := make([][]int32, len(c.pathStarts))
	for i := range c.pathStarts {
		inPath[i] = slices.Clone(tree.find(found[:0], slice(c.paths, c.pathStarts, i)))
	}
	for item := range c.starts {
		found = tree.find(found[:0], slice(c.text, c.starts, item))
		for _, path := range slice(c.pathsOf, c.pathsStarts, item) {
			found = append(found, inPath[path]...)
		}
		for _, p := range found {
			if last[p] != int32(item)+1 {
				last[p] = int32(item) + 1
				counts[p]++
			}
		}
	}
	return counts
}

// slice is piece i of what starts at starts[i].
func slice[T any](all []T, starts []int32, i int) []T {
	if i+1 < len(starts) {
		return all[starts[i]:starts[i+1]]
	}
	return all[starts[i]:]
}

// encode gives the numbers of a folded text, nil when a token never occurred.
func (c *corpus) encode(text string) []uint16 {
	var ids []uint16
	for _, t := range Tokenize(text) {
		id, ok := c.ids[t.Term]
		if !ok {
			return nil
		}
		ids = append(ids, id)
	}
	return ids
}

// prefixTree finds all patterns in a text.
type prefixTree struct {
	// first leads on from the root, next from every other node.
	first []uint32
	next  table
	// pattern is the pattern that ends at a node, -1 for none.
	pattern []int32
}

func newTree() *prefixTree {
	return &prefixTree{first: make([]uint32, maxIDs), next: newTable(), pattern: []int32{-1}}
}

// slot is the place that leads on from a node.
func (t *prefixTree) slot(node uint32, id uint16) *uint32 {
	if node == 0 {
		return &t.first[id]
	}
	return t.next.slot(uint64(node)<<16 | uint64(id))
}

func (t *prefixTree) add(ids []uint16, pattern int32) {
	if len(ids) == 0 {
		return
	}
	node := uint32(0)
	for _, id := range ids {
		slot := t.slot(node, id)
		if *slot == 0 {
			*slot = uint32(len(t.pattern))
			t.pattern = append(t.pattern, -1)
		}
		node = *slot
	}
	t.pattern[node] = pattern
}

// find appends the patterns that stand in a text, once for each place.
func (t *prefixTree) find(found []int32, text []uint16) []int32 {
	for i, id := range text {
		node := t.first[id] // nothing leads on from a boundary
		for rest := text[i+1:]; node != 0; rest = rest[1:] {
			if p := t.pattern[node]; p >= 0 {
				found = append(found, p)
			}
			if len(rest) == 0 || rest[0] == boundary {
				break
			}
			node = t.next.get(uint64(node)<<16 | uint64(rest[0]))
		}
	}
	return found
}
