package web

import (
	"slices"

	"youju/report"
	"youju/search"
)

// cardView is a short answer above the hits.
type cardView struct {
	// Kind is one of the search.Card constants, Label its name.
	Kind, Label string
	Title       string
	// Text is quoted from Source.
	Text      string
	Source    message
	SourceURL string
	Note      string
	// Ways lead to all about a unit or place.
	Ways []way
}

var cardLabels = map[string]string{search.CardTerm: "用语", search.CardUnit: "单位", search.CardPlace: "地区"}

// cardReports is how many reports a place's card names.
const cardReports = 6

func newCards(cards []search.Card, docs []search.Summary) []cardView {
	var views []cardView
	for _, c := range cards {
		v := cardView{Kind: c.Kind, Label: cardLabels[c.Kind], Title: c.Title, Text: c.Text, Note: c.Note}
		if c.Item != nil {
			v.Source, v.SourceURL = cardSource(c.Item), itemURL(c.Item.Item.ID)
			if v.Text == "" {
				v.Text = c.Item.Item.Text
			}
		}
		if c.Facet != "" && c.Value != "" {
			label := tr("全部条目")
			if c.Kind == search.CardUnit {
				label = tr("牵头的条目")
			}
			v.Ways = append(v.Ways, way{label, searchURL(c.Facet, c.Value), c.Count})
		}
		if c.Kind == search.CardPlace {
			v.Ways = append(v.Ways, reportsOf(docs, c.Value)...)
		}
		views = append(views, v)
	}
	return views
}

// cardSource names the document a definition stands in, with its year.
func cardSource(h *search.Hit) message {
	name := quote(documentName(&h.Document))
	if h.Document.Year != 0 && documentName(&h.Document) == documentTitle(&h.Document) {
		name = tr("%s（%d年）", name, h.Document.Year)
	}
	if label := h.Item.Part.Label(); label != "" {
		name = tr("%s · %s", name, tr(label))
	}
	return name
}

// reportsOf lists the documents of one place itself, newest first.
func reportsOf(docs []search.Summary, place string) []way {
	var ways []way
	for i := range docs {
		d := &docs[i].Document
		if placeValue(d.Place) == place && slices.Contains([]report.Kind{report.KindReport, report.KindAssignment}, d.Kind) && len(ways) < cardReports {
			ways = append(ways, way{Label: quote(documentName(d)), URL: reportURL(d.ID)})
		}
	}
	return ways
}
