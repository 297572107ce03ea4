package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"youju/report"
	"youju/search"
)

// facetJSON and valueJSON are the contract as encoding/json reads and writes it.
type facetJSON struct {
	Name   string      `json:"name"`
	Label  string      `json:"label"`
	Values []valueJSON `json:"values"`
}

type valueJSON struct {
	Value    string  `json:"value"`
	Label    string  `json:"label"`
	Parent   *string `json:"parent"`
	Count    int     `json:"count"`
	Selected bool    `json:"selected"`
}

func encodeFacets(t testing.TB, facets []search.Facet) []byte {
	t.Helper()
	plain := []facetJSON{}
	for _, f := range facets {
		one := facetJSON{f.Name, search.FacetLabels[f.Name], []valueJSON{}}
		for _, v := range f.Values {
			one.Values = append(one.Values, valueJSON{v.Value, search.FacetValueLabel(f.Name, v.Value), optional(v.Parent), v.Count, v.Selected})
		}
		plain = append(plain, one)
	}
	data, err := json.Marshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAppendFacets(t *testing.T) {
	for name, facets := range map[string][]search.Facet{
		"none":      nil,
		"no values": {{Name: search.FacetYear}},
		"places": {{Name: search.FacetCounty, Values: []search.FacetValue{
			{Value: "聊城市", Count: 3, Selected: true}, {Value: "东阿县", Parent: "聊城市", Count: 2}}},
			{Name: search.FacetUnit, Values: []search.FacetValue{{Value: search.None, Count: 1}}}},
	} {
		if got, want := appendFacets(nil, facets), encodeFacets(t, facets); !bytes.Equal(got, want) {
			t.Errorf("%s: %s\nwant %s", name, got, want)
		}
	}
}

// FuzzAppendFacets holds the writing by hand against encoding/json.
func FuzzAppendFacets(f *testing.F) {
	for _, s := range []string{"东阿县", `"facets":null`, "a<b>&\\\"", "\x00\x1f\u2028\u2029…", "\xff\xe2\x80", "", "“引号”"} {
		f.Add(s, s, 7)
	}
	f.Fuzz(func(t *testing.T, value, parent string, count int) {
		facets := []search.Facet{{Name: search.FacetUnit, Values: []search.FacetValue{
			{Value: value, Parent: parent, Count: count, Form: 2}, {Value: parent, Count: -count, Selected: true, Form: 1}, {Value: value, Count: 1}}}}
		facets[0].Forms = &search.FacetForms{Values: 2, Value: func(i int) search.FacetValue {
			return []search.FacetValue{{Value: parent}, {Value: value, Parent: parent}}[i]
		}}
		for range 2 { // the second time by what was kept
			if got, want := appendFacets(nil, facets), encodeFacets(t, facets); !bytes.Equal(got, want) {
				t.Errorf("%s\nwant %s", got, want)
			}
		}
	})
}

// TestWriteSearch puts the facets where they belong, whatever the texts hold.
func TestWriteSearch(t *testing.T) {
	facets := []search.Facet{{Name: search.FacetKind, Values: []search.FacetValue{{Value: facetsHere, Count: 1}}}}
	res := &search.Result{Total: 1, Facets: facets}
	res.Reading.Words = []string{facetsHere}
	res.Hits = []search.Hit{{Snippet: facetsHere}}
	w := httptest.NewRecorder()
	a := newAPISearch(search.Query{Text: facetsHere}, res, 0)
	if err := writeSearch(w, httptest.NewRequest(http.MethodGet, "/api/v1/search", nil), a, facets); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Query  struct{ Text string }
		Hits   []struct{ Snippet string }
		Facets json.RawMessage
		Filter []apiFilter `json:"supported_filters"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Query.Text != facetsHere || got.Hits[0].Snippet != facetsHere || len(got.Filter) != len(search.FacetNames) {
		t.Errorf("the rest of the answer changed: %s", w.Body)
	}
	if diff := cmp.Diff(string(encodeFacets(t, facets)), string(got.Facets)); diff != "" {
		t.Error(diff)
	}
}

// BenchmarkFacets writes as many values as a country has counties.
func BenchmarkFacets(b *testing.B) {
	values := make([]search.FacetValue, 3000)
	for i := range values {
		values[i] = search.FacetValue{Value: "聊城市东阿县", Parent: "聊城市", Count: i, Form: uint32(i + 1)}
	}
	forms := &search.FacetForms{Values: len(values), Value: func(i int) search.FacetValue { return values[i] }}
	facets := []search.Facet{{Name: search.FacetCounty, Values: values, Forms: forms}}
	b.Run("by hand", func(b *testing.B) {
		var dst []byte
		for b.Loop() {
			dst = appendFacets(dst[:0], facets)
		}
	})
	b.Run("encoding", func(b *testing.B) {
		for b.Loop() {
			encodeFacets(b, facets)
		}
	})
}

// TestAPIPlace holds the places of hits against those of documents.
func TestAPIPlace(t *testing.T) {
	for _, p := range []report.Place{{}, {Province: "山东省", Code: "370000"}, {Province: "山东省", City: "聊城市", County: "东阿县", Code: "371524"}} {
		got, err := json.Marshal(newAPIPlace(p))
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
