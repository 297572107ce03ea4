package indexer

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// ErrMisread says that a text was once read in the wrong encoding and saved so,
// and cannot be had back.
var ErrMisread = errors.New("文字是乱码：曾按错误的编码打开后另存，无法复原，请换用原文件")

// A text that a program read in the wrong encoding and saved again looks like
// text to every test of encodings. It is known by turning it back: what becomes
// text in another encoding was that text.

// unmisread gives what such a text said, with a note for the reader; other
// texts come back as they are.
func unmisread(src string) (text, note string, err error) {
	head := cutRunes(src, 4096)
	switch {
	case looksLatin(head):
		return turnBack(src, asLatin, latin)
	case looksGBK(head):
		return turnBack(src, asGBK, "GBK")
	}
	return src, "", nil
}

// latin names the encodings of Western Europe, for operators.
const latin = "西文"

// cutRunes is the beginning of s, at most so many bytes, in whole runes.
func cutRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// maxDamage is how many places in a thousand bytes may be beyond repair.
const maxDamage = 20

// turnBack turns a text into the bytes it was read from, and reads them as UTF-8
// or, what Latin letters may have been, as GB18030.
func turnBack(src string, bytes func(string) ([]byte, int), as string) (text, note string, err error) {
	data, lostRunes := bytes(src)
	text = strings.ToValidUTF8(string(data), lost)
	if as == latin && strings.Count(text, lost)*1000 > len(data)*maxDamage {
		gb, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil {
			return "", "", ErrMisread
		}
		text = string(gb)
	}
	damaged := strings.Count(text, lost) + lostRunes
	if damaged*1000 > len(data)*maxDamage || !mostlyHan(text) {
		return "", "", ErrMisread
	}
	note = fmt.Sprintf("文字曾被误作 %s 编码另存，已复原", as)
	if damaged > 0 {
		note += fmt.Sprintf("，有%d处无法辨认，已略去", damaged)
	}
	return strings.ReplaceAll(text, lost, ""), note, nil
}

// mostlyHan says that of the letters beyond ASCII most are Chinese.
func mostlyHan(s string) bool {
	han, other := 0, 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case r >= 0x80 && unicode.IsLetter(r):
			other++
		}
	}
	return han > 0 && han >= 4*other
}

// looksLatin says that hardly anything but Latin letters with accents and signs
// stands where Chinese text would.
func looksLatin(head string) bool {
	accented, han := 0, 0
	for _, r := range head {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case r >= 0x80 && latinByte(r) >= 0:
			accented++
		}
	}
	return accented >= 20 && accented > 10*han && accented*3 > utf8.RuneCountInString(head)
}

// latinByte is the byte that Windows-1252 or Latin-1 reads as r, -1 for none.
func latinByte(r rune) int {
	if b, ok := charmap.Windows1252.EncodeRune(r); ok {
		return int(b)
	}
	if r < 0x100 {
		return int(r)
	}
	return -1
}

func asLatin(s string) (data []byte, lostRunes int) {
	for _, r := range s {
		if b := latinByte(r); b >= 0 {
			data = append(data, byte(b))
		} else {
			lostRunes++
		}
	}
	return data, lostRunes
}

// looksGBK says that most of the bytes a text has in GBK are Chinese characters
// in UTF-8: those of Chinese text itself hardly ever are.
func looksGBK(head string) bool {
	data, _ := asGBK(head)
	beyond, han := 0, 0
	for _, b := range data {
		if b >= 0x80 {
			beyond++
		}
	}
	for _, r := range string(data) {
		if unicode.Is(unicode.Han, r) {
			han += utf8.RuneLen(r)
		}
	}
	return han >= 36 && han*10 >= beyond*6
}

func asGBK(s string) (data []byte, lostRunes int) {
	e := simplifiedchinese.GB18030.NewEncoder()
	buf := make([]byte, utf8.UTFMax)
	for _, r := range s {
		if r < 0x80 {
			data = append(data, byte(r))
			continue
		}
		if r == utf8.RuneError {
			lostRunes++
			continue
		}
		n, _, err := e.Transform(buf, []byte(string(r)), true)
		if err != nil {
			lostRunes++
			continue
		}
		data = append(data, buf[:n]...)
	}
	return data, lostRunes
}
