package docx

import (
	"regexp"
	"strings"
)

// table is a table being read: rows of cells of lines.
type table struct{ rows [][][]string }

// table is the innermost open one.
func (w *walker) table() *table {
	if len(w.tables) == 0 {
		return nil
	}
	return w.tables[len(w.tables)-1]
}

// add puts a line into the open cell.
func (t *table) add(s string) bool {
	r := len(t.rows) - 1
	if r < 0 || len(t.rows[r]) == 0 {
		return false
	}
	c := len(t.rows[r]) - 1
	t.rows[r][c] = append(t.rows[r][c], s)
	return true
}

// duty matches the head of a column that names who is in charge.
var (
	dutyColumn = regexp.MustCompile(`^(?:牵头领导|责任领导|分管领导|牵头单位|牵头部门|责任单位|责任部门|配合单位|配合部门|协办单位|主办单位)$`)
	bareNumber = regexp.MustCompile(`^[0-9０-９]{1,3}[.．、]?$`)
)

// lines writes a table: a row a line, its cells parted by bars. A number in
// the first cell numbers the entry, and columns of units become a bracket at
// its end, as lists print them. A table of one column only lays text out.
func (t *table) lines() []string {
	var out []string
	var duties []string
	for _, row := range t.rows {
		if len(row) == 1 {
			out = append(out, row[0]...)
			continue
		}
		cells := make([]string, len(row))
		filled := 0
		for i, c := range row {
			cells[i] = strings.TrimSpace(strings.ReplaceAll(strings.Join(c, " "), "\n", " "))
			if cells[i] != "" {
				filled++
			}
		}
		if filled == 0 {
			continue
		}
		if d := dutyColumns(cells); d != nil {
			duties = d
		}
		out = append(out, rowLine(cells, duties, filled))
	}
	return out
}

// dutyColumns gives the names of a header row's duty columns by position, or nil.
func dutyColumns(cells []string) []string {
	var out []string
	for i, c := range cells {
		if name := strings.Join(strings.Fields(strings.ReplaceAll(c, "**", "")), ""); dutyColumn.MatchString(name) {
			if out == nil {
				out = make([]string, len(cells))
			}
			out[i] = name
		}
	}
	return out
}

func rowLine(cells, duties []string, filled int) string {
	number := ""
	if bare := strings.ReplaceAll(cells[0], "**", ""); bareNumber.MatchString(bare) && filled > 1 {
		number = strings.TrimRight(bare, ".．、") + ". "
	}
	var words, units []string
	for i, c := range cells {
		switch {
		case c == "" || i == 0 && number != "":
		case number != "" && i < len(duties) && duties[i] != "":
			units = append(units, duties[i]+"："+strings.ReplaceAll(c, "**", ""))
		default:
			words = append(words, c)
		}
	}
	line := number + strings.Join(words, " | ")
	if len(units) > 0 {
		line += "〔" + strings.Join(units, "；") + "〕"
	}
	return line
}
