package measure

import (
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/pprof/profile"

	"youju/bench/question"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestCPU reads the clock of another process: one that works is charged, one
// that sleeps is not.
func TestCPU(t *testing.T) {
	spent := func(script string) time.Duration {
		cmd := exec.Command("sh", "-c", script)
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// It says that it is done and stays until it is let go.
		if _, err := out.Read(make([]byte, 8)); err != nil {
			t.Fatal(err)
		}
		p := &Process{cmd: cmd}
		d := p.CPU()
		all, _ := p.memory()
		if all == 0 {
			t.Error("a process without memory")
		}
		in.Close()
		_ = cmd.Wait()
		return d
	}
	busy := spent("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo done; read x")
	idle := spent("sleep 0.2; echo done; read x")
	if busy <= idle {
		t.Errorf("working costs %v, sleeping %v", busy, idle)
	}
}

// result is a small measurement with round figures.
func result(size int, us int64) *Result {
	r := &Result{
		Size: size, Raw: 1_000_000, Averages: []float64{1.5, 2},
		Missing: map[string]string{"groonga": "groonga is not installed"},
		Costs: map[string]Cost{
			"youju":  {CPU: 5, Wall: 3, Peak: 100e6, Disk: 2_000_000, Load: 1},
			"bleve":  {CPU: 10, Wall: 10, Peak: 200e6, Disk: 5_000_000, Load: 1},
			"lucene": {CPU: 6, Before: 4, Wall: 3, Peak: 300e6, Disk: 1_500_000, Load: 1},
		},
		States: []State{{"youju", 1, 0.25, 100e6, 50e6, 300e3}, {"youju-inprocess", 1, 0.2, 90e6, 40e6, 0}, {"bleve", 1, 0.5, 150e6, 20e6, 0}},
		Loads:  []Pressure{{"youju", 8, 1000, 5, 20, 4000, 0}, {"youju", 64, 1100, 40, 90, 4400, 3}},
		Worst:  []Worst{{"everything", 9, 10, 1_000_000, ""}, {"nonsense", 0.5, 0.6, 0, ""}},
		Phases: []Phase{{"scoring", 0.7}, {"facets", 0.3}},
	}
	for run := 1; run <= 3; run++ {
		for i, class := range question.Classes {
			for _, e := range []struct {
				name string
				ns   int64
			}{{"youju", us + int64(run)*1e5}, {"youju-inprocess", us}, {"bleve", 24e6}, {"lucene", 3e6}} {
				s := Sample{Engine: e.name, Class: class, Run: run, Question: i, CPU: e.ns, Latency: e.ns}
				if e.name == "bleve" && class == question.Single {
					s.Wrong = "total 1, truth 2"
				}
				r.Samples = append(r.Samples, s)
			}
		}
	}
	return r
}

func TestMarkdown(t *testing.T) {
	const golden = "testdata/tables.md"
	got := Markdown([]*Result{result(10_000, 1e6), result(1_000_000, 4e6)})
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the tables changed; see with -update and git diff:\n%s", got)
	}
}

func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		most     float64
		measured []float64
		want     string
	}{
		{0.5, []float64{0.5, 0.4}, "reached"},
		{0.5, []float64{1, 0.4}, "reached in process, 2.0× over through HTTP"},
		{0.5, []float64{1, 0.75}, "missed by 2.0×"},
		{0.5, []float64{1}, "missed by 2.0×"},
		{0.5, []float64{0, 0.4}, "not measured"},
	} {
		if got := verdict(c.most, c.measured...); got != c.want {
			t.Errorf("verdict(%v, %v) = %q, want %q", c.most, c.measured, got, c.want)
		}
	}
}

func TestPhaseOf(t *testing.T) {
	stack := func(names ...string) *profile.Sample {
		s := &profile.Sample{}
		for _, n := range names {
			s.Location = append(s.Location, &profile.Location{Line: []profile.Line{{Function: &profile.Function{Name: n}}}})
		}
		return s
	}
	rules := []phaseRule{{"inner", "b.inner"}, {"outer", "b.outer"}}
	for _, c := range []struct {
		stack []string
		want  string
	}{
		{[]string{"runtime.x", "b.inner.func1", "b.outer"}, "inner"},
		{[]string{"runtime.x", "b.outer", "b.inner"}, "outer"},
		{[]string{"runtime.x"}, "the rest"},
	} {
		if got := phaseOf(stack(c.stack...), rules); got != c.want {
			t.Errorf("%v belongs to %q, want %q", c.stack, got, c.want)
		}
	}
	for _, r := range phaseRules() {
		if r.phase == "" || r.piece == "" || strings.ContainsAny(r.piece, "\t ") {
			t.Errorf("rule %q", r)
		}
	}
}

func TestQuantile(t *testing.T) {
	values := []float64{4, 1, 3, 2}
	for share, want := range map[float64]float64{0: 1, 0.5: 3, 0.99: 4, 1: 4} {
		if got := quantile(values, share); got != want {
			t.Errorf("quantile(%v) = %v, want %v", share, got, want)
		}
	}
	if values[0] != 4 {
		t.Error("the values were put in order in place")
	}
}
