package indexer

import (
	"slices"
	"strings"

	"youju/report"
)

// tagPlaces fills an item's Places: the counties and zones its heading, text
// and duty units name, each once, in the order of the text.
func tagPlaces(doc *report.Document, it *report.Item) {
	var parts []string
	parts = append(parts, it.Heading, it.Text)
	parts = append(parts, it.Duty.LeadUnits...)
	parts = append(parts, it.Duty.SupportUnits...)
	it.Places = nil
	// The bar keeps the end of one part and the beginning of the next apart.
	for _, m := range report.Places().Find(strings.Join(parts, "|"), doc.Place) {
		if !slices.Contains(it.Places, m.Name) {
			it.Places = append(it.Places, m.Name)
		}
	}
}
