package indexer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"youju/report"
)

var (
	salutation = regexp.MustCompile(`^各位代表\s*[！!：:，,]?$`)
	emphasis   = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,2}(?:是|要)|第[一二三四五六七八九十]|首先|其次)$`)
	// topHeading matches the unnumbered first-level headings of a report without 一、.
	topHeading = regexp.MustCompile(`(?:回顾|目标任务|重点工作|工作安排|自身建设|主要任务|工作部署|工作总结)$`)
	oneIs      = regexp.MustCompile(`^[一二三四五六七八九十]{1,2}[是要]`)
)

// running adds running text, cut at its bold run-in headings. alone says that
// the text is a paragraph of its own, not the rest of a heading's line.
func (o *outline) running(t text, line int, alone bool) {
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
	if leadIn.MatchString(t.s) && o.appendable() {
		last := &o.drafts[len(o.drafts)-1]
		last.body = last.body.add("", t)
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

// appendable says that the last item can take in a sentence that only
// announces what follows: it is a paragraph of the same section.
func (o *outline) appendable() bool {
	if len(o.drafts) == 0 {
		return false
	}
	d := o.drafts[len(o.drafts)-1]
	return d.number == "" && strings.Join(d.path, "\n") == strings.Join(o.path(), "\n")
}

// unmarkedHeading opens a third-level section where a paragraph that holds bold
// run-ins begins with a heading that lost its mark (坚决打好精准脱贫攻坚战。…).
// It gives what is left of the lead.
func (o *outline) unmarkedHeading(lead text) text {
	if len(o.stack) == 0 || o.stack[len(o.stack)-1].level < 2 {
		return lead
	}
	end := strings.Index(lead.s, "。")
	if end <= 0 || utf8.RuneCountInString(lead.s[:end]) > 24 || strings.ContainsAny(lead.s[:end], "，,：:；") {
		return lead
	}
	o.section(3, 0, lead.sub(0, end), "")
	return lead.sub(end+len("。"), len(lead.s)).trim()
}

// lead adds the text before the first bold run-in; under an unmarked heading
// its own first sentence may have lost its mark too (突出产业扶贫。加大…).
func (o *outline) lead(t text, line int) {
	if len(o.stack) > 0 && o.stack[len(o.stack)-1].level == 3 {
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
	if next == nil || next.bullet || b.runes() > 40 || b.runes() < 4 {
		return false
	}
	if whole := b.boldUntil(); whole > 0 && whole < len(b.s) {
		return false
	}
	if strings.ContainsAny(b.s, "。；：:！？!?") || isTerminated(b.s) || startsPlainly.MatchString(b.s) {
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
	if b.runes() > 24 || !strings.HasSuffix(b.s, "。") || strings.ContainsAny(b.s, "，,：:；0123456789") || startsPlainly.MatchString(b.s) || leadIn.MatchString(b.s) {
		return false
	}
	return next.runes() >= 60 && numeralHead(next.s) == nil && listNumber(next.s) == nil && !strings.HasPrefix(next.s, "——") &&
		!startsPlainly.MatchString(next.s) && runInHeading(next.s, 20, false) == 0 && len(runIns(next.text)) == 0
}

// headingLevel gives an unnumbered heading its level: the first where the text
// has no 一、 and the words are those of a part, else below the numbered ones.
func (o *outline) headingLevel(s string) int {
	if len(o.stack) == 0 || !o.numbered && topHeading.MatchString(s) {
		return 1
	}
	top := o.stack[len(o.stack)-1]
	if top.level >= 2 && numeralHead(top.title) != nil {
		return 3
	}
	return 2
}
