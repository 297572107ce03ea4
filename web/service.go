package web

import "net/http"

// serveHealth says that the process answers.
func (s *server) serveHealth(w http.ResponseWriter, r *http.Request) error {
	return writeText(w, r, http.StatusOK, "ok\n")
}

// serveReady says whether there is a collection to answer from.
func (s *server) serveReady(w http.ResponseWriter, r *http.Request) error {
	if s.searcher.Info().Generation == "" {
		return writeText(w, r, http.StatusServiceUnavailable, "no index\n")
	}
	return writeText(w, r, http.StatusOK, "ready\n")
}

func writeText(w http.ResponseWriter, r *http.Request, status int, text string) error {
	send(w, r, status, "text/plain; charset=utf-8", []byte(text))
	return nil
}
