package fact

import (
	"cmp"
	"slices"
	"strings"

	"youju/report"
)

// Unit is whoever the duties of one place's documents name: a department, a
// county's government, or a group of units that has a name of its own.
type Unit struct {
	// Name is the name that the documents use last. Other names of the same
	// department, such as those of before a reform, are joined with it.
	Name string
	// Place is the place whose unit it is: two cities have two 市财政局.
	Place report.Place
	// Names are all names the documents use, in order of their first year.
	Names []UnitName
	// Several says that the name means several units (市直各部门各单位).
	Several bool
	// Roles are its tasks in the order of the documents' years.
	Roles []Role
	// Led and Supported count the tasks among them, those given to a group
	// the unit belongs to included.
	Led, Supported int

	key string
}

// UnitName is a name of a unit as printed, with the years of the documents that use it.
type UnitName struct {
	Name  string
	Years []int
}

// Role is a unit's part in one task.
type Role struct {
	*Task
	// Lead tells 牵头 and sole charge from 配合.
	Lead bool
	// As is the name as printed. For a task that was given to a group (各县（市、区）人民政府),
	// it is the group's name and Shared is set.
	As     string
	Shared bool
}

// Units lists the units of all places: those that lead most tasks first,
// names that mean several units last.
func (f *Facts) Units() []*Unit { return f.units.get(f.gatherUnits).list }

// UnitsNamed lists the units that documents call by a name, one for each place
// that has such a unit, the one with most tasks first; where there is none,
// those that are known to bear the name at another time.
func (f *Facts) UnitsNamed(name string) []*Unit {
	index := f.units.get(f.gatherUnits)
	name = foldUnit(name)
	if found := index.byName[name]; found != nil || name == "" {
		return found
	}
	keys := map[report.Place]string{}
	var found []*Unit
	for _, u := range index.list {
		if _, known := keys[u.Place]; !known {
			keys[u.Place] = keyOf(name, u.Place).key
		}
		if u.key == keys[u.Place] {
			found = append(found, u)
		}
	}
	return found
}

// unitIndex holds the units and finds them by every one of their names.
type unitIndex struct {
	list   []*Unit
	byName map[string][]*Unit
}

// unitKey tells units apart.
type unitKey struct {
	place report.Place
	key   string
}

// keyOf is the key of the unit that a document issued by a place names.
func keyOf(name string, issuer report.Place) unitKey {
	if meansSeveral(name) {
		return unitKey{issuer, name}
	}
	if place := governed(name); place != "" && !isZone(name, issuer) {
		if p, ok := report.Places().Resolve(place, issuer); ok {
			return unitKey{p, p.Name() + "人民政府"}
		}
	}
	d := report.DepartmentOf(name, issuer)
	return unitKey{d.Place, d.Key}
}

func (f *Facts) gatherUnits() unitIndex {
	units := map[unitKey]*Unit{}
	of := func(name string, issuer report.Place) *Unit {
		key := keyOf(name, issuer)
		if units[key] == nil {
			units[key] = &Unit{Name: name, Place: key.place, Several: meansSeveral(name), key: key.key}
		}
		return units[key]
	}
	var groups []*Unit
	for i := range f.Tasks {
		t := &f.Tasks[i]
		doc := f.DocumentOf(t.Passage)
		for _, named := range t.named() {
			as := foldUnit(named.As)
			u := of(as, doc.Place)
			u.take(Role{t, named.Lead, as, false}, doc.Year)
			if levelOf(as) != "" {
				groups = appendNew(groups, u)
			}
		}
	}
	for _, group := range groups {
		for _, member := range membersOf(group, units) {
			u := of(member, group.Place)
			for _, r := range group.Roles {
				r.Shared = true
				u.take(r, 0)
			}
		}
	}
	index := unitIndex{byName: map[string][]*Unit{}}
	for _, u := range units {
		f.settle(u)
		index.list = append(index.list, u)
	}
	slices.SortFunc(index.list, byWeight)
	for _, u := range index.list {
		for _, name := range u.allNames() {
			index.byName[name] = append(index.byName[name], u)
		}
	}
	return index
}

// named lists the units of a task as it names them.
func (t *Task) named() []Role {
	var roles []Role
	for _, name := range t.LeadUnits {
		roles = append(roles, Role{Task: t, Lead: true, As: name})
	}
	for _, name := range t.SupportUnits {
		if !slices.Contains(t.LeadUnits, name) {
			roles = append(roles, Role{Task: t, As: name})
		}
	}
	return roles
}

// take adds a task. A year of 0 says that the unit is not named in it.
func (u *Unit) take(r Role, year int) {
	u.Roles = append(u.Roles, r)
	if year == 0 {
		return
	}
	i := slices.IndexFunc(u.Names, func(n UnitName) bool { return n.Name == r.As })
	if i < 0 {
		i = len(u.Names)
		u.Names = append(u.Names, UnitName{Name: r.As})
	}
	if !slices.Contains(u.Names[i].Years, year) {
		u.Names[i].Years = append(u.Names[i].Years, year)
	}
}

// settle orders a unit's tasks and names and drops what it was given twice, by
// name and as one of a group.
func (f *Facts) settle(u *Unit) {
	slices.SortStableFunc(u.Roles, func(a, b Role) int {
		return cmp.Or(f.byYear(a.Passage, b.Passage), compareBool(b.Lead, a.Lead), compareBool(a.Shared, b.Shared))
	})
	u.Roles = slices.CompactFunc(u.Roles, func(a, b Role) bool { return a.Passage == b.Passage })
	for _, r := range u.Roles {
		if r.Lead {
			u.Led++
		} else {
			u.Supported++
		}
	}
	for _, n := range u.Names {
		slices.Sort(n.Years)
	}
	slices.SortStableFunc(u.Names, func(a, b UnitName) int {
		return cmp.Or(cmp.Compare(a.Years[0], b.Years[0]), cmp.Compare(a.Name, b.Name))
	})
}

// byYear orders passages by their document's year and date and by their place in it.
func (f *Facts) byYear(a, b uint32) int {
	x, y := f.DocumentOf(a), f.DocumentOf(b)
	return cmp.Or(cmp.Compare(x.Year, y.Year), cmp.Compare(x.Date, y.Date), cmp.Compare(a, b))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func byWeight(a, b *Unit) int {
	return cmp.Or(
		compareBool(a.Several, b.Several), cmp.Compare(b.Led, a.Led), cmp.Compare(b.Supported, a.Supported),
		cmp.Compare(a.Name, b.Name), cmp.Compare(a.Place.Code, b.Place.Code), cmp.Compare(a.Place.Full(), b.Place.Full()))
}

// foldUnit writes a unit's name in the one way in which names are compared:
// brackets in full width, no white space.
func foldUnit(name string) string {
	return strings.NewReplacer("(", "（", ")", "）", " ", "", "　", "", "\n", "").Replace(name)
}
