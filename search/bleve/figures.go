package bleve

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/search"
)

// figureColumn holds the numbers that items print: those of item i stand at
// start[i]:start[i+1]; a unit stands in units once.
type figureColumn struct {
	start, unit []uint32
	values      []float64
	units       []string

	known map[string]uint32
}

func (c *figureColumn) add(figures []search.Figure) {
	if c.start == nil {
		c.start, c.known = []uint32{0}, map[string]uint32{}
	}
	for _, f := range figures {
		unit, ok := c.known[f.Unit]
		if !ok {
			unit = uint32(len(c.units))
			c.known[f.Unit] = unit
			c.units = append(c.units, f.Unit)
		}
		c.values = append(c.values, f.Value)
		c.unit = append(c.unit, unit)
	}
	c.start = append(c.start, uint32(len(c.values)))
}

// holding is the set of items with a figure that meets a condition.
func (c *figureColumn) holding(b search.Bound) *roaring.Bitmap {
	set := roaring.New()
	for item := range uint32(len(c.start) - 1) {
		for i := c.start[item]; i < c.start[item+1]; i++ {
			if b.Holds(c.values[i], c.units[c.unit[i]]) {
				set.Add(item)
				break
			}
		}
	}
	return set
}

func (c *figureColumn) write(path string) error {
	w := newColumnWriter(path)
	writeColumn(w, c.start)
	writeColumn(w, c.unit)
	w.floats(c.values)
	w.texts(c.units)
	return w.close()
}

func readFigures(file *os.File, items int) (*figureColumn, error) {
	r := newColumnReader(file)
	c := &figureColumn{start: r.uint32s(), unit: r.uint32s(), values: r.floats(), units: r.texts()}
	ok := len(c.start) == items+1 && slices.IsSorted(c.start) && int(c.start[items]) == len(c.values) && len(c.unit) == len(c.values)
	if r.err == nil && !(ok && below(c.unit, len(c.units))) {
		r.err = fmt.Errorf("figures do not fit together")
	}
	return c, r.err
}

// lazyFigures are read when they are first asked for: few queries set a
// condition on numbers. The file is held open, so that it can be read after its
// generation was replaced.
type lazyFigures struct {
	file *os.File
	once sync.Once
	read *figureColumn
	err  error
}

func (x *Index) openFigures(path string) (err error) {
	x.figures.file, err = os.Open(filepath.Join(path, figuresFile))
	return err
}

// printing is the set of items with a figure that meets a condition.
func (x *Index) printing(b search.Bound) (*roaring.Bitmap, error) {
	f := &x.figures
	f.once.Do(func() { f.read, f.err = readFigures(f.file, x.cols.len()) })
	if f.err != nil {
		return nil, f.err
	}
	return f.read.holding(b), nil
}
