package indexer

import (
	"fmt"
	"slices"
	"strings"

	"youju/indexer/pattern"
	"youju/report"
)

// readTitle knows a document that is a list as a whole by its title: its
// numbers are those of entries.
func (o *outline) readTitle() {
	switch o.doc.Kind {
	case report.KindReport, report.KindAssignment, report.KindNews:
		return
	}
	title := squeeze(o.doc.Title)
	switch p := partOf("annex", title); p {
	case report.PartLivelihood, report.PartPolicy, report.PartGlossary:
		if isAnnexTitle(title) || p == report.PartLivelihood && !tellsOf.MatchString(title) {
			o.series, o.whole = p, true
		}
	}
}

// tellsOf ends the titles of papers that tell of livelihood projects and do not list them.
var tellsOf = pattern.MustCompile(`(?:通知|报告|情况|总结|意见|办法|解读|函|批复|决定|公告|通报|纪要|细则|规定)(?:（.{1,10}）)?$`)

// assigns says that a paper that assigns tasks is the plan itself, with no
// covering letter and no annex: its first number or row begins the tasks.
func (o *outline) assigns() bool {
	duties := false
	for _, b := range o.blocks {
		if isAnnexTitle(b.s) {
			return false
		}
		duties = duties || dutyBracket(b.s) >= 0 || dutyLine(b.s)
	}
	return duties
}

// close ends the open sections down to a level. A heading with nothing below
// it is no heading: what it says is an item of the section above.
func (o *outline) close(level int) {
	for len(o.stack) > 0 {
		top := o.stack[len(o.stack)-1]
		if top.level < level {
			return
		}
		if top.above || len(o.drafts) > top.drafts {
			o.stack = o.stack[:len(o.stack)-1]
			continue
		}
		if top.annex && o.named(o.headings[top.heading].s) {
			o.doc.Sections = o.doc.Sections[:len(o.doc.Sections)-1]
			o.stack = o.stack[:len(o.stack)-1]
			continue
		}
		d := draft{body: o.headings[top.heading]}
		if d.part = o.paragraphPart(d); top.annex {
			o.series, d.part = "", report.PartOpening
		}
		d.local = o.local(d)
		o.stack = o.stack[:len(o.stack)-1]
		o.headings = slices.Delete(o.headings, top.heading, top.heading+1)
		o.doc.Sections = o.doc.Sections[:len(o.doc.Sections)-1]
		o.number(&d)
		pending, heading := o.pending, o.heading
		o.pending, o.heading = text{}, text{}
		o.add(d)
		o.pending, o.heading = pending, heading
	}
}

// statesOn says that a numbered line of several sentences is an entry and its
// first sentence no heading: the number before it stood before a sentence too,
// or, in papers other than reports, it counts something and heads no numbers.
func (o *outline) statesOn(n *numeral, heading string, next *block) bool {
	if len(o.stack) > 0 {
		top := o.stack[len(o.stack)-1]
		if top.level == n.level && !top.above && top.drafts == len(o.drafts) && top.number+1 == n.value {
			return true
		}
	}
	if !ownNumbers(o.doc.Kind) || !counts(heading) {
		return false
	}
	if next == nil {
		return true
	}
	m := numeralHead(next.s)
	return m != nil && m.value == n.value+1 || listNumber(next.s) == nil && subNumber(next.s) == nil && m == nil
}

// endsEntries says that a numbered sentence is the last of several entries: the
// number before it stood before a sentence with nothing below it, and so did
// the first (一、…。二、…。三、…。特此通知。).
func (o *outline) endsEntries(b block, n *numeral) bool {
	if n.value < 2 || n.chapter || !ownNumbers(o.doc.Kind) || !isTerminated(b.s) || strings.HasSuffix(b.s, "：") || strings.HasSuffix(b.s, ":") {
		return false
	}
	if len(o.stack) > 0 {
		top := o.stack[len(o.stack)-1]
		if top.level == n.level && !top.above && top.drafts == len(o.drafts) && top.number+1 == n.value {
			return isTerminated(o.headings[top.heading].s) && (n.value == 2 || len(o.drafts) > 0 && o.drafts[len(o.drafts)-1].number == fmt.Sprint(n.value-2))
		}
		if top.level >= n.level {
			return false
		}
	}
	if len(o.drafts) == 0 {
		return false
	}
	last := o.drafts[len(o.drafts)-1]
	return !last.row && last.number == fmt.Sprint(n.value-1) && slices.Equal(last.path, o.path()) && isTerminated(last.body.s)
}

// named says that a line further down names again the annex that a line above
// announced (附件：…清单): that one heads nothing, and is no item.
func (o *outline) named(title string) bool {
	if o.lines == nil {
		o.lines = map[string]int{}
		for i, b := range o.blocks {
			if b.within(maxNamed) && b.runes() >= 3 {
				o.lines[squeeze(b.s)] = i
			}
		}
	}
	title = squeeze(title)
	end := tail(title, maxNamed)
	for i := range end {
		if at, ok := o.lines[end[i:]]; ok && at >= o.at {
			return true
		}
	}
	return false
}

// maxNamed is how many characters a line that names an annex has at most.
const maxNamed = 50

// number cuts the printed number off an entry that was taken for a heading.
func (o *outline) number(d *draft) {
	end, value := 0, 0
	if n := numeralHead(d.body.s); n != nil && !n.chapter {
		end, value = n.end, n.value
	} else if n := listNumber(d.body.s); n != nil {
		end, value = n.end, n.value
	}
	if end > 0 && end < len(d.body.s) {
		o.marks = append(o.marks, d.body.sub(0, end))
		d.number, d.body = fmt.Sprint(value), d.body.sub(end, len(d.body.s)).trim()
	}
}

// row makes an item of a table's row. A row that only says who is in charge
// belongs to the one above; the head is no item where the rows say what it says.
func (o *outline) row(b block) {
	o.apart = append(o.apart, b.aside...)
	switch {
	case b.columns:
		o.apart = append(o.apart, b.text)
	case isDutyStart(b.s) && o.sharesDuty(b):
	case o.entry(b):
	default:
		o.add(draft{body: b.text, line: b.line, part: o.listPart(), row: true})
	}
}

// maxShared is how long a row with its units may be, in bytes.
const maxShared = 16 << 10

// sharesDuty adds the units of a row to those of the row above.
func (o *outline) sharesDuty(b block) bool {
	if len(o.drafts) == 0 || !o.drafts[len(o.drafts)-1].row {
		return false
	}
	last := &o.drafts[len(o.drafts)-1]
	const opens, closes = "〔", "〕"
	if !strings.HasSuffix(last.body.s, closes) || !strings.HasPrefix(b.s, opens) || len(last.body.s) > maxShared {
		return false
	}
	last.body = last.body.sub(0, len(last.body.s)-len(closes)).add("；", b.sub(len(opens), len(b.s)))
	return true
}

// listedNumeral reads 一、 in a list: an entry on one line, or the heading of
// the entry that the paragraph below it is.
func (o *outline) listedNumeral(b block, n *numeral, rest text, next *block) bool {
	head := b.sub(n.end, len(b.s)).trim()
	d := draft{body: head, number: fmt.Sprint(n.value), line: b.line, part: o.part()}
	switch {
	case rest.trim().s != "" || next == nil || isEntryOf(n, next) || isTerminated(b.s) && !strings.HasSuffix(b.s, "：") && !strings.HasSuffix(b.s, ":"):
	case !o.headsEntry():
		return false
	default:
		defer func() { o.entryOf = len(o.drafts) }()
	}
	o.marks = append(o.marks, b.sub(0, n.end))
	o.listed, o.parent = n.value, d.number
	o.add(d)
	return true
}

// headsEntry says that the numbered line being read heads one paragraph, and no
// category of several entries.
func (o *outline) headsEntry() bool {
	n := 0
	for _, b := range o.blocks[o.at+1:] {
		if begins(b) {
			break
		}
		if !dutyLine(b.s) {
			n++
		}
		if n > 1 {
			return false
		}
	}
	return n == 1 || n == 0 && o.at+1 < len(o.blocks) && dutyLine(o.blocks[o.at+1].s)
}

// begins says that a block begins something of its own in a list: a number, a
// mark, a row, a title.
func begins(b block) bool {
	return b.row || b.bullet || b.heading || b.rule || b.glued || numeralHead(b.s) != nil || listNumber(b.s) != nil || subNumber(b.s) != nil || footnote(b.s) != nil || isAnnexTitle(b.s) || imprint().match(b.s)
}

// dutyLine says that a line says who is in charge of the entry above it.
func dutyLine(s string) bool { return len(s) < 1500 && dutyData().line.MatchString(s) }

// goesOn adds a paragraph to the entry above it: below an entry's own heading,
// or a line that says who is in charge.
func (o *outline) goesOn(b block) bool {
	if len(o.drafts) == 0 || len(o.stack) > 0 && o.stack[len(o.stack)-1].drafts == len(o.drafts) {
		return false
	}
	last := &o.drafts[len(o.drafts)-1]
	switch {
	case o.entryOf == len(o.drafts) && last.heading.s == "":
		last.heading, last.body, o.growing = last.body, b.text, joint{}
	case o.entryOf == len(o.drafts) || dutyLine(b.s) && last.number != "" && (o.series != "" || last.part == report.PartLivelihood || last.part == report.PartPolicy):
		sep := glue(last.body.s, b.s)
		if !isTerminated(last.body.s) {
			sep = " "
		}
		o.prolong(sep, b.text)
	default:
		return false
	}
	return true
}

// headEnd takes entries out of a head of n lines: short lines below its last
// known one, where nothing else is left for the text, where there are several,
// or where one counts something.
func headEnd(blocks []block, n int) int {
	last := 0
	for i := range n {
		if i == 0 || isHeadWords(blocks[i]) {
			last = i
		}
	}
	for i := last + 1; i < n; i++ {
		if counts(blocks[i].s) {
			return i
		}
	}
	if last+1 < n && (n == len(blocks) || n-last > 2) {
		return last + 1
	}
	return n
}

// isHeadWords says that a line of a head is known as one: a title, a number, a
// date, a name, a note in brackets, those it is addressed to.
func isHeadWords(b block) bool {
	if newHeaded(b.s).role != roleFree || bareName.MatchString(squeeze(b.s)) {
		return true
	}
	s := squeeze(b.s)
	return kindByTitle(b.s) != "" && !counts(s) || strings.HasPrefix(s, "——") || strings.HasPrefix(s, "（") || strings.HasPrefix(s, "(") || annexMark.MatchString(s)
}

// termLine reads a term of a glossary that stands on a line of its own, above
// its definition.
func (o *outline) termLine(b block, next *block) bool {
	if o.series != report.PartGlossary || next == nil || begins(*next) || b.heading || !b.within(30) || strings.ContainsAny(b.s, "。；：:，,") || isAnnexTitle(b.s) {
		return false
	}
	o.add(draft{body: b.text, line: b.line, part: report.PartGlossary})
	o.entryOf = len(o.drafts)
	return true
}

var (
	// measures matches a figure of something that is counted: 3所, 1.2万户; a year is none.
	measures = pattern.MustCompile(`[0-9０-９]+(?:[.．][0-9０-９]+)? ?(?:[万亿千百]|[%％‰]|\p{Han})`)
	yearOf   = pattern.MustCompile(`[0-9０-９]{4} ?年|“[^”]*”`)
)

// counts says that a line counts something, as an entry does and a heading seldom.
func counts(s string) bool { return measures.MatchString(yearOf.ReplaceAllString(s, "")) }

// markRuns finds runs of short lines that are entries, none of which heads what
// follows: no paragraph stands below them, or most of them count something.
func markRuns(blocks []block) []block {
	for i := 0; i < len(blocks); {
		n, figures := i, 0
		for n < len(blocks) && isBareHeading(blocks[n], &block{}) && !startsAnew(blocks[n].s) && subNumber(blocks[n].s) == nil && !blocks[n].heading && !blocks[n].bullet && !isBoldLine(blocks[n]) {
			if counts(blocks[n].s) {
				figures++
			}
			n++
		}
		from, heads := i, n < len(blocks) && !begins(blocks[n])
		if n-i >= 3 && figures >= 2 && !counts(blocks[i].s) {
			from = i + 1
		}
		if n-from >= 2 && (!heads || figures*2 > n-from) {
			for k := from; k < n; k++ {
				blocks[k].entry = !heads || k < n-1 || counts(blocks[k].s)
			}
		}
		i = max(n, i+1)
	}
	return blocks
}
