package question

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"youju/bench/passage"
)

// The classes of questions.
const (
	Common = "common" // a word of an eighth or more of the passages
	Conj   = "conj"   // two words: common ones, or a common one and a pair
	Pair   = "2-char" // two characters in a row, whatever they are
	Single = "single" // one character
	Phrase = "phrase" // the first four to eight characters of a clause
	Place  = "county" // a county's name
	Rare   = "rare"   // a project that one passage of the sample names
	Filter = "filter" // one of the others under one or two filters
)

// Classes lists them in the order of the tables.
var Classes = []string{Common, Conj, Pair, Single, Phrase, Place, Rare, Filter}

// PerSet is how many questions of each class a set has: 200, and 50 with filters.
var PerSet = map[string]int{Common: 20, Conj: 40, Pair: 40, Single: 10, Phrase: 40, Place: 20, Rare: 30, Filter: 50}

//go:embed data/common.txt
var commonData string

// commonWords lists the words of class common.
func commonWords() []string {
	var words []string
	for line := range strings.Lines(commonData) {
		if w := strings.TrimSpace(line); w != "" && w[0] != '#' {
			words = append(words, w)
		}
	}
	return words
}

// sample is how many passages questions are drawn from. They begin every
// collection, whatever its size, so the same questions suit all sizes.
const sample = 10_000

// Draw draws sets of different questions from the first passages of a TSV.
func Draw(tsv string, sets int, seed uint64) ([]Question, error) {
	d := &drawer{random: rand.New(rand.NewPCG(seed, 1)), asked: map[string]bool{}}
	err := passage.Each(tsv, sample, func(p passage.Passage) error {
		d.passages = append(d.passages, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	d.common = commonWords()
	d.random.Shuffle(len(d.common), func(i, j int) { d.common[i], d.common[j] = d.common[j], d.common[i] })
	d.findProjects()
	var all []Question
	for set := range sets {
		for _, class := range Classes {
			for range PerSet[class] {
				q, err := d.next(class)
				if err != nil {
					return nil, err
				}
				q.ID, q.Set = len(all), set
				all = append(all, q)
			}
		}
	}
	return all, nil
}

type drawer struct {
	random   *rand.Rand
	passages []passage.Passage
	common   []string
	projects []string
	asked    map[string]bool
	drawn    int
}

// next draws a question that was not drawn before. The common words of a set
// are others than those of the sets before it as long as there are any.
func (d *drawer) next(class string) (Question, error) {
	for range 10_000 {
		q := Question{Class: class, Filters: map[string]string{}}
		p := &d.passages[d.random.IntN(len(d.passages))]
		switch class {
		case Filter:
			q.Words = d.words(d.pick(Common, Conj, Pair, Phrase), p)
			d.filter(&q, p)
		default:
			q.Words = d.words(class, p)
		}
		line := q.Line()
		if len(q.Words) > 0 && !slices.Contains(q.Words, "") && !d.asked[line] {
			d.asked[line] = true
			return q, nil
		}
	}
	return Question{}, fmt.Errorf("no more questions of class %s", class)
}

func (d *drawer) pick(of ...string) string { return of[d.random.IntN(len(of))] }

func (d *drawer) words(class string, p *passage.Passage) []string {
	switch class {
	case Common:
		d.drawn++
		return []string{d.common[d.drawn%len(d.common)]}
	case Conj:
		second := d.pick(d.common...)
		if d.random.IntN(2) == 0 {
			second = d.cut(p, 2, 2, false)
		}
		if first := d.pick(d.common...); !strings.Contains(first, second) && !strings.Contains(second, first) {
			return []string{first, second}
		}
		return nil
	case Pair:
		return []string{d.cut(p, 2, 2, false)}
	case Single:
		return []string{d.cut(p, 1, 1, false)}
	case Phrase:
		return []string{d.cut(p, 4, 8, true)}
	case Place:
		return []string{placeName(p)}
	case Rare:
		return []string{d.pick(d.projects...)}
	}
	return nil
}

var han = regexp.MustCompile(`\p{Han}+`)

// cut takes min to max characters out of a run of ideographs, or "" where the
// run is too short.
func (d *drawer) cut(p *passage.Passage, min, max int, atStart bool) string {
	runs := han.FindAllString(p.Text, -1)
	run := []rune(runs[d.random.IntN(len(runs))])
	n := min + d.random.IntN(max-min+1)
	if len(run) < n {
		return ""
	}
	at := 0
	if !atStart {
		at = d.random.IntN(len(run) - n + 1)
	}
	return string(run[at : at+n])
}

func (d *drawer) filter(q *Question, p *passage.Passage) {
	switch d.random.IntN(5) {
	case 0:
		q.Filters[Topic] = p.Topic
	case 1:
		q.Filters[County] = p.County
	case 2:
		q.Filters[Year], q.Filters[Topic] = fmt.Sprint(p.Year), p.Topic
	default:
		q.Filters[Year] = fmt.Sprint(p.Year)
	}
}

// placeName is the county's name without the city before it.
func placeName(p *passage.Passage) string {
	if _, name, ok := strings.Cut(p.County, "市"); ok && utf8.RuneCountInString(name) > 1 {
		return name
	}
	return p.County
}

var project = regexp.MustCompile(`^\p{Han}+?[县区市旗](\p{Han}{4,7})(?:建成使用|开工建设|加快推进|完成验收|纳入规划|启动改造)$`)

// findProjects lists the projects that one passage of the sample names.
func (d *drawer) findProjects() {
	count := map[string]int{}
	var names []string
	for i := range d.passages {
		for s := range strings.SplitSeq(d.passages[i].Text, "。") {
			if m := project.FindStringSubmatch(s); m != nil {
				if count[m[1]]++; count[m[1]] == 1 {
					names = append(names, m[1])
				}
			}
		}
	}
	for _, n := range names {
		if count[n] == 1 {
			d.projects = append(d.projects, n)
		}
	}
}
