package report

import (
	_ "embed"
	"strings"
	"sync"
)

//go:generate sh -c "go run ../search/internal/t2s TSCharacters.txt > data/t2s.txt"

//go:embed data/t2s.txt
var simplifiedData string

// SimplifiedForms maps a traditional character to the simplified one it folds
// to, 0 for none. It is an array because it is asked for every character of
// every text.
var SimplifiedForms = sync.OnceValue(func() *[0x10000]rune {
	table := new([0x10000]rune)
	for line := range strings.Lines(simplifiedData) {
		pair := []rune(strings.TrimSpace(line))
		if len(pair) == 2 && pair[0] != '#' && pair[0] < 0x10000 {
			table[pair[0]] = pair[1]
		}
	}
	// A few simplified forms are themselves listed: go on to the last one, so
	// that folding twice changes nothing.
	for from, to := range table {
		for hops := 0; to != 0 && to < 0x10000 && table[to] != 0 && hops < 4; hops++ {
			to = table[to]
		}
		table[from] = to
	}
	return table
})

// Simplified gives the simplified form of a character, or the character itself.
func Simplified(r rune) rune {
	if r >= 0 && r < 0x10000 {
		if s := SimplifiedForms()[r]; s != 0 {
			return s
		}
	}
	return r
}
