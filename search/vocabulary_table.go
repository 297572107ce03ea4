package search

// table is a hash table from numbers to numbers, several times as fast as a
// map: millions of runs are counted in it. A value of 0 is as good as none.
type table struct {
	cells []cell
	used  int
}

type cell struct {
	key   uint64 // one more than the key, 0 where free
	value uint32
}

func newTable() table { return table{cells: make([]cell, 1<<12)} }

func (t *table) place(key uint64) *cell {
	mask := len(t.cells) - 1
	at := int((key*0x9E3779B97F4A7C15)>>20) & mask
	for t.cells[at].key != 0 && t.cells[at].key != key+1 {
		at = (at + 1) & mask
	}
	return &t.cells[at]
}

func (t *table) get(key uint64) uint32 { return t.place(key).value }

// slot is where the value of a key stands, valid until the next call.
func (t *table) slot(key uint64) *uint32 {
	c := t.place(key)
	if c.key == 0 {
		if 2*t.used >= len(t.cells) {
			t.grow()
			c = t.place(key)
		}
		c.key = key + 1
		t.used++
	}
	return &c.value
}

func (t *table) grow() {
	old := t.cells
	t.cells = make([]cell, 4*len(old))
	for _, c := range old {
		if c.key != 0 {
			*t.place(c.key - 1) = c
		}
	}
}
