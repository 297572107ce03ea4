package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
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
		Description: `读取所给的文件和文件夹（` + indexer.Supported + `），拆分成条目并建立索引。
文件是什么格式，看内容而不看扩展名；图片、程序等不收录。
索引的内容就是本次所给的全部路径；没有改动的文件沿用上一次的结果，--full 则全部重新读取。
建成之前，正在使用的索引不受影响，失败或中断（Ctrl-C）也不会改动它；中断后再次运行，已经读取的文件不再读取。
同一报告有几份文件时只收录最好的一份，其余列为副本。
文件旁的“文件名.yaml”和文件夹里的 collection.yaml 可以注明标题、地区、年份、来源网址等，以注明的为准。
退出码：0 全部读取 · 1 没有建成索引 · 2 用法不对 · 3 索引已建成，但有文件未能读取`,
		Flags: append([]cli.Flag{
			dataFlag(),
			&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "列出每个文件和每处问题", Sources: cli.EnvVars("YJ_VERBOSE")},
			&cli.BoolFlag{Name: "full", Usage: "全部重新读取，不沿用上一次的结果", Sources: cli.EnvVars("YJ_FULL")},
			&cli.BoolFlag{Name: "watch", Usage: "建成后继续监视这些路径，有改动就重建，直到按 Ctrl-C", Sources: cli.EnvVars("YJ_WATCH")},
			jsonFlag("结束时输出一个 JSON 对象，说明每个文件的结果"),
		}, readerFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			limitMemory()
			if cmd.Args().Len() == 0 {
				return badUsage("请给出要索引的文件或文件夹，例如：youju index 报告文件夹")
			}
			root := cmd.Root()
			run := indexRun{
				stdout: root.Writer, stderr: root.ErrWriter, dir: indexDir(cmd), paths: cmd.Args().Slice(),
				verbose: cmd.Bool("verbose"), json: cmd.Bool("json"), full: cmd.Bool("full"), reader: readerOf(cmd),
			}
			if cmd.Bool("watch") {
				return run.watch(ctx, watchQuiet)
			}
			return run.once(ctx)
		},
	}
}

// indexDir is the folder of the index below the data folder.
func indexDir(cmd *cli.Command) string { return filepath.Join(cmd.String("data"), "index") }

// readerFlags say how files are read.
func readerFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "ocr", Usage: "识别扫描件的外部`命令`，它的最后一个参数是文件，须把文字写到标准输出", Sources: cli.EnvVars("YJ_OCR")},
		&cli.DurationFlag{Name: "file-timeout", Usage: "每个文件（20 MB 以内，更大的按比例放宽）最多读取和拆分的`时间`", Value: indexer.DefaultTimeLimit, Sources: cli.EnvVars("YJ_FILE_TIMEOUT")},
		&cli.DurationFlag{Name: "ocr-timeout", Usage: "每个文件最多识别的`时间`（每页另以一分钟为限）", Value: indexer.DefaultOCRLimit, Sources: cli.EnvVars("YJ_OCR_TIMEOUT")},
	}
}

// memoryLimit makes the collector work harder before a large file makes the
// program larger than 1 GB. GOMEMLIMIT stands above it.
const memoryLimit = 700 << 20

func limitMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}

// readerOf is the reader that the flags ask for. What it prepares once, it
// keeps in the user's cache folder.
func readerOf(cmd *cli.Command) *indexer.Reader {
	return &indexer.Reader{OCR: strings.Fields(cmd.String("ocr")), TimeLimit: cmd.Duration("file-timeout"), OCRLimit: cmd.Duration("ocr-timeout")}
}

// indexRun is one call of youju index.
type indexRun struct {
	stdout, stderr      io.Writer
	dir                 string
	paths               []string
	verbose, json, full bool
	reader              *indexer.Reader
}

func (run indexRun) once(ctx context.Context) error {
	start := time.Now()
	files, bad := indexer.Find(run.paths)
	files = slices.DeleteFunc(files, func(f indexer.File) bool { return within(absolute(f.Path), run.dir) })
	if len(files) == 0 {
		run.tell(bad)
		return failed("没有找到可以读取的文件（支持%s）", indexer.Supported)
	}
	progress := newProgress(run.stderr)
	if run.json {
		progress = newProgress(io.Discard)
	}
	opts := indexer.Options{Progress: progress.show, Reader: run.reader}
	done := run.reuse(ctx, &opts)
	summary, info, err := buildIndex(ctx, run.dir, files, opts)
	done(err == nil)
	progress.end()
	summary.Files = append(bad, summary.Files...)
	run.tell(summary.Files)
	switch {
	case errors.Is(err, context.Canceled):
		return failed("已中断，原有的索引没有变化；再次运行时，已经读取的文件不再读取")
	case errors.Is(err, bleve.ErrNoDocuments):
		return failed("%v", err)
	case err != nil:
		return failed("建立索引失败：%v", err)
	}
	if err := run.report(summary, info, time.Since(start)); err != nil {
		return err
	}
	if n := unreadable(summary.Files); n > 0 {
		return &exitError{exitPartial, fmt.Sprintf("%d 个文件未能读取，其余的已经收入索引", n)}
	}
	return nil
}

// reuse lets a run take over what this program has read before, and keep what
// it reads; done is told whether an index was made of it.
func (run indexRun) reuse(ctx context.Context, opts *indexer.Options) (done func(made bool)) {
	run.reader.Rules = programHash()
	if run.reader.Rules == "" {
		return func(bool) {}
	}
	var before *previous
	if !run.full {
		if before = openPrevious(ctx, run.dir); before != nil {
			opts.Previous = before.take
		}
	}
	kept := openUnfinished(run.dir, run.reader.Rules, run.full)
	if kept != nil {
		opts.Unfinished = kept
	}
	return func(made bool) {
		if before != nil {
			before.close()
		}
		if kept != nil {
			kept.close(made)
		}
	}
}

// tell lists the files, unless the summary is for a program.
func (run indexRun) tell(results []indexer.Result) {
	if !run.json {
		printResults(run.stdout, results, run.verbose)
	}
}

// report closes a run that succeeded.
func (run indexRun) report(summary indexer.Summary, info search.Info, elapsed time.Duration) error {
	if run.json {
		return writeSummary(run.stdout, run.dir, summary, info, elapsed)
	}
	unchanged := ""
	if summary.Unchanged > 0 {
		unchanged = fmt.Sprintf("，%d 个文件没有改动", summary.Unchanged)
	}
	if summary.Resumed > 0 {
		unchanged += fmt.Sprintf("，%d 个文件在上次中断前已经读取", summary.Resumed)
	}
	fmt.Fprintf(run.stdout, "已建立索引 %s：%d 篇文档，%d 个标题，%d 条（%s%s，用时 %s）\n",
		run.dir, info.Documents, summary.Sections, info.Items, megabytes(summary.Bytes), unchanged, seconds(elapsed))
	return nil
}

// buildIndex reads the files into a new generation and publishes it.
func buildIndex(ctx context.Context, dir string, files []indexer.File, opts indexer.Options) (indexer.Summary, search.Info, error) {
	builder, err := bleve.NewBuilder(dir)
	if err != nil {
		return indexer.Summary{}, search.Info{}, err
	}
	before := recall(dir)
	opts.Known = before.ids
	summary, err := indexer.Index(ctx, files, builder, opts)
	if err != nil {
		return summary, search.Info{}, errors.Join(err, builder.Abort())
	}
	info, err := builder.Publish(ctx, sourcesOf(summary.Files, before))
	return summary, info, err
}

// sourcesOf is the manifest's account of the files. Paths are absolute, so
// that check works from any folder.
func sourcesOf(results []indexer.Result, before memory) []bleve.Source {
	now := time.Now().UTC().Truncate(time.Second)
	sources := make([]bleve.Source, len(results))
	for i, r := range results {
		s := bleve.Source{Path: absolute(r.Path), Archive: absolute(r.Archive), Format: r.Format, SHA256: r.SHA256, Key: r.Key}
		if r.Err != nil {
			s.Error, s.Code = r.Err.Error(), r.Code()
		}
		for _, d := range r.Documents {
			s.Documents = append(s.Documents, bleve.SourceDocument{ID: d.ID, ContentHash: d.ContentHash, Title: d.Title, Entered: before.entry(d.ContentHash, now)})
		}
		for _, c := range r.Copies {
			s.Copies = append(s.Copies, bleve.SourceCopy{ContentHash: c.ContentHash, Title: c.Title, ID: c.ID, File: absolute(c.File), Share: c.Share})
		}
		sources[i] = s
	}
	return sources
}

// absolute is the path from the root, "" for none.
func absolute(path string) string {
	if path == "" {
		return ""
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
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
			fmt.Fprintln(w, unreadLine(r))
		case problems > 0:
			fmt.Fprintf(w, "有问题  %s：%d 篇 %d 条，%d 处问题\n", path, len(r.Documents), items, problems)
		case verbose && r.Unchanged:
			fmt.Fprintf(w, "未改动  %s：%d 篇 %d 条\n", path, len(r.Documents), items)
		case verbose && len(r.Documents) > 0:
			fmt.Fprintf(w, "已读取  %s：%d 篇 %d 条\n", path, len(r.Documents), items)
		}
		for _, c := range r.Copies {
			if c.Share >= 1 && c.File != r.Path {
				fmt.Fprintf(w, "重复    %s：内容已经收录（%s，见 %s）\n", path, c.ID, printable(c.File))
			} else {
				fmt.Fprintf(w, "副本    %s：与 %s 有 %.0f%% 相同，收录的是 %s\n", path, c.ID, 100*c.Share, printable(c.File))
			}
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

// unreadLine tells why a file was not read, and the code of the reason.
func unreadLine(r indexer.Result) string {
	return fmt.Sprintf("未读取  %s：%v [%s]", printable(r.Path), r.Err, r.Code())
}

// The JSON form of a run's summary, for scripts.
type (
	summaryJSON struct {
		Index      string     `json:"index"`
		Generation string     `json:"generation"`
		Documents  int        `json:"documents"`
		Items      int        `json:"items"`
		Bytes      int64      `json:"bytes"`
		Seconds    float64    `json:"seconds"`
		Unchanged  int        `json:"unchanged"`
		Resumed    int        `json:"resumed"`
		Unread     int        `json:"unread"`
		Files      []fileJSON `json:"files"`
	}
	fileJSON struct {
		Path      string             `json:"path"`
		Archive   string             `json:"archive,omitempty"`
		Format    string             `json:"format"`
		SHA256    string             `json:"sha256"`
		Unchanged bool               `json:"unchanged"`
		Error     *string            `json:"error"`
		Code      string             `json:"code,omitempty"`
		Documents []fileDocumentJSON `json:"documents"`
		Copies    []fileCopyJSON     `json:"copies"`
	}
	fileDocumentJSON struct {
		ID       string `json:"id"`
		Title    string `json:"title"`
		Items    int    `json:"items"`
		Problems int    `json:"problems"`
	}
	fileCopyJSON struct {
		ID    string  `json:"id"`
		File  string  `json:"file"`
		Share float64 `json:"share"`
	}
)

func writeSummary(w io.Writer, dir string, summary indexer.Summary, info search.Info, elapsed time.Duration) error {
	out := summaryJSON{
		Index: dir, Generation: info.Generation, Documents: info.Documents, Items: info.Items, Bytes: summary.Bytes,
		Seconds: elapsed.Seconds(), Unchanged: summary.Unchanged, Resumed: summary.Resumed, Unread: unreadable(summary.Files), Files: []fileJSON{},
	}
	for _, r := range summary.Files {
		f := fileJSON{Path: r.Path, Archive: r.Archive, Format: r.Format, SHA256: r.SHA256, Unchanged: r.Unchanged, Code: r.Code(), Documents: []fileDocumentJSON{}, Copies: []fileCopyJSON{}}
		if r.Err != nil {
			message := r.Err.Error()
			f.Error = &message
		}
		for _, d := range r.Documents {
			f.Documents = append(f.Documents, fileDocumentJSON{d.ID, d.Title, d.Items, len(d.Problems)})
		}
		for _, c := range r.Copies {
			f.Copies = append(f.Copies, fileCopyJSON{c.ID, c.File, c.Share})
		}
		out.Files = append(out.Files, f)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}

// programHash identifies this program: what another build read is read again,
// since its rules may differ.
func programHash() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	sum, err := hashFile(path)
	if err != nil {
		return ""
	}
	return sum
}
