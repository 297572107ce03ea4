package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"youju/search"
	"youju/web"
)

// served is a server with the limits of the program on a port of its own.
// Waiting is cut short, so that tests need not wait for what is tested.
func served(t *testing.T, shorten func(*http.Server)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	answer := func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
			return
		}
		io.WriteString(w, "ok")
	}
	srv := bounded(http.HandlerFunc(answer), slog.New(slog.DiscardHandler))
	for name, limit := range map[string]time.Duration{
		"header": srv.ReadHeaderTimeout, "request": srv.ReadTimeout, "answer": srv.WriteTimeout, "idle": srv.IdleTimeout,
	} {
		if limit <= 0 || limit > 2*time.Minute {
			t.Errorf("the time for the %s is %v", name, limit)
		}
	}
	if shorten != nil {
		shorten(srv)
	}
	go srv.Serve(listener)
	t.Cleanup(func() { srv.Close() })
	return listener.Addr().String()
}

// status sends raw bytes and reads the first line of the answer.
func status(t *testing.T, addr, request string) string {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(30 * time.Second))
	go io.WriteString(c, request) // the server may hang up before the end
	line, err := bufio.NewReader(c).ReadString('\n')
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	return strings.TrimSpace(line)
}

// TestSlowClients holds many connections open that send a byte now and then
// and never a whole request: a reader is answered all the same, and the slow
// ones are hung up on.
func TestSlowClients(t *testing.T) {
	addr := served(t, func(srv *http.Server) { srv.ReadHeaderTimeout = 500 * time.Millisecond })
	const many = 300
	hungUp := make(chan error, many)
	for range many {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		c.SetDeadline(time.Now().Add(30 * time.Second))
		go func() {
			_, _ = io.WriteString(c, "GET / HTTP/1.1\r\nHost: a\r\n")
			for i := 0; ; i++ {
				if _, err := fmt.Fprintf(c, "X-%d: a\r\n", i); err != nil {
					hungUp <- nil
					return
				}
				c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
				if _, err := c.Read(make([]byte, 1)); err != nil && !isTimeout(err) {
					hungUp <- nil
					return
				}
			}
		}()
	}
	for range 20 {
		if line := status(t, addr, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"); !strings.Contains(line, "200") {
			t.Fatalf("a reader among slow clients got %q", line)
		}
	}
	late := time.After(20 * time.Second)
	for i := range many {
		select {
		case <-hungUp:
		case <-late:
			t.Fatalf("%d of %d slow clients are still connected", many-i, many)
		}
	}
}

func isTimeout(err error) bool {
	e, ok := err.(net.Error)
	return ok && e.Timeout()
}

// TestRequestLimits sends more than any reader does.
func TestRequestLimits(t *testing.T) {
	addr := served(t, nil)
	for _, tt := range []struct{ name, request, want string }{
		{"a usual request", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "200"},
		{"headers without end", "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + strings.Repeat("a", 4*maxHeaderBytes) + "\r\n\r\n", "431"},
		{"many headers", "GET / HTTP/1.1\r\nHost: a\r\n" + strings.Repeat("X-Many: a\r\n", maxHeaderBytes) + "\r\n", "431"},
		{"an address without end", "GET /" + strings.Repeat("a", 4*maxHeaderBytes) + " HTTP/1.1\r\nHost: a\r\n\r\n", "431"},
		{"a body without need", fmt.Sprintf("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s", 2*maxBodyBytes, strings.Repeat("a", 2*maxBodyBytes)), "413"},
		{"no request at all", "\x16\x03\x01\r\n\r\n", "400"},
	} {
		if line := status(t, addr, tt.request); !strings.Contains(line, " "+tt.want+" ") {
			t.Errorf("%s: %q, want %s", tt.name, line, tt.want)
		}
	}
}

// closedDoor is an index whose searches wait, and then find nothing.
type closedDoor struct {
	web.Searcher
	came, open chan struct{}
}

func (closedDoor) Info() search.Info { return search.Info{} }

func (d closedDoor) Search(context.Context, search.Query) (*search.Result, error) {
	d.came <- struct{}{}
	<-d.open
	return nil, search.ErrNotFound
}

// TestStop asks the server to stop while it works on a request and others
// wait: all of them are answered.
func TestStop(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := closedDoor{came: make(chan struct{}, 10), open: make(chan struct{})}
	logger := slog.New(slog.DiscardHandler)
	s := server{out: io.Discard, logger: logger}
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() {
		stopped <- s.answer(ctx, listener, web.New(d, web.Options{Logger: logger, MaxInFlight: 1}))
	}()
	const requests = 5
	answers := make(chan string, requests)
	for range requests {
		go func() {
			answers <- status(t, listener.Addr().String(), "GET /api/v1/search?q=a HTTP/1.1\r\nHost: a\r\n\r\n")
		}()
	}
	<-d.came
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		res, err := http.Get("http://" + listener.Addr().String() + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if strings.Contains(string(body), fmt.Sprintf("youju_requests_queued{bound=\"usual\"} %d\n", requests-1)) {
			break
		}
		if time.Now().After(late) {
			t.Fatalf("not all are queued:\n%s", body)
		}
	}
	stop()
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		c, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			break // nobody new is let in
		}
		c.Close()
		if time.Now().After(late) {
			t.Fatal("the server still listens")
		}
	}
	close(d.open)
	for range requests {
		if line := <-answers; !strings.Contains(line, " 404 ") && !strings.Contains(line, " 503 ") {
			t.Errorf("an accepted request got %q", line)
		}
	}
	if err := <-stopped; err != nil {
		t.Errorf("stopping: %v", err)
	}
}
