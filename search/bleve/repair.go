package bleve

import (
	"context"
	"strings"

	"youju/search"
)

// corrections lists what a query may have been meant to be.
func (x *Index) corrections(ctx context.Context, text string) []search.Alternative {
	return x.vocabulary.Correct(text, func(word string) int {
		w, ok := search.NewPlanWord(word)
		if !ok {
			return 0
		}
		return lexicon{x, ctx}.Hits(w)
	})
}

// corrected answers a query that finds nothing with its best correction, and
// says so. The answer is partial whatever the correction finds: it is not what
// was typed.
func (x *Index) corrected(ctx context.Context, q search.Query, plan search.Plan, reading *search.Reading) (*answer, error) {
	instead := q
	instead.Text = x.repaired(ctx, q.Text, plan)
	if instead.Text == "" {
		return nil, nil
	}
	_, plan = search.Understand(instead, lexicon{x, ctx})
	found, err := x.answer(ctx, plan, reading.Filters)
	if err != nil {
		return nil, err
	}
	if found.total == 0 {
		x.release(found.counter.tally)
		return nil, nil
	}
	found.exact, found.tier = 0, search.TierPartial
	reading.Instead = instead.Text
	reading.Notes = append(reading.Notes, search.InsteadNote(q.Text, instead.Text))
	return found, nil
}

// repaired is the best correction of a query, or "". A slip inside a longer
// word shows in its pieces: 老旧小曲改造 is repaired in 老旧小曲.
func (x *Index) repaired(ctx context.Context, text string, plan search.Plan) string {
	if all := x.corrections(ctx, text); len(all) > 0 {
		return all[0].Text
	}
	if all := x.repairedWords(ctx, text, plan); all != "" {
		return all
	}
	for _, w := range plan.Words {
		for size := 2; size > 0; size-- {
			for i := 0; i+size <= len(w.Segments) && len(w.Segments) <= maxRepairedPieces; i++ {
				piece := ""
				for _, s := range w.Segments[i : i+size] {
					piece += s.Text
				}
				if all := x.corrections(ctx, piece); len(all) > 0 {
					return strings.Replace(text, piece, all[0].Text, 1)
				}
			}
		}
	}
	return ""
}

// repairedWords corrects each of several words that no item holds
// (zhongxiaoxue canting), or is "" where there is nothing to correct.
func (x *Index) repairedWords(ctx context.Context, text string, plan search.Plan) string {
	better := text
	for _, w := range plan.Words {
		if w.Exact || len(plan.Words) < 2 || (lexicon{x, ctx}).Hits(w) > 0 {
			continue
		}
		if all := x.corrections(ctx, w.Text); len(all) > 0 {
			better = strings.Replace(better, w.Text, all[0].Text, 1)
		}
	}
	if better == text {
		return ""
	}
	return better
}

// maxRepairedPieces keeps the repair of a long word short.
const maxRepairedPieces = 8
