package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"youju/report"
	"youju/search/bleve"
)

// TestKilledOften kills runs at any moment, one after the other, while other
// runs live. What they leave does not grow with their number, the next whole
// run takes it away, and nothing is taken from those that live.
// YOUJU_KILLS is the number of runs (60, say), YOUJU_KILLS_IN what they read.
func TestKilledOften(t *testing.T) {
	kills := 8
	if testing.Short() {
		kills = 3
	}
	if n, err := strconv.Atoi(os.Getenv("YOUJU_KILLS")); err == nil {
		kills = n
	}
	temp, data := t.TempDir(), t.TempDir()
	index := filepath.Join(data, "index")
	folder := cmp.Or(os.Getenv("YOUJU_KILLS_IN"), manyFiles(t, 40))
	t.Setenv("TMPDIR", temp)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(temp, "cache"))
	start := time.Now()
	whole := t.TempDir()
	indexJSON(t, whole, folder)
	took := time.Since(start)

	// Two that live: a server whose index is in the temporary folder, and a build.
	served := serveSample(t)
	living, err := bleve.NewBuilder(index)
	if err != nil {
		t.Fatal(err)
	}
	if err := living.Add(&report.Document{ID: "a", Title: "标题", Items: []report.Item{{ID: "a/1", Text: "还在建立的索引"}}}); err != nil {
		t.Fatal(err)
	}
	atRest, tempAtRest := entriesOf(t, index), entriesOf(t, filepath.Join(temp, "youju-*"))

	killed := 0
	for n := range kills {
		cmd := exec.Command("youju", "index", "--data", data, folder)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(took))))
		cmd.Process.Kill()
		if err := cmd.Wait(); err != nil {
			killed++
		}
		// CURRENT and two generations of runs that came to their end, the one that
		// was being built with its lock, and what was read for it.
		if got := entriesOf(t, index); len(got) > len(atRest)+6 {
			t.Fatalf("after %d runs: %q", n+1, got)
		}
		if got := entriesOf(t, filepath.Join(temp, "youju-*")); len(got) > len(tempAtRest)+2 {
			t.Fatalf("after %d runs: %q", n+1, got)
		}
	}
	t.Logf("%d of %d runs killed within %s: %s left beside %s, %s in the temporary folder",
		killed, kills, took, sizeOf(t, data), sizeOf(t, whole), sizeOf(t, temp))
	if killed == 0 {
		t.Error("no run was killed")
	}
	if _, err := living.Publish(t.Context(), nil); err != nil {
		t.Errorf("the living build: %v", err)
	}
	indexJSON(t, data, folder)
	t.Logf("after a whole run: %s, %s in the temporary folder", sizeOf(t, data), sizeOf(t, temp))
	for _, name := range entriesOf(t, index) {
		if strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".lock") || name == unfinishedFile {
			t.Errorf("left: %s", name)
		}
	}
	if got := entriesOf(t, filepath.Join(temp, "youju-*")); strings.Join(got, " ") != strings.Join(tempAtRest, " ") {
		t.Errorf("the temporary folder holds %q, before it held %q", got, tempAtRest)
	}
	if got, err := filepath.Glob(filepath.Join(temp, "cache/youju/wasm/*/*.tmp")); err != nil || len(got) > 0 {
		t.Errorf("compiled code: %q", got)
	}
	if _, err := os.Stat(served); err != nil {
		t.Errorf("the living server: %v", err)
	}
	if x, err := bleve.Open(served); err != nil {
		t.Errorf("the living server: %v", err)
	} else {
		x.Close()
	}
}

func manyFiles(t *testing.T, n int) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for i := range n {
		write(t, folder, fmt.Sprintf("%d.txt", i), 2000+i%25, i)
	}
	return folder
}

// serveSample starts a server of the sample and gives the folder of its index.
func serveSample(t *testing.T) (dir string) {
	t.Helper()
	cmd := exec.Command("youju", "serve", "--sample", "--addr", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	said := make([]byte, 300)
	if n, err := out.Read(said); err != nil || !strings.Contains(string(said[:n]), "有据已启动") {
		t.Fatalf("said %q: %v", said[:n], err)
	}
	found, err := filepath.Glob(filepath.Join(os.TempDir(), "youju-*", "*", "youju-sample-*"))
	if err != nil || len(found) != 1 {
		t.Fatalf("samples: %q, %v", found, err)
	}
	return found[0]
}

// entriesOf names what is in the folders of a pattern.
func entriesOf(t *testing.T, pattern string) (names []string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(pattern, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range found {
		names = append(names, filepath.Base(path))
	}
	return names
}

// sizeOf is what the files below a folder take.
func sizeOf(t *testing.T, folder string) string {
	t.Helper()
	total := int64(0)
	err := filepath.WalkDir(folder, func(_ string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%.1f MiB", float64(total)/(1<<20))
}
