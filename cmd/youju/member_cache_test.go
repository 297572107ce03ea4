package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func newMembers(t *testing.T, dir string, limit int64) *memberCache {
	t.Helper()
	c, err := openMemberCache(dir, limit)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.close() })
	return c
}

// out takes texts out of an archive that is none, and counts how often.
func out(times *atomic.Int32, texts ...string) func(context.Context, func(io.Reader) error) error {
	return func(_ context.Context, f func(io.Reader) error) (err error) {
		times.Add(1)
		for _, text := range texts {
			if err = f(strings.NewReader(text)); err == nil {
				return nil
			}
		}
		return err
	}
}

func read(t *testing.T, c *memberCache, text string, take func(context.Context, func(io.Reader) error) error) {
	t.Helper()
	f, err := c.open(t.Context(), sumOf(text), int64(len(text)), take)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	defer f.Close()
	if got, err := io.ReadAll(f); string(got) != text || err != nil {
		t.Errorf("%q, %v, want %q", got, err, text)
	}
}

// onDisk names what lies in the folder.
func onDisk(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, originalsFolder))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestMemberCacheBound keeps what was asked for last.
func TestMemberCacheBound(t *testing.T) {
	dir := t.TempDir()
	c := newMembers(t, dir, 10)
	var times atomic.Int32
	for _, text := range []string{"aaaa", "bbbb", "aaaa", "cccc", "aaaa"} {
		read(t, c, text, out(&times, text))
	}
	if names := onDisk(t, dir); times.Load() != 3 || len(names) != 2 || c.used != 8 {
		t.Errorf("taken out %d times, %d bytes, on disk %v", times.Load(), c.used, names)
	}
	read(t, c, "bbbb", out(&times, "bbbb"))
	if times.Load() != 4 {
		t.Error("what was asked for the longest ago was kept")
	}
	if _, err := c.open(t.Context(), sumOf("12345678901"), 11, out(&times, "12345678901")); !errors.Is(err, errCacheFull) {
		t.Errorf("larger than all of the cache: %v", err)
	}
}

// TestMemberCacheContent takes the entry that has the content, of several that
// have its name, and none that has not.
func TestMemberCacheContent(t *testing.T) {
	dir := t.TempDir()
	c := newMembers(t, dir, 100)
	var times atomic.Int32
	read(t, c, "right", out(&times, "wrong", "longer than right", "right"))
	for _, texts := range [][]string{{"wrong"}, {"r"}, {"right2", "righ"}} {
		if _, err := c.open(t.Context(), sumOf("good!"), 5, out(&times, texts...)); !errors.Is(err, errOtherContent) {
			t.Errorf("%q: %v", texts, err)
		}
	}
	if names := onDisk(t, dir); len(names) != 1 || c.used != 5 {
		t.Errorf("%d bytes, left %v", c.used, names)
	}
}

// TestMemberCacheTogether takes a file out once for all who ask, and stops when
// nobody does any more.
func TestMemberCacheTogether(t *testing.T) {
	dir := t.TempDir()
	c := newMembers(t, dir, 100)
	var times atomic.Int32
	began, goOn := make(chan struct{}, 10), make(chan struct{})
	slowly := func(ctx context.Context, f func(io.Reader) error) error {
		began <- struct{}{}
		select {
		case <-goOn:
			return out(&times, "text")(ctx, f)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	var all sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	for range 2 {
		all.Go(func() {
			if _, err := c.open(ctx, sumOf("text"), 4, slowly); !errors.Is(err, context.Canceled) {
				t.Errorf("who went away got %v", err)
			}
		})
	}
	<-began
	cancel()
	all.Wait()
	c.flying.Wait()
	for range 8 {
		all.Go(func() {
			f, err := c.open(t.Context(), sumOf("text"), 4, slowly)
			if err != nil {
				t.Errorf("who waited got %v", err)
				return
			}
			f.Close()
		})
	}
	<-began
	close(goOn)
	all.Wait()
	c.flying.Wait()
	if times.Load() != 1 || c.used != 4 || len(onDisk(t, dir)) != 1 {
		t.Errorf("taken out %d times, %d bytes, %v", times.Load(), c.used, onDisk(t, dir))
	}
}

// TestMemberCacheStart removes what an earlier server left and nothing else,
// and never goes where a link leads.
func TestMemberCacheStart(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	folder := filepath.Join(dir, originalsFolder)
	precious := filepath.Join(elsewhere, "precious")
	os.WriteFile(precious, []byte("text"), 0o644)
	os.Mkdir(folder, 0o755)
	os.WriteFile(filepath.Join(folder, sumOf("old")), []byte("old"), 0o644)
	os.WriteFile(filepath.Join(folder, "taking-ABC"), []byte("half"), 0o644)
	os.WriteFile(filepath.Join(folder, "README"), nil, 0o644)
	if err := os.Symlink(precious, filepath.Join(folder, sumOf("text"))); err != nil {
		t.Skip(err)
	}
	c := newMembers(t, dir, 100)
	if names := onDisk(t, dir); len(names) != 1 || names[0] != "README" {
		t.Errorf("left %v", names)
	}
	var times atomic.Int32
	read(t, c, "text", out(&times, "text"))
	// A link in the place of what was kept is not followed, but replaced.
	os.Remove(filepath.Join(folder, sumOf("text")))
	os.Symlink(precious, filepath.Join(folder, sumOf("text")))
	read(t, c, "text", out(&times, "text"))
	if info, err := os.Lstat(filepath.Join(folder, sumOf("text"))); err != nil || !info.Mode().IsRegular() || times.Load() != 2 {
		t.Errorf("after a link: %v, taken out %d times", err, times.Load())
	}
	if got, err := os.ReadFile(precious); string(got) != "text" || err != nil {
		t.Errorf("the file that a link led to: %q, %v", got, err)
	}
	other := t.TempDir()
	os.Symlink(elsewhere, filepath.Join(other, originalsFolder))
	if c, err := openMemberCache(other, 100); err == nil {
		c.close()
		t.Error("a link in the place of the folder was followed")
	}
}
