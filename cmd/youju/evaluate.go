package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"youju/cmd/youju/internal/eval"
	"youju/indexer"
	"youju/report"
	"youju/search"
	"youju/search/bleve"
)

func evalCommand() *cli.Command {
	return &cli.Command{
		Name:      "eval",
		Usage:     "按人工标注评测拆分、标注和检索的质量",
		ArgsUsage: "标注目录",
		Description: `读取标注目录旁的原文（默认为其上级目录中的 seeds），给出目录拆分、地名、主题、检索的得分。
退出码：0 完成 · 1 失败 · 2 用法不对`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "seeds", Usage: "原文所在的`目录`", Sources: cli.EnvVars("YJ_SEEDS")},
			&cli.StringFlag{Name: "corpus", Usage: "一并建立索引的其他文件的`目录`，查询加上 --county 的筛选", Sources: cli.EnvVars("YJ_CORPUS")},
			&cli.StringFlag{Name: "county", Usage: "有 --corpus 时筛选的`县区`，为空则不筛选", Value: "聊城市", Sources: cli.EnvVars("YJ_COUNTY")},
			jsonFlag("输出 JSON"),
			&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "列出每一处不符和每个查询", Sources: cli.EnvVars("YJ_VERBOSE")},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			gold := cmd.Args().First()
			if gold == "" {
				return badUsage("请给出标注目录，例如：youju eval ../shared/gold")
			}
			seedDir := cmd.String("seeds")
			if seedDir == "" {
				seedDir = filepath.Join(gold, "..", "seeds")
			}
			e := evaluation{gold: gold, seeds: seedDir, corpus: cmd.String("corpus"), county: cmd.String("county")}
			scores, err := e.run(ctx, cmd.Root().ErrWriter)
			if err != nil {
				return failed("评测失败：%v", err)
			}
			if cmd.Bool("json") {
				encoder := json.NewEncoder(cmd.Root().Writer)
				encoder.SetIndent("", " ")
				encoder.SetEscapeHTML(false)
				return encoder.Encode(scores)
			}
			scores.Print(cmd.Root().Writer, cmd.Bool("verbose"))
			return nil
		},
	}
}

// evaluation says which folders to use.
type evaluation struct{ gold, seeds, corpus, county string }

func (e evaluation) run(ctx context.Context, stderr io.Writer) (*eval.Scores, error) {
	if info, err := os.Stat(e.gold); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("目录 %s 不存在", e.gold)
	}
	dir, err := os.MkdirTemp("", "youju-eval-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	originals, err := e.build(ctx, dir, stderr)
	if err != nil {
		return nil, err
	}
	index, err := bleve.Open(dir)
	if err != nil {
		return nil, err
	}
	defer index.Close()
	opts := eval.Options{Documents: originals, Searcher: index, Places: placesOf}
	if e.corpus != "" && e.county != "" {
		opts.Filters = map[string][]string{search.FacetCounty: {e.county}}
	}
	return eval.Run(ctx, e.gold, opts)
}

// build indexes the originals and what stands beside them, and gives the
// originals' documents.
func (e evaluation) build(ctx context.Context, dir string, stderr io.Writer) ([]*report.Document, error) {
	paths := []string{e.seeds}
	if e.corpus != "" {
		paths = append(paths, e.corpus)
	}
	files, bad := indexer.Find(paths)
	builder, err := bleve.NewBuilder(dir)
	if err != nil {
		return nil, err
	}
	sink := &originalsSink{Builder: builder, folder: filepath.Clean(e.seeds) + string(filepath.Separator)}
	progress := newProgress(stderr)
	summary, err := indexer.Index(ctx, files, sink, indexer.Options{Progress: progress.show})
	progress.end()
	for _, r := range append(bad, summary.Files...) {
		if r.Err != nil {
			fmt.Fprintf(stderr, "未读取  %s：%v\n", printable(r.Path), r.Err)
		}
	}
	if err != nil {
		builder.Abort()
		return nil, err
	}
	if len(sink.documents) == 0 {
		builder.Abort()
		return nil, fmt.Errorf("%s 中没有可以读取的原文", e.seeds)
	}
	_, err = builder.Publish(ctx, nil)
	return sink.documents, err
}

// originalsSink keeps the documents of one folder on their way into the index.
type originalsSink struct {
	*bleve.Builder
	folder    string
	documents []*report.Document
}

// Add satisfies [indexer.Sink].
func (s *originalsSink) Add(doc *report.Document) error {
	if strings.HasPrefix(filepath.Clean(doc.Source.File), s.folder) {
		s.documents = append(s.documents, doc)
	}
	return s.Builder.Add(doc)
}

// placesOf tags one sentence as if it were the whole text of a document like doc.
func placesOf(doc *report.Document, sentence string) []string {
	// The first line stands in for what precedes the sentence in a real text.
	text := fmt.Sprintf("---\nkind: %s\nplace: %s\nyear: %d\n---\n有关情况说明如下，请予审阅。\n%s。\n",
		report.KindOther, doc.Place.Full(), doc.Year, strings.ReplaceAll(sentence, "\n", ""))
	docs, err := indexer.Read("sentence.txt", []byte(text))
	if err != nil {
		return nil
	}
	var places []string
	for _, d := range docs {
		for _, it := range d.Items {
			places = append(places, it.Places...)
		}
	}
	return places
}
