package indexer

import "testing"

// BenchmarkCorpus reads the originals and the corpus, tags included.
func BenchmarkCorpus(b *testing.B) {
	files := sharedFiles(b)
	var data [][]byte
	size := 0
	for _, name := range files {
		d := mustRead(b, name)
		data = append(data, d)
		size += len(d)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for i, d := range data {
			if _, err := Read(files[i], d); err != nil {
				b.Fatal(err)
			}
		}
	}
}
