package indexer

import (
	"testing"

	"youju/report"
)

// TestAboutYear reads the year of an item from its section's heading and, where
// that names none, from how the section begins.
func TestAboutYear(t *testing.T) {
	d := &report.Document{Kind: report.KindReport, Year: 2026, ReviewYear: 2025, PlanYear: 2026}
	tests := []struct {
		part                 report.Part
		heading, text, begin string
		want                 int
	}{
		{report.PartReview, "一、2025年工作回顾", "", "", 2025},
		{report.PartReview, "一、“十四五”时期和2025年工作回顾", "", "", 2025},
		{report.PartProblems, "一、工作回顾", "", "", 2025},
		{report.PartPlan, "二、“十五五”时期主要目标任务", "", "", 2030},
		{report.PartPlan, "二、关于第十五个五年规划纲要的说明", "", "", 2030},
		{report.PartReview, "二、关于第十五个五年规划纲要的说明", "", "", 2025},
		{report.PartPlan, "二、“十四五”成就和“十五五”任务", "", "", 2030},
		{report.PartPlan, "三、推动“十五五”开好局", "", "", 2026},
		{report.PartPlan, "二、今后五年工作", "", "", 2030},
		{report.PartPlan, "二、“十五五”目标任务和2026年工作安排", "《纲要》提出三十项指标", "", 2030},
		{report.PartPlan, "二、“十五五”目标任务和2026年工作安排", "今年是“十五五”开局之年", "", 2026},
		{report.PartPlan, "二、一张蓝图绘到底", "扩大内需", "“十五五”时期是关键时期", 2030},
		{report.PartPlan, "三、一鼓作气向前", "扩大内需", "今年是“十五五”开局之年", 2026},
		{report.PartPlan, "三、重点工作", "", "", 2026},
		{report.PartGlossary, "用语说明", "", "", 0},
	}
	for _, tt := range tests {
		dates := &dater{d: d, years: years{d.ReviewYear, d.PlanYear, d.Year}}
		dates.item(tt.part, claimOf(tt.part), []string{tt.heading}, tt.begin+"。")
		if _, got := dates.item(tt.part, claimOf(tt.part), []string{tt.heading}, tt.text); got != tt.want {
			t.Errorf("%s %s %s: %d, want %d", tt.part, tt.heading, tt.text, got, tt.want)
		}
	}
}

func TestLooksBack(t *testing.T) {
	for _, tt := range []struct {
		heading, text string
		want          bool
	}{
		{"二、“十四五”时期成就和“十五五”时期目标", "这五年，我们奋力前行", true},
		{"二、“十四五”时期成就和“十五五”时期目标", "“十四五”时期，成果丰硕", true},
		{"二、“十四五”时期成就和“十五五”时期目标", "“十五五”时期，任务艰巨", false},
		{"二、关于第十五个五年规划纲要的说明", "“十四五”时期，成果丰硕", true},
		{"二、2026年重点工作", "过去一年打下的基础", false},
	} {
		if got := looksBack(tt.heading, tt.text); got != tt.want {
			t.Errorf("%s: %s: %v", tt.heading, tt.text, got)
		}
	}
}

// TestSpans reads the first and last year of items that speak of several.
func TestSpans(t *testing.T) {
	term := years{review: 2030, plan: 2031, given: 2031}
	tests := []struct {
		years         years
		part          report.Part
		heading, text string
		from, about   int
	}{
		{term, report.PartReview, "一、过去五年工作回顾", "修建公路90公里", 2026, 2030},
		{term, report.PartReview, "一、过去五年工作回顾", "2029年，修建公路90公里", 0, 2029},
		{term, report.PartReview, "一、过去五年工作回顾", "过去一年，修建公路90公里", 0, 2030},
		{term, report.PartReview, "一、2030年工作回顾", "五年来，修建公路90公里", 2026, 2030},
		{term, report.PartReview, "一、2030年工作回顾", "三年累计修建公路90公里", 2028, 2030},
		{term, report.PartReview, "一、2030年工作回顾", "2027年以来，修建公路90公里", 2027, 2030},
		{term, report.PartReview, "一、2030年工作回顾", "“十五五”期间，修建公路90公里", 2026, 2030},
		{term, report.PartReview, "一、2030年工作回顾", "“十六五”期间，修建公路90公里", 0, 2030},
		{term, report.PartReview, "一、2030年工作回顾", "修建公路90公里，比五年前增长一倍", 0, 2030},
		{term, report.PartReview, "一、成就巨大的五年", "修建公路90公里", 2026, 2030},
		{years{}, report.PartReview, "一、过去五年工作回顾", "2026年以来，修建公路90公里", 2026, 2030},
		{years{}, report.PartReview, "一、“十五五”时期工作回顾", "修建公路90公里", 2026, 2030},
		{years{}, report.PartReview, "一、过去五年工作回顾", "修建公路90公里", 0, 0},
		{term, report.PartPlan, "二、今后五年工作思路", "修建公路90公里", 2031, 2035},
		{term, report.PartPlan, "二、“十六五”主要任务", "修建公路90公里", 2031, 2035},
		{term, report.PartTarget, "二、2031年工作安排", "到2033年，公路达到900公里", 0, 2033},
		{term, report.PartPlan, "二、2031年工作安排", "修建公路90公里", 0, 2031},
	}
	for _, tt := range tests {
		d := &report.Document{Kind: report.KindReport, Year: tt.years.given, ReviewYear: tt.years.review, PlanYear: tt.years.plan}
		dates := &dater{d: d, years: tt.years}
		if from, about := dates.item(tt.part, claimOf(tt.part), []string{tt.heading}, tt.text); from != tt.from || about != tt.about {
			t.Errorf("%s: %s: %d–%d, want %d–%d", tt.heading, tt.text, from, about, tt.from, tt.about)
		}
	}
}
