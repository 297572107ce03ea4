package web

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/report"
)

// A text fragment (#:~:text=from,to) has the browser scroll to a passage and
// mark it, whatever the page does. Browsers match whole words only, and divide
// Chinese into words by themselves: so both ends of a passage are cut at
// punctuation, where every division agrees.

// Lengths of the ends of a text fragment, in characters: long enough to be
// found in one place, short enough for an address.
const (
	fragmentLeast = 6
	fragmentMost  = 40
)

// passageURL is an item's place in its document, with the passage marked.
// Browsers that know no text fragments look for an anchor of that name and stay
// at the top: links from page to page do without.
func passageURL(d *report.Document, it *report.Item) string {
	address := withQuery(reportURL(d.ID), "", anchorOf(it.Local()))
	if f := textFragment(it); f != "" {
		address += ":~:text=" + f
	}
	return address
}

// textFragment names an item's text as the page shows it by its two ends.
func textFragment(it *report.Item) string {
	body, _ := splitDuty(it)
	lines := strings.FieldsFunc(body, func(r rune) bool { return r == '\n' })
	if len(lines) == 0 {
		lines = []string{it.Heading}
	}
	first, last := strings.TrimSpace(lines[0]), strings.TrimSpace(lines[len(lines)-1])
	if len(lines) == 1 && utf8.RuneCountInString(first) <= fragmentMost {
		return escapeFragment(strings.TrimFunc(first, isMark))
	}
	from, to := firstClauses(first), lastClauses(last)
	if len(lines) == 1 && len(from)+len(to) > len(first) || from == "" || to == "" {
		return escapeFragment(from)
	}
	return escapeFragment(from) + "," + escapeFragment(to)
}

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsSymbol(r) }

// firstClauses is the beginning of a text up to a mark, so long as it is telling.
func firstClauses(text string) string {
	text = strings.TrimLeftFunc(text, isMark)
	n := 0
	for i, r := range text {
		if isMark(r) && n >= fragmentLeast {
			return text[:i]
		}
		if n++; n > 2*fragmentMost {
			return ""
		}
	}
	return text
}

// lastClauses is the end of a text from behind a mark.
func lastClauses(text string) string {
	text = strings.TrimRightFunc(text, isMark)
	n := 0
	for i := len(text); i > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if isMark(r) && n >= fragmentLeast {
			return text[i:]
		}
		if n++; n > 2*fragmentMost {
			return ""
		}
		i -= size
	}
	return text
}

// escapeFragment encodes all but letters and digits: - , and & mean something
// in a text fragment.
func escapeFragment(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if c < utf8.RuneSelf && (unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c))) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
