package bleve

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// segmentField is a field of a segment: the terms that stand at least so many
// times in a field of its entries.
type segmentField struct {
	name          string
	source, times int
}

// inverter turns entries into a run: fields, their terms in order, and which
// entries have them.
type inverter struct {
	fields []segmentField
	terms  termTable
	// wanted leads from a source and how often a term has been seen there to
	// the list it then goes to, or to -1.
	wanted [][maxTimes + 1]int
	lists  []termList
}

// maxTimes is how far it is counted how often a term stands in a text.
const maxTimes = 5

// termList is the terms of a field, by their numbers, entry by entry.
type termList struct{ terms, ends []uint32 }

// invert makes a run of entries, see run.go for its form.
func invert(fields []segmentField, entries []*entry) []byte {
	v := &inverter{fields: fields, terms: newTermTable(), lists: make([]termList, len(fields))}
	for f, field := range fields {
		for len(v.wanted) <= field.source {
			v.wanted = append(v.wanted, [maxTimes + 1]int{-1, -1, -1, -1, -1, -1})
		}
		v.wanted[field.source][field.times] = f
	}
	for _, e := range entries {
		v.add(e)
	}
	order := v.terms.order()
	var run []byte
	for f := range fields {
		run = v.appendField(run, f, order)
	}
	return run
}

func (v *inverter) add(e *entry) {
	begin, long := 0, e.long
	for source, end := range e.ends {
		v.terms.begin()
		wanted := &v.wanted[source]
		for _, key := range e.keys[begin:end] {
			if key == longKey {
				key, long = v.terms.longKey(long[0]), long[1:]
			}
			number, times := v.terms.see(key)
			if f := wanted[times]; f >= 0 {
				v.lists[f].terms = append(v.lists[f].terms, number)
			}
		}
		begin = end
	}
	for f := range v.lists {
		v.lists[f].ends = append(v.lists[f].ends, uint32(len(v.lists[f].terms)))
	}
}

// appendField sorts the list of a field by terms, counting first how many
// entries each has, and appends it to a run.
func (v *inverter) appendField(run []byte, f int, order []uint32) []byte {
	list := &v.lists[f]
	counts := make([]uint32, len(v.terms.keys))
	for _, term := range list.terms {
		counts[term]++
	}
	distinct, place, places := 0, uint32(0), make([]uint32, len(counts))
	for _, term := range order {
		places[term] = place
		place += counts[term]
		distinct += min(1, int(counts[term]))
	}
	entries, at := make([]uint32, len(list.terms)), uint32(0)
	for i, end := range list.ends {
		for _, term := range list.terms[at:end] {
			entries[places[term]] = uint32(i)
			places[term]++
		}
		at = end
	}
	w := runWriter{run: binary.AppendUvarint(run, uint64(distinct))}
	for _, term := range order {
		if n := counts[term]; n > 0 {
			w.add(v.terms.text(term), entries[places[term]-n:places[term]])
		}
	}
	return w.run
}

// termTable numbers terms, and counts how often each has been seen in a text.
type termTable struct {
	slots []termSlot
	// keys are the keys of the terms by number. A long term's is its place in
	// long above longKey.
	keys    []termKey
	long    []string
	places  map[string]int
	spelled []byte
	current uint32
}

type termSlot struct {
	key termKey
	// seen is the text in which the term was seen last, above the three bits
	// that count how often.
	number, seen uint32
}

func newTermTable() termTable {
	return termTable{slots: make([]termSlot, 1<<12), places: map[string]int{}}
}

// begin begins a text.
func (t *termTable) begin() { t.current += maxTimes + 3 }

func (t *termTable) longKey(term string) termKey {
	place, ok := t.places[term]
	if !ok {
		place = len(t.long)
		t.places[term] = place
		t.long = append(t.long, term)
	}
	return termKey(place)<<8 | longKey
}

// see gives the number of a term and how often it has now been seen in the
// text; 0 where that is more than anybody asks for.
func (t *termTable) see(key termKey) (number uint32, times int) {
	slot := t.find(key)
	if slot.key == 0 {
		if 2*len(t.keys) >= len(t.slots) {
			t.grow()
			slot = t.find(key)
		}
		*slot = termSlot{key: key, number: uint32(len(t.keys))}
		t.keys = append(t.keys, key)
	}
	if slot.seen < t.current {
		slot.seen = t.current
	}
	if slot.seen == t.current+maxTimes {
		return slot.number, 0
	}
	slot.seen++
	return slot.number, int(slot.seen - t.current)
}

// find is the slot of a key, or the empty one where it is to go.
func (t *termTable) find(key termKey) *termSlot {
	mask := len(t.slots) - 1
	// The high bits of the product depend on all of the key.
	for i := int(uint64(key) * 0x9e3779b97f4a7c15 >> 32); ; i++ {
		if slot := &t.slots[i&mask]; slot.key == key || slot.key == 0 {
			return slot
		}
	}
}

func (t *termTable) grow() {
	old := t.slots
	t.slots = make([]termSlot, 4*len(old))
	for _, slot := range old {
		if slot.key != 0 {
			*t.find(slot.key) = slot
		}
	}
}

// text is a term by its number, until the next call.
func (t *termTable) text(number uint32) []byte {
	if key := t.keys[number]; key&0xff != longKey {
		t.spelled = key.appendTo(t.spelled[:0])
	} else {
		t.spelled = append(t.spelled[:0], t.long[key>>8]...)
	}
	return t.spelled
}

// order lists the numbers of all terms in the order of these.
func (t *termTable) order() []uint32 {
	type placed struct {
		key    termKey
		number uint32
	}
	all := make([]placed, len(t.keys))
	for i, key := range t.keys {
		if key&0xff == longKey {
			// Behind the short ones with the same beginning.
			key = termKeyOf(t.long[key>>8][:maxKeyBytes], "") | longKey
		}
		all[i] = placed{key, uint32(i)}
	}
	slices.SortFunc(all, func(a, b placed) int {
		if a.key == b.key && a.key&0xff == longKey {
			return strings.Compare(t.long[t.keys[a.number]>>8], t.long[t.keys[b.number]>>8])
		}
		return cmp.Compare(a.key, b.key)
	})
	order := make([]uint32, len(all))
	for i, p := range all {
		order[i] = p.number
	}
	return order
}
