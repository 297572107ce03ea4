package web

import (
	"fmt"
	"hash/fnv"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"

	"youju/report"
	"youju/search"
)

// reportURL is the address of a document's page.
func reportURL(docID string) string { return "/report/" + url.PathEscape(docID) }

// itemURL is the address of an item's own page. Item IDs hold a slash.
func itemURL(itemID string) string {
	parts := strings.Split(itemID, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return "/report/" + strings.Join(parts, "/")
}

// withQuery adds the words searched for and an anchor to a page's address.
func withQuery(page, text, anchor string) string {
	if text != "" {
		page += "?q=" + url.QueryEscape(text)
	}
	if anchor != "" {
		page += "#" + url.PathEscape(anchor)
	}
	return page
}

// anchorOf is the id of an item's element on the report page: its local ID.
// Marks that could upset an attribute or a selector become ~ and their code;
// the ids of the page's own parts are kept free.
func anchorOf(local string) string {
	var b strings.Builder
	for _, r := range local {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '.' || r == '_' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "~%x", r)
		}
	}
	s := b.String()
	if ownAnchors[s] || strings.HasPrefix(s, sectionPrefix) {
		s += "~"
	}
	return s
}

const sectionPrefix = "s-"

// ownAnchors are the ids the layout and the report page use themselves.
var ownAnchors = map[string]bool{"": true, "main": true, "q": true, "contents": true, "top": true, "about": true, "facts": true, "text": true, "siblings": true, "contents-title": true, "clip": true, "ticked": true, "q-list": true, "q-status": true}

// sectionAnchor is the id of a heading, made of the headings that lead to it,
// so that it outlives changes elsewhere in the document.
func sectionAnchor(path []string) string {
	h := fnv.New32a()
	for _, p := range path {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return fmt.Sprintf("%s%08x", sectionPrefix, h.Sum32())
}

// documentName is a document's short name: 聊城市 · 2021年政府工作报告. Texts
// without a year or place are known by their title.
func documentName(d *report.Document) string {
	if place := d.Place.Name(); place != "" && d.Year != 0 && d.Kind != report.KindNews && d.Kind != report.KindOther {
		return fmt.Sprintf("%s %d年%s", place, d.Year, d.Kind)
	}
	return documentTitle(d)
}

func documentTitle(d *report.Document) string {
	if d.Title != "" {
		return d.Title
	}
	return "（无标题）"
}

// itemTitle is what an item is called in a list: its number and heading, or
// its number and the heading it stands under.
func itemTitle(it *report.Item, d *report.Document) string {
	if it.Heading != "" {
		return strings.TrimSpace(numberLabel(it.Number) + " " + strings.TrimRight(it.Heading, "。：:"))
	}
	under := documentTitle(d)
	if n := len(it.Path); n > 0 {
		under = it.Path[n-1]
	}
	if it.Number != "" {
		return "第" + it.Number + "项 · " + under
	}
	return under
}

// numberLabel prints an item's number as lists do: 43. or 8(1).
func numberLabel(n string) string {
	if _, err := strconv.Atoi(n); err == nil {
		return n + "."
	}
	return n
}

// dateMessage writes 2021-02-10 as 2021年2月10日; what is no date stays as it is.
func dateMessage(date string) message {
	var y, m, d int
	if n, _ := fmt.Sscanf(date, "%d-%d-%d", &y, &m, &d); n == 3 {
		return tr("%d年%d月%d日", y, m, d)
	}
	return quote(date)
}

// chineseDate is the date as a citation has it.
func chineseDate(date string) string { return dateMessage(date).String() }

// sourceFile is the name of the file a document came from. The folders above
// it are the operator's business.
func sourceFile(s report.Source) string {
	return path.Base(strings.ReplaceAll(s.File, `\`, "/"))
}

// placeValue is the county facet's value for a document's own place: 东阿县,
// but 济南市市中区 where the bare name would mean several.
func placeValue(p report.Place) string { return report.Places().FacetValue(p) }

// badge is a small label that leads to everything else that has it.
type badge struct {
	// Style names the look: claim badges differ in word and shape.
	Style string
	Label message
	URL   string
	// Facet says what kind of thing the label is, for readers who hear the page.
	Facet string
}

// link gives the address for one facet value.
type link func(facet, value string) string

// hitBadges label a passage with its year, place, claim, part and units.
func hitBadges(it *report.Item, d *report.Document, to link) []badge {
	var badges []badge
	add := func(style, facet, value string, label message) {
		badges = append(badges, badge{style, label, to(facet, value), search.FacetLabels[facet]})
	}
	if d.Year != 0 {
		add("year", search.FacetYear, strconv.Itoa(d.Year), tr("%d年", d.Year))
	} else {
		add("year", search.FacetYear, search.None, tr("无年份"))
	}
	if v := placeValue(d.Place); v != "" {
		add("place", search.FacetCounty, v, quote(d.Place.Name()))
	}
	if it.Claim != "" {
		add(string(it.Claim), search.FacetClaim, string(it.Claim), tr(it.Claim.Label()))
	}
	if it.Part != "" {
		add("part", search.FacetPart, string(it.Part), tr(it.Part.Label()))
	}
	for _, unit := range it.Duty.LeadUnits {
		add("unit", search.FacetUnit, unit, tr("牵头 %s", unit))
	}
	return badges
}

// itemBadges label an item on its own page: all that is known about it.
func itemBadges(it *report.Item, d *report.Document, to link) []badge {
	badges := hitBadges(it, d, to)
	add := func(facet, value string, label message) {
		badges = append(badges, badge{"more", label, to(facet, value), search.FacetLabels[facet]})
	}
	if it.AboutYear != 0 {
		add(search.FacetAbout, strconv.Itoa(it.AboutYear), tr("说的是%d年", it.AboutYear))
	}
	for _, p := range it.Places {
		if p != placeValue(d.Place) {
			add(search.FacetCounty, p, tr("提到 %s", p))
		}
	}
	return append(badges, topicBadges(it, to)...)
}

// topicBadges label an item with its topics.
func topicBadges(it *report.Item, to link) []badge {
	var badges []badge
	for _, t := range it.Topics {
		badges = append(badges, badge{"topic", tr(t), to(search.FacetTopic, t), search.FacetLabels[search.FacetTopic]})
	}
	return badges
}
