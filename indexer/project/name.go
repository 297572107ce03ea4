package project

import (
	"strings"

	"youju/report"
)

// Names shorter or longer than this are none; the longest of the genre name a
// company, what it makes and how much of it.
const (
	minName = 3
	maxName = 32
)

// step is a word after which a name can begin.
type step struct {
	ok   bool
	from int
	// verb is nil for words that say nothing of the project's progress.
	verb *verb
	// cut is set for 的 and the like, before which nothing governs.
	cut bool
}

// starts holds, by position, the words that end where a name can begin.
type starts struct {
	span
	steps []step
}

func (s *starts) at(i int) step { return s.steps[i-s.from] }

// last is where a bare member begins: behind the last leading word of the
// first piece of a list, behind the words at the very beginning of later ones.
func (s *starts) last(first bool, to int) int {
	at := s.from
	for i := s.from + 1; i < to; i++ {
		if st := s.at(i); st.ok && (first || st.cut || st.from == at) {
			at = i
		}
	}
	return at
}

// starts finds where names can begin in a piece.
func (r *reader) starts(p span) starts {
	x := lexical()
	s := starts{p, make([]step, p.len()+1)}
	reach := p.from // the end of the longest word so far
	for i := p.from; i < p.to; i++ {
		chained := i == p.from || s.at(i).ok
		longest := reach
		set := func(l int, st step) {
			if i < reach && i+l != reach {
				return // 启动建设, not 启|动建|设
			}
			if l > 1 || chained {
				longest = max(longest, i+l)
			}
			// One character is part of too many names, unless words lead up to it.
			if at := &s.steps[i+l-p.from]; !at.ok && (l > 1 || chained) {
				st.ok, st.from = true, i
				*at = st
			}
		}
		rest := r.runes[i:p.to]
		x.verbs.Each(rest, func(l int, v verb) {
			if v.before {
				set(l, step{verb: &v})
			}
		})
		x.skips.Each(rest, func(l int, _ bool) { set(l, step{}) })
		x.leads.Each(rest, func(l int, _ bool) { set(l, step{}) })
		if r.runes[i] == '—' && i > p.from && (r.runes[i-1] == '—' || r.noun(max(p.from, i-2), i) == i) || r.runes[i] == '的' && !r.branded(i) || r.runes[i] == '元' && i > p.from && strings.ContainsRune("亿万", r.runes[i-1]) {
			s.steps[i+1-p.from] = step{ok: true, from: i, cut: true}
		}
		reach = longest
	}
	return s
}

// nameIn finds the name of a piece: the last one that ends where a name can end
// and begins, as late as possible, where one can begin. The piece's own text
// goes on to to.
func (r *reader) nameIn(p span, to int, s starts) (name, bool) {
	type end struct {
		from, to int
		class    class
	}
	var ends []end
	for i, covered := p.from, 0; i < p.to; i++ {
		l, class := lexical().ends.Longest(r.runes[i:p.to])
		switch {
		case l == 0 || i < covered:
		case class == classNever:
			covered = i + l
		case class != classCompany && class != classOther:
			ends = append(ends, end{i, i + l, class})
		}
	}
	for k := len(ends) - 1; k >= 0; k-- {
		e := ends[k]
		to1 := r.suffix(e.to, p.to)
		if !r.ended(to1, to) && !(e.class == classWork && strings.ContainsRune("是从将由在为已则与获于总投", r.runes[to1])) {
			continue
		}
		for from := e.from; from >= max(p.from, to1-maxName); from-- {
			if from != p.from && !s.at(from).ok && !r.isJoint(from-1) && !r.afterPair(p, from, e.class) || r.runes[from] == '—' {
				continue
			}
			if r.valid(span{from, to1}, e.from, e.class) || r.quotedWork(span{from, to1}, to, e.from, e.class) {
				return name{span: span{from, to1}, class: e.class, ending: r.ending(span{e.from, e.to}, from)}, true
			}
		}
	}
	return name{}, false
}

// suffix is the position behind what a name may carry after its last word:
// 二期, 聊城段, 莘县至范县段, 东延伸, 改扩建工程.
func (r *reader) suffix(i, to int) int {
	i = r.section(i, to)
	if l, _ := lexical().works.Longest(r.runes[i:to]); l > 0 {
		i = r.section(r.noun(i+l, to), to)
	}
	return i
}

// noun is the position behind 工程 or 项目 at i, or i.
func (r *reader) noun(i, to int) int {
	if i+2 <= to {
		if w := r.folded(span{i, i + 2}); w == "项目" || w == "工程" {
			return i + 2
		}
	}
	return i
}

// section is the position behind the phase or the section of a name.
func (r *reader) section(i, to int) int {
	if j := i; j < to && isNumeral(r.runes[j]) {
		for j < to && (isNumeral(r.runes[j]) || r.runes[j] == '至') {
			j++
		}
		if j < to && r.runes[j] == '期' {
			return r.noun(j+1, to)
		}
	}
	if l, _ := lexical().areas.Longest(r.runes[i:to]); l > 0 {
		return r.noun(i+l, to)
	}
	if i < to && r.runes[i] == '(' {
		if j := r.closing(i, to); j > i && !strings.ContainsAny(r.folded(span{i, j}), "元万亿资年月") {
			return j
		}
	}
	for j := i; j < min(to, i+maxSection) && isHan(r.runes[j]); j++ {
		if r.runes[j] == '段' && j > i {
			return j + 1
		}
		if l, _ := lexical().verbs.Longest(r.runes[j:to]); l > 0 {
			break
		}
	}
	return i
}

// maxSection is the length of the longest name of a section: 聊城至夏津段.
const maxSection = 12

// ended reports whether a name can end at a position: at the end of its piece,
// before a predicate, or before a word that stands between the two.
func (r *reader) ended(i, to int) bool {
	if i == to || strings.ContainsRune("(等的", r.runes[i]) {
		return true
	}
	x := lexical()
	if r.dated(i, to) || r.consent(i, to) > i {
		return true
	}
	if l, v := x.verbs.Longest(r.runes[i:to]); l > 0 && v.after {
		return true
	}
	l, _ := x.skips.Longest(r.runes[i:to])
	return l > 0
}

// dated reports whether a year or a month stands at a position: 2026年建成.
func (r *reader) dated(i, to int) bool {
	j := i
	for j < to && isDigit(r.runes[j]) {
		j++
	}
	return j > i && j < to && (r.runes[j] == '年' || r.runes[j] == '月')
}

// ending is the last word of a name that begins at from: 高速公路, of which s is but 公路.
func (r *reader) ending(s span, from int) string {
	for i := max(from, s.to-maxEnding); i < s.to; i++ {
		if l, _ := lexical().ends.Longest(r.runes[i:s.to]); i+l == s.to && l > 0 {
			return r.folded(span{i, s.to})
		}
	}
	return ""
}

// maxEnding is the length of the longest last word.
const maxEnding = 8

// valid reports whether a range can be a name whose last word begins at end.
func (r *reader) valid(s span, end int, class class) bool {
	if s.len() < minName || s.len() > maxName || r.torn(s.from) {
		return false
	}
	if _, ok := lexical().localNames[trimLevel(r.folded(s))]; ok || class == classLine && extends(trimLevel(r.folded(s))) {
		return true
	}
	stem := span{s.from, end}
	switch {
	case stem.len() > 0 && strings.ContainsRune("和与及的", r.runes[stem.to-1]) && !r.branded(stem.to-1):
		return false
	case r.counted(s) || r.holdsNever(s) || !r.balanced(s) || r.joins(s):
		return false
	case class == classLine && stem.len() > 0 && isCloser(r.runes[stem.to-1]):
		return false // 市场化“握手”通道
	case class == classWork && r.isAbstract(stem):
		return false
	case class != classWork && strings.Contains(r.folded(stem), "建设"):
		return false
	case class == classLine && strings.HasPrefix(r.folded(span{end, s.to}), "号线") && stem.len() > 0 && isNumeral(r.runes[end-1]):
		return true
	case class == classBuilding && s.len() > minName && trimLevel(r.folded(s)) != r.folded(s):
		return true // 市体育公园 is the city's
	case class == classWork && r.sized(stem):
		return true
	case class == classWork:
		stem = r.afterPlace(stem)
		if s.len() < minWork {
			return false
		}
		if r.ending(span{s.from, end}, s.from) != "" && r.placed(span{s.from, end}) {
			return true // 华南农产品交易中心项目
		}
	}
	if class == classLine && r.routed(stem) {
		return true
	}
	least := minResidue
	switch {
	case r.priced(s.from):
		least = 1 // 总投资120亿元的泛家居产业城: what has a price is one thing
	case s.len() > minName && (r.builtBy(s.from) || r.phased(s, end)):
		least = 0
	}
	return r.residue(stem) >= least || class != classWork && r.placed(stem)
}

// branded reports whether 的 is part of a company's name: 美的.
func (r *reader) branded(i int) bool {
	return i > 0 && r.runes[i] == '的' && r.runes[i-1] == '美' && (i == 1 || !isHan(r.runes[i-2]))
}

// torn reports whether a position is inside a word that the words before a
// name end in: 建设|好…, 中国医学科学|院….
func (r *reader) torn(i int) bool {
	if i == 0 {
		return false
	}
	switch before := r.runes[i-1]; r.runes[i] {
	case '好':
		return strings.ContainsRune("设做建办管用抓护", before)
	case '院':
		return before == '学'
	}
	return false
}

// sized reports whether a range tells how much is made, behind who makes it: 浪潮10万台计算机.
func (r *reader) sized(s span) bool {
	for i := s.from + 2; i+1 < s.to; i++ {
		if isDigit(r.runes[i-1]) && r.runes[i] == '万' && strings.ContainsRune("台吨套辆片千", r.runes[i+1]) {
			return isHan(r.runes[s.from]) && isHan(r.runes[s.from+1])
		}
	}
	return false
}

// priced reports whether a sum and 的 stand before a position.
func (r *reader) priced(i int) bool {
	return i >= 3 && r.runes[i-1] == '的' && r.runes[i-2] == '元'
}

// quotedWork reports whether a name in quotation marks is that of works, and no
// campaign's: it says of them that they begin or are done (“大珠玑”项目开工).
func (r *reader) quotedWork(s span, to, end int, c class) bool {
	if c != classWork || end-s.from < minName+1 || !isCloser(r.runes[end-1]) || !isOpener(r.runes[s.from]) || r.folded(span{end, s.to}) != "项目" {
		return false
	}
	inner := span{s.from + 1, end - 1}
	if r.counted(inner) || r.holdsNever(inner) || r.residue(inner) < minResidue {
		return false
	}
	switch r.predicate(span{s.to, to}).stage {
	case report.StageStarted, report.StageBuilt, report.StageInUse:
		return true
	}
	return false
}

// routed reports whether a range names the two ends of a line: 明德至临安.
func (r *reader) routed(s span) bool {
	from, to, ok := strings.Cut(r.folded(s), "至")
	long := func(w string) bool { n := len([]rune(w)); return n >= 2 && n <= maxPair }
	return ok && long(from) && long(to) && !strings.Contains(to, "至")
}

// builtBy reports whether a company and a verb of building stand before a
// position: what one company builds is one thing (天工集团建设精密轴承产业园).
func (r *reader) builtBy(i int) bool { return r.builder(i) > 0 }

// builder is the position behind the company that builds what begins at i, 0 for none.
func (r *reader) builder(i int) int {
	for _, verb := range [...]string{"投资建设", "投资兴建", "投资新建", "建设", "新建", "兴建"} {
		at := i - len([]rune(verb))
		if at < minName || r.folded(span{at, i}) != verb {
			continue
		}
		if before := r.folded(span{max(0, at-maxSum), at}); strings.HasSuffix(before, "元") {
			if k := strings.LastIndex(before, "投资"); k >= 0 {
				at -= len([]rune(before[k:])) // 甲公司投资8亿元建设…
			}
		}
		for j := max(0, at-6); j < at; j++ {
			if l, c := lexical().ends.Longest(r.runes[j:at]); j+l == at && c == classCompany {
				return at
			}
		}
	}
	return 0
}

// maxSum is the length of the longest sum with 投资 before it.
const maxSum = 14

// phased reports whether a name ends in a numbered phase, as only one thing's does: 环城快速路二期.
func (r *reader) phased(s span, end int) bool {
	return end-s.from >= 2 && r.runes[s.to-1] == '期' && isNumeral(r.runes[s.to-2])
}

// placed reports whether a range begins with a place's name and goes on after it.
func (r *reader) placed(s span) bool {
	if l, _ := lexical().regions.Longest(r.runes[s.from:s.to]); l > 0 && s.len() >= l+minName {
		return true // 华南农产品交易中心
	}
	rest := r.afterPlace(s)
	if rest.from == s.from {
		return false
	}
	l, _ := lexical().words.Longest(r.runes[s.from:s.to])
	return l < rest.from-s.from && rest.len() > 0 || rest.len() >= minPlaced && !r.isVerb(span{s.from, rest.from})
}

// isVerb reports whether a range is a verb: 新建, which is a place, too.
func (r *reader) isVerb(s span) bool {
	l, _ := lexical().verbs.Longest(r.runes[s.from:s.to])
	return l > 0
}

// minPlaced is how long what follows a place must be where the place's name is a word: 东兴东盟商贸广场.
const minPlaced = 4

// minWork is the length of the shortest name that ends in 项目 or 工程.
const minWork = 5

// validBare is valid for a member of a list that does not say itself what it is.
func (r *reader) validBare(n name) bool {
	stem := n.span
	if n.class == classWork || n.class == classPark {
		stem = r.afterPlace(stem)
	}
	if n.len() < 2 || n.len() > maxName || n.class == classBuilding && n.len() < minName {
		return false
	}
	// 徒骇河、马颊河除险加固等项目: a river alone is what the next member is about.
	if n.class == classWork && (n.len() < minBareWork || strings.ContainsRune("河江湖海县市区省镇乡村域脉地山系", r.runes[n.to-1])) {
		return false
	}
	least := minResidue
	if n.len() > minBareWork && r.phased(n.span, n.to-2) {
		least = 0 // 天元轴承二期
	}
	return !r.counted(n.span) && !r.holdsNever(n.span) && !r.joins(n.span) && r.balanced(n.span) && r.residue(stem) >= least
}

// minBareWork is the least length of a name that only its list calls a project.
const minBareWork = 4

// minResidue is how many characters of a name must belong to no everyday word.
const minResidue = 2

// residue is the least number of Chinese characters that everyday words leave over.
func (r *reader) residue(s span) int {
	if s.len() <= 0 {
		return 0
	}
	left := make([]int, s.len()+1)
	for i := range left {
		left[i] = s.len()
	}
	left[0] = 0
	for i := 0; i < s.len(); i++ {
		cost := 0
		if isHan(r.runes[s.from+i]) {
			cost = 1
		}
		left[i+1] = min(left[i+1], left[i]+cost)
		lexical().words.Each(r.runes[s.from+i:s.to], func(l int, _ bool) {
			if l > 1 {
				left[i+l] = min(left[i+l], left[i])
			}
		})
	}
	return left[s.len()]
}

// afterPlace cuts a place's name off the beginning: 聊城重点项目 is no name for being in 聊城.
func (r *reader) afterPlace(s span) span {
	for l := min(s.len(), 8); l >= 2; l-- {
		if len(report.Places().Lookup(r.folded(span{s.from, s.from + l}))) > 0 {
			return span{s.from + l, s.to}
		}
	}
	return s
}

// counted reports whether a range holds a number of things: 5家产业园, 抓好20个农业园区.
func (r *reader) counted(s span) bool {
	for i := s.from; i < s.to; i++ {
		if !isNumeral(r.runes[i]) {
			continue
		}
		j := r.count(i, s.to)
		if j > i && strings.ContainsRune(measures, r.runes[j-1]) || isDigit(r.runes[i]) && r.measured(j, s.to) {
			return true
		}
		i = max(i, j-1)
	}
	return strings.ContainsRune("各每该此其某等之和与及了的在是不至", r.runes[s.from])
}

// isJoint reports whether a position holds 和 or 及 as a word of its own: not in 和平, not in 呼和浩特.
func (r *reader) isJoint(i int) bool {
	return i >= 0 && strings.ContainsRune("和及与", r.runes[i]) && r.endsWord(i) && !r.inWord(i) && !r.inPlace(i)
}

// inPlace reports whether a position stands inside the name of a place: 呼和浩特.
func (r *reader) inPlace(i int) bool {
	for from := max(0, i-3); from <= i; from++ {
		for to := max(i+1, from+2); to <= min(len(r.runes), i+4); to++ {
			if len(report.Places().Lookup(r.folded(span{from, to}))) > 0 {
				return true
			}
		}
	}
	return false
}

// afterPair reports whether a line or site begins behind a conjunction and the
// short name of another: 津潍及青岛连接线.
func (r *reader) afterPair(p span, from int, c class) bool {
	i := from - 1
	return (c == classLine || c == classSite) && i-p.from >= 2 && i-p.from <= maxPair && strings.ContainsRune("和及与", r.runes[i]) && !r.inWord(i) && !r.inPlace(i)
}

// endsWord reports whether an everyday word ends at a position: 协和医院 has none before 和.
func (r *reader) endsWord(i int) bool {
	for from := max(0, i-4); from < i-1; from++ {
		found := false
		lexical().words.Each(r.runes[from:i], func(l int, _ bool) { found = found || from+l == i })
		if found {
			return true
		}
	}
	return false
}

// joins reports whether a range holds 和 or 与 between two things.
func (r *reader) joins(s span) bool {
	for i := s.from + 1; i+1 < s.to; i++ {
		if r.runes[i] != '及' && r.isJoint(i) {
			return true
		}
	}
	return false
}

// measured reports whether a unit of length or area stands at a position: 20公里管网.
func (r *reader) measured(i, to int) bool {
	rest := strings.TrimLeft(r.folded(span{i, min(to, i+4)}), ".万亿余多")
	for _, unit := range [...]string{"公里", "平方", "公顷", "亩", "米", "户", "人次", "元"} {
		if strings.HasPrefix(rest, unit) {
			return true
		}
	}
	return false
}

// measures are what ends a number of things.
const measures = "条座项处家所批大类台辆套间栋幢个多余几数"

func (r *reader) holdsNever(s span) bool {
	for i := s.from; i < s.to; i++ {
		if l, _ := lexical().areas.Longest(r.runes[i:s.to]); l > 0 {
			i += l - 1 // 启动区
			continue
		}
		if l, _ := lexical().never.Longest(r.runes[i:s.to]); l > 0 {
			return true
		}
		if strings.ContainsRune("的了等是把被让使在", r.runes[i]) && !r.branded(i) {
			return true
		}
	}
	return false
}

// balanced reports whether brackets and quotation marks open and close inside a range.
func (r *reader) balanced(s span) bool {
	open := 0
	for i := s.from; i < s.to; i++ {
		if isOpener(r.runes[i]) {
			open++
		} else if isCloser(r.runes[i]) {
			if open--; open < 0 {
				return false
			}
		}
	}
	return open == 0
}

// isAbstract reports whether what precedes 工程 is the name of a campaign: a
// slogan in quotation marks, or a word such as 提升.
func (r *reader) isAbstract(stem span) bool {
	if stem.len() == 0 {
		return true
	}
	if isCloser(r.runes[stem.to-1]) {
		return true
	}
	if strings.Contains(r.folded(span{max(stem.from, stem.to-4), stem.to}), "改造") {
		return false // 东昌路改造提升
	}
	back := make([]rune, 0, 6)
	for i := stem.to - 1; i >= max(stem.from, stem.to-6); i-- {
		back = append(back, r.runes[i])
	}
	l, _ := lexical().abstract.Longest(back)
	return l > 0
}
