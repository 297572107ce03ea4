package fact_test

import (
	"fmt"
	"testing"

	"youju/report"
	"youju/search/fact"
)

func TestTrend(t *testing.T) {
	paper := func(id string, p report.Place, year int, kind report.Kind, text string) *report.Document {
		return &report.Document{ID: id, Place: p, Year: year, Kind: kind, Items: []report.Item{{ID: id + "/1", Text: text}}}
	}
	f := gather(
		paper("a", liaocheng, 2020, report.KindReport, "一二三四五六七八九十"),
		paper("b", dongE, 2020, report.KindReport, "一二三四五 六七八九十"),
		paper("c", liaocheng, 2022, report.KindReport, "一二三四五"),
		paper("d", liaocheng, 2021, report.KindAssignment, "一二三四五"),
		paper("e", liaocheng, 0, report.KindReport, "一二三四五"),
	)
	counts := []map[string]fact.Count{{"a": {2, 1}, "b": {1, 1}, "d": {9, 9}, "e": {9, 9}}, {"c": {1, 1}}, {}}
	trend, err := f.Trend(fact.TrendFilter{Kind: report.KindReport}, counts)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, y := range trend.Years {
		got += fmt.Sprintf("%d:%d/%d", y.Year, len(y.Documents), y.Characters)
		for i := range counts {
			got += fmt.Sprintf(" %d×%.1f×%.0f", y.Counts[i].Times, y.PerDocument(i), y.PerThousand(i))
		}
		got += "; "
	}
	want := "2020:2/20 3×1.5×150 0×0.0×0 0×0.0×0; 2021:0/0 0×0.0×0 0×0.0×0 0×0.0×0; 2022:1/5 0×0.0×0 1×1.0×200 0×0.0×0; "
	if got != want || trend.Undated != 1 {
		t.Errorf("%s, %d undated; want %s", got, trend.Undated, want)
	}
	if first := trend.Terms[0]; first.Times != 3 || first.First.ID != "a" || first.Last.ID != "b" || trend.Terms[2].First != nil {
		t.Errorf("%+v", trend.Terms)
	}
	if here, _ := f.Trend(fact.TrendFilter{Kind: report.KindReport, Place: "东阿县"}, counts); len(here.Years) != 1 || here.Terms[0].Times != 1 {
		t.Errorf("东阿县: %+v", here)
	}
	if none, _ := f.Trend(fact.TrendFilter{Place: "莘县"}, counts); len(none.Years) != 0 {
		t.Errorf("莘县 has years: %+v", none)
	}
	if places, _ := f.TrendPlaces(report.KindReport); fmt.Sprint(places) != "[聊城市 东阿县]" {
		t.Errorf("places: %s", places)
	}
}
