package bleve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"reflect"

	"github.com/klauspost/compress/zstd"
	"github.com/vmihailenco/msgpack/v5"

	"youju/report"
)

// Records are items and documents as they are shown, written field by field as
// MessagePack, whatever fields there are: the public form of JSON serves
// readers and takes ten times as long to read. An item leaves out what its
// document, its group and its row say already; its text stands behind the rest
// as it is.

// encode writes a value for decode.
func encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	e := msgpack.NewEncoder(&buf)
	e.UseArrayEncodedStructs(true)
	e.UseCompactInts(true)
	err := e.Encode(v)
	return buf.Bytes(), err
}

func decode(data []byte, into any) error { return msgpack.Unmarshal(data, into) }

// recordForm identifies the fields of records. An index whose records have
// others cannot be read: fields go by their place.
func recordForm() string {
	hash := sha256.New()
	describeType(hash, reflect.TypeFor[report.Document](), 0)
	return hex.EncodeToString(hash.Sum(nil))[:16]
}

// describeType writes the names and types of all fields in order.
func describeType(w io.Writer, t reflect.Type, depth int) {
	fmt.Fprint(w, t.Kind(), " ")
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		describeType(w, t.Elem(), depth+1)
	case reflect.Struct:
		for i := range t.NumField() {
			fmt.Fprint(w, depth, t.Field(i).Name, " ")
			describeType(w, t.Field(i).Type, depth+1)
		}
	}
}

// appendItem appends the record of an item.
func appendItem(dst []byte, it *report.Item) ([]byte, error) {
	rest := *it
	rest.ID, rest.Path, rest.Text = "", nil, ""
	data, err := encode(&rest)
	if err != nil {
		return nil, err
	}
	return append(appendBytes(dst, data), it.Text...), nil
}

// readItem reads what appendItem wrote.
func readItem(data []byte) (it report.Item, err error) {
	rest, text, err := cutBytes(data)
	if err == nil {
		err = decode(rest, &it)
	}
	it.Text = string(text)
	return it, err
}

// squeezer makes records smaller. They are short and alike, so each is squeezed
// by itself against a sample of the collection.
type squeezer struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// maxSample is the size of the sample: what is near is found fast.
const maxSample = 32 << 10

func newSqueezer(sample []byte) (s *squeezer, err error) {
	s = &squeezer{}
	writing := []zstd.EOption{zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(false), zstd.WithZeroFrames(true)}
	reading := []zstd.DOption{zstd.WithDecoderMaxMemory(maxRecord), zstd.WithDecoderConcurrency(0)}
	if len(sample) >= 8 { // the least that is a sample
		writing = append(writing, zstd.WithEncoderDictRaw(1, sample))
		reading = append(reading, zstd.WithDecoderDictRaw(1, sample))
	}
	if s.encoder, err = zstd.NewWriter(nil, writing...); err != nil {
		return nil, err
	}
	s.decoder, err = zstd.NewReader(nil, reading...)
	return s, err
}

// maxRecord is the size of the largest record that is read: no damaged file
// takes all memory.
const maxRecord = 256 << 20

func (s *squeezer) squeeze(dst, record []byte) []byte { return s.encoder.EncodeAll(record, dst) }

func (s *squeezer) restore(record []byte) ([]byte, error) { return s.decoder.DecodeAll(record, nil) }

func (s *squeezer) close() {
	if s != nil {
		s.encoder.Close()
		s.decoder.Close()
	}
}
