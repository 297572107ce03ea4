package ofd

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"youju/indexer/layout"
)

// pathObject is a drawing's place.
type pathObject struct {
	boundary box
	ctm      [6]float64
}

func newPathObject(e xml.StartElement) pathObject {
	o := pathObject{boundary: readBox(attr(e, "Boundary")), ctm: [6]float64{1, 0, 0, 1, 0, 0}}
	if n := numbers(attr(e, "CTM")); len(n) == 6 {
		copy(o.ctm[:], n)
	}
	return o
}

// operands is how many numbers stand behind a command of a path.
var operands = map[string]int{"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

// rules reads the straight strokes of "M 0 0 L 173 0 L 173 54 C".
func (o pathObject) rules(data string) []layout.Rule {
	var out []layout.Rule
	var first, last [2]float64
	fields := strings.Fields(data)
	for i := 0; i < len(fields) && len(out) < maxRules; {
		command := fields[i]
		n, ok := operands[command]
		if !ok || i+n >= len(fields) {
			return out
		}
		at := last
		if n >= 2 {
			x, err1 := strconv.ParseFloat(fields[i+n-1], 64)
			y, err2 := strconv.ParseFloat(fields[i+n], 64)
			if err1 != nil || err2 != nil || math.IsNaN(x+y) || math.Abs(x) > 1e6 || math.Abs(y) > 1e6 {
				return out
			}
			at = [2]float64{x, y}
		}
		switch command {
		case "S", "M":
			first = at
		case "L":
			out = append(out, o.rule(last, at))
		case "C":
			out = append(out, o.rule(last, first))
			at = first
		}
		last = at
		i += n + 1
	}
	return out
}

// rule is a stroke on the page.
func (o pathObject) rule(a, b [2]float64) layout.Rule {
	place := func(p [2]float64) (x, y float64) {
		return o.ctm[0]*p[0] + o.ctm[2]*p[1] + o.ctm[4] + o.boundary.x, o.ctm[1]*p[0] + o.ctm[3]*p[1] + o.ctm[5] + o.boundary.y
	}
	x0, y0 := place(a)
	x1, y1 := place(b)
	return layout.Rule{X0: x0, Y0: y0, X1: x1, Y1: y1}
}
