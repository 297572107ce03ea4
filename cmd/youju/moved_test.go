package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"youju/search/bleve"
	"youju/web"
)

// TestMovedDocument indexes a paper under a wrong kind, then under its own,
// then under another one that somebody states: the old addresses lead on.
func TestMovedDocument(t *testing.T) {
	dir, files := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(files, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.txt", "东阿县人民法院工作报告\n\n——2024年1月18日在东阿县第十九届人民代表大会第三次会议上\n\n县人民法院院长　王某某\n\n各位代表：\n\n我代表县人民法院，向大会报告工作，请予审议。\n\n一、2023年工作回顾\n\n全县法院受理案件八千件，审结七千八百件，质效指标保持平稳。\n")
	ask := func(path string) (int, string) {
		x, err := bleve.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer x.Close()
		w := httptest.NewRecorder()
		web.New(x, web.Options{Logger: slog.New(slog.DiscardHandler)}).ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w.Code, w.Header().Get("Location")
	}
	build := func() {
		if err := runOf(dir, files).once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	check := func(path string, code int, location string) {
		t.Helper()
		if c, l := ask(path); c != code || l != location {
			t.Errorf("%s: %d %q, want %d %q", path, c, l, code, location)
		}
	}
	write("a.yaml", "kind: 政府工作报告\n")
	build()
	check("/report/371524-2024-report", http.StatusOK, "")

	if err := os.Remove(filepath.Join(files, "a.yaml")); err != nil {
		t.Fatal(err)
	}
	build()
	check("/report/371524-2024-court", http.StatusOK, "")
	check("/report/371524-2024-report", http.StatusMovedPermanently, "/report/371524-2024-court")
	check("/report/371524-2024-report/1.0.1", http.StatusMovedPermanently, "/report/371524-2024-court/1.0.1")
	check("/api/v1/documents/371524-2024-report", http.StatusMovedPermanently, "/api/v1/documents/371524-2024-court")

	write("a.yaml", "kind: 检察院工作报告\n")
	build()
	check("/report/371524-2024-report", http.StatusMovedPermanently, "/report/371524-2024-procuratorate")
	check("/report/371524-2024-court/1.0.1", http.StatusMovedPermanently, "/report/371524-2024-procuratorate/1.0.1")

	// Read as it was first, it bears its first ID again, which leads nowhere else.
	write("a.yaml", "kind: 政府工作报告\n")
	build()
	check("/report/371524-2024-report", http.StatusOK, "")
	check("/report/371524-2024-court", http.StatusMovedPermanently, "/report/371524-2024-report")
}
