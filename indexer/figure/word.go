package figure

import (
	"cmp"
	"embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data
var dataFS embed.FS

// wordList is the words of one kind, by their first and by their last
// character, longer ones first.
type wordList struct {
	byFirst, byLast map[rune][]string
	all             []string
}

func (l *wordList) add(w string) {
	if l.byFirst == nil {
		l.byFirst, l.byLast = map[rune][]string{}, map[rune][]string{}
	}
	l.all = append(l.all, w)
	l.byFirst[firstRune(w)] = append(l.byFirst[firstRune(w)], w)
	l.byLast[lastRune(w)] = append(l.byLast[lastRune(w)], w)
}

func (l *wordList) sort() {
	longer := func(a, b string) int { return cmp.Compare(len(b), len(a)) }
	slices.SortStableFunc(l.all, longer)
	for _, list := range l.byFirst {
		slices.SortStableFunc(list, longer)
	}
	for _, list := range l.byLast {
		slices.SortStableFunc(list, longer)
	}
}

// words is the vocabulary of data/words.txt.
type words struct {
	lead, keep, scope, level, adverb, change, light, verb, predicate, scale, elliptic, before, after, measured, short, shared, entity wordList
}

var vocabulary = sync.OnceValue(func() *words {
	b, err := dataFS.ReadFile("data/words.txt")
	if err != nil {
		panic(err)
	}
	w := &words{}
	kinds := w.kinds()
	for line := range strings.Lines(string(b)) {
		kind, word, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || kind[0] == '#' {
			continue
		}
		list, known := kinds[kind]
		if !known {
			panic("data/words.txt: kind " + kind)
		}
		list.add(word)
	}
	for _, list := range kinds {
		list.sort()
	}
	return w
})

func (w *words) kinds() map[string]*wordList {
	return map[string]*wordList{
		"lead": &w.lead, "keep": &w.keep, "scope": &w.scope, "level": &w.level, "adverb": &w.adverb, "change": &w.change,
		"light": &w.light, "verb": &w.verb, "predicate": &w.predicate, "scale": &w.scale, "elliptic": &w.elliptic,
		"before": &w.before, "after": &w.after, "measured": &w.measured,
		"short": &w.short, "shared": &w.shared, "entity": &w.entity,
	}
}

// ending gives the longest word that s ends with, or "".
func (l *wordList) ending(s string) string {
	for _, w := range l.byLast[lastRune(s)] {
		if strings.HasSuffix(s, w) {
			return w
		}
	}
	return ""
}

// opening gives the longest word that s begins with, or "".
func (l *wordList) opening(s string) string {
	for _, w := range l.byFirst[firstRune(s)] {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

// is tells whether s is one of the words.
func (l *wordList) is(s string) bool { return s != "" && l.opening(s) == s }

func runeCount(s string) int { return utf8.RuneCountInString(s) }
