package measure

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"youju/bench/question"
)

// A Pressure is how an engine did under several clients at a time.
type Pressure struct {
	Engine          string
	Clients         int
	PerSecond       float64
	P50, P99        float64 // milliseconds
	Answers, Errors int
}

// load asks with 8 and with 64 clients, for so long each.
func (c *running) load(ctx context.Context, questions []question.Question, long time.Duration) []Pressure {
	questions = slices.DeleteFunc(slices.Clone(questions), func(q question.Question) bool { return q.Set == 0 })
	var loads []Pressure
	for _, clients := range []int{8, maxClients} {
		loads = append(loads, c.loadWith(ctx, questions, long, clients))
	}
	return loads
}

func (c *running) loadWith(ctx context.Context, questions []question.Question, long time.Duration, clients int) Pressure {
	l := Pressure{Engine: c.name, Clients: clients}
	var next, errors atomic.Int64
	var mu sync.Mutex
	var took []float64
	var asking sync.WaitGroup
	begun := time.Now()
	for range clients {
		asking.Go(func() {
			for time.Since(begun) < long && ctx.Err() == nil {
				// Steps of a prime number mix the classes.
				q := questions[int(next.Add(1))*7919%len(questions)]
				at := time.Now()
				if _, err := c.client.ask(q); err != nil {
					errors.Add(1)
					continue
				}
				ms := time.Since(at).Seconds() * 1e3
				mu.Lock()
				took = append(took, ms)
				mu.Unlock()
			}
		})
	}
	asking.Wait()
	l.Answers, l.Errors = len(took), int(errors.Load())
	l.PerSecond = float64(len(took)) / time.Since(begun).Seconds()
	l.P50, l.P99 = quantile(took, 0.5), quantile(took, 0.99)
	return l
}

// quantile is the value below which a share of the values lies, 0 of none.
func quantile(values []float64, share float64) float64 {
	if len(values) == 0 {
		return 0
	}
	values = slices.Sorted(slices.Values(values))
	return values[min(int(share*float64(len(values))), len(values)-1)]
}
