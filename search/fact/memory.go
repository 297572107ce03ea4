package fact

import (
	"context"
	"fmt"

	"youju/report"
)

// memory is a store and a sink of what is small.
type memory struct {
	tables map[string]*memoryTable
	items  []*report.Item
}

type memoryTable struct{ rows [][]byte }

func (t *memoryTable) Add(row []byte) error {
	t.rows = append(t.rows, append([]byte(nil), row...))
	return nil
}

func (t *memoryTable) Close() error { return nil }

func (t *memoryTable) Len() int { return len(t.rows) }

func (t *memoryTable) At(i int) ([]byte, error) { return t.rows[i], nil }

func (m *memory) Create(name string) (TableWriter, error) {
	m.tables[name] = new(memoryTable)
	return m.tables[name], nil
}

func (m *memory) Table(name string) (Table, error) { return m.tables[name], nil }

func (m *memory) Item(n int) (*report.Item, error) {
	if n >= len(m.items) {
		return nil, fmt.Errorf("no item %d of %d", n, len(m.items))
	}
	return m.items[n], nil
}

func (m *memory) Find(id string) (n int, ok bool) {
	for n, it := range m.items {
		if it.ID == id {
			return n, true
		}
	}
	return 0, false
}

func (m *memory) Hold() (release func(), err error) { return func() {}, nil }

// Facts are all that was added to a builder of [NewBuilder], which can be used
// no more.
func (b *Builder) Facts() *Facts {
	m := &memory{tables: map[string]*memoryTable{}, items: b.kept}
	if err := b.Write(m); err != nil {
		panic(err) // nothing in memory can fail
	}
	c, err := Open(m)
	if err != nil {
		panic(err)
	}
	return c.Facts(context.Background())
}
