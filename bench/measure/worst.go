package measure

import (
	_ "embed"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A Worst is what a question cost that asks for much work.
type Worst struct {
	What string
	// CPU and Latency in milliseconds: the median of worstRuns.
	CPU, Latency float64
	Total        int
	Wrong        string
}

// worstRuns is how often such a question is asked.
const worstRuns = 3

//go:embed data/worst.txt
var worstData string

// worst asks Youju's API the questions of data/worst.txt.
func (c *running) worst() (list []Worst) {
	client, ok := c.client.(*httpClient)
	if !ok {
		return nil
	}
	for line := range strings.Lines(worstData) {
		what, query, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		w := Worst{What: what}
		var cpu, latency spread
		for range worstRuns {
			before, begun := c.CPU(), time.Now()
			total, err := client.total(url.Values{"q": {query}})
			latency = append(latency, time.Since(begun).Seconds()*1e3)
			cpu = append(cpu, (c.CPU()-before).Seconds()*1e3)
			if w.Total = total; err != nil {
				w.Wrong = err.Error()
			}
		}
		w.CPU, w.Latency = cpu.median(), latency.median()
		list = append(list, w)
	}
	slices.SortStableFunc(list, func(a, b Worst) int { return int(b.CPU - a.CPU) })
	return list
}
