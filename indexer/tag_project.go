package indexer

import (
	"youju/indexer/bound"
	"youju/indexer/project"
	"youju/report"
)

// tagProjects fills an item's Mentions. Openings, closings and defined terms
// name projects only in passing, and the bracket of the units in charge none.
func tagProjects(work *bound.Work, doc *report.Document, it *report.Item) {
	it.Mentions = nil
	switch it.Part {
	case report.PartOpening, report.PartClosing, report.PartGlossary, report.PartPolicy:
		return
	}
	it.Mentions = project.Find(work, withoutDuty(it), doc.Place)
}
