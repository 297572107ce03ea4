package figure

import (
	"slices"
	"strings"

	"youju/indexer/pattern"
)

// given is what 分别 assigns to a number.
type given struct {
	subject, predicate string
	start              int
}

const respectively = "分别"

var separators = pattern.MustCompile(`^(?:、|和|与|及|以及)+(?:第)?$`)

// respectively pairs the numbers behind 分别 with their subjects:
// 城镇和农村居民收入分别增长7%和8%.
func (r *reader) respectively(l *line) map[int]given {
	out := map[int]given{}
	r.inOrder(l, out)
	for from := 0; ; {
		k := strings.Index(l.s[from:], respectively)
		if k < 0 {
			r.again(l, out)
			return out
		}
		at := from + k
		from = at + len(respectively)
		group := l.groupAfter(from)
		if len(group) < 2 {
			continue
		}
		predicate := l.s[from:l.numbers[group[0]].from]
		subjects, start := r.subjects(l, at, group, out)
		for i, k := range group {
			g := given{predicate: predicate, start: start}
			if i > 0 {
				if verb, _ := stepOf(l.s[l.numbers[k-1].end:l.numbers[k].from]); verb != "" {
					g.predicate = verb // 分别下降1.2和提高0.8个百分点
				}
			}
			if i < len(subjects) {
				g.subject = subjects[i]
			}
			if g.subject != "" {
				out[k] = g
			}
		}
	}
}

// inOrder pairs a list of subjects with as many numbers without 分别:
// 改造供热、燃气管网80公里、60公里.
func (r *reader) inOrder(l *line, out map[int]given) {
	for i := 0; i+1 < len(l.numbers); i++ {
		k := 1
		mixed := false
		for i+k < len(l.numbers) && l.s[l.numbers[i+k-1].end:l.numbers[i+k].from] == "、" {
			mixed = mixed || l.numbers[i+k].printedUnit() != l.numbers[i].printedUnit()
			k++
		}
		if k < 2 {
			continue
		}
		h := l.head(i)
		if h.link != afterPause || strings.Contains(h.text, respectively) || strings.Count(h.text, "、")+1 > k || mixed && strings.Count(h.text, "、")+1 < k {
			i += k - 1
			continue
		}
		p := r.take(h.text)
		verb, suffix := r.leadingVerbs(p.subject), ""
		if p.average {
			suffix = "年均"
		}
		if n := l.numbers[i]; n.rank || n.top {
			var among string
			p, among = r.takeRank(h.text)
			verb, p.last = "", "居"+among
		}
		parts := split(p.subject[len(verb):], k)
		for j, part := range parts {
			if parts[0] != parts[k-1] {
				out[i+j] = given{verb + part + suffix, p.last, h.start}
			}
		}
		i += k - 1
	}
}

// again pairs a row of numbers without subjects of their own with those of the
// row before: 参保人数分别达到13万人和20万人，比上年增加2万人和5万人, 分别由3万元、
// 1万元增加到4万元、2万元.
func (r *reader) again(l *line, out map[int]given) {
	for i := 2; i+1 < len(l.numbers); i++ {
		k := l.row(i)
		if _, paired := out[i]; paired || k < 2 || i < k || l.row(i-k) < k {
			continue
		}
		subjects, start := make([]string, k), 0
		for j := range subjects {
			g, paired := out[i-k+j]
			if !paired {
				break
			}
			p := r.take(g.subject)
			if subjects[j] = p.subject; p.average || p.change != "" {
				subjects[j] = ""
			}
			start = out[i-k].start
		}
		between := strings.TrimLeft(l.s[l.numbers[i-1].end:l.numbers[i].from], "，、")
		if slices.Contains(subjects, "") || subjects[0] == subjects[k-1] || strings.ContainsAny(between, "；：（）") || r.take(between).subject != "" {
			continue
		}
		for j, subject := range subjects {
			out[i+j] = given{subject, between, start}
		}
		i += k - 1
	}
}

// row is how many numbers from the i-th on only separators part.
func (l *line) row(i int) int {
	k := 1
	for i+k < len(l.numbers) && separators.MatchString(l.s[l.numbers[i+k-1].end:l.numbers[i+k].from]) {
		k++
	}
	return k
}

// groupAfter lists the numbers behind a place that only separators part.
func (l *line) groupAfter(from int) []int {
	var group []int
	end := from
	for i, n := range l.numbers {
		if n.start < from {
			continue
		}
		gap := l.s[end:max(end, n.from)]
		if len(group) == 0 {
			if strings.ContainsAny(gap, pauses) || runeCount(gap) > 20 {
				return nil
			}
		} else if _, ok := stepOf(gap); !ok {
			break
		}
		group, end = append(group, i), n.end
	}
	return group
}

// stepOf tells whether what stands between two numbers only goes on with a row,
// and gives the verb that it may say anew.
func stepOf(gap string) (verb string, ok bool) {
	if separators.MatchString(gap) {
		return "", true
	}
	verb = listing.ReplaceAllString(gap, "")
	if verb == gap || strings.ContainsAny(gap, "，；") || !vocabulary().change.is(verb) && !vocabulary().level.is(verb) {
		return "", false
	}
	return verb, true
}

// subjects gives as many subjects as the group has numbers, or one or none.
func (r *reader) subjects(l *line, at int, group []int, before map[int]given) ([]string, int) {
	start := at
	for start > 0 && !strings.HasSuffix(l.s[:start], "，") && !strings.HasSuffix(l.s[:start], "；") && !strings.HasSuffix(l.s[:start], "：") && !strings.HasSuffix(l.s[:start], "）") {
		start--
		for start > 0 && l.s[start]&0xC0 == 0x80 {
			start--
		}
	}
	if i := l.lastNumberEnd(at); i > start {
		start = i
	}
	text, p := l.s[start:at], phrase{}
	plain := r.takeFront(r.takeBack(strings.Trim(text, "、，"), &p), &p)
	suffix := ""
	if p.average {
		suffix = "年均"
	}
	if plain == "" || r.words.elliptic.is(plain) {
		return r.subjectsBefore(l, start, group, before, plain+suffix)
	}
	parts := split(plain, len(group))
	for i := range parts {
		parts[i] += suffix
	}
	return parts, start
}

func (l *line) lastNumberEnd(at int) int {
	end := 0
	for _, n := range l.numbers {
		if n.end <= at {
			end = n.end
		}
	}
	return end
}

// subjectsBefore are those of the numbers or the clause before a clause that
// begins with 分别: 申请专利96件、授权25件，分别增长24%、38%.
func (r *reader) subjectsBefore(l *line, start int, group []int, before map[int]given, suffix string) ([]string, int) {
	k, first := len(group), group[0]
	end := len(strings.TrimRight(l.s[:start], pauses))
	clause := strings.LastIndexAny(l.s[:end], pauses) + 1
	for clause > 0 && clause < end && l.s[clause]&0xC0 == 0x80 {
		clause++
	}
	if parts, at := r.fromTo(l, first-k, first, before); parts != nil {
		return parts, at
	}
	if first >= k && l.numbers[first-1].start >= clause {
		if g, ok := before[first-k]; ok {
			var list []string
			for i := first - k; i < first; i++ {
				list = append(list, r.take(before[i].subject).subject+suffix)
			}
			return list, g.start
		}
		return r.named(l, first-k, first, suffix), l.head(first - k).start
	}
	p := phrase{}
	text := r.takeFront(l.s[clause:end], &p)
	for _, w := range []string{"均", "由负转正", "保持", "实现", "稳步", "持续"} {
		if i := strings.Index(text, w); i > 0 {
			text = text[:i]
		}
	}
	parts := split(text, k)
	for i := range parts {
		parts[i] += suffix
	}
	return parts, clause
}

// fromTo tells apart the first values of a row whose second values follow:
// 城乡居民收入从2020年的4万元和2万元分别提高到5万元和3万元.
func (r *reader) fromTo(l *line, from, to int, out map[int]given) ([]string, int) {
	if from < 0 {
		return nil, 0
	}
	for i := from + 1; i < to; i++ {
		if !separators.MatchString(l.s[l.numbers[i-1].end:l.numbers[i].from]) {
			return nil, 0
		}
	}
	h := l.head(from)
	p := r.take(h.text)
	_, predicate, ok := strings.Cut(h.text, p.subject)
	if parts := split(p.subject, to-from); ok && p.from != "" && p.subject != "" && parts[0] != parts[1] {
		for i, part := range parts {
			out[from+i] = given{part, predicate, h.start}
		}
		return parts, h.start
	}
	return nil, 0
}

// named gives the readable names of a row of numbers.
func (r *reader) named(l *line, from, to int, suffix string) []string {
	saved := l.carry
	defer func() { l.carry = saved }()
	l.carry = carry{}
	var list []string
	for i := from; i < to; i++ {
		st := r.stated(l, i, l.head(i))
		if st.next.subject != "" {
			l.carry = st.next
		}
		name := ""
		for _, s := range st.names {
			if name = s; r.known(s) {
				break
			}
		}
		list = append(list, name+suffix)
	}
	return list
}

// split parts a list of subjects and lends each what they share.
func split(s string, k int) []string {
	if k == 2 && strings.HasPrefix(s, "城乡") {
		rest := strings.TrimPrefix(s, "城乡")
		city := "城镇"
		if strings.HasPrefix(rest, "低保") || strings.HasPrefix(rest, "最低") {
			city = "城市"
		}
		return []string{city + rest, "农村" + rest}
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '、' })
	for _, and := range []string{"以及", "和", "与", "及"} {
		if len(parts) >= k || len(parts) == 0 {
			break
		}
		last := parts[len(parts)-1]
		if a, b, ok := strings.Cut(last, and); ok && a != "" && b != "" {
			parts = append(parts[:len(parts)-1], a, b)
		}
	}
	if len(parts) != k {
		// The subjects cannot be told apart: each gets the whole.
		parts = make([]string, k)
		for i := range parts {
			parts[i] = s
		}
		return parts
	}
	return lend(parts)
}

var industries = pattern.MustCompile(`^([二三])(产业.*)$`)

var shares = pattern.MustCompile(`(?:占比|比重|比例)$`)

// heads are the subjects whose measures follow in a list: 规上工业企业总产值、利润.
var heads = pattern.MustCompile(`^(.*?(?:企业|经济|园区|开发区|新区|新片区))(.+)$`)

// lend gives each part of a list what only the first or the last one says:
// 城镇和农村居民收入 → 城镇居民收入, 农村居民收入.
func lend(parts []string) []string {
	last := parts[len(parts)-1]
	if m := industries.FindStringSubmatch(last); m != nil && runeCount(parts[0]) == 1 {
		// 一、二、三产业增加值.
		for i, part := range parts[:len(parts)-1] {
			parts[i] = "第" + part + m[2]
		}
		parts[len(parts)-1] = "第" + last
		return parts
	}
	for i, part := range parts[:len(parts)-1] {
		if vocabulary().measured.ending(part) != "" {
			if share := shares.FindString(last); !strings.Contains(part, "率") && !shares.MatchString(part) {
				parts[i] = part + share // 出口、进口占比
			}
			continue
		}
		if rest := sharedEnd(part, last); rest != "" {
			parts[i] = part + rest
		}
	}
	if m := heads.FindStringSubmatch(parts[0]); m != nil {
		for i, part := range parts[1:] {
			if vocabulary().short.is(part) {
				parts[i+1] = m[1] + part
			}
		}
	}
	return parts
}

// sharedEnd is what the last part says for this one as well: behind the same
// word (基本养老保险 / 医疗保险参保人数) or behind as many characters.
func sharedEnd(part, last string) string {
	runes := []rune(part)
	for n := min(3, len(runes)); n >= 2; n-- {
		if k := strings.Index(last, string(runes[len(runes)-n:])); k > 0 {
			return last[k+len(string(runes[len(runes)-n:])):]
		}
	}
	lastRunes := []rune(last)
	if m := vocabulary().shared.ending(last); m != "" && runeCount(last)-runeCount(m) <= 6 {
		if strings.HasSuffix(part, "业") {
			m = strings.TrimPrefix(strings.TrimPrefix(m, "产业"), "行业")
		}
		return m
	}
	if len(runes) < len(lastRunes) && len(lastRunes)-len(runes) >= 2 {
		return string(lastRunes[len(runes):])
	}
	return ""
}
