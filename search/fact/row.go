package fact

import (
	"encoding/binary"
	"errors"
	"math"
)

// A row is numbers and texts one after the other, in the order in which they
// are read back. Numbers take as few bytes as they need.
type row []byte

func (r *row) uint(n int) { *r = binary.AppendUvarint(*r, uint64(n)) }

// int writes a number that may be below zero.
func (r *row) int(n int) { *r = binary.AppendVarint(*r, int64(n)) }

func (r *row) text(s string) {
	r.uint(len(s))
	*r = append(*r, s...)
}

func (r *row) float(f float64) {
	*r = binary.LittleEndian.AppendUint64(*r, math.Float64bits(f))
}

func (r *row) bool(b bool) { r.uint(btoi(b)) }

func (r *row) uints(list []int) {
	r.uint(len(list))
	for _, n := range list {
		r.uint(n)
	}
}

func (r *row) ints(list []int) {
	r.uint(len(list))
	for _, n := range list {
		r.int(n)
	}
}

func (r *row) texts(list []string) {
	r.uint(len(list))
	for _, s := range list {
		r.text(s)
	}
}

// errRow says that a row is not what was written.
var errRow = errors.New("a row of facts is damaged")

// rowReader reads a row. After an error it reads nothing.
type rowReader struct {
	data []byte
	bad  bool
}

func (r *rowReader) err() error {
	if r.bad {
		return errRow
	}
	return nil
}

func (r *rowReader) fail() {
	r.bad, r.data = true, nil
}

func (r *rowReader) uint() int {
	n, used := binary.Uvarint(r.data)
	if used <= 0 || n > math.MaxInt64 {
		r.fail()
		return 0
	}
	r.data = r.data[used:]
	return int(n)
}

func (r *rowReader) int() int {
	n, used := binary.Varint(r.data)
	if used <= 0 {
		r.fail()
		return 0
	}
	r.data = r.data[used:]
	return int(n)
}

// bytes gives the next piece, which must not be kept.
func (r *rowReader) bytes() []byte {
	n := r.uint()
	if n > len(r.data) {
		r.fail()
		return nil
	}
	piece := r.data[:n]
	r.data = r.data[n:]
	return piece
}

func (r *rowReader) text() string { return string(r.bytes()) }

func (r *rowReader) float() float64 {
	if len(r.data) < 8 {
		r.fail()
		return 0
	}
	f := math.Float64frombits(binary.LittleEndian.Uint64(r.data))
	r.data = r.data[8:]
	return f
}

func (r *rowReader) bool() bool { return r.uint() == 1 }

// length is the number of pieces that follow, each of a byte at least.
func (r *rowReader) length() int {
	n := r.uint()
	if n > len(r.data) {
		r.fail()
		return 0
	}
	return n
}

func readList[T any](r *rowReader, one func() T) []T {
	n := r.length()
	if n == 0 {
		return nil
	}
	list := make([]T, n)
	for i := range list {
		list[i] = one()
	}
	return list
}

func (r *rowReader) uints() []int    { return readList(r, r.uint) }
func (r *rowReader) ints() []int     { return readList(r, r.int) }
func (r *rowReader) texts() []string { return readList(r, r.text) }
