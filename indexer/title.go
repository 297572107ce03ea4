package indexer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

const (
	// titleLines and titleRunes bound a title printed over several lines.
	titleLines = 5
	titleRunes = 120
)

// gap is a space between two ideographs, which a line break left in a title.
var gap = pattern.MustCompile(`(\p{Han})[\s\x{3000}]+(\p{Han})`)

// closeGaps takes out what a title's line breaks left behind.
func closeGaps(s string) string {
	return gap.ReplaceAllString(gap.ReplaceAllString(s, "$1$2"), "$1$2")
}

// readTitle finds the title among the lines above the text: the first lines that
// end like a title, what a table about the paper calls so, or the first line
// that could be one.
func readTitle(d *report.Document, lines []headed) {
	title := ""
	for i := range lines {
		if lines[i].role == roleSalutation {
			break
		}
		// A title printed twice is the page's first and the paper's then.
		if t := titleFrom(lines[i:]); t != "" && (title == "" || wording(t) == wording(title) || headIs("redhead", squeeze(title))) {
			title = t
		}
	}
	if title != "" {
		prove(d, "title", &d.Title, title, title)
		return
	}
	for _, l := range lines {
		if t := strings.Trim(headGives("of.title", l.bare), "|"); t != "" {
			prove(d, "title", &d.Title, t, l.s)
			return
		}
	}
	for _, l := range lines {
		if l.role == roleSalutation {
			return
		}
		if l.role == roleFree && l.s != "" && utf8.RuneCountInString(l.s) >= 4 && !strings.ContainsAny(l.s[len(l.s)-1:], ":;,.") && !endsSentence(l.s) {
			prove(d, "title", &d.Title, closeGaps(l.s), l.s)
			doubt(d, "title")
			return
		}
	}
}

// wording leaves what of a title is no punctuation.
func wording(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, squeeze(s))
}

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。；：，、！？…", r)
}

// titleFrom joins the first line with those below it until they end like a
// title; "" where they do not.
func titleFrom(lines []headed) string {
	t := ""
	for k, l := range lines[:min(len(lines), titleLines)] {
		s := closeGaps(l.s)
		switch {
		case k == 0 && l.role == roleDateline:
			// The title and its dateline in one line.
			before, _, ok := strings.Cut(s, "——")
			if !ok || before == "" || !endsTitle(before) {
				return ""
			}
			return strings.TrimSpace(before)
		case k == 0 && l.role == roleOffice:
			if len(lines) < 2 || lines[1].role != roleFree || !about.MatchString(lines[1].bare) {
				return ""
			}
		case l.role != roleFree:
			return ""
		}
		t += s
		if utf8.RuneCountInString(t) > titleRunes {
			return ""
		}
		if endsTitle(t) && !headIs("goes", squeeze(t)) && !goesOn(lines, k+1) {
			return t
		}
	}
	return ""
}

// keepDateline keeps what stands behind the title on a long line with it as text
// of the opening: such a line is a paragraph's length, and its words stay found.
// It is numbered behind what was read, so that no other address moves. head is
// what the ledger holds of the lines.
func (o *outline) keepDateline(lines []block, head []text) {
	for i, b := range lines {
		before, _, ok := strings.Cut(b.s, "——")
		if !ok || b.within(40) || closeGaps(strings.TrimSpace(before)) != o.doc.Title || !dateline.MatchString(squeeze(b.s)) {
			continue
		}
		title := len(before) + len("——")
		head[i] = b.sub(0, title)
		rest := draft{body: b.sub(title, len(b.s)).trim(), line: b.line, part: report.PartOpening}
		rest.local = o.local(rest)
		o.drafts = slices.Insert(o.drafts, 0, rest)
		return
	}
}

// about begins a title whose office stands on the line above it.
var about = pattern.MustCompile(`^(?:关于|印发|转发|批转|[^，。]{0,30}工作报告$)`)

func goesOn(lines []headed, k int) bool {
	return k < len(lines) && lines[k].role == roleFree && headIs("on", lines[k].bare)
}

// endsTitle says that s ends like a title.
func endsTitle(s string) bool {
	return kindByTitle(s) != "" || headIs("title", bareTitle(s))
}

// site is what a page's title names behind the paper's: _聊城市人民政府.
var site = pattern.MustCompile(`\s*[_|｜\-–—－]+\s*[^_|｜\-–—－]{2,24}$`)

// pageTitle is the title a web page gives itself outside its text.
func (p pageTitles) title() string {
	if p.article != "" {
		return p.article
	}
	whole := p.window
	for at := site.FindStringIndex(whole); at != nil && at[0] > 0; at = site.FindStringIndex(whole) {
		if p.heading != "" && strings.HasPrefix(squeeze(whole), squeeze(p.heading)) || endsTitle(whole) {
			break
		}
		whole = strings.TrimSpace(whole[:at[0]])
	}
	if p.heading != "" && (endsTitle(p.heading) || strings.HasPrefix(squeeze(p.window), squeeze(p.heading))) {
		return p.heading
	}
	return whole
}

// pageTitles are the titles of a web page: its ArticleTitle, its first h1, its window's.
type pageTitles struct{ article, heading, window string }

// genericTitle says that a title tells nothing but the kind.
func genericTitle(s string) bool {
	s = squeeze(s)
	return s == "" || s == "政府工作报告" || s == "工作报告" || strings.HasSuffix(s, "年政府工作报告") && len([]rune(s)) <= 11
}
