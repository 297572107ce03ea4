package fact

import (
	"strings"
	"testing"
)

// TestCollectives holds the data file against its own description.
func TestCollectives(t *testing.T) {
	levels := map[string]bool{"city": true, "county": true, "city+county": true, "zone": true, "-": true}
	seen := map[string]bool{}
	for line := range strings.Lines(collectivesData) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		level, name, _ := strings.Cut(line, "\t")
		switch {
		case !levels[level] || name == "" || strings.Contains(name, "\t"):
			t.Errorf("%q is no entry", line)
		case seen[name]:
			t.Errorf("%s stands twice", name)
		case foldUnit(name) != name:
			t.Errorf("%s is not folded", name)
		case level != "-" && governed(name) != "":
			t.Errorf("%s has the ending that is added", name)
		}
		seen[name] = true
	}
	if len(seen) < 20 {
		t.Errorf("%d entries", len(seen))
	}
}
