package layout

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Columns of few lines, or of many short paragraphs, do not fill their width.
// They are told by lines that run over: a full one without a stop, and the next
// one that goes on with it at the column's edge, on both sides of the gutter.
const (
	fewLines = 2
	// ranOver is the share of a column's lines that run over: one in so many.
	ranOver = 4
	// apartRows is how many times the usual step parts rows of a table.
	apartRows = 1.35
)

// findRunningGutter looks for the leftmost place to both sides of which text
// runs over from line to line. Cells of a table do not: they are short, or end
// with what they say, or begin anew together.
func findRunningGutter(rows []line) (float64, bool) {
	if len(rows) < 2*fewLines {
		return 0, false
	}
	em := medianEm(rows)
	for _, at := range beginnings(rows, em) {
		left, right := beside(rows, at)
		if (len(left)+len(right))*10 < len(rows)*6 {
			continue
		}
		right = firstColumn(right, em)
		if runsOver(left, em) && runsOver(right, em) && sideBySide(left, right) && !beginTogether(left, right) {
			return at, true
		}
	}
	return 0, false
}

// firstColumn gives the lines of the leftmost of several columns.
func firstColumn(rows []line, em float64) []line {
	if len(rows) == 0 {
		return nil
	}
	x0, _ := edges(rows)
	return slices.DeleteFunc(slices.Clone(rows), func(l line) bool { return l.x0 > x0+4*em })
}

// runsOver says that lines are a column of running text.
func runsOver(rows []line, em float64) bool {
	if len(rows) < fewLines {
		return false
	}
	x0, x1 := edges(rows)
	if x1-x0 < columnWidth*em {
		return false
	}
	step, over, paused := smallestStep(rows), 0, false
	for i, l := range rows {
		s := l.text()
		paused = paused || strings.ContainsAny(s, "，。；")
		last, _ := utf8.DecodeLastRuneInString(s)
		if i+1 == len(rows) || l.x1 < x1-1.6*em || strings.ContainsRune("。；！：", last) {
			continue
		}
		if next := rows[i+1]; next.x0 < x0+0.5*em && next.y-l.y < apartRows*step {
			over++
		}
	}
	return paused && over > 0 && over*ranOver >= len(rows)
}

func smallestStep(rows []line) float64 {
	step := rows[len(rows)-1].y - rows[0].y
	for i := 1; i < len(rows); i++ {
		if d := rows[i].y - rows[i-1].y; d > 0.35*rows[i].em {
			step = min(step, d)
		}
	}
	return step
}

// beginTogether says that the lines of two sides stand in rows: both begin anew
// behind a gap on one baseline, or one does so again and again where the other,
// whose cells are taller, goes on.
func beginTogether(left, right []line) bool {
	a, b := anew(left), anew(right)
	return meeting(a, b) > 0 || meeting(a, right) > 1 || meeting(b, left) > 1
}

// anew gives the lines that stand behind a gap.
func anew(rows []line) []line {
	var out []line
	step := smallestStep(rows)
	for i := 1; i < len(rows); i++ {
		if rows[i].y-rows[i-1].y > apartRows*step {
			out = append(out, rows[i])
		}
	}
	return out
}

// meeting counts the lines that share a baseline with one of the others.
func meeting(lines, others []line) int {
	n := 0
	for _, l := range lines {
		if slices.ContainsFunc(others, func(m line) bool { return math.Abs(m.y-l.y) < 0.35*l.em }) {
			n++
		}
	}
	return n
}
