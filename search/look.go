package search

import (
	"math/bits"
	"regexp"
	"slices"
	"strings"

	"youju/report"
)

// A Looker looks closely at an item that matches: whether the words of the
// query stand together and whether what was asked for stands with them.
type Looker struct {
	marker *Marker
	asked  *regexp.Regexp
	words  int
	// places is set for a query of nothing but places.
	places bool
}

// Look is what a Looker saw, each from 0 to 1.
type Look struct {
	// Together is the share of the query's words in the sentence that holds most of them.
	Together float64 `json:"together"`
	// Asked is 1 when that sentence holds what was asked for.
	Asked float64 `json:"asked"`
	// Aside is 1 when the words stand only in the bracket that names units: every
	// task names many, and is about none of them.
	Aside float64 `json:"aside"`
	// Figure is 1 when a figure follows right behind a match: 老旧小区 172 个.
	Figure float64 `json:"figure"`
}

// dutyBegins matches the beginning of a bracket that names units.
var dutyBegins = regexp.MustCompile(`[〔（(\[［]\s*(?:牵头|责任|主办|配合)`)

// figureBehind is how far behind a match, in bytes, a figure belongs to it.
const figureBehind = 36

func (l *Looker) figureFollows(text string, matches []span) bool {
	for _, s := range matches {
		rest := text[s.end:min(len(text), s.end+figureBehind)]
		if i := strings.IndexFunc(rest, func(r rune) bool { return strings.ContainsRune("，。；,;、（(", r) }); i >= 0 {
			rest = rest[:i]
		}
		if strings.ContainsAny(rest, "0123456789０１２３４５６７８９") {
			return true
		}
	}
	return false
}

// askedFor matches what answers a question.
var askedFor = map[string]*regexp.Regexp{
	AskFigure: regexp.MustCompile(`[0-9０-９]+(?:\.[0-9]+)? ?(?:万|亿|个|家|所|处|套|户|人|公里|米|亩|平方|张|场|次|项|条|座|辆|台|%|％|元|吨|斤|名|件)`),
	AskDate:   regexp.MustCompile(`[0-9０-９]{4} ?年|[0-9０-９]{1,2} ?月|年底|年内|上半年|下半年|季度|早日|通车|投用|建成|竣工|开工|完工|启用|投运`),
	AskWho:    regexp.MustCompile(`牵头|责任单位|配合单位|负责`),
	AskYesNo:  regexp.MustCompile(`免费|实施|推进|继续|开展|补贴|政策|全面|实现|取消|允许|禁止`),
}

// NewLooker prepares to look at a plan's matches.
func NewLooker(plan Plan) *Looker {
	l := &Looker{marker: plan.Marker(), asked: askedFor[plan.Asked]}
	for _, w := range plan.Words {
		l.words += max(1, len(w.Segments))
	}
	l.places = len(plan.Words) == 0 && len(plan.Context) > 0 && !slices.ContainsFunc(plan.Context, func(c PlanContext) bool { return !c.IsPlace() })
	return l
}

// lookForPlaces tells items about a place from those in which its government
// only stands among the units in charge.
func (l *Looker) lookForPlaces(it *report.Item) Look {
	look := Look{}
	if !l.places {
		return look
	}
	matches := l.marker.matches(it.Text)
	above := l.marker.matches(it.Heading + "。" + strings.Join(it.Path, "。"))
	if len(above) == 0 && len(matches) > 0 && matches[0].start >= dutyStart(it.Text) {
		look.Aside = 1
	}
	return look
}

// dutyStart is where the bracket that names units begins, or the end of the text.
func dutyStart(text string) int {
	if at := dutyBegins.FindAllStringIndex(text, -1); at != nil {
		return at[len(at)-1][0]
	}
	return len(text)
}

// Look looks at an item. Its heading belongs to every sentence of it.
func (l *Looker) Look(it *report.Item) Look {
	if l.words == 0 {
		return l.lookForPlaces(it)
	}
	var head uint64
	for _, s := range l.marker.matches(it.Heading + "。" + strings.Join(it.Path, "。")) {
		head |= 1 << (s.word & 63)
	}
	text, duty := it.Text, dutyStart(it.Text)
	starts := sentences(text)
	matches := l.marker.matches(text)
	best, look, next := bits.OnesCount64(head), Look{}, 0
	bestAt := -1
	for i := range starts {
		words := head
		seen := false
		for next < len(matches) && (i+1 == len(starts) || matches[next].start < starts[i+1]) {
			words |= 1 << (matches[next].word & 63)
			seen = true
			next++
		}
		if n := bits.OnesCount64(words); seen && (n > best || bestAt < 0) {
			best, bestAt = n, i
		}
	}
	if head == 0 && len(matches) > 0 && matches[0].start >= duty {
		look.Aside = 1
	}
	if l.figureFollows(text, matches) {
		look.Figure = 1
	}
	look.Together = min(1, float64(best)/float64(l.words))
	if l.asked == nil || bestAt < 0 {
		return look
	}
	end := len(text)
	if bestAt+1 < len(starts) {
		end = starts[bestAt+1]
	}
	if l.asked.MatchString(text[starts[bestAt]:end]) {
		look.Asked = 1
	}
	return look
}
