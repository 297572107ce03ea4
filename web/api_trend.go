package web

import (
	"fmt"
	"net/http"

	"youju/search/fact"
)

// apiTrend is how often terms are used, year by year.
type apiTrend struct {
	Terms []apiTrendTerm `json:"terms"`
	Years []apiTrendYear `json:"years"`
	// Undated is the number of documents without a year, which are not counted.
	Undated   int           `json:"undated"`
	Filter    []apiFilter   `json:"supported_filters"`
	Relations []apiRelation `json:"relations"`
}

type apiTrendTerm struct {
	Text  string `json:"text"`
	Times int    `json:"times"`
	Items int    `json:"items"`
	// First and Last are the first and the last document with the term.
	First *apiLink `json:"first"`
	Last  *apiLink `json:"last"`
}

// apiTrendYear is a year; one without documents is a gap of the collection.
type apiTrendYear struct {
	Year       int             `json:"year"`
	Documents  int             `json:"documents"`
	Characters int             `json:"characters"`
	Counts     []apiTrendCount `json:"counts"`
}

type apiTrendCount struct {
	Term        string  `json:"term"`
	Times       int     `json:"times"`
	Items       int     `json:"items"`
	PerDocument float64 `json:"per_document"`
	PerThousand float64 `json:"per_thousand_characters"`
	URL         string  `json:"url"`
}

func (s *server) apiTrend(w http.ResponseWriter, r *http.Request) error {
	ask := readTrend(r)
	t, _, err := s.trendOf(r.Context(), &ask)
	if err != nil {
		return err
	}
	a := apiTrend{Terms: []apiTrendTerm{}, Years: []apiTrendYear{}, Undated: t.Undated, Filter: []apiFilter{{"q", "说法"}, {"place", "地区"}, {"kind", "文种"}},
		Relations: []apiRelation{{"items", "用到一个说法的条目", "/api/v1/search?q={text}"}},
	}
	for i, term := range t.Terms {
		a.Terms = append(a.Terms, apiTrendTerm{ask.terms[i], term.Times, term.Items, apiDocumentLink(term.First, ask.terms[i]), apiDocumentLink(term.Last, ask.terms[i])})
	}
	for i := range t.Years {
		y := &t.Years[i]
		year := apiTrendYear{y.Year, len(y.Documents), y.Characters, []apiTrendCount{}}
		for j, term := range ask.terms {
			if len(y.Documents) > 0 {
				year.Counts = append(year.Counts, apiTrendCount{term, y.Counts[j].Times, y.Counts[j].Items, y.PerDocument(j), y.PerThousand(j), trendCellURL(y, ask, term)})
			}
		}
		a.Years = append(a.Years, year)
	}
	return writeJSON(w, r, http.StatusOK, a)
}

func apiDocumentLink(doc *fact.Document, term string) *apiLink {
	to := trendDocument(doc, term)
	if to == nil {
		return nil
	}
	return &apiLink{to.Label.String(), to.URL}
}

// serveTrendFile saves what the page of the same parameters shows.
func (s *server) serveTrendFile(w http.ResponseWriter, r *http.Request) error {
	ask := readTrend(r)
	t, _, err := s.trendOf(r.Context(), &ask)
	if err != nil {
		return err
	}
	rows := [][]string{{"年份", "说法", "次数", "条数", "文件数", "字数", "每篇次数", "每千字次数", "网址"}}
	for i := range t.Years {
		y := &t.Years[i]
		for j, term := range ask.terms {
			row := []string{fmt.Sprint(y.Year), term, "未收录", "", "0", "", "", "", ""}
			if len(y.Documents) > 0 {
				row = []string{fmt.Sprint(y.Year), term, fmt.Sprint(y.Counts[j].Times), fmt.Sprint(y.Counts[j].Items), fmt.Sprint(len(y.Documents)), fmt.Sprint(y.Characters),
					trimmed(y.PerDocument(j), 3), trimmed(y.PerThousand(j), 4), s.absolute(r, trendCellURL(y, ask, term))}
			}
			rows = append(rows, row)
		}
	}
	return s.sendTable(w, r, "说法变迁", rows, s.absolute(r, ask.url()))
}
