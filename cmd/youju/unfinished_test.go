package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"youju/indexer"
	"youju/report"
)

// TestKilled kills the program while it reads: the next run reads the rest, and
// makes the index that one run makes.
func TestKilled(t *testing.T) {
	const files = 400
	folder, data := t.TempDir(), t.TempDir()
	for i := range files {
		write(t, folder, fmt.Sprintf("%d.txt", i), 2000+i%25, i)
	}
	killed := exec.Command("youju", "index", "--data", data, folder)
	lines, err := killed.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	for said := bufio.NewScanner(lines); said.Scan(); {
		if strings.HasPrefix(said.Text(), "已读取 100/") {
			break
		}
	}
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := killed.Wait(); err == nil {
		t.Fatal("the program was done before it was killed")
	}
	summary := indexJSON(t, data, folder)
	if summary.Resumed < 100 || summary.Resumed == files || summary.Unchanged != 0 || len(summary.Files) != files {
		t.Errorf("%d of %d files were not read again, %d unchanged", summary.Resumed, len(summary.Files), summary.Unchanged)
	}
	whole := t.TempDir()
	if got := indexJSON(t, whole, folder); got.Resumed != 0 {
		t.Errorf("a first run goes on with %d files", got.Resumed)
	}
	if diff := cmp.Diff(holding(t, filepath.Join(whole, "index")), holding(t, filepath.Join(data, "index"))); diff != "" {
		t.Errorf("the index is another one than that of one run:\n%s", diff)
	}
	if again := indexJSON(t, data, folder); again.Resumed != 0 {
		t.Errorf("after a whole run %d files are left of the one before", again.Resumed)
	}
}

func indexJSON(t *testing.T, data, folder string) (summary summaryJSON) {
	t.Helper()
	out, err := exec.Command("youju", "index", "--json", "--data", data, folder).Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &summary); err != nil {
		t.Fatal(err)
	}
	return summary
}

// TestInterruptedArchive stops in the middle of an archive, which is one file.
func TestInterruptedArchive(t *testing.T) {
	folder, dir := t.TempDir(), t.TempDir()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for i := range 20 {
		w, err := z.Create(fmt.Sprintf("%d.txt", i))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, yearly, 2001+i, 10+i)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "a.zip"), packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	found, _ := indexer.Find([]string{folder})
	ctx, stop := context.WithCancel(t.Context())
	u := openUnfinished(dir, "program", false)
	opts := indexer.Options{Unfinished: &stopping{u, stop, 7}}
	if _, _, err := buildIndex(ctx, dir, found, opts); err == nil {
		t.Fatal("not interrupted")
	}
	u.close(false)
	u = openUnfinished(dir, "program", false)
	defer u.close(false)
	opts.Unfinished = u
	summary, _, err := buildIndex(t.Context(), dir, found, opts)
	if err != nil || summary.Resumed != 7 || summary.Documents != 20 {
		t.Errorf("went on with %d of %d documents: %v", summary.Resumed, summary.Documents, err)
	}
}

// stopping stops a run after some files.
type stopping struct {
	*unfinished
	stop func()
	left int
}

func (s *stopping) Keep(key string, read indexer.Earlier) {
	s.unfinished.Keep(key, read)
	if s.left--; s.left == 0 {
		s.stop()
	}
}

// TestUnfinished damages what was kept: it is read again, and nothing else is.
func TestUnfinished(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, unfinishedFile)
	read := func(n int) indexer.Earlier {
		return indexer.Earlier{Path: "a.txt", Format: "text", Documents: []*report.Document{{Title: fmt.Sprintf("第%d号", n), Year: n}}}
	}
	holds := func(program string, anew bool, want string) *unfinished {
		t.Helper()
		u := openUnfinished(dir, program, anew)
		if u == nil {
			t.Fatal("not opened")
		}
		got := ""
		for n := range 4 {
			if e, ok := u.Take(fmt.Sprint("key", n)); ok {
				if diff := cmp.Diff(read(n), e, cmpopts.EquateEmpty()); diff != "" {
					t.Error(diff)
				}
				got += fmt.Sprint(n)
			}
		}
		if got != want {
			t.Errorf("holds %q, want %q", got, want)
		}
		return u
	}
	u := holds("one", false, "")
	for n := range 3 {
		u.Keep(fmt.Sprint("key", n), read(n))
	}
	u.close(false)
	holds("one", false, "012").close(false)

	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cut := whole[:len(whole)-10]
	if err := os.WriteFile(path, cut, 0o644); err != nil {
		t.Fatal(err)
	}
	u = holds("one", false, "01")
	u.Keep("key3", read(3))
	u.close(false)
	holds("one", false, "013").close(false)

	changed := bytes.Replace(whole, []byte("第1号"), []byte("第9号"), 1)
	if err := os.WriteFile(path, changed, 0o644); err != nil {
		t.Fatal(err)
	}
	holds("one", false, "02").close(false)
	u = holds("another", false, "")
	u.Keep("key0", read(0))
	u.close(false)
	holds("another", false, "0").close(false)
	holds("another", true, "").close(false)
}
