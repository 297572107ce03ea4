package layout

import (
	"cmp"
	"math"
	"slices"
)

// block is a run of lines in one column, from top to bottom.
type block struct {
	lines []line
	// left and right are the column's edges, as its lines show them.
	left, right float64
	// step is the usual distance from line to line, 0 where that is not known.
	step float64
}

// A gutter parts newspaper columns when both sides have so many lines, so wide,
// that mostly fill their width; a table's cells do not.
const (
	columnLines  = 5
	columnWidth  = 8
	columnFilled = 0.75
	// deepest is how often a page may be cut into columns.
	deepest = 4
)

// columns cuts a page into blocks in reading order: what stands across the
// page keeps its place, columns below it follow one another.
func columns(rows []line, depth int) []block {
	if len(rows) == 0 {
		return nil
	}
	gutter, ok := findGutter(rows)
	if !ok || depth >= deepest {
		return []block{newBlock(rows)}
	}
	var out []block
	var left, right, across []line
	flush := func() {
		out = append(append(out, columns(left, depth+1)...), columns(right, depth+1)...)
		left, right = nil, nil
	}
	for _, l := range rows {
		if l.x0 < gutter && l.x1 > gutter {
			flush()
			across = append(across, l)
			continue
		}
		if len(across) > 0 {
			out = append(out, newBlock(across))
			across = nil
		}
		if l.x1 <= gutter {
			left = append(left, l)
		} else {
			right = append(right, l)
		}
	}
	flush()
	if len(across) > 0 {
		out = append(out, newBlock(across))
	}
	return out
}

// findGutter looks for the place that most lines keep clear of, with full
// columns to both sides.
func findGutter(rows []line) (float64, bool) {
	if len(rows) < 2*columnLines {
		return 0, false
	}
	em := medianEm(rows)
	best, most := 0.0, 0
	tried := map[int]bool{}
	for _, l := range rows {
		at := l.x0 - 0.3*em
		if key := int(math.Round(at / (0.5 * em))); tried[key] || len(tried) > 64 {
			continue
		} else {
			tried[key] = true
		}
		var left, right []line
		for _, m := range rows {
			switch {
			case m.x1 <= at:
				left = append(left, m)
			case m.x0 >= at:
				right = append(right, m)
			}
		}
		clear := len(left) + len(right)
		if clear > most && clear*10 >= len(rows)*6 && isColumn(left, em) && isColumn(right, em) && sideBySide(left, right) {
			best, most = at, clear
		}
	}
	return best, most > 0
}

// isColumn says that lines fill a column.
func isColumn(rows []line, em float64) bool {
	if len(rows) < columnLines {
		return false
	}
	x0, x1 := edges(rows)
	if x1-x0 < columnWidth*em {
		return false
	}
	full := 0
	for _, l := range rows {
		if l.x1-l.x0 > columnFilled*(x1-x0) {
			full++
		}
	}
	return full*10 >= len(rows)*6
}

// sideBySide says that two columns stand next to each other for most of the shorter one.
func sideBySide(a, b []line) bool {
	top := max(a[0].y, b[0].y)
	bottom := min(a[len(a)-1].y, b[len(b)-1].y)
	height := min(a[len(a)-1].y-a[0].y, b[len(b)-1].y-b[0].y)
	return bottom-top > 0.5*height
}

func edges(rows []line) (x0, x1 float64) {
	x0, x1 = rows[0].x0, rows[0].x1
	for _, l := range rows {
		x0, x1 = min(x0, l.x0), max(x1, l.x1)
	}
	return x0, x1
}

func medianEm(rows []line) float64 {
	sizes := make([]float64, len(rows))
	for i, l := range rows {
		sizes[i] = l.em
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// newBlock joins the pieces of rows that stand on one baseline, and measures
// the column: its left edge is where most lines begin that begin leftmost, its
// right edge where the full lines end.
func newBlock(rows []line) block {
	slices.SortStableFunc(rows, func(a, b line) int {
		if math.Abs(a.y-b.y) < 0.35*min(a.em, b.em) {
			return cmp.Compare(a.x0, b.x0)
		}
		return cmp.Compare(a.y, b.y)
	})
	var b block
	for _, l := range rows {
		if n := len(b.lines); n > 0 && math.Abs(b.lines[n-1].y-l.y) < 0.35*min(l.em, b.lines[n-1].em) {
			prev := &b.lines[n-1]
			prev.glyphs = append(append(slices.Clone(prev.glyphs), Glyph{R: ' ', X0: prev.x1, X1: l.x0, Y: l.y, Size: l.em}), l.glyphs...)
			prev.x1, prev.cells = max(prev.x1, l.x1), true
			continue
		}
		b.lines = append(b.lines, l)
	}
	b.left, b.right = edges(b.lines)
	b.step = usualStep(b.lines)
	if em := medianEm(b.lines); len(b.lines) >= 6 {
		b.left = commonEdge(b.lines, em, b.left, func(l line) float64 { return l.x0 }, -1)
		b.right = commonEdge(b.lines, em, b.right, func(l line) float64 { return l.x1 }, 1)
	}
	return b
}

// usualStep is the distance from line to line that is met most: the lower
// quartile, so that gaps between paragraphs do not count.
func usualStep(lines []line) float64 {
	if len(lines) < 6 {
		return 0
	}
	var steps []float64
	for i := 1; i < len(lines); i++ {
		steps = append(steps, lines[i].y-lines[i-1].y)
	}
	slices.Sort(steps)
	return steps[len(steps)/4]
}

// commonEdge gives the outermost edge that at least a fifth of the lines share.
func commonEdge(lines []line, em, outermost float64, edge func(line) float64, side float64) float64 {
	best, found := outermost, false
	for _, l := range lines {
		at, n := edge(l), 0
		for _, m := range lines {
			if math.Abs(edge(m)-at) < 0.8*em {
				n++
			}
		}
		if n*5 >= len(lines) && (!found || (at-best)*side > 0) {
			best, found = at, true
		}
	}
	return best
}
