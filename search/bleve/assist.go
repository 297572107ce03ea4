package bleve

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/report"
	"youju/search"
)

// assist is what helps a reader on beside the hits.
type assist struct {
	cards *search.Cards
	// twins leads from a news piece that is nearly another to the first of them.
	twins map[string]string
}

// openAssist prepares the short answers. The index must be open.
func (x *Index) openAssist() error {
	if err := x.openTwins(); err != nil {
		return err
	}
	return x.openCards()
}

// openTwins reads which news pieces are nearly the same.
func (x *Index) openTwins() error {
	x.assist.twins = make(map[string]string, len(x.cols.twins)/2)
	for i := 0; i < len(x.cols.twins); i += 2 {
		id, err := x.store.id(x.cols.twins[i])
		if err != nil {
			return err
		}
		if x.assist.twins[id], err = x.store.id(x.cols.twins[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// findTwins compares the news pieces of a generation being built with each other.
func findTwins(path string, cols *columns) (twins []uint32, err error) {
	s, err := openStore(path, cols)
	defer s.close()
	if err != nil {
		return nil, err
	}
	var news []*report.Document
	ords := map[string]uint32{}
	for i := range uint32(cols.documents()) {
		header, err := s.header(i)
		if err != nil {
			return nil, err
		}
		if header.Kind != report.KindNews || len(news) == maxCompared {
			continue
		}
		doc, err := s.document(i)
		if err != nil {
			return nil, err
		}
		news = append(news, doc)
		ords[doc.ID] = i
	}
	like := search.NearDuplicates(news)
	for _, doc := range news {
		if first := like[doc.ID]; first != "" {
			twins = append(twins, ords[doc.ID], ords[first])
		}
	}
	return twins, nil
}

// maxCompared is the number of news pieces that are compared.
const maxCompared = 2000

// openCards reads the glossary entries and counts units and places.
func (x *Index) openCards() error {
	var glossary []search.Hit
	var failed error
	x.having(search.FacetPart, string(report.PartGlossary)).Iterate(func(ord uint32) bool {
		hit, err := x.hit(ord)
		if err != nil {
			failed = err
			return false
		}
		glossary = append(glossary, *hit)
		return true
	})
	x.assist.cards = search.NewCards(glossary, x.valueCounts(search.FacetUnit), x.valueCounts(search.FacetCounty))
	return failed
}

// valueCounts counts the items of every value of a facet.
func (x *Index) valueCounts(facet string) []search.FacetValue {
	column := x.cols.facet(facet)
	a := &x.cols.axes[column.axis]
	values := make([]search.FacetValue, len(column.values))
	for i, v := range column.values {
		values[i].Value = v
	}
	counts := make([]uint32, a.combinations())
	for item := range uint32(a.of.len()) {
		counts[a.of.of(item)]++
	}
	for combination, n := range counts {
		for _, ord := range a.valuesOf(uint32(combination), column.place) {
			values[ord].Count += int(n)
		}
	}
	return values
}

// Suggest offers up to n entries of the vocabulary for what has been typed.
func (x *Index) Suggest(ctx context.Context, text string, n int) ([]search.Suggestion, error) {
	return x.vocabulary.Suggest(text, n), ctx.Err()
}

// advise adds to a result what may help the reader on: cards, corrections, and
// the query without one of its words where little was found.
func (x *Index) advise(ctx context.Context, q search.Query, res *search.Result) {
	filters := res.Reading.Filters
	for _, c := range res.Reading.Context {
		if !c.Off && c.Facet == search.FacetYear && len(filters[search.FacetYear]) == 0 {
			filters = map[string][]string{search.FacetYear: {c.Value}, search.FacetCounty: filters[search.FacetCounty]}
		}
	}
	res.Cards = x.assist.cards.Find(q.Text, filters)
	res.Reading.Corrections = x.corrections(ctx, q.Text)
	if res.Exact < few {
		res.Reading.Drops = x.drops(ctx, q, res)
	}
}

// maxDropped is the number of words that leaving out is tried for.
const maxDropped = 6

// drops counts what the query without each of its words would find exactly.
func (x *Index) drops(ctx context.Context, q search.Query, res *search.Result) []search.Alternative {
	words := slices.Clone(res.Reading.Words)
	for _, c := range res.Reading.Context {
		words = append(words, c.Word)
	}
	if len(words) < 2 {
		return nil
	}
	var drops []search.Alternative
	counts := map[string]int{}
	for _, word := range words[:min(len(words), maxDropped)] {
		less := q
		less.Text = strings.Join(strings.Fields(strings.NewReplacer(`""`, "", "“”", "").Replace(strings.Replace(q.Text, word, " ", 1))), " ")
		if less.Text == "" || !strings.Contains(q.Text, word) {
			continue
		}
		n, ok := counts[less.Text]
		if !ok {
			n = x.exactly(ctx, less)
			counts[less.Text] = n
		}
		if n > res.Exact {
			drops = append(drops, search.Alternative{Text: less.Text, Word: word, Count: n})
		}
	}
	slices.SortStableFunc(drops, func(a, b search.Alternative) int { return cmp.Compare(b.Count, a.Count) })
	return drops
}

// exactly counts the items that hold a query as written; 0 for a query that
// names no subject, and when the deadline has passed.
func (x *Index) exactly(ctx context.Context, q search.Query) int {
	reading, plan := search.Understand(q, lexicon{x, ctx})
	if len(plan.Words) == 0 {
		return 0
	}
	s := &selection{x: x, ctx: ctx, plan: plan}
	set, err := s.words(plan.Words, x.holdsAny)
	if err != nil {
		return 0
	}
	within, err := s.contexts()
	if err != nil {
		return 0
	}
	if err := s.exclude(); err != nil {
		return 0
	}
	set = roaring.AndNot(set, s.seen)
	if within != nil {
		set.And(within)
	}
	return cardinality(x.newCounter(x.cols.resolve(reading.Filters, q.Filters), 1).passing(set, -1))
}

// gather puts the hits of news pieces that are nearly the same one after the
// other; those of another piece than the first are marked with its hit.
func (x *Index) gather(hits []search.Hit) []search.Hit {
	first := map[string]int{} // a group's first hit
	after := map[int][]search.Hit{}
	for i := range hits {
		group := x.assist.twins[hits[i].Document.ID]
		if group == "" {
			continue
		}
		at, ok := first[group]
		if !ok {
			first[group] = i
			continue
		}
		if hits[i].Document.ID != hits[at].Document.ID {
			hits[i].Like = hits[at].Item.ID
		}
		after[at] = append(after[at], hits[i])
	}
	if len(after) == 0 {
		return hits
	}
	gathered := make([]search.Hit, 0, len(hits))
	for i := range hits {
		group := x.assist.twins[hits[i].Document.ID]
		if group != "" && first[group] != i {
			continue
		}
		gathered = append(append(gathered, hits[i]), after[i]...)
	}
	return gathered
}

// The measures of likeness.
const (
	// significantWords is how many words of an item are looked for.
	significantWords = 14
	// leastLike is the share of their weight that a like item has.
	leastLike = 0.16
	// sameDocument is what an item of the same document counts: one looks for
	// other years and places. sameTopic and samePlace are what an item of the
	// same topic, or of the same place in another year, gains.
	sameDocument, sameTopic, samePlace = 0.6, 0.2, 0.3
	// telling is the share of the weight from which one shared word is enough.
	telling = 0.4
	// ofLength is how much a long text is held back: it shares words with everything.
	ofLength = 0.7
	// perDocument is how many items of one document are shown.
	perDocument = 2
	// lookedAt is how many of the likest are read.
	lookedAt = 60
)

// Similar finds up to n items on the subject of an item, in other years and
// places first. Of news pieces that are nearly the same one is shown. The
// error is [search.ErrNotFound] when there is no such item.
func (x *Index) Similar(ctx context.Context, id string, n int) ([]search.Hit, error) {
	ord, ok := x.findItem(id)
	if !ok {
		return nil, search.ErrNotFound
	}
	it, err := x.store.item(ord)
	if err != nil {
		return nil, err
	}
	words := x.vocabulary.Significant(&it, significantWords)
	matches, err := x.sharing(ctx, ord, words)
	if err != nil {
		return nil, fmt.Errorf("finding items like %q: %w", id, err)
	}
	text := ""
	for _, w := range words[:min(len(words), search.MaxWords)] {
		text += w.Word.Text + " "
	}
	return x.likest(ctx, it, ord, matches, search.NewMarker(text), n)
}

// sharing weighs the items by the significant words they share with one.
func (x *Index) sharing(ctx context.Context, self uint32, words []search.Significant) ([]match, error) {
	weights := map[uint32]float64{}
	shared := map[uint32]int{}
	all := 0.0
	for _, w := range words {
		set, err := x.holds(ctx, w.Word)
		if err != nil {
			return nil, err
		}
		all += w.Weight
		set.Iterate(func(ord uint32) bool {
			weights[ord] += w.Weight
			shared[ord]++
			return true
		})
	}
	delete(weights, self)
	matches := make([]match, 0, len(weights))
	for ord, weight := range weights {
		if weight < leastLike*all || shared[ord] < 2 && weight < telling*all {
			continue
		}
		weight /= 1 + ofLength*math.Log(max(1, classSize(x.cols.sizes[inText][ord])/usualSize))
		if x.cols.docOf[ord] == x.cols.docOf[self] {
			weight *= sameDocument
		}
		matches = append(matches, match{ranked: ranked{ord: ord, score: rounded(weight / all)}})
	}
	order := x.order(search.SortRelevance)
	slices.SortFunc(matches, func(a, b match) int { return order(a.ranked, b.ranked) })
	return matches, ctx.Err()
}

// usualSize is the length of an item of some hundred characters, in terms.
const usualSize = 200

// likest reads the best matches and takes n of them.
func (x *Index) likest(ctx context.Context, it report.Item, self uint32, matches []match, marker *search.Marker, n int) ([]search.Hit, error) {
	hits, err := x.hits(ctx, matches[:min(len(matches), lookedAt)], marker)
	if err != nil {
		return nil, err
	}
	hits = slices.DeleteFunc(hits, func(h search.Hit) bool {
		return h.Item.Part == report.PartOpening || h.Item.Part == report.PartClosing
	})
	own, err := x.store.header(x.cols.docOf[self])
	if err != nil {
		return nil, err
	}
	place := own.Place
	for i := range hits {
		if slices.ContainsFunc(hits[i].Item.Topics, func(topic string) bool { return slices.Contains(it.Topics, topic) }) {
			hits[i].Score *= 1 + sameTopic
		}
		if doc := &hits[i].Document; doc.Place == place && doc.Place != (report.Place{}) && doc.ID != own.ID {
			hits[i].Score *= 1 + samePlace
		}
	}
	slices.SortStableFunc(hits, func(a, b search.Hit) int { return cmp.Compare(b.Score, a.Score) })
	taken := map[string]int{}
	group := func(doc string) string { return cmp.Or(x.assist.twins[doc], doc) }
	if twin := x.assist.twins[own.ID]; twin != "" {
		taken[twin] = perDocument - 1
	}
	var list []search.Hit
	for _, h := range hits {
		if doc := group(h.Document.ID); taken[doc] < perDocument && len(list) < n {
			taken[doc]++
			list = append(list, h)
		}
	}
	return list, nil
}
