package bleve

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// readCurrent gives the name of the generation being served.
func readCurrent(dir string) (string, error) {
	data, err := os.ReadFile(filepath.Join(dir, currentFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", &Error{Problem: NoIndex, Path: dir}
	}
	if err != nil {
		return "", &Error{Problem: Corrupt, Path: dir, Err: err}
	}
	name := strings.TrimSpace(string(data))
	if name == "" || !filepath.IsLocal(name) || strings.ContainsAny(name, `/\`) {
		return "", &Error{Problem: Corrupt, Path: dir, Err: fmt.Errorf("%s holds %.40q", currentFile, name)}
	}
	return name, nil
}

// writeCurrent makes a generation the current one, all or nothing.
func writeCurrent(dir, generation string) error {
	tmp := filepath.Join(dir, currentFile+tmpSuffix)
	f, err := os.Create(tmp)
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
// one of them open keeps reading it.
func removeOld(dir, current string) {
	names := slices.DeleteFunc(generations(dir), func(name string) bool { return name >= current })
	for len(names) > keepGenerations-1 {
		os.RemoveAll(filepath.Join(dir, names[0]))
		names = names[1:]
	}
}

// sweep removes what builds that were killed have left behind.
func sweep(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		stale := e.IsDir() && strings.HasSuffix(e.Name(), tmpSuffix) && abandoned(path)
		if stale || e.IsDir() && strings.HasPrefix(e.Name(), "scorch-offline-build") {
			os.RemoveAll(path)
		}
	}
}

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
