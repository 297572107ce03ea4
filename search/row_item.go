package search

import (
	"encoding/binary"
	"fmt"

	"youju/report"
)

// ItemRow is what engines keep of an item to look at it without reading it:
// its rows, and where in its text the units in charge are named.
type ItemRow struct {
	// Local is the item's part of its ID.
	Local []byte
	// Text, Heading and Duty are the rows of the text, of the item's own heading,
	// and of the units and leaders in charge.
	Text, Heading, Duty Row
	// DutyAt is the byte of Text at which the bracket with the units begins, or
	// its length.
	DutyAt int
}

// AppendItemRow appends the encoded rows of an item; tokens are those of its text.
func AppendItemRow(dst []byte, it *report.Item, tokens []Token) []byte {
	text := AppendRow(nil, tokens)
	var heading, duty Row
	if it.Heading != "" {
		heading = AppendRow(nil, Tokenize(it.Heading))
	}
	for _, name := range dutyNames(it) {
		duty = AppendRow(duty, Tokenize(name))
	}
	local := it.Local()
	dst = binary.AppendUvarint(dst, uint64(len(local)))
	dst = binary.AppendUvarint(dst, uint64(len(text)))
	dst = binary.AppendUvarint(dst, uint64(len(heading)))
	dst = binary.AppendUvarint(dst, uint64(len(text)-dutyIn(it.Text, tokens, len(text))))
	dst = append(dst, local...)
	dst = append(dst, text...)
	dst = append(dst, heading...)
	return append(dst, duty...)
}

// dutyNames lists the units and leaders in charge.
func dutyNames(it *report.Item) []string {
	names := make([]string, 0, len(it.Duty.LeadUnits)+len(it.Duty.SupportUnits)+len(it.Duty.Leaders))
	names = append(append(append(names, it.Duty.LeadUnits...), it.Duty.SupportUnits...), it.Duty.Leaders...)
	return names
}

// dutyIn is the byte of the text's row at which the units in charge begin.
func dutyIn(text string, tokens []Token, size int) int {
	start := dutyStart(text)
	if start == len(text) {
		return size
	}
	first := 0
	for first < len(tokens) && tokens[first].Start < start {
		first++
	}
	return len(AppendRow(nil, tokens[:first]))
}

// ParseItemRow reads what AppendItemRow wrote. The rows share its bytes.
func ParseItemRow(data []byte) (row ItemRow, err error) {
	var sizes [4]int
	for i := range sizes {
		n, used := binary.Uvarint(data)
		if used <= 0 || n > uint64(len(data)) {
			return ItemRow{}, fmt.Errorf("row is cut short")
		}
		sizes[i], data = int(n), data[used:]
	}
	local, text, heading := sizes[0], sizes[1], sizes[2]
	if local+text+heading > len(data) || sizes[3] > text || text%2+heading%2+sizes[3]%2+(len(data)-local)%2 > 0 {
		return ItemRow{}, fmt.Errorf("row does not fit together")
	}
	row.Local, data = data[:local], data[local:]
	row.Text, row.Heading, row.Duty = Row(data[:text]), Row(data[text:text+heading]), Row(data[text+heading:])
	row.DutyAt = text - sizes[3]
	return row, nil
}
