package indexer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/indexer/bound"
	"youju/indexer/pattern"
	"youju/report"
)

// heal joins what page breaks and hard line breaks tore apart: a block that
// ends in mid-sentence takes in the next one, and words printed on both sides
// of the seam are kept once.
func heal(work *bound.Work, blocks []block) (healed []block, dropped []text, repairs []report.Repair) {
	wrapped := isWrapped(blocks)
	var whole joint
	var open unclosed
	for _, b := range blocks {
		work.Check()
		n := len(healed)
		if n == 0 || !joins(healed[n-1], b, wrapped, &open) || n <= headLines && isWholeTitle(healed[n-1].s) && !headIs("on", squeeze(b.s)) {
			healed, open = append(healed, b), unclosed{}
			continue
		}
		prev := &healed[n-1]
		t := b.text
		if k := doubled(prev.s, t.s); k > 0 {
			dropped = append(dropped, t.sub(0, k))
			repairs = append(repairs, report.Repair{Line: b.line, What: "去掉换页处重复的“" + t.s[:k] + "”"})
			t = t.sub(k, len(t.s))
		}
		if b.gap {
			repairs = append(repairs, report.Repair{Line: b.line, What: "接合换页断句：…" + tail(prev.s, 6) + "｜" + head(t.s, 6) + "…"})
		}
		prev.text = whole.add(n, prev.text, glue(prev.s, t.s), t)
	}
	return healed, dropped, repairs
}

// headLines is how many lines from the top a title is looked for.
const headLines = 8

// isWholeTitle says that a line at the top of a text ends like a title.
func isWholeTitle(s string) bool {
	return len(s) <= 330 && !strings.ContainsAny(s, "。；") && endsTitle(s) && !headIs("goes", squeeze(s))
}

// isWrapped says that the text was broken into lines of a fixed width: most
// lines are of middling length and end in mid-sentence.
func isWrapped(blocks []block) bool {
	cut := 0
	for _, b := range blocks {
		if b.within(60) && b.runes() >= 20 && !isTerminated(b.s) {
			cut++
		}
	}
	return len(blocks) >= 20 && cut*10 > len(blocks)*6
}

// joins says that b continues prev, whose brackets are followed in open.
func joins(prev, b block, wrapped bool, open *unclosed) bool {
	if prev.row || b.row || prev.rule || b.rule || prev.glued || b.glued || prev.heading || b.heading || b.bullet {
		return false
	}
	if isDutyStart(b.s) {
		return dutyBracket(prev.s) < 0
	}
	if isTerminated(prev.s) || startsAnew(b.s) || subNumber(b.s) != nil && !open.in(prev.s) || isTitleLine(prev.s) {
		return false
	}
	if isBoldLine(prev) && b.boldUntil() == 0 && prev.within(40) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(prev.s)
	if strings.ContainsRune("，,、“‘《（(〔—", last) || open.in(prev.s) {
		return true
	}
	if headsList(prev, b) || !wrapped && prev.within(30) && isTimedTitle(prev.s) {
		return false
	}
	if isHeadingLine(prev.s) {
		return !b.gap && b.within(15) && !strings.ContainsAny(b.s, "，。：") && !prev.within(5)
	}
	if wrapped {
		return true
	}
	// A short line without a stop is a heading or a title, not half a sentence.
	return !prev.within(27) || strings.ContainsAny(prev.s, "。；") || listNumber(prev.s) != nil || startsPlainly.MatchString(prev.s) || doubled(prev.s, b.s) > 0
}

// headsList says that a numbered line (1.坚持项目为王) is a heading of what
// follows, since a series of its own begins there.
func headsList(prev, b block) bool {
	n := listNumber(prev.s)
	if n == nil || !prev.within(34) || isTerminated(prev.s) || strings.ContainsAny(prev.s[n.end:], "。；;：:！？|0123456789") || openBracket(prev.s) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(prev.s)
	if strings.ContainsRune("，,、", last) || prev.runes() < 6 {
		return false
	}
	return oneIs.MatchString(b.s) || subNumber(b.s) != nil
}

// isTitleLine says that s is a title or a dateline, which no body text continues.
func isTitleLine(s string) bool {
	return len(s) <= 240 && !strings.Contains(s, "。") &&
		(titleEnd.MatchString(s) || standsAlone(squeeze(s)) || speaker(s) != "")
}

// standsAlone says that a squeezed line is a dateline or a document number.
func standsAlone(s string) bool {
	return dateline.MatchString(s) || sitting.MatchString(s) || passed.MatchString(s) || wholeDate.MatchString(s) || numberOf(s) != "" || officeDate.MatchString(s)
}

var titleEnd = pattern.MustCompile(`(?:的通知|的意见|的决定|的公告|会议上)$|^[^，。；]{0,60}关于[^。；]{4,90}(?:决议|通报|批复|函|请示|报告|答复|议案|方案|规定|办法|细则|规划)$`)

// startsAnew says that s begins something of its own, whatever stands before it.
func startsAnew(s string) bool {
	if numeralHead(s) != nil || headsChapter(s) || strings.HasPrefix(s, "——") || strings.HasPrefix(s, "各位代表") || isAnnexTitle(s) || imprint().match(s) || len(s) <= 240 && standsAlone(squeeze(s)) {
		return true
	}
	// "2.8 亿元" is no number two; a figure may follow a seam, "3. 改造…" may not.
	return listNumber(s) != nil
}

// openBracket says that a bracket or quote opened in s is not closed.
func openBracket(s string) bool {
	var u unclosed
	return u.in(s)
}

// unclosed follows the brackets and quotes of a text that grows at its end:
// what was read once is not read again.
type unclosed struct{ read, depth int }

// in says that one opened in s is not closed.
func (u *unclosed) in(s string) bool {
	for _, r := range s[u.read:] {
		switch r {
		case '（', '(', '〔', '《', '“', '「':
			u.depth++
		case '）', ')', '〕', '》', '”', '」', ']':
			u.depth = max(0, u.depth-1)
		}
	}
	u.read = len(s)
	return u.depth > 0
}

// doubled gives the length in bytes of the words that end a and begin b: at
// least three characters, so that a chance repetition stays.
func doubled(a, b string) int {
	ends := make([]int, 0, 12)
	for i := range b {
		if i > 0 {
			ends = append(ends, i)
		}
		if len(ends) == 12 {
			break
		}
	}
	for k := len(ends) - 1; k >= 2; k-- {
		if strings.HasSuffix(a, b[:ends[k]]) {
			return ends[k]
		}
	}
	return 0
}

// glue is what stands between two joined lines: a space between Latin words, else nothing.
func glue(a, b string) string {
	l, _ := utf8.DecodeLastRuneInString(a)
	r, _ := utf8.DecodeRuneInString(b)
	if l < utf8.RuneSelf && r < utf8.RuneSelf && unicode.IsLetter(l) && unicode.IsLetter(r) {
		return " "
	}
	return ""
}

func head(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func tail(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}
