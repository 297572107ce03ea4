package web

import (
	"testing"

	"github.com/jba/templatecheck"
)

// TestTemplatesMatchTheirPages type-checks every template against the struct
// it is given: a misspelt field fails here and not before a reader.
func TestTemplatesMatchTheirPages(t *testing.T) {
	structs := map[string]any{
		"home": homePage{}, "search": searchPage{}, "report": reportPage{}, "item": itemPage{},
		"reports": reportsPage{}, "track": trackPage{}, "indicators": indicatorsPage{}, "lists": listsPage{}, "trend": trendPage{}, "source": sourcePage{}, "units": unitsPage{}, "unit": unitPage{}, "projects": projectsPage{}, "project": projectPage{}, "glossary": glossaryPage{}, "help": helpPage{}, "basket": basketPage{}, "styleguide": stylePage{}, "error": errorPage{},
	}
	p := loadPages(loadAssets())
	for _, name := range pageNames {
		data, ok := structs[name]
		if !ok {
			t.Errorf("no page struct for template %q", name)
			continue
		}
		if err := templatecheck.CheckHTML(p[""][name].Lookup("layout.tmpl"), data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
