package search

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed data/context.txt
var contextData string

// contextWords holds data/context.txt: what a word beside a subject stands for.
var contextWords = sync.OnceValue(func() map[string]FacetTest {
	out := map[string]FacetTest{}
	for n, line := range strings.Split(contextData, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			panic(fmt.Sprintf("search: data/context.txt:%d: %d columns", n+1, len(f)))
		}
		if _, ok := out[f[0]]; ok {
			panic(fmt.Sprintf("search: data/context.txt:%d: %s twice", n+1, f[0]))
		}
		out[f[0]] = FacetTest{f[1], f[2]}
	}
	return out
})

// FacetTest holds for an item that has the value in the facet.
type FacetTest struct{ Facet, Value string }

// Speaker is the test for the person who gave a report. It is no facet.
const Speaker = "speaker"

// PlanContext is a word that stands for a filter or for itself: an item that
// has one of the values, or the word in its text, satisfies it.
type PlanContext struct {
	// Word is the word as text; it has no tokens where the text alone says
	// nothing (今年).
	Word  PlanWord
	Tests []FacetTest
}

// Lexicon is what reading a query needs to know of the collection. Its methods
// are quick: they are asked for every piece of a query.
type Lexicon interface {
	// Hits is the number of items that hold the word as written.
	Hits(w PlanWord) int
	// Values lists the values of a facet.
	Values(facet string) []string
	// NewestYear is the year of the newest document, 0 in a collection without years.
	NewestYear() int
	// Known reports whether the text is a word of the collection's vocabulary.
	Known(text string) bool
}

// IsPlace reports whether the context names a place and nothing else.
func (c PlanContext) IsPlace() bool {
	return len(c.Tests) > 0 && !slices.ContainsFunc(c.Tests, func(t FacetTest) bool { return t.Facet != FacetCounty })
}
