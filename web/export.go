package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/gorilla/mux"
	"github.com/xuri/excelize/v2"

	"youju/search"
)

// maxExport is how many hits a file holds at most: as many as can be paged to.
const maxExport = search.MaxDepth

// exportFormats are the files a search can be saved as, in the order shown.
var exportFormats = []struct{ ext, label string }{{"csv", "CSV"}, {"xlsx", "Excel"}, {"jsonl", "JSON Lines"}}

// exportURL is the address of the same search as a file.
func exportURL(q search.Query, ext string) string {
	q.Page, q.Size = 1, search.DefaultSize
	return encode("/export."+ext, paramsOf(q))
}

func exportOptions(q search.Query) []option {
	var options []option
	for _, f := range exportFormats {
		options = append(options, option{Label: f.label, URL: exportURL(q, f.ext)})
	}
	return options
}

// serveExport sends exactly the hits that the page with the same parameters lists.
func (s *server) serveExport(w http.ResponseWriter, r *http.Request) error {
	q := queryOf(r.URL.Query())
	hits, total, err := s.allHits(r.Context(), q)
	if err != nil {
		return err
	}
	title := q.Text
	if title == "" {
		title = "条目"
	}
	if len(hits) < total {
		title += fmt.Sprintf("-前%d条", len(hits)) // all that a table by itself can say
	}
	switch mux.Vars(r)["ext"] {
	case "jsonl":
		return s.sendLines(w, r, title, hits)
	case "xlsx":
		return s.sendBook(w, r, title, s.table(r, hits), exportNotes(q, len(hits), total, s.absolute(r, urlOf(q))))
	}
	return s.sendCSV(w, r, title, s.table(r, hits))
}

// allHits are the hits of every page together, up to maxExport.
func (s *server) allHits(ctx context.Context, q search.Query) (hits []search.Hit, total int, err error) {
	q.Size = search.MaxSize
	for q.Page = 1; q.Page*q.Size <= maxExport; q.Page++ {
		res, err := s.searcher.Search(ctx, q)
		if err != nil {
			return nil, 0, fmt.Errorf("searching for an export: %w", err)
		}
		hits, total = append(hits, res.Hits...), res.Total
		if len(hits) >= total || len(res.Hits) == 0 {
			break
		}
	}
	return hits, total, nil
}

// exportNotes tell in a file what the file is.
func exportNotes(q search.Query, held, total int, address string) [][]string {
	notes := [][]string{
		{"检索", q.Text}, {"网址", address}, {"导出日期", today()}, {"条数", fmt.Sprint(held)},
	}
	if held < total {
		notes = append(notes, []string{"说明", fmt.Sprintf("共 %d 条，本文件只含前 %d 条", total, held)})
	}
	return append(notes, []string{"说明", "文字以来源为准；“摘编”一栏有字的不是原文，引用请核对官方文本"})
}

// columns are the table's headings; row gives the cells under them.
var columns = []string{
	"编号", "年份", "地区", "文种", "标题", "发文字号", "成文日期", "所在章节", "序号", "小标题", "正文",
	"部分", "回顾或部署", "所述年份", "主题", "牵头领导", "牵头单位", "配合单位", "摘编", "网址", "引用",
}

func (s *server) row(r *http.Request, h *search.Hit) []string {
	d, it := &h.Document, &h.Item
	all := func(values []string) string { return strings.Join(values, "；") }
	year := func(y int) string {
		if y == 0 {
			return ""
		}
		return fmt.Sprint(y)
	}
	digest := ""
	if d.Source.Digest != "" {
		digest = "摘编，非原文"
	}
	q := s.quote(r, d, it)
	return []string{
		it.ID, year(d.Year), d.Place.Full(), string(d.Kind), documentTitle(d), d.Number, d.Date, strings.Join(it.Path, " › "),
		it.Number, it.Heading, it.Text, it.Part.Label(), it.Claim.Label(), year(it.AboutYear), all(it.Topics),
		all(it.Duty.Leaders), all(it.Duty.LeadUnits), all(it.Duty.SupportUnits), digest, q.URL, q.Standard,
	}
}

func (s *server) table(r *http.Request, hits []search.Hit) [][]string {
	rows := [][]string{columns}
	for i := range hits {
		rows = append(rows, s.row(r, &hits[i]))
	}
	return rows
}

// inert keeps a spreadsheet from taking a text for a formula.
func inert(cell string) string {
	trimmed := strings.TrimLeftFunc(cell, unicode.IsSpace)
	if trimmed != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(trimmed)[0]) || strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r") {
		return "'" + cell
	}
	return cell
}

// sendCSV begins with a byte order mark, without which Excel misreads Chinese.
func (s *server) sendCSV(w http.ResponseWriter, r *http.Request, title string, rows [][]string) error {
	var buf bytes.Buffer
	buf.WriteString("\ufeff")
	out := csv.NewWriter(&buf)
	out.UseCRLF = true
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = inert(cell)
		}
		if err := out.Write(safe); err != nil {
			return fmt.Errorf("writing a table: %w", err)
		}
	}
	out.Flush()
	sendFile(w, r, title+".csv", "text/csv; charset=utf-8", buf.Bytes())
	return nil
}

// sendTable sends a table in the form the address asks for. The first row holds
// the headings; address is the page that shows the same.
func (s *server) sendTable(w http.ResponseWriter, r *http.Request, title string, rows [][]string, address string) error {
	if mux.Vars(r)["ext"] == "xlsx" {
		return s.sendBook(w, r, title, rows, [][]string{
			{"标题", title}, {"网址", address}, {"导出日期", today()}, {"行数", fmt.Sprint(len(rows) - 1)},
			{"说明", "文字和数都是引文，以来源为准；没有收录的，不表示没有"},
		})
	}
	return s.sendCSV(w, r, title, rows)
}

// maxCell is the longest text a cell of a workbook may hold.
const maxCell = 32767

// sendBook writes the table as a workbook; every cell is text, so nothing is a
// formula, and a second sheet says what the first one is.
func (s *server) sendBook(w http.ResponseWriter, r *http.Request, title string, rows, notes [][]string) error {
	book := excelize.NewFile()
	defer book.Close()
	if err := fillSheet(book, "Sheet1", "摘录", rows); err != nil {
		return fmt.Errorf("writing a workbook: %w", err)
	}
	if _, err := book.NewSheet("Sheet2"); err != nil {
		return fmt.Errorf("writing a workbook: %w", err)
	}
	if err := fillSheet(book, "Sheet2", "说明", notes); err != nil {
		return fmt.Errorf("writing a workbook: %w", err)
	}
	buf, err := book.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("writing a workbook: %w", err)
	}
	sendFile(w, r, title+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", buf.Bytes())
	return nil
}

func fillSheet(book *excelize.File, sheet, name string, rows [][]string) error {
	out, err := book.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	wrap, err := book.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return err
	}
	for i := range len(rows[0]) {
		width := 14.0
		if rows[0][i] == "正文" || rows[0][i] == "引文" || len(rows[0]) == 2 && i == 1 {
			width = 70
		}
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, text := range row {
			cells[j] = excelize.Cell{StyleID: wrap, Value: firstRunes(text, maxCell)}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return book.SetSheetName(sheet, name)
}

// sendLines writes one item a line, as the API has them.
func (s *server) sendLines(w http.ResponseWriter, r *http.Request, title string, hits []search.Hit) error {
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	for i := range hits {
		if err := encoder.Encode(newAPIItem(&hits[i].Item, &hits[i].Document)); err != nil {
			return fmt.Errorf("writing lines: %w", err)
		}
	}
	sendFile(w, r, title+".jsonl", "application/jsonl; charset=utf-8", buf.Bytes())
	return nil
}

// sendFile offers a file to be saved, under a Chinese name where the browser
// can and a plain one where it cannot.
func sendFile(w http.ResponseWriter, r *http.Request, name, contentType string, content []byte) {
	clean := strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("-_.，、", c) {
			return c
		}
		return '_'
	}, name)
	clean = "有据-" + firstRunes(strings.TrimSuffix(clean, extension(name)), 40) + extension(name)
	w.Header().Set("Content-Disposition", `attachment; filename="youju`+extension(name)+`"; filename*=UTF-8''`+url.PathEscape(clean))
	send(w, r, http.StatusOK, contentType, content)
}

func extension(name string) string { return name[strings.LastIndexByte(name, '.'):] }

// quotationTable is the basket as a table: the quotation, its source, its reference.
func quotationTable(quotations []quotation) [][]string {
	rows := [][]string{{"序号", "引文", "出处", "参考文献", "网址", "编号"}}
	for i, q := range quotations {
		rows = append(rows, []string{fmt.Sprint(i + 1), strings.TrimSpace(q.Heading + "\n" + q.Text), q.Source, q.Standard, q.URL, q.ID})
	}
	return rows
}
