package search

import (
	"strings"
	"testing"

	"youju/report"
)

func TestAmounts(t *testing.T) {
	figure := func(value, norm float64, unit string, most float64) report.Figure {
		f := report.Figure{Value: &value, Norm: &norm, Unit: unit}
		if most > 0 {
			f.ValueMax = &most
		}
		return f
	}
	for _, tt := range []struct {
		name, want string
		figures    []report.Figure
	}{
		{"none", None, nil},
		{"words only", None, []report.Figure{{Indicator: "投资", Unit: "亿元"}}},
		{"something else", None, []report.Figure{figure(120, 120, "个", 0), figure(3, 3e8, "亿美元", 0), figure(4500, 4500, "元/人·年", 0)}},
		{"small", "0-1", []report.Figure{figure(500, 5e6, "万元", 0)}},
		{"just one", "1-10", []report.Figure{figure(1, 1e8, "亿元", 0)}},
		{"several", "10-100 100-", []report.Figure{figure(50, 5e9, "亿元", 0), figure(1.2, 1.2e12, "万亿元", 0), figure(60, 6e9, "亿元", 0)}},
		{"a range", "1-10 10-100", []report.Figure{figure(5, 5e8, "亿元", 20)}},
		{"less than nothing", None, []report.Figure{figure(-3, -3e8, "亿元", 0)}},
	} {
		got := FacetValuesOf(FacetAmount, &report.Document{}, &report.Item{Figures: tt.figures})
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	for _, b := range amountBands {
		if got := ResolveFacetValue(FacetAmount, b.label, []string{"0-1", "1-10", "10-100", "100-"}); len(got) != 1 || got[0] != b.value {
			t.Errorf("%s is read as %q", b.label, got)
		}
	}
}
