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
		if got := aboutYear(d, tt.part, []string{tt.heading}, tt.text, tt.begin); got != tt.want {
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
