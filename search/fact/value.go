package fact

import (
	"slices"
	"strconv"
	"strings"

	"youju/report"
)

// boundsBehind are the words of limit that stand behind a value; the others
// (约, 超, 突破, 不低于) stand before it.
var boundsBehind = []string{"以上", "以下", "以内", "左右", "上下", "余", "多", "之内", "之间", "及以上", "以上水平"}

// ValueText writes a figure's value as its text does: 4.5万人以上, 约3.5%, 1—2个,
// 10.9∶53.2∶35.9. It is "" where the text gives words only.
func ValueText(f *report.Figure) string {
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
	value := Decimal(*f.Value)
	if len(f.Ratio) > 0 {
		parts := make([]string, len(f.Ratio))
		for i, part := range f.Ratio {
			parts[i] = Decimal(part)
		}
		value = strings.Join(parts, "∶")
	}
	if f.ValueMax != nil {
		value += "—" + Decimal(*f.ValueMax)
	}
	return value
}

// Decimal writes a number with up to four digits behind the point.
func Decimal(n float64) string {
	s := strings.TrimRight(strconv.FormatFloat(n, 'f', 4, 64), "0")
	if s = strings.TrimSuffix(s, "."); s == "-0" {
		return "0"
	}
	return s
}
