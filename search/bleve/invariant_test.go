package bleve_test

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"youju/indexer"
	"youju/search"
	"youju/search/bleve"
)

// testLines reads a file of search/testdata: entries, and the comments above each.
func testLines(t *testing.T, name string, visit func(heading string, fields []string)) {
	t.Helper()
	file, err := os.Open("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	heading, entries := "", false
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		switch line := lines.Text(); {
		case strings.HasPrefix(line, "#") && entries:
			heading, entries = line, false
		case strings.HasPrefix(line, "#"):
			heading += "\n" + line
		case strings.TrimSpace(line) != "":
			entries = true
			visit(heading, strings.Split(line, "\t"))
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// originals is the index of the five originals, read as they are.
var originals = sync.OnceValues(func() (*bleve.Index, error) {
	dir, err := os.MkdirTemp("", "youju-originals")
	if err != nil {
		return nil, err
	}
	shared.more = append(shared.more, dir)
	b, err := bleve.NewBuilder(dir)
	if err != nil {
		return nil, err
	}
	files, _ := indexer.Find([]string{filepath.Join(sharedPath(), "seeds")})
	if _, err := indexer.Index(context.Background(), files, b, indexer.Options{}); err != nil {
		return nil, err
	}
	if _, err := b.Publish(context.Background(), nil); err != nil {
		return nil, err
	}
	return bleve.Open(dir)
})

func originalsIndex(t *testing.T) *bleve.Index {
	t.Helper()
	sharedDir(t)
	x, err := originals()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestInvariants asks for what readers must always find in the five originals.
func TestInvariants(t *testing.T) {
	x := originalsIndex(t)
	held, all := 0, 0
	testLines(t, "invariants.txt", func(heading string, f []string) {
		query, want, within := f[0], f[1], 10
		if len(f) > 2 {
			within, _ = strconv.Atoi(f[2])
		}
		all++
		res := find(t, x, search.Query{Text: query, Size: within})
		var ids []string
		for _, hit := range res.Hits {
			if hit.Item.ID == want {
				held++
				return
			}
			ids = append(ids, hit.Item.ID)
		}
		t.Errorf("%s\n\t%s: %s is not among the first %d: %s %d %v", heading, query, want, within, res.Reading.Tier, res.Total, ids)
	})
	t.Logf("%d of %d hold", held, all)
}

// TestNothing asks for what the originals do not speak of: the first section
// must find nothing, the second at most what is labelled as partial.
func TestNothing(t *testing.T) {
	x := originalsIndex(t)
	testLines(t, "nothing.txt", func(heading string, f []string) {
		partial := strings.Contains(heading, "# partial\n")
		res := find(t, x, search.Query{Text: f[0]})
		switch {
		case res.Total == 0:
		case partial && res.Reading.Tier == search.TierPartial && res.Exact == 0:
		default:
			t.Errorf("%s finds %d (%s), first %s", f[0], res.Total, res.Reading.Tier, res.Hits[0].Item.ID)
		}
	})
}
