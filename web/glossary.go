package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"youju/search"
	"youju/search/fact"
)

// glossaryPage lists the terms that documents define, in alphabetical order.
type glossaryPage struct {
	listPage
	Letters []letterView
}

// letterView holds the terms of one initial letter.
type letterView struct {
	Letter, Anchor string
	Terms          []termView
}

type termView struct {
	Name        string
	Definitions []definitionView
	// Uses are the years in whose documents the term occurs.
	Uses      []way
	SearchURL string
}

// definitionView is a definition as a document gives it.
type definitionView struct{ Text, Document, URL string }

func (s *server) showGlossary(w http.ResponseWriter, r *http.Request) error {
	c, f, terms, err := s.chosenTerms(r, chooser.shown)
	if err != nil {
		return err
	}
	p := glossaryPage{listPage: s.newListPage(r, c, tr("用语"), terms.Total, c.facets(terms.Options))}
	p.Description = "报告附件解释过的用语：原文释义、出处年份，以及各年文件里用到的条数。"
	p.FindLabel = "名称或释义含"
	for _, t := range terms.Entries {
		v, err := s.newTerm(r.Context(), t)
		if err != nil {
			return err
		}
		letter := letterOf(t.Name)
		if n := len(p.Letters); n == 0 || p.Letters[n-1].Letter != letter {
			p.Letters = append(p.Letters, letterView{Letter: letter, Anchor: "letter-" + letter})
		}
		last := &p.Letters[len(p.Letters)-1]
		last.Terms = append(last.Terms, v)
	}
	if terms.Total == 0 && c.Text != "" {
		names, err := f.TermsNear(c.Text, maxWays)
		if err != nil {
			return fmt.Errorf("finding terms alike: %w", err)
		}
		p.Near = waysTo(names, func(name string) string { return encode("/glossary", []param{{"q", name}}) })
	}
	return s.render(w, r, http.StatusOK, "glossary", p)
}

// chosenTerms are the terms that the parameters of an address choose, in the
// order of their pinyin, of which some are wanted.
func (s *server) chosenTerms(r *http.Request, wanted func(chooser) fact.Page) (chooser, *fact.Facts, *fact.Chosen[*fact.Term], error) {
	c := readChooser(r, "/glossary", "/api/v1/glossary", termsSize, fact.AspectPlace, fact.AspectYear)
	f, err := s.searcher.Facts(r.Context())
	if err != nil {
		return c, nil, nil, fmt.Errorf("reading facts: %w", err)
	}
	err = c.settle(func() (optionsOf, error) {
		all, err := f.Terms(fact.Choice{}, fact.None)
		return all.Options, err
	})
	if err != nil {
		return c, nil, nil, err
	}
	terms, err := f.Terms(c.Choice, wanted(c))
	if err != nil {
		return c, nil, nil, fmt.Errorf("listing terms: %w", err)
	}
	return c, f, terms, nil
}

// letterOf is the letter under which a term stands: that of its pinyin, # for
// a digit and what has no letter.
func letterOf(name string) string {
	if spelled := search.Spell(name); spelled != "" && spelled[0] >= 'a' && spelled[0] <= 'z' {
		return strings.ToUpper(spelled[:1])
	}
	return "#"
}

func (s *server) newTerm(ctx context.Context, t *fact.Term) (termView, error) {
	v := termView{Name: t.Name, SearchURL: urlOf(termQuery(t.Name, ""))}
	for _, d := range t.Definitions {
		it, doc := passageItem(d.Passage)
		v.Definitions = append(v.Definitions, definitionView{d.Text, documentName(doc), itemURL(it.ID)})
	}
	uses, err := s.uses.of(ctx, s.searcher, t.Name)
	if err != nil {
		return v, err
	}
	for _, u := range uses {
		v.Uses = append(v.Uses, way{tr(search.FacetValueLabel(search.FacetYear, u.Value)), urlOf(termQuery(t.Name, u.Value)), u.Count})
	}
	return v, nil
}

// termQuery looks for a term word for word, in the documents of a year if one
// is given. Quotes within the term would end the phrase; the index leaves them
// out as well.
func termQuery(name, year string) search.Query {
	q := search.Query{Text: `"` + strings.Trim(strings.NewReplacer("“", "", "”", "", `"`, "").Replace(name), " ") + `"`, Page: 1, Size: 1}
	if year != "" {
		q = withValue(q, search.FacetYear, year)
	}
	return q
}

// termUses remembers in how many items of each year terms occur, as long as the
// collection is the same.
type termUses struct {
	mu         sync.Mutex
	generation string
	byTerm     map[string][]search.FacetValue
}

// of lists the years, newest first, with the numbers of items a search finds.
func (u *termUses) of(ctx context.Context, s Searcher, term string) ([]search.FacetValue, error) {
	generation := s.Info().Generation
	if uses, ok := u.known(generation, term); ok {
		return uses, nil
	}
	res, err := s.Search(ctx, termQuery(term, ""))
	if err != nil {
		return nil, fmt.Errorf("counting the uses of a term: %w", err)
	}
	var uses []search.FacetValue
	for _, f := range res.Facets {
		if f.Name == search.FacetYear {
			uses = slices.DeleteFunc(slices.Clone(f.Values), func(v search.FacetValue) bool { return v.Count == 0 })
		}
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.generation == generation {
		u.byTerm[term] = uses
	}
	return uses, nil
}

func (u *termUses) known(generation, term string) ([]search.FacetValue, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.generation != generation || u.byTerm == nil {
		u.generation, u.byTerm = generation, map[string][]search.FacetValue{}
	}
	uses, ok := u.byTerm[term]
	return uses, ok
}
