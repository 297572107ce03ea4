package figure

import (
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
	markRE = pattern.MustCompile(`(20\d\d|19[89]\d)年(?:1?\d[—-])?|(20\d\d)—(20\d\d)年|今年|去年|上年|明年|本年度|“?十([一二三四五])五”?(?:时期|期间|以来|末|五年|前四年|累计)|` +
		`全年|\d{1,2}[—-]\d{1,2}月份?|[上下]半年|前[一二三两]个?季度|[一二三四]季度|前\d{1,2}个?月|\d{1,2}月(?:份|底|末)|` +
		`(?:过去|近|这|本届政府|近年来)?(?:的)?([三四五])年(?:来|累计|间|共|新增)|过去([三四五])年|[近这]([三四五])年|(?:今后|未来|下一个)([三四五])年`)
	// compared marks a time that is only compared with: 是2010年的, 比上年.
	compared = pattern.MustCompile(`(?:是|比|较|为|自|从|由|超过|超|相当于|于|同|与|过去|\d)$`)
	bareYear = pattern.MustCompile(`(20\d\d)年`)
)

var hanPlans = map[string]int{"一": 11, "二": 12, "三": 13, "四": 14, "五": 15}

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
		case group(4) != "":
			if isCompared {
				continue
			}
			k.plan, k.period = hanPlans[group(4)], strings.TrimRight(word, "时期间以来末前四年累计")
			if strings.HasSuffix(word, "五年") {
				k.period = strings.TrimSuffix(word, "五年")
			}
		case group(5) != "" || group(6) != "" || group(7) != "":
			k.years, k.period = int(hanValue(group(5)+group(6)+group(7))), strings.TrimSuffix(strings.TrimSuffix(word, "累计"), "新增")
		case group(8) != "":
			k.years, k.period, k.ahead = int(hanValue(group(8))), word, true
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

var sectionPlan = pattern.MustCompile(`“?十([一二三四五])五”?`)
var sectionYears = pattern.MustCompile(`过去[的]?五年|五年来|五年工作|近五年|今后五年|未来五年|五年的?(?:工作)?回顾`)

// sectionTime is the span of years that the headings above an item name.
func sectionTime(doc *report.Document, it *report.Item) moment {
	t := moment{year: it.AboutYear}
	for _, h := range it.Path {
		if bareYear.MatchString(h) || strings.Contains(h, "一年") {
			// 2025年和“十四五”时期回顾 is of both: only sentences tell.
			continue
		}
		if m := sectionPlan.FindStringSubmatch(h); m != nil && it.AboutYear == lastOfPlan(hanPlans[m[1]]) {
			t.period, t.from = m[0], it.AboutYear-4
		}
		if m := sectionYears.FindString(h); m != "" && t.year != 0 {
			t.period = m
			if strings.HasPrefix(m, "今后") || strings.HasPrefix(m, "未来") {
				t.from, t.year = doc.Year, doc.Year+4
			} else {
				t.from = t.year - 4
			}
		}
	}
	return t
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
	case m.plan != 0 && review && first && lastOfPlan(m.plan) == r.section.year:
		r.section.period, r.section.from = m.period, lastOfPlan(m.plan)-4
	case m.years > 0 && m.year == 0 && !m.ahead && review && first && r.section.year != 0:
		r.section.period, r.section.from = m.period, r.section.year-m.years+1
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
			t = moment{end, end - m.years + 1, m.period}
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
		t.year, _ = strconv.Atoi(strings.TrimRight(st.phrase.from, "年末底初的"))
		months = ""
	}
	f.AboutYear, f.FromYear, f.Period = t.year, t.from, t.period
	if months != "" {
		f.Period, f.FromYear = months, 0
	}
	if st.phrase.average {
		if f.Period == "" && r.section.period != "" {
			f.Period, f.FromYear = r.section.period, r.section.from
		}
	} else if f.Period == r.section.period && f.Period != "" && st.phrase.level && st.phrase.last != "完成" && st.phrase.last != "实现" && !st.phrase.total && st.phrase.change == "" && !strings.Contains(h.text, "累计") && n.measures != "money" {
		// 建成区达到 292 平方公里: a level at the end of the years, no sum over them.
		f.Period, f.FromYear = "", 0
	}
	f.Kind = r.kind(f, l, n, h, st, explicit, relative)
	if f.FromYear >= f.AboutYear || f.AboutYear-f.FromYear > longestSpan {
		f.FromYear = 0
	}
}

// longestSpan is how many years a sum may be over; more are a misreading.
const longestSpan = 20

// relativeYear is 今年, 去年 or 明年 as seen from the delivery.
func (r *reader) relativeYear(word string) int {
	year := r.doc.Year
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

var (
	aims    = pattern.MustCompile(`力争|计划(?:总|投|用|到|在|年|完|新|建|实)|拟|将(?:达|实现|超|突破|新|建|完|带|吸|形成|建成|有|于|在|提|推|对)|预计(?:带动|将|到|可|年|首|202|明年|今年|实现年)|目标是|要求|有望|可实现|建成后|投产后|达产后|全部建成后|项目建成`)
	already = pattern.MustCompile(`目前|(?:^|[，。；市区县省])已|现已|去年|上年|截至|截止|现有|累计已|已(?:经|累计|安排|完成|建成|达|有|实现|开工|落实|签约|入驻|建立|形成|吸纳|聚集|促成)`)
)

// kind tells a target from a result: by the part, and by the verb in a
// sentence that speaks otherwise than its part.
func (r *reader) kind(f *report.Figure, l *line, n *number, h head, st *stated, explicit bool, relative string) report.FigureKind {
	own := l.s[h.start:n.start]
	switch r.it.Part {
	case report.PartGlossary:
		return ""
	case report.PartNews:
		clause := strings.ToValidUTF8(l.s[max(0, h.start-120):n.start], "")
		if i := strings.LastIndexAny(clause, "；："); i >= 0 {
			clause = clause[i:]
		}
		if st.scaled || aims.MatchString(clause) && !already.MatchString(own) {
			return report.FigureTarget
		}
		return report.FigureResult
	}
	if r.doc.Kind == report.KindRules {
		return ""
	}
	switch {
	case r.it.Part == report.PartOpening && r.it.Claim == "":
		return ""
	case r.isReview():
		future := explicit && r.doc.ReviewYear != 0 && f.AboutYear > max(r.doc.ReviewYear, r.doc.Year)
		if st.scaled || future || !explicit && aims.MatchString(own) {
			if f.AboutYear == r.section.year && !st.scaled && strings.Contains(own, "今年") {
				f.AboutYear = r.doc.Year
			}
			return report.FigureTarget
		}
		return report.FigureResult
	}
	if r.past && f.AboutYear <= r.section.year {
		return report.FigureResult
	}
	past := relative == "去年" || relative == "上年" || explicit && r.doc.ReviewYear != 0 && f.AboutYear <= r.doc.ReviewYear && f.AboutYear < r.section.year
	if past || already.MatchString(own) && !aims.MatchString(own) {
		if !past && !explicit && r.doc.ReviewYear != 0 && f.AboutYear > r.doc.ReviewYear {
			f.AboutYear = r.doc.ReviewYear
		}
		return report.FigureResult
	}
	return report.FigureTarget
}
