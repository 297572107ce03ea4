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

// nested is a page that draws ten forms that draw ten forms….
func nested() []byte {
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
	return file("", objects...)
}

// TestStuck reads a page that the engine does not come back from, so that it is
// stopped by force: at the time limit of the file, and at that of a page. (The
// library's own stopping is a data race on a flag, so this test is not for the
// detector.)
func TestStuck(t *testing.T) {
	stuck(t, 200*time.Millisecond, bound.ErrTimeout)
	defer func(before time.Duration) { pageLimit = before }(pageLimit)
	pageLimit = 200 * time.Millisecond
	stuck(t, time.Minute, ErrPage)
}

func stuck(t *testing.T, limit time.Duration, want error) {
	t.Helper()
	work, done := bound.Within(t.Context(), limit)
	defer done()
	start := time.Now()
	_, err := Read(work, "", nested())
	t.Logf("%v after %v", err, time.Since(start))
	if !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
	defer func(before time.Duration) { pageLimit = before }(pageLimit)
	pageLimit = time.Minute
	if got, err := readIn(t, text("", set(60, 700, "下一个文件"))); err != nil || got.Body != "下一个文件\n" {
		t.Errorf("the next file: %q, %v", got.Body, err)
	}
}

// TestLargeFile opens a file anew for each of its pages, as for every 32 MB of a large one.
func TestLargeFile(t *testing.T) {
	data := text("", set(60, 700, "新建学校三所。"), set(60, 700, "办好教育。"), set(60, 700, "增加就业。"))
	want, err := readIn(t, data)
	if err != nil {
		t.Fatal(err)
	}
	defer func(before int) { stretchBytes = before }(stretchBytes)
	stretchBytes = 1
	if got, err := readIn(t, data); err != nil || got.Body != want.Body || got.Pages != 3 {
		t.Errorf("%q of %d pages, %v; want %q", got.Body, got.Pages, err, want.Body)
	}
}
