package main

import (
	"strings"
	"testing"
	"time"

	"youju/indexer"
)

func TestSnippet(t *testing.T) {
	for _, c := range []struct{ in, plain, terminal string }{
		{"改造<mark>小区</mark>二十个", "改造【小区】二十个", "改造\x1b[1;33m小区\x1b[0m二十个"},
		{"<mark>甲</mark><mark>乙</mark>", "【甲】【乙】", "\x1b[1;33m甲\x1b[0m\x1b[1;33m乙\x1b[0m"},
		{"A&amp;B &lt;b&gt; &#34;x&#34;", `A&B <b> "x"`, `A&B <b> "x"`},
		{"两\n行", "两 行", "两 行"},
		{"没有标记", "没有标记", "没有标记"},
		{"", "", ""},
	} {
		if got := (style{}).snippet(c.in); got != c.plain {
			t.Errorf("plain: %q, want %q", got, c.plain)
		}
		if got := (style{terminal: true}).snippet(c.in); got != c.terminal {
			t.Errorf("terminal: %q, want %q", got, c.terminal)
		}
	}
}

// A document must not be able to steer the terminal it is shown on.
func TestControlCharacters(t *testing.T) {
	hostile := "a\x1b]0;title\x07b\x1b[2Jc\u009bd\r"
	st := style{}
	for _, got := range []string{st.bold(hostile), st.dim(hostile), st.snippet(hostile), st.snippet("<mark>" + hostile + "</mark>"), printable(hostile)} {
		if strings.ContainsAny(got, "\x1b\x07\r\u009b") {
			t.Errorf("%q", got)
		}
	}
}

func TestProgressLine(t *testing.T) {
	now := indexer.Progress{Files: 4, Done: 1, Bytes: 4e6, DoneBytes: 1e6, Current: "somewhere/2021年报告.txt"}
	want := "█████░░░░░░░░░░░░░░░  25%  1/4 个文件  0.5 MB/秒  还需 6.0 秒  2021年报告.txt"
	if got := progressLine(now, 2*time.Second); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	now = indexer.Progress{Files: 4, Done: 4, Documents: 8, Added: 2}
	if got, want := progressLine(now, time.Second), "█████░░░░░░░░░░░░░░░  正在写入索引，2/8 篇文档"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, p := range []indexer.Progress{{}, {Files: 1, Done: 1}, {Files: 2, Done: 1, Bytes: 10}} {
		if got := progressLine(p, 0); strings.Contains(got, "NaN") || strings.Contains(got, "Inf") {
			t.Errorf("%+v gives %q", p, got)
		}
	}
	if got := seconds(125 * time.Second); got != "2 分 5 秒" {
		t.Error(got)
	}
}
