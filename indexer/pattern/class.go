package pattern

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"unicode"
)

// classes sorts characters by what an expression tells apart: all that it
// treats alike are of one class.
type classes struct {
	count int
	// first[i] begins a range of characters, up to first[i+1], of the class ids[i].
	first []rune
	ids   []uint8
	// pages holds the classes of the first 65,536 characters, 256 to a page;
	// pages of one class alone are shared.
	pages [256]*[256]uint8
}

// mostClasses is how many classes there are room for.
const mostClasses = 256

// newClasses fails for an expression with too many classes.
func newClasses(prog *syntax.Prog) (c classes, ok bool) {
	tests := runeTests(prog)
	c.first = []rune{0}
	for _, in := range tests {
		c.first = append(c.first, bounds(in)...)
	}
	slices.Sort(c.first)
	c.first = slices.Compact(c.first)
	known := map[string]uint8{}
	for _, r := range c.first {
		// Alike are the characters that pass the same tests.
		passed := make([]byte, len(tests))
		for i, in := range tests {
			if in.MatchRune(r) {
				passed[i] = 1
			}
		}
		id, ok := known[string(passed)]
		if !ok {
			if len(known) == mostClasses {
				return classes{}, false
			}
			id = uint8(len(known))
			known[string(passed)] = id
		}
		c.ids = append(c.ids, id)
	}
	c.count = len(known)
	c.fill()
	return c, true
}

// runeTests gives the different tests of a character in a program, each once:
// repetitions (.{0,60}) hold the same one many times.
func runeTests(prog *syntax.Prog) []*syntax.Inst {
	var tests []*syntax.Inst
	seen := map[string]bool{}
	for i := range prog.Inst {
		in := &prog.Inst[i]
		switch in.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			if key := fmt.Sprint(in.Op, in.Arg, in.Rune); !seen[key] {
				seen[key] = true
				tests = append(tests, in)
			}
		}
	}
	return tests
}

// bounds gives the characters at which a test may turn out otherwise than for
// the one before.
func bounds(in *syntax.Inst) []rune {
	switch {
	case in.Op == syntax.InstRuneAny:
		return nil
	case in.Op == syntax.InstRuneAnyNotNL:
		return []rune{'\n', '\n' + 1}
	case len(in.Rune) == 1:
		// One character, or with (?i) all that differ from it only by case.
		r := in.Rune[0]
		list := []rune{r, r + 1}
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			list = append(list, f, f+1)
		}
		return list
	}
	var list []rune
	for i := 0; i < len(in.Rune); i += 2 {
		list = append(list, in.Rune[i], in.Rune[i+1]+1)
	}
	return list
}

// fill makes the pages from the ranges.
func (c *classes) fill() {
	var whole [mostClasses]*[256]uint8
	i := 0
	for p := range c.pages {
		from, to := rune(p)<<8, rune(p+1)<<8
		for i+1 < len(c.first) && c.first[i+1] <= from {
			i++
		}
		id := c.ids[i]
		if one := i+1 == len(c.first) || c.first[i+1] >= to; one && whole[id] != nil {
			c.pages[p] = whole[id]
			continue
		} else if one {
			whole[id] = new([256]uint8)
			c.pages[p] = whole[id]
		} else {
			c.pages[p] = new([256]uint8)
		}
		for r := from; r < to; r++ {
			for i+1 < len(c.first) && c.first[i+1] <= r {
				i++
			}
			c.pages[p][r-from] = c.ids[i]
		}
	}
}

// of gives a character's class.
func (c *classes) of(r rune) uint8 {
	if r < 1<<16 {
		return c.pages[r>>8][r&0xff]
	}
	return c.beyond(r)
}

// beyond is of for the characters that stand on no page.
func (c *classes) beyond(r rune) uint8 {
	i, found := slices.BinarySearch(c.first, r)
	if !found {
		i--
	}
	return c.ids[i]
}
