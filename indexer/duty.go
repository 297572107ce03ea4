package indexer

import (
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

// dutyLabel is a field of a duty bracket; brackets are 〔〕, () or （）, closers
// may differ from openers, and colons come in both widths.
var dutyLabel = pattern.MustCompile(dutyField + `\s*[:：]`)

// dutyField is a field's name: what one does, at which level, and who one is.
const dutyField = `((?:牵头|责任|分管|包保|包联|联系|挂点|主办|主责|负责|承办|落实|配合|协办|协助|协同|参与|参加)[省市县区州]?级?(?:领导|负责人|责任人|人|单位|部门|科室|部门单位|部门和单位))`

var dutyOpen = pattern.MustCompile(`[〔（(［\[【]\s*(?:(?:牵头|责任|分管|包保|主办|主责|负责|配合)[^〔（(]{0,8}|` + dutyField + `\s*)[:：]`)

// isDutyStart says that a block begins with a duty bracket.
func isDutyStart(s string) bool {
	if first, _ := utf8.DecodeRuneInString(s); !strings.ContainsRune("〔（(［[【", first) {
		return false
	}
	loc := dutyOpen.FindStringIndex(s)
	_, size := utf8.DecodeRuneInString(s)
	return loc != nil && loc[0] == 0 && !contact.MatchString(s[size:])
}

// dutyBracket gives where the duty bracket that ends s begins, or -1.
func dutyBracket(s string) int {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "。；; \u3000"))
	if !strings.ContainsRune("〕）)］]】", last) {
		return -1
	}
	all := dutyOpen.FindAllStringIndex(s, -1)
	if all == nil {
		return -1
	}
	start := all[len(all)-1][0]
	_, size := utf8.DecodeRuneInString(s[start:])
	if contact.MatchString(s[start+size:]) {
		return -1
	}
	return start
}

// readDuty reads the duty bracket at the end of an item's text.
func readDuty(s string) (report.Duty, bool) {
	start := dutyBracket(s)
	if start < 0 {
		return report.Duty{}, false
	}
	_, size := utf8.DecodeRuneInString(s[start:])
	body := strings.TrimRight(s[start+size:], "。；; \u3000")
	_, size = utf8.DecodeLastRuneInString(body)
	body = body[:len(body)-size]
	return readFields(body)
}

// contact is who answers questions (联系人：, 联系科室：), not who is in charge.
var contact = pattern.MustCompile(`^\s*联系(?:人|负责人|责任人|单位|部门|科室|部门单位)\s*[:：]`)

// reached is a part of a contact: a telephone number, an address.
var reached = pattern.MustCompile(`^(?:联系|咨询|办公|监督)?(?:电话|手机|邮箱|电子邮箱|传真|地址|邮编|微信)[:：]`)

// readFields reads 责任领导：甲；责任单位：乙.
func readFields(body string) (d report.Duty, ok bool) {
	fields := dutyLabel.FindAllStringSubmatchIndex(body, -1)
	for i, f := range fields {
		end := len(body)
		if i+1 < len(fields) {
			end = fields[i+1][0]
		}
		if contact.MatchString(body[f[0]:]) {
			continue
		}
		ok = true
		names, more := splitNames(body[f[1]:end])
		d.More = d.More || more
		switch label := body[f[2]:f[3]]; {
		case strings.HasSuffix(label, "领导") || strings.HasSuffix(label, "人"):
			if len(names) == 1 {
				names = splitPersons(body[f[1]:end], names)
			}
			d.Leaders = append(d.Leaders, joinPosts(names)...)
		case strings.HasPrefix(label, "配合") || strings.HasPrefix(label, "协") || strings.HasPrefix(label, "参"):
			d.SupportUnits = append(d.SupportUnits, names...)
		default:
			d.LeadUnits = append(d.LeadUnits, names...)
		}
	}
	return d, ok
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

// dutyTail is a duty without brackets at the end of a list's entry.
var dutyTail = pattern.MustCompile(`[。；;\s]` + dutyField + `\s*[:：][^。]{2,200}[。；;]?$`)

// listDuty reads who is in charge of an entry of a list: from fields without
// brackets, or from the units that its last bracket names.
func listDuty(s string) report.Duty {
	if m := dutyTail.FindStringSubmatchIndex(s); m != nil {
		if d, ok := readFields(strings.TrimRight(s[m[2]:], "。；;")); ok {
			return d
		}
	}
	body, ok := lastBracket(s)
	if m := saidDuty.FindStringSubmatch(body); ok && m != nil {
		return saidUnits(m)
	}
	var d report.Duty
	d.LeadUnits, d.More = policyUnit(s)
	return d
}

// saidDuty is a duty told in words: （市住建局牵头，市财政局、各县（市、区）配合）.
var saidDuty = pattern.MustCompile(`^由?(.{2,80}?)(?:共同|分别)?(?:牵头|负责)(?:[，,；;、]\s*(.{2,200}?)(?:等?参与|等?配合|协助|按职责分工负责))?$`)

func saidUnits(m []string) (d report.Duty) {
	var leads, supports bool
	d.LeadUnits, leads = splitNames(m[1])
	d.SupportUnits, supports = splitNames(m[2])
	d.More = leads || supports
	return d
}

// lastBracket gives what the bracket that ends s holds, brackets within it included.
func lastBracket(s string) (string, bool) {
	s = strings.TrimRight(s, "。；; \u3000")
	depth := 0
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
		switch {
		case strings.ContainsRune("）)〕］]】", r):
			depth++
		case strings.ContainsRune("（(〔［[【", r):
			depth--
		}
		if depth == 0 {
			if i+size == len(s) {
				return "", false
			}
			_, last := utf8.DecodeLastRuneInString(s)
			return s[i+size : len(s)-last], true
		}
	}
	return "", false
}

// splitNames cuts a list of names at 、 and commas outside brackets: the comma
// in 各县(市、区)人民政府 parts nothing. A closing 等 means that more are meant.
func splitNames(s string) (names []string, more bool) {
	s = strings.TrimRight(strings.TrimSpace(s), "；;。，,、")
	depth, start := 0, 0
	cut := func(end int) {
		name := strings.Join(strings.Fields(s[start:end]), "")
		if rest, ok := strings.CutSuffix(name, "等"); ok {
			name, more = rest, true
		}
		if name != "" && !reached.MatchString(name) {
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

// unitEnd matches the end of a unit's name, to tell （市科技局） from （2025-2027年）.
var unitEnd = pattern.MustCompile(`(?:局|委|委员会|办|办公室|办公厅|厅|部|院|中心|政府|集团|公司|银行|分行|支行|协会|联合会|总会|学会|支队|总队|海关|大学|馆|署|处|社|团市委|团省委|妇联|残联|总工会|工商联|管委会|机关|专班)等?$`)

// policyUnit reads the unit in charge from the last bracket of a policy's line.
func policyUnit(s string) (units []string, more bool) {
	s = strings.TrimRight(s, "。；; \u3000")
	last, size := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune("）)〕］]", last) {
		return nil, false
	}
	open := strings.LastIndexAny(s[:len(s)-size], "（(〔［[")
	if open < 0 {
		return nil, false
	}
	_, width := utf8.DecodeRuneInString(s[open:])
	names, more := splitNames(s[open+width : len(s)-size])
	for _, n := range names {
		if !unitEnd.MatchString(n) {
			return nil, false
		}
	}
	return names, more
}
