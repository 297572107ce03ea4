package passage

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// source takes the sentences of the sample collection, which is always there.
func source(seed uint64) Source {
	return Source{Corpus: "../../seeds", Places: "../../report/data/places.txt", Seed: seed}
}

func generate(t *testing.T, n int, seed uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Generate(&b, n, source(seed)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGenerateIsRepeatable(t *testing.T) {
	long, again := generate(t, 500, 1), generate(t, 500, 1)
	if !bytes.Equal(long, again) {
		t.Error("the same seed gives other passages")
	}
	if short := generate(t, 100, 1); !bytes.HasPrefix(long, short) {
		t.Error("fewer passages are not the first of more")
	}
	if other := generate(t, 500, 2); bytes.Equal(long, other) {
		t.Error("another seed gives the same passages")
	}
}

func TestPassages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.tsv")
	data := generate(t, 2000, 1)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	var back bytes.Buffer
	documents := map[string]bool{}
	last, named := "", 0
	err := Each(path, 0, func(p Passage) error {
		if n := utf8.RuneCountInString(p.Text); n < minSentence || n > maxRunes {
			t.Errorf("a passage of %d characters: %s", n, p.Text)
		}
		if p.Document != last && documents[p.Document] {
			t.Errorf("the passages of %s stand apart", p.Document)
		}
		last, documents[p.Document] = p.Document, true
		if strings.Contains(p.Text, strings.TrimPrefix(p.County, "市")) {
			named++
		}
		return p.Write(&back)
	})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(back.Bytes(), data) {
		t.Error("what was read is not what was written")
	}
	if len(documents) != (2000+perDocument-1)/perDocument {
		t.Errorf("%d documents", len(documents))
	}
	if named < 200 {
		t.Errorf("%d of 2000 passages name their county, want a third or so", named)
	}
}

func TestIsPlain(t *testing.T) {
	for text, want := range map[string]bool{
		"全县完成投资100亿元，增长5.2%": true,
		"太短了":                    false,
		"全縣完成投資一百億元以上":           false, // folded by Youju alone
		"全县完成投资①百亿元以上":           false, // folded differently by each
		"二〇二一年完成投资一百亿元":          false,
		strings.Repeat("长", 121): false,
	} {
		if got := isPlain(text); got != want {
			t.Errorf("isPlain(%s) = %v", text, got)
		}
	}
}

func TestEachTellsTheLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.tsv")
	if err := os.WriteFile(path, slices.Concat(generate(t, 1, 1), []byte("a\tb\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	err := Each(path, 0, func(Passage) error { return nil })
	if err == nil || !strings.Contains(err.Error(), ":2:") {
		t.Errorf("error %v does not tell the line", err)
	}
	if err := Each(path, 1, func(Passage) error { return nil }); err != nil {
		t.Errorf("reading one passage: %v", err)
	}
}
