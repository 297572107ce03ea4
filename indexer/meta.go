package indexer

import (
	"fmt"
	"strings"

	"youju/indexer/pattern"
	"youju/report"
)

const posts = `(?:代省长|省长|代市长|市长|代区长|区长|代县长|县长|代州长|州长|盟长|代旗长|旗长|代镇长|镇长|代乡长|乡长|代主席|主席|管委会主任)`

var (
	// dateline is ——2025年1月11日在聊城市第十八届人民代表大会第五次会议上, white space taken out.
	dateline = pattern.MustCompile(`([0-9]{4}|[〇○零一二三四五六七八九]{4})年([0-9]{1,2}|[一二三四五六七八九十]{1,3})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})日.{0,30}?在(\p{Han}{2,14}?)(?:第)?[一二三四五六七八九十]{1,3}届人民代表大会`)
	speakers = []*pattern.Pattern{
		pattern.MustCompile(`^[（(]?(?:\p{Han}{0,16}?)` + posts + `[\s\x{3000}\x{00a0}:：]*([\p{Han}·]{2,12}|\p{Han}(?:[\s\x{3000}]+\p{Han}){1,3})[）)]?$`),
		pattern.MustCompile(posts + `[\s\x{3000}\x{00a0}]*([\p{Han}·]{2,8}?)(?:同志)?(?:代表.{2,12})?(?:向大会)?作政府工作报告`),
		pattern.MustCompile(`日\p{Han}{0,12}?` + posts + `[\s\x{3000}]*([\p{Han}·]{2,8}?)在`),
		pattern.MustCompile(`日([\p{Han}·]{2,4})` + posts + `在`),
	}
	// congress and bareDate are a dateline's halves where it is printed on several lines.
	congress  = pattern.MustCompile(`在(\p{Han}{2,14}?)(?:第)?[一二三四五六七八九十]{1,3}届人民代表大会`)
	bareDate  = pattern.MustCompile(`^[（(]?([0-9]{4}|[〇○零一二三四五六七八九]{4})年([0-9]{1,2}|[一二三四五六七八九十]{1,3})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})日[）)]?$`)
	docNumber = pattern.MustCompile(`^\p{Han}{1,12}〔(?:[0-9]{4})〕\s*[0-9]{1,4}\s*号$`)
	spelled   = pattern.MustCompile(`^(?:\p{Han}[\s\x{3000}]+){2,}\p{Han}$`)
	titleYear = pattern.MustCompile(`([0-9]{4}) ?年`)
	issueDate = pattern.MustCompile(`^([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日(?:印发)?$`)
	continued = pattern.MustCompile(`^[（(]\s*上接(.{1,12}?)[）)]\s*`)
	titleLike = pattern.MustCompile(`工作报告|通知|方案|意见|办法|规划|纲要|决定|公报|公告|清单|报告$|计划$`)
	opens     = pattern.MustCompile(`^(?:各位代表|(?:现在)?[，,]?我代表|.{4,}如下[:：。]?$)`)
)

// headLine says that a block can stand above the text: a title, a dateline, a name.
func headLine(b block) bool {
	if b.bullet || opens.MatchString(b.s) || continued.MatchString(b.s) || listNumber(b.s) != nil || numeralHead(b.s) != nil || headsChapter(b.s) || decimalNumber(b.s) != nil || decimalTop.MatchString(b.s) {
		return false
	}
	if dateline.MatchString(squeeze(b.s)) && b.runes() < 90 {
		return true
	}
	return b.within(60) && !strings.Contains(b.s, "。") || docNumber.MatchString(b.s) || b.runes() < 60 && strings.HasSuffix(b.s, "作政府工作报告。")
}

// squeeze takes all white space out and writes digits half-width.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if isBlank(r) {
			return -1
		}
		return halfDigit(r)
	}, s)
}

func halfDigit(r rune) rune {
	if r >= '０' && r <= '９' {
		return r - '０' + '0'
	}
	return r
}

// halfDigits writes the digits of s half-width.
func halfDigits(s string) string { return strings.Map(halfDigit, s) }

// readHead reads what stands above the text and gives where the text begins.
func readHead(d *report.Document, a *article, blocks []block) int {
	n := 0
	for n < len(blocks) && n < 30 && headLine(blocks[n]) && !(n > 0 && isBodyTitle(blocks, n)) {
		n++
	}
	var joined strings.Builder
	for i, b := range blocks[:n] {
		line := strings.TrimSpace(b.s)
		switch {
		case spelled.MatchString(line):
			line = squeeze(line)
		case docNumber.MatchString(squeeze(line)):
			d.Number = squeeze(line)
			continue
		}
		joined.WriteString(squeeze(line))
		joined.WriteByte('\n')
		if d.Speaker == "" {
			d.Speaker = speaker(line)
		}
		if d.Title == "" && !imprint().match(line) && (i == 0 && a.portal || titleLike.MatchString(line) && !dateline.MatchString(squeeze(line)) && !strings.HasSuffix(line, "文件") && !strings.HasSuffix(line, "作政府工作报告。")) {
			d.Title = line
			if !a.portal {
				d.Title = closeGaps(line)
			}
		}
	}
	if len(blocks) > 0 && d.Title == "" && n > 0 {
		d.Title = firstTitle(blocks[:n])
	}
	whole := strings.ReplaceAll(joined.String(), "\n", "")
	if m := dateline.FindStringSubmatch(whole); m != nil {
		d.Date = fmt.Sprintf("%04d-%02d-%02d", yearNumber(m[1]), dayNumber(m[2]), dayNumber(m[3]))
		d.Year = yearNumber(m[1])
		d.Place = lookupPlace(m[4], report.Place{})
	} else if m := congress.FindStringSubmatch(whole); m != nil {
		d.Place = lookupPlace(m[1], report.Place{})
		for _, line := range strings.Split(joined.String(), "\n") {
			if m := bareDate.FindStringSubmatch(line); m != nil && d.Date == "" {
				d.Date = fmt.Sprintf("%04d-%02d-%02d", yearNumber(m[1]), dayNumber(m[2]), dayNumber(m[3]))
				d.Year = yearNumber(m[1])
			}
		}
	}
	if d.Speaker == "" {
		d.Speaker = speaker(whole)
	}
	return n
}

// gap is a space between two ideographs, which a line break left in a title.
var gap = pattern.MustCompile(`(\p{Han})[\s\x{3000}]+(\p{Han})`)

// closeGaps takes out what a title's line breaks left behind.
func closeGaps(s string) string {
	return gap.ReplaceAllString(gap.ReplaceAllString(s, "$1$2"), "$1$2")
}

// isBodyTitle keeps a bare heading of the text itself out of the head: what a
// long paragraph follows, once a salutation or a dateline has been seen.
func isBodyTitle(blocks []block, n int) bool {
	if n+1 >= len(blocks) || blocks[n+1].runes() < 80 || !topHeading.MatchString(blocks[n].s) {
		return false
	}
	for _, b := range blocks[:n] {
		if opens.MatchString(b.s) {
			return true
		}
	}
	return false
}

func firstTitle(head []block) string {
	for _, b := range head {
		if !imprint().match(b.s) && b.runes() >= 4 && speaker(b.s) == "" {
			return b.s
		}
	}
	return ""
}

func speaker(line string) string {
	for _, re := range speakers {
		m := re.FindStringSubmatch(line)
		if m == nil || strings.Contains(m[1], "报告") || strings.Contains(m[1], "政府") {
			continue
		}
		return strings.TrimSuffix(squeeze(m[1]), "同志")
	}
	return ""
}

// yearNumber reads 2026 and 二〇二六.
func yearNumber(s string) int {
	if s[0] >= '0' && s[0] <= '9' {
		return digits(s)
	}
	n := 0
	for _, r := range s {
		n *= 10
		if i := strings.IndexRune("一二三四五六七八九", r); i >= 0 {
			n += i/3 + 1
		}
	}
	return n
}

func dayNumber(s string) int {
	if s[0] >= '0' && s[0] <= '9' {
		return digits(s)
	}
	return hanNumber(s)
}

// complete fills in what the head did not say, from the title, the annex
// titles and the headings, in that order; never from an upload date or a file's name.
func complete(d *report.Document, a *article, blocks []block) {
	if d.Kind == "" {
		d.Kind = kindOf(d, a, blocks)
	}
	if d.Year == 0 && d.Kind != report.KindNews {
		d.Year = statedYear(d, blocks)
	}
	if d.Date == "" {
		d.Date = issuedOn(d, a, blocks)
	}
	if d.Place == (report.Place{}) {
		d.Place = statedPlace(d, a, blocks)
	}
	switch d.Kind {
	case report.KindReport:
		d.Year = reportYear(d, blocks)
		if d.Year > 0 {
			d.PlanYear = d.Year
		}
	case report.KindAssignment, report.KindBudget, report.KindPlan:
		d.PlanYear = d.Year
	}
	if d.Kind == report.KindReport && genericTitle(d.Title) && d.Year > 0 && d.Place.Name() != "" {
		d.Title = fmt.Sprintf("%d年%s政府工作报告", d.Year, d.Place.Name())
	}
	if d.Title == "" {
		d.Title = "（无标题）"
	}
}

// reportYear is the year that a report is of. One that is given at the end of
// a year looks back on that year and plans the next: it is the next year's, as
// its title and headings say.
func reportYear(d *report.Document, blocks []block) int {
	if d.Year == 0 || len(d.Date) < 7 || d.Date[5:7] < "11" || d.Date[:4] != fmt.Sprint(d.Year) {
		return d.Year
	}
	headings := *d
	headings.Title = ""
	if said := statedYear(d, blocks); said == d.Year+1 || said == d.Year && statedYear(&headings, blocks) == d.Year+1 {
		return d.Year + 1
	}
	return d.Year
}

func genericTitle(s string) bool {
	s = squeeze(s)
	return s == "" || s == "政府工作报告" || s == "工作报告" || strings.HasSuffix(s, "年政府工作报告") && len([]rune(s)) <= 11
}

var (
	reviewOf = pattern.MustCompile(`([0-9]{4}) ?年.{0,24}(?:回顾|总结)`)
	planOf   = pattern.MustCompile(`([0-9]{4}) ?年.{0,16}(?:目标|任务|安排|工作|重点|清单|部署)`)
)

// statedYear reads the year of delivery from the title, then from the annex
// titles and headings: a report reviews the year before its own.
func statedYear(d *report.Document, blocks []block) int {
	if all := titleYear.FindAllStringSubmatch(halfDigits(d.Title), -1); len(all) > 0 {
		// A budget report names the year it looks back on before its own.
		if d.Kind == report.KindBudget {
			return digits(all[len(all)-1][1])
		}
		return digits(all[0][1])
	}
	review := 0
	for _, b := range blocks {
		if numeralHead(b.s) == nil && !isAnnexTitle(b.s) {
			continue
		}
		line := halfDigits(head(b.s, 50))
		if m := reviewOf.FindStringSubmatch(line); m != nil && review == 0 {
			review = digits(m[1]) + 1
		} else if m := planOf.FindStringSubmatch(line); m != nil {
			return digits(m[1])
		}
	}
	return review
}

// issuedOn reads the date from the imprint; a news piece has only the day it was put up.
func issuedOn(d *report.Document, a *article, blocks []block) string {
	if d.Kind == report.KindNews {
		return a.uploaded
	}
	for _, b := range blocks {
		if m := issueDate.FindStringSubmatch(halfDigits(head(b.s, 40))); m != nil {
			return m[1] + "-" + pad(m[2]) + "-" + pad(m[3])
		}
	}
	return ""
}

// reviewed fills in the year looked back on, where there is a review.
func reviewed(d *report.Document) {
	if d.Kind != report.KindReport || d.Year == 0 || d.ReviewYear != 0 {
		return
	}
	for _, s := range d.Sections {
		if s.Part == report.PartReview {
			d.ReviewYear = d.Year - 1
			return
		}
	}
}
