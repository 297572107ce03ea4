package indexer

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
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
	ErrEmpty    = errors.New("文件是空的，没有文字")
	ErrBinary   = errors.New("不是可以收录的文件（支持文本、网页、.docx、.pdf、.ofd、.doc、.wps、.zip）")
	ErrEncoding = errors.New("无法识别文字编码（支持 UTF-8、UTF-16、GB18030/GBK、Big5）")
	ErrTooLarge = fmt.Errorf("文件过大，未读取（文本至多 %d MB，PDF、压缩包等至多 %d MB）", MaxFileSize>>20, MaxContainerSize>>20)
	ErrChanged  = errors.New("读取时文件正在被修改，未收录，请稍后重新运行")
)

// decode turns a file's bytes into UTF-8 text. A byte order mark decides first,
// then valid UTF-8, then GB18030, then Big5: a declared charset is not asked,
// since saved pages lie about it.
func decode(data []byte) (string, error) {
	switch {
	case len(data) > MaxFileSize:
		return "", ErrTooLarge
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], func(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }), nil
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], func(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 }), nil
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return "", ErrEmpty
	}
	if isBinary(data) {
		return "", ErrBinary
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	if out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data); err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
		return string(out), nil
	}
	if out, err := traditionalchinese.Big5.NewDecoder().Bytes(data); err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
		return string(out), nil
	}
	return "", ErrEncoding
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

func decodeUTF16(data []byte, unit func([]byte) uint16) string {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, unit(data))
	}
	return string(utf16.Decode(units))
}
