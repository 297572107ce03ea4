package doc

import "sort"

// span is a range of bytes of the document stream.
type span struct{ start, end int }

// pageSize is the size of a page of properties.
const pageSize = 512

// readBold collects where characters are bold, from the pages of character
// properties.
func (r *reader) readBold() {
	r.eachPage(offChpx, func(page []byte) {
		n := int(page[pageSize-1])
		if n > 101 {
			return
		}
		for i := range n {
			at := 2 * int(page[4*(n+1)+i])
			if at == 0 {
				continue
			}
			props := cut(page, at+1, int(page[at]))
			if on, ok := property(props, 0x0835); ok && on&1 == 1 {
				r.bold = append(r.bold, span{u32(page, 4*i), u32(page, 4*(i+1))})
			}
		}
	})
	sort.Slice(r.bold, func(i, j int) bool { return r.bold[i].start < r.bold[j].start })
}

// readNumbered looks for paragraphs in lists.
func (r *reader) readNumbered() {
	r.eachPage(offPapx, func(page []byte) {
		n := int(page[pageSize-1])
		if n > 29 {
			return
		}
		for i := range n {
			at := 2 * int(page[4*(n+1)+13*i])
			if at == 0 {
				continue
			}
			size, from := 2*int(page[at])-1, at+1
			if page[at] == 0 && at+1 < pageSize {
				size, from = 2*int(page[at+1]), at+2
			}
			props := cut(page, from, size)
			if len(props) < 2 {
				continue
			}
			if list, ok := property(props[2:], 0x460b); ok && list != 0 && list < 0x7ff {
				r.numbered = true
			}
		}
	})
}

// eachPage calls f for every page that a table of pages names.
func (r *reader) eachPage(off int, f func(page []byte)) {
	plc := cut(r.table, u32(r.doc, off), u32(r.doc, off+4))
	n := (len(plc) - 4) / 8
	for i := range n {
		number := u32(plc, 4*(n+1)+4*i) & 0x3fffff
		if page := cut(r.doc, number*pageSize, pageSize); page != nil {
			f(page)
		}
	}
}

// property finds a property in a list of them; its operand's size stands in
// the top three bits of its code.
func property(list []byte, code int) (value int, ok bool) {
	for len(list) >= 3 {
		op := u16(list, 0)
		size := 0
		switch op >> 13 {
		case 0, 1:
			size = 1
		case 2, 4, 5:
			size = 2
		case 3:
			size = 4
		case 7:
			size = 3
		case 6:
			size = 1 + int(list[2])
		}
		operand := cut(list, 2, size)
		if operand == nil {
			return 0, false
		}
		if op == code {
			if size == 1 {
				return int(operand[0]), true
			}
			return u16(operand, 0), true
		}
		list = list[2+size:]
	}
	return 0, false
}

// boldIn answers whether places that only grow from start are bold.
func boldIn(spans []span, start int) func(at int) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].end > start })
	return func(at int) bool {
		for i < len(spans) && spans[i].end <= at {
			i++
		}
		return i < len(spans) && spans[i].start <= at
	}
}
