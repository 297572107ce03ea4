package web

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// gate lets so many requests work at a time; a few more wait their turn.
//
// While there is room now and then, the queue is one: first come, first served,
// for as long as a reader has patience. When it has not been empty for a while
// there is more to do than can be done. Then whoever came last goes first and
// who has waited for longer than a moment is refused: those that are answered
// are answered soon, instead of all of them late. (Maurer, "Fail at Scale",
// ACM Queue 13-8, 2015: adaptive LIFO and controlled delay.)
type gate struct {
	name string
	// length is how many may wait, patience for how long.
	length   int
	patience time.Duration

	mu   sync.Mutex
	free int
	// busy is how many work.
	busy int
	// queue holds who waits, the oldest first; since is when it was empty last.
	queue []*waiter
	since time.Time
	// usual is how long a request works, on average over the last ones.
	usual   time.Duration
	refused map[string]int
}

// The least of what counts as a while and as a moment. Both grow with the time
// that requests take: where each takes 200 ms, waiting for that long is usual.
const (
	leastWhile  = 100 * time.Millisecond
	leastMoment = 50 * time.Millisecond
)

// Reasons of a refusal, for monitoring.
const (
	refusedFull = "full"
	refusedLate = "late"
	refusedGone = "gone"
)

// errOverloaded is the answer to who was refused.
var errOverloaded = errors.New("overloaded")

// waiter is a request in the queue; told is whether it may work.
type waiter struct {
	since time.Time
	told  chan bool
}

func newGate(name string, size, length int, patience time.Duration) *gate {
	return &gate{name: name, free: size, length: length, patience: patience, refused: map[string]int{}}
}

// enter waits until the request may work and gives what it has to call when it
// has worked. It returns errOverloaded, or the error of ctx, where that cannot be.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	w, err := g.admit()
	if err != nil {
		return nil, err
	}
	if w != nil {
		if err := g.wait(ctx, w); err != nil {
			return nil, err
		}
	}
	start := time.Now()
	return sync.OnceFunc(func() { g.leave(time.Since(start)) }), nil
}

// admit takes a place at work, or else one in the queue.
func (g *gate) admit() (*waiter, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	g.dropLate(now)
	switch {
	case g.free > 0:
		g.free--
		g.busy++
		return nil, nil
	case len(g.queue) >= g.length:
		g.refused[refusedFull]++
		return nil, errOverloaded
	}
	if len(g.queue) == 0 {
		g.since = now
	}
	w := &waiter{since: now, told: make(chan bool, 1)}
	g.queue = append(g.queue, w)
	return w, nil
}

// wait ends with the place of w, its refusal, or the reader's going away.
func (g *gate) wait(ctx context.Context, w *waiter) error {
	timer := time.NewTimer(g.patience)
	defer timer.Stop()
	admitted, err, reason := false, errOverloaded, refusedLate
	select {
	case admitted = <-w.told:
	case <-timer.C:
		admitted = !g.withdraw(w, reason) && <-w.told
	case <-ctx.Done():
		err, reason = ctx.Err(), refusedGone
		if !g.withdraw(w, reason) && <-w.told {
			g.leave(0) // admitted at the same moment
		}
	}
	if admitted {
		return nil
	}
	return err
}

// withdraw takes w out of the queue, unless it has been told already.
func (g *gate) withdraw(w *waiter, reason string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.queue, w)
	if i < 0 {
		return false
	}
	g.queue = slices.Delete(g.queue, i, i+1)
	g.refused[reason]++
	return true
}

// leave hands the place to the next in the queue, if there is one.
func (g *gate) leave(worked time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.usual == 0:
		g.usual = worked
	case worked > 0:
		g.usual += (worked - g.usual) / 8
	}
	now := time.Now()
	overloaded := g.overloaded(now)
	g.dropLate(now)
	if len(g.queue) == 0 {
		g.free++
		g.busy--
		return
	}
	next := 0
	if overloaded {
		next = len(g.queue) - 1
	}
	w := g.queue[next]
	g.queue = slices.Delete(g.queue, next, next+1)
	w.told <- true
}

// overloaded says that the queue has not been empty for a while, and that
// requests still come: without new ones it will be empty soon.
func (g *gate) overloaded(now time.Time) bool {
	n := len(g.queue)
	return n > 0 && now.Sub(g.since) > max(leastWhile, 4*g.usual) && now.Sub(g.queue[n-1].since) <= g.moment()
}

// moment is how long a request may wait while there is too much to do.
func (g *gate) moment() time.Duration { return max(leastMoment, g.usual) }

// dropLate refuses those that have waited for longer than a moment while the
// gate is overloaded. All others have until their patience ends.
func (g *gate) dropLate(now time.Time) {
	if !g.overloaded(now) {
		return
	}
	late := 0
	for late < len(g.queue) && now.Sub(g.queue[late].since) > g.moment() {
		g.queue[late].told <- false
		late++
	}
	g.queue = slices.Delete(g.queue, 0, late)
	g.refused[refusedLate] += late
}

// gateCount is what a gate tells monitoring.
type gateCount struct {
	name         string
	busy, queued int
	refused      map[string]int
}

func (g *gate) count() gateCount {
	g.mu.Lock()
	defer g.mu.Unlock()
	c := gateCount{g.name, g.busy, len(g.queue), map[string]int{}}
	for _, reason := range []string{refusedFull, refusedGone, refusedLate} {
		c.refused[reason] = g.refused[reason]
	}
	return c
}
