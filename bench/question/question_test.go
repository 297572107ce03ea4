package question

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"youju/bench/passage"
)

// write makes a TSV of passages written by hand.
func write(t *testing.T, passages ...passage.Passage) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "p.tsv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range passages {
		if err := passages[i].Write(f); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func TestTruth(t *testing.T) {
	tsv := write(t,
		passage.Passage{Document: "a", County: "东阿县", Year: 2019, Topic: "教育", Text: "加快发展，推进建设。"},
		passage.Passage{Document: "a", County: "东阿县", Year: 2019, Topic: "就业", Text: "加快发。展建设"},
		passage.Passage{Document: "b", County: "茌平区", Year: 2020, Topic: "教育", Text: "发展建设"},
	)
	answers, err := Truth(tsv, []Question{
		{ID: 0, Words: []string{"发展"}},
		{ID: 1, Words: []string{"建设", "发展"}, Filters: map[string]string{Year: "2019", County: "东阿县"}},
		{ID: 2, Words: []string{"建设"}, Filters: map[string]string{Topic: "就业"}},
		{ID: 3, Words: []string{"没有"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	one := Counts{1, 1, 1}
	want := []Answer{
		{ID: 0, Total: 2, Facets: map[string]Counts{Year: {2, 2, 2}, County: {2, 2, 2}, Topic: {1, 2, 4}}},
		{ID: 1, Total: 1, Facets: map[string]Counts{Year: one, County: one, Topic: one}},
		{ID: 2, Total: 1, Facets: map[string]Counts{Year: one, County: one, Topic: one}},
		{ID: 3, Total: 0, Facets: map[string]Counts{Year: {}, County: {}, Topic: {}}},
	}
	if !reflect.DeepEqual(answers, want) {
		t.Errorf("got %v\nwant %v", answers, want)
	}
	path := filepath.Join(t.TempDir(), "truth.tsv")
	if err := WriteAnswers(path, answers); err != nil {
		t.Fatal(err)
	}
	if back, err := ReadAnswers(path); err != nil || !reflect.DeepEqual(back, want) {
		t.Errorf("read %v %v", back, err)
	}
}

func TestCompare(t *testing.T) {
	truth := Answer{Total: 2, Facets: map[string]Counts{Year: {2, 2, 2}, County: {1, 2, 4}, Topic: {1, 2, 4}}}
	right := truth
	right.Hits = 2
	if wrong := right.Compare(&truth); wrong != "" {
		t.Errorf("right is wrong: %s", wrong)
	}
	for name, change := range map[string]func(*Answer){
		"total": func(a *Answer) { a.Total = 3 },
		"hits":  func(a *Answer) { a.Hits = 1 },
		"facet": func(a *Answer) { a.Facets = map[string]Counts{Year: {1, 2, 4}, County: {1, 2, 4}, Topic: {1, 2, 4}} },
	} {
		a := right
		if change(&a); a.Compare(&truth) == "" {
			t.Errorf("a wrong %s is not noticed", name)
		}
	}
}

func TestDraw(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.tsv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := passage.Generate(f, 3000, passage.Source{Corpus: "../../seeds", Places: "../../report/data/places.txt", Seed: 1}); err != nil {
		t.Fatal(err)
	}
	f.Close()
	questions, err := Draw(path, 2, 7)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Draw(path, 2, 7)
	if err != nil || !reflect.DeepEqual(questions, again) {
		t.Errorf("the same seed draws other questions: %v", err)
	}
	counts, lines := map[string]int{}, map[string]bool{}
	for i, q := range questions {
		if q.ID != i {
			t.Errorf("question %d has the ID %d", i, q.ID)
		}
		counts[q.Class]++
		q.ID = 0
		if line := q.Class + q.Line(); lines[line] {
			t.Errorf("%s is drawn twice", line)
		} else {
			lines[line] = true
		}
		back, err := ParseLine(q.Line())
		if err != nil || !reflect.DeepEqual(back.Words, q.Words) || !reflect.DeepEqual(back.Filters, q.Filters) {
			t.Errorf("%q is read as %v %v", q.Line(), back, err)
		}
	}
	for class, n := range PerSet {
		if counts[class] != 2*n {
			t.Errorf("%d questions of class %s, want %d", counts[class], class, 2*n)
		}
	}
	saved := filepath.Join(t.TempDir(), "questions.tsv")
	f, err = os.Create(saved)
	if err != nil {
		t.Fatal(err)
	}
	if err := Write(f, questions); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if back, err := Read(saved); err != nil || !reflect.DeepEqual(back, questions) {
		t.Errorf("what was read is not what was written: %v", err)
	}
}

func TestCommonWordsAreDifferent(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range commonWords() {
		if seen[w] {
			t.Errorf("%s is listed twice", w)
		}
		seen[w] = true
	}
	if len(seen) < 80 {
		t.Errorf("%d words, want 20 for each of four sets", len(seen))
	}
}
