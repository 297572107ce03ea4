package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"youju/report/trie"
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
	nearSecond   = 0.5
	nearThird    = 0.55
	mostTopics   = 3
	mostRepeated = 3
)

// What the sentences of a passage are about is taken as well, as far as the
// passage has room for so many subjects: one to so many characters. A sentence
// is about the topic of its words, and about another that comes near it.
const (
	inSentence = 4
	shortest   = 10 // characters
	enoughTold = 16
	nearTold   = 0.7
	perTopic   = 85 // characters
	mostTold   = 5
)

type topicWord struct {
	topic, weight int // topic -1: the word says nothing
	line          int // tells the words apart
}

type topicTable struct {
	topics []Topic
	words  trie.Words[[]topicWord]
	lines  int // of words
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
	for line, row := range readTable("topic_words.txt", 3) {
		weight, _ := strconv.Atoi(row[1]) // a test checks every line
		t.lines = line + 1
		words, _ := t.words.Get(row[2])
		t.words.Set(row[2], append(words, topicWord{index[row[0]], weight, line}))
	}
	for _, row := range readTable("topic_units.txt", 3) {
		weight, _ := strconv.Atoi(row[2])
		t.units = append(t.units, topicUnit{row[0], index[row[1]], weight})
	}
	return t
})

// Classify names the topics of a passage, the main one first, none when its
// words tell no subject. Cost is linear in the passage.
func Classify(p Passage) []string {
	t := loadTopics()
	s := t.newScores()
	length := t.readSentences(s, p.Text)
	t.read(s, p.Heading, inHeading)
	for i, heading := range p.Path {
		if i == len(p.Path)-1 {
			t.read(s, heading, inPath)
		} else {
			t.read(s, heading, inTopPath)
		}
	}
	for _, u := range t.units {
		if strings.Contains(p.Unit, u.part) {
			s.firm[u.topic] += byUnit * float64(u.weight)
		}
	}
	return t.choose(s.total(), s.told, length)
}

// scores are the points of each topic.
type scores struct {
	firm, weak []float64
	// counted is how often each word stood, by its line; it stops at mostRepeated.
	counted []uint8
	// told are the points of the sentences that are about a topic.
	told []float64
}

func (t *topicTable) newScores() *scores {
	n := len(t.topics)
	points := make([]float64, 3*n)
	return &scores{points[:n:n], points[n : 2*n : 2*n], make([]uint8, t.lines), points[2*n:]}
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

// readSentences reads the running text, and each of its sentences for itself:
// what a sentence is about is one of the subjects of a long paragraph, though
// its few words weigh little beside those of the others. It gives the text's
// length in characters.
func (t *topicTable) readSentences(s *scores, text string) int {
	runes := compact(text)
	own := t.newScores()
	for i, from := 0, 0; i < len(runes); {
		length, words := t.wordsAt(runes[i:])
		for _, w := range words {
			own.add(w, inSentence)
			if i < openingLen {
				s.add(w, inOpening)
			} else {
				s.add(w, inText)
			}
		}
		i += length
		if i == len(runes) || i-from >= shortest && endsSentence(runes[i-1]) {
			s.tell(own)
			from = i
		}
	}
	return len(runes)
}

func endsSentence(r rune) bool {
	switch r {
	case '。', '；', ';', '！', '？':
		return true
	}
	return false
}

// tell takes over what one sentence is about, and forgets its words.
func (s *scores) tell(own *scores) {
	points := own.total()
	best := slices.Max(points)
	for k, p := range points {
		if p >= enoughTold && p >= nearTold*best {
			s.told[k] += p
		}
	}
	clear(own.firm)
	clear(own.weak)
	clear(own.counted)
}

// wordsAt gives the longest word that a text begins with, what it tells, and
// its length, at least one character.
func (t *topicTable) wordsAt(runes []rune) (length int, words []topicWord) {
	length, words = t.words.Longest(runes)
	return max(length, 1), words
}

// read adds the points of a heading's words.
func (t *topicTable) read(s *scores, text string, where int) {
	runes := compact(text)
	for i := 0; i < len(runes); {
		length, words := t.wordsAt(runes[i:])
		for _, w := range words {
			s.add(w, where)
		}
		i += length
	}
}

// add counts one word; each repetition counts half as much as the one before.
func (s *scores) add(w topicWord, where int) {
	if w.topic < 0 {
		return
	}
	n := s.counted[w.line]
	if n == mostRepeated {
		return
	}
	s.counted[w.line]++
	points := float64(w.weight*where) / float64(int(1)<<n)
	if w.weight == 1 {
		s.weak[w.topic] += points
	} else {
		s.firm[w.topic] += points
	}
}

// choose takes the topics with the most points, and of a long passage those
// that its sentences are about.
func (t *topicTable) choose(points, told []float64, length int) []string {
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
	most := min(mostTold, length/perTopic)
	if len(names) == 0 || len(names) >= most {
		return names
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(told[b], told[a]) })
	for _, i := range order {
		if len(names) == most || told[i] == 0 {
			break
		}
		if !slices.Contains(names, t.topics[i].Name) {
			names = append(names, t.topics[i].Name)
		}
	}
	return names
}
