package indexer

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"youju/indexer/pattern"
)

//go:embed data/furniture.txt data/imprint.txt
var patternFiles embed.FS

// patterns is what a pattern file says: whole-line matches, lines that end the
// text, and lines that are furniture among those.
type patterns struct{ line, end, foot []*pattern.Pattern }

// longestPattern is the longest line, in bytes, that a pattern can match; longer ones are text.
const longestPattern = 1200

// match says that a whole line matches.
// Labels are often spelled with spaces (索 引 号：).
func (p patterns) match(s string) bool {
	if matchesAny(p.line, s) {
		return true
	}
	if len(s) > 200 {
		return false
	}
	squeezed := squeeze(s)
	return squeezed != s && matchesAny(p.line, squeezed)
}

// ends says that a line belongs to a page's foot, with all below it.
func (p patterns) ends(s string) bool { return matchesAny(p.end, s) }

// foots says that a line is furniture where all below it is and a line of a
// page's foot stands there.
func (p patterns) foots(s string) bool { return matchesAny(p.foot, s) }

func matchesAny(list []*pattern.Pattern, s string) bool {
	return len(s) <= longestPattern && slices.ContainsFunc(list, func(p *pattern.Pattern) bool { return p.MatchString(s) })
}

// furniture is page furniture, imprint the lines about issue; see their data files.
var (
	furniture = sync.OnceValue(func() patterns { return mustPatterns("data/furniture.txt") })
	imprint   = sync.OnceValue(func() patterns { return mustPatterns("data/imprint.txt") })
)

func mustPatterns(name string) (p patterns) {
	data, err := patternFiles.ReadFile(name)
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		list, expr := &p.line, line
		if end, ok := strings.CutPrefix(line, "END "); ok {
			list, expr = &p.end, end
		} else if foot, ok := strings.CutPrefix(line, "FOOT "); ok {
			list, expr = &p.foot, foot
		}
		*list = append(*list, pattern.MustCompile(`^(?:`+expr+`)$`))
	}
	return p
}
