package main

import (
	"html"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
)

// style writes emphasis the way the output can show it: escape sequences on a
// terminal, plain characters in a file or pipe.
type style struct{ terminal bool }

// styleOf looks at where the output goes. NO_COLOR is honoured (no-color.org).
func styleOf(w io.Writer) style {
	return style{isTerminal(w) && os.Getenv("NO_COLOR") == ""}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// The escape sequences used; 0 ends each.
const (
	escBold = "\x1b[1m"
	escDim  = "\x1b[2m"
	escMark = "\x1b[1;33m"
	escEnd  = "\x1b[0m"
)

func (s style) wrap(sequence, text string) string {
	if !s.terminal || text == "" {
		return text
	}
	return sequence + text + escEnd
}

func (s style) bold(text string) string { return s.wrap(escBold, printable(text)) }
func (s style) dim(text string) string  { return s.wrap(escDim, printable(text)) }

// snippet turns a hit's snippet, escaped HTML with <mark>, into text for the
// output: marked words in colour on a terminal, in 【】 elsewhere.
func (s style) snippet(snippet string) string {
	opening, closing := "【", "】"
	if s.terminal {
		opening, closing = escMark, escEnd
	}
	var b strings.Builder
	for part := range strings.SplitSeq(snippet, "<mark>") {
		marked, rest, found := strings.Cut(part, "</mark>")
		if found {
			b.WriteString(opening + printable(html.UnescapeString(marked)) + closing)
			part = rest
		}
		b.WriteString(printable(html.UnescapeString(part)))
	}
	return b.String()
}

// printable drops control characters, so that a document's text cannot steer the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
}

// shorten cuts a text to so many characters.
func shorten(s string, limit int) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	return string(runes[:limit]) + "…"
}
