package project

import (
	"strings"
	"unicode/utf8"

	"youju/report"
)

// government is what the words before a name say: 争取, 加快推进, 开工建设.
type government struct {
	// text is the words as printed, "" where no verb precedes.
	text  string
	stage report.Stage
	// hoped is set for 争取 and its like, moving for verbs that with a noun of building say that works go on (加快…建设).
	hoped, moving bool
	// wished is set for 争取 and 力争, with which what is to be done still goes on.
	wished bool
	// bare is set where nothing but words of hope and help precede (推动, 支持).
	bare bool
}

// predicate is what the words after a name say: 建成通车, 前期工作, 建设.
type predicate struct {
	text  string
	stage report.Stage
	// single predicates are not said of the names before: A、B高速改扩建.
	single bool
	// noun is set for 建设的…: the project is named for being built, and nothing is said of how far.
	noun bool
	// to is where the words end.
	to int
}

// governing reads the verbs that lead up to a position.
func (r *reader) governing(s starts, at int) government {
	var g government
	from, to := -1, -1
	g.bare = true
	for i := at; i > s.from && s.at(i).ok && !s.at(i).cut; i = s.at(i).from {
		st := s.at(i)
		if st.verb == nil {
			continue
		}
		if to < 0 {
			to = i
		}
		from = st.from
		if g.stage == "" || st.verb.stage == report.StageIdea { // 谋划启动…
			g.stage = st.verb.stage
		}
		g.hoped = g.hoped || st.verb.hedge == "hoped"
		g.wished = g.wished || st.verb.wished
		g.moving = g.moving || st.verb.moving
		g.bare = g.bare && st.verb.hedge != "" && st.verb.stage == ""
	}
	if from >= 0 {
		g.text = r.printed(span{from, to})
	}
	return g
}

// predicate reads the verb after a name. Adverbs, dates and what is said of
// the whole enumeration (等4条高速公路) may stand between; another subject may not.
func (r *reader) predicate(s span) predicate {
	x := lexical()
	var weak predicate // a word such as 建设, which another may follow
	from := -1         // where the adverbs directly before the verb begin
	for i := s.from; i < s.to; {
		rest := r.runes[i:s.to]
		if j := r.consent(i, s.to); j > i {
			return predicate{text: r.printed(span{i, j}), stage: report.StageApproved, to: j}
		}
		l, v := x.verbs.Longest(rest)
		skip, adverb := x.skips.Longest(rest)
		if l > 0 && v.after && l >= skip {
			if from < 0 {
				from = i
			}
			p := predicate{r.printed(span{from, i + l}), v.stage, v.single, false, i + l}
			// 东阿县人民医院获批国家级试点: it is not the hospital that was approved.
			closed := r.closed(i+l, s.to) || v.stage == report.StagePrepare || v.stage == report.StageSigned || listed(p.text) || r.spends(i, i+l, s.to)
			switch {
			case closed && r.spends(i, i+l, s.to):
				return p
			case strings.HasSuffix(p.text, "完成") && i+l < s.to && !strings.ContainsRune("并、(", r.runes[i+l]):
				// 完成开工前的准备工作: what was done follows.
			case v.stage != "" && closed:
				if next := r.predicate(span{i + l, s.to}); next.stage != "" && strings.HasPrefix(string(r.runes[i+l:s.to]), next.text) {
					next.text = r.printed(span{from, next.to}) // 全线建成|通车
					return next
				}
				return p
			case v.stage != "":
				return weak
			case closed && weak.text == "":
				weak = p
			case builds(p.text) && strings.HasPrefix(string(r.runes[i+l:s.to]), "的"):
				return predicate{noun: true}
			}
			i, from = i+l, -1
			continue
		}
		switch {
		case skip > 0:
			if !adverb {
				from = -1
			} else if from < 0 {
				from = i
			}
			i += skip
		case r.runes[i] == '等':
			i, from = r.afterGroup(span{i, s.to}), -1
		case r.runes[i] == '(' && r.closing(i, s.to) > i:
			i, from = r.closing(i, s.to), -1
		case isNumeral(r.runes[i]) || strings.ContainsRune("年月日底前", r.runes[i]):
			i, from = i+1, -1
		default:
			return weak
		}
	}
	return weak
}

// spends reports whether a verb says how much was spent: 完成投资25亿元.
func (r *reader) spends(from, to, end int) bool {
	return to < end && isDigit(r.runes[to]) && strings.HasSuffix(r.folded(span{from, to}), "完成投资")
}

// consent is the position behind words of consent at i, or i: 获国家发展改革委批复.
func (r *reader) consent(i, to int) int {
	if i >= to || r.runes[i] != '获' {
		return i
	}
	for j := i + 1; j+1 < min(to, i+maxConsent); j++ {
		switch r.folded(span{j, j + 2}) {
		case "批复", "批准", "核准", "立项":
			return j + 2
		}
		if !isHan(r.runes[j]) || r.folded(span{j, j + 2}) == "命名" {
			break
		}
	}
	return i
}

// maxConsent is the length of the longest words of consent.
const maxConsent = 16

// lastVerb is the predicate that a range ends in.
func (r *reader) lastVerb(s span) predicate {
	for i := max(s.from+2, s.to-8); i < s.to; i++ {
		if l, v := lexical().verbs.Longest(r.runes[i:s.to]); i+l == s.to && l > 0 && v.after {
			return predicate{r.printed(span{i, s.to}), v.stage, v.single, false, s.to}
		}
	}
	return predicate{}
}

// closed reports whether a verb ends at a position, rather than having an
// object of its own (职业技术学院建设省高水平高职院校) or being a condition (建成后).
func (r *reader) closed(i, to int) bool {
	if i == to || strings.ContainsRune("并、(了等", r.runes[i]) {
		return true
	}
	l, v := lexical().verbs.Longest(r.runes[i:to])
	if l > 0 && v.after && (!v.before || r.closed(i+l, to)) {
		return true
	}
	l, _ = lexical().skips.Longest(r.runes[i:to])
	return l > 0
}

// afterGroup is the position behind 等 and what it says the members are.
func (r *reader) afterGroup(s span) int {
	i := r.count(s.from+1, s.to)
	for j := i; j < min(s.to, i+maxGroup); j++ {
		l, class := lexical().ends.Longest(r.runes[j:s.to])
		if l > 0 && class != classNever && r.ended(j+l, s.to) {
			return j + l
		}
		if l, v := lexical().verbs.Longest(r.runes[j:s.to]); l > 0 && v.after && j > s.from+1 {
			break
		}
	}
	return i
}

// mainWorks are not the whole: what is done with them is still being built.
const mainWorks = "主体工程"

// progress is the stage that the words before and after a name say together,
// and these words as printed: 争取…开工, 加快…建设, 做好…前期工作.
func (n *name) progress() (report.Stage, string) {
	b, a := n.before, n.after
	words := join(b.text, a.text)
	switch {
	case a.stage == report.StageStarted && b.hoped:
		return report.StageToStart, words
	case a.stage == report.StageApproved && b.hoped || b.stage == report.StageApproved && b.hoped:
		return report.StagePrepare, words
	case b.wished && (done(a.stage) || a.stage == "" && done(b.stage)):
		return report.StageBuilding, words
	case b.wished && a.stage == report.StageSigned:
		return "", words // still in talks
	case a.stage != "" && b.stage == report.StageIdea:
		return report.StageIdea, words
	case a.stage != "":
		return a.stage, words
	case b.stage == report.StageBuilt && a.text == mainWorks:
		return report.StageBuilding, words
	case b.stage == report.StageStarted && b.hoped:
		return report.StageToStart, words
	case b.stage != "":
		return b.stage, words
	case a.text != "" && b.moving && builds(a.text):
		return report.StageBuilding, words
	}
	return "", words
}

// done reports whether a stage says that works are finished.
func done(s report.Stage) bool { return s == report.StageBuilt || s == report.StageInUse }

// builds reports whether a noun after the names is about building: 建设, 施工, 改造.
func builds(noun string) bool {
	return strings.Contains(noun, "建设") || strings.Contains(noun, "施工")
}

// join puts the words before and after a name together as printed.
func join(before, after string) string {
	if before == "" || after == "" || utf8.RuneCountInString(before)+utf8.RuneCountInString(after) <= 4 {
		return before + after
	}
	return before + "…" + after
}

// listed reports whether a verb puts a project on a list, which it names:
// 列入国家综合交通网规划.
func listed(verb string) bool {
	return strings.Contains(verb, "列入") || strings.Contains(verb, "纳入")
}
