// Package sheet reads tables into plain text, a row a line: workbooks (.xlsx)
// and values parted by commas or semicolons (.csv).
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"youju/indexer/bound"
	"youju/indexer/plain"
)

// Limits against hostile files: the size of a workbook's parts when expanded,
// in bytes, and of the table.
const (
	maxUnzipped = 128 << 20
	maxPart     = 16 << 20
	maxColumns  = 256
	maxRows     = 200_000
)

// ErrFormat says that a file looks like a workbook and holds none.
var ErrFormat = bound.Fail(bound.Damaged, "不是完整的电子表格（.xlsx），请重新保存，或另存为 .csv")

// Workbook reads an .xlsx: every sheet that is shown, one after the other.
func Workbook(work *bound.Work, data []byte) (plain.Text, error) {
	if _, err := bound.Directory(data); bound.CodeOf(err) == bound.TooManyFiles {
		return plain.Text{}, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxPart})
	if err != nil {
		return plain.Text{}, fmt.Errorf("%w：%v", ErrFormat, err)
	}
	defer f.Close()
	var w plain.Writer
	for i, name := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(name); err == nil && !shown {
			w.Missing = append(w.Missing, fmt.Sprintf("工作表“%s”是隐藏的，没有读取", name))
			continue
		}
		if i > 0 {
			w.Blank()
		}
		if err := readSheet(work, f, name, &w); err != nil {
			if work.Err() != nil || w.Len() == 0 {
				return plain.Text{}, err
			}
			w.Missing = append(w.Missing, fmt.Sprintf("工作表“%s”没有读完（%v）", name, err))
		}
	}
	return w.Finish()
}

// readSheet writes a sheet's rows.
func readSheet(work *bound.Work, f *excelize.File, name string, w *plain.Writer) error {
	merged, err := coveredCells(f, name)
	if err != nil {
		return fmt.Errorf("%w：%v", ErrFormat, err)
	}
	rows, err := f.Rows(name)
	if err != nil {
		return fmt.Errorf("%w：%v", ErrFormat, err)
	}
	defer rows.Close()
	t := table{out: w}
	for n := 1; rows.Next(); n++ {
		if err := work.Err(); err != nil {
			return err
		}
		if n > maxRows {
			return bound.ErrTooBig
		}
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("%w：第%d行：%v", ErrFormat, n, err)
		}
		for len(cells) < len(merged[n]) {
			cells = append(cells, "")
		}
		t.row(cells, merged[n])
	}
	if err := rows.Error(); err != nil {
		return fmt.Errorf("%w：%v", ErrFormat, err)
	}
	return nil
}

// coveredCells says by row which columns a taller cell from above stands over.
// The further columns of a wider one stay empty.
func coveredCells(f *excelize.File, name string) (map[int][]bool, error) {
	cells, err := f.GetMergeCells(name)
	if err != nil {
		return nil, err
	}
	covered := map[int][]bool{}
	for _, c := range cells {
		column, top, err := excelize.CellNameToCoordinates(c.GetStartAxis())
		if err != nil || column > maxColumns {
			continue
		}
		_, bottom, err := excelize.CellNameToCoordinates(c.GetEndAxis())
		if err != nil || bottom-top > maxRows || c.GetCellValue() == "" {
			continue
		}
		for n := top + 1; n <= bottom; n++ {
			for len(covered[n]) < column {
				covered[n] = append(covered[n], false)
			}
			covered[n][column-1] = true
		}
	}
	return covered, nil
}

// table writes rows as lines.
type table struct {
	columns plain.Columns
	out     *plain.Writer
}

// row writes a row; one of a single cell is a line of text, such as a title.
func (t *table) row(cells []string, covered []bool) {
	cells = cells[:min(len(cells), maxColumns)]
	only, filled := "", 0
	for i, c := range cells {
		// A cell is one line: what is broken for its width is joined.
		cells[i] = strings.TrimSpace(strings.ReplaceAll(plain.Clean(c), "\n", " "))
		if cells[i] != "" {
			only = cells[i]
			filled++
		}
	}
	switch {
	case filled == 0:
	case filled == 1 && !slices.Contains(covered, true):
		t.out.Paragraph(only)
	default:
		t.out.Row(t.columns.Line(cells, covered))
	}
}

// IsCSV says that a text is a table of values: all its first records have the
// same number of values, more than two, or two that are short.
func IsCSV(src string) bool { return comma(src) != 0 }

// comma is what parts the values of a table, 0 where the text is none.
func comma(src string) rune {
	const probe = 64 << 10
	head := src[:min(len(src), probe)]
	if len(src) > probe {
		head = head[:strings.LastIndexByte(head, '\n')+1]
	}
	for _, c := range []rune{',', ';'} {
		if tabular(head, c) {
			return c
		}
	}
	return 0
}

func tabular(head string, c rune) bool {
	r := newCSV(head, c)
	r.LazyQuotes = false
	records, fields, longest := 0, 0, 0
	for ; records < 200; records++ {
		values, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || len(values) < 2 || fields > 0 && len(values) != fields {
			return false
		}
		fields = len(values)
		for _, v := range values {
			// A sentence with a comma of the narrow form is no table.
			if strings.ContainsAny(v, "。！？") && !strings.ContainsAny(head, `"`) {
				return false
			}
			longest = max(longest, len([]rune(v)))
		}
	}
	return records >= 3 && (fields > 2 || longest <= 30)
}

func newCSV(src string, c rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(src))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = c, -1, true, true
	return r
}

// CSV reads a table of values, whose text is decoded.
func CSV(work *bound.Work, src string) (plain.Text, error) {
	c := comma(src)
	if c == 0 {
		return plain.Text{}, plain.ErrNoText
	}
	var w plain.Writer
	t := table{out: &w}
	r := newCSV(src, c)
	for n := 1; ; n++ {
		if err := work.Err(); err != nil {
			return plain.Text{}, err
		}
		values, err := r.Read()
		if errors.Is(err, io.EOF) {
			return w.Finish()
		}
		if err != nil || n > maxRows {
			w.Missing = append(w.Missing, fmt.Sprintf("表格没有读完：第%d行以后未读", n-1))
			return w.Finish()
		}
		t.row(values, nil)
	}
}
