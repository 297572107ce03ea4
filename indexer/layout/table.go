package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/indexer/plain"
)

// Rule is a printed line, level or upright.
type Rule struct{ X0, Y0, X1, Y1 float64 }

// grid is a table that rules draw: its columns' and rows' edges, and what its
// cells say.
type grid struct {
	xs, ys []float64
	// cells hold the text by row and column; covered says which cells a taller
	// one from above stands over.
	cells   [][]string
	covered [][]bool
}

// Limits of a table, and of the rules of a page that are looked at.
const (
	maxGridColumns = 64
	maxGridRows    = 500
	maxRules       = 5000
	// sameColumn is how far, as a share of a table's width, a column may stand
	// elsewhere on the next page.
	sameColumn = 0.02
)

// grids finds the tables of a page and takes their characters out of it.
func grids(p *Page) []grid {
	if len(p.Rules) < 4 || len(p.Rules) > maxRules || len(p.Glyphs) == 0 {
		return nil
	}
	em := glyphEm(p.Glyphs)
	level, upright := straight(p.Rules, em)
	var out []grid
	for _, part := range joined(level, upright, 0.3*em) {
		if g, ok := newGrid(part, em); ok {
			g.fill(p, part, em)
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b grid) int { return cmp.Compare(a.ys[0], b.ys[0]) })
	return out
}

func glyphEm(glyphs []Glyph) float64 {
	sizes := make([]float64, len(glyphs))
	for i, g := range glyphs {
		sizes[i] = g.Size
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// straight parts rules that are level from upright ones; others, and short
// ones, are no table's.
func straight(rules []Rule, em float64) (level, upright []Rule) {
	for _, r := range rules {
		r = Rule{min(r.X0, r.X1), min(r.Y0, r.Y1), max(r.X0, r.X1), max(r.Y0, r.Y1)}
		w, h := r.X1-r.X0, r.Y1-r.Y0
		switch {
		case math.IsNaN(w+h) || math.IsInf(w+h, 0):
		case h < 0.2*em && w > 0.8*em:
			level = append(level, r)
		case w < 0.2*em && h > 0.8*em:
			upright = append(upright, r)
		}
	}
	return level, upright
}

// ruled are the rules of one table.
type ruled struct{ level, upright []Rule }

// joined groups rules that meet.
func joined(level, upright []Rule, near float64) []ruled {
	n := len(level)
	parent := make([]int, n+len(upright))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	meet := func(a, b Rule) bool {
		return a.X0 <= b.X1+near && b.X0 <= a.X1+near && a.Y0 <= b.Y1+near && b.Y0 <= a.Y1+near
	}
	for i, a := range level {
		for k, b := range upright {
			if meet(a, b) {
				parent[find(i)] = find(n + k)
			}
		}
	}
	groups := map[int]*ruled{}
	var order []int
	group := func(i int) *ruled {
		root := find(i)
		if groups[root] == nil {
			groups[root] = &ruled{}
			order = append(order, root)
		}
		return groups[root]
	}
	for i, r := range level {
		g := group(i)
		g.level = append(g.level, r)
	}
	for k, r := range upright {
		g := group(n + k)
		g.upright = append(g.upright, r)
	}
	out := make([]ruled, len(order))
	for i, root := range order {
		out[i] = *groups[root]
	}
	return out
}

// newGrid reads where a table's columns and rows lie. Less than two of each is
// a frame or a line below a heading.
func newGrid(r ruled, em float64) (grid, bool) {
	var xs, ys []float64
	for _, l := range r.level {
		ys = append(ys, (l.Y0+l.Y1)/2)
	}
	for _, u := range r.upright {
		xs = append(xs, (u.X0+u.X1)/2)
		ys = append(ys, u.Y0, u.Y1)
	}
	for _, l := range r.level {
		xs = append(xs, l.X0, l.X1) // a table may be open at its sides
	}
	g := grid{xs: distinct(xs, 0.5*em), ys: distinct(ys, 0.5*em)}
	columns, rows := len(g.xs)-1, len(g.ys)-1
	if len(r.level) < 2 || len(r.upright) < 1 || columns < 2 || rows < 2 || columns > maxGridColumns || rows > maxGridRows {
		return grid{}, false
	}
	return g, true
}

// distinct sorts places and keeps one of those that lie close together.
func distinct(at []float64, near float64) []float64 {
	slices.Sort(at)
	var out []float64
	for _, x := range at {
		if len(out) == 0 || x-out[len(out)-1] > near {
			out = append(out, x)
		}
	}
	return out
}

// fill puts the page's characters that stand in the table into its cells.
func (g *grid) fill(p *Page, r ruled, em float64) {
	columns, rows := len(g.xs)-1, len(g.ys)-1
	inside := make([][]Glyph, rows*columns)
	owner := g.regions(r, em)
	p.Glyphs = slices.DeleteFunc(p.Glyphs, func(c Glyph) bool {
		i, k := between(g.ys, c.Y-0.35*c.Size), between(g.xs, (c.X0+c.X1)/2)
		if i < 0 || k < 0 {
			return false
		}
		at := owner[i*columns+k]
		inside[at] = append(inside[at], c)
		return true
	})
	g.cells, g.covered = make([][]string, rows), make([][]bool, rows)
	for i := range rows {
		g.cells[i], g.covered[i] = make([]string, columns), make([]bool, columns)
		for k := range columns {
			at := owner[i*columns+k]
			if at == i*columns+k {
				right := k + 1
				for right < columns && owner[i*columns+right] == at {
					right++
				}
				g.cells[i][k] = cellText(inside[at], g.xs[right], em)
			}
			g.covered[i][k] = at/columns < i && at%columns == k
		}
	}
}

// between gives the gap between two places in which at lies, -1 for none.
func between(places []float64, at float64) int {
	i, _ := slices.BinarySearch(places, at)
	if i == 0 || i == len(places) {
		return -1
	}
	return i - 1
}

// regions gives for each cell the first one, from the top left, of those that no
// rule parts from it.
func (g *grid) regions(r ruled, em float64) []int {
	columns, rows := len(g.xs)-1, len(g.ys)-1
	level, upright := make([][]Rule, rows+1), make([][]Rule, columns+1)
	for _, l := range r.level {
		if i := nearest(g.ys, (l.Y0+l.Y1)/2, 0.5*em); i >= 0 {
			level[i] = append(level[i], l)
		}
	}
	for _, u := range r.upright {
		if k := nearest(g.xs, (u.X0+u.X1)/2, 0.5*em); k >= 0 {
			upright[k] = append(upright[k], u)
		}
	}
	owner := make([]int, rows*columns)
	for i := range rows {
		for k := range columns {
			at := i*columns + k
			owner[at] = at
			midX, midY := (g.xs[k]+g.xs[k+1])/2, (g.ys[i]+g.ys[i+1])/2
			above := i > 0 && !slices.ContainsFunc(level[i], func(l Rule) bool { return l.X0 <= midX && midX <= l.X1 })
			left := k > 0 && !slices.ContainsFunc(upright[k], func(u Rule) bool { return u.Y0 <= midY && midY <= u.Y1 })
			switch {
			case above:
				owner[at] = owner[at-columns]
			case left:
				owner[at] = owner[at-1]
			}
		}
	}
	return owner
}

// nearest gives the place that lies within near of at, -1 for none.
func nearest(places []float64, at, near float64) int {
	i, _ := slices.BinarySearch(places, at)
	for _, k := range []int{i - 1, i} {
		if k >= 0 && k < len(places) && math.Abs(places[k]-at) <= near {
			return k
		}
	}
	return -1
}

// cellText puts the lines of a cell together. A line goes on in the next one;
// only offices on lines of their own, short of the cell's right edge, are parted.
func cellText(glyphs []Glyph, right, em float64) string {
	var out strings.Builder
	var last line
	for _, row := range baselines(glyphs) {
		l, ok := newLine(row)
		if !ok {
			continue
		}
		if out.Len() > 0 {
			out.WriteString(seam(last, l, right-last.x1 > 2.2*em))
		}
		out.WriteString(plain.Marked(l.runs()))
		last = l
	}
	return strings.ReplaceAll(out.String(), "****", "")
}

// seam is what stands between two lines of a cell; short says that the upper
// one ends before the cell does.
func seam(above, below line, short bool) string {
	a, b := above.glyphs[len(above.glyphs)-1].R, below.glyphs[0].R
	if a < utf8.RuneSelf && b < utf8.RuneSelf && unicode.IsLetter(a) && unicode.IsLetter(b) {
		return " "
	}
	if between := plain.Between(above.text(), below.text()); short && between != " " {
		return between
	}
	return ""
}

// tables writes the grids of a document one after the other; a table that goes
// on on the next page keeps its head.
type tables struct {
	columns plain.Columns
	xs      []float64
	// held is the last row, which the next page may go on with.
	held    []string
	covered []bool
	page    int
}

// write writes a grid.
func (t *tables) write(w *plain.Writer, g *grid, page int) {
	same := len(t.xs) == len(g.xs) && page <= t.page+1
	for i := range t.xs {
		same = same && math.Abs(t.xs[i]-g.xs[i]) < sameColumn*(g.xs[len(g.xs)-1]-g.xs[0])
	}
	if !same {
		t.flush(w)
		t.columns, t.xs = plain.Columns{}, g.xs
	}
	for i, cells := range g.cells {
		if i == 0 && same && page == t.page+1 && t.goesOn(cells) {
			continue
		}
		t.flush(w)
		t.held, t.covered = cells, g.covered[i]
	}
	t.page = page
}

// goesOn adds the first row of a page to the last one of the page before where
// it has no number and the table numbers its rows.
func (t *tables) goesOn(cells []string) bool {
	if t.held == nil || len(cells) != len(t.held) || cells[0] != "" || !plain.IsSerial(t.held[0]) {
		return false
	}
	for i, s := range cells {
		t.held[i] += s
	}
	return true
}

// flush writes the row that was held back.
func (t *tables) flush(w *plain.Writer) {
	if t.held == nil {
		return
	}
	cells, covered := t.held, t.covered
	t.held, t.covered = nil, nil
	filled := 0
	for _, s := range cells {
		if strings.TrimSpace(s) != "" {
			filled++
		}
	}
	if filled == 1 && !slices.Contains(covered, true) {
		for _, s := range cells {
			w.Paragraph(s)
		}
		return
	}
	w.Row(t.columns.Line(cells, covered))
}

// around lays out what stands above, between and below a page's tables.
func around(rows []line, drawn []grid, known []float64) []block {
	var out []block
	for i := range drawn {
		n := 0
		for n < len(rows) && rows[n].y < drawn[i].ys[0] {
			n++
		}
		out = append(out, columns(rows[:n], known, 0)...)
		out = append(out, block{table: &drawn[i]})
		rows = rows[n:]
	}
	return append(out, columns(rows, known, 0)...)
}
