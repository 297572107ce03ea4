package figure

import (
	"cmp"
	"embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/words.txt
var dataFS embed.FS

// wordList is the words of one kind, longer ones first.
type wordList []string

// words is the vocabulary of data/words.txt.
type words struct {
	lead, keep, scope, level, adverb, change, light, verb, predicate, scale, elliptic, before, after, promise, done wordList
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
		*list = append(*list, word)
	}
	for _, list := range kinds {
		slices.SortStableFunc(*list, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	}
	return w
})

func (w *words) kinds() map[string]*wordList {
	return map[string]*wordList{
		"lead": &w.lead, "keep": &w.keep, "scope": &w.scope, "level": &w.level, "adverb": &w.adverb, "change": &w.change,
		"light": &w.light, "verb": &w.verb, "predicate": &w.predicate, "scale": &w.scale, "elliptic": &w.elliptic,
		"before": &w.before, "after": &w.after, "promise": &w.promise, "done": &w.done,
	}
}

// ending gives the longest word that s ends with, or "".
func (l wordList) ending(s string) string {
	for _, w := range l {
		if strings.HasSuffix(s, w) {
			return w
		}
	}
	return ""
}

// opening gives the longest word that s begins with, or "".
func (l wordList) opening(s string) string {
	for _, w := range l {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

// within tells whether s holds one of the words.
func (l wordList) within(s string) bool {
	return slices.ContainsFunc(l, func(w string) bool { return strings.Contains(s, w) })
}

// first gives where the first of the words begins in s, a character or more
// from its start, or -1.
func (l wordList) first(s string) int {
	for i := range s {
		if i > 0 && l.opening(s[i:]) != "" {
			return i
		}
	}
	return -1
}

func runeCount(s string) int { return utf8.RuneCountInString(s) }
