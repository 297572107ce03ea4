package indexer

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

const (
	dutyOpeners = "〔（(［[【"
	dutyClosers = "〕）)］]】"
	dutyEnds    = "。；; \u3000"
)

// isDutyStart says that a block begins with a duty bracket.
func isDutyStart(s string) bool {
	if first, _ := utf8.DecodeRuneInString(s); !strings.ContainsRune(dutyOpeners, first) {
		return false
	}
	if dutyOpensAt(s) {
		return true
	}
	b := brackets(s)
	return len(b) > 0 && b[0].start == 0 && b[0].holdsDuty()
}

// dutyBracket gives where the duty bracket that ends s begins, or -1. A bracket
// may stand open inside it, and its closer may differ from its opener.
func dutyBracket(s string) int {
	s = strings.TrimRight(s, dutyEnds)
	last, _ := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune(dutyClosers, last) {
		return -1
	}
	from := endFrom(s, longBracket)
	s = s[from:]
	all := brackets(s)
	for _, b := range slices.Backward(all) {
		if b.end == len(s) && b.holdsDuty() {
			return from + b.start
		}
		if b.end < len(s) && !b.open {
			break
		}
	}
	return -1
}

// How many bytes at the end of a text are looked at for a duty bracket and for
// another field: the end of a long text may be asked for again and again.
const (
	longBracket = 8 << 10
	longField   = 400
)

// endFrom is where the last n bytes of s begin, at a whole character.
func endFrom(s string, n int) int {
	from := max(0, len(s)-n)
	for from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	return from
}

// bracket is a bracket of a text: where it begins and ends, and what it holds.
type bracket struct {
	start, end int
	body       string
	// open is set where it is closed by no sign of its own.
	open bool
}

// brackets lists the brackets of a text that stand in no other.
func brackets(s string) []bracket {
	var all []bracket
	depth, start := 0, 0
	for i, r := range s {
		switch {
		case strings.ContainsRune(dutyOpeners, r):
			if depth == 0 {
				start = i
			} else if depth == 1 && dutyOpensAt(s[i:]) && !dutyOpensAt(s[start:]) {
				start = i // the one before was never closed
				continue
			}
			depth++
		case strings.ContainsRune(dutyClosers, r) && depth > 0:
			if depth--; depth == 0 {
				all = append(all, newBracket(s, start, i+utf8.RuneLen(r), false))
			}
		}
	}
	if depth > 0 {
		all = append(all, newBracket(s, start, len(s), true))
	}
	return all
}

func newBracket(s string, start, end int, open bool) bracket {
	_, first := utf8.DecodeRuneInString(s[start:end])
	body := strings.TrimRight(s[start+first:end], dutyEnds)
	if last, size := utf8.DecodeLastRuneInString(body); strings.ContainsRune(dutyClosers, last) {
		body = body[:len(body)-size]
	}
	return bracket{start, end, strings.TrimSpace(body), open}
}

// dutyOpensAt says that a duty bracket opens where s begins.
func dutyOpensAt(s string) bool {
	if len(s) > 400 {
		s = s[:400]
	}
	if !strings.ContainsAny(s, ":：为") {
		return false
	}
	w := dutyData()
	m := w.open.FindStringSubmatchIndex(s)
	return m != nil && m[0] == 0 && w.role(s[m[2]:m[3]]) != roleNone
}

// holdsDuty says that a bracket says who is in charge, in fields or in words.
func (b bracket) holdsDuty() bool {
	_, ok := b.duty()
	return ok
}

// duty reads a bracket: （责任单位：甲局、乙局）, （甲局牵头，乙局配合）, 【责任单位】甲局.
func (b bracket) duty() (report.Duty, bool) {
	if len(b.body) > 3000 {
		return report.Duty{}, false
	}
	if d, ok := readFields(b.body); ok {
		return d, true
	}
	if b.open {
		return report.Duty{}, false
	}
	return saidDuty(b.body)
}

// maxUnits is how many names are looked for; a task is not given to more.
const maxUnits = 1000

// readDuty reads who is in charge of an item: from the brackets of its text, from
// the fields or the sentence that end it.
func readDuty(s string) (d report.Duty, ok bool) {
	if !strings.ContainsAny(s, "牵责负配主承协参组实落分包挂联") {
		return d, false
	}
	for _, b := range brackets(s) {
		if len(d.LeadUnits)+len(d.SupportUnits)+len(d.Leaders) > maxUnits {
			break
		}
		if more, found := b.duty(); found {
			d, ok = joinDuties(d, more), true
		}
	}
	if ok {
		return d, true
	}
	s = trimOtherFields(s)
	if at := dutyTail(s); at >= 0 {
		return readFields(s[at:])
	}
	if said, told := saidDuty(lastSentence(s)); told && len(said.LeadUnits) > 0 {
		return said, true
	}
	return d, false
}

// joinDuties adds the names of one bracket to those of another.
func joinDuties(a, b report.Duty) report.Duty {
	add := func(names, more []string) []string {
		for _, n := range more {
			if !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
		return names
	}
	a.Leaders, a.LeadUnits = add(a.Leaders, b.Leaders), add(a.LeadUnits, b.LeadUnits)
	lead := func(n string) bool { return slices.Contains(a.LeadUnits, n) }
	a.SupportUnits = slices.DeleteFunc(add(a.SupportUnits, b.SupportUnits), lead)
	a.More = a.More || b.More
	return a
}

// otherField is a field at the end that names no one in charge: 完成时限：12月底.
var otherField = pattern.MustCompile(`[。；;，,\s]?(?:(?:完成|办结|计划|目标)?(?:时限|时间|期限|节点)|进度安排|联系人|联系科室|联系部门|联系单位|联系电话|联系方式|电话|备注)\s*[:：][^。：:]{1,40}。?$`)

// trimOtherFields takes the fields off the end that name no one in charge.
func trimOtherFields(s string) string {
	for {
		from := endFrom(s, longField)
		at := otherField.FindStringIndex(s[from:])
		if at == nil {
			return strings.TrimRight(s, dutyEnds)
		}
		s = s[:from+at[0]]
	}
}

// dutyTail gives where the fields without brackets begin that end a text, or
// -1. They may be sentences of their own: 牵头单位：甲局。配合单位：乙局。
func dutyTail(s string) int {
	tail, end := -1, len(s)
	for end > 0 {
		from := max(0, strings.LastIndex(s[:end], "。")+len("。"))
		if from == len("。")-1 {
			from = 0
		}
		at := dutyData().tail.FindStringIndex(s[from:end])
		if at == nil || at[0] == 0 && from == 0 {
			break
		}
		tail, end = from+at[0], from-len("。")
		if at[0] > 0 {
			break
		}
	}
	return tail
}

// lastSentence is the last sentence of a text of several.
func lastSentence(s string) string {
	s = strings.TrimRight(s, dutyEnds)
	at := strings.LastIndexAny(s, "。；;")
	if at < 0 || len(s)-at > 600 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	return strings.TrimSpace(s[at+size:])
}

// otherLabel begins a field that names no one in charge, inside the value of one that does.
var otherLabel = regexp.MustCompile(`[；;，,。、\s]\s*[\p{Han}]{2,8}\s*[:：]`)

// readFields reads 责任领导：甲；责任单位：乙. Where one is named as leading, those
// responsible help it.
func readFields(body string) (d report.Duty, ok bool) {
	if !strings.ContainsAny(body, ":：】］]为是 \t\n\f\r") {
		return d, false // what every field has behind its name
	}
	w := dutyData()
	body = contact.ReplaceAllString(body, "")
	fields := w.field.FindAllStringSubmatchIndex(body, -1)
	var first, second []string
	led := false
	for i, f := range fields {
		end := len(body)
		if i+1 < len(fields) {
			end = fields[i+1][0]
		}
		value := strings.TrimLeft(body[f[1]:end], "】］] \u3000")
		if at := otherLabel.FindStringIndex(value); at != nil {
			value = value[:at[0]]
		}
		names, more := splitNames(value)
		names = w.named(names)
		role := w.role(body[f[2]:f[3]])
		if !strings.ContainsAny(body[f[4]:f[5]], ":：】］]") && (role == rolePerson || len(names) == 0 || !allOf(names, w.isUnit)) {
			continue // 责任单位 is a word of the sentence
		}
		if role == roleNone {
			continue // 联系人：
		}
		if said, told := saidDuty(value); told && role != rolePerson && len(said.SupportUnits) > 0 {
			d, ok = joinDuties(d, said), true // 责任单位：甲局牵头，乙局配合
			continue
		}
		d.More = d.More || more
		switch ok = true; role {
		case rolePerson:
			if len(names) == 1 {
				names = splitPersons(value, names)
			}
			d.Leaders = append(d.Leaders, joinPosts(names)...)
		case roleFirst:
			first, led = append(first, names...), true
		case roleSecond:
			second = append(second, names...)
		case roleSupport:
			d.SupportUnits = append(d.SupportUnits, names...)
		}
	}
	if led && len(first) > 0 {
		return joinDuties(report.Duty{LeadUnits: first, SupportUnits: second}, d), ok
	}
	return joinDuties(report.Duty{LeadUnits: append(first, second...)}, d), ok
}

func allOf(names []string, is func(string) bool) bool {
	return !slices.ContainsFunc(names, func(n string) bool { return !is(n) })
}

var (
	// contact is whom to call, behind a name, phone a number behind one.
	contact = pattern.MustCompile(`[（(](?:联系人|联系电话|电话|手机)[^（()）]*[)）]`)
	phone   = pattern.MustCompile(`[（(]?[0-9０-９—–-]{7,}[)）]?`)
)

// reached is a part of a contact: a telephone number, an address.
var reached = pattern.MustCompile(`^(?:联系|咨询|办公|监督)?(?:电话|手机|邮箱|电子邮箱|传真|地址|邮编|微信)[:：]`)

// named takes numbers to call off names, and leaves dates and addresses out.
func (d *dutyWords) named(names []string) []string {
	kept := names[:0]
	for _, n := range names {
		if n = phone.ReplaceAllString(n, ""); n != "" && !d.isWhen(n) && !reached.MatchString(n) {
			kept = append(kept, n)
		}
	}
	return kept
}

// isWhen says that a name is none but tells when or how: 12月底前完成, 持续推进.
func (d *dutyWords) isWhen(name string) bool {
	return d.when.MatchString(name) && !d.isUnit(name)
}

// splitPersons parts names that only spaces part; 刘  洋 is one person.
func splitPersons(s string, whole []string) []string {
	parts := strings.Fields(strings.Trim(s, "；;。，,、 \u3000"))
	for _, p := range parts {
		if n := utf8.RuneCountInString(p); n < 2 || n > 4 {
			return whole
		}
	}
	if len(parts) < 2 {
		return whole
	}
	return parts
}

// listDuty reads who is in charge of an entry of a list that says so in no
// field: the units that its last bracket names, or those of a sentence: 由…牵头.
func listDuty(s string) report.Duty {
	var d report.Duty
	if d.LeadUnits, d.More = policyUnit(s); len(d.LeadUnits) > 0 {
		return d
	}
	return clauseDuty(s)
}

// clauseDuty reads who leads inside the sentences of a text: 由市教育局牵头，….
func clauseDuty(s string) (d report.Duty) {
	w := dutyData()
	for _, m := range w.clause.FindAllStringSubmatchIndex(s, -1) {
		if strings.HasPrefix(s[m[1]:], "解释") {
			continue // 本办法由…负责解释
		}
		leads, more := splitNames(s[m[2]:m[3]])
		var supports []string
		more2 := false
		if m[4] >= 0 {
			supports, more2 = splitNames(s[m[4]:m[5]])
		}
		if allOf(leads, w.isUnit) && allOf(supports, w.isUnit) {
			d = joinDuties(d, report.Duty{LeadUnits: leads, SupportUnits: supports, More: more || more2})
		}
	}
	return d
}

// policyUnit reads the units in charge from the last bracket of a list's line.
func policyUnit(s string) (units []string, more bool) {
	s = strings.TrimRight(s, dutyEnds)
	all := brackets(s)
	if len(all) == 0 || all[len(all)-1].open || all[len(all)-1].end != len(s) {
		return nil, false
	}
	w := dutyData()
	names, more := splitNames(all[len(all)-1].body)
	if len(names) == 0 || !w.isOffice(names[0]) || !allOf(names, func(n string) bool { return w.isOffice(n) || strings.HasPrefix(n, "各") && w.isUnit(n) }) {
		return nil, false
	}
	return names, more
}

// andOthers closes a list that is not complete: 等, 等部门, 等有关单位.
var andOthers = pattern.MustCompile(`等(?:市直|县直|省直|区直)?(?:有关|相关|成员|责任|职能)?(?:[部门单位、和及]{2,8}|方面|地区|企业|\d+个(?:部门|单位))?$`)

// splitNames cuts a list of names at 、 and commas outside brackets: the comma
// in 各县(市、区)人民政府 parts nothing. A closing 等 means that more are meant.
func splitNames(s string) (names []string, more bool) {
	s = strings.TrimRight(strings.TrimSpace(s), "；;。，,、")
	depth, start := 0, 0
	cut := func(end int) {
		name := strings.Join(strings.Fields(s[start:end]), "")
		if rest := andOthers.ReplaceAllString(name, ""); rest != name {
			name, more = rest, true
		}
		if name != "" {
			names = append(names, name)
		}
	}
	for i, r := range s {
		switch r {
		case '(', '（', '〔':
			depth++
		case ')', '）', '〕':
			depth = max(0, depth-1)
		case '、', '，', ',', '；', ';':
			if depth == 0 {
				cut(i)
				start = i + utf8.RuneLen(r)
			}
		}
	}
	cut(len(s))
	return names, more
}

// post matches an office, as against a person's name.
var post = pattern.MustCompile(`^(?:省|市|县|区|州|盟|旗)?.{0,8}(?:书记|常委|主任|市长|县长|区长|省长|主席|部长|秘书长|局长|司令员|政委)$`)

// joinPosts makes one entry of offices in a row: 市委常委、市纪委书记 is one unnamed person.
func joinPosts(names []string) []string {
	var out []string
	for i, n := range names {
		if i > 0 && post.MatchString(n) && post.MatchString(names[i-1]) {
			out[len(out)-1] += "、" + n
			continue
		}
		out = append(out, n)
	}
	return out
}
