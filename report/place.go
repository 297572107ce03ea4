package report

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"youju/report/trie"
)

//go:generate go run ./internal/gazetteer -out data/places.txt package/dist

// Gazetteer knows the provinces, cities and counties of China by their GB/T
// 2260 codes, under their official, short, former and other names, and the
// local zones (经开区, 高新区, 度假区) that count as places of their city.
// It is read-only and safe for use by several goroutines.
type Gazetteer struct {
	places []division
	byCode map[string]int
	// names holds every name that may stand in a text.
	names trie.Words[[]form]
	// values leads from a facet value to its place, zones to their owner's code.
	values map[string]int
	zones  map[string]string
	// words holds names that are also ordinary words (和平, 城区).
	words map[string]bool
	// context holds the words that tell a place from something named after it, by rule.
	context map[string][]string
}

// division is one line of the gazetteer.
type division struct {
	code, name, short string
	// value is the name in the county facet, unique in the country.
	value string
}

// formKind says how a name stands for a place.
type formKind uint8

const (
	formOfficial formKind = iota // 东阿县, and former names: 茌平县
	formShort                    // 东阿
	formAlias                    // 锡盟
	formWeak                     // an alias that needs a place beside it: 在平
	formZone                     // 经济技术开发区
	formNamed                    // a zone only after its city's name: 开发区
	formResort                   // a zone that needs a word such as 支持 before it: 度假区
	formTrap                     // not a place: 东阿阿胶
)

// form is one meaning of a name.
type form struct {
	kind formKind
	// place is the index of the place, or of a zone's owner; anyCity for zones that any city may have.
	place int
	// zone is the zone's name for the facet.
	zone string
}

const anyCity = -1

// Places returns the national gazetteer.
func Places() *Gazetteer { return loadPlaces() }

var loadPlaces = sync.OnceValue(func() *Gazetteer {
	g := &Gazetteer{
		byCode: map[string]int{}, values: map[string]int{}, zones: map[string]string{},
		words: map[string]bool{}, context: map[string][]string{},
	}
	g.loadDivisions()
	g.loadNames()
	g.loadZones()
	g.loadContext()
	return g
})

// name adds one of the things that a name may stand for.
func (g *Gazetteer) name(name string, f form) {
	forms, _ := g.names.Get(name)
	g.names.Set(name, append(forms, f))
}

func (g *Gazetteer) loadDivisions() {
	seen := map[string]int{}
	for _, row := range readTable("places.txt", 2) {
		d := division{code: row[0], name: row[1], short: shortName(row[1])}
		g.byCode[d.code] = len(g.places)
		g.places = append(g.places, d)
		seen[d.name]++
	}
	for i := range g.places {
		d := &g.places[i]
		d.value = d.name
		if seen[d.name] > 1 {
			d.value = g.places[g.parent(i)].name + d.name
		}
		g.values[d.value] = i
		g.name(d.name, form{kind: formOfficial, place: i})
		g.name(d.short, form{kind: formShort, place: i})
		if usual := usualName(d.name, d.short); usual != "" {
			g.name(usual, form{kind: formOfficial, place: i})
		}
	}
}

func (g *Gazetteer) loadNames() {
	for _, row := range readTable("place_former.txt", 3) {
		g.name(row[0], form{kind: formOfficial, place: g.byCode[row[1]]})
		if short := shortName(row[0]); short != "" && short != g.places[g.byCode[row[1]]].short {
			g.name(short, form{kind: formShort, place: g.byCode[row[1]]})
		}
	}
	for _, row := range readTable("place_aliases.txt", 3) {
		kind := formAlias
		if row[2] == "weak" {
			kind = formWeak
		}
		g.name(row[0], form{kind: kind, place: g.byCode[row[1]]})
	}
	for _, row := range readTable("place_traps.txt", 1) {
		g.name(row[0], form{kind: formTrap})
	}
	for _, row := range readTable("place_words.txt", 1) {
		g.words[row[0]] = true
	}
}

var zoneKinds = map[string]formKind{"plain": formZone, "named": formNamed, "resort": formResort}

func (g *Gazetteer) loadZones() {
	for _, row := range readTable("place_zones.txt", 4) {
		owner := anyCity
		if row[0] != "*" {
			owner = g.byCode[row[0]]
			if len(strings.TrimRight(row[0], "0")) >= len(strings.TrimRight(g.zones[row[1]], "0")) {
				g.zones[row[1]] = row[0] // the city, where the province lists it too
			}
		}
		g.name(row[3], form{kind: zoneKinds[row[2]], place: owner, zone: row[1]})
	}
}

func (g *Gazetteer) loadContext() {
	for _, row := range readTable("place_context.txt", 2) {
		g.context[row[0]] = append(g.context[row[0]], row[1])
	}
}

// peoples are the names of nationalities as they stand in the names of
// autonomous places, longest first where one is the end of another.
var peoples = strings.Fields(`柯尔克孜族 柯尔克孜 塔吉克族 塔吉克 哈萨克族 哈萨克 维吾尔族 维吾尔 乌孜别克族 俄罗斯族
	土家族 布依族 哈尼族 傈僳族 纳西族 景颇族 普米族 独龙族 拉祜族 布朗族 东乡族 保安族 撒拉族 裕固族 锡伯族 锡伯
	达斡尔族 鄂温克族 鄂伦春族 朝鲜族 蒙古族 蒙古 仫佬族 毛南族 仡佬族 高山族 阿昌族 德昂族 基诺族
	壮族 苗族 侗族 瑶族 彝族 白族 傣族 藏族 羌族 回族 满族 畲族 黎族 佤族 土族 水族 怒族 京族 各族`)

// shortName is the name without its kind (东阿县 → 东阿, 彭水苗族土家族自治县 → 彭水),
// or "" when less than two characters would be left or the rest says nothing.
func shortName(name string) string {
	for _, suffix := range []string{"自治区", "自治州", "自治县", "自治旗", "族区"} {
		stem, ok := strings.CutSuffix(name, suffix)
		if !ok {
			continue
		}
		if suffix == "族区" {
			stem += "族"
		}
		return stemOf(trimPeoples(stem))
	}
	for _, suffix := range []string{"特别行政区", "地区", "林区", "矿区", "新区", "特区", "省", "市", "盟", "县", "区"} {
		if stem, ok := strings.CutSuffix(name, suffix); ok {
			if suffix == "矿区" {
				return ""
			}
			return stemOf(stem)
		}
	}
	stem, _ := strings.CutSuffix(name, "旗")
	if strings.ContainsAny(stem, "前后左右中") {
		return ""
	}
	return stemOf(stem)
}

// usualName is an autonomous county's name as used every day: 彭水县, 鄂温克旗.
func usualName(name, short string) string {
	for _, kind := range []string{"县", "旗"} {
		if strings.HasSuffix(name, "自治"+kind) && short != "" {
			return short + kind
		}
	}
	return ""
}

func stemOf(stem string) string {
	if utf8.RuneCountInString(stem) < 2 {
		return ""
	}
	return stem
}

// trimPeoples cuts the nationalities off the end, unless that leaves less than
// two characters: 东乡族 → 东乡, 内蒙古 stays.
func trimPeoples(stem string) string {
	for again := true; again; {
		again = false
		for _, p := range peoples {
			rest, ok := strings.CutSuffix(stem, p)
			if !ok {
				continue
			}
			if utf8.RuneCountInString(rest) < 2 {
				return strings.TrimSuffix(stem, "族")
			}
			stem, again = rest, true
			break
		}
	}
	return stem
}

// Lookup returns the places of a name: official (东阿县), short (东阿), former
// (茌平县) or with places above it in front (山东省聊城市东阿县). Higher levels come
// first. The result is empty when the name is unknown.
func (g *Gazetteer) Lookup(name string) []Place {
	var places []Place
	for _, i := range g.lookup(strings.TrimSpace(name), "") {
		places = append(places, g.place(i))
	}
	return places
}

// lookup finds the places of a name whose codes start with prefix.
func (g *Gazetteer) lookup(name, prefix string) []int {
	var found []int
	forms, _ := g.names.Get(name)
	for _, f := range forms {
		if f.kind < formWeak && strings.HasPrefix(g.places[f.place].code, prefix) {
			found = append(found, f.place)
		}
	}
	if found == nil {
		found = g.lookupFull(name, prefix)
	}
	slices.SortStableFunc(found, func(a, b int) int { return g.level(a) - g.level(b) })
	return slices.Compact(found)
}

// lookupFull reads a name with places above it in front.
func (g *Gazetteer) lookupFull(name, prefix string) []int {
	runes := []rune(name)
	if len(runes) > 40 {
		return nil
	}
	var found []int
	g.names.Each(runes, func(length int, forms []form) {
		for _, f := range forms {
			if f.kind >= formWeak || g.level(f.place) == levelCounty || length == len(runes) {
				continue
			}
			inner := g.prefix(f.place)
			if len(inner) > len(prefix) && strings.HasPrefix(inner, prefix) {
				found = append(found, g.lookup(string(runes[length:]), inner)...)
			}
		}
	})
	slices.Sort(found)
	return found
}

// ByCode returns the place with a GB/T 2260 code of six digits.
func (g *Gazetteer) ByCode(code string) (Place, bool) {
	i, ok := g.byCode[code]
	if !ok {
		return Place{}, false
	}
	return g.place(i), true
}

// Resolve returns the one place a name stands for, preferring places inside
// within (or beside it, in the same city or province). It fails when the name
// is unknown or could as well be another place.
func (g *Gazetteer) Resolve(name string, within Place) (Place, bool) {
	found := g.lookup(strings.TrimSpace(name), "")
	if code := within.Code; len(code) == 6 {
		for _, n := range []int{6, 4, 2} {
			inside := slices.DeleteFunc(slices.Clone(found), func(i int) bool {
				return !strings.HasPrefix(g.places[i].code, code[:n])
			})
			if len(inside) > 0 {
				found = inside
				break
			}
		}
	}
	if len(found) == 0 || len(found) > 1 && g.level(found[0]) == g.level(found[1]) {
		return Place{}, false
	}
	return g.place(found[0]), true
}

// FacetValue is the place's name in the county facet, unique in the country:
// 东阿县, but 济南市市中区. It is "" for a place the gazetteer does not know.
func (g *Gazetteer) FacetValue(p Place) string {
	if i, ok := g.index(p); ok {
		return g.places[i].value
	}
	return p.Name()
}

// FacetPath is the place's facet value after those of the places above it,
// from the province down: 山东省, 聊城市, 东阿县.
func (g *Gazetteer) FacetPath(p Place) []string {
	i, ok := g.index(p)
	if !ok {
		if name := p.Name(); name != "" {
			return []string{name}
		}
		return nil
	}
	var path []string
	for ; i >= 0; i = g.parent(i) {
		path = append(path, g.places[i].value)
	}
	slices.Reverse(path)
	return path
}

// Parent is the facet value above a facet value: 聊城市 for 东阿县 and for its
// zones such as 经开区, "" for a province and for a name that is not known.
func (g *Gazetteer) Parent(facetValue string) string {
	if i, ok := g.values[facetValue]; ok {
		if up := g.parent(i); up >= 0 {
			return g.places[up].value
		}
		return ""
	}
	if code, ok := g.zones[facetValue]; ok {
		return g.places[g.byCode[code]].value
	}
	// A zone that any city may have carries the city's short name: 泰安高新区.
	parent := ""
	g.names.Each([]rune(facetValue), func(_ int, forms []form) {
		for _, f := range forms {
			if d := g.shortCity(f); d != nil && d.short+g.zoneSuffix(facetValue) == facetValue {
				parent = d.value
			}
		}
	})
	return parent
}

// shortCity is the province or city that a form names by its short name, or nil.
func (g *Gazetteer) shortCity(f form) *division {
	if f.kind == formShort && g.level(f.place) != levelCounty {
		return &g.places[f.place]
	}
	return nil
}

// zoneSuffix is the name of the zone any city may have that ends a facet value.
func (g *Gazetteer) zoneSuffix(value string) string {
	if runes := []rune(value); len(runes) > 3 {
		tail := string(runes[len(runes)-3:])
		forms, _ := g.names.Get(tail)
		for _, f := range forms {
			if f.zone == tail {
				return tail
			}
		}
	}
	return "?"
}

// The levels of places.
const (
	levelProvince = iota
	levelCity
	levelCounty
)

func (g *Gazetteer) level(i int) int {
	switch code := g.places[i].code; {
	case code[2:] == "0000":
		return levelProvince
	case code[4:] == "00":
		return levelCity
	}
	return levelCounty
}

// prefix is the start of the codes of a place and of all places in it.
func (g *Gazetteer) prefix(i int) string {
	return g.places[i].code[:2*g.level(i)+2]
}

// parent is the index of the place above, -1 above a province. Counties of
// a province that is its own city stand below the province.
func (g *Gazetteer) parent(i int) int {
	code := g.places[i].code
	if level := g.level(i); level == levelProvince {
		return -1
	} else if city, ok := g.byCode[code[:4]+"00"]; ok && level == levelCounty {
		return city
	}
	return g.byCode[code[:2]+"0000"]
}

// municipality reports whether a province's code is that of a city of provincial rank.
func municipality(code string) bool {
	switch code[:2] {
	case "11", "12", "31", "50":
		return true
	}
	return false
}

func (g *Gazetteer) place(i int) Place {
	d := g.places[i]
	p := Place{Province: g.places[g.byCode[d.code[:2]+"0000"]].name, Code: d.code}
	if municipality(d.code) {
		p.City = p.Province
	} else if city, ok := g.byCode[d.code[:4]+"00"]; ok && g.level(i) != levelProvince {
		p.City = g.places[city].name
	}
	if g.level(i) == levelCounty {
		p.County = d.name
	}
	return p
}

// index finds a place by its code, or by its names when it has no code we know.
func (g *Gazetteer) index(p Place) (int, bool) {
	if i, ok := g.byCode[p.Code]; ok {
		return i, true
	}
	if p.Name() == "" {
		return 0, false
	}
	if found := g.lookup(p.Full(), ""); len(found) == 1 {
		return found[0], true
	}
	if found := g.lookup(p.Name(), ""); len(found) > 0 && g.places[found[0]].name == p.Name() {
		return found[0], true
	}
	return 0, false
}

// Below lists the places one level below: the cities of a province, the
// counties of a city or of a province that is one. It is nil for a county and
// for a place the gazetteer does not know.
func (g *Gazetteer) Below(p Place) []Place {
	above, ok := g.index(p)
	if !ok || g.level(above) == levelCounty {
		return nil
	}
	var below []Place
	for i := range g.places {
		if g.level(i) != levelProvince && g.parent(i) == above {
			below = append(below, g.place(i))
		}
	}
	return below
}

// ShortNames lists the names by which the provinces, cities and counties of the
// country are called: 聊城, 东阿, 莘县.
func (g *Gazetteer) ShortNames() []string {
	names := make([]string, len(g.places))
	for i := range g.places {
		if names[i] = g.places[i].short; names[i] == "" {
			names[i] = g.places[i].name
		}
	}
	return names
}
