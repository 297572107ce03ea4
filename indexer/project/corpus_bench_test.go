package project

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkCorpus reads real reports where they are, see the README of the tests.
func BenchmarkCorpus(b *testing.B) {
	dir := os.Getenv("YOUJU_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	names, _ := filepath.Glob(filepath.Join(dir, "corpus", "provincial2026", "*.txt"))
	if len(names) == 0 {
		b.Skip("the corpus is not here: set YOUJU_SHARED or put it at ../shared")
	}
	var texts []string
	size := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, string(data))
		size += len(data)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, text := range texts {
			Find(nil, text, liaocheng)
		}
	}
}
