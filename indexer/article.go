package indexer

import (
	"strings"

	"youju/indexer/pattern"
)

// article is the part of a file that becomes one document.
type article struct {
	// tag is the portal's label before the title (【临清市招商】).
	tag    string
	blocks []block
	// uploaded is the date a portal put the article up, as 2006-01-02: never the document's own.
	uploaded string
	// portal says that the article stood in a list of articles.
	portal bool
	// apart is what belongs to the file and to no document, notes what it says of itself.
	apart, notes []text
}

var (
	isoDate   = pattern.MustCompile(`^(?:发布时间[:：]?\s*|时间[:：]?\s*)?([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:\s+[0-9:]{4,8})?$`)
	portalTag = pattern.MustCompile(`^【[^】]{2,12}】`)
)

// split cuts a file's blocks into articles. Lines of dashes part the articles
// of a saved list page; a second title with its salutation begins another
// report in a file of several.
func split(blocks []block) []article {
	if out := splitPortal(blocks); len(out) > 0 {
		return out
	}
	var out []article
	start := 0
	for i := 1; i < len(blocks); i++ {
		if i > start+8 && beginsReport(blocks[i:]) {
			out = append(out, article{blocks: blocks[start:i]})
			start = i
		}
	}
	return append(out, article{blocks: blocks[start:]})
}

var reportTitle = pattern.MustCompile(`^(?:[0-9]{4} ?年)?.{0,16}政\s*府\s*工\s*作\s*报\s*告(?:[（(].{1,16}[）)])?$`)

// beginsReport says that a report's title stands here, with its opening close below.
func beginsReport(blocks []block) bool {
	if !blocks[0].within(40) || !reportTitle.MatchString(blocks[0].s) {
		return false
	}
	for _, b := range blocks[1:min(len(blocks), 8)] {
		if salutation.MatchString(b.s) || strings.HasPrefix(b.s, "各位代表：") || strings.HasPrefix(b.s, "各位代表:") ||
			strings.Contains(head(b.s, 60), "向大会报告") || b.runes() < 90 && congress.MatchString(squeeze(b.s)) {
			return true
		}
		if numeralHead(b.s) != nil || !b.within(90) {
			return false
		}
	}
	return false
}

// splitPortal reads a page of articles: dash, title, body, upload date. It
// gives nothing where the dashes do not part at least two of them.
func splitPortal(blocks []block) []article {
	var out []article
	var apart []text
	for _, group := range splitRules(blocks) {
		a, rest, ok := readPortal(group)
		if !ok {
			for _, b := range group {
				apart = append(apart, b.text)
			}
			continue
		}
		out = append(out, a)
		apart = append(apart, rest...)
	}
	if len(out) < 2 {
		return nil
	}
	out[len(out)-1].apart = append(out[len(out)-1].apart, apart...)
	return out
}

func splitRules(blocks []block) [][]block {
	var out [][]block
	start := 0
	for i, b := range blocks {
		if b.rule {
			out = append(out, blocks[start:i])
			start = i + 1
		}
	}
	return append(out, blocks[start:])
}

// readPortal reads one article of a list page. What follows the date is page furniture.
func readPortal(group []block) (a article, rest []text, ok bool) {
	if len(group) < 2 || !group[0].within(80) || isTerminated(group[0].s) {
		return a, nil, false
	}
	a = article{blocks: group, portal: true}
	size := 0
	for i, b := range group {
		size += b.runes()
		m := isoDate.FindStringSubmatch(b.s)
		if m == nil || i < 1 {
			continue
		}
		a.uploaded = m[1] + "-" + pad(m[2]) + "-" + pad(m[3])
		if i > 1 {
			for _, f := range group[i+1:] {
				rest = append(rest, f.text)
			}
			a.blocks, rest = group[:i], append(rest, b.text)
			break
		}
		// The date stands below the title: the body follows it.
		rest = append(rest, b.text)
		a.blocks = append(append([]block{}, group[0]), group[2:]...)
	}
	if size < 80 || a.uploaded == "" {
		return a, nil, false
	}
	if m := portalTag.FindString(a.blocks[0].s); m != "" {
		t := a.blocks[0].text
		a.tag = strings.Trim(m, "【】")
		rest = append(rest, t.sub(0, len(m)))
		a.blocks = append([]block{}, a.blocks...)
		a.blocks[0].text = t.sub(len(m), len(t.s)).trim()
	}
	return a, rest, true
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
