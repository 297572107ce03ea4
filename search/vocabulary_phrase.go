package search

import (
	"math"
	"slices"
	"unicode/utf8"
)

// corpus keeps texts as numbers, one a token, to find and count phrases in.
type corpus struct {
	ids map[string]uint16
	// names leads back from a number to the token.
	names []string
	// text holds the tokens of items one after the other with a boundary
	// after each clause; starts and underStarts say where each item begins.
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

func newCorpus() corpus { return corpus{ids: map[string]uint16{}, names: []string{"", ""}} }

// begin starts the next item.
func (c *corpus) begin() {
	c.starts = append(c.starts, int32(len(c.text)))
	c.pathsStarts = append(c.pathsStarts, int32(len(c.pathsOf)))
}

// under says that the item stands under a heading.
func (c *corpus) under(path int) { c.pathsOf = append(c.pathsOf, int32(path)) }

func (c *corpus) addPath(heading string) {
	c.pathStarts = append(c.pathStarts, int32(len(c.paths)))
	c.paths = c.appendText(c.paths, heading)
}

// add adds to the text of the item begun last.
func (c *corpus) add(text string) {
	if len(c.text) < maxCounted {
		c.text = c.appendText(c.text, text)
	}
}

func (c *corpus) appendText(to []uint16, text string) []uint16 {
	for _, t := range Tokenize(text) {
		to = append(to, c.id(t))
	}
	return append(to, boundary)
}

func (c *corpus) id(t Token) uint16 {
	if t.Kind == Mark {
		return boundary
	}
	if id, ok := c.ids[t.Term]; ok {
		return id
	}
	if len(c.names) >= maxIDs || t.Kind == Word && len(t.Term) > 12 {
		return number
	}
	id := uint16(len(c.names))
	c.ids[t.Term] = id
	c.names = append(c.names, t.Term)
	return id
}

// ---- counting -------------------------------------------------------------

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
	next table
	// pattern is the pattern that ends at a node, -1 for none.
	pattern []int32
}

func newTree() *prefixTree { return &prefixTree{next: newTable(), pattern: []int32{-1}} }

func (t *prefixTree) add(ids []uint16, pattern int32) {
	if len(ids) == 0 {
		return
	}
	node := uint32(0)
	for _, id := range ids {
		slot := t.next.slot(uint64(node)<<16 | uint64(id))
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
	for i := range text {
		node := uint32(0)
		for _, id := range text[i:] {
			node = t.next.get(uint64(node)<<16 | uint64(id))
			if id == boundary || node == 0 {
				break
			}
			if p := t.pattern[node]; p >= 0 {
				found = append(found, p)
			}
		}
	}
	return found
}

// ---- phrases --------------------------------------------------------------

// The measures of a phrase. They were set by reading random entries.
const (
	minPhrase, maxPhrase = 2, 7
	// minTimes is how often a phrase occurs at least, in a collection of any
	// size; perTimes adds one for so many characters.
	minTimes, perTimes = 5, 400_000
	// minCohesion is how many times as often as by chance its halves stand
	// together, as a natural logarithm, for two characters and for more.
	minCohesion, minCohesionLong = 2.2, 3.0
	// minFreedom is the entropy of what stands before and after it, in nats.
	minFreedom = 1.35
)

// gram is a repeated run of tokens.
type gram struct {
	count uint32
	at    int32 // where it occurs first
	// front and back are the grams without the last and the first token.
	front, back uint32
	// before and after hold Σ n ln n over the neighbours on each side.
	before, after float64
}

// phrases lists the runs of characters that the texts repeat as a unit: often,
// with halves that belong together, and between changing neighbours.
func (c *corpus) phrases() []string {
	p := newPhraser(c.sample(), c.names)
	var found []string
	for size := 2; size <= maxPhrase; size++ {
		if !p.grow(size) {
			break
		}
		if size >= minPhrase {
			found = p.collect(found, size)
		}
	}
	return found
}

// sample is the text that phrases are looked for in: all of it, or every so
// many items.
func (c *corpus) sample() []uint16 {
	if len(c.text) <= maxPhrased {
		return c.text
	}
	every := len(c.text)/maxPhrased + 1
	var text []uint16
	for item := 0; item < len(c.starts); item += every {
		text = append(text, slice(c.text, c.starts, item)...)
	}
	return text
}

// phraser grows grams one token at a time: only runs whose both halves are
// frequent can be frequent themselves.
type phraser struct {
	text  []uint16
	names []string
	// grams holds the grams of all sizes; here is, for each position, the
	// gram of the present size that begins there, 0 for none.
	grams []gram
	here  []uint32
	first uint32 // the first gram of the present size
	least uint32
	// letters is the number of tokens that are not boundaries.
	letters float64
}

func newPhraser(text []uint16, names []string) *phraser {
	p := &phraser{text: text, names: names, grams: make([]gram, 1, 1<<14), here: make([]uint32, len(text)), first: 1}
	p.least = uint32(minTimes + len(text)/perTimes)
	ids, han := make([]uint32, len(names)), make([]bool, len(names))
	for id, name := range names {
		r, _ := utf8.DecodeRuneInString(name)
		han[id] = id >= firstID && isIdeograph(r)
	}
	for i, id := range text {
		if !han[id] {
			continue
		}
		p.letters++
		if ids[id] == 0 {
			ids[id] = uint32(len(p.grams))
			p.grams = append(p.grams, gram{at: int32(i)})
		}
		p.grams[ids[id]].count++
		p.here[i] = ids[id]
	}
	return p
}

// grow goes over to runs of one more token; false when none is frequent.
func (p *phraser) grow(size int) bool {
	counts := newTable()
	key := func(i int) uint64 { return uint64(p.here[i])<<32 | uint64(p.here[i+1]) }
	for i := 0; i+size <= len(p.text); i++ {
		if p.here[i] != 0 && p.here[i+1] != 0 {
			*counts.slot(key(i))++
		}
	}
	first := uint32(len(p.grams))
	// A frequent gram's count in the table gives way to its number.
	const numbered = 1 << 31
	for i := 0; i+size <= len(p.text); i++ {
		var id uint32
		if p.here[i] != 0 && p.here[i+1] != 0 {
			slot := counts.slot(key(i))
			switch n := *slot; {
			case n >= numbered:
				id = n - numbered
			case n >= p.least:
				id = uint32(len(p.grams))
				p.grams = append(p.grams, gram{count: n, at: int32(i), front: p.here[i], back: p.here[i+1]})
				*slot = id + numbered
			}
		}
		p.here[i] = id // position i is not looked at again
	}
	for i := max(0, len(p.text)-size+1); i < len(p.text); i++ {
		p.here[i] = 0
	}
	p.first = first
	return len(p.grams) > int(first)
}

// collect appends the phrases among the grams of the present size.
func (p *phraser) collect(found []string, size int) []string {
	good := make([]bool, len(p.grams)-int(p.first))
	any := false
	for i := range good {
		id := p.first + uint32(i)
		good[i] = p.stands(id, size) && p.cohesion(id, size) >= cohesionOf(size)
		any = any || good[i]
	}
	if !any {
		return found
	}
	p.neighbours(good, size)
	for i, ok := range good {
		g := &p.grams[p.first+uint32(i)]
		n := float64(g.count)
		if ok && math.Log(n)-g.before/n >= minFreedom && math.Log(n)-g.after/n >= minFreedom {
			found = append(found, p.spell(g, size))
		}
	}
	return found
}

func cohesionOf(size int) float64 {
	if size == 2 {
		return minCohesion
	}
	return minCohesionLong
}

// stands reports whether a gram can be a phrase by how it begins and ends.
func (p *phraser) stands(id uint32, size int) bool {
	run := p.text[p.grams[id].at:][:size]
	return !phraseEdges().first[p.names[run[0]]] && !phraseEdges().last[p.names[run[size-1]]]
}

// cohesion is the logarithm of how much oftener the gram occurs than its
// halves would meet by chance, for the loosest place to cut it.
func (p *phraser) cohesion(id uint32, size int) float64 {
	g := p.grams[id]
	least := math.Inf(1)
	front := id
	for cut := size - 1; cut >= 1; cut-- {
		front = p.grams[front].front
		back := id
		for range cut {
			back = p.grams[back].back
		}
		a, b := float64(p.grams[front].count), float64(p.grams[back].count)
		least = min(least, math.Log(float64(g.count)*p.letters/(a*b)))
	}
	return least
}

// neighbours sums up what stands before and after the good grams. A boundary
// is a new neighbour every time.
func (p *phraser) neighbours(good []bool, size int) {
	counts := newTable()
	each := func(visit func(key uint64)) {
		for i := 0; i+size <= len(p.text); i++ {
			id := p.here[i]
			if id == 0 || !good[id-p.first] {
				continue
			}
			if i > 0 && p.text[i-1] >= firstID {
				visit(uint64(id)<<17 | uint64(p.text[i-1])<<1)
			}
			if i+size < len(p.text) && p.text[i+size] >= firstID {
				visit(uint64(id)<<17 | uint64(p.text[i+size])<<1 | 1)
			}
		}
	}
	each(func(key uint64) { *counts.slot(key)++ })
	for _, c := range counts.cells {
		if c.key == 0 {
			continue
		}
		n := float64(c.value)
		g := &p.grams[(c.key-1)>>17]
		if (c.key-1)&1 == 0 {
			g.before += n * math.Log(n)
		} else {
			g.after += n * math.Log(n)
		}
	}
}

func (p *phraser) spell(g *gram, size int) string {
	text := ""
	for _, id := range p.text[g.at:][:size] {
		text += p.names[id]
	}
	return text
}

// ---- table ----------------------------------------------------------------

// table is a hash table from numbers to numbers, several times as fast as a
// map: millions of runs are counted in it. A value of 0 is as good as none.
type table struct {
	cells []cell
	used  int
}

type cell struct {
	key   uint64 // one more than the key, 0 where free
	value uint32
}

func newTable() table { return table{cells: make([]cell, 1<<12)} }

func (t *table) place(key uint64) *cell {
	mask := len(t.cells) - 1
	at := int((key*0x9E3779B97F4A7C15)>>20) & mask
	for t.cells[at].key != 0 && t.cells[at].key != key+1 {
		at = (at + 1) & mask
	}
	return &t.cells[at]
}

func (t *table) get(key uint64) uint32 { return t.place(key).value }

// slot is where the value of a key stands, valid until the next call.
func (t *table) slot(key uint64) *uint32 {
	c := t.place(key)
	if c.key == 0 {
		if 2*t.used >= len(t.cells) {
			t.grow()
			c = t.place(key)
		}
		c.key = key + 1
		t.used++
	}
	return &c.value
}

func (t *table) grow() {
	old := t.cells
	t.cells = make([]cell, 4*len(old))
	for _, c := range old {
		if c.key != 0 {
			*t.place(c.key - 1) = c
		}
	}
}
