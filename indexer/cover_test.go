package indexer

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"youju/report"
)

// Marks and brackets may stand outside every span: list marks, bold marks, the
// numbers of entries and the dashes before a heading.
func isMark(r rune) bool {
	return isBlank(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsDigit(r) || r >= '①' && r <= '⑳'
}

// TestEachCharacterInOneItem proves that nothing is lost and nothing is used
// twice: each character of a source stands in exactly one item, heading, head
// line, piece of furniture or doubled word.
func TestEachCharacterInOneItem(t *testing.T) {
	for _, name := range sharedFiles(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			checkCover(t, name, mustRead(t, name))
		})
	}
}

func checkCover(t *testing.T, name string, data []byte) {
	t.Helper()
	docs, books, err := read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	owner := make([]string, len(books[0].source))
	claim := func(what string, spans []report.Span) {
		for _, s := range spans {
			for i := s.Start; i < s.End; i++ {
				if owner[i] != "" {
					t.Errorf("%q belongs to %s and %s", around(books[0].source, i), owner[i], what)
					return
				}
				owner[i] = what
			}
		}
	}
	_, frontEnd, _ := cutFront(books[0].source)
	claim("front matter", []report.Span{{Start: 0, End: frontEnd}})
	for n, d := range docs {
		for _, it := range d.Items {
			claim(it.ID, it.Spans)
			if got := spanned(books[n].source, it.Spans); got != squeeze(it.Heading+it.Text) && d.Source.Format != formatHTML {
				if isRow(books[n].source, it.Spans) && within(got, squeeze(it.Text)) {
					continue // its bars, stops and column names are ours, and what it repeats
				}
				if squeeze(it.Heading) == "" || got != squeeze(it.Heading)+"。"+squeeze(it.Text) && len(got)-len(squeeze(it.Heading+it.Text)) > 3 {
					t.Errorf("%s: the spans hold %q, the item %q", it.ID, head(got, 60), head(squeeze(it.Heading+it.Text), 60))
				}
			}
		}
		for what, list := range map[string][]text{"heading": books[n].headings, "mark": books[n].marks, "head": books[n].head, "apart": books[n].apart, "dropped": books[n].dropped} {
			for i, x := range list {
				claim(fmt.Sprint(what, " ", i), x.spans())
			}
		}
	}
	lost, numbered := 0, 0
	for i, r := range books[0].source {
		if m := articleRe.FindString(books[0].source[i:]); m != "" {
			numbered = i + len(m)
		}
		if owner[i] == "" && i >= numbered && !isMark(r) && docs[0].Source.Format != formatHTML {
			if numeralHead(books[0].source[i:]) != nil {
				continue
			}
			if lost++; lost <= 3 {
				t.Errorf("lost: %q", around(books[0].source, i))
			}
		}
	}
}

// isRow says that an item holds a row of a table: bars, tabs or wide blanks part its cells.
func isRow(src string, spans []report.Span) bool {
	return slices.ContainsFunc(spans, func(s report.Span) bool {
		line, _, _ := strings.Cut(src[strings.LastIndexByte(src[:s.Start], '\n')+1:], "\n")
		return strings.HasPrefix(line, "|") && strings.HasSuffix(line, "|") || strings.Contains(line, "\t") || wideBlank.MatchString(line)
	})
}

// within says that the runes of a stand in b in their order.
func within(a, b string) bool {
	for _, r := range a {
		at := strings.IndexRune(b, r)
		if at < 0 {
			return false
		}
		b = b[at+utf8.RuneLen(r):]
	}
	return true
}

// spanned is what the spans hold, without white space and bold marks.
func spanned(src string, spans []report.Span) string {
	out := ""
	for _, s := range spans {
		out += src[s.Start:s.End]
	}
	return squeeze(out)
}

func around(s string, i int) string {
	return tail(s[:i], 8) + "|" + head(s[i:], 12)
}
