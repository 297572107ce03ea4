package fact

import (
	"cmp"
	"slices"

	"youju/report"
)

// Project is everything the documents say of one project, company or park.
type Project struct {
	Name string
	Kind report.MentionKind
	// Names are the names as printed, the commonest first.
	Names []string
	// Mentions are in the order of the documents' years.
	Mentions []*Mention
	// Years are those of the documents, earliest first.
	Years []int
	// Places are the county facet's values of the documents' places, of the
	// places above them and of those the mentions name.
	Places []string
	// Topics are those of the passages, the commonest first.
	Topics []string
	// Stated is the last mention that states a stage as reached, Promised the last
	// one that promises a stage, unless what is stated is of a later year; nil
	// where there is none.
	Stated, Promised *Mention
	// Largest is the mention with the largest amount, nil where none states one.
	Largest *Mention
}

type projectIndex struct {
	list   []*Project
	byName map[string]*Project
}

// Projects lists them: those mentioned over most years first, then those
// mentioned most often.
func (f *Facts) Projects() []*Project { return f.projects.get(f.gatherProjects).list }

// ProjectNamed finds a project by any of its names; nil when there is none.
func (f *Facts) ProjectNamed(name string) *Project {
	return f.projects.get(f.gatherProjects).byName[name]
}

func (f *Facts) gatherProjects() projectIndex {
	index := projectIndex{byName: map[string]*Project{}}
	for i := range f.Mentions {
		m := &f.Mentions[i]
		p := index.byName[m.Name]
		if p == nil {
			p = &Project{Name: m.Name, Kind: m.Kind}
			index.byName[m.Name] = p
			index.list = append(index.list, p)
		}
		p.Mentions = append(p.Mentions, m)
	}
	for _, p := range index.list {
		f.settleProject(p)
	}
	slices.SortFunc(index.list, func(a, b *Project) int {
		return cmp.Or(cmp.Compare(len(b.Years), len(a.Years)), cmp.Compare(len(b.Mentions), len(a.Mentions)), cmp.Compare(a.Name, b.Name))
	})
	for _, p := range index.list {
		for _, as := range p.Names {
			if index.byName[as] == nil {
				index.byName[as] = p
			}
		}
	}
	return index
}

func (f *Facts) settleProject(p *Project) {
	slices.SortStableFunc(p.Mentions, func(a, b *Mention) int {
		return cmp.Or(f.byYear(a.Passage, b.Passage), cmp.Compare(a.At.Start, b.At.Start))
	})
	names, topics := tally{}, tally{}
	for _, m := range p.Mentions {
		names.add(m.As)
		at, doc := &f.Passages[m.Passage], f.DocumentOf(m.Passage)
		topics.add(at.Topics...)
		p.Places = appendNew(p.Places, report.Places().FacetPath(doc.Place)...)
		if m.Place != "" {
			p.Places = appendNew(p.Places, m.Place)
		}
		if doc.Year != 0 {
			p.Years = appendNew(p.Years, doc.Year)
		}
		switch {
		case m.Stage == "":
		case at.Claim == report.ClaimPromised:
			p.Promised = m
		default:
			p.Stated = m
		}
		if m.Amount != nil && (p.Largest == nil || *m.Amount > *p.Largest.Amount) {
			p.Largest = m
		}
	}
	if p.Stated != nil && p.Promised != nil && f.DocumentOf(p.Promised.Passage).Year < f.DocumentOf(p.Stated.Passage).Year {
		p.Promised = nil
	}
	p.Names, p.Topics = names.commonest(), topics.commonest()
}

func appendNew[T comparable](list []T, values ...T) []T {
	for _, v := range values {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// tally counts words.
type tally map[string]int

func (t tally) add(words ...string) {
	for _, w := range words {
		if w != "" {
			t[w]++
		}
	}
}

// commonest lists the words, the commonest first.
func (t tally) commonest() []string {
	var words []string
	for w := range t {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(t[b], t[a]), cmp.Compare(a, b)) })
	return words
}
