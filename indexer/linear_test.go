package indexer

import (
	"runtime"
	"strings"
	"testing"
)

// TestLinear reads a text and one sixteen times as long: what is copied must
// grow with the text, not with its square.
func TestLinear(t *testing.T) {
	for _, c := range []struct{ name, before, piece string }{
		{"html inline", "<html><body><p>", "<b>农</i>业"},
		{"html lines in one run", "<html><body><p>", "农业\n"},
		{"html unmatched ends", "<html><body>" + strings.Repeat("<p>", 100), "字</i></em>"},
		{"html wide row", "<html><body><table><tr>", "<td>农业"},
		{"stars", "", "**农**业"},
		{"bars", "|", "农业|"},
	} {
		t.Run(c.name, func(t *testing.T) {
			const n = 2000
			short := allocated(t, c.before+strings.Repeat(c.piece, n))
			long := allocated(t, c.before+strings.Repeat(c.piece, 16*n))
			if long > 40*short {
				t.Errorf("a text took %d KB, one 16 times as long %d KB", short>>10, long>>10)
			}
		})
	}
}

// allocated is how many bytes the reading of a text asks for.
func allocated(t *testing.T, src string) uint64 {
	t.Helper()
	read := func() {
		if _, _, err := read("x", []byte(src)); err != nil {
			t.Fatal(err)
		}
	}
	read() // makes what is made once
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	read()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
