package bound

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

func TestGuard(t *testing.T) {
	var none []int
	err := Guard(func() error { return fmt.Errorf("%d", none[len(none)]) })
	if CodeOf(err) != Panic || !strings.Contains(err.Error(), "bound/bound_test.go:17") {
		t.Errorf("a panic: %v [%s]", err, CodeOf(err))
	}
	work, done := Within(t.Context(), -1)
	defer done()
	err = Guard(func() error { work.Check(); return nil })
	if !errors.Is(err, ErrTimeout) {
		t.Errorf("a check beyond the time: %v", err)
	}
	if err := Guard(func() error { return io.EOF }); err != io.EOF {
		t.Errorf("an error: %v", err)
	}
}

func TestCodeOf(t *testing.T) {
	for want, err := range map[Code]error{
		"": nil, Damaged: io.EOF, Timeout: context.DeadlineExceeded, TooBig: fmt.Errorf("in x: %w", ErrTooBig),
	} {
		if got := CodeOf(err); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}

// TestMember uses a budget up by files that each keep to their own.
func TestMember(t *testing.T) {
	archive := New(time.Hour, time.Hour, 10)
	for n, want := range []error{nil, nil, ErrTooBig} {
		work, done := archive.Member(time.Minute, time.Minute, 5).Begin(t.Context())
		if err := work.Spend(4); !errors.Is(err, want) {
			t.Errorf("file %d: %v, want %v", n, err, want)
		}
		done()
	}
	member := archive.Member(time.Nanosecond, time.Minute, 5)
	if err := member.Guard(t.Context(), func(w *Work) error { <-w.Context().Done(); return nil }); !errors.Is(err, ErrTimeout) {
		t.Errorf("a file without time: %v", err)
	}
	if !member.Spent() || archive.Spent() {
		t.Errorf("spent: file %v, archive %v", member.Spent(), archive.Spent())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := archive.Guard(ctx, func(w *Work) error { return w.Err() }); !errors.Is(err, context.Canceled) {
		t.Errorf("an operator's end: %v", err)
	}
}

func TestUnpack(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, size := range map[string]int{"bomb": RatioFrom + 1, "text": 1000} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(make([]byte, size)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	dir, err := Directory(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	work, done := Within(t.Context(), time.Minute)
	defer done()
	for _, f := range dir.File {
		r, err := work.Unpack(f)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if f.Name == "bomb" && !errors.Is(err, ErrTooBig) || f.Name == "text" && (err != nil || len(data) != 1000) {
			t.Errorf("%s: %d bytes, %v", f.Name, len(data), err)
		}
	}
	if _, err := Directory(bytes.Repeat([]byte("PK\x01\x02"), maxEntries+1)); !errors.Is(err, ErrEntries) {
		t.Errorf("a directory of too many entries: %v", err)
	}
}
