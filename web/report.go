package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/gorilla/mux"

	"youju/report"
	"youju/search"
)

// reportPage shows a whole document, with what a query matches marked.
type reportPage struct {
	basePage
	ID       string
	Heading  string
	Facts    []detail
	Digest   string
	Missing  []string
	Repairs  []report.Repair
	Contents []heading
	Blocks   []block
	// Query is the text whose matches are marked; Found is how many items hold
	// one, FirstHit the anchor of the first.
	Query    string
	Found    int
	FirstHit string
	// PlainURL is the page without marks, SearchURL the same words in everything.
	PlainURL  string
	SearchURL string
	Siblings  []documentRow
	// Earlier and Later are the same place's documents of the same kind.
	Earlier, Later *way
}

// detail is one line of the block of data about a document.
type detail struct {
	Label string
	Value message
	URL   string
}

// block is a heading or an item of the text; the other is nil.
type block struct {
	Heading *heading
	Item    *itemView
}

type heading struct {
	Text   string
	Marked template.HTML
	Level  int
	// Anchor is empty for a heading that occurs a second time.
	Anchor string
	Part   string
}

// itemView is an item as the report shows it.
type itemView struct {
	ID     string
	Anchor string
	// URL is the item's own page.
	URL     string
	Number  string
	Heading template.HTML
	// RunIn says that the heading needs a gap before the text goes on.
	RunIn      bool
	Paragraphs []template.HTML
	Duty       *dutyView
	Claim      *badge
	Topics     []badge
	Hit        *hitStep
}

// hitStep leads from one item with matches to the ones before and after it.
type hitStep struct {
	N, Total   int
	Prev, Next string
}

// dutyView says who answers for an item.
type dutyView struct {
	Leaders template.HTML
	Lead    []unitLink
	Support []unitLink
	More    bool
}

// unitLink is a unit's name, marked, and the search for what it leads.
type unitLink struct {
	Name template.HTML
	URL  string
}

func (s *server) showReport(w http.ResponseWriter, r *http.Request) error {
	doc, err := s.searcher.Document(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return fmt.Errorf("opening a document: %w", err)
	}
	docs, err := s.searcher.Documents(r.Context())
	if err != nil {
		return fmt.Errorf("listing documents: %w", err)
	}
	q := queryOf(r.URL.Query())
	p := reportPage{
		basePage: s.base(r, quote(documentName(doc))),
		ID:       doc.ID, Heading: documentTitle(doc),
		Facts: newFacts(doc), Digest: doc.Source.Digest,
		Missing: doc.Source.Missing, Repairs: doc.Source.Repairs,
		Query: q.Text, PlainURL: reportURL(doc.ID), SearchURL: urlOf(withText(search.Query{}, q.Text)),
		Siblings: siblings(docs, doc),
	}
	p.Text, p.Nav, p.Sheet = q.Text, "/reports", "report.css"
	p.NoIndex = q.Text != ""
	p.Description = tr("%s：全文、目录和每一条的固定链接。", documentName(doc)).String()
	p.Canonical, p.Data = s.absolute(r, reportURL(doc.ID)), s.reportData(r, doc)
	p.Earlier, p.Later = besides(docs, doc)
	p.Blocks = newBlocks(doc, search.NewMarker(q.Text), q.Text)
	for _, b := range p.Blocks {
		if b.Heading != nil && b.Heading.Anchor != "" {
			p.Contents = append(p.Contents, *b.Heading)
		}
	}
	p.Found, p.FirstHit = numberHits(p.Blocks)
	return s.render(w, r, http.StatusOK, "report", p)
}

// newFacts lists what is known about a document, with the labels that official
// documents use.
func newFacts(d *report.Document) []detail {
	var facts []detail
	add := func(label string, value message, url string) {
		if value.key != "" {
			facts = append(facts, detail{label, value, url})
		}
	}
	add("标题", quote(d.Title), "")
	add("发文字号", quote(d.Number), "")
	add("成文日期", dateMessage(d.Date), "")
	if v := placeValue(d.Place); v != "" {
		add("地区", quote(d.Place.Full()), searchURL(search.FacetCounty, v))
	}
	add("文种", tr(string(d.Kind)), searchURL(search.FacetKind, string(d.Kind)))
	if d.Year != 0 {
		add("年份", tr("%d年", d.Year), searchURL(search.FacetYear, yearValue(d.Year)))
	}
	add("讲话人", quote(d.Speaker), "")
	if d.Source.File != "" {
		add("来源文件", quote(sourceFile(d.Source)), sourceURL(d.ID))
	}
	if isWebURL(d.Source.URL) {
		add("原文网址", quote(d.Source.URL), d.Source.URL)
	} else {
		add("原文网址", quote(d.Source.URL), "")
	}
	return facts
}

// isWebURL keeps javascript: and the like, which a file's front matter may
// hold, out of links.
func isWebURL(u string) bool {
	return strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://")
}

// newBlocks puts headings and items in reading order. Headings without items
// of their own stand before what follows them.
func newBlocks(doc *report.Document, marker *search.Marker, text string) []block {
	b := blockBuilder{marker: marker, text: text, seen: map[string]bool{}}
	next := 0
	for i := range doc.Items {
		it := &doc.Items[i]
		if at := sectionAt(doc.Sections, next, it.Path); at >= 0 {
			for ; next <= at; next++ {
				b.heading(doc.Sections[next])
			}
		}
		b.item(it)
	}
	for ; next < len(doc.Sections); next++ {
		b.heading(doc.Sections[next])
	}
	return b.blocks
}

// sectionAt finds the section with the given path at or after from, or -1.
func sectionAt(sections []report.Section, from int, path []string) int {
	key := strings.Join(path, "\x00")
	for i := from; i < len(sections); i++ {
		if strings.Join(sections[i].Path, "\x00") == key {
			return i
		}
	}
	return -1
}

type blockBuilder struct {
	marker *search.Marker
	text   string
	blocks []block
	seen   map[string]bool
}

func (b *blockBuilder) heading(s report.Section) {
	if len(s.Path) == 0 {
		return
	}
	h := &heading{Text: s.Path[len(s.Path)-1], Level: min(max(s.Level, 1), 3), Part: s.Part.Label()}
	h.Marked = marked(b.marker, h.Text)
	if a := sectionAnchor(s.Path); !b.seen[a] {
		h.Anchor = a
		b.seen[a] = true
	}
	b.blocks = append(b.blocks, block{Heading: h})
}

func (b *blockBuilder) item(it *report.Item) {
	b.blocks = append(b.blocks, block{Item: newItemView(it, b.marker, b.text)})
}

// newItemView marks an item's text. Hit is set when anything matched.
func newItemView(it *report.Item, marker *search.Marker, text string) *itemView {
	v := &itemView{
		ID:     it.ID,
		Anchor: anchorOf(it.Local()),
		URL:    withQuery(itemURL(it.ID), text, ""),
		Number: numberLabel(it.Number),
		Topics: topicBadges(it, searchURL),
	}
	heading, found := marker.Mark(it.Heading)
	v.Heading = trusted(heading)
	last, _ := utf8.DecodeLastRuneInString(it.Heading)
	v.RunIn = it.Heading != "" && !strings.ContainsRune("。：:，,；;！？", last)
	body, bracket := splitDuty(it)
	_, inBracket := marker.Mark(bracket)
	found += inBracket
	for _, line := range strings.Split(body, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			html, n := marker.Mark(line)
			found += n
			v.Paragraphs = append(v.Paragraphs, trusted(html))
		}
	}
	v.Duty = newDuty(it.Duty, marker)
	if it.Claim != "" {
		v.Claim = &badge{string(it.Claim), tr(it.Claim.Label()), searchURL(search.FacetClaim, string(it.Claim)), search.FacetLabels[search.FacetClaim]}
	}
	if found > 0 {
		v.Hit = &hitStep{}
	}
	return v
}

func newDuty(d report.Duty, marker *search.Marker) *dutyView {
	if len(d.Leaders)+len(d.LeadUnits)+len(d.SupportUnits) == 0 {
		return nil
	}
	links := func(units []string) []unitLink {
		var l []unitLink
		for _, u := range units {
			l = append(l, unitLink{marked(marker, u), searchURL(search.FacetUnit, u)})
		}
		return l
	}
	return &dutyView{marked(marker, strings.Join(d.Leaders, "、")), links(d.LeadUnits), links(d.SupportUnits), d.More}
}

// splitDuty cuts the bracket with leaders and units, 〔牵头领导：…〕, off the end
// of an item's text: the page shows it as a block of its own.
func splitDuty(it *report.Item) (body, bracket string) {
	text := strings.TrimRight(it.Text, " \n。")
	d := it.Duty
	if len(d.Leaders)+len(d.LeadUnits)+len(d.SupportUnits) == 0 {
		return it.Text, ""
	}
	if last, _ := utf8.DecodeLastRuneInString(text); !strings.ContainsRune("〕)）]］】", last) {
		return it.Text, ""
	}
	for end := len(text); ; {
		at := strings.LastIndexAny(text[:end], "〔(（[［【")
		if at < 0 {
			return it.Text, ""
		}
		if opensDuty(text[at:], d) {
			return strings.TrimSpace(text[:at]), it.Text[at:]
		}
		end = at
	}
}

// opensDuty reports whether a bracket begins with the words or the names that
// a duty begins with.
func opensDuty(bracket string, d report.Duty) bool {
	_, size := utf8.DecodeRuneInString(bracket)
	inside := strings.TrimSpace(bracket[size:])
	starts := []string{"牵头", "责任", "配合", "主办", "负责"}
	starts = append(append(starts, d.Leaders...), d.LeadUnits...)
	for _, s := range starts {
		if s != "" && strings.HasPrefix(inside, s) {
			return true
		}
	}
	return false
}

// numberHits links the items with matches to one another.
func numberHits(blocks []block) (found int, first string) {
	var hits []*itemView
	for _, b := range blocks {
		if b.Item != nil && b.Item.Hit != nil {
			hits = append(hits, b.Item)
		}
	}
	for i, it := range hits {
		it.Hit.N, it.Hit.Total = i+1, len(hits)
		if i > 0 {
			it.Hit.Prev = hits[i-1].Anchor
		}
		if i+1 < len(hits) {
			it.Hit.Next = hits[i+1].Anchor
		}
	}
	if len(hits) > 0 {
		first = hits[0].Anchor
	}
	return len(hits), first
}
