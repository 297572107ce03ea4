package bleve

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"youju/report"
	"youju/search"
)

// prepared is all that an index takes from an item. It is found out on all
// processors, and put down in order.
type prepared struct {
	record, row []byte
	entry       *entry
	sizes       [scoredFields]int
	facets      [][]string
	figures     []search.Figure
	tokens      []search.Token
	err         error
}

// prepare reads an item. Its text is cut into tokens once, for all who need them.
func prepare(doc *report.Document, it *report.Item, squeezer *squeezer) (p prepared) {
	p.tokens = search.Tokenize(it.Text)
	p.row = search.AppendItemRow(nil, it, p.tokens)
	p.figures = search.FiguresIn(p.tokens)
	p.facets = facetsOf(doc, it)
	p.entry = &entry{}
	p.entry.addTokens(p.tokens)
	p.sizes[inText] = p.entry.endField()
	p.entry.addText(it.Heading)
	p.sizes[inHead] = p.entry.endField()
	for _, names := range [][]string{it.Duty.LeadUnits, it.Duty.SupportUnits, it.Duty.Leaders} {
		for _, name := range names {
			p.entry.addText(name)
		}
	}
	p.sizes[inDuty] = p.entry.endField()
	if p.record, p.err = appendItem(nil, it); p.err == nil && squeezer != nil {
		p.record = squeezer.squeeze(nil, p.record)
	}
	return p
}

// addItems puts down a document with its items.
func (b *Builder) addItems(doc *report.Document) error {
	all := make([]prepared, len(doc.Items))
	var work sync.WaitGroup
	share := len(doc.Items)/runtime.GOMAXPROCS(0) + 1
	for from := 0; from < len(all); from += share {
		work.Go(func() {
			for i := from; i < min(from+share, len(all)); i++ {
				all[i] = prepare(doc, &doc.Items[i], b.records.squeezer)
			}
		})
	}
	work.Wait()
	title := b.addDocument(doc)
	if title.err != nil {
		return title.err
	}
	var group prepared
	for i := range all {
		p := &all[i]
		if i == 0 || !slices.Equal(doc.Items[i].Path, doc.Items[i-1].Path) {
			if group = b.addGroup(doc.Items[i].Path); group.err != nil {
				return group.err
			}
		}
		p.sizes[inHead] += group.sizes[inHead]
		p.sizes[inTitle] = title.sizes[inTitle]
		b.items.add(p.entry)
		b.cols.addItem(p.facets, p.sizes)
		b.figures.add(p.figures)
		if err := errors.Join(p.err, b.records.addItem(p)); err != nil {
			return err
		}
	}
	b.beside.Wait()
	b.beside.Go(func() {
		b.vocabulary.AddTokens(doc, func(i int) []search.Token { return all[i].tokens })
		b.facts.Add(doc)
	})
	return nil
}

// addDocument puts down a document's title, number and header.
func (b *Builder) addDocument(doc *report.Document) (p prepared) {
	var title entry
	var row search.Row
	for _, text := range []string{doc.Title, doc.Number} {
		title.addText(text)
		if text != "" {
			row = search.AppendRow(row, search.Tokenize(text))
		}
	}
	p.sizes[inTitle] = title.endField()
	b.documents.add(&title)
	b.cols.addDocument(doc)
	record, err := appendDocument(nil, doc, row)
	p.err = errors.Join(err, b.records.documents.add(record))
	return p
}

// addGroup puts down the headings above a run of items.
func (b *Builder) addGroup(path []string) (p prepared) {
	var heads entry
	var row search.Row
	for _, text := range path {
		heads.addText(text)
		if text != "" {
			row = search.AppendRow(row, search.Tokenize(text))
		}
	}
	p.sizes[inHead] = heads.endField()
	b.groups.add(&heads)
	b.cols.addGroup()
	record, err := appendGroup(nil, path, row)
	p.err = errors.Join(err, b.records.groups.add(record))
	return p
}

// recordWriter writes the files of a store. The first records wait, as they
// are the sample that all are squeezed against.
type recordWriter struct {
	path                           string
	items, rows, groups, documents *tableWriter
	waiting                        [][]byte
	sample                         []byte
	squeezer                       *squeezer
}

func newRecordWriter(path string) (w *recordWriter, err error) {
	w = &recordWriter{path: path}
	for file, t := range map[string]**tableWriter{itemsFile: &w.items, rowsFile: &w.rows, groupsFile: &w.groups, documentsFile: &w.documents} {
		if *t, err = newTableWriter(filepath.Join(path, file)); err != nil {
			return w, err
		}
	}
	return w, nil
}

func (w *recordWriter) addItem(p *prepared) error {
	if err := w.rows.add(p.row); err != nil {
		return err
	}
	if w.squeezer != nil {
		return w.items.add(p.record)
	}
	w.waiting = append(w.waiting, p.record)
	w.sample = append(w.sample, p.record...)
	return nil
}

// begin squeezes what has waited, once there is a sample.
func (w *recordWriter) begin(least int) (err error) {
	if w.squeezer != nil || len(w.sample) < least {
		return nil
	}
	w.sample = w.sample[:min(len(w.sample), maxSample)]
	if w.squeezer, err = newSqueezer(w.sample); err != nil {
		return err
	}
	for _, record := range w.waiting {
		if err := w.items.add(w.squeezer.squeeze(nil, record)); err != nil {
			return err
		}
	}
	w.waiting = nil
	return os.WriteFile(filepath.Join(w.path, sampleFile), w.sample, 0o644)
}

func (w *recordWriter) close() error {
	err := w.begin(0)
	w.squeezer.close()
	for _, t := range []*tableWriter{w.items, w.rows, w.groups, w.documents} {
		if t != nil {
			err = errors.Join(err, t.close())
		}
	}
	return err
}
