// Package archive walks through zip files, and zip files in zip files, within
// limits that keep a hostile one harmless.
package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"youju/indexer/plain"
)

// Limits bound what a walk may expand.
type Limits struct {
	// Depth is how deep archives may nest, Files how many entries there may be in all.
	Depth, Files int
	// File bounds one entry, Bytes all of them together, expanded.
	File, Bytes int64
	// Ratio bounds how many times larger than packed an entry of some size may be.
	Ratio int64
}

// DefaultLimits fit folders of office papers.
var DefaultLimits = Limits{Depth: 3, Files: 20_000, File: 64 << 20, Bytes: 2 << 30, Ratio: 200}

// ratioFrom is the size from which the ratio counts: short repetitive texts pack well.
const ratioFrom = 4 << 20

// Errors with texts for operators.
var (
	ErrFormat = errors.New("压缩包已损坏，无法打开")
	ErrBomb   = errors.New("压缩包展开后异常庞大，已停止读取")
	ErrDepth  = errors.New("压缩包嵌套过深，未展开")
	ErrCount  = errors.New("压缩包内文件过多，其余未读取")
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
func Walk(data []byte, limits Limits, wanted func(name string) bool, nested func(data []byte) bool, f func(Entry) error) error {
	w := &walk{limits: limits, wanted: wanted, nested: nested, f: f}
	return w.archive(data, "", 1)
}

type walk struct {
	limits Limits
	wanted func(string) bool
	nested func([]byte) bool
	f      func(Entry) error
	files  int
	bytes  int64
	// full says that a limit of the whole walk was reached.
	full bool
}

func (w *walk) archive(data []byte, prefix string, depth int) error {
	if depth > w.limits.Depth {
		return w.f(Entry{Name: strings.TrimSuffix(prefix, "/"), Err: ErrDepth})
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return w.f(Entry{Name: strings.TrimSuffix(prefix, "/"), Err: ErrFormat})
	}
	for _, file := range z.File {
		name := prefix + entryName(file)
		if w.full {
			return nil
		}
		if file.FileInfo().IsDir() || !w.wanted(name) {
			continue
		}
		if w.files++; w.files > w.limits.Files {
			w.full = true
			return w.f(Entry{Name: strings.TrimSuffix(prefix, "/"), Err: ErrCount})
		}
		if err := w.entry(file, name, depth); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) entry(file *zip.File, name string, depth int) error {
	data, err := w.expand(file)
	if err != nil {
		return w.f(Entry{Name: name, Err: err})
	}
	if w.nested(data) {
		return w.archive(data, name+"/", depth+1)
	}
	return w.f(Entry{Name: name, Data: data})
}

// expand reads an entry. What the directory says of its size is not believed.
func (w *walk) expand(file *zip.File) ([]byte, error) {
	if file.Flags&1 != 0 {
		return nil, plain.ErrEncrypted
	}
	r, err := file.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, fmt.Errorf("压缩方法 %d 不支持，请解压后再收录", file.Method)
	}
	if err != nil {
		return nil, ErrFormat
	}
	defer r.Close()
	limit := min(w.limits.File, w.limits.Bytes-w.bytes)
	if packed := int64(file.CompressedSize64); packed < limit/w.limits.Ratio {
		limit = min(limit, max(ratioFrom, packed*w.limits.Ratio))
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	w.bytes += int64(len(data))
	switch {
	case int64(len(data)) > limit:
		w.full = w.bytes >= w.limits.Bytes
		return nil, ErrBomb
	case err != nil:
		return nil, ErrFormat
	}
	return data, nil
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
