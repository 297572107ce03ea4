package fact

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"youju/report"
)

// The aspects by which lists are narrowed.
const (
	AspectPlace  = "place"
	AspectYear   = "year"
	AspectTopic  = "topic"
	AspectKind   = "kind"
	AspectStage  = "stage"
	AspectAmount = "amount"
	AspectRole   = "role"
)

// Amounts are the steps, in 亿元, from which up projects are offered for choice;
// any other number can be asked for as well.
var Amounts = []string{"1", "10", "100"}

// Choice is what a list is narrowed to: at most one value of an aspect; one
// that is missing or empty leaves the aspect open. Text must occur in a name.
type Choice struct {
	Text   string
	Values map[string]string
}

func (c Choice) names(names ...string) bool {
	return c.Text == "" || slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, c.Text) })
}

// Option is a value of an aspect with the number of entries that have it.
type Option struct {
	Value string
	Count int
}

// options lists values with their numbers, the commonest first.
func (t tally) options() []Option {
	var options []Option
	for _, v := range t.commonest() {
		options = append(options, Option{v, t[v]})
	}
	return options
}

// Page is what is wanted of a list: its entries from one on, and how many.
type Page struct{ From, Size int }

// All is the whole list.
var All = Page{0, math.MaxInt}

// None is no entry of it: how many there are is told all the same.
var None = Page{}

func (p Page) holds(i int) bool { return i >= p.From && i-p.From < p.Size }

// Chosen are the entries of a list that pass a choice.
type Chosen[T any] struct {
	Total int
	// Entries are those of the page that was asked for.
	Entries []T
	options map[string]tally
}

// Options lists the values of an aspect among the entries that pass the choice
// but for that aspect.
func (c *Chosen[T]) Options(aspect string) []Option { return c.options[aspect].options() }

func newChosen[T any](aspects []string) *Chosen[T] {
	c := &Chosen[T]{options: map[string]tally{}}
	for _, aspect := range aspects {
		c.options[aspect] = tally{}
	}
	return c
}

// count takes an entry into the options, and reports whether it passes the choice.
// One that one aspect alone keeps out is still an option of that aspect.
func (c Choice) count(options map[string]tally, has func(aspect, value string) bool, values func(aspect string) []string) bool {
	out := ""
	for aspect, value := range c.Values {
		if value == "" || has(aspect, value) {
			continue
		}
		if out != "" {
			return false
		}
		out = aspect
	}
	if out != "" {
		if t := options[out]; t != nil {
			t.add(values(out)...)
		}
		return false
	}
	for aspect, t := range options {
		t.add(values(aspect)...)
	}
	return true
}

func yearTexts(years []int) []string {
	texts := make([]string, len(years))
	for i, y := range years {
		texts[i] = strconv.Itoa(y)
	}
	return texts
}

var (
	projectAspects = []string{AspectPlace, AspectYear, AspectTopic, AspectKind, AspectStage, AspectAmount}
	roleAspects    = []string{AspectPlace, AspectYear, AspectTopic, AspectRole}
	termAspects    = []string{AspectPlace, AspectYear}
)

// projectValues are what a project has of an aspect: the places of the documents that
// mention it and those named for it, the years of these documents, the topics of
// the passages, its kind, the stages stated and promised last, and the amounts it
// reaches.
func (f *Facts) projectValues(p *projectRow, aspect string) []string {
	switch aspect {
	case AspectPlace:
		return namesOf(f.c.places, p.places)
	case AspectYear:
		return yearTexts(p.years)
	case AspectTopic:
		return namesOf(f.c.topics, p.topics)
	case AspectKind:
		return []string{string(p.kind)}
	case AspectStage:
		return p.stages
	case AspectAmount:
		return slices.DeleteFunc(slices.Clone(Amounts), func(least string) bool { return !p.reaches(least) })
	}
	return nil
}

// reaches reports whether an amount stated for the project is at least so many 亿元.
func (p *projectRow) reaches(least string) bool {
	n, err := strconv.ParseFloat(least, 64)
	return err == nil && p.largest >= 0 && p.amount >= n*1e8
}

// Projects lists the projects that pass a choice: those mentioned over most
// years first, then those mentioned most often.
func (f *Facts) Projects(c Choice, page Page) (*Chosen[*Project], error) {
	list := newChosen[*Project](projectAspects)
	var wanted []int
	err := f.each(tableProjects, func(n int, r *rowReader) error {
		p := readProject(r)
		if !c.names(p.name) && !c.names(p.names...) {
			return nil
		}
		has := func(aspect, value string) bool {
			if aspect == AspectAmount {
				return p.reaches(value)
			}
			return slices.Contains(f.projectValues(p, aspect), value)
		}
		if c.count(list.options, has, func(aspect string) []string { return f.projectValues(p, aspect) }) {
			if page.holds(list.Total) {
				wanted = append(wanted, n)
			}
			list.Total++
		}
		return nil
	})
	for _, n := range wanted {
		if err != nil {
			break
		}
		var p *Project
		p, err = f.projectAt(n, true)
		list.Entries = append(list.Entries, p)
	}
	return list, err
}

// The kinds of roles.
const (
	RoleLead    = "lead"
	RoleSupport = "support"
	RoleShared  = "shared"
)

// Kind is shared for a task given to a group that the unit belongs to, else
// lead or support.
func (r Role) Kind() string {
	switch {
	case r.Shared:
		return RoleShared
	case r.Lead:
		return RoleLead
	}
	return RoleSupport
}

// values are what a task of a unit of some places has of an aspect.
func (r *Role) values(places []string, aspect string) []string {
	switch aspect {
	case AspectPlace:
		return places
	case AspectYear:
		return yearTexts([]int{r.Year})
	case AspectTopic:
		return r.Topics
	case AspectRole:
		return []string{r.Kind()}
	}
	return nil
}

// UnitTasks are a unit's tasks that pass a choice.
type UnitTasks struct {
	*Unit
	Chosen []Role
}

// Units lists the units of which tasks pass a choice: those that lead most tasks
// first, names that mean several units last.
func (f *Facts) Units(c Choice, page Page) (*Chosen[UnitTasks], error) {
	list := newChosen[UnitTasks](roleAspects)
	err := f.each(tableUnits, func(_ int, r *rowReader) error {
		u := readUnit(r)
		if !c.names(u.allNames()...) {
			return nil
		}
		f.readRoles(u, r)
		roles := u.RolesOf(c)
		for aspect, t := range roles.options {
			for value := range t {
				list.options[aspect].add(value)
			}
		}
		if roles.Total == 0 {
			return nil
		}
		if page.holds(list.Total) {
			list.Entries = append(list.Entries, UnitTasks{u, roles.Entries})
		}
		list.Total++
		return nil
	})
	for i := range list.Entries {
		if err == nil {
			err = f.countNamesakes(list.Entries[i].Unit)
		}
	}
	return list, err
}

// RolesOf lists a unit's tasks that pass a choice, whatever its text.
func (u *Unit) RolesOf(c Choice) *Chosen[Role] {
	list, places := newChosen[Role](roleAspects), report.Places().FacetPath(u.Place)
	for i := range u.Roles {
		r := &u.Roles[i]
		has := func(aspect, value string) bool { return slices.Contains(r.values(places, aspect), value) }
		if c.count(list.options, has, func(aspect string) []string { return r.values(places, aspect) }) {
			list.Entries = append(list.Entries, *r)
		}
	}
	list.Total = len(list.Entries)
	return list
}

// Terms lists the terms that pass a choice, in alphabetical order; its text may
// stand in a definition as well.
func (f *Facts) Terms(c Choice, page Page) (*Chosen[*Term], error) {
	list := newChosen[*Term](termAspects)
	err := f.each(tableTerms, func(_ int, r *rowReader) error {
		t := readTerm(r)
		if !t.holds(c.Text) {
			return nil
		}
		values := func(aspect string) []string { return f.termValues(t, aspect) }
		has := func(aspect, value string) bool { return slices.Contains(values(aspect), value) }
		if c.count(list.options, has, values) {
			if page.holds(list.Total) {
				list.Entries = append(list.Entries, t)
			}
			list.Total++
		}
		return nil
	})
	for _, t := range list.Entries {
		if err == nil {
			err = f.define(t)
		}
	}
	return list, err
}

func (t *Term) holds(text string) bool {
	return strings.Contains(t.Name, text) || slices.ContainsFunc(t.definitions, func(d defined) bool { return strings.Contains(d.text, text) })
}

// termValues are what a term has of an aspect: the places and years of the
// documents that define it.
func (f *Facts) termValues(t *Term, aspect string) []string {
	var values []string
	for _, d := range t.definitions {
		switch aspect {
		case AspectPlace:
			values = appendNew(values, namesOf(f.c.places, d.places)...)
		case AspectYear:
			values = appendNew(values, yearTexts([]int{d.year})...)
		}
	}
	return values
}
