package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/gorilla/mux"

	"youju/search"
)

// The basket (摘编) is a list of items kept in the address alone: nothing is
// stored here, and whoever has the address has the list.
const (
	basketParam = "item"
	// maxBasket keeps the address short enough for every browser and proxy.
	maxBasket = 100
	// maxIDRunes is longer than any item's ID.
	maxIDRunes = 200
)

const digestNote = "摘编，非原文；引用请核对官方原文。"

type basketPage struct {
	basePage
	Quotations []basketItem
	// Unknown are IDs that lead nowhere.
	Unknown []string
	// Cut says that more than maxBasket were asked for.
	Cut     bool
	Limit   int
	Exports []option
	Address string
	Date    message
}

// basketItem is a quotation and the basket without it.
type basketItem struct {
	quotation
	Number int
	// RemoveURL is the basket less this item.
	RemoveURL string
}

func basketURL(path string, ids []string) string {
	var ps []param
	for _, id := range ids {
		ps = append(ps, param{basketParam, id})
	}
	return encode(path, ps)
}

// basketIDs reads the list: in the order given, each once.
func basketIDs(r *http.Request) (ids []string, cut bool) {
	for _, id := range r.URL.Query()[basketParam] {
		if id = cleanText(id, maxIDRunes); id != "" && !slices.Contains(ids, id) {
			if len(ids) == maxBasket {
				return ids, true
			}
			ids = append(ids, id)
		}
	}
	return ids, false
}

// quoteAll opens the items; those that are not there are named.
func (s *server) quoteAll(r *http.Request, ids []string) (quotations []quotation, unknown []string, err error) {
	for _, id := range ids {
		h, err := s.searcher.Item(r.Context(), id)
		if now := s.currentID(id); now != "" && errors.Is(err, search.ErrNotFound) {
			h, err = s.searcher.Item(r.Context(), now)
		}
		if errors.Is(err, search.ErrNotFound) {
			unknown = append(unknown, id)
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("opening an item of the basket: %w", err)
		}
		quotations = append(quotations, s.quote(r, &h.Document, &h.Item))
	}
	return quotations, unknown, nil
}

func (s *server) showBasket(w http.ResponseWriter, r *http.Request) error {
	ids, cut := basketIDs(r)
	quotations, unknown, err := s.quoteAll(r, ids)
	if err != nil {
		return err
	}
	p := basketPage{basePage: s.base(r, tr("摘编")), Unknown: unknown, Cut: cut, Limit: maxBasket, Date: dateMessage(today())}
	p.Nav, p.Sheet, p.NoIndex = "/basket", "list.css", true
	p.Address = s.absolute(r, basketURL("/basket", ids))
	p.Canonical = p.Address
	for i, q := range quotations {
		rest := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == q.ID })
		p.Quotations = append(p.Quotations, basketItem{q, i + 1, basketURL("/basket", rest)})
	}
	for _, f := range []option{{Label: "Word", URL: "docx"}, {Label: "Excel", URL: "xlsx"}, {Label: "CSV", URL: "csv"}} {
		p.Exports = append(p.Exports, option{Label: f.Label, URL: basketURL("/basket."+f.URL, ids)})
	}
	return s.render(w, r, http.StatusOK, "basket", p)
}

func (s *server) serveBasket(w http.ResponseWriter, r *http.Request) error {
	ids, _ := basketIDs(r)
	quotations, _, err := s.quoteAll(r, ids)
	if err != nil {
		return err
	}
	const title = "摘编"
	switch mux.Vars(r)["ext"] {
	case "docx":
		content, err := writeDocx(title, quotations)
		if err != nil {
			return fmt.Errorf("writing a document: %w", err)
		}
		sendFile(w, r, title+".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", content)
		return nil
	case "xlsx":
		notes := [][]string{{"网址", s.absolute(r, basketURL("/basket", ids))}, {"导出日期", today()}, {"条数", fmt.Sprint(len(quotations))}}
		return s.sendBook(w, r, title, quotationTable(quotations), notes)
	}
	return s.sendCSV(w, r, title, quotationTable(quotations))
}
