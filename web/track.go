package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"youju/report"
	"youju/search"
	"youju/search/fact"
)

// trackPage shows one indicator of one place through the years.
type trackPage struct {
	basePage
	Indicator, Topic, TopicURL string
	// Note says what changed in the definition, Unit what the line counts in, Basis
	// the definition its points state.
	Note, Unit, Basis string
	Place             string
	// Places lead to the other places with points, the ones with fewest folded.
	Places, MorePlaces []option
	Chart              *chart
	Years              []trackRow
	Apart              []apartRow
	Others             []way
	SearchURL          string
	Files              []option
}

// trackRow is one year of the table beside the chart, or several in a row of
// which nothing is stated.
type trackRow struct {
	Year             string
	Targets, Results []pointView
	State            string
	// Held says that the collection has a report of the place that could speak of
	// the year, Planned one of the year itself, in which a target would stand.
	Held, Planned bool
}

// pointView is a value with the sentences that state it.
type pointView struct {
	// Value is as printed (4.5万人以上), "" where the text gives words only.
	Value  string
	Quotes []quoteView
}

// quoteView is a quotation with the item it stands in.
type quoteView struct{ Text, Source, URL string }

// apartRow is a point that is not of the line.
type apartRow struct {
	Year, Kind string
	pointView
	Reasons []string
}

// placesInView is how many places a page offers before unfolding.
const placesInView = 8

func (s *server) showTrack(w http.ResponseWriter, r *http.Request) error {
	facts, err := s.searcher.Facts(r.Context())
	if err != nil {
		return fmt.Errorf("opening the facts: %w", err)
	}
	if r.URL.Query().Get("indicator") == "" {
		return s.showIndicators(w, r, facts)
	}
	t, err := trackOf(facts, r)
	if err != nil {
		return err
	}
	p := trackPage{
		basePage:  s.base(r, tr("%s的目标与结果", t.Indicator)),
		Indicator: t.Indicator, Topic: t.Topic, Note: t.Note, Unit: t.Unit, Basis: t.Basis, Place: t.Place,
		SearchURL: urlOf(search.Query{Text: t.Indicator}),
		Files:     tableFiles("/track", trackParams(t.Indicator, t.Place)),
	}
	if t.Unit == fact.Ratio {
		p.Unit = ""
	}
	if t.Topic != "" {
		p.TopicURL = encode("/track", []param{{"topic", t.Topic}})
	}
	for i, place := range t.Places {
		o := option{place.Place, trackURL(t.Indicator, place.Place), place.Place == t.Place}
		if i < placesInView || o.Current {
			p.Places = append(p.Places, o)
		} else {
			p.MorePlaces = append(p.MorePlaces, o)
		}
	}
	p.Years = trackRows(t.Years)
	for i := range t.Apart {
		p.Apart = append(p.Apart, newApartRow(&t.Apart[i]))
	}
	if p.Others, err = likeWays(facts, t); err != nil {
		return err
	}
	p.Chart = trackChart(t)
	p.Nav, p.Sheet, p.Canonical = "/track", "facts.css", s.absolute(r, trackURL(t.Indicator, t.Place))
	p.Description = "一个指标历年的目标与结果，每个数都有原句。"
	return s.render(w, r, http.StatusOK, "track", p)
}

// trackOf reads which track is asked for; one that is unknown is an error that
// names those like it.
func trackOf(facts *fact.Facts, r *http.Request) (*fact.Track, error) {
	v := r.URL.Query()
	asked, place := cleanText(v.Get("indicator"), maxValueRunes), cleanText(v.Get("place"), maxValueRunes)
	name, err := facts.Indicator(asked)
	if err != nil {
		return nil, fmt.Errorf("finding an indicator: %w", err)
	}
	if name == "" {
		names, err := facts.IndicatorsNear(asked, maxWays)
		if err != nil {
			return nil, fmt.Errorf("finding indicators alike: %w", err)
		}
		return nil, unknownName(fmt.Sprintf("没有收录指标“%s”的数。", asked), waysTo(names, func(n string) string { return trackURL(n, "") }))
	}
	if place != "" {
		places, err := facts.FigurePlaces()
		if err != nil {
			return nil, fmt.Errorf("listing places: %w", err)
		}
		place = knownPlace(place, places)
	}
	t, err := facts.Track(name, place)
	if t != nil || err != nil {
		return t, err
	}
	var near []way
	all, err := facts.Track(name, "")
	if err != nil {
		return nil, err
	}
	if all != nil {
		for _, p := range all.Places[:min(len(all.Places), maxWays)] {
			near = append(near, way{Label: quote(p.Place), URL: trackURL(name, p.Place), Total: p.Points})
		}
	}
	return nil, unknownName(fmt.Sprintf("没有收录%s的“%s”，其他地方有。", place, name), near)
}

func trackParams(indicator, place string) []param {
	ps := []param{{"indicator", indicator}}
	if place != "" {
		ps = append(ps, param{"place", place})
	}
	return ps
}

// likeWays lead to indicators with a name like a track's, of its place where
// something is stated of it.
func likeWays(facts *fact.Facts, t *fact.Track) ([]way, error) {
	names, err := facts.IndicatorsLike(t.Indicator, t.Place, maxWays)
	if err != nil {
		return nil, fmt.Errorf("finding indicators alike: %w", err)
	}
	var ways []way
	for _, name := range names {
		place := t.Place
		stated, err := facts.States(name, place)
		if err != nil {
			return nil, fmt.Errorf("finding indicators alike: %w", err)
		}
		if !stated {
			place = ""
		}
		ways = append(ways, way{Label: quote(name), URL: trackURL(name, place)})
	}
	return ways, nil
}

func trackURL(indicator, place string) string { return encode("/track", trackParams(indicator, place)) }

// tableFiles are the files that a page can be saved as, and the same as JSON.
func tableFiles(path string, ps []param) []option {
	return []option{
		{"CSV", encode(path+".csv", ps), false}, {"Excel", encode(path+".xlsx", ps), false}, {"JSON", encode("/api/v1"+path, ps), false},
	}
}

// trackRows joins years in a row of which nothing is stated.
func trackRows(years []fact.TrackYear) []trackRow {
	var rows []trackRow
	for i := 0; i < len(years); i++ {
		row, last := newTrackRow(&years[i]), i
		for row.State == "" && last+1 < len(years) && years[last+1].State == "" && years[last+1].Held == row.Held {
			last++
		}
		if last > i {
			row.Year = fmt.Sprintf("%d–%d", years[i].Year, years[last].Year)
		}
		rows, i = append(rows, row), last
	}
	return rows
}

func newTrackRow(y *fact.TrackYear) trackRow {
	row := trackRow{Year: strconv.Itoa(y.Year), State: string(y.State), Held: y.Held, Planned: y.Planned}
	for i := range y.Targets {
		row.Targets = append(row.Targets, newPointView(&y.Targets[i]))
	}
	for i := range y.Results {
		row.Results = append(row.Results, newPointView(&y.Results[i]))
	}
	return row
}

func newApartRow(p *fact.Point) apartRow {
	year := ""
	if p.Year != 0 {
		year = strconv.Itoa(p.Year)
	}
	return apartRow{Year: year, Kind: p.Kind.Label(), pointView: newPointView(p), Reasons: p.Apart}
}

func newPointView(p *fact.Point) pointView {
	v := pointView{Value: fact.ValueText(&p.Figure)}
	for _, st := range p.Statements {
		v.Quotes = append(v.Quotes, quoteView{st.Text, factSource(st.Passage.Document), itemURL(st.Passage.Item.ID)})
	}
	return v
}

// factSource is a document's short name.
func factSource(d *fact.Document) string {
	return documentName(&report.Document{Title: d.Title, Kind: d.Kind, Place: d.Place, Year: d.Year})
}

// trackChart draws the line.
func trackChart(t *fact.Track) *chart {
	if t.Unit == fact.Ratio {
		return nil
	}
	var values []plotted
	add := func(p *fact.Point) {
		n, ok := p.Number()
		if !ok {
			return
		}
		name := fmt.Sprintf("%d年%s：%s", p.Year, p.Kind.Label(), fact.ValueText(&p.Figure))
		values = append(values, plotted{p.Year, n, p.Kind == report.FigureTarget, itemURL(p.Statements[0].Passage.Item.ID), name})
	}
	for i := range t.Years {
		for j := range t.Years[i].Results {
			add(&t.Years[i].Results[j])
		}
		for j := range t.Years[i].Targets {
			add(&t.Years[i].Targets[j])
		}
	}
	first, last := yearsOf(values)
	return newChart(fmt.Sprintf("%s %s", t.Place, t.Indicator), first, last, values)
}

// maxIndicatorLinks is how many timelines a search page offers.
const maxIndicatorLinks = 3

// indicatorLinks leads from what was read in a query to the timelines of the
// indicators it names, of the place it names where there are figures. The page
// is whole without them, so a failure is logged and no more.
func (s *server) indicatorLinks(ctx context.Context, read search.Reading) []way {
	if len(read.Words) == 0 {
		return nil
	}
	places := read.Filters[search.FacetCounty]
	for _, c := range read.Context {
		if c.Facet == search.FacetCounty && !c.Off {
			places = append(places, c.Value)
		}
	}
	ways, err := s.indicatorsNamed(ctx, read.Words, places)
	if err != nil {
		s.log.WarnContext(ctx, "finding indicators", "request", requestID(ctx), "err", err)
		return nil
	}
	return ways
}

// indicatorsNamed leads to the indicators that words name, of the first of some
// places of which something is stated.
func (s *server) indicatorsNamed(ctx context.Context, words, places []string) ([]way, error) {
	facts, err := s.searcher.Facts(ctx)
	if err != nil {
		return nil, err
	}
	names, err := facts.IndicatorsIn(words, maxIndicatorLinks)
	if err != nil {
		return nil, err
	}
	var ways []way
	for _, name := range names {
		of := ""
		for _, place := range places {
			stated, err := facts.States(name, place)
			if err != nil {
				return nil, err
			}
			if stated {
				of = place
				break
			}
		}
		ways = append(ways, way{Label: quote(name), URL: trackURL(name, of)})
	}
	return ways, nil
}

// figureRow is a figure of an item with the way to its timeline.
type figureRow struct {
	Indicator, Value, Kind, Year, URL string
}

// figureRows lists the targets and results that an item states.
func figureRows(doc *report.Document, it *report.Item) []figureRow {
	var rows []figureRow
	for i := range it.Figures {
		f := &it.Figures[i]
		if f.Kind == "" || f.Indicator == "" {
			continue
		}
		row := figureRow{f.Indicator, fact.ValueText(f), f.Kind.Label(), f.Period, ""}
		if report.Indicators().Names(f.Indicator) {
			row.URL = trackURL(f.Indicator, fact.PlaceOf(f.Place, doc.Place))
		}
		if row.Value == "" {
			row.Value = f.Text
		}
		if row.Year == "" && f.FromYear != 0 {
			row.Year = fmt.Sprintf("%d—%d年", f.FromYear, f.AboutYear)
		}
		if row.Year == "" && f.AboutYear != 0 {
			row.Year = fmt.Sprintf("%d年", f.AboutYear)
		}
		rows = append(rows, row)
	}
	return rows
}
