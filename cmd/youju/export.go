package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"youju/report"
	"youju/search"
	"youju/search/bleve"
)

func exportCommand() *cli.Command {
	return &cli.Command{
		Name:  "export",
		Usage: "导出索引中的文档或条目（每行一个 JSON）",
		Description: `不加选项时每行一篇文档，格式与 youju inspect --json 相同；
--items 每行一个条目，附文档信息；给出 --query 或筛选项时导出匹配的条目。
退出码：0 成功 · 1 失败 · 2 用法不对 · 3 结果过多，只导出了一部分`,
		Flags: append([]cli.Flag{
			dataFlag(),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "写入`文件`，默认为标准输出", Sources: cli.EnvVars("YJ_OUTPUT")},
			&cli.BoolFlag{Name: "items", Usage: "每行一个条目", Sources: cli.EnvVars("YJ_ITEMS")},
			&cli.StringFlag{Name: "query", Aliases: []string{"q"}, Usage: "只导出匹配`查询`的条目", Sources: cli.EnvVars("YJ_QUERY")},
		}, filterFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.Args().Present() {
				return badUsage("不认识“%s”，查询请写成 --query %s", cmd.Args().First(), cmd.Args().First())
			}
			index, err := bleve.Open(indexDir(cmd))
			if err != nil {
				return failed("%v", err)
			}
			defer index.Close()
			q := search.Query{Text: cmd.String("query"), Filters: filtersOf(cmd), Sort: search.SortOldest}
			return toFile(cmd.String("output"), cmd.Root().Writer, func(w io.Writer) error {
				encoder := json.NewEncoder(w)
				encoder.SetEscapeHTML(false)
				if q.Text != "" || len(q.Filters) > 0 {
					return exportHits(ctx, encoder, index, q)
				}
				return exportAll(ctx, encoder, index, cmd.Bool("items"))
			})
		},
	}
}

// exportedItem is one item with what identifies its document.
type exportedItem struct {
	Document exportedDocument `json:"document"`
	Item     *report.Item     `json:"item"`
}

type exportedDocument struct {
	ID     string        `json:"id"`
	Kind   report.Kind   `json:"kind"`
	Title  string        `json:"title"`
	Number *string       `json:"number"`
	Place  report.Place  `json:"place"`
	Year   *int          `json:"year"`
	Date   *string       `json:"date"`
	Source report.Source `json:"source"`
}

func newExportedItem(d *report.Document, it *report.Item) exportedItem {
	return exportedItem{exportedDocument{
		d.ID, d.Kind, d.Title, known(d.Number), d.Place, known(d.Year), known(d.Date), d.Source,
	}, it}
}

// known gives nil for a zero value: what a text does not say is null in JSON.
func known[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func exportAll(ctx context.Context, encoder *json.Encoder, index *bleve.Index, items bool) error {
	list, err := index.Documents(ctx)
	if err != nil {
		return failed("无法列出文档：%v", err)
	}
	for _, s := range list {
		if err := ctx.Err(); err != nil {
			return failed("已中断")
		}
		doc, err := index.Document(ctx, s.Document.ID)
		if err != nil {
			return failed("无法读出文档 %s：%v", s.Document.ID, err)
		}
		if !items {
			if err := encoder.Encode(doc); err != nil {
				return err
			}
			continue
		}
		for i := range doc.Items {
			if err := encoder.Encode(newExportedItem(doc, &doc.Items[i])); err != nil {
				return err
			}
		}
	}
	return nil
}

// exportHits pages through the hits as far as a search goes.
func exportHits(ctx context.Context, encoder *json.Encoder, index *bleve.Index, q search.Query) error {
	q.Size = search.MaxSize
	written := 0
	for q.Page = 1; q.Page*q.Size <= search.MaxDepth; q.Page++ {
		res, err := index.Search(ctx, q)
		if err != nil {
			return failed("检索失败：%v", err)
		}
		for i := range res.Hits {
			if err := encoder.Encode(newExportedItem(&res.Hits[i].Document, &res.Hits[i].Item)); err != nil {
				return err
			}
		}
		written += len(res.Hits)
		if len(res.Hits) == 0 || written >= res.Total {
			return nil
		}
	}
	return &exitError{exitPartial, fmt.Sprintf("结果过多，只导出了前 %d 条；请用筛选项分批导出", written)}
}

// toFile writes to the file of that name, or to stdout where there is none. A
// file appears only when it is complete.
func toFile(name string, stdout io.Writer, write func(io.Writer) error) error {
	if name == "" {
		buf := bufio.NewWriter(stdout)
		return errors.Join(write(buf), buf.Flush())
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".youju-export-*")
	if err != nil {
		return failed("无法写入 %s：%v", name, err)
	}
	defer os.Remove(f.Name()) // no file of that name is left after the rename
	buf := bufio.NewWriter(f)
	err = write(buf)
	var partial *exitError
	if err != nil && !(errors.As(err, &partial) && partial.code == exitPartial) {
		return errors.Join(err, f.Close())
	}
	if werr := errors.Join(buf.Flush(), f.Chmod(0o644), f.Close(), os.Rename(f.Name(), name)); werr != nil {
		return failed("无法写入 %s：%v", name, werr)
	}
	return err
}
