package indexer

import (
	"slices"
	"strings"

	"youju/report"
)

// tagPlaces fills an item's Places: the counties and zones its heading, text
// and duty units name, each once, in the order of the text, and the counties of
// towns that the document named before.
func tagPlaces(doc *report.Document, it *report.Item, known townsSeen) {
	var parts []string
	parts = append(parts, it.Heading, it.Text)
	parts = append(parts, it.Duty.LeadUnits...)
	parts = append(parts, it.Duty.SupportUnits...)
	it.Places = nil
	// The bar keeps the end of one part and the beginning of the next apart.
	text := strings.Join(parts, "|")
	found := report.Places().Find(text, doc.Place)
	for _, m := range found {
		if !slices.Contains(it.Places, m.Name) {
			it.Places = append(it.Places, m.Name)
		}
	}
	if doc.Place.County == "" {
		known.tag(it, text)
		known.learn(text, found)
	}
}
