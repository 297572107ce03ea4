package indexer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"youju/report"
)

// partSlugs spells the part of an entry that is numbered in a list of its own.
var partSlugs = map[report.Part]string{
	report.PartAssignment: "task", report.PartLivelihood: "livelihood",
	report.PartPolicy: "policy", report.PartGlossary: "glossary",
}

// documentID is the place's code, the year and the kind: 371500-2020-report. A
// document whose place or year is unknown, or of a kind that a place has many
// of in a year, carries a piece of its content's hash instead.
func documentID(d *report.Document) string {
	code := d.Place.Code
	if code == "" {
		code = "000000"
	}
	genre := report.KindInfo(d.Kind)
	slug := genre.Slug
	if d.Year == 0 || d.Place.Code == "" || d.Issuer != "" || !genre.Single {
		slug += "-" + contentHash(d)[:8]
	}
	if d.Year == 0 {
		return code + "-" + slug
	}
	return fmt.Sprintf("%s-%d-%s", code, d.Year, slug)
}

// contentHash identifies what a document says, apart from how it is laid out.
func contentHash(d *report.Document) string {
	h := sha256.New()
	fmt.Fprintln(h, d.Kind, d.Place.Code, d.Year)
	for _, it := range d.Items {
		h.Write([]byte(strings.Join(strings.Fields(it.Heading+it.Text), "")))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// setID names a document and its items.
func setID(d *report.Document, id string) {
	d.ID = id
	for i := range d.Items {
		it := &d.Items[i]
		it.ID = id + "/" + it.Local()
	}
}

// numbers is the numbering of the open sections: [3 1] in 三、（一）.
func (o *outline) numbers() []int {
	var out []int
	for _, s := range o.stack {
		for len(out) < s.level-1 {
			out = append(out, 0)
		}
		out = append(out, s.number)
	}
	return out
}

// count counts calls with the same key, from 0.
func (o *outline) count(key string) int {
	n := o.counts[key]
	o.counts[key]++
	return n
}

// local gives an item its place in the document: task-43 by its printed number,
// 3.1.2 by its sections' numbers and its order there.
func (o *outline) local(d draft) string {
	if d.slug != "" {
		return o.unique(d.slug + "-" + slugNumber(d.number))
	}
	slug := partSlugs[d.part]
	if d.note {
		slug = "note"
	}
	if slug != "" && (o.series != "" || d.part == report.PartGlossary) {
		n := d.number
		if n == "" {
			n = strconv.Itoa(o.count("list "+slug) + 1)
		}
		return o.unique(slug + "-" + strings.NewReplacer("(", "-", ")", "").Replace(n))
	}
	numbers := o.numbers()
	for len(numbers) < 2 && len(numbers) > 0 {
		numbers = append(numbers, 0)
	}
	if len(numbers) == 0 {
		numbers = []int{0}
	}
	var b strings.Builder
	if o.notice {
		b.WriteString("notice-")
	} else if o.series == report.PartNews {
		b.WriteString("news-")
	}
	for _, n := range numbers {
		b.WriteString(strconv.Itoa(n))
		b.WriteByte('.')
	}
	key := b.String()
	return o.unique(key + strconv.Itoa(o.count("item "+key)+1))
}

// slugNumber writes 第十二条 as 12, 1.1 as 1.1.
func slugNumber(number string) string {
	if m := articleRe.FindStringSubmatch(number + " "); m != nil {
		return strconv.Itoa(hanBig(m[1]))
	}
	return number
}

// unique makes a second use of the same number tell itself apart.
func (o *outline) unique(local string) string {
	n := o.count("local " + local)
	if n == 0 {
		return local
	}
	return o.unique(fmt.Sprintf("%s_%d", local, n+1))
}
