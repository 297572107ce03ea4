package fact

import (
	"cmp"
	"fmt"
	"slices"

	"youju/report"
)

// Project is what the documents say of one project, company or park.
type Project struct {
	Name string
	Kind report.MentionKind
	// Names are the names as printed, the commonest first.
	Names []string
	// Count is the number of mentions; [Facts.Mentions] reads them.
	Count int
	// Years are those of the documents, earliest first.
	Years []int
	// Places are the county facet's values of the documents' places, of the
	// places above them and of those the mentions name; Issuers are those of the
	// documents' places alone.
	Places, Issuers []string
	// Topics are those of the passages, the commonest first.
	Topics []string
	// Stated is the last mention that states a stage as reached, Promised the last
	// one that promises a stage, unless what is stated is of a later year, Largest
	// the one with the largest amount; each is nil where there is none. Last is the
	// newest mention. All four are read for lists and pages of projects only.
	Stated, Promised, Largest, Last *Mention

	projectRow
}

// projectRow is a project as its row has it.
type projectRow struct {
	name  string
	kind  report.MentionKind
	names []string
	years []int
	// Places and topics are numbers.
	places, issuers, topics []int
	// stages are those stated and promised last, amount the largest one.
	stages []string
	amount float64
	// The mentions in the order of the documents' years, and which of them are
	// stated, promised and largest; -1 is none.
	count                     int
	stated, promised, largest int
	mentions                  []ref
}

// mentioned is a mention as it is gathered.
type mentioned struct {
	at       ref
	start    int
	kind, as string
	stage    string
	promised bool
	place    int // 1 + its number, 0 for none
	amount   float64
	stated   bool // an amount
	topics   []int
}

// addMentions gathers what an item says of projects.
func (b *Builder) addMentions(it *report.Item, item int) {
	for i := range it.Mentions {
		m := &it.Mentions[i]
		place := 0
		if m.Place != "" {
			place = 1 + b.places.of(m.Place)
		}
		var r row
		r.uint(item)
		r.uint(i)
		r.int(m.At.Start)
		r.uint(place)
		r.bool(it.Claim == report.ClaimPromised)
		r.text(string(m.Kind))
		r.text(m.As)
		r.text(string(m.Stage))
		r.uints(b.topics.ofAll(mentionTopics(it, m)))
		if r.bool(m.Amount != nil); m.Amount != nil {
			r.float(*m.Amount)
		}
		b.subjects.add(ofProject+m.Name, r)
	}
}

// mentionTopics are the topics of a mention's own clause, those of the passage
// only where its words tell none: a paragraph is about many things.
func mentionTopics(it *report.Item, m *report.Mention) []string {
	if topics := report.Classify(report.Passage{Text: m.Text}); len(topics) > 0 {
		return topics
	}
	return it.Topics
}

func (f *finisher) readMentioned(v []byte) (m mentioned) {
	r := rowReader{data: v}
	m.at.item, m.at.index, m.start, m.place, m.promised = r.uint(), r.uint(), r.int(), r.uint(), r.bool()
	m.kind, m.as, m.stage, m.topics = r.text(), r.text(), r.text(), r.uints()
	if m.stated = r.bool(); m.stated {
		m.amount = r.float()
	}
	return m
}

// project makes the row of a project out of its mentions. It waits for its
// place in the list: those mentioned over most years come first, then those
// mentioned most often.
func (f *finisher) project(name string, values [][]byte) error {
	list := make([]mentioned, len(values))
	for i, v := range values {
		list[i] = f.readMentioned(v)
	}
	p := projectRow{name: name, kind: report.MentionKind(list[0].kind), count: len(list), stated: -1, promised: -1, largest: -1}
	slices.SortStableFunc(list, func(a, b mentioned) int {
		return cmp.Or(f.byYear(a.at.item, b.at.item), cmp.Compare(a.start, b.start))
	})
	f.settleProject(&p, list)
	key := descending(len(p.years)) + descending(p.count) + p.name
	f.projects.add(key, namedRow(appendNew([]string{p.name}, p.names...), p.row()))
	return nil
}

// settleProject sums up what mentions say, which are in order.
func (f *finisher) settleProject(p *projectRow, list []mentioned) {
	names, topics := tally{}, tally{}
	for i, m := range list {
		names.add(m.as)
		for _, t := range m.topics {
			topics.add(f.topicNames[t])
		}
		doc := &f.documents[f.documentAt(m.at.item)]
		p.places = appendNew(p.places, f.placesOf(doc)...)
		if report.Places().FacetValue(doc.Place) != "" {
			p.issuers = appendNew(p.issuers, doc.issuer)
		}
		if m.place != 0 {
			p.places = appendNew(p.places, f.ranks[m.place-1])
		}
		if doc.Year != 0 {
			p.years = appendNew(p.years, doc.Year)
		}
		switch {
		case m.stage == "":
		case m.promised:
			p.promised = i
		default:
			p.stated = i
		}
		if m.stated && (p.largest < 0 || m.amount > p.amount) {
			p.largest, p.amount = i, m.amount
		}
		p.mentions = append(p.mentions, m.at)
	}
	year := func(i int) int { return f.documents[f.documentAt(list[i].at.item)].Year }
	if p.stated >= 0 && p.promised >= 0 && year(p.promised) < year(p.stated) {
		p.promised = -1
	}
	for _, i := range []int{p.stated, p.promised} {
		if i >= 0 {
			p.stages = appendNew(p.stages, list[i].stage)
		}
	}
	p.names = names.commonest()
	for _, topic := range topics.commonest() {
		p.topics = append(p.topics, f.Builder.topics[topic])
	}
}

func (f *finisher) finishProjects() error {
	return f.writeInOrder(f.projects, tableProjects, tableProjectNames)
}

// row writes a project, what lists narrow by first.
func (p *projectRow) row() row {
	var r row
	r.text(p.name)
	r.text(string(p.kind))
	r.uint(p.count)
	r.texts(p.names)
	r.ints(p.years)
	r.uints(p.places)
	r.uints(p.topics)
	r.texts(p.stages)
	r.float(p.amount)
	for _, i := range []int{p.stated, p.promised, p.largest} {
		r.uint(i + 1)
	}
	r.uints(p.issuers)
	for _, m := range p.mentions {
		r.uint(m.item)
		r.uint(m.index)
	}
	return r
}

// readProject reads a project without its mentions, which mentionsOf goes on with.
func readProject(r *rowReader) *projectRow {
	p := &projectRow{name: r.text(), kind: report.MentionKind(r.text()), count: r.uint(), names: r.texts(), years: r.ints(), places: r.uints(), topics: r.uints(), stages: r.texts(), amount: r.float()}
	for _, i := range []*int{&p.stated, &p.promised, &p.largest} {
		*i = r.uint() - 1
	}
	return p
}

func (p *projectRow) readMentions(r *rowReader) {
	p.issuers = r.uints()
	if p.count > len(r.data) {
		r.fail()
		return
	}
	p.mentions = make([]ref, p.count)
	for i := range p.mentions {
		p.mentions[i] = ref{r.uint(), r.uint()}
	}
}

// project is what a row tells, without any mention.
func (f *Facts) project(p *projectRow) *Project {
	return &Project{
		Name: p.name, Kind: p.kind, Names: p.names, Count: p.count, Years: p.years, projectRow: *p,
		Places: namesOf(f.c.places, p.places), Issuers: namesOf(f.c.places, p.issuers), Topics: namesOf(f.c.topics, p.topics),
	}
}

// projectAt reads a project, with its main mentions where they are wanted.
func (f *Facts) projectAt(n int, mentions bool) (*Project, error) {
	var of *projectRow
	err := f.read(tableProjects, n, func(r *rowReader) {
		of = readProject(r)
		of.readMentions(r)
	})
	if err != nil {
		return nil, err
	}
	p := f.project(of)
	if !mentions || p.count == 0 {
		return p, nil
	}
	for _, m := range []struct {
		into  **Mention
		which int
	}{{&p.Stated, p.stated}, {&p.Promised, p.promised}, {&p.Largest, p.largest}, {&p.Last, p.count - 1}} {
		if m.which < 0 || m.which >= len(p.mentions) {
			continue
		}
		if *m.into, err = f.mention(p.mentions[m.which]); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (f *Facts) mention(at ref) (*Mention, error) {
	p, err := f.passage(at.item)
	if err != nil {
		return nil, err
	}
	if at.index >= len(p.Item.Mentions) {
		return nil, fmt.Errorf("item %s: %w", p.Item.ID, errRow)
	}
	return &Mention{p, p.Item.Mentions[at.index]}, nil
}

// Mentions reads all mentions of a project, in the order of the documents' years.
func (f *Facts) Mentions(p *Project) ([]*Mention, error) {
	list := make([]*Mention, len(p.mentions))
	for i, at := range p.mentions {
		var err error
		if list[i], err = f.mention(at); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// ProjectNamed finds a project by any of its names; nil when there is none.
func (f *Facts) ProjectNamed(name string) (*Project, error) {
	n, err := f.projectNamed(name)
	if err != nil || n < 0 {
		return nil, err
	}
	return f.projectAt(n, true)
}

// projectNamed is the number of the project that has a name for its own, or of
// the first that is called by it; -1 where there is none.
func (f *Facts) projectNamed(called string) (int, error) {
	numbers, err := f.bearers(tableProjectNames, called)
	if err != nil || len(numbers) == 0 {
		return -1, err
	}
	for _, n := range numbers {
		own := ""
		if err := f.read(tableProjects, n, func(r *rowReader) { own = r.text() }); err != nil {
			return -1, err
		}
		if own == called {
			return n, nil
		}
	}
	return numbers[0], nil
}

// ProjectsOf lists the projects that an item mentions, without reading mentions.
func (f *Facts) ProjectsOf(it *report.Item) ([]*Project, error) {
	var numbers []int
	for _, m := range it.Mentions {
		n, err := f.projectNamed(m.Name)
		if err != nil {
			return nil, err
		}
		if n >= 0 {
			numbers = appendNew(numbers, n)
		}
	}
	return f.projectsAt(numbers)
}

// ProjectsIn lists up to n projects and parks that a text names, those with the
// longest names first, without reading mentions.
func (f *Facts) ProjectsIn(text string, n int) ([]*Project, error) {
	numbers, err := f.bearersIn(tableProjectNames, text)
	if err != nil {
		return nil, err
	}
	slices.Sort(numbers)
	found, err := f.projectsAt(slices.Compact(numbers))
	found = slices.DeleteFunc(found, func(p *Project) bool { return p.Kind == report.MentionCompany })
	slices.SortStableFunc(found, func(a, b *Project) int { return cmp.Compare(len(b.Name), len(a.Name)) })
	return found[:min(n, len(found))], err
}

func (f *Facts) projectsAt(numbers []int) ([]*Project, error) {
	var list []*Project
	for _, n := range numbers {
		p, err := f.projectAt(n, false)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// ProjectsNear lists up to n names of projects like a text.
func (f *Facts) ProjectsNear(text string, n int) ([]string, error) {
	near := newNearest(text)
	err := f.each(tableProjects, func(_ int, r *rowReader) error {
		p := readProject(r)
		near.take(p.name)
		near.take(p.names...)
		return nil
	})
	return near.list(n), err
}

func appendNew[T comparable](list []T, values ...T) []T {
	for _, v := range values {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// tally counts words.
type tally map[string]int

func (t tally) add(words ...string) {
	for _, w := range words {
		if w != "" {
			t[w]++
		}
	}
}

// commonest lists the words, the commonest first.
func (t tally) commonest() []string {
	var words []string
	for w := range t {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(t[b], t[a]), cmp.Compare(a, b)) })
	return words
}
