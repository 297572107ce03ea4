package layout

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/indexer/bound"
	"youju/indexer/plain"
)

// composer puts lines together to paragraphs.
type composer struct {
	w *plain.Writer
	// runs is the paragraph being put together, last its last line in block.
	runs  []plain.Run
	last  *line
	block *block
	// indented says that the text's paragraphs begin with an indented line.
	indented bool
	// apart is how many times the usual step parts two paragraphs.
	apart  float64
	page   int
	tables tables
}

// compose writes the blocks of all pages.
func compose(work *bound.Work, w *plain.Writer, pages [][]block) {
	c := composer{w: w, indented: usesIndent(pages), apart: 1.35}
	if !c.indented && isRegular(pages) {
		// Where only the gap tells paragraphs apart, and lines keep their
		// distance, a small one is enough.
		c.apart = 1.12
	}
	shareEdges(work, pages)
	for i, blocks := range pages {
		work.Check()
		for k := range blocks {
			b := &blocks[k]
			if b.table != nil {
				c.table(b.table, i+1)
				continue
			}
			for n := range b.lines {
				c.line(b, &b.lines[n], i+1)
			}
		}
		c.page = i + 1
	}
	c.flush()
	c.tables.flush(w)
}

// table writes a table below the paragraph above it.
func (c *composer) table(g *grid, page int) {
	c.flush()
	if c.page > 0 && page == c.page+1 && c.tables.held == nil {
		c.w.Blank()
	}
	c.page = page
	c.tables.write(c.w, g, page)
}

// shareEdges gives a block of few lines the edges of the columns above and
// below it: a last page's one line cannot show where its column begins.
func shareEdges(work *bound.Work, pages [][]block) {
	var full []*block
	for i := range pages {
		for k := range pages[i] {
			if b := &pages[i][k]; len(b.lines) >= 6 {
				full = append(full, b)
			}
		}
	}
	for i := range pages {
		work.Check()
		for k := range pages[i] {
			b := &pages[i][k]
			if len(b.lines) >= 6 || len(b.lines) == 0 {
				continue
			}
			em := b.lines[0].em
			for _, f := range full {
				if b.left > f.left-em && b.left < f.left+6*em && b.right < f.right+em {
					b.left, b.right = f.left, f.right
					break
				}
			}
		}
	}
}

// usesIndent says that a good part of the lines begin two characters in.
func usesIndent(pages [][]block) bool {
	in, all := 0, 0
	for _, blocks := range pages {
		for _, b := range blocks {
			for _, l := range b.lines {
				all++
				if d := (l.x0 - b.left) / l.em; d > 1.2 && d < 2.8 {
					in++
				}
			}
		}
	}
	return in*20 > all
}

// isRegular says that most lines stand at their block's usual distance.
func isRegular(pages [][]block) bool {
	regular, all := 0, 0
	for _, blocks := range pages {
		for _, b := range blocks {
			for i := 1; i < len(b.lines) && b.step > 0; i++ {
				all++
				if math.Abs(b.lines[i].y-b.lines[i-1].y-b.step) < 0.04*b.step {
					regular++
				}
			}
		}
	}
	return regular*2 > all
}

// line adds a line to the paragraph, or begins a new one with it.
func (c *composer) line(b *block, l *line, page int) {
	if c.last != nil && c.continues(b, l) {
		if page != c.page+1 || c.page == 0 {
			// Within a page, nothing to tell.
		} else {
			c.w.Repair(fmt.Sprintf("接合第%d页与第%d页之间的断句", c.page, page))
			c.page = page
		}
	} else {
		c.flush()
		if c.page > 0 && page == c.page+1 {
			c.w.Blank()
			c.page = page
		}
	}
	c.append(l.runs())
	c.last, c.block = l, b
}

// continues says that l goes on where the last line broke off: it is not
// indented, and the last one reached its column's edge.
func (c *composer) continues(b *block, l *line) bool {
	em := l.em
	if l.cells || c.last.cells || em > 1.15*c.last.em || em < c.last.em/1.15 {
		return false
	}
	if gap := l.y - c.last.y; b == c.block && (gap > 3.2*em || b.step > 0 && gap > c.apart*b.step) {
		return false
	}
	indent := (l.x0 - b.left) / em
	short := (c.block.right - c.last.x1) / em
	if indent > 0.9 {
		return false
	}
	if short < 1.6 {
		return true
	}
	// The line before broke off early: only a text whose paragraphs are
	// indented can go on, after a word too long for the line.
	return c.indented && short < 4 && !ends(c.last.glyphs[len(c.last.glyphs)-1].R) && (c.last.x0-c.block.left)/em < 2.8
}

func ends(r rune) bool { return strings.ContainsRune("。！？；：!?;:”）", r) }

// append adds a line's runs, with a space where Latin words meet.
func (c *composer) append(runs []plain.Run) {
	if n := len(c.runs); n > 0 && len(runs) > 0 {
		l, _ := utf8.DecodeLastRuneInString(c.runs[n-1].Text)
		r, _ := utf8.DecodeRuneInString(runs[0].Text)
		if l < utf8.RuneSelf && r < utf8.RuneSelf && unicode.IsLetter(l) && unicode.IsLetter(r) {
			c.runs[n-1].Text += " "
		}
	}
	c.runs = append(c.runs, runs...)
}

func (c *composer) flush() {
	if len(c.runs) > 0 {
		c.tables.flush(c.w)
	}
	c.w.Paragraph(plain.Marked(c.runs))
	c.runs, c.last = nil, nil
}
