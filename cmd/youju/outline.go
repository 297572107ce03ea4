package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"youju/report"
)

// excerptRunes is how much of an item an outline shows: enough to recognise it on one line.
const excerptRunes = 40

// printOutline writes a document the way a person checks it: what it is, its
// headings with their items, what was repaired and what looks odd.
func printOutline(w io.Writer, st style, doc *report.Document) {
	printMetadata(w, st, doc)
	o := outlinePrinter{w: w, st: st, doc: doc}
	for i := range doc.Items {
		o.advanceTo(doc.Items[i].Path)
		o.item(&doc.Items[i])
	}
	o.rest()
	printNotes(w, "修补", doc.Source.Repairs, func(r report.Repair) (int, string) { return r.Line, r.What })
	printNotes(w, "问题", doc.Problems, func(p report.Problem) (int, string) { return p.Line, p.What })
	fmt.Fprintln(w)
}

func printMetadata(w io.Writer, st style, doc *report.Document) {
	fmt.Fprintln(w, st.bold(doc.Title))
	row := func(label, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %s  %s\n", label, printable(value))
		}
	}
	row("编号", doc.ID)
	row("文种", string(doc.Kind))
	row("文号", doc.Number)
	row("地区", strings.TrimSpace(doc.Place.Full()+" "+doc.Place.Code))
	row("年份", years(doc))
	row("日期", doc.Date)
	row("报告", doc.Speaker)
	row("来源", fmt.Sprintf("%s（%s，sha256 %s）", doc.Source.File, doc.Source.Format, shorten(doc.Source.SHA256, 12)))
	row("网址", doc.Source.URL)
	row("摘编", doc.Source.Digest)
	for _, missing := range doc.Source.Missing {
		row("缺失", missing)
	}
	figures := 0
	for i := range doc.Items {
		figures += len(doc.Items[i].Figures)
	}
	row("规模", fmt.Sprintf("%d 个标题，%d 条，%d 个数字", len(doc.Sections), len(doc.Items), figures))
	fmt.Fprintln(w)
}

func years(doc *report.Document) string {
	var parts []string
	for _, y := range []struct {
		label string
		year  int
	}{{"", doc.Year}, {"回顾 ", doc.ReviewYear}, {"部署 ", doc.PlanYear}} {
		if y.year != 0 {
			parts = append(parts, y.label+strconv.Itoa(y.year))
		}
	}
	return strings.Join(parts, " · ")
}

// outlinePrinter walks sections and items side by side, both in the order of the text.
type outlinePrinter struct {
	w    io.Writer
	st   style
	doc  *report.Document
	next int      // the next section to print
	path []string // the heading the last line stands under
}

// advanceTo prints every heading up to the one the next item stands under.
func (o *outlinePrinter) advanceTo(path []string) {
	if slices.Equal(path, o.path) {
		return
	}
	o.path = path
	ahead := slices.IndexFunc(o.doc.Sections[o.next:], func(s report.Section) bool { return slices.Equal(s.Path, path) })
	if ahead < 0 {
		if len(path) > 0 {
			// The text returns to an outer heading that was printed before.
			fmt.Fprintf(o.w, "%s%s\n", indent(len(path)), o.st.dim("（续）"+path[len(path)-1]))
		}
		return
	}
	for ; ahead >= 0; ahead-- {
		o.heading()
	}
}

func (o *outlinePrinter) rest() {
	for o.next < len(o.doc.Sections) {
		o.heading()
	}
}

func (o *outlinePrinter) heading() {
	s := o.doc.Sections[o.next]
	o.next++
	title := "（无标题）"
	if len(s.Path) > 0 {
		title = s.Path[len(s.Path)-1]
	}
	part := s.Part.Label()
	if part == "" {
		part = "部分不明"
	}
	if s.Evidence != "" {
		part += "；" + s.Evidence
	}
	fmt.Fprintf(o.w, "%s%s %s\n", indent(len(s.Path)), o.st.bold(title), o.st.dim("〔"+printable(part)+"〕"))
}

func (o *outlinePrinter) item(it *report.Item) {
	margin := indent(len(it.Path) + 1)
	number := it.Number
	if number == "" {
		number = "·"
	}
	heading := ""
	if it.Heading != "" {
		heading = o.st.bold(it.Heading) + " "
	}
	text := shorten(printable(it.Text), excerptRunes)
	fmt.Fprintf(o.w, "%s%s %s%s %s\n", margin, printable(number), heading, text, o.st.dim(it.Local()))
	for _, line := range itemNotes(it) {
		fmt.Fprintf(o.w, "%s    %s\n", margin, o.st.dim(line))
	}
}

// itemNotes are the lines about an item that its text does not show at a glance.
func itemNotes(it *report.Item) []string {
	var lines []string
	var duty []string
	for _, d := range []struct {
		label string
		names []string
	}{{"牵头领导", it.Duty.Leaders}, {"牵头", it.Duty.LeadUnits}, {"配合", it.Duty.SupportUnits}} {
		if len(d.names) > 0 {
			duty = append(duty, d.label+" "+strings.Join(d.names, "、"))
		}
	}
	if it.Duty.More {
		duty = append(duty, "等")
	}
	if len(duty) > 0 {
		lines = append(lines, strings.Join(duty, "；"))
	}
	var tags []string
	if it.Claim != "" {
		claim := it.Claim.Label()
		if it.AboutYear != 0 {
			claim += strconv.Itoa(it.AboutYear)
		}
		tags = append(tags, claim)
	}
	if len(it.Places) > 0 {
		tags = append(tags, "地名 "+strings.Join(it.Places, " "))
	}
	if len(it.Topics) > 0 {
		tags = append(tags, "主题 "+strings.Join(it.Topics, " "))
	}
	if len(tags) > 0 {
		lines = append(lines, strings.Join(tags, " · "))
	}
	for _, f := range it.Figures {
		lines = append(lines, "数字 "+figureLine(f))
	}
	for _, m := range it.Mentions {
		lines = append(lines, mentionLine(m))
	}
	return lines
}

// figureLine is a figure on one line: 目标2025 改造老旧小区 43个（以内）.
func figureLine(f report.Figure) string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	value := "—"
	switch {
	case len(f.Ratio) > 0:
		var parts []string
		for _, v := range f.Ratio {
			parts = append(parts, number(v))
		}
		value = strings.Join(parts, ":")
	case f.Value != nil && f.ValueMax != nil:
		value = number(*f.Value) + "—" + number(*f.ValueMax)
	case f.Value != nil:
		value = number(*f.Value)
	}
	year := ""
	if f.AboutYear != 0 {
		year = strconv.Itoa(f.AboutYear)
	}
	line := strings.TrimSpace(f.Kind.Label()+year) + " " + f.Indicator + " " + value + f.Unit
	var more []string
	for _, s := range []string{f.Bound, f.Period, f.Place, f.Basis} {
		if s != "" {
			more = append(more, s)
		}
	}
	if len(more) > 0 {
		line += "（" + strings.Join(more, "，") + "）"
	}
	return printable(strings.TrimSpace(line))
}

func printNotes[T any](w io.Writer, label string, list []T, read func(T) (line int, what string)) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s（%d 处）\n", label, len(list))
	for _, entry := range list {
		line, what := read(entry)
		where := "全文"
		if line > 0 {
			where = fmt.Sprintf("第 %d 行", line)
		}
		fmt.Fprintf(w, "  %s：%s\n", where, printable(what))
	}
}

func indent(level int) string { return strings.Repeat("  ", level) }

// mentionLine is a mention on one line: 项目 聊城机场（聊城民用机场） · 前期：加快…前期工作.
func mentionLine(m report.Mention) string {
	name := m.Kind.Label() + " " + m.Name
	if m.As != m.Name {
		name += "（" + m.As + "）"
	}
	parts := []string{name}
	switch {
	case m.Stage != "":
		parts = append(parts, string(m.Stage)+"："+m.Verb)
	case m.Verb != "":
		parts = append(parts, m.Verb)
	}
	if m.AmountText != "" {
		parts = append(parts, m.AmountText)
	}
	if len(m.Partners) > 0 {
		parts = append(parts, "参与 "+strings.Join(m.Partners, "、"))
	}
	if m.Place != "" {
		parts = append(parts, m.Place)
	}
	return printable(strings.Join(parts, " · "))
}
