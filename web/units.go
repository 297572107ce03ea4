package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"youju/report"
	"youju/search"
	"youju/search/fact"
)

// unitsPage lists who is named in duties.
type unitsPage struct {
	listPage
	Units []unitRow
}

// unitRow is a unit in a list, with the numbers of its tasks as narrowed.
type unitRow struct {
	Name, URL, Place string
	// Others are its other names.
	Others                 []string
	Led, Supported, Shared int
	Years                  []string
}

var unitAspects = []string{fact.AspectPlace, fact.AspectYear, fact.AspectTopic, fact.AspectRole}

func (s *server) showUnits(w http.ResponseWriter, r *http.Request) error {
	c, f, units, err := s.chosenUnits(r, chooser.shown)
	if err != nil {
		return err
	}
	p := unitsPage{listPage: s.newListPage(r, c, tr("谁负责"), units.Total, c.facets(units.Options))}
	p.Description = "任务分工和政策清单里写明的牵头单位、配合单位，各年列了哪些任务。"
	for _, u := range units.Entries {
		p.Units = append(p.Units, newUnitRow(u))
	}
	if units.Total == 0 && c.Text != "" {
		if p.Near, err = unitsNear(f, c.Text); err != nil {
			return err
		}
	}
	return s.render(w, r, http.StatusOK, "units", p)
}

// unitsNear lead to units with names like an unknown one.
func unitsNear(f *fact.Facts, text string) ([]way, error) {
	names, err := f.UnitsNear(text, maxWays)
	if err != nil {
		return nil, fmt.Errorf("finding units alike: %w", err)
	}
	var ways []way
	for _, name := range names {
		units, err := f.UnitsNamed(name)
		if err != nil {
			return nil, fmt.Errorf("finding units alike: %w", err)
		}
		if len(units) > 0 {
			ways = append(ways, way{Label: quote(name), URL: unitURL(units[0])})
		}
	}
	return ways, nil
}

// chosenUnits are the units that the parameters of an address choose, of which
// some are wanted.
func (s *server) chosenUnits(r *http.Request, wanted func(chooser) fact.Page) (chooser, *fact.Facts, *fact.Chosen[fact.UnitTasks], error) {
	c := readChooser(r, "/units", "/api/v1/units", listSize, unitAspects...)
	f, err := s.searcher.Facts(r.Context())
	if err != nil {
		return c, nil, nil, fmt.Errorf("reading facts: %w", err)
	}
	err = c.settle(func() (optionsOf, error) {
		all, err := f.Units(fact.Choice{}, fact.None)
		return all.Options, err
	})
	if err != nil {
		return c, nil, nil, err
	}
	units, err := f.Units(c.Choice, wanted(c))
	if err != nil {
		return c, nil, nil, fmt.Errorf("listing units: %w", err)
	}
	return c, f, units, nil
}

func newUnitRow(u fact.UnitTasks) unitRow {
	row := unitRow{Name: u.Name, URL: unitURL(u.Unit), Place: u.Place.Name(), Others: otherNames(u.Unit)}
	row.Led, row.Supported, row.Shared = countRoles(u.Chosen)
	for _, y := range roleYears(u.Chosen) {
		row.Years = append(row.Years, yearLabel(y))
	}
	return row
}

func countRoles(roles []fact.Role) (led, supported, shared int) {
	for _, r := range roles {
		switch r.Kind() {
		case fact.RoleLead:
			led++
		case fact.RoleSupport:
			supported++
		default:
			shared++
		}
	}
	return led, supported, shared
}

// roleYears are the years of the documents of tasks, earliest first.
func roleYears(roles []fact.Role) []int {
	var years []int
	for _, r := range roles {
		if !slices.Contains(years, r.Year) {
			years = append(years, r.Year)
		}
	}
	return years
}

func otherNames(u *fact.Unit) []string {
	var names []string
	for _, n := range u.Names {
		if n.Name != u.Name {
			names = append(names, n.Name)
		}
	}
	return names
}

// unitURL is the address of a unit's page; the place is part of it where
// several places have a unit of the name.
func unitURL(u *fact.Unit) string {
	return encode(pathURL("/unit/", u.Name), unitParams(u))
}

// namedUnitURL is the address of the unit that a place's document calls by a name.
func namedUnitURL(f *fact.Facts, name string, issuer report.Place) (string, error) {
	u, err := f.UnitNamed(name, issuer)
	if err != nil {
		return "", fmt.Errorf("finding a unit: %w", err)
	}
	if u == nil {
		return pathURL("/unit/", name), nil
	}
	return unitURL(u), nil
}

func unitParams(u *fact.Unit) []param {
	if u.Namesakes < 2 {
		return nil
	}
	return []param{{fact.AspectPlace, placeValue(u.Place)}}
}

// unitPage shows the tasks of one unit by year.
type unitPage struct {
	listPage
	Name  string
	Place way
	Names []unitNameView
	// Leaders are those named with its tasks, by year.
	Leaders []leadersView
	// Several is set for a name of several units, Shares for a unit that has
	// tasks as one of them.
	Several, Shares        bool
	Led, Supported, Shared int
	Years                  []taskYear
	// Elsewhere are units of the same name in other places.
	Elsewhere []way
	SearchURL string
}

type unitNameView struct {
	Name  string
	Years []string
}

// leadersView are the leaders that one year's documents name, as written.
type leadersView struct {
	Year  message
	Names []string
}

type taskYear struct {
	Year  string
	Label message
	Tasks []taskView
}

// taskView is a task in which a unit has a part.
type taskView struct {
	Title, URL, Document string
	Text                 string
	Role                 message
	// As is the name as printed where it is another one.
	As      string
	Leaders []string
	// Leads are the other units that lead the task, Support those that support
	// this one in it.
	Leads   []way
	Support []string
	Topics  []badge
}

func (s *server) showUnit(w http.ResponseWriter, r *http.Request) error {
	c, f, u, err := s.chosenUnit(r)
	if err != nil {
		return err
	}
	chosen := u.RolesOf(c.Choice)
	roles := newestFirst(chosen.Entries)
	p := unitPage{
		listPage: s.newListPage(r, c, quote(u.Name), len(roles), c.facets(chosen.Options)),
		Name:     u.Name, Several: u.Several,
		Place:     way{Label: quote(u.Place.Full()), URL: searchURL(search.FacetCounty, placeValue(u.Place))},
		SearchURL: searchURL(search.FacetUnit, u.Name),
	}
	if p.Leaders, err = newLeaders(f, u); err != nil {
		return err
	}
	p.Nav = "/units"
	p.Description = fmt.Sprintf("%s在各年任务分工和政策清单里的任务，每条都有原句和出处。", u.Name)
	p.Led, p.Supported, p.Shared = countRoles(u.Roles)
	p.Shares = p.Shared > 0
	for _, n := range u.Names {
		v := unitNameView{Name: n.Name}
		for _, y := range n.Years {
			v.Years = append(v.Years, yearLabel(y))
		}
		p.Names = append(p.Names, v)
	}
	shown := sliceOf(c, roles)
	if err := f.Tasks(shown); err != nil {
		return fmt.Errorf("reading tasks: %w", err)
	}
	for _, role := range shown {
		year := yearLabel(role.Year)
		if n := len(p.Years); n == 0 || p.Years[n-1].Year != year {
			p.Years = append(p.Years, taskYear{Year: year, Label: tr(search.FacetValueLabel(search.FacetYear, year))})
		}
		last := &p.Years[len(p.Years)-1]
		task, err := newTask(f, u, role)
		if err != nil {
			return err
		}
		last.Tasks = append(last.Tasks, task)
	}
	named, err := f.UnitsNamed(u.Name)
	if err != nil {
		return fmt.Errorf("finding units of the name: %w", err)
	}
	for _, o := range named {
		if !o.Is(u) {
			p.Elsewhere = append(p.Elsewhere, way{quote(o.Place.Full()), unitURL(o), len(o.Roles)})
		}
	}
	return s.render(w, r, http.StatusOK, "unit", p)
}

// newestFirst puts the tasks of the newest year first, those of a year in the
// order of their documents.
func newestFirst(roles []fact.Role) []fact.Role {
	slices.SortStableFunc(roles, func(a, b fact.Role) int { return b.Year - a.Year })
	return roles
}

// chosenUnit is the unit that an address names, in the place it names or where
// it has most tasks.
func (s *server) chosenUnit(r *http.Request) (chooser, *fact.Facts, *fact.Unit, error) {
	name := cleanText(mux.Vars(r)["name"], maxValueRunes)
	c := readChooser(r, pathURL("/unit/", name), pathURL("/api/v1/units/", name), listSize, fact.AspectYear, fact.AspectTopic, fact.AspectRole)
	f, err := s.searcher.Facts(r.Context())
	if err != nil {
		return c, nil, nil, fmt.Errorf("reading facts: %w", err)
	}
	units, err := f.UnitsNamed(name)
	if err != nil {
		return c, nil, nil, fmt.Errorf("finding a unit: %w", err)
	}
	if asked := cleanText(r.URL.Query().Get(fact.AspectPlace), maxValueRunes); asked != "" {
		place := knownPlace(asked, unitPlaces(units))
		units = slices.DeleteFunc(slices.Clone(units), func(u *fact.Unit) bool { return placeValue(u.Place) != place })
	}
	if len(units) == 0 {
		near, err := unitsNear(f, name)
		if err != nil {
			return c, nil, nil, err
		}
		return c, nil, nil, unknownName("收录的任务分工和政策清单里没有这个单位。", near)
	}
	u := units[0]
	c.path, c.api = pathURL("/unit/", u.Name), pathURL("/api/v1/units/", u.Name)
	c.fixed = unitParams(u)
	err = c.settle(func() (optionsOf, error) { return u.RolesOf(fact.Choice{}).Options, nil })
	return c, f, u, err
}

func unitPlaces(units []*fact.Unit) []string {
	var places []string
	for _, u := range units {
		places = append(places, placeValue(u.Place))
	}
	return places
}

// newLeaders lists who is named as leader with a unit's tasks, by year.
func newLeaders(f *fact.Facts, u *fact.Unit) ([]leadersView, error) {
	led := slices.DeleteFunc(slices.Clone(u.Roles), func(r fact.Role) bool { return !r.Lead || r.Shared })
	if err := f.Tasks(led); err != nil {
		return nil, fmt.Errorf("reading tasks: %w", err)
	}
	var views []leadersView
	for _, role := range led {
		if len(role.Leaders) == 0 {
			continue
		}
		year := tr("%d年", role.Year)
		if n := len(views); n == 0 || views[n-1].Year.String() != year.String() {
			views = append(views, leadersView{Year: year})
		}
		v := &views[len(views)-1]
		for _, name := range role.Leaders {
			if !slices.Contains(v.Names, name) {
				v.Names = append(v.Names, name)
			}
		}
	}
	return views, nil
}

func newTask(f *fact.Facts, u *fact.Unit, role fact.Role) (taskView, error) {
	it, d := passageItem(role.Passage)
	it.Text, it.Duty = role.Text, role.Duty
	body, _ := splitDuty(it)
	v := taskView{
		Title: itemTitle(it, d), URL: itemURL(it.ID), Document: documentName(d), Text: strings.TrimSpace(body),
		Leaders: role.Leaders, Topics: topicBadges(it, searchURL),
		Role: tr(roleLabels[role.Kind()]),
	}
	if role.As != u.Name {
		v.As = role.As
	}
	for _, name := range role.LeadUnits {
		if name == role.As {
			continue
		}
		to, err := namedUnitURL(f, name, d.Place)
		if err != nil {
			return v, err
		}
		v.Leads = append(v.Leads, way{Label: quote(name), URL: to})
	}
	if role.Lead {
		v.Support = role.SupportUnits
	}
	return v, nil
}

// passageItem gives a passage as an item of its document, without its text.
func passageItem(passage *fact.Passage) (*report.Item, *report.Document) {
	p, d := passage.Item, passage.Document
	return &report.Item{
			ID: p.ID, Path: p.Path, Number: p.Number, Heading: p.Heading, Part: p.Part, Claim: p.Claim,
			AboutYear: p.AboutYear, Topics: p.Topics, Places: p.Places,
		}, &report.Document{
			ID: d.ID, Title: d.Title, Kind: d.Kind, Place: d.Place, Year: d.Year, Date: d.Date,
		}
}

// newUnitCards says who leads an item and what else they lead.
func newUnitCards(units []*fact.Unit) []cardView {
	var cards []cardView
	for _, u := range units {
		cards = append(cards, newUnitCard(u))
	}
	return cards
}

func newUnitCard(u *fact.Unit) cardView {
	led, supported, shared := countRoles(u.Roles)
	v := cardView{Kind: search.CardUnit, Label: cardLabels[search.CardUnit], Title: u.Name}
	for _, n := range []struct {
		role  string
		total int
	}{{fact.RoleLead, led}, {fact.RoleSupport, supported}, {fact.RoleShared, shared}} {
		if n.total > 0 {
			ps := append(unitParams(u), param{fact.AspectRole, n.role})
			v.Ways = append(v.Ways, way{tr(roleWays[n.role]), encode(pathURL("/unit/", u.Name), ps), n.total})
		}
	}
	return v
}

var (
	roleLabels = map[string]string{fact.RoleLead: "牵头", fact.RoleSupport: "配合", fact.RoleShared: "随各地一并列入"}
	roleWays   = map[string]string{fact.RoleLead: "牵头的任务", fact.RoleSupport: "配合的任务", fact.RoleShared: "随各地一并列入的任务"}
)
