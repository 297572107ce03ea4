package engine

import (
	"testing"

	"youju/bench/passage"
	"youju/report"
)

// TestFactsOfPassages reads the sentences of a passage: what they state stands
// where it is said, in the document's year, and nothing else can be searched.
func TestFactsOfPassages(t *testing.T) {
	const text = "今年新建幼儿园12所。改造老旧小区35个。"
	place, _ := report.Places().ByCode("371524")
	r, tasks := newFactReader(), 0
	for year := 2018; year < 2022; year++ {
		doc := &report.Document{ID: "a", Year: year, Place: place}
		for n := range 300 {
			it := report.Item{ID: "a/1", Text: text}
			r.add(doc, &it, &passage.Passage{Number: n + 1})
			if len(it.Figures) < 2 {
				t.Fatalf("%d figures", len(it.Figures))
			}
			for _, f := range it.Figures {
				if f.AboutYear != year || text[f.At.Start:f.At.End] == "" || f.At.End > len(text) {
					t.Fatalf("%+v in %d", f, year)
				}
			}
			for _, c := range it.Path[0] + it.Path[1] {
				if c < '㐀' || c > '䶿' {
					t.Fatalf("%c could be asked for", c)
				}
			}
			if len(it.Duty.LeadUnits) > 0 {
				tasks++
			}
		}
	}
	if tasks == 0 || tasks > 100 {
		t.Errorf("%d of 1200 items are tasks", tasks)
	}
	if len(r.bySentence) != 2 {
		t.Errorf("%d sentences were read", len(r.bySentence))
	}
}
