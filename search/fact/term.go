package fact

import (
	"slices"
	"strings"

	"youju/report"
	"youju/search"
)

// Term is a word or phrase that documents define.
type Term struct {
	Name string
	// Definitions are in the order of the documents' years. They are read for
	// lists of terms only.
	Definitions []*Definition

	definitions []defined
}

// defined is a definition as a term's row has it.
type defined struct {
	item, year int
	// places are those of its document and above, as numbers.
	places []int
	text   string
}

// termOrder puts terms in alphabetical order, what has no letter first.
func termOrder(name string) string {
	spelled := search.Spell(name)
	if spelled != "" && spelled[0] >= 'a' && spelled[0] <= 'z' {
		return strings.ToUpper(spelled[:1]) + spelled
	}
	return "#" + spelled
}

// addDefinition gathers the terms that an item of a glossary defines.
func (b *Builder) addDefinition(it *report.Item, item int) {
	if it.Heading == "" {
		return
	}
	var r row
	r.uint(item)
	r.text(it.Text)
	for _, name := range termNames(it.Heading) {
		b.subjects.add(ofTerm+termOrder(name)+"\x00"+name, r)
	}
}

// term writes the row of a term.
func (f *finisher) term(key string, values [][]byte) error {
	_, called, _ := strings.Cut(key, "\x00")
	list := make([]defined, len(values))
	for i, v := range values {
		r := rowReader{data: v}
		list[i].item, list[i].text = r.uint(), r.text()
	}
	slices.SortStableFunc(list, func(a, b defined) int { return f.byYear(a.item, b.item) })
	var r row
	r.text(called)
	r.uint(len(list))
	for _, d := range list {
		doc := &f.documents[f.documentAt(d.item)]
		r.uint(d.item)
		r.int(doc.Year)
		r.uints(f.placesOf(doc))
		r.text(d.text)
	}
	return f.of[tableTerms].Add(r)
}

// placesOf are the numbers of a document's place and those above it.
func (f *finisher) placesOf(d *Document) []int {
	var places []int
	for _, place := range report.Places().FacetPath(d.Place) {
		places = append(places, f.ranks[f.Builder.places[place]])
	}
	return places
}

func readTerm(r *rowReader) *Term {
	return &Term{Name: r.text(), definitions: readList(r, func() defined {
		return defined{r.uint(), r.int(), r.uints(), r.text()}
	})}
}

// define reads the definitions of a term.
func (f *Facts) define(t *Term) error {
	for _, d := range t.definitions {
		p, err := f.passage(d.item)
		if err != nil {
			return err
		}
		t.Definitions = append(t.Definitions, &Definition{p, d.text})
	}
	return nil
}

// TermsNear lists up to n terms like a text.
func (f *Facts) TermsNear(text string, n int) ([]string, error) {
	near := newNearest(text)
	err := f.each(tableTerms, func(_ int, r *rowReader) error {
		near.take(r.text())
		return nil
	})
	return near.list(n), err
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
