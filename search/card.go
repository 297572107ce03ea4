package search

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"youju/report"
)

// maxCards is the number of cards above the hits.
const maxCards = 3

// maxAsked is the longest query in characters that can name something.
const maxAsked = 60

// Cards knows the short answers a collection can give: the terms its reports
// define, its units and its places. It is read-only and safe for concurrent use.
type Cards struct {
	// terms leads from the folded forms of a term to its definitions.
	terms  map[string][]definition
	units  []unitName
	places map[string]FacetValue
}

// definition is a glossary entry under one of the forms of its term.
type definition struct {
	hit *Hit
	// part is which of parts of a compound entry the form names, -1 for all.
	part, parts int
	// other is set for forms that are not how the report names it.
	other bool
}

// unitName is a unit under the forms it is called by.
type unitName struct {
	value FacetValue
	// key is its folded name, base that without the level (水利局), stem
	// without the kind as well (水利), kind its last character.
	key, base, stem, kind string
}

// NewCards makes the cards of a collection. glossary holds its glossary
// entries with their documents, units and counties the values of these facets
// with their counts.
func NewCards(glossary []Hit, units, counties []FacetValue) *Cards {
	c := &Cards{terms: map[string][]definition{}, places: map[string]FacetValue{}}
	for i := range glossary {
		c.addTerm(&glossary[i])
	}
	for _, u := range units {
		if u.Value != None && isUnitName(u.Value) {
			c.units = append(c.units, newUnitName(u))
		}
	}
	for _, p := range counties {
		if p.Value != None {
			c.places[p.Value] = p
		}
	}
	return c
}

func (c *Cards) addTerm(h *Hit) {
	names, others := termForms(h.Item.Heading)
	parts := termParts(strings.TrimSpace(h.Item.Heading))
	add := func(form string, d definition) {
		key := fold(form)
		if utf8.RuneCountInString(key) < 2 {
			return
		}
		d.hit, d.parts = h, len(parts)
		c.terms[key] = append(c.terms[key], d)
	}
	for _, name := range names {
		d := definition{part: -1}
		for i, p := range parts {
			if len(parts) > 1 && strings.Contains(unquote(p), name) {
				d.part = i
			}
		}
		add(name, d)
	}
	for _, other := range others {
		add(other, definition{part: -1, other: true})
	}
}

// Find makes the cards for a query: at most three, for a query that as a whole
// names a term, a unit or a place, or has a term of three characters or more
// among its words. filters are those in force; a year or place in them chooses
// among definitions.
func (c *Cards) Find(query string, filters map[string][]string) []Card {
	if utf8.RuneCountInString(query) > maxAsked {
		return nil
	}
	words, year := askedWords(query, true)
	for _, value := range filters[FacetYear] {
		if n, err := strconv.Atoi(value); err == nil {
			year = n
		}
	}
	whole := fold(strings.Join(words, ""))
	if whole == "" {
		return nil
	}
	var cards []Card
	add := func(card Card, ok bool) {
		same := func(other Card) bool {
			return other.Kind == card.Kind && other.Title == card.Title && other.Text == card.Text
		}
		if ok && len(cards) < maxCards && !slices.ContainsFunc(cards, same) {
			cards = append(cards, card)
		}
	}
	// 2025年10件实事 is a term with a year of its own.
	withYear, _ := askedWords(query, false)
	if add(c.term(fold(strings.Join(withYear, "")), year, filters[FacetCounty])); len(cards) == 0 {
		add(c.term(whole, year, filters[FacetCounty]))
	}
	if len(words) > 1 && len(cards) == 0 {
		for _, word := range words {
			// Two characters beside others are too often something else: 四好 农村路.
			if key := fold(word); utf8.RuneCountInString(key) >= 3 {
				add(c.term(key, year, filters[FacetCounty]))
			}
		}
	}
	add(c.unit(whole))
	add(c.place(whole))
	return cards
}

var (
	askedYear = regexp.MustCompile(`^([12][0-9]{3})年?度?`)
	askBefore = regexp.MustCompile(`^(什么是|什么叫|啥是|何为|何谓|解释|查询?|关于)`)
	askAfter  = regexp.MustCompile(`(是什么意思|是什么|什么意思|是啥意思|是啥|指什么|指的是什么|是指什么|的?(含义|意思|定义|解释|释义|概念|内涵)(是什么)?|有哪些任务|的?任务|的?职责|牵头的?|负责的?|[？?！!。])$`)
)

// askEnds are the last characters of what askAfter matches.
const askEnds = "思么啥义释念涵务责头的？?！!。"

// mayAsk tells most words that askAfter leaves alone by their last character,
// since trying it takes longer than all the rest.
func mayAsk(word string) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	return strings.ContainsRune(askEnds, last)
}

// askedWords gives the words of a query without what only asks, and the year
// it names, 0 for none; cutYear takes that off as well.
func askedWords(query string, cutYear bool) (words []string, year int) {
	for _, word := range strings.FieldsFunc(strings.ToValidUTF8(query, " "), isWordSpace) {
		word = foldWidth(word)
		if cutYear && (strings.HasPrefix(word, "1") || strings.HasPrefix(word, "2")) {
			if m := askedYear.FindStringSubmatch(word); m != nil && (len(m[0]) == len(word) || len(m[0]) > len(m[1])) {
				year, _ = strconv.Atoi(m[1])
				word = strings.TrimPrefix(word[len(m[0]):], "的")
			}
		}
		word = askBefore.ReplaceAllString(word, "")
		for before := ""; word != before && mayAsk(word); {
			before, word = word, askAfter.ReplaceAllString(word, "")
		}
		if word != "" {
			words = append(words, word)
		}
		if len(words) == MaxWords {
			break
		}
	}
	return words, year
}

func isWordSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u3000' || r == '\u00a0'
}

// term makes the card of a defined term: the definition of the year and place
// asked for, or else of the nearest year, or of the newest.
func (c *Cards) term(key string, year int, counties []string) (Card, bool) {
	all := c.terms[key]
	if len(all) == 0 {
		return Card{}, false
	}
	best := slices.MinFunc(all, func(a, b definition) int {
		return cmp.Or(
			compareBool(!a.in(counties), !b.in(counties)),
			compareBool(a.other, b.other),
			cmp.Compare(a.away(year), b.away(year)),
			cmp.Compare(b.hit.Document.Year, a.hit.Document.Year),
			strings.Compare(a.hit.Item.ID, b.hit.Item.ID))
	})
	return Card{
		Kind: CardTerm, Title: strings.TrimSpace(best.hit.Item.Heading), Text: best.text(),
		Item: best.hit, Note: best.note(year, counties),
	}, true
}

// in reports whether the definition is by one of the places, or of any place when none is asked for.
func (d definition) in(counties []string) bool {
	return len(counties) == 0 || slices.Contains(counties, report.Places().FacetValue(d.hit.Document.Place))
}

// away is how many years the definition is from the one asked for.
func (d definition) away(year int) int {
	if year == 0 || d.hit.Document.Year == 0 {
		return 0
	}
	return max(year-d.hit.Document.Year, d.hit.Document.Year-year)
}

// text is the definition, of a half of a compound entry only its half where it
// has one.
func (d definition) text() string {
	text := strings.TrimSpace(d.hit.Item.Text)
	if d.part < 0 || d.parts < 2 {
		return text
	}
	for _, separators := range []string{"；;", "，,"} {
		halves := strings.FieldsFunc(strings.TrimRight(text, "。"), func(r rune) bool { return strings.ContainsRune(separators, r) })
		if len(halves) == d.parts {
			return strings.TrimSpace(halves[d.part])
		}
	}
	return text
}

// note says where the definition is from, and that it is not from the year or
// place asked for.
func (d definition) note(year int, counties []string) string {
	doc := &d.hit.Document
	title := strings.Trim(doc.Title, "《》 ")
	source := "《" + title + "》"
	if doc.Year != 0 {
		year := fmt.Sprintf("%d年", doc.Year)
		source = year + "《" + strings.TrimPrefix(title, year) + "》"
	}
	switch {
	case !d.in(counties):
		return fmt.Sprintf("%s的报告没有这条释义，释义出自%s", strings.Join(counties, "、"), source)
	case d.away(year) > 0:
		return fmt.Sprintf("%d年的报告没有这条释义，释义出自%s", year, source)
	}
	return "释义出自" + source
}

// unitKinds are the last characters of offices' names.
const unitKinds = "局委办厅"

func newUnitName(value FacetValue) unitName {
	u := unitName{value: value, key: fold(value.Value)}
	u.base = trimLevel(u.key)
	runes := []rune(u.base)
	if last := runes[len(runes)-1]; strings.ContainsRune(unitKinds, last) {
		u.kind = string(last)
		u.stem = string(runes[:len(runes)-1])
	}
	return u
}

// trimLevel takes 市 and the like off the front of a unit's name.
func trimLevel(name string) string {
	for _, level := range []string{"省", "市", "县", "区"} {
		if rest, ok := strings.CutPrefix(name, level); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return name
}

// unit makes the card of a unit, called by its name, without the level
// (水利局), with its place (聊城市水利局), as 水利部门, or short (发改委).
func (c *Cards) unit(key string) (Card, bool) {
	u := c.findUnit(key)
	if u == nil {
		for n, runes := 2, []rune(key); n <= len(runes)-3 && n <= 6 && u == nil; n++ {
			if place := string(runes[:n]); len(report.Places().Lookup(place)) > 0 {
				u = c.findUnit(string(runes[n:]))
			}
		}
	}
	if u == nil {
		return Card{}, false
	}
	card := Card{Kind: CardUnit, Title: u.value.Value, Facet: FacetUnit, Value: u.value.Value, Count: u.value.Count}
	if key != u.key && key != u.base {
		card.Note = fmt.Sprintf("按“%s”查找", u.value.Value)
	}
	return card, true
}

// findUnit finds the unit a text calls; of several the one with most tasks,
// but none when the text only hints at them.
func (c *Cards) findUnit(key string) *unitName {
	for _, fits := range []func(u *unitName) bool{
		func(u *unitName) bool { return u.key == key },
		func(u *unitName) bool { return u.base == trimLevel(key) },
	} {
		if u, _ := c.mostTasks(fits); u != nil {
			return u
		}
	}
	short, isOffice := strings.CutSuffix(trimLevel(key), "部门")
	kind := ""
	if !isOffice {
		runes := []rune(short)
		if len(runes) == 0 || !strings.ContainsRune(unitKinds, runes[len(runes)-1]) {
			return nil
		}
		kind, short = string(runes[len(runes)-1]), string(runes[:len(runes)-1])
	}
	if utf8.RuneCountInString(short) < 2 {
		return nil
	}
	if u, _ := c.mostTasks(func(u *unitName) bool { return u.stem == short && (kind == "" || kind == u.kind) }); u != nil {
		return u
	}
	u, clear := c.mostTasks(func(u *unitName) bool { return abbreviates(short, u.stem) && (kind == "" || kind == u.kind) })
	if !clear {
		return nil
	}
	return u
}

// mostTasks is the unit with most tasks among those that fit; clear says that
// no other comes near it.
func (c *Cards) mostTasks(fits func(u *unitName) bool) (most *unitName, clear bool) {
	second := 0
	for i := range c.units {
		u := &c.units[i]
		switch {
		case !fits(u):
		case most == nil:
			most = u
		case u.value.Count > most.value.Count:
			most, second = u, most.value.Count
		default:
			second = max(second, u.value.Count)
		}
	}
	return most, most != nil && most.value.Count >= 3*second
}

// abbreviates reports whether a text is characters of a name in order, the
// first included: 发改 of 发展改革.
func abbreviates(short, name string) bool {
	s, n := []rune(short), []rune(name)
	if len(n) == 0 || len(s) >= len(n) || s[0] != n[0] {
		return false
	}
	at := 0
	for _, r := range n {
		if at < len(s) && s[at] == r {
			at++
		}
	}
	return at == len(s)
}

// place makes the card of a place of the collection, in full or short.
func (c *Cards) place(key string) (Card, bool) {
	value, ok := c.places[key]
	if !ok && utf8.RuneCountInString(key) >= 2 {
		for _, p := range report.Places().Lookup(key) {
			if value, ok = c.places[report.Places().FacetValue(p)]; ok {
				break
			}
		}
	}
	if !ok {
		return Card{}, false
	}
	return Card{Kind: CardPlace, Title: value.Value, Facet: FacetCounty, Value: value.Value, Count: value.Count}, true
}
