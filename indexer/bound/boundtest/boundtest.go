// Package boundtest holds fuzz tests to what a small file may cost.
package boundtest

import (
	"testing"
	"time"

	"youju/indexer/bound"
)

const (
	// small is how large a file is, in bytes, that is tried.
	small = 64 << 10
	// most is how long it may take. A thousandth of it is usual: what comes near
	// hangs, however busy the machine.
	most = 10 * time.Second
)

// Try reads size bytes and gives the reader's error. A panic fails the test, and
// so does a file that is not read in time.
func Try(t testing.TB, size int, read func(*bound.Work) error) error {
	t.Helper()
	if size > small {
		t.Skip("larger than what is tried")
	}
	work, done := bound.Within(t.Context(), most)
	defer done()
	err := bound.Guard(func() error { return read(work) })
	if bound.CodeOf(err) == bound.Panic {
		t.Fatal(err)
	}
	if work.Err() != nil {
		t.Fatalf("%d bytes were not read in %v", size, most)
	}
	return err
}
