package bleve

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"youju/report"
)

// Records are items and documents as they are shown. An item leaves out what
// its document, its group and its row say already. Its text stands behind the
// rest as it is: text is most of a record, and JSON would only cost time.

// plainItem and plainDocument are written field by field, whatever fields
// there are: the public form of JSON serves readers, not us.
type (
	plainItem     report.Item
	plainDocument report.Document
)

// appendItem appends the record of an item.
func appendItem(dst []byte, it *report.Item) ([]byte, error) {
	rest := plainItem(*it)
	rest.ID, rest.Path, rest.Text = "", nil, ""
	data, err := json.Marshal(&rest)
	if err != nil {
		return nil, err
	}
	dst = binary.AppendUvarint(dst, uint64(len(data)))
	dst = append(dst, data...)
	return append(dst, it.Text...), nil
}

// readItem reads what appendItem wrote.
func readItem(data []byte) (it report.Item, err error) {
	size, used := binary.Uvarint(data)
	if used <= 0 || size > uint64(len(data)-used) {
		return it, fmt.Errorf("item record is cut short")
	}
	data = data[used:]
	err = json.Unmarshal(data[:size], (*plainItem)(&it))
	it.Text = string(data[size:])
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
