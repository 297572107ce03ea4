package plain

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// measures says what the columns of a table of statistics hold, as its head
// calls them: 指标 | 单位 | 全年累计 | 同比增长（%）. A row of such a table is
// written as the sentence it stands for (粮食产量12.5万吨，同比增长3.1%), so
// that each number stands beside its indicator and unit.
type measures struct {
	// name and unit are columns, unit -1 where there is none.
	name, unit int
	// columns says what the other ones are called; heads that name no value are "".
	columns []string
}

var (
	nameHead = regexp.MustCompile(`^(?:.{0,8}指标(?:名称)?|项目|名称|类别|品种|分类|行业|产品(?:名称)?|内容)$`)
	unitHead = regexp.MustCompile(`^(?:计量|计算|指标)?单位$`)
	// otherHead names columns that hold no values.
	otherHead = regexp.MustCompile(`备注|说明|位次|排名|名次|来源|代码|序号|编号|性质|属性|类型|解释`)
	// growthHead names what changed: 比上年±%, 增速（%）, 同比.
	growthHead = regexp.MustCompile(`增长|增速|增幅|增减|涨跌|升降|±|\+-|(?:同比|环比)$|^(?:比|较)(?:上|去)年`)
	against    = regexp.MustCompile(`同比|环比|(?:比|较)(?:上|去)年(?:同期)?(?:末)?|(?:比|较)上(?:月|季)|比同期|年均`)
	// stage tells one column of values from another: a time, a plan, a kind of sum.
	stage = regexp.MustCompile(`[0-9]{4} ?年|[0-9]{1,2} ?(?:[—–~至-] ?[0-9]{1,2} ?)?月|目标|计划|预期|预计|本月|当月|本季|本期|上年|去年|占比|比重|预算`)
	// neutral names a column that holds the value itself.
	neutral = regexp.MustCompile(`(?:数值|数量|总量|绝对[数值额量]|指标值|完成(?:情况|数|值)?|实绩|实际(?:完成)?|金额|总额|产量|(?:全年|本年|年末|期末)(?:累计|完成)?(?:数|值)?|(?:本年)?累计(?:数|值|完成)?)$`)
	aim     = regexp.MustCompile(`(?:目标|计划|预期|预计)$`)
	within  = regexp.MustCompile(`(?:月|季|期|累计)$`)
	unitIn  = regexp.MustCompile(`[（(]\s*(?:单位[:：]\s*)?([^（）()0-9]{1,8})\s*[）)]$`)
	// unitWord ends what a unit in brackets is called.
	unitWord = regexp.MustCompile(`(?:[元吨亩户人次个家所座条里米项件度台辆张床位套处顷天时克升]|人次|[%％‰]|百分点|立方米|平方米|标准煤)$`)
	bareSum  = regexp.MustCompile(`^[+＋－−↑↓-]?[0-9][0-9,，]*(?:\.[0-9]+)?[%％]?$`)
)

// readMeasures reads the head of a table of statistics, nil where the row is none.
func readMeasures(bare []string) *measures {
	m := &measures{name: -1, unit: -1, columns: make([]string, len(bare))}
	values, told := 0, false
	for i, s := range bare {
		s = strings.Join(strings.Fields(s), "")
		switch {
		case bareSum.MatchString(s) || taskHead.MatchString(s) && s != "内容" || strings.ContainsAny(s, "。；"):
			return nil
		case m.name < 0 && nameHead.MatchString(withoutUnit(s)):
			m.name = i
		case m.unit < 0 && unitHead.MatchString(s):
			m.unit, told = i, true
		case s == "" || otherHead.MatchString(s) || dutyColumn(s) != "":
		default:
			m.columns[i] = s
			values++
			told = told || growthHead.MatchString(withoutUnit(s)) || unitOf(s) != ""
		}
	}
	if m.name < 0 && m.unit > 0 && bare[0] == "" {
		m.name = 0
	}
	if m.name < 0 || !told || values == 0 {
		return nil
	}
	return m
}

// below adds the second row of a head: 2023年 over 绝对额 and 增长（%）.
func (m *measures) below(bare []string) bool {
	if m.name < len(bare) && bare[m.name] != "" || slices.ContainsFunc(bare, func(s string) bool { return bareSum.MatchString(s) }) {
		return false
	}
	over := ""
	for i := range m.columns {
		if m.columns[i] != "" {
			over = m.columns[i]
		}
		if i < len(bare) && bare[i] != "" && i != m.name && i != m.unit {
			m.columns[i] = over + strings.Join(strings.Fields(bare[i]), "")
		}
	}
	return true
}

// unitOf is the unit that stands in brackets behind a name.
func unitOf(s string) string {
	if g := unitIn.FindStringSubmatch(s); g != nil && unitWord.MatchString(g[1]) {
		return g[1]
	}
	return ""
}

func withoutUnit(s string) string {
	if at := unitIn.FindStringIndex(s); at != nil {
		s = s[:at[0]]
	}
	return strings.TrimRight(s, "%％")
}

// row writes a row as a sentence; nil where it holds no number, or no name.
// What belongs to no value stands behind it, parted as in other tables.
func (m *measures) row(cells []cell, serial int, duties []string) []Piece {
	say := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return cells[i].own + cells[i].again
	}
	name := say(m.name)
	if strings.IndexFunc(name, unicode.IsLetter) < 0 {
		return nil
	}
	unit := strings.TrimSpace(say(m.unit))
	own := unitOf(name)
	if unit == "" || nothing.MatchString(unit) || own != "" {
		unit = own
	}
	rest := slices.Clone(cells)
	var said []Piece
	for _, i := range m.order() {
		head := m.columns[i]
		if i >= len(cells) || cells[i].own == "" || !bareSum.MatchString(cells[i].own) {
			continue
		}
		before, after, ok := m.says(head, unit, own != "")
		if !ok {
			continue
		}
		if strings.ContainsAny(cells[i].own, "%％") {
			after = ""
		}
		if len(said) > 0 {
			before = "，" + before
		}
		value := Piece{Before: before, Cell: i, Plain: true}
		if fall := fallen.FindString(cells[i].own); fall != "" && strings.HasSuffix(before, "增长") {
			value.Before, value.Skip = strings.TrimSuffix(before, "增长")+"下降", len(fall)
		}
		said = append(said, value, Piece{Before: after, Cell: -1})
		rest[i] = cell{}
	}
	if len(said) == 0 {
		return nil
	}
	if m.unit >= 0 && m.unit < len(rest) {
		rest[m.unit] = cell{}
	}
	rest[m.name] = cell{}
	lead := Piece{Cell: m.name, Plain: true}
	if cells[m.name].own == "" {
		lead = Piece{Before: name, Cell: -1}
	}
	// A time stands before the name, that it be no part of it: 本月粮食产量….
	if at := period.FindString(said[0].Before); at != "" {
		lead.Before, said[0].Before = at+lead.Before, strings.TrimPrefix(said[0].Before, at)
	}
	out := append([]Piece{lead}, said...)
	if serial >= 0 && serial < len(rest) && serial != m.name && bareNumber.MatchString(rest[serial].own) {
		rest[serial], out[0].Before = cell{}, ". "+out[0].Before
		out = append([]Piece{{Cell: serial, Plain: true, Serial: true}}, out...)
	}
	if more := barred(rest, -1, duties); len(more) > 0 {
		if !strings.HasPrefix(more[0].Before, "〔") {
			more[0].Before = " | " + more[0].Before
		}
		out = append(out, more...)
	}
	return out
}

// says gives what stands before and behind a column's number in a sentence. The
// change of a share is in points or in per cent, which a head does not tell.
// A unit of the row's own name goes before that of the column.
func (m *measures) says(head, unit string, sure bool) (before, after string, ok bool) {
	own, name := unitOf(head), withoutUnit(head)
	if !growthHead.MatchString(name) {
		if own != "" && !sure {
			unit = own
		}
		switch at := neutral.FindStringIndex(name); {
		case at != nil && (at[0] > 0 || m.single()):
			name = name[:at[0]]
		case !stage.MatchString(name) && m.single():
			name = ""
		}
		switch {
		case aim.MatchString(name):
			name += "达到"
		case within.MatchString(name):
			name += "完成"
		}
		return name, unit, true
	}
	if strings.ContainsAny(unit, "%％‰") && !strings.Contains(own, "百分点") {
		return "", "", false
	}
	switch {
	case strings.Contains(own, "百分点"):
		own = "个百分点"
	case own == "" || own == "%" || own == "％" || strings.ContainsAny(own, "±"):
		own = "%"
	}
	return against.FindString(name) + "增长", own, true
}

// order gives the columns of values, those of an earlier year last: a change is
// one to the year that is told.
func (m *measures) order() []int {
	latest, year := "", func(head string) string { return yearIn.FindString(head) }
	for _, head := range m.columns {
		latest = max(latest, year(head))
	}
	var out, before []int
	for i, head := range m.columns {
		switch {
		case head == "":
		case !growthHead.MatchString(withoutUnit(head)) && (year(head) != "" && year(head) < latest || earlier.MatchString(head)):
			before = append(before, i)
		default:
			out = append(out, i)
		}
	}
	return append(out, before...)
}

var (
	yearIn  = regexp.MustCompile(`(?:19|20)[0-9]{2}`)
	period  = regexp.MustCompile(`^(?:[本当](?:月|季|期)|累计|[0-9]{1,2}(?:[—–~至-][0-9]{1,2})?月)`)
	fallen  = regexp.MustCompile(`^(?:[－−-]|↓)`)
	earlier = regexp.MustCompile(`^(?:上年|去年)`)
)

// single says that the table has one column of values beside those of changes.
func (m *measures) single() bool {
	n := 0
	for _, head := range m.columns {
		if head != "" && !growthHead.MatchString(withoutUnit(head)) {
			n++
		}
	}
	return n == 1
}
