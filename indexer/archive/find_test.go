package archive

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"youju/indexer/bound"
)

func budget() *bound.Budget { return bound.New(time.Minute, 0, 1<<30) }

// TestFind gives entries by path and size, in archives in archives too.
func TestFind(t *testing.T) {
	inner := pack(t, "乙.txt", "乙乙", "x.txt", "one", "x.txt", "two")
	data := pack(t, "2021/方案.txt", "甲", "里.zip", string(inner), "a/里.zip", "no archive", "zero.txt", strings.Repeat("\x00", 3<<20))
	for _, tt := range []struct {
		path string
		size int64
		want []string
		has  bool
	}{
		{"2021/方案.txt", 3, []string{"甲"}, true},
		{"2021/方案.txt", 4, nil, false},
		{"2021", 0, nil, false},
		{"里.zip/乙.txt", 6, []string{"乙乙"}, true},
		{"里.zip/x.txt", 3, []string{"one", "two"}, true},
		{"里.zip/x.txt", 9, nil, true},
		{"a/里.zip/x.txt", 3, nil, true},
		{"nothing", 3, nil, false},
	} {
		var got []string
		err := Find(t.Context(), budget(), bytes.NewReader(data), int64(len(data)), tt.path, tt.size, DefaultLimits, func(r io.Reader) error {
			b, err := io.ReadAll(r)
			got = append(got, string(b))
			return errors.Join(err, errors.New("another one, please"))
		})
		if strings.Join(got, "|") != strings.Join(tt.want, "|") || !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %q, %v", tt.path, got, err)
		}
		if has := Has(bytes.NewReader(data), int64(len(data)), tt.path, tt.size); has != tt.has {
			t.Errorf("%s: has %v", tt.path, has)
		}
	}
	limits := DefaultLimits
	limits.File = 1 << 20
	taken := func(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err }
	if err := Find(t.Context(), budget(), bytes.NewReader(data), int64(len(data)), "zero.txt", 3<<20, limits, taken); !errors.Is(err, ErrNotFound) {
		t.Errorf("an entry above the limit: %v", err)
	}
	if err := Find(t.Context(), budget(), bytes.NewReader(data), int64(len(data)), "zero.txt", 3<<20, DefaultLimits, taken); err != nil {
		t.Errorf("an entry within the limit: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := Find(ctx, budget(), bytes.NewReader(data), int64(len(data)), "zero.txt", 3<<20, DefaultLimits, func(r io.Reader) error {
		cancel()
		return taken(r)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who went away: %v", err)
	}
	for _, tt := range [][]byte{nil, []byte("PK\x03\x04 and no more")} {
		if err := Find(t.Context(), budget(), bytes.NewReader(tt), int64(len(tt)), "a", 1, DefaultLimits, taken); !errors.Is(err, ErrFormat) {
			t.Errorf("no archive: %v", err)
		}
	}
}
