package main

import (
	"archive/zip"
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"youju/search/bleve"
	"youju/web"
)

// TestOriginals asks for the files behind documents: as they were, for saving
// only, and nothing else of the disk.
func TestOriginals(t *testing.T) {
	files, dir := t.TempDir(), t.TempDir()
	write(t, files, "2015 报告.txt", 2015, 3)
	write(t, files, "copy.txt", 2015, 3)
	write(t, files, "secret.yaml", 2015, 3)
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	w, _ := z.Create("里面/2016.txt")
	inner := strings.NewReplacer("%[1]d", "2016", "%[2]d", "4").Replace(yearly)
	io.WriteString(w, inner)
	z.Close()
	if err := os.WriteFile(filepath.Join(files, "a.zip"), packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := runOf(dir, files).once(t.Context()); err != nil {
		t.Fatal(err)
	}
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	site := web.New(x, web.Options{Logger: slog.New(slog.DiscardHandler), Sources: newOriginals(dir), FeedbackURL: "mailto:a@example.org"})
	get := func(path string) (*http.Response, string) {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		body, _ := io.ReadAll(w.Result().Body)
		return w.Result(), string(body)
	}
	want, _ := os.ReadFile(filepath.Join(files, "2015 报告.txt"))
	res, body := get("/report/371524-2015-report/original")
	if res.StatusCode != 200 || body != string(want) {
		t.Errorf("status %d, %d bytes, want %d", res.StatusCode, len(body), len(want))
	}
	for header, want := range map[string]string{
		"Content-Type": "text/plain", "X-Content-Type-Options": "nosniff",
		"Content-Disposition": "attachment; filename*=utf-8''2015%20%E6%8A%A5%E5%91%8A.txt", "Content-Security-Policy": "default-src 'none'; sandbox",
	} {
		if got := res.Header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	if res, body := get("/report/371524-2016-report/original"); res.StatusCode != 200 || body != inner {
		t.Errorf("out of an archive: status %d, %q", res.StatusCode, body)
	}
	_, body = get("/report/371524-2015-report/source")
	for _, s := range []string{"下载原始文件", "copy.txt（100% 相同）", "依据会议时间行", "SHA-256", "mailto:a@example.org?subject="} {
		if !strings.Contains(body, s) {
			t.Errorf("the page does not show %q", s)
		}
	}
	if strings.Contains(body, files) {
		t.Error("the page shows a folder of the server")
	}
	for _, path := range []string{
		"/report/..%2f..%2fetc%2fpasswd/original", "/report/371524-2015-report/original/../secret.yaml",
		"/report/secret.yaml/original", "/report/371524-1999-report/original",
	} {
		if res, _ := get(path); res.StatusCode < 300 {
			t.Errorf("GET %s: status %d", path, res.StatusCode)
		}
	}
	// check knows files inside archives, too.
	var told strings.Builder
	if err := runCheck(t.Context(), &told, dir, []string{files}); err != nil || !strings.Contains(told.String(), "来源文件 3 个：一致 3") {
		t.Errorf("check: %v\n%s", err, &told)
	}
	write(t, files, "2015 报告.txt", 2015, 9)
	write(t, files, "copy.txt", 2015, 9)
	if res, _ := get("/report/371524-2015-report/original"); res.StatusCode != 404 {
		t.Errorf("a file that was changed: status %d", res.StatusCode)
	}
}
