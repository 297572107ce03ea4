package web

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gorilla/mux"
	"go.yaml.in/yaml/v3"
)

// TestOpenAPICoversTheRoutes holds the description against the router: every
// address of the API is described, and every described one exists.
func TestOpenAPICoversTheRoutes(t *testing.T) {
	var described struct {
		Paths map[string]map[string]any
	}
	if err := yaml.Unmarshal(openAPI, &described); err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for path := range described.Paths {
		want = append(want, path)
	}
	pattern := regexp.MustCompile(`\{(\w+):[^}]*\}`)
	router := (&server{}).routes().(*mux.Router)
	err := router.Walk(func(route *mux.Route, _ *mux.Router, _ []*mux.Route) error {
		path, err := route.GetPathTemplate()
		if err == nil && strings.HasPrefix(path, "/api/v1/") {
			got = append(got, pattern.ReplaceAllString(path, "{$1}"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("described: %v\nroutes: %v", want, got)
	}
}
