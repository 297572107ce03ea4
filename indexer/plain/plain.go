// Package plain is the form in which the readers of file formats hand a text to
// the splitter: one paragraph a line, **bold run-ins**, "# heading", "- bullet",
// and a blank line where a page ended. A document's spans are offsets into it.
package plain

import (
	"strings"
	"unicode"

	"youju/indexer/bound"
	"youju/report"
)

// Text is what a reader got out of a file.
type Text struct {
	// Body is the text in the form described above.
	Body string
	// HTML says that Body is the source of a web page instead.
	HTML bool
	// Pages is the number of pages, 0 where the format has none.
	Pages int
	// Repairs lists what was mended or left out, with lines of Body.
	Repairs []report.Repair
	// Missing lists, in the reader's language, what could not be had.
	Missing []string
	// Rows are the lines of Body that are rows of tables, counted from 1; true
	// for one that names the table's columns.
	Rows map[int]bool
}

// Errors that several formats share. Their texts are shown to operators.
var (
	ErrEncrypted = bound.Fail(bound.Encrypted, "文件有密码保护，请先去掉密码再收录")
	ErrNoText    = bound.Fail(bound.Empty, "文件里没有文字")
	ErrScanned   = bound.Fail(bound.Scanned, "没有文字层（可能是扫描件），需要先做文字识别，或用 --ocr 指定识别程序")
)

// maxBody bounds a text: what a file says often, as a note or a number that
// many paragraphs bear, makes a large text of a small file.
const maxBody = 64 << 20

// Writer puts a Text together.
type Writer struct {
	Text
	body strings.Builder
	line int
	// full says that the text was larger than maxBody.
	full bool
}

// Line is the number of the line that is written next, from 1.
func (w *Writer) Line() int { return w.line + 1 }

// Len is the size of what is written so far, in bytes.
func (w *Writer) Len() int { return w.body.Len() }

// Paragraph writes one line. Line breaks inside it become lines of their own;
// a paragraph without any letter or mark is left out.
func (w *Writer) Paragraph(s string) {
	if w.body.Len()+len(s) > maxBody {
		w.full = true
		return
	}
	for part := range strings.SplitSeq(s, "\n") {
		if strings.TrimFunc(part, blank) == "" || strings.Trim(part, "* ") == "" {
			continue
		}
		w.body.WriteString(part)
		w.body.WriteByte('\n')
		w.line++
	}
}

// Row writes the line of a table's row.
func (w *Writer) Row(line string, row Row) {
	line = strings.ReplaceAll(line, "\n", " ")
	if strings.Trim(line, "* ") == "" {
		return
	}
	if !row.Title {
		if w.Rows == nil {
			w.Rows = map[int]bool{}
		}
		w.Rows[w.Line()] = row.Head
	}
	w.Paragraph(line)
}

// Blank writes the blank line of a page's end.
func (w *Writer) Blank() {
	w.body.WriteByte('\n')
	w.line++
}

// Repair notes a change at the line that is written next.
func (w *Writer) Repair(what string) {
	w.Repairs = append(w.Repairs, report.Repair{Line: w.Line(), What: what})
}

// Full says that nothing more can be written.
func (w *Writer) Full() bool { return w.full }

// Finish gives the text; one without a letter is [ErrNoText].
func (w *Writer) Finish() (Text, error) {
	if w.full {
		return Text{}, bound.ErrTooBig
	}
	w.Body = w.body.String()
	if strings.IndexFunc(w.Body, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return Text{}, ErrNoText
	}
	return w.Text, nil
}

func blank(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) && !unicode.IsLetter(r) }

// Run is a piece of a paragraph in one weight.
type Run struct {
	Text string
	Bold bool
}

// Marked joins runs, bold ones between two pairs of stars. Stars of the text
// itself and invisible control characters are left out, so that a text cannot
// forge marks.
func Marked(runs []Run) string {
	var b, weight strings.Builder
	heavy := false
	flush := func() {
		if heavy {
			embolden(&b, weight.String())
		} else {
			b.WriteString(weight.String())
		}
		weight.Reset()
	}
	for _, r := range runs {
		r.Text = Clean(r.Text)
		if r.Text == "" {
			continue
		}
		// Blanks have the weight of what they follow.
		if r.Bold != heavy && (weight.Len() == 0 || strings.TrimFunc(r.Text, blank) != "") {
			flush()
			heavy = r.Bold
		}
		weight.WriteString(r.Text)
	}
	flush()
	return b.String()
}

// embolden writes bold lines, each between its own stars.
func embolden(b *strings.Builder, s string) {
	for i, part := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		body := strings.TrimFunc(part, blank)
		if body == "" {
			b.WriteString(part)
			continue
		}
		lead := strings.Index(part, body)
		b.WriteString(part[:lead] + "**" + body + "**" + part[lead+len(body):])
	}
}

// Clean takes control characters and pairs of stars out of a file's own text.
func Clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\u00a0':
			return ' '
		case r == '\n':
			return r
		case r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\ufeff' || r == '\u00ad' || r == unicode.ReplacementChar || unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	for strings.Contains(s, "**") {
		s = strings.ReplaceAll(s, "**", "*")
	}
	return s
}

// Heading writes a heading of a level from 1; a long one is a paragraph that a
// style was put on, and stays one.
func Heading(level int, s string) string {
	bare := strings.ReplaceAll(s, "**", "")
	if level < 1 || len([]rune(bare)) > 60 || strings.Contains(bare, "\n") || strings.ContainsRune(bare, '。') {
		return s
	}
	return strings.Repeat("#", min(level, 6)) + " " + strings.TrimSpace(bare)
}
