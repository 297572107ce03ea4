package ofd

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"unicode"

	"youju/indexer/layout"
)

type box struct{ x, y, w, h float64 }

func readBox(s string) box {
	n := numbers(s)
	if len(n) < 4 {
		return box{}
	}
	return box{n[0], n[1], n[2], n[3]}
}

// numbers reads numbers parted by white space; what is none ends the list.
func numbers(s string) []float64 {
	var out []float64
	for f := range strings.FieldsSeq(s) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || math.IsNaN(v) || math.Abs(v) > 1e6 {
			return out
		}
		out = append(out, v)
	}
	return out
}

// textObject is a text object's place and font; lengths are in millimetres.
type textObject struct {
	boundary box
	ctm      [6]float64
	size     float64
	bold     bool
}

func newTextObject(e xml.StartElement) textObject {
	o := textObject{boundary: readBox(attr(e, "Boundary")), ctm: [6]float64{1, 0, 0, 1, 0, 0}, size: 4}
	if n := numbers(attr(e, "Size")); len(n) == 1 && n[0] > 0 {
		o.size = n[0]
	}
	if n := numbers(attr(e, "CTM")); len(n) == 6 {
		copy(o.ctm[:], n)
	}
	if n := numbers(attr(e, "Weight")); len(n) == 1 {
		o.bold = n[0] >= 600
	}
	return o
}

// askew says that the object is turned by no quarter turn, as watermarks are.
func (o textObject) askew() bool {
	quarters := math.Atan2(o.ctm[1], o.ctm[0]) / (math.Pi / 2)
	return math.Abs(quarters-math.Round(quarters)) > 0.05
}

// glyphs places the characters of a TextCode: the first at X, Y, each further
// one by the next delta.
func (o textObject) glyphs(e xml.StartElement, s string) []layout.Glyph {
	x, y := first(attr(e, "X")), first(attr(e, "Y"))
	runes := []rune(s)
	dx, dy := deltas(attr(e, "DeltaX"), len(runes)), deltas(attr(e, "DeltaY"), len(runes))
	var out []layout.Glyph
	for i, c := range runes {
		if i > 0 {
			step := o.width(runes[i-1])
			if len(dx) > 0 || len(dy) > 0 {
				step = at(dx, i-1, 0)
			}
			x += step
			y += at(dy, i-1, 0)
		}
		if unicode.IsControl(c) {
			continue
		}
		px := o.ctm[0]*x + o.ctm[2]*y + o.ctm[4] + o.boundary.x
		py := o.ctm[1]*x + o.ctm[3]*y + o.ctm[5] + o.boundary.y
		scale := math.Hypot(o.ctm[0], o.ctm[1])
		out = append(out, layout.Glyph{R: c, X0: px, X1: px + o.width(c)*scale, Y: py, Size: o.size * math.Hypot(o.ctm[2], o.ctm[3]), Bold: o.bold})
	}
	return out
}

// width is about what a character takes up.
func (o textObject) width(c rune) float64 {
	if c < 0x2000 {
		return o.size / 2
	}
	return o.size
}

func first(s string) float64 {
	if n := numbers(s); len(n) > 0 {
		return n[0]
	}
	return 0
}

func at(list []float64, i int, otherwise float64) float64 {
	switch {
	case i < len(list):
		return list[i]
	case len(list) > 0:
		return list[len(list)-1]
	}
	return otherwise
}

// deltas reads "3.2 3.2 g 5 4.1": g stands before a count and the value it repeats.
func deltas(s string, limit int) []float64 {
	fields := strings.Fields(s)
	var out []float64
	for i := 0; i < len(fields) && len(out) < limit; i++ {
		count := 1
		if fields[i] == "g" {
			if i+2 >= len(fields) {
				return out
			}
			n, err := strconv.Atoi(fields[i+1])
			if err != nil || n < 0 {
				return out
			}
			count = min(n, limit-len(out))
			i += 2
		}
		v, err := strconv.ParseFloat(fields[i], 64)
		if err != nil || math.IsNaN(v) || math.Abs(v) > 1e6 {
			return out
		}
		for range count {
			out = append(out, v)
		}
	}
	return out
}
