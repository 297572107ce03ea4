package search

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed data/vocabulary.txt
var habitsData string

// habits are the word lists of data/vocabulary.txt by name.
var habits = sync.OnceValue(func() map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(habitsData) {
		name, words, ok := strings.Cut(line, "\t")
		if ok && !strings.HasPrefix(line, "#") {
			lists[name] = append(lists[name], strings.Fields(words)...)
		}
	}
	// The longest first, so that 投资额 is seen before 投资.
	for _, words := range lists {
		slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	}
	return lists
})

type edges struct{ first, last map[string]bool }

// phraseEdges are the characters a phrase does not begin or end with.
var phraseEdges = sync.OnceValue(func() edges {
	return edges{setOf(habits()["not-first"]), setOf(habits()["not-last"])}
})

func setOf(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// offerRules tell which phrases are words but nothing to look for.
type offerRules struct {
	words       map[string]bool
	first       []string
	inside      []string
	firstLetter map[string]bool
}

var offering = sync.OnceValue(func() offerRules {
	h := habits()
	return offerRules{setOf(h["not-offered"]), h["verb-first"], h["verb-inside"], setOf(h["not-first-alone"])}
})

// isOffered reports whether a phrase is worth offering: no everyday word of the
// genre and no piece of a sentence. known tells the other entries.
func isOffered(phrase string, known func(key string) bool) bool {
	rules := offering()
	if rules.words[phrase] {
		return false
	}
	runes := []rune(phrase)
	if len(runes) < 3 {
		return true
	}
	if rules.firstLetter[string(runes[:1])] && !known(string(runes[:2])) {
		return false
	}
	if len(runes) < 4 {
		return true
	}
	for _, verb := range rules.first {
		if strings.HasPrefix(phrase, verb) {
			return false
		}
	}
	return !containsAny(phrase, rules.inside)
}

var (
	headingNumber = regexp.MustCompile(`^(第[一二三四五六七八九十百]+[章节部分]*|[一二三四五六七八九十]+[、是要]+|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、)）]|[①-⑳]|[●■◆▲★—\-•·]+)[\s、.．:：]*`)
	headingYear   = regexp.MustCompile(`^(过去|今后|未来)?([一二三四五六七八九十两〇○0-9]{2,4}年|一年)?(来|的|以来|度|全市|全省)*`)
)

const minHeading, maxHeading = 4, 14

// headingParts gives what is worth searching for in a heading: its clauses
// without numbers, the year in front, and stops.
func headingParts(heading string) []string {
	heading = strings.TrimSpace(strings.ReplaceAll(heading, "**", ""))
	for range 2 {
		heading = strings.TrimSpace(heading[len(headingNumber.FindString(heading)):])
	}
	var parts []string
	for i, part := range strings.FieldsFunc(heading, isClauseEnd) {
		part = strings.TrimSpace(part)
		if i == 0 {
			part = strings.TrimPrefix(strings.TrimSpace(part[len(headingYear.FindString(part)):]), "要")
		}
		if isHeading(part) {
			parts = append(parts, part)
		}
	}
	return parts
}

func isHeading(part string) bool {
	n := utf8.RuneCountInString(part)
	if n < minHeading || n > maxHeading || !evenQuotes(part) || hanCount(part) < minHeading {
		return false
	}
	for _, w := range habits()["heading-first"] {
		if strings.HasPrefix(part, w) {
			return false
		}
	}
	return !containsAny(part, habits()["heading-never"])
}

func hanCount(text string) int {
	n := 0
	for _, r := range text {
		if isIdeograph(r) {
			n++
		}
	}
	return n
}

// evenQuotes reports whether every quote and bracket has its partner.
func evenQuotes(text string) bool {
	for _, pair := range []string{"“”", "（）", "()", "《》", "「」", "〔〕"} {
		open, _ := utf8.DecodeRuneInString(pair)
		if strings.Count(text, string(open)) != strings.Count(text, pair[utf8.RuneLen(open):]) {
			return false
		}
	}
	return strings.Count(text, `"`)%2 == 0
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

func isClauseEnd(r rune) bool {
	switch r {
	case '，', ',', '。', '；', ';', '：', ':', '！', '!', '？', '?', '\n', '…', '—':
		return true
	}
	return false
}

// isUnitName tells names of units from groups of them (各县区, 有关单位).
func isUnitName(unit string) bool {
	n := utf8.RuneCountInString(unit)
	return n >= 3 && n <= 16 && hanCount(unit) == n &&
		!containsAny(unit, []string{"各", "有关", "相关", "沿线", "成员单位", "市直"})
}

// clause is a piece of a text between punctuation.
type clause string

// clauses cuts a text at punctuation, 、 included.
func clauses(text string) []clause {
	var all []clause
	for _, c := range strings.FieldsFunc(text, func(r rune) bool {
		return isClauseEnd(r) || r == '、' || r == '（' || r == '(' || r == '）' || r == ')' || r == '《' || r == '》'
	}) {
		if len(c) >= 3*minName {
			all = append(all, clause(c))
		}
	}
	return all
}

const minName, maxName = 4, 14

// indicatorOf is the indicator whose figure a clause states, or "":
// 地区生产总值 of 全市地区生产总值达到2316.8亿元.
func indicatorOf(c clause) string {
	digit := strings.IndexAny(string(c), "0123456789０１２３４５６７８９")
	if digit <= 0 {
		return ""
	}
	head := strings.TrimSpace(string(c)[:digit])
	for again := true; again; {
		again = false
		for _, verb := range habits()["indicator-verb"] {
			if rest, ok := strings.CutSuffix(head, verb); ok && rest != "" {
				head, again = strings.TrimSpace(rest), true
				break
			}
		}
	}
	if !endsAsIndicator(head) { // most do not, and what comes before does not matter then
		return ""
	}
	for again := true; again; {
		again = false
		for _, w := range habits()["indicator-before"] {
			if rest, ok := strings.CutPrefix(head, w); ok && hanCount(rest) >= minName {
				head, again = rest, true
				break
			}
		}
	}
	if !isIndicator(head) {
		return ""
	}
	return head
}

// isIndicator reports whether a name ends as indicators do.
func isIndicator(name string) bool {
	n := utf8.RuneCountInString(name)
	if n < minName || n > maxName || hanCount(name) < n-3 || strings.ContainsAny(name, "的了和与及 “”\"") {
		return false
	}
	return endsAsIndicator(name)
}

func endsAsIndicator(name string) bool {
	return slices.ContainsFunc(habits()["indicator-end"], func(end string) bool { return strings.HasSuffix(name, end) })
}

// projectOf is the project, institution or work that a clause names, or "".
// The name begins after the last word that leads to such a name.
func projectOf(c clause) string {
	text := string(c)
	if projectEnd(text) == "" {
		return ""
	}
	from := 0
	for _, w := range habits()["project-before"] {
		if at := strings.LastIndex(text, w); at >= 0 && at+len(w) < len(text) && at+len(w) > from {
			from = at + len(w)
		}
	}
	name := strings.TrimSpace(text[from:])
	n, most := utf8.RuneCountInString(name), maxName
	if from == 0 {
		most -= 4
	}
	if n < minName || n > most || hanCount(name) < n-3 || !evenQuotes(name) {
		return ""
	}
	stem := strings.TrimSuffix(name, projectEnd(name))
	if hanCount(stem) < 2 || saysNothing(stem) {
		return ""
	}
	return name
}

// projectEnd is the longest word that ends a text as projects' names end, or "".
func projectEnd(text string) string {
	last, _ := utf8.DecodeLastRuneInString(text)
	for _, end := range projectEnds()[last] {
		if strings.HasSuffix(text, end) {
			return end
		}
	}
	return ""
}

// projectEnds holds the ends of projects' names by their last character.
var projectEnds = sync.OnceValue(func() map[rune][]string {
	ends := map[rune][]string{}
	for _, end := range habits()["project-end"] {
		last, _ := utf8.DecodeLastRuneInString(end)
		ends[last] = append(ends[last], end)
	}
	return ends
})

// saysNothing reports whether what a name begins with names nothing.
func saysNothing(stem string) bool {
	if first, _ := utf8.DecodeRuneInString(stem); unicode.IsDigit(first) {
		return true
	}
	for _, w := range habits()["project-never"] {
		if strings.HasPrefix(stem, w) || utf8.RuneCountInString(w) == 1 && strings.Contains("的了和与及或等为", w) && strings.Contains(stem, w) {
			return true
		}
	}
	return false
}

// isTermName tells defined terms that can stand alone from pieces of them.
func isTermName(term string) bool {
	n := utf8.RuneCountInString(fold(term))
	return n >= 2 && n <= 20
}
