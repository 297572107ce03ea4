package figure

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

// moment is the time that something is said of.
type moment struct {
	year, from int
	period     string
}

// mark is a time that a sentence names. It holds for the numbers behind it.
type mark struct {
	at int
	// year as written, or relative: this, last or next to the year of delivery.
	year     int
	relative string
	period   string
	plan     int // 13 for 十三五
	// since is 五年来 and the like: the years up to the one spoken of.
	years int
	ahead bool // 今后五年
	whole bool // 全年 ends what 一季度 began
}

var (
	markRE = pattern.MustCompile(`(20\d\d|19[4-9]\d)年(?:1?\d[—-])?|(20\d\d)—(20\d\d)年|今年|去年|上年|明年|本年度|` + planWords + `(?:时期|期间|以来|末|五年|前四年|累计)|` +
		`全年|\d{1,2}[—-]\d{1,2}月份?|[上下]半年|前[一二三两]个?季度|[一二三四]季度|前\d{1,2}个?月|\d{1,2}月(?:份|底|末)|` +
		`(?:过去|近|这|本届政府|近年来)?(?:的)?(一|` + fewYears + `)(?:多)?年(?:多)?(?:来|累计|间|共|新增)|过去的?(` + fewYears + `)年|[近这](` + fewYears + `)年|(?:今后|未来|下一个)(` + fewYears + `)年|` +
		`([一二][〇○零九][〇○零一二三四五六七八九]{2})年`)
	// compared marks a time that is only compared with: 是2010年的, 比上年.
	compared = pattern.MustCompile(`(?:是|比|较|为|自|从|由|超过|超|相当于|于|同|与|过去|\d)$`)
	bareYear = pattern.MustCompile(`(20\d\d)年`)
)

// planWords name a five-year plan: “十四五”, 第六个五年计划; fewYears is how
// many years a span may have.
const (
	planWords = `(?:“?(十[一二三四五六]|[六七八九])五”?|第(十?[一二三四五六七八九]|十)个五年(?:计划|规划))`
	fewYears  = `[二两三四五六七八九十]|10|[2-9]`
)

// planNumber is which of the five-year plans 十四 or 六 is.
func planNumber(han string) int { return int(hanValue(han)) }

// hanYear reads 一九八五 or 二○二五 digit by digit.
func hanYear(s string) int {
	year := 0
	for _, r := range s {
		year = 10*year + int(hanDigits[r])
	}
	return year
}

// timesIn lists what markRE matches. It looks only around the characters of
// which every match holds one, for most of a sentence is far from any.
func timesIn(s string) (list [][]int) {
	const before, after = 30, 45 // bytes; no match reaches farther
	for end := 0; ; {
		k := strings.IndexAny(s[end:], "年月季十")
		if k < 0 {
			return list
		}
		from, until := max(end, end+k-before), min(len(s), end+k+after)
		for from > end && !utf8.RuneStart(s[from]) {
			from--
		}
		for until < len(s) && !utf8.RuneStart(s[until]) {
			until++
		}
		m := markRE.FindStringSubmatchIndex(s[from:until])
		if m == nil {
			end += k + len("年")
			continue
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += from
			}
		}
		list, end = append(list, m), m[1]
	}
}

// marks finds the times that a sentence names.
func marks(s string) []mark {
	if !strings.Contains(s, "年") && !strings.Contains(s, "月") && !strings.Contains(s, "季") && !strings.Contains(s, "五") {
		return nil
	}
	var list []mark
	names := quotedNames(s)
	for _, m := range timesIn(s) {
		word, before, after := s[m[0]:m[1]], s[:m[0]], s[m[1]:]
		if names.hold(m[0]) && !strings.HasPrefix(word, "“") {
			continue
		}
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return s[m[2*i]:m[2*i+1]]
		}
		k := mark{at: m[1]}
		isCompared := compared.MatchString(before)
		switch {
		case group(1) != "":
			k.year, _ = strconv.Atoi(group(1))
			if isCompared && !strings.HasSuffix(before, "过去") || strings.HasPrefix(after, "版") || strings.HasPrefix(after, "以来") || strings.HasPrefix(after, "成立") || strings.HasPrefix(after, "实施的") || strings.HasPrefix(after, "的") && !strings.HasSuffix(before, "到") {
				continue
			}
			if n := len(list); n > 0 && strings.HasSuffix(word, "—") {
				k.at--
			}
			k.at = m[3] + len("年")
		case group(2) != "":
			k.year, _ = strconv.Atoi(group(3))
			first, _ := strconv.Atoi(group(2))
			k.years, k.period = k.year-first+1, word
		case word == "今年", word == "去年", word == "明年", word == "上年", word == "本年度":
			if isCompared && word != "今年" || strings.HasPrefix(after, "同期") && word != "今年" {
				continue
			}
			k.relative = word
		case group(4)+group(5) != "":
			if isCompared {
				continue
			}
			if strings.HasSuffix(word, "末") {
				k.year = lastOfPlan(planNumber(group(4) + group(5)))
				break
			}
			k.plan, k.period = planNumber(group(4)+group(5)), strings.TrimRight(word, "时期间以来前四年累计")
			if strings.HasSuffix(word, "五年") {
				k.period = strings.TrimSuffix(word, "五年")
			}
		case group(6)+group(7)+group(8) != "":
			if isDigit(lastRune(before)) || strings.ContainsRune("十第○〇", lastRune(before)) {
				continue // 1978年来, 第三年共
			}
			if k.years = countOf(group(6) + group(7) + group(8)); k.years == 1 {
				if !strings.HasSuffix(word, "来") {
					continue
				}
				break // 一年来 ends what 五年来 began
			}
			k.period = strings.TrimSuffix(strings.TrimSuffix(word, "累计"), "新增")
		case group(9) != "":
			k.years, k.period, k.ahead = countOf(group(9)), word, true
		case group(10) != "":
			if isCompared || strings.HasPrefix(after, "的") {
				continue
			}
			k.year = hanYear(group(10))
		case word == "全年":
			k.whole = true
		default:
			if isCompared || strings.HasPrefix(after, "前") || strings.HasSuffix(before, "提") || strings.HasPrefix(after, "以来") {
				continue
			}
			k.period = word
		}
		list = append(list, k)
	}
	return list
}

// yearOf reads 2017 or 一九八○; 0 for what is no year.
func yearOf(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	if runeCount(s) == len("2017") {
		return hanYear(s)
	}
	return 0
}

// countOf reads how many years: 五, 5.
func countOf(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return int(hanValue(s))
}

var (
	sectionPlan  = pattern.MustCompile(planWords)
	sectionYears = pattern.MustCompile(`(?:过去|近|今后|未来)的?(` + fewYears + `)年|本届政府[^，]{0,4}(` + fewYears + `)年|(` + fewYears + `)年(?:来|工作|的?(?:工作)?回顾)|的(` + fewYears + `)年$`)
)

// sectionTime is the span of years that an item speaks of, or that the
// headings above it name. A heading of both a year and a plan (2025年和“十四五”时期
// 回顾) leaves it to the sentences: both is what their sums are over.
func sectionTime(doc *report.Document, it *report.Item) (t, both moment) {
	t = moment{year: it.AboutYear, from: it.FromYear}
	for _, h := range it.Path {
		h = plainText(h)
		plan := moment{}
		if m := sectionPlan.FindStringSubmatch(h); m != nil && it.AboutYear == lastOfPlan(planNumber(m[1]+m[2])) {
			plan = moment{it.AboutYear, it.AboutYear - 4, m[0]}
		}
		if bareYear.MatchString(h) || strings.Contains(h, "一年") {
			both = plan
			continue
		}
		if plan.from != 0 {
			t = plan
		}
		m := sectionYears.FindStringSubmatch(h)
		if m == nil || t.year == 0 {
			continue
		}
		t.period = m[0]
		n := countOf(m[1] + m[2] + m[3] + m[4])
		switch ahead := strings.HasPrefix(m[0], "今后") || strings.HasPrefix(m[0], "未来"); {
		case it.FromYear != 0:
		case ahead && doc.Year != 0:
			t.from, t.year = doc.Year, doc.Year+n-1
		case !ahead:
			t.from = t.year - n + 1
		}
	}
	return t, both
}

// plainText is a heading in the form that rules are written for.
func plainText(s string) string {
	var b strings.Builder
	eachSentence(s, func(st *sentence) { b.WriteString(st.s) })
	return b.String()
}

// opens takes the span of years that a sentence's first words name as that of
// all the item goes on to say, until it speaks of one year: 五年来，…. A plan
// that looks back begins so, too: “十四五”时期，….
func (r *reader) opens(l *line, first bool) {
	if len(l.when) == 0 || l.when[0].at > openingBytes || r.it.Claim == "" {
		return
	}
	m := l.when[0]
	review := r.isReview()
	switch {
	case m.plan != 0 && !review && r.doc.Year != 0 && lastOfPlan(m.plan) < r.doc.Year:
		r.section, r.past = moment{lastOfPlan(m.plan), lastOfPlan(m.plan) - 4, m.period}, true
	case m.plan != 0 && !review && first && lastOfPlan(m.plan) >= r.doc.Year && r.doc.Year != 0:
		r.section = moment{lastOfPlan(m.plan), lastOfPlan(m.plan) - 4, m.period}
	case m.plan != 0 && review && first && r.section.year != 0 && r.section.year > lastOfPlan(m.plan)-5:
		r.section = moment{min(r.section.year, lastOfPlan(m.plan)), lastOfPlan(m.plan) - 4, m.period}
	case m.years == 1 && review:
		r.section.period, r.section.from = "", 0
	case m.years > 0 && m.year == 0 && !m.ahead && review && first && r.section.year != 0:
		r.section.period, r.section.from = m.period, r.section.year-m.years+1
	case m.ahead && !review && first && r.doc.Year != 0:
		r.section = moment{r.doc.Year + m.years - 1, r.doc.Year, m.period}
	case m.ahead || m.relative != "" || m.year != 0 && m.years == 0 && strings.HasPrefix(l.s[m.at:], "，"):
		if r.past {
			r.section, r.past = moment{year: r.it.AboutYear}, false
		}
		r.section.period, r.section.from = "", 0
	}
}

// openingBytes is how near its beginning a sentence says when.
const openingBytes = 36

// lastOfPlan is the last year of a five-year plan: 2020 for the thirteenth.
func lastOfPlan(n int) int { return 1955 + 5*n }

// timing settles the year a figure is about and whether it is aimed at.
func (r *reader) timing(f *report.Figure, l *line, n *number, h head, st *stated) {
	t, explicit, relative := r.section, false, ""
	months := ""
	for _, m := range l.when {
		if m.at > n.from {
			break
		}
		switch {
		case m.relative != "":
			t, relative = moment{year: r.relativeYear(m.relative)}, m.relative
		case m.plan != 0:
			t = moment{lastOfPlan(m.plan), lastOfPlan(m.plan) - 4, m.period}
			if rev := r.doc.ReviewYear; r.isReview() && rev != 0 && rev < t.year {
				t.year = rev
			}
		case m.ahead:
			t = moment{r.doc.Year + m.years - 1, r.doc.Year, m.period}
		case m.years > 0:
			end := m.year
			if end == 0 {
				end = r.section.year
			}
			if t = (moment{end, end - m.years + 1, m.period}); m.years == 1 {
				t.from = 0
			}
		case m.year != 0:
			t, explicit = moment{year: m.year}, true
		case m.whole:
		default:
			months = m.period
			if explicit || relative != "" {
				t.from = 0
			}
			continue
		}
		months = ""
	}
	if r.it.Part == report.PartNews {
		t = r.newsTime(t, explicit)
	}
	if st.phrase.from != "" {
		// 从2017年的5.9万元增加到7.9万元: the first value is of the year named, if any.
		t = moment{}
		t.year = yearOf(strings.TrimRight(st.phrase.from, "年末底初的"))
		months = ""
	}
	f.AboutYear, f.FromYear, f.Period = t.year, t.from, t.period
	if months != "" {
		f.Period, f.FromYear = months, 0
	}
	if st.phrase.average && f.FromYear == 0 && r.section.from != 0 && explicitYears(l, n) == 0 {
		f.Period, f.FromYear = r.section.period, r.section.from
	}
	if f.FromYear == 0 && months == "" && r.both.from != 0 && (st.phrase.total || strings.Contains(h.text, "累计")) && explicitYears(l, n) == 0 {
		f.AboutYear, f.FromYear, f.Period = r.both.year, r.both.from, r.both.period
	}
	if f.FromYear != 0 && !sums(r, l, n, h, st) {
		f.Period, f.FromYear = "", 0
	}
	f.Kind = r.kind(f, l, n, h, st, explicit, relative)
	if f.AboutYear == 0 || f.FromYear >= f.AboutYear || f.AboutYear-f.FromYear > longestSpan {
		f.FromYear = 0
	}
}

// explicitYears counts the single years that a line names before a number.
func explicitYears(l *line, n *number) int {
	count := 0
	for _, m := range l.when {
		if m.at <= n.from && m.years == 0 && m.plan == 0 && (m.year != 0 || m.relative != "") {
			count++
		}
	}
	return count
}

// oneYear says that a change is from one year to the next, whatever span its
// passage speaks of.
var oneYear = pattern.MustCompile(`同比|环比|[比较](?:上年|去年|上一年|年初)`)

// sums tells whether a figure is a sum or a change over the years that its
// passage speaks of. A level (建成区达到292平方公里, 入学率98%, 人均收入2.6万元) is
// that at their end; what was done (建成高速公路300公里) adds up.
func sums(r *reader, l *line, n *number, h head, st *stated) bool {
	p := st.phrase
	switch {
	case oneYear.MatchString(h.text):
		return false
	case p.average, p.total, p.change != "", strings.Contains(h.text, "累计"), n.unit == "番":
		return true
	case p.yearly, n.rank, n.top, n.measures == "percent", n.measures == "ratio", n.measures == "density", p.beside != "", p.from != "", n.per != "":
		return false
	}
	done := p.last == "完成" || p.last == "实现"
	if (p.level || n.reached) && !done {
		return false
	}
	if done || st.act || r.acts(p.subject) || l.namesSpan(h.start, n.from) {
		l.summed = n.unit
		return true
	}
	// 五年共培养本科生584万人，研究生17.2万人: the span holds for what is counted alike.
	return (n.measures == "people" || n.measures == "count") && l.summed == n.unit && !stative.MatchString(r.words.light.opening(p.subject))
}

// namesSpan tells whether a clause itself says of how many years it speaks:
// 五年投入支农资金80亿元.
func (l *line) namesSpan(from, to int) bool {
	return slices.ContainsFunc(l.when, func(m mark) bool {
		return m.at > from && m.at <= to && (m.years != 0 || m.plan != 0)
	})
}

// stative are verbs that say what there is or how it is gone about, not what was done.
var stative = pattern.MustCompile(`^(?:拥有|共有|现有|设有|建有|保有|有|共|确保|力争|规划|加强|加快|保持|支持|服务)+$`)

// acts tells whether a head begins or ends with what somebody does.
func (r *reader) acts(subject string) bool {
	verb := r.leadingVerbs(subject)
	if verb == "" {
		verb = r.verbEnding(subject)
	}
	return strings.Contains(subject, "新增") || verb != "" && !stative.MatchString(verb)
}

// longestSpan is how many years a sum may be over; more are a misreading.
const longestSpan = 20

// relativeYear is 今年, 去年 or 明年 as seen from the delivery.
func (r *reader) relativeYear(word string) int {
	year := r.doc.Year
	if year == 0 && r.it.AboutYear != 0 {
		// A plan is of the year of its delivery; what looks back is of the one before.
		switch {
		case r.it.Claim == report.ClaimPromised:
			year = r.it.AboutYear
		case word == "去年" || word == "上年":
			return r.it.AboutYear
		}
	}
	if year == 0 {
		return 0
	}
	switch word {
	case "去年", "上年":
		return year - 1
	case "明年":
		return year + 1
	}
	return year
}

// newsTime is when a piece of news is about: the year it named last.
func (r *reader) newsTime(t moment, explicit bool) moment {
	if explicit {
		r.newsYear = t.year
		return t
	}
	if r.newsYear == 0 {
		r.newsYear = -1
		for _, it := range r.doc.Items[:min(4, len(r.doc.Items))] {
			if m := bareYear.FindStringSubmatch(it.Text[:min(len(it.Text), maxSentence)]); m != nil {
				r.newsYear, _ = strconv.Atoi(m[1])
				break
			}
		}
	}
	if t.year == 0 && r.newsYear > 0 {
		t.year = r.newsYear
	}
	return t
}

func (r *reader) isReview() bool {
	return r.it.Part == report.PartReview || r.it.Part == report.PartProblems || r.it.Claim == report.ClaimDone
}

// kind tells a target from a result. A clause's own words decide; where it
// has none, the part of its passage does; where that is not known, nothing.
func (r *reader) kind(f *report.Figure, l *line, n *number, h head, st *stated, explicit bool, relative string) report.FigureKind {
	own := l.s[h.start:n.start]
	switch {
	case r.it.Part == report.PartGlossary, r.doc.Kind == report.KindRules:
		return ""
	case r.it.Part == report.PartNews:
		return r.newsKind(l, n, h, st)
	case st.phrase.from != "":
		return report.FigureResult // 由A增加到B: A is what there was
	}
	switch {
	case r.isReview():
		return r.reviewKind(f, l, n, own, st, explicit, relative)
	case r.it.Claim == report.ClaimPromised:
		return r.planKind(f, own, explicit, relative)
	}
	switch cue := cueOf(own); {
	case cue != "":
		return cue
	case r.doc.Year != 0 && f.AboutYear > r.doc.Year && explicit:
		return report.FigureTarget
	}
	return ""
}

// newsKind is that of a figure of a piece of news, which states what is so.
func (r *reader) newsKind(l *line, n *number, h head, st *stated) report.FigureKind {
	clause := strings.ToValidUTF8(l.s[max(0, h.start-120):n.start], "")
	if i := strings.LastIndexAny(clause, "；："); i >= 0 {
		clause = clause[i:]
	}
	if st.scaled || cues().aim.MatchString(clause) && !cues().reached.MatchString(l.s[h.start:n.start]) {
		return report.FigureTarget
	}
	return report.FigureResult
}

// reviewKind is that of a figure in what looks back: a target only where its
// clause says so, or the year it names has not come.
func (r *reader) reviewKind(f *report.Figure, l *line, n *number, own string, st *stated, explicit bool, relative string) report.FigureKind {
	if r.promised(f, l, n) {
		return report.FigureTarget
	}
	last := max(r.doc.ReviewYear, r.doc.Year)
	future := r.doc.ReviewYear != 0 && (explicit && f.AboutYear > last || relative != "" && f.Period == "" && f.AboutYear > r.doc.ReviewYear && !strings.Contains(own, "以来"))
	if !st.scaled && (explicit && !future || cueOf(own) != report.FigureTarget && !(future && cueOf(own) == "")) {
		return report.FigureResult
	}
	if f.AboutYear == r.section.year && !st.scaled && strings.Contains(own, "今年") {
		f.AboutYear = r.doc.Year
	}
	return report.FigureTarget
}

// aheadWords begin what is to be behind a time to come: 2024年，将建成….
var aheadWords = pattern.MustCompile(`^(?:底|末)?(?:前|里)?，?(?:我[市县区省]|全[市县区省]|我们)?(?:还|也)?(?:将|要|拟|计划|力争|争取|确保)`)

// promised says that the last time a sentence of a review names before a number
// is one to come, and that it goes on with what will be done then.
func (r *reader) promised(f *report.Figure, l *line, n *number) bool {
	if f.AboutYear == 0 || f.AboutYear <= r.doc.ReviewYear {
		return false
	}
	last := -1
	for _, m := range l.when {
		if m.at <= n.from && (m.year > r.doc.ReviewYear || m.relative == "今年" || m.relative == "明年") {
			last = m.at
		} else if m.at <= n.from && (m.year != 0 || m.relative != "") {
			last = -1
		}
	}
	return last >= 0 && aheadWords.MatchString(l.s[last:])
}

// planKind is that of a figure in what looks ahead: a result only where its
// clause looks back, or the year it names is over.
func (r *reader) planKind(f *report.Figure, own string, explicit bool, relative string) report.FigureKind {
	if r.past && f.AboutYear <= r.section.year {
		return report.FigureResult
	}
	past := relative == "去年" || relative == "上年" || explicit && r.doc.ReviewYear != 0 && f.AboutYear <= r.doc.ReviewYear && f.AboutYear < r.section.year
	if !past && cueOf(own) != report.FigureResult {
		return report.FigureTarget
	}
	if !past && !explicit && r.doc.ReviewYear != 0 && f.AboutYear > r.doc.ReviewYear {
		f.AboutYear = r.doc.ReviewYear
	}
	return report.FigureResult
}
