package indexer

import (
	"youju/indexer/figure"
	"youju/report"
)

// tagFigures fills an item's Figures from its text, the duty bracket apart.
func tagFigures(doc *report.Document, it *report.Item) {
	text := it.Text
	if at := dutyBracket(text); at >= 0 {
		text = text[:at]
	}
	it.Figures = figure.Find(doc, it, text)
}
