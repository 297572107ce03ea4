package indexer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"youju/indexer/archive"
	"youju/indexer/bound"
)

// ignored are the endings of files that hold no document; all others are
// tried, since what a file is shows in its bytes.
var ignored = strings.Fields(`
	.jpg .jpeg .png .gif .bmp .svg .ico .webp .tif .tiff .mp3 .mp4 .avi .mov .wav .wmv
	.css .js .json .yaml .yml .toml .ttf .otf .woff .woff2 .exe .dll .so .lnk .url .ini .db
	.jsonl .tmp .bak .part .crdownload .log .go .py .sh .h .c .gob .bolt .zap .lock .sum .mod .gitignore`)

// wanted says that a file found in a folder or archive is to be tried: not
// hidden, no lock file of a program that has it open, no picture or code.
func wanted(name string) bool {
	base := path.Base(filepath.ToSlash(name))
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || strings.HasPrefix(base, "__MACOSX") || strings.Contains(name, "__MACOSX/") {
		return false
	}
	switch base {
	case "Makefile", "Dockerfile", "LICENSE", "NOTICE", "CURRENT":
		return false
	}
	return !slices.Contains(ignored, strings.ToLower(filepath.Ext(base)))
}

// Errors of [Find] with texts for operators.
var (
	errNoFile   = bound.Fail(bound.NoAccess, "路径不存在")
	errDenied   = bound.Fail(bound.NoAccess, "没有读取权限")
	errLinkLoop = bound.Fail(bound.NoAccess, "链接互相指向，形成循环")
	errLinkDir  = bound.Fail(bound.NoAccess, "是指向文件夹的链接，没有跟进；需要时请直接给出该文件夹")
)

// Find lists the files at paths: folders are walked, hidden files and folders
// left out. What cannot be read comes back as a Result with its reason.
func Find(paths []string) (files []File, bad []Result) {
	seen := map[string]bool{}
	for _, p := range paths {
		err := filepath.WalkDir(p, func(name string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				bad = append(bad, Result{Path: name, Err: pathError(err)})
				if e != nil && e.IsDir() {
					return fs.SkipDir
				}
				return nil
			case e.IsDir():
				if name != p && strings.HasPrefix(e.Name(), ".") {
					return fs.SkipDir
				}
				return nil
			case name != p && !wanted(name):
				return nil
			}
			info, err := os.Stat(name)
			if err != nil {
				bad = append(bad, Result{Path: name, Err: pathError(err)})
				return nil
			}
			if info.IsDir() {
				bad = append(bad, Result{Path: name, Err: errLinkDir})
				return nil
			}
			if !info.Mode().IsRegular() || seen[filepath.Clean(name)] {
				return nil
			}
			seen[filepath.Clean(name)] = true
			files = append(files, File{Path: name, Size: info.Size(), Root: p, Open: func() (io.ReadCloser, error) { return os.Open(name) }})
			return nil
		})
		if err != nil {
			bad = append(bad, Result{Path: p, Err: pathError(err)})
		}
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, bad
}

// pathError says in Chinese why a path cannot be read.
func pathError(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errNoFile
	case errors.Is(err, fs.ErrPermission):
		return errDenied
	case errors.Is(err, syscall.ELOOP):
		return errLinkLoop
	}
	return bound.Fail(bound.NoAccess, fmt.Sprintf("无法读取：%v", err))
}

// FindFS lists the files below root in a file system of the program itself.
func FindFS(fsys fs.FS, root string) ([]File, error) {
	var files []File
	err := fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !wanted(name) {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		files = append(files, File{Path: name, Size: info.Size(), Open: func() (io.ReadCloser, error) { return fsys.Open(name) }})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing the files of %q: %w", root, err)
	}
	return files, nil
}

// load reads a whole file. One that changes while it is read is refused: half
// of it would be the old text.
func load(f File) ([]byte, error) {
	if f.Size > MaxContainerSize {
		return nil, ErrTooLarge
	}
	r, err := f.Open()
	if err != nil {
		return nil, pathError(err)
	}
	defer r.Close()
	before := stat(r)
	head := make([]byte, 4096)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, pathError(err)
	}
	limit := int64(MaxFileSize)
	if isContainer(head[:n]) {
		limit = MaxContainerSize
	}
	if f.Size > limit {
		return nil, ErrTooLarge
	}
	grown := ErrTooLarge
	if before != nil && before.Size() <= limit {
		// One byte more tells that somebody writes to it; no need to follow.
		limit, grown = before.Size(), ErrChanged
	}
	data := make([]byte, n, max(int64(n), min(f.Size, limit))+512)
	copy(data, head[:n])
	for int64(len(data)) <= limit {
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		k, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+k]
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, pathError(err)
		}
	}
	if int64(len(data)) > limit {
		return nil, grown
	}
	if after := stat(r); before != nil && after != nil && (!after.ModTime().Equal(before.ModTime()) || after.Size() != before.Size()) {
		return nil, ErrChanged
	}
	return data, nil
}

func stat(r io.Reader) fs.FileInfo {
	f, ok := r.(fs.File)
	if !ok {
		return nil
	}
	info, err := f.Stat()
	if err != nil {
		return nil
	}
	return info
}

// isContainer says that a file's first bytes are those of a format whose size
// says little about its text: pictures make most of it.
func isContainer(head []byte) bool {
	for i := range formats {
		if formats[i].is(head, &zipNames{}) {
			return true
		}
	}
	return isZip(head)
}

// Member is a file in an archive on disk, whatever archives it is packed in
// there: Name is its path below the archive, Size its number of bytes.
type Member struct {
	Archive, Name string
	Size          int64
}

// Exists says whether the archive still lists the file, without expanding it.
func (m Member) Exists() bool {
	return m.open(func(f *os.File, size int64) error {
		if !archive.Has(f, size, m.Name, m.Size) {
			return errNoFile
		}
		return nil
	}) == nil
}

// Read gives the file's content to f; where the archive has more than one of
// its name and size, to each until f returns nil.
func (m Member) Read(ctx context.Context, f func(io.Reader) error) error {
	return m.open(func(file *os.File, size int64) error {
		return archive.Find(ctx, bound.New(DefaultTimeLimit, 0, maxArchive), file, size, m.Name, m.Size, archive.DefaultLimits, f)
	})
}

func (m Member) open(do func(f *os.File, size int64) error) error {
	f, err := os.Open(m.Archive)
	if err != nil {
		return pathError(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return pathError(err)
	}
	if info.Size() > MaxContainerSize {
		return ErrTooLarge
	}
	return do(f, info.Size())
}
