package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"youju/search"
	"youju/search/bleve"
	"youju/web"
)

func searchCommand() *cli.Command {
	return &cli.Command{
		Name:      "search",
		Usage:     "在命令行检索",
		ArgsUsage: "查询",
		Description: `查询的写法与网页相同：词之间用空格隔开，"引号"内逐字匹配，-词 表示不含。
筛选项可重复给出，同一项内任一即可，不同项须同时满足；不给查询时列出全部。
退出码：0 有结果或没有结果 · 1 索引不能使用 · 2 用法不对`,
		Flags: append([]cli.Flag{
			dataFlag(),
			jsonFlag("输出 JSON，格式与 /api/v1/search 相同"),
			&cli.StringFlag{Name: "sort", Usage: "排序：relevance 相关、newest 新的在前、oldest 旧的在前", Value: search.SortRelevance, Sources: cli.EnvVars("YJ_SORT")},
			&cli.IntFlag{Name: "page", Usage: "第几页", Value: 1, Sources: cli.EnvVars("YJ_PAGE")},
			&cli.IntFlag{Name: "size", Usage: fmt.Sprintf("每页条数，至多 %d", search.MaxSize), Value: search.DefaultSize, Sources: cli.EnvVars("YJ_SIZE")},
			&cli.StringSliceFlag{Name: "off", Usage: "不按系统理解处理的`词`：不当作筛选，不查它的同义词，可重复", HideDefault: true},
			&cli.BoolFlag{Name: "explain", Usage: "说明查询是怎样理解的、每条的得分由什么构成"},
		}, filterFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			q, err := queryOf(cmd)
			if err != nil {
				return err
			}
			index, err := bleve.Open(indexDir(cmd))
			if err != nil {
				return failed("%v", err)
			}
			defer index.Close()
			if cmd.Bool("json") {
				return searchJSON(ctx, cmd.Root().Writer, index, q)
			}
			return searchText(ctx, cmd.Root().Writer, index, q)
		},
	}
}

// filterFlags has one flag for each facet, under the name the URL uses.
func filterFlags() []cli.Flag {
	flags := make([]cli.Flag, len(search.FacetNames))
	for i, name := range search.FacetNames {
		flags[i] = &cli.StringSliceFlag{
			Name: name, Usage: "筛选" + search.FacetLabels[name] + "，`值`可重复", HideDefault: true,
			Sources: cli.EnvVars("YJ_" + strings.ToUpper(name)),
		}
	}
	return flags
}

// filtersOf reads the filter flags.
func filtersOf(cmd *cli.Command) map[string][]string {
	filters := map[string][]string{}
	for _, name := range search.FacetNames {
		if values := cmd.StringSlice(name); len(values) > 0 {
			filters[name] = values
		}
	}
	return filters
}

func queryOf(cmd *cli.Command) (search.Query, error) {
	q := search.Query{
		Text: strings.Join(cmd.Args().Slice(), " "), Filters: filtersOf(cmd),
		Sort: cmd.String("sort"), Page: cmd.Int("page"), Size: cmd.Int("size"),
		Off: cmd.StringSlice("off"), Explain: cmd.Bool("explain"),
	}
	switch {
	case q.Sort != search.SortRelevance && q.Sort != search.SortNewest && q.Sort != search.SortOldest:
		return q, badUsage("--sort 只能是 relevance、newest 或 oldest")
	case q.Page < 1:
		return q, badUsage("--page 从 1 开始")
	case q.Size < 1 || q.Size > search.MaxSize:
		return q, badUsage("--size 在 1 与 %d 之间", search.MaxSize)
	}
	return q, nil
}

// searchJSON asks the API's own handler, so that both answers are one.
func searchJSON(ctx context.Context, w io.Writer, s web.Searcher, q search.Query) error {
	params := url.Values{
		"q": {q.Text}, "sort": {q.Sort}, "page": {strconv.Itoa(q.Page)}, "size": {strconv.Itoa(q.Size)},
	}
	for name, values := range q.Filters {
		params[name] = values
	}
	params["off"] = q.Off
	if q.Explain {
		params.Set("explain", "1")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/search?"+params.Encode(), nil)
	if err != nil {
		return err
	}
	answer := &answerWriter{header: http.Header{}, w: w}
	web.New(s, web.Options{Logger: slog.New(slog.DiscardHandler)}).ServeHTTP(answer, req)
	if answer.err != nil {
		return answer.err
	}
	if answer.status != http.StatusOK {
		return failed("检索失败")
	}
	return nil
}

// answerWriter passes the body of an HTTP answer on.
type answerWriter struct {
	header http.Header
	status int
	w      io.Writer
	err    error
}

func (a *answerWriter) Header() http.Header { return a.header }

func (a *answerWriter) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answerWriter) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	n, err := a.w.Write(b)
	a.err = errors.Join(a.err, err)
	return n, err
}

// tierLabels says how closely the hits match.
var tierLabels = map[string]string{
	search.TierExact:   "逐字匹配",
	search.TierNear:    "近似匹配",
	search.TierPartial: "没有完全匹配，以下结果只含部分词语",
}

func searchText(ctx context.Context, w io.Writer, s web.Searcher, q search.Query) error {
	res, err := s.Search(ctx, q)
	if err != nil {
		return failed("检索失败：%v", err)
	}
	st := styleOf(w)
	printReading(w, st, &res.Reading)
	if res.Total == 0 {
		fmt.Fprintln(w, "没有找到结果")
		return nil
	}
	for _, c := range res.Cards {
		fmt.Fprintf(w, "【%s】%s %s\n", printable(c.Title), printable(c.Text), st.dim(printable(c.Note)))
	}
	fmt.Fprintf(w, "%s\n\n", summaryOf(res))
	first := (q.Page - 1) * q.Size
	for i := range res.Hits {
		printHit(w, st, first+i+1, &res.Hits[i])
	}
	if shown := first + len(res.Hits); len(res.Hits) > 0 && shown < res.Total {
		fmt.Fprintf(w, "以上为第 %d—%d 条，--page %d 看下一页\n", first+1, shown, q.Page+1)
	}
	return nil
}

// printReading tells how the query was understood.
func printReading(w io.Writer, st style, r *search.Reading) {
	if r.Plan != "" {
		fmt.Fprintln(w, st.dim("查询计划："+printable(r.Plan)))
	}
	for _, c := range r.Context {
		fmt.Fprintf(w, "“%s”理解为 %s\n", printable(c.Word), printable(c.Label))
	}
	for _, e := range r.Expansions {
		var names []string
		for _, v := range e.Variants {
			if !v.Off {
				names = append(names, v.Text)
			}
		}
		if len(names) > 0 {
			fmt.Fprintf(w, "“%s”也查了：%s\n", printable(e.Word), printable(strings.Join(names, "、")))
		}
	}
	for _, a := range r.Corrections {
		fmt.Fprintf(w, "您是不是要找：%s（%d 条）\n", printable(a.Text), a.Count)
	}
	for _, note := range r.Notes {
		fmt.Fprintln(w, "注意：", printable(note))
	}
}

// summaryOf says how many items there are and how closely they match.
func summaryOf(res *search.Result) string {
	summary := fmt.Sprintf("共 %d 条", res.Total)
	label := tierLabels[res.Reading.Tier]
	switch {
	case label == "" || len(res.Reading.Words) == 0:
	case res.Exact > 0 && res.Reading.Tier != search.TierExact:
		summary += fmt.Sprintf(" · 完全匹配的 %d 条排在最前，其余只部分符合", res.Exact)
	default:
		summary += " · " + label
	}
	return summary
}

// printHit writes a hit the way the page does: where it stands, what it says, what it is.
func printHit(w io.Writer, st style, number int, h *search.Hit) {
	crumbs := append([]string{h.Document.Title}, h.Item.Path...)
	fmt.Fprintf(w, "%d. %s\n", number, st.dim(strings.Join(crumbs, " › ")))
	title := strings.TrimSpace(h.Item.Number + " " + h.Item.Heading)
	if title != "" {
		fmt.Fprintf(w, "   %s\n", st.bold(title))
	}
	fmt.Fprintf(w, "   %s\n", st.snippet(h.Snippet))
	fmt.Fprintf(w, "   %s\n", st.dim(strings.Join(badgesOf(h), " · ")))
	fmt.Fprintf(w, "   %s\n", st.dim("/report/"+h.Item.ID))
	if e := h.Explain; e != nil {
		fmt.Fprintf(w, "   %s\n", st.dim(fmt.Sprintf("得分 %.3f：层级 %d，词语 %.2f，同句 %.2f，数字 %.0f，所问 %.0f，仅在责任单位 %.0f，部分 ×%.2f，所含 ×%.2f，语境 %.2f，新近 %.2f",
			h.Score, e.Level, e.Words, e.Together, e.Figure, e.Asked, e.Aside, e.Part, e.Share, e.Context, e.Recency)))
	}
	fmt.Fprintln(w)
}

func badgesOf(h *search.Hit) []string {
	year := search.FacetValueLabel(search.FacetYear, search.None)
	if h.Document.Year != 0 {
		year = strconv.Itoa(h.Document.Year) + "年"
	}
	badges := []string{year}
	for _, b := range []string{h.Document.Place.Name(), h.Item.Claim.Label(), h.Item.Part.Label()} {
		if b != "" {
			badges = append(badges, b)
		}
	}
	if units := h.Item.Duty.LeadUnits; len(units) > 0 {
		badges = append(badges, "牵头 "+strings.Join(units, "、"))
	}
	return badges
}
