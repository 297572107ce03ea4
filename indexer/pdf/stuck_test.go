//go:build !race

package pdf

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"youju/indexer/bound"
)

// TestStuck reads a page that draws ten forms that draw ten forms…: the engine
// does not come back from it and is stopped by force. (The library's own
// stopping is a data race on a flag, so this test is not for the detector.)
func TestStuck(t *testing.T) {
	const depth = 10
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>", stream("/X Do"),
	}
	for i := range depth {
		body, resources := strings.Repeat("/X Do ", 10), fmt.Sprintf("/XObject << /X %d 0 R >>", 6+i)
		if i == depth-1 {
			body, resources = "0 0 9 9 re f", ""
		}
		objects = append(objects, fmt.Sprintf("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s >> /Length %d >>\nstream\n%s\nendstream", resources, len(body), body))
	}
	work, done := bound.Within(t.Context(), 200*time.Millisecond)
	defer done()
	start := time.Now()
	_, err := Read(work, "", file("", objects...))
	t.Logf("%v after %v", err, time.Since(start))
	if !errors.Is(err, bound.ErrTimeout) {
		t.Errorf("%v, want %v", err, bound.ErrTimeout)
	}
	if got, err := readIn(t, text("", set(60, 700, "下一个文件"))); err != nil || got.Body != "下一个文件\n" {
		t.Errorf("the next file: %q, %v", got.Body, err)
	}
}
