package indexer

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"youju/indexer/pattern"
	"youju/report"
)

// tagTopics fills an item's Topics, the main one first. Openings
// and closings have no subject, though they name many in passing.
func tagTopics(doc *report.Document, it *report.Item) {
	p := report.Passage{Text: withoutDuty(it), Heading: it.Heading, Path: it.Path}
	if units := it.Duty.LeadUnits; len(units) > 0 {
		p.Unit = units[0]
	}
	it.Topics = nil
	switch {
	case it.Part == report.PartOpening, it.Part == report.PartClosing, isGuiding(it):
		return
	}
	it.Topics = report.Classify(p)
}

//go:embed data/guiding.txt
var guidingFile string

// guiding holds data/guiding.txt by scope.
var guiding = sync.OnceValue(func() map[string][]*pattern.Pattern {
	rules := map[string][]*pattern.Pattern{}
	for _, line := range strings.Split(guidingFile, "\n") {
		if scope, expr, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			rules[scope] = append(rules[scope], pattern.MustCompile(expr))
		}
	}
	return rules
})

// guidingLen is how much of a text tells that it is a guiding idea, in characters.
const guidingLen = 60

// isGuiding says that an item is a guiding idea: how all work is to be done.
func isGuiding(it *report.Item) bool {
	heading := it.Heading
	if heading == "" && len(it.Path) > 0 {
		heading = it.Path[len(it.Path)-1]
	}
	matches := func(scope, s string) bool {
		return slices.ContainsFunc(guiding()[scope], func(p *pattern.Pattern) bool { return p.MatchString(s) })
	}
	return matches("heading", squeeze(heading)) || matches("text", head(squeeze(it.Text), guidingLen))
}

// withoutDuty is the item's text without the bracket of the units in charge,
// whose names hold the words of many topics.
func withoutDuty(it *report.Item) string {
	if len(it.Duty.LeadUnits)+len(it.Duty.SupportUnits)+len(it.Duty.Leaders) == 0 {
		return it.Text
	}
	if i := dutyBracket(it.Text); i >= 0 {
		return it.Text[:i]
	}
	if i := dutyTail(trimOtherFields(it.Text)); i >= 0 {
		return it.Text[:i]
	}
	if i := strings.LastIndexAny(it.Text, "(（[〔"); i > 0 {
		return it.Text[:i]
	}
	return it.Text
}
