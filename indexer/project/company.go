package project

import "strings"

// companies finds the companies a clause names.
func (r *reader) companies(c span) []span {
	var found []span
	x := lexical()
	for i, covered := c.from, c.from; i < c.to; i++ {
		l, class := x.ends.longest(r.runes[i:c.to])
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
		whole := from == s.from || st.at(from).ok || strings.ContainsRune("与和同由为对向在了入及让被", r.runes[from-1]) && !r.inWord(from-1)
		if !whole {
			continue
		}
		n := span{from, s.to}
		if l, _ := lexical().leads.longest(r.runes[from:end]); l > 1 {
			continue
		}
		if n.len() >= minName && !r.counted(n) && !r.holdsNever(n) && r.residue(span{from, end}) >= minResidue && r.residue(r.afterPlace(span{from, end})) >= minResidue {
			return n, true
		}
	}
	return span{}, false
}

// inWord reports whether the characters around a position make an everyday word: 和 in 和平.
func (r *reader) inWord(i int) bool {
	for from := max(0, i-2); from <= i; from++ {
		inside := false
		lexical().words.each(r.runes[from:min(len(r.runes), i+3)], func(l int, _ bool) {
			inside = inside || l > 1 && from+l > i
		})
		if inside {
			return true
		}
	}
	return false
}

// partners lists the companies and institutions that a clause names beside its
// project as taking part: 与…合作, 由…投资, …公司投资建设.
func (r *reader) partners(c *clause) []string {
	text := r.folded(c.quote)
	if !strings.Contains(text, "合作") && !strings.Contains(text, "投资") && !strings.Contains(text, "共建") && !strings.Contains(text, "承建") && !strings.Contains(text, "联合") && !strings.Contains(text, "携手") {
		return nil
	}
	var names []string
	for _, s := range r.companies(c.quote) {
		if r.takesPart(s, c.quote) {
			names = append(names, r.printed(s))
		}
	}
	return names
}

// takesPart reports whether the words around a company say that it takes part.
func (r *reader) takesPart(s, c span) bool {
	behind := r.folded(span{s.to, min(c.to, s.to+12)})
	for _, w := range [...]string{"合作", "共建", "共同", "投资", "承建", "联合", "携手"} {
		if at := strings.Index(behind, w); at >= 0 && !strings.ContainsAny(behind[:at], ",、") {
			return true
		}
	}
	before := r.folded(span{max(c.from, s.from-2), s.from})
	return strings.HasSuffix(before, "由") || strings.HasSuffix(before, "携手") || strings.HasSuffix(before, "联合")
}
