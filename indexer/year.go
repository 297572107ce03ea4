package indexer

import (
	"fmt"
	"strings"

	"youju/indexer/pattern"
	"youju/report"
)

var (
	// titleYear is a year that a title names: 2030年, 2026—2030, 回眸2030：.
	titleYear = pattern.MustCompile(`([0-9]{4}) ?(?:年|[-—－–~至]{1,2}[0-9]{4}|[:：，,])`)
	reviewOf  = pattern.MustCompile(`([0-9]{4}) ?年.{0,24}(?:回顾|总结)`)
	planOf    = pattern.MustCompile(`([0-9]{4}) ?年.{0,16}(?:目标|任务|安排|工作|重点|清单|部署)`)
	// recalled is a year that a title names without the word 年: 回眸2023.
	recalled = pattern.MustCompile(`(?:回眸|回顾|盘点|数读|数说|图说|走过|再见|告别|奋进)([0-9]{4})(?:[^0-9年]|$)`)
	// issueMark is the line 〔2023〕第16期 of minutes and bulletins.
	issueMark = pattern.MustCompile(`^[〔\[（(【﹝]?([0-9]{4})(?:[〕\]）)】﹞]|年)第?[0-9]{1,4}[期次号]`)
	// explained is the number of the paper that another one explains.
	explained = pattern.MustCompile(`》[（(][^（()）]{0,24}?[〔\[【﹝（(]([0-9]{4})[〕\]】﹞）)][0-9]{1,4}号`)
	// adopted is when a text says that a paper was issued, effective from when it holds.
	adopted   = pattern.MustCompile(`([0-9]{4})年[0-9]{1,2}月(?:[0-9]{1,2}日)?[，,]?[^。；，,]{0,40}(?:印发|出台|发布|公布|制定)了?[^。；，,]{0,10}《`)
	effective = pattern.MustCompile(`自([0-9]{4})年[0-9]{1,2}月[0-9]{1,2}日?(?:起|开始)(?:正式)?(?:施行|实施|执行|生效|试行)`)
	// headYear is a year at the beginning of a heading.
	headYear = pattern.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、)?(?:过去|刚刚过去)?的?([0-9]{4}) ?年`)
	// aimed is the sentence that sets a year's targets.
	aimed = pattern.MustCompile(`(^|[^到至])([0-9]{4}) ?年[^。，]{0,24}(?:预期目标|主要目标|奋斗目标|总体要求)(?:是|为|[:：])`)
	// horizon is the year that a plan looks out to beyond its own.
	horizon = pattern.MustCompile(`[0-9]{4} ?年(?:远景|长远|愿景)`)
	// plannedYears are the first and the last of a plan's years.
	plannedYears = pattern.MustCompile(`([0-9]{4}) ?年?[-—－–~至到]{1,2}([0-9]{4}) ?年`)
)

// found is a year with the words it was read from.
type found struct {
	year  int
	quote string
	weak  bool
}

// setYear fills in the year where neither a description nor the dateline gave
// it, by the rule of the document's kind; never from an upload date or a file's name.
func setYear(d *report.Document, blocks []block) {
	if d.Year != 0 {
		return
	}
	title, issue := yearInTitle(d), yearOfIssue(d)
	var f found
	switch report.KindInfo(d.Kind).Year {
	case report.YearOfDelivery:
		if f = title; f.year == 0 {
			f = yearInHeadings(blocks)
		}
		if f.year == 0 {
			f = issue
		}
	case report.YearOfIssue:
		if f = issue; f.year == 0 {
			f = title
		}
		if f.year == 0 {
			f = yearInText(blocks)
		}
	case report.YearOfAdoption:
		if f = issue; f.year == 0 {
			f = found{firstYear(d.Title), d.Title, true}
		}
	case report.YearInTitle:
		if f = title; f.year == 0 || issue.year != 0 && headIs("issued", bareTitle(d.Title)) {
			f = issue
		}
		if f.year == 0 {
			f = yearReviewed(blocks)
		}
	}
	if f.year == 0 {
		return
	}
	d.Year = f.year
	attest(d, "year", f.quote)
	if f.weak {
		doubt(d, "year")
	}
}

// yearInTitle reads the title's year; a budget names the year it looks back on first.
func yearInTitle(d *report.Document) found {
	title := horizon.ReplaceAllString(halfDigits(d.Title), "")
	all := titleYear.FindAllStringSubmatch(title, -1)
	if len(all) == 0 {
		if m := recalled.FindStringSubmatch(title); m != nil {
			return found{year: digits(m[1]), quote: d.Title}
		}
		return found{}
	}
	m := all[0]
	if d.Kind == report.KindBudget {
		m = all[len(all)-1]
	}
	return found{year: digits(m[1]), quote: d.Title}
}

// yearOfIssue reads the year from the number, else from the date.
func yearOfIssue(d *report.Document) found {
	if y := numberYear(d.Number); y > 1949 {
		return found{year: y, quote: d.Number}
	}
	if len(d.Date) >= 4 {
		return found{year: digits(d.Date[:4]), quote: d.Source.Evidence["date"]}
	}
	return found{}
}

// yearInText reads a year of issue from what the text itself says, where neither
// number nor date nor title does: the mark of its issue, the number of the paper
// it explains, when that came out; at last, from when it holds.
func yearInText(blocks []block) found {
	for _, b := range blocks[:min(len(blocks), headLines)] {
		if m := issueMark.FindStringSubmatch(squeeze(b.s)); m != nil {
			return found{year: digits(m[1]), quote: b.s}
		}
	}
	for _, re := range []*pattern.Pattern{explained, adopted, effective} {
		for _, b := range blocks {
			if m := re.FindStringSubmatch(squeeze(b.s)); m != nil {
				return found{year: digits(m[1]), quote: m[0], weak: true}
			}
		}
	}
	return found{}
}

// yearReviewed is the year that a heading says the text looks back on.
func yearReviewed(blocks []block) found {
	for _, b := range blocks {
		line := halfDigits(head(b.s, 50))
		if !b.within(40) || strings.ContainsAny(b.s, "。；") {
			continue
		}
		if m := reviewOf.FindStringSubmatch(line); m != nil {
			return found{year: digits(m[1]), quote: b.s, weak: true}
		}
	}
	return found{}
}

// firstYear is the first year of a plan that a title names: 2021 of the fourteenth.
func firstYear(title string) int {
	if m := plannedYears.FindStringSubmatch(halfDigits(title)); m != nil {
		return digits(m[1])
	}
	if end := planEnd(title, false); end > 0 {
		return end - 4
	}
	return 0
}

// lastYear is the last year of a plan that a title names, 0 where it names none.
func lastYear(title string) int {
	if m := plannedYears.FindStringSubmatch(halfDigits(title)); m != nil {
		return digits(m[2])
	}
	return planEnd(title, false)
}

// yearInHeadings reads the year of delivery from annex titles and headings, with
// or without numerals: a report reviews the year before its own. At last it
// looks for the sentence on the year's targets.
func yearInHeadings(blocks []block) found {
	var review, plan found
	before := 0
	for _, b := range blocks {
		line := halfDigits(head(b.s, 50))
		bare := b.within(40) && !strings.ContainsAny(b.s, "。；")
		if numeralHead(b.s) == nil && !isAnnexTitle(b.s) && !(bare && headYear.MatchString(line)) {
			continue
		}
		if m := headYear.FindStringSubmatch(line); m != nil {
			y := digits(m[1])
			if y == before+1 {
				return found{year: y, quote: b.s}
			}
			before = y
		}
		if m := reviewOf.FindStringSubmatch(line); m != nil {
			if review.year == 0 {
				review = found{year: digits(m[1]) + 1, quote: b.s}
			}
		} else if m := planOf.FindStringSubmatch(line); m != nil && plan.year == 0 {
			plan = found{year: digits(m[1]), quote: b.s}
		}
	}
	switch {
	case plan.year > 0:
		return plan
	case review.year > 0:
		return review
	}
	for _, b := range blocks {
		if m := aimed.FindStringSubmatch(halfDigits(head(b.s, 120))); m != nil {
			return found{year: digits(m[2]), quote: m[0], weak: true}
		}
	}
	return found{}
}

// reportYear is the year that a report is of. One that is given at the end of
// a year looks back on that year and plans the next: it is the next year's, as
// its title and headings say.
func reportYear(d *report.Document, blocks []block) int {
	if d.Year == 0 || len(d.Date) < 7 || d.Date[5:7] < "11" || d.Date[:4] != fmt.Sprint(d.Year) {
		return d.Year
	}
	headings := yearInHeadings(blocks).year
	if titled := yearInTitle(d).year; titled == d.Year+1 || (titled == d.Year || titled == 0) && headings == d.Year+1 {
		return d.Year + 1
	}
	return d.Year
}

// setYears fills in the years that a document plans and looks back on.
func setYears(d *report.Document, blocks []block) {
	title := halfDigits(d.Title)
	switch genre := report.KindInfo(d.Kind); {
	case genre.Year == report.YearOfDelivery:
		d.Year = reportYear(d, blocks)
		d.PlanYear = d.Year
	case d.Kind == report.KindPlan:
		if d.PlanYear = lastYear(title); d.PlanYear == 0 {
			d.PlanYear = d.Year
		}
	case genre.Claim == report.ClaimPromised:
		d.PlanYear = d.Year
	case genre.Claim == report.ClaimDone:
		d.ReviewYear = d.Year
		if all := titleYear.FindAllStringSubmatch(title, -1); len(all) > 1 && digits(all[len(all)-1][1]) == d.Year+1 {
			d.PlanYear = d.Year + 1
		}
	}
}

// reviewed fills in the year looked back on, where there is a review.
func reviewed(d *report.Document) {
	if report.KindInfo(d.Kind).Year != report.YearOfDelivery || d.Year == 0 || d.ReviewYear != 0 {
		return
	}
	for _, s := range d.Sections {
		if s.Part == report.PartReview {
			d.ReviewYear = d.Year - 1
			return
		}
	}
}
