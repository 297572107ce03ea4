package bleve_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"youju/report"
	"youju/search"
)

// times counts a phrase's row in a text's, naively.
func times(text, phrase string) int {
	n, rest := 0, text
	for {
		i := strings.Index(rest, phrase)
		if i < 0 {
			return n
		}
		n++
		rest = rest[i+len(phrase)-1:] // the border behind is also the next one's
	}
}

// TestOccurrences counts random pieces of the texts, numbers and words of the
// genre against a plain count, document by document.
func TestOccurrences(t *testing.T) {
	x, docs := sharedIndex(t)
	random := rand.New(rand.NewPCG(9, 4))
	terms := []string{"发展", "高质量发展", "改造", "2021", "5G", "ｇｄｐ", "項目", "的", "没有这个词", "，", "", "a b", "发展发展"}
	var texts []string
	for _, d := range docs {
		for i := range d.Items {
			texts = append(texts, d.Items[i].Text)
		}
	}
	for len(terms) < 60 {
		runes := []rune(texts[random.IntN(len(texts))])
		if len(runes) == 0 {
			continue
		}
		from := random.IntN(len(runes))
		terms = append(terms, string(runes[from:min(len(runes), from+1+random.IntN(5))]))
	}
	rows := rowsOf(docs)
	found := 0
	for _, term := range terms {
		list, err := x.Occurrences(context.Background(), term)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]search.Occurrence{}
		for _, o := range list {
			got[o.Document] = o
			found += o.Times
		}
		if _, ok := search.NewPlanWord(term); !ok {
			if len(list) > 0 {
				t.Errorf("%q is counted %v", term, list)
			}
			continue
		}
		phrase := phraseRow(term)
		for _, d := range docs {
			want := search.Occurrence{Document: d.ID}
			for _, texts := range rows[d.ID] {
				want.Times += times(texts[0], phrase) + times(texts[1], phrase)
				if slices.ContainsFunc(texts, func(row string) bool { return strings.Contains(row, phrase) }) {
					want.Items++
				}
			}
			if o := got[d.ID]; o.Times != want.Times || o.Items != want.Items {
				t.Errorf("%q in %s: %d times in %d items, want %d in %d", term, d.ID, o.Times, o.Items, want.Times, want.Items)
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d occurrences were compared", found)
	}
}

// rowsOf holds the rows of every document's items: the text, the heading, then
// what else is searched.
func rowsOf(docs []*report.Document) map[string][][]string {
	rows := map[string][][]string{}
	for _, d := range docs {
		for i := range d.Items {
			var of []string
			for _, text := range searchable(d, &d.Items[i]) {
				of = append(of, row(text))
			}
			rows[d.ID] = append(rows[d.ID], of)
		}
	}
	return rows
}

// TestOccurrencesAgreeWithSearch holds the number of items against an exact
// search in each document's year and kind.
func TestOccurrencesAgreeWithSearch(t *testing.T) {
	x, docs := sharedIndex(t)
	for _, term := range []string{"发展", "老旧小区", "2021年", "教育"} {
		list, err := x.Occurrences(context.Background(), term)
		if err != nil {
			t.Fatal(err)
		}
		items := map[string]int{}
		for _, o := range list {
			items[o.Document] = o.Items
		}
		sums := map[[2]string]int{}
		for _, d := range docs {
			if d.Year != 0 {
				sums[[2]string{strconv.Itoa(d.Year), string(d.Kind)}] += items[d.ID]
			}
		}
		for key, want := range sums {
			q := search.Query{Text: `"` + term + `"`, Filters: map[string][]string{search.FacetYear: {key[0]}, search.FacetKind: {key[1]}}}
			if res := find(t, x, q); res.Total != want {
				t.Errorf("%s %v: %d items counted, %d found", term, key, want, res.Total)
			}
		}
	}
}
