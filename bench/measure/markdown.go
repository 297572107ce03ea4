package measure

import (
	"fmt"
	"slices"
	"strings"

	"youju/bench/question"
)

// Markdown writes the tables of what was measured, size by size, and how cost
// grows from one size to the next.
func Markdown(results []*Result) string {
	var b strings.Builder
	for _, r := range results {
		fmt.Fprintf(&b, "\n## %s passages (%.1f MB of text)\n", thousands(r.Size), float64(r.Raw)/1e6)
		fmt.Fprintf(&b, "\nLoad average of the machine at the end of each run: %s.\n", list(r.Averages))
		if len(r.Samples) > 0 {
			r.queries(&b)
			r.classes(&b)
			r.wrong(&b)
		}
		r.builds(&b)
		r.phases(&b)
		r.worst(&b)
		r.verdicts(&b)
	}
	growth(&b, results)
	return b.String()
}

// engines lists what was measured, in the order of the contenders.
func (r *Result) engines() (names []string) {
	for _, c := range contenders() {
		if slices.ContainsFunc(r.Samples, func(s Sample) bool { return s.Engine == c.name }) {
			names = append(names, c.name)
		}
	}
	return names
}

// table writes a table whose first column is text and the others are figures.
func table(b *strings.Builder, head ...string) func(cells ...string) {
	row := func(cells ...string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	b.WriteString("\n")
	row(head...)
	row(append([]string{"---"}, slices.Repeat([]string{"---:"}, len(head)-1)...)...)
	return row
}

func (r *Result) queries(b *strings.Builder) {
	fmt.Fprintf(b, "\n### Queries, full answer\n")
	row := table(b, "engine", "CPU ms/query (runs)", "p50 ms", "p95 ms", "p99 ms", "q/s, p99 at 8 clients", "q/s, p99 at 64 clients",
		"RSS MB (not files)", "open s", "right answers", "stock bleve CPU / this")
	for _, name := range r.engines() {
		latencies := r.latencies(name)
		right, all := r.right(name)
		answers := fmt.Sprintf("%d of %d", right, all)
		if unlike(name) {
			answers = "other question"
		}
		rss, anonymous, open := r.state(name)
		row(name, r.cpu(name, "").String(),
			number(quantile(latencies, 0.5)), number(quantile(latencies, 0.95)), number(quantile(latencies, 0.99)),
			r.pressure(name, 8), r.pressure(name, maxClients),
			fmt.Sprintf("%.0f (%.0f)", rss/1e6, anonymous/1e6), number(open), answers, r.ratio("bleve", name, "").String())
	}
	r.layers(b)
	for _, c := range contenders() {
		if reason := r.Missing[c.name]; reason != "" {
			fmt.Fprintf(b, "\n%s: %s\n", c.name, reason)
		}
	}
}

// layers says what HTTP and JSON add to a query of Youju's.
func (r *Result) layers(b *strings.Builder) {
	http, self := r.cpu("youju", ""), r.cpu("youju-inprocess", "")
	if len(http) == 0 || len(self) == 0 {
		return
	}
	fmt.Fprintf(b, "\nHTTP and JSON add %s ms of CPU time to a query of %s ms in process; an answer has %.0f KB.\n",
		number(http.median()-self.median()), number(self.median()), r.bytes("youju")/1e3)
}

func (r *Result) classes(b *strings.Builder) {
	fmt.Fprintf(b, "\n### CPU ms per query by class\n")
	row := table(b, append([]string{"engine"}, question.Classes...)...)
	for _, name := range r.engines() {
		cells := []string{name}
		for _, class := range question.Classes {
			cells = append(cells, number(r.cpu(name, class).median()))
		}
		row(cells...)
	}
}

// wrong lists which classes an engine answered wrongly, with an example.
func (r *Result) wrong(b *strings.Builder) {
	for _, name := range r.engines() {
		for _, class := range question.Classes {
			n, all, example := 0, 0, ""
			for _, s := range r.Samples {
				if s.Engine == name && s.Class == class {
					all++
					if s.Wrong != "" {
						n++
						example = s.Wrong
					}
				}
			}
			if n > 0 {
				fmt.Fprintf(b, "\nWrong: %s, class %s, %d of %d (%s)\n", name, class, n, all, example)
			}
		}
	}
}

func (r *Result) builds(b *strings.Builder) {
	fmt.Fprintf(b, "\n### Building the index\n")
	row := table(b, "engine", "CPU s", "of these merging", "wall s", "passages per CPU s", "peak RSS MB", "disk MB", "disk / text", "load average")
	seen := map[string]bool{}
	for _, c := range contenders() {
		cost, ok := r.Costs[c.index]
		if !ok || seen[c.index] {
			continue
		}
		seen[c.index] = true
		merging := ""
		if cost.Before > 0 {
			merging = number(cost.CPU - cost.Before)
		}
		row(c.index, number(cost.CPU), merging, number(cost.Wall), fmt.Sprintf("%.0f", float64(r.Size)/cost.CPU),
			fmt.Sprintf("%.0f", float64(cost.Peak)/1e6), fmt.Sprintf("%.0f", float64(cost.Disk)/1e6),
			fmt.Sprintf("%.2f", float64(cost.Disk)/float64(r.Raw)), number(cost.Load))
	}
}

// phases tells where a query's time goes, where it was profiled.
func (r *Result) phases(b *strings.Builder) {
	if len(r.Phases) == 0 {
		return
	}
	fmt.Fprintf(b, "\n### Where the time goes (youju-inprocess, CPU profile)\n")
	row := table(b, "phase", "share")
	for _, p := range r.Phases {
		row(p.Name, percent(p.Share))
	}
}

// worst lists the questions that ask for much work.
func (r *Result) worst(b *strings.Builder) {
	if len(r.Worst) == 0 {
		return
	}
	fmt.Fprintf(b, "\n### Questions that ask for much (youju, through HTTP, as typed)\n")
	row := table(b, "question", "hits", "CPU ms", "latency ms", "error")
	for _, w := range r.Worst {
		row(w.What, thousands(w.Total), number(w.CPU), number(w.Latency), w.Wrong)
	}
}

// growth shows the CPU per query of each class at every size.
func growth(b *strings.Builder, results []*Result) {
	if len(results) < 2 {
		return
	}
	fmt.Fprintf(b, "\n## Growth: CPU ms per query at %s passages\n", sizes(results))
	row := table(b, append([]string{"engine"}, question.Classes...)...)
	for _, c := range contenders() {
		cells := []string{c.name}
		for _, class := range question.Classes {
			var at []string
			for _, r := range results {
				at = append(at, number(r.cpu(c.name, class).median()))
			}
			cells = append(cells, strings.Join(at, " / "))
		}
		row(cells...)
	}
}

func sizes(results []*Result) string {
	var all []string
	for _, r := range results {
		all = append(all, thousands(r.Size))
	}
	return strings.Join(all, " / ")
}

func unlike(name string) bool {
	return slices.ContainsFunc(contenders(), func(c *contender) bool { return c.name == name && c.unlike })
}

// number writes a figure with three digits that count, nothing for none.
func number(v float64) string {
	switch {
	case v == 0:
		return "–"
	case v < 1:
		return fmt.Sprintf("%.2f", v)
	case v < 100:
		return fmt.Sprintf("%.3g", v)
	}
	return fmt.Sprintf("%.0f", v)
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", share*100) }

func list(values []float64) string {
	var all []string
	for _, v := range values {
		all = append(all, fmt.Sprintf("%.1f", v))
	}
	return strings.Join(all, ", ")
}

// thousands parts a number's digits by threes.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
