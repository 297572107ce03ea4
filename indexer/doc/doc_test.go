package doc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
	"youju/indexer/plain"
)

// compound writes a compound file of streams, each filled up to 4096 bytes so
// that none goes to the small sectors.
func compound(streams map[string][]byte, order ...string) []byte {
	const size = 512
	le := binary.LittleEndian
	var body []byte
	var fat []uint32
	put := func(data []byte) (start uint32) {
		start = uint32(len(fat))
		n := (len(data) + size - 1) / size
		for i := range n {
			next := uint32(0xfffffffe)
			if i+1 < n {
				next = start + uint32(i) + 1
			}
			fat = append(fat, next)
		}
		body = append(body, data...)
		body = append(body, make([]byte, n*size-len(data))...)
		return start
	}
	directory := make([]byte, 4*128)
	entry := func(i int, name string, kind byte, child, right, start uint32, length int) {
		e := directory[i*128:]
		for k, u := range utf16.Encode([]rune(name)) {
			le.PutUint16(e[2*k:], u)
		}
		le.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66], e[67] = kind, 1
		le.PutUint32(e[68:], 0xffffffff)
		le.PutUint32(e[72:], right)
		le.PutUint32(e[76:], child)
		le.PutUint32(e[116:], start)
		le.PutUint64(e[120:], uint64(length))
	}
	const none = 0xffffffff
	for i, name := range order {
		data := streams[name]
		if len(data) < 4096 {
			data = append(bytes.Clone(data), make([]byte, 4096-len(data))...)
		}
		right := uint32(none)
		if i+1 < len(order) {
			right = uint32(i + 2)
		}
		entry(i+1, name, 2, none, right, put(data), len(data))
	}
	entry(0, "Root Entry", 5, 1, none, 0xfffffffe, 0)
	dir := put(directory)
	fatAt := uint32(len(fat))
	fat = append(fat, 0xfffffffd)
	table := make([]byte, size)
	for i := range size / 4 {
		v := uint32(none)
		if i < len(fat) {
			v = fat[i]
		}
		le.PutUint32(table[4*i:], v)
	}
	head := make([]byte, size)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(head[24:], 0x3e)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xfffe)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], 1)
	le.PutUint32(head[48:], dir)
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], 0xfffffffe)
	le.PutUint32(head[68:], 0xfffffffe)
	for i := range 109 {
		le.PutUint32(head[76+4*i:], none)
	}
	le.PutUint32(head[76:], fatAt)
	return append(append(head, body...), table...)
}

// word writes a document of main text and footnotes; bold is a range of main's characters.
func word(main, notes string, bold [2]int, flags int) []byte {
	const textAt = 1024
	le := binary.LittleEndian
	units := utf16.Encode([]rune(main + notes))
	mainLen := len(utf16.Encode([]rune(main)))
	d := make([]byte, textAt)
	le.PutUint16(d, 0xa5ec)
	le.PutUint16(d[2:], 0xc1)
	le.PutUint16(d[offFlags:], uint16(table1|flags))
	le.PutUint32(d[offMain:], uint32(mainLen))
	le.PutUint32(d[offFoot:], uint32(len(units)-mainLen))
	for _, u := range units {
		d = le.AppendUint16(d, u)
	}
	for len(d)%pageSize != 0 {
		d = append(d, 0)
	}
	// A page of character properties: three runs, the middle one bold.
	page := make([]byte, pageSize)
	for i, at := range []int{textAt, textAt + 2*bold[0], textAt + 2*bold[1], textAt + 2*len(units)} {
		le.PutUint32(page[4*i:], uint32(at))
	}
	page[4*4+1] = 100 / 2
	copy(page[100:], []byte{3, 0x35, 0x08, 1})
	page[pageSize-1] = 3
	number := len(d) / pageSize
	d = append(d, page...)
	// The table stream: the pages of properties, then the pieces.
	var table []byte
	table = le.AppendUint32(table, textAt)
	table = le.AppendUint32(table, uint32(textAt+2*len(units)))
	table = le.AppendUint32(table, uint32(number))
	le.PutUint32(d[offChpx:], 0)
	le.PutUint32(d[offChpx+4:], 12)
	le.PutUint32(d[offClx:], uint32(len(table)))
	clx := append([]byte{2}, le.AppendUint32(nil, 16)...)
	clx = le.AppendUint32(le.AppendUint32(clx, 0), uint32(len(units)))
	clx = append(clx, 0, 0)
	clx = append(le.AppendUint32(clx, textAt), 0, 0)
	le.PutUint32(d[offClx+4:], uint32(len(clx)))
	table = append(table, clx...)
	return compound(map[string][]byte{"WordDocument": d, "1Table": table}, "WordDocument", "1Table")
}

func TestRead(t *testing.T) {
	main := "青禾市政府工作报告\r一、工作回顾\r抓好就业。新增\x13 PAGE \x14三千\x15人\x02，\x0b换行\r甲\x07乙\x07\x07丙\r"
	got, err := Read(nil, word(main, "\x02 注释文字\r", [2]int{17, 22}, 0))
	if err != nil {
		t.Fatal(err)
	}
	want := "青禾市政府工作报告\n一、工作回顾\n**抓好就业。**新增三千人［1］，\n换行\n甲 | 乙\n丙\n\n［1］注释文字\n"
	if got.Body != want {
		t.Errorf("got %q, want %q", got.Body, want)
	}
}

func TestHostile(t *testing.T) {
	whole := word("甲乙丙\r", "", [2]int{0, 0}, 0)
	old := word("甲\r", "", [2]int{0, 0}, 0)
	binary.LittleEndian.PutUint16(old[512+2:], 0x65)
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, ErrFormat}, {"cut off", whole[:700], ErrFormat}, {"Word 6", old, ErrOld},
		{"encrypted", word("甲\r", "", [2]int{0, 0}, encrypted), plain.ErrEncrypted},
		{"encrypted docx", compound(map[string][]byte{"EncryptedPackage": {1}}, "EncryptedPackage"), plain.ErrEncrypted},
		{"sheet", compound(map[string][]byte{"Workbook": {1}}, "Workbook"), ErrSheet},
		{"no text", word("\r", "", [2]int{0, 0}, 0), plain.ErrNoText},
	} {
		if _, err := Read(nil, c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(word("甲乙丙\r甲\x07乙\x07\x07", "\x02注\r", [2]int{1, 2}, 0))
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = boundtest.Try(t, len(data), func(work *bound.Work) error {
			_, err := Read(work, data)
			return err
		})
	})
}

// FuzzStreams feeds the streams: a fuzzer seldom gets through the compound file.
func FuzzStreams(f *testing.F) {
	streams, err := open(nil, word("甲乙丙\r", "", [2]int{1, 2}, 0))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(streams["WordDocument"], streams["1Table"])
	f.Fuzz(func(t *testing.T, document, table []byte) {
		_ = boundtest.Try(t, len(document)+len(table), func(*bound.Work) error {
			r, err := newReader(map[string][]byte{"WordDocument": document, "0Table": table, "1Table": table})
			if err != nil {
				return err
			}
			got, err := r.read()
			if err == nil && strings.TrimSpace(got.Body) == "" {
				t.Error("no text and no error")
			}
			return err
		})
	})
}
