package bleve

import (
	"cmp"
	"context"
	"math"
	"slices"

	"youju/report"
	"youju/search"
)

// The weights of the ranking, apart from those of the fields (score.go).
// Each was set by leaving it out of `youju eval`; the note beside it says what
// it is for. They hardly matter one by one; what matters is that they are here.
const (
	// exactBoost lifts an item that holds a word of several as written above
	// those that hold its pieces only.
	exactBoost = 4.0
	// variantWeight is what a synonym counts beside the reader's own word.
	variantWeight = 0.7
	// relatedWeight is the same for a word that is only related (雾霾 and 蓝天保卫战).
	relatedWeight = 0.4
	// levelStep keeps the levels of an answer apart: no score within one reaches it.
	levelStep = 4.0
	// segmentWeight is what a known piece of a word counts beside the word.
	segmentWeight = 2.0
	// weakWeight is what a weak word counts (申请, 家里).
	weakWeight = 0.5
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
	// shareWeight is what the share of a query counts that an item of the partial
	// level holds, beside its words: of a sentence that no item holds, the one
	// with more of what was said answers, however short it is or often it repeats.
	shareWeight = 0.4
	// recencyWeight is what the newest year counts over the oldest in the collection.
	recencyWeight = 0.06
	// scoreSteps is how many steps of a score are told apart once all was counted.
	// What differs by less answers alike, and the newer document goes first: which
	// it is would hang on the average length of all other items.
	scoreSteps = 200
	// reranked is how many of the best are looked at closely: more than a screen
	// or two, few enough to read their texts.
	reranked = 80
)

// enough is the number of exact hits from which nothing looser is shown: a
// first screen. Below it the same words in another order or further apart are
// shown too, after the exact ones, and then items that hold most of the query.
const enough = 10

// few is the number of exact hits below which it is told what the query finds
// without one of its words.
const few = 5

// partWeights prefer the parts that say something definite. Parts that are not
// here, and the items of which none is known, count as they are.
var partWeights = map[report.Part]float64{
	report.PartLivelihood: 1.15, report.PartAssignment: 1.1, report.PartTarget: 1.1, report.PartPolicy: 1.05,
	report.PartOpening: 0.6, report.PartClosing: 0.6, report.PartProblems: 0.9,
}

// ranked is an item that matches, with its score. Levels are higher for items
// that match better; the score is that of the level and of the item within it.
type ranked struct {
	ord   uint32
	level int32
	score float64
}

// match is what is known of an item that may be shown.
type match struct {
	ranked
	// why is what the score consists of, for those that were looked at closely.
	why *search.Explanation
}

// rank gives the first matches of an answer in the order asked for, up to most
// of them. Which items match is decided already; the score only orders them,
// within their level.
func (x *Index) rank(ctx context.Context, a *answer, sort string, most int) ([]match, error) {
	order := x.order(sort)
	top := &ranking{less: order, size: most + reranked}
	look := top // whose best are looked at closely
	if sort == search.SortNewest || sort == search.SortOldest {
		look = &ranking{less: byScore, size: reranked}
	}
	if a.plan.Everything {
		x.unscored(a, top)
	} else if err := x.scored(ctx, a, top, look); err != nil {
		return nil, err
	}
	var matches []match
	if !a.plan.Everything {
		matches = x.lookAt(ctx, a, look.sorted(reranked))
	}
	others := top.kept
	if look == top {
		others = others[len(matches):]
	} else {
		looked := make(map[uint32]bool, len(matches))
		for _, m := range matches {
			looked[m.ord] = true
		}
		others = slices.DeleteFunc(others, func(r ranked) bool { return looked[r.ord] })
	}
	for _, r := range others {
		matches = append(matches, match{ranked: r})
	}
	slices.SortFunc(matches, func(a, b match) int { return order(a.ranked, b.ranked) })
	return matches[:min(most, len(matches))], ctx.Err()
}

// byScore orders matches for the choice of those that are looked at.
func byScore(a, b ranked) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.ord, b.ord))
}

// unscored visits the matches of a query that asks for everything.
func (x *Index) unscored(a *answer, top *ranking) {
	for i, set := range a.passed {
		set.Iterate(func(ord uint32) bool {
			top.add(ranked{ord: ord, level: int32(len(a.passed) - 1 - i)})
			return true
		})
	}
	top.cut()
}

// levelGap keeps the levels apart before the best score is known.
const levelGap = 1 << 20

// scored scores all matches and offers them to the rankings.
func (x *Index) scored(ctx context.Context, a *answer, top, look *ranking) error {
	s := x.newScores(ctx, union(a.passed...))
	if err := s.scoreWords(a.plan, a.tier); err != nil {
		return err // and leave the scores to the garbage collector
	}
	best := float32(0)
	for i, set := range a.passed {
		level := int32(len(a.passed) - 1 - i)
		base := float64(level) * levelGap
		s.each(set, func(items []uint32) {
			for _, item := range items {
				score := s.take(item)
				best = max(best, score)
				r := ranked{ord: item, level: level, score: base + float64(score)}
				// Most of many matches are worse than all that is kept already.
				if look == top && top.full && r.score < top.last.score {
					continue
				}
				top.add(r)
				if look != top {
					look.add(r)
				}
			}
		})
	}
	s.release()
	top.normalize(best)
	if look != top {
		look.normalize(best)
	}
	return ctx.Err()
}

// rounded makes ties of scores that differ only by the order of adding.
func rounded(score float64) float64 { return math.Round(score*1e6) / 1e6 }

// settled leaves of a score what can be told apart.
func settled(score float64) float64 { return math.Round(score*scoreSteps) / scoreSteps }

// lookAt looks closely at the best matches: their part, their year, whether
// the words stand together, whether what was asked for is there.
func (x *Index) lookAt(ctx context.Context, a *answer, best []ranked) []match {
	plan := a.plan
	matches := make([]match, len(best), cap(best))
	whys := make([]search.Explanation, len(best))
	looker := search.NewLooker(plan)
	x.store.fetchRows(len(best), func(i int) uint32 { return best[i].ord })
	for i := range matches {
		m := &matches[i]
		m.ranked = best[i]
		if ctx.Err() != nil {
			continue
		}
		row, err := x.store.row(m.ord)
		if err != nil {
			continue
		}
		path, err := x.store.pathRow(x.cols.groupOf[m.ord])
		if err != nil {
			continue
		}
		base := float64(m.level) * levelStep
		rest := m.score - base
		why := &whys[i]
		*why = search.Explanation{Level: int(m.level), Words: rest, Part: 1}
		look := looker.Look(row, path)
		rest *= 1 + nearWeight*look.Together + askedWeight*look.Asked + figureWeight*look.Figure
		rest *= 1 - asideWeight*look.Aside
		why.Share = 1
		if share, ok := a.held.of(m.ord); ok {
			why.Share = share
			rest = share * share * (shareWeight + rest)
		}
		if w, ok := partWeights[x.cols.part(m.ord)]; ok {
			rest *= w
			why.Part = w
		}
		why.Look, why.Context, why.Recency = look, x.contextShare(plan, m.ord), x.recency(m.ord)
		m.score = settled(base + rest + contextWeight*why.Context + recencyWeight*why.Recency)
		m.why = why
	}
	return matches
}

// contextShare is the share of the contexts that an item satisfies by a facet.
func (x *Index) contextShare(plan search.Plan, ord uint32) float64 {
	if len(plan.Context) == 0 {
		return 0
	}
	n := 0
	for _, c := range plan.Context {
		if slices.ContainsFunc(c.Tests, func(t search.FacetTest) bool { return x.having(t.Facet, t.Value).Contains(ord) }) {
			n++
		}
	}
	return float64(n) / float64(len(plan.Context))
}

// recency is 1 for the newest documents of the collection and 0 for the oldest.
func (x *Index) recency(ord uint32) float64 {
	n := x.cols.documents()
	if n < 2 {
		return 0
	}
	return 1 - float64(x.cols.newest[x.cols.docOf[ord]])/float64(n-1)
}

// order tells which of two matches comes first. It never leaves a tie.
func (x *Index) order(sort string) func(a, b ranked) int {
	byDate := func(ranks []uint32) func(a, b ranked) int {
		return func(a, b ranked) int {
			return cmp.Or(
				cmp.Compare(ranks[x.cols.docOf[a.ord]], ranks[x.cols.docOf[b.ord]]),
				cmp.Compare(a.ord, b.ord))
		}
	}
	newest := byDate(x.cols.newest)
	switch sort {
	case search.SortNewest:
		return newest
	case search.SortOldest:
		return byDate(x.cols.oldest)
	}
	return func(a, b ranked) int {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
		return newest(a, b)
	}
}
