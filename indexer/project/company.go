package project

import "strings"

// companies finds the companies a clause names.
func (r *reader) companies(c span) []span {
	var found []span
	x := lexical()
	for i, covered := c.from, c.from; i < c.to; i++ {
		l, class := x.ends.Longest(r.runes[i:c.to])
		if l == 0 || i < covered {
			continue
		}
		if class == classNever {
			covered = i + l
			continue
		}
		if class != classCompany {
			continue
		}
		from := max(covered, i+l-maxName)
		if at, ok := r.company(span{from, i + l}, i); ok {
			found = append(found, at)
			covered = i + l
		}
		i += l - 1
	}
	return found
}

// company finds where a company's name begins: behind the last word or sign
// after which one can begin.
func (r *reader) company(s span, end int) (span, bool) {
	for i := end - 1; i >= s.from; i-- {
		if strings.ContainsRune("、,:;。()“”\"《》等", r.runes[i]) {
			s.from = i + 1
			break
		}
	}
	if s.from >= end {
		return span{}, false
	}
	st := r.starts(s)
	for from := end - 1; from >= s.from; from-- {
		whole := from == s.from || st.at(from).ok || strings.ContainsRune("与和同由为对向在了入及让被有是", r.runes[from-1]) && !r.inWord(from-1)
		if !whole {
			continue
		}
		n := span{from, s.to}
		if l, _ := lexical().leads.Longest(r.runes[from:end]); l > 1 {
			continue
		}
		if n.len() >= minName && !r.counted(n) && !r.holdsNever(n) && !strings.Contains(r.folded(n), "及") && r.residue(span{from, end}) >= minResidue && r.residue(r.afterPlace(span{from, end})) >= minResidue {
			return n, true
		}
	}
	return span{}, false
}

// inWord reports whether the characters around a position make an everyday word: 和 in 和平.
func (r *reader) inWord(i int) bool {
	for from := max(0, i-2); from <= i; from++ {
		inside := false
		lexical().words.Each(r.runes[from:min(len(r.runes), i+3)], func(l int, _ bool) {
			inside = inside || l > 1 && from+l > i
		})
		if inside {
			return true
		}
	}
	return false
}

// partners lists the companies that take part in a project: those in its own
// name (信发集团高纯铝项目), and where the clause names no other project, those it
// says to work with or to invest (与…合作, 由…投资, …公司投资建设).
func (r *reader) partners(c *clause, n *name) []string {
	var names []string
	for _, s := range r.companies(c.quote) {
		inside := s.from >= n.from && s.to <= n.to
		if inside && s.to < n.to || !inside && len(c.names) == 1 && r.takesPart(s, c.quote) {
			names = append(names, r.printed(s))
		}
	}
	return names
}

// takesPart reports whether the words around a company say that it takes part.
func (r *reader) takesPart(s, c span) bool {
	behind, _, _ := strings.Cut(r.folded(span{s.to, min(c.to, s.to+10)}), "、")
	if sum, ok := strings.CutPrefix(behind, "投资"); ok && sum != "" && isDigit(firstRune(sum)) {
		return true // 宏达集团投资25亿元的…
	}
	for _, w := range [...]string{"合作", "共建", "共同建设", "投资建设", "投资兴建", "投资的", "承建", "联合"} {
		if strings.Contains(behind, w) {
			return true
		}
	}
	before := r.folded(span{max(c.from, s.from-2), s.from})
	return strings.HasSuffix(before, "由") || strings.HasSuffix(before, "携手") || strings.HasSuffix(before, "联合")
}
