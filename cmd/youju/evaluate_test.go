package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	diff "github.com/google/go-cmp/cmp"

	"youju/cmd/youju/internal/eval"
)

var update = flag.Bool("update", false, "write the golden files anew; review them as a diff")

// TestEvalScores keeps the scores on the expectations beside the originals:
// whatever changes how a query is answered shows here, query by query.
func TestEvalScores(t *testing.T) {
	shared := cmp.Or(os.Getenv("YOUJU_SHARED"), filepath.Join("..", "..", "..", "shared"))
	gold := filepath.Join(shared, "gold")
	if _, err := os.Stat(gold); err != nil {
		t.Skipf("the expectations are not here: %v", err)
	}
	var said bytes.Buffer
	scores, err := evaluation{gold: gold, seeds: filepath.Join(shared, "seeds")}.run(t.Context(), &said)
	if err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	got := scoreSheet(scores)
	golden := filepath.Join("testdata", "eval", "scores.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := diff.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("the scores changed; if for the better, run with -update (- before, + now):\n%s", d)
	}
}

// scoreSheet is the scores as `youju eval` prints them, with one line for each
// query: its number, the level of the answer, the hits, nDCG@10 and the grades
// of the first page in order.
func scoreSheet(scores *eval.Scores) string {
	var b strings.Builder
	scores.Print(&b, false)
	for _, q := range scores.Queries.Queries {
		fmt.Fprintf(&b, "%s %s %d %.3f %s\n", q.ID, q.Tier, q.Total, q.NDCG, strings.Trim(fmt.Sprint(q.Grades), "[]"))
	}
	return b.String()
}
