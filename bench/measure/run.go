package measure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"youju/bench/engine"
	"youju/bench/question"
)

// chunk is how many questions one engine is asked before it is the next one's
// turn: what else the machine does hits all of them alike.
const chunk = 25

// A Sample is what one question cost one engine in one run.
type Sample struct {
	Engine, Class string
	Run, Question int
	// CPU of the answering process and Latency seen by who asks, in nanoseconds.
	CPU, Latency int64
	// Wrong says how the answer differs from the truth, or is "".
	Wrong string
}

// State is what one engine's process was like in one run.
type State struct {
	Engine string
	Run    int
	// Open is the time to the first question in seconds, RSS and Anonymous the
	// memory after all questions in bytes.
	Open           float64
	RSS, Anonymous int64
	// Bytes is the mean length of an answer through HTTP.
	Bytes float64 `json:",omitempty"`
}

// Result is everything measured at one size.
type Result struct {
	Size int
	// Raw is the number of bytes of the texts.
	Raw int64
	// Missing tells why an engine was not measured.
	Missing map[string]string
	Costs   map[string]Cost
	Samples []Sample
	States  []State
	Loads   []Pressure
	// Averages are the machine's load average at the end of every run.
	Averages []float64
	// Worst are the questions that ask Youju for much.
	Worst []Worst
	// Phases tell where Youju's time goes in process.
	Phases []Phase
}

// Options say how much is measured.
type Options struct {
	// Runs are made with new processes each; Sets of questions are asked in each.
	Runs, Sets int
	// Only names the engines to measure, all if empty.
	Only []string
	// Loads is how long each number of clients asks each engine.
	Loads time.Duration
}

// Build builds the indexes that are missing and remembers what they took.
func (b *Bench) Build(ctx context.Context, o Options) (map[string]Cost, map[string]string, error) {
	costs, missing := map[string]Cost{}, map[string]string{}
	for _, c := range chosen(o) {
		if reason := c.missing(b); reason != "" {
			missing[c.name] = reason
			continue
		}
		if _, ok := costs[c.index]; ok {
			continue
		}
		cost, err := b.built(ctx, c)
		if err != nil {
			slog.Error("not built", "engine", c.name, "err", err)
			missing[c.name] = err.Error()
			continue
		}
		costs[c.index] = cost
	}
	return costs, missing, ctx.Err()
}

// built gives what an index took to build, building it if it is not there.
func (b *Bench) built(ctx context.Context, c *contender) (cost Cost, err error) {
	note := b.index(c.index) + ".cost.json"
	data, err := os.ReadFile(note)
	if err == nil && b.fits(c.index) {
		return cost, json.Unmarshal(data, &cost)
	}
	if err == nil {
		slog.Info("made by another version, building again", "index", c.index)
		err = fs.ErrNotExist
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return cost, err
	}
	dir := b.index(c.index)
	if err := os.RemoveAll(dir); err != nil {
		return cost, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return cost, err
	}
	slog.Info("building", "index", c.index, "passages", b.Size)
	if cost, err = c.build(ctx, b, dir); err != nil {
		return cost, fmt.Errorf("%w (see %s)", err, b.log(c.index))
	}
	slog.Info("built", "index", c.index, "cpu", cost.CPU, "wall", cost.Wall, "disk", cost.Disk>>20, "peak", cost.Peak>>20)
	if data, err = json.Marshal(cost); err != nil {
		return cost, err
	}
	return cost, os.WriteFile(note, data, 0o644)
}

// fits reports whether an index is one that this version of Youju reads; the
// peers' always are.
func (b *Bench) fits(index string) bool {
	if index != "youju" {
		return true
	}
	e, err := engine.Makers["youju"].Open(b.index(index), 1)
	if err != nil {
		return false
	}
	return e.Close() == nil
}

func chosen(o Options) (all []*contender) {
	for _, c := range contenders() {
		wanted := len(o.Only) == 0
		for _, name := range o.Only {
			wanted = wanted || name == c.name
		}
		if wanted {
			all = append(all, c)
		}
	}
	return all
}

// Run asks all engines the questions of o.Sets sets, o.Runs times over with
// new processes, and puts them under load at the end of the last run.
func (b *Bench) Run(ctx context.Context, o Options, questions []question.Question, truth []question.Answer) (*Result, error) {
	r := &Result{Size: b.Size}
	var err error
	if r.Costs, r.Missing, err = b.Build(ctx, o); err != nil {
		return nil, err
	}
	for run := 1; run <= o.Runs; run++ {
		if err := b.once(ctx, o, run, r, questions, truth); err != nil {
			return nil, err
		}
		r.Averages = append(r.Averages, loadAverage())
	}
	return r, nil
}

// running is a contender with its process.
type running struct {
	*contender
	*server
	spent time.Duration
}

// once is one run: start, warm up, ask in turn, stop.
func (b *Bench) once(ctx context.Context, o Options, run int, r *Result, questions []question.Question, truth []question.Answer) error {
	var all []*running
	defer func() {
		for _, c := range all {
			c.stop()
		}
	}()
	for _, c := range chosen(o) {
		if r.Missing[c.name] != "" {
			continue
		}
		s, err := c.serve(ctx, b, c)
		if s != nil {
			all = append(all, &running{contender: c, server: s})
		}
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	slog.Info("run", "passages", b.Size, "run", run)
	for _, c := range all {
		for range c.warm {
			for _, q := range ofSet(questions, 0) {
				if _, err := c.client.ask(q); err != nil {
					return fmt.Errorf("%s: %w", c.name, err)
				}
			}
		}
		c.spent = c.CPU()
	}
	for set := 1; set <= o.Sets; set++ {
		// A run that asks fewer sets than there are takes others than the last.
		asked := ofSet(questions, (run-1)*o.Sets%MeasuredSets+set)
		for at := 0; at < len(asked); at += chunk {
			for i := range all {
				c := all[(i+at/chunk)%len(all)]
				for _, q := range asked[at:min(at+chunk, len(asked))] {
					if ctx.Err() != nil {
						return ctx.Err()
					}
					r.Samples = append(r.Samples, c.sample(run, q, &truth[q.ID]))
				}
			}
		}
	}
	for _, c := range all {
		rss, anonymous := c.memory()
		state := State{c.name, run, c.open.Seconds(), rss, anonymous, 0}
		if http, ok := c.client.(*httpClient); ok {
			state.Bytes = float64(http.bytes.Load()) / float64(max(http.answers.Load(), 1))
		}
		r.States = append(r.States, state)
	}
	if run == o.Runs && o.Loads > 0 {
		for _, c := range all {
			if c.name == "youju" {
				r.Worst = c.worst()
			}
			r.Loads = append(r.Loads, c.load(ctx, questions, o.Loads)...)
		}
	}
	return nil
}

// MeasuredSets is how many sets of questions there are beside the one for warming up.
const MeasuredSets = 3

func ofSet(questions []question.Question, set int) (of []question.Question) {
	for _, q := range questions {
		if q.Set == set {
			of = append(of, q)
		}
	}
	return of
}

// sample asks one question. CPU time is told from the last question's end, so
// that what an engine does afterwards, such as collecting garbage, counts too.
func (c *running) sample(run int, q question.Question, truth *question.Answer) Sample {
	s := Sample{Engine: c.name, Class: q.Class, Run: run, Question: q.ID}
	begun := time.Now()
	a, err := c.client.ask(q)
	s.Latency = time.Since(begun).Nanoseconds()
	spent := c.CPU()
	s.CPU, c.spent = (spent - c.spent).Nanoseconds(), spent
	switch {
	case err != nil:
		s.Wrong = err.Error()
	case !c.unlike:
		s.Wrong = a.Compare(truth)
	}
	return s
}
