package bleve

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/search/query"

	"youju/report"
	"youju/search"
)

// The weights of the ranking, apart from those of the fields (mapping.go).
// Each was set by leaving it out of `youju eval`; the note beside it says what
// it is for. They hardly matter one by one; what matters is that they are here.
const (
	// variantWeight is what a synonym counts beside the reader's own word.
	variantWeight = 0.7
	// relatedWeight is the same for a word that is only related (雾霾 and 蓝天保卫战).
	relatedWeight = 0.4
	// levelStep keeps the levels of an answer apart: no score within one reaches it.
	levelStep = 4.0
	// segmentWeight is what a known piece of a word counts beside the word.
	segmentWeight = 2.0
	// contextWeight lifts an item that satisfies a context by its facet rather
	// than by happening to hold the word.
	contextWeight = 0.4
	// nearWeight lifts an item in which all words stand in one sentence.
	nearWeight = 0.5
	// askedWeight lifts an item whose matching sentence holds what was asked for.
	askedWeight = 0.25
	// figureWeight lifts an item that gives a figure for the words: it says
	// something definite.
	figureWeight = 0.8
	// asideWeight is what an item loses that names the words only among its units.
	asideWeight = 0.6
	// recencyWeight is what the newest year counts over the oldest in the collection.
	recencyWeight = 0.06
	// reranked is how many of the best are looked at closely: more than a screen
	// or two, few enough to read their texts.
	reranked = 80
)

// partWeights prefer the parts that say something definite.
var partWeights = map[report.Part]float64{
	report.PartLivelihood: 1.15, report.PartAssignment: 1.1, report.PartTarget: 1.1, report.PartPolicy: 1.05,
	report.PartOpening: 0.6, report.PartClosing: 0.6, report.PartProblems: 0.9,
}

// rank scores matches. Which items match is decided already; the score only
// orders them, within their level.
func (x *Index) rank(ctx context.Context, plan search.Plan, matches []match, tier string) error {
	if plan.Everything || len(matches) == 0 {
		return nil
	}
	at := make(map[uint32]int, len(matches))
	for i, m := range matches {
		at[m.ord] = i
	}
	best := 0.0
	if q := scoreQuery(plan, tier); q != nil {
		err := x.run(ctx, q, true, func(ord uint32, score float64) {
			if i, ok := at[ord]; ok {
				matches[i].score = score
				best = max(best, score)
			}
		})
		if err != nil {
			return err
		}
	}
	for i := range matches {
		if best > 0 {
			matches[i].score /= best
		}
		matches[i].score += float64(matches[i].level) * levelStep
	}
	x.rerank(ctx, plan, matches)
	for i := range matches {
		// Sums of floats depend on the order of adding; ties must not.
		matches[i].score = math.Round(matches[i].score*1e6) / 1e6
	}
	return nil
}

// scoreQuery ranks by the words, their variants and pieces. At the exact tier
// a word's pairs would only add noise.
func scoreQuery(plan search.Plan, tier string) query.Query {
	var any []query.Query
	asked := map[string]bool{}
	add := func(w search.PlanWord, boost float64) {
		key := strings.Join(w.Phrase(), "\x00")
		if !asked[key] {
			asked[key] = true
			any = append(any, wordQuery(w, boost))
		}
	}
	all := func(w search.PlanWord, boost float64) {
		add(w, boost)
		for _, v := range w.Variants {
			add(v, boost*variantWeight)
		}
		if tier != search.TierExact {
			for _, r := range w.Related {
				add(r, boost*relatedWeight)
			}
		}
	}
	for _, w := range plan.Words {
		all(w, exactBoost)
		for _, s := range w.Segments {
			all(s, segmentWeight)
		}
		if w.Exact || tier == search.TierExact {
			continue
		}
		for _, p := range w.Pairs() {
			key := "pair " + strings.Join(p.Terms[:], "\x00")
			if !asked[key] {
				asked[key] = true
				any = append(any, pairQuery(p))
			}
		}
	}
	for _, c := range plan.Context {
		switch {
		case len(c.Word.Tokens) == 0:
		case c.IsPlace(): // the governments of all counties share many tasks
			any = append(any, anyFieldBut(fieldDuty, c.Word.Phrase(), 1))
		default:
			add(c.Word, 1)
		}
	}
	if len(any) == 0 {
		return nil
	}
	return query.NewDisjunctionQuery(any)
}

// rerank looks closely at the best matches: their part, their year, whether
// the words stand together, whether what was asked for is there.
func (x *Index) rerank(ctx context.Context, plan search.Plan, matches []match) {
	order := make([]int, len(matches))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(matches[b].score, matches[a].score), cmp.Compare(matches[a].ord, matches[b].ord))
	})
	looker := search.NewLooker(plan)
	for n, i := range order {
		m := &matches[i]
		if n >= reranked || ctx.Err() != nil {
			break
		}
		it, err := x.store.item(m.ord)
		if err != nil {
			continue
		}
		base := float64(m.level) * levelStep
		rest := m.score - base
		why := &search.Explanation{Level: m.level, Words: rest, Part: 1}
		look := looker.Look(&it)
		rest *= 1 + nearWeight*look.Together + askedWeight*look.Asked + figureWeight*look.Figure
		rest *= 1 - asideWeight*look.Aside
		if w, ok := partWeights[it.Part]; ok {
			rest *= w
			why.Part = w
		}
		why.Look, why.Context, why.Recency = look, x.contextShare(plan, m.ord), x.recency(m.ord)
		m.score = base + rest + contextWeight*why.Context + recencyWeight*why.Recency
		m.why = why
	}
}

// contextShare is the share of the contexts that an item satisfies by a facet.
func (x *Index) contextShare(plan search.Plan, ord uint32) float64 {
	if len(plan.Context) == 0 {
		return 0
	}
	n := 0
	for _, c := range plan.Context {
		if slices.ContainsFunc(c.Tests, func(t search.FacetTest) bool { return x.having(t.Facet, t.Value).has(ord) }) {
			n++
		}
	}
	return float64(n) / float64(len(plan.Context))
}

// recency is 1 for the newest documents of the collection and 0 for the oldest.
func (x *Index) recency(ord uint32) float64 {
	n := len(x.cols.DocID)
	if n < 2 {
		return 0
	}
	return 1 - float64(x.cols.newest[x.cols.ItemDoc[ord]])/float64(n-1)
}
