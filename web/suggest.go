package web

import (
	"fmt"
	"net/http"

	"youju/search"
)

// maxSuggestions is what fits on a phone above the keyboard, and then some for
// programs; maxSuggestRunes is longer than any entry.
const (
	defaultSuggestions = 8
	maxSuggestions     = 20
	maxSuggestRunes    = 60
)

// suggestionKinds are the kinds that the script names.
var suggestionKinds = []string{
	search.EntryPlace, search.EntryUnit, search.EntryTerm, search.EntryTopic, search.EntryIndicator, search.EntryProject, search.EntryPhrase, search.EntryHeading,
}

type apiSuggestions struct {
	Suggestions []apiSuggestion `json:"suggestions"`
}

type apiSuggestion struct {
	Text  string `json:"text"`
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}

func (s *server) apiSuggest(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	text := cleanText(v.Get("q"), maxSuggestRunes)
	n := min(positive(v.Get("n"), defaultSuggestions), maxSuggestions)
	a := apiSuggestions{Suggestions: []apiSuggestion{}}
	if text != "" {
		found, err := s.searcher.Suggest(r.Context(), text, n)
		if err != nil {
			return fmt.Errorf("suggesting: %w", err)
		}
		for _, f := range found[:min(len(found), n)] {
			a.Suggestions = append(a.Suggestions, apiSuggestion{f.Text, f.Kind, f.Count})
		}
	}
	return writeJSON(w, r, http.StatusOK, a)
}
