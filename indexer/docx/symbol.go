package docx

import (
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/symbols.txt
var symbolsFile string

// symbolKey is a character of a symbol font, by its code from 00 to FF.
type symbolKey struct {
	font string
	code byte
}

var symbols = sync.OnceValue(func() map[symbolKey]string {
	m, err := parseSymbols(symbolsFile)
	if err != nil {
		panic(err)
	}
	return m
})

func parseSymbols(file string) (map[symbolKey]string, error) {
	m := map[symbolKey]string{}
	for n, line := range strings.Split(file, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 || f[0] != strings.ToLower(f[0]) || utf8.RuneCountInString(f[2]) != 1 {
			return nil, fmt.Errorf("symbols: line %d: %q", n+1, line)
		}
		code, err := strconv.ParseUint(f[1], 16, 8)
		if err != nil {
			return nil, fmt.Errorf("symbols: line %d: %w", n+1, err)
		}
		m[symbolKey{f[0], byte(code)}] = f[2]
	}
	return m, nil
}

// symbol gives what a character of a symbol font stands for, "" where that is
// not known. Such fonts have their characters at 00–FF or at F000–F0FF.
func symbol(font, char string) string {
	n, err := strconv.ParseUint(char, 16, 32)
	if err != nil || n > 0x10FFFF {
		return ""
	}
	if n <= 0xFF || n >= 0xF000 && n <= 0xF0FF {
		if s, ok := symbols()[symbolKey{strings.ToLower(font), byte(n)}]; ok {
			return s
		}
	}
	if n >= 0xE000 && n <= 0xF8FF || n < ' ' {
		return ""
	}
	return string(rune(n))
}

// fieldCode is the code of a field, which may stand in several runs.
type fieldCode struct {
	open bool
	code string
}

// enclosed matches the code that prints a number or word in a ring: eq \o\ac(○,21).
var enclosed = regexp.MustCompile(`(?i)^\s*eq\s*\\o\s*(?:\\a[clr]\s*)?\(\s*[○〇◯△▽□◇]\s*[,，;；]\s*([0-9０-９]{1,2}|\p{Han})\s*\)\s*$`)

// result takes the code and gives what it prints of itself: a number in a ring.
// What other fields print stands in the text behind their code.
func (f *fieldCode) result() string {
	m := enclosed.FindStringSubmatch(f.code)
	f.code = ""
	if m == nil {
		return ""
	}
	n, err := strconv.Atoi(strings.Map(halfDigit, m[1]))
	switch {
	case err != nil || n == 0 || n > 50:
		return m[1]
	case n <= 20:
		return string(rune('①' + n - 1))
	case n <= 35:
		return string(rune('㉑' + n - 21))
	default:
		return string(rune('㊱' + n - 36))
	}
}

func halfDigit(r rune) rune {
	if r >= '０' && r <= '９' {
		return r - '０' + '0'
	}
	return r
}
