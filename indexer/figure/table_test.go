package figure

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"youju/report"
)

var update = flag.Bool("update", false, "write testdata/sentences.txt anew")

// sentencesFile is a table of made-up sentences: a comment says which rule the
// lines below it show; "part | sentence" is followed by the figures that are
// read in it, indented. After a change: go test -run Sentences -update, and read
// the difference.
const sentencesFile = "testdata/sentences.txt"

// spans are the parts of the table that a document has none of: a review of
// five years, a plan of five years, and a passage of which nothing is known.
func passage(part, text string) *report.Item {
	switch part {
	case "five":
		it := item(report.PartReview, text)
		it.FromYear, it.Path = 2020, []string{"一、过去五年工作回顾"}
		return it
	case "ahead":
		it := item(report.PartTarget, text)
		it.AboutYear, it.FromYear = 2029, 2025
		return it
	case "both":
		it := item(report.PartReview, text)
		it.AboutYear, it.Path = 2020, []string{"一、2020年和“十三五”时期工作回顾"}
		return it
	case "unknown":
		return &report.Item{Text: text}
	}
	return item(report.Part(part), text)
}

func TestSentences(t *testing.T) {
	b, err := os.ReadFile(sentencesFile)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	n := 0
	for line := range strings.Lines(string(b)) {
		part, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " | ")
		switch {
		case strings.HasPrefix(line, "\t"):
			continue
		case !ok || line[0] == '#':
			out.WriteString(line)
			continue
		}
		n++
		out.WriteString(line)
		it := passage(part, text)
		it.Places = []string{"东阿县"}
		for _, f := range Find(nil, city(), it, text) {
			out.WriteString("\t" + writtenWhole(f) + "\n")
		}
	}
	if n < 45 {
		t.Errorf("%d sentences only", n)
	}
	if *update {
		if err := os.WriteFile(sentencesFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, want := strings.Split(out.String(), "\n"), strings.Split(string(b), "\n")
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("%s differs from line %d on:\n%s", sentencesFile, i+1, strings.Join(got[max(0, i-3):min(len(got), i+5)], "\n"))
		}
	}
}

// writtenWhole adds to [written] the first year of a span, and what marks a change.
func writtenWhole(f report.Figure) string {
	s := strings.TrimSpace(written(f))
	if f.FromYear != 0 {
		s += fmt.Sprintf(" from %d", f.FromYear)
	}
	if f.Change {
		s += " change"
	}
	return s
}
