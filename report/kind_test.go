package report

import (
	"regexp"
	"slices"
	"testing"
)

// TestKinds holds every line of data/kinds.txt against the rules in its header.
func TestKinds(t *testing.T) {
	slugs, shorts := map[string]bool{}, map[string]bool{}
	slug := regexp.MustCompile(`^[a-z]+$`)
	for _, g := range Genres() {
		if !slug.MatchString(g.Slug) || slugs[g.Slug] || g.Short == "" || shorts[g.Short] {
			t.Errorf("%s: word %q and short name %q must be there and its own", g.Kind, g.Slug, g.Short)
		}
		slugs[g.Slug], shorts[g.Short] = true, true
		if !slices.Contains([]string{"R/OL", "Z/OL", "EB/OL"}, g.Citation) {
			t.Errorf("%s: code %q", g.Kind, g.Citation)
		}
		if g.Part != "" && !slices.Contains(Parts, g.Part) || g.Claim != "" && !slices.Contains(Claims, g.Claim) {
			t.Errorf("%s: part %q, claim %q", g.Kind, g.Part, g.Claim)
		}
		if !slices.Contains([]YearRule{YearOfDelivery, YearInTitle, YearOfIssue, YearOfAdoption}, g.Year) {
			t.Errorf("%s: year by %q", g.Kind, g.Year)
		}
		for _, re := range []string{g.Title, g.Opening} {
			if _, err := regexp.Compile(re); err != nil {
				t.Errorf("%s: %v", g.Kind, err)
			}
		}
	}
	if last := Kinds[len(Kinds)-1]; last != KindOther || KindInfo("没有这种").Kind != KindOther {
		t.Errorf("the last kind is %s; an unknown one must be read as 其他", last)
	}
	for _, k := range []Kind{KindReport, KindAssignment, KindNews, KindPlan, KindBudget, KindBulletin, KindNotice, KindRules} {
		if KindInfo(k).Kind != k {
			t.Errorf("%s has no line", k)
		}
	}
	if g := KindInfo(KindOther); g.Part != "" || g.Claim != "" {
		t.Errorf("其他 claims something: %+v", g)
	}
}
