package plain

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Columns says how the rows of a table become lines of text: a row a line, its
// cells parted by bars. A serial number numbers the entry, and columns of units
// in charge become a bracket at its end, as lists print them. It remembers what
// the table's head called its columns, and what stood above; its zero value is
// a table without a head.
type Columns struct {
	// serial is the column of numbers, counted from 1; 0 where no head names one.
	serial int
	// duties holds the names of the columns that say who is in charge.
	duties []string
	// measures says what the columns of a table of statistics hold, nil in others.
	measures *measures
	// headed says that the row before was the head's: a second one adds to it.
	headed bool
	// above holds what each column said last, for cells that go on with it.
	above []string
}

// Row is a row's line.
type Row struct {
	Pieces []Piece
	// Head says that it names columns, Title that it names the rows below it
	// (一 | 教育), as a heading does.
	Head, Title bool
}

// Piece is a part of a row's line: what stands before it, and the cell whose
// text it is, -1 where there is none.
type Piece struct {
	Before string
	Cell   int
	// Plain says that the cell is written without its bold marks.
	Plain bool
	// Serial says that the cell is the row's number, of which only digits are written.
	Serial bool
	// Skip is how much of the cell's beginning Before says, in bytes: a minus is 下降.
	Skip int
}

var (
	serialHead = regexp.MustCompile(`^(?:序号|编号|项次|序|任务编号|项目编号|№|NO\.?)$`)
	bareNumber = regexp.MustCompile(`^[0-9０-９]{1,3}[.．、]?$`)
	hanNumber  = regexp.MustCompile(`^[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?$`)
	// nothing is what a cell says that names nobody, ditto one that repeats the cell above.
	nothing = regexp.MustCompile(`^(?:[/／\\—–―－-]+|无|空|暂无|没有|N/?A|○|×)$`)
	ditto   = regexp.MustCompile(`^(?:同上|同前|〃|″|"|”|''|″″)$`)
	// office ends the name of a unit in charge.
	office = regexp.MustCompile(`(?:局|委|委员会|办|办公室|厅|部|院|中心|政府|集团|公司|银行|行|会|队|关|学|馆|署|处|社|所|站|联|机关|专班|街道|镇|乡|区|县|市)(?:等|（.{1,12}）)?$`)
)

// Row gives the line of a row in pieces; a row without text has none. covered
// says which cells a taller one stands over, nil where none is: they go on with
// what it says. Cells behind the first that a wide one covers are empty.
func (c *Columns) Row(cells []string, covered []bool) Row {
	bare := make([]string, len(cells))
	filled := 0
	for i, s := range cells {
		bare[i] = strings.TrimSpace(strings.ReplaceAll(s, "**", ""))
		if bare[i] != "" {
			filled++
		}
	}
	if filled == 0 {
		return Row{}
	}
	if c.head(bare) {
		c.above = nil
		return Row{Pieces: barred(plainCells(bare), -1, nil), Head: true}
	}
	serial := max(c.serial-1, 0)
	if filled == 2 && serial+1 < len(bare) && hanNumber.MatchString(bare[serial]) && bare[serial+1] != "" {
		return titled(bare, serial)
	}
	all := c.goesOn(bare, covered)
	if c.measures != nil {
		if pieces := c.measures.row(all, c.serial-1, c.duties); pieces != nil {
			return Row{Pieces: pieces}
		}
	}
	if !numbers(bare, serial) {
		serial = -1
	}
	return Row{Pieces: barred(all, serial, c.duties)}
}

// cell is what a cell says: of its own, or again what stood above it.
type cell struct {
	own, again string
}

func plainCells(bare []string) []cell {
	out := make([]cell, len(bare))
	for i, s := range bare {
		out[i].own = s
	}
	return out
}

// goesOn says what each cell says, those of taller cells included, and
// remembers it for the next row.
func (c *Columns) goesOn(bare []string, covered []bool) []cell {
	out := plainCells(bare)
	for len(c.above) < len(bare) {
		c.above = append(c.above, "")
	}
	own := c.ownWords(bare)
	numbered := c.serial > 0 && c.serial <= len(bare) && bare[c.serial-1] != ""
	for i, s := range bare {
		duty := i < len(c.duties) && c.duties[i] != ""
		switch {
		case ditto.MatchString(s):
			out[i] = cell{again: c.above[i]}
		case s == "" && i < len(covered) && covered[i]:
			// A row with a number of its own is an entry of its own, whatever it shares.
			if i != c.serial-1 && (numbered || own && (duty || names(c.above[i]))) {
				out[i].again = c.above[i]
			}
		case duty && nothing.MatchString(s):
			out[i], c.above[i] = cell{}, ""
		default:
			c.above[i] = s
		}
	}
	return out
}

// ownWords says that a row says something beside its number and its units.
func (c *Columns) ownWords(bare []string) bool {
	for i, s := range bare {
		if s != "" && i != c.serial-1 && (i >= len(c.duties) || c.duties[i] == "") {
			return true
		}
	}
	return false
}

// names says that a tall cell names what the rows beside it belong to: it is
// said again with each of them. A longer one, or one with a figure, is said once.
func names(s string) bool {
	return s != "" && utf8.RuneCountInString(s) <= 20 && !strings.ContainsFunc(s, unicode.IsDigit) && !hanNumber.MatchString(s)
}

// titled is the line of a row that is a heading: 一、教育.
func titled(bare []string, serial int) Row {
	stop := ""
	if last, _ := utf8.DecodeLastRuneInString(bare[serial]); unicode.Is(unicode.Han, last) {
		stop = "、"
	}
	return Row{Pieces: []Piece{{Cell: serial, Plain: true}, {Before: stop, Cell: serial + 1}}, Title: true}
}

// numbers says that a cell is the number of its row: words stand in another one.
func numbers(bare []string, cell int) bool {
	return cell < len(bare) && bareNumber.MatchString(bare[cell]) &&
		slices.ContainsFunc(bare, func(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 })
}

// head reads a row that names columns; other rows leave all as it was.
func (c *Columns) head(bare []string) bool {
	duties, serial := make([]string, len(bare)), 0
	tasks := false
	for i, s := range bare {
		s = strings.Join(strings.Fields(s), "")
		tasks = tasks || taskHead.MatchString(s)
		switch label := dutyColumn(s); {
		case label != "":
			duties[i] = label
		case s == "" && i > 0 && !c.headed:
			duties[i] = duties[i-1] // a head over several columns
		case serialHead.MatchString(s):
			serial = i + 1
		}
	}
	if tasks {
		c.loosely(bare, duties)
	}
	known := serial > 0 || slices.ContainsFunc(duties, func(s string) bool { return s != "" })
	switch m := readMeasures(bare); {
	case m != nil:
		c.measures, known = m, true
	case c.headed && c.measures != nil && !known && c.measures.below(bare):
		return true
	case known && !c.headed:
		c.measures = nil
	}
	if known && c.headed {
		serial = max(serial, c.serial)
		for i := range min(len(duties), len(c.duties)) {
			duties[i] = cmp.Or(duties[i], c.duties[i])
		}
	}
	if known {
		c.serial, c.duties = serial, duties
	}
	c.headed = known
	return known
}

// loose marks a column that names offices only where its cells read so.
const loose = "?"

// taskHead names the column of tasks, beside which 单位 is the office in charge.
var taskHead = regexp.MustCompile(`任务|事项|举措|措施|内容|实事`)

// loosely takes 单位 beside a column of tasks for that of the units in charge.
func (c *Columns) loosely(bare, duties []string) {
	if slices.ContainsFunc(duties, func(s string) bool { return s != "" }) {
		return
	}
	for i, s := range bare {
		if s == "单位" || s == "部门" {
			duties[i] = loose
		}
	}
}

// barred puts a row's line together.
func barred(cells []cell, serial int, duties []string) []Piece {
	var words, units []Piece
	for i, s := range cells {
		text, piece := s.own, Piece{Cell: i}
		if text == "" {
			text, piece = s.again, Piece{Before: s.again, Cell: -1}
		}
		label := ""
		if i < len(duties) {
			label = duties[i]
		}
		if label == loose {
			if label = ""; office.MatchString(text) {
				label = "责任单位"
			}
		}
		switch {
		case text == "" || i == serial:
		case label != "":
			piece.Before, piece.Plain = "；"+label+"："+piece.Before, true
			units = append(units, piece)
		default:
			piece.Before = " | " + piece.Before
			words = append(words, piece)
		}
	}
	if len(words) > 0 {
		words[0].Before = strings.TrimPrefix(words[0].Before, " | ")
	}
	if serial >= 0 {
		if len(words) > 0 {
			words[0].Before = ". " + words[0].Before
		}
		words = append([]Piece{{Cell: serial, Plain: true, Serial: true}}, words...)
	}
	if len(units) > 0 {
		units[0].Before = "〔" + strings.TrimPrefix(units[0].Before, "；")
		units = append(units, Piece{Before: "〕", Cell: -1})
	}
	return append(words, units...)
}

// IsSerial says that a cell is the number of its row.
func IsSerial(cell string) bool { return bareNumber.MatchString(strings.TrimSpace(cell)) }

// SerialEnd is where the number of a serial cell ends, in bytes; a stop may follow it.
func SerialEnd(cell string) int { return len(strings.TrimRight(cell, ".．、")) }

// Between is what stands between two lines of a cell: two offices on two lines
// are two names, all else is parted by a space.
func Between(above, below string) string {
	if office.MatchString(strings.TrimSpace(above)) && office.MatchString(strings.TrimSpace(below)) && short(above) && short(below) {
		return "、"
	}
	return " "
}

func short(s string) bool {
	return utf8.RuneCountInString(s) <= 24 && !strings.ContainsAny(s, "，,。；") && !strings.ContainsFunc(s, unicode.IsDigit)
}

// JoinCell makes one line of a cell's lines.
func JoinCell(lines []string) string {
	out := ""
	for _, s := range lines {
		switch s = strings.TrimSpace(s); {
		case s == "":
		case out == "":
			out = s
		default:
			out += Between(out[strings.LastIndexAny(out, "、 ")+1:], s) + s
		}
	}
	return out
}

// Line writes a row of cells that hold plain lines.
func (c *Columns) Line(cells []string, covered []bool) (line string, row Row) {
	var b strings.Builder
	for i := range cells {
		cells[i] = JoinCell(strings.Split(cells[i], "\n"))
	}
	row = c.Row(cells, covered)
	for _, p := range row.Pieces {
		b.WriteString(p.Before)
		if p.Cell < 0 {
			continue
		}
		s := cells[p.Cell]
		if p.Plain {
			s = strings.TrimSpace(strings.ReplaceAll(s, "**", ""))
		}
		if p.Serial {
			s = s[:SerialEnd(s)]
		}
		s = s[min(p.Skip, len(s)):]
		b.WriteString(s)
	}
	return b.String(), row
}
