// Package pattern answers whether a text matches a regular expression, fast.
//
// Nearly every text that a rule is asked about does not match, and regexp pays
// tens of nanoseconds for each character to say so. Here an automaton that is
// made from the same expression says it, reading each character once; only
// where a text does match, and the places in it are wanted, regexp looks for
// them. The answers are regexp's own, so an expression needs no second form
// and no condition beside it that could fall out of step.
package pattern

import (
	"regexp"
	"sync/atomic"
)

// Pattern is a regular expression. Methods that are not here are regexp's.
type Pattern struct {
	*regexp.Regexp
	// made is nil until the first text comes: a program knows many patterns and uses some.
	made atomic.Pointer[automaton]
}

// MustCompile makes a pattern of an expression in regexp's syntax. It panics
// where that is damaged, as regexp's own function does.
func MustCompile(expr string) *Pattern {
	return &Pattern{Regexp: regexp.MustCompile(expr)}
}

func (p *Pattern) automaton() *automaton {
	if a := p.made.Load(); a != nil {
		return a
	}
	return p.make()
}

// make makes the automaton. Of two that are made at the same time one is used.
func (p *Pattern) make() *automaton {
	p.made.CompareAndSwap(nil, newAutomaton(p.String()))
	return p.made.Load()
}

// MatchString reports whether s holds a match.
func (p *Pattern) MatchString(s string) bool {
	if matches, sure := p.automaton().match(s); sure {
		return matches
	}
	return p.Regexp.MatchString(s)
}

// misses reports that s holds no match for sure.
func (p *Pattern) misses(s string) bool {
	matches, sure := p.automaton().match(s)
	return sure && !matches
}

// FindString returns the first match in s, "" for none.
func (p *Pattern) FindString(s string) string {
	if p.misses(s) {
		return ""
	}
	return p.Regexp.FindString(s)
}

// FindStringIndex returns where the first match begins and ends, nil for none.
func (p *Pattern) FindStringIndex(s string) []int {
	if p.misses(s) {
		return nil
	}
	return p.Regexp.FindStringIndex(s)
}

// FindStringSubmatch returns the first match and its groups, nil for none.
func (p *Pattern) FindStringSubmatch(s string) []string {
	if p.misses(s) {
		return nil
	}
	return p.Regexp.FindStringSubmatch(s)
}

// FindStringSubmatchIndex returns where the first match and its groups stand, nil for none.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	if p.misses(s) {
		return nil
	}
	return p.Regexp.FindStringSubmatchIndex(s)
}

// FindAllString returns the first n matches in s, all of them for n < 0.
func (p *Pattern) FindAllString(s string, n int) []string {
	if p.misses(s) {
		return nil
	}
	return p.Regexp.FindAllString(s, n)
}

// FindAllStringIndex returns where the first n matches begin and end, all of them for n < 0.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	if p.misses(s) {
		return nil
	}
	return p.Regexp.FindAllStringIndex(s, n)
}

// FindAllStringSubmatch returns the first n matches with their groups, all of them for n < 0.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	if p.misses(s) {
		return nil
	}
	return p.Regexp.FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex returns where the first n matches and their groups stand, all of them for n < 0.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if p.misses(s) {
		return nil
	}
	return p.Regexp.FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString returns s with every match replaced by what repl says.
func (p *Pattern) ReplaceAllString(s, repl string) string {
	if p.misses(s) {
		return s
	}
	return p.Regexp.ReplaceAllString(s, repl)
}
