package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Topic is one of the plain subjects that items are sorted by.
type Topic struct {
	Name string
	// Subjects names the subjects of the State Council's policy library (主题分类) the topic belongs to.
	Subjects []string
}

// Topics returns the topics in the order pages show them.
func Topics() []Topic { return slices.Clone(loadTopics().topics) }

// Passage is what the topic of an item is told from. Empty fields are fine.
type Passage struct {
	// Text is the running text, without the bracket that says who is in charge.
	Text string
	// Heading is the item's own, Path the headings above it, outermost first.
	Heading string
	Path    []string
	// Unit is the first unit in charge.
	Unit string
}

// The weights of where a word stands, in quarters. A run-in heading names its
// subject; the headings above cover many items and only tip the scale, and the
// outermost least of all. The first clause of a text states its subject.
const (
	inText     = 4
	inOpening  = 5
	inHeading  = 10
	inPath     = 5
	inTopPath  = 2
	byUnit     = 4
	openingLen = 24 // characters
)

// A topic is taken from enough points (quarters too), the second and third
// only when they come near the first.
const (
	enough       = 8
	enoughMore   = 12
	nearSecond   = 0.3
	nearThird    = 0.36
	mostTopics   = 3
	mostRepeated = 3
)

type topicWord struct {
	topic, weight int // topic -1: the word says nothing
}

type topicTable struct {
	topics []Topic
	words  trie[topicWord]
	units  []topicUnit
}

type topicUnit struct {
	part          string
	topic, weight int
}

var loadTopics = sync.OnceValue(func() *topicTable {
	t := &topicTable{}
	index := map[string]int{"-": -1}
	for _, row := range readTable("topics.txt", 2) {
		index[row[0]] = len(t.topics)
		t.topics = append(t.topics, Topic{row[0], strings.Split(row[1], ";")})
	}
	for _, row := range readTable("topic_words.txt", 3) {
		weight, _ := strconv.Atoi(row[1]) // a test checks every line
		t.words.add(row[2], topicWord{index[row[0]], weight})
	}
	for _, row := range readTable("topic_units.txt", 3) {
		weight, _ := strconv.Atoi(row[2])
		t.units = append(t.units, topicUnit{row[0], index[row[1]], weight})
	}
	return t
})

// Classify names up to three topics of a passage, the main one first, none
// when its words tell no subject. Cost is linear in the passage.
func Classify(p Passage) []string {
	t := loadTopics()
	s := scores{
		firm:    make([]float64, len(t.topics)),
		weak:    make([]float64, len(t.topics)),
		counted: map[countKey]int{},
	}
	t.read(&s, p.Text, inText)
	t.read(&s, p.Heading, inHeading)
	for i, heading := range p.Path {
		if i == len(p.Path)-1 {
			t.read(&s, heading, inPath)
		} else {
			t.read(&s, heading, inTopPath)
		}
	}
	for _, u := range t.units {
		if strings.Contains(p.Unit, u.part) {
			s.firm[u.topic] += byUnit * float64(u.weight)
		}
	}
	return t.choose(s.total())
}

type countKey struct {
	topic int
	word  string
}

// scores are the points of each topic.
type scores struct {
	firm, weak []float64
	counted    map[countKey]int
}

// total adds the weak words' points to topics that have firm ones.
func (s *scores) total() []float64 {
	points := slices.Clone(s.firm)
	for i := range points {
		if points[i] > 0 {
			points[i] += s.weak[i]
		}
	}
	return points
}

// read adds the points of a text's words, the longest at each position.
func (t *topicTable) read(s *scores, text string, where int) {
	runes, _ := compact(text)
	for i := 0; i < len(runes); {
		length, words := 1, []topicWord(nil)
		t.words.prefixes(runes[i:], func(n int, found []topicWord) { length, words = n, found })
		place := where
		if where == inText && i < openingLen {
			place = inOpening
		}
		for _, w := range words {
			s.add(w, string(runes[i:i+length]), place)
		}
		i += length
	}
}

// add counts one word; each repetition counts half as much as the one before.
func (s *scores) add(w topicWord, word string, where int) {
	if w.topic < 0 {
		return
	}
	key := countKey{w.topic, word}
	n := s.counted[key]
	if n == mostRepeated {
		return
	}
	s.counted[key]++
	points := float64(w.weight*where) / float64(int(1)<<n)
	if w.weight == 1 {
		s.weak[w.topic] += points
	} else {
		s.firm[w.topic] += points
	}
}

// choose takes the topics with the most points.
func (t *topicTable) choose(points []float64) []string {
	order := make([]int, len(points))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(points[b], points[a]) })
	var names []string
	for n, i := range order[:min(mostTopics, len(order))] {
		best := points[order[0]]
		if points[i] < enough || n > 0 && points[i] < enoughMore ||
			n == 1 && points[i] < nearSecond*best || n == 2 && points[i] < nearThird*best {
			break
		}
		names = append(names, t.topics[i].Name)
	}
	return names
}
