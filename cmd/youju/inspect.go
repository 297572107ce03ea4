package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/urfave/cli/v3"

	"youju/indexer"
)

func inspectCommand() *cli.Command {
	return &cli.Command{
		Name:      "inspect",
		Usage:     "查看一个文件会被拆成什么，不建立索引",
		ArgsUsage: "文件…",
		Description: `打印每篇文档的信息、标题、条目、责任单位、地名、主题，以及修补过的地方和存疑之处。
退出码：0 全部读取 · 1 一个也没有读出 · 2 用法不对 · 3 部分文件未能读取`,
		Flags: append([]cli.Flag{jsonFlag("每篇文档输出一行 JSON")}, readerFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			limitMemory()
			if cmd.Args().Len() == 0 {
				return badUsage("请给出要查看的文件，例如：youju inspect 报告.txt")
			}
			root := cmd.Root()
			return runInspect(ctx, root.Writer, root.ErrWriter, readerOf(cmd), cmd.Args().Slice(), cmd.Bool("json"))
		},
	}
}

func runInspect(ctx context.Context, stdout, stderr io.Writer, reader *indexer.Reader, paths []string, asJSON bool) error {
	files, bad := indexer.Find(paths)
	read := 0
	encoder := json.NewEncoder(stdout)
	encoder.SetEscapeHTML(false)
	st := styleOf(stdout)
	for _, f := range files {
		// One file at a time, so that a folder is not held in memory whole.
		docs, err := reader.ReadFile(ctx, f)
		if err != nil {
			bad = append(bad, indexer.Result{Path: f.Path, Err: err})
			continue
		}
		read++
		for _, doc := range docs {
			if asJSON {
				if err := encoder.Encode(doc); err != nil {
					return failed("无法输出：%v", err)
				}
				continue
			}
			printOutline(stdout, st, doc)
		}
	}
	for _, r := range bad {
		fmt.Fprintln(stderr, unreadLine(r))
	}
	switch {
	case read == 0:
		return failed("没有读出任何文档")
	case len(bad) > 0:
		return &exitError{exitPartial, fmt.Sprintf("%d 个文件未能读取", len(bad))}
	}
	return nil
}
