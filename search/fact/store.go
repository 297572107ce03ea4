package fact

import (
	"context"
	"fmt"
	"sort"

	"youju/report"
)

// Store keeps what a [Builder] wrote, and the items it was told of. It is safe
// for concurrent use.
type Store interface {
	// Table opens the rows that were written under a name.
	Table(name string) (Table, error)
	// Item reads the n-th item of all. It is shared and must not be changed.
	Item(n int) (*report.Item, error)
	// Find gives the number of the item with an ID.
	Find(id string) (n int, ok bool)
	// Hold keeps the store open until release is called.
	Hold() (release func(), err error)
}

// Table is a list of rows.
type Table interface {
	Len() int
	// At is a row, which must not be changed nor read after the store was released.
	At(i int) ([]byte, error)
}

// The tables of a collection. Rows of subjects are in the order of lists.
const (
	tableDocuments  = "documents"
	tablePlaces     = "places"
	tableTopics     = "topics"
	tableIndicators = "indicators"
	tableProjects   = "projects"
	tableUnits      = "units"
	tableTerms      = "terms"
	tableLists      = "lists"
	// The names by which subjects are found, in order.
	tableIndicatorNames = "indicator-names"
	tableProjectNames   = "project-names"
	tableUnitNames      = "unit-names"
	// What indicators are called, as names are compared, many to a row.
	tableIndicatorText = "indicator-text"
)

// Tables names them all.
var Tables = []string{
	tableDocuments, tablePlaces, tableTopics, tableIndicators, tableProjects, tableUnits, tableTerms, tableLists,
	tableIndicatorNames, tableProjectNames, tableUnitNames, tableIndicatorText,
}

// Collection are all facts of a collection, where they are stored. It is safe
// for concurrent use.
type Collection struct {
	store Store
	table map[string]Table
	// places are facet values in the order of their codes, so that a province
	// comes before its cities; rank leads back from a place to its number.
	places []string
	rank   map[string]int
	topics []string
}

// Open opens what a [Builder] wrote.
func Open(store Store) (*Collection, error) {
	c := &Collection{store: store, table: map[string]Table{}, rank: map[string]int{}}
	for _, name := range Tables {
		t, err := store.Table(name)
		if err != nil {
			return nil, fmt.Errorf("opening facts: %w", err)
		}
		c.table[name] = t
	}
	err := c.each(context.Background(), tablePlaces, func(i int, r *rowReader) error {
		c.places = append(c.places, r.text())
		c.rank[c.places[i]] = i
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, c.each(context.Background(), tableTopics, func(_ int, r *rowReader) error {
		c.topics = append(c.topics, r.text())
		return nil
	})
}

// Documents is the number of documents.
func (c *Collection) Documents() int { return c.table[tableDocuments].Len() }

// Facts are the facts as one request asks for them: when ctx is done, every
// question ends with its error.
func (c *Collection) Facts(ctx context.Context) *Facts {
	return &Facts{c: c, ctx: ctx, documents: map[int]*Document{}}
}

// Facts answers questions about what the documents of a collection state. It
// serves one request and is not safe for concurrent use.
type Facts struct {
	c   *Collection
	ctx context.Context
	// documents are those the request has met.
	documents map[int]*Document
}

// checkEvery is how many rows are read before a request is asked whether it
// still wants them.
const checkEvery = 256

// row opens a row of a table.
func (c *Collection) row(table string, i int) (*rowReader, error) {
	if i < 0 || i >= c.table[table].Len() {
		return nil, errRow // another row leads there
	}
	data, err := c.table[table].At(i)
	if err != nil {
		return nil, err
	}
	return &rowReader{data: data}, nil
}

// each reads the rows of a table one after the other.
func (c *Collection) each(ctx context.Context, table string, read func(i int, r *rowReader) error) error {
	release, err := c.store.Hold()
	if err != nil {
		return err
	}
	defer release()
	t := c.table[table]
	var r rowReader
	for i := range t.Len() {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		data, err := t.At(i)
		if err != nil {
			return err
		}
		r = rowReader{data: data}
		if err := read(i, &r); err != nil {
			return err
		}
		if r.bad {
			return fmt.Errorf("%s, row %d: %w", table, i, errRow)
		}
	}
	return nil
}

// each reads the rows of a table as long as the request wants them.
func (f *Facts) each(table string, read func(i int, r *rowReader) error) error {
	return f.c.each(f.ctx, table, read)
}

// read reads row i of a table.
func (f *Facts) read(table string, i int, read func(r *rowReader)) error {
	release, err := f.c.store.Hold()
	if err != nil {
		return err
	}
	defer release()
	r, err := f.c.row(table, i)
	if err != nil {
		return err
	}
	read(r)
	if r.bad {
		return fmt.Errorf("%s, row %d: %w", table, i, errRow)
	}
	return f.ctx.Err()
}

// passage reads an item with its document.
func (f *Facts) passage(item int) (*Passage, error) {
	if err := f.ctx.Err(); err != nil {
		return nil, err
	}
	if item < 0 {
		return nil, errRow
	}
	it, err := f.c.store.Item(item)
	if err != nil {
		return nil, err
	}
	d, err := f.documentOf(item)
	return &Passage{d, it}, err
}

// documentOf finds the document of an item.
func (f *Facts) documentOf(item int) (*Document, error) {
	release, err := f.c.store.Hold()
	if err != nil {
		return nil, err
	}
	defer release()
	after := sort.Search(f.c.Documents(), func(i int) bool {
		r, e := f.c.row(tableDocuments, i)
		if e != nil {
			err = e
			return true
		}
		return r.uint() > item
	})
	if err != nil || after == 0 {
		return nil, fmt.Errorf("item %d has no document: %w", item, err)
	}
	return f.document(after - 1)
}

func (f *Facts) document(i int) (*Document, error) {
	if d := f.documents[i]; d != nil {
		return d, nil
	}
	d := new(Document)
	err := f.read(tableDocuments, i, func(r *rowReader) { *d = readDocument(r) })
	if err != nil {
		return nil, err
	}
	f.documents[i] = d
	return d, nil
}

// appendDocument writes a document whose first item has a number.
func appendDocument(r *row, first int, d *Document) {
	r.uint(first)
	r.uint(d.issuer)
	r.int(d.Year)
	r.uint(d.Characters)
	r.text(string(d.Kind))
	r.text(d.ID)
	r.text(d.Title)
	r.text(d.Date)
	appendPlace(r, d.Place)
}

func readDocument(r *rowReader) (d Document) {
	r.uint()
	d.issuer, d.Year, d.Characters, d.Kind = r.uint(), r.int(), r.uint(), report.Kind(r.text())
	d.ID, d.Title, d.Date, d.Place = r.text(), r.text(), r.text(), readPlace(r)
	return d
}

func appendPlace(r *row, p report.Place) {
	for _, s := range []string{p.Province, p.City, p.County, p.Code} {
		r.text(s)
	}
}

func readPlace(r *rowReader) report.Place {
	return report.Place{Province: r.text(), City: r.text(), County: r.text(), Code: r.text()}
}

// nth is the n-th of some names, "" where there is none.
func nth(names []string, n int) string {
	if n < 0 || n >= len(names) {
		return ""
	}
	return names[n]
}

func namesOf(names []string, numbers []int) []string {
	var list []string
	for _, n := range numbers {
		list = append(list, nth(names, n))
	}
	return list
}
