package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"os"
	"slices"
	"sync"
	"time"
)

// result is what became of the requests of a phase.
type result struct {
	mu   sync.Mutex
	name string
	over time.Duration
	sent int
	// byStatus counts answers; late those that did not come in time, failed all
	// other faults of a connection, unsent what this client had no connection for.
	byStatus             map[int]int
	late, failed, unsent int
	// fault is the first of those that failed.
	fault error
	// took is how long requests took from when they were due to the end of their
	// answer: those answered with 200, and the others.
	took, turned []time.Duration
}

func (r *result) add(status int, err error, took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent++
	var e net.Error
	switch {
	case errors.Is(err, errNoConn):
		r.unsent++
	case errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &e) && e.Timeout():
		r.late++
	case err != nil:
		r.failed++
		if r.fault == nil {
			r.fault = err
		}
	default:
		r.byStatus[status]++
		if status == 200 {
			r.took = append(r.took, took)
		} else {
			r.turned = append(r.turned, took)
		}
	}
}

func (r *result) perSecond() float64 { return float64(r.byStatus[200]) / r.over.Seconds() }

// quantile of the times until an answer.
func quantile(took []time.Duration, q float64) time.Duration {
	if len(took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(took))
	return sorted[int(q*float64(len(sorted)-1))]
}

// closed has some clients ask one request after the other.
func closed(ctx context.Context, name string, p *pool, clients int, over time.Duration, next func() string) *result {
	r := &result{name: name, byStatus: map[int]int{}}
	start := time.Now()
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for time.Since(start) < over && ctx.Err() == nil {
				path, begin := next(), time.Now()
				status, err := p.ask(path)
				r.add(status, err, time.Since(begin))
			}
		})
	}
	all.Wait()
	r.over = time.Since(start)
	return r
}

// open sends requests at a rate, whether answers come or not: as a crowd does.
func open(ctx context.Context, name string, p *pool, rate float64, over time.Duration, next func() string) *result {
	r := &result{name: name, byStatus: map[int]int{}}
	start := time.Now()
	var all sync.WaitGroup
	for due := time.Duration(0); due < over && ctx.Err() == nil; due += time.Duration(rand.ExpFloat64() / rate * float64(time.Second)) {
		if ahead := due - time.Since(start); ahead > time.Millisecond {
			time.Sleep(ahead)
		}
		path, due := next(), start.Add(due)
		all.Go(func() {
			status, err := p.ask(path)
			r.add(status, err, time.Since(due))
		})
	}
	r.over = time.Since(start)
	all.Wait()
	return r
}

// slowReaders take large answers a little at a time until ctx ends; began is
// how many have got the beginning of one.
func slowReaders(ctx context.Context, addr, path string, n int) (stop func() (began int)) {
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	var mu sync.Mutex
	began := 0
	for range n {
		all.Go(func() {
			for first := true; ctx.Err() == nil; {
				c, err := net.DialTimeout("tcp", addr, timeout)
				if err != nil {
					return
				}
				closed := context.AfterFunc(ctx, func() { c.Close() })
				_ = c.(*net.TCPConn).SetReadBuffer(4096)
				// Not compressed, and begun again when it is read.
				_, _ = c.Write([]byte("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
				piece := make([]byte, 1024)
				for err == nil && ctx.Err() == nil {
					if _, err = c.Read(piece); err == nil && first {
						mu.Lock()
						began++
						mu.Unlock()
						first = false
					}
					time.Sleep(100 * time.Millisecond)
				}
				closed()
				c.Close()
			}
		})
	}
	return func() int {
		cancel()
		all.Wait()
		return began
	}
}

// recovery is how long after an overload the first of ten answers in a row
// comes that is as quick as it should be.
func recovery(p *pool, within time.Duration, next func() string) time.Duration {
	start := time.Now()
	first, row := time.Duration(0), 0
	for row < 10 && time.Since(start) < 10*time.Second {
		begin := time.Now()
		status, err := p.ask(next())
		if err != nil || status != 200 || time.Since(begin) > within {
			row = 0
			time.Sleep(10 * time.Millisecond)
			continue
		}
		if row == 0 {
			first = time.Since(start)
		}
		row++
	}
	if row < 10 {
		return time.Since(start)
	}
	return first
}
