package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// cached answers 304 when the reader's copy still holds. What a page shows
// depends on the program, the index generation and the address alone, so its
// tag is made of these, before any work is done. The day is part of it because
// citations name the day of access.
func (s *server) cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if uncached(r) {
			next.ServeHTTP(w, r)
			return
		}
		tag := s.etag(r)
		if matchesTag(r.Header.Get("If-None-Match"), tag) {
			w.Header().Set("ETag", tag)
			w.Header().Set("Cache-Control", "no-cache")
			w.Header().Set("Vary", "Accept-Encoding")
			w.WriteHeader(http.StatusNotModified)
			return
		}
		next.ServeHTTP(&tagger{ResponseWriter: w, tag: tag}, r)
	})
}

// uncached holds the requests whose answers are not a function of the index.
func uncached(r *http.Request) bool {
	get := r.Method == http.MethodGet || r.Method == http.MethodHead
	return !get || isFree(r.URL.Path)
}

// etag is weak: the same page may be sent compressed or not.
func (s *server) etag(r *http.Request) string {
	h := sha256.New()
	for _, part := range []string{s.edition, s.searcher.Info().Generation, s.absolute(r, ""), r.URL.EscapedPath(), r.URL.RawQuery, today()} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return `W/"` + hex.EncodeToString(h.Sum(nil)[:10]) + `"`
}

// matchesTag compares weakly, as If-None-Match does. A * is not answered: it
// would need the page to exist.
func matchesTag(header, tag string) bool {
	same := func(t string) bool {
		return strings.TrimPrefix(strings.TrimSpace(t), "W/") == strings.TrimPrefix(tag, "W/")
	}
	return slices.ContainsFunc(strings.Split(header, ","), same)
}

// tagger puts the tag on an answer that succeeds and has none of its own.
type tagger struct {
	http.ResponseWriter
	tag  string
	done bool
}

func (w *tagger) WriteHeader(code int) {
	if !w.done && code == http.StatusOK && w.Header().Get("ETag") == "" {
		w.Header().Set("ETag", w.tag)
	}
	w.done = true
	w.ResponseWriter.WriteHeader(code)
}

func (w *tagger) Write(b []byte) (int, error) {
	if !w.done {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *tagger) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// editionOf tells one build of the program from another.
func editionOf(version string) string {
	h := sha256.New()
	h.Write([]byte(version))
	if build, ok := debug.ReadBuildInfo(); ok {
		h.Write([]byte(build.String()))
	}
	for _, files := range []fs.FS{templateFS, staticFS} {
		_ = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := fs.ReadFile(files, path)
			h.Write(content)
			return err
		})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// today is the day in China, where the readers are.
func today() string { return time.Now().In(china).Format(time.DateOnly) }

// inChina is a moment as clocks show it there; none stays none.
func inChina(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(china)
}

var china = time.FixedZone("CST", 8*60*60)
