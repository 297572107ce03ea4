package figure

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

// number is one number of a sentence with its unit and bounds. Offsets are
// into the sentence's plain form.
type number struct {
	// from is where the number with its bounds and 每人每年 begins, start its
	// first digit, end where its last bound ends.
	from, start, end int
	// floor is where the number before ended: what stands before it is that
	// number's, so that no character belongs to two (75分以上90分以下).
	floor         int
	value         float64
	max           *float64
	ratio         []float64
	times, unit   string // 万, 元
	per           string // 人·年
	measures      string
	before, after string // 超, 以上
	// rank marks 第N位, top 前N位.
	rank, top bool
	// reached marks 达137家.
	reached bool
	// given is 补助 in 每人每年补助500元.
	given string
	// raised is 提高 in 每月提高120元.
	raised string
	// apart marks a number that is no value of its own, such as a threshold.
	apart bool
}

func (n *number) printedUnit() string {
	if n.unit == "百分点" || n.measures == "rank" {
		return n.unit
	}
	if n.per != "" {
		return n.times + n.unit + "/" + n.per
	}
	return n.times + n.unit
}

func (n *number) bound() string {
	if n.after != "" {
		return n.after
	}
	return n.before
}

var unitsByLength = sync.OnceValue(func() map[rune][]report.Unit {
	byFirst := map[rune][]report.Unit{}
	for _, u := range report.Units() {
		r, _ := utf8.DecodeRuneInString(u.Name)
		byFirst[r] = append(byFirst[r], u)
	}
	for _, list := range byFirst {
		slices.SortStableFunc(list, func(a, b report.Unit) int { return cmp.Compare(len(b.Name), len(a.Name)) })
	}
	return byFirst
})

// unitAt gives the longest unit that s begins with.
func unitAt(s string) (report.Unit, bool) {
	r, _ := utf8.DecodeRuneInString(s)
	for _, u := range unitsByLength()[r] {
		if strings.HasPrefix(s, u.Name) && !runsOn(u.Name, s[len(u.Name):]) {
			return u, true
		}
	}
	return report.Unit{}, false
}

// runOns are the words that begin with what looks like a unit.
var runOns = map[string][]string{
	"部": {"门", "队", "委", "长", "分"}, "家": {"庭", "长", "园"}, "次": {"会", "全会", "党代会"}, "位": {"一体", "置"},
	"分": {"之", "别", "局"}, "成": {"员", "立", "为", "功", "果", "效", "本", "品"}, "条": {"例", "款"}, "年": {"级"}, "天": {"然"},
	"项": {"目"}, "门": {"诊"}, "场": {"馆", "所", "景"}, "台": {"账", "阶"}, "班": {"子"}, "组": {"织"}, "方": {"面", "向", "案", "式", "米"},
	"类": {"型"}, "单": {"位", "元"}, "对": {"接", "口", "一"}, "日": {"游", "报"}, "度": {"假"}, "人": {"大", "才"}, "端口": {}, "户": {"外"},
	"里": {"面"}, "例": {"行"}, "本": {"科", "土"}, "块": {"地"}, "只": {"有"}, "名": {"录", "单"}, "时": {"速"}, "公里": {}, "级": {}, "起": {"步"},
	"头": {"部"}, "口": {"岸", "径"}, "件": {"事"}, "元": {"旦", "素"}, "所": {"有", "在"}, "克": {"服"}, "间": {"接"},
}

func runsOn(unit, rest string) bool {
	for _, w := range runOns[unit] {
		if strings.HasPrefix(rest, w) && !(unit == "件" && strings.HasPrefix(rest, "事实")) {
			return true
		}
	}
	if last := unit[len(unit)-1]; last < 0x80 && last != '%' && rest != "" {
		return rest[0] < 0x80 && rest[0] != '/' && rest[0] != ','
	}
	return false
}

// scan finds the numbers of a sentence.
func scan(s string) []*number {
	var found []*number
	names := quotedNames(s)
	floor := 0
	for i := 0; i < len(s); {
		if isDigit(rune(s[i])) {
			end, n := arabic(s, i, floor)
			if n != nil && !names.hold(n.start) {
				found, floor = append(found, n), n.end
			}
			i = max(end, i+1)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if isNumeral(r) {
			if n := chinese(s, i, floor); n != nil && !names.hold(n.start) {
				found, floor = append(found, n), n.end
				i = n.end
				continue
			}
		}
		i += size
	}
	for i, n := range found {
		n.apart = n.apart || threshold(s, n)
		if i > 0 && n.per == "" && n.unit == found[i-1].unit && n.measures == "money" && separators.MatchString(s[found[i-1].end:n.from]) {
			n.per = found[i-1].per // 每人每月800元和600元
		}
		if n.unit == "" && i+1 < len(found) && found[i+1].times == n.times && found[i+1].start-n.end <= len("以及") && atPause(s[n.end:]) {
			// 422万、562万人: the unit is said once.
			n.unit, n.measures = found[i+1].unit, found[i+1].measures
		}
		if n.unit == "个" && i+1 < len(found) && found[i+1].unit == "百分点" && atPause(s[n.end:]) && found[i+1].start-n.end <= len("以及") {
			n.unit, n.measures = "百分点", "percent"
		}
	}
	return found
}

// isNumeral says that a figure in Chinese numerals may begin.
func isNumeral(r rune) bool {
	switch r {
	case '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '翻':
		return true
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// spans are ranges in order.
type spans [][2]int

func (l spans) hold(i int) bool {
	return slices.ContainsFunc(l, func(sp [2]int) bool { return sp[0] < i && i < sp[1] })
}

// quoted are the marks of names: the numbers in “三个100%” or 《…三年行动》
// are part of one. What stands between them holds no pause and is short.
var quoted = []struct {
	open, close string
	longest     int // bytes
}{{"“", "”", 270}, {"《", "》", 600}, {"‘", "’", 180}, {"\"", "\"", 180}, {"（含", "）", 120}, {"（不含", "）", 120}, {"（详见", "）", 120}, {"（见", "）", 120}}

// quotedNames lists where names in quotation or title marks stand.
func quotedNames(s string) spans {
	var list spans
	for _, q := range quoted {
		for from := 0; ; {
			i := strings.Index(s[from:], q.open)
			if i < 0 {
				break
			}
			i += from
			from = i + len(q.open)
			end := strings.Index(s[from:min(len(s), from+q.longest)], q.close)
			if end < 0 || q.open != "《" && strings.ContainsAny(s[from:from+end], "，；。") {
				continue
			}
			from += end + len(q.close)
			list = append(list, [2]int{i, from})
		}
	}
	return list
}

var (
	digits  = pattern.MustCompile(`^\d{1,3}(?:,\d{3})+(?:\.\d+)?|^\d+(?:\.\d+)?`)
	ratioRE = pattern.MustCompile(`^\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+`)
	toRE    = pattern.MustCompile(`^(?:—+|-|~|至|到)`)
	perRE   = pattern.MustCompile(`每(?:(人|户|亩|吨|村|辆|床|张|名|件|台|生|平方米|村|公斤|斤|立方米|株|头|年|月|天|日)(?:每?(年|月|天|日|学期|学年))?)(补助|补贴|发放|增加|提高|提高到|达到|不低于)?$`)
	overRE  = pattern.MustCompile(`^[/每](人|户|亩|吨|年|月|天|日|立方米|平方米|公斤|斤|千瓦时|度|升|辆|万元|平方公里|台|套|例|小时|秒|床|辆次)(?:[·/每](年|月|天|日))?`)
)

// arabic reads the number at s[i:] and tells how far it was read. It gives
// nil for what is no figure: dates, ordinals, codes, names.
func arabic(s string, i, floor int) (end int, n *number) {
	text := digits.FindString(s[i:])
	end = i + len(text)
	before := lastRune(s[:i])
	if before < 0x80 && (before >= 'A' && before <= 'Z' || before >= 'a' && before <= 'z' || strings.ContainsRune("+*/.#&_-", before) && i > 0) || strings.ContainsRune("×℃№〇+", before) {
		return skipCode(s, end), nil
	}
	if m := ratioRE.FindString(s[i:]); m != "" {
		return i + len(m), ratio(s, i, floor, m)
	}
	if len(text) > longestNumber {
		return skipCode(s, end), nil
	}
	n = &number{start: i, from: i, floor: floor, value: decimal(text)}
	var over bool
	n.end, over = n.readUnit(s, end)
	if m := toRE.FindString(s[n.end:]); m != "" && n.after == "" {
		if next := n.end + len(m); next < len(s) && isDigit(rune(s[next])) {
			return n.readRange(s, next)
		}
	}
	if n.unit == "" && n.times == "" && strings.HasSuffix(s[:i], "第") && n.outOf(s) {
		n.end = end
		return end, n.settle(s)
	}
	if n.unit == "" && n.times == "" && strings.Contains(lastRunes(s[:i], 24), respectively) {
		// 分别回落2.16和1.66个百分点: the last of a row says the unit.
		if m := bareRow.FindString(s[n.end:]); m != "" {
			if u, ok := unitAt(s[n.end+len(m):]); ok {
				n.unit, n.measures = strings.TrimPrefix(u.Name, "个百"), u.Measures
				if u.Name == "个百分点" {
					n.unit = "百分点"
				}
				over = true
			}
		}
	}
	if n.unit == "" && strings.Contains(n.times, "亿") && atMark(s[n.end:]) {
		n.unit, n.measures = "元", "money"
	}
	if n.unit == "" && n.times == "" && !over || strings.HasPrefix(s[end:], "+") {
		return skipCode(s, end), nil
	}
	n.readAfter(s)
	return n.end, n.settle(s)
}

// longestNumber is how many bytes the digits of a figure may take. Longer ones
// are codes; a float64 holds no more digits exactly.
const longestNumber = 17

// decimal reads digits with thousands commas.
func decimal(text string) float64 {
	v, _ := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	return v
}

// norm is the value with 万 and 亿 multiplied out, tenths as a percentage.
func (n *number) norm() float64 {
	power := 0
	for _, r := range n.times {
		power += report.Powers[r]
	}
	if n.unit == "成" {
		power = 1 // 7成 is 70 %
	}
	return report.Shifted(n.value, power)
}

// bareRow are numbers that go on from one without a unit.
var bareRow = pattern.MustCompile(`^(?:(?:、|和|与|及|以及)(?:增长|下降|提高|提升|上升|回落|降低|减少|增加)?\d+(?:\.\d+)?)+`)

// skipCode passes over the letters and digits that a code goes on with.
func skipCode(s string, i int) int {
	for i < len(s) && (s[i] < 0x80 && (isDigit(rune(s[i])) || s[i] >= 'A' && s[i] <= 'Z' || s[i] >= 'a' && s[i] <= 'z' || s[i] == '-' || s[i] == '.' || s[i] == '+')) {
		i++
	}
	return i
}

func ratio(s string, i, floor int, text string) *number {
	n := &number{start: i, from: i, floor: floor, end: i + len(text), measures: "ratio"}
	for part := range strings.SplitSeq(text, ":") {
		if len(part) > longestNumber {
			return nil
		}
		n.ratio = append(n.ratio, decimal(part))
	}
	n.value = n.ratio[0]
	// Two parts are a ratio only where the text says so; else a time of day.
	if len(n.ratio) < 3 && !strings.ContainsAny(lastRunes(s[:i], 12), "比") {
		return nil
	}
	n.readBefore(s)
	return n
}

// readRange reads the second number of 1—2个, whose unit the first one shares.
func (n *number) readRange(s string, i int) (end int, found *number) {
	text := digits.FindString(s[i:])
	if len(text) > longestNumber {
		return i + len(text), nil
	}
	second := &number{start: i, from: i, value: decimal(text)}
	second.end, _ = second.readUnit(s, i+len(text))
	if second.unit == "" && second.times == "" || n.unit != "" && n.unit != second.unit {
		return second.end, nil
	}
	value := second.value
	n.max, n.end, n.times, n.unit, n.measures = &value, second.end, second.times, second.unit, second.measures
	n.readAfter(s)
	return n.end, n.settle(s)
}

// readUnit reads multiplier and unit behind the digits that end at i.
func (n *number) readUnit(s string, i int) (end int, over bool) {
	rest := s[i:]
	if loose := strings.TrimPrefix(rest, "余"); loose != rest && (strings.HasPrefix(loose, "万") || strings.HasPrefix(loose, "亿")) {
		// 6300余万元.
		end, over = n.readUnit(s, i+len("余"))
		n.after = "余"
		return end, over
	}
	for k := 0; ; {
		at := k
		for _, w := range []string{"余", "多", "来", "几"} {
			if strings.HasPrefix(rest[at:], w) && (k > 0 || w == "余" || w == "多") {
				at += len(w)
				n.after = w
				break
			}
		}
		if u, ok := unitAt(rest[at:]); ok && !(n.after == "多" && at == k) {
			n.times, n.unit, n.measures = rest[:k], u.Name, u.Measures
			return n.readPer(s, i+at+len(u.Name)), true
		}
		n.after = ""
		r, size := utf8.DecodeRuneInString(rest[k:])
		if !strings.ContainsRune("十百千万亿", r) || k > 9 {
			n.times = rest[:k]
			if k > 0 && (strings.HasPrefix(rest[k:], "余") || strings.HasPrefix(rest[k:], "多")) {
				n.after = rest[k : k+3]
				return i + k + 3, false
			}
			return i + k, false
		}
		k += size
	}
}

// readPer reads what a unit is per (元/吨) and settles names of units.
func (n *number) readPer(s string, end int) int {
	if n.unit == "个百分点" {
		n.unit = "百分点"
	}
	if !strings.HasPrefix(s[end:], "/") {
		// 元每… is said before the number.
	} else if m := overRE.FindStringSubmatch(s[end:]); m != nil && n.measures != "percent" && !strings.HasPrefix(m[0], "每") {
		n.per = strings.TrimSuffix(m[1]+"·"+m[2], "·")
		end += len(m[0])
	}
	if strings.HasPrefix(s[end:], "（个）") || strings.HasPrefix(s[end:], "（套）") || strings.HasPrefix(s[end:], "（次）") || strings.HasPrefix(s[end:], "（户）") {
		end += len("（个）")
	}
	return end
}

// readAfter reads the bound behind: 以上, 左右, 多.
func (n *number) readAfter(s string) {
	w := vocabulary().after.opening(s[n.end:])
	if w == "内" {
		w = ""
	}
	if w == "" {
		if n.unit == "" || n.measures == "people" || n.measures == "count" || n.measures == "money" || n.measures == "area" || n.measures == "length" {
			if strings.HasPrefix(s[n.end:], "余") || strings.HasPrefix(s[n.end:], "多") && !strings.HasPrefix(s[n.end:], "多元") && !strings.HasPrefix(s[n.end:], "多个") {
				n.after = s[n.end : n.end+3]
				n.end += 3
			}
		}
		return
	}
	n.after = w
	n.end += len(w)
}

// readBefore reads what stands before the digits: 超, 不低于, 每人每年, 第, 前.
func (n *number) readBefore(s string) {
	if head := s[n.floor:n.from]; strings.HasSuffix(head, "第") {
		n.from, n.rank = n.from-len("第"), true
		return
	}
	if head, ok := strings.CutSuffix(s[n.floor:n.from], "前"); ok && !strings.HasSuffix(head, "目") && !strings.HasSuffix(head, "年") && !strings.HasSuffix(head, "底") && !strings.HasSuffix(head, "月") {
		n.from, n.top, n.before = n.from-len("前"), true, "前"
		return
	}
	n.before = vocabulary().before.ending(s[n.floor:n.from])
	if runsInto(n.before, s[:n.from-len(n.before)]) {
		n.before = ""
	}
	if n.before == "上" && n.unit != "" && n.measures != "count" {
		n.before = ""
	}
	n.from -= len(n.before)
	if n.before == "达" {
		n.before, n.reached = "", true
	}
	if n.measures != "money" {
		return
	}
	if m := perRE.FindStringSubmatch(lastRunes(s[n.floor:n.from], 12)); m != nil {
		n.per = strings.TrimSuffix(m[1]+"·"+m[2], "·")
		n.from -= len(m[0])
		switch m[3] {
		case "补助", "补贴":
			n.given = m[3]
		case "增加", "提高":
			n.raised = m[3]
		}
		if w := vocabulary().before.ending(s[n.floor:n.from]); w != "" && n.before == "" {
			n.before, n.from = w, n.from-len(w)
		}
	}
}

// runsInto tells whether a bound is the end of a word: 签约5个, 附近3个.
func runsInto(bound, head string) bool {
	switch bound {
	case "约":
		return strings.ContainsRune("签节合公条履集制违预", lastRune(head))
	case "近":
		return strings.ContainsRune("附邻最接靠远", lastRune(head))
	case "达":
		return strings.HasSuffix(head, "直")
	case "过":
		return strings.ContainsRune("跨经迈越", lastRune(head))
	}
	return false
}

// lastRunes gives at most the last n runes of s.
func lastRunes(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

// settle drops what is no figure once all of it is read.
func (n *number) settle(s string) *number {
	n.readBefore(s)
	switch {
	case n.rank || n.top:
		if n.unit != "位" && n.unit != "名" && n.unit != "位次" {
			return nil
		}
		n.measures = "rank"
		if !ranking.MatchString(lastRunes(s[:n.from], 12)) {
			return nil
		}
		return n
	case n.measures == "rank":
		if n.unit == "位" {
			n.measures = "people" // 3位专家
		}
	case n.measures == "duration":
		if !durationCounts(s, n) {
			return nil
		}
	case n.unit == "" && n.times == "":
		return nil
	case n.unit == "" && (!strings.ContainsAny(n.times, "百千万亿") || people.MatchString(s[n.end:])):
		return nil
	case (n.unit == "方" || n.unit == "度" || n.unit == "单" || n.unit == "对" || n.unit == "根") && n.times == "":
		return nil
	case n.unit == "分":
		if !strings.ContainsAny(lastRunes(s[:n.from], 14), "得评满分指") {
			return nil
		}
	case n.unit == "%" && (strings.HasSuffix(s[:n.start], "个") || strings.HasSuffix(s[:n.start], "两")):
		return nil
	}
	if n.max != nil && *n.max < n.value && n.times == "" {
		return nil
	}
	return n
}

// people are all of them: 13亿中国人, 百万职工.
var people = pattern.MustCompile(`^(?:中国人|中华儿女|各族|人民|儿女|同胞)`)

// ranking are the words that make a 第一位 a rank.
var ranking = pattern.MustCompile(`[居列排名升跃升进获夺得保持]|全省|全国|全市|全区|全球|世界|分别|、|位次|评价|考核|前移到|综合`)

// durationCounts tells the lengths of time that are figures (审批压缩至3天,
// 人均预期寿命达到79.5岁) from those that say when.
func durationCounts(s string, n *number) bool {
	if n.unit == "年" && n.value > 1900 && n.value < 2200 {
		return false
	}
	head := s[:n.from]
	if n.unit == "岁" || n.unit == "天" || n.unit == "小时" || n.unit == "分钟" || n.unit == "秒" || n.unit == "工作日" || n.unit == "个工作日" || n.unit == "个月" || n.unit == "年" || n.unit == "日" {
		if lasting.MatchString(head) {
			return atPause(s[n.end:])
		}
		w := vocabulary().level.ending(head)
		if w == "" {
			w = vocabulary().change.ending(head)
		}
		rest := s[n.end:]
		if n.unit == "年" || n.unit == "个月" || n.unit == "日" || n.unit == "岁" {
			return (strings.Contains(lastRunes(head, 14), "年限") || strings.Contains(lastRunes(head, 14), "寿命") || strings.HasSuffix(w, "缩短至") || strings.HasSuffix(w, "压缩至") || strings.HasSuffix(w, "缩短到") || strings.HasSuffix(w, "压缩到")) && atPause(rest)
		}
		return w != "" && w != "近" && w != "是" && w != "实施" && (atPause(rest) || strings.HasPrefix(rest, "的"))
	}
	return false
}

// lasting ends the name of what is measured in days or hours: 优良天数289天.
var lasting = pattern.MustCompile(`(?:天数|日数|时长|寿命|(?:办理|审批|办结|受理|通关|响应|停电|等候|平均|通行)时间)$`)

// rankedOf are those whose rank is told without 位: 增速居全国第三.
var rankedOf = pattern.MustCompile(`(?:增速|增幅|[总数产]量|[额率]|规模|居|列|排|排名|升至|跃升至|跃升|跃居|保持|进至|进位)(?:在)?(?:全国|全省|全区|全市|世界|全球|亚洲|西部|中部|东部|沿海|中西部)[^，。；、0-9]{0,6}第$`)

// outOf makes a number without a unit a rank where the text ranks something.
func (n *number) outOf(s string) bool {
	_, size := utf8.DecodeRuneInString(s[n.start:])
	end := n.start + max(size, len(digits.FindString(s[n.start:])), len(bareRank.FindString(s[n.start:])))
	if !atPause(s[end:]) || !rankedOf.MatchString(lastRunes(s[:n.start], 20)) {
		return false
	}
	n.unit, n.measures = "位", "rank"
	return true
}

// atMark tells whether an amount is called a mark that was passed.
func atMark(rest string) bool {
	return strings.HasPrefix(rest, "台阶") || strings.HasPrefix(rest, "大关") || strings.HasPrefix(rest, "关口") || strings.HasPrefix(rest, "新台阶")
}

// atPause tells whether the text stops or pauses here.
func atPause(rest string) bool {
	return rest == "" || strings.ContainsRune("，；。、：（）”", firstRune(rest)) || strings.HasPrefix(rest, "和") || strings.HasPrefix(rest, "及") || strings.HasPrefix(rest, "以及") || strings.HasPrefix(rest, "与")
}

// entities are what is described by a threshold: 投资超10亿元项目.
var entities = pattern.MustCompile(`^(?:的|级|规模|大|以上|的?(?:重大|重点|大型|工业|产业|招商|农业|签约|建设|优质|先进|制造业|服务业|基础设施)*(?:项目|企业|产业链|产业|园区|集群|工程|龙头|机组|单体|设备|小煤|人群|人口以|县|镇|村|大户|地块|楼宇|平台|客户|市场|骨干|链主))`)

// sized is what a thing of its own is sized by: 年产值超百亿的产业集群.
var sized = pattern.MustCompile(`(?:年产值|年营业收入|年营收|年销售收入)$`)

var (
	// amongst is how many were compared (136个县中居第12位), or how many
	// marks were passed (3个千亿元台阶).
	amongst = pattern.MustCompile(`^(?:[^，；、（）]{1,12}中(?:位居|位列|排名|名列|[居列排](?:全|第|前))|[百千万亿]+元?级?(?:台阶|大关|关口))`)
	// surpass is what counted things have in common: 191家企业营业收入超百亿元.
	surpass = pattern.MustCompile(`[0-9](?:家|个|户|条|座)[^，；、。（）0-9]{0,12}?(?:产业链|产业集群|企业|公司|集团|旗县|县|区|市|镇|村|社区|街道|集群|产业|园区|品牌|行业)` + sizeWords + `$`)
)

// property is a measure of a thing that is named behind it: 含油量66%的品种.
var property = pattern.MustCompile(`[量率度]$`)

// roundMark tells a round mark (百亿, 50亿), which each of several things passes,
// from a sum of them all.
func (n *number) roundMark() bool {
	digits := strings.TrimRight(strconv.FormatFloat(n.value, 'f', -1, 64), "0")
	return digits == "1" || digits == "5"
}

var (
	// within is how near or how soon something else is so: 500米内换乘比例.
	within = pattern.MustCompile(`^(?:以内|之内|内|范围内|范围以内|半径|车程|圈)(?:的)?[^，；。、：（）”]`)
	// countNext is a count without a noun, whose size the number before is.
	countNext = pattern.MustCompile(`^[0-9]+(?:个|家|户|项|只|座)`)
	// countedNext is a count behind what is sized: 的企业达到9家.
	countedNext = pattern.MustCompile(`^的[^，；。：（）]{1,16}[0-9]+(?:个|家|户|项|座)`)
)

// threshold tells a number that only says which things are meant: 过亿元项目,
// 500万元以上企业, 年耗能超3000吨的单位.
func threshold(s string, n *number) bool {
	rest := s[n.end:]
	if strings.HasPrefix(rest, "级") && n.measures != "percent" {
		return true
	}
	if strings.HasSuffix(s[:n.from], "海拔") || strings.HasSuffix(s[:n.from], "连续") || atMark(rest) && strings.HasSuffix(s[:n.from], "个") || n.unit == "千伏" && !atPause(rest) || amongst.MatchString(rest) {
		return true
	}
	if n.measures == "money" && n.before != "" && atPause(rest) && n.roundMark() && surpass.MatchString(s[:n.from]) {
		return true
	}
	if (n.measures == "length" || n.measures == "duration") && within.MatchString(n.after+rest) {
		return true // 500米内换乘比例
	}
	if n.measures == "money" && (n.after == "以上" || n.after == "以下") && countNext.MatchString(rest) {
		return true // 10亿元以上8个
	}
	if atPause(rest) || atMark(rest) || n.rank || n.top || n.measures == "ratio" {
		return false
	}
	switch n.measures {
	case "percent", "count", "people", "rank", "times":
		if n.measures == "percent" && n.before+n.after == "" && property.MatchString(s[:n.from]) && strings.HasPrefix(rest, "的") && !strings.HasPrefix(rest, "的目标") && !strings.HasPrefix(rest, "的水平") {
			return true
		}
		return n.after == "以上" && strings.HasPrefix(rest, "的") && n.measures != "percent"
	}
	if sized.MatchString(s[:n.from]) && strings.HasPrefix(rest, "的") && !countedNext.MatchString(rest) {
		return false
	}
	bounded := n.before != "" && n.before != "约" && n.before != "近" || n.after == "以上" || n.after == "以下" || n.after == "以内"
	return bounded && entities.MatchString(rest)
}
