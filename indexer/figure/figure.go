// Package figure answers what a passage states in numbers: which indicator,
// how much of it, for which year, aimed at or reached. What a text does not
// say stays empty, and a number that cannot be read stays text.
package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"youju/indexer/bound"
	"youju/report"
)

// most is how many figures an item may have. No real one comes near; it keeps
// a hostile text from filling the memory.
const most = 5000

// longestTail bounds, in bytes, what is read behind a number.
const longestTail = 240

// Find gives the figures of an item in the order of its text. The document's
// metadata and the items before this one are read for years; text is the
// item's Text or a beginning of it, without the bracket that names who is in
// charge. Cost is linear in the text, and work is asked at each sentence.
func Find(work *bound.Work, doc *report.Document, it *report.Item, text string) []report.Figure {
	r := &reader{doc: doc, it: it, text: text, words: vocabulary(), table: report.Indicators(), knows: map[string]bool{}}
	for _, n := range []string{doc.Place.County, doc.Place.City, doc.Place.Province} {
		if n != "" {
			r.names = append(r.names, n, strings.TrimRight(n, "市县区省"))
		}
	}
	r.section, r.both = sectionTime(doc, it)
	eachSentence(text, func(s *sentence) {
		work.Check()
		r.sentence(s)
	})
	return r.found
}

// reader holds what the sentences of an item share.
type reader struct {
	doc   *report.Document
	it    *report.Item
	text  string
	words *words
	table *report.IndicatorTable
	names []string
	found []report.Figure
	// knows remembers which names are indicators'.
	knows map[string]bool
	// section is the time that the item speaks of, both the years that its sums
	// are over where its heading names a year beside them.
	section, both moment
	begun         bool
	// past says that a plan's item looks back.
	past bool
	// before is what the sentence before was about, for one that begins 全市达到.
	before carry
	// newsYear is the last year that a piece of news named.
	newsYear int
}

// line is one sentence with its numbers.
type line struct {
	*sentence
	numbers []*number
	when    []mark
	given   map[int]given
	carry   carry
	// summed is the unit of the line's last sum over years.
	summed string
}

// carry is what the figure before was said of, for those that follow it.
type carry struct {
	// subject is without its verb and change, whole with them; verb is what
	// was done (新增).
	subject, whole, verb string
	change, among        string
	zone, wide           string
	start                int
}

func (r *reader) sentence(st *sentence) {
	if len(r.found) >= most {
		return
	}
	l := &line{sentence: st, carry: r.before}
	for _, n := range scan(st.s) {
		if !n.apart {
			l.numbers = append(l.numbers, n)
		}
	}
	if head := st.s[:min(len(st.s), openingBytes*2)]; len(l.numbers) > 0 || strings.Contains(head, "年") || strings.Contains(head, "时期") {
		l.when = marks(st.s)
	}
	r.opens(l, !r.begun)
	r.begun = true
	l.given = r.respectively(l)
	for i, n := range l.numbers {
		if i > 0 && strings.Contains(l.s[l.numbers[i-1].end:n.from], "；") || i == 0 && strings.ContainsAny(l.s[:n.from], pauses) {
			l.carry, l.summed = carry{}, ""
		}
		if len(r.found) < most {
			r.figure(l, i)
		}
	}
	r.before = carry{}
	if len(l.numbers) > 0 && l.carry.subject != "" {
		r.before = carry{subject: l.carry.subject, whole: l.carry.subject}
	}
	r.wordings(l)
}

// head is what stands before a number, back to the pause or the number before.
type head struct {
	text  string
	start int
	link  link
	// inside tells that the number stands in a bracket.
	inside bool
}

// link is how a number follows what is before it.
type link int

const (
	afterPause  link = iota
	inList           // 、 or 和 parts it from the number before
	afterNumber      // nothing does
)

func (l *line) head(i int) head {
	n := l.numbers[i]
	limit, prev := 0, i-1
	if prev >= 0 {
		limit = l.numbers[prev].end
	}
	var parts []string
	pos, cut := n.from, n.from
	h := head{}
	for pos > limit {
		r, size := utf8.DecodeLastRuneInString(l.s[:pos])
		if r == '）' {
			open := l.skipBack(pos)
			if open == pos {
				break
			}
			if inner := l.s[open:pos]; strings.ContainsAny(inner, "、") && len(inner) < 30 {
				pos = open
			} else {
				parts = append(parts, l.s[pos:cut])
				pos, cut = open, open
			}
			for prev >= 0 && l.numbers[prev].end > open {
				prev--
			}
			limit = 0
			if prev >= 0 {
				limit = l.numbers[prev].end
			}
			continue
		}
		if r == '（' || strings.ContainsRune(pauses, r) {
			h.inside = r == '（' || l.depth(pos) > 0
			parts = append(parts, l.s[pos:cut])
			slices.Reverse(parts)
			h.text, h.start = strings.Join(parts, ""), pos
			return h
		}
		pos -= size
	}
	parts = append(parts, l.s[pos:cut])
	slices.Reverse(parts)
	h.text, h.start, h.inside = strings.Join(parts, ""), pos, l.depth(pos) > 0
	if pos == 0 || prev < 0 {
		return h
	}
	h.link = afterNumber
	if listing.MatchString(h.text) {
		h.link = inList
	} else if cut := ofBefore(h.text); cut > 0 {
		// 100家小微企业、100家: what stands before the separator is counted before.
		h.text, h.start, h.link = h.text[cut:], h.start+cut, inList
	}
	return h
}

// ofBefore gives where the last separator of what stands between two numbers
// ends, where the second number's own words are behind it.
func ofBefore(s string) int {
	for _, sep := range []string{"、", "和", "及", "或", "与"} {
		if i := strings.LastIndex(s, sep); i > 0 && (sep == "、" || i+len(sep) == len(s)) {
			return i + len(sep)
		}
	}
	return 0
}

// depth tells how many brackets are open at a place.
func (l *line) depth(pos int) int {
	return strings.Count(l.s[:pos], "（") - strings.Count(l.s[:pos], "）")
}

// tail is what follows a number, up to the pause or what belongs to the next.
func (r *reader) tail(l *line, i int) (text string, end int) {
	n := l.numbers[i]
	next := len(l.s)
	if i+1 < len(l.numbers) {
		next = l.numbers[i+1].from
	}
	rest := l.s[n.end:min(len(l.s), n.end+longestTail)]
	end, open := len(rest), 0
	for k, c := range rest {
		switch {
		case c == '（':
			open++
		case c == '）':
			open--
		}
		if strings.ContainsRune("，；：", c) && open == 0 || open < 0 {
			end = k
			break
		}
	}
	text = strings.ToValidUTF8(rest[:end], "")
	// A list goes on to the next number: 100家企业、50个项目.
	if cut := next - n.end; cut < end {
		if k := ofBefore(text[:cut]); k > 0 {
			text = text[:k]
		} else if cut > 0 && !l.sizeBefore(i+1) {
			text = text[:cut]
			for _, w := range vocabulary().elliptic.all {
				text = strings.TrimSuffix(text, w)
			}
		}
	}
	for _, sep := range []string{"和", "及", "或", "与", "、"} {
		text = strings.TrimSuffix(text, sep)
	}
	if atMark(text) {
		return "", n.end
	}
	if k := strings.Index(text, "、"); k > 0 {
		if after := text[k+len("、"):]; r.words.predicate.opening(after) != "" || r.words.level.opening(after) != "" {
			text = text[:k]
		}
	}
	if strings.HasPrefix(text, "、") || strings.HasPrefix(text, "和") || strings.HasPrefix(text, "及") || strings.HasPrefix(text, "与") || strings.HasPrefix(text, "以及") || strings.HasPrefix(text, "”") || strings.HasPrefix(text, "等") || strings.HasPrefix(text, "（") {
		return "", n.end
	}
	return strings.TrimRight(text, "、"), n.end + len(strings.TrimRight(text, "、"))
}

// sizeBefore tells whether a number only sizes what follows it, as the 30%
// in 10家占比超30%的企业 does.
func (l *line) sizeBefore(i int) bool {
	return l.numbers[i].measures == "percent" || strings.HasPrefix(l.s[l.numbers[i].end:], "的")
}
