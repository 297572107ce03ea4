package eval

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"youju/search"
)

// ndcgDepth is the number of hits that count for nDCG, recallDepth for recall:
// what a reader sees at a glance, and one page.
const (
	ndcgDepth   = 10
	recallDepth = search.DefaultSize
	topGrade    = 3
)

// QueryScore says how well the right items are ranked.
type QueryScore struct {
	// Overall averages over the answerable queries, ByUser over those of one kind of reader.
	Overall Ranking            `json:"overall"`
	ByUser  map[string]Ranking `json:"by_user"`
	// Noisy counts unanswerable queries that got hits not labelled as partial.
	Noisy Count `json:"noisy"`
	// Lost counts graded passages that no item of ours holds whole.
	Lost    int           `json:"lost_passages"`
	Queries []QueryResult `json:"queries"`
}

// Ranking is a set of averages between 0 and 1.
type Ranking struct {
	Queries int     `json:"queries"`
	NDCG    float64 `json:"ndcg_10"`
	Recall  float64 `json:"recall_20"`
	// Empty is the share of queries without any hit.
	Empty float64 `json:"empty"`
}

// QueryResult is one query's outcome.
type QueryResult struct {
	ID         string  `json:"id"`
	Text       string  `json:"q"`
	User       string  `json:"user"`
	Answerable bool    `json:"answerable"`
	Tier       string  `json:"tier"`
	Total      int     `json:"total"`
	NDCG       float64 `json:"ndcg_10"`
	Recall     float64 `json:"recall_20"`
	TookMS     float64 `json:"took_ms"`
	// Missing lists the items of the best grade that are not on the first page.
	Missing []string `json:"missing"`
	// Grades are those of the hits in order, for a look at the ranking.
	Grades []int `json:"grades"`
}

func scoreQueries(ctx context.Context, dir string, c *collection, opts Options, s *Scores) error {
	var gold []goldQuery
	if ok, err := load(filepath.Join(dir, "queries.json"), &gold); err != nil || !ok || opts.Searcher == nil {
		if err == nil {
			s.Skipped = append(s.Skipped, "queries.json：没有文件或没有索引")
		}
		return err
	}
	score := &QueryScore{ByUser: map[string]Ranking{}}
	for _, g := range gold {
		grades, lost := c.grade(g)
		score.Lost += lost
		r, err := runQuery(ctx, g, grades, opts)
		if err != nil {
			return fmt.Errorf("query %s %q: %w", g.ID, g.Text, err)
		}
		score.Queries = append(score.Queries, r)
	}
	score.average()
	s.Queries = score
	return nil
}

// grade gives every item of ours the grade of the best passage it holds, and
// the number of passages that no item holds.
func (c *collection) grade(g goldQuery) (grades map[string]int, lost int) {
	grades = map[string]int{}
	for _, p := range g.Relevant {
		snippet, held := Fold(p.Contains), false
		for _, j := range c.bySeed[p.Seed] {
			for _, e := range j.entries {
				if e.contains(snippet) {
					held = true
					grades[e.item.ID] = max(grades[e.item.ID], p.Grade)
				}
			}
		}
		if !held {
			lost++
		}
	}
	return grades, lost
}

func runQuery(ctx context.Context, g goldQuery, grades map[string]int, opts Options) (QueryResult, error) {
	start := time.Now()
	res, err := opts.Searcher.Search(ctx, search.Query{Text: g.Text, Filters: opts.Filters, Size: recallDepth})
	if err != nil {
		return QueryResult{}, err
	}
	r := QueryResult{
		ID: g.ID, Text: g.Text, User: g.User, Answerable: len(g.Relevant) > 0,
		Tier: res.Reading.Tier, Total: res.Total,
		TookMS: float64(time.Since(start).Microseconds()) / 1000,
	}
	onPage := map[string]bool{}
	for _, hit := range res.Hits {
		onPage[hit.Item.ID] = true
		r.Grades = append(r.Grades, grades[hit.Item.ID])
	}
	r.NDCG = ndcg(r.Grades, grades)
	var best Count
	for id, grade := range grades {
		if grade != topGrade {
			continue
		}
		best.add(onPage[id])
		if !onPage[id] {
			r.Missing = append(r.Missing, id)
		}
	}
	// No more than a page can be found on a page.
	best.Of = min(best.Of, recallDepth)
	r.Recall = best.Ratio()
	slices.Sort(r.Missing)
	return r, nil
}

// ndcg compares the order of the hits with the best order of all graded items.
// A query whose passages are in no item scores 0: the splitting lost them.
func ndcg(hits []int, grades map[string]int) float64 {
	ideal := make([]int, 0, len(grades))
	for _, g := range grades {
		ideal = append(ideal, g)
	}
	slices.SortFunc(ideal, func(a, b int) int { return b - a })
	best := dcg(ideal)
	if best == 0 {
		return 0
	}
	return dcg(hits) / best
}

func dcg(grades []int) float64 {
	sum := 0.0
	for i, g := range grades[:min(len(grades), ndcgDepth)] {
		sum += (math.Exp2(float64(g)) - 1) / math.Log2(float64(i)+2)
	}
	return sum
}

func (s *QueryScore) average() {
	users := map[string][]QueryResult{}
	var all []QueryResult
	for _, r := range s.Queries {
		if !r.Answerable {
			s.Noisy.add(r.Total > 0 && r.Tier != search.TierPartial)
			continue
		}
		all = append(all, r)
		users[r.User] = append(users[r.User], r)
	}
	s.Overall = averageOf(all)
	for user, list := range users {
		s.ByUser[user] = averageOf(list)
	}
}

func averageOf(results []QueryResult) Ranking {
	r := Ranking{Queries: len(results)}
	if len(results) == 0 {
		return r
	}
	for _, q := range results {
		r.NDCG += q.NDCG
		r.Recall += q.Recall
		if q.Total == 0 {
			r.Empty++
		}
	}
	n := float64(len(results))
	r.NDCG, r.Recall, r.Empty = r.NDCG/n, r.Recall/n, r.Empty/n
	return r
}

// gradeMarks draws the grades of the hits as digits, dots where a hit is not graded.
func gradeMarks(grades []int) string {
	var b strings.Builder
	for _, g := range grades {
		if g == 0 {
			b.WriteByte('.')
			continue
		}
		fmt.Fprint(&b, g)
	}
	return b.String()
}
