package indexer

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"youju/report"
)

var update = flag.Bool("update", false, "write the golden files anew; review them as a diff")

// TestTraps reads the texts of testdata/traps, each written to hold one kind
// of trap, and compares their outlines. Nothing in them is lost either.
func TestTraps(t *testing.T) {
	files, err := filepath.Glob("testdata/traps/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no traps found", err)
	}
	for _, name := range files {
		t.Run(baseName(name), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			in, want := a.Files[0], &a.Files[1]
			docs, err := Read(in.Name, in.Data)
			if err != nil {
				t.Fatal(err)
			}
			got := outlineText(docs)
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("outline differs (-want +got):\n%s", diff)
			}
			checkCover(t, in.Name, in.Data)
		})
	}
}

// outlineText prints documents the way the golden files hold them.
func outlineText(docs []*report.Document) string {
	var b strings.Builder
	for _, d := range docs {
		fmt.Fprintf(&b, "doc %s | %s | %s | %s | year %d review %d plan %d | %s | %s\n", d.Kind, d.Title, d.Number, d.Place.Full(), d.Year, d.ReviewYear, d.PlanYear, d.Date, d.Speaker)
		for _, m := range d.Source.Missing {
			fmt.Fprintf(&b, "missing %s\n", m)
		}
		for _, r := range d.Source.Repairs {
			fmt.Fprintf(&b, "repair %d %s\n", r.Line, r.What)
		}
		for _, p := range d.Problems {
			fmt.Fprintf(&b, "problem %d %s\n", p.Line, p.What)
		}
		path := ""
		for _, it := range d.Items {
			if p := strings.Join(it.Path, " › "); p != path {
				fmt.Fprintf(&b, "%s\n", p)
				path = p
			}
			fmt.Fprintf(&b, "  %s %s %s %d [%s] (%s) %s\n", it.Local(), it.Part, it.Claim, it.AboutYear, it.Number, it.Heading, it.Text)
			if u := it.Duty; len(u.Leaders)+len(u.LeadUnits)+len(u.SupportUnits) > 0 {
				fmt.Fprintf(&b, "    leaders %q lead %q support %q more %v\n", u.Leaders, u.LeadUnits, u.SupportUnits, u.More)
			}
		}
	}
	return b.String()
}
