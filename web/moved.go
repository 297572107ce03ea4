package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/mux"

	"youju/search"
)

// currentID is today's ID of what bore this one before: of a document, or of
// an item with its document's in front.
func (s *server) currentID(id string) string {
	doc, item, ofItem := strings.Cut(id, "/")
	now, ok := s.searcher.Info().Moved[doc]
	switch {
	case !ok:
		return ""
	case ofItem:
		return now + "/" + item
	}
	return now
}

// movedTo is where a request is answered whose document bears another ID since
// it is read better, "" where it does not. A page of an item that is numbered
// otherwise now leads to the whole document.
func (s *server) movedTo(r *http.Request, err error) string {
	vars := mux.Vars(r)
	old := vars["id"]
	if old == "" || !errors.Is(err, search.ErrNotFound) {
		return ""
	}
	now := s.currentID(old)
	if now == "" {
		return ""
	}
	to := url.URL{Path: strings.Replace(r.URL.Path, old, now, 1), RawQuery: r.URL.RawQuery}
	item := now
	if vars["item"] != "" {
		item = now + "/" + vars["item"]
	}
	if strings.Contains(item, "/") {
		if _, err := s.searcher.Item(r.Context(), item); err != nil {
			if vars["item"] == "" {
				return ""
			}
			to.Path = reportURL(now)
		}
	}
	return to.String()
}
