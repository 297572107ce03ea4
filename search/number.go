package search

import "strings"

// multiplierZeros are the multipliers a number is written with, and the zeros
// each stands for; none comes first.
var multiplierZeros = []struct {
	word  string
	zeros int
}{{"", 0}, {"万", 4}, {"亿", 8}, {"万亿", 12}}

// The other ways to write a number are looked for from so many digits before
// its point on, and up to so many behind it: 500 is never written 0.05万, and
// nobody writes 6.78012万.
const (
	minFormDigits   = 4
	maxFormDigits   = 18
	maxFormDecimals = 4
)

// numberForms lists the other ways to write a number with what follows it:
// 6.78万人 for 67800人, 12000万 and 120000000 for 1.2亿. It has none for what
// does not begin with a number.
func numberForms(text string) []string {
	tokens := Tokenize(text)
	if len(tokens) == 0 || tokens[0].Start > 0 || tokens[0].Kind != Word || !isDecimal(tokens[0].Term) {
		return nil
	}
	whole, fraction, _ := strings.Cut(tokens[0].Term, ".")
	if strings.Contains(fraction, ".") {
		return nil
	}
	zeros, end, rest := 0, tokens[0].End, tokens[1:]
	for len(rest) > 0 && (rest[0].Term == "万" || rest[0].Term == "亿") && zeros <= 8 {
		zeros += map[string]int{"万": 4, "亿": 8}[rest[0].Term]
		end, rest = rest[0].End, rest[1:]
	}
	if len(rest) > 0 && rest[0].Kind == Word {
		return nil // two numbers in a row are none
	}
	digits, point := strings.TrimLeft(whole+fraction, "0"), len(whole)+zeros
	point -= len(whole+fraction) - len(digits) // the zeros before it count no more
	digits = strings.TrimRight(digits, "0")
	if digits == "" || point < minFormDigits || point > maxFormDigits {
		return nil
	}
	var forms []string
	for _, m := range multiplierZeros {
		if number := writeDecimal(digits, point-m.zeros); number != "" && number+m.word != text[:end] {
			forms = append(forms, number+m.word+text[end:])
		}
	}
	return forms
}

// writeDecimal writes digits with the point behind so many of them, or "" where
// nobody would write the number so.
func writeDecimal(digits string, point int) string {
	switch {
	case point < -1 || len(digits)-point > maxFormDecimals:
		return ""
	case point <= 0:
		return "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		return digits + strings.Repeat("0", point-len(digits))
	}
	return digits[:point] + "." + digits[point:]
}
