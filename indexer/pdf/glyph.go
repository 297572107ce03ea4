package pdf

import (
	"math"
	"unicode"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"youju/indexer/layout"
)

// glyph is a character as the page's own coordinates have it, which grow to the
// right and upwards and know nothing of how the page is turned for reading.
type glyph struct {
	r                        rune
	left, top, right, bottom float64
	x, y                     float64
	// turns says how many quarter turns to the left its line runs; 0 is from
	// left to right.
	turns int
	bold  bool
}

// askew is the turns of what stands at another angle, as watermarks do.
const askew = -1

// glyphs reads count characters. Those that PDFium adds (spaces, line ends), those
// that stand askew and those that no table gives a meaning are left out.
//
// Each question to the engine costs a microsecond or more, so font and angle
// are asked where they can change: at a new line, and where letters, marks and
// ideographs meet. Boxes reach equally far above and below the baseline of one
// font, so where an upright box stands as high as the one before, so does its origin.
func (r *reader) glyphs(text references.FPDF_TEXTPAGE, count int) ([]glyph, error) {
	var out []glyph
	var run struct {
		class           int
		y               float64
		known           bool
		turns           int
		heavy, unmapped bool
	}
	var origin struct {
		x, y        float64
		top, bottom float32
		known       bool
	}
	for i := range count {
		if err := r.work.Err(); err != nil {
			return out, err
		}
		u, err := r.in.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
		if err != nil {
			return out, err
		}
		c := rune(u.Unicode)
		if c == '\r' || c == '\n' || c == 0xffff {
			continue
		}
		if c == lineEndHyphen || c == 2 {
			c = '-'
		}
		box, err := r.in.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
		if err != nil {
			continue
		}
		if !origin.known || run.turns&1 != 0 || box.Rect.Top != origin.top || box.Rect.Bottom != origin.bottom {
			o, err := r.in.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
			if err != nil {
				continue
			}
			origin.x, origin.y, origin.top, origin.bottom, origin.known = o.X, o.Y, box.Rect.Top, box.Rect.Bottom, true
		}
		if class := classOf(c); c != ' ' && (!run.known || class != run.class || math.Abs(origin.y-run.y) > 0.1) {
			run.turns = r.turns(text, i)
			run.heavy = r.bold(text, i)
			run.unmapped = r.unknown(text, i)
			run.class, run.y, run.known = class, origin.y, true
		}
		if run.turns == askew {
			continue
		}
		r.all++
		if run.unmapped || c == 0 || c == unicode.ReplacementChar || unicode.Is(unicode.Co, c) || foreign(c) {
			r.unmapped++
			continue
		}
		out = append(out, glyph{
			r: c, left: float64(box.Rect.Left), top: float64(box.Rect.Top), right: float64(box.Rect.Right), bottom: float64(box.Rect.Bottom),
			x: origin.x, y: origin.y, turns: run.turns, bold: run.heavy && c != ' ',
		})
	}
	return out, nil
}

// turns reads a character's angle, which PDFium counts to the right.
func (r *reader) turns(text references.FPDF_TEXTPAGE, i int) int {
	angle, err := r.in.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: text, Index: i})
	if err != nil {
		return askew
	}
	quarters := float64(angle.CharAngle) / (math.Pi / 2)
	whole := math.Round(quarters)
	if math.Abs(quarters-whole) > 0.07 {
		return askew
	}
	return (4 - int(whole)&3) & 3
}

// unknown says that PDFium had no table for a character's meaning.
func (r *reader) unknown(text references.FPDF_TEXTPAGE, i int) bool {
	answer, err := r.in.FPDFText_HasUnicodeMapError(&requests.FPDFText_HasUnicodeMapError{TextPage: text, Index: i})
	return err == nil && answer.HasUnicodeMapError
}

// foreign says that a letter belongs to a script that no Chinese paper is
// printed in: numbers of glyphs taken for characters are spread over all of them.
func foreign(c rune) bool {
	return c > 0x24F && unicode.IsLetter(c) && !unicode.In(c, unicode.Han, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo)
}

// lineEndHyphen is what PDFium makes of a hyphen that ends a line. Whether it
// was only put there for the line is not known: 郑州-墨西哥城 must keep it.
const lineEndHyphen = 0xfffe

// Classes of characters.
const (
	han = iota + 1
	word
	mark
)

// classOf tells ideographs, letters and digits, and marks apart.
func classOf(c rune) int {
	switch {
	case unicode.Is(unicode.Han, c):
		return han
	case unicode.IsLetter(c) || unicode.IsDigit(c):
		return word
	}
	return mark
}

// sideways is how many characters run in another direction than the most of a
// page before they are a text of their own, not a stamp at its edge.
const sideways = 30

// upright turns what is printed on a page the way it is read: a page for each
// direction of its lines, the one of most characters first. shown is the
// direction that stands upright when the page is shown.
func upright(glyphs []glyph, strokes []stroke, shown int, width, height float64) []layout.Page {
	var counts [4]int
	for _, g := range glyphs {
		counts[g.turns]++
	}
	most := 0
	for turns, n := range counts {
		if n > counts[most] {
			most = turns
		}
	}
	pages := []layout.Page{turned(glyphs, strokes, most, width, height)}
	for turns, n := range counts {
		if turns != most && (n >= sideways || n > 0 && turns == shown) {
			pages = append(pages, turned(glyphs, strokes, turns, width, height))
		}
	}
	return pages
}

// turned places the characters whose lines run in one direction, and what is drawn.
func turned(glyphs []glyph, strokes []stroke, turns int, width, height float64) layout.Page {
	p := layout.Page{Width: width, Height: height}
	if turns&1 != 0 {
		p.Width, p.Height = height, width
	}
	for _, g := range glyphs {
		if g.turns != turns {
			continue
		}
		l := layout.Glyph{R: g.r, Bold: g.bold}
		switch turns {
		case 1: // upwards
			l.X0, l.X1, l.Y, l.Size = g.bottom, g.top, g.x, g.right-g.left
		case 2:
			l.X0, l.X1, l.Y, l.Size = width-g.right, width-g.left, g.y, g.top-g.bottom
		case 3: // downwards
			l.X0, l.X1, l.Y, l.Size = height-g.top, height-g.bottom, width-g.x, g.right-g.left
		default:
			l.X0, l.X1, l.Y, l.Size = g.left, g.right, height-g.y, g.top-g.bottom
		}
		if classOf(g.r) == han {
			// An ideograph is as high as it is wide; for some PDFium gives the
			// box of the ink, which is flat for 一.
			l.Size = max(l.Size, l.X1-l.X0)
		}
		p.Glyphs = append(p.Glyphs, l)
	}
	for _, s := range strokes {
		x0, y0 := s.from.turned(turns, width, height)
		x1, y1 := s.to.turned(turns, width, height)
		p.Rules = append(p.Rules, layout.Rule{X0: x0, Y0: y0, X1: x1, Y1: y1})
	}
	return p
}
