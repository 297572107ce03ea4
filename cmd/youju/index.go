package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v3"

	"youju/indexer"
	"youju/search"
	"youju/search/bleve"
)

func indexCommand() *cli.Command {
	return &cli.Command{
		Name:      "index",
		Usage:     "读取文件，建立索引",
		ArgsUsage: "路径…",
		Description: `读取所给的文件和文件夹（.txt、.md、.html），拆分成条目并建立索引。
索引的内容就是本次所给的全部路径；建成之前，正在使用的索引不受影响，失败或中断也不会改动它。
退出码：0 全部读取 · 1 没有建成索引 · 2 用法不对 · 3 索引已建成，但有文件未能读取`,
		Flags: []cli.Flag{
			dataFlag(),
			&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "列出每个文件和每处问题", Sources: cli.EnvVars("YJ_VERBOSE")},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.Args().Len() == 0 {
				return badUsage("请给出要索引的文件或文件夹，例如：youju index 报告文件夹")
			}
			root := cmd.Root()
			return runIndex(ctx, root.Writer, root.ErrWriter, indexDir(cmd), cmd.Args().Slice(), cmd.Bool("verbose"))
		},
	}
}

// indexDir is the folder of the index below the data folder.
func indexDir(cmd *cli.Command) string { return filepath.Join(cmd.String("data"), "index") }

func runIndex(ctx context.Context, stdout, stderr io.Writer, dir string, paths []string, verbose bool) error {
	start := time.Now()
	files, bad := indexer.Find(paths)
	if len(files) == 0 {
		printResults(stdout, bad, verbose)
		return failed("没有找到可以读取的文件（支持 .txt、.md、.html）")
	}
	progress := newProgress(stderr)
	summary, info, err := buildIndex(ctx, dir, files, progress.show)
	progress.end()
	summary.Files = append(bad, summary.Files...)
	printResults(stdout, summary.Files, verbose)
	switch {
	case errors.Is(err, context.Canceled):
		return failed("已中断，原有的索引没有变化")
	case errors.Is(err, bleve.ErrNoDocuments):
		return failed("%v", err)
	case err != nil:
		return failed("建立索引失败：%v", err)
	}
	fmt.Fprintf(stdout, "已建立索引 %s：%d 篇文档，%d 个标题，%d 条（%s，用时 %s）\n",
		dir, info.Documents, summary.Sections, info.Items, megabytes(summary.Bytes), seconds(time.Since(start)))
	if n := unreadable(summary.Files); n > 0 {
		return &exitError{exitPartial, fmt.Sprintf("%d 个文件未能读取，其余的已经收入索引", n)}
	}
	return nil
}

// buildIndex reads the files into a new generation and publishes it.
func buildIndex(ctx context.Context, dir string, files []indexer.File, progress func(indexer.Progress)) (indexer.Summary, search.Info, error) {
	builder, err := bleve.NewBuilder(dir)
	if err != nil {
		return indexer.Summary{}, search.Info{}, err
	}
	summary, err := indexer.Index(ctx, files, builder, indexer.Options{Progress: progress, Known: knownIDs(dir)})
	if err != nil {
		return summary, search.Info{}, errors.Join(err, builder.Abort())
	}
	info, err := builder.Publish(ctx, sourcesOf(summary.Files))
	return summary, info, err
}

// knownIDs looks up the IDs that documents bear in the index of today, so that
// links to them go on working.
func knownIDs(dir string) map[string]string {
	ids := map[string]string{}
	if m, err := bleve.ReadManifest(dir); err == nil {
		for _, source := range m.Sources {
			for _, doc := range source.Documents {
				ids[doc.ContentHash] = doc.ID
			}
		}
	}
	return ids
}

// sourcesOf is the manifest's account of the files. Paths are absolute, so
// that check works from any folder.
func sourcesOf(results []indexer.Result) []bleve.Source {
	sources := make([]bleve.Source, len(results))
	for i, r := range results {
		s := bleve.Source{Path: r.Path, Format: r.Format, SHA256: r.SHA256, Copies: r.Copies}
		if path, err := filepath.Abs(r.Path); err == nil {
			s.Path = path
		}
		if r.Err != nil {
			s.Error = r.Err.Error()
		}
		for _, d := range r.Documents {
			s.Documents = append(s.Documents, bleve.SourceDocument{ID: d.ID, ContentHash: d.ContentHash, Title: d.Title})
		}
		sources[i] = s
	}
	return sources
}

func unreadable(results []indexer.Result) int {
	n := 0
	for _, r := range results {
		if r.Err != nil {
			n++
		}
	}
	return n
}

// printResults tells what became of the files: all of them when verbose, else
// those a person should look at.
func printResults(w io.Writer, results []indexer.Result, verbose bool) {
	for _, r := range results {
		items, problems := 0, 0
		for _, d := range r.Documents {
			items += d.Items
			problems += len(d.Problems)
		}
		path := printable(r.Path)
		switch {
		case r.Err != nil:
			fmt.Fprintf(w, "未读取  %s：%v\n", path, r.Err)
		case len(r.Documents) == 0 && len(r.Copies) > 0:
			fmt.Fprintf(w, "重复    %s：内容已经收录（%s）\n", path, r.Copies[0])
		case problems > 0:
			fmt.Fprintf(w, "有问题  %s：%d 篇 %d 条，%d 处问题\n", path, len(r.Documents), items, problems)
		case verbose:
			fmt.Fprintf(w, "已读取  %s：%d 篇 %d 条\n", path, len(r.Documents), items)
		}
		if !verbose {
			continue
		}
		for _, d := range r.Documents {
			for _, p := range d.Problems {
				fmt.Fprintf(w, "          %s 第 %d 行：%s\n", d.ID, p.Line, printable(p.What))
			}
		}
	}
}
