package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"youju/report"
	"youju/search/fact"
)

// listsPage shows which lists there are, or two of them side by side.
type listsPage struct {
	basePage
	// Held are the lists by place and part, for the page that compares none.
	Held []heldLists
	// Place and Part of the lists compared, From and To their years.
	Place, Part string
	From, To    int
	FromURL     string
	ToURL       string
	Parts       []option
	Spans       []option
	Again       []matchView
	// Beside says that some of them state figures that can stand side by side.
	Beside    bool
	New, Gone []quoteView
	Files     []option
}

// heldLists are the lists of one place and part.
type heldLists struct {
	Place, Part string
	Years       []way
	// Spans lead to comparisons, the newest first.
	Spans []option
}

// matchView is what stands in both lists.
type matchView struct {
	From, To []quoteView
	Figures  []figurePair
}

type figurePair struct{ Indicator, From, To string }

// listParts are the parts that are lists.
var listParts = []report.Part{report.PartLivelihood, report.PartPolicy}

// maxSpans is how many comparisons are offered of one place and part.
const maxSpans = 6

func (s *server) showLists(w http.ResponseWriter, r *http.Request) error {
	facts, err := s.searcher.Facts(r.Context())
	if err != nil {
		return fmt.Errorf("opening the facts: %w", err)
	}
	lists, err := facts.Lists()
	if err != nil {
		return fmt.Errorf("reading lists: %w", err)
	}
	p := listsPage{basePage: s.base(r, tr("清单对照"))}
	p.Nav, p.Sheet = "/lists", "facts.css"
	p.Description = "两年的民生实事清单、拟制发政策清单并排对照：哪些再次列入，哪些新列入，哪些未再列入。"
	if r.URL.Query().Get("place") == "" {
		if p.Held, err = heldListsOf(facts, lists); err != nil {
			return err
		}
		p.Files = tableFiles("/lists", nil)
		return s.render(w, r, http.StatusOK, "lists", p)
	}
	c, err := comparisonOf(facts, lists, r)
	if err != nil {
		return err
	}
	p.Title = tongues[p.Language].plain(tr("%s %d年与%d年%s对照", c.From.Place, c.From.Year, c.To.Year, tr(c.From.Part.Label()))) + " - " + siteName
	p.Place, p.Part, p.From, p.To = c.From.Place, c.From.Part.Label(), c.From.Year, c.To.Year
	if p.FromURL, err = listReport(facts, c.From); err != nil {
		return err
	}
	if p.ToURL, err = listReport(facts, c.To); err != nil {
		return err
	}
	for _, part := range listParts {
		if years := lists.Years(p.Place, part); len(years) > 1 {
			from, to := newestTwo(years)
			p.Parts = append(p.Parts, option{part.Label(), listsURL(p.Place, part, from, to), part == c.From.Part})
		}
	}
	p.Spans = spansOf(lists, c.From)
	for i := range p.Spans {
		p.Spans[i].Current = p.Spans[i].URL == listsURL(p.Place, c.From.Part, p.From, p.To)
	}
	for _, m := range c.Again {
		v := matchView{From: entryViews(m.From), To: entryViews(m.To)}
		for i := range m.Figures {
			f := &m.Figures[i]
			v.Figures = append(v.Figures, figurePair{f.To.Indicator, fact.ValueText(&f.From), fact.ValueText(&f.To)})
		}
		p.Again, p.Beside = append(p.Again, v), p.Beside || len(v.Figures) > 0
	}
	p.New, p.Gone = entryViews(c.New), entryViews(c.Gone)
	p.Files = tableFiles("/lists", listParams(p.Place, c.From.Part, p.From, p.To))
	p.Canonical = s.absolute(r, listsURL(p.Place, c.From.Part, p.From, p.To))
	return s.render(w, r, http.StatusOK, "lists", p)
}

// heldListsOf lists what lists there are.
func heldListsOf(facts *fact.Facts, lists fact.Lists) ([]heldLists, error) {
	var all []heldLists
	for _, l := range lists {
		if n := len(all); n == 0 || all[n-1].Place != l.Place || all[n-1].Part != l.Part.Label() {
			all = append(all, heldLists{Place: l.Place, Part: l.Part.Label(), Spans: spansOf(lists, l)})
		}
		h := &all[len(all)-1]
		to, err := listReport(facts, l)
		if err != nil {
			return nil, err
		}
		h.Years = append(h.Years, way{Label: tr("%d年", l.Year), URL: to, Total: l.Count})
	}
	return all, nil
}

// listReport is the address of a list's first entry in its document.
func listReport(facts *fact.Facts, l fact.List) (string, error) {
	first, err := facts.First(l)
	if err != nil {
		return "", fmt.Errorf("reading a list: %w", err)
	}
	return withQuery(reportURL(first.Document.ID), "", anchorOf(first.Item.Local())), nil
}

// spansOf leads to the comparisons of a place's lists: each year with the one
// before it, and the first with the last.
func spansOf(lists fact.Lists, l fact.List) []option {
	years := lists.Years(l.Place, l.Part)
	var spans []option
	add := func(from, to int) {
		spans = append(spans, option{Label: fmt.Sprintf("%d—%d", from, to), URL: listsURL(l.Place, l.Part, from, to)})
	}
	for i := len(years) - 1; i > 0 && len(spans) < maxSpans; i-- {
		add(years[i-1], years[i])
	}
	if len(years) > 2 {
		add(years[0], years[len(years)-1])
	}
	return spans
}

func newestTwo(years []int) (from, to int) { return years[len(years)-2], years[len(years)-1] }

// comparisonOf reads which lists are asked for. Years that are not given are
// the newest two; what there is not is an error that says what there is.
func comparisonOf(facts *fact.Facts, lists fact.Lists, r *http.Request) (*fact.Comparison, error) {
	v := r.URL.Query()
	asked := cleanText(v.Get("place"), maxValueRunes)
	place := knownPlace(asked, lists.Places())
	if !slices.Contains(lists.Places(), place) {
		return nil, unknownAmong(fmt.Sprintf("没有收录%s的清单。", asked), asked, lists.Places(), func(name string) string { return listsURL(name, "", 0, 0) })
	}
	part := report.Part(v.Get("part"))
	if !slices.Contains(listParts, part) {
		part = listParts[0]
		if len(lists.Years(place, part)) < 2 && len(lists.Years(place, listParts[1])) > 1 {
			part = listParts[1]
		}
	}
	years := lists.Years(place, part)
	from, to := positive(v.Get("from"), 0), positive(v.Get("to"), 0)
	if from == 0 && to == 0 && len(years) > 1 {
		from, to = newestTwo(years)
	}
	if from > to && to > 0 {
		from, to = to, from // what is new is told of the later year
	}
	old, ok := lists.List(place, part, from)
	now, ok2 := lists.List(place, part, to)
	if !ok || !ok2 || from == to {
		var near []way
		for _, part := range listParts {
			for _, span := range spansOf(lists, fact.List{Place: place, Part: part}) {
				near = append(near, way{Label: tr("%s %s", tr(part.Label()), span.Label), URL: span.URL})
			}
		}
		return nil, unknownName(fmt.Sprintf("%s没有这两年的清单可以对照。", place), near)
	}
	c, err := facts.Compare(old, now)
	if err != nil {
		return nil, fmt.Errorf("comparing lists: %w", err)
	}
	return c, nil
}

func listParams(place string, part report.Part, from, to int) []param {
	ps := []param{{"place", place}}
	if part != "" {
		ps = append(ps, param{"part", string(part)})
	}
	if from != 0 {
		ps = append(ps, param{"from", strconv.Itoa(from)}, param{"to", strconv.Itoa(to)})
	}
	return ps
}

func listsURL(place string, part report.Part, from, to int) string {
	return encode("/lists", listParams(place, part, from, to))
}

func entryViews(entries []*fact.Entry) []quoteView {
	var views []quoteView
	for _, e := range entries {
		p, text := e.Passage.Item, e.Text
		if p.Heading != "" {
			text = p.Heading + " " + text
		}
		views = append(views, quoteView{text, p.Number, itemURL(p.ID)})
	}
	return views
}
