package indexer

import (
	"strings"

	"youju/indexer/bound"
	"youju/indexer/pattern"
	"youju/indexer/plain"
)

// rawLine is a line of a text before its marks are read.
type rawLine struct {
	text
	line int
	gap  bool
	// cells are its cells where it is a row of a table; parted says that only
	// tabs or wide blanks part them.
	cells  []text
	parted bool
}

// lines cuts a plain or Markdown text into blocks, one a line; blank lines are
// remembered as gaps. from is the source offset of s[0], first its line number,
// rows the lines that a format's reader made of the rows of a table.
func lines(work *bound.Work, s string, from, first int, rows map[int]bool) []block {
	raw := rawLines(work, s, from, first)
	partRows(work, raw)
	out := make([]block, 0, len(raw))
	var columns plain.Columns
	for _, l := range raw {
		work.Check()
		if l.cells == nil {
			columns = plain.Columns{}
			b := newBlock(l.text, l.line, l.gap)
			b.columns, b.row = rows[l.line], has(rows, l.line)
			out = append(out, b)
			continue
		}
		if b := rowBlock(l.cells, nil, &columns, l.line, l.gap); b.s != "" {
			out = append(out, b)
		}
	}
	return out
}

func has(rows map[int]bool, line int) bool {
	_, ok := rows[line]
	return ok
}

// rawLines cuts a text at its line ends and leaves blank lines out.
func rawLines(work *bound.Work, s string, from, first int) []rawLine {
	var out []rawLine
	gap := false
	for n, at := first, 0; at < len(s) && len(out) <= maxParagraphs; n++ {
		work.Check()
		end := strings.IndexByte(s[at:], '\n')
		if end < 0 {
			end = len(s)
		} else {
			end += at
		}
		t := newText(s[at:end], from+at).trim()
		at = end + 1
		if t.s == "" {
			gap = true
			continue
		}
		cells := barredCells(t)
		if cells != nil && strings.Trim(t.s, "|:- ") == "" {
			continue // the rule under a table's head
		}
		out = append(out, rawLine{text: t, line: n, gap: gap, cells: cells})
		gap = false
	}
	return out
}

var (
	tabs = pattern.MustCompile(`[ \x{3000}]*\t[ \t\x{3000}]*`)
	// wideBlank parts the columns that blanks line up.
	wideBlank = pattern.MustCompile(`[ \x{3000}]{3,}`)
)

// Rows that only blanks part are told by their neighbours: so many of them, of
// so many cells each.
const (
	tabbedRows  = 2
	spacedRows  = 3
	spacedCells = 3
)

// partRows finds the tables whose cells are parted by tabs or wide blanks:
// neighbouring lines of as many cells.
func partRows(work *bound.Work, raw []rawLine) {
	for _, by := range []struct {
		blank       *pattern.Pattern
		rows, cells int
	}{{tabs, tabbedRows, 2}, {wideBlank, spacedRows, spacedCells}} {
		for i := 0; i < len(raw); {
			work.Check()
			n := i
			for n < len(raw) && raw[n].cells == nil && (n == i || !raw[n].gap || raw[n].line-raw[n-1].line <= 2) {
				cells := partedCells(raw[n].text, by.blank)
				if len(cells) < by.cells || n > i && !alike(partedCells(raw[i].text, by.blank), cells) {
					break
				}
				n++
			}
			if n-i >= by.rows {
				for k := i; k < n; k++ {
					raw[k].cells, raw[k].parted = partedCells(raw[k].text, by.blank), true
				}
			}
			i = max(n, i+1)
		}
	}
}

// alike says that two rows can be of one table: the cells at a row's end may be missing.
func alike(a, b []text) bool { return len(a)-len(b) <= 1 && len(b)-len(a) <= 1 }

// partedCells cuts a line at tabs or wide blanks. A line of a table of contents
// is no row, and a heading's number is no cell.
func partedCells(t text, blank *pattern.Pattern) []text {
	if len(t.s) > 2000 || isContentsLine(t.s) {
		return nil
	}
	var out []text
	at := 0
	for _, m := range blank.FindAllStringIndex(t.s, maxColumns) {
		out = append(out, t.sub(at, m[0]).trim())
		at = m[1]
	}
	if at == 0 {
		return nil
	}
	out = append(out, t.sub(at, len(t.s)).trim())
	if n := numeralHead(out[0].s + "甲"); n != nil && n.end >= len(out[0].s) || strings.HasPrefix(t.s, "——") {
		return nil
	}
	return out
}
