package fact

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"youju/report"
)

//go:embed data/collectives.txt
var collectivesData string

// collectives are the names that mean several units, see data/collectives.txt.
var collectives = sync.OnceValue(func() (c struct {
	level map[string]string
	words []string
}) {
	c.level = map[string]string{}
	for line := range strings.Lines(collectivesData) {
		level, name, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		switch {
		case !ok || strings.HasPrefix(line, "#"):
		case level == "-":
			c.words = append(c.words, name)
		default:
			c.level[name] = level
		}
	}
	return c
})

// governments are the endings of the names of places' governments and of
// zones' administrations, the longest first.
var governments = []string{"党委、政府", "党工委管委会", "党委政府", "人民政府", "管理委员会", "管委会", "政府"}

// governed is the place whose government a name means: 莘县人民政府 → 莘县.
func governed(name string) string {
	for _, ending := range governments {
		if place, ok := strings.CutSuffix(name, ending); ok {
			return place
		}
	}
	return ""
}

// levelOf tells of whom a group consists: county, city, city+county or zone;
// "" when the name is none of a group or does not tell.
func levelOf(name string) string { return collectives().level[governed(name)] }

// meansSeveral says that a name is not one of a single unit.
func meansSeveral(name string) bool {
	return levelOf(name) != "" || slices.ContainsFunc(collectives().words, func(w string) bool { return strings.Contains(name, w) })
}

// membersOf names the units of a place that a group of a level consists of;
// those of zones are known by [isZone] only.
func membersOf(level string, of report.Place) []string {
	var names []string
	for _, p := range report.Places().Below(of) {
		if strings.Contains(level, "county") && p.County != "" || strings.Contains(level, "city") && p.County == "" {
			names = append(names, p.Name()+"人民政府")
		}
		if p.County == "" && strings.Contains(level, "county") {
			for _, county := range report.Places().Below(p) {
				names = append(names, county.Name()+"人民政府")
			}
		}
	}
	return names
}

// isZone says that a name is one of the administration of a zone of the place.
func isZone(name string, of report.Place) bool {
	zone := governed(name)
	if zone == "" || !strings.HasSuffix(name, "管委会") && !strings.HasSuffix(name, "管理委员会") {
		return false
	}
	for _, m := range report.Places().Find("支持"+zone+"发展", of) {
		if report.Places().Parent(m.Name) == of.Name() {
			return true
		}
	}
	return false
}
