package fact

import (
	"slices"
	"strings"
)

// Term is a word or phrase that documents define.
type Term struct {
	Name string
	// Definitions are in the order of the documents' years.
	Definitions []*Definition
}

// Terms lists every defined term, in the order of their names' characters.
func (f *Facts) Terms() []*Term { return f.terms.get(f.gatherTerms) }

func (f *Facts) gatherTerms() []*Term {
	byName := map[string]*Term{}
	var terms []*Term
	for i := range f.Definitions {
		d := &f.Definitions[i]
		for _, name := range termNames(d.Term) {
			t := byName[name]
			if t == nil {
				t = &Term{Name: name}
				byName[name] = t
				terms = append(terms, t)
			}
			t.Definitions = append(t.Definitions, d)
		}
	}
	for _, t := range terms {
		slices.SortStableFunc(t.Definitions, func(a, b *Definition) int { return f.byYear(a.Passage, b.Passage) })
	}
	slices.SortFunc(terms, func(a, b *Term) int { return strings.Compare(a.Name, b.Name) })
	return terms
}

// termNames are the terms that a glossary's heading defines: “两重”、“两新” are
// two. Quotes round a whole term are not part of it.
func termNames(heading string) []string {
	heading = strings.TrimRight(strings.TrimSpace(heading), "：:。")
	var names []string
	for rest := heading; ; {
		before, after, opened := strings.Cut(rest, "“")
		inside, behind, closed := strings.Cut(after, "”")
		if strings.Trim(before, "、，,和及与 ") != "" || !opened && rest != "" {
			return []string{heading} // words outside the quotes: they belong together
		}
		if !opened {
			break
		}
		if !closed || strings.Contains(inside, "“") {
			return []string{heading}
		}
		names = append(names, inside)
		if rest = behind; strings.Trim(rest, " ") == "" {
			break
		}
	}
	if len(names) == 0 {
		return []string{heading}
	}
	return names
}
