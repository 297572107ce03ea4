package fact

import (
	"cmp"
	"maps"
	"slices"

	"youju/report"
)

// List is a livelihood or policy list of a place and year.
type List struct {
	Place string
	Year  int
	Part  report.Part
	// Entries are indexes into Facts.Entries, in the order of the list; what two
	// documents print alike is there once.
	Entries []uint32
}

type listKey struct {
	place string
	part  report.Part
	year  int
}

// Lists are all lists, by place, part and year, the newest last.
func (f *Facts) Lists() []List { return f.lists.get(f.gatherLists) }

func (f *Facts) gatherLists() []List {
	byKey, seen := map[listKey]*List{}, map[listKey]map[string]bool{}
	var keys []listKey
	for i := range f.Entries {
		passage := &f.Passages[f.Entries[i].Passage]
		doc := passage.Document
		key := listKey{f.figures().issuer[doc], passage.Part, f.Documents[doc].Year}
		if key.year == 0 || key.place == NoPlace {
			continue // nothing can be compared with it
		}
		if byKey[key] == nil {
			byKey[key], seen[key] = &List{Place: key.place, Year: key.year, Part: key.part}, map[string]bool{}
			keys = append(keys, key)
		}
		if text := foldName(f.Entries[i].Text); !seen[key][text] {
			seen[key][text] = true
			byKey[key].Entries = append(byKey[key].Entries, uint32(i))
		}
	}
	slices.SortFunc(keys, func(a, b listKey) int {
		return cmp.Or(cmp.Compare(f.figures().rank(a.place), f.figures().rank(b.place)), cmp.Compare(a.part, b.part), cmp.Compare(a.year, b.year))
	})
	lists := make([]List, len(keys))
	for i, key := range keys {
		lists[i] = *byKey[key]
	}
	return lists
}

// List finds the list of a place, part and year.
func (f *Facts) List(place string, part report.Part, year int) (List, bool) {
	for _, l := range f.Lists() {
		if l.Place == place && l.Part == part && l.Year == year {
			return l, true
		}
	}
	return List{}, false
}

// Comparison holds the entries of two lists side by side.
type Comparison struct {
	From, To List
	// Again are entries of the first list that come again in the second, by the
	// order of the second.
	Again []Match
	// New and Gone are the other entries of the second and of the first list:
	// an entry that comes again in other words may be among them.
	New, Gone []uint32
}

// Match is what comes again: mostly one entry of each list, but an entry may
// go on as two, or two as one.
type Match struct {
	From, To []uint32
	Figures  []FigurePair
}

// FigurePair is one figure in the words of both years.
type FigurePair struct {
	From, To report.Figure
}

// Compare lays two lists side by side.
func (f *Facts) Compare(from, to List) *Comparison {
	c := &Comparison{From: from, To: to}
	old, now := f.clausesOf(from), f.clausesOf(to)
	groups := newGroups()
	for _, pair := range matchClauses(old, now) {
		groups.join(old[pair[0]], now[pair[1]])
	}
	taken := map[uint32]bool{}
	for _, entry := range to.Entries {
		g := groups.of[entry]
		switch {
		case g == nil:
			c.New = append(c.New, entry)
		case !taken[entry]:
			for _, e := range g.to {
				taken[e] = true
			}
			slices.Sort(g.from)
			slices.Sort(g.to)
			c.Again = append(c.Again, Match{g.from, g.to, g.figures})
		}
	}
	for _, entry := range from.Entries {
		if groups.of[entry] == nil {
			c.Gone = append(c.Gone, entry)
		}
	}
	return c
}

// groups joins entries whose clauses match.
type groups struct{ of map[uint32]*group }

type group struct {
	from, to []uint32
	figures  []FigurePair
}

func newGroups() *groups { return &groups{map[uint32]*group{}} }

func (gs *groups) join(old, now *clause) {
	a, b := gs.of[old.entry], gs.of[now.entry]
	if a == nil {
		a = &group{from: []uint32{old.entry}}
		gs.of[old.entry] = a
	}
	if b == nil {
		b = &group{to: []uint32{now.entry}}
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

// pairFigures puts figures of one indicator side by side, then those left over
// that count the same. Figures under different definitions (家庭养老床位 and 护理型) do
// not compare.
func pairFigures(from, to []report.Figure) []FigurePair {
	var pairs []FigurePair
	used := make([]bool, len(to))
	left := []report.Figure{}
	find := func(f *report.Figure, alike func(a, b *report.Figure) bool) bool {
		for i := range to {
			if !used[i] && f.Basis == to[i].Basis && measureOf(f.Unit) == measureOf(to[i].Unit) && alike(f, &to[i]) {
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

// ListPlaces lists the places that have lists, in their order.
func (f *Facts) ListPlaces() []string {
	var places []string
	for _, l := range f.Lists() {
		if !slices.Contains(places, l.Place) {
			places = append(places, l.Place)
		}
	}
	return places
}

// ListYears lists the years of which a place has a list of a part.
func (f *Facts) ListYears(place string, part report.Part) []int {
	years := map[int]bool{}
	for _, l := range f.Lists() {
		if l.Place == place && l.Part == part {
			years[l.Year] = true
		}
	}
	return slices.Sorted(maps.Keys(years))
}
