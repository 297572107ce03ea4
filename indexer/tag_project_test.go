package indexer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSampleProjects writes every mention of the sample collection to a golden
// file, to be reviewed as a diff, and holds what is true of each.
func TestSampleProjects(t *testing.T) {
	var got strings.Builder
	names, err := filepath.Glob("../seeds/20*")
	if err != nil || len(names) == 0 {
		t.Fatal("no samples", err)
	}
	for _, name := range append(names, "../seeds/liaocheng-investment-portal.html") {
		docs, err := Read(name, mustRead(t, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range docs {
			fmt.Fprintf(&got, "# %s\n", d.ID)
			for _, it := range d.Items {
				for _, m := range it.Mentions {
					if it.Text[m.At.Start:m.At.End] != m.Text {
						t.Errorf("%s: %q is not at %v", it.ID, m.Text, m.At)
					}
					fmt.Fprintf(&got, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", it.Local(), m.Kind, m.Name, m.As, m.Stage, m.Verb, m.AmountText, strings.Join(m.Partners, "、"), m.Place)
				}
			}
		}
	}
	golden := filepath.Join("testdata", "projects.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(mustRead(t, golden)); got.String() != want {
		t.Errorf("the projects of the samples changed; run with -update and review the diff of %s", golden)
	}
}
