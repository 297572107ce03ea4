package fact

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"youju/report"
)

// boundsBehind are the words of limit that stand behind a value; the others
// (约, 超, 突破, 不低于) stand before it.
var boundsBehind = []string{"以上", "以下", "以内", "左右", "上下", "余", "多", "之内", "之间", "及以上", "以上水平"}

// ValueText writes a figure's value as its text does: 4.5万人以上, 约3.5%, 1—2个,
// 10.9∶53.2∶35.9, 提高120元. It is "" where the text gives words only.
func ValueText(f *report.Figure) string {
	text := amountText(f)
	if text == "" {
		return ""
	}
	return ChangeText(f) + text
}

//go:embed data/changes.txt
var changesTXT string

// changeWords are the words of data/changes.txt.
var changeWords = sync.OnceValue(func() []string {
	var list []string
	for line := range strings.Lines(changesTXT) {
		if w := strings.TrimSpace(line); w != "" && w[0] != '#' {
			list = append(list, w)
		}
	}
	return list
})

// ChangeText is the source's own word for an increase or a decrease (提高), or
// the one its indicator ends with; "" for a level.
func ChangeText(f *report.Figure) string {
	if !f.Change {
		return ""
	}
	best, end := "", -1
	for _, w := range changeWords() {
		at := strings.LastIndex(f.Text, w)
		if at < 0 {
			continue
		}
		if e := at + len(w); e > end || e == end && len(w) > len(best) {
			best, end = w, e
		}
	}
	if best == "" {
		for _, w := range changeWords() {
			if strings.HasSuffix(f.Indicator, w) && len(w) > len(best) {
				best = w
			}
		}
	}
	return best
}

// amountText is the value with its unit and bound.
func amountText(f *report.Figure) string {
	value := NumberText(f)
	switch {
	case value == "":
		return ""
	case f.Bound == "":
		return value + f.Unit
	case slices.Contains(boundsBehind, f.Bound):
		return value + f.Unit + f.Bound
	}
	return f.Bound + value + f.Unit
}

// NumberText is the number of a figure alone, as its text writes it.
func NumberText(f *report.Figure) string {
	if f.Value == nil {
		return ""
	}
	value := exact(*f.Value)
	if len(f.Ratio) > 0 {
		parts := make([]string, len(f.Ratio))
		for i, part := range f.Ratio {
			parts[i] = exact(part)
		}
		value = strings.Join(parts, "∶")
	}
	if f.ValueMax != nil {
		value += "—" + exact(*f.ValueMax)
	}
	return value
}

// exact writes a printed number with all its digits.
func exact(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// Decimal writes a computed number with up to four digits behind the point.
func Decimal(n float64) string {
	s := strings.TrimRight(strconv.FormatFloat(n, 'f', 4, 64), "0")
	if s = strings.TrimSuffix(s, "."); s == "-0" {
		return "0"
	}
	return s
}
