package figure

import (
	"strings"
	"sync"

	"youju/indexer/pattern"
	"youju/report"
)

// cueSet is data/cues.txt, an expression a kind.
type cueSet struct{ aim, reached, unsure *pattern.Pattern }

var cues = sync.OnceValue(func() cueSet {
	b, err := dataFS.ReadFile("data/cues.txt")
	if err != nil {
		panic(err)
	}
	parts := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		kind, expr, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && kind[0] != '#' {
			parts[kind] = append(parts[kind], expr)
		}
	}
	compile := func(kind string) *pattern.Pattern { return pattern.MustCompile(strings.Join(parts[kind], "|")) }
	return cueSet{aim: compile("aim"), reached: compile("reached"), unsure: compile("unsure")}
})

// cueOf tells what a clause's own words say of its number: that it is aimed
// at, that it was reached, or nothing. What is aimed at outweighs.
func cueOf(own string) report.FigureKind {
	c := cues()
	if c.unsure.MatchString(own) {
		own = c.unsure.ReplaceAllString(own, "")
	}
	switch {
	case c.aim.MatchString(own):
		return report.FigureTarget
	case c.reached.MatchString(own):
		return report.FigureResult
	}
	return ""
}
