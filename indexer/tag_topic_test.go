package indexer

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"youju/report"
)

// squash folds a text for comparison: no white space, no bold marks, and the
// ASCII forms of full-width signs.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '*':
			return -1
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, s)
}

var originals sync.Map // seed → []*report.Document

// original reads one of the originals, once.
func original(t *testing.T, seed string) []*report.Document {
	t.Helper()
	if docs, ok := originals.Load(seed); ok {
		return docs.([]*report.Document)
	}
	docs, err := Read(seed+".txt", mustRead(t, filepath.Join(sharedDir(t), "seeds", seed+".txt")))
	if err != nil {
		t.Fatal(err)
	}
	originals.Store(seed, docs)
	return docs
}

// itemWith finds the item that contains a quoted text.
func itemWith(docs []*report.Document, quote string) *report.Item {
	quote = squash(quote)
	for _, d := range docs {
		for i := range d.Items {
			if it := &d.Items[i]; strings.Contains(squash(it.Heading+it.Text), quote) {
				return it
			}
		}
	}
	return nil
}

// TestGoldTopics measures the topics of the items that hold the hand-made
// expectations' words, and of those words alone.
func TestGoldTopics(t *testing.T) {
	var items, main, expected, all, named, snippets, snippetMain int
	gold := readGold(t, "topics.json")
	for _, e := range gold {
		alone := report.Item{Text: e.Contains}
		tagTopics(&report.Document{}, &alone)
		snippets++
		if len(alone.Topics) > 0 && slices.Contains(e.FlatTopics, alone.Topics[0]) {
			snippetMain++
		} else {
			t.Logf("%s: alone %v, want %v: %q", e.ID, alone.Topics, e.FlatTopics, e.Contains)
		}
		it := itemWith(original(t, e.Seed), e.Contains)
		if it == nil {
			t.Logf("%s: no item holds %q", e.ID, e.Contains)
			continue
		}
		items++
		if len(it.Topics) > 0 && slices.Contains(e.FlatTopics, it.Topics[0]) {
			main++
		}
		if slices.Contains(it.Topics, e.FlatTopics[0]) {
			expected++
		} else {
			t.Logf("%s: item %v (%s, %d characters), want %v: %q", e.ID, it.Topics, it.ID, len([]rune(it.Text)), e.FlatTopics, e.Contains)
		}
	}
	seen := map[string]bool{}
	for _, e := range gold {
		if seen[e.Seed] {
			continue
		}
		seen[e.Seed] = true
		for _, d := range original(t, e.Seed) {
			for i := range d.Items {
				all++
				named += len(d.Items[i].Topics)
			}
		}
	}
	share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
	t.Logf("words alone: main topic right %.3f of %d", share(snippetMain, snippets), snippets)
	t.Logf("items: main topic right %.3f, expected main topic among the item's %.3f of %d, %.2f topics an item",
		share(main, items), share(expected, items), items, share(named, all))
	if share(main, items) < 0.75 || share(expected, items) < 0.9 || share(named, all) > 2.2 {
		t.Errorf("below the agreed measure")
	}
}
