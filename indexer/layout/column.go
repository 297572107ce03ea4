package layout

import (
	"cmp"
	"maps"
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
	// table is a table that stands here, in place of lines.
	table *grid
}

// A gutter parts newspaper columns when both sides have so many lines, so wide,
// that mostly fill their width; a table's cells do not.
const (
	columnLines  = 5
	columnWidth  = 8
	columnFilled = 0.75
	// deepest is how often a page may be cut into columns.
	deepest = 8
)

// columns cuts a page into blocks in reading order: what stands across the
// page keeps its place, columns below it follow one another. known are the
// gutters of the document's other pages.
func columns(rows []line, known []float64, depth int) []block {
	if len(rows) == 0 {
		return nil
	}
	gutter, ok := findGutter(rows)
	if !ok {
		gutter, ok = keepsClear(rows, known)
	}
	if !ok {
		gutter, ok = findRunningGutter(rows)
	}
	if !ok || depth >= deepest {
		return []block{newBlock(rows)}
	}
	var out []block
	var left, right, across []line
	flush := func() {
		out = append(append(out, columns(left, known, depth+1)...), columns(right, known, depth+1)...)
		left, right = nil, nil
	}
	titles := true
	em := medianEm(rows)
	for _, l := range rows {
		// Large lines at the top are the title of all columns, even one short
		// enough to stand within one of them.
		titles = titles && l.em > 1.2*em
		if titles || l.x0 < gutter && l.x1 > gutter {
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

// gutters lists the places at which columns would cut a page.
func gutters(rows []line, depth int) []float64 {
	at, ok := findGutter(rows)
	if !ok || depth >= deepest {
		return nil
	}
	left, right := beside(rows, at)
	return append(append(gutters(left, depth+1), at), gutters(right, depth+1)...)
}

// sharedGutters are those that a third of the pages show: a page whose
// columns are too short to show them is cut there too.
func sharedGutters(pages [][]line) []float64 {
	type place struct {
		at, em float64
		pages  int
	}
	var found []place
	for _, rows := range pages {
	next:
		for _, at := range gutters(rows, 0) {
			for k := range found {
				if math.Abs(found[k].at-at) < found[k].em {
					found[k].pages++
					continue next
				}
			}
			if len(found) < 64 {
				found = append(found, place{at, medianEm(rows), 1})
			}
		}
	}
	var out []float64
	for _, f := range found {
		if f.pages*3 >= len(pages) {
			out = append(out, f.at)
		}
	}
	slices.Sort(out)
	return out
}

// keepsClear gives the first of the known gutters that has lines to both sides
// and few across.
func keepsClear(rows []line, known []float64) (float64, bool) {
	for _, at := range known {
		left, right := beside(rows, at)
		if len(left) > 0 && len(right) > 0 && (len(left)+len(right))*10 >= len(rows)*6 {
			return at, true
		}
	}
	return 0, false
}

// beside gives the lines to the left and to the right of a place.
func beside(rows []line, at float64) (left, right []line) {
	for _, l := range rows {
		switch {
		case l.x1 <= at:
			left = append(left, l)
		case l.x0 >= at:
			right = append(right, l)
		}
	}
	return left, right
}

// findGutter looks for the leftmost place that most lines keep clear of, with
// a full column next to it on both sides; further columns are found by looking
// at the sides again.
func findGutter(rows []line) (float64, bool) {
	if len(rows) < 2*columnLines {
		return 0, false
	}
	em := medianEm(rows)
	best, most := 0.0, 0
	for _, at := range beginnings(rows, em) {
		if most > 0 && at > best+2*em {
			break
		}
		left, right := beside(rows, at)
		clear := len(left) + len(right)
		if clear <= most || clear*10 < len(rows)*6 {
			continue
		}
		left, right = nextTo(left, em, false), nextTo(right, em, true)
		if isColumn(left, em) && isColumn(right, em) && sideBySide(left, right) {
			best, most = at, clear
		}
	}
	return best, most > 0
}

// beginnings lists where lines begin, from the left, the commonest if they are many.
func beginnings(rows []line, em float64) []float64 {
	const tries = 64
	counts := map[int]int{}
	places := map[int]float64{}
	for _, l := range rows {
		key := int(math.Round(l.x0 / (0.5 * em)))
		if at, ok := places[key]; !ok || l.x0 < at {
			places[key] = l.x0
		}
		counts[key]++
	}
	keys := slices.SortedFunc(maps.Keys(places), func(a, b int) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	keys = keys[:min(len(keys), tries)]
	slices.Sort(keys)
	out := make([]float64, len(keys))
	for i, k := range keys {
		out[i] = places[k] - 0.3*em
	}
	return out
}

// nextTo gives the lines of the one column that lies next to a gutter: as wide
// as most of the lines are that begin, or end, at it.
func nextTo(rows []line, em float64, right bool) []line {
	if len(rows) < columnLines {
		return nil
	}
	x0, x1 := edges(rows)
	var begin, end []float64
	for _, l := range rows {
		if right && l.x0 <= x0+4*em || !right && l.x1 >= x1-4*em {
			begin, end = append(begin, l.x0), append(end, l.x1)
		}
	}
	slices.Sort(begin)
	slices.Sort(end)
	from, to := begin[len(begin)/5], end[len(end)-1-len(end)/5]
	var out []line
	for _, l := range rows {
		if l.x1 > from && l.x0 < to {
			out = append(out, l)
		}
	}
	return out
}

// isColumn says that lines fill a column. Lines that stand across it and its
// neighbours do not count.
func isColumn(rows []line, em float64) bool {
	if len(rows) < columnLines {
		return false
	}
	widths := make([]float64, len(rows))
	for i, l := range rows {
		widths[i] = l.x1 - l.x0
	}
	slices.Sort(widths)
	width := widths[len(widths)-1-len(widths)/10]
	if width < columnWidth*em {
		return false
	}
	full := 0
	for _, w := range widths {
		if w > columnFilled*width {
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
		b.right = commonEdge(longer(b.lines, (b.right-b.left)/2), em, b.right, func(l line) float64 { return l.x1 }, 1)
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

// longer gives the lines of more than a length: short ones do not show where
// a column ends.
func longer(lines []line, length float64) []line {
	var out []line
	for _, l := range lines {
		if l.x1-l.x0 > length {
			out = append(out, l)
		}
	}
	return out
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
