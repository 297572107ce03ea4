package web

import (
	"bytes"
	"context"
	"net/http"
	"path"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// How many requests may wait for each that works, and for how long. Who saves
// a file is used to waiting; who reads is not.
const (
	queuePerPlace     = 8
	readerPatience    = time.Second
	expensivePatience = 5 * time.Second
	// leastPlaces leaves one where another request takes long. More places than
	// cores make all answers late under overload: at four times what two cores
	// can do, four places had a p99 of 584 ms where two had 230, with the same goodput.
	leastPlaces = 2
	// usualPerExpensive is how many usual requests there are places for to each
	// expensive one, so that those who read are never kept from it by files.
	usualPerExpensive = 4
)

// gates are the bounds of what is worked on at a time. Expensive requests have
// one of their own.
type gates struct{ usual, expensive *gate }

// newGates makes room for n usual requests; 0 is by the number of cores.
func newGates(n int) gates {
	if n <= 0 {
		n = max(leastPlaces, runtime.GOMAXPROCS(0))
	}
	few := max(1, n/usualPerExpensive)
	return gates{
		usual:     newGate("usual", n, n*queuePerPlace, readerPatience),
		expensive: newGate("expensive", few, few*queuePerPlace, expensivePatience),
	}
}

func (g gates) of(r *http.Request) *gate {
	if isExpensive(r.URL.Path) {
		return g.expensive
	}
	return g.usual
}

// isFree says that a path passes every bound: what a page cannot be shown
// without, and what an operator has to see when there is too much to do.
func isFree(path string) bool {
	return path == "/healthz" || path == "/readyz" || path == "/metrics" || strings.HasPrefix(path, "/static/")
}

// isExpensive says that an answer takes far more work than a page: files of
// all there is, originals, and the lists that go through all projects.
func isExpensive(p string) bool {
	switch p {
	case "/projects", "/api/v1/projects", "/feed.atom", "/sitemap.xml":
		return true
	}
	switch path.Ext(p) {
	case ".csv", ".xlsx", ".docx", ".jsonl":
		return true
	}
	return strings.HasPrefix(p, "/report/") && path.Base(p) == "original"
}

// admitted lets requests work as far as there is room, and turns away the
// others at next to no cost. An answer is written when its place is free again:
// a reader who takes it slowly keeps nobody waiting.
func (s *server) admitted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isFree(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		leave, err := s.gates.of(r).enter(r.Context())
		if err != nil {
			s.turnAway(w, r, http.StatusServiceUnavailable)
			return
		}
		a := &answer{ResponseWriter: w, body: bodies.Get().(*bytes.Buffer), leave: leave}
		defer a.discard()
		next.ServeHTTP(a, r.WithContext(context.WithValue(r.Context(), answerKey{}, a)))
		a.send(r.Method == http.MethodHead)
	})
}

// answer keeps what a handler writes until it has left its place.
type answer struct {
	http.ResponseWriter
	code  int
	body  *bytes.Buffer
	leave func()
	// streamed says that what is written goes to the reader at once.
	streamed bool
}

type answerKey struct{}

// bodies are used again: every answer needs one.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxKeptBody is the largest buffer that is kept for other answers.
const maxKeptBody = 512 << 10

func (a *answer) WriteHeader(code int) {
	if a.streamed {
		a.ResponseWriter.WriteHeader(code)
	} else if a.code == 0 {
		a.code = code
	}
}

func (a *answer) Write(b []byte) (int, error) {
	if a.streamed {
		return a.ResponseWriter.Write(b)
	}
	if a.code == 0 {
		a.code = http.StatusOK
	}
	return a.body.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// stream frees the request's place for others: what is left to do is to send
// something large that is ready.
func stream(ctx context.Context) {
	if a, ok := ctx.Value(answerKey{}).(*answer); ok && a.code == 0 {
		a.streamed = true
		a.leave()
	}
}

// send writes what was kept to the reader.
func (a *answer) send(head bool) {
	a.leave()
	if a.streamed || a.code == 0 {
		return
	}
	if h := a.Header(); !head && a.body.Len() > 0 && h.Get("Content-Length") == "" {
		h.Set("Content-Length", strconv.Itoa(a.body.Len()))
	}
	a.ResponseWriter.WriteHeader(a.code)
	_, _ = a.ResponseWriter.Write(a.body.Bytes()) // the reader has gone; nobody to tell
}

// discard ends the answer, after a panic too.
func (a *answer) discard() {
	a.leave()
	if a.body.Cap() <= maxKeptBody {
		a.body.Reset()
		bodies.Put(a.body)
	}
}
