package docx

import (
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// style is what a style says of a paragraph or run, its ancestors' included.
type style struct {
	bold bool
	// level is the outline level from 1, 0 for none.
	level int
	num   numRef
	// contents says that the style is that of a table of contents.
	contents bool
	// hidden says that its text is not shown.
	hidden              bool
	basedOn             string
	settled             bool
	hasBold, saysHidden bool
}

var headingName = regexp.MustCompile(`(?i)^(?:heading|标题)\s*([1-9])$`)

// readStyles reads styles.xml; a broken part gives what was read.
func readStyles(r io.Reader) map[string]style {
	out := map[string]style{}
	id := ""
	var s style
	_ = eachElement(r, func(e xml.StartElement) {
		if e.Name.Local == "style" {
			id, s = attr(e, "styleId"), style{num: numRef{level: -1}}
		}
		if id == "" {
			return
		}
		switch e.Name.Local {
		case "name":
			name := strings.ToLower(attr(e, "val"))
			if m := headingName.FindStringSubmatch(name); m != nil {
				s.level, _ = strconv.Atoi(m[1])
			}
			s.contents = strings.HasPrefix(name, "toc ") || name == "toc heading"
		case "basedOn":
			s.basedOn = attr(e, "val")
		case "outlineLvl":
			if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 {
				s.level = n + 1
			}
		case "numId":
			s.num.id = attr(e, "val")
		case "ilvl":
			if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 {
				s.num.level = n
			}
		case "b":
			s.bold, s.hasBold = on(e), true
		case "vanish", "webHidden":
			s.hidden, s.saysHidden = on(e), true
		}
		out[id] = s
	})
	for id := range out {
		settle(out, id, 0)
	}
	return out
}

// settle takes over what a style inherits.
func settle(styles map[string]style, id string, depth int) style {
	s := styles[id]
	if s.settled || depth > 32 {
		return s
	}
	if _, ok := styles[s.basedOn]; ok && s.basedOn != id {
		parent := settle(styles, s.basedOn, depth+1)
		if !s.hasBold {
			s.bold = parent.bold
		}
		if !s.saysHidden {
			s.hidden = parent.hidden
		}
		if s.level == 0 {
			s.level = parent.level
		}
		if s.num.id == "" {
			s.num.id = parent.num.id
		}
		if s.num.level < 0 {
			s.num.level = parent.num.level
		}
	}
	s.settled = true
	styles[id] = s
	return s
}
