package project

import (
	"strconv"
	"strings"

	"youju/report"
)

// sum is an investment that a clause gives.
type sum struct {
	span
	yuan float64
	// total is set for 总投资 and 计划投资, which are about the thing just named.
	total bool
	// spent is set for what has been spent so far, which is about the name right before it only.
	spent bool
}

// sums finds the investments of a clause in yuan. What is planned for a year
// (全年计划投资) is none.
func (r *reader) sums(c span) []sum {
	var found []sum
	for i := c.from; i+2 < c.to; i++ {
		if yuan, to := r.listedSum(i, c.to, found); to > i {
			found = append(found, sum{span: span{i, to}, yuan: yuan})
			i = to - 1
			continue
		}
		if r.runes[i] != '投' || r.runes[i+1] != '资' {
			continue
		}
		from, kind := r.beforeSum(i, c.from)
		j := i + 2
		for j < c.to && strings.ContainsRune("额总约超近达到为共计逾过规模", r.runes[j]) {
			j++
		}
		if yuan, to := r.yuan(j, c.to); to > j && (kind != spent || r.follows(i, c.from, "完成")) {
			found = append(found, sum{span{from, to}, yuan, kind == planned, kind == spent})
			i = to - 1
		}
	}
	return found
}

// listedSum reads a sum in a list behind one that says 投资: 投资836万元的甲、550万元的乙.
func (r *reader) listedSum(i, to int, found []sum) (float64, int) {
	if len(found) == 0 || found[len(found)-1].spent || !isDigit(r.runes[i]) || r.runes[i-1] != '、' {
		return 0, i
	}
	yuan, j := r.yuan(i, to)
	if j >= to || !isHan(r.runes[j]) {
		return 0, i
	}
	return yuan, j
}

// The kinds of investment that the word before 投资 tells.
const (
	plain = iota
	planned
	spent
)

func (r *reader) beforeSum(i, from int) (int, int) {
	for _, w := range [...]string{"完成", "累计", "年度", "新增", "民间", "有效", "产业", "工业"} {
		if r.follows(i, from, w) {
			return i, spent
		}
	}
	at, kind := i, plain
	for again := true; again; {
		again = false
		for _, w := range [...]string{"总", "计划", "概算", "估算", "预计", "拟"} {
			if r.follows(at, from, w) {
				at, kind, again = at-len([]rune(w)), planned, true
			}
		}
	}
	for _, w := range [...]string{"全年", "当年", "年内", "今年", "年度"} {
		if r.follows(at, from, w) {
			return at, spent
		}
	}
	return at, kind
}

// follows reports whether a word stands just before position i.
func (r *reader) follows(i, from int, word string) bool {
	l := len([]rune(word))
	return i-l >= from && r.folded(span{i - l, i}) == word
}

var scales = []struct {
	unit  string
	power int
}{{"万亿", 12}, {"亿", 8}, {"千万", 7}, {"百万", 6}, {"万", 4}}

// yuan reads a sum such as 120多亿元 at i. It returns i where there is none, and
// where the money is not yuan.
func (r *reader) yuan(i, to int) (float64, int) {
	j := i
	for j < to && (isDigit(r.runes[j]) || strings.ContainsRune(".,", r.runes[j])) {
		j++
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(r.folded(span{i, j}), ",", ""), 64)
	if err != nil || j == i || j-i > 12 {
		return 0, i
	}
	for j < to && strings.ContainsRune("多余", r.runes[j]) {
		j++
	}
	for _, s := range scales {
		if l := len([]rune(s.unit)); j+l < to && r.folded(span{j, j + l}) == s.unit && r.runes[j+l] == '元' {
			return report.Shifted(value, s.power), j + l + 1
		}
	}
	return 0, i
}

// carry gives the names of a clause what the neighbours of clause i say: a sum
// that stands alone before (投资1亿元，启动…) or after (…项目，总投资3亿元), a verb
// that stands alone after (…工程，已建成通车).
func (r *reader) carry(cs []clause, i int) {
	c := &cs[i]
	sums := r.sums(c.span)
	if len(c.names) > 0 {
		r.attach(c, sums)
		return
	}
	if len(sums) == 1 && len(r.names(cs, i)) == 0 {
		r.carrySum(cs, i, sums[0])
	}
	if i > 0 && len(cs[i-1].names) > 0 && c.len() <= maxPredicate {
		r.carryVerb(&cs[i-1], c)
	}
}

// maxPredicate is the length of the longest clause that is nothing but a predicate.
const maxPredicate = 16

// names is the companies of a clause without projects, to which a sum may belong.
func (r *reader) names(cs []clause, i int) []span { return r.companies(cs[i].span) }

// attach gives a clause's sums to the names they stand beside.
func (r *reader) attach(c *clause, sums []sum) {
	for _, s := range sums {
		for k := range c.names {
			n := &c.names[k]
			if s.spent {
				if s.from >= n.to && n.amount == nil && r.onlyLeads(span{n.to, s.from}) {
					n.take(r, s)
				}
				continue
			}
			if s.to <= n.from && (n.from-s.to <= 1 || r.builds(span{s.to, n.from})) && (!c.more || len(sums) > 1) {
				n.take(r, s)
				break
			}
			if s.from > n.to && s.from <= n.to+2 && r.runes[n.to] == '(' || s.from == n.to && n.amount == nil {
				n.take(r, s) // 甲项目（总投资3亿元）、乙项目总投资2亿元
				break
			}
			alone := len(c.names) == 1 && !c.more && len(sums) == 1
			if alone && (s.from >= n.to || s.from == c.from && r.onlyLeads(span{s.to, n.from})) {
				n.take(r, s)
			}
		}
	}
}

func (r *reader) carrySum(cs []clause, i int, s sum) {
	give := func(j int) bool {
		if j < 0 || j >= len(cs) || len(cs[j].names) != 1 || cs[j].more || cs[j].names[0].amount != nil || cs[j].from == cs[j].to {
			return false
		}
		cs[j].names[0].take(r, s)
		cs[j].quote = span{min(cs[j].quote.from, cs[i].from), max(cs[j].quote.to, cs[i].to)}
		return true
	}
	if s.spent {
		// 甲水库加快建设，完成投资3亿元
		if r.onlyLeads(span{cs[i].from, s.from}) && s.to == cs[i].to {
			give(i - 1)
		}
		return
	}
	if s.from-cs[i].from > 2 {
		return
	}
	if s.total && give(i-1) || s.to != cs[i].to {
		return
	}
	if i+1 < len(cs) && len(cs[i+1].names) == 0 {
		cs[i+1] = r.parse(cs[i+1].span)
	}
	give(i + 1)
}

func (r *reader) carryVerb(before, c *clause) {
	p := r.predicate(c.span)
	if p.stage == "" || p.to != c.to {
		return
	}
	for k := range before.names {
		n := &before.names[k]
		if stage, verb := n.progress(); stage == "" && verb == "" {
			n.after, n.building = p, true
			before.quote.to = max(before.quote.to, c.to)
		}
	}
}

func (n *name) take(r *reader, s sum) {
	yuan := s.yuan
	n.amount, n.amountText = &yuan, r.printed(s.span)
}

// builds reports whether a range is a verb of building and what leads up to it: 投资3亿元|建设….
func (r *reader) builds(s span) bool {
	return s.len() <= 6 && r.onlyLeads(s) && strings.ContainsAny(r.folded(s), "建设施")
}

// onlyLeads reports whether nothing but leading words stands in a range.
func (r *reader) onlyLeads(s span) bool {
	x := lexical()
	for i := s.from; i < s.to; {
		rest := r.runes[i:s.to]
		l, _ := x.verbs.Longest(rest)
		skip, _ := x.skips.Longest(rest)
		lead, _ := x.leads.Longest(rest)
		if l = max(l, skip, lead); l == 0 {
			if r.runes[i] != '的' && r.runes[i] != '了' {
				return false
			}
			l = 1
		}
		i += l
	}
	return true
}
