package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Department is a department behind the names that documents give it: 市发改委 and
// 市发展和改革委员会 are one, 市商务投资促进局 is 市商务局 before 2025, while 水利局 of a
// city and of its county are two.
type Department struct {
	// Key is the same for all names of the unit and unlike any other unit's:
	// the name with its place in front (聊城市商务局).
	Key string
	// Name is its newest known name with its rank, as reports write it:
	// 市商务局. Documents may not use it yet: a page shows the names they print.
	Name string
	// Place is the place whose unit it is, as far as the name or the issuer tells.
	Place Place
	// Every is set for 各县（市、区）人民政府, which is each county of Place.
	Every bool
	// Formerly holds the names that such a unit had before, the latest first,
	// each with the year from which it is called otherwise. Not every unit had
	// every one of them: they lead to documents and are no history.
	Formerly []DepartmentName
	// Into holds the units that took over its work, with the year.
	Into []DepartmentName
}

// DepartmentName is a name of a unit with the year of a change.
type DepartmentName struct {
	Name string `json:"name"`
	Year int    `json:"year"`
}

// DepartmentOf reads a unit's name as a document issued by the government of issuer
// writes it. A name that is not known is its own unit; it never fails.
func DepartmentOf(name string, issuer Place) Department {
	name = plainDepartment(name)
	if name == "" {
		return Department{}
	}
	if strings.HasPrefix(name, "各") && strings.HasSuffix(name, "政府") && strings.ContainsAny(name, "县区市") {
		return Department{Key: issuer.Name() + "各县（市、区）人民政府", Name: "各县（市、区）人民政府", Place: issuer, Every: true}
	}
	place, rank, body := departmentPlace(name, issuer)
	t := departments()
	body = starred(body, place)
	u := Department{Place: place}
	level := rank
	if strings.Contains(body, "*") {
		level = "市"
	}
	body, u.Formerly = t.newest(body, level, place)
	for _, c := range t.changes[body] {
		if c.how == departmentMerged && c.holds(level, place) {
			u.Into = append(u.Into, DepartmentName{departmentLabel(c.to, rank, place), c.year})
		}
	}
	for i := range u.Formerly {
		u.Formerly[i].Name = departmentLabel(u.Formerly[i].Name, rank, place)
	}
	u.Name = departmentLabel(body, rank, place)
	u.Key = place.Name() + unstarred(body, place)
	if short := shortName(cmp.Or(place.City, place.Province)); rank == "" && short != "" && strings.Contains(u.Name, short) {
		u.Key = u.Name // 国网聊城供电公司 names its place
	}
	return u
}

// plainDepartment drops white space and brings brackets to one form.
func plainDepartment(name string) string {
	name = strings.Join(strings.Fields(name), "")
	return strings.NewReplacer("(", "（", ")", "）", "*", "").Replace(name)
}

// departmentPlace parts a name into its place, its rank and the rest: 聊城市水利局 and,
// in a document of 聊城市, 市水利局 are 水利局 of rank 市. The rank is "" for names
// that carry none and begin with no place (团市委, 国网聊城供电公司).
func departmentPlace(name string, issuer Place) (place Place, rank, body string) {
	runes := []rune(name)
	for l := min(len(runes)-2, maxPlaceName); l >= 2; l-- {
		head := string(runes[:l])
		if p, ok := Places().Resolve(head, issuer); ok && p.Name() == head && isRank(runes[l-1]) {
			return p, rankOf(p), string(runes[l:])
		}
	}
	if len(runes) > 2 && isRank(runes[0]) && !slices.ContainsFunc(rankWords, func(w string) bool { return strings.HasPrefix(name, w) }) {
		if p, ok := above(issuer, runes[0]); ok {
			return p, rankOf(p), string(runes[1:])
		}
	}
	return issuer, "", name
}

// maxPlaceName is the length of the longest name of a place, in characters.
const maxPlaceName = 15

// rankWords begin with the sign of a rank and are words of their own.
var rankWords = []string{"市场", "市政公用", "市政管理", "市政工程", "市民热线", "市民服务", "市民中心", "市直", "市属", "区域", "县域", "县级", "市级", "省级", "省直", "省属", "区直", "县直", "州直", "盟直", "旗直"}

func isRank(c rune) bool { return strings.ContainsRune("省市县区州盟旗", c) }

// rankOf is the level of a place as the data file names it.
func rankOf(p Place) string {
	switch {
	case p.County != "":
		return "县"
	case p.City != "" && p.City != p.Province:
		return "市"
	}
	return "省"
}

// above is the place of a rank that an issuer means by it: 市 in a report of a
// county is the city above it, unless the county is a 市 itself.
func above(issuer Place, rank rune) (Place, bool) {
	ends := func(name string) bool { return strings.HasSuffix(name, string(rank)) }
	switch {
	case issuer.County != "" && ends(issuer.County):
		return issuer, true
	case issuer.City != "" && ends(issuer.City):
		return Place{Province: issuer.Province, City: issuer.City, Code: codeAbove(issuer.Code, 4)}, true
	case issuer.Province != "" && (ends(issuer.Province) || rank == '区' && strings.HasSuffix(issuer.Province, "自治区")):
		return Place{Province: issuer.Province, Code: codeAbove(issuer.Code, 2)}, true
	}
	return Place{}, false
}

func codeAbove(code string, digits int) string {
	if len(code) != 6 {
		return ""
	}
	return code[:digits] + "000000"[digits:]
}

// departmentLabel is a unit's name with its rank in front, as reports write it.
func departmentLabel(body, rank string, place Place) string {
	if rank == "" || strings.Contains(body, "*") {
		return unstarred(body, place)
	}
	if body == "人民政府" {
		return place.Name() + body
	}
	name := []rune(place.Name())
	return string(name[len(name)-1:]) + body
}

// starred writes * for the name of the unit's city inside its name: 人行聊城市中心支行.
func starred(body string, place Place) string {
	city := cmp.Or(place.City, place.Province)
	if city == "" {
		return body
	}
	short := shortName(city)
	for _, name := range []string{city, short} {
		if name != "" && strings.Contains(body, name) {
			if s := strings.Replace(body, name, "*", 1); departments().knows(s) {
				return s
			}
		}
	}
	return body
}

func unstarred(body string, place Place) string {
	return strings.Replace(body, "*", shortName(cmp.Or(place.City, place.Province)), 1)
}

// The ways in which one name leads to another, see data/departments.txt.
const (
	departmentWritten = "written"
	departmentRenamed = "renamed"
	departmentMerged  = "merged"
)

// departmentChange is a line of data/departments.txt.
type departmentChange struct {
	to, how, scope string
	year           int
}

// holds reports whether a change is one of the units of a rank and place.
func (c departmentChange) holds(rank string, place Place) bool {
	switch c.scope {
	case "全国", place.Province, place.City, place.County:
		return true
	}
	return rank == "" && !strings.ContainsAny(c.scope, "省市县") || rank != "" && slices.Contains(strings.Split(c.scope, "·"), rank)
}

type departmentTable struct {
	// changes leads from a name to what it is or became, before from a name to what it was.
	changes, before map[string][]departmentChange
}

var departments = sync.OnceValue(func() *departmentTable {
	t := &departmentTable{map[string][]departmentChange{}, map[string][]departmentChange{}}
	for _, row := range readTable("departments.txt", 5) {
		year, _ := strconv.Atoi(row[3])
		t.changes[row[0]] = append(t.changes[row[0]], departmentChange{row[1], row[2], row[4], year})
		t.before[row[1]] = append(t.before[row[1]], departmentChange{row[0], row[2], row[4], year})
	}
	return t
})

func (t *departmentTable) knows(name string) bool {
	return t.changes[name] != nil || t.before[name] != nil
}

// newest follows spellings and renamings to the newest name, and lists the
// names the body had before, the latest first.
func (t *departmentTable) newest(name, rank string, place Place) (string, []DepartmentName) {
	for range maxSteps {
		next := ""
		for _, c := range t.changes[name] {
			if c.how != departmentMerged && c.holds(rank, place) {
				next = c.to
				break
			}
		}
		if next == "" {
			break
		}
		name = next
	}
	var former []DepartmentName
	t.formerly(name, rank, place, maxSteps, &former)
	slices.SortStableFunc(former, func(a, b DepartmentName) int { return b.Year - a.Year })
	return name, former
}

// maxSteps is more than the names any unit had in a row.
const maxSteps = 8

func (t *departmentTable) formerly(name, rank string, place Place, steps int, former *[]DepartmentName) {
	if steps == 0 {
		return
	}
	for _, c := range t.before[name] {
		if c.how == departmentRenamed && c.holds(rank, place) {
			*former = append(*former, DepartmentName{c.to, c.year})
			t.formerly(c.to, rank, place, steps-1, former)
		}
	}
}
