package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// describe writes a reading in one line: words, "phrases", -excluded, filters, notes.
func describe(r Reading, p Plan) string {
	var parts []string
	write := func(sign string, words []PlanWord) {
		for _, w := range words {
			text := w.Text
			if w.Exact {
				text = `"` + text + `"`
			}
			parts = append(parts, sign+text)
		}
	}
	write("", p.Words)
	write("-", p.Excluded)
	for _, b := range p.Figures {
		parts = append(parts, "#"+b.Text)
	}
	for _, name := range FacetNames {
		if values := r.Filters[name]; len(values) > 0 {
			parts = append(parts, name+"="+strings.Join(values, ","))
		}
	}
	if p.Everything {
		parts = append(parts, "ALL")
	}
	for _, n := range r.Notes {
		parts = append(parts, "("+n+")")
	}
	return strings.Join(parts, " ")
}

func TestRead(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", "ALL"},
		{"  \t　\n", "ALL"},
		{"老旧小区", "老旧小区"},
		{"老旧小区　改造 ", "老旧小区 改造"},
		{"改造 改造", "改造"},
		{`"老旧小区 改造"`, `"老旧小区 改造"`},
		{"“一次办好”改革", `"一次办好" 改革`},
		{"改革“一次办好”", `改革 "一次办好"`},
		{"「一次办好」", `"一次办好"`},
		{"招商 -旅游", "招商 -旅游"},
		{"招商 －旅游", "招商 -旅游"},
		{`招商 -"文化 旅游"`, `招商 -"文化 旅游"`},
		{"-旅游", "-旅游 ALL"},
		{"2021-2025", "2021-2025"},
		{"招商 - 旅游", "招商 旅游"},
		{"--旅游", "--旅游"},
		{`"老旧小区`, `"老旧小区 (引号不成对，已按普通文字处理)`},
		{"老旧小区”", "老旧小区” (引号不成对，已按普通文字处理)"},
		{`""`, "(查询中没有可检索的文字)"},
		{`" "`, "(查询中没有可检索的文字)"},
		{"，。！", "(查询中没有可检索的文字)"},
		{"教育 ，", "教育"},
		{"%", "%"},
		{"year:2021 教育", "教育 year=2021"},
		{"年份：2021年 教育", "教育 year=2021"},
		{"year:2019..2021", "year=2019,2020,2021 ALL"},
		{"year:2021..2019", "year=2021..2019 ALL (年份范围“2021..2019”无法理解)"},
		{"year:1..99999", "year=1..99999 ALL (年份范围“1..99999”无法理解)"},
		{"COUNTY:东阿县 unit:市水利局", "county=东阿县 unit=市水利局 ALL"},
		{`unit:"市 水利局"`, "unit=市 水利局 ALL"},
		{"year: 2021", "year: 2021"},
		{"投资 number:>100亿", "投资 #>100亿 (只列出写有“>100亿”这样的数的条目；年月日和序号不算)"},
		{"数字：50..80户", "#50..80户 ALL (只列出写有“50..80户”这样的数的条目；年月日和序号不算)"},
		{"number:很多", "很多 (“很多”不是数的条件，已按普通文字处理；写法如 数字:>100亿)"},
		{"http://example.cn", "http://example.cn"},
		{"时间：2021", "时间：2021"},
		{"*", "(查询中没有可检索的文字)"},
		{"a*b?", "a*b?"},
		{"OR 医疗", "OR 医疗"},
		{"聊\xff城", "聊 城"},
		{"聊\x00城", "聊 城"},
		{"<script>alert(1)</script>", "<script>alert(1)</script>"},
	}
	for _, test := range tests {
		if got := describe(Read(test.text)); got != test.want {
			t.Errorf("%q\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// TestReadOr reads the word behind an OR as an alternative of the one before.
func TestReadOr(t *testing.T) {
	for _, text := range []string{"教育 OR 医疗", "教育 | 医疗", "教育 或 医疗"} {
		_, plan := Read(text)
		if len(plan.Words) != 1 || len(plan.Words[0].Variants) != 1 || plan.Words[0].Variants[0].Text != "医疗" {
			t.Errorf("%s: %s", text, plan)
		}
	}
}

func TestReadLimits(t *testing.T) {
	_, plan := Read(strings.Repeat("长", 10000))
	if n := utf8.RuneCountInString(plan.Words[0].Text); n != MaxQueryRunes {
		t.Errorf("%d characters are read, want %d", n, MaxQueryRunes)
	}
	var many []string
	for i := range 30 {
		many = append(many, fmt.Sprint("词", i))
	}
	reading, plan := Read(strings.Join(many, " "))
	if len(plan.Words) != MaxWords || !slices.Equal(reading.Notes, []string{"只用前12个词，其余18个未用"}) {
		t.Errorf("%d words are read, notes %q", len(plan.Words), reading.Notes)
	}
}

func TestPhrase(t *testing.T) {
	tests := []struct{ text, want string }{
		{"县", "县"},
		{"发展", "发展"},
		{"高质量", "高质 质量"},
		{"老旧小区", "老旧 _ 小区"},
		{"高质量发展", "高质 _ 量发 发展"},
		{"老旧小区改造", "老旧 _ 小区 _ 改造"},
		{"发展发展", "发展 展发 发展"},
		{"100亿", "100 亿"},
		{"100亿元", "100 亿元"},
		{"前三年100亿元", "前三 三年 _ 100 亿元"},
		{"5G工业互联网", "5g 工业 _ 互联 联网"},
		{"发展，展望", "发展 _ , 展望"},
		{"6.5%", "6.5 %"},
	}
	for _, test := range tests {
		w, _ := newPlanWord(test.text, true)
		got := strings.Join(w.Phrase(), " ")
		got = strings.ReplaceAll(strings.ReplaceAll(got, "  ", " _ "), "  ", " _ ")
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.text, got, test.want)
		}
	}
}

func TestPairs(t *testing.T) {
	tests := []struct{ text, want string }{
		{"县", "县"},
		{"老旧小区", "老旧 旧小 小区"},
		{"100亿", "100+亿 100"},
		{"2021年，改造", "2021+年 2021 改造"},
		{"增6.5%", "增+6.5 6.5+% 6.5"},
	}
	for _, test := range tests {
		w, _ := newPlanWord(test.text, false)
		var got []string
		for _, p := range w.Pairs() {
			if p.Size == 2 && !p.Bigram {
				got = append(got, p.Terms[0]+"+"+p.Terms[1])
			} else {
				got = append(got, p.Terms[0])
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: got %s, want %s", test.text, strings.Join(got, " "), test.want)
		}
	}
}

func FuzzReadQuery(f *testing.F) {
	for _, seed := range []string{`"a" -b year:2021`, "“”“”””““", "- -- ---", "year:..", "unit:\"", "\xff\"", "①㈠：：", "-\"-\"-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		reading, plan := Read(text)
		if took := time.Since(start); took > 200*time.Millisecond {
			t.Errorf("reading took %v", took)
		}
		if n := len(plan.Words) + len(plan.Excluded); n > MaxWords {
			t.Errorf("%d words", n)
		}
		if len(reading.Words) != len(plan.Words) || len(reading.Excluded) != len(plan.Excluded) {
			t.Errorf("reading %v and plan %v differ", reading, plan)
		}
		for _, w := range append(slices.Clone(plan.Words), plan.Excluded...) {
			phrase := w.Phrase()
			if len(phrase) == 0 || phrase[0] == "" || phrase[len(phrase)-1] == "" || len(w.Pairs()) == 0 || w.Weight() == 0 && !hasContent(w.Tokens) {
				t.Errorf("word %q: phrase %q, pairs %v", w.Text, phrase, w.Pairs())
			}
			if !utf8.ValidString(w.Text) {
				t.Errorf("word %q is not UTF-8", w.Text)
			}
		}
	})
}
