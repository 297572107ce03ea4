package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"youju/indexer"
	"youju/search"
	"youju/search/bleve"
	"youju/search/fact"
)

const yearly = `%[1]d年东阿县政府工作报告

——%[1]d年2月3日在东阿县第十届人民代表大会第五次会议上

各位代表：

一、去年工作回顾

（一）项目建设。全县开工项目%[2]d个，建成道路五条，新增停车位八百个。

二、今年工作安排

（一）城市更新。计划改造小区%[2]d个，铺设燃气管道十公里。

（二）交通建设。加快建设雄商高铁，争取聊城机场开工。（责任单位：县交通运输局）
`

func write(t *testing.T, dir, name string, year, figure int) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), fmt.Appendf(nil, yearly, year, figure), 0o644); err != nil {
		t.Fatal(err)
	}
}

func runOf(dir string, paths ...string) indexRun {
	return indexRun{stdout: io.Discard, stderr: io.Discard, dir: dir, paths: paths, reader: new(indexer.Reader)}
}

// facts gives the files of what an index has gathered from its documents.
func facts(t *testing.T, dir string) map[string]bleve.FileInfo {
	t.Helper()
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	f, err := x.Facts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	figures, _, err := f.Indicators(fact.IndicatorFilter{Single: true})
	projects, err2 := f.Projects(fact.Choice{}, fact.None)
	units, err3 := f.Units(fact.Choice{}, fact.None)
	if err := errors.Join(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	if len(figures) == 0 || projects.Total == 0 || units.Total == 0 {
		t.Fatalf("%d indicators, %d projects, %d units", len(figures), projects.Total, units.Total)
	}
	files := maps.Clone(x.Manifest().Files)
	maps.DeleteFunc(files, func(name string, _ bleve.FileInfo) bool { return !strings.HasPrefix(name, "facts/") })
	return files
}

// holding gives everything an index holds, as JSON by document.
func holding(t *testing.T, dir string) map[string]string {
	t.Helper()
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	list, err := x.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, s := range list {
		d, err := x.Document(t.Context(), s.Document.ID)
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.MarshalIndent(d, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		out[d.ID] = string(data)
	}
	res, err := x.Search(t.Context(), search.Query{Text: "小区", Size: 50})
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range res.Hits {
		out[fmt.Sprint("hit ", i)] = fmt.Sprint(h.Item.ID, h.Snippet, h.Score)
	}
	return out
}

// TestIncremental changes, adds, moves and removes files: what is taken over
// and what is read anew make the same index as reading everything.
func TestIncremental(t *testing.T) {
	files, data := t.TempDir(), t.TempDir()
	for year := 2015; year < 2023; year++ {
		write(t, files, fmt.Sprintf("%d.txt", year), year, year-2000)
	}
	run := runOf(filepath.Join(data, "part"), files)
	if err := run.once(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, change := range []func(){
		func() {},
		func() { write(t, files, "2016.txt", 2016, 99) },
		func() { write(t, files, "0.txt", 2016, 7) },
		func() { os.Remove(filepath.Join(files, "2017.txt")) },
		func() { os.Rename(filepath.Join(files, "2018.txt"), filepath.Join(files, "moved.txt")) },
		func() { os.WriteFile(filepath.Join(files, "2019.yaml"), []byte("publisher: 某县\n"), 0o644) },
		func() { write(t, files, "copy.txt", 2020, 20) },
	} {
		change()
		// The full build starts from the same earlier index, so that IDs have the same history.
		full := runOf(filepath.Join(t.TempDir(), "full"), files)
		full.full = true
		if err := os.CopyFS(full.dir, os.DirFS(run.dir)); err != nil {
			t.Fatal(err)
		}
		for _, r := range []indexRun{run, full} {
			if err := r.once(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(holding(t, full.dir), holding(t, run.dir)); diff != "" {
			t.Fatalf("incremental and full builds differ (-full +incremental):\n%s", diff)
		}
		if diff := cmp.Diff(facts(t, full.dir), facts(t, run.dir)); diff != "" {
			t.Fatalf("the facts of incremental and full builds differ (-full +incremental):\n%s", diff)
		}
	}
}

// TestTakenOver counts what is read again.
func TestTakenOver(t *testing.T) {
	files, dir := t.TempDir(), t.TempDir()
	for year := 2015; year < 2019; year++ {
		write(t, files, fmt.Sprintf("%d.txt", year), year, 3)
	}
	var out strings.Builder
	run := runOf(dir, files)
	run.stdout, run.verbose = &out, true
	for i, want := range []int{0, 4, 3} {
		if i == 2 {
			write(t, files, "2015.txt", 2015, 4)
		}
		out.Reset()
		if err := run.once(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(out.String(), "未改动"); got != want {
			t.Errorf("run %d took over %d files, want %d:\n%s", i, got, want, &out)
		}
	}
}

// TestOtherRules reads again what a program with other rules has read.
func TestOtherRules(t *testing.T) {
	files, dir := t.TempDir(), t.TempDir()
	write(t, files, "2015.txt", 2015, 3)
	found, _ := indexer.Find([]string{files})
	if _, _, err := buildIndex(t.Context(), dir, found, indexer.Options{Reader: &indexer.Reader{Rules: "an older program"}}); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	run := runOf(dir, files)
	run.stdout, run.verbose = &out, true
	for _, want := range []int{0, 1} {
		out.Reset()
		if err := run.once(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(out.String(), "未改动"); got != want {
			t.Errorf("%d files taken over, want %d:\n%s", got, want, &out)
		}
	}
}

// TestWatch changes a file while it is watched, and stops.
func TestWatch(t *testing.T) {
	files, dir := t.TempDir(), t.TempDir()
	write(t, files, "2015.txt", 2015, 3)
	ctx, cancel := context.WithCancel(t.Context())
	run := runOf(dir, files)
	done := make(chan error, 1)
	go func() { done <- run.watch(ctx, 50*time.Millisecond) }()
	documents := func(want int) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if m, err := bleve.ReadManifest(dir); err == nil && m.Documents == want {
				return
			}
		}
		t.Fatalf("no index with %d documents", want)
	}
	documents(1)
	if err := os.Mkdir(filepath.Join(files, "new"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, files, "new/2016.txt", 2016, 3)
	documents(2)
	write(t, files, "new/2017.txt", 2017, 3)
	documents(3)
	if err := os.Remove(filepath.Join(files, "2015.txt")); err != nil {
		t.Fatal(err)
	}
	documents(2)
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("watching did not stop")
	}
}

// TestInterrupted stops a run: the index of before stays.
func TestInterrupted(t *testing.T) {
	files, dir := t.TempDir(), t.TempDir()
	write(t, files, "2015.txt", 2015, 3)
	run := runOf(dir, files)
	if err := run.once(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := holding(t, dir)
	write(t, files, "2016.txt", 2016, 3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := run.once(ctx); err == nil || !strings.Contains(err.Error(), "已中断") {
		t.Errorf("interrupted: %v", err)
	}
	if diff := cmp.Diff(before, holding(t, dir)); diff != "" {
		t.Error(diff)
	}
}

// TestEntered builds an index three times: a document keeps the time at which
// it came in until its content changes, also when it was read anew and when
// the index is of a version that cannot be opened.
func TestEntered(t *testing.T) {
	docs, dir := t.TempDir(), filepath.Join(t.TempDir(), "index")
	const first, second = "371524-2019-report", "371524-2020-report"
	index := func() map[string]time.Time {
		t.Helper()
		if err := runOf(dir, docs).once(t.Context()); err != nil {
			t.Fatal(err)
		}
		m, err := bleve.RecallManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		entered := m.Info().Entered
		if len(entered) == 0 || entered[first].IsZero() {
			t.Fatalf("entered: %v", entered)
		}
		return entered
	}
	// earlier moves the times an index knows into the past.
	earlier := func(by time.Duration, schema int) {
		t.Helper()
		m, err := bleve.RecallManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		for i := range m.Sources {
			for j := range m.Sources[i].Documents {
				d := &m.Sources[i].Documents[j]
				d.Entered = d.Entered.Add(-by)
			}
		}
		m.Schema = schema
		data, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, m.Generation, "manifest.json"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(t, docs, "a.txt", 2019, 10)
	was := index()[first]
	earlier(time.Hour, bleve.SchemaVersion)
	write(t, docs, "b.txt", 2020, 20)
	if got := index(); !got[first].Equal(was.Add(-time.Hour)) || got[second].Before(was) {
		t.Errorf("with a second document: %v, first entered %v", got, was)
	}
	earlier(time.Hour, 1)
	if got := index(); !got[first].Equal(was.Add(-2 * time.Hour)) {
		t.Errorf("after another version: %v, first entered %v", got, was)
	}
	write(t, docs, "a.txt", 2019, 11)
	if got := index(); got[first].Before(was) || !got[second].Before(was.Add(time.Minute)) {
		t.Errorf("with new content: %v", got)
	}
}
