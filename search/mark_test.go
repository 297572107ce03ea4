package search

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMark(t *testing.T) {
	tests := []struct{ query, text, want string }{
		{"", "老旧小区", "老旧小区"},
		{"老旧小区", "改造老旧小区172个，老旧小区", "改造[老旧小区]172个，[老旧小区]"},
		{"高质量发展", "推动高质量发展，高质量发展再起步", "推动[高质量发展]，[高质量发展]再起步"},
		{"2021年", "２０２１年初", "[２０２１年]初"},
		{"100亿", "超过100 亿元", "超过[100 亿]元"},
		{"东阿县", "在东阿\n县", "在[东阿\n县]"},
		{"老舊小區", "老旧小区", "[老旧小区]"},
		{"一次办好改革", "“一次办好”改革", "“[一次办好”改革]"},
		{"老旧 小区", "老旧小区", "[老旧小区]"},
		{"经济", "展会经济、经济", "展会[经济]、[经济]"},
		{"老旧小区改造", "今年改造老旧小区", "今年[改造老旧小区]"},
		{`"老旧小区改造"`, "今年改造老旧小区", "今年改造老旧小区"},
		{"特斯拉超级工厂", "建设工厂", "建设工厂"},
		{"21", "2021年21个", "2021年[21]个"},
		{"教育 -旅游", "教育旅游", "[教育]旅游"},
		{"<b>", `<b>&"b"`, "&lt;[b]&gt;&amp;&#34;[b]&#34;"},
		{"教育", "教育教育", "[教育教育]"},
		{"莘", "莘县", "[莘]县"},
	}
	for _, test := range tests {
		got, spans := NewMarker(test.query).Mark(test.text)
		if n := strings.Count(got, "<mark>"); n != spans {
			t.Errorf("%s in %s: %d spans reported, %d marked", test.query, test.text, spans, n)
		}
		got = strings.NewReplacer("<mark>", "[", "</mark>", "]").Replace(got)
		if got != test.want {
			t.Errorf("%s in %q:\n got %q\nwant %q", test.query, test.text, got, test.want)
		}
	}
}

func TestSnippet(t *testing.T) {
	long := "第一句讲经济运行。第二句讲工业发展和项目建设情况。第三句讲教育投入和学校建设。第四句讲医疗。第五句讲其他。"
	tests := []struct {
		name, query, text string
		runes             int
		want              string
	}{
		{"whole text fits", "教育", "发展教育。", 20, "发展[教育]。"},
		{"starts at the sentence", "教育", long, 21, "…第三句讲[教育]投入和学校建设。第四句讲医疗。…"},
		{"most words win", "项目 建设", long, 18, "…第二句讲工业发展和[项目建设]情况。…"},
		{"cut at punctuation", "教育", long, 22, "…第三句讲[教育]投入和学校建设。第四句讲医疗。…"},
		{"no match starts at the beginning", "冬奥会", long, 9, "第一句讲经济运行。…"},
		{"no query", "", long, 9, "第一句讲经济运行。…"},
		{"end of the text gets its context", "其他", long, 16, "…第四句讲医疗。第五句讲[其他]。"},
		{"long sentence is entered late", "目标", strings.Repeat("前", 60) + "目标" + strings.Repeat("后", 60), 20,
			"…前前前前前[目标]后后后后后后后后后后后后后…"},
		{"two words far apart", "教育 医院", "教育投入逐年增加。" + strings.Repeat("前", 90) + "。县医院建成投用。" + strings.Repeat("后", 90), 60,
			"[教育]投入逐年增加。" + strings.Repeat("前", 27) + "…县[医院]建成投用。" + strings.Repeat("后", 16) + "…"},
		{"escaped", "经", "<经>" + strings.Repeat("&", 30), 4, "&lt;[经]&gt;&amp;…"},
	}
	for _, test := range tests {
		got := NewMarker(test.query).Snippet(test.text, test.runes)
		got = strings.NewReplacer("<mark>", "[", "</mark>", "]").Replace(got)
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// plain undoes the markup.
func plain(marked string) string {
	return html.UnescapeString(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(marked))
}

func FuzzMark(f *testing.F) {
	f.Add("老旧小区", "改造老 旧小区<b>&amp;", 5)
	f.Add(`"x" -y 1`, "１,２３4<mark>x</mark>", 3)
	f.Add("㈠①", "㈠①㈠\xff", 1)
	f.Fuzz(func(t *testing.T, query, text string, runes int) {
		m := NewMarker(query)
		marked, _ := m.Mark(text)
		if got := plain(marked); got != text {
			t.Fatalf("marking %q for %q lost text: %q", text, query, got)
		}
		inner := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(marked)
		if strings.ContainsAny(inner, "<>\"'") {
			t.Fatalf("not escaped: %q", marked)
		}
		if strings.Contains(marked, "</mark><mark>") || strings.Contains(marked, "<mark></mark>") {
			t.Fatalf("marks touch or are empty: %q", marked)
		}
		runes %= 200
		snippet := plain(m.Snippet(text, runes))
		limit := max(runes, 1) + 3 // with an ellipsis before, between and behind
		if n := utf8.RuneCountInString(snippet); n > limit {
			t.Fatalf("snippet of %d characters, limit %d", n, limit)
		}
		for _, piece := range strings.Split(snippet, "…") {
			if !strings.Contains(text, piece) {
				t.Fatalf("snippet %q is not from %q", snippet, text)
			}
		}
	})
}
