package indexer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

// A document's place is that of who speaks, found by the formulas in which
// papers say so: the congress it was given to, the title, the letterhead, the
// speaker's office, 我代表…, the signature. Which place a text names most often
// may confirm what else it says, and decides nothing.

// issuer is who speaks: a place of the gazetteer, and a town or zone in it.
type issuer struct {
	place report.Place
	// below is the town, street or zone whose paper it is, "" for the place's own.
	below string
}

func (w issuer) known() bool { return w.place.Code != "" || w.below != "" }

// lookupPlace resolves a printed name; the zero Place when it is unknown or
// stands for several places.
func lookupPlace(name string, within report.Place) report.Place {
	p, _ := report.Places().Resolve(name, within)
	return p
}

const (
	towns = `(?:镇|乡|街道|苏木|农场|林场)`
	zones = `(?:开发区|高新区|经开区|度假区|示范区|管理区|保税区|保税港区|产业园区|工业园区|园区|新区|合作区|试验区|风景区|景区)`
	// bodies are what a jurisdiction's name is followed by.
	bodies = `(?:人民政府|政府|党工委|党委|管委会|管理委员会|人大|人民代表大会|办事处|第[一二三四五六七八九十]|[0-9]{4}年|$)`
)

var (
	// town and zone are the rest of a name behind that of the place it lies in.
	town = pattern.MustCompile(`^(\p{Han}{0,8}?` + towns + `)` + bodies)
	zone = pattern.MustCompile(`^(\p{Han}{0,16}?` + zones + `)` + bodies)
	// vanished is a division that the gazetteer does not know below one that it does.
	vanished = pattern.MustCompile(`^([^委办府局会年的关第]{1,6}[县区市旗])` + bodies)
	// lowly begins what a place's short name is only part of: 永安镇 is not 永安市.
	lowly = pattern.MustCompile(`^(?:` + towns + `|[省市县区州盟旗])`)
)

// leading reads who speaks at the very beginning of s: 肥西县三河镇, 襄阳高新区, 东阿县.
func leading(s string) issuer {
	var full, short report.Place
	fullEnd, shortEnd := 0, 0
	n := 0
	for i, r := range s {
		if n++; n > 20 || !isHan(r) {
			break
		}
		end := i + utf8.RuneLen(r)
		if n < 2 {
			continue
		}
		name := s[:end]
		switch p := lookupPlace(name, report.Place{}); {
		case p.Code == "":
		case strings.ContainsRune("省市县区州盟旗", r):
			full, fullEnd = p, end
		default:
			short, shortEnd = p, end
		}
	}
	if shortEnd > fullEnd {
		// 聊城 is a name, 永安 of 永安镇 a part of one.
		if lowly.MatchString(s[shortEnd:]) {
			return issuer{full, townName(s[fullEnd:])}
		}
		if m := zone.FindStringSubmatch(s[shortEnd:]); m != nil {
			return issuer{short, s[:shortEnd+len(m[1])]}
		}
		return issuer{place: short}
	}
	if fullEnd == 0 {
		return issuer{below: townName(s)}
	}
	w := issuer{place: full}
	for _, re := range []*pattern.Pattern{town, zone, vanished} {
		if m := re.FindStringSubmatch(s[fullEnd:]); m != nil {
			if w.below = m[1]; !strings.HasSuffix(s[:fullEnd], full.Name()) {
				// 滨州 is part of the name of its zone.
				w.below = s[:fullEnd] + m[1]
			}
			break
		}
	}
	return w
}

// townName reads the name of a town or zone that no known place stands before.
func townName(s string) string {
	for _, re := range []*pattern.Pattern{town, zone} {
		if m := re.FindStringSubmatch(s); m != nil && utf8.RuneCountInString(m[1]) > 2 {
			return m[1]
		}
	}
	return ""
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

// before are the words that a name may stand behind inside a sentence.
const before = "在由受的了到据照经为和与向于对表彻实按将及"

// trailing reads the full name of a place that s ends with, as a whole word.
func trailing(s string) report.Place {
	if last, _ := utf8.DecodeLastRuneInString(s); !strings.ContainsRune("省市县区州盟旗", last) {
		return report.Place{}
	}
	var best report.Place
	start := len(s)
	for n := 1; n <= 18 && start > 0; n++ {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !isHan(r) {
			break
		}
		start -= size
		if n < 2 {
			continue
		}
		prev, _ := utf8.DecodeLastRuneInString(s[:start])
		if start > 0 && isHan(prev) && !strings.ContainsRune(before, prev) {
			continue
		}
		if p := lookupPlace(s[start:], report.Place{}); p.Code != "" {
			best = p
		}
	}
	return best
}

// readSession takes over whose congress a document was given to.
func readSession(d *report.Document, name, quote string) {
	if d.Place != (report.Place{}) || d.Issuer != "" {
		return
	}
	w := leading(name)
	if w.place.Code == "" && w.below == "" {
		w.place = lookupPlace(name, report.Place{})
	}
	setIssuer(d, w, quote)
}

func setIssuer(d *report.Document, w issuer, quote string) bool {
	if !w.known() {
		return false
	}
	d.Place, d.Issuer = w.place, w.below
	attest(d, "place", quote)
	return true
}

var (
	// untitled is what stands before a place's name in a title.
	untitled = pattern.MustCompile(`^(?:招商(?:资讯|信息|推介|项目|快讯|动态|引资)?|投资(?:指南|资讯)?|项目推介|走进|相约|聚焦|回眸|盘点|[丨｜|·]|关于|印发|转发|批转|公布|发布|下达|对|《|“|中共|中国共产党|解读|图解|[:：]|[0-9]{4}(?:年度?)?[:：]?|[0-9]{1,2}[-—－–~至]{1,2}[0-9]{1,2}月份?|[0-9]{1,2}月份?|上半年|前三季度|[一二三四]季度|全年)`)
	issuing  = pattern.MustCompile(`(\p{Han}{2,16}?)(?:人民政府|人民法院|人民检察院|人大常委会|人民代表大会)`)
	// national papers speak for no place.
	national = pattern.MustCompile(`^(?:[0-9]{4}年)?(?:中华人民共和国|国务院|全国人民代表大会|全国人大|第[一二三四五六七八九十]{1,3}届全国)|我代表国务院|届全国人民代表大会`)
	// office is 上海市市长 or 海拉尔区人民政府区长 before a name.
	ofOffice = pattern.MustCompile(`^[（(]?(\p{Han}{2,16}?[省市县区州盟旗镇乡])(?:\p{Han}{0,12})$`)
	// inText are the formulas of a first paragraph that name who speaks.
	inText = pattern.MustCompile(`(\p{Han}{2,18}?)(?:第?[一二三四五六七八九十]{1,3}届(?:人民代表大会|人大)|人民政府|人民法院|人民检察院|国民经济和社会发展第|第[一二三四五六七八九十]{1,3}次党代会)`)
	// speaks gives the level of the government that speaks.
	speaks = pattern.MustCompile(`我(?:谨)?代表.{0,16}?(省|自治区|市|州|盟|县|区|旗|镇|乡|街道)(?:第?[一二三四五六七八九十]{1,3}届)?(?:人民|法院|检察院|人大|政府|管委会|办事处)`)
	// signature is an office at the end of a paper.
	signature = pattern.MustCompile(`^(\p{Han}{2,30}?(?:人民政府|政府|办公室|办公厅|委员会|常委会|局|厅|法院|检察院|委|部|管委会|办事处|指挥部|领导小组))(?:办公室)?(?:[0-9]{4}年.{1,12})?$`)
	// ownName is a place in a name that only its own papers use so often.
	ownName = pattern.MustCompile(`(\p{Han}{2,18}?)(?:第[一二三四五六七八九十]{1,3}[届次](?:人民代表大会|人大|党代会|代表大会|党员代表大会)|国民经济和社会发展第|人民政府)`)
	// ownPaper is an entry in a list of papers that the government will issue.
	ownPaper = pattern.MustCompile(`^《?(\p{Han}{2,8}[省市县区州盟旗])[^，。；]{2,50}(?:规划|方案|意见|办法|条例|规定|细则|计划)`)
)

// readIssuer finds who speaks where the dateline does not say it.
func readIssuer(d *report.Document, a *article, blocks []block) {
	if d.Place != (report.Place{}) {
		return
	}
	if a.tag != "" {
		if p := lookupPlace(strings.TrimSuffix(a.tag, "招商"), report.Place{}); p.Code != "" {
			setIssuer(d, issuer{place: p}, a.tag)
			return
		}
	}
	title := squeeze(d.Title)
	first := blocks[:min(len(blocks), 14)]
	if national.MatchString(title) || slices.ContainsFunc(first, func(b block) bool { return national.MatchString(head(squeeze(b.s), 120)) }) {
		return
	}
	below := d.Issuer
	if setIssuer(d, issuerInTitle(title), d.Title) {
		if below != "" {
			d.Issuer = below
		}
		if d.Place.Code != "" {
			return
		}
		below = d.Issuer
	}
	for _, step := range []func([]block) (issuer, string){issuerAbove, issuerSigned, issuerInText} {
		w, quote := step(blocks)
		if below != "" && w.place.Code != "" {
			// Of a town, only what names it together with its county tells the county.
			if w.below != below {
				continue
			}
		}
		if w.place.Code != "" && setIssuer(d, w, quote) {
			return
		}
	}
	if below != "" || d.Kind == report.KindNews && a.portal {
		return
	}
	if p, quote := confirmed(blocks); p.Code != "" {
		setIssuer(d, issuer{place: p}, quote)
		doubt(d, "place")
	}
}

// issuerInTitle reads a place at the beginning of a title, behind what usually
// stands before it, or before the office that the title names.
func issuerInTitle(title string) issuer {
	s := title
	for m := untitled.FindString(s); m != ""; m = untitled.FindString(s) {
		s = s[len(m):]
	}
	if w := leading(s); w.known() {
		return w
	}
	if m := issuing.FindStringSubmatch(title); m != nil {
		if p := trailing(m[1]); p.Code != "" {
			return issuer{place: p}
		}
		return leading(m[1])
	}
	return issuer{}
}

// issuerAbove reads the letterhead, the table about the paper, and the speaker's office.
func issuerAbove(blocks []block) (issuer, string) {
	for _, b := range blocks[:min(len(blocks), 14)] {
		s := squeeze(b.s)
		if by := headGives("of.issuer", s); by != "" {
			if w := leading(strings.TrimLeft(by, "|")); w.place.Code != "" {
				return w, b.s
			}
		}
		if !b.within(44) {
			continue
		}
		if headIs("letterhead", s) || headIs("office", s) {
			if w := leading(strings.TrimPrefix(s, "中共")); w.place.Code != "" {
				return w, b.s
			}
		}
		name := speaker(b.s)
		if name == "" {
			continue
		}
		if m := ofOffice.FindStringSubmatch(strings.TrimRight(strings.TrimSuffix(strings.TrimRight(s, "）)"), name), "：:")); m != nil {
			if w := leading(m[1]); w.place.Code != "" {
				return w, b.s
			}
		}
	}
	return issuer{}, ""
}

// issuerSigned reads the office that signature, above the date at the end.
func issuerSigned(blocks []block) (issuer, string) {
	for i, b := range blocks {
		s := closing(b)
		if s == "" {
			continue
		}
		m := signature.FindStringSubmatch(s)
		if m == nil || !(issued.MatchString(s) && strings.ContainsAny(s, "0123456789〇") || dated(blocks[i+1:])) {
			continue
		}
		if w := leading(strings.TrimPrefix(m[1], "中共")); w.place.Code != "" {
			return w, b.s
		}
	}
	return issuer{}, ""
}

// dated says that a date stands alone in one of the next three lines.
func dated(blocks []block) bool {
	for _, b := range blocks[:min(len(blocks), 3)] {
		if b.within(40) && issued.MatchString(squeeze(b.s)) {
			return true
		}
	}
	return false
}

// issuerInText reads who speaks from the first paragraphs: 我代表东阿县人民政府,
// 贯彻落实大洼区第十八届人民代表大会…精神, 受县人民政府委托.
func issuerInText(blocks []block) (issuer, string) {
	level := levelSpoken(blocks)
	for _, b := range blocks[:min(len(blocks), 12)] {
		s := squeeze(head(b.s, 200))
		for _, m := range inText.FindAllStringSubmatch(s, -1) {
			if p := trailing(m[1]); p.Code != "" && fits(p, level) {
				return issuer{place: p}, m[0]
			}
		}
	}
	return issuer{}, ""
}

// levelSpoken is the level of the government that speaks: 市 of 我代表市人民政府, or "".
func levelSpoken(blocks []block) string {
	for _, b := range blocks[:min(len(blocks), openingBlocks)] {
		if m := speaks.FindStringSubmatch(squeeze(head(b.s, 120))); m != nil {
			return m[1]
		}
	}
	return ""
}

// fits says that a place is of the level that speaks.
func fits(p report.Place, level string) bool {
	return level == "" || strings.HasSuffix(p.Name(), level)
}

// confirmed gives a place that a text names as only its own papers do, and more
// often than any other of its level.
func confirmed(blocks []block) (report.Place, string) {
	level := levelSpoken(blocks)
	counts, quotes := map[report.Place]int{}, map[report.Place]string{}
	for _, b := range blocks {
		for _, m := range append(ownName.FindAllStringSubmatch(b.s, -1), ownPaper.FindAllStringSubmatch(b.s, 1)...) {
			if p := trailing(m[1]); p.Code != "" && fits(p, level) {
				counts[p]++
				quotes[p] = m[0]
			}
		}
	}
	named := nameCounts(blocks)
	var best report.Place
	for p := range counts {
		if best.Code == "" || named[p] > named[best] || named[p] == named[best] && p.Code < best.Code {
			best = p
		}
	}
	for p, n := range named {
		if p != best && fits(p, level) && n > named[best] {
			return report.Place{}, ""
		}
	}
	return best, quotes[best]
}

// nameCounts counts how often each place is named in full, as a whole word.
func nameCounts(blocks []block) map[report.Place]int {
	counts := map[report.Place]int{}
	for _, b := range blocks {
		for i, r := range b.s {
			if !strings.ContainsRune("省市县区州盟旗", r) {
				continue
			}
			if p := trailing(b.s[max(0, i-60) : i+utf8.RuneLen(r)]); p.Code != "" {
				counts[p]++
			}
		}
	}
	return counts
}
