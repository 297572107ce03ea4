package measure

import (
	"fmt"
	"slices"
)

// spread is a figure with what it was in each run.
type spread []float64

// median is the middle one, or the mean of the two in the middle.
func (s spread) median() float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// String gives the median and, of several runs, the least and the most.
func (s spread) String() string {
	if len(s) < 2 {
		return number(s.median())
	}
	return fmt.Sprintf("%s (%s–%s)", number(s.median()), number(slices.Min(s)), number(slices.Max(s)))
}

// cpu is the mean CPU time of a question in milliseconds, run by run; class ""
// is all of them.
func (r *Result) cpu(engine, class string) (s spread) {
	sum, n := map[int]float64{}, map[int]float64{}
	last := 0
	for _, x := range r.Samples {
		if x.Engine == engine && (class == "" || x.Class == class) {
			sum[x.Run] += float64(x.CPU) / 1e6
			n[x.Run]++
			last = max(last, x.Run)
		}
	}
	for run := 1; run <= last; run++ {
		if n[run] > 0 {
			s = append(s, sum[run]/n[run])
		}
	}
	return s
}

// ratio is the CPU time of one engine over that of another, run by run.
func (r *Result) ratio(of, over, class string) (s spread) {
	a, b := r.cpu(of, class), r.cpu(over, class)
	for i := range min(len(a), len(b)) {
		if b[i] > 0 {
			s = append(s, a[i]/b[i])
		}
	}
	return s
}

// latencies of all questions in all runs, in milliseconds.
func (r *Result) latencies(engine string) (ms []float64) {
	for _, s := range r.Samples {
		if s.Engine == engine {
			ms = append(ms, float64(s.Latency)/1e6)
		}
	}
	return ms
}

func (r *Result) right(engine string) (right, all int) {
	for _, s := range r.Samples {
		if s.Engine == engine {
			all++
			if s.Wrong == "" {
				right++
			}
		}
	}
	return right, all
}

// state gives the most memory in any run in bytes, and the median time to open in seconds.
func (r *Result) state(engine string) (rss, anonymous, open float64) {
	var opened spread
	for _, s := range r.States {
		if s.Engine == engine {
			rss, anonymous = max(rss, float64(s.RSS)), max(anonymous, float64(s.Anonymous))
			opened = append(opened, s.Open)
		}
	}
	return rss, anonymous, opened.median()
}

// bytes is the mean length of an answer through HTTP.
func (r *Result) bytes(engine string) float64 {
	var lengths spread
	for _, s := range r.States {
		if s.Engine == engine {
			lengths = append(lengths, s.Bytes)
		}
	}
	return lengths.median()
}

func (r *Result) pressure(engine string, clients int) string {
	for _, l := range r.Loads {
		if l.Engine == engine && l.Clients == clients {
			text := fmt.Sprintf("%s, %s ms", number(l.PerSecond), number(l.P99))
			if l.Errors > 0 {
				text += fmt.Sprintf(" (%d errors)", l.Errors)
			}
			return text
		}
	}
	return "–"
}
