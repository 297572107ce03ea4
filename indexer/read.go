// Package indexer answers what a file says: bytes become text, text becomes
// documents with sections and items, items are tagged and handed to a [Sink].
// It knows nothing of search engines and pages.
package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"youju/indexer/bound"
	"youju/indexer/pattern"
	"youju/indexer/plain"
	"youju/report"
)

// Read splits one file's bytes into its documents, whole and tagged. The name
// is recorded, never read for facts. It fails with an error whose text can be
// shown where the bytes hold no text.
func Read(name string, data []byte) ([]*report.Document, error) {
	var r Reader
	return r.Read(context.Background(), name, data)
}

// ledger collects where the text outside items went, for the proof that no
// character is lost or used twice: headings, the numbers of entries, head
// lines, what is no text, and words printed twice.
type ledger struct {
	headings, marks, head, apart, dropped []text
	source                                string
}

func read(name string, data []byte) ([]*report.Document, []ledger, error) {
	var r Reader
	return r.readWith(context.Background(), r.budget(data), name, data, metadata{})
}

// readWith reads bytes of which files beside them say more, within a budget. A
// failure of any kind, also one that nobody foresaw, is this file's error.
func (r *Reader) readWith(ctx context.Context, budget *bound.Budget, name string, data []byte, meta metadata) (docs []*report.Document, books []ledger, err error) {
	var format string
	var extracted plain.Text
	err = budget.Guard(ctx, func(work *bound.Work) (err error) {
		format, extracted, err = r.extract(work, data)
		return err
	})
	if bound.CodeOf(err) == bound.Scanned && len(r.OCR) > 0 {
		extracted, err = r.recognise(ctx, budget, data, "."+format, extracted.Pages)
	}
	if err != nil {
		return nil, nil, err
	}
	err = budget.Guard(ctx, func(work *bound.Work) (err error) {
		docs, books, err = r.split(work, name, data, format, extracted, meta)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return docs, books, nil
}

// split makes documents of a file's text.
func (r *Reader) split(work *bound.Work, name string, data []byte, format string, extracted plain.Text, meta metadata) (docs []*report.Document, books []ledger, err error) {
	src := plainCharacters(extracted.Body)
	sum := sha256.Sum256(data)
	f := file{work: work, name: name, sha256: hex.EncodeToString(sum[:]), size: int64(len(data)), format: format, extracted: extracted}
	var blocks []block
	from, problem := 0, ""
	if format == formatText || format == formatMarkdown || format == formatHTML {
		f.front, from, problem = cutFront(src)
	}
	f.front = meta.Sidecar.or(f.front).or(meta.Folder)
	for _, p := range meta.Problems {
		f.problems = append(f.problems, report.Problem{What: p})
	}
	if problem != "" {
		f.problems = append(f.problems, report.Problem{Line: 1, What: problem})
	}
	if extracted.HTML {
		p := readHTML(work, src)
		blocks, f.apart, f.pageTitle = p.blocks, p.apart, p.title
		if !p.whole {
			return nil, nil, errParagraphs
		}
	} else {
		blocks = lines(work, src[from:], from, 1+strings.Count(src[:from], "\n"), extracted.Rows)
	}
	if err := fitting(blocks, maxLine); err != nil {
		return nil, nil, err
	}
	f.traditional = foldTraditional(blocks)
	if blocks = prepare(blocks, &f); len(blocks) == 0 {
		blocks = f.nothingElse()
	}
	if err := fitting(blocks, maxParagraph); err != nil {
		return nil, nil, err
	}
	for _, a := range split(blocks) {
		if len(docs) == 0 {
			a.apart, a.notes = append(a.apart, f.apart...), f.notes
		}
		d, book := f.document(&a)
		// What was done to the file is told once, with its first document.
		f.extracted.Repairs = nil
		book.source = src
		if len(d.Items) == 0 {
			continue
		}
		docs = append(docs, d)
		books = append(books, book)
	}
	if len(docs) == 0 {
		return nil, nil, ErrEmpty
	}
	return docs, books, nil
}

// file is what the documents of one file share.
type file struct {
	work                 *bound.Work
	name, sha256, format string
	pageTitle            pageTitles
	size                 int64
	extracted            plain.Text
	front                frontMatter
	problems             []report.Problem
	// captioned is the speaker a photo's caption names.
	captioned string
	// apart is what was left out of the file, notes what its digest says of itself.
	apart, notes []text
	// traditional is set where the rules see a folded copy of the text.
	traditional *traditional
}

// removed notes that page furniture was left out.
func (f *file) removed(line int, what string) {
	f.extracted.Repairs = append(f.extracted.Repairs, report.Repair{Line: line, What: what})
}

// prepare takes page furniture out and unfolds one-line texts.
func prepare(blocks []block, f *file) []block {
	blocks = cutContents(unfoldPaper(unfold(f.work, joinLoneBrackets(blocks))), f)
	headers := pageHeaders(blocks)
	foot := footBegins(blocks)
	out := blocks[:0:0]
	for i, b := range blocks {
		f.work.Check()
		if i == foot {
			for _, rest := range blocks[i:] {
				f.apart = append(f.apart, rest.text)
			}
			f.removed(b.line, fmt.Sprintf("去掉文末的页面文字（%d行）", len(blocks)-i))
			break
		}
		if !b.rule && !b.glued && furniture().match(b.s) && !dateline.MatchString(squeeze(b.s)) {
			f.apart = append(f.apart, b.text)
			f.removed(b.line, "去掉页面文字“"+head(b.s, 20)+"”")
			if f.captioned == "" {
				f.captioned = speaker(b.s)
			}
			continue
		}
		if len(out) > 0 && (headers[b.s] || i > 8 && b.within(24) && namedTitle.MatchString(b.s)) && !beginsReport(blocks[i:]) {
			f.apart = append(f.apart, b.text)
			continue
		}
		if m := digestNote.FindString(b.s); m != "" {
			note := b.sub(0, len(m))
			if strings.Contains(b.s, "为准") {
				note = b.text
			}
			f.notes = append(f.notes, note)
			if b.text = b.sub(len(note.s), len(b.s)).trim(); b.s == "" {
				continue
			}
		}
		if t, cues := cutCues(b.text); len(cues) > 0 {
			f.apart = append(f.apart, cues...)
			f.removed(b.line, "去掉会场记录“"+cues[0].s+"”")
			if b.text = t.trim(); b.s == "" {
				continue
			}
		}
		if t, header := cutRunningHeader(b.text); header.s != "" {
			f.apart = append(f.apart, header)
			b.text = t
		}
		out = append(out, b)
	}
	return out
}

// footBegins gives where the page's foot begins, of which every line is
// furniture, or the number of blocks.
func footBegins(blocks []block) int {
	foot := len(blocks)
	for i := len(blocks) - 1; i*10 > len(blocks)*6; i-- {
		b := blocks[i]
		switch {
		case b.row || b.glued:
			return foot
		case furniture().ends(b.s), furniture().foots(b.s) && foot < len(blocks):
			foot = i
		case furniture().foots(b.s), furniture().match(b.s):
		case !linked(b):
			return foot
		}
	}
	return foot
}

// linked says that a line can name another page in a page's foot: short,
// without a stop, and no entry of a list.
func linked(b block) bool {
	return b.within(40) && !isTerminated(b.s) && !strings.ContainsAny(b.s, "。；") && numeralHead(b.s) == nil && listNumber(b.s) == nil && subNumber(b.s) == nil && !dutyLine(b.s)
}

// pageHeaders finds the lines that a printed document repeats at the top of its
// pages: short, without a stop, and there three times; the bare title twice.
func pageHeaders(blocks []block) map[string]bool {
	counts := map[string]int{}
	for _, b := range blocks {
		if b.within(30) && b.runes() >= 4 && !b.row && !b.rule && !b.glued && !b.bullet && !isTerminated(b.s) && numeralHead(b.s) == nil && listNumber(b.s) == nil && !isoDate.MatchString(b.s) {
			counts[b.s]++
		}
	}
	headers := map[string]bool{}
	for s, n := range counts {
		headers[s] = n >= 3 || n >= 2 && reportTitle.MatchString(s)
	}
	return headers
}

// namedTitle is the title as it is printed at the top of later pages.
var namedTitle = pattern.MustCompile(`^(?:[0-9]{4} ?年)?\p{Han}{2,10}[省市县区州盟旗镇乡](?:[0-9]{4} ?年)?(?:人民)?政府工作报告$`)

// digestNote marks a digest (摘编) as not the original; a paragraph that says
// which text prevails is a note as a whole.
var digestNote = pattern.MustCompile(`^[「【（(]?摘编[，,、 ]{0,2}非原文[」】）)：:。]*\s*`)

// cue is what a transcript says of the hall: （此处有掌声）.
var cue = pattern.MustCompile(`[（(](?:此处|全场|现场|会场)?(?:再次)?(?:有|响起|爆发出?)?(?:长时间|热烈|雷鸣般|经久不息)*的?(?:掌声|鼓掌)[^（()）]{0,6}[）)]`)

// cutCues takes the hall's applause out of a paragraph.
func cutCues(t text) (rest text, cues []text) {
	if !strings.Contains(t.s, "掌") {
		return t, nil
	}
	var kept builder
	at := 0
	for _, m := range cue.FindAllStringIndex(t.s, -1) {
		kept.add("", t.sub(at, m[0]))
		cues = append(cues, t.sub(m[0], m[1]))
		at = m[1]
	}
	kept.add("", t.sub(at, len(t.s)))
	return kept.text(), cues
}

var runningHeader = pattern.MustCompile(`[。！]\s*(政府工作报告)$`)

// cutRunningHeader takes a page header off the end of a paragraph it was glued to.
func cutRunningHeader(t text) (rest, header text) {
	if !strings.HasSuffix(t.s, "政府工作报告") {
		return t, text{}
	}
	m := runningHeader.FindStringSubmatchIndex(t.s)
	if m == nil {
		return t, text{}
	}
	return t.sub(0, m[2]).trim(), t.sub(m[2], m[3])
}

// joinLoneBrackets mends a numeral heading whose bracket stands on a line of its own.
func joinLoneBrackets(blocks []block) []block {
	out := blocks[:0:0]
	for _, b := range blocks {
		if n := len(out); n > 0 && (out[n-1].s == "（" || out[n-1].s == "(") {
			out[n-1].text = out[n-1].text.add("", b.text)
			continue
		}
		out = append(out, b)
	}
	return out
}

// document reads one article.
func (f *file) document(a *article) (*report.Document, ledger) {
	d := &report.Document{Source: report.Source{
		File: f.name, Format: f.format, SHA256: f.sha256, Size: f.size, Pages: f.extracted.Pages,
	}}
	d.Problems = append(d.Problems, f.problems...)
	f.override(d, a)
	blocks, dropped, repairs := heal(f.work, a.blocks)
	d.Source.Repairs = append(slices.Clone(f.extracted.Repairs), repairs...)
	d.Source.Missing = slices.Clone(f.extracted.Missing)
	var read report.Document
	readHead(&read, a, blocks)
	headEnd := readHead(d, a, blocks)
	f.override(d, a)
	if !a.portal {
		conflicts(d, &read, f.front)
	}
	f.readPageTitle(d, a)
	prove(d, "speaker", &d.Speaker, f.captioned, f.captioned)
	complete(d, a, blocks)
	d.Source.Origins = origins(d, &read, f.front)
	settleEvidence(d)
	book := ledger{dropped: dropped, apart: a.apart, head: a.notes}
	for _, b := range blocks[:headEnd] {
		book.head = append(book.head, b.text)
	}
	for _, b := range blocks[:headEnd] {
		book.apart = append(book.apart, b.aside...)
	}
	body := cutContinued(d, blocks[headEnd:], &book)
	o := newOutline(d, body)
	o.work = f.work
	o.portal = a.portal
	if !a.portal {
		var problems []report.Problem
		o.stated, problems = f.front.parts()
		d.Problems = append(d.Problems, problems...)
	}
	o.read(body)
	if len(o.drafts) == 0 {
		o.plainly(a, blocks, &book)
	} else {
		o.keepDateline(blocks[:headEnd], book.head[len(a.notes):])
	}
	o.finish()
	d.Problems = append(d.Problems, unused(o.stated, d)...)
	book.headings, book.marks, book.apart = o.headings, o.marks, append(book.apart, o.apart...)
	book.tell(d)
	missing(d)
	if f.traditional != nil {
		f.traditional.restore(d, o, f.extracted.Body)
	}
	return d, book
}

// readPageTitle takes the title a web page gives itself outside its text, where
// the text has none that ends like a title.
func (f *file) readPageTitle(d *report.Document, a *article) {
	t := f.pageTitle.title()
	if a.portal || t == "" || d.Title != "" && (f.front.Title != "" || endsTitle(d.Title)) {
		return
	}
	d.Title = t
	attest(d, "title", t)
	d.Source.Weak = slices.DeleteFunc(d.Source.Weak, func(field string) bool { return field == "title" })
}

// override puts what the front matter says above what the text says. Of a page
// of articles it names only the digested page.
func (f *file) override(d *report.Document, a *article) {
	m := f.front
	if m.DigestOf != "" {
		d.Source.Digest = m.DigestOf
	}
	if m.URL == "" {
		m.URL = m.SourceURL
	}
	if d.Source.Licence = m.Licence; m.Licence == "" {
		d.Source.Licence = m.License
	}
	d.Source.Publisher = m.Publisher
	if m.URL != "" && (strings.HasPrefix(m.URL, "https://") || strings.HasPrefix(m.URL, "http://")) {
		d.Source.URL = m.URL
	}
	if a.portal {
		return
	}
	if m.Title != "" {
		d.Title = m.Title
	}
	if k := m.kind(); k != "" {
		d.Kind = k
	}
	if m.Place != "" {
		if p := lookupPlace(m.Place, report.Place{}); p.Code != "" {
			d.Place = p
		}
	}
	if isoDate.MatchString(m.Date) {
		d.Date = m.Date
	}
	if m.Number != "" {
		d.Number = m.Number
	}
	if m.Year > 1900 && m.Year < 2200 {
		d.Year = m.Year
	}
	if m.Speaker != "" {
		d.Speaker = m.Speaker
	}
}

// cutContinued reads (上接第3版) off the beginning of a body and says what that means.
func cutContinued(d *report.Document, body []block, book *ledger) []block {
	if len(body) == 0 {
		return body
	}
	m := continued.FindStringSubmatch(body[0].s)
	if m == nil {
		return body
	}
	first := body[0]
	book.apart = append(book.apart, first.sub(0, len(m[0])))
	first.text = first.sub(len(m[0]), len(first.s)).trim()
	from := "中间"
	if n := numeralHead(first.s); n != nil {
		from = strings.TrimSpace(first.s[:n.end])
	}
	d.Source.Missing = append(d.Source.Missing, fmt.Sprintf(beginningMissing+"：上接%s，本文从%s开始", m[1], from))
	return append([]block{first}, body[1:]...)
}

// beginsElsewhere says that the text's beginning stands on another page.
func beginsElsewhere(d *report.Document) bool {
	return slices.ContainsFunc(d.Source.Missing, func(m string) bool { return strings.HasPrefix(m, beginningMissing) })
}

const beginningMissing = "开头缺失"

// missing says what a reader would look for and not find.
func missing(d *report.Document) {
	say := func(ok bool, what string) {
		if !ok {
			d.Source.Missing = append(d.Source.Missing, what)
		}
	}
	if d.Kind == report.KindReport {
		say(d.Date != "", "文中没有报告日期")
		say(d.Speaker != "", "文中没有报告人")
	}
	say(d.Year != 0 || d.Kind == report.KindNews, "文中没有年份")
	say(d.Place.Code != "", "文中没有可识别的地区")
}

// finish turns the drafts into items, fills in years and tags, and names everything.
func (o *outline) finish() {
	d := o.doc
	reviewed(d)
	o.closeReport()
	o.headSiblings()
	dates, known := &dater{d: d, years: o.years}, townsSeen{}
	for _, f := range o.drafts {
		o.work.Check()
		it := report.Item{
			ID: "/" + f.local, Path: f.path, Number: f.number,
			Heading: strings.TrimRight(f.heading.s, "：: "), Text: f.body.s, Part: f.part, Claim: o.claim(f),
		}
		it.FromYear, it.AboutYear = dates.item(f.part, it.Claim, f.path, it.Heading+it.Text)
		if duty, ok := readDuty(it.Text); ok {
			it.Duty = duty
		} else if o.assignsIn(f.part) {
			it.Duty = listDuty(it.Text)
		}
		it.Spans = append(f.heading.spans(), f.body.spans()...)
		tagPlaces(d, &it, known)
		o.work.Check()
		tagTopics(d, &it)
		tagProjects(o.work, d, &it)
		tagFigures(o.work, d, &it)
		d.Items = append(d.Items, it)
	}
	setID(d, documentID(d))
}

// assignsIn says that what a part's items name in a closing bracket is who is in charge.
func (o *outline) assignsIn(p report.Part) bool {
	switch p {
	case report.PartPolicy, report.PartLivelihood, report.PartAssignment:
		return true
	}
	return p == report.PartPlan && o.doc.Kind != report.KindReport && o.doc.Kind != report.KindNews
}

// closeReport finds the close of a report whose last words are not the usual
// ones: the last paragraph before the annexes, spoken to the deputies.
func (o *outline) closeReport() {
	if !reports(o.doc.Kind) {
		return
	}
	for i := len(o.drafts) - 1; i >= 0; i-- {
		switch f := &o.drafts[i]; f.part {
		case report.PartGlossary, report.PartLivelihood, report.PartPolicy, report.PartAssignment, report.PartNews:
			continue
		case report.PartPlan, report.PartGovernance:
			if strings.HasPrefix(f.body.s, "各位代表") && (strings.Contains(f.body.s, "让我们") || strings.Contains(tail(f.body.s, 60), "奋斗")) {
				f.part = report.PartClosing
			}
			return
		default:
			return
		}
	}
}
