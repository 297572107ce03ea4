package fact

import (
	"cmp"
	"slices"
	"strings"

	"youju/report"
)

// List is a livelihood or policy list of a place and year.
type List struct {
	Place string
	Year  int
	Part  report.Part
	// Count is the number of its entries; what two documents print alike is there once.
	Count int

	// items are the entries, in the order of the list.
	items []int
}

// addListed gathers an item of a list. Lists of no place and no year compare
// with nothing.
func (b *Builder) addListed(d *Document, it *report.Item, item int) {
	if d.Year == 0 || report.Places().FacetValue(d.Place) == "" {
		return
	}
	var key, r row
	key.uint(d.issuer)
	key.int(d.Year)
	key.text(string(it.Part))
	r.uint(item)
	r.text(foldName(it.Text))
	b.subjects.add(ofList+string(key), r)
}

// listRow is a list whose row waits for the others.
type listRow struct {
	place, year int
	part        report.Part
	items       []int
}

func (f *finisher) list(key string, values [][]byte) error {
	k := rowReader{data: []byte(key)}
	l := listRow{place: f.ranks[k.uint()], year: k.int(), part: report.Part(k.text())}
	seen := map[string]bool{}
	for _, v := range values {
		r := rowReader{data: v}
		item, text := r.uint(), r.text()
		if !seen[text] {
			seen[text] = true
			l.items = append(l.items, item)
		}
	}
	f.lists = append(f.lists, l)
	return nil
}

// finishLists writes the lists by place, part and year, the newest last.
func (f *finisher) finishLists() error {
	slices.SortFunc(f.lists, func(a, b listRow) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.part, b.part), cmp.Compare(a.year, b.year))
	})
	for _, l := range f.lists {
		var r row
		r.uint(l.place)
		r.int(l.year)
		r.text(string(l.part))
		r.uints(l.items)
		if err := f.of[tableLists].Add(r); err != nil {
			return err
		}
	}
	return nil
}

// Lists are all lists, by place, part and year, the newest last.
type Lists []List

// Places lists the places that have lists, in their order.
func (lists Lists) Places() []string {
	var places []string
	for _, l := range lists {
		if n := len(places); n == 0 || places[n-1] != l.Place {
			places = append(places, l.Place)
		}
	}
	return places
}

// Years lists the years of which a place has a list of a part.
func (lists Lists) Years(place string, part report.Part) []int {
	var years []int
	for _, l := range lists {
		if l.Place == place && l.Part == part {
			years = append(years, l.Year)
		}
	}
	return years
}

// List finds the list of a place, part and year.
func (lists Lists) List(place string, part report.Part, year int) (List, bool) {
	for _, l := range lists {
		if l.Place == place && l.Part == part && l.Year == year {
			return l, true
		}
	}
	return List{}, false
}

// Lists reads which lists there are.
func (f *Facts) Lists() (lists Lists, err error) {
	err = f.each(tableLists, func(_ int, r *rowReader) error {
		l := List{Place: nth(f.c.places, r.uint()), Year: r.int(), Part: report.Part(r.text()), items: r.uints()}
		l.Count = len(l.items)
		lists = append(lists, l)
		return nil
	})
	return lists, err
}

// First is the passage in which a list begins.
func (f *Facts) First(l List) (*Passage, error) {
	if len(l.items) == 0 {
		return nil, errRow
	}
	return f.passage(l.items[0])
}

// entries reads the entries of a list.
func (f *Facts) entries(l List) ([]*Entry, error) {
	list := make([]*Entry, len(l.items))
	for i, item := range l.items {
		p, err := f.passage(item)
		if err != nil {
			return nil, err
		}
		list[i] = &Entry{p, p.Item.Text, p.Item.Figures}
	}
	return list, nil
}

// Comparison holds the entries of two lists side by side.
type Comparison struct {
	From, To List
	// Again are entries of the first list that come again in the second, by the
	// order of the second.
	Again []Match
	// New and Gone are the other entries of the second and of the first list:
	// an entry that comes again in other words may be among them.
	New, Gone []*Entry
}

// Match is what comes again: mostly one entry of each list, but an entry may
// go on as two, or two as one.
type Match struct {
	From, To []*Entry
	Figures  []FigurePair
}

// FigurePair is one figure in the words of both years.
type FigurePair struct {
	From, To report.Figure
}

// Compare lays two lists side by side.
func (f *Facts) Compare(from, to List) (*Comparison, error) {
	c := &Comparison{From: from, To: to}
	before, err := f.entries(from)
	if err != nil {
		return nil, err
	}
	after, err := f.entries(to)
	if err != nil {
		return nil, err
	}
	old, now := clausesOf(from.Part, before), clausesOf(to.Part, after)
	groups := newGroups(before, after)
	for _, pair := range matchClauses(old, now) {
		groups.join(old[pair[0]], now[pair[1]])
	}
	taken := map[*Entry]bool{}
	for _, entry := range after {
		g := groups.of[entry]
		switch {
		case g == nil:
			c.New = append(c.New, entry)
		case !taken[entry]:
			for _, e := range g.to {
				taken[e] = true
			}
			groups.order(g.from)
			groups.order(g.to)
			c.Again = append(c.Again, Match{g.from, g.to, g.figures})
		}
	}
	for _, entry := range before {
		if groups.of[entry] == nil {
			c.Gone = append(c.Gone, entry)
		}
	}
	return c, nil
}

// groups joins entries whose clauses match.
type groups struct {
	of map[*Entry]*group
	at map[*Entry]int
}

type group struct {
	from, to []*Entry
	figures  []FigurePair
}

func newGroups(lists ...[]*Entry) *groups {
	gs := &groups{map[*Entry]*group{}, map[*Entry]int{}}
	for _, list := range lists {
		for i, e := range list {
			gs.at[e] = i
		}
	}
	return gs
}

// order puts entries of one list in its order.
func (gs *groups) order(entries []*Entry) {
	slices.SortFunc(entries, func(a, b *Entry) int { return gs.at[a] - gs.at[b] })
}

func (gs *groups) join(old, now *clause) {
	a, b := gs.of[old.entry], gs.of[now.entry]
	if a == nil {
		a = &group{from: []*Entry{old.entry}}
		gs.of[old.entry] = a
	}
	if b == nil {
		b = &group{to: []*Entry{now.entry}}
		gs.of[now.entry] = b
	}
	if a != b {
		a.from, a.to, a.figures = append(a.from, b.from...), append(a.to, b.to...), append(a.figures, b.figures...)
		for _, e := range slices.Concat(b.from, b.to) {
			gs.of[e] = a
		}
	}
	a.figures = append(a.figures, pairFigures(old.figures, now.figures)...)
}

// compares tells whether two figures can stand side by side: both aimed at or
// both reached, both under one definition (not 家庭养老床位 and 护理型), both changes,
// a year's additions or whole numbers.
func compares(a, b *report.Figure) bool {
	return a.Basis == b.Basis && measureOf(a.Unit) == measureOf(b.Unit) && a.Kind == b.Kind && a.Change == b.Change && adds(a) == adds(b)
}

// adds tells whether a figure is what a year adds (新增养老床位), not all there is.
func adds(f *report.Figure) bool {
	return strings.HasPrefix(f.Indicator, "新") || strings.HasPrefix(f.Indicator, "净增") || strings.Contains(f.Indicator, "新增") || strings.Contains(f.Basis, "新增")
}

// pairFigures puts figures of one indicator side by side, then those left over
// that count the same.
func pairFigures(from, to []report.Figure) []FigurePair {
	var pairs []FigurePair
	used := make([]bool, len(to))
	left := []report.Figure{}
	find := func(f *report.Figure, alike func(a, b *report.Figure) bool) bool {
		for i := range to {
			if !used[i] && compares(f, &to[i]) && alike(f, &to[i]) {
				used[i] = true
				pairs = append(pairs, FigurePair{*f, to[i]})
				return true
			}
		}
		return false
	}
	for i := range from {
		if from[i].Value == nil || !find(&from[i], func(a, b *report.Figure) bool {
			return b.Value != nil && a.Indicator == b.Indicator
		}) {
			left = append(left, from[i])
		}
	}
	for i := range left {
		if left[i].Value != nil {
			find(&left[i], func(_, b *report.Figure) bool { return b.Value != nil })
		}
	}
	return pairs
}
