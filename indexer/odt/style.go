package odt

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"youju/indexer/docx"
)

// maxDepth is how deep elements may nest.
const maxDepth = 512

// style is what of a style matters to the text.
type style struct {
	parent string
	// bold is nil where the style does not say.
	bold *bool
	// list is the list style of the paragraphs, level their outline level.
	list   string
	level  int
	hidden bool
}

// listLevel is how a level of a list prints its numbers.
type listLevel struct {
	format, prefix, suffix string
	// shown is how many levels are printed, bullet that there are no numbers.
	shown, start int
	bullet       bool
}

// eachToken calls f for every element that begins and ends and for text.
func eachToken(src string, f func(xml.Token)) error {
	d := xml.NewDecoder(strings.NewReader(src))
	for depth := 0; ; {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			line, _ := d.InputPos()
			return fmt.Errorf("%w：XML 第%d行有误", ErrFormat, line)
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth {
			return fmt.Errorf("%w：XML 嵌套过深", ErrFormat)
		}
		f(t)
	}
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// number reads an attribute, or gives otherwise.
func number(e xml.StartElement, local string, otherwise int) int {
	if n, err := strconv.Atoi(attr(e, local)); err == nil && n >= 0 {
		return n
	}
	return otherwise
}

// readStyles gathers the styles of a part.
func (w *writer) readStyles(src string) error {
	var name, list string
	var s style
	return eachToken(src, func(t xml.Token) {
		e, ok := t.(xml.StartElement)
		if !ok {
			if end, ok := t.(xml.EndElement); ok && end.Name.Local == "style" {
				w.styles[name] = s
			}
			return
		}
		switch e.Name.Local {
		case "style":
			name, s = attr(e, "name"), style{parent: attr(e, "parent-style-name"), list: attr(e, "list-style-name"), level: number(e, "default-outline-level", 0)}
		case "text-properties":
			if weight := attr(e, "font-weight"); weight != "" {
				bold := weight == "bold" || weight >= "600" && weight <= "900"
				s.bold = &bold
			}
			s.hidden = s.hidden || attr(e, "display") == "none"
		case "list-style":
			list = attr(e, "name")
			w.lists[list] = new([10]listLevel)
		case "list-level-style-number", "list-level-style-bullet":
			if levels, at := w.lists[list], number(e, "level", 0)-1; levels != nil && at >= 0 && at < len(levels) {
				levels[at] = listLevel{
					format: attr(e, "num-format"), prefix: attr(e, "num-prefix"), suffix: attr(e, "num-suffix"),
					shown: number(e, "display-levels", 1), start: number(e, "start-value", 1), bullet: strings.HasSuffix(e.Name.Local, "bullet"),
				}
			}
		}
	})
}

// look follows a style's parents until one answers.
func (w *writer) look(name string, answers func(style) bool) (style, bool) {
	for range 32 {
		s, ok := w.styles[name]
		if !ok {
			return style{}, false
		}
		if answers(s) {
			return s, true
		}
		name = s.parent
	}
	return style{}, false
}

// bold says whether a style makes text bold; otherwise where no style says so.
func (w *writer) bold(name string, otherwise bool) bool {
	if s, ok := w.look(name, func(s style) bool { return s.bold != nil }); ok {
		return *s.bold
	}
	return otherwise
}

func (w *writer) hidden(name string) bool {
	_, ok := w.look(name, func(s style) bool { return s.hidden })
	return ok
}

// label prints the number of an entry of a list.
func label(levels *[10]listLevel, counts []int) string {
	if levels == nil || len(counts) == 0 || len(counts) > len(levels) {
		return ""
	}
	l := levels[len(counts)-1]
	if l.bullet {
		return "• "
	}
	if l.format == "" {
		return ""
	}
	var parts []string
	for i := max(0, len(counts)-max(l.shown, 1)); i < len(counts); i++ {
		parts = append(parts, numeral(levels[i].format, counts[i]))
	}
	return l.prefix + strings.Join(parts, ".") + l.suffix
}

// numeral writes a number in one of OpenDocument's formats: 1, 一, ①, a.
func numeral(format string, n int) string {
	switch {
	case strings.HasPrefix(format, "一") || strings.HasPrefix(format, "壹"):
		return docx.HanNumeral(n)
	case strings.HasPrefix(format, "①") && n >= 1 && n <= 20:
		return string(rune('①' + n - 1))
	case strings.HasPrefix(format, "甲") && n >= 1 && n <= 10:
		return string([]rune("甲乙丙丁戊己庚辛壬癸")[n-1])
	case format == "a" && n >= 1 && n <= 26:
		return string(rune('a' + n - 1))
	case format == "A" && n >= 1 && n <= 26:
		return string(rune('A' + n - 1))
	}
	return strconv.Itoa(n)
}
