package indexer

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"youju/indexer/bound"
	"youju/indexer/pattern"
	"youju/report"
)

// outline builds a document's sections and items from its healed blocks.
type outline struct {
	work *bound.Work
	doc  *report.Document
	// stack holds the open sections, outermost first; series is the part that
	// the whole text below an annex title belongs to, or "".
	stack  []open
	series report.Part
	// notice says that an assignment's covering letter has not ended yet.
	notice bool
	drafts []draft
	// began is the number of drafts before the section that was opened last.
	began int
	// listed is the last list number of the running series, parent the entry that sub-entries belong to.
	listed int
	parent string
	// pending is 各位代表！ on a line of its own, which belongs to the next paragraph.
	pending text
	// heading is a heading sentence on a line of its own, which the next paragraph bears.
	heading text
	counts  map[string]int
	// headings, marks and apart collect what stands in no item: headings, the
	// numbers of entries, and lines about issue.
	headings, marks, apart []text
	// numbered says that the text has 一、 headings, continued that its beginning stands elsewhere.
	numbered, continued bool
	// chapters says that headings stand above 一、, which push it to the second
	// level: 第一部分, or titles without a number (2021年重点工作).
	chapters bool
	// numbering is how a paper that is no report numbers its text; article says
	// that an article is open, to which all belongs until the next one.
	numbering numbering
	article   bool
	// portal says that the document is an article of a list page, whole that
	// all of it is one list, as its title says.
	portal, whole bool
	// plan says that the paper is a plan of tasks without a letter.
	plan bool
	// blocks is the whole body, at the block that is read now.
	blocks []block
	at     int
	// years are what headings and paragraphs are held against, stated the parts
	// that somebody gave to sections, by heading.
	years  years
	stated map[string]report.Part
	// usual is the part of what stands below no heading, "" until something tells it.
	usual report.Part
	// entryOf is the number of drafts where the last one is an entry with a heading
	// of its own, which the paragraphs below it belong to.
	entryOf int
	// growing is the last draft while paragraphs are added to it.
	growing joint
	// lines gives where a short line stands last; see named.
	lines map[string]int
	// lively says that a numbered list behind the first settled drafts is one of
	// livelihood projects.
	lively  bool
	settled int
}

// open is a section that has begun.
type open struct {
	level, number int
	title         string
	part          report.Part
	// mixed says that a section looks both ways or is known by little, so that
	// each of its paragraphs is judged for itself; last is the part of the one before.
	mixed bool
	last  report.Part
	// heading is its heading's place among the outline's, drafts the number of
	// drafts before it, above says that another section stands below it.
	heading, drafts int
	above, annex    bool
}

// draft is an item before it has an ID and tags.
type draft struct {
	heading, body text
	number, local string
	path          []string
	part          report.Part
	line          int
	// dash says that it was printed behind ——, note that it is a footnote, row
	// that it is a row of a table.
	dash, note, row bool
	// slug names the entry's place in the document where it has a number of its own.
	slug string
}

// targetsFollow ends a paragraph whose —— entries are the targets.
var targetsFollow = pattern.MustCompile(`目标(?:任务)?(?:是|为|如下)?[:：]$`)

func newOutline(doc *report.Document, blocks []block) *outline {
	o := &outline{doc: doc, counts: map[string]int{}, notice: doc.Kind == report.KindAssignment, continued: beginsElsewhere(doc)}
	o.numbering = readNumbering(doc.Kind, blocks)
	o.blocks = markRuns(blocks)
	o.readTitle()
	o.plan = o.notice && o.assigns()
	titles, numberedTitles, above := 0, false, false
	for i, b := range blocks {
		if n := numeralHead(b.s); n != nil && n.level == 1 {
			o.numbered = true
			o.chapters = o.chapters || n.chapter
			numberedTitles = numberedTitles || isTitle(b.s[n.end:])
		} else if o.titled(b, following(blocks, i)) {
			titles++
			above = above || !o.numbered && reports(doc.Kind)
		}
	}
	o.chapters = o.chapters || o.numbered && (titles >= 2 || above) && !numberedTitles
	o.blocks, o.years = blocks, readYears(doc, blocks)
	return o
}

// titled says that a block is an unnumbered heading of the first rank.
func (o *outline) titled(b block, next *block) bool {
	return (b.heading || isBareHeading(b, next)) && numeralHead(b.s) == nil && isTitle(b.s)
}

// following is the block after the i-th, nil for the last.
func following(blocks []block, i int) *block {
	if i+1 < len(blocks) {
		return &blocks[i+1]
	}
	return nil
}

// read takes in the blocks of the body in order.
func (o *outline) read(blocks []block) {
	for i, b := range blocks {
		o.work.Check()
		if o.at = i; o.notice && begins(b) && o.plan {
			o.notice, o.series = false, report.PartAssignment
		}
		o.block(b, following(blocks, i))
	}
	o.flush()
	o.close(0)
}

// flush makes an item of words that waited for a paragraph that did not come.
func (o *outline) flush() {
	if o.pending.s != "" || o.heading.s != "" {
		o.add(draft{})
	}
}

func (o *outline) block(b block, next *block) {
	switch {
	case b.rule:
		o.apart = append(o.apart, b.text)
	case b.glued:
		o.glued(b, next)
	case b.row:
		o.row(b)
	case signs(b, next), signedOn.MatchString(squeeze(b.s)):
		o.apart = append(o.apart, b.text)
	case imprint().match(b.s):
		o.apart = append(o.apart, b.text)
	case isAnnexTitle(b.s) && !b.bullet:
		o.article = false
		o.annex(b, next)
	case o.chaptered(b):
	case o.series == report.PartGlossary && o.glossary(b):
	case o.numeral(b, next):
	case o.numberedHeading(b, next):
	case o.entry(b):
	case b.bullet:
		o.bulleted(b, next)
	default:
		o.paragraph(b, next)
	}
}

// glued begins a text of another origin that a page glued on behind a run of dashes.
// Elsewhere such a line is an ornament.
func (o *outline) glued(b block, next *block) {
	o.apart = append(o.apart, b.text)
	if !o.portal {
		return
	}
	o.flush()
	o.close(0)
	o.series = report.PartNews
	o.listed, o.parent = 0, ""
	if next != nil {
		what := "正文之后接有另一篇文字：" + head(next.s, 24)
		o.doc.Source.Missing = append(o.doc.Source.Missing, what)
		o.problem(next.line, what)
	}
}

// annex opens a list or annex. The title of an assignment that is followed by a
// series of 一、 is a divider: its sections stand at the top. In other lists 一、
// names a category below the title.
func (o *outline) annex(b block, next *block) {
	o.flush()
	o.close(0)
	o.notice, o.whole = false, false
	o.listed, o.parent = 0, ""
	if annexMark.MatchString(b.s) {
		o.headings = append(o.headings, b.text)
		return
	}
	part := partOf("annex", b.s)
	if part == "" {
		part = report.PartPlan
	}
	o.series = part
	if next != nil && part == report.PartAssignment {
		if n := numeralHead(next.s); n != nil && n.level == 1 {
			o.headings = append(o.headings, b.text)
			return
		}
	}
	o.section(1, 0, b.text, part)
	o.stack[len(o.stack)-1].annex = true
}

// numeral reads 一、 and （一） headings. A text that only begins like one stays text.
func (o *outline) numeral(b block, next *block) bool {
	n := numeralHead(b.s)
	if n == nil || n.level == 1 && !o.chapters && !o.inList() && !o.expected(n.value, b) {
		return false
	}
	switch {
	case n.chapter:
	case o.inList():
		n.level++
	case o.numbering.depth > 0:
		n.level += o.numbering.depth
	case o.chapters:
		n.level++
	}
	heading, rest, ok := cutHeading(b.text)
	if !ok {
		return false
	}
	if rest.trim().s == "" {
		heading = b.text // with its stop, should it be an entry after all
	}
	if o.inList() && o.listedNumeral(b, n, rest, next) {
		return true
	}
	if rest.trim().s != "" && o.statesOn(n, heading.s, next) || rest.trim().s == "" && o.endsEntries(b, n) {
		o.close(n.level)
		o.marks = append(o.marks, b.sub(0, n.end))
		o.add(draft{number: fmt.Sprint(n.value), body: b.sub(n.end, len(b.s)).trim(), line: b.line})
		return true
	}
	o.numberGap(n, b.line)
	o.section(n.level, n.value, heading, "")
	if rest = rest.trim(); rest.s != "" {
		o.running(rest, b.line, false)
	}
	return true
}

// isEntryOf says that the next block goes on with the numbers of n, so that n
// stands before an entry of a list and not before a category.
func isEntryOf(n *numeral, next *block) bool {
	m := numeralHead(next.s)
	return m != nil && m.value == n.value+1
}

// inList says that the text stands in a list with a title of its own.
func (o *outline) inList() bool {
	switch o.series {
	case report.PartLivelihood, report.PartPolicy, report.PartGlossary:
		return len(o.stack) > 0 || o.whole
	}
	return false
}

// expected says that a first-level number can come now: the next one, the
// first of a new series, or any where nothing has begun.
func (o *outline) expected(value int, b block) bool {
	last := 0
	if len(o.stack) > 0 && o.stack[0].level == 1 {
		last = o.stack[0].number
	}
	return value == 1 || last == 0 || value > last && value <= last+3 || b.heading || b.within(40)
}

// numberGap notes a heading number that does not follow the one before.
func (o *outline) numberGap(n *numeral, line int) {
	last := 0
	for _, s := range o.stack {
		if s.level == n.level {
			last = s.number
		}
	}
	if n.value != last+1 && n.value != 1 && !(last == 0 && o.continued) {
		o.problem(line, fmt.Sprintf("标题序号不连续：第%d级由%d到%d", n.level, last, n.value))
	}
}

func (o *outline) problem(line int, what string) {
	o.doc.Problems = append(o.doc.Problems, report.Problem{Line: line, What: what})
}

// section opens a section below the open ones of a higher level.
func (o *outline) section(level, number int, title text, part report.Part) {
	o.flush()
	o.close(level)
	o.headings = append(o.headings, title)
	o.began = len(o.drafts)
	if n := len(o.stack); n > 0 {
		o.stack[n-1].above = true
	}
	name := strings.TrimRight(title.s, "。：: ")
	given := part
	part, evidence, mixed := o.sectionPart(level, title, given)
	if number == 0 {
		number = o.count(fmt.Sprint("section", level, o.numbers())) + 1
	}
	if level == 1 {
		o.listed, o.parent = o.keepListed()
	}
	o.stack = append(o.stack, open{level: level, number: number, title: name, part: part, mixed: mixed, heading: len(o.headings) - 1, drafts: len(o.drafts)})
	o.doc.Sections = append(o.doc.Sections, report.Section{Path: o.path(), Level: level, Part: part, Evidence: evidence})
}

// keepListed carries the list number over the sections of an assignment, whose
// tasks are numbered through.
func (o *outline) keepListed() (int, string) {
	if o.series == report.PartAssignment {
		return o.listed, ""
	}
	return 0, ""
}

func (o *outline) path() []string {
	out := make([]string, len(o.stack))
	for i, s := range o.stack {
		out[i] = s.title
	}
	return out
}

// numberedHeading opens a section where a report numbers its lowest headings 1. 2. 3.
func (o *outline) numberedHeading(b block, next *block) bool {
	if o.series != "" || !reports(o.doc.Kind) || len(o.stack) == 0 || b.bullet || next == nil || !headsList(b, *next) {
		return false
	}
	level := o.stack[len(o.stack)-1].level
	if listNumber(o.stack[len(o.stack)-1].title) == nil {
		level++
	}
	o.section(level, listNumber(b.s).value, b.text, "")
	return true
}

// entry reads a numbered list entry: 43. …, (2) …, ［1］ ….
func (o *outline) entry(b block) bool {
	if n := footnote(b.s); n != nil {
		return o.note(b, n)
	}
	n := listNumber(b.s)
	if n == nil {
		n = subNumber(b.s)
	}
	if n == nil {
		n = o.numberBeforeDigit(b.s)
	}
	if n == nil {
		return false
	}
	body := b.sub(n.end, len(b.s)).trim()
	o.marks = append(o.marks, b.sub(0, n.end))
	number := fmt.Sprint(n.value)
	if n.sub {
		if o.parent != "" {
			number = fmt.Sprintf("%s(%d)", o.parent, n.value)
		}
	} else {
		if o.listed > 0 && n.value != o.listed+1 && n.value != 1 {
			o.problem(b.line, fmt.Sprintf("条目序号不连续：由%d到%d", o.listed, n.value))
		}
		o.listed, o.parent = n.value, number
	}
	d := draft{body: body, number: number, line: b.line, part: o.listPart(), row: b.row}
	if b.row {
		o.add(d)
		return true
	}
	if !n.sub && o.listsIn(body, b.line, number) {
		return true
	}
	if d.part == report.PartGlossary {
		d.heading, d.body = cutTerm(body)
	} else if cuts := runIns(body); len(cuts) > 0 && cuts[0].Start == 0 && o.series == "" {
		d.heading, d.body = body.sub(0, cuts[0].End), body.sub(cuts[0].End, len(body.s)).trim()
	} else if end := runInHeading(body.s, 12, false); end > 0 && o.series == "" {
		d.heading, d.body = body.sub(0, end), body.sub(end, len(body.s)).trim()
	}
	o.add(d)
	return true
}

// numberBeforeDigit reads "14.2025年…" in a list that has come to 13.
func (o *outline) numberBeforeDigit(s string) *printed {
	m := listRe.FindStringSubmatch(s)
	if m == nil || o.series == "" || o.listed == 0 || digits(m[1]) != o.listed+1 {
		return nil
	}
	return &printed{value: digits(m[1]), end: len(m[0])}
}

// listPart is the part of a numbered list in running text: the ten livelihood
// projects that a report lists in its last section are a livelihood list.
func (o *outline) listPart() report.Part {
	if o.series != "" || o.part() != report.PartPlan {
		return o.part()
	}
	last := len(o.drafts) - 1
	for ; o.settled < last; o.settled++ {
		o.lively = o.drafts[o.settled].lively(o.lively)
	}
	if last >= 0 && o.drafts[last].lively(o.lively) {
		return report.PartLivelihood
	}
	return o.part()
}

// lively says that a numbered list behind d is one of livelihood projects: d
// announces one, or is of one. before says whether it would be if it stood in d's place.
func (d *draft) lively(before bool) bool {
	if d.number == "" {
		return strings.Contains(tail(d.body.s, 80), "民生实事")
	}
	return before || d.part == report.PartLivelihood
}

// prolong adds text to the last draft.
func (o *outline) prolong(sep string, t text) {
	last := &o.drafts[len(o.drafts)-1]
	last.body = o.growing.add(len(o.drafts), last.body, sep, t)
}

// note reads a footnote; notes stand together at the end and explain terms.
func (o *outline) note(b block, n *printed) bool {
	body := b.sub(n.end, len(b.s)).trim()
	o.marks = append(o.marks, b.sub(0, n.end))
	d := draft{number: fmt.Sprint(n.value), line: b.line, part: report.PartGlossary, note: true}
	d.heading, d.body = cutTerm(body)
	o.add(d)
	return true
}

// glossary reads an entry of a glossary: term, colon, definition.
func (o *outline) glossary(b block) bool {
	if !b.bullet {
		return false
	}
	d := draft{line: b.line, part: report.PartGlossary}
	d.heading, d.body = cutTerm(b.text)
	o.add(d)
	return true
}

// termEnd is what stands between a term and its definition where there is no colon.
var termEnd = pattern.MustCompile(`——|[，,]?是?指(?:的是)?[，,]?`)

// cutTerm cuts "吨半粮：同一地块…" into term and definition.
func cutTerm(t text) (term, definition text) {
	for i, r := range t.s {
		if r != '：' && r != ':' {
			continue
		}
		if len([]rune(t.s[:i])) > 40 || openBracket(t.s[:i]) {
			break
		}
		width := len(string(r))
		return t.sub(0, i).trim(), t.sub(i+width, len(t.s)).trim()
	}
	if m := termEnd.FindStringIndex(t.s); m != nil && m[0] > 0 && utf8.RuneCountInString(t.s[:m[0]]) <= 30 && !openBracket(t.s[:m[0]]) && !strings.Contains(t.s[:m[0]], "。") {
		return t.sub(0, m[0]).trim(), t.sub(m[1], len(t.s)).trim()
	}
	return text{}, t
}

// bulleted reads an entry behind a list mark. In a livelihood list a short
// bold one names the category of those that follow.
func (o *outline) bulleted(b block, next *block) {
	name := strings.TrimRight(b.s, "：:")
	short := len([]rune(name)) <= 12 && !strings.ContainsAny(name, "，,；。0123456789")
	if o.series != "" && short && (b.boldUntil() > 0 || o.series == report.PartLivelihood) && next != nil && next.bullet {
		o.section(2, 0, b.text, o.series)
		return
	}
	o.running(b.text, b.line, true)
}

// paragraph reads running text, dash items, and unnumbered headings.
func (o *outline) paragraph(b block, next *block) {
	switch {
	case salutation.MatchString(b.s):
		if len(o.drafts) == 0 && strings.ContainsAny(b.s, "：:") {
			o.apart = append(o.apart, b.text)
			return
		}
		o.pending = b.text
	case o.termLine(b, next):
	case o.goesOn(b):
	case b.heading:
		o.section(o.headingLevel(b.s), 0, b.text, "")
	case isBareHeading(b, next):
		o.section(o.headingLevel(b.s), 0, b.text, "")
	case o.headsNext(b, next):
		o.heading = b.text
	case o.continues(b):
		o.prolong(glue(o.drafts[len(o.drafts)-1].body.s, b.s), b.text)
	case strings.HasPrefix(b.s, "——"):
		o.dashed(b)
	default:
		if o.returns(o.pending.s + b.s) {
			o.close(2)
		}
		o.running(b.text, b.line, true)
	}
}

// wholeAgain matches the paragraphs that speak for a whole first-level section
// again: thanks, problems, the government's own conduct, the close.
var wholeAgain = pattern.MustCompile(`^(?:各位代表.*(?:崇高的?敬意|衷心的?感谢|成绩的取得|成绩来之不易|从严治党|自身建设|履职|让我们|紧密地?团结)|.{0,12}(?:同时|在看到成绩).{0,8}我们也?.{0,4}(?:清醒|深刻)|让我们)`)

// lookBack begins a paragraph on a whole year or term, or on the government itself.
var lookBack = pattern.MustCompile(`^(?:各位代表[！!，,：:]? ?)?(?:回首|回顾|回望|透过|刚刚过去的|过去的?[一五]年|[一五]年来|这五年|20[0-9]{2}年(?:以来|是)|“十[一二三四五六七八]五”(?:时期|以来|期间)?[，,是]?|[^。]{0,24}(?:深[刻切]|真切)(?:地)?(?:体会|感[到受悟]|认识))`)

// returns says that a paragraph leaves the lower sections and belongs to the
// first-level one.
func (o *outline) returns(s string) bool {
	if o.series != "" || len(o.stack) < 2 {
		return false
	}
	if wholeAgain.MatchString(head(s, 400)) {
		return true
	}
	switch o.part() {
	case report.PartReview:
		return itemPart(o.years, report.PartReview, s, s) == report.PartProblems || lookBack.MatchString(s) && o.looksElsewhere()
	case report.PartPlan:
		return itemPart(o.years, report.PartPlan, s, s) == report.PartGovernance
	}
	return false
}

// looksElsewhere says that the open section has begun, and with another kind of
// paragraph than one that looks back on everything.
func (o *outline) looksElsewhere() bool {
	if o.began >= len(o.drafts) {
		return false
	}
	first := o.drafts[o.began]
	return !lookBack.MatchString(first.heading.s + first.body.s)
}

// continues says that an unnumbered paragraph belongs to the task above: tasks
// end with their duty bracket, and that one has none yet.
func (o *outline) continues(b block) bool {
	if o.series != report.PartAssignment || len(o.drafts) == 0 {
		return false
	}
	last := o.drafts[len(o.drafts)-1]
	return last.number != "" && !last.row && dutyBracket(last.body.s) < 0
}

// dashed reads "——坚持稳中求进，…新台阶。地区生产总值…".
func (o *outline) dashed(b block) {
	t := b.sub(len("——"), len(b.s)).trim()
	end := t.boldUntil()
	if end > 0 && strings.HasPrefix(t.s[end:], "。") {
		end += len("。")
	}
	if end == 0 {
		end = runInHeading(t.s, 40, true)
	}
	if end == 0 || end >= len(t.s) {
		o.add(draft{body: t, line: b.line, dash: true})
		return
	}
	o.add(draft{heading: t.sub(0, end), body: t.sub(end, len(t.s)).trim(), line: b.line, dash: true})
}

// add closes a draft: path, part and its place in the numbering.
func (o *outline) add(d draft) {
	if o.pending.s != "" {
		d.body = o.pending.add("", d.body)
		o.pending = text{}
	}
	if o.heading.s != "" {
		d.heading, o.heading = o.heading, text{}
	}
	if d.body.s == "" && d.heading.s == "" {
		return
	}
	if d.body.s == "" {
		d.body, d.heading = d.heading, text{}
	}
	d.path = o.path()
	if d.part == "" {
		d.part = o.paragraphPart(d)
	}
	if d.local == "" {
		d.local = o.local(d)
	}
	o.drafts = append(o.drafts, d)
}
