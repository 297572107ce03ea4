package layout

import (
	"slices"
	"unicode"
)

// A gutter can be narrower than two characters. It is told from the wide blanks
// of one row by its place: a good part of a page's rows have it there.
const (
	narrowest   = 0.8 // of a character
	gutterRows  = 10
	gutterTries = 256
)

// narrowGaps are places from left to right that most rows leave blank.
type narrowGaps []float64

// part says that two neighbours stand to both sides of such a place.
func (n narrowGaps) part(a, b Glyph) bool {
	if len(n) == 0 || b.X0-a.X1 < narrowest*min(a.Size, b.Size) {
		return false
	}
	i, _ := slices.BinarySearch(n, a.X1)
	return i < len(n) && n[i] <= b.X0
}

// narrowGutters finds the places: blank in most of the rows that stand to both sides.
func narrowGutters(rows [][]Glyph) narrowGaps {
	if len(rows) < gutterRows {
		return nil
	}
	type gap struct{ from, to float64 }
	gaps := make([][]gap, len(rows))
	var tries []float64
	for k, row := range rows {
		last := -1
		for i, g := range row {
			if unicode.IsSpace(g.R) {
				continue
			}
			if last >= 0 && g.X0-row[last].X1 >= narrowest*min(g.Size, row[last].Size) {
				gaps[k] = append(gaps[k], gap{row[last].X1, g.X0})
				if len(tries) < gutterTries {
					tries = append(tries, (row[last].X1+g.X0)/2)
				}
			}
			last = i
		}
	}
	var out narrowGaps
	for _, at := range tries {
		blank, all := 0, 0
		for k, row := range rows {
			if row[0].X0 >= at || row[len(row)-1].X1 <= at {
				continue
			}
			all++
			if slices.ContainsFunc(gaps[k], func(g gap) bool { return g.from <= at && at <= g.to }) {
				blank++
			}
		}
		if blank >= gutterRows && blank*10 >= all*6 {
			out = append(out, at)
		}
	}
	slices.Sort(out)
	return out
}
