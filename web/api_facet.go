package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
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
	encoded, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("encoding the answer: %w", err)
	}
	before, after, ok := bytes.Cut(encoded, []byte(facetsHere))
	if !ok {
		return fmt.Errorf("encoding the answer: no place for the facets")
	}
	size := len(encoded)
	for _, f := range facets {
		size += len(f.Values) * facetValueBytes
	}
	body := append(make([]byte, 0, size), before...)
	body = append(appendFacets(append(body, `"facets":`...), facets), after...)
	return sendJSON(w, r, http.StatusOK, append(body, '\n'))
}

// facetValueBytes is about what one value takes.
const facetValueBytes = 128

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
		for j := range f.Values {
			if j > 0 {
				dst = append(dst, ',')
			}
			dst = appendFacetValue(dst, &f.Values[j])
		}
		dst = append(dst, `]}`...)
	}
	return append(dst, ']')
}

func appendFacetValue(dst []byte, v *search.FacetValue) []byte {
	dst = appendText(append(dst, `{"value":`...), v.Value)
	dst = appendText(append(dst, `,"label":`...), v.Label)
	dst = append(dst, `,"parent":`...)
	if v.Parent == "" {
		dst = append(dst, `null`...)
	} else {
		dst = appendText(dst, v.Parent)
	}
	dst = strconv.AppendInt(append(dst, `,"count":`...), int64(v.Count), 10)
	dst = strconv.AppendBool(append(dst, `,"selected":`...), v.Selected)
	return append(dst, '}')
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
