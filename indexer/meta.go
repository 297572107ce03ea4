package indexer

import (
	"fmt"

	"youju/report"
)

// complete fills in what the head did not say: kind, date, place and years by
// their formulas; never from an upload date or a file's name.
func complete(d *report.Document, a *article, blocks []block) {
	if d.Kind == "" {
		setKind(d, a, blocks)
	}
	if d.Kind == report.KindNews && a.portal {
		// A news piece has only the day it was put up.
		prove(d, "date", &d.Date, a.uploaded, a.uploaded)
	} else {
		date, quote := issuedOn(blocks)
		prove(d, "date", &d.Date, date, quote)
		if d.Kind == report.KindMinutes {
			date, quote = convenedOn(blocks)
			prove(d, "date", &d.Date, date, quote)
		}
		setYear(d, blocks)
	}
	readIssuer(d, a, blocks)
	setYears(d, blocks)
	if d.Kind == report.KindReport && genericTitle(d.Title) && d.Year > 0 && d.Place.Name() != "" && d.Issuer == "" {
		d.Title = fmt.Sprintf("%d年%s政府工作报告", d.Year, d.Place.Name())
	}
	if d.Title == "" {
		d.Title = untitledPaper
	}
}

// untitledPaper stands for the title of a paper that has none.
const untitledPaper = "（无标题）"
