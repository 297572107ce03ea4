package fact

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"youju/report"
)

// Sink takes the tables of a collection.
type Sink interface {
	Create(name string) (TableWriter, error)
}

// TableWriter writes the rows of a table.
type TableWriter interface {
	Add(row []byte) error
	Close() error
}

// A Builder gathers the facts of documents one after another. What it gathers
// goes to files when it is much, so that only the documents, the places and
// one subject at a time are held in memory.
type Builder struct {
	documents []Document
	// firsts are the numbers of the documents' first items.
	firsts []int
	items  int
	places numbering
	topics numbering
	// codes are those of places by their number, as far as documents tell.
	codes map[int]string
	// subjects are the facts by what they are about.
	subjects *sorter
	sorters  func() *sorter
	// kept are the items themselves, where all stays in memory.
	kept   []*report.Item
	memory bool
}

// NewBuilder returns an empty one that keeps everything in memory.
func NewBuilder() *Builder {
	b := NewBuilderIn("", 0)
	b.memory = true
	return b
}

// NewBuilderIn returns an empty one that takes about so many bytes of memory
// for what it sorts; the rest waits in files in a directory.
func NewBuilderIn(dir string, memory int) *Builder {
	b := &Builder{places: numbering{}, topics: numbering{}, codes: map[int]string{}}
	b.sorters = func() *sorter { return newSorter(dir, memory/sortersAtOnce) }
	b.subjects = b.sorters()
	return b
}

// sortersAtOnce is how many sorters hold something at the same time at most.
const sortersAtOnce = 3

// Close gives the files back of a builder that is not to write.
func (b *Builder) Close() error { return b.subjects.close() }

// numbering numbers texts in the order in which they are first met.
type numbering map[string]int

func (n numbering) of(text string) int {
	i, ok := n[text]
	if !ok {
		i = len(n)
		n[text] = i
	}
	return i
}

func (n numbering) ofAll(texts []string) []int {
	numbers := make([]int, len(texts))
	for i, t := range texts {
		numbers[i] = n.of(t)
	}
	return numbers
}

// list are the texts by their number.
func (n numbering) list() []string {
	list := make([]string, len(n))
	for text, i := range n {
		list[i] = text
	}
	return list
}

// The kinds of subjects, as their keys begin.
const (
	ofIndicator = "indicator\x00"
	ofProject   = "project\x00"
	ofUnit      = "unit\x00"
	ofTerm      = "term\x00"
	ofList      = "list\x00"
)

// Add gathers what a document states; it must not be changed any more.
func (b *Builder) Add(doc *report.Document) {
	d := Document{ID: doc.ID, Title: doc.Title, Kind: doc.Kind, Place: doc.Place, Year: doc.Year, Date: doc.Date}
	d.issuer = b.places.of(cmp.Or(report.Places().FacetValue(d.Place), NoPlace))
	b.codes[d.issuer] = d.Place.Code
	b.places.ofAll(report.Places().FacetPath(d.Place))
	about := map[string]int{} // by the place as printed
	for i := range doc.Items {
		it := &doc.Items[i]
		d.Characters += charactersOf(it)
		b.addFigures(&d, it, b.items+i, about)
		b.addMentions(it, b.items+i)
		b.addTask(&d, it, b.items+i)
		b.addEntry(&d, it, b.items+i)
		if b.memory {
			b.kept = append(b.kept, it)
		}
	}
	b.documents, b.firsts = append(b.documents, d), append(b.firsts, b.items)
	b.items += len(doc.Items)
}

// addEntry gathers what stands in a document's glossary and lists.
func (b *Builder) addEntry(d *Document, it *report.Item, item int) {
	switch it.Part {
	case report.PartGlossary:
		b.addDefinition(it, item)
	case report.PartLivelihood, report.PartPolicy:
		b.addListed(d, it, item)
	}
}

// documentAt is the number of the document in which an item stands.
func (b *Builder) documentAt(item int) int {
	i, _ := slices.BinarySearch(b.firsts, item+1)
	return i - 1
}

// byYear orders items by their document's year and date and by their place.
func (b *Builder) byYear(x, y int) int {
	d, e := &b.documents[b.documentAt(x)], &b.documents[b.documentAt(y)]
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Date, e.Date), cmp.Compare(x, y))
}

// Write writes all that was added. The builder can be used no more.
func (b *Builder) Write(sink Sink) (err error) {
	w, err := newTables(sink)
	defer func() { err = errors.Join(err, w.close(), b.subjects.close()) }()
	if err != nil {
		return err
	}
	f := b.newFinisher(w)
	err = b.subjects.groups(func(key string, values [][]byte) error {
		kind, key, _ := strings.Cut(key, "\x00")
		switch kind + "\x00" {
		case ofIndicator:
			return f.indicator(key, values)
		case ofProject:
			return f.project(key, values)
		case ofUnit:
			return f.unit(key, values)
		case ofTerm:
			return f.term(key, values)
		default:
			return f.list(key, values)
		}
	})
	if err != nil {
		return err
	}
	return f.finish()
}

// finisher makes the rows of subjects out of the facts of each.
type finisher struct {
	*Builder
	*tables
	// ranks are the numbers of places in the order of their codes, by the number
	// they were given first.
	ranks      []int
	placeNames []string
	topicNames []string
	// points are the numbers of figures by place, indicators the number of indicators.
	points         []int
	indicators     int
	indicatorNames *sorter
	text           textWriter
	// The subjects whose rows wait to be put in the order of lists.
	projects, units *sorter
	lists           []listRow
	// zones are the tasks given to all zones of a place, the one whose units come now.
	zones   [][]byte
	zonesOf string
}

func (b *Builder) newFinisher(w *tables) *finisher {
	f := &finisher{Builder: b, tables: w, indicatorNames: b.sorters(), projects: b.sorters(), units: b.sorters()}
	f.rankPlaces()
	f.topicNames = b.topics.list()
	f.points = make([]int, len(f.placeNames))
	f.text.table = w.of[tableIndicatorText]
	return f
}

// rankPlaces puts the places in the order of their codes, so that a province
// comes before its cities; 全国 is before all, what is unknown behind.
func (f *finisher) rankPlaces() {
	names := f.places.list()
	order := make([]int, len(names))
	for i := range names {
		order[i] = i
		if _, ok := f.codes[i]; !ok {
			f.codes[i] = codeOf(names[i])
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(strings.Compare(cmp.Or(f.codes[a], "~"), cmp.Or(f.codes[b], "~")), strings.Compare(names[a], names[b]))
	})
	f.ranks = make([]int, len(names))
	for rank, i := range order {
		f.ranks[i] = rank
		f.placeNames = append(f.placeNames, names[i])
	}
	for i := range f.documents {
		f.documents[i].issuer = f.ranks[f.documents[i].issuer]
	}
}

// finish writes what had to wait for all subjects.
func (f *finisher) finish() error {
	if err := f.text.flush(); err != nil {
		return err
	}
	if err := writeNames(f.indicatorNames, f.of[tableIndicatorNames]); err != nil {
		return err
	}
	if err := f.finishProjects(); err != nil {
		return err
	}
	if err := f.finishUnits(); err != nil {
		return err
	}
	if err := f.finishLists(); err != nil {
		return err
	}
	for i := range f.documents {
		var r row
		appendDocument(&r, f.firsts[i], &f.documents[i])
		if err := f.of[tableDocuments].Add(r); err != nil {
			return err
		}
	}
	for _, topic := range f.topicNames {
		var r row
		r.text(topic)
		if err := f.of[tableTopics].Add(r); err != nil {
			return err
		}
	}
	return f.finishPlaces()
}

// finishPlaces writes the places with the number of figures about each and the
// years of which it has documents.
func (f *finisher) finishPlaces() error {
	years := make([][]int, len(f.placeNames))
	for i := range f.documents {
		d := &f.documents[i]
		years[d.issuer] = appendNew(years[d.issuer], d.Year)
	}
	for i, name := range f.placeNames {
		slices.Sort(years[i])
		var r row
		r.text(name)
		r.uint(f.points[i])
		r.ints(years[i])
		if err := f.of[tablePlaces].Add(r); err != nil {
			return err
		}
	}
	return nil
}

// writeInOrder writes rows in the order of their keys and puts down the names
// that each names, see [namedRow].
func (f *finisher) writeInOrder(rows *sorter, table, names string) error {
	byName, n := f.sorters(), 0
	err := rows.each(func(_, value []byte) error {
		r := rowReader{data: value}
		for _, name := range r.texts() {
			byName.add(name, bearer(n))
		}
		n++
		if r.bad {
			return errRow
		}
		return f.of[table].Add(r.data)
	})
	if err != nil {
		return errors.Join(err, byName.close())
	}
	return writeNames(byName, f.of[names])
}

// namedRow puts the names of a subject before its row.
func namedRow(names []string, r row) []byte {
	var named row
	named.texts(names)
	return append(named, r...)
}

// descending is a number as a piece of a key that puts the highest first.
func descending(n int) string {
	return string(binary.BigEndian.AppendUint64(nil, ^uint64(n)))
}

// tables are those that are being written.
type tables struct{ of map[string]TableWriter }

func newTables(sink Sink) (*tables, error) {
	t := &tables{map[string]TableWriter{}}
	for _, name := range Tables {
		w, err := sink.Create(name)
		if err != nil {
			return t, err
		}
		t.of[name] = w
	}
	return t, nil
}

func (t *tables) close() error {
	var errs []error
	for _, name := range Tables {
		if w := t.of[name]; w != nil {
			errs = append(errs, w.Close())
		}
	}
	return errors.Join(errs...)
}
