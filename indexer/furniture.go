package indexer

import (
	"embed"
	"regexp"
	"strings"
	"sync"
)

//go:embed data/furniture.txt data/imprint.txt
var patternFiles embed.FS

// patterns is what a pattern file says: whole-line matches, and lines that end the text.
type patterns struct{ line, end *regexp.Regexp }

// longestPattern is the longest line, in bytes, that a pattern can match; longer ones are text.
const longestPattern = 1200

// match says that a whole line matches.
// Labels are often spelled with spaces (索 引 号：).
func (p patterns) match(s string) bool {
	return len(s) <= longestPattern && (p.line.MatchString(s) || len(s) <= 200 && p.line.MatchString(squeeze(s)))
}

// ends says that a line and all below it match.
func (p patterns) ends(s string) bool {
	return p.end != nil && len(s) <= longestPattern && p.end.MatchString(s)
}

// furniture is page furniture, imprint the lines about issue; see their data files.
var (
	furniture = sync.OnceValue(func() patterns { return mustPatterns("data/furniture.txt") })
	imprint   = sync.OnceValue(func() patterns { return mustPatterns("data/imprint.txt") })
)

func mustPatterns(name string) patterns {
	data, err := patternFiles.ReadFile(name)
	if err != nil {
		panic(err)
	}
	var line, end []string
	for _, l := range strings.Split(string(data), "\n") {
		switch l = strings.TrimSpace(l); {
		case l == "" || strings.HasPrefix(l, "#"):
		case strings.HasPrefix(l, "END "):
			end = append(end, strings.TrimPrefix(l, "END "))
		default:
			line = append(line, l)
		}
	}
	p := patterns{line: mustUnion(line)}
	if len(end) > 0 {
		p.end = mustUnion(end)
	}
	return p
}

func mustUnion(exprs []string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + strings.Join(exprs, `|`) + `)$`)
}
