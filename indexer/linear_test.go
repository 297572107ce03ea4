package indexer

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestLinear reads a text and one sixteen times as long: what is copied must
// grow with the text, not with its square.
func TestLinear(t *testing.T) {
	const (
		report     = "2023年济南市政府工作报告\n\n一、2022年工作回顾\n\n"
		assignment = "2023年重点工作任务分工方案\n\n各区县：\n\n现印发给你们。\n\n附件：2023年重点工作任务分工方案\n\n1. 新建学校。（责任单位：市教育局）\n2. 办好教育\n"
	)
	for _, c := range []struct{ name, before, piece string }{
		{"html inline", "<html><body><p>", "<b>农</i>业"},
		{"html lines in one run", "<html><body><p>", "农业\n"},
		{"html unmatched ends", "<html><body>" + strings.Repeat("<p>", 100), "字</i></em>"},
		{"html wide row", "<html><body><table><tr>", "<td>农业"},
		{"stars", "", "**农**业"},
		{"bars", "|", "农业|"},
		{"lines that join", report, "推动产业转型升级取得新的成效推动产业转型升级取得新的成效推动产业转型\n"},
		{"lines in a bracket", report + "（", "推动产业转型升级取得新的成效%d\n"},
		{"paragraphs of a task", assignment, "做好各项工作，抓好落实，抓好落实%d。\n"},
		{"paragraphs of an article", "城市管理办法\n\n第一条 为了加强管理，制定本办法。\n", "做好各项工作，抓好落实%d。\n"},
		{"rows of units", "| 序号 | 项目 |\n|---|---|\n| 1 | 新建学校 |\n", "| 〔责任单位：市教育局〕 | |\n"},
		{"annexes", report, "附件%d：民生 实事 清单\n"},
		{"contents", report, "目录\n办好 教育%d\n"},
		{"numbered items", report, "%d. 新建学校3所。\n"},
		{"one sentence of figures", report, "投资%d亿元、"},
		{"one clause of projects", report, "明珠%d大桥建设，"},
	} {
		t.Run(c.name, func(t *testing.T) {
			const n = 1000
			short := allocated(t, c.before+numbered(c.piece, n))
			long := allocated(t, c.before+numbered(c.piece, 16*n))
			if long > 40*short {
				t.Errorf("a text took %d KB, one 16 times as long %d KB", short>>10, long>>10)
			}
		})
	}
}

// numbered repeats a piece with the numbers from 1.
func numbered(piece string, n int) string {
	if !strings.Contains(piece, "%d") {
		return strings.Repeat(piece, n)
	}
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, piece, i+1)
	}
	return b.String()
}

// allocated is how many bytes the reading of a text asks for.
func allocated(t *testing.T, src string) uint64 {
	t.Helper()
	read := func() {
		if _, _, err := read("x", []byte(src)); err != nil {
			t.Fatal(err)
		}
	}
	read() // makes what is made once
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	read()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
