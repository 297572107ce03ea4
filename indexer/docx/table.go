package docx

import (
	"slices"
	"strings"

	"youju/indexer/plain"
)

// table is a table being read: rows of cells of lines. cell is the open one.
type table struct {
	rows [][][]string
	cell int
}

// table is the innermost open one.
func (w *walker) table() *table {
	if len(w.tables) == 0 {
		return nil
	}
	return w.tables[len(w.tables)-1]
}

// maxCells bounds a row that claims to be wider than any page.
const maxCells = 64

// open begins a cell.
func (t *table) open() {
	t.widen(1)
	if r := len(t.rows) - 1; r >= 0 {
		t.cell = len(t.rows[r]) - 1
	}
}

// widen lets the row's last cell stand over n more columns.
func (t *table) widen(n int) {
	if r := len(t.rows) - 1; r >= 0 {
		for ; n > 0 && len(t.rows[r]) < maxCells; n-- {
			t.rows[r] = append(t.rows[r], nil)
		}
	}
}

// add puts a line into the open cell.
func (t *table) add(s string) bool {
	r := len(t.rows) - 1
	if r < 0 || len(t.rows[r]) == 0 {
		return false
	}
	t.rows[r][t.cell] = append(t.rows[r][t.cell], s)
	return true
}

// lines writes a table: a row a line. A row of one cell only lays text out.
func (t *table) lines() []string {
	var out []string
	var columns plain.Columns
	for _, row := range t.rows {
		cells, filled := make([]string, len(row)), 0
		for i, c := range row {
			if cells[i] = strings.Join(c, " "); strings.TrimSpace(cells[i]) != "" {
				filled++
			}
		}
		if filled == 1 {
			out = append(out, slices.Concat(row...)...)
		} else if line := columns.Line(cells); line != "" {
			out = append(out, line)
		}
	}
	return out
}
