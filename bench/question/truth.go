package question

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"

	"youju/bench/passage"
)

// Truth answers questions by looking for every word in every passage. It knows
// nothing of tokens and indexes.
func Truth(tsv string, questions []Question) ([]Answer, error) {
	s := &scan{questions: questions, counts: make([]tally, len(questions))}
	for i := range s.counts {
		s.counts[i] = tally{Year: {}, County: {}, Topic: {}}
	}
	// Words are looked up once per passage, however many questions share them.
	index := map[string]int{}
	for _, q := range questions {
		var ids []int
		for _, w := range q.Words {
			if _, ok := index[w]; !ok {
				index[w] = len(s.words)
				s.words = append(s.words, w)
			}
			ids = append(ids, index[w])
		}
		s.needs = append(s.needs, ids)
	}
	if err := s.run(tsv); err != nil {
		return nil, err
	}
	answers := make([]Answer, len(questions))
	for i, c := range s.counts {
		a := Answer{ID: questions[i].ID, Facets: map[string]Counts{}}
		for name, values := range c {
			var counts Counts
			for _, n := range values {
				counts.Add(n)
			}
			a.Facets[name] = counts
		}
		a.Total = a.Facets[Year].Sum
		answers[i] = a
	}
	return answers, nil
}

// tally holds the counts of every value of each facet.
type tally map[string]map[string]int

type scan struct {
	questions []Question
	words     []string
	// needs lists, per question, the numbers of its words.
	needs  [][]int
	mu     sync.Mutex
	counts []tally
}

// run spreads the passages over all cores.
func (s *scan) run(tsv string) error {
	batches := make(chan []passage.Passage, 4)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for batch := range batches {
				s.look(batch)
			}
		})
	}
	var batch []passage.Passage
	err := passage.Each(tsv, 0, func(p passage.Passage) error {
		if batch = append(batch, p); len(batch) == 1000 {
			batches <- batch
			batch = nil
		}
		return nil
	})
	batches <- batch
	close(batches)
	workers.Wait()
	return err
}

func (s *scan) look(batch []passage.Passage) {
	holds := make([]bool, len(s.words))
	type hit struct{ question, passage int }
	var hits []hit
	for i := range batch {
		for w, word := range s.words {
			holds[w] = strings.Contains(batch[i].Text, word)
		}
		for q := range s.questions {
			if s.matches(q, holds, &batch[i]) {
				hits = append(hits, hit{q, i})
			}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range hits {
		for name, values := range s.counts[h.question] {
			values[value(&batch[h.passage], name)]++
		}
	}
}

func (s *scan) matches(q int, holds []bool, p *passage.Passage) bool {
	for _, w := range s.needs[q] {
		if !holds[w] {
			return false
		}
	}
	for name, want := range s.questions[q].Filters {
		if value(p, name) != want {
			return false
		}
	}
	return true
}

// value is what a passage has in a facet.
func value(p *passage.Passage, facet string) string {
	switch facet {
	case Year:
		return fmt.Sprint(p.Year)
	case County:
		return p.County
	}
	return p.Topic
}

// WriteAnswers writes answers as lines.
func WriteAnswers(path string, answers []Answer) error {
	var b strings.Builder
	for i := range answers {
		b.WriteString(answers[i].Line() + "\n")
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}

// ReadAnswers reads what WriteAnswers wrote.
func ReadAnswers(path string) ([]Answer, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var answers []Answer
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		a, err := ParseAnswer(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		answers = append(answers, a)
	}
	return answers, lines.Err()
}
