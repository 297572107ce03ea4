package pattern

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// room bounds what the automaton of one pattern may learn, in transitions. An
// expression that needs more (gaps that overlap: 甲.{0,50}乙) is left to regexp.
const room = 1 << 16

// automaton reads a text character by character, in one state at a time. A
// state is the set of places in the expression's program at which the match
// can be; states and the ways between them are learnt from the texts read.
// Many goroutines may use it at once.
type automaton struct {
	prog    *syntax.Prog
	classes classes
	// needed are words of which every match holds one, nil for none that are known.
	needed []string
	start  *state
	// empty says that the empty text matches.
	empty bool
	// spent says that the room is used up.
	spent atomic.Bool

	mu     sync.Mutex
	states map[string]*state
	learnt int
}

// state is where a match can stand after some characters.
type state struct {
	// next is the state behind a character of each class, nil while it is not known.
	next []atomic.Pointer[state]
	// settled says that there is a match, or none, whatever follows.
	settled, matches bool
	// ends says that there is a match if the text ends here.
	ends bool
	// at are the instructions that wait for a character or for the end.
	at []uint32
}

// newAutomaton makes one that is spent from the start where an expression is
// left to regexp as a whole.
func newAutomaton(expr string) *automaton {
	a := &automaton{states: map[string]*state{}}
	if !a.compile(expr) {
		a.spent.Store(true)
		return a
	}
	a.start = a.state(a.reached(syntax.EmptyBeginText))
	a.empty = a.isMatch(a.reached(syntax.EmptyBeginText | syntax.EmptyEndText))
	return a
}

func (a *automaton) compile(expr string) (ok bool) {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return false
	}
	a.needed = needed(re)
	if a.prog, err = syntax.Compile(re.Simplify()); err != nil {
		return false
	}
	for _, in := range a.prog.Inst {
		// Lines and words inside a text depend on the characters on both sides.
		if in.Op == syntax.InstEmptyWidth && syntax.EmptyOp(in.Arg)&^(syntax.EmptyBeginText|syntax.EmptyEndText) != 0 {
			return false
		}
	}
	a.classes, ok = newClasses(a.prog)
	return ok
}

// near is how many bytes of a text are read before the needed words are looked
// for: rules for the beginning of a text are mostly settled there.
const near = 24

// match reports whether s holds a match. sure is false where only regexp can tell.
func (a *automaton) match(s string) (matches, sure bool) {
	if a.spent.Load() {
		return false, false
	}
	if s == "" {
		return a.empty, true
	}
	at, looked := a.start, a.needed == nil
	if at.settled {
		return at.matches, true
	}
	for i, r := range s {
		if !looked && i >= near {
			if looked = true; !a.holdsNeeded(s) {
				return false, true
			}
		}
		class := a.classes.of(r)
		next := at.next[class].Load()
		if next == nil {
			if next = a.learn(at, class, r); next == nil {
				return false, false
			}
		}
		if at = next; at.settled {
			return at.matches, true
		}
	}
	return at.ends, true
}

func (a *automaton) holdsNeeded(s string) bool {
	return slices.ContainsFunc(a.needed, func(word string) bool { return strings.Contains(s, word) })
}

// learn finds the state behind a character, nil where there is no room for it.
func (a *automaton) learn(at *state, class uint8, r rune) *state {
	a.mu.Lock()
	defer a.mu.Unlock()
	w := walk{prog: a.prog}
	for _, pc := range at.at {
		if in := &a.prog.Inst[pc]; in.Op != syntax.InstEmptyWidth && in.Op != syntax.InstMatch && in.MatchRune(r) {
			w.visit(in.Out)
		}
	}
	w.visit(uint32(a.prog.Start)) // a match can begin anywhere
	next := a.state(w.at)
	if next == nil {
		a.spent.Store(true)
		return nil
	}
	at.next[class].Store(next)
	return next
}

// state gives the state of a set of instructions, nil where there is no room for it.
func (a *automaton) state(set []uint32) *state {
	slices.Sort(set)
	key := make([]byte, 0, 4*len(set))
	for _, pc := range set {
		key = binary.LittleEndian.AppendUint32(key, pc)
	}
	if s := a.states[string(key)]; s != nil {
		return s
	}
	if a.learnt += a.classes.count; a.learnt > room {
		return nil
	}
	s := &state{next: make([]atomic.Pointer[state], a.classes.count), at: set, matches: a.isMatch(set)}
	s.settled = s.matches || len(set) == 0
	end := walk{prog: a.prog, here: syntax.EmptyEndText}
	for _, pc := range set {
		if in := &a.prog.Inst[pc]; in.Op == syntax.InstEmptyWidth {
			end.visit(in.Out)
		}
	}
	s.ends = a.isMatch(end.at)
	a.states[string(key)] = s
	return s
}

// reached is what a program begins with.
func (a *automaton) reached(here syntax.EmptyOp) []uint32 {
	w := walk{prog: a.prog, here: here}
	w.visit(uint32(a.prog.Start))
	return w.at
}

// isMatch says that a match is complete with one of the instructions.
func (a *automaton) isMatch(set []uint32) bool {
	return slices.ContainsFunc(set, func(pc uint32) bool { return a.prog.Inst[pc].Op == syntax.InstMatch })
}

// walk gathers the instructions that are reached before the next character.
type walk struct {
	prog *syntax.Prog
	// here says whether the text begins or ends at this place. Whether it ends
	// is yet to be seen elsewhere: at then holds the instruction that asks.
	here syntax.EmptyOp
	at   []uint32
	seen map[uint32]bool
}

func (w *walk) visit(pc uint32) {
	if w.seen[pc] {
		return
	}
	if w.seen == nil {
		w.seen = map[uint32]bool{}
	}
	w.seen[pc] = true
	switch in := &w.prog.Inst[pc]; in.Op {
	case syntax.InstFail:
	case syntax.InstAlt, syntax.InstAltMatch:
		w.visit(in.Out)
		w.visit(in.Arg)
	case syntax.InstCapture, syntax.InstNop:
		w.visit(in.Out)
	case syntax.InstEmptyWidth:
		switch syntax.EmptyOp(in.Arg) &^ w.here {
		case 0:
			w.visit(in.Out)
		case syntax.EmptyEndText:
			w.at = append(w.at, pc)
		}
	default:
		w.at = append(w.at, pc)
	}
}
