package indexer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"youju/indexer/archive"
	"youju/report"
)

// shelf is a Sink that keeps what it is given.
type shelf struct{ docs []*report.Document }

func (s *shelf) Add(d *report.Document) error {
	s.docs = append(s.docs, d)
	return nil
}

func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func indexDir(t *testing.T, opts Options, paths ...string) (*shelf, Summary, []Result) {
	t.Helper()
	files, bad := Find(paths)
	var s shelf
	sum, err := Index(context.Background(), files, &s, opts)
	if err != nil {
		t.Fatal(err)
	}
	return &s, sum, bad
}

// TestIndexBadFiles mixes bad files with a good one: each bad one has its
// reason, the good one is indexed.
func TestIndexBadFiles(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"good.txt": smallReport, "empty.txt": "", "blank.md": " \n\n", "binary.txt": "a\x00b",
		"zipped.txt": "PK\x03\x04", ".hidden.txt": "x", "sub/.git/a.txt": "x", "picture.jpg": "x",
	})
	s, sum, bad := indexDir(t, Options{}, dir, filepath.Join(dir, "missing"))
	if len(s.docs) != 1 || sum.Documents != 1 || sum.Items == 0 {
		t.Errorf("%d documents in the sink, summary %+v", len(s.docs), sum)
	}
	reasons := map[string]error{}
	for _, r := range append(sum.Files, bad...) {
		reasons[filepath.Base(r.Path)] = r.Err
	}
	for name, want := range map[string]error{"good.txt": nil, "empty.txt": ErrEmpty, "blank.md": ErrEmpty, "binary.txt": ErrBinary, "zipped.txt": archive.ErrFormat} {
		if got := reasons[name]; !errors.Is(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if err := reasons["missing"]; err == nil || !strings.Contains(err.Error(), "不存在") {
		t.Errorf("missing folder: %v", err)
	}
	for _, name := range []string{".hidden.txt", "a.txt", "picture.jpg"} {
		if _, ok := reasons[name]; ok {
			t.Errorf("%s was read", name)
		}
	}
}

func TestIndexUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		// The superuser reads everything; a dangling link cannot be read by anybody.
		dir := t.TempDir()
		link := filepath.Join(dir, "dangling.txt")
		if err := os.Symlink(filepath.Join(dir, "nowhere"), link); err != nil {
			t.Fatal(err)
		}
		if files, bad := Find([]string{dir}); len(files) != 0 || len(bad) != 1 {
			t.Errorf("%d files, %d reasons", len(files), len(bad))
		}
		return
	}
	dir := writeFiles(t, map[string]string{"secret.txt": smallReport})
	if err := os.Chmod(filepath.Join(dir, "secret.txt"), 0); err != nil {
		t.Fatal(err)
	}
	_, sum, _ := indexDir(t, Options{}, dir)
	if err := sum.Files[0].Err; err == nil || !strings.Contains(err.Error(), "权限") {
		t.Errorf("unreadable file: %v", err)
	}
}

// TestIDsStay adds files and indexes again: no ID changes, a copy is told and not added twice.
func TestIDsStay(t *testing.T) {
	report := strings.Replace(smallReport, "青禾市", "聊城市", 1)
	other := strings.Replace(report, "40个", "41个", 1)
	dir := writeFiles(t, map[string]string{"m.txt": report, "n.txt": report})
	s, sum, _ := indexDir(t, Options{}, dir)
	if len(s.docs) != 1 || len(sum.Files[1].Copies) != 1 || sum.Files[1].Copies[0].ID != s.docs[0].ID {
		t.Fatalf("%d documents, copies %v", len(s.docs), sum.Files[1].Copies)
	}
	first := s.docs[0].ID
	known := map[string]string{sum.Files[0].Documents[0].ContentHash: first}
	// The new file is read first and would take the same ID.
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte(other), 0o644); err != nil {
		t.Fatal(err)
	}
	s, sum, _ = indexDir(t, Options{Known: known}, dir)
	if len(s.docs) != 2 || s.docs[1].ID != first || s.docs[0].ID == first || sum.Files[0].Documents[0].ID != s.docs[0].ID {
		t.Errorf("IDs %s and %s, want the second to stay %s", s.docs[0].ID, s.docs[1].ID, first)
	}
	for _, it := range s.docs[1].Items {
		if !strings.HasPrefix(it.ID, first+"/") {
			t.Errorf("item %s of document %s", it.ID, first)
		}
	}
	// When the first document is gone, the corrected one takes its place and its ID.
	for _, name := range []string{"m.txt", "n.txt"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	s, _, _ = indexDir(t, Options{Known: known}, dir)
	if len(s.docs) != 1 || s.docs[0].ID != first {
		t.Errorf("the replacement has ID %s, want %s", s.docs[0].ID, first)
	}
}

func TestIndexStops(t *testing.T) {
	dir := writeFiles(t, map[string]string{"a.txt": smallReport})
	files, _ := Find([]string{dir})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Index(ctx, files, &shelf{}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
