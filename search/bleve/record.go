package bleve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/klauspost/compress/zstd"
	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"

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
		err = decode(rest, (*itemRecord)(&it))
	}
	it.Text = string(text)
	return it, err
}

// itemRecord is an item that reads its fields one by one: ten are shown of each
// answer, and finding out what they are takes as long as reading them.
type itemRecord report.Item

// DecodeMsgpack reads the fields in the order of [report.Item].
func (it *itemRecord) DecodeMsgpack(d *msgpack.Decoder) error {
	n, err := d.DecodeArrayLen()
	if err == nil && n != itemFieldCount {
		err = fmt.Errorf("item of %d fields", n)
	}
	text := func(s *string) {
		if err == nil {
			*s, err = d.DecodeString()
		}
	}
	texts := func(list *[]string) {
		if err == nil {
			err = decodeList(d, list)
		}
	}
	text(&it.ID)
	texts(&it.Path)
	text(&it.Number)
	text(&it.Heading)
	text(&it.Text)
	text((*string)(&it.Part))
	text((*string)(&it.Claim))
	if err == nil {
		it.AboutYear, err = d.DecodeInt()
	}
	if err == nil {
		it.FromYear, err = d.DecodeInt()
	}
	texts(&it.Places)
	texts(&it.Topics)
	if err == nil {
		_, err = d.DecodeArrayLen() // the fields of Duty
	}
	texts(&it.Duty.Leaders)
	texts(&it.Duty.LeadUnits)
	texts(&it.Duty.SupportUnits)
	if err == nil {
		it.Duty.More, err = d.DecodeBool()
	}
	if err == nil {
		err = errors.Join(decodeList(d, &it.Figures), decodeList(d, &it.Mentions), decodeList(d, &it.Spans))
	}
	return err
}

var itemFieldCount = reflect.TypeFor[report.Item]().NumField()

// decodeList reads a list, of which most are none.
func decodeList[T any](d *msgpack.Decoder, list *[]T) error {
	if code, err := d.PeekCode(); err != nil || code == msgpcode.Nil {
		return d.DecodeNil()
	}
	return d.Decode(list)
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
