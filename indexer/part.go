package indexer

import (
	_ "embed"
	"strings"
	"sync"

	"youju/indexer/pattern"
	"youju/report"
)

//go:embed data/parts.txt
var partsFile string

// partRule says that a heading or paragraph that matches belongs to a part.
type partRule struct {
	part report.Part
	re   *pattern.Pattern
}

// partRules holds data/parts.txt by scope.
var partRules = sync.OnceValue(func() map[string][]partRule {
	rules := map[string][]partRule{}
	for _, line := range strings.Split(partsFile, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.SplitN(line, "\t", 3)
		rules[f[0]] = append(rules[f[0]], partRule{report.Part(f[1]), pattern.MustCompile(f[2])})
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

// itemPart gives an item's part: the section's, unless the paragraph itself
// says better. whole is the paragraph with its run-in heading, s without.
func itemPart(y years, section report.Part, whole, s string) report.Part {
	switch section {
	case report.PartReview, report.PartPlan, report.PartTarget, report.PartGovernance, report.PartOpening, report.PartProblems, "":
	default:
		return section
	}
	p := partOf("para", head(s, 100))
	switch {
	case section == report.PartReview && confesses(s):
		p = report.PartProblems
	case section == report.PartPlan && p == "" && statesTargets(s):
		p = report.PartTarget
	case section == report.PartPlan && ownConduct.MatchString(head(s, 40)) && conductWords(s) >= 3:
		p = report.PartGovernance
	}
	switch {
	case p == report.PartProblems && (section == report.PartReview || section == ""),
		p == report.PartTarget && (section == report.PartPlan || section == report.PartTarget || section == ""),
		p == report.PartGovernance && section == report.PartPlan,
		p == report.PartClosing && section != report.PartOpening:
		return p
	case section == report.PartReview && p == report.PartTarget && aims(s):
		return p
	case section == report.PartReview && promises(y, whole):
		return report.PartPlan
	}
	return section
}

// aims says that a sentence on targets in a review sets them: of this year, not
// of the one that has passed.
func aims(s string) bool {
	begin := head(s, 60)
	return thisYear.MatchString(begin) || future.MatchString(begin)
}

// promises says that a paragraph begins with what will be done in a year to come.
func promises(y years, s string) bool {
	m := promise.FindStringIndex(head(s, 60))
	return m != nil && m[0] == 0 && promisedYear(y, head(s, 60)) != 0
}

// promisedYear is the year of a promise in s, -1 where it promises for no year
// that is named, 0 where there is none: a past year's promise is an account.
func promisedYear(y years, s string) int {
	m := promise.FindStringSubmatch(halfDigits(s))
	switch {
	case m == nil:
		return 0
	case m[1] == "":
		return -1
	case y.review > 0 && digits(m[1]) <= y.review:
		return 0
	}
	return digits(m[1])
}

var (
	// conduct are the words in which a government speaks of itself; ownConduct
	// begins a paragraph that may do so without a heading.
	conduct    = pattern.MustCompile(`自身建设|依法行政|法治政府|法治思维|廉洁|廉政|清廉|反腐|不敢腐|八项规定|紧日子|从严治党|形式主义|作风|“两个确立”|“两个维护”|民主监督|社会监督|舆论监督|审计监督|履职尽责|政府系统|服务型政府|人民满意|政绩观`)
	ownConduct = pattern.MustCompile(`^各位代表|政府工作|政府自身|自身建设`)
	// resolve ends a paragraph on problems, shortage says what it is about.
	resolve  = pattern.MustCompile(`(?:我们|对此|必须|一定|切实|认真|努力|着力|高度重视).{0,50}(?:解决|改进|克服|化解|应对|补齐|弥补)[^。]{0,6}[。.！!]?$`)
	shortage = pattern.MustCompile(`问题|困难|挑战|不足|短板|差距|不够|不强|不高|偏低|偏小`)
	got      = pattern.MustCompile(`(?:得到|有效|已|基本|逐步)(?:了|有效|切实|基本)*(?:解决|改进|克服|化解)[^。]{0,6}[。.！!]?$`)
	// promise begins a sentence on a time to come, future is in one.
	promise = pattern.MustCompile(`(?:^|。)(?:同时，)?(?:([12][0-9]{3}) ?年|明年|下一?步|下一?阶段|今后|接下来|新的一年)(?:里|起|中)?，?[^。，]{0,14}?(?:将|拟|计划|力争|争取|要)`)
	future  = pattern.MustCompile(`今年|明年|新的一年|今后|未来|下一?步`)
	targets = pattern.MustCompile(`(?:预期|奋斗|发展)目标(?:是|为|[:：])`)
)

// conductWords counts the different words of a government's own conduct in s.
func conductWords(s string) int {
	seen := map[string]bool{}
	for _, w := range conduct.FindAllString(s, -1) {
		seen[w] = true
	}
	return len(seen)
}

// confesses says that a paragraph of a review names what falls short and ends
// with the will to mend it.
func confesses(s string) bool {
	end := tail(s, 60)
	return resolve.MatchString(end) && !got.MatchString(end) && len(shortage.FindAllString(s, 3)) >= 2
}

// statesTargets says that the targets fill a good part of a paragraph that
// begins with something else.
func statesTargets(s string) bool {
	at := targets.FindStringIndex(s)
	return at != nil && at[0]*10 <= len(s)*6
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
