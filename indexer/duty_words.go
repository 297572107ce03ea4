package indexer

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report/trie"
)

//go:embed data/duty.txt
var dutyFile string

// dutyRole is what a field or a verb makes of the names beside it.
type dutyRole uint8

const (
	roleNone dutyRole = iota // a field that names no one in charge: 完成时限, 联系电话
	roleFirst
	roleSecond
	roleSupport
	rolePerson
	// The words of sentences that are no verbs.
	roleWith
	roleBy
	roleHow
)

// dutyWords is data/duty.txt, ready to be used.
type dutyWords struct {
	// field matches a field's name, open a bracket that holds one: (7月底完成，责任单位：
	// and line a line that begins with one.
	field, open, line *pattern.Pattern
	// tail is a field without brackets at the end of a text, clause 由…牵头 inside a sentence.
	tail, clause *pattern.Pattern
	// when and what match what is no name.
	when, what *pattern.Pattern
	// roles holds the words that begin a field's name, said those of sentences.
	roles, said   trie.Words[dutyRole]
	persons       []string
	offices, area []string
	begins        []string
}

var dutyData = sync.OnceValue(func() *dutyWords {
	d := &dutyWords{}
	by := map[string][]string{}
	for _, line := range strings.Split(dutyFile, "\n") {
		if kind, words, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			by[kind] = strings.Split(words, "|")
			if kind == "when" || kind == "what" {
				by[kind] = []string{words}
			}
		}
	}
	for kind, role := range map[string]dutyRole{"first": roleFirst, "second": roleSecond, "support": roleSupport, "person": rolePerson} {
		for _, w := range by[kind] {
			if old, ok := d.roles.Get(w); !ok || old == rolePerson {
				d.roles.Set(w, role)
			}
		}
	}
	for kind, role := range map[string]dutyRole{
		"how": roleHow, "with": roleWith, "by": roleBy, "verb.second": roleSecond, "verb.support": roleSupport, "verb.first": roleFirst,
	} {
		for _, w := range by[kind] {
			if old, ok := d.said.Get(w); !ok || old == roleHow {
				d.said.Set(w, role)
			}
		}
	}
	d.persons, d.offices, d.area = by["who"], by["office"], by["area"]
	d.begins = by["begin"]
	d.compile(by)
	return d
})

// compile makes the expressions of fields: 市级牵头领导, 牵头考核单位, 责任（承办）单位, 牵头：.
func (d *dutyWords) compile(by map[string][]string) {
	any := func(kinds ...string) string {
		var words []string
		for _, k := range kinds {
			for _, w := range by[k] {
				words = append(words, regexp.QuoteMeta(w))
			}
		}
		slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
		return `(?:` + strings.Join(words, "|") + `)`
	}
	const opens, inner = `[〔（(［\[【]`, `[^〔（(［\[【〕）)］\]】：:]`
	roles, kinds, holders := any("first", "second", "support", "person"), any("kind"), any("unit", "who")
	more := `(?:[、和及与/（(]?(?:` + roles + `|` + kinds + `)[）)]?)*`
	named := kinds + `{0,2}` + roles + more + holders + `(?:[（(]` + inner + `{1,12}[）)]|[、和及与](?:` + roles + `)?` + holders + `)?`
	short := `|牵头|配合|主办|承办|协办|主责|责任|参与|协助|责任分工|[省市县区州旗]级?领导`
	d.field = pattern.MustCompile(`(` + named + short + `)(\s*(?:[:：]|[】］\]][:：]?)|为|是|\s)`)
	before := `(?:` + inner + `{0,40}[，,；;。、\s]|` + inner + `{0,12}(?:时限|时间|期限|时间节点|进度)[:：]` + inner + `{1,30}[，,；;。、\s])?`
	d.open = pattern.MustCompile(opens + `\s*` + before + `(` + named + short + `)(?:\s*[:：]|为)`)
	d.line = pattern.MustCompile(`^[【［\[]?(?:` + named + `\s*(?:[:：]|[】］\]])|(?:完成|办结)(?:时限|时间|期限)[:：])`)
	d.tail = pattern.MustCompile(`(?:^|[。；;，,】\s])[【［\[]?` + named + `(?:\s*[:：]|[】］\]]|为|是|\s)[^。]{2,300}$`)
	d.clause = pattern.MustCompile(`由([^，,。；;由]{2,60}?)` + any("how") + `*?` + any("verb.first", "verb.second") + `(?:[，,]([^，,。；;]{2,80}?)` + any("how") + `*?` + any("verb.support") + `)?`)
	d.when, d.what = pattern.MustCompile(by["when"][0]), pattern.MustCompile(by["what"][0])
}

// role says what a field's name makes of the names behind it.
func (d *dutyWords) role(field string) dutyRole {
	if i := strings.IndexAny(field, "（("); i > 0 && strings.HasSuffix(strings.TrimRight(field[:i], "（("), "单位") {
		field = field[:i]
	}
	person := slices.ContainsFunc(d.persons, func(w string) bool { return strings.HasSuffix(field, w) })
	role := roleNone
	for i := range field {
		if _, r := d.roles.Longest([]rune(field[i:])); r != roleNone {
			role = r
			break
		}
	}
	switch {
	case strings.HasPrefix(field, "联系") && !strings.HasSuffix(field, "领导"):
		return roleNone // 联系人, 联系单位: whom to ask
	case person:
		return rolePerson
	case role == rolePerson:
		return roleSecond // 主管部门, 包联单位
	}
	return role
}

// isUnit says that a name is one of a unit, or of a place as one.
func (d *dutyWords) isUnit(name string) bool {
	n := utf8.RuneCountInString(name)
	if slices.ContainsFunc(d.begins, func(w string) bool { return strings.HasPrefix(name, w) }) {
		return false
	}
	return n >= 2 && n <= 40 && (d.isOffice(name) || hasSuffixOf(bareUnit(name), d.area))
}

// isOffice says that a name ends as those of offices and companies do.
func (d *dutyWords) isOffice(name string) bool {
	return utf8.RuneCountInString(name) >= 2 && hasSuffixOf(bareUnit(name), d.offices)
}

func hasSuffixOf(s string, ends []string) bool {
	return slices.ContainsFunc(ends, func(w string) bool { return strings.HasSuffix(s, w) })
}

// bareUnit is a unit's name without the brackets at its end: 市住建局（市人防办）, 各县（市、区）.
func bareUnit(s string) string {
	if i := strings.LastIndexAny(s, "（("); i > 0 && (strings.HasSuffix(s, "）") || strings.HasSuffix(s, ")")) {
		return s[:i]
	}
	return s
}
