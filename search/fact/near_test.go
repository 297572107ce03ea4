package fact_test

import (
	"slices"
	"testing"

	"youju/search/fact"
)

func TestNear(t *testing.T) {
	names := []string{"市商务投资促进局", "市水利局", "市财政局", "莘县人民政府", "冠县人民政府", "郑济高铁", "雄商高铁", "市水利局"}
	for _, tt := range []struct {
		text  string
		first string
		most  int
	}{
		{"市商务投局", "市商务投资促进局", 2},
		{"商务投资促进局", "市商务投资促进局", 1},
		{"市水力局", "市水利局", 1},
		{"郑济铁路", "郑济高铁", 1},
		{"辛县人民政府", "冠县人民政府", 2},
		{"高铁", "郑济高铁", 2},
		{"外星人", "", 0},
		{"", "", 0},
	} {
		got := fact.Near(tt.text, names, 5)
		if len(got) > tt.most || tt.first != "" && !slices.Contains(got, tt.first) {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.first)
		}
	}
	if got := fact.Near("市水利局", names, 1); len(got) != 1 || got[0] != "市水利局" {
		t.Errorf("cut to one: %q", got)
	}
}
