package indexer

import (
	"strings"

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
	switch it.Part {
	case report.PartOpening, report.PartClosing:
		return
	}
	it.Topics = report.Classify(p)
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
