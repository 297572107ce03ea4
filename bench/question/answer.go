package question

import (
	"fmt"
	"strconv"
	"strings"
)

// An Answer is what is compared of an engine's full answer: engines make all
// of it (hits, snippets, facets), and the answer says what it comes to.
type Answer struct {
	ID int
	// Total is the exact number of hits.
	Total int
	// Hits is the number of hits on the page, Snippets the bytes of their snippets.
	Hits, Snippets int
	// Facets holds the counts of each facet in short.
	Facets map[string]Counts
}

// Counts is a facet in short: how many values there are, their sum, and the
// sum of their squares, which no two lists of counts are likely to share.
type Counts struct{ Values, Sum, Squares int }

// Add adds a value's count; zero counts do not exist.
func (c *Counts) Add(n int) {
	if n > 0 {
		c.Values++
		c.Sum += n
		c.Squares += n * n
	}
}

// Line is the answer as engines send it.
func (a *Answer) Line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d\t%d\t%d\t%d", a.ID, a.Total, a.Hits, a.Snippets)
	for _, f := range Facets {
		c := a.Facets[f]
		fmt.Fprintf(&b, "\t%d %d %d", c.Values, c.Sum, c.Squares)
	}
	return b.String()
}

// ParseAnswer is the inverse of Line. An engine that cannot answer sends the
// number and "error" with a message.
func ParseAnswer(line string) (a Answer, err error) {
	f := strings.Split(line, "\t")
	if a.ID, err = strconv.Atoi(f[0]); err != nil {
		return a, fmt.Errorf("answer %q: %w", line, err)
	}
	if len(f) != 4+len(Facets) {
		return a, fmt.Errorf("answer %q", line)
	}
	for i, field := range []*int{&a.Total, &a.Hits, &a.Snippets} {
		if *field, err = strconv.Atoi(f[i+1]); err != nil {
			return a, fmt.Errorf("answer %q: %w", line, err)
		}
	}
	a.Facets = map[string]Counts{}
	for i, name := range Facets {
		var c Counts
		if _, err := fmt.Sscan(f[4+i], &c.Values, &c.Sum, &c.Squares); err != nil {
			return a, fmt.Errorf("answer %q: %w", line, err)
		}
		a.Facets[name] = c
	}
	return a, nil
}

// Compare says how an answer differs from the true one, or "".
func (a *Answer) Compare(truth *Answer) string {
	if a.Total != truth.Total {
		return fmt.Sprintf("total %d, truth %d", a.Total, truth.Total)
	}
	if want := min(truth.Total, PageSize); a.Hits != want {
		return fmt.Sprintf("%d hits shown, want %d", a.Hits, want)
	}
	for _, f := range Facets {
		if a.Facets[f] != truth.Facets[f] {
			return fmt.Sprintf("facet %s %v, truth %v", f, a.Facets[f], truth.Facets[f])
		}
	}
	return ""
}

// PageSize is how many hits an answer shows.
const PageSize = 10
