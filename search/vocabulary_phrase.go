package search

import (
	"math"
	"unicode/utf8"
)

// The measures of a phrase. They were set by reading random entries.
const (
	minPhrase, maxPhrase = 2, 7
	// minTimes is how often a phrase occurs at least, in a collection of any
	// size; perTimes adds one for so many characters.
	minTimes, perTimes = 3, 250_000
	// minCohesion is how many times as often as by chance its halves stand
	// together, as a natural logarithm, for two characters and for more.
	minCohesion, minCohesionLong = 2.2, 3.0
	// minFreedom is the entropy of what stands before and after it, in nats; of
	// rare phrases this share of the most they can have. A small collection,
	// of so many characters, has few neighbours to show.
	minFreedom, shareOfFreedom   = 1.35, 0.7
	smallFreedom, shareWhenSmall = 1.0, 0.6
	small                        = 300_000
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
	freedom, share := minFreedom, shareOfFreedom
	if len(p.text) < small {
		freedom, share = smallFreedom, shareWhenSmall
	}
	for i, ok := range good {
		g := &p.grams[p.first+uint32(i)]
		n := float64(g.count)
		least := min(freedom, share*math.Log(n))
		if ok && math.Log(n)-g.before/n >= least && math.Log(n)-g.after/n >= least {
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
