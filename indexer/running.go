package indexer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

var (
	salutation = pattern.MustCompile(`^各位代表\s*(?:[，,、]\s*(?:同志们|朋友们|各位委员|各位来宾))*\s*[！!：:，,]?$`)
	emphasis   = pattern.MustCompile(`^(?:[一二三四五六七八九十]{1,2}(?:是|要)|第[一二三四五六七八九十]|首先|其次)$`)
	// topHeading matches the unnumbered first-level headings of a report without 一、.
	topHeading = pattern.MustCompile(`(?:回顾|目标任务|重点工作|工作安排|自身建设|主要任务|工作部署|工作总结|工作任务|工作重点|主要工作|任务安排)$`)
	// datedTitle and timedTitle name a time and the work of it: 2023年：铆足干劲抓落实, 对今年工作的建议.
	datedTitle = pattern.MustCompile(`^[12][0-9]{3} ?年[：:][^。；]{4,24}$`)
	timedTitle = pattern.MustCompile(`^(?:对|关于|做好|全力做好|一、)?(?:[12][0-9]{3} ?年|今年|明年|(?:刚刚)?过去的?[一五三四六]年|[一五三四六]年来|下一?步|下半年|上半年|下一?阶段|今后|未来|本届|新一届|“?十[一二三四五六七]五”?)[^。，：；]{0,24}(?:工作|任务|目标|要求|打算|思路|安排|部署|建议|计划|设想|考虑|情况|成就|成效|举措)(?:的?(?:建议|意见|说明|安排|打算))?$`)
	// lookedBack is a title of any wording that looks back: 回眸2023，我们奋勇前行.
	lookedBack = pattern.MustCompile(`^(?:回顾|回眸|回望|回首|盘点|展望)|(?:回顾|回眸|回望|盘点)$`)
	oneIs      = pattern.MustCompile(`^[一二三四五六七八九十]{1,2}[是要]`)
)

// isTitle says that a heading, without its number, is one of a report's first rank.
func isTitle(s string) bool {
	s = halfDigits(strings.TrimRight(s, "。：: "))
	return topHeading.MatchString(s) || isTimedTitle(s)
}

// isTimedTitle says that s is such a heading by what it begins with, so that it
// goes on with no sentence torn apart.
func isTimedTitle(s string) bool {
	s = halfDigits(strings.TrimRight(s, "。：: "))
	return timedTitle.MatchString(s) || datedTitle.MatchString(s) || lookedBack.MatchString(s) && utf8.RuneCountInString(s) <= 30
}

// running adds running text, cut at its bold run-in headings. alone says that
// the text is a paragraph of its own, not the rest of a heading's line.
func (o *outline) running(t text, line int, alone bool) {
	if o.listsIn(t, line, "") {
		return
	}
	cuts := runIns(t)
	if len(cuts) == 0 {
		o.plain(t, line, alone)
		return
	}
	if lead := t.sub(0, cuts[0].Start).trim(); lead.s != "" {
		if alone {
			lead = o.unmarkedHeading(lead)
		}
		if lead.s != "" {
			o.lead(lead, line)
		}
	}
	for i, c := range cuts {
		end := len(t.s)
		if i+1 < len(cuts) {
			end = cuts[i+1].Start
		}
		o.add(draft{heading: t.sub(c.Start, c.End).trim(), body: t.sub(c.End, end).trim(), line: line})
	}
}

// plain adds a paragraph without bold run-ins.
func (o *outline) plain(t text, line int, alone bool) {
	end := 0
	if alone && o.hasRunIns() {
		switch {
		case oneIs.MatchString(t.s):
			end = runInHeading(t.s, 40, true)
		default:
			end = runInHeading(t.s, 20, false)
		}
	}
	if end > 0 {
		o.add(draft{heading: t.sub(0, end), body: t.sub(end, len(t.s)).trim(), line: line})
		return
	}
	if leadIn.MatchString(t.s) && o.announces() && !(o.part() == report.PartReview && o.turns(t.s)) {
		o.prolong("", t)
		return
	}
	o.add(draft{body: t, line: line})
}

// hasRunIns says that paragraphs here may begin with a heading sentence: not in
// an opening, a list, a letter or a note.
func (o *outline) hasRunIns() bool {
	switch o.part() {
	case report.PartReview, report.PartPlan, report.PartTarget, report.PartGovernance:
		return o.series == "" && len(o.stack) > 0
	}
	return false
}

// announces says that a sentence that only announces what follows can stand
// with the item before it: a paragraph of this section or of one below it.
func (o *outline) announces() bool {
	if len(o.drafts) == 0 {
		return false
	}
	d, here := o.drafts[len(o.drafts)-1], o.path()
	return !d.row && d.number == "" && len(d.path) >= len(here) && slices.Equal(d.path[:len(here)], here) && (len(here) > 0 || len(d.path) == 0)
}

// unmarkedHeading opens a section below the numbered ones where a paragraph that holds bold
// run-ins begins with a heading that lost its mark (坚决打好精准脱贫攻坚战。…).
// It gives what is left of the lead.
func (o *outline) unmarkedHeading(lead text) text {
	if len(o.stack) == 0 || o.stack[len(o.stack)-1].level < 2 {
		return lead
	}
	end, behind := firstStop(lead.s)
	if end <= 0 || utf8.RuneCountInString(lead.s[:end]) > 24 || strings.ContainsAny(lead.s[:end], "，,：:；") {
		return lead
	}
	o.section(o.headingLevel(""), 0, lead.sub(0, end), "")
	return lead.sub(behind, len(lead.s)).trim()
}

// lead adds the text before the first bold run-in; under an unmarked heading
// its own first sentence may have lost its mark too (突出产业扶贫。加大…).
func (o *outline) lead(t text, line int) {
	if len(o.stack) > 0 && o.stack[len(o.stack)-1].level >= 3 && !isNumbered(o.stack[len(o.stack)-1].title) {
		if end := runInHeading(t.s, 12, false); end > 0 {
			o.add(draft{heading: t.sub(0, end), body: t.sub(end, len(t.s)).trim(), line: line})
			return
		}
	}
	o.add(draft{body: t, line: line})
}

// runIns gives the bold headings inside a paragraph, their closing stop
// included: bold that begins where a sentence begins and ends where one ends.
func runIns(t text) []report.Span {
	var out []report.Span
	for _, b := range t.bold {
		start, end := b.Start, b.End
		words := strings.TrimFunc(t.s[start:end], isBlank)
		n := utf8.RuneCountInString(words)
		if n < 3 || n > 60 || emphasis.MatchString(words) || !beginsSentence(t.s[:start]) {
			continue
		}
		if !isTerminated(words) {
			r, size := utf8.DecodeRuneInString(t.s[end:])
			if !strings.ContainsRune("。：:！", r) || size == 0 {
				continue
			}
			end += size
		}
		if strings.TrimFunc(t.s[end:], isBlank) == "" {
			continue
		}
		if k := len(out); k > 0 && out[k-1].End > start {
			continue
		}
		out = append(out, report.Span{Start: start, End: end})
	}
	return out
}

func beginsSentence(before string) bool {
	before = strings.TrimRightFunc(before, isBlank)
	return before == "" || isTerminated(before)
}

// isBareHeading says that an unnumbered line is a heading: short, without a
// stop, and followed by a paragraph.
func isBareHeading(b block, next *block) bool {
	if next == nil || next.bullet || b.row || b.entry || !b.within(40) || b.runes() < 4 {
		return false
	}
	if whole := b.boldUntil(); whole > 0 && whole < len(b.s) {
		return false
	}
	if datedTitle.MatchString(halfDigits(b.s)) {
		return !isTerminated(b.s)
	}
	if strings.ContainsAny(b.s, "。；：:！？!?|") || isTerminated(b.s) || startsPlainly.MatchString(b.s) && !isBoldLine(b) && !isTitle(b.s) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(b.s)
	return !strings.ContainsRune("，,、“（(《", last) && !openBracket(b.s)
}

// headsNext says that a line is a heading sentence (生态底色更加亮丽。) of the
// paragraph below it, which has none of its own.
func (o *outline) headsNext(b block, next *block) bool {
	if next == nil || !o.hasRunIns() || o.heading.s != "" || o.pending.s != "" || next.bullet || next.rule || next.glued {
		return false
	}
	if !b.within(24) || !strings.HasSuffix(b.s, "。") || strings.ContainsAny(b.s, "，,：:；0123456789") || startsPlainly.MatchString(b.s) || leadIn.MatchString(b.s) {
		return false
	}
	return !next.within(59) && numeralHead(next.s) == nil && listNumber(next.s) == nil && !strings.HasPrefix(next.s, "——") &&
		!startsPlainly.MatchString(next.s) && runInHeading(next.s, 20, false) == 0 && len(runIns(next.text)) == 0
}

// isBoldLine says that a whole line is bold: a heading, whatever its words.
func isBoldLine(b block) bool {
	return b.s != "" && b.boldUntil() == len(b.s)
}

// headingLevel gives an unnumbered heading its level: the first where nothing
// with a number stands above it and the words are those of a part, else below
// the numbered ones.
func (o *outline) headingLevel(s string) int {
	if len(o.stack) == 0 || (!o.numbered || o.chapters) && isTitle(s) {
		return 1
	}
	top := o.stack[len(o.stack)-1]
	if top.level == 1 || isNumbered(top.title) {
		return top.level + 1
	}
	return top.level
}

// isNumbered says that a heading was printed with its number.
func isNumbered(title string) bool {
	return numeralHead(title) != nil || headsChapter(title)
}
