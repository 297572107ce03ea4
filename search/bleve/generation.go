package bleve

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// readCurrent gives the name of the generation being served.
func readCurrent(dir string) (string, error) {
	name, err := nameIn(filepath.Join(dir, currentFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", &Error{Problem: NoIndex, Path: dir}
	}
	if err != nil {
		return "", &Error{Problem: Corrupt, Path: dir, Err: err}
	}
	if info, err := os.Lstat(filepath.Join(dir, name)); err == nil && !info.IsDir() {
		return "", &Error{Problem: Corrupt, Path: dir, Err: fmt.Errorf("%s 所指的 %s 不是文件夹", currentFile, name)}
	}
	return name, nil
}

// maxName is the length of a generation's name, in bytes, that is read at most.
const maxName = 100

// generationName is what a generation may be called: it stands in a path.
var generationName = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]*$`)

// nameIn reads the name of a generation from a file. What is no file of its own
// could lead anywhere or have no end.
func nameIn(path string) (string, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s 不是普通文件", currentFile)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxName+2))
	if err != nil {
		return "", err
	}
	name := strings.TrimRight(string(data), "\r\n")
	switch {
	case name == "":
		return "", fmt.Errorf("%s 是空的", currentFile)
	case len(name) > maxName:
		return "", fmt.Errorf("%s 里的名称过长", currentFile)
	case !generationName.MatchString(name) || strings.HasSuffix(name, tmpSuffix):
		return "", fmt.Errorf("%s 里写的 %.40q 不是索引版本的名称", currentFile, name)
	}
	return name, nil
}

// writeCurrent makes a generation the current one, all or nothing.
func writeCurrent(dir, generation string) error {
	tmp := filepath.Join(dir, currentFile+tmpSuffix)
	os.Remove(tmp) // of a run that was killed, or whatever else it is
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(generation + "\n")
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	if err := os.Rename(tmp, filepath.Join(dir, currentFile)); err != nil {
		return err
	}
	return syncDir(dir)
}

// generations lists what is in the index directory, oldest first.
func generations(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasSuffix(e.Name(), tmpSuffix) {
			if _, err := os.Stat(filepath.Join(dir, e.Name(), manifestFile)); err == nil {
				names = append(names, e.Name())
			}
		}
	}
	slices.Sort(names)
	return names
}

// keepGenerations is how many generations stay on disk: the current one and
// the one before it, to go back to by hand.
const keepGenerations = 2

// removeOld removes all but the newest generations. A server that still has
// one of them open keeps reading it. It is renamed first: what a run leaves that
// is killed in between is no generation any more, and swept.
func removeOld(dir, current string) {
	names := slices.DeleteFunc(generations(dir), func(name string) bool { return name >= current })
	for len(names) > keepGenerations-1 {
		old := filepath.Join(dir, names[0])
		if os.Rename(old, old+tmpSuffix) == nil {
			os.RemoveAll(old + tmpSuffix)
		}
		names = names[1:]
	}
}

// leftOver tells of a folder in the index directory that nobody holds whether
// it is what a killed run left: a generation not yet made or no longer whole.
func leftOver(dir string) func(name string) bool {
	current, _ := readCurrent(dir)
	return func(name string) bool {
		if strings.HasSuffix(name, tmpSuffix) {
			return true
		}
		_, err := os.Lstat(filepath.Join(dir, name, manifestFile))
		return builtName.MatchString(name) && name != current && errors.Is(err, fs.ErrNotExist)
	}
}

// builtName is what a builder calls generations.
var builtName = regexp.MustCompile(`^\d{8}T\d{6}\.\d{3}-[0-9a-f]{4}$`)

// syncTree makes sure that every file below path is on the disk.
func syncTree(path string) error {
	return filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncDir(name)
	})
}

// syncDir flushes one file or directory to the disk.
func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
