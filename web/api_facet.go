package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"unicode/utf8"

	"youju/search"
)

// The facets are most of a search's answer: thousands of counties, of which
// each is one small object. They are written by hand, since encoding/json
// takes as long for them as finding and counting the hits.

// facetsHere stands in an encoded answer where the facets go. No text can hold
// it: quotation marks in a text are escaped.
const facetsHere = `"facets":null`

// writeSearch writes an answer with its facets.
func writeSearch(w http.ResponseWriter, r *http.Request, a apiSearchAnswer, facets []search.Facet) error {
	room := answerRooms.Get().(*answerRoom)
	defer answerRooms.Put(room)
	room.rest.Reset()
	if err := json.NewEncoder(&room.rest).Encode(a); err != nil {
		return fmt.Errorf("encoding the answer: %w", err)
	}
	before, after, ok := bytes.Cut(room.rest.Bytes(), []byte(facetsHere))
	if !ok {
		return fmt.Errorf("encoding the answer: no place for the facets")
	}
	body := append(append(room.body[:0], before...), `"facets":`...)
	room.body = append(appendFacets(body, facets), after...)
	return sendJSON(w, r, http.StatusOK, room.body)
}

// An answerRoom is where an answer is put together: a hundred kilobytes that
// would otherwise be as much work for the garbage collector as the search was.
type answerRoom struct {
	rest bytes.Buffer
	body []byte
}

var answerRooms = sync.Pool{New: func() any { return new(answerRoom) }}

// appendFacets appends the facets as the API tells them:
//
//	[{"name":…,"label":…,"values":[{"value":…,"label":…,"parent":…,"count":…,"selected":…},…]},…]
//
// parent is null where there is none.
func appendFacets(dst []byte, facets []search.Facet) []byte {
	dst = append(dst, '[')
	for i, f := range facets {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendText(append(dst, `{"name":`...), f.Name)
		dst = appendText(append(dst, `,"label":`...), search.FacetLabels[f.Name])
		dst = append(dst, `,"values":[`...)
		forms := formsOf(&f)
		for j := range f.Values {
			if j > 0 {
				dst = append(dst, ',')
			}
			dst = appendFacetValue(dst, f.Name, forms, &f.Values[j])
		}
		dst = append(dst, `]}`...)
	}
	return append(dst, ']')
}

// appendFacetValue appends a value, as it was written before where that is known.
func appendFacetValue(dst []byte, facet string, forms *search.WrittenForms, v *search.FacetValue) []byte {
	if v.Form == 0 || forms == nil {
		dst = appendForm(dst, facet, v)
	} else {
		start := uint32(0)
		if v.Form > 1 {
			start = forms.Ends[v.Form-2]
		}
		dst = append(dst, forms.Text[start:forms.Ends[v.Form-1]]...)
	}
	dst = strconv.AppendInt(dst, int64(v.Count), 10)
	if v.Selected {
		return append(dst, `,"selected":true}`...)
	}
	return append(dst, `,"selected":false}`...)
}

// formsOf gives how the values of a facet are written, and keeps it with them.
func formsOf(f *search.Facet) *search.WrittenForms {
	if f.Forms == nil {
		return nil
	}
	forms := f.Forms.Written.Load()
	if forms == nil {
		forms = &search.WrittenForms{Ends: make([]uint32, f.Forms.Values)}
		for i := range forms.Ends {
			v := f.Forms.Value(i)
			forms.Text = appendForm(forms.Text, f.Name, &v)
			forms.Ends[i] = uint32(len(forms.Text))
		}
		forms.Text = bytes.Clone(forms.Text)
		f.Forms.Written.Store(forms)
	}
	return forms
}

// appendForm appends what is the same of a value in all answers, up to its count.
func appendForm(dst []byte, facet string, v *search.FacetValue) []byte {
	dst = appendText(append(dst, `{"value":`...), v.Value)
	dst = appendText(append(dst, `,"label":`...), search.FacetValueLabel(facet, v.Value))
	dst = append(dst, `,"parent":`...)
	if v.Parent == "" {
		dst = append(dst, `null`...)
	} else {
		dst = appendText(dst, v.Parent)
	}
	return append(dst, `,"count":`...)
}

// appendText appends a text as encoding/json writes it.
func appendText(dst []byte, text string) []byte {
	if !plainText(text) {
		encoded, _ := json.Marshal(text) // a string never fails
		return append(dst, encoded...)
	}
	dst = append(dst, '"')
	dst = append(dst, text...)
	return append(dst, '"')
}

// plainText tells a text that needs no escape. Texts with a byte of the line
// separators that encoding/json escapes are left to it.
func plainText(text string) bool {
	for i := range len(text) {
		if escaped[text[i]] {
			return false
		}
	}
	return utf8.ValidString(text)
}

// escaped are the bytes that may have to be written otherwise.
var escaped = func() (table [256]bool) {
	for c := range ' ' {
		table[c] = true
	}
	for _, c := range []byte("\"\\<>&\xE2") {
		table[c] = true
	}
	return table
}()
