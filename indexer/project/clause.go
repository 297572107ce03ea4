package project

import (
	"slices"
	"strings"

	"youju/report"
)

// clause is one clause of a sentence with the names it holds.
type clause struct {
	span
	// quote is what a mention quotes: the clause, and its neighbour where that tells the amount or the stage.
	quote span
	names []name
	// more is set where an enumeration ends in 等, so that what is said holds for others too.
	more bool
}

// name is a project or park in a clause, with the words that govern it.
type name struct {
	span
	// piece is where the name's piece of the enumeration begins.
	piece int
	// cut is set when 的 stands before it.
	cut   bool
	class class
	// ending is its last word, before 二期 and the like.
	ending string
	// ellipsis is the last word of the name where the text gives it once for several (聊邯长、鲁中高铁).
	ellipsis string
	before   government
	after    predicate
	// own is set when the governing verb stands in the name's own piece of the enumeration.
	own bool
	// building is set when a word of building stands beside the name.
	building   bool
	amount     *float64
	amountText string
}

// parse finds the names of a clause. An enumeration is read piece by piece: a
// verb before the first piece governs the following ones until another comes
// (建成A、B), a predicate after a piece holds for those before it (A、B开工建设), and
// what stands behind 等 says what its bare members are (A、B等4条高速公路).
func (r *reader) parse(s span) clause {
	c := clause{span: s, quote: s}
	var gov government
	var bare []name // members that do not say themselves what they are
	for k, p := range r.split2(r.pieces(s)) {
		main, group := r.cutGroup(p)
		starts := r.starts(main)
		n, ok := r.nameIn(main, p.to, starts)
		if !ok {
			n = name{span: span{starts.last(k == 0, main.to), main.to}}
		}
		g := r.governing(starts, n.from)
		if g.text == "" {
			g = r.governing(starts, starts.last(false, main.to)) // 启动总投资3亿元的…, 推进甲新区和乙园区建设
		}
		if g.text != "" {
			gov, n.own = g, true
		} else if k == 0 {
			gov = government{}
		}
		if i := n.from - 1; ok && i > main.from && strings.ContainsRune("和及与", r.runes[i]) {
			bare = append(bare, name{span: span{starts.last(k == 0, i), i}, before: gov, piece: p.from})
		}
		n.before, n.piece, n.cut = gov, p.from, n.from > main.from && starts.at(n.from).cut
		if ok {
			n.after = r.predicate(span{n.to, p.to})
			// 雄商、津潍及青岛连接线等6个高铁项目 are no 连接线.
			if g, ok := r.groupOf(group); ok && group.from < group.to && (g.class == classLine || g.class == classSite) {
				c.names = append(c.names, r.belong(bare, g)...)
				bare = nil
			} else if borrowed := r.borrow(bare, n); borrowed != nil {
				c.names = append(c.names, borrowed...)
				bare = nil
			}
			c.names = append(c.names, n)
		} else {
			bare = append(bare, n)
		}
		if group.from < group.to {
			c.more = true
			if g, ok := r.groupOf(group); ok {
				c.share(g)
				c.names = append(c.names, r.belong(bare, g)...)
			} else if r.predicate(group).text == "" {
				c.names = slices.DeleteFunc(c.names, func(n name) bool { return n.class == classBuilding && n.before.stage == "" })
			}
			bare = nil
		}
	}
	if len(bare) > 0 && bare[len(bare)-1].to == s.to {
		r.endBare(&c, bare[len(bare)-1])
	}
	c.inherit()
	return c
}

// share gives the names of a group that say nothing themselves what is said of it.
func (c *clause) share(g group) {
	for i := len(c.names) - 1; i >= 0; i-- {
		n := &c.names[i]
		n.building = n.building || g.class == classWork // 吾悦广场等商贸项目
		if n.after.text != "" && n.after.text != g.after.text {
			return
		}
		if !g.after.single {
			n.after = g.after
		}
	}
}

// endBare reads a clause whose last member is no name. Its verb may be that of
// the names before it (吴淞江工程、52座雨水调蓄池开工建设); where it goes on with 的,
// they only say where something is (聊城火车站、汽车站的风雨连廊).
func (r *reader) endBare(c *clause, last name) {
	n := len(c.names)
	if n == 0 || last.own || c.names[n-1].after.text != "" {
		return
	}
	c.names[n-1].after = r.lastVerb(last.span)
	if strings.Contains(r.folded(last.span), "的") {
		c.names = slices.DeleteFunc(c.names, func(n name) bool { return n.after.text == "" })
	}
}

// inherit hands predicates to the names before them and notes words of building.
func (c *clause) inherit() {
	for i := len(c.names) - 1; i >= 0; i-- {
		n := &c.names[i]
		open := n.after.text == "" || n.after.text == mainWorks
		if next := i + 1; next < len(c.names) && open && !c.names[next].own && !c.names[next].after.single && (c.names[next].after.text != "" || c.names[next].after.noun) {
			n.after = c.names[next].after
		}
		n.building = n.building || strings.ContainsAny(n.before.text+n.after.text, "建扩迁") || n.after.stage != "" || n.after.noun
	}
}

// split2 cuts pieces again at the conjunctions that follow a whole name: 和, 及, 与.
func (r *reader) split2(pieces []span) []span {
	var parts []span
	for _, p := range pieces {
		from := p.from
		for i := p.from; i < p.to; i++ {
			l, class := lexical().ends.Longest(r.runes[i:p.to])
			if l == 0 || class == classOther || class == classNever {
				continue
			}
			end := r.suffix(i+l, p.to)
			if j := r.conjunction(end, p.to); j > end {
				parts = append(parts, span{from, end})
				from = j
			}
			i += l - 1
		}
		if p.to > from {
			parts = append(parts, span{from, p.to})
		}
	}
	return parts
}

// conjunction is the position behind a conjunction at i, or i.
func (r *reader) conjunction(i, to int) int {
	for _, w := range [...]string{"以及", "和", "及", "与", "暨", "并"} {
		if strings.HasPrefix(string(r.runes[i:min(i+2, to)]), w) {
			return i + len([]rune(w))
		}
	}
	return i
}

// cutGroup parts a piece of an enumeration from the 等 that ends it.
func (r *reader) cutGroup(p span) (main, group span) {
	for i := p.from + 1; i < p.to; i++ {
		if r.runes[i] != '等' || strings.ContainsRune("高平中优初上同特对均劣", r.runes[i-1]) {
			continue
		}
		if i+1 < p.to && strings.ContainsRune("级待于额距候效次", r.runes[i+1]) {
			continue
		}
		return span{p.from, i}, span{i, p.to}
	}
	return p, span{}
}

// group says what the members of an enumeration are: 等4条高速公路, 等重大项目.
type group struct {
	class class
	// ending is the last word of what the members are (公路), kind all of its words (高速公路).
	ending, kind string
	after        predicate
}

// maxGroup is how long the words between 等 and what the members are may be.
const maxGroup = 16

// groupOf reads what follows 等; it fails where the members are no projects.
func (r *reader) groupOf(s span) (group, bool) {
	i := r.count(s.from+1, s.to)
	for j := i; j < min(s.to, i+maxGroup); j++ {
		l, class := lexical().ends.Longest(r.runes[j:s.to])
		if l == 0 {
			if r.runes[j] == '的' {
				break
			}
			continue
		}
		if class == classNever || class == classCompany {
			break
		}
		if class == classOther {
			if next, _ := lexical().ends.Longest(r.runes[j+l : s.to]); next == 0 {
				break
			}
			continue
		}
		if end := j + l; r.ended(end, s.to) {
			if r.holdsNever(span{i, end}) && class != classWork {
				break
			}
			after := r.predicate(span{end, s.to})
			if end < s.to && r.runes[end] == '的' {
				if p := r.predicate(span{end + 1, s.to}); p.stage == report.StagePrepare {
					after = p // 等项目的前期工作
				}
			}
			return group{class, r.folded(span{j, end}), r.folded(span{i, end}), after}, true
		}
		j += l - 1
	}
	return group{}, false
}

// count is the position behind a number and its measure word: 4条, 30多个, 一批.
func (r *reader) count(i, to int) int {
	j := i
	for j < to && (isNumeral(r.runes[j]) || strings.ContainsRune("多余几数近约", r.runes[j])) {
		j++
	}
	if j > i && j < to && strings.ContainsRune("个条座项处家所批大类期台辆套间栋幢", r.runes[j]) {
		j++
	}
	return j
}

// belong makes names of the bare members of a group.
func (r *reader) belong(bare []name, g group) []name {
	var names []name
	for _, n := range bare {
		n.class, n.after = g.class, g.after
		switch g.class {
		case classLine, classSite:
			n.ellipsis = g.ending
		case classPark:
			if last := r.runes[n.to-1]; !strings.ContainsRune("园区城港谷", last) || !strings.ContainsRune(g.kind, last) {
				n.ellipsis = g.kind
			}
		case classBuilding:
			if strings.ContainsRune(g.kind, '和') {
				continue
			}
			kind, last := []rune(g.kind), r.runes[n.to-1]
			if !strings.HasSuffix(g.kind, "综合体") && last != kind[len(kind)-1] && !strings.ContainsRune("心厦馆场院店楼", last) {
				n.ellipsis = g.kind
			}
		case classWork:
			if strings.ContainsRune(r.folded(n.span), '至') && !r.holdsLine(n.span) {
				n.ellipsis = g.kind // 大同至天津南等特高压工程
			}
		}
		if r.validBare(n) {
			names = append(names, n)
		}
	}
	return names
}

// holdsLine reports whether a range says what it is of a line: 东阿至临清铁路增建二线.
func (r *reader) holdsLine(s span) bool {
	for i := s.from; i < s.to; i++ {
		if l, class := lexical().ends.Longest(r.runes[i:s.to]); l > 0 && class == classLine {
			return true
		}
	}
	return false
}

// borrow makes names of bare members whose last word the next name gives: 聊邯长、鲁中高铁.
func (r *reader) borrow(bare []name, next name) []name {
	if next.class != classLine && next.class != classSite || next.own || next.len() > maxPair+4 {
		return nil
	}
	var names []name
	for _, n := range bare {
		if n.len() > maxPair || n.len() < 2 || r.residue(n.span) < n.len() {
			return nil // what stands between must be as short, or it is no such list
		}
		n.class = next.class
		if last := r.runes[n.to-1]; !strings.ContainsRune(next.ending, last) { // 王口桥、徒骇河大桥
			n.ellipsis = next.ending
		}
		names = append(names, n)
	}
	return names
}

// maxPair is the length of the longest name a line or a site is called by where its last word is left out.
const maxPair = 4
