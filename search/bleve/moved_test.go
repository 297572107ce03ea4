package bleve

import (
	"maps"
	"testing"
)

func TestMoved(t *testing.T) {
	source := func(sum string, ids ...string) Source {
		s := Source{SHA256: sum}
		for _, id := range ids {
			s.Documents = append(s.Documents, SourceDocument{ID: id})
		}
		return s
	}
	before := &Manifest{
		Sources: []Source{source("a", "371500-2024-report", "x"), source("b", "371500-2023-report"), source("c", "gone"), source("d", "one", "two")},
		// What had moved before moves on, unless its end is gone or its ID is in use again.
		Moved: map[string]string{"oldest": "371500-2024-report", "lost": "gone", "again": "x"},
	}
	now := []Source{source("a", "371500-2024-court", "x"), source("b", "371500-2023-report"), source("d", "three"), source("e", "again")}
	want := map[string]string{"371500-2024-report": "371500-2024-court", "oldest": "371500-2024-court"}
	if got := moved(before, now); !maps.Equal(got, want) {
		t.Errorf("moved %v, want %v", got, want)
	}
}
