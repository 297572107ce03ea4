package fact

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"youju/report"
)

// clause is a piece of a list's entry that can stand for itself.
type clause struct {
	entry *Entry
	text  string
	pairs map[string]bool
	// figures are those the clause states.
	figures []report.Figure
}

// The limits of what is compared, should a list be misread.
const (
	maxEntries = 400
	maxClauses = 12
	maxClause  = 120 // characters
)

var (
	// trailingUnit is the unit in charge in brackets at the end of a policy.
	trailingUnit = regexp.MustCompile(`[（(〔][^（(〔）)〕]*[）)〕]\s*$`)
	// clauseEnd ends a clause; a 、 does so behind a figure.
	clauseEnd = regexp.MustCompile(`[；;。，,]|(?:[0-9０-９]\s*[万亿]?\p{Han}{1,3})(、)`)
)

// clausesOf cuts the entries of a list into clauses.
func clausesOf(part report.Part, entries []*Entry) []*clause {
	var all []*clause
	for _, entry := range entries[:min(len(entries), maxEntries)] {
		text := entry.Text
		if part == report.PartPolicy {
			text = trailingUnit.ReplaceAllString(text, "")
		}
		start := 0
		ends := clauseEnd.FindAllStringSubmatchIndex(text, maxClauses)
		for i := 0; i <= len(ends) && start < len(text); i++ {
			end, next := len(text), len(text)
			if i < len(ends) {
				end, next = ends[i][0], ends[i][1]
				if ends[i][2] >= 0 {
					end = ends[i][2]
				}
			}
			c := newClause(entry, start, end, text)
			switch n := len(all); {
			case len(c.pairs) >= minPairs:
				all = append(all, c)
			case n > 0 && all[n-1].entry == entry:
				// 65个、1.8万套: what says too little of itself goes on with what stands before it.
				all[n-1].figures = append(all[n-1].figures, c.figures...)
			}
			start = next
		}
	}
	return all
}

// newClause prepares text[start:end].
func newClause(entry *Entry, start, end int, text string) *clause {
	runes := []rune(text[start:end])
	c := &clause{entry: entry, text: string(runes[:min(len(runes), maxClause)])}
	c.pairs = clausePairs(c.text)
	for _, figure := range entry.Figures {
		// A figure belongs to the clause in which it ends: its subject may stand
		// in the one before.
		if figure.At.End > start && figure.At.End <= end+len("，") {
			c.figures = append(c.figures, figure)
		}
	}
	return c
}

// clausePairs is the set of pairs of neighbouring characters of a text, figures
// and signs left out: a year's figures change, and quotation marks come and go.
func clausePairs(text string) map[string]bool {
	pairs := map[string]bool{}
	last := rune(0)
	for _, r := range text {
		switch {
		case strings.ContainsRune("“”‘’\"《》「」 　", r):
			continue
		case !unicode.Is(unicode.Han, r):
			last = 0
			continue
		}
		if last != 0 {
			pairs[string([]rune{last, r})] = true
		}
		last = r
	}
	return pairs
}

// Two clauses say the same when they share enough of their pairs, by weight,
// and not only one word. The numbers were chosen by reading the pairs of real
// lists: from 0.45 up no pair was wrong.
const (
	sameClause = 0.45
	minShared  = 3
	minPairs   = 3
	// sameIndicator is what a figure of the same indicator adds.
	sameIndicator = 0.5
)

// matchClauses pairs clauses of two lists that say the same: each is the other's
// best. It gives indexes into both.
func matchClauses(old, now []*clause) [][2]int {
	weight := pairWeights(slices.Concat(old, now))
	best, bestOf := make([]int, len(old)), make([]int, len(now))
	score, scoreOf := make([]float64, len(old)), make([]float64, len(now))
	for i, a := range old {
		for j, b := range now {
			s := a.likeness(b, weight)
			if s > score[i] {
				best[i], score[i] = j, s
			}
			if s > scoreOf[j] {
				bestOf[j], scoreOf[j] = i, s
			}
		}
	}
	var pairs [][2]int
	for i := range old {
		if j := best[i]; score[i] >= sameClause && bestOf[j] == i {
			pairs = append(pairs, [2]int{i, j})
		}
	}
	return pairs
}

// pairWeights weighs rare pairs of characters more: 实施方案 says little.
func pairWeights(clauses []*clause) map[string]float64 {
	count := map[string]int{}
	for _, c := range clauses {
		for p := range c.pairs {
			count[p]++
		}
	}
	weight := make(map[string]float64, len(count))
	for p, n := range count {
		weight[p] = math.Log(1 + float64(len(clauses))/float64(n))
	}
	return weight
}

// likeness is the weighted Dice coefficient of two clauses' pairs, higher where
// they state the same indicator.
func (c *clause) likeness(o *clause, weight map[string]float64) float64 {
	var shared, all float64
	n := 0
	for p := range c.pairs {
		all += weight[p]
		if o.pairs[p] {
			shared += weight[p]
			n++
		}
	}
	for p := range o.pairs {
		all += weight[p]
	}
	same := slices.ContainsFunc(c.figures, func(a report.Figure) bool {
		return slices.ContainsFunc(o.figures, func(b report.Figure) bool { return a.Indicator != "" && a.Indicator == b.Indicator })
	})
	switch {
	case same:
		return 2*shared/all + sameIndicator
	case n < minShared:
		return 0
	}
	return 2 * shared / all
}
