package engine

import (
	"strings"

	"youju/bench/passage"
	"youju/indexer/figure"
	"youju/indexer/project"
	"youju/report"
)

// factReader gives passages what the product's own indexer reads in their
// sentences: figures and mentions. Sentences come again and again, and are read
// once; what tells a passage's county and year from another's is set in.
type factReader struct{ bySentence map[string]sentenceFacts }

type sentenceFacts struct {
	figures  []report.Figure
	mentions []report.Mention
}

func newFactReader() *factReader { return &factReader{map[string]sentenceFacts{}} }

// readYear is the year of the document that sentences are read in.
const readYear = 2020

// What items of real documents have beside figures and mentions (counted in 119
// of them, 6,746 items): 3 of 100 name who answers for them, four units on
// average, and they stand under headings of 27 characters.
const (
	tasksInHundred = 3
	headingRunes   = 13
	// departments is how many units a county has.
	departments = 40
)

// add fills an item's figures, mentions, duty and path.
func (r *factReader) add(doc *report.Document, it *report.Item, p *passage.Passage) {
	for at := 0; at < len(it.Text); {
		end := len(it.Text)
		if i := strings.Index(it.Text[at:], "。"); i >= 0 {
			end = at + i + len("。")
		}
		r.addSentence(doc, it, at, end)
		at = end
	}
	it.Path = []string{rare(p.Number/12, headingRunes), rare(100+p.Number/4, headingRunes)}
	n := len(it.Text) + 7*p.Number
	if n%100 < tasksInHundred {
		it.Duty.LeadUnits = []string{unit(n)}
		it.Duty.SupportUnits = []string{unit(n + 1), unit(n + 5), unit(n + 11)}
	}
}

func (r *factReader) addSentence(doc *report.Document, it *report.Item, at, end int) {
	facts := r.read(it.Text[at:end], doc.Place)
	for _, f := range facts.figures {
		f.At.Start, f.At.End = f.At.Start+at, f.At.End+at
		if f.AboutYear != 0 {
			f.AboutYear += doc.Year - readYear
		}
		it.Figures = append(it.Figures, f)
	}
	for _, m := range facts.mentions {
		m.At.Start, m.At.End = m.At.Start+at, m.At.End+at
		it.Mentions = append(it.Mentions, m)
	}
}

// read finds the facts of a sentence, which begins with the name of a county
// where it is local.
func (r *factReader) read(sentence string, place report.Place) sentenceFacts {
	if facts, ok := r.bySentence[sentence]; ok {
		return facts
	}
	doc := &report.Document{ID: "read", Kind: report.KindReport, Place: place, Year: readYear, ReviewYear: readYear - 1, PlanYear: readYear}
	it := &report.Item{ID: "read/1", Text: sentence, Part: report.PartPlan, Claim: report.ClaimPromised, AboutYear: readYear}
	facts := sentenceFacts{figure.Find(doc, it, sentence), project.Find(sentence, place)}
	r.bySentence[sentence] = facts
	return facts
}

// unit is the name of one of a county's departments.
func unit(n int) string { return rare(1000+n%departments, 4) }

// rare is a name in characters that no passage holds: names of units and headings
// are searched too, and what a question finds is a matter of the texts alone.
func rare(n, runes int) string {
	var b strings.Builder
	for i := range runes {
		b.WriteRune('㐀' + rune((n*31+i*i*17+i*n)%6000))
	}
	return b.String()
}
