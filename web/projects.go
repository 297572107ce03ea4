package web

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/gorilla/mux"

	"youju/report"
	"youju/search"
	"youju/search/fact"
)

// projectsPage lists projects, companies and parks.
type projectsPage struct {
	listPage
	Projects []projectRow
	// Amounts says that one of them has an amount.
	Amounts bool
}

// projectRow is a project in a list.
type projectRow struct {
	Name, URL string
	Kind      string
	Others    []string
	// Places are those of the documents that mention it.
	Places   []string
	Years    []string
	Mentions int
	// Stages are those stated and promised last, with the year.
	Stages []message
	// Amount is the largest one, as printed.
	Amount string
	// Last is the newest mention's sentence.
	Last quoteView
}

var projectAspects = []string{fact.AspectPlace, fact.AspectStage, fact.AspectAmount, fact.AspectKind, fact.AspectTopic, fact.AspectYear}

func (s *server) showProjects(w http.ResponseWriter, r *http.Request) error {
	c, projects, err := s.chosenProjects(r, chooser.shown)
	if err != nil {
		return err
	}
	p := projectsPage{listPage: s.newListPage(r, c, tr("项目历年进展"), projects.Total, c.facets(projects.Options))}
	p.Description = "文件里提到的项目、企业和园区，历年写到哪个阶段、多少金额，每处都有原句。"
	for _, project := range projects.Entries {
		p.Projects, p.Amounts = append(p.Projects, newProjectRow(project)), p.Amounts || project.Largest != nil
	}
	if projects.Total == 0 && c.Text != "" {
		if p.Near, err = s.projectsNear(r, c.Text); err != nil {
			return err
		}
	}
	return s.render(w, r, http.StatusOK, "projects", p)
}

// projectsNear lead to projects with names like an unknown one.
func (s *server) projectsNear(r *http.Request, text string) ([]way, error) {
	f, err := s.searcher.Facts(r.Context())
	if err != nil {
		return nil, fmt.Errorf("reading facts: %w", err)
	}
	names, err := f.ProjectsNear(text, maxWays)
	if err != nil {
		return nil, fmt.Errorf("finding projects alike: %w", err)
	}
	return waysTo(names, projectURL), nil
}

// chosenProjects are the projects that the parameters of an address choose, of
// which some are wanted.
func (s *server) chosenProjects(r *http.Request, wanted func(chooser) fact.Page) (chooser, *fact.Chosen[*fact.Project], error) {
	c := readChooser(r, "/projects", "/api/v1/projects", listSize, projectAspects...)
	f, err := s.searcher.Facts(r.Context())
	if err != nil {
		return c, nil, fmt.Errorf("reading facts: %w", err)
	}
	err = c.settle(func() (optionsOf, error) {
		all, err := f.Projects(fact.Choice{}, fact.None)
		return all.Options, err
	})
	if err != nil {
		return c, nil, err
	}
	projects, err := f.Projects(c.Choice, wanted(c))
	if err != nil {
		return c, nil, fmt.Errorf("listing projects: %w", err)
	}
	return c, projects, nil
}

func newProjectRow(p *fact.Project) projectRow {
	row := projectRow{
		Name: p.Name, URL: projectURL(p.Name), Kind: p.Kind.Label(), Others: projectOthers(p),
		Mentions: p.Count, Places: p.Issuers,
	}
	for _, y := range p.Years {
		row.Years = append(row.Years, yearLabel(y))
	}
	row.Stages = lastStages(p)
	if p.Largest != nil {
		row.Amount = p.Largest.AmountText
	}
	row.Last = quoteView{p.Last.Text, factSource(p.Last.Passage.Document), itemURL(p.Last.Passage.Item.ID)}
	return row
}

// lastStages are the stages stated and promised last, with the year.
func lastStages(p *fact.Project) []message {
	var stages []message
	for _, m := range []*fact.Mention{p.Stated, p.Promised} {
		if m == nil {
			continue
		}
		year, claim := m.Passage.Document.Year, m.Passage.Item.Claim
		switch stage := tr(string(m.Stage)); {
		case year == 0:
			stages = append(stages, tr("%s（%s）", stage, tr("无年份")))
		case claim == "":
			stages = append(stages, tr("%s（%d年）", stage, year))
		default:
			stages = append(stages, tr("%s（%d年%s）", stage, year, tr(claim.Label())))
		}
	}
	return stages
}

// projectOthers are the names in the documents that differ from the project's.
func projectOthers(p *fact.Project) []string {
	return slices.DeleteFunc(slices.Clone(p.Names), func(name string) bool { return name == p.Name })
}

func projectURL(name string) string { return pathURL("/project/", name) }

// projectPage shows what the documents say of one project, year by year.
type projectPage struct {
	basePage
	Name   string
	Kind   string
	Others []string
	Years  []string
	Stages []message
	Topics []way
	// Lines hold the mentions of each city's documents apart: the same name may
	// mean another project elsewhere.
	Lines     []projectLine
	SearchURL string
	Files     []option
	Total     int
}

type projectLine struct {
	Place string
	URL   string
	Years []mentionYear
}

type mentionYear struct {
	Anchor   string
	Label    message
	Mentions []mentionView
}

// mentionView is one mention with its source.
type mentionView struct {
	Text           string
	Stage, Verb    string
	Claim          *badge
	Amount         string
	Partners       []string
	Place          string
	Document, Item string
	URL            string
}

func (s *server) showProject(w http.ResponseWriter, r *http.Request) error {
	project, mentions, err := s.chosenProject(r)
	if err != nil {
		return err
	}
	p := projectPage{
		basePage: s.base(r, tr("%s · 历年进展", project.Name)), Name: project.Name, Kind: project.Kind.Label(), Others: projectOthers(project),
		Total: len(mentions), Lines: newProjectLines(mentions), Stages: lastStages(project),
		SearchURL: urlOf(search.Query{Text: `"` + project.Name + `"`}),
		Files: []option{{Label: "CSV", URL: projectURL(project.Name) + ".csv"}, {Label: "Excel", URL: projectURL(project.Name) + ".xlsx"},
			{Label: "JSON", URL: pathURL("/api/v1/projects/", project.Name)}},
	}
	p.Nav, p.Canonical, p.Sheet = "/projects", s.absolute(r, projectURL(project.Name)), "list.css"
	p.Description = fmt.Sprintf("%s在历年文件里的每一处说法：阶段、金额、地点和原句。", project.Name)
	for _, y := range project.Years {
		p.Years = append(p.Years, yearLabel(y))
	}
	for _, t := range project.Topics[:min(len(project.Topics), 4)] {
		p.Topics = append(p.Topics, way{Label: tr(t), URL: encode("/projects", []param{{fact.AspectTopic, t}})})
	}
	return s.render(w, r, http.StatusOK, "project", p)
}

// chosenProject is the project that an address names by any of its names, with
// its mentions.
func (s *server) chosenProject(r *http.Request) (*fact.Project, []*fact.Mention, error) {
	name := cleanText(mux.Vars(r)["name"], maxValueRunes)
	f, err := s.searcher.Facts(r.Context())
	if err != nil {
		return nil, nil, fmt.Errorf("reading facts: %w", err)
	}
	p, err := f.ProjectNamed(name)
	if err != nil {
		return nil, nil, fmt.Errorf("finding a project: %w", err)
	}
	if p == nil {
		near, err := s.projectsNear(r, name)
		if err != nil {
			return nil, nil, err
		}
		return nil, nil, unknownName("收录的文件里没有找到这个项目。", near)
	}
	mentions, err := f.Mentions(p)
	if err != nil {
		return nil, nil, fmt.Errorf("reading a project: %w", err)
	}
	return p, mentions, nil
}

func newProjectLines(mentions []*fact.Mention) []projectLine {
	var lines []projectLine
	at := map[string]int{}
	for _, m := range mentions {
		d := m.Passage.Document
		city := cityOf(d.Place)
		i, known := at[city.Full()]
		if !known {
			i = len(lines)
			at[city.Full()] = i
			lines = append(lines, projectLine{Place: city.Full(), URL: encode("/projects", []param{{fact.AspectPlace, placeValue(city)}})})
		}
		line := &lines[i]
		label := tr(search.FacetValueLabel(search.FacetYear, yearLabel(d.Year)))
		if n := len(line.Years); n == 0 || line.Years[n-1].Label.String() != label.String() {
			line.Years = append(line.Years, mentionYear{Anchor: fmt.Sprintf("line-%d-%s", i+1, yearLabel(d.Year)), Label: label})
		}
		year := &line.Years[len(line.Years)-1]
		year.Mentions = append(year.Mentions, newMention(m))
	}
	return lines
}

// cityOf is the city a place lies in, or the place itself.
func cityOf(p report.Place) report.Place {
	if p.County == "" || p.City == "" {
		return p
	}
	p.County, p.Code = "", p.Code[:min(len(p.Code), 4)]+"00"
	if p.City == p.Province {
		p.Code = p.Code[:min(len(p.Code), 2)] + "0000"
	}
	return p
}

func newMention(m *fact.Mention) mentionView {
	it, d := passageItem(m.Passage)
	v := mentionView{
		Text: m.Text, Stage: string(m.Stage), Verb: m.Verb, Amount: m.AmountText, Partners: m.Partners, Place: m.Place,
		Document: documentName(d), Item: itemTitle(it, d), URL: itemURL(it.ID),
	}
	if it.Claim != "" {
		v.Claim = &badge{string(it.Claim), tr(it.Claim.Label()), searchURL(search.FacetClaim, string(it.Claim)), search.FacetLabels[search.FacetClaim]}
	}
	return v
}

// projectWays lead from a text to the lines of the projects it names.
func projectWays(projects []*fact.Project) []way {
	var ways []way
	for _, p := range projects {
		ways = append(ways, way{tr("%s · 历年进展", p.Name), projectURL(p.Name), p.Count})
	}
	return ways
}
