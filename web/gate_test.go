package web

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// visitor comes to a gate at a time, works, and goes away where it is not let in by then.
type visitor struct {
	name      string
	at, works time.Duration
	goes      time.Duration
}

// ran is what became of the visitors, in the order in which it did.
type ran struct{ served, refused, gone []string }

func visit(t *testing.T, g *gate, visitors []visitor) (r ran) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		type end struct {
			name string
			err  error
		}
		ends := make(chan end, len(visitors))
		for _, v := range visitors {
			go func() {
				time.Sleep(v.at)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if v.goes > 0 {
					time.AfterFunc(v.goes, cancel)
				}
				leave, err := g.enter(ctx)
				ends <- end{v.name, err}
				if err == nil {
					time.Sleep(v.works)
					leave()
				}
			}()
		}
		for range visitors {
			switch e := <-ends; {
			case e.err == nil:
				r.served = append(r.served, e.name)
			case errors.Is(e.err, errOverloaded):
				r.refused = append(r.refused, e.name)
			default:
				r.gone = append(r.gone, e.name)
			}
		}
		synctest.Wait()
		time.Sleep(time.Hour) // all have left
		if c := g.count(); c.busy != 0 || c.queued != 0 {
			t.Errorf("%d busy and %d queued when all have left", c.busy, c.queued)
		}
	})
	return r
}

func TestGate(t *testing.T) {
	const ms = time.Millisecond
	for _, tt := range []struct {
		name          string
		size, length  int
		visitors      []visitor
		want          ran
		full, late, g int
	}{
		{"room for all", 2, 2, []visitor{{"a", 0, 10 * ms, 0}, {"b", 1 * ms, 10 * ms, 0}}, ran{served: []string{"a", "b"}}, 0, 0, 0},
		{"first come, first served", 1, 3, []visitor{{"a", 0, 10 * ms, 0}, {"b", 1 * ms, 10 * ms, 0}, {"c", 2 * ms, 10 * ms, 0}, {"d", 3 * ms, 10 * ms, 0}},
			ran{served: []string{"a", "b", "c", "d"}}, 0, 0, 0},
		{"the queue is full", 1, 1, []visitor{{"a", 0, 10 * ms, 0}, {"b", 1 * ms, 10 * ms, 0}, {"c", 2 * ms, 10 * ms, 0}},
			ran{served: []string{"a", "b"}, refused: []string{"c"}}, 1, 0, 0},
		{"patience ends", 1, 2, []visitor{{"a", 0, 3000 * ms, 0}, {"b", 1 * ms, 10 * ms, 0}},
			ran{served: []string{"a"}, refused: []string{"b"}}, 0, 1, 0},
		{"a reader goes away", 1, 2, []visitor{{"a", 0, 100 * ms, 0}, {"b", 1 * ms, 10 * ms, 20 * ms}, {"c", 2 * ms, 10 * ms, 0}},
			ran{served: []string{"a", "c"}, gone: []string{"b"}}, 0, 0, 1},
		{"nobody new came: who waits is served in order", 1, 8, []visitor{{"a", 0, 400 * ms, 0}, {"b", 1 * ms, 400 * ms, 0}, {"c", 2 * ms, 100 * ms, 0}},
			ran{served: []string{"a", "b", "c"}}, 0, 0, 0},
		{"too much for a while: the newest first, the late refused", 1, 8, []visitor{
			{"a", 0, 60 * ms, 0}, {"b", 1 * ms, 60 * ms, 0}, {"c", 2 * ms, 60 * ms, 0}, {"d", 3 * ms, 60 * ms, 0}, {"e", 4 * ms, 60 * ms, 0},
			{"f", 5 * ms, 60 * ms, 0}, {"g", 250 * ms, 60 * ms, 0}, {"h", 290 * ms, 60 * ms, 0}, {"i", 295 * ms, 60 * ms, 0}},
			ran{served: []string{"a", "b", "c", "d", "e", "i", "g", "h"}, refused: []string{"f"}}, 0, 1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := newGate("test", tt.size, tt.length, time.Second)
			got := visit(t, g, tt.visitors)
			if !slices.Equal(got.served, tt.want.served) || !slices.Equal(got.refused, tt.want.refused) || !slices.Equal(got.gone, tt.want.gone) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			if c := g.count(); c.refused[refusedFull] != tt.full || c.refused[refusedLate] != tt.late || c.refused[refusedGone] != tt.g {
				t.Errorf("counted %v", c.refused)
			}
		})
	}
}

// TestGateOverload comes four times as fast as can be worked: the gate is never
// idle, and nobody who is served has waited for long.
func TestGateOverload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const works, places, each = 10 * time.Millisecond, 2, 1250 * time.Microsecond
		g := newGate("test", places, places*queuePerPlace, readerPatience)
		var waited []time.Duration
		done := make(chan struct{})
		const requests = 8000
		served := make(chan time.Duration, requests)
		for i := range requests {
			go func() {
				time.Sleep(time.Duration(i) * each)
				start := time.Now()
				if leave, err := g.enter(t.Context()); err == nil {
					time.Sleep(works)
					leave()
					served <- time.Since(start)
				}
				done <- struct{}{}
			}()
		}
		for range requests {
			<-done
		}
		close(served)
		for d := range served {
			waited = append(waited, d)
		}
		slices.Sort(waited)
		if len(waited) < requests/4*98/100 {
			t.Errorf("%d of %d served, a quarter could be", len(waited), requests)
		}
		if p99 := waited[len(waited)*99/100]; p99 > 100*time.Millisecond {
			t.Errorf("99 of 100 within %v", p99)
		}
	})
}
