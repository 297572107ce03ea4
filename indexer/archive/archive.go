// Package archive walks through zip files, and zip files in zip files, within
// limits that keep a hostile one harmless.
package archive

import (
	"archive/zip"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"youju/indexer/bound"
	"youju/indexer/plain"
)

// Limits bound what a walk may expand; its budget bounds all of it together.
type Limits struct {
	// Depth is how deep archives may nest, Files how many entries there may be in all.
	Depth, Files int
	// File bounds one entry, expanded.
	File int64
}

// DefaultLimits fit folders of office papers.
var DefaultLimits = Limits{Depth: 3, Files: 20_000, File: 64 << 20}

// Errors with texts for operators.
var (
	ErrFormat = bound.Fail(bound.Damaged, "压缩包已损坏，无法打开")
	ErrBomb   = bound.Fail(bound.TooBig, "压缩包展开后异常庞大，已停止读取")
	ErrDepth  = bound.Fail(bound.TooDeep, "压缩包嵌套过深，未展开")
	ErrTime   = bound.Fail(bound.Timeout, "压缩包读取超时，其余文件未读取（可用 --file-timeout 放宽）")
	ErrCount  = bound.Fail(bound.TooManyFiles, "压缩包内文件过多，其余未读取")
)

// Entry is a file in an archive. Err says in Chinese why it could not be read.
type Entry struct {
	// Name is its path below the archive, inner archives included: "2021/方案.zip/正文.docx".
	Name string
	Data []byte
	Err  error
}

// Walk calls f for each file of an archive, in its order. Entries that wanted
// refuses are not expanded; nested says which are archives themselves. An error
// of f ends the walk; the archive's own faults are told to f as entries.
func Walk(ctx context.Context, budget *bound.Budget, data []byte, limits Limits, wanted func(name string) bool, nested func(data []byte) bool, f func(Entry) error) error {
	w := &walk{ctx: ctx, budget: budget, limits: limits, wanted: wanted, nested: nested, f: f}
	return w.archive(data, "", 1)
}

type walk struct {
	ctx    context.Context
	budget *bound.Budget
	limits Limits
	wanted func(string) bool
	nested func([]byte) bool
	f      func(Entry) error
	files  int
	// full says that a limit of the whole walk was reached.
	full bool
}

func (w *walk) archive(data []byte, prefix string, depth int) error {
	if depth > w.limits.Depth {
		return w.f(Entry{Name: strings.TrimSuffix(prefix, "/"), Err: ErrDepth})
	}
	self := strings.TrimSuffix(prefix, "/")
	z, err := bound.Directory(data)
	switch {
	case errors.Is(err, bound.ErrEntries):
		return w.f(Entry{Name: self, Err: err})
	case err != nil:
		return w.f(Entry{Name: self, Err: ErrFormat})
	case overlap(z.File):
		return w.f(Entry{Name: self, Err: ErrBomb})
	}
	for _, file := range z.File {
		if w.full {
			return nil
		}
		if err := w.ctx.Err(); err != nil {
			return err
		}
		name := prefix + entryName(file)
		if file.FileInfo().IsDir() || !w.wanted(name) {
			continue
		}
		if w.files++; w.files > w.limits.Files {
			w.full = true
			return w.f(Entry{Name: self, Err: ErrCount})
		}
		if w.budget.Spent() {
			w.full = true
			return w.f(Entry{Name: self, Err: ErrTime})
		}
		if err := w.entry(file, name, depth); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) entry(file *zip.File, name string, depth int) error {
	data, err := w.expand(file)
	if w.ctx.Err() != nil {
		return w.ctx.Err()
	}
	if err != nil {
		return w.f(Entry{Name: name, Err: err})
	}
	if w.nested(data) {
		return w.archive(data, name+"/", depth+1)
	}
	return w.f(Entry{Name: name, Data: data})
}

// expand reads an entry. What the directory says of its size is not believed.
func (w *walk) expand(file *zip.File) (data []byte, err error) {
	work, done := w.budget.Begin(w.ctx)
	defer done()
	if file.Flags&1 != 0 {
		return nil, plain.ErrEncrypted
	}
	r, err := file.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, bound.Fail(bound.Unsupported, fmt.Sprintf("压缩方法 %d 不支持，请解压后再收录", file.Method))
	}
	if err != nil {
		return nil, ErrFormat
	}
	defer r.Close()
	data, err = io.ReadAll(work.Bounded(r, bound.Largest(file, w.limits.File)))
	switch {
	case errors.Is(err, bound.ErrTooBig):
		w.full = w.budget.Full()
		return nil, ErrBomb
	case errors.Is(err, bound.ErrTimeout):
		return nil, err
	case err != nil:
		return nil, ErrFormat
	}
	return data, nil
}

// overlap says that entries share bytes, by which a small file can claim to
// hold many large ones.
func overlap(files []*zip.File) bool {
	type extent struct{ from, to int64 }
	extents := make([]extent, 0, len(files))
	for _, f := range files {
		from, err := f.DataOffset()
		if err != nil || f.CompressedSize64 > 1<<40 {
			continue // it will not open
		}
		if f.CompressedSize64 > 0 {
			extents = append(extents, extent{from, from + int64(f.CompressedSize64)})
		}
	}
	slices.SortFunc(extents, func(a, b extent) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(extents); i++ {
		if extents[i].from < extents[i-1].to {
			return true
		}
	}
	return false
}

// entryName is an entry's path in one form. Names that are not UTF-8 are in
// the encoding of Chinese Windows. It is a label and leads nowhere on disk.
func entryName(f *zip.File) string {
	name := f.Name
	if !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil && !strings.ContainsRune(s, utf8.RuneError) {
			name = s
		}
	}
	name = strings.ToValidUTF8(strings.ReplaceAll(name, `\`, "/"), "_")
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}
