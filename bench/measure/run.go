package measure

import (
	"context"
	"log/slog"
	"time"

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
		one, err := b.begin(ctx, c, ofSet(questions, 0))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			slog.Error("not measured", "engine", c.name, "err", err)
			r.Missing[c.name] = err.Error()
			continue
		}
		all = append(all, one)
	}
	slog.Info("run", "passages", b.Size, "run", run, "engines", len(all))
	for set := range o.Sets {
		// Each run goes on with the sets the one before has not asked.
		number := ((run-1)*o.Sets+set)%MeasuredSets + 1
		if err := r.askInTurn(ctx, all, run, ofSet(questions, number), truth); err != nil {
			return err
		}
	}
	for _, c := range all {
		r.States = append(r.States, c.state(run))
	}
	if run < o.Runs || o.Loads == 0 {
		return nil
	}
	for _, c := range all {
		if c.name == "youju" {
			r.Worst = c.worst()
		}
		r.Loads = append(r.Loads, c.load(ctx, questions, o.Loads)...)
	}
	return nil
}

// askInTurn asks all engines the same questions, a chunk at a time, another
// engine being the first each time.
func (r *Result) askInTurn(ctx context.Context, all []*running, run int, questions []question.Question, truth []question.Answer) error {
	for at := 0; at < len(questions); at += chunk {
		for i := range all {
			c := all[(i+at/chunk)%len(all)]
			for _, q := range questions[at:min(at+chunk, len(questions))] {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				r.Samples = append(r.Samples, c.sample(run, q, &truth[q.ID]))
			}
		}
	}
	return nil
}

// state is what the process is like now.
func (c *running) state(run int) State {
	rss, anonymous := c.memory()
	s := State{c.name, run, c.open.Seconds(), rss, anonymous, 0}
	if http, ok := c.client.(*httpClient); ok {
		s.Bytes = float64(http.bytes.Load()) / float64(max(http.answers.Load(), 1))
	}
	return s
}

// begin starts a contender and warms it up.
func (b *Bench) begin(ctx context.Context, c *contender, questions []question.Question) (*running, error) {
	s, err := c.serve(ctx, b, c)
	for range c.warm {
		for _, q := range questions {
			if err == nil {
				_, err = s.client.ask(q)
			}
		}
	}
	if err != nil {
		if s != nil {
			s.stop()
		}
		return nil, err
	}
	return &running{contender: c, server: s, spent: s.CPU()}, nil
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
