package report

import "strconv"

// Shifted is a printed number times a power of ten, in decimal arithmetic: 1.15
// shifted by 8 is 115000000, where 1.15 * 1e8 is 114999999.99999999.
func Shifted(value float64, power int) float64 {
	shifted, _ := strconv.ParseFloat(strconv.FormatFloat(value, 'f', -1, 64)+"e"+strconv.Itoa(power), 64)
	return shifted
}

// Powers are the characters that multiply a number, as powers of ten.
var Powers = map[rune]int{'十': 1, '百': 2, '千': 3, '万': 4, '亿': 8}
