package report

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Unit is a unit that figures are printed in, without the 万 or 亿 before it.
type Unit struct {
	Name string
	// Measures says what it is a unit of: money, percent, rank, times, count,
	// people, length, area, volume, weight, power, energy, data, duration, density.
	Measures string
}

// multipliers are the characters that stand between a number and its unit.
const multipliers = "十百千万亿"

type unitTable struct {
	list   []Unit
	byName map[string]Unit
}

var loadUnits = sync.OnceValue(func() *unitTable {
	t := &unitTable{byName: map[string]Unit{}}
	for _, row := range readTable("units.txt", 2) {
		u := Unit{row[0], row[1]}
		t.list = append(t.list, u)
		t.byName[u.Name] = u
	}
	return t
})

// Units returns the units that are read as such.
func Units() []Unit { return append([]Unit(nil), loadUnits().list...) }

// LookupUnit finds a unit as a figure prints it, with or without a multiplier
// before it or what it is per behind it (亿元, 万千瓦, 元/人·年).
func LookupUnit(printed string) (Unit, bool) {
	t := loadUnits()
	whole, _, _ := strings.Cut(printed, "/")
	for _, s := range []string{printed, whole} {
		for s != "" {
			if u, ok := t.byName[s]; ok {
				return u, true
			}
			r, size := utf8.DecodeRuneInString(s)
			if !strings.ContainsRune(multipliers, r) {
				break
			}
			s = s[size:]
		}
	}
	return Unit{}, false
}

// sameMeasure tells whether figures in two kinds of units can be of one
// indicator: people and things are counted alike (4万人, 120名).
func sameMeasure(a, b string) bool {
	count := func(m string) bool { return m == "count" || m == "people" }
	return a == b || count(a) && count(b)
}
