package web

import (
	"strings"
	"testing"

	"youju/report"
	"youju/search"
)

func TestReportsInOrder(t *testing.T) {
	of := func(id string, year int, code string) search.Summary {
		return search.Summary{Document: report.Document{ID: id, Year: year, Place: report.Place{Province: id, Code: code}}}
	}
	docs := []search.Summary{of("安徽", 2026, "340000"), of("无年份", 0, "110000"), of("北京", 2025, "110000"), of("无代码", 2026, ""), of("天津", 2026, "120000")}
	var got []string
	for _, d := range inOrder(docs) {
		got = append(got, d.Document.ID)
	}
	if want := "天津 安徽 无代码 北京 无年份"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	if docs[0].Document.ID != "安徽" {
		t.Error("the collection's own list was put in another order")
	}
}
