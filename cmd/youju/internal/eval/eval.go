// Package eval scores what the program makes of the original documents against
// hand-made expectations: outlines, places, topics, figures and graded queries. It
// judges results only, so it knows the vocabulary and the search contract but
// neither the splitter nor the engine.
package eval

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"golang.org/x/text/unicode/norm"

	"youju/report"
	"youju/search"
)

// Searcher answers queries over the documents being judged.
type Searcher interface {
	Search(ctx context.Context, q search.Query) (*search.Result, error)
}

// Options say what to judge.
type Options struct {
	// Documents are the documents read from the originals. Source.File leads
	// from a document to its original: the file's name without extension.
	Documents []*report.Document
	// Searcher searches Documents, and perhaps others beside them.
	Searcher Searcher
	// Filters restrict every query, for a Searcher that holds other documents too.
	Filters map[string][]string
	// Places tags one sentence of doc. Nil leaves the sentence level out.
	Places func(doc *report.Document, sentence string) []string
}

// Scores is everything that was measured. Parts for which the folder holds no
// expectations are nil, and Skipped says so.
type Scores struct {
	Outlines    []OutlineScore   `json:"outlines"`
	Places      *PlaceScore      `json:"places"`
	Topics      *TopicScore      `json:"topics"`
	Queries     *QueryScore      `json:"queries"`
	Figures     *FigureScore     `json:"figures"`
	Commitments *CommitmentScore `json:"commitments"`
	Skipped     []string         `json:"skipped"`
}

// Count is how many of a number of cases are right.
type Count struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

func (c *Count) add(right bool) {
	c.Of++
	if right {
		c.Right++
	}
}

// Ratio is between 0 and 1; a count over nothing is 1, since nothing is wrong.
func (c Count) Ratio() float64 {
	if c.Of == 0 {
		return 1
	}
	return float64(c.Right) / float64(c.Of)
}

func (c Count) String() string {
	return fmt.Sprintf("%d/%d（%.1f%%）", c.Right, c.Of, 100*c.Ratio())
}

// Run measures everything the folder dir has expectations for.
func Run(ctx context.Context, dir string, opts Options) (*Scores, error) {
	if len(opts.Documents) == 0 {
		return nil, errors.New("no original documents to judge")
	}
	c := newCollection(opts.Documents)
	s := &Scores{}
	for _, step := range []func(context.Context, string, *collection, Options, *Scores) error{
		scoreOutlines, scorePlaces, scoreTopics, scoreFigures, scoreCommitments, scoreQueries,
	} {
		if err := step(ctx, dir, c, opts, s); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Fold is the form in which texts are compared: NFKC, no white space, no bold marks.
func Fold(s string) string {
	s = norm.NFKC.String(s)
	return strings.ReplaceAll(strings.Join(strings.Fields(s), ""), "**", "")
}

func foldAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = Fold(s)
	}
	return out
}

// collection is the documents being judged, with their texts folded once.
type collection struct {
	entries []*entry
	bySeed  map[string][]*judged
	byID    map[string]*entry
}

// judged is one document and its items.
type judged struct {
	doc     *report.Document
	entries []*entry
}

// entry is one item and its texts as they are compared.
type entry struct {
	seed string
	doc  *report.Document
	item *report.Item
	// content is heading and text in a row: expectations start after or at the heading.
	content string
	// around holds path, title and duties, apart from one another.
	around []string
}

// contains tells whether the folded snippet stands in any field of the item.
func (e *entry) contains(snippet string) bool {
	if strings.Contains(e.content, snippet) {
		return true
	}
	for _, field := range e.around {
		if strings.Contains(field, snippet) {
			return true
		}
	}
	return false
}

func newCollection(docs []*report.Document) *collection {
	c := &collection{bySeed: map[string][]*judged{}, byID: map[string]*entry{}}
	for _, doc := range docs {
		seed := seedOf(doc.Source.File)
		j := &judged{doc: doc}
		for i := range doc.Items {
			e := newEntry(seed, doc, &doc.Items[i])
			j.entries = append(j.entries, e)
			c.byID[e.item.ID] = e
		}
		c.entries = append(c.entries, j.entries...)
		c.bySeed[seed] = append(c.bySeed[seed], j)
	}
	return c
}

func newEntry(seed string, doc *report.Document, it *report.Item) *entry {
	e := &entry{seed: seed, doc: doc, item: it, content: Fold(it.Heading + it.Text)}
	around := append([]string{doc.Title}, it.Path...)
	for _, units := range [][]string{it.Duty.Leaders, it.Duty.LeadUnits, it.Duty.SupportUnits} {
		around = append(around, units...)
		around = append(around, strings.Join(units, "、"))
	}
	e.around = foldAll(around)
	return e
}

// seedOf is the name expectations use for an original: its file name without extension.
func seedOf(file string) string {
	base := filepath.Base(filepath.ToSlash(file))
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// holding lists the items of seed whose heading or text holds the folded snippet.
func (c *collection) holding(seed, snippet string) []*entry {
	var found []*entry
	for _, j := range c.bySeed[seed] {
		for _, e := range j.entries {
			if strings.Contains(e.content, snippet) {
				found = append(found, e)
			}
		}
	}
	return found
}
