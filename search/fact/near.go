package fact

import (
	"cmp"
	"slices"
	"strings"
)

// Near lists up to n of the names that are most like a text, for somebody who
// misspelt one: names that hold it or are held by it, and names that share at
// least half of their pairs of characters with it.
func Near(text string, names []string, n int) []string {
	near := newNearest(text)
	for _, name := range names {
		near.take(name)
	}
	return near.list(n)
}

// nearest keeps those of many names that are like a text.
type nearest struct {
	text   string
	wanted map[[2]rune]bool
	near   []scored
}

type scored struct {
	name  string
	score float64
}

func newNearest(text string) *nearest { return &nearest{text: text, wanted: pairs(text)} }

func (l *nearest) take(names ...string) {
	for _, name := range names {
		score := likeness(l.wanted, pairs(name))
		if l.text != "" && name != "" && (strings.Contains(name, l.text) || strings.Contains(l.text, name)) {
			score++
		}
		if score >= leastLikeness {
			l.near = append(l.near, scored{name, score})
		}
	}
}

func (l *nearest) list(n int) []string {
	near := l.near
	slices.SortFunc(near, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.name, b.name))
	})
	near = slices.Compact(near)
	var list []string
	for _, s := range near[:min(n, len(near))] {
		if s.score >= near[0].score*leastOfBest {
			list = append(list, s.name)
		}
	}
	return list
}

// leastLikeness is where names stop to look alike: 市商务投局 and 市商务投资促进局
// share four pairs of nine and five.
const leastLikeness = 0.4

// leastOfBest is how far a name may fall behind the one most alike: beside
// 市水利局 for 市水力局, every other 市…局 is noise.
const leastOfBest = 0.7

// pairs are the pairs of neighbouring characters of a text with its edges, so
// that a single character has some as well.
func pairs(text string) map[[2]rune]bool {
	set := map[[2]rune]bool{}
	last := rune(0)
	for _, r := range text {
		set[[2]rune{last, r}] = true
		last = r
	}
	if last != 0 {
		set[[2]rune{last, 0}] = true
	}
	return set
}

// likeness is the Dice coefficient of two sets of pairs.
func likeness(a, b map[[2]rune]bool) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	both := 0
	for p := range a {
		if b[p] {
			both++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}
