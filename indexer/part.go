package indexer

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"

	"youju/report"
)

//go:embed data/parts.txt
var partsFile string

// partRule says that a heading or paragraph that matches belongs to a part.
type partRule struct {
	part report.Part
	re   *regexp.Regexp
}

// partRules holds data/parts.txt by scope.
var partRules = sync.OnceValue(func() map[string][]partRule {
	rules := map[string][]partRule{}
	for _, line := range strings.Split(partsFile, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.SplitN(line, "\t", 3)
		rules[f[0]] = append(rules[f[0]], partRule{report.Part(f[1]), regexp.MustCompile(f[2])})
	}
	return rules
})

// partOf gives the part that the rules of a scope read from s, or "".
func partOf(scope, s string) report.Part {
	for _, r := range partRules()[scope] {
		if r.re.MatchString(s) {
			return r.part
		}
	}
	return ""
}

// itemPart gives an item's part: the section's, unless the paragraph itself says better.
func itemPart(section report.Part, s string) report.Part {
	switch section {
	case report.PartReview, report.PartPlan, report.PartTarget, report.PartGovernance, report.PartOpening, report.PartProblems:
	default:
		return section
	}
	switch p := partOf("para", head(s, 100)); p {
	case report.PartProblems:
		if section == report.PartReview {
			return p
		}
	case report.PartTarget:
		if section == report.PartPlan || section == report.PartTarget {
			return p
		}
	case report.PartGovernance:
		if section == report.PartPlan {
			return p
		}
	case report.PartClosing:
		if section != report.PartOpening {
			return p
		}
	}
	return section
}

// claimOf tells facts from plans by part.
func claimOf(p report.Part) report.Claim {
	switch p {
	case report.PartReview:
		return report.ClaimDone
	case report.PartTarget, report.PartPlan, report.PartGovernance, report.PartLivelihood, report.PartPolicy, report.PartAssignment:
		return report.ClaimPromised
	}
	return ""
}

var (
	fiveYears = regexp.MustCompile(`[“"]?十([一二三四五六七])五[”"]?`)
	namedYear = regexp.MustCompile(`(20[0-9]{2}) ?年`)
	thisYear  = regexp.MustCompile(`今年以来|今年`)
)

// aboutYear gives the year an item of a part speaks about. A section on a
// five-year plan speaks about the plan's last year.
func aboutYear(d *report.Document, p report.Part, headings []string) int {
	if claimOf(p) == "" && p != report.PartProblems {
		return 0
	}
	if len(headings) > 0 {
		top := headings[0]
		if m := namedYear.FindStringSubmatch(top); m != nil {
			return digits(m[1])
		}
		if thisYear.MatchString(top) {
			return d.Year
		}
		if m := fiveYears.FindStringSubmatch(top); m != nil && d.Kind == report.KindReport {
			return 2010 + 5*(hanNumber(m[1])-1)
		}
	}
	if p == report.PartReview || p == report.PartProblems {
		return d.ReviewYear
	}
	return d.PlanYear
}
