package web

import (
	_ "embed"
	"net/http"
)

// openAPI describes every answer of the API (OpenAPI 3.1). Tests hold it
// against the routes and against real answers.
//
//go:embed data/openapi.yaml
var openAPI []byte

func (s *server) serveOpenAPI(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	send(w, r, http.StatusOK, "application/yaml; charset=utf-8", openAPI)
	return nil
}
