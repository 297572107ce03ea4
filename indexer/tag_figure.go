package indexer

import (
	"youju/indexer/bound"
	"youju/indexer/figure"
	"youju/report"
)

// tagFigures fills an item's Figures from its text, the duty bracket apart.
func tagFigures(work *bound.Work, doc *report.Document, it *report.Item) {
	text := it.Text
	if at := dutyBracket(text); at >= 0 {
		text = text[:at]
	}
	it.Figures = figure.Find(work, doc, it, text)
}
