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
	// Namesakes is the number of units that documents call by its name, it included.
	Namesakes int
	// Roles are its tasks in the order of the documents' years.
	Roles []Role
	// Led and Supported count the tasks among them, those given to a group
	// the unit belongs to included.
	Led, Supported int

	key string
}

// Is reports whether two are the same unit.
func (u *Unit) Is(o *Unit) bool { return u.Place == o.Place && u.key == o.key }

// UnitName is a name of a unit as printed, with the years of the documents that use it.
type UnitName struct {
	Name  string
	Years []int
}

// Role is a unit's part in one task.
type Role struct {
	// Task is read by [Facts.Tasks].
	*Task
	// Lead tells 牵头 and sole charge from 配合.
	Lead bool
	// As is the name as printed. For a task that was given to a group (各县（市、区）人民政府),
	// it is the group's name and Shared is set.
	As     string
	Shared bool
	// Year is that of the document, Topics are those of the passage.
	Year   int
	Topics []string

	item   int
	topics []int
}

// UnitsNamed lists the units that documents call by a name, one for each place
// that has such a unit, the one with most tasks first; where there is none,
// those that are known to bear the name at another time.
func (f *Facts) UnitsNamed(name string) ([]*Unit, error) {
	numbers, err := f.unitsNamed(name)
	if err != nil {
		return nil, err
	}
	var units []*Unit
	for _, n := range numbers {
		u, err := f.unit(n)
		if err != nil {
			return nil, err
		}
		units = append(units, u)
	}
	return units, nil
}

func (f *Facts) unitsNamed(name string) ([]int, error) {
	if name = foldUnit(name); name == "" {
		return nil, nil
	}
	found, err := f.bearers(tableUnitNames, name)
	if err != nil || len(found) > 0 {
		return found, err
	}
	keys := map[report.Place]string{}
	err = f.each(tableUnits, func(n int, r *rowReader) error {
		u := readUnit(r)
		if _, known := keys[u.Place]; !known {
			keys[u.Place] = keyOf(name, u.Place).key
		}
		if u.key == keys[u.Place] {
			found = append(found, n)
		}
		return nil
	})
	return found, err
}

// UnitNamed is the unit that a place's document calls by a name, without its
// tasks; nil where there is none.
func (f *Facts) UnitNamed(name string, issuer report.Place) (*Unit, error) {
	numbers, err := f.unitsNamed(name)
	if err != nil {
		return nil, err
	}
	var first *Unit
	for _, n := range numbers {
		u, err := f.unitHead(n)
		if err != nil {
			return nil, err
		}
		if u.Place == issuer {
			return u, nil
		}
		if first == nil {
			first = u
		}
	}
	return first, nil
}

// UnitsLeading lists the units that lead an item, name by name.
func (f *Facts) UnitsLeading(it *report.Item) ([]*Unit, error) {
	item, known := f.c.store.Find(it.ID)
	var units []*Unit
	for _, name := range it.Duty.LeadUnits {
		named, err := f.UnitsNamed(name)
		if err != nil {
			return nil, err
		}
		for _, u := range named {
			if known && slices.ContainsFunc(u.Roles, func(r Role) bool { return r.item == item }) {
				units = append(units, u)
			}
		}
	}
	return units, nil
}

// unit reads a unit with its roles.
func (f *Facts) unit(n int) (u *Unit, err error) {
	err = f.read(tableUnits, n, func(r *rowReader) {
		u = readUnit(r)
		f.readRoles(u, r)
	})
	if err != nil {
		return nil, err
	}
	return u, f.countNamesakes(u)
}

func (f *Facts) unitHead(n int) (u *Unit, err error) {
	if err = f.read(tableUnits, n, func(r *rowReader) { u = readUnit(r) }); err != nil {
		return nil, err
	}
	return u, f.countNamesakes(u)
}

func (f *Facts) countNamesakes(u *Unit) error {
	called, err := f.bearers(tableUnitNames, u.Name)
	u.Namesakes = len(called)
	return err
}

// Tasks reads the tasks of some roles.
func (f *Facts) Tasks(roles []Role) error {
	for i := range roles {
		p, err := f.passage(roles[i].item)
		if err != nil {
			return err
		}
		roles[i].Task = &Task{p, p.Item.Duty, p.Item.Text}
	}
	return nil
}

// UnitsNear lists up to n names of units like a text.
func (f *Facts) UnitsNear(text string, n int) ([]string, error) {
	near := newNearest(text)
	err := f.each(tableUnits, func(_ int, r *rowReader) error {
		u := readUnit(r)
		near.take(u.allNames()...)
		return nil
	})
	return near.list(n), err
}

func (u *Unit) allNames() []string {
	names := []string{u.Name}
	for _, n := range u.Names {
		names = appendNew(names, n.Name)
	}
	return names
}

// readUnit reads a unit without its roles, which readRoles goes on with.
func readUnit(r *rowReader) *Unit {
	return &Unit{
		Name: r.text(), Place: readPlace(r), key: r.text(), Several: r.bool(), Led: r.uint(), Supported: r.uint(),
		Names: readList(r, func() UnitName { return UnitName{r.text(), r.ints()} }),
	}
}

func (f *Facts) readRoles(u *Unit, r *rowReader) {
	names := r.texts()
	last := 0
	u.Roles = readList(r, func() Role {
		last += r.int()
		flags, as, year, topics := r.uint(), r.uint(), r.int(), r.uints()
		return Role{Lead: flags&1 != 0, Shared: flags&2 != 0, As: nth(names, as), Year: year, Topics: namesOf(f.c.topics, topics), item: last, topics: topics}
	})
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

// zonesKey is the key under which the tasks given to all zones of a place wait:
// it comes before those of the place's units.
const zonesKey, unitsKey = "0", "1"

// text writes a key so that the units of a place come together.
func (k unitKey) text(kind string) string {
	var place row
	appendPlace(&place, k.place)
	return string(place) + kind + k.key
}

// addTask gathers the units that an item names, and those that belong to groups
// it names.
func (b *Builder) addTask(d *Document, it *report.Item, item int) {
	topics := b.topics.ofAll(it.Topics)
	add := func(key, name string, r Role) {
		var v row
		v.uint(item)
		v.text(name)
		v.text(r.As)
		v.uint(btoi(r.Lead) + 2*btoi(r.Shared))
		v.int(d.Year)
		v.uints(topics)
		b.subjects.add(ofUnit+key, v)
	}
	for _, r := range rolesIn(&it.Duty) {
		r.As = foldUnit(r.As)
		key := keyOf(r.As, d.Place)
		add(key.text(unitsKey), r.As, r)
		r.Shared = true
		switch level := levelOf(r.As); level {
		case "":
		case "zone":
			add(unitKey{place: key.place}.text(zonesKey), "", r)
		default:
			for _, member := range membersOf(level, key.place) {
				add(keyOf(member, key.place).text(unitsKey), member, r)
			}
		}
	}
}

// rolesIn lists the units of a duty as it names them.
func rolesIn(d *report.Duty) []Role {
	var roles []Role
	for _, name := range d.LeadUnits {
		roles = append(roles, Role{Lead: true, As: name})
	}
	for _, name := range d.SupportUnits {
		if !slices.Contains(d.LeadUnits, name) {
			roles = append(roles, Role{As: name})
		}
	}
	return roles
}

// unit makes the row of a unit out of its tasks. It waits for its place in the
// list: those that lead most tasks come first, names that mean several units last.
func (f *finisher) unit(key string, values [][]byte) error {
	at := rowReader{data: []byte(key)}
	u := &Unit{Place: readPlace(&at)}
	kind, name := string(at.data[:1]), string(at.data[1:])
	place := key[:len(key)-len(at.data)]
	if place != f.zonesOf {
		f.zones, f.zonesOf = nil, place
	}
	if kind == zonesKey {
		f.zones = cloneAll(values)
		return nil
	}
	u.key = name
	f.gather(u, values)
	if isZone(u.Name, u.Place) {
		f.gather(u, f.zones)
	}
	u.Several = meansSeveral(u.Name)
	f.settle(u)
	order := string(rune('0'+btoi(u.Several))) + descending(u.Led) + descending(u.Supported) + u.Name + "\x00" + u.Place.Code + "\x00" + u.Place.Full() + "\x00" + u.key
	f.units.add(order, namedRow(u.allNames(), f.unitRow(u)))
	return nil
}

func cloneAll(values [][]byte) [][]byte {
	list := make([][]byte, len(values))
	for i, v := range values {
		list[i] = slices.Clone(v)
	}
	return list
}

// gather adds tasks to a unit. It is called as the first document calls it, or,
// where none does, as its group does.
func (f *finisher) gather(u *Unit, values [][]byte) {
	called := ""
	for _, v := range values {
		r := rowReader{data: v}
		role := Role{item: r.uint()}
		name := r.text()
		role.As = r.text()
		flags := r.uint()
		role.Lead, role.Shared = flags&1 != 0, flags&2 != 0
		role.Year, role.topics = r.int(), r.uints()
		switch {
		case role.Shared:
			called = cmp.Or(called, name)
		case u.Name == "":
			u.Name = name
		}
		u.take(role)
	}
	u.Name = cmp.Or(u.Name, called)
}

// take adds a task.
func (u *Unit) take(r Role) {
	u.Roles = append(u.Roles, r)
	if r.Shared || r.Year == 0 {
		return
	}
	i := slices.IndexFunc(u.Names, func(n UnitName) bool { return n.Name == r.As })
	if i < 0 {
		i = len(u.Names)
		u.Names = append(u.Names, UnitName{Name: r.As})
	}
	if !slices.Contains(u.Names[i].Years, r.Year) {
		u.Names[i].Years = append(u.Names[i].Years, r.Year)
	}
}

// settle orders a unit's tasks and names and drops what it was given twice, by
// name and as one of a group.
func (f *finisher) settle(u *Unit) {
	slices.SortStableFunc(u.Roles, func(a, b Role) int {
		return cmp.Or(f.byYear(a.item, b.item), compareBool(b.Lead, a.Lead), compareBool(a.Shared, b.Shared))
	})
	u.Roles = slices.CompactFunc(u.Roles, func(a, b Role) bool { return a.item == b.item })
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

func (f *finisher) unitRow(u *Unit) row {
	var r row
	r.text(u.Name)
	appendPlace(&r, u.Place)
	r.text(u.key)
	r.bool(u.Several)
	r.uint(u.Led)
	r.uint(u.Supported)
	r.uint(len(u.Names))
	for _, n := range u.Names {
		r.text(n.Name)
		r.ints(n.Years)
	}
	var names []string
	for _, role := range u.Roles {
		names = appendNew(names, role.As)
	}
	r.texts(names)
	r.uint(len(u.Roles))
	last := 0
	for _, role := range u.Roles {
		r.int(role.item - last)
		r.uint(btoi(role.Lead) + 2*btoi(role.Shared))
		r.uint(slices.Index(names, role.As))
		r.int(role.Year)
		r.uints(role.topics)
		last = role.item
	}
	return r
}

func (f *finisher) finishUnits() error {
	return f.writeInOrder(f.units, tableUnits, tableUnitNames)
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

// foldUnit writes a unit's name in the one way in which names are compared:
// brackets in full width, no white space.
func foldUnit(name string) string {
	return strings.NewReplacer("(", "（", ")", "）", " ", "", "　", "", "\n", "").Replace(name)
}
