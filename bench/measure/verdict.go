package measure

import (
	"fmt"
	"strings"
)

// A goal is one line of what is to be reached: measure gives the figure for
// Youju as it is reached in one way, 0 where it was not measured.
type goal struct {
	what string
	// most is the goal at the size up to 200,000 and beyond, 0 for none.
	most, mostLarge float64
	measure         func(r *Result, us string) float64
	// unit is "ratio", "share", "MB" or "s".
	unit string
	// once marks what is the same through HTTP and in process.
	once bool
}

// largeFrom is the size from which the goals for a million passages hold.
const largeFrom = 500_000

func goals() []goal {
	against := func(peer string) func(*Result, string) float64 {
		return func(r *Result, us string) float64 { return r.ratio(us, peer, "").median() }
	}
	building := func(peer string, merged bool) func(*Result, string) float64 {
		return func(r *Result, _ string) float64 {
			cost, ok := r.Costs[peer]
			spent := cost.CPU
			if !merged {
				spent = cost.Before
			}
			if !ok || spent == 0 {
				return 0
			}
			return r.Costs["youju"].CPU / spent
		}
	}
	return []goal{
		{"query CPU / stock bleve", 1.0 / 12, 1.0 / 20, against("bleve"), "ratio", false},
		{"query CPU / Lucene", 0.5, 0.8, against("lucene"), "ratio", false},
		{"query CPU / Groonga", 1.0 / 3, 1.0 / 4, against("groonga"), "ratio", false},
		{"query CPU / FTS5 of pairs", 1.0 / 20, 0, against("sqlite-bigram"), "ratio", false},
		{"p99 of one client / stock bleve", 1.0 / 12, 1.0 / 15, func(r *Result, us string) float64 {
			peer := quantile(r.latencies("bleve"), 0.99)
			if peer == 0 {
				return 0
			}
			return quantile(r.latencies(us), 0.99) / peer
		}, "ratio", false},
		{"facets' share of query CPU", 0.25, 0.25, func(r *Result, _ string) float64 { return r.share(facetPhase) }, "share", true},
		{"index CPU / stock bleve's Builder", 0.55, 0.55, building("bleve", true), "ratio", true},
		{"index CPU / Lucene with its merge", 1.1, 1.8, building("lucene", true), "ratio", true},
		{"index CPU / Lucene before its merge", 1.1, 1.8, building("lucene", false), "ratio", true},
		{"disk / text", 2.8, 2.8, func(r *Result, _ string) float64 {
			return float64(r.Costs["youju"].Disk) / float64(max(r.Raw, 1))
		}, "ratio", true},
		{"RSS while serving", 250, 1000, func(r *Result, us string) float64 {
			rss, _, _ := r.state(us)
			return rss / 1e6
		}, "MB", false},
		{"open to ready", 0.5, 3, func(r *Result, us string) float64 {
			_, _, open := r.state(us)
			return open
		}, "s", false},
	}
}

// verdicts holds what was measured against the goals.
func (r *Result) verdicts(b *strings.Builder) {
	fmt.Fprintf(b, "\n### Goals\n")
	row := table(b, "what", "goal", "through HTTP", "in process", "verdict")
	for _, g := range goals() {
		most := g.most
		if r.Size >= largeFrom {
			most = g.mostLarge
		}
		if most == 0 {
			continue
		}
		http := g.measure(r, "youju")
		if g.once {
			row(g.what, "≤ "+g.write(most), g.write(http), "", verdict(most, http))
			continue
		}
		self := g.measure(r, "youju-inprocess")
		row(g.what, "≤ "+g.write(most), g.write(http), g.write(self), verdict(most, http, self))
	}
}

// verdict says whether a goal is reached, in the first way or in another.
func verdict(most float64, measured ...float64) string {
	switch http, best := measured[0], measured[len(measured)-1]; {
	case http == 0:
		return "not measured"
	case http <= most:
		return "reached"
	case best <= most && best > 0:
		return fmt.Sprintf("reached in process, %.1f× over through HTTP", http/most)
	default:
		return fmt.Sprintf("missed by %.1f×", http/most)
	}
}

func (g *goal) write(v float64) string {
	switch {
	case v == 0:
		return "–"
	case g.unit == "share":
		return percent(v)
	case g.unit == "MB" || g.unit == "s":
		return number(v) + " " + g.unit
	case v < 0.5:
		return "1/" + number(1/v)
	}
	return fmt.Sprintf("%.2f", v)
}
