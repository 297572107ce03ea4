package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// users names the kinds of readers that queries are written for.
var users = map[string]string{"official": "机关", "promoter": "招商", "citizen": "群众"}

// Print writes the scores for a person, with every failure when verbose.
func (s *Scores) Print(w io.Writer, verbose bool) {
	fmt.Fprintln(w, "目录拆分")
	for _, o := range s.Outlines {
		o.print(w, verbose)
	}
	if s.Places != nil {
		s.Places.print(w, verbose)
	}
	if s.Topics != nil {
		s.Topics.print(w, verbose)
	}
	if s.Figures != nil {
		s.Figures.print(w, verbose)
	}
	if s.Commitments != nil {
		s.Commitments.print(w, verbose)
	}
	if s.Queries != nil {
		s.Queries.print(w, verbose)
	}
	for _, line := range s.Skipped {
		fmt.Fprintln(w, "略过", line)
	}
}

func (o OutlineScore) print(w io.Writer, verbose bool) {
	fmt.Fprintf(w, "  %s %s\n", o.Seed, excerpt(o.Title))
	fmt.Fprintf(w, "    条目 %v · 多出 %d · 序号 %v · 标题 %v · 路径 %v\n", o.Items, o.Extra, o.Numbers, o.Headings, o.Paths)
	fmt.Fprintf(w, "    部分 %v · 章节 %v", o.Parts, o.Sections)
	if o.Duties.Of > 0 {
		fmt.Fprintf(w, " · 责任分工 %v", o.Duties)
	}
	if o.Policies.Of > 0 {
		fmt.Fprintf(w, " · 政策 %v", o.Policies)
	}
	var fields Count
	var wrong []string
	for _, f := range o.Fields {
		fields.add(f.Right)
		if !f.Right {
			wrong = append(wrong, fmt.Sprintf("%s应为 %q 得到 %q", f.Name, f.Want, f.Got))
		}
	}
	fmt.Fprintf(w, " · 文档信息 %v %s\n", fields, strings.Join(wrong, "；"))
	list(w, o.Failures, verbose)
}

func (p *PlaceScore) print(w io.Writer, verbose bool) {
	fmt.Fprintf(w, "地名（%d 句）\n  条目内找到 %v\n", p.Snippets, p.Items)
	if o := p.Sentences; o != nil {
		fmt.Fprintf(w, "  按句 F1 %.3f · 准确率 %.3f · 召回率 %.3f（多 %d，缺 %d）\n", o.F1, o.Precision, o.Recall, o.Wrong, o.Missed)
	}
	list(w, p.Failures, verbose)
}

func (t *TopicScore) print(w io.Writer, verbose bool) {
	fmt.Fprintf(w, "主题（%d 句）\n  主要主题在条目主题内 %v · 条目首个主题正确 %v · 平均每条 %.2f 个\n", t.Snippets, t.Main, t.First, t.PerItem)
	list(w, t.Failures, verbose)
}

func (f *FigureScore) print(w io.Writer, verbose bool) {
	fmt.Fprintf(w, "数字（%d 句）\n  数值和单位 %v · 年份 %v · 目标或结果 %v · 指标 %v（相近 %v）· 地区 %v\n", f.Snippets, f.Values, f.Years, f.Kinds, f.Indicators, f.Near, f.Places)
	list(w, f.Failures, verbose)
}

func (c *CommitmentScore) print(w io.Writer, verbose bool) {
	fmt.Fprintf(w, "历年指标（%d 个）\n  指标、年份、类别都对 %v（相近 %v）\n", c.Indicators, c.Points, c.Near)
	list(w, c.Failures, verbose)
}

func (q *QueryScore) print(w io.Writer, verbose bool) {
	fmt.Fprintf(w, "检索（%d 个查询）\n", len(q.Queries))
	q.Overall.print(w, "全部")
	for _, user := range slices.Sorted(maps.Keys(q.ByUser)) {
		name := users[user]
		if name == "" {
			name = user
		}
		q.ByUser[user].print(w, name)
	}
	fmt.Fprintf(w, "  无答案却有结果 %d/%d · 不在任何条目内的评分句 %d\n", q.Noisy.Right, q.Noisy.Of, q.Lost)
	if !verbose {
		return
	}
	fmt.Fprintf(w, "  %s%s%s%s%s%s\n", pad("编号", 8), pad("查询", 28), pad("层级", 9), pad("命中", 7), pad("nDCG", 7), "前20条评分")
	for _, r := range q.Queries {
		fmt.Fprintf(w, "  %s%s%s%s%s%s\n", pad(r.ID, 8), pad(r.Text, 28), pad(r.Tier, 9),
			pad(fmt.Sprint(r.Total), 7), pad(fmt.Sprintf("%.3f", r.NDCG), 7), gradeMarks(r.Grades))
		for _, id := range r.Missing {
			fmt.Fprintf(w, "          首页缺 %s\n", id)
		}
	}
}

func (r Ranking) print(w io.Writer, name string) {
	fmt.Fprintf(w, "  %s nDCG@10 %.3f · 三级召回@20 %.3f · 零结果 %.1f%%（%d 个）\n", pad(name, 6), r.NDCG, r.Recall, 100*r.Empty, r.Queries)
}

func list(w io.Writer, failures []string, verbose bool) {
	if !verbose {
		return
	}
	for _, f := range failures {
		fmt.Fprintln(w, "    ×", f)
	}
}

// pad fills s with spaces to the given width on a terminal, where a Chinese
// character is two columns wide.
func pad(s string, columns int) string {
	have := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			have += 2
		default:
			have++
		}
	}
	return s + strings.Repeat(" ", max(1, columns-have))
}
