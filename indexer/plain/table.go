package plain

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Columns says how the rows of a table become lines of text: a row a line, its
// cells parted by bars. A serial number numbers the entry, and columns of units
// in charge become a bracket at its end, as lists print them. It remembers what
// the table's head called its columns; its zero value is a table without one.
type Columns struct {
	// serial is the column of numbers, counted from 1; 0 where no head names one.
	serial int
	// duties holds the names of the columns that say who is in charge.
	duties []string
	// headed says that the row before was the head's: a second one adds to it.
	headed bool
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
}

var (
	// dutyHead matches the head of a column that names who is in charge.
	dutyHead   = regexp.MustCompile(`^(?:牵头领导|责任领导|分管领导|牵头单位|牵头部门|责任单位|责任部门|配合单位|配合部门|协办单位|主办单位)$`)
	serialHead = regexp.MustCompile(`^(?:序号|编号|序)$`)
	bareNumber = regexp.MustCompile(`^[0-9０-９]{1,3}[.．、]?$`)
)

// Row gives the line of a row in pieces; a row without text has none. Cells
// that a wider or taller one covers are empty.
func (c *Columns) Row(cells []string) []Piece {
	bare := make([]string, len(cells))
	filled := 0
	for i, s := range cells {
		bare[i] = strings.TrimSpace(strings.ReplaceAll(s, "**", ""))
		if bare[i] != "" {
			filled++
		}
	}
	if c.head(bare) || filled == 0 {
		return barred(bare, -1, nil)
	}
	serial := max(c.serial-1, 0)
	if !numbers(bare, serial) {
		return barred(bare, -1, nil)
	}
	return barred(bare, serial, c.duties)
}

// numbers says that a cell is the number of its row: words stand in another one.
func numbers(bare []string, cell int) bool {
	return cell < len(bare) && bareNumber.MatchString(bare[cell]) &&
		slices.ContainsFunc(bare, func(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 })
}

// head reads a row that names columns; other rows leave all as it was.
func (c *Columns) head(bare []string) bool {
	duties, serial := make([]string, len(bare)), 0
	for i, s := range bare {
		switch s = strings.Join(strings.Fields(s), ""); {
		case dutyHead.MatchString(s):
			duties[i] = s
		case s == "" && i > 0 && !c.headed:
			duties[i] = duties[i-1] // a head over several columns
		case serialHead.MatchString(s):
			serial = i + 1
		}
	}
	known := serial > 0 || slices.ContainsFunc(duties, func(s string) bool { return s != "" })
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

func barred(bare []string, serial int, duties []string) []Piece {
	var words, units []Piece
	for i, s := range bare {
		switch {
		case s == "" || i == serial:
		case i < len(duties) && duties[i] != "":
			units = append(units, Piece{Before: "；" + duties[i] + "：", Cell: i, Plain: true})
		default:
			words = append(words, Piece{Before: " | ", Cell: i})
		}
	}
	if len(words) > 0 {
		words[0].Before = ""
	}
	if serial >= 0 {
		if len(words) > 0 {
			words[0].Before = ". "
		}
		words = append([]Piece{{Cell: serial, Plain: true, Serial: true}}, words...)
	}
	if len(units) > 0 {
		units[0].Before = "〔" + strings.TrimPrefix(units[0].Before, "；")
		units = append(units, Piece{Before: "〕", Cell: -1})
	}
	return append(words, units...)
}

// SerialEnd is where the number of a serial cell ends, in bytes; a stop may follow it.
func SerialEnd(cell string) int { return len(strings.TrimRight(cell, ".．、")) }

// Line writes a row of cells that hold plain lines.
func (c *Columns) Line(cells []string) string {
	var b strings.Builder
	for i := range cells {
		cells[i] = strings.TrimSpace(strings.ReplaceAll(cells[i], "\n", " "))
	}
	for _, p := range c.Row(cells) {
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
		b.WriteString(s)
	}
	return b.String()
}
