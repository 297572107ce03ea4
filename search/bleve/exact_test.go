package bleve_test

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"youju/report"
	"youju/search"
	"youju/search/bleve"
)

// row writes the tokens of a text with borders, so that 21 is not found in 2021.
func row(text string) string {
	row := "|"
	for _, t := range search.Tokenize(text) {
		row += t.Term + "|"
	}
	return row
}

// phraseRow is the row of what a reader types: punctuation around it says nothing.
func phraseRow(phrase string) string {
	row := row(phrase)
	for cut := true; cut; {
		cut = false
		for _, mark := range strings.Split(",|、|。|;|:|!|?|(|)|—|…", "|") {
			var a, b bool
			row, a = strings.CutPrefix(row, "|"+mark+"|")
			row, b = strings.CutSuffix(row, "|"+mark+"|")
			if a {
				row = "|" + row
			}
			if b {
				row += "|"
			}
			cut = cut || a || b
		}
	}
	return row
}

// searchable lists the texts of an item that a query is held against, one by one.
func searchable(doc *report.Document, it *report.Item) []string {
	texts := []string{it.Text, it.Heading, doc.Title, doc.Number}
	texts = append(texts, it.Path...)
	texts = append(texts, it.Duty.LeadUnits...)
	texts = append(texts, it.Duty.SupportUnits...)
	return append(texts, it.Duty.Leaders...)
}

// TestExact asks for random pieces of the originals as phrases: each must find
// exactly the items that hold it.
func TestExact(t *testing.T) {
	docs := readFiles(t, filepath.Join(sharedDir(t), "seeds"))
	dir := t.TempDir()
	build(t, dir, docs)
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	var texts []string
	var rows [][]string // of every item, its texts
	for _, doc := range docs {
		for i := range doc.Items {
			texts = append(texts, doc.Items[i].Text)
			var of []string
			for _, text := range searchable(doc, &doc.Items[i]) {
				of = append(of, row(text))
			}
			rows = append(rows, of)
		}
	}
	random := rand.New(rand.NewPCG(7, 7))
	for n := range 1200 {
		length := 6
		if n >= 1000 {
			length = 40
		}
		phrase := piece(random, texts, length)
		wanted := phraseRow(phrase)
		total := 0
		for _, of := range rows {
			if slices.ContainsFunc(of, func(r string) bool { return strings.Contains(r, wanted) }) {
				total++
			}
		}
		if res := find(t, x, search.Query{Text: `"` + phrase + `"`, Size: 1}); res.Total != total {
			t.Errorf("%q (%s): found %d items, the scan %d", phrase, wanted, res.Total, total)
		}
	}
}

// piece cuts one to length characters out of one of the texts, again where
// that leaves nothing to search for or a quote of the query language.
func piece(random *rand.Rand, texts []string, length int) string {
	for {
		runes := []rune(texts[random.IntN(len(texts))])
		at := random.IntN(len(runes))
		phrase := strings.TrimSpace(string(runes[at:min(len(runes), at+1+random.IntN(length))]))
		if strings.Trim(phraseRow(phrase), "|") != "" && !strings.ContainsAny(phrase, "\"“”＂「」„") {
			return phrase
		}
	}
}
