package measure

import (
	"bytes"
	_ "embed"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"

	"github.com/google/pprof/profile"

	"youju/bench/engine"
	"youju/bench/question"
)

// A Phase is a part of a query's work with its share of the CPU time.
type Phase struct {
	Name  string
	Share float64
}

// facetPhase is the phase that one of the goals is about.
const facetPhase = "facets"

//go:embed data/phases.txt
var phasesData string

// phaseRule says which phase a function belongs to.
type phaseRule struct{ phase, piece string }

func phaseRules() (rules []phaseRule) {
	for line := range strings.Lines(phasesData) {
		phase, piece, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(line, "#") {
			rules = append(rules, phaseRule{phase, piece})
		}
	}
	return rules
}

// Profile asks Youju in this process all measured questions twice and says
// where the time went. The profile itself is left beside the result.
func (b *Bench) Profile(questions []question.Question) ([]Phase, error) {
	var rounds []*profile.Profile
	for range profileRounds {
		p, err := b.profileRound(questions)
		if err != nil {
			return nil, err
		}
		rounds = append(rounds, p)
	}
	p, err := profile.Merge(rounds)
	if err != nil {
		return nil, err
	}
	var data bytes.Buffer
	if err := p.Write(&data); err != nil {
		return nil, err
	}
	return phases(p), os.WriteFile(filepath.Join(b.folder(), "youju.prof"), data.Bytes(), 0o644)
}

// profileRounds is how often the questions are asked, each time of an index
// opened anew: one round gives some 200 samples, too few for shares of 5 %.
const profileRounds = 5

func (b *Bench) profileRound(questions []question.Question) (*profile.Profile, error) {
	e, err := engine.Makers["youju"].Open(b.index("youju"), 1)
	if err != nil {
		return nil, err
	}
	defer e.Close()
	ask := func(set int) error {
		for _, q := range ofSet(questions, set) {
			if _, err := e.Answer(q); err != nil {
				return err
			}
		}
		return nil
	}
	if err := ask(0); err != nil {
		return nil, err
	}
	var data bytes.Buffer
	if err := pprof.StartCPUProfile(&data); err != nil {
		return nil, err
	}
	for set := 1; set <= MeasuredSets && err == nil; set++ {
		err = ask(set)
	}
	pprof.StopCPUProfile()
	if err != nil {
		return nil, err
	}
	return profile.ParseData(data.Bytes())
}

// phases adds up the samples of a CPU profile by phase, the largest first.
func phases(p *profile.Profile) (list []Phase) {
	rules := phaseRules()
	spent := map[string]float64{}
	all := 0.0
	for _, s := range p.Sample {
		ns := float64(s.Value[len(s.Value)-1])
		spent[phaseOf(s, rules)] += ns
		all += ns
	}
	for name, ns := range spent {
		list = append(list, Phase{name, ns / all})
	}
	slices.SortFunc(list, func(a, b Phase) int {
		if a.Share != b.Share {
			return int((b.Share - a.Share) * 1e6)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list
}

// phaseOf goes from the innermost function outwards to the first one listed.
func phaseOf(s *profile.Sample, rules []phaseRule) string {
	for _, at := range s.Location {
		for _, line := range at.Line {
			if line.Function == nil {
				continue
			}
			for _, r := range rules {
				if strings.Contains(line.Function.Name, r.piece) {
					return r.phase
				}
			}
		}
	}
	return "the rest"
}

// share is that of one phase, 0 where nothing was profiled.
func (r *Result) share(phase string) float64 {
	for _, p := range r.Phases {
		if p.Name == phase {
			return p.Share
		}
	}
	return 0
}
