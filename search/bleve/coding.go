package bleve

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
)

// columnWriter writes lists of numbers and texts, each with its length before
// it, low byte first. The first error is kept for close.
type columnWriter struct {
	file *os.File
	buf  *bufio.Writer
	err  error
}

func newColumnWriter(path string) *columnWriter {
	w := &columnWriter{}
	if w.file, w.err = os.Create(path); w.err == nil {
		w.buf = bufio.NewWriterSize(w.file, 1<<18)
	}
	return w
}

func writeColumn[T uint8 | uint32 | uint64](w *columnWriter, list []T) {
	if w.err != nil {
		return
	}
	if w.err = binary.Write(w.buf, binary.LittleEndian, uint64(len(list))); w.err == nil {
		w.err = binary.Write(w.buf, binary.LittleEndian, list)
	}
}

func (w *columnWriter) texts(list []string) {
	ends := make([]uint32, len(list))
	size := 0
	for i, s := range list {
		size += len(s)
		ends[i] = uint32(size)
	}
	writeColumn(w, ends)
	for _, s := range list {
		if w.err == nil {
			_, w.err = w.buf.WriteString(s)
		}
	}
}

func (w *columnWriter) floats(list []float64) {
	bits := make([]uint64, len(list))
	for i, f := range list {
		bits[i] = math.Float64bits(f)
	}
	writeColumn(w, bits)
}

func (w *columnWriter) close() error {
	if w.file == nil {
		return w.err
	}
	if err := w.buf.Flush(); w.err == nil {
		w.err = err
	}
	if err := w.file.Close(); w.err == nil {
		w.err = err
	}
	return w.err
}

// columnReader reads what columnWriter wrote. After an error it reads nothing.
type columnReader struct {
	in io.Reader
	// left is the number of bytes there can be: no length is believed beyond it.
	left int64
	err  error
}

func newColumnReader(file *os.File) *columnReader {
	info, err := file.Stat()
	if err != nil {
		return &columnReader{err: err}
	}
	return &columnReader{in: io.NewSectionReader(file, 0, info.Size()), left: info.Size()}
}

func (r *columnReader) bytes(n, size int64) []byte {
	if r.err == nil && (n < 0 || n > r.left/size) {
		r.err = fmt.Errorf("a list is longer than the file")
	}
	if r.err != nil {
		return nil
	}
	data := make([]byte, n*size)
	_, r.err = io.ReadFull(r.in, data)
	r.left -= n * size
	return data
}

func (r *columnReader) length() int64 {
	head := r.bytes(1, 8)
	if r.err != nil {
		return 0
	}
	return int64(binary.LittleEndian.Uint64(head) & math.MaxInt64)
}

func (r *columnReader) uint8s() []uint8 { return r.bytes(r.length(), 1) }

func (r *columnReader) uint32s() []uint32 {
	data := r.bytes(r.length(), 4)
	list := make([]uint32, len(data)/4)
	for i := range list {
		list[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	return list
}

func (r *columnReader) floats() []float64 {
	data := r.bytes(r.length(), 8)
	list := make([]float64, len(data)/8)
	for i := range list {
		list[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:]))
	}
	return list
}

func (r *columnReader) texts() []string {
	ends := r.uint32s()
	if len(ends) == 0 {
		return nil
	}
	all := string(r.bytes(int64(ends[len(ends)-1]), 1))
	list := make([]string, len(ends))
	start := uint32(0)
	for i, end := range ends {
		if end < start || int64(end) > int64(len(all)) {
			if r.err == nil {
				r.err = fmt.Errorf("texts do not fit together")
			}
			return nil
		}
		list[i], start = all[start:end], end
	}
	return list
}
