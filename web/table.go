package web

import (
	"fmt"
	"net/http"
	"strconv"

	"youju/search/fact"
)

// The tables that pages of facts can be saved as. Files are in Chinese, as what
// they quote.

// serveTrackFile saves what the page of the same parameters shows.
func (s *server) serveTrackFile(w http.ResponseWriter, r *http.Request) error {
	facts, err := s.searcher.Facts(r.Context())
	if err != nil {
		return fmt.Errorf("opening the facts: %w", err)
	}
	link := func(path string) string { return s.absolute(r, path) }
	if r.URL.Query().Get("indicator") == "" {
		f, err := readIndicatorFilter(facts, r)
		if err != nil {
			return err
		}
		rows, _, err := facts.Indicators(f)
		if err != nil {
			return fmt.Errorf("listing indicators: %w", err)
		}
		return s.sendTable(w, r, "目标与结果", indicatorTable(rows, link), link(encode("/track", indicatorParams(f))))
	}
	t, err := trackOf(facts, r)
	if err != nil {
		return err
	}
	return s.sendTable(w, r, t.Place+"-"+t.Indicator, trackTable(t, link), link(trackURL(t.Indicator, t.Place)))
}

// indicatorTable is the list as rows of a file: one for every year marked.
func indicatorTable(rows []fact.IndicatorRow, link func(path string) string) [][]string {
	table := [][]string{{"主题", "指标", "年份", "有目标", "有结果", "网址"}}
	mark := map[bool]string{true: "有"}
	for _, row := range rows {
		for _, y := range row.Years {
			table = append(table, []string{row.Topic, row.Name, strconv.Itoa(y.Year), mark[y.Target], mark[y.Result], link(trackURL(row.Name, row.Place))})
		}
	}
	return table
}

// silence says why nothing is stated of a year.
func silence(held bool) string {
	if held {
		return "收录的文件里没有找到这个指标的数"
	}
	return "能说到的文件都没有收录"
}

// trackTable is the page's points as rows of a file: the line first, then what
// stands apart with its reason.
func trackTable(t *fact.Track, link func(path string) string) [][]string {
	rows := [][]string{{"指标", "地区", "年份", "目标或结果", "增减", "数值", "单位", "限定", "时段", "口径", "状态", "不列入同一条线的原因", "引文", "出处", "网址", "说明"}}
	add := func(p *fact.Point, state fact.State) {
		reasons := ""
		for i, reason := range p.Apart {
			reasons += map[bool]string{true: "；"}[i > 0] + reason
		}
		year := ""
		if p.Year != 0 {
			year = strconv.Itoa(p.Year)
		}
		for _, st := range p.Statements {
			rows = append(rows, []string{t.Indicator, p.Place, year, p.Kind.Label(), fact.ChangeText(&p.Figure), fact.NumberText(&p.Figure), p.Figure.Unit, p.Figure.Bound, p.Figure.Period, p.Figure.Basis,
				string(state), reasons, st.Text, factSource(st.Passage.Document), link(itemURL(st.Passage.Item.ID)), ""})
		}
	}
	for i := range t.Years {
		y := &t.Years[i]
		if y.State == "" {
			row := make([]string, len(rows[0]))
			row[0], row[1], row[2], row[len(row)-1] = t.Indicator, t.Place, strconv.Itoa(y.Year), silence(y.Held)
			rows = append(rows, row)
		}
		for j := range y.Targets {
			add(&y.Targets[j], y.State)
		}
		for j := range y.Results {
			add(&y.Results[j], y.State)
		}
	}
	for i := range t.Apart {
		add(&t.Apart[i], "")
	}
	return rows
}
