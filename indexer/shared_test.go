package indexer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedDir is where the originals and the corpus stand; tests that need them
// skip where it is missing.
func sharedDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("YOUJU_SHARED")
	if dir == "" {
		dir = "../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "seeds")); err != nil {
		t.Skip("the originals are not here: set YOUJU_SHARED or put them at ../shared")
	}
	return dir
}

// sharedFiles lists the originals and the corpus that are text files, by path.
func sharedFiles(t testing.TB) []string {
	t.Helper()
	dir := sharedDir(t)
	var out []string
	for _, sub := range []string{"seeds", "corpus"} {
		err := filepath.WalkDir(filepath.Join(dir, sub), func(p string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() && (filepath.Ext(p) == ".txt" || filepath.Ext(p) == ".md") {
				out = append(out, p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func mustRead(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// baseName is a file's name without folder and ending.
func baseName(p string) string {
	return strings.TrimSuffix(filepath.Base(p), filepath.Ext(p))
}
