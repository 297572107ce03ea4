package project

import (
	"strings"
	"unicode/utf8"

	"youju/report"
)

// canonical is the name that mentions are joined under. Two forms are joined
// only where that is beyond doubt: signs and spaces apart, 项目 and 工程 at the
// end, 高速公路 for 高速, 民用机场 for 机场, the issuer's name in front of what is a
// name without it, and the pairs of data/aliases.txt. Names every place has one
// of (大外环, 市体育馆) get the issuer's in front.
func canonical(printed string, c class, issuer report.Place) string {
	name := plainSigns(printed)
	if c == classCompany {
		return known(companyName(local(name, c, issuer)))
	}
	name = dropSection(withoutSize(name), issuer)
	return known(local(shortEnd(name), c, issuer))
}

// withoutSize drops a word of size that is no part of a name: 车马碧大型水库.
func withoutSize(name string) string {
	for _, w := range [...]string{"大中型", "中小型", "大型", "中型", "小型"} {
		for _, e := range [...]string{"水库", "灌区"} {
			if stem, ok := strings.CutSuffix(name, w+e); ok && stem != "" {
				return stem + e
			}
		}
	}
	return name
}

// known follows data/aliases.txt.
func known(name string) string {
	if to, ok := lexical().aliases[name]; ok {
		return to
	}
	return name
}

// plainSigns drops quotation marks and folds full width characters.
func plainSigns(s string) string {
	return strings.Map(func(c rune) rune {
		switch c = fold(c); {
		case strings.ContainsRune("“”\"「」《》【】'‘’", c):
			return -1
		}
		return c
	}, s)
}

// shortEnd drops the words that say only that a project is one, as long as a
// whole name is left.
func shortEnd(name string) string {
	for _, e := range [...]struct{ long, short string }{
		{"建设项目", ""}, {"建设工程", ""}, {"项目", ""}, {"工程", ""},
		{"高速公路", "高速"}, {"高速铁路", "高铁"}, {"民用机场", "机场"}, {"大外环路", "大外环"},
		{"工业园区", "工业园"}, {"产业园区", "产业园"}, {"科技园区", "科技园"}, {"物流园区", "物流园"}, {"化工园区", "化工园"},
	} {
		stem, ok := strings.CutSuffix(name, e.long)
		if strings.HasSuffix(stem, "综合") {
			continue
		}
		if ok && utf8.RuneCountInString(stem) >= minStem || ok && e.short != "" {
			return stem + e.short
		}
	}
	return name
}

// minStem is how many characters 项目 must leave for the rest to be a name.
const minStem = 4

// local puts the issuer's name in front of what its own reports name without it,
// and takes it off where the rest is a name alone.
func local(name string, c class, issuer report.Place) string {
	own := issuer.Name()
	if own == "" {
		return name
	}
	short := shortPlace(own)
	bare := trimLevel(name)
	if to, ok := lexical().localNames[bare]; ok {
		return short + to
	}
	if c == classLine && extends(bare) {
		return short + bare
	}
	if bare != name {
		switch c {
		case classLine, classSite, classPark:
			return short + bare
		}
		return own + bare
	}
	if strings.Contains(name, "号线") && isNumeral(firstRune(name)) {
		return short + "轨道交通" + name
	}
	if c != classLine && c != classWork {
		return name
	}
	// The short name may be part of another: 青海湖 is not 湖 of 青海.
	if rest, ok := strings.CutPrefix(name, own); ok && distinctive(rest) {
		return rest
	}
	return name
}

// extends reports whether a name is a part of what every place has one of: 环城快速路二期.
func extends(name string) bool {
	for local := range lexical().localNames {
		rest, ok := strings.CutPrefix(name, local)
		if n := utf8.RuneCountInString(rest); ok && n > 0 && n <= maxExtended && utf8.RuneCountInString(local) >= minStem {
			return true
		}
	}
	return false
}

// maxExtended is the length of the longest word for a part: 东延伸二期.
const maxExtended = 5

func firstRune(s string) rune {
	c, _ := utf8.DecodeRuneInString(s)
	return c
}

// distinctive reports whether a name without its place is one that no other place has.
func distinctive(name string) bool {
	r := reader{prose: read(name)}
	all := span{0, len(r.runes)}
	end := r.ending(all, 0)
	return r.residue(span{0, all.to - len([]rune(end))}) >= minResidue
}

// trimLevel takes the issuer's rank off: 市大外环, 我市大外环.
func trimLevel(name string) string {
	for _, w := range [...]string{"我市", "我省", "我县", "我区", "全市", "本市", "市", "省", "县", "区"} {
		if rest, ok := strings.CutPrefix(name, w); ok {
			if next := firstRune(rest); !strings.ContainsRune("域级区际内外直属政中委部民场", next) {
				return rest
			}
		}
	}
	return name
}

// shortPlace is a place's name without its rank: 聊城 for 聊城市.
func shortPlace(name string) string {
	for _, w := range [...]string{"维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "省", "市", "县", "区"} {
		if short, ok := strings.CutSuffix(name, w); ok && utf8.RuneCountInString(short) >= 2 {
			return short
		}
	}
	return name
}

// dropSection takes the issuer's own section off a line: 沪苏湖铁路上海段 in a report of 上海市.
func dropSection(name string, issuer report.Place) string {
	for _, p := range [...]string{issuer.Province, issuer.City, issuer.County} {
		if p == "" {
			continue
		}
		if line, ok := strings.CutSuffix(name, shortPlace(p)+"段"); ok && !strings.Contains(line, "至") {
			return line
		}
	}
	return name
}

// companyName drops the legal form, as long as a name is left.
func companyName(name string) string {
	for _, form := range [...]string{"集团股份有限公司", "集团有限责任公司", "集团有限公司", "集团公司"} {
		if stem, ok := strings.CutSuffix(name, form); ok && utf8.RuneCountInString(stem) >= 2 {
			return stem + "集团"
		}
	}
	for _, form := range [...]string{"股份有限公司", "有限责任公司", "有限公司"} {
		if stem, ok := strings.CutSuffix(name, form); ok && utf8.RuneCountInString(stem) >= minStem {
			return stem
		}
	}
	return name
}
