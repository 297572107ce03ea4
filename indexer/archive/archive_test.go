package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
)

func pack(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func isZip(data []byte) bool { return bytes.HasPrefix(data, []byte("PK\x03\x04")) }
func all(string) bool        { return true }

// plenty is a budget that no small archive uses up.
func plenty(bytes int64) *bound.Budget { return bound.New(time.Minute, 0, bytes) }

func walkAll(t *testing.T, data []byte, limits Limits) (names []string, errs map[string]error) {
	t.Helper()
	errs = map[string]error{}
	err := Walk(t.Context(), plenty(1<<30), data, limits, all, isZip, func(e Entry) error {
		if e.Err != nil {
			errs[e.Name] = e.Err
		} else {
			names = append(names, e.Name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names, errs
}

func TestWalk(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("2021/方案.txt")
	if err != nil {
		t.Fatal(err)
	}
	inner := pack(t, "乙.txt", "乙")
	names, errs := walkAll(t, pack(t, gbk, "甲", `a\b.txt`, "丙", "../../etc/passwd", "丁", "里.zip", string(inner)), DefaultLimits)
	if got := fmt.Sprint(names); got != "[2021/方案.txt a/b.txt etc/passwd 里.zip/乙.txt]" || len(errs) > 0 {
		t.Errorf("names %s, errors %v", got, errs)
	}
}

// TestBombs stays within each limit and tells which.
func TestBombs(t *testing.T) {
	bomb := pack(t, "bomb.txt", strings.Repeat("\x00", 6<<20), "good.txt", "甲")
	nested := pack(t, "x", "y")
	for range 6 {
		nested = pack(t, "in.zip", string(nested), "beside.txt", "甲")
	}
	for _, c := range []struct {
		name   string
		data   []byte
		limits Limits
		want   error
	}{
		{"ratio", bomb, DefaultLimits, ErrBomb},
		{"size", pack(t, "a.txt", "0123456789"), Limits{Depth: 1, Files: 9, File: 5}, ErrBomb},
		{"depth", nested, DefaultLimits, ErrDepth},
		{"count", pack(t, "a", "1", "b", "2", "c", "3"), Limits{Depth: 1, Files: 2, File: 9}, ErrCount},
		{"broken", []byte("PK\x03\x04 and no more"), DefaultLimits, ErrFormat},
	} {
		names, errs := walkAll(t, c.data, c.limits)
		found := false
		for _, err := range errs {
			found = found || errors.Is(err, c.want)
		}
		if !found {
			t.Errorf("%s: files %v, errors %v, want %v", c.name, names, errs, c.want)
		}
	}
	// What is beside a bomb is still read.
	if names, _ := walkAll(t, bomb, DefaultLimits); len(names) != 1 {
		t.Errorf("beside a bomb: %v", names)
	}
}

func FuzzWalk(f *testing.F) {
	f.Add(pack(f, "a.txt", "甲", "b.zip", string(pack(f, "c.txt", "乙"))))
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := Limits{Depth: 3, Files: 100, File: 1 << 20}
		total := 0
		_ = boundtest.Try(t, len(data), func(work *bound.Work) error {
			return Walk(work.Context(), plenty(4<<20), data, limits, all, isZip, func(e Entry) error {
				total += len(e.Data)
				return nil
			})
		})
		if total > 8<<20 {
			t.Errorf("expanded %d bytes", total)
		}
	})
}
