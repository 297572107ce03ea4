package docx

import (
	"slices"
	"strings"

	"youju/indexer/plain"
)

// table is a table being read: rows of cells of lines. cell is the open one,
// covered says by row which cells a taller one above stands over.
type table struct {
	rows    [][][]string
	covered [][]bool
	cell    int
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

// begin begins a row.
func (t *table) begin() {
	t.rows, t.covered = append(t.rows, nil), append(t.covered, nil)
}

// cover says that the open cell goes on with the one above it.
func (t *table) cover() {
	r := len(t.rows) - 1
	if r < 0 || len(t.rows[r]) == 0 {
		return
	}
	for len(t.covered[r]) <= t.cell {
		t.covered[r] = append(t.covered[r], false)
	}
	t.covered[r][t.cell] = true
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

// write writes a table: a row a line. A row of one cell only lays text out,
// unless taller cells stand beside it.
func (t *table) write(put func(string), row func(string, plain.Row)) {
	var columns plain.Columns
	for r, lines := range t.rows {
		cells, filled := make([]string, len(lines)), 0
		for i, c := range lines {
			if cells[i] = strings.Join(c, "\n"); strings.TrimSpace(cells[i]) != "" {
				filled++
			}
		}
		if filled == 1 && !slices.Contains(t.covered[r], true) {
			for _, line := range slices.Concat(lines...) {
				put(line)
			}
		} else if line, kind := columns.Line(cells, t.covered[r]); line != "" {
			row(line, kind)
		}
	}
}
