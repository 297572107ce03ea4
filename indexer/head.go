package indexer

import (
	_ "embed"
	"strings"
	"sync"

	"youju/indexer/pattern"
	"youju/report"
)

//go:embed data/head.txt
var headFile string

// headRules holds data/head.txt by scope.
var headRules = sync.OnceValue(func() map[string][]*pattern.Pattern {
	rules := map[string][]*pattern.Pattern{}
	for _, line := range strings.Split(headFile, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		scope, expr, _ := strings.Cut(line, "\t")
		rules[scope] = append(rules[scope], pattern.MustCompile(expr))
	}
	return rules
})

// headIs says that a squeezed line is of a scope of data/head.txt.
func headIs(scope, s string) bool {
	for _, re := range headRules()[scope] {
		if re.MatchString(s) {
			return true
		}
	}
	return false
}

// headGives is the group of the first rule of a scope that matches, or "".
func headGives(scope, s string) string {
	for _, re := range headRules()[scope] {
		if m := re.FindStringSubmatch(s); m != nil {
			return m[1]
		}
	}
	return ""
}

// role is what a line above the text is.
type role uint8

const (
	// roleFree lines can be a title's.
	roleFree role = iota
	roleNumber
	roleDateline
	roleOffice
	roleSpeaker
	// roleAside lines say something that is no title: a letterhead, a mark, an upload date.
	roleAside
	roleSalutation
)

// headed is a line above the text.
type headed struct {
	// s is the line, bare the same without white space and with half-width digits.
	s, bare string
	role    role
}

var (
	opens = pattern.MustCompile(`^(?:各位代表|(?:现在)?[，,]?我代表|.{4,}如下[:：。]?$)`)
	// hailing begins a paper's salutation, which ends in a colon.
	hailing = pattern.MustCompile(`^[^。；《]{2,120}[:：]$`)
	// announcing ends or begins a sentence that announces a list, and hails nobody.
	announcing = pattern.MustCompile(`(?:下列|以下|如下)[^，,：:]{0,8}[:：]$|^(?:我[市县区镇乡局院省州]|我们|[一五]年来|近年来|今年|去年|(?:上|下)半年|为了?[做贯落进加切确推])`)
	// meeting is a dateline's second line, where it is printed on several.
	meeting   = pattern.MustCompile(`^(?:.{0,20}届)?(?:全国)?人民代表大会.{0,12}会议(?:上|通过|批准)?[）)]?$|会议上[）)]?$`)
	spelled   = pattern.MustCompile(`^(?:\p{Han}[\s\x{3000}]+){2,}\p{Han}$`)
	continued = pattern.MustCompile(`^[（(]\s*上接(.{1,12}?)[）)]\s*`)
)

// headLine says that a block can stand above the text: a title, a dateline, a name.
func headLine(b block) bool {
	if b.row {
		return headIs("about", squeeze(b.s))
	}
	if b.bullet || subNumber(b.s) != nil || opens.MatchString(b.s) || continued.MatchString(b.s) || listNumber(b.s) != nil || numeralHead(b.s) != nil || headsChapter(b.s) || decimalNumber(b.s) != nil || decimalTop.MatchString(b.s) {
		return false
	}
	if announces(squeeze(b.s)) {
		return false
	}
	if b.within(60) && !strings.Contains(b.s, "。") {
		return true
	}
	if b.runes() >= 300 {
		return false
	}
	bare := squeeze(b.s)
	switch {
	case numberOf(bare) != "", headIs("mark", bare), headGives("of.title", bare) != "":
		return true
	case b.runes() < 90 && dateline.MatchString(bare), b.runes() < 60 && strings.HasSuffix(b.s, "作政府工作报告。"):
		return true
	}
	return b.runes() < 110 && !strings.ContainsAny(b.s, "。；;") && (kindByTitle(b.s) != "" || hailing.MatchString(bare))
}

// readHead reads what stands above the text and gives where the text begins.
func readHead(d *report.Document, a *article, blocks []block) int {
	n := 0
	for n < len(blocks) && n < 30 && headLine(blocks[n]) && !(n > 0 && isBodyTitle(blocks, n)) {
		n++
	}
	n = headEnd(blocks, n)
	lines := make([]headed, 0, n)
	for _, b := range blocks[:n] {
		lines = append(lines, newHeaded(b.s))
	}
	readNumber(d, lines)
	readDateline(d, lines)
	readSpeaker(d, lines)
	if d.Title == "" {
		if a.portal && n > 0 {
			prove(d, "title", &d.Title, strings.TrimSpace(blocks[0].s), lines[0].s)
		} else {
			readTitle(d, lines)
		}
	}
	return n
}

// announces says that a line that ends in a colon is the text's first sentence.
func announces(bare string) bool { return hailing.MatchString(bare) && announcing.MatchString(bare) }

// newHeaded tells what a line is.
func newHeaded(s string) headed {
	s = strings.TrimSpace(s)
	l := headed{s: s, bare: squeeze(s)}
	if spelled.MatchString(s) {
		l.s = l.bare
	}
	switch {
	case numberOf(l.bare) != "":
		l.role = roleNumber
	case dateline.MatchString(l.bare), sitting.MatchString(l.bare), congress.MatchString(l.bare) && !strings.Contains(l.bare, "关于"), meeting.MatchString(l.bare), wholeDate.MatchString(l.bare):
		l.role = roleDateline
	case headIs("letterhead", l.bare), headIs("mark", l.bare), headIs("upload", l.bare), headGives("of.title", l.bare) != "", headGives("of.issuer", l.bare) != "", strings.HasSuffix(l.bare, "作政府工作报告。"):
		l.role = roleAside
	case officeDate.MatchString(l.bare), headIs("about", l.bare):
		l.role = roleAside
	case speaker(s) != "":
		l.role = roleSpeaker
	case headIs("office", l.bare):
		l.role = roleOffice
	case imprint().match(s):
		l.role = roleAside
	case hailing.MatchString(l.bare) && !announces(l.bare):
		l.role = roleSalutation
	}
	return l
}

// prove sets a field that is still empty, with the words it was read from.
func prove(d *report.Document, field string, into *string, value, quote string) {
	if *into == "" && value != "" {
		*into = value
		attest(d, field, quote)
	}
}

// attest notes the words that a field was read from.
func attest(d *report.Document, field, quote string) {
	if d.Source.Evidence == nil {
		d.Source.Evidence = map[string]string{}
	}
	d.Source.Evidence[field] = head(strings.TrimSpace(quote), 60)
}

// doubt notes that a field was inferred from little.
func doubt(d *report.Document, field string) {
	d.Source.Weak = append(d.Source.Weak, field)
}

// squeeze takes all white space out and writes digits half-width.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if isBlank(r) || r == '\u200b' {
			return -1
		}
		return halfDigit(r)
	}, s)
}

func halfDigit(r rune) rune {
	if r >= '０' && r <= '９' {
		return r - '０' + '0'
	}
	return r
}

// halfDigits writes the digits of s half-width.
func halfDigits(s string) string { return strings.Map(halfDigit, s) }

// isBodyTitle keeps a bare heading of the text itself out of the head: what a
// long paragraph follows, once a salutation or a dateline has been seen.
func isBodyTitle(blocks []block, n int) bool {
	if n+1 >= len(blocks) || blocks[n+1].runes() < 80 || !topHeading.MatchString(blocks[n].s) {
		return false
	}
	for _, b := range blocks[:n] {
		if opens.MatchString(b.s) {
			return true
		}
	}
	return false
}
