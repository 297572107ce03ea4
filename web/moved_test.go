package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestMoved asks for a document and its items under an ID that it bore before.
func TestMoved(t *testing.T) {
	m := library()
	now := m.docs[0].ID
	local := m.docs[0].Items[0].Local()
	m.moved = map[string]string{"000000-2021-other-abc": now}
	h := site(m)
	for target, want := range map[string]string{
		"/report/000000-2021-other-abc":                 "/report/" + now,
		"/report/000000-2021-other-abc?q=x":             "/report/" + now + "?q=x",
		"/report/000000-2021-other-abc/source":          "/report/" + now + "/source",
		"/report/000000-2021-other-abc/" + local:        "/report/" + now + "/" + local,
		"/report/000000-2021-other-abc/nowhere-1":       "/report/" + now,
		"/api/v1/documents/000000-2021-other-abc":       "/api/v1/documents/" + now,
		"/api/v1/items/000000-2021-other-abc/" + local:  "/api/v1/items/" + now + "/" + local,
		"/report/unknown":                               "",
		"/api/v1/items/000000-2021-other-abc/nowhere-1": "",
	} {
		r, _ := get(t, h, "GET", target)
		if want == "" {
			if r.StatusCode != http.StatusNotFound {
				t.Errorf("%s: %d, want 404", target, r.StatusCode)
			}
			continue
		}
		if r.StatusCode != http.StatusMovedPermanently || r.Header.Get("Location") != want {
			t.Errorf("%s: %d to %q, want 301 to %q", target, r.StatusCode, r.Header.Get("Location"), want)
		}
	}
	if _, body := get(t, h, "GET", "/basket?item=000000-2021-other-abc/"+local); !strings.Contains(body, now+"/"+local) {
		t.Errorf("the basket has lost an item whose document bears another ID now")
	}
}
