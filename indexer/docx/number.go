package docx

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxLabel bounds, in bytes, the form of a number, which each paragraph bears.
const maxLabel = 100

// numRef is a paragraph's place in a list: the list and the level in it.
type numRef struct {
	id    string
	level int
}

// levelFormat is how a level of a list prints its number.
type levelFormat struct {
	format, text string
	start        int
}

// numbering holds the lists of numbering.xml and counts them.
type numbering struct {
	// abstract maps an abstract list to its levels, lists a list to its abstract one.
	abstract map[string]*[9]levelFormat
	lists    map[string]string
	starts   map[numRef]int
	counts   map[string]*[9]int
	begun    map[numRef]bool
}

func readNumbering(r io.Reader) numbering {
	n := numbering{
		abstract: map[string]*[9]levelFormat{}, lists: map[string]string{}, starts: map[numRef]int{},
		counts: map[string]*[9]int{}, begun: map[numRef]bool{},
	}
	var levels *[9]levelFormat
	num, at := "", 0
	_ = eachElement(r, func(e xml.StartElement) {
		val, _ := strconv.Atoi(attr(e, "val"))
		switch e.Name.Local {
		case "abstractNum":
			levels, num = new([9]levelFormat), ""
			n.abstract[attr(e, "abstractNumId")] = levels
		case "num":
			levels, num = nil, attr(e, "numId")
		case "abstractNumId":
			n.lists[num] = attr(e, "val")
		case "lvl", "lvlOverride":
			if i, err := strconv.Atoi(attr(e, "ilvl")); err == nil && i >= 0 && i < 9 {
				at = i
			}
		case "startOverride":
			n.starts[numRef{num, at}] = val
		}
		if levels == nil {
			return
		}
		switch e.Name.Local {
		case "start":
			levels[at].start = val
		case "numFmt":
			levels[at].format = attr(e, "val")
		case "lvlText":
			if text := attr(e, "val"); len(text) <= maxLabel {
				levels[at].text = text
			}
		}
	})
	return n
}

// next counts a paragraph of a list and gives its printed number, "- " for a
// list mark, "" where the paragraph is in no list.
func (n numbering) next(ref numRef) string {
	abstract, ok := n.lists[ref.id]
	levels := n.abstract[abstract]
	if !ok || levels == nil || ref.level < 0 || ref.level >= 9 {
		return ""
	}
	counts := n.counts[abstract]
	if counts == nil {
		counts = new([9]int)
		n.counts[abstract] = counts
		for i := range counts {
			counts[i] = levels[i].start - 1
		}
	}
	if start, ok := n.starts[ref]; ok && !n.begun[ref] {
		counts[ref.level] = start - 1
	}
	n.begun[ref] = true
	counts[ref.level]++
	for i := ref.level + 1; i < 9; i++ {
		counts[i] = levels[i].start - 1
	}
	l := levels[ref.level]
	switch l.format {
	case "none":
		return ""
	case "bullet":
		return "- "
	}
	label := l.text
	for i := range counts {
		label = strings.ReplaceAll(label, "%"+strconv.Itoa(i+1), spell(max(counts[i], levels[i].start), levels[i].format))
	}
	if last, _ := utf8.DecodeLastRuneInString(label); label != "" && last < utf8.RuneSelf {
		label += " "
	}
	return label
}

// spell writes a number in a list's format.
func spell(n int, format string) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand", "chineseLegalSimplified":
		return HanNumeral(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(n))
	case "upperLetter", "lowerLetter":
		if n >= 1 && n <= 26 {
			return string(rune(map[bool]int{true: 'A', false: 'a'}[format == "upperLetter"] + n - 1))
		}
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	}
	return strconv.Itoa(n)
}

// HanNumeral writes 1 … 9999 as 一 … 九千九百九十九.
func HanNumeral(n int) string {
	if n <= 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	digits := []rune("零一二三四五六七八九")
	out, zero := "", false
	for _, unit := range []struct {
		size int
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / unit.size % 10
		if d == 0 {
			zero = out != ""
			continue
		}
		if zero {
			out, zero = out+"零", false
		}
		if unit.size == 10 && d == 1 && out == "" {
			out = "十"
			continue
		}
		out += string(digits[d]) + unit.name
	}
	return out
}

func roman(n int) string {
	if n <= 0 || n > 100 {
		return strconv.Itoa(n)
	}
	out := ""
	for _, r := range []struct {
		value int
		name  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			out, n = out+r.name, n-r.value
		}
	}
	return out
}
