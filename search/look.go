package search

import (
	"math/bits"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Looker looks closely at an item that matches: whether the words of the
// query stand together and whether what was asked for stands with them. It
// reads the item's rows. It is used by one goroutine.
type Looker struct {
	words []rowWord
	asked *regexp.Regexp
	// pieces is the number of words, taken apart where they are known to be several.
	pieces int
	// places is set for a query of nothing but places.
	places bool
	// above and found are kept from item to item.
	above Row
	found []rowSpan
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

// dutyStart is where the bracket that names units begins, or the end of the text.
func dutyStart(text string) int {
	if !strings.Contains(text, "牵头") && !strings.Contains(text, "责任") && !strings.Contains(text, "主办") && !strings.Contains(text, "配合") {
		return len(text)
	}
	if at := dutyBegins.FindAllStringIndex(text, -1); at != nil {
		return at[len(at)-1][0]
	}
	return len(text)
}

// figureBehind is how far behind a match, in bytes of UTF-8, a figure belongs to it.
const figureBehind = 36

func figureFollows(text Row, matches []rowSpan) bool {
	for _, s := range matches {
		for at, size := s.end, 0; at < len(text) && size < figureBehind; at += 2 {
			unit := text.unit(at)
			if unit >= '0' && unit <= '9' {
				return true
			}
			if unit == ',' || unit == '。' || unit == ';' || unit == '、' || unit == '(' {
				break
			}
			size++
			if unit >= utf8.RuneSelf {
				size += 2
			}
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
	l := &Looker{words: rowWords(plan), asked: askedFor[plan.Asked]}
	for _, w := range plan.Words {
		l.pieces += max(1, len(w.Segments))
	}
	l.places = len(plan.Words) == 0 && len(plan.Context) > 0 && !slices.ContainsFunc(plan.Context, func(c PlanContext) bool { return !c.IsPlace() })
	return l
}

// Look looks at an item, given the row of the headings above it. Its headings
// belong to every sentence of it.
func (l *Looker) Look(it ItemRow, path Row) Look {
	if l.pieces == 0 && !l.places {
		return Look{}
	}
	l.above = append(appendUnit(append(l.above[:0], it.Heading...), rowBorder), path...)
	l.found = l.matches(l.found[:0], l.above)
	head := wordsOf(l.found)
	l.found = l.matches(l.found[:0], it.Text)
	matches := l.found
	look := Look{}
	if head == 0 && len(matches) > 0 && matches[0].start >= it.DutyAt {
		look.Aside = 1
	}
	if l.pieces == 0 {
		return look
	}
	if figureFollows(it.Text, matches) {
		look.Figure = 1
	}
	best, start, end := bestRowSentence(it.Text, matches, head)
	look.Together = min(1, float64(best)/float64(l.pieces))
	if l.asked != nil && start >= 0 && l.asked.MatchString(it.Text[start:end].String()) {
		look.Asked = 1
	}
	return look
}

// wordsOf is the set of words that matched.
func wordsOf(matches []rowSpan) (words uint64) {
	for _, s := range matches {
		words |= 1 << (s.word & 63)
	}
	return words
}

// bestRowSentence finds the sentence that holds most words, those above it
// included; start is -1 when none holds any.
func bestRowSentence(text Row, matches []rowSpan, above uint64) (best, start, end int) {
	best, start = bits.OnesCount64(above), -1
	for i := 0; i < len(matches); {
		from, to := text.sentence(matches[i].start)
		words := above
		for i < len(matches) && matches[i].start < to {
			words |= 1 << (matches[i].word & 63)
			i++
		}
		if n := bits.OnesCount64(words); n > best || start < 0 {
			best, start, end = n, from, to
		}
	}
	return best, start, end
}

// sentence is the sentence around a byte of a row.
func (r Row) sentence(at int) (from, to int) {
	for from = at; from > 0 && !r.sentenceStarts(from); {
		from -= 2
	}
	for to = at + 2; to < len(r) && !r.sentenceStarts(to); {
		to += 2
	}
	return from, min(to, len(r))
}

// sentenceStarts reports whether a sentence starts at a byte: behind the mark
// that ends one, and the brackets that close behind it.
func (r Row) sentenceStarts(at int) bool {
	if r.unit(at) == ')' {
		return false
	}
	for before := at - 2; before >= 0; before -= 2 {
		switch r.unit(before) {
		case '。', '!', '?', ';':
			return true
		case ')':
		default:
			return false
		}
	}
	return false
}
