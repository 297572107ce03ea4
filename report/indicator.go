package report

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Indicator is something that reports state figures of through the years.
type Indicator struct {
	// Name is the one it goes by here; the texts use Aliases as well.
	Name    string
	Topic   string
	Aliases []string
	// Unit is the one it is usually printed in (亿元), "" for a ratio.
	Unit string
	// Note says what changed or differs in its definition (口径), or "".
	Note string
	// Of is the indicator it is the growth, fall or share of, or "".
	Of string

	// Works are the names that speak of it without a number as well: a plan
	// to go on with 农村改厕 is one in words.
	Works []string

	measures string
}

// IndicatorTable knows indicators by all their names.
type IndicatorTable struct {
	list   []Indicator
	byName map[string][]indicatorName
	change map[string]string
	most   int
}

// indicatorName is one of an indicator's names and the definition it implies.
type indicatorName struct {
	index int
	basis string
}

// Indicators returns the table of the program's data files.
func Indicators() *IndicatorTable { return loadIndicators() }

var loadIndicators = sync.OnceValue(func() *IndicatorTable {
	t := &IndicatorTable{byName: map[string][]indicatorName{}, change: map[string]string{}}
	for _, row := range readTable("indicator_changes.txt", 2) {
		t.change[row[0]] = row[1]
		t.most = max(t.most, len(row[0]))
	}
	for _, row := range readTable("indicators.txt", 5) {
		ind := Indicator{Name: row[0], Topic: row[1], Unit: strings.TrimPrefix(row[2], "-"), Note: strings.TrimPrefix(row[4], "-")}
		u, _ := LookupUnit(ind.Unit)
		ind.measures = u.Measures
		t.name(ind.Name, "")
		for _, alias := range strings.FieldsFunc(strings.TrimPrefix(row[3], "-"), func(r rune) bool { return r == ';' }) {
			alias, basis, _ := strings.Cut(strings.TrimSuffix(alias, "〕"), "〔")
			if work, ok := strings.CutPrefix(alias, "*"); ok {
				alias = work
				ind.Works = append(ind.Works, work)
			}
			ind.Aliases = append(ind.Aliases, alias)
			t.name(alias, basis)
		}
		t.list = append(t.list, ind)
	}
	return t
})

// name adds a name of the indicator that is listed next.
func (t *IndicatorTable) name(name, basis string) {
	key := foldIndicator(name)
	for _, n := range t.byName[key] {
		if n.index == len(t.list) {
			return
		}
	}
	t.byName[key] = append(t.byName[key], indicatorName{len(t.list), basis})
}

// All returns the indicators in the order of their file.
func (t *IndicatorTable) All() []Indicator { return slices.Clone(t.list) }

// OfTopic returns a topic's indicators in the order of their file.
func (t *IndicatorTable) OfTopic(topic string) []Indicator {
	var found []Indicator
	for _, ind := range t.list {
		if ind.Topic == topic {
			found = append(found, ind)
		}
	}
	return found
}

// Lookup finds an indicator by any of its names. The unit tells 生产总值 in
// 亿元 from its growth in %; "" takes any. Basis is the definition that the
// name implies (新建 for 新建农村公路), or "". The growth of a known indicator
// is known as well.
func (t *IndicatorTable) Lookup(name, unit string) (ind Indicator, basis string, ok bool) {
	measures := ""
	if u, known := LookupUnit(unit); known {
		measures = u.Measures
	}
	key := foldIndicator(name)
	if ind, basis, ok := t.lookup(key, unit, measures); ok {
		return ind, basis, true
	}
	for n := min(t.most, len(key)-1); n > 0; n-- {
		base, change := key[:len(key)-n], t.change[key[len(key)-n:]]
		if change == "" {
			continue
		}
		if ind, basis, ok := t.lookup(base, "", ""); ok {
			return ind.changed(change, unit), basis, true
		}
	}
	return Indicator{}, "", false
}

// Same tells whether two names of figures in a unit are one indicator's.
func (t *IndicatorTable) Same(a, b, unit string) bool {
	return t.canonical(a, unit) == t.canonical(b, unit)
}

func (t *IndicatorTable) canonical(name, unit string) string {
	if ind, _, ok := t.Lookup(name, unit); ok {
		name = ind.Name
	}
	return foldIndicator(name)
}

func (t *IndicatorTable) lookup(key, unit, measures string) (Indicator, string, bool) {
	for _, n := range t.byName[key] {
		ind := t.list[n.index]
		if unit == "" || measures != "" && sameMeasure(ind.measures, measures) {
			return ind, n.basis, true
		}
	}
	return Indicator{}, "", false
}

// changed is the growth, fall or rise of an indicator.
func (ind Indicator) changed(change, unit string) Indicator {
	of := ind
	ind.Name, ind.Of, ind.Aliases, ind.Unit = of.Name+change, of.Name, nil, unit
	if strings.HasSuffix(of.Name, change) {
		ind.Name, ind.Of = of.Name, of.Of
	}
	if strings.HasSuffix(of.Name, "增幅") || strings.HasSuffix(of.Name, "涨幅") {
		ind.Name, ind.Of = of.Name, of.Of
	}
	for _, alias := range of.Aliases {
		ind.Aliases = append(ind.Aliases, alias+change)
	}
	return ind
}

// indicatorFolds are the differences between names that make no other indicator.
var indicatorFolds = strings.NewReplacer(
	" ", "", "\u3000", "", "“", "", "”", "", "\"", "", "‘", "", "’", "", "《", "", "》", "", "、", "", "，", "", ",", "", "的", "",
	"(", "（", ")", "）", "规模以上", "规上", "地区生产总值", "生产总值",
)

// mayFold says that one of indicatorFolds may begin with a character, or that
// it has another form in capitals.
func mayFold(r rune) bool {
	switch r {
	case ' ', '\u3000', '“', '”', '"', '‘', '’', '《', '》', '、', '，', ',', '的', '(', ')', '规', '地', utf8.RuneError:
		return true
	}
	return (r < '一' || r > '鿿') && unicode.ToUpper(r) != r
}

// foldIndicator is the form in which names of indicators are compared. Most are so already.
func foldIndicator(name string) string {
	if strings.IndexFunc(name, mayFold) < 0 {
		return name
	}
	return strings.ToUpper(indicatorFolds.Replace(name))
}

// genericWords are those of which no name of an indicator can consist, longer
// ones first.
var genericWords = sync.OnceValue(func() []string {
	var list []string
	for _, row := range readTable("indicator_generic.txt", 1) {
		list = append(list, row[0])
	}
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
})

// longestGeneric is how long, in characters, a name of generic words alone may be.
const longestGeneric = 10

// Names reports whether a name can stand for an indicator that is followed
// through the years: one of the table, or one with a word of its own. 项目, 203
// and 比上年多 are counts of one sentence.
func (t *IndicatorTable) Names(name string) bool {
	if _, _, known := t.Lookup(name, ""); known {
		return true
	}
	if utf8.RuneCountInString(name) > longestGeneric {
		return true
	}
	for _, w := range genericWords() {
		name = strings.ReplaceAll(name, w, " ")
	}
	letters := 0
	for _, r := range name {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 1
}
