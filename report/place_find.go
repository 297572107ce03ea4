package report

import (
	"slices"
	"strings"
)

// PlaceMention is a place or a zone named in a text.
type PlaceMention struct {
	// Name is the place's name in the county facet: 东阿县, 济南市市中区, 经开区.
	Name string
	// Start and End are the byte offsets of the name in the text, white space inside it included.
	Start, End int
}

// Find returns the places that a text written by the government of within
// names, in the order of the text. White space inside names is ignored.
//
// Counties of the issuer's city are found under their short names (东阿, 东阿县),
// in a province's text its cities too; elsewhere only a full name counts, behind
// that of the place above it (河南省范县) or where no other place has it. The issuer's own city or province is
// not listed, a county that issues the text is. Cost is linear in the text.
func (g *Gazetteer) Find(text string, within Place) []PlaceMention {
	f := &finder{g: g, issuer: g.jurisdictionOf(within), text: compact(text)}
	f.scan()
	if len(f.hits) == 0 {
		return nil
	}
	f.join()
	at := offsets(text)
	var mentions []PlaceMention
	for _, h := range f.hits {
		if h.sure && h.value != "" {
			mentions = append(mentions, PlaceMention{h.value, at[h.start], at[h.end-1] + len(string(f.text[h.end-1]))})
		}
	}
	return mentions
}

// jurisdiction is the part of the country whose places a text names shortly.
type jurisdiction struct {
	// code is the issuer's own, scope the start of the codes of the places around it.
	code, scope string
	// city is the index of the issuer's city, or of a province that is one; -1 in a province's text.
	city int
	// provincial texts name cities and counties, county texts themselves.
	provincial, county bool
}

func (g *Gazetteer) jurisdictionOf(p Place) jurisdiction {
	i, ok := g.index(p)
	if !ok {
		return jurisdiction{scope: "none", city: -1}
	}
	j := jurisdiction{code: g.places[i].code, city: i}
	switch g.level(i) {
	case levelCounty:
		j.county = true
		j.city = g.parent(i)
	case levelProvince:
		j.provincial = !municipality(j.code)
	}
	j.scope = g.prefix(j.city)
	if j.provincial {
		j.city = -1
	}
	return j
}

// hit is a name found in the text. Hits without a value are consumed: the
// issuer itself, places elsewhere, which may stand before a county's name.
type hit struct {
	start, end int
	place      int // -1 for zones
	value      string
	sure       bool
	// below is set where the place above it is named right before it.
	below bool
}

type finder struct {
	g      *Gazetteer
	issuer jurisdiction
	text   []rune
	hits   []hit
}

// scan walks through the text; at each position the longest name that makes sense wins.
func (f *finder) scan() {
	for i := 0; i < len(f.text); {
		var found *hit
		trap := 0
		f.g.names.Each(f.text[i:], func(length int, forms []form) {
			if slices.ContainsFunc(forms, func(m form) bool { return m.kind == formTrap }) {
				trap = length
			}
			if h := f.judge(i, i+length, forms); h != nil {
				found = h
			}
		})
		switch {
		case found != nil && (found.end-i > trap || found.below && found.end-i == trap):
			f.hits = append(f.hits, *found)
			i = found.end
		case trap > 0:
			i += trap
		default:
			i++
		}
	}
}

// judge picks the meaning of a name at text[start:end], nil for none.
func (f *finder) judge(start, end int, forms []form) *hit {
	above := f.adjacent(start)
	best, bestRank := (*hit)(nil), 0
	for _, m := range forms {
		var h *hit
		var rank int
		if m.zone != "" {
			h, rank = f.judgeZone(start, end, m, above)
		} else if m.kind != formTrap {
			h, rank = f.judgePlace(start, end, m, above)
		}
		if h != nil && rank > bestRank {
			best, bestRank = h, rank
		}
	}
	return best
}

// adjacent is the hit that ends where a name starts, nil for none.
func (f *finder) adjacent(start int) *hit {
	if n := len(f.hits); n > 0 && f.hits[n-1].end == start {
		return &f.hits[n-1]
	}
	return nil
}

// judgePlace decides on one place. Of several meanings the highest rank wins:
// the issuer's own line, then what stands below the place just named, then the
// higher level.
func (f *finder) judgePlace(start, end int, m form, above *hit) (*hit, int) {
	g, code := f.g, f.g.places[m.place].code
	level := g.level(m.place)
	if f.cut(start, end, m) || f.titled(start, end) || f.alike(start, end, m) {
		return nil, 0
	}
	h := &hit{start: start, end: end, place: m.place, value: g.places[m.place].value, sure: true}
	own := code == f.issuer.code
	if strings.HasPrefix(f.issuer.code, g.prefix(m.place)) && (!own || !f.issuer.county) {
		h.value = ""
		return h, 10
	}
	word := string(f.text[start:end])
	below := above != nil && above.place >= 0 && above.place != m.place && strings.HasPrefix(code, g.prefix(above.place))
	if !strings.HasPrefix(code, f.issuer.scope) {
		// Elsewhere: cities are passed over, counties need the place above them.
		if level != levelCounty {
			h.value = ""
			return h, 2 - level
		}
		h.below = below
		switch {
		case m.kind != formOfficial:
		case below:
			return h, 9 // 南京市鼓楼区 in 福州市's text
		case f.nextTo(start, code):
			return h, 5
		case f.only(start, end, word):
			return h, 4
		}
		return nil, 0
	}
	h.below = below
	if below && (m.kind == formOfficial || !g.words[word]) {
		return h, 9
	}
	h.sure = m.kind != formWeak && !f.ordinary(word, level) && !f.doubtful(start, end, level, m) || m.kind == formShort && f.followed(end, "site")
	return h, 8 - level
}

// ordinary reports whether a name is more likely a word than the place. In the
// text of its province a city's name is the city (西安), but for a few.
func (f *finder) ordinary(word string, level int) bool {
	if f.issuer.provincial && level == levelCity {
		return slices.Contains(f.g.context["ordinary"], word)
	}
	return f.g.words[word]
}

// titled reports whether a name is the whole title of a work: 话剧《右玉》.
func (f *finder) titled(start, end int) bool {
	return start > 0 && end < len(f.text) && f.text[start-1] == '《' && f.text[end] == '》'
}

// alike reports whether a name stands in a list of rivers, lakes or mountains:
// 淮河、唐河.
func (f *finder) alike(start, end int, m form) bool {
	if m.kind != formShort || start < 2 || f.text[start-1] != '、' || !strings.ContainsRune("河江湖山", f.text[end-1]) {
		return false
	}
	n := len(f.hits)
	return f.text[start-2] == f.text[end-1] && (n == 0 || f.hits[n-1].end != start-1)
}

// nextTo reports whether a name follows another county of the same province
// in a list: 北京市朝阳区、海淀区.
func (f *finder) nextTo(start int, code string) bool {
	n := len(f.hits)
	if n == 0 || !f.joined(f.hits[n-1].end, start) {
		return false
	}
	last := f.hits[n-1]
	return last.place >= 0 && last.value != "" && f.g.places[last.place].code[:2] == code[:2]
}

// only reports whether a county's full name is that of no other place and no end
// of a longer word: 永靖县, but neither 范县 in 示范县 nor 平安县 in 创建平安县.
func (f *finder) only(start, end int, word string) bool {
	forms, _ := f.g.names.Get(word)
	places := map[int]bool{}
	for _, m := range forms {
		if m.zone == "" && m.kind == formOfficial {
			places[m.place] = true
		}
	}
	if len(places) != 1 || f.word(end) && end-start == 2 {
		return false
	}
	last := f.text[end-1]
	whole := end-start > 2 && (last == '县' || last == '市' || last == '旗') && !f.g.words[shortName(word)]
	listed := start > 0 && f.text[start-1] == '、' // 生态县、平安县
	return whole || !f.word(start) && !listed || f.preceded(start, "before-resort")
}

// joined reports whether one sign or word of a list stands between two places.
func (f *finder) joined(end, start int) bool {
	return start-end == 1 && slices.Contains(f.g.context["join"], string(f.text[end]))
}

// doubtful names are too short to be trusted in the text of a whole province.
// 范县 is trusted where no word can run into it, since 示范县 is none.
func (f *finder) doubtful(start, end, level int, m form) bool {
	if !f.issuer.provincial || level != levelCounty || end-start != 2 {
		return false
	}
	if m.kind == formOfficial {
		return f.text[end-1] != '县' || f.word(start) || f.followed(end, "after-县")
	}
	return m.kind == formShort && strings.HasSuffix(f.g.places[m.place].name, "区") && !f.followed(end, "zone")
}

// cut reports whether the word goes on where the name seems to end:
// 区域 is not 区, 东阿路 is not 东阿.
func (f *finder) cut(start, end int, m form) bool {
	rule := "after-" + string(f.text[end-1])
	if m.kind == formShort || m.kind == formAlias {
		rule = "after-short"
	}
	return f.followed(end, rule) && !f.followed(end, "town")
}

func (f *finder) followed(end int, rule string) bool {
	rest := string(f.text[end:min(end+4, len(f.text))])
	return slices.ContainsFunc(f.g.context[rule], func(word string) bool { return strings.HasPrefix(rest, word) })
}

func (f *finder) preceded(start int, rule string) bool {
	before := string(f.text[max(0, start-4):start])
	return slices.ContainsFunc(f.g.context[rule], func(word string) bool { return strings.HasSuffix(before, word) })
}

// judgeZone decides on one zone: it must belong to the issuer's city (or, in a
// province's text, to the province), and not to a place named just before it.
func (f *finder) judgeZone(start, end int, m form, above *hit) (*hit, int) {
	g := f.g
	if f.followed(end, "after-区") {
		return nil, 0
	}
	afterCity := above != nil && above.place >= 0 && above.place == f.issuer.city
	if above != nil && above.place != f.issuer.city && m.place == anyCity {
		return nil, 0
	}
	h := &hit{start: start, end: end, place: -1, value: m.zone, sure: true}
	if m.place != anyCity && g.level(m.place) == levelProvince && strings.HasPrefix(f.issuer.code, g.prefix(m.place)) {
		return h, 6
	}
	city := f.issuer.city
	switch {
	case city < 0 || f.issuer.county && !afterCity:
		return nil, 0
	case m.place != anyCity && m.place != city:
		return nil, 0
	case above != nil && !afterCity:
		return nil, 0
	case afterCity:
	case m.kind == formNamed, f.preceded(start, "before-zone"):
		return nil, 0
	case (m.kind == formResort || m.place == anyCity) && f.word(start) && !f.preceded(start, "before-resort"):
		// 黄河康养旅游度假区, 张江高新区: the end of a longer name.
		return nil, 0
	}
	if m.place == anyCity {
		h.value = g.places[city].short + m.zone
		return h, 6
	}
	return h, 7
}

// word reports whether a Chinese character stands just before a position.
func (f *finder) word(start int) bool {
	return start > 0 && f.text[start-1] >= 0x3400 && f.text[start-1] <= 0x9fff
}

// join makes doubtful names sure that stand beside a sure one: 朝阳、海淀.
func (f *finder) join() {
	beside := func(a, b hit) bool {
		return f.joined(a.end, b.start) || b.start == a.end && !f.g.words[string(f.text[b.start:b.end])]
	}
	sure := func(h hit) bool { return h.sure && h.value != "" && h.place >= 0 }
	for i := 1; i < len(f.hits); i++ {
		// Two names that a line joins are places: 白山至临江高速.
		a, b := &f.hits[i-1], &f.hits[i]
		if a.place >= 0 && b.place >= 0 && f.joined(a.end, b.start) && strings.ContainsRune("至到—-–－～~", f.text[a.end]) && f.followed(b.end, "line") {
			a.sure, b.sure = true, true
		}
	}
	for i := 1; i < len(f.hits); i++ {
		if sure(f.hits[i-1]) && beside(f.hits[i-1], f.hits[i]) {
			f.hits[i].sure = true
		}
	}
	for i := len(f.hits) - 2; i >= 0; i-- {
		// The first of a list may be the end of a longer word: 大青山、鄂尔多斯.
		whole := !f.word(f.hits[i].start) || f.preceded(f.hits[i].start, "before-resort") || i > 0 && f.joined(f.hits[i-1].end, f.hits[i].start)
		if whole && sure(f.hits[i+1]) && beside(f.hits[i], f.hits[i+1]) {
			f.hits[i].sure = true
		}
	}
}
