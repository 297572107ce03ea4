package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// meter counts requests for /metrics, by route and status. Neither is the
// client's to choose, so that the counts stay few.
type meter struct {
	mu     sync.Mutex
	counts map[metered]*latency
}

type metered struct {
	route  string
	status int
}

// latency is how long requests took: their number, the sum, and how many took
// no longer than each of latencyBounds.
type latency struct {
	count  int
	sum    time.Duration
	within [len(latencyBounds)]int
}

var latencyBounds = [...]time.Duration{5 * time.Millisecond, 25 * time.Millisecond, 100 * time.Millisecond, 500 * time.Millisecond, 2500 * time.Millisecond}

func (m *meter) add(route string, status int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.counts == nil {
		m.counts = map[metered]*latency{}
	}
	k := metered{route, status}
	l := m.counts[k]
	if l == nil {
		l = new(latency)
		m.counts[k] = l
	}
	l.count++
	l.sum += took
	for i, bound := range latencyBounds {
		if took <= bound {
			l.within[i]++
		}
	}
}

// write gives the counts in the text format of Prometheus.
func (m *meter) write(b *strings.Builder) {
	m.mu.Lock()
	defer m.mu.Unlock()
	keys := slices.SortedFunc(maps.Keys(m.counts), func(a, b metered) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.status, b.status))
	})
	b.WriteString("# HELP youju_request_seconds How long requests took.\n# TYPE youju_request_seconds histogram\n")
	for _, k := range keys {
		l, labels := m.counts[k], fmt.Sprintf("route=%q,status=\"%d\"", k.route, k.status)
		for i, bound := range latencyBounds {
			fmt.Fprintf(b, "youju_request_seconds_bucket{%s,le=\"%g\"} %d\n", labels, bound.Seconds(), l.within[i])
		}
		fmt.Fprintf(b, "youju_request_seconds_bucket{%s,le=\"+Inf\"} %d\n", labels, l.count)
		fmt.Fprintf(b, "youju_request_seconds_sum{%s} %g\nyouju_request_seconds_count{%s} %d\n", labels, l.sum.Seconds(), labels, l.count)
	}
}

// write gives the gates' counts in the same format.
func (g gates) write(b *strings.Builder) {
	counts := []gateCount{g.usual.count(), g.expensive.count()}
	b.WriteString("# HELP youju_requests_in_flight Requests that are worked on.\n# TYPE youju_requests_in_flight gauge\n")
	for _, c := range counts {
		fmt.Fprintf(b, "youju_requests_in_flight{bound=%q} %d\n", c.name, c.busy)
	}
	b.WriteString("# HELP youju_requests_queued Requests that wait until they may be.\n# TYPE youju_requests_queued gauge\n")
	for _, c := range counts {
		fmt.Fprintf(b, "youju_requests_queued{bound=%q} %d\n", c.name, c.queued)
	}
	b.WriteString("# HELP youju_requests_refused_total Requests turned away with 503: the queue was full, they waited too late, or the client had gone.\n# TYPE youju_requests_refused_total counter\n")
	for _, c := range counts {
		for _, reason := range slices.Sorted(maps.Keys(c.refused)) {
			fmt.Fprintf(b, "youju_requests_refused_total{bound=%q,reason=%q} %d\n", c.name, reason, c.refused[reason])
		}
	}
}

// serveMetrics tells an operator's monitoring what is served, and how fast.
func (s *server) serveMetrics(w http.ResponseWriter, r *http.Request) error {
	info := s.searcher.Info()
	var b strings.Builder
	fmt.Fprintf(&b, "# HELP youju_documents Documents in the index that is served.\n# TYPE youju_documents gauge\nyouju_documents %d\n", info.Documents)
	fmt.Fprintf(&b, "# HELP youju_items Items in the index that is served.\n# TYPE youju_items gauge\nyouju_items %d\n", info.Items)
	if len(info.Caches) > 0 {
		b.WriteString("# HELP youju_cache_requests_total Answers that were kept (hit) or had to be found (miss), in this index.\n# TYPE youju_cache_requests_total counter\n")
	}
	for _, c := range info.Caches {
		fmt.Fprintf(&b, "youju_cache_requests_total{cache=%q,result=\"hit\"} %d\nyouju_cache_requests_total{cache=%q,result=\"miss\"} %d\n", c.Name, c.Hits, c.Name, c.Misses)
	}
	s.gates.write(&b)
	s.meter.write(&b)
	send(w, r, http.StatusOK, "text/plain; version=0.0.4; charset=utf-8", []byte(b.String()))
	return nil
}
