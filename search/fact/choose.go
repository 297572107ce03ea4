package fact

import (
	"cmp"
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

// without is the choice with one aspect left open.
func (c Choice) without(aspect string) Choice {
	values := map[string]string{}
	for k, v := range c.Values {
		if k != aspect {
			values[k] = v
		}
	}
	return Choice{c.Text, values}
}

// admits reports whether something passes that has certain values of each aspect.
func (c Choice) admits(has func(aspect, value string) bool) bool {
	for aspect, value := range c.Values {
		if value != "" && !has(aspect, value) {
			return false
		}
	}
	return true
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

// values are what a project has of an aspect: the places of the documents that
// mention it and those named for it, the years of these documents, the topics of
// the passages, its kind, the stages stated and promised last, and the amounts it
// reaches.
func (p *Project) values(aspect string) []string {
	switch aspect {
	case AspectPlace:
		return p.Places
	case AspectYear:
		return yearTexts(p.Years)
	case AspectTopic:
		return p.Topics
	case AspectKind:
		return []string{string(p.Kind)}
	case AspectStage:
		var stages []string
		for _, m := range []*Mention{p.Stated, p.Promised} {
			if m != nil {
				stages = appendNew(stages, string(m.Stage))
			}
		}
		return stages
	case AspectAmount:
		return slices.DeleteFunc(slices.Clone(Amounts), func(least string) bool { return !p.reaches(least) })
	}
	return nil
}

func (p *Project) has(aspect, value string) bool {
	if aspect == AspectAmount {
		return p.reaches(value)
	}
	return slices.Contains(p.values(aspect), value)
}

// reaches reports whether an amount stated for the project is at least so many 亿元.
func (p *Project) reaches(least string) bool {
	n, err := strconv.ParseFloat(least, 64)
	return err == nil && p.Largest != nil && *p.Largest.Amount >= n*1e8
}

func yearTexts(years []int) []string {
	texts := make([]string, len(years))
	for i, y := range years {
		texts[i] = strconv.Itoa(y)
	}
	return texts
}

// ProjectsOf lists the projects that pass a choice, see [Facts.Projects].
func (f *Facts) ProjectsOf(c Choice) []*Project {
	var list []*Project
	for _, p := range f.Projects() {
		if c.names(append([]string{p.Name}, p.Names...)...) && c.admits(p.has) {
			list = append(list, p)
		}
	}
	return list
}

// ProjectOptions lists the values of an aspect among the projects that pass a
// choice but for that aspect.
func (f *Facts) ProjectOptions(c Choice, aspect string) []Option {
	count := tally{}
	for _, p := range f.ProjectsOf(c.without(aspect)) {
		count.add(p.values(aspect)...)
	}
	return count.options()
}

// ProjectsIn lists up to n projects and parks that a text names, those with the
// longest names first.
func (f *Facts) ProjectsIn(text string, n int) []*Project {
	var found []*Project
	for _, p := range f.Projects() {
		if p.Kind != report.MentionCompany && slices.ContainsFunc(append([]string{p.Name}, p.Names...), func(name string) bool { return strings.Contains(text, name) }) {
			found = append(found, p)
		}
	}
	slices.SortStableFunc(found, func(a, b *Project) int { return cmp.Compare(len(b.Name), len(a.Name)) })
	return found[:min(n, len(found))]
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

// values are what a task has of an aspect.
func (f *Facts) roleValues(u *Unit, r Role, aspect string) []string {
	switch aspect {
	case AspectPlace:
		return report.Places().FacetPath(u.Place)
	case AspectYear:
		return yearTexts([]int{f.DocumentOf(r.Passage).Year})
	case AspectTopic:
		return f.Passages[r.Passage].Topics
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

// UnitsOf lists the units of which tasks pass a choice, see [Facts.Units].
func (f *Facts) UnitsOf(c Choice) []UnitTasks {
	var list []UnitTasks
	for _, u := range f.Units() {
		if !c.names(u.allNames()...) {
			continue
		}
		if roles := f.RolesOf(u, c); len(roles) > 0 {
			list = append(list, UnitTasks{u, roles})
		}
	}
	return list
}

func (u *Unit) allNames() []string {
	names := []string{u.Name}
	for _, n := range u.Names {
		names = appendNew(names, n.Name)
	}
	return names
}

// RolesOf lists a unit's tasks that pass a choice, whatever its text.
func (f *Facts) RolesOf(u *Unit, c Choice) []Role {
	var list []Role
	for _, r := range u.Roles {
		if c.admits(func(aspect, value string) bool { return slices.Contains(f.roleValues(u, r, aspect), value) }) {
			list = append(list, r)
		}
	}
	return list
}

// UnitOptions lists the values of an aspect with the numbers of units of which
// a task passes a choice but for that aspect.
func (f *Facts) UnitOptions(c Choice, aspect string) []Option {
	count := tally{}
	for _, u := range f.UnitsOf(c.without(aspect)) {
		count.add(f.roleTally(u.Unit, u.Chosen, aspect).commonest()...)
	}
	return count.options()
}

// RoleOptions lists the values of an aspect among a unit's tasks that pass a
// choice but for that aspect.
func (f *Facts) RoleOptions(u *Unit, c Choice, aspect string) []Option {
	return f.roleTally(u, f.RolesOf(u, c.without(aspect)), aspect).options()
}

func (f *Facts) roleTally(u *Unit, roles []Role, aspect string) tally {
	count := tally{}
	for _, r := range roles {
		count.add(f.roleValues(u, r, aspect)...)
	}
	return count
}

// termValues are what a term has of an aspect: the places and years of the
// documents that define it.
func (f *Facts) termValues(t *Term, aspect string) []string {
	var values []string
	for _, d := range t.Definitions {
		doc := f.DocumentOf(d.Passage)
		switch aspect {
		case AspectPlace:
			values = appendNew(values, report.Places().FacetPath(doc.Place)...)
		case AspectYear:
			values = appendNew(values, yearTexts([]int{doc.Year})...)
		}
	}
	return values
}

// TermsOf lists the terms that pass a choice, see [Facts.Terms]; its text may
// stand in a definition as well.
func (f *Facts) TermsOf(c Choice) []*Term {
	var list []*Term
	for _, t := range f.Terms() {
		texts := []string{t.Name}
		for _, d := range t.Definitions {
			texts = append(texts, d.Text)
		}
		if c.names(texts...) && c.admits(func(aspect, value string) bool { return slices.Contains(f.termValues(t, aspect), value) }) {
			list = append(list, t)
		}
	}
	return list
}

// TermOptions lists the values of an aspect among the terms that pass a choice
// but for that aspect.
func (f *Facts) TermOptions(c Choice, aspect string) []Option {
	count := tally{}
	for _, t := range f.TermsOf(c.without(aspect)) {
		count.add(f.termValues(t, aspect)...)
	}
	return count.options()
}
