package web

import (
	"fmt"
	"net/http"
	"strings"

	"youju/search/fact"
)

// apiLists tells which lists there are.
type apiLists struct {
	Total  int           `json:"total"`
	Lists  []apiHeldList `json:"lists"`
	Filter []apiFilter   `json:"supported_filters"`

	Relations []apiRelation `json:"relations"`
}

type apiHeldList struct {
	Place   string `json:"place"`
	Year    int    `json:"year"`
	Part    string `json:"part"`
	Entries int    `json:"entries"`
	URL     string `json:"url"`
}

// apiComparison is two lists side by side.
type apiComparison struct {
	From apiHeldList `json:"from"`
	To   apiHeldList `json:"to"`
	// Again are entries that come again, New those of the second list alone,
	// Gone those of the first: in other words they may be in the second.
	Again  []apiMatch  `json:"again"`
	New    []apiQuote  `json:"new"`
	Gone   []apiQuote  `json:"gone"`
	Filter []apiFilter `json:"supported_filters"`

	Relations []apiRelation `json:"relations"`
}

type apiMatch struct {
	From    []apiQuote      `json:"from"`
	To      []apiQuote      `json:"to"`
	Figures []apiFigurePair `json:"figures"`
}

type apiFigurePair struct {
	Indicator string `json:"indicator"`
	From      string `json:"from"`
	To        string `json:"to"`
}

var listFilters = []apiFilter{{"place", "地区"}, {"part", "部分"}, {"from", "前一年"}, {"to", "后一年"}}

func (s *server) apiLists(w http.ResponseWriter, r *http.Request) error {
	facts, err := s.searcher.Facts(r.Context())
	if err != nil {
		return fmt.Errorf("opening the facts: %w", err)
	}
	lists, err := facts.Lists()
	if err != nil {
		return fmt.Errorf("reading lists: %w", err)
	}
	if r.URL.Query().Get("place") == "" {
		a := apiLists{Lists: []apiHeldList{}, Filter: listFilters, Relations: []apiRelation{
			{"comparison", "两年清单对照", "/api/v1/lists?place={place}&part={part}&from={year}&to={year}"},
		}}
		for _, l := range lists {
			held, err := newAPIHeldList(facts, l)
			if err != nil {
				return err
			}
			a.Lists = append(a.Lists, held)
		}
		a.Total = len(a.Lists)
		return writeJSON(w, r, http.StatusOK, a)
	}
	c, err := comparisonOf(facts, lists, r)
	if err != nil {
		return err
	}
	a := apiComparison{
		Again: []apiMatch{}, New: entryQuotes(c.New), Gone: entryQuotes(c.Gone), Filter: listFilters,
		Relations: []apiRelation{{"lists", "全部清单", "/api/v1/lists"}},
	}
	if a.From, err = newAPIHeldList(facts, c.From); err != nil {
		return err
	}
	if a.To, err = newAPIHeldList(facts, c.To); err != nil {
		return err
	}
	for _, m := range c.Again {
		match := apiMatch{entryQuotes(m.From), entryQuotes(m.To), []apiFigurePair{}}
		for i := range m.Figures {
			f := &m.Figures[i]
			match.Figures = append(match.Figures, apiFigurePair{f.To.Indicator, fact.ValueText(&f.From), fact.ValueText(&f.To)})
		}
		a.Again = append(a.Again, match)
	}
	return writeJSON(w, r, http.StatusOK, a)
}

func newAPIHeldList(facts *fact.Facts, l fact.List) (apiHeldList, error) {
	to, err := listReport(facts, l)
	return apiHeldList{l.Place, l.Year, string(l.Part), l.Count, to}, err
}

func entryQuotes(entries []*fact.Entry) []apiQuote {
	quotes := []apiQuote{}
	for _, e := range entries {
		quotes = append(quotes, newAPIQuote(e.Passage, e.Text))
	}
	return quotes
}

// serveListsFile saves what the page of the same parameters shows.
func (s *server) serveListsFile(w http.ResponseWriter, r *http.Request) error {
	facts, err := s.searcher.Facts(r.Context())
	if err != nil {
		return fmt.Errorf("opening the facts: %w", err)
	}
	lists, err := facts.Lists()
	if err != nil {
		return fmt.Errorf("reading lists: %w", err)
	}
	link := func(path string) string { return s.absolute(r, path) }
	if r.URL.Query().Get("place") == "" {
		rows := [][]string{{"地区", "清单", "年份", "项数", "网址"}}
		for _, l := range lists {
			to, err := listReport(facts, l)
			if err != nil {
				return err
			}
			rows = append(rows, []string{l.Place, l.Part.Label(), fmt.Sprint(l.Year), fmt.Sprint(l.Count), link(to)})
		}
		return s.sendTable(w, r, "清单", rows, link("/lists"))
	}
	c, err := comparisonOf(facts, lists, r)
	if err != nil {
		return err
	}
	title := fmt.Sprintf("%s%s%d与%d对照", c.From.Place, c.From.Part.Label(), c.From.Year, c.To.Year)
	return s.sendTable(w, r, title, comparisonTable(c, link), link(listsURL(c.From.Place, c.From.Part, c.From.Year, c.To.Year)))
}

// comparisonTable is a comparison as rows of a file.
func comparisonTable(c *fact.Comparison, link func(path string) string) [][]string {
	rows := [][]string{{"对照", fmt.Sprintf("%d年", c.From.Year), fmt.Sprintf("%d年", c.To.Year), "并排的数", "前一年网址", "后一年网址"}}
	texts := func(entries []*fact.Entry) (text, urls string) {
		for _, v := range entryViews(entries) {
			text += v.Text + "\n"
			urls += link(v.URL) + "\n"
		}
		return strings.TrimSpace(text), strings.TrimSpace(urls)
	}
	add := func(state string, from, to []*fact.Entry, figures string) {
		fromText, fromURL := texts(from)
		toText, toURL := texts(to)
		rows = append(rows, []string{state, fromText, toText, figures, fromURL, toURL})
	}
	for _, m := range c.Again {
		var figures []string
		for i := range m.Figures {
			f := &m.Figures[i]
			figures = append(figures, fmt.Sprintf("%s %s→%s", f.To.Indicator, fact.ValueText(&f.From), fact.ValueText(&f.To)))
		}
		add("再次列入", m.From, m.To, strings.Join(figures, "；"))
	}
	for _, e := range c.New {
		add("新列入", nil, []*fact.Entry{e}, "")
	}
	for _, e := range c.Gone {
		add("未再列入", []*fact.Entry{e}, nil, "")
	}
	return rows
}
