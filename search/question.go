package search

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed data/question.txt
var questionData string

// questionWord is a word that asks, or that says nothing in a query.
type questionWord struct {
	text string
	// asks is one of the Ask constants, or "" for a word that is only dropped.
	asks string
	// where it may be dropped: anywhere, only at the end, only as a word of its own.
	where string
}

// questionWords holds data/question.txt, longest first.
var questionWords = sync.OnceValue(func() []questionWord {
	var out []questionWord
	for n, line := range strings.Split(questionData, "\n") {
		line = strings.TrimRight(line, "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 2 {
			panic(fmt.Sprintf("search: data/question.txt:%d: no tab", n+1))
		}
		w := questionWord{text: strings.TrimSpace(f[1]), asks: strings.TrimSpace(f[0])}
		if w.asks == "stop" {
			w.asks = ""
		}
		if len(f) > 2 {
			w.where = strings.TrimSpace(f[2])
		}
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(a, b questionWord) int { return len(b.text) - len(a.text) })
	return out
})
