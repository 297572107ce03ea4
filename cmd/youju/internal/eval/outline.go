package eval

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"youju/report"
)

// OutlineScore compares one document's outline with the expected one.
type OutlineScore struct {
	Seed  string `json:"seed"`
	Title string `json:"title"`
	// Document is the ID of the document that was compared, "" when none was found.
	Document string `json:"document"`
	// Items counts the expected items that one of ours matches; the counts
	// after it are over the matched ones.
	Items    Count `json:"items"`
	Numbers  Count `json:"numbers"`
	Headings Count `json:"headings"`
	Paths    Count `json:"paths"`
	Parts    Count `json:"parts"`
	// Duties and Policies are over all expected ones, matched or not.
	Duties   Count `json:"duties"`
	Policies Count `json:"policies"`
	// Sections counts expected headings found with their level and part.
	Sections Count   `json:"sections"`
	Fields   []Field `json:"fields"`
	// Extra is the number of our items that match no expected one.
	Extra    int      `json:"extra"`
	Failures []string `json:"failures"`
}

// Field is one datum of a document.
type Field struct {
	Name  string `json:"name"`
	Want  string `json:"want"`
	Got   string `json:"got"`
	Right bool   `json:"right"`
}

// roles maps the expectations' names of roles to ours where they differ.
var roles = map[string]report.Part{
	"government_building": report.PartGovernance,
	"targets":             report.PartTarget,
	"livelihood_list":     report.PartLivelihood,
	"policy_list":         report.PartPolicy,
}

func partOf(role string) report.Part {
	if p, ok := roles[role]; ok {
		return p
	}
	return report.Part(role)
}

func scoreOutlines(_ context.Context, dir string, c *collection, _ Options, s *Scores) error {
	files, err := filepath.Glob(filepath.Join(dir, "outline", "*.json"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		s.Skipped = append(s.Skipped, "outline/：没有文件")
	}
	slices.Sort(files)
	for _, file := range files {
		var g goldOutline
		if _, err := load(file, &g); err != nil {
			return err
		}
		s.Outlines = append(s.Outlines, scoreOutline(c, &g))
	}
	return nil
}

func scoreOutline(c *collection, g *goldOutline) OutlineScore {
	s := OutlineScore{Seed: g.Seed, Title: g.Title}
	j := c.bestDocument(g)
	if j == nil {
		s.Items.Of = len(g.Items)
		s.fail("没有找到对应的文档")
		return s
	}
	s.Document = j.doc.ID
	s.Fields = fieldsOf(g, j.doc)
	s.scoreItems(g, j)
	s.scoreSections(g, j.doc)
	return s
}

func (s *OutlineScore) fail(format string, args ...any) {
	s.Failures = append(s.Failures, fmt.Sprintf(format, args...))
}

// bestDocument is the document of the original that holds most of the expected
// items; where two hold as many, the one at the expected position.
func (c *collection) bestDocument(g *goldOutline) *judged {
	var best *judged
	most := 0
	for i, j := range c.bySeed[g.Seed] {
		held := 0
		for k := range g.Items {
			start := Fold(g.Items[k].StartsWith)
			if slices.ContainsFunc(j.entries, func(e *entry) bool { return strings.Contains(e.content, start) }) {
				held++
			}
		}
		if held > most || held == most && held > 0 && i == g.DocIndex {
			best, most = j, held
		}
	}
	return best
}

func (s *OutlineScore) scoreItems(g *goldOutline, j *judged) {
	used := make([]bool, len(j.entries))
	for i := range g.Items {
		want := &g.Items[i]
		var next *goldItem
		if i+1 < len(g.Items) {
			next = &g.Items[i+1]
		}
		at := match(want, next, j.entries, used)
		s.Items.add(at >= 0)
		if at < 0 {
			s.fail("条目 %d 未找到：%s … %s", i+1, want.StartsWith, want.EndsWith)
			s.countMissing(want)
			continue
		}
		s.compareItem(i+1, want, j.entries[at].item)
	}
	for i, e := range j.entries {
		if !used[i] {
			s.Extra++
			s.fail("多出的条目 %s：%s", e.item.ID, excerpt(e.item.Heading+e.item.Text))
		}
	}
}

// countMissing keeps duties and policies of an unmatched item in their totals.
func (s *OutlineScore) countMissing(want *goldItem) {
	if want.BracketRaw != "" {
		s.Duties.add(false)
	}
	if want.Policy != "" {
		s.Policies.add(false)
	}
}

// match finds the unused item that is the expected one and marks it used: it
// holds the expected beginning and end and not the beginning of the next. Of
// several candidates the one with the expected number wins, then the first.
func match(want, next *goldItem, entries []*entry, used []bool) int {
	starts := foldAll(append([]string{want.StartsWith}, want.AltStarts...))
	ends := foldAll(append([]string{want.EndsWith}, want.AltEnds...))
	barrier := ""
	if next != nil && !strings.Contains(Fold(want.StartsWith), Fold(next.StartsWith)) {
		barrier = Fold(next.StartsWith)
	}
	best := -1
	for i, e := range entries {
		if used[i] || barrier != "" && strings.Contains(e.content, barrier) || !spans(e.content, starts, ends) {
			continue
		}
		if best < 0 || numberEqual(want, e.item) && !numberEqual(want, entries[best].item) {
			best = i
		}
	}
	if best >= 0 {
		used[best] = true
		return best
	}
	return matchSplit(want, starts, ends, entries, used)
}

// matchSplit accepts two of our items for an expected one that may be cut at a known place.
func matchSplit(want *goldItem, starts, ends []string, entries []*entry, used []bool) int {
	cuts := foldAll(want.AltSplitAt)
	if len(cuts) == 0 {
		return -1
	}
	for i := 0; i+1 < len(entries); i++ {
		if !used[i] && !used[i+1] && containsAny(entries[i].content, starts) && spans(entries[i+1].content, cuts, ends) {
			used[i], used[i+1] = true, true
			return i
		}
	}
	return -1
}

// spans tells whether text holds one of the starts and, not before it, one of the ends.
func spans(text string, starts, ends []string) bool {
	for _, start := range starts {
		from := strings.Index(text, start)
		if from < 0 {
			continue
		}
		for _, end := range ends {
			if at := strings.LastIndex(text, end); at >= 0 && at+len(end) >= from+len(start) {
				return true
			}
		}
	}
	return false
}

func containsAny(text string, needles []string) bool {
	return slices.ContainsFunc(needles, func(n string) bool { return strings.Contains(text, n) })
}

func (s *OutlineScore) compareItem(n int, want *goldItem, got *report.Item) {
	check := func(c *Count, what string, right bool, wanted, have any) {
		c.add(right)
		if !right {
			s.fail("条目 %d（%s）%s：应为 %v，得到 %v", n, got.ID, what, wanted, have)
		}
	}
	check(&s.Numbers, "序号", numberEqual(want, got), want.Number, got.Number)
	check(&s.Headings, "标题", headingEqual(want, got), want.Heading, got.Heading)
	check(&s.Paths, "路径", pathEqual(want, got), want.Path, got.Path)
	check(&s.Parts, "部分", roleEqual(want.Role, want.AltRole, got.Part), want.Role, got.Part)
	if want.BracketRaw != "" {
		for _, list := range []struct {
			what      string
			want, got []string
		}{
			{"牵头领导", want.Leaders, got.Duty.Leaders},
			{"牵头单位", want.LeadUnits, got.Duty.LeadUnits},
			{"配合单位", want.SupportUnits, got.Duty.SupportUnits},
		} {
			if !listEqual(list.want, list.got) {
				s.fail("条目 %d（%s）%s：应为 %v，得到 %v", n, got.ID, list.what, list.want, list.got)
			}
		}
		s.Duties.add(listEqual(want.Leaders, got.Duty.Leaders) &&
			listEqual(want.LeadUnits, got.Duty.LeadUnits) &&
			listEqual(want.SupportUnits, got.Duty.SupportUnits))
	}
	if want.Policy != "" {
		units := strings.FieldsFunc(want.Unit, func(r rune) bool { return strings.ContainsRune("、，,；;", r) })
		check(&s.Policies, "政策单位", listEqual(units, got.Duty.LeadUnits) &&
			strings.Contains(Fold(got.Heading+got.Text), Fold(want.Policy)), units, got.Duty.LeadUnits)
	}
}

func listEqual(a, b []string) bool { return slices.Equal(foldAll(a), foldAll(b)) }

func numberEqual(want *goldItem, got *report.Item) bool {
	return slices.Contains(foldAll(append([]string{want.Number}, want.AltNumber...)), Fold(got.Number))
}

// headingEqual compares without the punctuation that ends a heading.
func headingEqual(want *goldItem, got *report.Item) bool {
	trim := func(s string) string { return strings.TrimRight(Fold(s), "。.:;,!") }
	for _, h := range append([]string{want.Heading}, want.AltHeading...) {
		if trim(h) == trim(got.Heading) {
			return true
		}
	}
	return false
}

func pathEqual(want *goldItem, got *report.Item) bool {
	for _, path := range append([][]string{want.Path}, want.AltPaths...) {
		if listEqual(path, got.Path) {
			return true
		}
	}
	return false
}

func roleEqual(role string, alt []string, part report.Part) bool {
	return partOf(role) == part || slices.ContainsFunc(alt, func(r string) bool { return partOf(r) == part })
}

func (s *OutlineScore) scoreSections(g *goldOutline, doc *report.Document) {
	for _, want := range g.Sections {
		if want.Untitled || len(want.Path) == 0 {
			continue
		}
		found := slices.IndexFunc(doc.Sections, func(have report.Section) bool { return listEqual(want.Path, have.Path) })
		switch {
		case found < 0:
			s.fail("标题未找到：%s", strings.Join(want.Path, " › "))
		case doc.Sections[found].Level != want.Level || !roleEqual(want.Role, want.AltRole, doc.Sections[found].Part):
			s.fail("标题 %s：应为 %d 级 %s，得到 %d 级 %s", strings.Join(want.Path, " › "),
				want.Level, want.Role, doc.Sections[found].Level, doc.Sections[found].Part)
		default:
			s.Sections.add(true)
			continue
		}
		s.Sections.add(false)
	}
}

// fieldsOf compares what is known about the document as a whole.
func fieldsOf(g *goldOutline, doc *report.Document) []Field {
	year := func(y int) string {
		if y == 0 {
			return ""
		}
		return strconv.Itoa(y)
	}
	place := strings.Join([]string{g.Place.Province, g.Place.City, g.Place.County}, "/")
	kind, _, _ := strings.Cut(Fold(g.Kind), "(")
	fields := []Field{
		{Name: "文种", Want: kind, Got: string(doc.Kind)},
		{Name: "文号", Want: g.Number, Got: doc.Number},
		{Name: "地区", Want: place, Got: strings.Join([]string{doc.Place.Province, doc.Place.City, doc.Place.County}, "/")},
		{Name: "年份", Want: year(g.Year), Got: year(doc.Year)},
		{Name: "回顾年份", Want: year(g.ReviewYear), Got: year(doc.ReviewYear)},
		{Name: "计划年份", Want: year(g.PlanYear), Got: year(doc.PlanYear)},
		{Name: "日期", Want: g.Date, Got: doc.Date},
		{Name: "报告人", Want: g.Speaker, Got: doc.Speaker},
	}
	for i := range fields {
		fields[i].Right = Fold(fields[i].Want) == Fold(fields[i].Got)
	}
	title := Field{Name: "标题", Want: g.Title, Got: doc.Title}
	for _, t := range []string{g.Title, g.TitleClean, g.TitleNormalized, g.AttachmentTitle} {
		title.Right = title.Right || t != "" && Fold(t) == Fold(doc.Title)
	}
	return append(fields, title)
}

// excerpt is the beginning of a text, for a line in a list of failures.
func excerpt(s string) string {
	const limit = 30
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	return string(runes[:limit]) + "…"
}
