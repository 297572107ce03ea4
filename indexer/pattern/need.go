package pattern

import (
	"regexp/syntax"
	"slices"
	"unicode/utf8"
)

// mostNeeded is how many words are looked for before a text is read; looking
// for more costs as much as reading.
const mostNeeded = 3

// needed gives words of which every match of an expression holds one, nil
// where there are none or too many.
func needed(re *syntax.Regexp) []string {
	words := anyOf(re)
	if len(words) > mostNeeded || slices.Contains(words, "") {
		return nil
	}
	return words
}

// anyOf gives words of which every match holds one; none are known for nil.
func anyOf(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		// What stands for a broken byte matches one that is spelled otherwise.
		if re.Flags&syntax.FoldCase == 0 && !slices.Contains(re.Rune, utf8.RuneError) {
			return []string{string(re.Rune)}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return anyOf(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return anyOf(re.Sub[0])
		}
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			words := anyOf(sub)
			if words == nil {
				return nil
			}
			all = append(all, words...)
		}
		return all
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if words := anyOf(sub); words != nil && (best == nil || rarer(words, best)) {
				best = words
			}
		}
		return best
	}
	return nil
}

// rarer says that a text is less likely to hold one of a than one of b: they
// are fewer, or the shortest of them is longer.
func rarer(a, b []string) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	shortest := func(words []string) int {
		n := len(words[0])
		for _, w := range words {
			n = min(n, len(w))
		}
		return n
	}
	return shortest(a) > shortest(b)
}
