package search

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"youju/report"
)

// FigureName is the name of the filter number:>100亿 and FigureLabel its Chinese name.
const (
	FigureName  = "number"
	FigureLabel = "数字"
)

// A Figure is a number that a text prints. It serves finding only: what a
// reader is shown is the text itself.
type Figure struct {
	// Value is the number times its multiplier: 1.2 for 1.2%, 3e8 for 3亿元.
	Value float64
	// Unit is what follows the number and its multiplier, up to four characters: 元以上完.
	Unit string
	// Start and End are byte offsets of the number with its multiplier.
	Start, End int
	// power is the multiplier, as a power of ten.
	power int
}

// multiplier gives the power of ten of a character between a number and its
// unit. 千 counts also in 千瓦: as a query is read the same way, 万千瓦 and 千瓦
// compare rightly.
func multiplier(term string) int {
	r, size := utf8.DecodeRuneInString(term)
	if size != len(term) {
		return 0
	}
	return report.Powers[r]
}

// notFigures are what follows the numbers of dates and ordinals, which count
// nothing and are found only where they are asked for.
var notFigures = []string{"年", "月", "日", "号", "届", "次会", "时", "点", "周岁", "路"}

// The longest unit, in characters, and row of multipliers (千万亿) that are read.
const unitRunes, maxMultipliers = 4, 4

// Figures finds the numbers of a text that have a unit.
func Figures(text string) []Figure { return FiguresIn(Tokenize(text)) }

// FiguresIn finds them among the tokens of a text.
func FiguresIn(tokens []Token) []Figure {
	var found []Figure
	numeralEnd := 0
	for i, t := range tokens {
		if t.Kind == Han && i >= numeralEnd && isNumeral(t.Term) {
			f, n := numeralFigure(tokens, i)
			if numeralEnd = i + n; f.Unit != "" {
				found = append(found, f)
			}
		}
		if t.Kind != Word {
			continue
		}
		if value, err := strconv.ParseFloat(t.Term, 64); err == nil && isDecimal(t.Term) {
			f := figure(tokens[i+1:], value, t)
			if f.Unit != "" || f.power > 0 {
				found = append(found, f)
			}
		}
	}
	return found
}

// numeralFigure reads the number in Chinese numerals at a token, and tells how
// many tokens are numerals there. An ordinal counts nothing: 第十二届.
func numeralFigure(tokens []Token, at int) (f Figure, n int) {
	value, n := numeralAt(tokens[at:])
	if n == 0 || at > 0 && tokens[at-1].Term == "第" {
		for n = 0; at+n < len(tokens) && isNumeral(tokens[at+n].Term); {
			n++
		}
		return Figure{}, n
	}
	f = figure(tokens[at+n:], float64(value), Token{Start: tokens[at].Start, End: tokens[at+n-1].End})
	if at >= 3 && tokens[at-3].Term+tokens[at-2].Term+tokens[at-1].Term == "百分之" {
		f.Unit = "%"
	}
	return f, n
}

// isDecimal keeps out what ParseFloat reads besides: inf, nan, 0x1p4, 1e5.
func isDecimal(term string) bool { return strings.Trim(term, "0123456789.") == "" }

// figure reads what follows a number.
func figure(after []Token, value float64, number Token) Figure {
	f := Figure{Start: number.Start, End: number.End}
	for n := 0; n < maxMultipliers && len(after) > 0 && multiplier(after[0].Term) != 0; n++ {
		f.power += multiplier(after[0].Term)
		f.End = after[0].End
		after = after[1:]
	}
	f.Value = report.Shifted(value, f.power)
	if len(after) > 1 && (after[0].Term == "余" || after[0].Term == "多") && after[1].Kind == Han {
		after = after[1:] // 1200余户
	}
	for i, t := range after {
		if i == unitRunes || t.Kind != Han && !IsUnitSign(t) {
			break
		}
		f.Unit += t.Term
		if t.Kind != Han {
			break
		}
	}
	return f
}

// A Bound is a condition on figures: number:>100亿元, number:50..100户, number:5.5%; in words also 数字:不低于100亿元, 数字:50到100户.
type Bound struct {
	// Text is the condition as written.
	Text string
	// Min and Max are the least and the greatest value; MinOpen and MaxOpen
	// leave the ends themselves out.
	Min, Max         float64
	MinOpen, MaxOpen bool
	// Unit must follow the number, if it is not "".
	Unit string
}

// Holds reports whether a figure meets the condition.
func (b Bound) Holds(value float64, unit string) bool {
	if value < b.Min || value > b.Max || b.MinOpen && value == b.Min || b.MaxOpen && value == b.Max {
		return false
	}
	if b.Unit != "" {
		return strings.HasPrefix(unit, b.Unit)
	}
	for _, not := range notFigures {
		if strings.HasPrefix(unit, not) {
			return false
		}
	}
	return true
}

// comparisons are the ways to begin a condition, longer ones first.
var comparisons = []struct {
	sign         string
	below, above bool // the values that are let through beside equal ones
	equal        bool
}{
	{">=", false, true, true}, {"<=", true, false, true}, {"≥", false, true, true}, {"≤", true, false, true},
	{">", false, true, false}, {"<", true, false, false}, {"=", false, false, true},
	{"大于等于", false, true, true}, {"小于等于", true, false, true},
	{"不低于", false, true, true}, {"不少于", false, true, true}, {"不小于", false, true, true}, {"至少", false, true, true},
	{"不高于", true, false, true}, {"不超过", true, false, true}, {"不大于", true, false, true}, {"不多于", true, false, true}, {"至多", true, false, true},
	{"大于", false, true, false}, {"超过", false, true, false}, {"高于", false, true, false}, {"多于", false, true, false},
	{"小于", true, false, false}, {"低于", true, false, false}, {"少于", true, false, false}, {"等于", false, false, true},
}

// comparisonEnds say behind the number what the signs say before it.
var comparisonEnds = []struct {
	end          string
	below, above bool
}{
	{"及以上", false, true}, {"以上", false, true}, {"及以下", true, false}, {"以下", true, false}, {"以内", true, false},
}

var comparisonSigns = strings.NewReplacer("＞", ">", "＜", "<", "＝", "=", "％", "%")

// readBound reads a condition; ok is false when it is none.
func readBound(text string) (b Bound, ok bool) {
	rest := comparisonSigns.Replace(foldWidth(text))
	b = Bound{Text: text}
	for _, between := range []string{"..", "到", "至", "—", "~", "～"} {
		if from, to, isRange := strings.Cut(rest, between); isRange {
			return readRange(b, from, to)
		}
	}
	rest, below, above, equal := cutComparison(rest)
	f, ok := readFigure(rest)
	if !ok {
		return Bound{}, false
	}
	b.Min, b.Max, b.Unit = f.Value, f.Value, f.Unit
	if above {
		b.Max, b.MinOpen = math.Inf(1), !equal
	}
	if below {
		b.Min, b.MaxOpen = math.Inf(-1), !equal
	}
	return b, true
}

// cutComparison takes what compares off a condition: >100亿, 不低于100亿, 100亿以上.
func cutComparison(text string) (rest string, below, above, equal bool) {
	for _, c := range comparisons {
		if after, found := strings.CutPrefix(text, c.sign); found {
			return after, c.below, c.above, c.equal
		}
	}
	for _, c := range comparisonEnds {
		if before, found := strings.CutSuffix(text, c.end); found {
			return before, c.below, c.above, true
		}
	}
	return text, false, false, true
}

// readRange reads 50..100亿, in which the first number may lack its multiplier.
func readRange(b Bound, from, to string) (Bound, bool) {
	last, ok := readFigure(to)
	first, ok2 := readFigure(from)
	if !ok || !ok2 {
		return Bound{}, false
	}
	if first.Unit == "" && first.power == 0 {
		first.Value = report.Shifted(first.Value, last.power)
	}
	b.Min, b.Max, b.Unit = first.Value, last.Value, last.Unit
	return b, b.Min <= b.Max
}

// readFigure reads one number that stands alone.
func readFigure(text string) (Figure, bool) {
	tokens := Tokenize(text)
	if value, n := numeralAt(tokens); n > 0 && tokens[0].Start == 0 {
		return figure(tokens[n:], float64(value), Token{End: tokens[n-1].End}), true
	}
	if len(tokens) == 0 || tokens[0].Start > 0 || tokens[0].Kind != Word || !isDecimal(tokens[0].Term) {
		return Figure{}, false
	}
	value, err := strconv.ParseFloat(tokens[0].Term, 64)
	if err != nil {
		return Figure{}, false
	}
	return figure(tokens[1:], value, tokens[0]), true
}
