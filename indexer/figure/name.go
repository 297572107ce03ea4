package figure

import (
	"strings"

	"youju/indexer/pattern"
)

// longestName is how many characters a readable name may have.
const longestName = 28

var nameMarks = strings.NewReplacer("“", "", "”", "", "\"", "", "‘", "", "’", "", "《", "", "》", "")

// known tells whether a name is that of an indicator, whatever its unit.
func (r *reader) known(name string) bool {
	is, seen := r.knows[name]
	if !seen {
		_, _, is = r.table.Lookup(name, "")
		r.knows[name] = is
	}
	return is
}

// name is how an indicator is called in the end.
type name struct {
	canonical, basis string
	known            bool
}

// canonical gives the first of the readable names that the table knows, in its
// canonical form, else the last of them as it is.
func (r *reader) canonical(unit string, names ...string) name {
	last := ""
	for _, s := range names {
		if s == "" {
			continue
		}
		last = s
		for _, variant := range r.variants(s) {
			if ind, basis, ok := r.table.Lookup(variant, unit); ok {
				if basis == "" && strings.HasPrefix(names[len(names)-1], "新增") && !strings.HasPrefix(variant, "新") && !strings.HasPrefix(ind.Name, "新") {
					basis = "新增"
				}
				if first := names[0]; basis == "总量" && (strings.HasPrefix(first, "新") || built.MatchString(r.leadingVerbs(first))) {
					basis = ""
				}
				return name{ind.Name, basis, true}
			}
		}
	}
	return name{canonical: readable(r.plainName(last))}
}

// built are verbs that only say that there is now what is counted.
var built = pattern.MustCompile(`^(?:建成|建设|打造|新建|创建|开展|组织|新开工建设|新签约|建立|拥有|筹集)+$`)

// variants are the ways in which a name may stand in the table: as it is,
// without light verbs, without what a bracket adds.
func (r *reader) variants(s string) []string {
	list := []string{s}
	bare := s
	for range 3 {
		w := r.words.light.opening(bare)
		if w == "" || len(w) == len(bare) {
			break
		}
		bare = bare[len(w):]
		list = append(list, bare)
	}
	if v := r.leadingVerbs(s); built.MatchString(v) {
		list = append(list, s[len(v):])
	}
	if i := strings.Index(s, "（"); i > 0 {
		list = append(list, s[:i])
	}
	for _, end := range []string{"工程", "项目", "任务", "建设", "面积", "数量", "人数", "总量", "水平", "额"} {
		if short, ok := strings.CutSuffix(s, end); ok && short != "" {
			list = append(list, short)
			if b, ok := strings.CutSuffix(bare, end); ok && b != "" {
				list = append(list, b)
			}
		}
	}
	return list
}

// plainName leaves out a light verb where enough is left to read.
func (r *reader) plainName(s string) string {
	w := r.words.light.opening(s)
	if strings.Contains(s, "的") || r.words.keep.opening(s) != "" {
		return s
	}
	if rest := s[len(w):]; w != "" && runeCount(rest) >= 3 && !strings.HasPrefix(rest, "了") {
		return rest
	}
	return s
}

var (
	// andSo is the end of a list of examples: …、… 等线上线下活动.
	andSo = pattern.MustCompile(`^(.{0,120})等(?:一批|各类|各级|一系列|系列)?([^等、，级]{4,})$`)
	// yearLead is the year that a figure is of anyway.
	yearLead = pattern.MustCompile(`^20[0-9]{2}年度?`)
	bracket  = pattern.MustCompile(`（[^）]*）`)
	toWhom   = pattern.MustCompile(`^(?:为|向|对|给|在|以|通过|围绕|按照|面向|依托|根据|针对|用于|由|从|因)[^，]{2,40}?`)
)

// readable shortens a name in the words of the text: no quotation marks, no
// lists of examples, at most longestName characters.
func readable(s string) string {
	s = strings.TrimSuffix(strings.Trim(nameMarks.Replace(s), "、，：的了 "), "等")
	s = yearLead.ReplaceAllString(s, "")
	if rest := strings.TrimPrefix(s, "其"); rest != s && !strings.ContainsRune("他余它中", firstRune(rest)) {
		s = rest
	}
	if runeCount(s) <= longestName {
		return strings.ReplaceAll(s, "、", "")
	}
	if m := andSo.FindStringSubmatch(s); m != nil {
		s = m[2]
	}
	if runeCount(s) > longestName {
		s = bracket.ReplaceAllString(s, "")
	}
	if runeCount(s) > longestName {
		s = lastRunes(s, longestName+1) // what is before is cut off in any case
	}
	for runeCount(s) > longestName {
		i := strings.IndexAny(s, "、的，等")
		if i < 0 {
			break
		}
		s = strings.TrimLeft(s[i:], "、的，等")
	}
	if runeCount(s) > longestName {
		s = lastRunes(s, longestName)
	}
	return strings.ReplaceAll(s, "、", "")
}

// fromLastVerb shortens a long head to its last verb and what follows:
// 向中度以上失能老年人发放养老服务消费券 → 发放养老服务消费券.
func (r *reader) fromLastVerb(s string) string {
	if runeCount(s) <= longestName && !toWhom.MatchString(s) {
		return s
	}
	for i := range s {
		if i == 0 || strings.HasSuffix(s[:i], "的") {
			continue
		}
		rest := s[i:]
		w := r.words.verb.opening(rest)
		if len(w) < 6 || len(rest) < len(w)+6 || strings.HasPrefix(rest[len(w):], "的") || strings.HasPrefix(rest[len(w):], "和") {
			continue
		}
		if runeCount(rest) <= longestName {
			return rest
		}
	}
	return s
}

// basisRE is what sets a figure apart from others of its indicator.
var basisRE = pattern.MustCompile(`(?:按?照?可比口径|同口径|剔除[^，。；（）]{1,20}?(?:因素|影响|后)|扣除[^，。；（）]{1,20}?(?:因素|影响|后)|按可比价格?(?:计算)?|按不变价格?(?:计算)?|不含[^，。；（）]{1,10}|按[^，。；（）]{1,8}口径)`)

func basisOf(clause string) string {
	if !strings.Contains(clause, "口径") && !strings.Contains(clause, "除") && !strings.Contains(clause, "可比") && !strings.Contains(clause, "不变") && !strings.Contains(clause, "不含") {
		return ""
	}
	found := basisRE.FindAllString(clause, 3)
	return strings.Join(found, "，")
}
