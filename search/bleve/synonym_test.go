package bleve_test

import (
	"os"
	"strings"
	"testing"

	"youju/search"
)

// TestSynonymsInUse lists with -v what each group of synonyms finds beside the
// reader's own word, for a person to read; none may drown what was asked for.
func TestSynonymsInUse(t *testing.T) {
	x := originalsIndex(t)
	all := find(t, x, search.Query{}).Total
	data, err := os.ReadFile("../data/synonyms.txt")
	if err != nil {
		t.Fatal(err)
	}
	used := 0
	for i, line := range strings.Split(string(data), "\n") {
		_, terms, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(line, "#") || i%synonymStep != 0 {
			continue
		}
		for _, term := range strings.Split(terms[:strings.IndexAny(terms, "=>")], ",") {
			term = strings.TrimSpace(term)
			own := find(t, x, search.Query{Text: `"` + term + `"`, Size: 1}).Total
			res := find(t, x, search.Query{Text: term, Size: 1})
			if len(res.Reading.Expansions) == 0 {
				continue
			}
			used++
			t.Logf("%s: %d of its own, %d in all, with %v", term, own, res.Total, res.Reading.Expansions[0].Variants)
			if res.Total > own+all/5 {
				t.Errorf("%s finds %d of %d items, %d of them hold it", term, res.Total, all, own)
			}
		}
	}
	if used < 100/synonymStep {
		t.Errorf("%d groups find anything", used)
	}
}
