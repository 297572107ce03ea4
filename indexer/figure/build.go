package figure

import (
	"slices"
	"strings"

	"youju/indexer/pattern"
	"youju/report"
)

// stated is what a number is said to be the value of.
type stated struct {
	// names are readable names in the order they are tried.
	names []string
	next  carry
	// start and end are what a reader must see to understand the number.
	start, end int
	phrase     phrase
	// scaled marks the size of a thing that is to be (年产2万台的项目).
	scaled bool
	// change says that the number is an increase or a decrease, not a level.
	change bool
	// act says that the number counts what somebody did (建成, 57.6万人实现脱贫).
	act bool
}

// figure reads one number of a line.
func (r *reader) figure(l *line, i int) {
	n := l.numbers[i]
	h := l.head(i)
	if strings.Contains(h.text, "个") {
		h.text = steps.ReplaceAllString(h.text, "")
	}
	if g, ok := l.given[i]; ok {
		h.text, h.start, h.link = g.subject+g.predicate, g.start, afterPause
	}
	st := r.stated(l, i, h)
	if several := r.alike(&st, h); several != nil {
		for _, name := range several {
			each := st
			each.names = []string{name}
			r.add(l, n, h, each)
		}
		return
	}
	r.add(l, n, h, st)
}

// alike gives the names of things that share one number: 供水率、合格率均达100%.
func (r *reader) alike(st *stated, h head) []string {
	i := strings.LastIndex(h.text, "均")
	if i < 0 || len(st.names) == 0 || slices.ContainsFunc(st.names, r.known) || strings.HasSuffix(h.text[:i], "人") || strings.HasSuffix(h.text[:i], "年") || strings.HasSuffix(h.text[:i], "平") {
		return nil
	}
	subject := st.phrase.subject
	tail, ok := strings.CutPrefix(st.names[len(st.names)-1], subject)
	parts := strings.Split(subject, "、")
	if !ok || len(parts) < 2 || len(parts) > mostAlike {
		return nil
	}
	shared := ""
	if last := parts[len(parts)-1]; strings.HasSuffix(last, "率") {
		shared = lastRunes(last, len([]rune("办结率")))
	} else if strings.HasSuffix(last, "占比") {
		shared = "占比"
	}
	for k, part := range parts {
		switch {
		case shared != "" && !strings.HasSuffix(part, "率") && !strings.HasSuffix(part, "例") && !strings.HasSuffix(part, "比"):
			// 议案、提案办结率均为100%.
			parts[k] = part + shared + tail
		case r.words.measured.ending(part) != "":
			parts[k] = part + tail
		default:
			return nil
		}
	}
	return parts
}

// mostAlike is how many things are taken to share a number.
const mostAlike = 4

// add appends the figure that a number states.
func (r *reader) add(l *line, n *number, h head, st stated) {
	nm := r.canonical(n.printedUnit(), st.names...)
	if nm.canonical == "" {
		nm.canonical = readable(r.clauseBefore(l, h.start))
		if nm.canonical == "" {
			return
		}
	}
	if st.start < h.start {
		// What was said of the subject before holds for what goes on from it.
		if st.phrase.zone == "" {
			st.phrase.zone = l.carry.zone
		}
		if st.phrase.wide == "" {
			st.phrase.wide = l.carry.wide
		}
	}
	if !h.inside {
		st.next.zone, st.next.wide = st.phrase.zone, st.phrase.wide
		if st.next.start = st.start; st.next.subject != "" {
			l.carry = st.next
		}
	}
	f := report.Figure{
		Indicator: nm.canonical, Unit: n.printedUnit(), Bound: n.bound(), ValueMax: n.max, Ratio: n.ratio, Basis: nm.basis,
	}
	f.Change = isChange(&f, &st)
	value, norm := n.value, n.norm()
	f.Value, f.Norm = &value, &norm
	r.basis(&f, l, h, &st)
	r.timing(&f, l, n, h, &st)
	r.place(&f, l, h, &st)
	r.quote(&f, l, st.start, max(st.end, n.end))
	r.found = append(r.found, f)
}

// stated finds what the number is the value of.
func (r *reader) stated(l *line, i int, h head) stated {
	n := l.numbers[i]
	if n.rank || n.top {
		return r.ranked(l, i, h)
	}
	p := r.take(h.text)
	if n.given != "" && p.subject != "" && !strings.Contains(p.subject, n.given) {
		p.subject += n.given
	}
	if n.reached {
		p.level, p.last = p.change == "", "达"
	}
	if n.raised != "" && p.change == "" && !p.level {
		p.change, p.last = n.raised, n.raised
	}
	for _, w := range []string{"稳居", "位居"} {
		if strings.HasPrefix(p.subject, w) {
			p.subject = ""
		}
	}
	if share, found := strings.CutPrefix(p.subject, "总量占"); found {
		p.subject = "占" + share
	}
	if p.subject == "有" {
		p.subject = "" // 全市有11.1万人享受低保
	}
	tail, tailEnd := r.tail(l, i)
	p.subject = strings.TrimPrefix(p.subject, "等")
	examples := strings.HasSuffix(p.subject, "等")
	p.subject = strings.TrimSuffix(p.subject, "等")
	if len(p.subject) == len("为") && strings.Contains("为对向使让由以", p.subject) {
		p.subject = ""
	}
	if p.last == "为" && p.subject == "" {
		p.last, p.level = "", false
	}
	if strings.HasSuffix(h.text, "的") && strings.ContainsRune("为对向给", firstRune(p.subject)) {
		p.subject = ""
	}
	if bare := p.subject[len(r.words.light.opening(p.subject)):]; bare != "" && (r.words.short.is(bare) || r.words.elliptic.is(bare)) && bare != p.subject {
		if strings.HasPrefix(p.subject, "完成") {
			p.last = "完成"
		}
		p.subject = bare
	}
	if side, found := strings.CutSuffix(l.carry.subject, "收入"); found && p.subject == "支出" && h.link != afterNumber {
		p.subject = side + "支出" // 财政收入15亿元、支出32亿元
	}
	switch {
	case h.link == afterNumber && strings.HasPrefix(h.text, "的") && l.carry.subject != "":
		// 30%的行政村达到10万元: of what was named before.
		return r.carried(l, h, phrase{level: p.level})
	case n.measures == "percent" && partOf.MatchString(h.text):
		m := partOf.FindStringSubmatch(h.text)
		q := r.take(m[1])
		if q.subject != "" {
			return stated{names: []string{q.subject + "占" + m[2] + "比例"}, start: h.start, phrase: q, next: carry{subject: q.subject, whole: q.subject}}
		}
		return r.elliptic(l, h, phrase{subject: "占" + m[2] + "比重"})
	case p.beside != "" && n.measures == "times":
		return r.multiple(l, h, p)
	case p.change != "" && tail != "" && (p.subject == "" || r.onlyVerbs(p.subject)) && (n.unit == "" || n.measures == "count" || n.measures == "people") && r.words.verb.opening(p.change) == p.change:
		// 新增3000个托位: a verb and what is counted, no change.
		p.subject += p.change
		p.change = ""
		return r.counted(l, i, h, p, tail, tailEnd)
	case p.change != "":
		return r.changed(l, h, p)
	case tail != "" && r.isScale(p.subject, tail, n):
		return r.scale(h, p, tail, tailEnd)
	case tail != "" && n.measures == "percent" && (p.subject == "" || strings.HasPrefix(tail, "的") || strings.HasPrefix(tail, "以上的")) && !p.level:
		return r.portion(l, h, p, tail, tailEnd)
	case h.link == afterNumber && strings.HasPrefix(tail, "的") && n.measures != "percent":
		// 5个行政村17.2公里的村巷硬化.
		noun, _ := r.object(tail)
		return stated{names: []string{p.subject + noun}, start: r.back(l, h), end: tailEnd, phrase: p}
	case p.subject == "投资" && l.carry.subject == "" && strings.HasPrefix(l.s[n.end:], "，"):
		return r.spent(l, n, h, p)
	case strings.HasSuffix(p.subject, "贡献率") && strings.HasPrefix(p.subject, "对") && l.carry.subject != "":
		return stated{names: []string{l.carry.subject + p.subject}, start: r.back(l, h), phrase: p, next: l.carry}
	case p.subject == "惠及" && tail != "" && h.link != inList && l.carry.verb != "" && (n.measures == "people" || n.measures == "count"):
		// 改造老旧小区50个，惠及8000户居民.
		p.subject += tail
		return r.elliptic(l, h, p)
	case tail != "" && r.counts(n, p, h):
		if examples {
			// 加快临东、高西等4条高速公路建设: they are among what is counted.
			p.subject = r.examplesVerb(p.subject)
		}
		return r.counted(l, i, h, p, tail, tailEnd)
	case n.measures == "percent" && tail != "" && !strings.HasPrefix(tail, "的") && runeCount(tail) <= 6 && (!p.level || p.last == "实现"):
		// 规上工业企业100%复工.
		return stated{names: []string{p.subject + tail}, start: h.start, end: tailEnd, phrase: p}
	case p.subject == "" && n.measures == "percent" && l.carry.change != "" && strives.MatchString(h.text):
		// 增加值增长6.5%、力争7%: of the same growth.
		p.change = l.carry.change
		return r.changed(l, h, p)
	case p.subject == "":
		return r.carried(l, h, p)
	case r.words.elliptic.is(p.subject) || strings.HasPrefix(p.subject, "人均") && runeCount(p.subject) < 4 || isShare(p.subject) || r.words.short.is(p.subject) && r.words.entity.ending(l.carry.subject) != "" || strings.HasPrefix(p.subject, "惠及") && h.link != afterPause:
		return r.elliptic(l, h, p)
	}
	return r.plain(l, i, h, p)
}

// examplesVerb is what is done with what is counted where examples stand
// before it. Papers are often named by a verb: 出台提高标准等10项政策.
func (r *reader) examplesVerb(s string) string {
	first := r.words.verb.opening(s)
	switch first {
	case "出台", "制定", "实施", "推出", "发布", "印发":
		return first
	}
	return r.leadingVerbs(s)
}

// strives is a number aimed higher than the one before.
var strives = pattern.MustCompile(`(?:力争|争取|努力|确保|奋斗目标)(?:达到|实现|完成)?$`)

// partOf is 提高至最低工资标准的90%.
var partOf = pattern.MustCompile(`^(.*?)(?:提高至|提高到|达到|相当于|不低于|不超过|降至|增至|占到|占|为|完成)([^，、]{2,14})的$`)

var (
	// sizeOnly is a size whose thing was named before, sizeLead one before its thing.
	sizeOnly = pattern.MustCompile(`^(?:总?投资|过|超|超过)?[0-9十百千万亿]+元(?:以上|以下|级)?$`)
	sizeLead = pattern.MustCompile(`^(?:总?投资|过|超|超过)?[0-9十百千万亿]+元(?:以上|以下|级)?的?`)
)

// plain is a head that names its indicator: 改造老旧小区 191个, 失业率控制在 3%.
func (r *reader) plain(l *line, i int, h head, p phrase) stated {
	n := l.numbers[i]
	if _, noun, ok := strings.Cut(l.carry.subject, "级"); ok && h.link == inList && strings.HasSuffix(p.subject, "级") {
		p.subject += noun // 十亿级产业链15个、百亿级3个
	}
	if thing := sizeLead.ReplaceAllString(l.carry.subject, ""); sizeOnly.MatchString(p.subject) && thing != "" {
		p.subject += thing // 亿元以上项目50个，其中10亿元以上8个
	}
	subject := r.fromLastVerb(r.lastKnown(p.subject))
	whole := r.ends(p.subject, "")
	st := stated{start: h.start, phrase: p}
	verb := r.leadingVerbs(subject)
	bare := subject[len(verb):]
	alone := r.onlyVerbs(subject)
	if h.link == inList && verb == "" && !p.level && !alone && l.carry.verb != "" {
		// 新增养老床位 5000 张、社区食堂 40 个: the verb counts for both.
		verb, subject = l.carry.verb, l.carry.verb+subject
	}
	if alone && h.link != inList && n.measures == "money" {
		st.names = []string{strings.TrimPrefix(p.last, "达") + subject + "资金"}
		return st
	}
	if alone && l.carry.subject == "" {
		l.carry.subject = r.topic(l, h)
		l.carry.whole = l.carry.subject
	}
	if alone && l.carry.subject != "" && (h.link == inList || i > 0 && l.numbers[i-1].unit == n.unit || r.words.light.opening(subject) == subject) {
		// 新开工棚改 2.5 万套、基本建成 1.5 万套.
		bare := l.carry.subject[len(r.leadingVerbs(l.carry.subject)):]
		if end := r.verbEnding(bare); end != "" && len(end) < len(bare) && built.MatchString(strings.TrimPrefix(end, "基本")) {
			bare = strings.TrimSuffix(bare, end) // 保障房基本建成4万套，新开工8万套
		}
		st.names = []string{l.carry.whole + subject, subject + bare}
		st.next = carry{subject: l.carry.subject, whole: subject + l.carry.subject, verb: subject}
		st.start = r.back(l, h)
		return st
	}
	st.names = append(append(whole[:len(whole)-1:len(whole)-1], subject), r.ends(subject, verb)...)
	if p.last != "" && !p.level {
		st.names = []string{subject + p.last, subject}
	}
	if long := p.subject; !strings.HasSuffix(subject, long) && r.known(long) {
		st.names = append([]string{long}, st.names...)
	}
	if tail, end := r.tail(l, i); tail != "" && !p.level && !r.known(subject) && n.measures != "percent" && r.words.predicate.opening(tail) == "" {
		// 推进某矿700万吨扩建项目: both sides of the number name it.
		if noun, _ := r.object(tail); runeCount(noun) <= 12 {
			st.names, st.end = []string{subject + strings.TrimPrefix(noun, "的")}, end
		}
	}
	st.next = carry{subject: bare, whole: subject, verb: verb}
	st.act = r.acts(verb)
	return st
}

// ends are the ends of a long name that are indicators themselves, last the
// name as it is.
func (r *reader) ends(s, verb string) []string {
	var list []string
	if verb != "" && r.known(s[len(verb):]) && strings.HasPrefix(verb, "新") {
		list = append(list, s[len(verb):])
	}
	for _, sep := range []string{"的", "等"} {
		if i := strings.LastIndex(s, sep); i > 0 {
			if end := s[i+len(sep):]; r.known(end) {
				list = append(list, end)
			}
		}
	}
	return append(list, s)
}

// lastKnown gives the end of a list where that alone is an indicator:
// 实现设施全覆盖、生活污水治理率.
func (r *reader) lastKnown(s string) string {
	if i := strings.LastIndex(s, "、"); i > 0 && !r.known(s) && r.leadingVerbs(s) == "" || i > 0 && strings.Contains(s, "全覆盖、") {
		if end := s[i+len("、"):]; r.known(end) {
			return end
		}
	}
	return s
}

// back is where a quotation begins that needs the subject named before.
func (r *reader) back(l *line, h head) int {
	if l.carry.subject == "" || h.start-l.carry.start > 240 {
		return h.start
	}
	return min(h.start, l.carry.start)
}

// carried is a number without a subject of its own: 增长5.7%、突破3100亿元.
func (r *reader) carried(l *line, h head, p phrase) stated {
	c := l.carry
	if c.subject == "" && h.start > 0 && !h.inside {
		c.subject = r.topic(l, h)
		c.whole = c.subject
	}
	st := stated{start: r.back(l, h), phrase: p, next: c}
	switch {
	case c.subject == "":
		return st
	case p.level && c.verb != "" && p.last != "完成":
		// 新增企业14家，达到174家: the whole number, not the new ones.
		st.names = []string{c.subject}
		st.next = carry{subject: c.subject, whole: c.subject}
		st.phrase.stock = true
	case p.last == "完成" && c.verb != "":
		st.names = []string{c.subject + "完成", c.subject}
	default:
		st.names = []string{c.whole}
	}
	return st
}

// elliptic is a subject that belongs to the one before: 增幅, 总投资, 占比.
func (r *reader) elliptic(l *line, h head, p phrase) stated {
	c := l.carry
	subject := p.subject
	if p.last == "完成" && (strings.HasSuffix(subject, "投资")) {
		subject = "完成" + strings.TrimPrefix(subject, "完成")
	}
	if c.subject == "" {
		c.subject = r.topic(l, h)
	}
	st := stated{start: r.back(l, h), phrase: p, next: l.carry}
	base := c.subject
	if runeCount(base) < 3 && c.whole != "" {
		base = c.whole
	}
	if strings.HasPrefix(subject, "总产") || strings.HasPrefix(subject, "单产") || strings.HasPrefix(subject, "产量") {
		base = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(base, "生产"), "播种面积"), "种植面积")
	}
	if r.words.short.is(subject) {
		if m := heads.FindStringSubmatch(base); m != nil {
			base = m[1]
		}
	}
	if subject == "增幅" || subject == "增速" {
		subject = "增长"
	}
	if m := shareOf.FindStringSubmatch(subject); m != nil && m[1] == "" && m[2] != "比" && m[2] != "" {
		subject = "占" + m[2] + "比重"
	}
	if strings.HasPrefix(subject, "人均") {
		st.names = []string{"人均" + base, base + "人均"}
		return st
	}
	if strings.HasPrefix(subject, "惠及") || strings.HasPrefix(subject, "受益") || strings.HasPrefix(subject, "涉及") {
		base = c.whole
		if base == "" {
			base = c.subject
		}
	}
	st.names = []string{strings.TrimSuffix(base, "建设") + subject}
	if c.subject == "" {
		st.names = []string{subject}
	}
	return st
}

// changed is a growth or a fall: 网络零售额增长 28.2%.
func (r *reader) changed(l *line, h head, p phrase) stated {
	change := p.change
	if p.average {
		change = "年均" + change
	}
	st := stated{start: h.start, phrase: p, change: change != "新增" && !comparing.MatchString(p.change)}
	subject := p.subject
	elliptic := r.words.elliptic.is(subject) && subject != ""
	if subject == "" || elliptic || isShare(subject) && !strings.HasPrefix(subject, "占比") {
		st.start = r.back(l, h)
		c := l.carry
		base := c.subject
		if change == "新增" {
			st.names, st.next = []string{"新增" + base}, c
			return st
		}
		if base == "" {
			base = r.topic(l, h)
		}
		if m := shareOf.FindStringSubmatch(subject); m != nil && m[1] == "" && m[2] != "比" && m[2] != "" {
			subject = "占" + m[2] + "比重"
		}
		whole := base
		if c.verb != "" && (r.known(c.whole) || subject == "" && strings.HasPrefix(c.verb, "新")) {
			whole = c.whole // 新增贷款71亿元，增长2倍
		}
		st.names = []string{whole + subject + change, base + subject + change}
		st.next = carry{subject: c.subject, whole: c.whole, verb: c.verb, change: change}
		return st
	}
	if change == "新增" {
		st.names = []string{"新增" + subject}
		st.next = carry{subject: subject, whole: "新增" + subject, verb: "新增"}
		return st
	}
	if m := heads.FindStringSubmatch(l.carry.subject); m != nil && r.words.short.is(subject) {
		subject, st.start = m[1]+subject, r.back(l, h) // 国有企业资产总额增长60%，利润增长2倍
	}
	verb := r.leadingVerbs(subject)
	if r.words.light.opening(verb) != verb {
		verb = ""
	}
	bare := subject[len(verb):]
	st.names = []string{subject + change, bare + change}
	if v := r.leadingVerbs(subject); v != "" && r.known(subject[len(v):]) {
		st.names = []string{subject + change, subject[len(v):] + change}
	}
	st.next = carry{subject: bare, whole: bare, change: change}
	return st
}

// comparing is what tells two things apart, not one from what it was:
// 高于全省平均2个百分点.
var comparing = pattern.MustCompile(`高于|低于|快于|好于|优于|高出|领先|领跑`)

// moves is how a rank changes.
var moves = pattern.MustCompile(`前进|上移|前移|进位|跃升`)

// changes are the ends of names that are themselves changes.
var changes = pattern.MustCompile(`(?:涨幅|增幅|增速|降幅|增长率|下降率|增长速度|增长|负增长)$`)

// raises is a verb that changes a standard named behind it: 提高补贴标准20元.
var raises = pattern.MustCompile(`^(?:提高|上调|调高|提升|下调|降低)[^，、]*(?:标准|待遇|金额|比例|水平|额度|价格|税率|费率)$`)

// isChange tells whether a figure is an increase or a decrease.
func isChange(f *report.Figure, st *stated) bool {
	return st.change || f.Unit == "番" || changes.MatchString(f.Indicator) || !st.phrase.level && raises.MatchString(st.phrase.subject)
}

// isShare tells 占生产总值比重 from 占用耕地 and 占地面积.
func isShare(s string) bool {
	return strings.HasPrefix(s, "占") && !strings.HasPrefix(s, "占用") && !strings.HasPrefix(s, "占地") && !strings.HasPrefix(s, "占道")
}

// multiple is 是2010年的1.7倍.
func (r *reader) multiple(l *line, h head, p phrase) stated {
	st := stated{start: h.start, phrase: p, next: carry{subject: p.subject, whole: p.subject}}
	subject := p.subject
	if subject == "" {
		subject, st.start, st.next = l.carry.subject, r.back(l, h), l.carry
	}
	if subject != "" {
		st.names = []string{subject + "倍数"}
	}
	return st
}

// ranked is 营商环境评价居全省第7位.
func (r *reader) ranked(l *line, i int, h head) (st stated) {
	p, among := r.takeRank(outOfHow.ReplaceAllString(h.text, ""))
	st = stated{start: h.start, phrase: p}
	if among == "" && h.link == inList {
		among = l.carry.among
	}
	defer func() { st.next.among = among }()
	subject := p.subject
	if subject == "排名" {
		subject = ""
	}
	if isRank(l.carry.subject) || isRank(l.carry.change) {
		l.carry.change = "" // 排名前移5位，居全省第3位
	}
	if subject == "" || r.words.elliptic.is(subject) || runeCount(subject) <= 2 && l.carry.subject != "" && r.words.measured.ending(subject) == subject {
		st.start, st.next = r.back(l, h), l.carry
		base := l.carry.subject
		if base == "" {
			base = r.topic(l, h)
		} else if ind, _, ok := r.table.Lookup(base, ""); ok {
			base = ind.Name
		}
		if subject == "增幅" || subject == "增速" || subject == "" && l.carry.change != "" {
			subject = "增幅"
		}
		subject = base + strings.TrimPrefix(subject, "排名")
	} else {
		st.next = carry{subject: subject, whole: subject}
		if ind, _, ok := r.table.Lookup(subject, ""); ok {
			subject = ind.Name
		}
	}
	subject = strings.TrimPrefix(strings.TrimSuffix(subject, "位次"), "在")
	if s, ok := strings.CutSuffix(subject, "增长"); ok {
		subject = s + "增幅"
	}
	st.names = []string{subject + among + "位次"}
	if strings.HasSuffix(subject, among) && among != "" {
		st.names = []string{subject + "位次"}
	}
	return st
}

// isRank tells words of ranks and of moving among them.
func isRank(s string) bool {
	return s != "" && (strings.HasSuffix(s, "排名") || strings.HasSuffix(s, "位次") || moves.MatchString(s))
}

// outOfHow is how many were compared: 在136个县中居第12位.
var outOfHow = pattern.MustCompile(`的?[0-9]+个[^，、（）]{1,12}中`)

// isScale tells whether a number is the size of what is named behind it:
// 总投资120亿元的产业城, 年产2.2万台旋磁治疗机.
func (r *reader) isScale(subject, tail string, n *number) bool {
	subject = subject[len(r.leadingVerbs(subject)):]
	if strings.HasSuffix(subject, "年产") && subject != "年产" {
		return true
	}
	if subject == "" || !r.words.scale.is(subject) {
		return false
	}
	if strings.HasPrefix(subject, "年产") || strings.HasPrefix(subject, "年处理") {
		return true
	}
	return strings.HasPrefix(tail, "的") || subject == "投资" && r.words.verb.opening(strings.TrimPrefix(tail, "，")) != ""
}

var done = pattern.MustCompile(`建成|投产|竣工|投用|投入使用|营业|完工|运营|完成|通车|达产`)

// already begins a clause on a thing that is there.
var already = pattern.MustCompile(`(?:建成|投产|竣工|建设|完成|新上)了|^(?:已|已经)?(?:建成|投产|投用|竣工)`)

func (r *reader) scale(h head, p phrase, tail string, end int) stated {
	p.subject = p.subject[len(r.leadingVerbs(p.subject)):]
	owner := ""
	if s, ok := strings.CutSuffix(p.subject, "年产"); ok && s != "" {
		owner, p.subject = s, "年产"
	}
	st := stated{start: h.start, end: end, phrase: p}
	st.scaled = (strings.HasPrefix(p.subject, "年产") || strings.HasPrefix(p.subject, "年处理") || strings.HasPrefix(p.subject, "总投资") || strings.HasPrefix(p.subject, "计划")) && !done.MatchString(tail)
	if begun := already.MatchString(h.text); begun {
		st.scaled = false // 建成了年产8万吨的生产线
	}
	if of, ok := strings.CutPrefix(tail, "的"); ok {
		noun, _ := r.object(of)
		noun, _, _ = strings.Cut(noun, "、")
		if strings.HasPrefix(p.subject, "年产") && noun != "" {
			st.names = []string{noun + p.subject}
		} else {
			st.names = []string{noun + p.subject}
		}
		return st
	}
	noun, _, of := strings.Cut(tail, "的")
	if !of {
		noun, _ = r.object(tail)
	}
	if strings.HasPrefix(p.subject, "年") {
		noun = strings.TrimSuffix(noun, "项目")
		if p.subject == "年产" {
			st.names = []string{owner + noun + "年产能"}
		} else {
			st.names = []string{p.subject + noun}
		}
		return st
	}
	for w := r.words.verb.opening(tail); w != "" && len(w) < len(tail); w = r.words.verb.opening(tail) {
		tail = strings.TrimPrefix(tail[len(w):], "了")
	}
	noun, _ = r.object(tail)
	noun, _, _ = strings.Cut(noun, "、")
	st.names = []string{noun + p.subject}
	return st
}

// spent is 投资10.6亿元，加快推进景观改造: what follows names it.
func (r *reader) spent(l *line, n *number, h head, p phrase) stated {
	rest := l.s[n.end+len("，"):]
	if k := strings.IndexAny(rest, pauses); k >= 0 {
		rest = rest[:k]
	}
	st := stated{start: h.start, end: n.end + len("，") + len(rest), phrase: p}
	q := r.take(rest)
	noun := q.subject[len(r.leadingVerbs(q.subject)):]
	if i := strings.Index(noun, "、"); i > 0 {
		noun = noun[:i]
	}
	counted := slices.ContainsFunc(l.numbers, func(m *number) bool { return m.start > n.end && m.start < st.end })
	if noun, _ = r.object(noun); noun == "" || counted || strings.ContainsAny(noun, "0123456789") || runeCount(noun) > 20 {
		st.end, noun = n.end, ""
	}
	st.names = []string{noun + p.subject}
	return st
}

// portion is 50%的县级综合医院达到三级医院水平.
func (r *reader) portion(l *line, h head, p phrase, tail string, end int) stated {
	rest := l.s[end-len(tail):]
	if k := strings.IndexAny(rest, "，；：。"); k >= 0 {
		rest = rest[:k]
	}
	noun, predicate := r.object(rest)
	st := stated{start: h.start, end: end - len(tail) + len(rest), phrase: p}
	switch {
	case p.subject != "" && strings.HasPrefix(tail, "的") && predicate == "":
		st.names = []string{p.subject + strings.TrimPrefix(noun, "的") + "比例"}
	case predicate != "" && runeCount(predicate) <= 16:
		st.names = []string{predicate + "的" + noun + "占比"}
	default:
		st.names = []string{noun + "占比"}
	}
	st.next = l.carry
	return st
}

// counts tells whether what is counted is named behind the number.
func (r *reader) counts(n *number, p phrase, h head) bool {
	if p.level && p.subject != "" && !r.onlyVerbs(p.subject) {
		return n.measures == "count" && r.words.verb.ending(p.subject) != "" && !r.known(p.subject)
	}
	switch n.measures {
	case "percent", "times", "ratio", "rank", "density", "duration":
		return false
	case "count", "people":
		return true
	}
	return p.subject == "" || r.onlyVerbs(p.subject) || r.verbEnding(p.subject) != "" && !r.known(p.subject)
}

// counted is a count of what is named behind it: 建设10家服务中心, 143家企业完成改制.
func (r *reader) counted(l *line, i int, h head, p phrase, tail string, end int) stated {
	noun, predicate := r.object(tail)
	if m := measuredThings.FindStringSubmatch(tail); m != nil && l.measured(i+1) {
		noun, predicate = m[1], ""
	}
	st := stated{start: h.start, end: end, phrase: p}
	verb := ""
	if r.words.predicate.opening(tail) != "" && (p.subject == "" || p.subject == "等") && !p.level {
		// 57.6万人实现脱贫.
		st.names, st.act = []string{r.plainPredicate(tail)}, true
		return st
	}
	if strings.HasSuffix(noun, "级") {
		noun += r.sharedNoun(l, i)
	}
	if i := strings.LastIndex(noun, "的"); i > 0 && runeCount(noun) > 10 {
		noun = noun[i+len("的"):]
	}
	p.subject = strings.TrimPrefix(p.subject, "以")
	if of, _, found := strings.Cut(tail, "的"); found && toward.MatchString(h.text) && of != "" {
		// 加大对40户骨干企业的扶持力度: it is they who are counted.
		noun, predicate, p.subject = of, "", ""
	}
	switch {
	case p.subject != "" && lastAnd(p.subject):
		// 加快六大园区和16个项目建设.
		verb = r.leadingVerbs(p.subject)
	case p.subject == "" && p.level && p.last != "":
		verb = p.last
	case r.onlyVerbs(p.subject):
		verb = p.subject
	case strings.HasSuffix(h.text, "的"):
		// 成立由…任组长的11个工作组.
		verb = r.leadingVerbs(p.subject)
	case p.subject != "":
		if verb = r.verbEnding(p.subject); verb == "" && !strings.HasSuffix(p.subject, "等") {
			switch {
			case runeCount(p.subject) < 8 && !(h.link == afterNumber && placeNoun.FindString(p.subject) == p.subject):
				noun = p.subject + noun
			case strings.Contains(p.subject, "、"):
				// 新增钢铁、化工2个产业集群: examples of what is counted.
				verb = r.leadingVerbs(p.subject)
			case !r.known(noun):
				// 改造老旧小区50个单元: the head names it.
				out := r.plain(l, i, h, p)
				out.end = end
				return out
			}
		}
	}
	if verb == "" && h.link == inList {
		verb = l.carry.verb
	}
	st.next = carry{subject: strings.TrimSuffix(noun, "建设"), whole: verb + noun, verb: verb}
	st.act = r.acts(verb) || verb == "" && predicate != "" && !surpassing.MatchString(tail)
	if strings.ContainsAny(predicate, "0123456789") && !surpassing.MatchString(tail) && !amongTop.MatchString(predicate) {
		predicate = ""
	}
	if verb != "" && r.words.light.opening(verb) == verb && predicate != "" && runeCount(tail) <= 18 {
		noun, predicate = strings.TrimPrefix(tail, "的"), ""
	}
	if verb == "" && h.link == inList && runeCount(noun) <= 2 && l.carry.whole != "" && !strings.HasSuffix(l.carry.whole, noun) {
		st.names = []string{l.carry.whole + noun}
		return st
	}
	if verb == "" && predicate != "" {
		st.names = []string{predicate + "的" + noun}
		if runeCount(predicate) > 20 {
			st.names = []string{noun}
		}
		if r.known(predicate + noun) {
			st.names = []string{predicate + noun}
		}
		return st
	}
	if verb != "" && predicate != "" && runeCount(noun) < 3 && (!r.known(verb+noun) || runeCount(predicate) > 4) {
		noun = tail
	}
	st.names = []string{verb + noun}
	if r.known(noun) && verb != "" && !strings.HasPrefix(verb, "新") && !strings.HasPrefix(verb, "净") {
		st.names = []string{verb + noun, noun}
	}
	return st
}

// toward stands before those to whom something is done.
var toward = pattern.MustCompile(`[^应相面针绝配][对向给]$|加强对$|加大对$`)

// amongTop is 进入全球前1%.
var amongTop = pattern.MustCompile(`^[^0-9]*前[0-9]+(?:%|名|强|位|‰)$`)

// measured tells whether a number is a sum of money or a share.
func (l *line) measured(i int) bool {
	return i < len(l.numbers) && (l.numbers[i].measures == "money" || l.numbers[i].measures == "percent")
}

// sharedNoun is what the next number of a list counts, for one that only tells
// its rank: 4个国家级、5个省级医疗中心.
func (r *reader) sharedNoun(l *line, i int) string {
	if i+1 >= len(l.numbers) || l.numbers[i].unit != l.numbers[i+1].unit {
		return ""
	}
	tail, _ := r.tail(l, i+1)
	noun, _ := r.object(tail)
	k := strings.Index(noun, "级")
	if k < 0 {
		return ""
	}
	if rest := noun[k+len("级"):]; rest != "" || runeCount(noun) < 2 {
		return rest
	}
	return r.sharedNoun(l, i+1)
}

// topic is the subject of the clause before, for 完成投资 350 亿元 and the like.
func (r *reader) topic(l *line, h head) string {
	before := steps.ReplaceAllString(r.clauseBefore(l, h.start), "")
	if before == "" {
		return ""
	}
	if about, _ := inWords(before); about != "" {
		before = about // 居民消费价格保持平稳，年均上涨1.9%
	}
	p := r.take(before)
	s := r.fromLastVerb(p.subject)
	for _, w := range []string{"力度", "工作", "建设"} {
		s = strings.TrimSuffix(s, w)
	}
	if v := r.leadingVerbs(s); v != "" {
		s = s[len(v):]
	}
	s = strings.TrimPrefix(s, "加大")
	if noun, _ := r.object(s); noun != s {
		s = strings.TrimRight(noun, "再又均也都喜")
	}
	if runeCount(s) > 16 {
		return ""
	}
	return s
}

// steps is what a sum has passed: 跨越3个千亿元台阶，达到1.5万亿元.
var steps = pattern.MustCompile(`(?:五年|接?连续?)*(?:跨越|跨过|跨上|迈上|迈过|跨|上)(?:了)?[0-9一二两三四五六七八九十]+个[百千万亿]+元?级?(?:台阶|大关|关口)`)

// clauseBefore is the clause that ends where another begins.
func (r *reader) clauseBefore(l *line, start int) string {
	start = max(0, start)
	s := strings.TrimRight(l.s[:start], pauses+"、")
	if i := strings.LastIndexAny(s, pauses); i >= 0 {
		s = s[i+len("，"):]
	}
	return s
}

// lastAnd tells whether a head ends with what joins it to the counted thing.
func lastAnd(s string) bool {
	return strings.HasSuffix(s, "和") || strings.HasSuffix(s, "与") || strings.HasSuffix(s, "及") || strings.HasSuffix(s, "、")
}
