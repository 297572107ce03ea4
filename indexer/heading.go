package indexer

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
)

// numeral is a printed 一、 or （一） at the beginning of a block.
type numeral struct {
	// level is 1 for 一、 and 2 for （一）.
	level, value int
	// end is where the heading's words begin, in bytes.
	end int
	// chapter says that it was printed as 第一部分, above all 一、.
	chapter bool
}

var (
	levelOne = pattern.MustCompile(`^(?:([一二三四五六七八九十]{1,3})\s*[、．.]|第([一二三四五六七八九十]{1,2})(?:部分|章)[、：:\s\x{3000}]*)\s*`)
	levelTwo = pattern.MustCompile(`^[（(]\s*([一二三四五六七八九十]{1,3})\s*[）)]\s*`)
	isPlus   = pattern.MustCompile(`^([一二三四五六七八九十]{1,2})(是|要|方面|、)`)
)

// numeralHead reads a numeral heading's number. "一、二、四厂" is a name, not a heading.
func numeralHead(s string) *numeral {
	for level, re := range []*pattern.Pattern{levelOne, levelTwo} {
		m := re.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		if level == 0 && isPlus.MatchString(s[len(m[0]):]) && strings.Contains(head(s[len(m[0]):], 3), "、") {
			return nil
		}
		number := m[1]
		if number == "" {
			number = m[2]
		}
		return &numeral{level: level + 1, value: hanNumber(number), end: len(m[0]), chapter: m[1] == ""}
	}
	return nil
}

// hanNumber reads 一 … 九十九.
func hanNumber(s string) int {
	n := 0
	for _, r := range s {
		if r == '十' {
			n = max(n, 1) * 10
			continue
		}
		n += strings.IndexRune("一二三四五六七八九", r)/3 + 1
	}
	return n
}

// printed is a list number at the beginning of a block: "43." or "(2)".
type printed struct {
	value int
	end   int
	// sub says that it stood in brackets, so that it counts within the entry above.
	sub bool
}

var (
	listRe   = pattern.MustCompile(`^([0-9０-９]{1,3})\s*[.．、]\s*`)
	subRe    = pattern.MustCompile(`^[（(]\s*([0-9０-９]{1,2})\s*[）)]\s*`)
	footRe   = pattern.MustCompile(`^(?:[［\[〔【]|注)\s*([0-9０-９]{1,3})\s*(?:[］\]〕】]|[:：])\s*`)
	circleRe = pattern.MustCompile(`^[①-⑳]\s*`)
	// subSecond matches a line that begins with （1） and goes on with （2）.
	subSecond = pattern.MustCompile(`^[（(]\s*[1１]\s*[）)].*[（(]\s*[2２]\s*[）)]`)
)

// yearAhead begins an entry with a year: "12.2024年度…" is number 12.
var yearAhead = pattern.MustCompile(`^(?:19|20)[0-9]{2} ?(?:年|—|-)`)

// listNumber reads "43." when no digit follows but those of a year, so that
// "2.8 亿元" stays text.
func listNumber(s string) *printed {
	m := listRe.FindStringSubmatch(s)
	if m == nil || len(m[0]) == len(s) {
		return nil
	}
	if r, _ := utf8.DecodeRuneInString(s[len(m[0]):]); (r >= '0' && r <= '9' || r >= '０' && r <= '９') && !yearAhead.MatchString(halfDigits(head(s[len(m[0]):], 8))) {
		return nil
	}
	return &printed{value: digits(m[1]), end: len(m[0])}
}

// subNumber reads （2） or ② before an entry; a line that goes on with the next
// number holds a whole series and is running text.
func subNumber(s string) *printed {
	if m := subRe.FindStringSubmatch(s); m != nil && len(m[0]) < len(s) && !subSecond.MatchString(s) {
		return &printed{value: digits(m[1]), end: len(m[0]), sub: true}
	}
	if m := circleRe.FindString(s); m != "" && len(m) < len(s) {
		r, _ := utf8.DecodeRuneInString(s)
		if strings.ContainsRune(s, r+1) {
			return nil
		}
		return &printed{value: int(r-'①') + 1, end: len(m), sub: true}
	}
	return nil
}

// footnote reads ［1］ before a note's text.
func footnote(s string) *printed {
	m := footRe.FindStringSubmatch(s)
	if m == nil || len(m[0]) == len(s) {
		return nil
	}
	return &printed{value: digits(m[1]), end: len(m[0])}
}

// digits reads decimal digits of either width; they are at most four.
func digits(s string) int {
	n, _ := strconv.Atoi(halfDigits(s))
	return n
}

// isHeadingLine says that s is nothing but a numeral heading: short and without a full stop.
func isHeadingLine(s string) bool {
	return numeralHead(s) != nil && utf8.RuneCountInString(s) <= 60 && !strings.ContainsAny(s, "。；")
}

// cutHeading cuts a block that begins with a numeral heading into the heading
// and the running text behind it, which may be empty. ok is false where the
// first sentence is too long to be a heading.
func cutHeading(t text) (heading, rest text, ok bool) {
	end, behind := firstStop(t.s)
	if t.within(60) && end < 0 {
		return t, text{}, true
	}
	if b := t.boldUntil(); b > 0 && (end < 0 || b <= end) {
		end = b
		for _, stop := range []string{"。", "：", ":"} {
			if strings.HasPrefix(t.s[end:], stop) {
				return t.sub(0, end), t.sub(end+len(stop), len(t.s)), true
			}
		}
		return t.sub(0, end), t.sub(end, len(t.s)), true
	}
	if end < 0 || utf8.RuneCountInString(t.s[:end]) > 70 {
		return text{}, text{}, false
	}
	return t.sub(0, end), t.sub(behind, len(t.s)), true
}

var (
	annexTitle = pattern.MustCompile(`^(?:附件\s*[0-9０-９一二三四五六七八九十]{0,2}\s*[:：]?\s*|附录\s*[:：]?\s*|附\s*[:：]\s*)?.{0,40}?(?:清单|项目表|任务表|责任分解表?|分工方案|分工|目标责任书|(?:用语说明|用语解释|名词解释|名词注释|名词说明|相关注释|有关内容注释|名词术语解释|注释|注解)\s*[:：]?)$`)
	// listTitle needs its mark or its year, since a heading can end so too (办好民生实事).
	listTitle = pattern.MustCompile(`^(?:附件?\s*[0-9０-９一二三四五六七八九十]{0,2}\s*[:：]\s*|(?:.{2,12})?[0-9]{4} ?年).{0,16}(?:民生实事|惠民实事|利民实事|为民办实事|实事项目|实事工程|民心工程)(?:项目|工程|安排|计划)?$|^附?注\s*[:：]$`)
	annexMark = pattern.MustCompile(`^(?:附件|附录|附)\s*[0-9０-９一二三四五六七八九十]{0,2}\s*[:：]?$`)
)

// isAnnexTitle says that s is the title of an annex (2025 年重点民生实事清单) or the mark before it (附件1).
func isAnnexTitle(s string) bool {
	if annexMark.MatchString(s) {
		return true
	}
	return utf8.RuneCountInString(s) <= 50 && !strings.ContainsAny(s, "。；，,！") && (annexTitle.MatchString(s) || numeralHead(s) == nil && listTitle.MatchString(s))
}

// leadIn announces what follows and says nothing itself: 一年来，主要做了以下工作：
var leadIn = pattern.MustCompile(`^.{0,40}(?:以下|下列|[一二三四五六七八九十0-9]{1,3} ?个方面|[一二三四五六七八九十0-9]{1,3} ?方面).{0,10}(?:工作|任务|方面|几点)?[:：。]$`)

// runInHeading gives the end of a heading sentence at the beginning of a
// paragraph ("多措并举释放消费潜力。实施…"), or 0. Only short sentences
// without a comma count: a long one is text.
func runInHeading(s string, longest int, commas bool) int {
	end, behind := firstStop(s)
	if end <= 0 || behind >= len(s) || utf8.RuneCountInString(s[:end]) > longest {
		return 0
	}
	first := s[:end]
	if strings.ContainsAny(quoted.ReplaceAllString(first, ""), "：:；0123456789") || !commas && strings.ContainsAny(first, "，,") || startsPlainly.MatchString(first) {
		return 0
	}
	if utf8.RuneCountInString(s[end:]) < 20 || remark.MatchString(head(s[behind:], 12)) && utf8.RuneCountInString(s[behind:]) < 100 {
		return 0
	}
	return behind
}

// remark begins the second sentence of a remark (创新制胜未来。我们要…), whose first heads nothing.
var remark = pattern.MustCompile(`^(?:我们|必须|全[\p{Han}]{1,6}要)`)

// quoted matches a quoted term, which may hold what a heading else does not (“453X”).
var quoted = pattern.MustCompile(`“[^”]{0,12}”`)

// startsPlainly matches sentences that speak to the reader and head nothing.
var startsPlainly = pattern.MustCompile(`^(?:各位代表|同时|当前|今年|去年|过去|一年来|五年来|我们|现在|上述|以上|在此|为此|但)`)
