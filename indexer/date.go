package indexer

import (
	"fmt"
	"strings"

	"youju/indexer/pattern"
	"youju/report"
)

// A date as papers print it, white space taken out: 2025年1月11日, 二〇二五年元月十一日,
// 2023.1.10; zeros are written in many ways (二O二三). Groups: year, month, day.
const (
	yearExpr = `([0-9]{4}|[一二三四五六七八九〇○◯零OoＯο0]{4})`
	dateExpr = yearExpr + `(?:年|[-./－．／])([0-9]{1,2}|元|正|[一二三四五六七八九十]{1,3})(?:月份?|[-./－．／])([0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})(?:日|号)?`
	// spanExpr is the rest of several days: 10—12日, 8日至11日.
	spanExpr = `(?:[-—–－~～至到、]{1,2}(?:[0-9]{1,2}月)?(?:[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})(?:日|号)?)?`
	// sessionExpr names a congress; the group is whose it is.
	sessionExpr = `(\p{Han}{0,24}?)(?:第)?[一二三四五六七八九十]{1,3}届(?:全国)?人民代表大会`
)

var (
	// dateline is ——2025年1月11日在聊城市第十八届人民代表大会第五次会议上.
	dateline = pattern.MustCompile(dateExpr + spanExpr + `.{0,30}?在` + sessionExpr)
	// gathering is the same where no congress meets, and passed where it votes.
	gathering = pattern.MustCompile(`^[—\-–－（(]*` + dateExpr + spanExpr + `.{0,30}?在(\p{Han}{2,30}?)(?:第.{1,6}次)?(?:党代表|党员代表|职工代表|工作|全体|人民|人大|代表)*(?:大会|会议)(?:第.{1,6}次(?:全体)?会议)?上?`)
	passed    = pattern.MustCompile(`^[（(]?` + dateExpr + `(\p{Han}{2,60}?)(?:会议|大会)?(?:通过|批准|修订|修正|审议通过)`)
	// sitting is a dateline without 在: 2022年1月18日四团镇第六届人民代表大会第二次会议.
	sitting = pattern.MustCompile(`^[—\-–－（(［\[]*` + dateExpr + spanExpr + `于?` + sessionExpr + `第[一二三四五六七八九十]{1,3}次(?:全体)?会议上?[）)］\]]?$`)
	// published is the remark below a title on who made rules known: （2023年6月1日某县人民政府令第5号公布）.
	published = pattern.MustCompile(`^[（(]` + dateExpr + `(\p{Han}[^，。；]{1,60}?)(?:公布|发布|印发)`)
	// congress and wholeDate are a dateline's halves where it is printed on several lines.
	congress  = pattern.MustCompile(`在` + sessionExpr)
	wholeDate = pattern.MustCompile(`^[—\-–－（(]*` + dateExpr + `[）)]?$`)
	// issued is a date at the end of a paper, alone or with who issued it.
	issued = pattern.MustCompile(`^(?:[^0-9，。：:]{2,40}?)?[（(]?([0-9]{4}|[一二三四五六七八九〇○◯零OoＯο0]{4})(?:年|[.．])([0-9]{1,2}|元|正|[一二三四五六七八九十]{1,3})(?:月|[.．])([0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})(?:日|号)?(?:印发|发布|通过|修订)?[）)]?$`)
	// officeDate is a signature on one line; officeDay the same with a day as machines print it.
	officeDate = pattern.MustCompile(`^\p{Han}{2,36}` + officeEnd + `(?:（.{2,10}）)?` + dateExpr + `(?:印发|发布)?$`)
	// numericDay is such a day alone, below a signature.
	numericDay = pattern.MustCompile(`^` + dateExpr + `$`)
	officeLine = pattern.MustCompile(`^\p{Han}{2,36}` + officeEnd + `$`)
	// heldOn is 时间：2023年6月9日 of an event, which the venue on the next line tells from an upload.
	heldOn = pattern.MustCompile(`^(?:会议|活动|召开|举行|发布)?(?:时间|日期)[:：]` + dateExpr)
	venue  = pattern.MustCompile(`^(?:会议|活动|召开|举行|发布)?(?:地点|地址)[:：]`)
	// convened is when a meeting was held, as its minutes begin.
	convened = pattern.MustCompile(dateExpr + `[^。；]{0,80}?(?:主持召开|召开|主持|召集)`)
	// lastWords are what stands behind the last sentence of a paragraph.
	lastWords = pattern.MustCompile(`[。！？!）)][\s\x{3000}]*([^。！？!，；]{6,80})$`)
)

// dateOf writes the groups of a date as 2006-01-02, "" where there is no such day.
func dateOf(m []string) string {
	y, month, day := yearNumber(m[0]), dayNumber(m[1]), dayNumber(m[2])
	if y < 1900 || y > 2199 || month < 1 || month > 12 || day < 1 || day > 31 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, month, day)
}

// readDateline reads date, year and congress from the lines above the text.
func readDateline(d *report.Document, lines []headed) {
	var joined strings.Builder
	for _, l := range lines {
		if l.role != roleSalutation && l.role != roleNumber && l.role != roleAside {
			joined.WriteString(l.bare)
		}
	}
	whole := joined.String()
	if m := dateline.FindStringSubmatch(whole); m != nil {
		setDate(d, dateOf(m[1:4]), m[0])
		readSession(d, m[4], m[0])
		return
	}
	if m := congress.FindStringSubmatch(whole); m != nil {
		readSession(d, m[1], m[0])
	}
	for i, l := range lines {
		if i+1 < len(lines) && venue.MatchString(lines[i+1].bare) {
			if m := heldOn.FindStringSubmatch(l.bare); m != nil {
				setDate(d, dateOf(m[1:4]), l.s)
			}
		}
		for _, re := range []*pattern.Pattern{sitting, gathering, passed, published, wholeDate} {
			m := re.FindStringSubmatch(l.bare)
			if m == nil || l.role == roleAside {
				continue
			}
			if len(m) > 4 {
				setDate(d, dateOf(m[1:4]), l.s)
				readSession(d, m[4], l.s)
			} else {
				// A date alone says when, not of which year the paper is.
				prove(d, "date", &d.Date, dateOf(m[1:4]), l.s)
			}
		}
		if s := headGives("of.date", l.bare); s != "" {
			if m := wholeDate.FindStringSubmatch(s); m != nil {
				prove(d, "date", &d.Date, dateOf(m[1:4]), l.s)
			}
		}
	}
}

// setDate takes over the date of delivery, which is also the year's.
func setDate(d *report.Document, date, quote string) {
	if date == "" || d.Date != "" {
		return
	}
	d.Date = date
	attest(d, "date", quote)
	if d.Year == 0 {
		d.Year = digits(date[:4])
		attest(d, "year", quote)
	}
}

// officeEnd ends the name of an office that signs.
const officeEnd = `(?:政府|办公室|办公厅|委员会|局|委|厅|部|办|院|中心|办事处|指挥部|领导小组|集团|公司|街道|大队|支队|总队|银行|学校)`

// issuedOn reads the date at the end of a paper, or above its text.
func issuedOn(blocks []block) (date, quote string) {
	said := false
	for i, b := range blocks {
		s := closing(b)
		if s != "" && !headIs("upload", s) {
			m := issued.FindStringSubmatch(s)
			if m == nil && said {
				// As machines print it a date may be an upload's: only a signature makes it the paper's.
				m = signedDay(blocks, i, s)
			}
			if m != nil {
				if date := dateOf(m[1:4]); date != "" {
					return date, s
				}
			}
		}
		said = said || strings.Contains(b.s, "。")
	}
	return "", ""
}

// signedDay reads 2023-05-06 behind an office's name or below a line of it.
func signedDay(blocks []block, i int, s string) []string {
	if m := officeDate.FindStringSubmatch(s); m != nil {
		return m
	}
	if officeLine.MatchString(closing(blocks[i-1])) {
		return numericDay.FindStringSubmatch(s)
	}
	return nil
}

// closing is the squeezed line that can be a signature: a short one, or what
// stands behind the last sentence of a long one; "" where there is none.
func closing(b block) string {
	if b.within(60) {
		return squeeze(b.s)
	}
	if m := lastWords.FindStringSubmatch(tail(b.s, 100)); m != nil {
		if s := squeeze(m[1]); officeDate.MatchString(s) || wholeDate.MatchString(s) {
			return s
		}
	}
	return ""
}

// convenedOn reads when the meeting was held whose minutes these are.
func convenedOn(blocks []block) (date, quote string) {
	for _, b := range blocks[:min(len(blocks), 12)] {
		if m := convened.FindStringSubmatch(squeeze(head(b.s, 160))); m != nil {
			return dateOf(m[1:4]), m[0]
		}
	}
	return "", ""
}

// yearNumber reads 2026 and 二〇二六, with whatever stands for its zeros.
func yearNumber(s string) int {
	n := 0
	for _, r := range s {
		n *= 10
		if r >= '0' && r <= '9' {
			n += int(r - '0')
		} else if i := strings.IndexRune("一二三四五六七八九", r); i >= 0 {
			n += i/3 + 1
		}
	}
	return n
}

// dayNumber reads 11, 十一, 元 (of a month) and 廿一.
func dayNumber(s string) int {
	if s[0] >= '0' && s[0] <= '9' {
		return digits(s)
	}
	switch {
	case s == "元" || s == "正":
		return 1
	case strings.HasPrefix(s, "廿"):
		return 20 + hanNumber(strings.TrimPrefix(s, "廿"))
	case strings.HasPrefix(s, "卅"):
		return 30 + hanNumber(strings.TrimPrefix(s, "卅"))
	}
	return hanNumber(s)
}
