package indexer

import (
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
)

var (
	// unitName is the whole name of an office that signs a paper.
	unitName = pattern.MustCompile(`^\p{Han}{2,30}(?:局|委|委员会|办|办公室|办公厅|厅|部|院|中心|政府|集团|公司|银行|分行|支行|协会|联合会|总会|会|队|总队|支队|海关|大学|学院|署|处|社|街道|联社|管委会|指挥部|工会|团委|妇联|残联|工商联)(?:（.{2,12}）)?$`)
	// signedOn is the date below a signature, in digits or in words.
	signedOn = pattern.MustCompile(`^[（(]?(?:[0-9]{4}|[〇○零OoＯ一二三四五六七八九]{4})年(?:[0-9]{1,2}|元|[一二三四五六七八九十]{1,3})月(?:[0-9]{1,2}|[一二三四五六七八九十廿]{1,4})日(?:印发)?[）)]?$`)
	// signedAt is the same where it is glued to the office.
	signedAt = pattern.MustCompile(`(?:[0-9]{4}|[〇○零OoＯ一二三四五六七八九]{4})年(?:[0-9]{1,2}|元|[一二三四五六七八九十]{1,3})月(?:[0-9]{1,2}|[一二三四五六七八九十廿]{1,4})日$`)
	// sealNote stands between a signature's words: （盖章）, （代章）.
	sealNote = pattern.MustCompile(`[（(](?:盖章|代章|公章|印章|章)[）)]`)
)

// signs says that a line is a signature: names of offices alone, with the date
// below or behind them, or at the very end.
func signs(b block, next *block) bool {
	if b.heading || b.bullet || !b.within(120) || strings.ContainsAny(b.s, "。，,；：:") {
		return false
	}
	if m := signedAt.FindStringIndex(squeeze(b.s)); m != nil && m[0] > 0 {
		return unitName.MatchString(sealNote.ReplaceAllString(squeeze(b.s)[:m[0]], ""))
	}
	names := strings.Fields(strings.ReplaceAll(sealNote.ReplaceAllString(b.s, ""), "、", " "))
	dated := false
	if n := len(names); n > 1 && signedOn.MatchString(squeeze(names[n-1])) {
		names, dated = names[:n-1], true
	}
	if len(names) == 0 || len(names) > 12 {
		return false
	}
	for _, s := range names {
		if !unitName.MatchString(s) {
			return false
		}
	}
	return dated || next != nil && (signedOn.MatchString(squeeze(next.s)) || signs(*next, nil) && next.s != b.s) || next == nil
}

// A paper that stands on one line is cut by its own formulas: letterhead,
// number, title, salutation, and what begins where a sentence ends.
var (
	oneNumber     = pattern.MustCompile(`[〔\[（(【﹝［〈][0-9]{4}[〕\]）)】﹞］〉] ?(?:第 ?)?[0-9]{1,4} ?号`)
	beforeNumber  = pattern.MustCompile(`(?:文件|通知|意见|决定|公告|通告|批复|方案|办法|函|[）)])$`)
	oneTitle      = pattern.MustCompile(`^.{0,40}?关于.{2,70}?的?(?:通知|通告|公告|意见|决定|批复|通报|报告|方案|办法|公示|请示|函)`)
	oneReport     = pattern.MustCompile(`^.{0,24}?政府工作报告`)
	oneDateline   = pattern.MustCompile(`^[—–-]{0,2}.{4,20}?日?在.{4,40}?会议上`)
	oneSalutation = pattern.MustCompile(`^(?:各位代表[！!：:，,]|[^：:。；！]{2,80}[：:])`)
	oneBreak      = pattern.MustCompile(`[。；;：:！!？?”）)](?:(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}条|——|附件[0-9]?[：:]|联系人[：:]|各位代表[！!，,：:])|[0-9]{1,2}[.．、]\p{Han})`)
	oneEnd        = pattern.MustCompile(`[。！）)][\s\x{3000}]*((?:\p{Han}{2,40}(?:局|委|委员会|办|办公室|厅|部|院|中心|政府|公司|会|办事处|指挥部|大队|支队)[\s\x{3000}]*)?(?:(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})[\s\x{3000}]?年[^。，]{2,8}日|[0-9]{4}[-.][0-9]{1,2}[-.][0-9]{1,2}))[\s\x{3000}]*$`)
	// bareTop is a heading of a report to which its text is glued.
	bareTop = pattern.MustCompile(`^[一二三四五六七八九十]{1,3}、.{2,24}?(?:回顾|总结|安排|任务|重点|部署|目标|建设|工作)(?:过去|今年|去年|一年来|五年来|全年|各位|我们|坚持|做好|20[0-9]{2}年|新建)`)
)

// longOne is the least length, in bytes, of a line that can hold a whole paper.
const longOne = 150

// unfoldPaper cuts a file of one or two lines that hold a whole paper.
func unfoldPaper(blocks []block) []block {
	if len(blocks) == 0 || len(blocks) > 3 {
		return blocks
	}
	var out []block
	for _, b := range blocks {
		pieces := cutPaper(b.text)
		for i, p := range pieces {
			nb := newBlock(p, b.line, b.gap || i > 0)
			nb.row, nb.columns, nb.aside = b.row, b.columns, b.aside
			nb.heading = b.heading && len(pieces) == 1
			out = append(out, nb)
		}
	}
	return out
}

// cutPaper cuts a line that holds a paper; another line is one piece.
func cutPaper(t text) []text {
	if len(t.s) < longOne {
		return []text{t}
	}
	var out []text
	take := func(n int) {
		if p := t.sub(0, n).trim(); p.s != "" {
			out = append(out, p)
		}
		t = t.sub(n, len(t.s)).trim()
	}
	if m := oneNumber.FindStringIndex(head(t.s, 120)); m != nil {
		if from := numberFrom(t.s[:m[0]]); from > 0 {
			take(from)
			m[1] -= from
		}
		take(m[1])
	}
	for _, re := range []*pattern.Pattern{oneTitle, oneReport, oneDateline, oneSalutation} {
		if m := re.FindStringIndex(head(t.s, 160)); m != nil && m[0] == 0 && (len(out) > 0 || re != oneSalutation) {
			take(m[1])
		}
	}
	if len(out) == 0 {
		return []text{t}
	}
	return append(out, cutBody(t)...)
}

// numberFrom is where a document's number begins that goes on with its bracket behind s.
func numberFrom(s string) int {
	at := len(s)
	for n := 0; at > 0 && n < 12; n++ {
		r, size := utf8.DecodeLastRuneInString(s[:at])
		if beforeNumber.MatchString(s[:at]) && n >= 2 || isBlank(r) {
			return at
		}
		at -= size
	}
	return 0
}

// cutBody cuts running text where something numbered, a dash or the date begins
// behind a sentence's end.
func cutBody(t text) []text {
	var out []text
	var end text
	if m := oneEnd.FindStringSubmatchIndex(t.s); m != nil {
		t, end = t.sub(0, m[2]), t.sub(m[2], m[3])
	}
	at := 0
	add := func(p text) {
		if p = p.trim(); p.s != "" {
			if m := bareTop.FindStringIndex(p.s); m != nil {
				n := glued(p.s[:m[1]])
				out = append(out, p.sub(0, n))
				p = p.sub(n, len(p.s))
			}
			out = append(out, p)
		}
	}
	for from := 0; ; {
		m := oneBreak.FindStringIndex(t.s[from:])
		if m == nil {
			break
		}
		_, size := utf8.DecodeRuneInString(t.s[from+m[0]:])
		add(t.sub(at, from+m[0]+size))
		at = from + m[0] + size
		from = at
	}
	add(t.sub(at, len(t.s)))
	if end.s != "" {
		out = append(out, end)
	}
	return out
}

// glued is where the text begins that is glued to a heading, by the words it begins with.
func glued(s string) int {
	for _, w := range []string{"过去", "今年", "去年", "一年来", "五年来", "全年", "各位", "我们", "坚持", "做好", "新建"} {
		if strings.HasSuffix(s, w) {
			return len(s) - len(w)
		}
	}
	return len(s) - len("2000年")
}
