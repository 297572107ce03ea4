package project

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"youju/report"
)

// TestData reads every data file and holds it to its own rules.
func TestData(t *testing.T) {
	columns := map[string]int{"ends.txt": 2, "verbs.txt": 3, "hedges.txt": 2, "adverbs.txt": 2, "aliases.txt": 2, "locals.txt": 2}
	files, err := fs.ReadDir(dataFS, "data")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		n := max(columns[f.Name()], 1)
		rows := table(f.Name(), n)
		if len(rows) == 0 {
			t.Errorf("%s is empty", f.Name())
		}
		seen := map[string]bool{}
		for _, row := range rows {
			if seen[row[0]] {
				t.Errorf("%s: %s stands twice", f.Name(), row[0])
			}
			seen[row[0]] = true
			for _, cell := range row {
				if cell == "" || cell != strings.TrimSpace(cell) {
					t.Errorf("%s: an empty or padded cell in %q", f.Name(), row)
				}
			}
		}
	}
}

func TestVerbs(t *testing.T) {
	used := map[report.Stage]bool{}
	for _, row := range table("verbs.txt", 3) {
		if !slices.Contains([]string{"before", "after", "both"}, row[1]) {
			t.Errorf("%s stands %q", row[0], row[1])
		}
		if stage := report.Stage(row[2]); !slices.Contains([]string{"-", "+", "="}, row[2]) {
			used[stage] = true
			if !slices.Contains(report.Stages, stage) {
				t.Errorf("%s tells the stage %q", row[0], stage)
			}
		}
	}
	for _, stage := range report.Stages {
		// 争取开工 is told by a hedge and a verb.
		if stage != report.StageToStart && !used[stage] {
			t.Errorf("no verb tells the stage %s", stage)
		}
	}
	for _, row := range table("hedges.txt", 2) {
		if row[1] != "wished" && row[1] != "hoped" && row[1] != "firm" {
			t.Errorf("%s is %q", row[0], row[1])
		}
	}
}

func TestEnds(t *testing.T) {
	classes := []class{classLine, classSite, classBuilding, classPark, classWork, classCompany, classOther, classNever}
	for _, row := range table("ends.txt", 2) {
		if !slices.Contains(classes, class(row[1])) {
			t.Errorf("%s is of the class %q", row[0], row[1])
		}
	}
}

// TestAliases makes sure that an alias leads to a name and not to another alias.
func TestAliases(t *testing.T) {
	for from, to := range lexical().aliases {
		if _, ok := lexical().aliases[to]; ok {
			t.Errorf("%s leads to %s, which is an alias itself", from, to)
		}
	}
}

// TestWordsAreNoPlaces keeps the names of places out of the everyday words,
// which would make every project named for them a kind of project.
func TestWordsAreNoPlaces(t *testing.T) {
	for _, row := range table("words.txt", 1) {
		for _, p := range report.Places().Lookup(row[0]) {
			if p.Name() == row[0] && row[0] != "城区" && row[0] != "矿区" {
				t.Errorf("%s is a place", row[0])
			}
		}
	}
}
