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
	c, f, projects, err := s.chosenProjects(r)
	if err != nil {
		return err
	}
	p := projectsPage{listPage: s.newListPage(r, c, tr("项目历年进展"), len(projects), c.facets(f.ProjectOptions))}
	p.Description = "文件里提到的项目、企业和园区，历年写到哪个阶段、多少金额，每处都有原句。"
	for _, project := range sliceOf(c, projects) {
		p.Projects, p.Amounts = append(p.Projects, newProjectRow(f, project)), p.Amounts || project.Largest != nil
	}
	if len(projects) == 0 && c.Text != "" {
		p.Near = nearWays(c.Text, projectNames(f), projectURL)
	}
	return s.render(w, r, http.StatusOK, "projects", p)
}

// chosenProjects are the projects that the parameters of an address choose.
func (s *server) chosenProjects(r *http.Request) (chooser, *fact.Facts, []*fact.Project, error) {
	c := readChooser(r, "/projects", "/api/v1/projects", listSize, projectAspects...)
	f, err := s.searcher.Facts(r.Context())
	if err != nil {
		return c, nil, nil, fmt.Errorf("reading facts: %w", err)
	}
	if err := c.settle(f.ProjectOptions); err != nil {
		return c, nil, nil, err
	}
	return c, f, f.ProjectsOf(c.Choice), nil
}

func newProjectRow(f *fact.Facts, p *fact.Project) projectRow {
	row := projectRow{
		Name: p.Name, URL: projectURL(p.Name), Kind: p.Kind.Label(), Others: projectOthers(p),
		Mentions: len(p.Mentions), Places: issuersOf(f, p),
	}
	for _, y := range p.Years {
		row.Years = append(row.Years, yearLabel(y))
	}
	row.Stages = lastStages(f, p)
	if p.Largest != nil {
		row.Amount = p.Largest.AmountText
	}
	last := p.Mentions[len(p.Mentions)-1]
	row.Last = quoteView{last.Text, factSource(f.DocumentOf(last.Passage)), itemURL(f.Passages[last.Passage].ID)}
	return row
}

// lastStages are the stages stated and promised last, with the year.
func lastStages(f *fact.Facts, p *fact.Project) []message {
	var stages []message
	for _, m := range []*fact.Mention{p.Stated, p.Promised} {
		if m == nil {
			continue
		}
		year, claim := f.DocumentOf(m.Passage).Year, f.Passages[m.Passage].Claim
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

// issuersOf names the places whose documents mention a project.
func issuersOf(f *fact.Facts, p *fact.Project) []string {
	var places []string
	for _, m := range p.Mentions {
		if v := placeValue(f.DocumentOf(m.Passage).Place); v != "" && !slices.Contains(places, v) {
			places = append(places, v)
		}
	}
	return places
}

func projectNames(f *fact.Facts) []string {
	var names []string
	for _, p := range f.Projects() {
		names = append(append(names, p.Name), projectOthers(p)...)
	}
	return names
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
	f, project, err := s.chosenProject(r)
	if err != nil {
		return err
	}
	p := projectPage{
		basePage: s.base(r, tr("%s · 历年进展", project.Name)), Name: project.Name, Kind: project.Kind.Label(), Others: projectOthers(project),
		Total: len(project.Mentions), Lines: newProjectLines(f, project), Stages: lastStages(f, project),
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

// chosenProject is the project that an address names by any of its names.
func (s *server) chosenProject(r *http.Request) (*fact.Facts, *fact.Project, error) {
	name := cleanText(mux.Vars(r)["name"], maxValueRunes)
	f, err := s.searcher.Facts(r.Context())
	if err != nil {
		return nil, nil, fmt.Errorf("reading facts: %w", err)
	}
	p := f.ProjectNamed(name)
	if p == nil {
		return nil, nil, unknownName("收录的文件里没有找到这个项目。", nearWays(name, projectNames(f), projectURL))
	}
	return f, p, nil
}

func newProjectLines(f *fact.Facts, p *fact.Project) []projectLine {
	var lines []projectLine
	at := map[string]int{}
	for _, m := range p.Mentions {
		d := f.DocumentOf(m.Passage)
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
		year.Mentions = append(year.Mentions, newMention(f, m))
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

func newMention(f *fact.Facts, m *fact.Mention) mentionView {
	it, d := passageItem(f, m.Passage)
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
		ways = append(ways, way{tr("%s · 历年进展", p.Name), projectURL(p.Name), len(p.Mentions)})
	}
	return ways
}
