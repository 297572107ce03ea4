package indexer

import "youju/report"

// tagTopics fills an item's Topics, the main one first.
func tagTopics(doc *report.Document, it *report.Item) {
	it.Topics = report.Classify(it.Text, it.Heading, it.Path)
}
