package indexer

import (
	"slices"

	"youju/indexer/pattern"
	"youju/report"
)

var (
	fiveYears = pattern.MustCompile(`[“"]?十([一二三四五六七])五[”"]?|第十([一二三四五六七])个五年(?:规划|计划)`)
	namedYear = pattern.MustCompile(`([12][0-9]{3}) ?年`)
	thisYear  = pattern.MustCompile(`今年以来|今年`)
	nextFive  = pattern.MustCompile(`(?:今后|未来)([五三])年`)
	// lastYears counts years that a review covers, since names the first of them,
	// sinceTerm the meeting with which a term of five years began.
	lastYears = pattern.MustCompile(`(?:过去|刚刚过去|近|这)的?([两二三四五六七八])年|([两二三四五六七八])年(?:来|以来|间|累计|政府工作|工作)|的([二三四五六])年$|(本届政府)(?:任期|以来|成立)`)
	since     = pattern.MustCompile(`从?([12][0-9]{3}) ?年(?:[0-9]{1,2} ?月(?:份)?)?(?:以来|至今|开始|到现在)`)
	oneYear   = pattern.MustCompile(`(?:过去|刚刚过去)的?(?:这)?一年|^一年来|去年|这一年`)
	// launches says that a heading names a five-year plan for its first year's work.
	launches = pattern.MustCompile(`开好局|起好步|开门红|良好开局|开局之年|开局起步`)
	// ofPlan says that a paragraph speaks of a five-year plan, ofYear of one year.
	ofPlan = pattern.MustCompile(`五”(?:时期|期间|规划|主要)|五年规划|规划纲要|《?纲要|(?:今后|未来)五年|到20[0-9]{2}年`)
	ofYear = pattern.MustCompile(`^.{0,6}(?:今年|20[0-9]{2} ?年是|做好今年|做好20)`)
	// byYear begins a target for the end of a year.
	byYear = pattern.MustCompile(`^(?:力争)?到([12][0-9]{3}) ?年(?:底|末)?[，,]`)
	// inYear begins an account or a task of one year, inPlan one of a five-year plan.
	inYear = pattern.MustCompile(`^([12][0-9]{3}) ?年(?:[，,]|全|是)`)
	inPlan = pattern.MustCompile(`^(?:在)?(?:[“"]?十[一二三四五六七]五[”"]?|第十[一二三四五六七]个五年(?:规划|计划))(?:时期|期间|以来|末|[，,])`)
	// achieved and planned together make a section that looks back and ahead.
	achieved = pattern.MustCompile(`成就|成效|回顾|总结`)
	planned  = pattern.MustCompile(`目标|任务|安排|部署`)
)

// span is the years that something speaks of: from is 0 where it is one year,
// or only the last is known.
type span struct{ from, to int }

// planEnd is the last year of a five-year plan that s names: of the first or
// the last that it names; 0 for none.
func planEnd(s string, last bool) int {
	all := fiveYears.FindAllStringSubmatch(s, -1)
	if len(all) == 0 {
		return 0
	}
	m := all[0]
	if last {
		m = all[len(all)-1]
	}
	return 2010 + 5*(hanNumber(m[1]+m[2])-1)
}

// dater gives items their years, in order: a paragraph that says which years it
// speaks of says so for those that follow, below a heading that names both a
// year and several.
type dater struct {
	d     *report.Document
	years years
	// top is the heading of the first rank that is open, opening how its text
	// begins, stated what a paragraph below it said last; goal is the year by
	// which the targets of the innermost section are to be met, below path.
	top, opening string
	stated       span
	path         []string
	goal         int
}

// years gives the first and last year that an item of a part speaks about;
// first is 0 where it is one.
func (t *dater) item(p report.Part, claim report.Claim, path []string, text string) (from, about int) {
	top := ""
	if len(path) > 0 {
		top = path[0]
	}
	text = halfDigits(addressed.ReplaceAllString(text, ""))
	if top != t.top || t.opening == "" {
		t.top, t.opening, t.stated = top, text, span{}
	}
	if !slices.Equal(path, t.path) {
		t.path, t.goal = slices.Clone(path), 0
	}
	if p == report.PartOpening || p == report.PartClosing || p == report.PartGlossary || p == report.PartNews || p == "" && claim == "" {
		return 0, 0
	}
	var s span
	if p == report.PartReview || p == report.PartProblems && claim != report.ClaimPromised {
		s = t.back(p, path, text)
	} else {
		s = t.ahead(p, path, text)
	}
	if s.from >= s.to || s.to-s.from > 20 || s.from < 1900 {
		s.from = 0
	}
	return s.from, s.to
}

// back gives the years of what looks back: those its own words name, else the
// lowest heading's that names any, else the year under review.
func (t *dater) back(p report.Part, path []string, text string) span {
	usual := span{to: t.years.review}
	if p == report.PartProblems {
		if y := namedYear.FindStringSubmatch(halfDigits(t.top)); y != nil && planEnd(t.top, false) == 0 {
			return span{to: digits(y[1])}
		}
		return usual
	}
	if s, ok := t.ownYears(text); ok {
		t.stated = s
		return s
	}
	for i := len(path) - 1; i >= 0; i-- {
		heading := halfDigits(path[i])
		s, ok := t.looksBackOn(heading)
		switch {
		case !ok:
		case i == 0 && s.from > 0 && t.stated.to > 0 && (s.to == 0 || t.stated.from > 0 || namedYear.MatchString(heading)):
			return t.stated
		default:
			return s
		}
	}
	return usual
}

// ownYears reads the years off the beginning of a paragraph that looks back.
func (t *dater) ownYears(text string) (span, bool) {
	begin := head(text, 24)
	if m := inYear.FindStringSubmatch(begin); m != nil {
		return span{to: digits(m[1])}, true
	}
	if m := inPlan.FindString(begin); m != "" {
		return t.plan(planEnd(m, false)), true
	}
	at := firstClause(begin)
	if m := since.FindStringSubmatch(at); m != nil {
		return span{digits(m[1]), max(t.years.review, 0)}, t.years.review > 0
	}
	if n := lastYears.FindStringSubmatch(at); n != nil {
		return t.last(n), t.years.review > 0
	}
	if oneYear.MatchString(at) {
		under, ok := t.looksBackOn(halfDigits(t.top))
		if !ok || under.to == 0 {
			under.to = t.years.review
		}
		return span{to: under.to}, under.to > 0
	}
	return span{}, false
}

// firstClause is a text as far as its first comma or stop.
func firstClause(s string) string {
	for i, r := range s {
		switch r {
		case '，', ',', '。', '；', '：':
			return s[:i]
		}
	}
	return s
}

// looksBackOn reads the years off a heading: from the first that it names to the last.
func (t *dater) looksBackOn(s string) (span, bool) {
	var out span
	add := func(x span) {
		if x.from > 0 && (out.from == 0 || x.from < out.from) {
			out.from = x.from
		}
		out.to = max(out.to, x.to)
	}
	named := since.FindStringSubmatch(s)
	if named != nil {
		add(span{digits(named[1]), t.years.review})
	}
	if end := planEnd(s, false); end > 0 && t.knowsPlans() && (t.years.given == 0 || end < t.years.given+5) {
		if x := t.plan(end); x.from <= x.to {
			add(x)
		}
	}
	if n := lastYears.FindStringSubmatch(s); n != nil {
		add(t.last(n))
	}
	if m := namedYear.FindStringSubmatch(s); m != nil && named == nil {
		add(span{to: digits(m[1])})
	} else if out == (span{}) && thisYear.MatchString(s) {
		add(span{to: t.years.given})
	}
	return out, out != span{}
}

// knowsPlans says that documents of this kind name five-year plans for the
// years they speak of, and not for what they carry out.
func (t *dater) knowsPlans() bool {
	return reports(t.d.Kind) || t.d.Kind == report.KindPlan
}

// plan gives the years of a five-year plan, as far as they are under review.
func (t *dater) plan(end int) span {
	s := span{end - 4, end}
	if r := t.years.review; r > 0 && r < s.to {
		s.to = r
	}
	return s
}

// last gives the years that end with the one under review. A text that does not
// say which that is may say when they began.
func (t *dater) last(m []string) span {
	n := 5
	if count := m[1] + m[2] + m[3]; count == "两" {
		n = 2
	} else if count != "" {
		n = hanNumber(count)
	}
	if t.years.review > 0 {
		return span{t.years.review - n + 1, t.years.review}
	}
	if b := since.FindStringSubmatch(halfDigits(head(t.opening, 60))); b != nil {
		return span{digits(b[1]), digits(b[1]) + n - 1}
	}
	return span{}
}

// ahead gives the years of what is planned: those of the heading of the first
// rank, of which a paragraph can name one, or the year planned.
func (t *dater) ahead(p report.Part, path []string, text string) span {
	if m := byYear.FindStringSubmatch(text); m != nil {
		if p == report.PartTarget || p == report.PartPlan {
			t.goal = digits(m[1])
		}
		return span{to: digits(m[1])}
	}
	if p == report.PartTarget && t.goal > 0 {
		return span{to: t.goal}
	}
	if y := promisedYear(t.years, head(text, 60)); y > 0 && inYear.MatchString(text) {
		return span{to: y}
	}
	usual := span{to: t.years.plan}
	if all := namedYear.FindAllStringSubmatch(halfDigits(t.d.Title), 2); usual.to == 0 && len(all) == 1 {
		usual.to = digits(all[0][1])
	}
	if t.d.Kind == report.KindPlan {
		if end := planEnd(t.d.Title, true); end > 0 {
			usual = span{end - 4, end}
		}
	}
	if len(path) == 0 {
		return usual
	}
	top := halfDigits(t.top)
	year, plan := 0, span{}
	if m := namedYear.FindStringSubmatch(top); m != nil && since.FindString(top) == "" {
		year = digits(m[1])
	} else if thisYear.MatchString(top) {
		year = t.years.given
	}
	if reports(t.d.Kind) && !launches.MatchString(top) {
		plan = t.future(top)
	}
	switch {
	case year > 0 && plan.to > 0 && ofPlan.MatchString(head(text, 40)) && !ofYear.MatchString(text):
		return plan
	case year > t.years.review:
		return span{to: year}
	case plan.to > 0:
		return plan
	case reports(t.d.Kind) && p == report.PartPlan && !launches.MatchString(top) && ofPlan.MatchString(head(t.opening, 60)) && !ofYear.MatchString(t.opening):
		if end := planEnd(t.opening, true); end > t.years.plan {
			return span{end - 4, end}
		}
	}
	return usual
}

// future gives the years of the plan that a heading names: its last, or those to come.
func (t *dater) future(top string) span {
	if end := planEnd(top, true); end > 0 && end >= t.years.plan {
		return span{end - 4, end}
	}
	if m := nextFive.FindStringSubmatch(top); m != nil && t.years.plan > 0 {
		return span{t.years.plan, t.years.plan + hanNumber(m[1]) - 1}
	}
	return span{}
}

// looksBack says that a paragraph below a heading that looks ahead tells of
// what was achieved: in the plan before the one the heading names, or in a
// section on both (“十四五”时期发展成就和“十五五”时期主要目标任务).
func looksBack(top, s string) bool {
	begins, last := planEnd(head(s, 20), false), planEnd(top, true)
	if begins > 0 && last > 0 {
		return begins < last && lookBack.MatchString(s)
	}
	return achieved.MatchString(top) && planned.MatchString(top) && lookBack.MatchString(s)
}
