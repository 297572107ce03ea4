package search

import (
	"fmt"
	"strings"
)

// String shows a plan the way a person debugging a query reads it: each word
// with = what means the same, ~ what is related, and its pieces in brackets.
func (p Plan) String() string {
	var parts []string
	for _, w := range p.Words {
		parts = append(parts, w.String())
	}
	for _, c := range p.Context {
		var tests []string
		for _, t := range c.Tests {
			tests = append(tests, t.Facet+":"+t.Value)
		}
		parts = append(parts, fmt.Sprintf("{%s→%s}", c.Word.Text, strings.Join(tests, "|")))
	}
	for _, w := range p.Excluded {
		parts = append(parts, "-"+w.String())
	}
	for _, b := range p.Figures {
		parts = append(parts, FigureName+":"+b.Text)
	}
	if p.Asked != "" {
		parts = append(parts, "?"+p.Asked)
	}
	if p.Everything {
		parts = append(parts, "*")
	}
	return strings.Join(parts, " ")
}

func (w PlanWord) String() string {
	s := w.Text
	if w.Exact {
		s = `"` + s + `"`
	}
	for _, v := range w.Variants {
		s += "=" + v.Text
	}
	for _, r := range w.Related {
		s += "~" + r.Text
	}
	if len(w.Segments) > 0 {
		var pieces []string
		for _, p := range w.Segments {
			pieces = append(pieces, p.String())
		}
		s += "[" + strings.Join(pieces, " ") + "]"
	}
	return s
}
