package web

import (
	"fmt"
	"strings"
	"testing"

	"youju/search"
)

func values(n int) []search.FacetValue {
	var vs []search.FacetValue
	for i := range n {
		vs = append(vs, search.FacetValue{Value: fmt.Sprint("县", i), Count: n - i})
	}
	return vs
}

func TestCommonest(t *testing.T) {
	vs := values(10)
	vs[9].Selected = true
	got := commonest(vs, 4)
	if len(got) != 5 || got[0].Value != "县0" || got[3].Value != "县3" || got[4].Value != "县9" {
		t.Errorf("commonest: %v", got)
	}
	for i := range vs {
		vs[i].Count = 1 + i/9 // nine equals before the commonest
	}
	if got := commonest(vs, 3); len(got) != 3 || got[2].Value != "县9" {
		t.Errorf("commonest of equals: %v", got)
	}
	if got := commonest(vs, 10); len(got) != 10 {
		t.Errorf("commonest keeps all: %d", len(got))
	}
}

func TestCommonestTree(t *testing.T) {
	got := commonest([]search.FacetValue{
		{Value: "安徽省", Count: 9}, {Value: "宣城市", Parent: "安徽省", Count: 1},
		{Value: "广德市", Parent: "宣城市", Count: 4}, {Value: "自身", Parent: "无", Count: 8},
	}, 3)
	if len(got) != 3 || got[1].Value != "广德市" || got[1].Parent != "安徽省" || got[2].Parent != "" {
		t.Errorf("without 宣城市: %v", got)
	}
}

// A count beyond the total is explained, except where a choice made in the same
// facet lets the others promise more anyway.
func TestLooser(t *testing.T) {
	year := func(count, chosen int) search.Facet {
		return search.Facet{Name: search.FacetYear, Values: []search.FacetValue{{Value: "2026", Count: count}, {Value: "2025", Count: chosen, Selected: chosen > 0}}}
	}
	for _, c := range []struct {
		total  int
		facet  search.Facet
		looser bool
	}{
		{15, year(39, 0), true}, {15, year(15, 0), false}, {15, year(39, 15), false}, {0, year(3, 0), false},
	} {
		if got := looser(&search.Result{Total: c.total, Facets: []search.Facet{{Name: search.FacetKind}, c.facet}}); got != c.looser {
			t.Errorf("%d hits, %v: %v", c.total, c.facet.Values, got)
		}
	}
}

func TestFacetTree(t *testing.T) {
	f := search.Facet{Name: search.FacetCounty, Values: []search.FacetValue{
		{Value: "山东省", Count: 9}, {Value: "聊城市", Parent: "山东省", Count: 8},
		{Value: "东阿县", Parent: "聊城市", Count: 3, Selected: true}, {Value: "北京市", Count: 1},
		{Value: "自身", Parent: "自身", Count: 1}, {Value: "孤儿", Parent: "不在", Count: 1},
	}}
	for i := range 20 {
		f.Values = append(f.Values, search.FacetValue{Value: fmt.Sprint("区", i), Parent: "北京市", Count: 1})
	}
	q := search.Query{Filters: map[string][]string{search.FacetCounty: {"东阿县"}}}
	roots := facetNodes(q, f)
	if len(roots) != 4 {
		t.Fatalf("%d roots, want 4", len(roots))
	}
	city := roots[0].Children[0]
	if !roots[0].Open || !city.Open || !city.Children[0].Selected {
		t.Error("the branch with the selected value is closed")
	}
	if roots[1].Open || len(roots[1].Children) != 20 {
		t.Error("a long branch without a selection is open")
	}
	if got := city.Children[0].URL; got != "/search#results" {
		t.Errorf("the selected value leads to %q", got)
	}
}

func TestFacetInView(t *testing.T) {
	vs := values(30)
	vs[20].Selected = true
	q := search.Query{Filters: map[string][]string{search.FacetUnit: {vs[20].Value}}}
	views := newFacets(q, search.Reading{Filters: q.Filters}, []search.Facet{
		{Name: search.FacetUnit, Label: "牵头单位", Values: vs},
		{Name: search.FacetTopic, Values: []search.FacetValue{{Value: search.None, Count: 3}}},
		{Name: search.FacetKind},
	})
	if len(views) != 1 {
		t.Fatalf("%d facets, want 1: those without a choice are left out", len(views))
	}
	v := views[0]
	if len(v.Values) != facetInView+1 || len(v.More) != 30-facetInView-1 || !v.Searchable {
		t.Errorf("%d in view, %d more", len(v.Values), len(v.More))
	}
}

func TestExportNotes(t *testing.T) {
	q := search.Query{Text: "修路"}
	if notes := fmt.Sprint(exportNotes(q, 1000, 1234, "http://x/")); !strings.Contains(notes, "共 1234 条，本文件只含前 1000 条") {
		t.Errorf("a cut file says %s", notes)
	}
	if notes := fmt.Sprint(exportNotes(q, 12, 12, "http://x/")); strings.Contains(notes, "只含前") || !strings.Contains(notes, "修路") {
		t.Errorf("a whole file says %s", notes)
	}
}

func TestPager(t *testing.T) {
	for _, tt := range []struct {
		page, size, total int
		want              string
		capped            bool
	}{
		{1, 20, 5, "", false},
		{1, 20, 45, "[1]23>", false},
		{3, 20, 45, "<12[3]", false},
		{10, 20, 4000, "<1…89[10]1112…50>", true},
		{50, 20, 4000, "<1…4849[50]", true},
		{60, 20, 45, "<123", false},
		{10, 100, 4000, "<1…89[10]", true},
	} {
		p := newPager(search.Query{Page: tt.page, Size: tt.size}, tt.total)
		got := ""
		if p.Prev != "" {
			got += "<"
		}
		for _, o := range p.Pages {
			if o.Current {
				got += "[" + o.Label + "]"
			} else {
				got += o.Label
			}
		}
		if p.Next != "" {
			got += ">"
		}
		if got != tt.want || p.Capped != tt.capped {
			t.Errorf("page %d of %d by %d: %s %v, want %s", tt.page, tt.total, tt.size, got, p.Capped, tt.want)
		}
	}
}
