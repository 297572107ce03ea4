package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"youju/report"
	"youju/search"
)

// reportsPage lists every document of the collection.
type reportsPage struct {
	basePage
	Documents []documentRow
}

// documentRow is one document in a list.
type documentRow struct {
	URL, Title, Kind, Place, Year, Date string
	Sections, Items                     int
	Missing                             []string
	Digest                              bool
}

func (s *server) showReports(w http.ResponseWriter, r *http.Request) error {
	docs, err := s.searcher.Documents(r.Context())
	if err != nil {
		return fmt.Errorf("listing documents: %w", err)
	}
	p := reportsPage{basePage: s.base(r, tr("全部文件"))}
	p.Nav = "/reports"
	p.Description = "本站收录的全部政府工作报告、任务分工方案和招商资讯。"
	for _, d := range inOrder(docs) {
		p.Documents = append(p.Documents, newDocumentRow(&d.Document, d.Sections, d.Items))
	}
	return s.render(w, r, http.StatusOK, "reports", p)
}

// inOrder puts documents by year, newest first, and within a year by place as
// the table of places does.
func inOrder(docs []search.Summary) []search.Summary {
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, func(a, b search.Summary) int {
		return cmp.Or(cmp.Compare(b.Document.Year, a.Document.Year), byCode(a.Document.Place, b.Document.Place))
	})
	return docs
}

func newDocumentRow(d *report.Document, sections, items int) documentRow {
	return documentRow{
		URL: reportURL(d.ID), Title: documentTitle(d), Kind: string(d.Kind), Place: d.Place.Full(),
		Year: yearLabel(d.Year), Date: d.Date,
		Sections: sections, Items: items, Missing: d.Source.Missing, Digest: d.Source.Digest != "",
	}
}

// siblings are the other documents of the same place, newest first.
func siblings(docs []search.Summary, d *report.Document) []documentRow {
	var rows []documentRow
	if d.Place.Name() == "" {
		return nil
	}
	for i := range docs {
		o := &docs[i].Document
		if o.Place == d.Place && o.ID != d.ID {
			rows = append(rows, newDocumentRow(o, docs[i].Sections, docs[i].Items))
		}
	}
	return rows
}

// besides are the nearest earlier and later documents of the same place and
// kind; a gap of years shows in the label.
func besides(docs []search.Summary, d *report.Document) (earlier, later *way) {
	if d.Year == 0 || d.Place.Name() == "" {
		return nil, nil
	}
	var before, after *report.Document
	for i := range docs {
		o := &docs[i].Document
		switch {
		case o.Place != d.Place || o.Kind != d.Kind || o.Year == 0:
		case o.Year < d.Year && (before == nil || o.Year > before.Year):
			before = o
		case o.Year > d.Year && (after == nil || o.Year < after.Year):
			after = o
		}
	}
	if before != nil {
		earlier = &way{Label: besideLabel("上一年：%s", "更早：%s", d.Year-1, before), URL: reportURL(before.ID)}
	}
	if after != nil {
		later = &way{Label: besideLabel("下一年：%s", "更晚：%s", d.Year+1, after), URL: reportURL(after.ID)}
	}
	return earlier, later
}

func besideLabel(next, far string, year int, d *report.Document) message {
	if d.Year == year {
		far = next
	}
	return tr(far, documentName(d))
}
