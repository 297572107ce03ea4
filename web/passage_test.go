package web

import (
	"net/url"
	"strings"
	"testing"

	"youju/report"
)

func TestTextFragment(t *testing.T) {
	long := strings.Repeat("很长的一个分句没有标点", 20)
	for _, tt := range []struct{ heading, text, want string }{
		{"", "积极开展聊城机场前期工作。", "积极开展聊城机场前期工作"},
		{"", "“双招双引”取得突破，新开工项目197个，总投资1200亿元，其中过十亿元项目42个，均已完成年度计划。", "双招双引”取得突破,均已完成年度计划"},
		{"", "第一段写得不长，但也不短，有两三个分句。\n第二段同样如此，最后一句在这里结束。", "第一段写得不长,最后一句在这里结束"},
		{"只有标题的条目", "", "只有标题的条目"},
		{"", long, ""},
		{"", "A-B, C & D", "A-B, C & D"},
	} {
		it := report.Item{ID: "d/1", Heading: tt.heading, Text: tt.text}
		got := textFragment(&it)
		if strings.ContainsAny(got, "-&#\"<> ") {
			t.Errorf("%q gives %q, not encoded", tt.text, got)
		}
		plain, err := url.PathUnescape(got)
		if err != nil || plain != tt.want {
			t.Errorf("%q gives %q (%v), want %q", tt.text, plain, err, tt.want)
		}
	}
}

// TestTextFragmentStands checks that both ends stand in the text they name, in order.
func FuzzTextFragment(f *testing.F) {
	f.Add("新开工项目197个，总投资1200亿元，其中过十亿元项目42个，均已完成年度计划。")
	f.Add("一\n二，三")
	f.Fuzz(func(t *testing.T, text string) {
		from, to, _ := strings.Cut(textFragment(&report.Item{ID: "d/1", Text: text}), ",")
		from, _ = url.PathUnescape(from)
		to, _ = url.PathUnescape(to)
		if i := strings.Index(text, from); i < 0 || !strings.Contains(text[i+len(from):], to) {
			t.Errorf("%q, %q of %q", from, to, text)
		}
	})
}
