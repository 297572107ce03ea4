package web

import (
	"slices"
	"strconv"
	"strings"

	"youju/report"
	"youju/search"
)

// readingView tells the reader how the query was understood, and how to have
// it understood otherwise.
type readingView struct {
	Words    []string
	Excluded []string
	Notes    []string
	Near     bool
	Partial  bool
	// Exact is how many hits hold every word, where others hold only some.
	Exact int
	// Asked says what a question asks for, or "".
	Asked string
	// Context are words read as filters, Variants what is searched for as well.
	Context  []contextView
	Variants []variantView
	// Corrections are what the reader may have meant, Drops the same query less
	// a word, offered when little was found.
	Corrections []way
	Drops       []way
	// Instead leads to the correction that the hits are of, InsteadNote says so.
	Instead     *way
	InsteadNote string
	// Relaxed says which condition later hits are not held to; Pieces is set
	// where the last of them also hold only some of the words.
	Relaxed string
	Pieces  bool
	// Gaps say which documents asked for the collection does not hold.
	Gaps []message
}

// contextView is a word that stands for a filter. URL switches between the two
// readings.
type contextView struct {
	Word, Facet string
	Label       message
	URL         string
	Off         bool
}

// variantView is a synonym, with the URL that unticks or ticks it.
type variantView struct {
	Text, URL string
	Off       bool
}

// askedNotes say, per kind of question, what ranks higher.
var askedNotes = map[string]string{
	search.AskFigure: "问的是数量，写有数字的条目排得靠前",
	search.AskDate:   "问的是时间，写有时间的条目排得靠前",
	search.AskWho:    "问的是谁负责，写有牵头单位的条目排得靠前",
	search.AskYesNo:  "问的是有没有这回事，写明办法的条目排得靠前",
	search.AskWhere:  "问的是地点，写有地点的条目排得靠前",
	search.AskHow:    "问的是怎么办，写明办法的条目排得靠前",
}

// fewHits is the total up to which a way to more hits is offered.
const fewHits = 5

func newReading(q search.Query, res *search.Result, docs []search.Summary) readingView {
	r := res.Reading
	v := readingView{
		Words: r.Words, Excluded: r.Excluded,
		Near: r.Tier == search.TierNear, Partial: r.Tier == search.TierPartial,
		Asked: askedNotes[r.Asked], Exact: res.Exact,
		Gaps: gaps(r, docs),
	}
	if r.Instead != "" {
		v.Instead, v.InsteadNote = &way{tr("改查“%s”", r.Instead), urlOf(withText(q, r.Instead)), 0}, search.InsteadNote(q.Text, r.Instead)
		v.Partial = false // said better
	} else if r.Relaxed != "" {
		v.Relaxed, v.Pieces, v.Partial = r.Relaxed, r.Pieces, false
	}
	for _, note := range r.Notes {
		if note != v.InsteadNote && note != v.Relaxed && !slices.ContainsFunc(v.Gaps, func(gap message) bool { return strings.HasPrefix(gap.String(), note) }) {
			v.Notes = append(v.Notes, note)
		}
	}
	if len(r.Words) == 1 && r.Words[0] == q.Text {
		v.Words = nil // the heading says it already
	}
	for _, c := range r.Context {
		view := contextView{Word: c.Word, Label: contextLabel(c), Facet: search.FacetLabels[c.Facet], Off: c.Off, URL: urlOf(withOff(q, c.Word))}
		if c.Off {
			view.URL = urlOf(withoutOff(q, c.Word))
		}
		v.Context = append(v.Context, view)
	}
	v.Variants = newVariants(q, r.Expansions)
	v.restore(q)
	for _, a := range r.Corrections {
		if a.Text == r.Instead {
			continue
		}
		v.Corrections = append(v.Corrections, way{quote(a.Text), urlOf(withText(q, a.Text)), a.Count})
	}
	if res.Total > 0 && res.Total <= fewHits {
		v.Drops = dropWays(q, r.Drops)
	}
	return v
}

// contextLabel says what a word was read as: 年份：2021年.
func contextLabel(c search.Context) message {
	facet, value, ok := strings.Cut(c.Label, "：")
	if !ok {
		facet, value = search.FacetLabels[c.Facet], search.FacetValueLabel(c.Facet, c.Value)
	}
	return tr("%s：%s", tr(facet), tr(value))
}

// restore offers a way back from whatever was turned off and is not in the
// reading any more.
func (v *readingView) restore(q search.Query) {
	for _, off := range q.Off {
		known := slices.ContainsFunc(v.Context, func(c contextView) bool { return c.Word == off }) ||
			slices.ContainsFunc(v.Variants, func(s variantView) bool { return s.Text == off })
		switch {
		case known:
		case strings.Contains(q.Text, off):
			v.Context = append(v.Context, contextView{Word: off, URL: urlOf(withoutOff(q, off)), Off: true})
		default:
			v.Variants = append(v.Variants, variantView{off, urlOf(withoutOff(q, off)), true})
		}
	}
}

func newVariants(q search.Query, expansions []search.Expansion) []variantView {
	var views []variantView
	for _, e := range expansions {
		for _, variant := range e.Variants {
			known := slices.ContainsFunc(views, func(v variantView) bool { return v.Text == variant.Text })
			if known {
				continue
			}
			v := variantView{variant.Text, urlOf(withOff(q, variant.Text)), variant.Off}
			if variant.Off {
				v.URL = urlOf(withoutOff(q, variant.Text))
			}
			views = append(views, v)
		}
	}
	return views
}

// dropWays are the searches without one of the words.
func dropWays(q search.Query, drops []search.Alternative) []way {
	var ways []way
	for _, a := range drops {
		ways = append(ways, way{tr("去掉“%s”，只查“%s”", a.Word, a.Text), urlOf(withText(q, a.Text)), a.Count})
	}
	return ways
}

// gaps compares the years and places asked for with what the collection holds:
// a reader shall know that a report is not here before doubting the words.
func gaps(read search.Reading, docs []search.Summary) []message {
	years, places := read.Filters[search.FacetYear], read.Filters[search.FacetCounty]
	for _, c := range read.Context {
		if !c.Off && (c.Facet == search.FacetYear || c.Facet == search.FacetAbout) && !slices.Contains(years, c.Value) {
			years = append(slices.Clone(years), c.Value)
		}
	}
	var says []message
	for _, value := range years {
		year, err := strconv.Atoi(value)
		switch {
		case err != nil:
		case !slices.Contains(heldYears(docs, nil), year):
			says = append(says, tr("本站没有收录%d年的文件，收录的年份是：%s", year, heldSpans(docs, nil)))
		case len(places) > 0 && !slices.Contains(heldYears(docs, places), year):
			if spans := heldSpans(docs, places); len(spans) > 0 {
				says = append(says, tr("本站没有收录%s%d年的文件，收录的年份是：%s", places, year, spans))
			}
		}
	}
	for _, place := range places {
		if place != search.None && !holdsPlace(docs, place) {
			says = append(says, tr("本站没有收录%s自己的文件，查到的是别处文件里提到它的条目", place))
		}
	}
	return says
}

// heldYears are the years of the documents of some places, or of all, newest first.
func heldYears(docs []search.Summary, places []string) []int {
	var years []int
	for i := range docs {
		d := &docs[i].Document
		if d.Year != 0 && (len(places) == 0 || ofPlaces(d, places)) {
			years = append(years, d.Year)
		}
	}
	slices.Sort(years)
	years = slices.Compact(years)
	slices.Reverse(years)
	return years
}

func heldSpans(docs []search.Summary, places []string) []string {
	return yearSpans(heldYears(docs, places))
}

func holdsPlace(docs []search.Summary, place string) bool {
	return slices.ContainsFunc(docs, func(s search.Summary) bool { return ofPlaces(&s.Document, []string{place}) })
}

// ofPlaces reports whether a document was issued in one of the places.
func ofPlaces(d *report.Document, places []string) bool {
	of := search.FacetValuesOf(search.FacetCounty, d, &report.Item{})
	return slices.ContainsFunc(places, func(p string) bool { return slices.Contains(of, p) })
}
