package engine

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"youju/bench/passage"
	"youju/bench/question"
)

// knownWrong are the classes an engine cannot answer exactly: a character by
// itself is a term only where it stands alone, and as a prefix it is not found
// at the end of a row of ideographs.
var knownWrong = map[string]string{"bleve": question.Single, "sqlite-bigram": question.Single}

// TestEnginesAreRight asks every engine of this package what the measuring
// asks, and holds all of its answer against reading the passages.
func TestEnginesAreRight(t *testing.T) {
	dir := t.TempDir()
	tsv := filepath.Join(dir, "p.tsv")
	f, err := os.Create(tsv)
	if err != nil {
		t.Fatal(err)
	}
	source := passage.Source{Corpus: "../../seeds", Places: "../../report/data/places.txt", Seed: 1}
	if err := passage.Generate(f, 3000, source); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	questions, err := question.Draw(tsv, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	truth, err := question.Truth(tsv, questions)
	if err != nil {
		t.Fatal(err)
	}
	for name, maker := range Makers {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(dir, name)
			if err := os.Mkdir(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := maker.Build(tsv, folder); err != nil {
				t.Fatal(err)
			}
			if maker.Open == nil {
				return
			}
			e, err := maker.Open(folder, 2)
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			for i, q := range questions {
				a, err := e.Answer(q)
				if err != nil {
					t.Fatalf("%s: %v", q.Line(), err)
				}
				if wrong := a.Compare(&truth[i]); wrong != "" && q.Class != knownWrong[name] {
					t.Errorf("%s %s: %s", q.Class, q.Line(), wrong)
				}
				if a.Hits > 0 && a.Snippets == 0 {
					t.Errorf("%s: no snippets", q.Line())
				}
			}
		})
	}
}

// echo answers with the number of the question's words.
type echo struct{}

func (echo) Answer(q question.Question) (question.Answer, error) {
	if len(q.Words) == 0 {
		return question.Answer{}, io.ErrUnexpectedEOF
	}
	return question.Answer{Total: len(q.Words)}, nil
}
func (echo) Close() error { return nil }

func TestServe(t *testing.T) {
	var out bytes.Buffer
	err := Serve(echo{}, strings.NewReader("7\t发展 经济\tyear=2019\n8\t\t\n"), &out, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := "ready\n7\t2\t0\t0\t0 0 0\t0 0 0\t0 0 0\n8\terror\tunexpected EOF\n"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	if err := Serve(echo{}, strings.NewReader("nonsense\n"), io.Discard, 1); err == nil {
		t.Error("nonsense is answered")
	}
}

func TestSummary(t *testing.T) {
	values := []struct {
		value, parent string
		count         int
	}{{"山东省", "", 5}, {"聊城市", "山东省", 5}, {"东阿县", "聊城市", 3}, {"茌平区", "聊城市", 2}, {"北京市", "", 1}, {"北京市朝阳区", "北京市", 1}}
	sum := func(filters map[string]string, facet string) question.Counts {
		return Summary(question.Question{Filters: filters}, facet, len(values), func(i int) (string, string, int) {
			return values[i].value, values[i].parent, values[i].count
		})
	}
	if got, want := sum(nil, question.County), (question.Counts{Values: 3, Sum: 6, Squares: 14}); got != want {
		t.Errorf("counties %v, want %v", got, want)
	}
	if got, want := sum(map[string]string{question.County: "茌平区"}, question.County), (question.Counts{Values: 1, Sum: 2, Squares: 4}); got != want {
		t.Errorf("the chosen county %v, want %v", got, want)
	}
	if got, want := sum(nil, question.Topic), (question.Counts{Values: 6, Sum: 17, Squares: 65}); got != want {
		t.Errorf("topics %v, want %v", got, want)
	}
}

func TestPairs(t *testing.T) {
	for text, want := range map[string]string{
		"建设":           "建设",
		"增长5.2%以上，县":   "增长 5 2  以上  县",
		"GDP增长的5G县域，县": "GDP 增长 长的 5G 县域  县",
	} {
		if got := strings.Join(strings.Fields(pairs(text)), " "); got != strings.Join(strings.Fields(want), " ") {
			t.Errorf("pairs(%s) = %q, want %q", text, got, want)
		}
	}
}
