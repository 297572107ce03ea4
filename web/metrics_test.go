package web_test

import (
	"net/http"
	"strings"
	"testing"

	"youju/web"
)

// TestMetrics counts requests by route and status, and never by what was asked.
func TestMetrics(t *testing.T) {
	h := web.New(library(), web.Options{Logger: quiet()})
	for _, target := range []string{"/search?q=秘密", "/search?q=别的", "/nothing/at/all"} {
		ask(h, target, "", nil)
	}
	res := ask(h, "/metrics", "", nil)
	body := res.Body.String()
	for _, want := range []string{
		"\nyouju_documents ", "\nyouju_items ",
		`youju_request_seconds_count{route="/search",status="200"} 2`,
		`youju_request_seconds_bucket{route="/search",status="200",le="+Inf"} 2`,
		`status="404"} 1`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in\n%s", want, body)
		}
	}
	if res.Code != http.StatusOK || strings.Contains(body, "秘密") || strings.Contains(body, "nothing") {
		t.Errorf("status %d: %s", res.Code, body)
	}
}
