package project

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"youju/report"
	"youju/report/trie"
)

//go:embed data/*.txt
var dataFS embed.FS

// table reads a data file: one entry a line, columns separated by tabs, lines
// that start with # and empty lines left out. The files are part of the program
// and checked by a test, so damage is a panic.
func table(name string, columns int) [][]string {
	b, err := dataFS.ReadFile("data/" + name)
	if err != nil {
		panic(err)
	}
	var rows [][]string
	for i, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != columns {
			panic(fmt.Sprintf("data/%s:%d: %d columns, want %d", name, i+1, len(row), columns))
		}
		rows = append(rows, row)
	}
	return rows
}

// class is what a name's last word makes of it, see data/ends.txt.
type class string

const (
	classLine     class = "line"
	classSite     class = "site"
	classBuilding class = "building"
	classPark     class = "park"
	classWork     class = "work"
	classCompany  class = "company"
	classOther    class = "other"
	classNever    class = "never"
)

// verb is a line of data/verbs.txt or data/hedges.txt.
type verb struct {
	stage report.Stage
	// before and after tell on which side of the names it may stand.
	before, after bool
	// moving verbs say, with a noun of building, that works go on: 加快…建设.
	moving bool
	// single verbs are said of the last name of a list only: A、B高速改扩建.
	single bool
	// hedge is "hoped" or "firm" for a word of hope or promise.
	hedge string
	// wished is set for a hope that tells that the works still go on: 争取…建成.
	wished bool
}

// lexicon is the vocabulary of this package, ready to be looked up.
type lexicon struct {
	ends trie.Words[class]
	// verbs holds the verbs and hedges, skips the adverbs beside them (false for
	// nouns), leads the other words after which a name can begin.
	verbs               trie.Words[verb]
	skips, leads        trie.Words[bool]
	words, never        trie.Words[bool]
	physical, works     trie.Words[bool]
	regions             trie.Words[bool]
	areas               trie.Words[bool] // parts of a park or a site: 启动区
	abstract            trie.Words[bool] // by their last character first
	aliases, localNames map[string]string
}

var lexical = sync.OnceValue(func() *lexicon {
	x := &lexicon{aliases: map[string]string{}, localNames: map[string]string{}}
	for _, row := range table("words.txt", 1) {
		x.words.Set(row[0], true)
	}
	for _, row := range table("ends.txt", 2) {
		x.ends.Set(row[0], class(row[1]))
		if row[0] != "运河" { // 大运河 is a name
			x.words.Set(row[0], true)
		}
	}
	for _, row := range table("verbs.txt", 3) {
		v := verb{before: row[1] != "after", after: row[1] != "before"}
		switch row[2] {
		case "-":
		case "+":
			v.moving = true
		case "=":
			v.single = true
		default:
			v.stage = report.Stage(row[2])
		}
		x.verbs.Set(row[0], v)
		x.words.Set(row[0], true)
	}
	for _, row := range table("hedges.txt", 2) {
		v, _ := x.verbs.Get(row[0])
		v.before, v.hedge, v.wished = true, strings.TrimPrefix(row[1], "wished"), row[1] == "wished"
		if v.wished {
			v.hedge = "hoped"
		}
		x.verbs.Set(row[0], v)
		x.words.Set(row[0], true)
	}
	for _, row := range table("adverbs.txt", 2) {
		x.skips.Set(row[0], row[1] == "adverb")
		x.words.Set(row[0], true)
	}
	x.fill(&x.physical, "physical.txt")
	x.fill(&x.works, "works.txt")
	x.fill(&x.areas, "areas.txt")
	for _, row := range table("regions.txt", 1) {
		x.regions.Set(row[0], true)
	}
	x.fill(&x.leads, "leads.txt")
	x.fill(&x.never, "never.txt")
	for _, row := range table("abstract.txt", 1) {
		x.abstract.Set(reversed(row[0]), true)
		x.words.Set(row[0], true)
	}
	for _, row := range table("aliases.txt", 2) {
		x.aliases[row[0]] = row[1]
	}
	for _, row := range table("locals.txt", 2) {
		x.localNames[row[0]] = row[1]
	}
	return x
})

func (x *lexicon) fill(t *trie.Words[bool], name string) {
	for _, row := range table(name, 1) {
		t.Set(row[0], true)
		if len(row[0]) > len("一") {
			x.words.Set(row[0], true)
		}
	}
}

func reversed(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}
