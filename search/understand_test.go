package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"youju/search"
)

// shelf is a collection of a few sentences, with the values its documents have.
type shelf struct {
	texts  []string
	values map[string][]string
	words  []string
}

func (s shelf) Hits(w search.PlanWord) int {
	n := 0
	for _, text := range s.texts {
		if strings.Contains(text, w.Text) {
			n++
		}
	}
	return n
}

func (s shelf) Values(facet string) []string { return s.values[facet] }
func (s shelf) NewestYear() int              { return 2026 }
func (s shelf) Known(text string) bool       { return slices.Contains(s.words, text) }

var county = shelf{
	texts: []string{"改造老旧小区12个", "市水利局负责河道清淤", "东阿县新建养老院3所", "公交车冬季免费"},
	values: map[string][]string{
		search.FacetYear:   {"2025", "2026"},
		search.FacetCounty: {"聊城市", "东阿县"},
		search.FacetUnit:   {"市水利局"},
		search.Speaker:     {"张三丰"},
	},
	words: []string{"老旧小区", "改造", "养老院", "公交", "免费"},
}

func TestUnderstand(t *testing.T) {
	for _, c := range []struct {
		query    string
		off      []string
		words    string
		contexts string
		asked    string
	}{
		{query: "老旧小区 改造", words: "老旧小区 改造"},
		{query: "2025年 老旧小区", words: "老旧小区", contexts: "year=2025"},
		{query: "去年老旧小区", words: "老旧小区", contexts: "about=2025"},
		{query: "二〇二五年 养老院", words: "养老院", contexts: "year=2025"},
		{query: "东阿养老院", words: "养老院", contexts: "county=东阿县"},
		{query: "水利局 河道", words: "河道", contexts: "unit=市水利局"},
		{query: "张三丰 养老院", words: "养老院", contexts: "speaker=张三丰"},
		{query: "养老院 目标", words: "养老院", contexts: "claim=promised"},
		{query: "目标", words: "目标"},
		{query: "改造多少老旧小区", words: "改造 老旧小区", asked: search.AskFigure},
		{query: "东阿 养老院", off: []string{"东阿"}, words: "东阿 养老院", contexts: "county=东阿县 off"},
		{query: "东阿养老院", off: []string{"东阿"}, words: "东阿养老院", contexts: "county=东阿县 off"},
		{query: "2025年 老旧小区", off: []string{"2025年"}, words: "2025年 老旧小区", contexts: "year=2025 off"},
		{query: `"东阿" 养老院`, words: "东阿 养老院"},
	} {
		reading, plan := search.Understand(search.Query{Text: c.query, Off: c.off}, county)
		var contexts []string
		for _, read := range reading.Context {
			one := read.Facet + "=" + read.Value
			if read.Off {
				one += " off"
			}
			contexts = append(contexts, one)
		}
		got := fmt.Sprint(strings.Join(reading.Words, " "), "; ", strings.Join(contexts, ", "), "; ", reading.Asked)
		if want := fmt.Sprint(c.words, "; ", c.contexts, "; ", c.asked); got != want {
			t.Errorf("%s (off %v): %q, want %q", c.query, c.off, got, want)
		}
		on := slices.DeleteFunc(slices.Clone(reading.Context), func(r search.Context) bool { return r.Off })
		if len(plan.Context) != len(on) {
			t.Errorf("%s: %d contexts are told, %d searched", c.query, len(on), len(plan.Context))
		}
	}
}

// TestUnderstandSpoken: of a sentence the words that say something are left.
func TestUnderstandSpoken(t *testing.T) {
	for query, want := range map[string]string{
		"公交难不难坐":     "公交",
		"养老院建没建":     "养老院",
		"老旧小区还能改造不":  "老旧小区: 老旧 小区 改造",
		"老旧小区咋没人管改造": "老旧小区: 老旧 小区 没人管改造: 没人管- 改造",
		"养老院老人没人管吗":  "养老院老人没人管: 养老院 老人没人管",
		"谁能管管养老院":    "养老院",
		"养老院啥时候建 管管": "养老院",
		"东阿县里有养老院没有": "里有养老院: 养老院",
	} {
		_, plan := search.Understand(search.Query{Text: query}, county)
		var got []string
		for _, w := range plan.Words {
			if w.Weak {
				continue
			}
			text := w.Text
			for i, s := range w.Segments {
				if i == 0 {
					text += ":"
				}
				text += " " + s.Text
				if s.Weak {
					text += "-"
				}
			}
			got = append(got, text)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// TestUnderstandClosed: what stands inside a verb and its object is left out.
func TestUnderstandClosed(t *testing.T) {
	_, plan := search.Understand(search.Query{Text: "当完兵回来养老院怎么办"}, county)
	if len(plan.Words) != 1 || len(plan.Words[0].Segments) == 0 || plan.Words[0].Segments[0].Text != "当兵" {
		t.Errorf("当完兵 is not read as 当兵: %v", plan)
	}
}

// TestUnderstandNothingOff makes sure that a year that was turned off is not
// said to be missing.
func TestUnderstandNothingOff(t *testing.T) {
	if reading, _ := search.Understand(search.Query{Text: "2019年 养老院"}, county); len(reading.Notes) == 0 {
		t.Error("a year without documents is not told")
	}
	reading, _ := search.Understand(search.Query{Text: "2019年 养老院", Off: []string{"2019年"}}, county)
	if len(reading.Notes) > 0 {
		t.Errorf("a plain word is told to be missing: %v", reading.Notes)
	}
}
