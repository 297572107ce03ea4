package eval

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"youju/report"
)

// PlaceScore says how well places are recognised.
type PlaceScore struct {
	Snippets int `json:"snippets"`
	// Items counts the expected places that the item holding the snippet lists.
	Items Count `json:"items"`
	// Sentences compares the tags of the snippet alone, nil when they were not asked for.
	Sentences *Overlap `json:"sentences"`
	Failures  []string `json:"failures"`
}

// Overlap counts tags over many snippets.
type Overlap struct {
	Right     int     `json:"right"`
	Wrong     int     `json:"wrong"`
	Missed    int     `json:"missed"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

func (o *Overlap) finish() {
	o.Precision = Count{o.Right, o.Right + o.Wrong}.Ratio()
	o.Recall = Count{o.Right, o.Right + o.Missed}.Ratio()
	if sum := o.Precision + o.Recall; sum > 0 {
		o.F1 = 2 * o.Precision * o.Recall / sum
	}
}

func scorePlaces(_ context.Context, dir string, c *collection, opts Options, s *Scores) error {
	var gold []goldPlaces
	if ok, err := load(filepath.Join(dir, "places.json"), &gold); err != nil || !ok {
		if err == nil {
			s.Skipped = append(s.Skipped, "places.json：没有文件")
		}
		return err
	}
	score := &PlaceScore{Snippets: len(gold)}
	if opts.Places != nil {
		score.Sentences = &Overlap{}
	}
	for _, g := range gold {
		score.scoreItem(c, g)
		if opts.Places != nil {
			score.scoreSentence(c, g, opts.Places)
		}
	}
	if score.Sentences != nil {
		score.Sentences.finish()
	}
	s.Places = score
	return nil
}

// scoreItem looks for the expected places in the item around the snippet. An
// item is longer than a snippet and may rightly list more, so only what is
// missing counts.
func (s *PlaceScore) scoreItem(c *collection, g goldPlaces) {
	have, where := c.placesAround(g.Seed, Fold(g.Contains))
	for _, want := range g.Places {
		ok := slices.Contains(have, want)
		s.Items.add(ok)
		if !ok {
			s.Failures = append(s.Failures, fmt.Sprintf("%s %s：缺 %s，条目 %s 有 %v", g.ID, excerpt(g.Contains), want, where, have))
		}
	}
}

// placesAround gives the places of the item that holds the snippet; for a
// snippet of a title or heading, those of its document's items and its own place.
func (c *collection) placesAround(seed, snippet string) (places []string, where string) {
	if found := c.holding(seed, snippet); len(found) > 0 {
		for _, e := range found {
			places = append(places, e.item.Places...)
		}
		return places, found[0].item.ID
	}
	for _, j := range c.bySeed[seed] {
		if title := Fold(j.doc.Title); title != "" && strings.Contains(snippet, title) || strings.Contains(title, snippet) {
			return []string{j.doc.Place.Name()}, j.doc.ID
		}
		for _, e := range j.entries {
			if e.contains(snippet) {
				return e.item.Places, e.item.ID
			}
		}
	}
	return nil, "（无）"
}

func (s *PlaceScore) scoreSentence(c *collection, g goldPlaces, tag func(*report.Document, string) []string) {
	doc := &report.Document{}
	if found := c.holding(g.Seed, Fold(g.Contains)); len(found) > 0 {
		doc = found[0].doc
	} else if docs := c.bySeed[g.Seed]; len(docs) > 0 {
		doc = docs[0].doc
	}
	have := tag(doc, g.Contains)
	var wrong, missed []string
	for _, p := range have {
		switch {
		case slices.Contains(g.Places, p):
			s.Sentences.Right++
		case !slices.Contains(g.AlsoOK, p):
			wrong = append(wrong, p)
		}
	}
	for _, p := range g.Places {
		if !slices.Contains(have, p) {
			missed = append(missed, p)
		}
	}
	s.Sentences.Wrong += len(wrong)
	s.Sentences.Missed += len(missed)
	if len(wrong)+len(missed) > 0 {
		s.Failures = append(s.Failures, fmt.Sprintf("%s %s：句中多 %v 缺 %v", g.ID, excerpt(g.Contains), wrong, missed))
	}
}

// TopicScore says how well topics are recognised.
type TopicScore struct {
	Snippets int `json:"snippets"`
	// Main counts snippets whose main topic is among the item's topics,
	// First those whose item has one of the expected topics as its main one.
	Main  Count `json:"main"`
	First Count `json:"first"`
	// PerItem is the average number of topics over all items of the originals.
	PerItem  float64  `json:"per_item"`
	Failures []string `json:"failures"`
}

func scoreTopics(_ context.Context, dir string, c *collection, _ Options, s *Scores) error {
	var gold []goldTopics
	if ok, err := load(filepath.Join(dir, "topics.json"), &gold); err != nil || !ok {
		if err == nil {
			s.Skipped = append(s.Skipped, "topics.json：没有文件")
		}
		return err
	}
	score := &TopicScore{Snippets: len(gold)}
	total := 0
	for _, e := range c.entries {
		total += len(e.item.Topics)
	}
	if len(c.entries) > 0 {
		score.PerItem = float64(total) / float64(len(c.entries))
	}
	for _, g := range gold {
		if len(g.Topics) == 0 {
			continue
		}
		var have []string
		if found := c.holding(g.Seed, Fold(g.Contains)); len(found) > 0 {
			have = found[0].item.Topics
		}
		main := slices.Contains(have, g.Topics[0])
		score.Main.add(main)
		score.First.add(len(have) > 0 && slices.Contains(g.Topics, have[0]))
		if !main {
			score.Failures = append(score.Failures, fmt.Sprintf("%s %s：应有 %s，得到 %v", g.ID, excerpt(g.Contains), g.Topics[0], have))
		}
	}
	s.Topics = score
	return nil
}
