package web

import (
	"regexp"
	"strings"
	"testing"

	"youju/report"
)

func TestAnchorOf(t *testing.T) {
	safe := regexp.MustCompile(`^[\p{L}\p{N}._~-]+$`)
	seen := map[string]string{}
	for _, local := range []string{"task-43", "3.1.2", "task-8(1)", "task-8~281~29", "a b", "<x>", "main", "q", "s-00000000", "", "用语-3", "main~"} {
		got := anchorOf(local)
		if !safe.MatchString(got) || ownAnchors[got] {
			t.Errorf("anchorOf(%q) = %q is not safe", local, got)
		}
		if before, ok := seen[got]; ok {
			t.Errorf("anchorOf(%q) and anchorOf(%q) are both %q", local, before, got)
		}
		seen[got] = local
	}
	if got := anchorOf("task-43"); got != "task-43" {
		t.Errorf("anchorOf(task-43) = %q", got)
	}
}

func TestSplitDuty(t *testing.T) {
	lead := report.Duty{LeadUnits: []string{"市水利局"}}
	for _, tt := range []struct {
		text    string
		duty    report.Duty
		body    string
		bracket string
	}{
		{"修渠。〔牵头单位：市水利局〕", lead, "修渠。", "〔牵头单位：市水利局〕"},
		{"修渠。(责任单位:市水利局,各县(市、区)人民政府)", lead, "修渠。", "(责任单位:市水利局,各县(市、区)人民政府)"},
		{"修渠（二期）的意见。（市水利局）", lead, "修渠（二期）的意见。", "（市水利局）"},
		{"修渠（二期）", lead, "修渠（二期）", ""},
		{"修渠（市水利局）", report.Duty{}, "修渠（市水利局）", ""},
		{"〔牵头单位：市水利局", lead, "〔牵头单位：市水利局", ""},
		{"", lead, "", ""},
	} {
		body, bracket := splitDuty(&report.Item{Text: tt.text, Duty: tt.duty})
		if body != tt.body || bracket != tt.bracket {
			t.Errorf("splitDuty(%q) = %q, %q", tt.text, body, bracket)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		place report.Place
		want  string
	}{
		{report.Place{Province: "山东省", City: "聊城市", County: "东阿县"}, "山东省 聊城市"},
		{report.Place{Province: "上海市", City: "上海市", County: "闵行区"}, "上海市"},
		{report.Place{Province: "上海市", City: "上海市"}, ""},
		{report.Place{Province: "山东省", City: "聊城市"}, "山东省"},
		{report.Place{}, ""},
	} {
		if got := above(tt.place); got != tt.want {
			t.Errorf("above(%v) = %q, want %q", tt.place, got, tt.want)
		}
	}
}

func TestYearSpans(t *testing.T) {
	for _, tt := range []struct {
		years []int
		want  string
	}{
		{nil, ""},
		{[]int{2019}, "2019"},
		{[]int{2024, 2023, 2022, 2019}, "2019、2022–2024"},
		{[]int{2024, 2022}, "2022、2024"},
	} {
		if got := strings.Join(yearSpans(tt.years), "、"); got != tt.want {
			t.Errorf("yearSpans(%v) = %q, want %q", tt.years, got, tt.want)
		}
	}
}
