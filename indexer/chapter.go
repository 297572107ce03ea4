package indexer

import (
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

// Rules, plans and notices number their text in their own ways: 第一章 and
// 第一条, or 1.1. Government work reports do not, so these are read in other
// kinds only.
var (
	chapterRe = pattern.MustCompile(`^第([一二三四五六七八九十百零]{1,5})([编篇章节])(?:[\s\x{3000}、]+|$)`)
	articleRe = pattern.MustCompile(`^第([一二三四五六七八九十百零]{1,6})条(?:之[一二三四五六七八九十])?[\s\x{3000}、：:]+`)
	// articleGlued is an article whose sentence follows without a space; a text
	// has such articles where it has the first and the second one.
	articleGlued = pattern.MustCompile(`^第([一二三四五六七八九十百零]{1,6})条(?:之[一二三四五六七八九十])?[\s\x{3000}、：:]*`)
	decimalRe    = pattern.MustCompile(`^([0-9]{1,2}(?:[.．][0-9]{1,2}){1,3})[.．、]?[\s\x{3000}]*`)
	decimalTop   = pattern.MustCompile(`^([0-9]{1,2})[\s\x{3000}]+\p{Han}{2,16}$`)
	// measured follows a figure, not a number of an entry: 2.8亿元, 1.5 倍.
	measured = pattern.MustCompile(`^[\s]*(?:[万亿千百元个倍年月日亩吨户人米公平立万%％‰～~—-]|以上|左右)`)
)

// headsChapter says that a line begins a chapter, a section of one, or an article.
func headsChapter(s string) bool { return chapterRe.MatchString(s) || articleRe.MatchString(s) }

// ownNumbers says that a kind numbers its text in ways of its own.
func ownNumbers(k report.Kind) bool {
	return k != report.KindReport && k != report.KindAssignment && k != report.KindNews
}

// numbering is what a document's own ways of numbering are.
type numbering struct {
	// level gives each of 编篇章节 that occurs its level, from 1; depth is their number.
	level map[string]int
	depth int
	// decimal says that entries are numbered 1.1, glued that articles are not
	// parted from their sentences.
	decimal, glued bool
}

// readNumbering looks through a document's blocks.
func readNumbering(kind report.Kind, blocks []block) numbering {
	n := numbering{level: map[string]int{}}
	if !ownNumbers(kind) {
		return n
	}
	found := map[string]bool{}
	decimals, last := 0, ""
	articles := 0
	for _, b := range blocks {
		if m := articleGlued.FindStringSubmatch(b.s); m != nil && hanBig(m[1]) == articles+1 {
			articles++
		}
		if m := chapterRe.FindStringSubmatch(b.s); m != nil && b.within(60) {
			found[m[2]] = true
		}
		if d := decimalNumber(b.s); d != nil && d.value != last {
			decimals, last = decimals+1, d.value
		}
	}
	for _, unit := range []string{"编", "篇", "章", "节"} {
		if found[unit] {
			n.depth++
			n.level[unit] = n.depth
		}
	}
	n.decimal, n.glued = decimals >= 2, articles >= 2
	return n
}

// decimal is a number such as 1.1 at the beginning of a block.
type decimal struct {
	value string
	parts int
	end   int
}

func decimalNumber(s string) *decimal {
	m := decimalRe.FindStringSubmatch(s)
	if m == nil || len(m[0]) == len(s) || measured.MatchString(s[len(m[0]):]) {
		return nil
	}
	if r, _ := utf8.DecodeRuneInString(s[len(m[0]):]); r < utf8.RuneSelf {
		return nil
	}
	value := strings.ReplaceAll(m[1], "．", ".")
	return &decimal{value, strings.Count(value, ".") + 1, len(m[0])}
}

// chaptered reads chapters, articles and decimal entries; what follows an
// article belongs to it until the next one.
func (o *outline) chaptered(b block) bool {
	if !ownNumbers(o.doc.Kind) {
		return false
	}
	if m := chapterRe.FindStringSubmatch(b.s); m != nil && b.within(60) && o.numbering.level[m[2]] > 0 {
		o.article = false
		o.section(o.numbering.level[m[2]], hanBig(m[1]), b.text, "")
		return true
	}
	if m := o.numbering.articleNumber(b.s); m != nil {
		o.article = true
		o.marks = append(o.marks, b.sub(0, len(m[0])))
		o.add(draft{number: strings.TrimRight(strings.TrimSpace(m[0]), "、：:"), body: b.sub(len(m[0]), len(b.s)).trim(), line: b.line, slug: "article"})
		return true
	}
	if o.article && len(o.drafts) > 0 && !b.heading && !isAnnexTitle(b.s) {
		o.prolong(glue(o.drafts[len(o.drafts)-1].body.s, b.s), b.text)
		return true
	}
	return o.numbering.decimal && o.decimal(b)
}

// articleNumber reads 第一条 before an article.
func (n *numbering) articleNumber(s string) []string {
	if n.glued {
		return articleGlued.FindStringSubmatch(s)
	}
	return articleRe.FindStringSubmatch(s)
}

// decimal reads "1.1 甲" as a heading when it is short, else as an entry.
func (o *outline) decimal(b block) bool {
	if m := decimalTop.FindStringSubmatch(b.s); m != nil && !measured.MatchString(b.s[len(m[1]):]) {
		o.section(o.numbering.depth+1, digits(m[1]), b.text, "")
		return true
	}
	d := decimalNumber(b.s)
	if d == nil {
		return false
	}
	if b.within(40) && !strings.ContainsAny(b.s, "。；") {
		last := d.value[strings.LastIndex(d.value, ".")+1:]
		o.section(min(o.numbering.depth+d.parts, 6), digits(last), b.text, "")
		return true
	}
	o.marks = append(o.marks, b.sub(0, d.end))
	o.add(draft{number: d.value, body: b.sub(d.end, len(b.s)).trim(), line: b.line, slug: "entry"})
	return true
}

// hanBig reads 一 … 九百九十九.
func hanBig(s string) int {
	hundreds, rest, ok := strings.Cut(s, "百")
	if !ok {
		return hanNumber(strings.TrimPrefix(s, "零"))
	}
	return 100*hanNumber(hundreds) + hanNumber(strings.TrimPrefix(rest, "零"))
}
