package bleve

import (
	"bufio"
	"cmp"
	"encoding/gob"
	"fmt"
	"os"
	"slices"
	"strings"

	"youju/report"
	"youju/search"
)

// columns hold in memory what counting, filtering and sorting ask of every
// hit. An item's ordinal is its place in the order of adding; the items of a
// document stand together.
type columns struct {
	DocID []string
	DocAt []place
	// FirstItem is the ordinal of a document's first item, with one more entry at the end.
	FirstItem []uint32
	// ItemLocal is an item's ID without its document's.
	ItemLocal []string
	ItemAt    []place
	ItemDoc   []uint32
	// Facets holds one column for each of search.FacetNames, in that order.
	Facets []column
	// Figures are the numbers that the items print.
	Figures figureColumn
	// Parents leads from a county value to the one above it.
	Parents map[string]string

	// newest and oldest are the ranks of the documents in these orders.
	newest, oldest []uint32
	docs           map[string]uint32
}

// column is one facet: the values of item i are Values[o] for o in
// Ords[Start[i]:Start[i+1]].
type column struct {
	Values []string
	Start  []uint32
	Ords   []uint32

	ords map[string]uint32
}

// figureColumn holds the figures of item i at Start[i]:Start[i+1]; a unit
// stands in Units once.
type figureColumn struct {
	Start  []uint32
	Values []float64
	Unit   []uint32
	Units  []string

	units map[string]uint32
}

func (c *figureColumn) add(text string) {
	for _, f := range search.Figures(text) {
		unit, ok := c.units[f.Unit]
		if !ok {
			unit = uint32(len(c.Units))
			c.units[f.Unit] = unit
			c.Units = append(c.Units, f.Unit)
		}
		c.Values = append(c.Values, f.Value)
		c.Unit = append(c.Unit, unit)
	}
	c.Start = append(c.Start, uint32(len(c.Values)))
}

// holding is the set of items with a figure that meets a condition.
func (c *figureColumn) holding(b search.Bound) bitset {
	set := newBitset(len(c.Start) - 1)
	item := uint32(0)
	for i, value := range c.Values {
		for c.Start[item+1] <= uint32(i) {
			item++
		}
		if b.Holds(value, c.Units[c.Unit[i]]) {
			set.add(item)
		}
	}
	return set
}

func newColumns() *columns {
	c := &columns{Facets: make([]column, len(search.FacetNames)), Parents: map[string]string{}, docs: map[string]uint32{}}
	c.Figures = figureColumn{Start: []uint32{0}, units: map[string]uint32{}}
	for i := range c.Facets {
		c.Facets[i] = column{Start: []uint32{0}, ords: map[string]uint32{}}
	}
	c.FirstItem = []uint32{0}
	return c
}

func (c *columns) addDocument(doc *report.Document, at place) {
	c.docs[doc.ID] = uint32(len(c.DocID))
	c.DocID = append(c.DocID, doc.ID)
	c.DocAt = append(c.DocAt, at)
	c.FirstItem = append(c.FirstItem, c.FirstItem[len(c.FirstItem)-1])
}

// addItem adds an item of the document added last.
func (c *columns) addItem(doc *report.Document, it *report.Item, at place) {
	c.ItemLocal = append(c.ItemLocal, it.Local())
	c.ItemAt = append(c.ItemAt, at)
	c.ItemDoc = append(c.ItemDoc, uint32(len(c.DocID)-1))
	c.FirstItem[len(c.FirstItem)-1]++
	c.Figures.add(it.Text)
	for i, name := range search.FacetNames {
		c.Facets[i].add(search.FacetValuesOf(name, doc, it))
	}
}

func (c *column) add(values []string) {
	for _, v := range values {
		ord, ok := c.ords[v]
		if !ok {
			ord = uint32(len(c.Values))
			c.ords[v] = ord
			c.Values = append(c.Values, v)
		}
		c.Ords = append(c.Ords, ord)
	}
	c.Start = append(c.Start, uint32(len(c.Ords)))
}

// of gives the ordinals of an item's values.
func (c *column) of(item uint32) []uint32 { return c.Ords[c.Start[item]:c.Start[item+1]] }

// items gives the range of ordinals of a document's items.
func (c *columns) items(doc uint32) (first, last uint32) { return c.FirstItem[doc], c.FirstItem[doc+1] }

func (c *columns) len() int { return len(c.ItemAt) }

// findParents fills Parents for every county value and those above it.
func (c *columns) findParents() {
	for _, v := range c.Facets[slices.Index(search.FacetNames, search.FacetCounty)].Values {
		for v != "" {
			above := search.FacetParent(v)
			if _, ok := c.Parents[v]; ok || above == v {
				break
			}
			c.Parents[v] = above
			v = above
		}
	}
}

func (c *columns) write(path string) error {
	c.findParents()
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	buf := bufio.NewWriterSize(f, 1<<16)
	err = gob.NewEncoder(buf).Encode(c)
	if err == nil {
		err = buf.Flush()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

func readColumns(path string) (*columns, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c := new(columns)
	if err := gob.NewDecoder(bufio.NewReaderSize(f, 1<<16)).Decode(c); err != nil {
		return nil, fmt.Errorf("reading columns: %w", err)
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	c.index()
	return c, nil
}

// check makes sure that no later lookup can fall outside.
func (c *columns) check() error {
	items, docs := len(c.ItemAt), len(c.DocID)
	ok := len(c.ItemLocal) == items && len(c.ItemDoc) == items && len(c.DocAt) == docs &&
		len(c.FirstItem) == docs+1 && int(c.FirstItem[docs]) == items && len(c.Facets) == len(search.FacetNames)
	for _, col := range c.Facets {
		ok = ok && len(col.Start) == items+1 && int(col.Start[items]) == len(col.Ords)
	}
	f := &c.Figures
	ok = ok && len(f.Start) == items+1 && slices.IsSorted(f.Start) && int(f.Start[items]) == len(f.Values) && len(f.Unit) == len(f.Values)
	for _, unit := range f.Unit {
		ok = ok && int(unit) < len(f.Units)
	}
	if !ok {
		return fmt.Errorf("columns do not fit together")
	}
	return nil
}

// index prepares the lookups that are not written.
func (c *columns) index() {
	c.docs = make(map[string]uint32, len(c.DocID))
	for i, id := range c.DocID {
		c.docs[id] = uint32(i)
	}
	for i := range c.Facets {
		col := &c.Facets[i]
		col.ords = make(map[string]uint32, len(col.Values))
		for ord, v := range col.Values {
			col.ords[v] = uint32(ord)
		}
	}
}

// rank orders the documents by date. Documents without a year come last both
// ways; ties are broken by place and ID so that the order never changes.
func (c *columns) rank(headers []report.Document) {
	byDate := func(direction int) []uint32 {
		order := make([]uint32, len(headers))
		for i := range order {
			order[i] = uint32(i)
		}
		slices.SortFunc(order, func(i, j uint32) int {
			a, b := &headers[i], &headers[j]
			return cmp.Or(
				cmp.Compare(btoi(a.Year == 0), btoi(b.Year == 0)),
				direction*cmp.Compare(a.Year, b.Year),
				direction*strings.Compare(a.Date, b.Date),
				strings.Compare(a.Place.Code, b.Place.Code),
				strings.Compare(a.ID, b.ID))
		})
		ranks := make([]uint32, len(order))
		for rank, doc := range order {
			ranks[doc] = uint32(rank)
		}
		return ranks
	}
	c.newest, c.oldest = byDate(-1), byDate(1)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// find gives the ordinal of the item with a document's ID and a local part.
func (c *columns) find(id string) (ord uint32, ok bool) {
	docID, local, _ := strings.Cut(id, "/")
	doc, ok := c.docs[docID]
	if !ok {
		return 0, false
	}
	first, last := c.items(doc)
	for ord := first; ord < last; ord++ {
		if c.ItemLocal[ord] == local {
			return ord, true
		}
	}
	return 0, false
}
