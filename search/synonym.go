package search

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed data/synonyms.txt
var synonymData string

//go:embed data/renamed.txt
var renamedData string

// synonym is a term that is looked for in another's place.
type synonym struct {
	text string
	// related says that it does not mean the same, only something near.
	related bool
}

// thesaurus leads from a term, in its folded form, to what is looked for too.
type thesaurus struct {
	byTerm map[string][]synonym
	// guards holds the guards of every term that has some, by folded term.
	guards map[string][]string
	// longest is the longest term, in characters.
	longest int
}

// synonyms holds data/synonyms.txt and data/renamed.txt.
var synonyms = sync.OnceValue(func() *thesaurus {
	t := &thesaurus{byTerm: map[string][]synonym{}, guards: map[string][]string{}}
	for n, line := range strings.Split(synonymData, "\n") {
		if err := t.addLine(line); err != nil {
			panic(fmt.Sprintf("search: data/synonyms.txt:%d: %v", n+1, err))
		}
	}
	for n, line := range strings.Split(renamedData, "\n") {
		if err := t.addRenamed(line); err != nil {
			panic(fmt.Sprintf("search: data/renamed.txt:%d: %v", n+1, err))
		}
	}
	t.share()
	return t
})

// share gives what is related to a term to its equals too: 拖欠工资 is 欠薪, and
// whoever asks for either may find 农民工工资.
func (t *thesaurus) share() {
	more := map[string][]synonym{}
	for key, list := range t.byTerm {
		for _, equal := range list {
			if equal.related {
				continue
			}
			for _, s := range t.byTerm[foldedForm(equal.text)] {
				folded := foldedForm(s.text)
				if s.related && !strings.Contains(folded, key) && !slices.ContainsFunc(append(list, more[key]...), func(k synonym) bool { return strings.Contains(folded, foldedForm(k.text)) }) {
					more[key] = append(more[key], s)
				}
			}
		}
	}
	for key, list := range more {
		t.byTerm[key] = append(t.byTerm[key], list...)
	}
}

// addLine reads "topic<TAB>A = B = C | not D, E" or "topic<TAB>A, B > C, D".
func (t *thesaurus) addLine(line string) error {
	line = strings.TrimSpace(line)
	if line == "" || strings.HasPrefix(line, "#") {
		return nil
	}
	_, terms, ok := strings.Cut(line, "\t")
	if !ok {
		return fmt.Errorf("no tab in %q", line)
	}
	terms, not, _ := strings.Cut(terms, " | not ")
	guards := fields(not, ",")
	if from, to, ok := strings.Cut(terms, ">"); ok {
		for _, term := range fields(from, ",") {
			t.add(term, fields(to, ","), guards, true)
		}
		return nil
	}
	group := fields(terms, "=")
	if len(group) < 2 {
		return fmt.Errorf("a group of one in %q", line)
	}
	for _, term := range group {
		others := slices.DeleteFunc(slices.Clone(group), func(s string) bool { return s == term })
		t.add(term, others, guards, false)
	}
	return nil
}

// addRenamed reads "old<TAB>new<TAB>year<TAB>scope": either name finds the other.
func (t *thesaurus) addRenamed(line string) error {
	line = strings.TrimRight(line, "\r")
	if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
		return nil
	}
	f := strings.Split(line, "\t")
	if len(f) < 2 {
		return fmt.Errorf("no tab in %q", line)
	}
	for _, next := range fields(f[1], ",") {
		t.add(strings.TrimSpace(f[0]), []string{next}, nil, false)
		t.add(next, []string{strings.TrimSpace(f[0])}, nil, false)
	}
	return nil
}

func fields(s, sep string) []string {
	var out []string
	for _, f := range strings.Split(s, sep) {
		if f = strings.TrimSpace(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}

func (t *thesaurus) add(from string, to, guards []string, related bool) {
	key := foldedForm(from)
	if n := len([]rune(key)); n > t.longest {
		t.longest = n
	}
	for _, text := range to {
		known := slices.ContainsFunc(t.byTerm[key], func(s synonym) bool { return s.text == text })
		if !known && text != from { // 首台（套） has the key of 首台套 but is another row of tokens
			t.byTerm[key] = append(t.byTerm[key], synonym{text, related})
		}
	}
	for _, term := range append([]string{from}, to...) {
		for _, g := range guards {
			folded := foldedForm(term)
			if strings.Contains(foldedForm(g), folded) && !slices.Contains(t.guards[folded], g) {
				t.guards[folded] = append(t.guards[folded], g)
			}
		}
	}
}

// foldedForm is a term as the index holds it: its tokens in a row.
func foldedForm(s string) string {
	var b strings.Builder
	for _, t := range Tokenize(s) {
		if t.Kind != Mark {
			b.WriteString(t.Term)
		}
	}
	return b.String()
}
