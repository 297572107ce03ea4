package indexer

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

// Reports list the year's livelihood projects and policies in running text too:
// 办好10件民生实事。（1）…（2）…. Each of them is an item.

// seriesMarks are the forms in which such entries are numbered: what stands
// before the first and each further one. Their group is the number.
var seriesMarks = []*pattern.Pattern{
	pattern.MustCompile(`[（(]\s*([0-9０-９]{1,2})\s*[）)]\s*[、.．]?`),
	pattern.MustCompile(`([①-⑳])\s*`),
	pattern.MustCompile(`[（(]([一二三四五六七八九十]{1,3})[）)]\s*`),
	pattern.MustCompile(`([0-9０-９]{1,2})\s*[.．、]\s*`),
	pattern.MustCompile(`([一二三四五六七八九十]{1,3})是`),
	pattern.MustCompile(`第([一二三四五六七八九十]{1,3})(?:件|项)?(?:是|[，,、：:])`),
}

var (
	// howMany is the number of entries that an announcement gives: 10件, “十大”.
	howMany = pattern.MustCompile(`([0-9]{1,3}|[一二三四五六七八九十]{1,3}) ?(?:件|项|个|大|类)`)
	// listing ends an announcement whose entries only semicolons part.
	listing = pattern.MustCompile(`(?:包括|分别是|即|具体是|主要是|内容是|实事|项目|工程)[^。：:]{0,10}[：:]`)
)

const (
	fewest = 3 // entries without an announced number
	// spoken is the first of the marks that are words of the sentence: 一是. They
	// stay in the entry's text.
	spoken = 4
)

// listsIn cuts a paragraph that lists livelihood projects or policies into its
// entries. parent is the number of the entry the list stands in, or "".
func (o *outline) listsIn(t text, line int, parent string) bool {
	if len(t.s) < 60 {
		return false
	}
	starts, numbers := seriesIn(t.s)
	if len(starts) == 0 {
		starts = clausesIn(t.s)
	}
	if len(starts) == 0 {
		return false
	}
	intro := t.sub(0, starts[0])
	part := o.seriesPart(intro.s, parent)
	if part == "" {
		return false
	}
	if intro = intro.trim(); intro.s != "" {
		d := draft{body: intro, line: line, number: parent}
		if parent != "" {
			d.part = part
		}
		o.add(d)
	}
	o.entries(t, starts, numbers, part, line, parent)
	return true
}

// entries adds the entries that begin at starts.
func (o *outline) entries(t text, starts, numbers []int, part report.Part, line int, parent string) {
	place := o.place(starts[0] > 0)
	for i, at := range starts {
		end := len(t.s)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		body := t.sub(at, end).trim()
		var rest text
		if i+1 == len(starts) && i > 0 {
			body, rest = lastEntry(body, t.s[starts[0]:at])
		}
		if numbers != nil {
			o.marks = append(o.marks, body.sub(0, numbers[i]))
			body = body.sub(numbers[i], len(body.s)).trim()
		}
		number := fmt.Sprint(i + 1)
		if parent != "" {
			number = fmt.Sprintf("%s(%d)", parent, i+1)
		}
		d := draft{body: body, number: number, line: line, part: part}
		if place != "" {
			d.local = o.unique(fmt.Sprintf("%s-%d", place, i+1))
		}
		o.add(d)
		if rest.s != "" {
			o.running(rest, line, false)
		}
	}
}

// place is where a list in running text stands: its entries are named by it and
// their numbers, so that what follows keeps its name; "" in a list that numbers
// its entries itself.
func (o *outline) place(announced bool) string {
	switch {
	case o.series != "":
		return ""
	case announced && len(o.drafts) > 0:
		return o.drafts[len(o.drafts)-1].local
	}
	return o.local(draft{})
}

// lastEntry parts the last entry from what the paragraph says behind the list:
// where all others are one sentence, it is one too.
func lastEntry(body text, others string) (entry, rest text) {
	for _, s := range strings.SplitAfter(others, "。") {
		if s != "" && !startsEntry(s) {
			return body, text{}
		}
	}
	_, behind := firstStop(body.s)
	if behind < 0 || utf8.RuneCountInString(body.s[behind:]) < 12 {
		return body, text{}
	}
	return body.sub(0, behind), body.sub(behind, len(body.s)).trim()
}

func startsEntry(s string) bool {
	for _, m := range seriesMarks {
		if at := m.FindStringIndex(s); at != nil && at[0] == 0 {
			return true
		}
	}
	return false
}

// seriesPart is the part of the entries of a list in a paragraph: what the
// announcement says, or what the list is that it stands in.
func (o *outline) seriesPart(intro, parent string) report.Part {
	switch o.part() {
	case report.PartLivelihood, report.PartPolicy:
		return o.part()
	case report.PartPlan, report.PartTarget:
	default:
		return ""
	}
	if p := partOf("series", tail(intro, 80)); p != "" {
		return p
	}
	if p := o.listPart(); (p == report.PartLivelihood || p == report.PartPolicy) && o.sameSection() {
		return p
	}
	if intro == "" && len(o.drafts) > 0 && len(o.stack) > 0 {
		intro = o.stack[len(o.stack)-1].title
	}
	return partOf("series", tail(intro, 80))
}

// sameSection says that the item before stands in the open section.
func (o *outline) sameSection() bool {
	return len(o.drafts) > 0 && slices.Equal(o.drafts[len(o.drafts)-1].path, o.path())
}

// seriesIn gives where numbered entries begin, 1, 2, 3 … of one form, each
// where a sentence or clause does, and how long their numbers are.
func seriesIn(s string) (starts, numbers []int) {
	for k, mark := range seriesMarks {
		starts, numbers = nil, nil
		if !hasThird(s, k) {
			continue
		}
		for _, m := range mark.FindAllStringSubmatchIndex(s, -1) {
			if seriesNumber(s[m[2]:m[3]]) != len(starts)+1 || !beginsClause(s[:m[0]]) {
				continue
			}
			if r, _ := utf8.DecodeRuneInString(s[m[1]:]); r >= '0' && r <= '9' && k == 3 {
				continue
			}
			length := m[1] - m[0]
			if k >= spoken {
				length = 0
			}
			starts, numbers = append(starts, m[0]), append(numbers, length)
		}
		if len(starts) >= fewest {
			return starts, numbers
		}
	}
	return nil, nil
}

// hasThird says that an entry numbered 3 in the k-th form may be in s. Most texts
// have none, and need not be asked for the whole series.
func hasThird(s string, k int) bool {
	switch k {
	case 0:
		return hasThree(s, "）)")
	case 1:
		return strings.Contains(s, "③")
	case 2:
		return strings.Contains(s, "三）") || strings.Contains(s, "三)")
	case 3:
		return hasThree(s, ".．、")
	case spoken:
		return strings.Contains(s, "三是")
	}
	return strings.Contains(s, "第三")
}

// hasThree says that a digit 3 stands before one of the marks.
func hasThree(s, marks string) bool {
	for i := strings.IndexAny(s, "3３"); i >= 0; i = strings.IndexAny(s, "3３") {
		_, size := utf8.DecodeRuneInString(s[i:])
		s = strings.TrimLeft(s[i+size:], " \t\n\f\r")
		if r, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune(marks, r) {
			return true
		}
	}
	return false
}

func seriesNumber(s string) int {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case r >= '①' && r <= '⑳':
		return int(r-'①') + 1
	case strings.ContainsRune("一二三四五六七八九十", r):
		return hanNumber(s)
	}
	return digits(s)
}

// beginsClause says that a clause begins behind s.
func beginsClause(s string) bool {
	s = strings.TrimRightFunc(s, isBlank)
	last, _ := utf8.DecodeLastRuneInString(s)
	return s == "" || strings.ContainsRune("。；;：:！!，,”）)", last)
}

// clausesIn gives where the entries begin that only semicolons part, where the
// announcement tells their number: 办好3件民生实事，包括：甲；乙；丙。
func clausesIn(s string) []int {
	m := listing.FindStringIndex(s)
	if m == nil {
		return nil
	}
	n := howMany.FindAllStringSubmatch(halfDigits(s[:m[1]]), -1)
	end := strings.Index(s[m[1]:], "。")
	if n == nil || end < 0 {
		return nil
	}
	starts := []int{m[1]}
	for i, r := range s[m[1] : m[1]+end] {
		if r == '；' || r == ';' {
			starts = append(starts, m[1]+i+utf8.RuneLen(r))
		}
	}
	if len(starts) < fewest || len(starts) != seriesNumber(n[len(n)-1][1]) {
		return nil
	}
	return starts
}
