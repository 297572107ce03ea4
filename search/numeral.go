package search

import (
	"strconv"
	"strings"
)

// Numbers in Chinese numerals: 一千五百米 is found as 1500米 and the other way
// round. What is no count is none here: 一 and 十 by themselves, years (二〇二三),
// shares of a name (十四五), 百 and 万 without a digit (百姓, 万家).

var hanDigits = map[string]int64{
	"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}

var hanPowers = map[string]int64{"十": 10, "百": 100, "千": 1000}

var hanMyriads = map[string]int64{"万": 1e4, "亿": 1e8}

// maxNumeral is the longest numeral in characters.
const maxNumeral = 32

// numeralAt reads the numeral that tokens begin with: its value, and how many
// tokens it takes, 0 for none.
func numeralAt(tokens []Token) (value int64, n int) {
	for n < len(tokens) && n <= maxNumeral && tokens[n].Kind == Han && isNumeral(tokens[n].Term) {
		n++
	}
	if n < 2 || n > maxNumeral {
		return 0, 0
	}
	var r numeralReader
	for _, t := range tokens[:n] {
		if !r.read(t.Term) {
			return 0, 0
		}
	}
	if value = r.total + r.section + r.digit; value < 10 || r.digit > 0 && r.last > 10 {
		return 0, 0 // 一百二 may be 120 or 102
	}
	return value, n
}

func isNumeral(term string) bool {
	return has(hanDigits, term) || has(hanPowers, term) || has(hanMyriads, term)
}

// numeralReader adds a numeral up: its myriads, what is below them, a digit
// whose power is still to come. last is the power before, 0 at the start of a
// section; myriad is the last 万 or 亿.
type numeralReader struct {
	total, section, digit, last, myriad int64
	pending                             bool
}

// read takes a character; ok is false where no numeral goes on so.
func (r *numeralReader) read(term string) (ok bool) {
	if digit, is := hanDigits[term]; is {
		if r.pending && r.digit > 0 {
			return false // 二三, 十四五
		}
		if r.digit, r.pending = digit, digit > 0; digit == 0 {
			ok = r.total+r.section > 0
			r.last = 0
			return ok
		}
		return true
	}
	if power, is := hanPowers[term]; is {
		ten := power == 10 && !r.pending && r.section == 0 && r.last == 0
		if !r.pending && !ten || r.last > 0 && power >= r.last {
			return false
		}
		r.section += max(r.digit, 1) * power
		r.digit, r.pending, r.last = 0, false, power
		return true
	}
	return r.readMyriad(hanMyriads[term])
}

// readMyriad takes 万 or 亿: of what is below them, or of all so far (一万亿).
func (r *numeralReader) readMyriad(myriad int64) bool {
	here := r.section + r.digit
	switch {
	case here == 0 && (r.total == 0 || r.myriad != 1e4 || myriad != 1e8):
		return false
	case here > 0 && r.myriad > 0 && myriad >= r.myriad && myriad == 1e4:
		return false
	case myriad == 1e8 && r.myriad == 1e8:
		return false
	}
	if myriad == 1e8 {
		r.total = (r.total + here) * myriad
	} else {
		r.total += here * myriad
	}
	r.section, r.digit, r.last, r.pending, r.myriad = 0, 0, 0, false, myriad
	return true
}

// numeralForms lists how a count that begins a text is written in the other
// script: 一千五百米 for 1500米, 48亿元 for 四十八亿元.
func numeralForms(text string) []string {
	tokens := Tokenize(text)
	if len(tokens) == 0 || tokens[0].Start > 0 {
		return nil
	}
	if value, n := numeralAt(tokens); n > 0 {
		if n < len(tokens) && tokens[n].Kind == Word {
			return nil
		}
		plain := strconv.FormatInt(value, 10) + text[tokens[n-1].End:]
		return append([]string{plain}, numberForms(plain)...)
	}
	f, ok := readFigure(text)
	if !ok || f.Unit == "" && f.power == 0 || f.Value < 10 || f.Value >= 1e16 || f.Value != float64(int64(f.Value)) {
		return nil
	}
	written := writeNumeral(int64(f.Value))
	forms := []string{written + text[f.End:]}
	if rest, ok := strings.CutPrefix(written, "二"); ok && !strings.HasPrefix(rest, "十") {
		forms = append(forms, "两"+rest+text[f.End:]) // 两千米
	}
	return forms
}

// writeNumeral writes a count from ten on in Chinese numerals.
func writeNumeral(value int64) string {
	if rest, ok := strings.CutPrefix(numeralOf(value), "一十"); ok {
		return "十" + rest
	}
	return numeralOf(value)
}

// numeralOf writes a count: what is above its greatest power, the power, the rest.
func numeralOf(value int64) string {
	for _, p := range []struct {
		power int64
		name  string
	}{{1e8, "亿"}, {1e4, "万"}, {1000, "千"}, {100, "百"}, {10, "十"}} {
		if value < p.power {
			continue
		}
		text, rest := numeralOf(value/p.power)+p.name, value%p.power
		if rest > 0 && rest < p.power/10 {
			text += "零"
		}
		return text + numeralOf(rest)
	}
	return []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}[value]
}
