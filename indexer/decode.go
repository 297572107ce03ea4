package indexer

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"youju/indexer/bound"
)

// MaxFileSize is the largest file that is read, in bytes. A work report is
// about 50 KB; what is larger is data of another sort. A file of pages may be
// larger, since pictures make most of it.
const (
	MaxFileSize      = 64 << 20
	MaxContainerSize = 256 << 20
)

// Errors that say why a file holds nothing to index. Their texts are shown to operators.
var (
	ErrEmpty    = bound.Fail(bound.Empty, "文件是空的，没有文字")
	ErrBinary   = bound.Fail(bound.Unsupported, "不是可以收录的文件（支持"+Supported+"）")
	ErrEncoding = bound.Fail(bound.Encoding, "无法识别文字编码（支持 UTF-8、UTF-16、GB18030/GBK、Big5）")
	ErrTooLarge = bound.Fail(bound.TooBig, fmt.Sprintf("文件过大，未读取（文本至多 %d MB，PDF、压缩包等至多 %d MB）", MaxFileSize>>20, MaxContainerSize>>20))
	ErrChanged  = bound.Fail(bound.Changed, "读取时文件正在被修改，未收录，请稍后重新运行")
)

// decode turns a file's bytes into UTF-8 text. A byte order mark decides first,
// then valid UTF-8, then GB18030, then Big5: a declared charset is not asked,
// since saved pages lie about it. Of a damaged text damage tells in Chinese
// what was left out.
func decode(data []byte) (src, damage string, err error) {
	switch {
	case len(data) > MaxFileSize:
		return "", "", ErrTooLarge
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], binary.LittleEndian), "", nil
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], binary.BigEndian), "", nil
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return "", "", ErrEmpty
	}
	if isBinary(data) {
		src, err := decodeUnmarked(data)
		return src, "", err
	}
	if utf8.Valid(data) {
		return string(data), "", nil
	}
	gb, gbErr := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if gbErr == nil && !bytes.ContainsRune(gb, utf8.RuneError) {
		return string(gb), "", nil
	}
	big5, big5Err := traditionalchinese.Big5.NewDecoder().Bytes(data)
	if big5Err == nil && !bytes.ContainsRune(big5, utf8.RuneError) {
		return string(big5), "", nil
	}
	for _, s := range []string{strings.ToValidUTF8(string(data), lost), string(gb), string(big5)} {
		if n := strings.Count(s, lost); n*wholeBytes <= len(data) {
			line := 1 + strings.Count(s[:strings.Index(s, lost)], "\n")
			return strings.ReplaceAll(s, lost, ""), fmt.Sprintf("有%d处字节损坏，无法辨认，已略去（第一处在第%d行）", n, line), nil
		}
	}
	return "", "", ErrEncoding
}

// lost stands for bytes that are no text. A text is read in spite of them where
// there is no more than one in so many bytes: in the wrong encoding there are
// hundreds.
const (
	lost       = string(utf8.RuneError)
	wholeBytes = 1000
)

// decodeUnmarked reads UTF-16 without a byte order mark, in which Chinese text
// has zero bytes only where digits and line ends are.
func decodeUnmarked(data []byte) (string, error) {
	if len(data)%2 != 0 {
		return "", ErrBinary
	}
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		s := decodeUTF16(data[:min(len(data), 8<<10)], order)
		text, all := 0, 0
		for _, r := range s {
			all++
			if unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef || r == '\n' || r >= ' ' && r <= '~' {
				text++
			}
		}
		if text*10 >= all*9 && strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			return decodeUTF16(data, order), nil
		}
	}
	return "", ErrBinary
}

// isBinary says that the bytes hold control characters no text has.
func isBinary(data []byte) bool {
	head := data[:min(len(data), 64<<10)]
	for _, magic := range []string{"PK\x03\x04", "%PDF-", "\xd0\xcf\x11\xe0", "\x1f\x8b"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return bytes.IndexByte(head, 0) >= 0
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return string(utf16.Decode(units))
}
