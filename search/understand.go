package search

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"youju/report"
)

// maxVariants is how many variants of its words one query is expanded by.
const maxVariants = 32

// Understand reads a query the way a person means it, with what is known of
// the collection: years, places, units and parts become contexts, words that
// only ask are dropped, the others get their synonyms and are cut into known
// words. What it did is told in the reading, and the reader can turn it off.
func Understand(q Query, lex Lexicon) (Reading, Plan) {
	reading, plan := Read(q.Text)
	u := &understanding{
		lex: lex, off: q.Off, reading: reading, plan: plan, alone: len(plan.Words) == 1,
		places: map[string]placeFound{}, units: map[string][]FacetTest{},
	}
	u.plan.Spoken = isSpoken(plan.Words)
	words := plan.Words
	u.plan.Words, u.reading.Words = nil, nil
	for _, w := range words {
		switch {
		case w.Exact || len(w.Variants) > 0:
			u.keep(w)
		case slices.Contains(q.Off, w.Text):
			u.wholeContext(w.Text) // turned off: it is told, and the word is kept
			u.keep(w)
		default:
			u.word(w)
		}
	}
	if len(words) > 0 && len(u.plan.Words) == 0 && len(u.plan.Context) == 0 {
		// A query of nothing but question words is searched as it stands.
		for _, w := range words {
			u.keep(w)
		}
	}
	for i := range u.plan.Words {
		u.expand(&u.plan.Words[i])
	}
	u.weaken()
	u.reading.Asked = u.plan.Asked
	return u.reading, u.plan
}

// understanding is the state of one Understand.
type understanding struct {
	lex      Lexicon
	off      []string
	reading  Reading
	plan     Plan
	alone    bool
	variants int
	// places and units are what was found of pieces so far: of a long word all
	// beginnings are tried, of each of its pieces again. folded are the names of
	// the collection's units, once they were needed.
	places map[string]placeFound
	units  map[string][]FacetTest
	folded []string
}

type placeFound struct {
	test FacetTest
	ok   bool
}

// spokenLength is the length of a word from which it is a sentence rather than
// the name of a thing.
// With an everyday word in it, it is one from the other length on.
const (
	spokenLength = 8
	shortSpoken  = 6
)

// isSpoken tells what people say from the names of things: by its length, or by
// a word that asks or fills.
func isSpoken(words []PlanWord) bool {
	return slices.ContainsFunc(words, func(w PlanWord) bool {
		if w.Exact || len(w.Variants) > 0 {
			return false
		}
		rest, _ := questionWords().cut(w.Text)
		return w.Weight() >= spokenLength || len(rest) != 1 || rest[0] != w.Text
	})
}

// everyday reports whether a piece is a word that only readers use: the
// collection lacks it and has what stands for it.
func (u *understanding) everyday(piece string) bool {
	return !u.occurs(piece) && slices.ContainsFunc(synonyms().byTerm[foldedForm(piece)], func(s synonym) bool { return u.occurs(s.text) })
}

// keep adds a word that is searched for.
func (u *understanding) keep(w PlanWord) {
	for _, known := range u.plan.Words {
		if known.Text == w.Text && known.Exact == w.Exact {
			return
		}
	}
	u.plan.Words = append(u.plan.Words, w)
	text := w.Text
	for _, v := range w.Variants {
		text += " OR " + v.Text
	}
	u.reading.Words = append(u.reading.Words, text)
}

// keepText adds a piece of a word.
func (u *understanding) keepText(text string) {
	if w, ok := newPlanWord(text, false); ok {
		u.keep(w)
	}
}

// word reads one word of the query: as a context, as a question word, as it
// stands where the collection holds it, or cut into what it consists of.
func (u *understanding) word(w PlanWord) {
	text := strings.TrimRight(w.Text, "？?！!。，,")
	if text == "" {
		return
	}
	switch {
	case u.wholeContext(text):
	case u.asks(text):
	case u.lex.Hits(w) > 0:
		u.keepText(text)
	case u.cut(text):
	default:
		u.keepText(text)
	}
}

// wholeContext reads a word that is nothing but a year, a place, a unit, or
// the name of a part beside a subject. One that was turned off is told as such
// and stays a word.
func (u *understanding) wholeContext(text string) bool {
	m, ok := u.meaning(text)
	if !ok {
		return false
	}
	off := slices.Contains(u.off, text)
	u.reading.Context = append(u.reading.Context, Context{
		Word: text, Facet: m.tests[0].Facet, Value: m.tests[0].Value,
		Label: contextLabel(m.tests[0].Facet) + "：" + m.label, Off: off,
	})
	if off {
		return false
	}
	if m.note != "" {
		u.note(m.note)
	}
	c := PlanContext{Tests: m.tests}
	if !m.hidden {
		c.Word, _ = newPlanWord(text, false)
	}
	u.plan.Context = append(u.plan.Context, c)
	return true
}

// meaning is what a word stands for as a context.
type meaning struct {
	tests []FacetTest
	label string
	// hidden says that the word itself is no alternative: 去年 stands in few texts.
	hidden bool
	note   string
}

func (u *understanding) meaning(text string) (m meaning, ok bool) {
	if m, ok := u.year(text); ok {
		return m, true
	}
	if test, ok := u.place(text); ok {
		return meaning{tests: []FacetTest{test}, label: test.Value}, true
	}
	if tests := u.unit(text); tests != nil {
		return meaning{tests: tests, label: tests[0].Value}, true
	}
	if slices.Contains(u.lex.Values(Speaker), text) {
		return meaning{tests: []FacetTest{{Speaker, text}}, label: text}, true
	}
	if test, ok := contextWords()[text]; ok && !u.alone {
		short := utf8.RuneCountInString(text) < 3
		return meaning{tests: []FacetTest{test}, label: FacetValueLabel(test.Facet, test.Value), hidden: short}, true
	}
	return meaning{}, false
}

func contextLabel(facet string) string {
	if facet == Speaker {
		return "报告人"
	}
	return FacetLabels[facet]
}

var (
	yearRe = regexp.MustCompile(`^(?:([12][0-9]{3})|([一二][〇○零一二三四五六七八九]{3}))年?度?$`)
	yearIn = regexp.MustCompile(`(?:[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})年度?`)
)

// relativeYears count from the newest report.
var relativeYears = map[string]int{"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1}

// year reads 2021年, 二〇二一年, 2021, 去年. A document's year and the year an
// item speaks about both count; for 去年 the latter alone.
func (u *understanding) year(text string) (meaning, bool) {
	if shift, ok := relativeYears[text]; ok {
		newest := u.lex.NewestYear()
		if newest == 0 {
			return meaning{}, false
		}
		value := strconv.Itoa(newest + shift)
		return meaning{tests: []FacetTest{{FacetAbout, value}}, label: value + "年", hidden: true}, true
	}
	m := yearRe.FindStringSubmatch(foldWidth(text))
	if m == nil {
		return meaning{}, false
	}
	value := m[1]
	if value == "" {
		value = spelledYear(m[2])
	}
	if n, _ := strconv.Atoi(value); n < 1949 || n > 2100 {
		return meaning{}, false
	}
	read := meaning{tests: []FacetTest{{FacetYear, value}, {FacetAbout, value}}, label: value + "年"}
	if !slices.Contains(u.lex.Values(FacetYear), value) {
		read.note = "本站没有收录" + value + "年的文件"
	}
	return read, true
}

func (u *understanding) note(text string) {
	if !slices.Contains(u.reading.Notes, text) {
		u.reading.Notes = append(u.reading.Notes, text)
	}
}

// foldWidth is the text in half-width digits.
func foldWidth(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text)
}

func spelledYear(text string) string {
	var b strings.Builder
	for _, r := range text {
		i := strings.IndexRune("〇一二三四五六七八九", r)
		b.WriteByte('0' + byte(max(i, 0)/3))
	}
	return b.String()
}

// place reads a county, city or province of the collection, in full or short.
func (u *understanding) place(text string) (FacetTest, bool) {
	if utf8.RuneCountInString(text) < 2 {
		return FacetTest{}, false
	}
	found, ok := u.places[text]
	if !ok {
		found.test, found.ok = u.findPlace(text)
		u.places[text] = found
	}
	return found.test, found.ok
}

func (u *understanding) findPlace(text string) (FacetTest, bool) {
	values := u.lex.Values(FacetCounty)
	if slices.Contains(values, text) {
		return FacetTest{FacetCounty, text}, true
	}
	for _, p := range report.Places().Lookup(text) {
		if v := report.Places().FacetValue(p); slices.Contains(values, v) {
			return FacetTest{FacetCounty, v}, true
		}
	}
	return FacetTest{}, false
}

// unitEnds are the ends of units' names; without one a word is no unit.
var unitEnds = []string{"局", "委", "办", "厅", "部", "院", "中心", "办公室", "委员会", "管委会", "集团", "公司", "支队", "馆"}

// unit reads a unit in charge, with or without the level before it (市水利局, 水利局).
func (u *understanding) unit(text string) []FacetTest {
	if utf8.RuneCountInString(text) < 3 || !slices.ContainsFunc(unitEnds, func(end string) bool { return strings.HasSuffix(text, end) }) {
		return nil
	}
	tests, ok := u.units[text]
	if !ok {
		tests = u.findUnit(text)
		u.units[text] = tests
	}
	return tests
}

func (u *understanding) findUnit(text string) []FacetTest {
	names := []string{text}
	for _, key := range []string{text, strings.TrimLeft(text, "省市县区")} {
		for _, v := range synonyms().byTerm[foldedForm(key)] {
			if !v.related {
				names = append(names, v.text)
			}
		}
	}
	var tests []FacetTest
	folded := make([]string, len(names))
	for i, n := range names {
		folded[i] = foldedForm(n)
	}
	values := u.lex.Values(FacetUnit)
	if u.folded == nil {
		for _, v := range values {
			u.folded = append(u.folded, foldedForm(v))
		}
	}
	for i, v := range values {
		name := u.folded[i]
		for _, n := range folded {
			if name == n || utf8.RuneCountInString(name) == utf8.RuneCountInString(n)+1 && strings.HasSuffix(name, n) {
				tests = append(tests, FacetTest{FacetUnit, v})
				break
			}
		}
	}
	return tests
}

// asks reads a word that is nothing but a question or a filler.
func (u *understanding) asks(text string) bool {
	rest, asked := questionWords().cut(text)
	if len(rest) > 0 || u.alone {
		return false
	}
	u.ask(asked)
	return true
}

func (u *understanding) ask(kind string) {
	if u.plan.Asked == "" && kind != "" {
		u.plan.Asked = kind
	}
}

// cut takes a word apart that the collection does not hold: at years, at
// question words, before or behind a context. Each piece is read as a word.
func (u *understanding) cut(text string) bool {
	if loc := yearIn.FindStringIndex(foldWidth(text)); loc != nil && len(foldWidth(text)) == len(text) && !inNumber(text, loc) {
		return u.pieces(text[:loc[0]], text[loc[0]:loc[1]], text[loc[1]:])
	}
	for word := range relativeYears {
		if i := strings.Index(text, word); i >= 0 && len(text) > len(word) {
			return u.pieces(text[:i], word, text[i+len(word):])
		}
	}
	if u.cutQuestion(text) {
		return true
	}
	return u.cutContext(text)
}

// inNumber reports whether what looks like a year is a piece of a longer number.
func inNumber(text string, at []int) bool {
	return at[0] > 0 && strings.ContainsRune("0123456789.", rune(text[at[0]-1])) ||
		at[1] < len(text) && strings.ContainsRune("0123456789.", rune(text[at[1]]))
}

// pieces reads the pieces of a cut word, in order.
func (u *understanding) pieces(parts ...string) bool {
	u.alone = false
	for _, p := range parts {
		p = strings.Trim(p, "的、，, ")
		if u.plan.Asked != "" {
			p = strings.TrimRight(strings.TrimLeft(p, "要将会能想该"), "了着过要将")
		}
		if p == "" {
			continue
		}
		w, ok := newPlanWord(p, false)
		switch {
		case !ok:
		case len(w.Tokens) == 1 && w.Tokens[0].Kind == Han:
			// What is left of 高铁什么时候通 says little by itself.
			if w.Weak = true; !strings.Contains(filling, p) {
				u.keep(w)
			}
		case u.lex.Hits(w) == 0 && !strings.ContainsFunc(p, func(r rune) bool { return !strings.ContainsRune(filling, r) }):
			// 管管 of 谁能管管
		default:
			u.word(w)
		}
	}
	return true
}

// cutQuestion takes the question words out of a word.
func (u *understanding) cutQuestion(text string) bool {
	rest, asked := questionWords().cut(text)
	if len(rest) == 0 || len(rest) == 1 && rest[0] == text {
		return false
	}
	u.ask(asked)
	return u.pieces(rest...)
}

// cutContext takes a place or a unit off the beginning of a word, or the name
// of a part off its end.
func (u *understanding) cutContext(text string) bool {
	var starts []int // of its characters
	for i := range text {
		starts = append(starts, i)
	}
	for n := len(starts) - 2; n >= 2; n-- {
		first, rest := text[:starts[n]], text[starts[n]:]
		_, place := u.place(first)
		switch {
		case !place && u.unit(first) == nil:
		case slices.Contains(u.off, first):
			u.wholeContext(first) // turned off: it is told, and the word is not cut
		default:
			return u.pieces(first, rest)
		}
	}
	for n := 2; n <= len(starts)-2; n++ {
		first, last := text[:starts[n]], text[starts[n]:]
		if _, ok := contextWords()[last]; ok && !slices.Contains(u.off, last) {
			return u.pieces(first, last)
		}
	}
	return false
}

// expand gives a word its synonyms, its guards and its known pieces.
func (u *understanding) expand(w *PlanWord) {
	if w.Exact {
		return
	}
	w.Guards, w.Absent = guardsOf(w.Text), u.lex.Hits(*w) == 0
	same, related := u.variantsOf(w.Text, true)
	w.Variants, w.Related = append(w.Variants, same...), related
	pieces := u.segment(w.Text, u.plan.Spoken && w.Absent)
	if !u.plan.Spoken && w.Absent && w.Weight() >= shortSpoken && slices.ContainsFunc(pieces, u.everyday) {
		u.plan.Spoken = true
		pieces = u.segment(w.Text, true)
	}
	for _, piece := range pieces {
		if s, ok := newPlanWord(piece, false); ok {
			s.Weak = len(s.Tokens) == 1 && u.plan.Spoken
			s.Guards, s.Absent = guardsOf(piece), !u.occurs(piece)
			s.Variants, s.Related = u.variantsOf(piece, len(w.Variants) == 0)
			w.Segments = append(w.Segments, s)
		}
	}
	if len(w.Segments) > 0 && !slices.ContainsFunc(w.Segments, func(s PlanWord) bool { return !isWeak(s) }) {
		w.Segments, w.Weak = nil, len(w.Variants)+len(w.Related) == 0 // 越来越贵 is as weak as its pieces
	}
	if len(w.Segments) == 1 && w.Segments[0].Text == w.Text {
		w.Segments = nil
	}
	w.Segments = markWeak(w.Segments)
}

// weaken marks the weak words of a query and forgets those that no item holds:
// 金额 beside 减税降费. A query of nothing else keeps them as they are.
func (u *understanding) weaken() {
	marked := markWeak(u.plan.Words)
	u.plan.Words = slices.DeleteFunc(marked, func(w PlanWord) bool {
		if !w.Weak || u.lex.Hits(w) > 0 {
			return false
		}
		u.reading.Words = slices.DeleteFunc(u.reading.Words, func(text string) bool { return text == w.Text })
		return true
	})
}

// markWeak marks the weak ones of some words, unless they are all weak.
func markWeak(words []PlanWord) []PlanWord {
	some := slices.ContainsFunc(words, func(w PlanWord) bool { return !isWeak(w) })
	for i := range words {
		words[i].Weak = some && isWeak(words[i])
	}
	return words
}

// isWeak reports whether a word is a weak one, or was found to be made of such.
func isWeak(w PlanWord) bool {
	if w.Exact || len(w.Variants)+len(w.Related) > 0 {
		return false
	}
	return w.Weak || questionWords().weak(w.Text)
}

func guardsOf(text string) []PlanWord {
	var out []PlanWord
	for _, g := range synonyms().guards[foldedForm(text)] {
		if w, ok := newPlanWord(g, true); ok {
			out = append(out, w)
		}
	}
	return out
}

// variantsOf looks up what else to search for: what means the same, and what
// is related. told says that the reader shall see it.
func (u *understanding) variantsOf(text string, told bool) (same, related []PlanWord) {
	e := Expansion{Word: text}
	others := slices.Clone(synonyms().byTerm[foldedForm(text)])
	for _, form := range append(numberForms(text), numeralForms(text)...) {
		others = append(others, synonym{text: form})
	}
	for _, s := range others {
		if u.variants >= maxVariants {
			u.note(fmt.Sprintf("同义词较多，只用前%d个", maxVariants))
			break
		}
		w, ok := newPlanWord(s.text, true)
		if !ok || s.text == text || u.lex.Hits(w) == 0 {
			continue
		}
		off := slices.Contains(u.off, s.text)
		e.Variants = append(e.Variants, Variant{s.text, off})
		if off {
			continue
		}
		u.variants++
		w.Guards = guardsOf(s.text)
		if s.related {
			related = append(related, w)
		} else {
			same = append(same, w)
		}
	}
	if told && len(e.Variants) > 0 {
		u.reading.Expansions = append(u.reading.Expansions, e)
	}
	return same, related
}

// What a piece costs when a word is cut: words of the vocabulary least, then
// weak ones, pairs of characters that stand together somewhere, and characters
// left over.
const (
	costKnown  = 20
	costTerm   = 21 // of the synonyms only: 老旧小区 and 改造 rather than 老旧 and 小区改造
	costWeak   = 30
	costIdle   = 45
	costPair   = 50
	costSingle = 100
)

// segment cuts a word into words that are known, so that the fewest and the
// most certain pieces come out. The word itself is none: it is cut because the
// collection does not hold it.
func (u *understanding) segment(text string, said bool) []string {
	if numberForms(text) != nil {
		return nil // 67800 does not consist of 67 and 800
	}
	runes := []rune(text)
	n := len(runes)
	if n < 3 || n > 40 {
		return nil
	}
	type way struct{ cost, from int }
	best := make([]way, n+1)
	for i := 1; i <= n; i++ {
		single := costSingle
		if said && strings.ContainsRune(filling, runes[i-1]) {
			single = costIdle
		}
		best[i] = way{best[i-1].cost + single, i - 1}
		for j := max(0, i-12); j <= i-2; j++ {
			piece := string(runes[j:i])
			if said {
				piece = closed(piece)
			}
			if i-j == n && piece == text {
				continue
			}
			if cost := best[j].cost + u.pieceCost(piece); cost < best[i].cost {
				best[i] = way{cost, j}
			}
		}
	}
	var cuts []int
	for i := n; i > 0; i = best[i].from {
		cuts = append(cuts, i)
	}
	slices.Reverse(cuts)
	if said {
		return u.pickSpoken(runes, cuts)
	}
	return u.joinSingles(runes, cuts)
}

func (u *understanding) pieceCost(piece string) int {
	if u.lex.Known(piece) {
		return costKnown
	}
	if _, ok := synonyms().byTerm[foldedForm(piece)]; ok {
		return costTerm
	}
	if questionWords().weak(piece) {
		return costWeak
	}
	if utf8.RuneCountInString(piece) == 2 {
		if w, ok := newPlanWord(piece, true); ok && u.lex.Hits(w) > 0 {
			return costPair
		}
	}
	return 1 << 20
}

// linking characters stand between words and belong to none. What is left over
// of a word and consists of those and of idle ones says nothing.
const (
	linking = "和与跟及的在是了要将把被对等"
	idle    = linking + "一有能就也都还很太会可去来到上下给让从向里没不又再才先每各该得着过吗呢吧啊么个这那我你他她它们之其些点哪啥怎多少好难贵买卖吃住做办用领骑坐看找交查开想问说讲帮请求靠嫌盼"
	// filling are those of sentences: what is said has verbs that a name has not.
	filling = idle + "您咱俺谁几咋嘛啦呀哇哦嘞噢喔哎唉呗光只老总快慢早晚真挺更最全所由为以则却而且但便像似按往跟替叫使此该某另何曾正刚已将趟回次遍把修管通治弄搞整换装建拆盖发涨降退补报转变改进出走跑放拿送接打等当成算种养"
	// degrees stand before what is felt rather than named: 太重, 不亮.
	degrees = "太很不没更最越真挺"
)

// isIdle reports whether a text has no character that says anything, or but one
// behind a word of degree.
func isIdle(text string) bool {
	rest := 0
	for _, r := range text {
		if !strings.ContainsRune(idle, r) {
			rest++
		}
	}
	return rest == 0 || rest == 1 && strings.ContainsAny(text, degrees)
}

// joinSingles makes pieces of a cut: characters left over in a row are one; a
// lone one joins the piece before it, or the one behind at the beginning; a
// linking one is dropped.
func (u *understanding) joinSingles(runes []rune, cuts []int) []string {
	var out []string
	loose := "" // characters left over so far
	linked := false
	start := 0
	flush := func() {
		switch n := utf8.RuneCountInString(loose); {
		case n == 0 || n == 1 && linked || isIdle(loose):
		case n == 1 && len(out) > 0 && questionWords().weak(out[len(out)-1]):
			// 不够 and 上: what hangs on a weak word says no more than it
		case n == 1 && len(out) > 0 && start < len(runes) && !u.occurs(out[len(out)-1]+loose):
			// 农村娃上学: in the middle; at the end it is the head, as in 空间站
		case n == 1 && len(out) > 0:
			out[len(out)-1] += loose
		default:
			out = append(out, loose)
		}
		loose, linked = "", false
	}
	for _, end := range cuts {
		piece := string(runes[start:end])
		switch {
		case end-start > 1 && utf8.RuneCountInString(loose) == 1 && len(out) == 0 && !isIdle(loose) && !questionWords().weak(piece):
			out, loose = append(out, loose+piece), ""
		case end-start > 1:
			flush()
			out = append(out, piece)
		case strings.Contains(linking, piece):
			flush()
			linked = true
		default:
			loose += piece
		}
		start = end
	}
	flush()
	return out
}

// inserted are what stands inside a verb and its object: 当完兵, 贷点款, 看不起病.
var inserted = []string{"完", "过", "个", "点", "着", "了", "好", "不起", "不了", "不到", "不上", "不成", "不着", "得起", "点儿", "一个", "一点", "一次", "过的", "完的"}

// closed is a verb and its object without what is inserted, 当兵 for 当完兵, or
// the text itself.
func closed(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	last, end := utf8.DecodeLastRuneInString(text)
	if n := len(text) - size - end; n > 0 && n <= 6 && slices.Contains(inserted, text[size:len(text)-end]) {
		if short := string([]rune{first, last}); len(synonyms().byTerm[short]) > 0 {
			return short
		}
	}
	return text
}

// pickSpoken makes pieces of a cut of something said. Unlike a name, it has
// words that only link its parts: idle characters part what stands beside them,
// and a character left over between them stays one by itself.
func (u *understanding) pickSpoken(runes []rune, cuts []int) []string {
	var out []string
	loose, start := "", 0
	flush := func() {
		switch n := utf8.RuneCountInString(loose); {
		case n == 0:
		case n == 1 && len(out) > 0 && u.occurs(out[len(out)-1]+loose):
			out[len(out)-1] += loose
		default:
			out = append(out, loose)
		}
		loose = ""
	}
	for _, end := range cuts {
		switch piece := string(runes[start:end]); {
		case end-start > 1:
			flush()
			out = append(out, closed(piece))
		case strings.Contains(filling, piece):
			flush()
		default:
			loose += piece
		}
		start = end
	}
	flush()
	return out
}

func (u *understanding) occurs(text string) bool {
	w, ok := newPlanWord(text, true)
	return ok && u.lex.Hits(w) > 0
}
