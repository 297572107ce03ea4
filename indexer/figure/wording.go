package figure

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"youju/indexer/pattern"
	"youju/report"
)

// wordingRE is an aim or a result in words, behind its indicator: 保持合理水平.
var wordingRE = pattern.MustCompile(`^(?:保持(?:在)?(?:稳定|合理|平稳|基本|较快|持续|全省|全国|两位数|较低|总体|适度|增长|同步|稳|良好|中高速|在)[^，；。、]{0,14}|稳(?:步|定|中|量|住|健|增)[^，；。、]{0,8}|(?:和|与|同)(?:经济|GDP|国民经济|地区生产总值|生产总值)(?:增长|发展)?(?:基本)?同步(?:增长)?|(?:高于|好于|优于|快于|不低于|低于|略高于)(?:全省|全国|全市|省|国家|上级|预期|年度|经济|城镇|去年|上年)[^，；。、]{0,14}|(?:达到|完成)(?:全省|全国|省|国家|上级|年度|预期)[^，；。、]{0,14}|进一步(?:下降|提升|提高|降低|改善|增长|回升)|持续(?:下降|提升|提高|降低|改善|增长|回升|优化|高于[^，；。、]{0,14})|实现正增长|只增不减|(?:实现)?“?[一二三四五六七八九十]{1,3}连[丰增]”?)$`)

// wordStarts are the beginnings of such words, wordAdverbs stand before them.
var (
	wordStarts  = []string{"保持", "稳", "和", "与", "同", "高于", "好于", "优于", "快于", "不低于", "低于", "略高于", "达到", "完成", "进一步", "持续", "实现", "只增", "“", "十", "二十"}
	wordAdverbs = []string{"努力", "力争", "继续", "基本", "总体", "持续", "均", "明显", "大幅", "稳"}
)

// startsWording says that one of wordStarts may begin.
func startsWording(c rune) bool {
	switch c {
	case '保', '稳', '和', '与', '同', '高', '好', '优', '快', '不', '低', '略', '达', '完', '进', '持', '实', '只', '“', '十', '二':
		return true
	}
	return false
}

// inWords parts a clause into what it is about and what it says in words.
func inWords(clause string) (subject, said string) {
	for i, c := range clause {
		if i < 2*len("一") || !startsWording(c) {
			continue
		}
		for _, start := range wordStarts {
			if !strings.HasPrefix(clause[i:], start) || !wordingRE.MatchString(clause[i:]) {
				continue
			}
			subject = clause[:i]
			for _, w := range wordAdverbs {
				subject = strings.TrimSuffix(subject, w)
			}
			return subject, clause[i:]
		}
	}
	return "", ""
}

var wordBound = pattern.MustCompile(`高于|好于|优于|快于|不低于|低于`)

// wordings reads the clauses of a line that state a known indicator in words.
func (r *reader) wordings(l *line) {
	if r.it.Part == report.PartNews || r.it.Part == report.PartGlossary || r.it.Part == report.PartOpening {
		return
	}
	from := 0
	for from < len(l.s) && len(r.found) < most {
		end := strings.IndexFunc(l.s[from:], func(c rune) bool { return isPause(c) || c == '）' })
		if end < 0 {
			end = len(l.s)
		} else {
			end += from
		}
		if from < end && !l.numbered(from, end) && !r.wording(l, from, end) {
			r.work(l, from, end)
		}
		from = end + len("，")
	}
}

func (l *line) numbered(from, end int) bool {
	for _, n := range l.numbers {
		if n.start >= from && n.start < end {
			return true
		}
	}
	return false
}

// wording reads a clause like 居民消费价格保持合理水平.
func (r *reader) wording(l *line, from, end int) (found bool) {
	clause := l.s[from:end]
	if len(clause) > 240 {
		return false
	}
	about, said := inWords(clause)
	if about == "" {
		return false
	}
	p := phrase{}
	subject := r.takeFront(about, &p)
	change := ""
	for _, w := range []string{"增长速度", "增长", "增速", "增幅"} {
		if s, ok := strings.CutSuffix(subject, w); ok && s != "" && !strings.HasSuffix(s, "指标") {
			subject, change = s, "增长"
			break
		}
	}
	subject = strings.TrimSuffix(subject, "均")
	h := head{text: clause, start: from}
	names := []string{subject}
	if !r.known(subject) {
		names = strings.FieldsFunc(subject, func(c rune) bool { return c == '、' || c == '和' })
	}
	for _, s := range names {
		s = strings.TrimSpace(s)
		ind, basis, ok := r.table.Lookup(s, "")
		if !ok && strings.HasPrefix(about, s) {
			ind, basis, ok = r.table.Lookup(about, "")
		}
		if !ok {
			continue
		}
		name := ind.Name
		if grown, _, ok := r.table.Lookup(s+change, ""); ok && change != "" {
			name = grown.Name
		}
		f := report.Figure{Indicator: name, Bound: said, Basis: basis}
		if w := wordBound.FindString(said); w != "" {
			f.Bound = w
		}
		st := stated{start: from, phrase: p}
		r.timing(&f, l, &number{from: end, start: end}, h, &st)
		f.Place = p.wide
		r.quote(&f, l, from, end)
		r.found = append(r.found, f)
		found = true
	}
	return found
}

// works are the names of work that is spoken of without a number, longer ones
// first; named finds any of them.
var works = sync.OnceValue(func() (w struct {
	names []string
	named *pattern.Pattern
}) {
	var exprs []string
	for _, ind := range report.Indicators().All() {
		for _, name := range ind.Works {
			w.names = append(w.names, name)
			exprs = append(exprs, regexp.QuoteMeta(name))
		}
	}
	slices.SortFunc(w.names, func(a, b string) int { return len(b) - len(a) })
	w.named = pattern.MustCompile(strings.Join(exprs, "|"))
	return w
})

// work reads a clause that plans known work in words alone: 推动改厕后续管护.
func (r *reader) work(l *line, from, end int) {
	if r.it.Claim != report.ClaimPromised || end-from > 300 {
		return
	}
	clause := l.s[from:end]
	if !works().named.MatchString(clause) {
		return
	}
	i := slices.IndexFunc(works().names, func(w string) bool { return strings.Contains(clause, w) })
	name := works().names[i]
	ind, basis, ok := r.table.Lookup(name, "")
	if !ok {
		return
	}
	f := report.Figure{Indicator: ind.Name, Basis: basis}
	st := stated{start: from}
	r.timing(&f, l, &number{from: end, start: end}, head{text: clause, start: from}, &st)
	r.quote(&f, l, from, end)
	r.found = append(r.found, f)
}
