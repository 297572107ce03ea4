package fact

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// A table of names has a row for each name, in order: the name, and the numbers
// of the subjects that bear it.

// writeNames writes a table of what was added by name.
func writeNames(names *sorter, table TableWriter) error {
	return names.groups(func(name string, values [][]byte) error {
		var r row
		r.text(name)
		r.uint(len(values))
		for _, v := range values {
			r = append(r, v...)
		}
		return table.Add(r)
	})
}

// bearer is a subject's number as the value of a name.
func bearer(n int) []byte {
	var r row
	r.uint(n)
	return r
}

// bearers lists the subjects that bear a name, in the order in which they were added.
func (f *Facts) bearers(table, name string) (numbers []int, err error) {
	i, found, err := f.findName(table, name)
	if err != nil || !found {
		return nil, err
	}
	err = f.read(table, i, func(r *rowReader) {
		r.bytes()
		numbers = r.uints()
	})
	return numbers, err
}

// findName finds a name, or the place where it would stand.
func (f *Facts) findName(table, name string) (i int, found bool, err error) {
	release, err := f.c.store.Hold()
	if err != nil {
		return 0, false, err
	}
	defer release()
	t := f.c.table[table]
	i = sort.Search(t.Len(), func(i int) bool {
		at, e := f.nameAt(t, i)
		if e != nil {
			err = e
		}
		found = found || string(at) == name
		return string(at) >= name
	})
	return i, found, err
}

func (f *Facts) nameAt(t Table, i int) ([]byte, error) {
	data, err := t.At(i)
	if err != nil {
		return nil, err
	}
	r := rowReader{data: data}
	return r.bytes(), r.err()
}

// bearersIn lists the subjects of which a name stands in a text, name by name.
func (f *Facts) bearersIn(table, text string) (numbers []int, err error) {
	release, err := f.c.store.Hold()
	if err != nil {
		return nil, err
	}
	defer release()
	t := f.c.table[table]
	for start := range text {
		err := f.prefixesOf(t, text[start:], func(i int) error {
			r, err := f.c.row(table, i)
			if err != nil {
				return err
			}
			r.bytes()
			numbers = append(numbers, r.uints()...)
			return r.err()
		})
		if err != nil {
			return nil, err
		}
		if f.ctx.Err() != nil {
			return nil, f.ctx.Err()
		}
	}
	return numbers, nil
}

// prefixesOf calls yield with the names that a text begins with. The names that
// begin with the first characters of the text stand together, and become fewer
// with each character.
func (f *Facts) prefixesOf(t Table, text string, yield func(i int) error) (err error) {
	low, high := 0, t.Len()
	for end := 0; end < len(text); {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
		prefix := []byte(text[:end])
		low += sort.Search(high-low, func(i int) bool {
			at, e := f.nameAt(t, low+i)
			if e != nil {
				err = e
			}
			return bytes.Compare(at, prefix) >= 0
		})
		high = low + sort.Search(high-low, func(i int) bool {
			at, e := f.nameAt(t, low+i)
			if e != nil {
				err = e
			}
			return !bytes.HasPrefix(at, prefix)
		})
		if err != nil || low == high {
			return err
		}
		if at, e := f.nameAt(t, low); e != nil || len(at) == len(prefix) {
			if err := yield(low); err != nil {
				return err
			}
		}
	}
	return nil
}

// perBlock is how many names stand in a row of a table of texts.
const perBlock = 512

// textWriter writes names to be looked through: one after the other, each with
// a line of its own.
type textWriter struct {
	table TableWriter
	block []byte
	n     int
}

func (w *textWriter) add(name string) error {
	w.block = append(append(w.block, name...), '\n')
	if w.n++; w.n%perBlock != 0 {
		return nil
	}
	return w.flush()
}

func (w *textWriter) flush() error {
	if len(w.block) == 0 {
		return nil
	}
	err := w.table.Add(w.block)
	w.block = nil
	return err
}

// namesHolding lists the numbers of the names of a table of texts that hold a word.
func (f *Facts) namesHolding(table, word string) (numbers []int, err error) {
	wanted := []byte(word)
	err = f.each(table, func(block int, r *rowReader) error {
		data, line := r.data, block*perBlock
		for {
			at := bytes.Index(data, wanted)
			if at < 0 {
				return nil
			}
			line += bytes.Count(data[:at], []byte{'\n'})
			numbers = append(numbers, line)
			end := bytes.IndexByte(data[at:], '\n')
			if end < 0 {
				return nil
			}
			data = data[at+end+1:]
			line++
		}
	})
	return numbers, err
}
