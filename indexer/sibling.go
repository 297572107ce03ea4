package indexer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

// headSiblings gives paragraphs the heading sentence that only those beside
// them reveal: one that is longer than usual among headed paragraphs, and the
// like-built ones of a row (五年来，改革开放不断深入。…).
func (o *outline) headSiblings() {
	for start := 0; start < len(o.drafts); {
		end := start + 1
		for end < len(o.drafts) && slices.Equal(o.drafts[end].path, o.drafts[start].path) {
			end++
		}
		headLong(o.drafts[start:end])
		headRows(o.drafts[start:end])
		start = end
	}
}

// headLong reads a heading without a comma where a sibling has one.
func headLong(section []draft) {
	if !slices.ContainsFunc(section, func(d draft) bool { return d.heading.s != "" && !d.dash && d.number == "" }) {
		return
	}
	for i := range section {
		if d := &section[i]; d.headable() {
			if s, behind := d.firstSentence(34, 50); behind > 0 && !strings.ContainsAny(s, "，,") && !states.MatchString(s) {
				d.cut(behind)
			}
		}
	}
}

// headRows reads headings with commas where three paragraphs in a row begin
// with short sentences of as many clauses.
func headRows(section []draft) {
	for i := 0; i < len(section); {
		commas, n := -1, i
		for ; n < len(section) && section[n].headable(); n++ {
			s, behind := section[n].firstSentence(44, 40)
			c := strings.Count(s, "，") + strings.Count(s, ",")
			if behind == 0 || c == 0 || commas >= 0 && c != commas {
				break
			}
			commas = c
		}
		if n-i >= 3 {
			for k := i; k < n; k++ {
				_, behind := section[k].firstSentence(44, 40)
				section[k].cut(behind)
			}
		}
		i = max(n, i+1)
	}
}

// states matches sentences that state something and head nothing.
var states = pattern.MustCompile(`是|需要|了|习近平|总书记`)

// tells matches the sentences that open an account of a year, not a row of headings.
var tells = pattern.MustCompile(`^各位代表|的[一五]年$|极不|极为`)

// counted matches a number of things in a heading (办好20件民生实事).
var counted = pattern.MustCompile(`[0-9]{1,3} ?[件项]`)

// headable says that a draft is a paragraph of a report's own sections that has no heading yet.
func (d *draft) headable() bool {
	if d.heading.s != "" || d.number != "" || d.dash || d.note || len(d.path) == 0 {
		return false
	}
	switch d.part {
	case report.PartReview, report.PartPlan, report.PartGovernance:
		return true
	}
	return false
}

// firstSentence gives a paragraph's first sentence and where it ends, 0 where
// that is no heading.
func (d *draft) firstSentence(longest, least int) (s string, behind int) {
	end, behind := firstStop(d.body.s)
	if end <= 0 || utf8.RuneCountInString(d.body.s[:end]) > longest || utf8.RuneCountInString(d.body.s[behind:]) < least {
		return "", 0
	}
	s = d.body.s[:end]
	if strings.ContainsAny(quoted.ReplaceAllString(counted.ReplaceAllString(s, ""), ""), "：:；！!？?0123456789") || tells.MatchString(s) {
		return "", 0
	}
	return s, behind
}

func (d *draft) cut(behind int) {
	d.heading, d.body = d.body.sub(0, behind), d.body.sub(behind, len(d.body.s)).trim()
}
