package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v3"

	"youju/indexer"
	"youju/search/bleve"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "核对索引与来源文件是否一致",
		ArgsUsage: "[路径…]",
		Description: `核对三样东西：来源文件、索引的清单、索引本身。
给出路径时，其中尚未收录的文件也算不一致；不给路径时只提示同一文件夹里的新文件。
退出码：0 一致 · 1 索引不存在或已损坏 · 2 用法不对 · 3 不一致`,
		Flags: []cli.Flag{dataFlag()},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			return runCheck(ctx, cmd.Root().Writer, indexDir(cmd), cmd.Args().Slice())
		},
	}
}

func runCheck(ctx context.Context, w io.Writer, dir string, paths []string) error {
	index, err := bleve.Open(dir)
	if err != nil {
		return failed("%v", err)
	}
	defer index.Close()
	m := index.Manifest()
	fmt.Fprintf(w, "索引 %s：%d 篇文档，%d 条，%s 建立，文件完好\n",
		m.Generation, m.Documents, m.Items, m.Built.Local().Format("2006-01-02 15:04:05"))
	c := checker{w: w, dir: dir}
	c.documents(ctx, index)
	for _, s := range m.Sources {
		c.source(s)
	}
	c.newFiles(m.Sources, paths)
	fmt.Fprintf(w, "来源文件 %d 个：一致 %d，已修改 %d，已不存在 %d，未能读取 %d\n", c.same+c.changed+c.missing+c.unread, c.same, c.changed, c.missing, c.unread)
	if c.differences > 0 {
		return &exitError{exitPartial, fmt.Sprintf("有 %d 处不一致，请重新运行 youju index", c.differences)}
	}
	return nil
}

// checker counts what it finds and prints a line for everything that differs.
type checker struct {
	w                              io.Writer
	dir                            string
	same, changed, missing, unread int
	differences                    int
}

func (c *checker) differ(format string, args ...any) {
	c.differences++
	fmt.Fprintf(c.w, format+"\n", args...)
}

// documents compares the manifest with what the index holds, both ways.
func (c *checker) documents(ctx context.Context, index *bleve.Index) {
	listed := map[string]bool{}
	for _, s := range index.Manifest().Sources {
		for _, d := range s.Documents {
			listed[d.ID] = true
		}
	}
	list, err := index.Documents(ctx)
	if err != nil {
		c.differ("索引无法列出文档：%v", err)
		return
	}
	items := 0
	for _, s := range list {
		if !listed[s.Document.ID] {
			c.differ("清单缺失  %s 在索引中，不在清单中", s.Document.ID)
		}
		delete(listed, s.Document.ID)
		items += s.Items
	}
	for _, id := range slices.Sorted(maps.Keys(listed)) {
		c.differ("索引缺失  %s 在清单中，不在索引中", id)
	}
	if items != index.Info().Items {
		c.differ("条数不符  清单 %d 条，索引 %d 条", index.Info().Items, items)
	}
}

// codeMark is how a reason's code is shown; older indexes have none.
func codeMark(code string) string {
	if code == "" {
		return ""
	}
	return " [" + code + "]"
}

// source compares a file with what was read when the index was built.
func (c *checker) source(s bleve.Source) {
	if s.Archive != "" {
		// The archive it came out of has a line of its own.
		return
	}
	sum, err := hashFile(s.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.missing++
		c.differ("已不存在  %s", printable(s.Path))
	case s.Error != "" && (err != nil || sum == s.SHA256 || s.SHA256 == ""):
		c.unread++
		fmt.Fprintf(c.w, "未能读取  %s：%s%s\n", printable(s.Path), s.Error, codeMark(s.Code))
	case err != nil:
		c.missing++
		c.differ("无法读取  %s", printable(s.Path))
	case sum != s.SHA256:
		c.changed++
		c.differ("已修改    %s", printable(s.Path))
	default:
		c.same++
	}
}

// newFiles lists files that the index does not know. Files that merely lie in
// the same folder as a source may be left out on purpose.
func (c *checker) newFiles(sources []bleve.Source, paths []string) {
	known, folders := map[string]bool{}, map[string]bool{}
	for _, s := range sources {
		known[s.Path] = true
		if s.Archive == "" {
			folders[filepath.Dir(s.Path)] = true
		}
	}
	asked := len(paths) > 0
	if !asked {
		paths = existing(slices.Sorted(maps.Keys(folders)))
	}
	files, bad := indexer.Find(paths)
	for _, f := range files {
		path, err := filepath.Abs(f.Path)
		if err != nil || known[path] || within(path, c.dir) {
			continue
		}
		if asked {
			c.differ("尚未收录  %s", printable(path))
		} else {
			fmt.Fprintf(c.w, "提示：同一文件夹中的 %s 尚未收录\n", printable(path))
		}
	}
	for _, r := range bad {
		if asked && !known[r.Path] {
			c.differ("无法读取  %s：%v", printable(r.Path), r.Err)
		}
	}
}

// existing leaves out folders that are gone; their files are told as missing.
func existing(folders []string) []string {
	return slices.DeleteFunc(folders, func(name string) bool {
		_, err := os.Stat(name)
		return err != nil
	})
}

// within tells whether the path lies below the folder.
func within(path, folder string) bool {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
