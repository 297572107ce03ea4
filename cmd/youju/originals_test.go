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
	"strconv"
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
	members, err := openMemberCache(t.TempDir(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer members.close()
	site := web.New(x, web.Options{Logger: slog.New(slog.DiscardHandler), Sources: newOriginals(dir, members), FeedbackURL: "mailto:a@example.org"})
	ask := func(method, path string, header ...string) (*http.Response, string) {
		w, r := httptest.NewRecorder(), httptest.NewRequest(method, path, nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		site.ServeHTTP(w, r)
		body, _ := io.ReadAll(w.Result().Body)
		return w.Result(), string(body)
	}
	get := func(path string) (*http.Response, string) { return ask("GET", path) }
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
	packedURL := "/report/371524-2016-report/original"
	if res, body := ask("HEAD", packedURL); res.StatusCode != 200 || body != "" || res.Header.Get("Content-Length") != strconv.Itoa(len(inner)) {
		t.Errorf("HEAD of a file in an archive: status %d, %v", res.StatusCode, res.Header)
	}
	if len(members.files) > 0 {
		t.Error("HEAD took the file out of its archive")
	}
	res, body = get(packedURL)
	tag := res.Header.Get("ETag")
	if res.StatusCode != 200 || body != inner || !strings.HasPrefix(tag, `"`) {
		t.Errorf("out of an archive: status %d, tag %s, %q", res.StatusCode, tag, body)
	}
	for _, tt := range []struct {
		headers []string
		status  int
		body    string
	}{
		{[]string{"Range", "bytes=3-8"}, 206, inner[3:9]},
		{[]string{"Range", "bytes=3-8", "If-Range", tag}, 206, inner[3:9]},
		{[]string{"Range", "bytes=3-8", "If-Range", `"other"`}, 200, inner},
		{[]string{"If-None-Match", tag}, 304, ""},
		{[]string{"Accept-Encoding", "gzip"}, 200, inner},
	} {
		if res, body := ask("GET", packedURL, tt.headers...); res.StatusCode != tt.status || body != tt.body {
			t.Errorf("with %q: status %d, %q", tt.headers, res.StatusCode, body)
		}
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
	if err := os.WriteFile(filepath.Join(files, "a.zip"), []byte("PK\x03\x04 and no more"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{"GET", "HEAD"} {
		if res, _ := ask(method, packedURL); res.StatusCode != 404 {
			t.Errorf("%s of a file in an archive that was changed: status %d", method, res.StatusCode)
		}
	}
}
