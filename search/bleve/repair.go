package bleve

import (
	"context"
	"fmt"

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
func (x *Index) corrected(ctx context.Context, q search.Query, reading *search.Reading) (*answer, search.Plan, error) {
	all := x.corrections(ctx, q.Text)
	if len(all) == 0 {
		return nil, search.Plan{}, nil
	}
	instead := q
	instead.Text = all[0].Text
	_, plan := search.Understand(instead, lexicon{x, ctx})
	found, err := x.answer(ctx, plan, reading.Filters)
	if err != nil || len(found.matches) == 0 {
		return nil, search.Plan{}, err
	}
	found.exact, found.tier = 0, search.TierPartial
	reading.Notes = append(reading.Notes, fmt.Sprintf("没有找到“%s”，以下是“%s”的结果", q.Text, instead.Text))
	return found, plan, nil
}
