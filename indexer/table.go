package indexer

// How the tables of web pages and Markdown become lines: see [plain.Columns].

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"youju/indexer/plain"
)

// htmlTable is an open table of a page: what its head says, and its open row.
type htmlTable struct {
	// depth is how many elements were open with it.
	depth   int
	columns plain.Columns
	// covered counts, by column, the rows that a taller cell still covers;
	// standing are the columns where one from above stands in the open row.
	covered  []int
	standing []bool
	// from is the first block of the open row; cells are its cells, nil without a row.
	from  int
	cells []htmlCell
	// nested says that a table stands in the open row, which then lays text out.
	nested bool
}

// htmlCell says in which columns a cell stands and with which block it begins.
type htmlCell struct{ first, last, from int }

// Limits of a row: a wider table is no table, a cell of more lines lays text out.
const (
	maxColumns   = 64
	maxCellLines = 8
)

func (r *htmlReader) table() *htmlTable {
	if len(r.tables) == 0 {
		return nil
	}
	return r.tables[len(r.tables)-1]
}

// startInTable reads the beginning of a table, a row or a cell.
func (r *htmlReader) startInTable(tag html.Token) {
	t := r.table()
	switch {
	case tag.DataAtom == atom.Table && !r.outside():
		if t != nil {
			t.nested = true
		}
		r.tables = append(r.tables, &htmlTable{depth: len(r.open), from: len(r.blocks)})
	case t == nil:
	case tag.DataAtom == atom.Tr:
		r.endRow()
		t.from = len(r.blocks)
	case tag.DataAtom != atom.Table:
		t.startCell(tag, len(r.blocks))
	}
}

// closeTables ends the tables that began deeper than depth.
func (r *htmlReader) closeTables(depth int) {
	for t := r.table(); t != nil && t.depth > depth; t = r.table() {
		r.endRow()
		r.tables = r.tables[:len(r.tables)-1]
	}
}

// startCell opens a cell behind those of the row and of taller ones above it.
func (t *htmlTable) startCell(tag html.Token, from int) {
	at := 0
	if n := len(t.cells); n > 0 {
		at = t.cells[n-1].last + 1
	}
	for at < len(t.covered) && t.covered[at] > 0 {
		at++
	}
	wide, tall := max(1, integer(tag, "colspan", 1)), max(1, integer(tag, "rowspan", 1))
	at = min(at, maxColumns-1)
	cell := htmlCell{at, min(at+min(wide, maxColumns), maxColumns) - 1, from}
	for ; at <= cell.last; at++ {
		for len(t.covered) <= at {
			t.covered = append(t.covered, 0)
		}
		t.covered[at] = tall
	}
	t.cells = append(t.cells, cell)
}

// endRow makes one block of the open row, unless it lays text out.
func (r *htmlReader) endRow() {
	t := r.table()
	if t == nil || len(t.cells) == 0 {
		return // between rows: their ends may be left out, or doubled by that of the table
	}
	if cells, covered := r.rowCells(t); cells != nil {
		b := rowBlock(cells, covered, &t.columns, r.blocks[t.from].line, r.blocks[t.from].gap)
		if r.blocks = r.blocks[:t.from]; b.s != "" {
			r.blocks = append(r.blocks, b)
		}
	}
	t.standing = t.standing[:0]
	for i := range t.covered {
		t.covered[i] = max(0, t.covered[i]-1)
		t.standing = append(t.standing, t.covered[i] > 0)
	}
	t.cells, t.nested, t.from = nil, false, len(r.blocks)
}

// rowBlock makes a block of a row's cells.
func rowBlock(cells []text, covered []bool, columns *plain.Columns, line int, gap bool) block {
	t, row, aside := rowText(cells, covered, columns)
	b := newBlock(t, line, gap)
	if b.text.bold == nil {
		b.text.bold = t.bold
	}
	b.rule, b.glued, b.bullet, b.heading = false, false, false, false
	b.row, b.columns, b.aside = !row.Title, row.Head, aside
	return b
}

// rowCells gives the texts of a row by column and says which of them taller
// cells stand over, or nil where the row lays text out: one cell alone, a table
// within it, long cells, headings.
func (r *htmlReader) rowCells(t *htmlTable) (out []text, covered []bool) {
	tall := slices.Contains(t.standing, true)
	if len(t.cells) < 2 && !tall || t.nested || t.cells[0].from != t.from {
		return nil, nil
	}
	cells := make([]builder, max(len(t.standing), t.cells[len(t.cells)-1].last+1))
	filled := 0
	for i, c := range t.cells {
		end := len(r.blocks)
		if i+1 < len(t.cells) {
			end = t.cells[i+1].from
		}
		if end-c.from > maxCellLines {
			return nil, nil
		}
		if end > c.from {
			filled++
		}
		for _, b := range r.blocks[c.from:end] {
			if b.rule || b.heading {
				return nil, nil
			}
			joinCell(&cells[c.first], b.text)
		}
	}
	if filled < 2 && !tall || filled == 0 {
		return nil, nil
	}
	out = make([]text, len(cells))
	for i := range cells {
		out[i] = cells[i].text()
	}
	return out, t.standing
}

// joinCell adds a line to a cell.
func joinCell(cell *builder, line text) {
	if cell.len() == 0 {
		cell.add("", line)
		return
	}
	before := cell.text().s
	cell.add(plain.Between(before[strings.LastIndexAny(before, "、 ")+1:], line.s), line)
}

// barredCells gives the cells of a row of a Markdown table, or nil for a line that is none.
func barredCells(t text) []text {
	if len(t.s) < 3 || t.s[0] != '|' || t.s[len(t.s)-1] != '|' {
		return nil
	}
	var out []text
	for at := 1; at < len(t.s); {
		end := at + strings.IndexByte(t.s[at:], '|')
		out = append(out, t.sub(at, end).trim())
		at = end + 1
	}
	return out
}

// rowText puts a row's line together; what comes from the source leads back to
// it. aside are the cells that the line does not hold: those that say nothing,
// or only that they repeat what stands above them.
func rowText(cells []text, covered []bool, columns *plain.Columns) (line text, row plain.Row, aside []text) {
	bare := make([]string, len(cells))
	for i, c := range cells {
		cells[i] = c.unmark().trim()
		bare[i] = cells[i].s
	}
	var out builder
	row = columns.Row(bare, covered)
	used := make([]bool, len(cells))
	for _, p := range row.Pieces {
		var c text
		if p.Cell >= 0 {
			c, used[p.Cell] = cells[p.Cell], true
		}
		if p.Serial {
			c = c.sub(0, plain.SerialEnd(c.s))
		}
		if p.Skip > 0 {
			c = c.sub(p.Skip, len(c.s))
		}
		if p.Plain {
			c.bold = nil
		}
		out.add(p.Before, c)
	}
	for i, c := range cells {
		if !used[i] && c.s != "" {
			aside = append(aside, c)
		}
	}
	if out.len() == 0 {
		for _, c := range aside {
			out.add(" ", c)
		}
		return out.text().trim(), row, nil
	}
	return out.text(), row, aside
}
