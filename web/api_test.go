package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
)

// described reads the description of the API, which must be a valid one.
func described(t *testing.T) (validator.Validator, *v3.Document) {
	t.Helper()
	content, err := os.ReadFile("data/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := libopenapi.NewDocument(content)
	if err != nil {
		t.Fatal(err)
	}
	model, err := doc.BuildV3Model()
	if err != nil {
		t.Fatal(err)
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if ok, problems := v.ValidateDocument(); !ok {
		for _, p := range problems {
			t.Error(p)
		}
	}
	return v, &model.Model
}

// TestAnswersAreAsDescribed asks for every kind of answer, of the sample
// collection and of a small one that has what the sample may lack, and holds
// it against the description, which allows no field it does not name.
func TestAnswersAreAsDescribed(t *testing.T) {
	v, model := described(t)
	sample, small := sampleSite(t), site(subjects())
	asked := map[string]bool{}
	for _, tt := range []struct {
		h            http.Handler
		path, target string
		status       int
	}{
		{sample, "/api/v1/search", "/api/v1/search?q=" + url.QueryEscape("今年改造多少老旧小区") + "&size=30&explain=1", 200},
		{sample, "/api/v1/search", "/api/v1/search?q=" + url.QueryEscape("吨半粮 机场 zzzz -路 年份:2021") + "&county=" + url.QueryEscape("聊城市"), 200},
		{sample, "/api/v1/search", "/api/v1/search?q=" + url.QueryEscape("市水利局"), 200},
		{sample, "/api/v1/search", "/api/v1/search?page=9999&size=0&sort=oldest", 200},
		{small, "/api/v1/search", "/api/v1/search", 200},
		{sample, "/api/v1/suggest", "/api/v1/suggest?q=lao", 200},
		{sample, "/api/v1/suggest", "/api/v1/suggest", 200},
		{sample, "/api/v1/items/{id}", "/api/v1/items/371500-2021-assignment/task-43", 200},
		{small, "/api/v1/items/{id}", "/api/v1/items/371500-2021-x/1", 200},
		{sample, "/api/v1/items/{id}", "/api/v1/items/nothing", 404},
		{sample, "/api/v1/documents", "/api/v1/documents?year=2021", 200},
		{sample, "/api/v1/documents/{id}", "/api/v1/documents/371500-2021-assignment", 200},
		{small, "/api/v1/documents/{id}", "/api/v1/documents/371500-2021-x", 200},
		{sample, "/api/v1/documents/{id}", "/api/v1/documents/nothing", 404},
		{sample, "/api/v1/track", "/api/v1/track", 200},
		{sample, "/api/v1/track", "/api/v1/track?indicator=" + url.QueryEscape("城镇新增就业"), 200},
		{sample, "/api/v1/track", "/api/v1/track?indicator=zzzz", 404},
		{sample, "/api/v1/lists", "/api/v1/lists", 200},
		{sample, "/api/v1/lists", "/api/v1/lists?place=" + url.QueryEscape("聊城市"), 200},
		{sample, "/api/v1/units", "/api/v1/units?size=1000", 200},
		{sample, "/api/v1/units/{name}", "/api/v1/units/" + url.PathEscape("市水利局"), 200},
		{sample, "/api/v1/units/{name}", "/api/v1/units/" + url.PathEscape("莘县人民政府"), 200},
		{sample, "/api/v1/units/{name}", "/api/v1/units/" + url.PathEscape("市水力局"), 404},
		{sample, "/api/v1/projects", "/api/v1/projects?size=1000", 200},
		{small, "/api/v1/projects", "/api/v1/projects?amount=1", 200},
		{small, "/api/v1/projects/{name}", "/api/v1/projects/" + url.PathEscape("黄河大桥"), 200},
		{small, "/api/v1/projects/{name}", "/api/v1/projects/" + url.PathEscape("济郑铁路"), 404},
		{sample, "/api/v1/glossary", "/api/v1/glossary", 200},
		{sample, "/api/v1/trend", "/api/v1/trend?q=" + url.QueryEscape("机场"), 200},
	} {
		item, ok := model.Paths.PathItems.Get(tt.path)
		if !ok {
			t.Errorf("%s is not described", tt.path)
			continue
		}
		asked[tt.path] = true
		res, body := get(t, tt.h, "GET", tt.target)
		if res.StatusCode != tt.status {
			t.Errorf("%s: status %d, want %d", tt.target, res.StatusCode, tt.status)
		}
		r := httptest.NewRequest("GET", tt.target, nil)
		res.Body = io.NopCloser(strings.NewReader(body))
		if ok, problems := v.GetResponseBodyValidator().ValidateResponseBodyWithPathItem(r, res, item, tt.path); !ok {
			for _, p := range problems {
				t.Errorf("%s: %s", tt.target, p.Message)
				for i, why := range p.SchemaValidationErrors {
					if i < 8 {
						t.Errorf("  %s at %s", why.Reason, why.FieldPath)
					}
				}
			}
		}
	}
	for pair := model.Paths.PathItems.First(); pair != nil; pair = pair.Next() {
		if !asked[pair.Key()] {
			t.Errorf("nobody asks %s", pair.Key())
		}
	}
}

// TestOpenAPIIsServed reads the description as a program would.
func TestOpenAPIIsServed(t *testing.T) {
	res, body := get(t, site(library()), "GET", "/api/openapi.yaml")
	if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "application/yaml") || !strings.HasPrefix(body, "openapi: 3.1") {
		t.Errorf("%d %s: %.60s", res.StatusCode, res.Header.Get("Content-Type"), body)
	}
}
