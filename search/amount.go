package search

import (
	"slices"
	"strings"

	"youju/report"
)

// amountBand is a value of the amount facet: amounts in yuan from Least up to,
// but not including, Below.
type amountBand struct {
	value, label string
	least, below float64
}

// amountBands are the values of the amount facet, smallest first. Their names
// are hundred millions of yuan, so that they read well in an address.
var amountBands = []amountBand{
	{"0-1", "1亿元以下", 0, 1e8},
	{"1-10", "1亿—10亿元", 1e8, 1e9},
	{"10-100", "10亿—100亿元", 1e9, 1e10},
	{"100-", "100亿元以上", 1e10, 0},
}

// amountsOf lists the bands that an item's amounts of money lie in. What is
// paid a head or a month (元/人·月) and what is counted in other currencies is
// no amount.
func amountsOf(it *report.Item) []string {
	var values []string
	for i := range it.Figures {
		f := &it.Figures[i]
		if f.Norm == nil || strings.TrimLeft(f.Unit, "十百千万亿") != "元" {
			continue
		}
		values = append(values, bandOf(*f.Norm))
		if f.ValueMax != nil && f.Value != nil && *f.Value != 0 {
			values = append(values, bandOf(*f.Norm / *f.Value * *f.ValueMax))
		}
	}
	return values
}

// bandOf is the band of an amount in yuan, "" for a negative one.
func bandOf(yuan float64) string {
	for _, b := range amountBands {
		if yuan >= b.least && (yuan < b.below || b.below == 0) {
			return b.value
		}
	}
	return ""
}

// amountLabel is what a reader sees for a band.
func amountLabel(value string) string {
	if i := amountRank(value); i < len(amountBands) {
		return amountBands[i].label
	}
	return ""
}

// amountRank is a band's place in the order, behind all for what is none.
func amountRank(value string) int {
	i := slices.IndexFunc(amountBands, func(b amountBand) bool { return b.value == value })
	if i < 0 {
		return len(amountBands)
	}
	return i
}
