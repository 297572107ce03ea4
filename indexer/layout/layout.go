// Package layout turns characters printed at places on pages (PDF, OFD) into
// plain text: lines in reading order, newspaper columns one after the other,
// running heads and page numbers left out, paragraphs put together again.
package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"youju/indexer/bound"
	"youju/indexer/plain"
)

// Glyph is a printed character. Lengths are in any one unit, Y grows downwards.
type Glyph struct {
	R rune
	// X0 and X1 are its left and right edge, Y its baseline, Size the font's.
	X0, X1, Y, Size float64
	Bold            bool
}

// Page is what is printed on a page, in any order.
type Page struct {
	Width, Height float64
	Glyphs        []Glyph
	// Rules are the lines that are drawn on it, of which tables are made.
	Rules []Rule
}

// line is a row of characters that belong together.
type line struct {
	glyphs        []Glyph
	x0, x1, y, em float64
	// cells says that it is a row of pieces far apart, as in a table.
	cells bool
}

// Text reads pages within what work may cost.
func Text(work *bound.Work, pages []Page) (plain.Text, error) {
	all := make([][]block, len(pages))
	pages = slices.Clone(pages)
	drawn := make([][]grid, len(pages))
	for i := range pages {
		work.Check()
		drawn[i] = grids(&pages[i])
	}
	rows := lines(work, pages)
	gone := runningLines(pages, rows)
	known := sharedGutters(rows)
	for i := range rows {
		work.Check()
		all[i] = around(rows[i], drawn[i], known)
	}
	var w plain.Writer
	w.Pages = len(pages)
	for _, g := range gone {
		w.Repair(g)
	}
	compose(work, &w, all)
	return w.Finish()
}

// lines groups each page's characters by baseline, and parts them where a gap
// is wider than two characters: that is a column's or a cell's end. A narrower
// gap is one where most rows of the page, or of all pages, have it.
func lines(work *bound.Work, pages []Page) [][]line {
	var all [][]Glyph
	rows := make([][][]Glyph, len(pages))
	for i, p := range pages {
		work.Check()
		rows[i] = baselines(p.Glyphs)
		all = append(all, rows[i]...)
	}
	shared := narrowGutters(all)
	out := make([][]line, len(pages))
	for i, page := range rows {
		work.Check()
		own := narrowGutters(page)
		for _, row := range page {
			from := 0
			for k := 1; k <= len(row); k++ {
				if k == len(row) || row[k].X0-row[k-1].X1 > 2*min(row[k].Size, row[k-1].Size) || own.part(row[k-1], row[k]) || shared.part(row[k-1], row[k]) {
					if l, ok := newLine(row[from:k]); ok {
						out[i] = append(out[i], l)
					}
					from = k
				}
			}
		}
	}
	return out
}

// baselines gives the rows of characters from top to bottom, each from left to right.
func baselines(glyphs []Glyph) [][]Glyph {
	glyphs = slices.DeleteFunc(slices.Clone(glyphs), func(g Glyph) bool {
		return math.IsNaN(g.X0+g.X1+g.Y+g.Size) || math.IsInf(g.X0+g.X1+g.Y+g.Size, 0) || g.Size <= 0
	})
	slices.SortStableFunc(glyphs, func(a, b Glyph) int { return cmp.Compare(a.Y, b.Y) })
	var out [][]Glyph
	for start := 0; start < len(glyphs); {
		end := start + 1
		// Columns whose lines stand a little apart must not chain line to line.
		for end < len(glyphs) && glyphs[end].Y-glyphs[end-1].Y < 0.35*min(glyphs[end].Size, glyphs[end-1].Size) &&
			glyphs[end].Y-glyphs[start].Y < 0.7*max(glyphs[end].Size, glyphs[start].Size) {
			end++
		}
		row := glyphs[start:end]
		slices.SortStableFunc(row, func(a, b Glyph) int { return cmp.Compare(a.X0, b.X0) })
		out = append(out, row)
		start = end
	}
	return out
}

// newLine measures a line; blanks at its ends do not count. Characters that
// are printed twice to look bold are kept once.
func newLine(glyphs []Glyph) (line, bool) {
	glyphs = slices.Clone(glyphs)
	isBlank := func(g Glyph) bool { return unicode.IsSpace(g.R) }
	for len(glyphs) > 0 && isBlank(glyphs[0]) {
		glyphs = glyphs[1:]
	}
	for len(glyphs) > 0 && isBlank(glyphs[len(glyphs)-1]) {
		glyphs = glyphs[:len(glyphs)-1]
	}
	if len(glyphs) == 0 {
		return line{}, false
	}
	kept := glyphs[:1]
	for _, g := range glyphs[1:] {
		last := &kept[len(kept)-1]
		// The second print of a character covers most of the first, which a
		// neighbour that is the same (11, 。。) does not.
		if g.R == last.R && !isBlank(g) && g.X0-last.X0 < 0.5*min(g.X1-g.X0, last.X1-last.X0) {
			last.Bold = true
			continue
		}
		kept = append(kept, g)
	}
	l := line{glyphs: kept, x0: kept[0].X0, y: kept[0].Y}
	sizes := make([]float64, 0, len(kept))
	for _, g := range kept {
		l.x1 = max(l.x1, g.X1)
		sizes = append(sizes, g.Size)
	}
	slices.Sort(sizes)
	l.em = sizes[len(sizes)/2]
	return l, true
}

// runs gives a line's text by weight. Spaces that part ideographs from their
// neighbours are the printer's, not the author's.
func (l line) runs() []plain.Run {
	var out []plain.Run
	var b strings.Builder
	heavy := false
	flush := func() {
		if b.Len() > 0 {
			out = append(out, plain.Run{Text: b.String(), Bold: heavy})
			b.Reset()
		}
	}
	add := func(c rune, bold bool) {
		if bold != heavy {
			flush()
			heavy = bold
		}
		b.WriteRune(c)
	}
	for i, g := range l.glyphs {
		if unicode.IsSpace(g.R) {
			if i > 0 && i+1 < len(l.glyphs) && (wide(l.glyphs[i-1].R) || wide(l.glyphs[i+1].R)) && l.glyphs[i+1].X0-l.glyphs[i-1].X1 < 0.9*g.Size {
				continue
			}
			add(' ', l.glyphs[max(i-1, 0)].Bold)
			continue
		}
		if i > 0 && !unicode.IsSpace(l.glyphs[i-1].R) {
			gap, need := g.X0-l.glyphs[i-1].X1, 0.9
			if !wide(g.R) && !wide(l.glyphs[i-1].R) {
				need = 0.2
			}
			if gap > need*g.Size {
				add(' ', g.Bold)
			}
		}
		add(g.R, g.Bold)
	}
	flush()
	return out
}

func (l line) text() string {
	var b strings.Builder
	for _, r := range l.runs() {
		b.WriteString(r.Text)
	}
	return b.String()
}

// wide says that a character fills a square, as ideographs and their marks do.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30ff || r >= 0xff00 && r <= 0xffef || strings.ContainsRune("“”‘’—…·", r)
}
