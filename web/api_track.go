package web

import (
	"fmt"
	"net/http"

	"youju/report"
	"youju/search/fact"
)

// apiTrack is one indicator of one place through the years.
type apiTrack struct {
	Indicator string          `json:"indicator"`
	Topic     *string         `json:"topic"`
	Note      *string         `json:"note"`
	Place     string          `json:"place"`
	Unit      *string         `json:"unit"`
	Basis     *string         `json:"basis"`
	URL       string          `json:"url"`
	Places    []apiTrackPlace `json:"places"`
	Years     []apiTrackYear  `json:"years"`
	// Apart are the points that are not of the line, with their reasons.
	Apart   []apiPoint  `json:"apart"`
	Related []apiLink   `json:"related"`
	Filter  []apiFilter `json:"supported_filters"`

	Relations []apiRelation `json:"relations"`
}

// apiLink is something else that has a page.
type apiLink struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type apiTrackPlace struct {
	Place  string `json:"place"`
	Points int    `json:"points"`
	URL    string `json:"url"`
}

type apiTrackYear struct {
	Year int `json:"year"`
	// State is one of fact.States, null where nothing is stated.
	State *string `json:"state"`
	// Held says that the collection has a report that could speak of the year,
	// Planned that it has one of the year, in which a target would stand.
	Held    bool       `json:"held"`
	Planned bool       `json:"planned"`
	Targets []apiPoint `json:"targets"`
	Results []apiPoint `json:"results"`
}

// apiPoint is one value with everything that states it.
type apiPoint struct {
	Year     *int       `json:"year"`
	Kind     string     `json:"kind"`
	Label    *string    `json:"label"`
	Value    *float64   `json:"value"`
	ValueMax *float64   `json:"value_max"`
	Ratio    []float64  `json:"ratio"`
	Norm     *float64   `json:"norm"`
	Unit     *string    `json:"unit"`
	Bound    *string    `json:"bound"`
	Change   bool       `json:"change"`
	Period   *string    `json:"period"`
	FromYear *int       `json:"from_year"`
	Basis    *string    `json:"basis"`
	Place    string     `json:"place"`
	Apart    []string   `json:"apart"`
	Sources  []apiQuote `json:"sources"`
}

// apiQuote is a quotation with the item it stands in.
type apiQuote struct {
	Text string `json:"text"`
	Item string `json:"item"`
	URL  string `json:"url"`
	// Document is the document's short name, Year its year of delivery.
	Document string       `json:"document"`
	Year     *int         `json:"year"`
	Place    report.Place `json:"place"`
}

// apiIndicators lists the indicators.
type apiIndicators struct {
	Total      int            `json:"total"`
	Left       int            `json:"left"`
	Indicators []apiIndicator `json:"indicators"`
	Filter     []apiFilter    `json:"supported_filters"`
	Relations  []apiRelation  `json:"relations"`
}

type apiIndicator struct {
	Name  string        `json:"name"`
	Topic *string       `json:"topic"`
	URL   string        `json:"url"`
	Years []apiYearMark `json:"years"`
}

type apiYearMark struct {
	Year   int  `json:"year"`
	Target bool `json:"target"`
	Result bool `json:"result"`
}

func (s *server) apiTrack(w http.ResponseWriter, r *http.Request) error {
	facts, err := s.searcher.Facts(r.Context())
	if err != nil {
		return fmt.Errorf("opening the facts: %w", err)
	}
	if r.URL.Query().Get("indicator") == "" {
		f, err := readIndicatorFilter(facts, r)
		if err != nil {
			return err
		}
		a, err := newAPIIndicators(facts, f)
		if err != nil {
			return err
		}
		return writeJSON(w, r, http.StatusOK, a)
	}
	t, err := trackOf(facts, r)
	if err != nil {
		return err
	}
	a, err := newAPITrack(facts, t)
	if err != nil {
		return err
	}
	return writeJSON(w, r, http.StatusOK, a)
}

func newAPIIndicators(facts *fact.Facts, f fact.IndicatorFilter) (apiIndicators, error) {
	rows, left, err := facts.Indicators(f)
	a := apiIndicators{Total: len(rows), Left: left, Indicators: []apiIndicator{}, Filter: []apiFilter{
		{"q", "名称含"}, {"place", "地区"}, {"topic", "主题"}, {"all", "连同只出现一次的"}, {"indicator", "指标"},
	}, Relations: []apiRelation{{"track", "一个指标历年的数", "/api/v1/track?indicator={name}&place={place}"}}}
	for _, row := range rows {
		i := apiIndicator{Name: row.Name, Topic: optional(row.Topic), URL: trackURL(row.Name, row.Place), Years: []apiYearMark{}}
		for _, y := range row.Years {
			i.Years = append(i.Years, apiYearMark(y))
		}
		a.Indicators = append(a.Indicators, i)
	}
	return a, err
}

func newAPITrack(facts *fact.Facts, t *fact.Track) (apiTrack, error) {
	a := apiTrack{
		Indicator: t.Indicator, Topic: optional(t.Topic), Note: optional(t.Note), Place: t.Place, Unit: optional(t.Unit), Basis: optional(t.Basis), URL: trackURL(t.Indicator, t.Place),
		Places: []apiTrackPlace{}, Years: []apiTrackYear{}, Apart: newAPIPoints(t.Apart), Related: []apiLink{},
		Filter: []apiFilter{{"indicator", "指标"}, {"place", "地区"}},
		Relations: []apiRelation{
			{"indicators", "全部指标", "/api/v1/track"}, {"items", "写到这个指标的条目", encode("/api/v1/search", []param{{"q", t.Indicator}})},
		},
	}
	for _, p := range t.Places {
		a.Places = append(a.Places, apiTrackPlace{p.Place, p.Points, trackURL(t.Indicator, p.Place)})
	}
	for _, y := range t.Years {
		a.Years = append(a.Years, apiTrackYear{y.Year, optional(string(y.State)), y.Held, y.Planned, newAPIPoints(y.Targets), newAPIPoints(y.Results)})
	}
	ways, err := likeWays(facts, t)
	for _, w := range ways {
		a.Related = append(a.Related, apiLink{w.Label.String(), w.URL})
	}
	return a, err
}

func newAPIPoints(points []fact.Point) []apiPoint {
	all := []apiPoint{}
	for i := range points {
		p, f := &points[i], &points[i].Figure
		a := apiPoint{
			Year: optional(p.Year), Kind: string(p.Kind), Label: optional(fact.ValueText(f)), Value: f.Value, ValueMax: f.ValueMax, Ratio: list(f.Ratio),
			Norm: f.Norm, Unit: optional(f.Unit), Bound: optional(f.Bound), Change: f.Change, Period: optional(f.Period), FromYear: optional(f.FromYear),
			Basis: optional(f.Basis), Place: p.Place, Apart: list(p.Apart), Sources: []apiQuote{},
		}
		for _, st := range p.Statements {
			a.Sources = append(a.Sources, newAPIQuote(st.Passage, st.Text))
		}
		all = append(all, a)
	}
	return all
}

func newAPIQuote(p *fact.Passage, text string) apiQuote {
	id, d := p.Item.ID, p.Document
	return apiQuote{text, id, itemURL(id), factSource(d), optional(d.Year), d.Place}
}
