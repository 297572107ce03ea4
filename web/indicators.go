package web

import (
	"fmt"
	"html"
	"html/template"
	"net/http"
	"slices"

	"youju/search"
	"youju/search/fact"
)

// indicatorsPage lists the indicators by topic with the years they are stated for.
type indicatorsPage struct {
	basePage
	// Find is the piece of a name that was asked for, FindKept the other choices.
	Find     string
	FindKept []param
	Place    string
	Topic    string
	// Topics and Places are the choices, the usual ones in view.
	Topics, Places, MorePlaces []option
	Years                      []int
	// ResultMark and TargetMark are the marks of a cell, of which there are thousands.
	ResultMark, TargetMark template.HTML
	// Columns is the number of the table's columns.
	Columns int
	Groups  []indicatorGroup
	Total   int
	// Left is how many indicators with a single point are not listed; AllURL lists them.
	Left, Cut int
	AllURL    string
	Files     []option
}

// indicatorGroup is the indicators of a topic.
type indicatorGroup struct {
	Topic string
	Rows  []indicatorView
}

type indicatorView struct {
	Name, URL string
	// Cells has one for every year of the page.
	Cells []indicatorCell
}

// indicatorCell is a year of an indicator; one of which nothing is stated has
// no year.
type indicatorCell struct {
	Year           int
	Target, Result bool
}

// maxIndicators is how many indicators a page lists; a file holds all.
const maxIndicators = 200

// readIndicatorFilter reads an address. A place or a topic that no figure has is an
// error that leads to those it may have meant.
func readIndicatorFilter(facts *fact.Facts, r *http.Request) (fact.IndicatorFilter, error) {
	v := r.URL.Query()
	f := fact.IndicatorFilter{
		Place: cleanText(v.Get("place"), maxValueRunes), Topic: cleanText(v.Get("topic"), maxValueRunes),
		Text: cleanText(v.Get("q"), maxValueRunes), Single: v.Get("all") == "1",
	}
	places, err := facts.FigurePlaces()
	if err != nil {
		return f, fmt.Errorf("listing places: %w", err)
	}
	f.Place = knownPlace(f.Place, places)
	if f.Place != "" && !slices.Contains(places, f.Place) {
		return f, unknownAmong(fmt.Sprintf("没有收录%s的指标。", f.Place), f.Place, places, func(name string) string {
			return encode("/track", indicatorParams(fact.IndicatorFilter{Place: name, Topic: f.Topic, Text: f.Text}))
		})
	}
	topics, err := facts.IndicatorTopics()
	if err != nil {
		return f, fmt.Errorf("listing topics: %w", err)
	}
	if f.Topic != "" && !slices.Contains(topics, f.Topic) {
		return f, unknownAmong(fmt.Sprintf("没有“%s”这个主题的指标。", f.Topic), f.Topic, topics, func(name string) string {
			return encode("/track", indicatorParams(fact.IndicatorFilter{Place: f.Place, Topic: name, Text: f.Text}))
		})
	}
	return f, nil
}

// knownPlace reads a place's name, which may be short (聊城).
func knownPlace(text string, places []string) string {
	if known := search.ResolveFacetValue(search.FacetCounty, text, places); text != "" && len(known) == 1 {
		return known[0]
	}
	return text
}

func indicatorParams(f fact.IndicatorFilter) []param {
	var ps []param
	for _, p := range []param{{"q", f.Text}, {"place", f.Place}, {"topic", f.Topic}} {
		if p.Value != "" {
			ps = append(ps, p)
		}
	}
	if f.Single {
		ps = append(ps, param{"all", "1"})
	}
	return ps
}

func (s *server) showIndicators(w http.ResponseWriter, r *http.Request, facts *fact.Facts) error {
	f, err := readIndicatorFilter(facts, r)
	if err != nil {
		return err
	}
	rows, left, err := facts.Indicators(f)
	if err != nil {
		return fmt.Errorf("listing indicators: %w", err)
	}
	topics, err := facts.IndicatorTopics()
	if err != nil {
		return fmt.Errorf("listing topics: %w", err)
	}
	places, err := facts.FigurePlaces()
	if err != nil {
		return fmt.Errorf("listing places: %w", err)
	}
	p := indicatorsPage{
		basePage: s.base(r, tr("目标与结果")), Find: f.Text, Place: f.Place, Topic: f.Topic, Total: len(rows), Left: left,
		Files: tableFiles("/track", indicatorParams(f)),
	}
	with := func(change func(*fact.IndicatorFilter)) string {
		other := f
		change(&other)
		return encode("/track", indicatorParams(other))
	}
	p.AllURL = with(func(f *fact.IndicatorFilter) { f.Single = true })
	p.FindKept = indicatorParams(fact.IndicatorFilter{Place: f.Place, Topic: f.Topic, Single: f.Single})
	p.Topics = append(p.Topics, option{"全部主题", with(func(f *fact.IndicatorFilter) { f.Topic = "" }), f.Topic == ""})
	for _, topic := range topics {
		p.Topics = append(p.Topics, option{topic, with(func(f *fact.IndicatorFilter) { f.Topic = topic }), f.Topic == topic})
	}
	p.Places = append(p.Places, option{"全部地区", with(func(f *fact.IndicatorFilter) { f.Place = "" }), f.Place == ""})
	for i, place := range places {
		o := option{place, with(func(f *fact.IndicatorFilter) { f.Place = place }), f.Place == place}
		switch {
		case i < placesInView || o.Current:
			p.Places = append(p.Places, o)
		case i < facetMost:
			p.MorePlaces = append(p.MorePlaces, o)
		}
	}
	if len(rows) > maxIndicators {
		p.Cut, rows = len(rows)-maxIndicators, rows[:maxIndicators]
	}
	p.ResultMark = cellMark("mark-result", tongues[p.Language].plain(tr("结果")), "●")
	p.TargetMark = cellMark("mark-target", tongues[p.Language].plain(tr("目标")), "◇")
	p.Years = indicatorYears(rows)
	p.Groups, p.Columns = indicatorGroups(rows, p.Years), len(p.Years)+1
	p.Nav, p.Sheet, p.Canonical = "/track", "facts.css", s.absolute(r, encode("/track", indicatorParams(f)))
	p.NoIndex = len(indicatorParams(f)) > 0
	p.Description = "各项指标历年的目标与结果：哪些年份写了目标，哪些年份写了结果。"
	return s.render(w, r, http.StatusOK, "indicators", p)
}

// cellMark is a mark with its name for readers who hear the page.
func cellMark(class, name, mark string) template.HTML {
	return template.HTML(`<span class="` + class + `" role="img" aria-label="` + html.EscapeString(name) + `">` + mark + `</span>`)
}

// indicatorYears are the years of some rows, from the first to the last.
func indicatorYears(rows []fact.IndicatorRow) []int {
	first, last := 0, 0
	for _, row := range rows {
		for _, y := range row.Years {
			if first == 0 || y.Year < first {
				first = y.Year
			}
			last = max(last, y.Year)
		}
	}
	var years []int
	for y := max(first, last-maxYears); y <= last && y > 0; y++ {
		years = append(years, y)
	}
	return years
}

func indicatorGroups(rows []fact.IndicatorRow, years []int) []indicatorGroup {
	var groups []indicatorGroup
	for _, row := range rows {
		if n := len(groups); n == 0 || groups[n-1].Topic != row.Topic {
			groups = append(groups, indicatorGroup{Topic: row.Topic})
		}
		v := indicatorView{Name: row.Name, URL: trackURL(row.Name, row.Place), Cells: make([]indicatorCell, len(years))}
		for _, y := range row.Years {
			if i := y.Year - years[0]; i >= 0 {
				v.Cells[i] = indicatorCell(y)
			}
		}
		g := &groups[len(groups)-1]
		g.Rows = append(g.Rows, v)
	}
	return groups
}
