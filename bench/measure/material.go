package measure

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"

	"youju/bench/passage"
	"youju/bench/question"
)

// seed draws the questions.
const seed = 7

// Material makes the passages, the questions and the true answers, or reads
// them where they were made before.
func (b *Bench) Material(source passage.Source) (questions []question.Question, truth []question.Answer, err error) {
	if err := os.MkdirAll(b.folder(), 0o755); err != nil {
		return nil, nil, err
	}
	err = once(b.tsv(), func(path string) error {
		slog.Info("generating", "passages", b.Size, "corpus", source.Corpus)
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := passage.Generate(f, b.Size, source); err != nil {
			return err
		}
		return f.Close()
	})
	if err != nil {
		return nil, nil, err
	}
	path := filepath.Join(b.folder(), "questions.tsv")
	err = once(path, func(path string) error {
		drawn, err := question.Draw(b.tsv(), MeasuredSets+1, seed)
		if err != nil {
			return err
		}
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := question.Write(f, drawn); err != nil {
			return err
		}
		return f.Close()
	})
	if err != nil {
		return nil, nil, err
	}
	if questions, err = question.Read(path); err != nil {
		return nil, nil, err
	}
	path = filepath.Join(b.folder(), "truth.tsv")
	err = once(path, func(path string) error {
		slog.Info("looking for every word in every passage", "questions", len(questions))
		answers, err := question.Truth(b.tsv(), questions)
		if err != nil {
			return err
		}
		return question.WriteAnswers(path, answers)
	})
	if err != nil {
		return nil, nil, err
	}
	truth, err = question.ReadAnswers(path)
	if err == nil && len(truth) != len(questions) {
		err = fmt.Errorf("%s has %d answers to %d questions", path, len(truth), len(questions))
	}
	return questions, truth, err
}

// once makes a file unless it is there. A file half made is none.
func once(path string, write func(path string) error) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := write(path + ".part"); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// BuildProduct compiles the product as it is released: without cgo.
func BuildProduct(root, binary string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-o", binary, "./cmd/youju")
	cmd.Dir, cmd.Env = root, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building youju: %w\n%s", err, out)
	}
	return nil
}

// Forget removes an index, so that it is built again.
func (b *Bench) Forget(index string) error {
	if filepath.Base(index) != index || index == "." || index == ".." {
		return fmt.Errorf("no index %q", index)
	}
	if err := os.RemoveAll(b.index(index) + ".cost.json"); err != nil {
		return err
	}
	return os.RemoveAll(b.index(index))
}

// Save writes a result beside the indexes.
func (b *Bench) Save(name string, r *Result) error {
	if r.Raw == 0 {
		err := passage.Each(b.tsv(), 0, func(p passage.Passage) error {
			r.Raw += int64(len(p.Text))
			return nil
		})
		if err != nil {
			return err
		}
	}
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(b.result(name), data, 0o644)
}

// Load reads the results of that name at all sizes, smallest first.
func Load(dir, name string) ([]*Result, error) {
	folders, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var results []*Result
	for _, f := range folders {
		if _, err := strconv.Atoi(f.Name()); err != nil {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, f.Name(), name+".json"))
		if err != nil {
			continue // nothing measured at this size
		}
		r := new(Result)
		if err := json.Unmarshal(data, r); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		results = append(results, r)
	}
	if len(results) == 0 {
		return nil, fmt.Errorf("nothing was measured in %s", dir)
	}
	slices.SortFunc(results, func(a, b *Result) int { return a.Size - b.Size })
	return results, nil
}
