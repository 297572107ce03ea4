package indexer

import (
	"embed"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/furniture.txt data/imprint.txt
var patternFiles embed.FS

// patterns is what a pattern file says: whole-line matches, and lines that end
// the text. Most patterns match short lines only; open are those of any length,
// which are all that a line of more than most characters has to be asked.
type patterns struct {
	line, end, open *regexp.Regexp
	most            int
}

// longestPattern is the longest line, in bytes, that a pattern can match; longer ones are text.
const longestPattern = 1200

// match says that a whole line matches.
// Labels are often spelled with spaces (索 引 号：).
func (p patterns) match(s string) bool {
	switch {
	case len(s) > longestPattern:
		return false
	case len(s) > p.most && utf8.RuneCountInString(s) > p.most:
		return p.open.MatchString(s)
	}
	return p.line.MatchString(s) || len(s) <= 200 && p.line.MatchString(squeeze(s))
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
	var open []string
	for _, l := range line {
		if n := longestMatch(l); n < 0 {
			open = append(open, l)
		} else {
			p.most = max(p.most, n)
		}
	}
	p.open = mustUnion(open)
	if len(end) > 0 {
		p.end = mustUnion(end)
	}
	return p
}

// longestMatch is how many characters a pattern matches at most, -1 for any number.
func longestMatch(expr string) int {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		panic(err)
	}
	return longest(re)
}

func longest(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpStar, syntax.OpPlus:
		return -1
	case syntax.OpLiteral:
		return len(re.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1
	}
	sum, most := 0, 0
	for _, sub := range re.Sub {
		n := longest(sub)
		if n < 0 {
			return -1
		}
		sum, most = sum+n, max(most, n)
	}
	switch re.Op {
	case syntax.OpAlternate:
		return most
	case syntax.OpRepeat:
		if re.Max < 0 {
			return -1
		}
		return sum * re.Max
	}
	return sum
}

func mustUnion(exprs []string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + strings.Join(exprs, `|`) + `)$`)
}
