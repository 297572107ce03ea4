package indexer

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"youju/indexer/pattern"
	"youju/report"
)

// years are the years that a text's parts are about: of the document, or where
// that has none of its first headings.
type years struct {
	// review is looked back on, plan planned; given is the year of delivery. 0 is unknown.
	review, plan, given int
}

// readYears takes a document's years, or those its first-rank headings name:
// the one a heading looks back on, else the earlier of two. A report given late
// in a year looks back on that very year, and its heading says so.
func readYears(d *report.Document, blocks []block) years {
	y := years{d.ReviewYear, d.PlanYear, d.Year}
	if !reports(d.Kind) {
		if review, plan := titleYears(d); review > 0 {
			// What is stated of the paper is the year it was issued.
			y.review, y.plan = review, plan
		}
		if y.review == 0 && y.plan == 0 {
			y.review = accountYear(d.Kind, blocks)
		}
		return y
	}
	review, plan, first, last := headingYears(blocks)
	late := len(d.Date) >= len("2006-01") && d.Date[len("2006-"):len("2006-01")] >= "11"
	switch {
	case review > 0 && (review == y.given || y.review == 0):
		y.review, y.plan = review, max(plan, review+1)
	case y.given > 0 && (plan == y.given+1 || first == y.given && last > first || late && plan == 0):
		y.review, y.plan = y.given, y.given+1
	case y.review > 0 || y.given > 0:
	case plan > 0:
		y.review, y.plan = plan-1, plan
	case last > first:
		y.review, y.plan = first, last
	}
	if y.plan == 0 {
		y.plan = y.given
	}
	if y.review == 0 && y.plan > 0 {
		y.review = y.plan - 1
	}
	return y
}

// titleYears gives the years that a paper's title looks back on and plans for:
// one in the title of a bulletin or a summary is looked back on, the later of
// two is planned.
func titleYears(d *report.Document) (review, plan int) {
	all := accountedYear.FindAllStringSubmatch(halfDigits(d.Title), 3)
	accounts := usualPart(d.Kind) == report.PartReview || d.Kind == report.KindOther && slices.ContainsFunc(heaviest("title", subject(d.Title), ""),
		func(v vote) bool { return v.part == report.PartReview })
	if !accounts || len(all) == 0 || planEnd(d.Title, true) > 0 {
		return 0, 0
	}
	review = digits(all[0][1])
	switch last := digits(all[len(all)-1][1]); {
	case last > review:
		return review, last
	case withinYear.MatchString(d.Title):
		return review, review
	}
	return review, review + 1
}

// accountedYear is a year in the title of an account: 2030年, 回眸2030：.
var accountedYear = pattern.MustCompile(`([12][0-9]{3}) ?(?:年|[:：，,])`)

// withinYear is in the title of an account of a part of a year, which goes on.
var withinYear = pattern.MustCompile(`上半年|季度|[0-9一二三四五六七八九十] ?月`)

// headingYears gives the years that headings of the first rank look back on and
// plan for, and the first and the last year they name.
func headingYears(blocks []block) (review, plan, first, last int) {
	for i, b := range blocks {
		n := numeralHead(b.s)
		if !b.within(40) || (n == nil || n.level > 1) && !(isTitle(b.s) && isBareHeading(b, following(blocks, i))) {
			continue
		}
		all := namedYear.FindAllStringSubmatch(halfDigits(b.s), 2)
		for _, m := range all {
			if first == 0 {
				first = digits(m[1])
			}
			last = max(last, digits(m[1]))
		}
		if len(all) != 1 {
			continue
		}
		var v verdict
		v.readsHeading(years{}, b.s)
		switch p, _ := v.part(plainly); {
		case p == report.PartReview && review == 0:
			review = last
		case p == report.PartPlan && plan == 0:
			plan = last
		}
	}
	return review, plan, first, last
}

// accountYear is the year that a text which accounts for one begins with, 0 where
// it begins otherwise (a bulletin: 2030年，面对复杂形势，…).
func accountYear(k report.Kind, blocks []block) int {
	for _, b := range blocks[:min(len(blocks), 4)] {
		m := inYear.FindStringSubmatch(halfDigits(b.s))
		if m == nil || b.within(30) {
			continue
		}
		var v verdict
		v.readsText(years{}, []string{b.s})
		if p, _ := v.part(margin); p == report.PartReview || usualPart(k) == report.PartReview {
			return digits(m[1])
		}
	}
	return 0
}

// reports says that documents of a kind are given by somebody before a meeting:
// they look back and ahead.
func reports(k report.Kind) bool { return len(report.KindInfo(k).Posts) > 0 }

// sectionPart tells a section's part and by what: what somebody stated, the
// list it stands in, or what its heading, the sections around it and its text
// say. mixed says that its paragraphs need to be asked one by one.
func (o *outline) sectionPart(level int, title text, given report.Part) (p report.Part, evidence string, mixed bool) {
	name := strings.TrimRight(title.s, "。：: ")
	if p, ok := o.stated[squeezedHeading(name)]; ok {
		return p, "说明文件", false
	}
	switch {
	case given != "":
		return given, "", false
	case o.doc.Kind == report.KindNews:
		return report.PartNews, "", false
	case o.notice:
		return report.PartOpening, "", false
	case o.series != "":
		return o.series, "", false
	}
	switch p := usualPart(o.doc.Kind); p {
	case report.PartReview, report.PartPlan, "":
	default:
		if q := partOf("sub", name); q != "" {
			return q, "标题", false
		}
		return p, "文种", false
	}
	var v verdict
	v.readsHeading(o.years, name)
	if above := o.above(); above != nil && above.part != "" {
		p, evidence = o.lowerPart(above.part, &v, level, title, name)
		return p, evidence, above.mixed && p == above.part
	}
	mixed = v.sums[report.PartReview] >= plainly && v.sums[report.PartPlan] >= plainly
	said, _ := v.part(plainly)
	v.readsText(o.years, o.below(title, level))
	v.add(o.placeVote(level))
	p, lead := v.part(margin)
	if said != "" && p != said {
		// A heading that leaves no doubt stands; its text is asked paragraph by paragraph.
		return said, v.says(said), true
	}
	evidence = v.says(p)
	if lead < plainly && said == "" {
		mixed = true
		if evidence != "" {
			evidence = "推断：" + evidence
		}
	}
	if p == report.PartPlan && reports(o.doc.Kind) {
		if q := partOf("head", name); q != "" {
			return q, "标题", mixed
		}
	}
	return p, evidence, mixed
}

// above is the innermost open section, nil where none is.
func (o *outline) above() *open {
	if len(o.stack) == 0 {
		return nil
	}
	return &o.stack[len(o.stack)-1]
}

// lowerPart is the part of a section below another: that one's, unless its own
// heading and text say plainly otherwise.
func (o *outline) lowerPart(above report.Part, v *verdict, level int, title text, name string) (report.Part, string) {
	ahead := above == report.PartPlan || above == report.PartTarget
	own, lead := v.part(plainly)
	if own == report.PartPlan && lead < 6 && !aheadFirst.MatchString(name) {
		// 任务 and 目标 stand in headings of reviews too (以落实战略任务为牵引).
		own = ""
	}
	if own != "" && (ahead && own == report.PartReview || above == report.PartReview && own != report.PartReview) {
		v.readsText(o.years, o.below(title, level))
		if p, _ := v.part(plainly); p == own {
			return own, v.says(own)
		}
	}
	if ahead {
		if p := partOf("sub", name); p == report.PartTarget || p != "" && reports(o.doc.Kind) {
			return p, "标题"
		}
	}
	if above == report.PartTarget && level == 2 {
		above = report.PartPlan
	}
	return above, "上级标题"
}

// aheadFirst begins a heading with a time to come, behind its number.
var aheadFirst = pattern.MustCompile(`^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]\s*)?(?:下一?步|今后|未来|明年|来年|下半年|下一?阶段)`)

// placeVote is what the place of a section among the others says: reports look
// back first, and plans follow plans.
func (o *outline) placeVote(level int) vote {
	if level > 1 && len(o.doc.Sections) == 0 && o.continued {
		// The text begins in mid-report: plans come last and are the longest part.
		return vote{report.PartPlan, 3, "", "开头缺失"}
	}
	before := o.usual
	for _, s := range o.doc.Sections {
		if s.Level == 1 && s.Part != "" {
			before = s.Part
		}
	}
	switch before {
	case report.PartPlan, report.PartTarget, report.PartGovernance:
		return vote{report.PartPlan, 3, "", "上文为工作安排"}
	case report.PartReview:
		if o.usual == report.PartReview {
			// The review began without a heading: its sections are on its matters.
			return vote{report.PartReview, 2, "", "上文为工作回顾"}
		}
	case "", report.PartOpening:
		if len(o.doc.Sections) == 0 && reports(o.doc.Kind) {
			return vote{report.PartReview, 1.5, "", "首个部分"}
		}
	}
	return o.kindVote()
}

// kindVote is what a paper's kind or title says. A notice orders, but may only tell.
func (o *outline) kindVote() vote {
	if reports(o.doc.Kind) {
		return vote{}
	}
	if p := usualPart(o.doc.Kind); p != "" {
		return vote{p, 2.5, "", "文种"}
	}
	for _, v := range heaviest("title", subject(o.doc.Title), "题名") {
		return v
	}
	if o.doc.Kind == report.KindNotice {
		return vote{report.PartPlan, 1, "", "文种"}
	}
	return vote{}
}

// subject is what a title is on, without 的通知 and the marks of a quoted title.
func subject(title string) string {
	return strings.TrimRight(paperName.ReplaceAllString(bareTitle(title), ""), "》〉")
}

// paperName ends the title of a paper that is named for its form.
var paperName = pattern.MustCompile(`的?(?:通知|通报|报告|汇报|公告|通告|函)$`)

// usualPart is the part of a kind's text where nothing in it says otherwise; ""
// for kinds whose text may be anything.
func usualPart(k report.Kind) report.Part { return report.KindInfo(k).Part }

// part is the part of the innermost open section.
func (o *outline) part() report.Part {
	switch {
	case len(o.stack) > 0:
		return o.stack[len(o.stack)-1].part
	case o.notice:
		return report.PartOpening
	case o.doc.Kind == report.KindNews:
		return report.PartNews
	case o.series != "":
		return o.series
	case o.usual != "":
		return o.usual
	case reports(o.doc.Kind):
		return report.PartOpening
	}
	return usualPart(o.doc.Kind)
}

// formula ends what a speaker says before the report itself.
var formula = pattern.MustCompile(`(?:请予?|请各位代表|一并|提请|请大会)(?:予以?)?审[议查]|提出(?:宝贵)?意见|(?:作|做|报告).{0,16}工作(?:报告)?(?:如下)?[，,。：:]|报告如下|汇报如下`)

// loose gives the part of a paragraph that stands below no heading: the
// opening as far as the formula, then what the text says, once it says it plainly.
func (o *outline) loose(s string) report.Part {
	at := o.part()
	if o.notice || at == report.PartOpening && formula.MatchString(head(s, 200)) {
		return at
	}
	var v verdict
	v.readsText(o.years, []string{s})
	if len(o.drafts) == 0 && at == report.PartOpening && reports(o.doc.Kind) {
		if p, _ := v.part(plainly); p != report.PartReview {
			return at
		}
	}
	least := float64(plainly)
	if w := o.kindVote(); w.weight > 0 {
		v.add(w)
		least = margin
	}
	p, lead := v.part(margin)
	if p == "" || p == report.PartProblems || lead < least && p != at || at == report.PartPlan && p == report.PartReview && lead < 2*plainly {
		return at
	}
	o.usual = p
	return p
}

// paragraphPart is an item's part by its section and its words. Once a
// paragraph has turned to the government's own conduct, those that follow it
// without a heading do too.
func (o *outline) paragraphPart(d draft) report.Part {
	at, whole := o.part(), d.heading.s+d.body.s
	switch s := o.above(); {
	case s == nil && o.series == "" && o.doc.Kind != report.KindNews:
		at = o.loose(whole)
	case s != nil && at == report.PartReview && o.turns(whole):
		for i := range o.stack {
			o.stack[i].part, o.stack[i].last = report.PartPlan, report.PartPlan
		}
		at = report.PartPlan
	case s != nil && s.mixed:
		at = s.paragraph(o.years, whole)
	}
	p := itemPart(o.years, at, whole, d.body.s)
	if p == report.PartPlan && (len(o.stack) == 1 && looksBack(o.stack[0].title, whole) || o.doc.Kind == report.KindPlan && looksBack(o.doc.Title, whole)) {
		return report.PartReview
	}
	if p != report.PartPlan || d.heading.s != "" && !d.dash || len(o.drafts) == 0 {
		return p
	}
	last := o.drafts[len(o.drafts)-1]
	if last.part == report.PartTarget && last.dash || targetsFollow.MatchString(tail(last.body.s, 24)) {
		if d.dash {
			return report.PartTarget
		}
	}
	if last.part == report.PartGovernance && strings.Join(last.path, "\n") == strings.Join(o.path(), "\n") && conductWords(d.body.s) > 0 {
		return last.part
	}
	return p
}

// paragraph is the part of a paragraph in a mixed section: what it says
// itself, else what the one before it was, else the section's.
func (s *open) paragraph(y years, text string) report.Part {
	switch s.part {
	case report.PartReview, report.PartPlan, "":
	default:
		return s.part
	}
	var v verdict
	v.readsText(y, []string{text})
	if s.last == "" {
		s.last = s.part
	}
	v.add(vote{part: s.last, weight: margin})
	if p, _ := v.part(2 * margin); p != "" && p != report.PartProblems {
		s.last = p
	}
	return s.last
}

// turns says that a paragraph of a review begins the plans, in a text that has
// no later heading for them.
func (o *outline) turns(s string) bool {
	var v verdict
	v.readsText(o.years, []string{s})
	begins := slices.ContainsFunc(v.votes, func(w vote) bool { return w.part == report.PartPlan && w.weight >= yearWeight && w.where == "第1段" })
	if p, _ := v.part(plainly); p != report.PartPlan || !begins {
		return false
	}
	for i, b := range o.blocks[o.at+1:] {
		if n := numeralHead(b.s); n == nil && !o.titled(b, following(o.blocks, o.at+1+i)) || n != nil && n.level > 1 {
			continue
		}
		var v verdict
		v.readsHeading(o.years, head(b.s, 40))
		if p, _ := v.part(margin); p == report.PartPlan {
			return false
		}
	}
	return true
}

// claim tells whether an item states a fact or a plan. A promise inside a
// review or among problems is one; a rule says what must be and neither reports
// nor promises.
func (o *outline) claim(d draft) report.Claim {
	if o.doc.Kind == report.KindRules {
		return ""
	}
	if d.part == report.PartProblems && promisedYear(o.years, d.heading.s+d.body.s) != 0 {
		return report.ClaimPromised
	}
	if d.part == "" {
		return report.KindInfo(o.doc.Kind).Claim
	}
	return claimOf(d.part)
}

// squeezedHeading is how headings are compared with what a description names.
func squeezedHeading(s string) string {
	return strings.TrimRight(squeeze(s), "。：:")
}

// unused tells of the headings that somebody gave a part and no section has.
func unused(stated map[string]report.Part, d *report.Document) []report.Problem {
	has := map[string]bool{}
	for _, s := range d.Sections {
		has[squeezedHeading(s.Path[len(s.Path)-1])] = true
	}
	var out []report.Problem
	for _, heading := range slices.Sorted(maps.Keys(stated)) {
		if !has[heading] {
			out = append(out, report.Problem{What: fmt.Sprintf("说明中指定部分的标题“%s”在文中没有", heading)})
		}
	}
	return out
}
