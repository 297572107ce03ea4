package indexer

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/report"
)

// tellLoss is the share of a text left out above which a person should look.
const tellLoss = 0.005

// lost says how much of a document's text stands in no item, heading or head
// line. Short lines of page furniture are no text; longer ones are, whatever
// they were taken for.
func (l *ledger) lost(d *report.Document) (left, all int, first string) {
	for _, list := range [][]text{l.headings, l.marks, l.head} {
		for _, t := range list {
			all += letters(t.s)
		}
	}
	for _, it := range d.Items {
		all += letters(it.Heading) + letters(it.Text)
	}
	for _, list := range [][]text{l.apart, l.dropped} {
		for _, t := range list {
			if !runs(t.s) {
				continue
			}
			if n := letters(t.s); n > 0 {
				if left += n; first == "" {
					first = head(strings.TrimSpace(t.s), 20)
				}
			}
		}
	}
	return left, all + left, first
}

// runs says that a text left out is running text, not a line of a page.
func runs(s string) bool {
	n := utf8.RuneCountInString(s)
	return n > 40 || n > 24 && strings.Contains(s, "。")
}

// letters counts what there is to read in s.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// tell notes the share of the text that was left out.
func (l *ledger) tell(d *report.Document) {
	left, all, first := l.lost(d)
	if left == 0 {
		return
	}
	d.Source.LeftOut = float64(left) / float64(all)
	if d.Source.LeftOut > tellLoss {
		d.Problems = append(d.Problems, report.Problem{What: fmt.Sprintf("有%.1f%%的文字没有收录（%d字），如“%s…”", d.Source.LeftOut*100, left, first)})
	}
}

// plainly makes items of all blocks of a document that else has none: a title
// and a few short lines, or a title alone.
func (o *outline) plainly(a *article, blocks []block, book *ledger) {
	o.doc.Sections, o.stack, o.headings, o.marks, o.apart = nil, nil, nil, nil, nil
	book.head, book.apart = book.head[:len(a.notes)], book.apart[:len(a.apart)]
	for i, b := range blocks {
		if i == 0 && len(blocks) > 1 && squeeze(closeGaps(b.s)) == squeeze(o.doc.Title) {
			book.head = append(book.head, b.text)
			continue
		}
		o.apart = append(o.apart, b.aside...)
		if b.columns && i+1 < len(blocks) {
			o.apart = append(o.apart, b.text)
			continue
		}
		o.add(draft{body: b.text, line: b.line})
	}
}

// nothingElse gives the lines of a file of which all looks like page furniture:
// it is read all the same, since a file with words is not empty.
func (f *file) nothingElse() []block {
	var out []block
	for _, t := range f.apart {
		if t = t.trim(); letters(t.s) > 0 {
			out = append(out, newBlock(t, 1, false))
		}
	}
	if len(out) > 0 {
		f.apart = nil
		f.problems = append(f.problems, report.Problem{What: "全部文字都像页面文字，已照原样收录"})
	}
	return out
}
