package indexer

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"youju/indexer/bound"
	"youju/indexer/plain"
)

// TestPanic reads on behind a file over which a reader panics, alone and in an archive.
func TestPanic(t *testing.T) {
	defer func(before []format) { formats = before }(formats)
	formats = append(slices.Clone(formats), format{"odd", magic("ODD"), func(*bound.Work, *Reader, []byte) (plain.Text, error) {
		panic("a case nobody foresaw")
	}})
	dir := writeFiles(t, map[string]string{
		"1.txt": variant(2021), "2.txt": "ODD", "3.zip": zipOf(t, map[string]string{"a.txt": "ODD", "b.txt": variant(2022)}),
	})
	sink, sum, _ := indexDir(t, Options{}, dir)
	if len(sink.docs) != 2 {
		t.Fatalf("%d documents", len(sink.docs))
	}
	for _, f := range sum.Files {
		name := filepath.ToSlash(strings.TrimPrefix(f.Path, dir+"/"))
		if want := map[string]string{"2.txt": "panic", "3.zip/a.txt": "panic"}[name]; f.Code() != want {
			t.Errorf("%s: %v [%s], want [%s]", name, f.Err, f.Code(), want)
		}
		if f.Err != nil && !strings.Contains(f.Err.Error(), "indexer/bounds_test.go:") {
			t.Errorf("%s does not say where: %v", name, f.Err)
		}
	}
}

// TestTimeLimit ends the reading of every format where its time is over.
func TestTimeLimit(t *testing.T) {
	files := map[string]string{
		"a.txt": variant(2021), "b.html": "<html><body><p>" + variant(2022), "c.zip": zipOf(t, map[string]string{"x.txt": variant(2023)}),
		"d.docx": zipOf(t, map[string]string{"word/document.xml": "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"}),
		"e.ofd":  zipOf(t, map[string]string{"OFD.xml": "<OFD><DocRoot>D.xml</DocRoot></OFD>", "D.xml": `<D/>`}),
	}
	sink, sum, _ := indexDir(t, Options{Reader: &Reader{TimeLimit: time.Nanosecond}}, writeFiles(t, files))
	if len(sink.docs) != 0 {
		t.Fatalf("%d documents", len(sink.docs))
	}
	failed := 0
	for _, f := range sum.Files {
		if f.Code() == "timeout" {
			failed++
		} else if f.Err != nil {
			t.Errorf("%s: %v [%s]", f.Path, f.Err, f.Code())
		}
	}
	if failed != len(files) {
		t.Errorf("%d files ran out of time, want %d: %+v", failed, len(files), sum.Files)
	}
}
