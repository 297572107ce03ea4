package indexer

import (
	"youju/indexer/pattern"
	"youju/report"
)

var (
	fiveYears = pattern.MustCompile(`[“"]?十([一二三四五六七])五[”"]?|第十([一二三四五六七])个五年规划`)
	namedYear = pattern.MustCompile(`(20[0-9]{2}) ?年`)
	thisYear  = pattern.MustCompile(`今年以来|今年`)
	nextFive  = pattern.MustCompile(`(?:今后|未来)五年`)
	// launches says that a heading names a five-year plan for its first year's work.
	launches = pattern.MustCompile(`开好局|起好步|开门红|良好开局|开局之年|开局起步`)
	// ofPlan says that a paragraph speaks of a five-year plan, ofYear of one year.
	ofPlan = pattern.MustCompile(`五”(?:时期|期间|规划|主要)|五年规划|规划纲要|《?纲要|(?:今后|未来)五年|到20[0-9]{2}年`)
	ofYear = pattern.MustCompile(`^.{0,6}(?:今年|20[0-9]{2} ?年是|做好今年|做好20)`)
	// achieved and planned together make a section that looks back and ahead.
	achieved = pattern.MustCompile(`成就|成效|回顾|总结`)
	planned  = pattern.MustCompile(`目标|任务|安排|部署`)
)

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

// aboutYear gives the year an item of a part speaks about: that which its
// first-level heading names. A section on a five-year plan speaks about the
// plan's last year. opening is how the section begins, where its heading names
// no year.
func aboutYear(d *report.Document, p report.Part, headings []string, text, opening string) int {
	if claimOf(p) == "" && p != report.PartProblems {
		return 0
	}
	back := p == report.PartReview || p == report.PartProblems
	usual := d.PlanYear
	if back {
		usual = d.ReviewYear
	}
	if len(headings) == 0 {
		return usual
	}
	top := halfDigits(headings[0])
	year, plan := 0, 0
	if m := namedYear.FindStringSubmatch(top); m != nil {
		year = digits(m[1])
	} else if thisYear.MatchString(top) {
		year = d.Year
	}
	if d.Kind == report.KindReport && !launches.MatchString(top) {
		plan = planEnd(top, !back)
		if back && plan > d.ReviewYear {
			plan = 0
		}
		if plan == 0 && !back && d.Year > 0 && nextFive.MatchString(top) {
			plan = d.Year + 4
		}
	}
	switch {
	case year > 0 && plan > 0 && !back && ofPlan.MatchString(head(text, 40)) && !ofYear.MatchString(text):
		return plan
	case year > 0:
		return year
	case plan > 0:
		return plan
	case d.Kind == report.KindReport && p == report.PartPlan && !launches.MatchString(top) && ofPlan.MatchString(head(opening, 60)) && !ofYear.MatchString(opening):
		if plan := planEnd(opening, true); plan > d.PlanYear {
			return plan
		}
	}
	return usual
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
