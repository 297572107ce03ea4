package search

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed data/question.txt
var questionData string

// questionWord is a word that asks, that says nothing in a query, or that must not be taken for one.
type questionWord struct {
	// kind is one of the Ask constants, "stop", "weak" or "keep".
	kind string
	// where it may be dropped: "" anywhere, "end" at the end of a word, "alone" as a word of its own.
	where string
}

// questionTable holds data/question.txt.
type questionTable struct {
	words map[string][]questionWord
	// longest is the length in characters of the longest word that begins with a
	// character.
	longest map[rune]int
}

var questionWords = sync.OnceValue(func() *questionTable {
	t := &questionTable{words: map[string][]questionWord{}, longest: map[rune]int{}}
	for n, line := range strings.Split(questionData, "\n") {
		line = strings.TrimRight(line, "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 2 {
			panic(fmt.Sprintf("search: data/question.txt:%d: no tab", n+1))
		}
		w := questionWord{kind: strings.TrimSpace(f[0])}
		if len(f) > 2 {
			w.where = strings.TrimSpace(f[2])
		}
		text := strings.TrimSpace(f[1])
		t.words[text] = append(t.words[text], w)
		first, _ := utf8.DecodeRuneInString(text)
		t.longest[first] = max(t.longest[first], utf8.RuneCountInString(text))
	}
	return t
})

// cut takes the question words out of a text: what is left, in order, and what
// was asked for. Where words overlap the longest counts; a word to be kept
// protects what it stands on.
func (t *questionTable) cut(text string) (rest []string, asked string) {
	runes := []rune(text)
	protected := make([]bool, len(runes))
	t.scan(runes, func(start, end int, w questionWord) bool {
		if w.kind != "keep" {
			return false
		}
		for i := start; i < end; i++ {
			protected[i] = true
		}
		return true
	})
	from := 0
	t.scan(runes, func(start, end int, w questionWord) bool {
		if w.kind == "keep" || w.kind == weakKind || start < from {
			return false
		}
		for i := start; i < end; i++ {
			if protected[i] {
				return false
			}
		}
		if start > from {
			rest = append(rest, string(runes[from:start]))
		}
		from = end
		if asked == "" && w.kind != "stop" {
			asked = w.kind
		}
		return true
	})
	if from < len(runes) {
		rest = append(rest, string(runes[from:]))
	}
	return rest, asked
}

// isEither reports whether three characters ask by naming a word and its
// opposite: 难不难, 涨没涨. Things have none: 老人没人管.
func isEither(r []rune) bool {
	return r[0] == r[2] && (r[1] == '不' || r[1] == '没') && unicode.Is(unicode.Han, r[0]) && !strings.ContainsRune("人水电钱车路地事家门", r[0])
}

// weakKind marks words of everyday speech that say little about what is looked
// for: beside another word an item need not hold them.
const weakKind = "weak"

// weak reports whether a text is a weak word.
func (t *questionTable) weak(text string) bool {
	return slices.ContainsFunc(t.words[text], func(w questionWord) bool { return w.kind == weakKind })
}

// scan visits, at each place, the longest words first, until visit takes one;
// then it goes on behind that.
func (t *questionTable) scan(runes []rune, visit func(start, end int, w questionWord) bool) {
	for i := 0; i < len(runes); {
		taken := 0
		for n := min(max(t.longest[runes[i]], 3), len(runes)-i); n > 0 && taken == 0; n-- {
			if n == 3 && isEither(runes[i:i+3]) && visit(i, i+3, questionWord{kind: AskYesNo}) {
				taken = 3
				break
			}
			for _, w := range t.words[string(runes[i:i+n])] {
				fits := w.where == "" || w.where == "end" && i+n == len(runes) || w.where == "alone" && n == len(runes)
				if fits && visit(i, i+n, w) {
					taken = n
					break
				}
			}
		}
		i += max(taken, 1)
	}
}
