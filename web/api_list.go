package web

import (
	"fmt"
	"net/http"

	"youju/report"
	"youju/search/fact"
)

// The answers of the lists of subjects. Each names the filters it takes and
// what is listed beside it.

// apiList is what every list says about itself.
type apiList struct {
	Total     int           `json:"total"`
	Page      int           `json:"page"`
	Size      int           `json:"size"`
	Filter    []apiFilter   `json:"supported_filters"`
	Relations []apiRelation `json:"relations"`
}

func newAPIList(c chooser, total int, relations ...apiRelation) apiList {
	return apiList{total, c.page, c.size, c.filters(), relations}
}

// apiSource is the item that something is quoted from.
type apiSource struct {
	Item     string       `json:"item"`
	URL      string       `json:"url"`
	Document string       `json:"document"`
	Title    string       `json:"title"`
	Year     *int         `json:"year"`
	Place    report.Place `json:"place"`
}

func newAPISource(p *fact.Passage) apiSource {
	it, d := passageItem(p)
	return apiSource{it.ID, itemURL(it.ID), d.ID, documentName(d), optional(d.Year), d.Place}
}

type apiUnit struct {
	Name  string        `json:"name"`
	URL   string        `json:"url"`
	Place report.Place  `json:"place"`
	Names []apiUnitName `json:"names"`
	// Several says that the name means several units.
	Several bool `json:"several"`
	// Led, supported and shared count the tasks that pass the filters.
	Led       int `json:"led"`
	Supported int `json:"supported"`
	Shared    int `json:"shared"`
}

type apiUnitName struct {
	Name  string `json:"name"`
	Years []int  `json:"years"`
}

func newAPIUnit(u *fact.Unit, roles []fact.Role) apiUnit {
	a := apiUnit{Name: u.Name, URL: unitURL(u), Place: u.Place, Names: []apiUnitName{}, Several: u.Several}
	for _, n := range u.Names {
		a.Names = append(a.Names, apiUnitName{n.Name, n.Years})
	}
	a.Led, a.Supported, a.Shared = countRoles(roles)
	return a
}

type apiUnitsAnswer struct {
	apiList
	Units []apiUnit `json:"units"`
}

func (s *server) apiUnits(w http.ResponseWriter, r *http.Request) error {
	c, _, units, err := s.chosenUnits(r, chooser.shown)
	if err != nil {
		return err
	}
	a := apiUnitsAnswer{newAPIList(c, units.Total, apiRelation{"unit", "单位的任务", "/api/v1/units/{name}"}), []apiUnit{}}
	for _, u := range units.Entries {
		a.Units = append(a.Units, newAPIUnit(u.Unit, u.Chosen))
	}
	return writeJSON(w, r, http.StatusOK, a)
}

type apiUnitAnswer struct {
	apiList
	Unit  apiUnit   `json:"unit"`
	Tasks []apiTask `json:"tasks"`
}

// apiTask is a unit's part in a task. As is the name as printed; shared says
// that it is the name of a group the unit belongs to.
type apiTask struct {
	Source       apiSource `json:"source"`
	Role         string    `json:"role"`
	As           string    `json:"as"`
	Shared       bool      `json:"shared"`
	Text         string    `json:"text"`
	Leaders      []string  `json:"leaders"`
	LeadUnits    []string  `json:"lead_units"`
	SupportUnits []string  `json:"support_units"`
	MoreUnits    bool      `json:"more_units"`
	Topics       []string  `json:"topics"`
}

func (s *server) apiUnit(w http.ResponseWriter, r *http.Request) error {
	c, f, u, err := s.chosenUnit(r)
	if err != nil {
		return err
	}
	roles := newestFirst(u.RolesOf(c.Choice).Entries)
	a := apiUnitAnswer{newAPIList(c, len(roles),
		apiRelation{"units", "全部单位", "/api/v1/units"}, apiRelation{"items", "这个单位牵头的条目", encode("/api/v1/search", []param{{"unit", u.Name}})}),
		newAPIUnit(u, u.Roles), []apiTask{}}
	shown := sliceOf(c, roles)
	if err := f.Tasks(shown); err != nil {
		return fmt.Errorf("reading tasks: %w", err)
	}
	for _, role := range shown {
		a.Tasks = append(a.Tasks, apiTask{
			Source: newAPISource(role.Passage), Role: role.Kind(), As: role.As, Shared: role.Shared, Text: role.Text,
			Leaders: list(role.Leaders), LeadUnits: list(role.LeadUnits), SupportUnits: list(role.SupportUnits), MoreUnits: role.More,
			Topics: list(role.Topics),
		})
	}
	return writeJSON(w, r, http.StatusOK, a)
}

type apiProject struct {
	Name     string   `json:"name"`
	URL      string   `json:"url"`
	Kind     string   `json:"kind"`
	Names    []string `json:"names"`
	Places   []string `json:"places"`
	Topics   []string `json:"topics"`
	Years    []int    `json:"years"`
	Mentions int      `json:"mention_count"`
	// Stated is the last mention that states a stage as reached, promised the last
	// one that promises a stage, largest the one with the largest amount.
	Stated   *apiMention `json:"stated"`
	Promised *apiMention `json:"promised"`
	Largest  *apiMention `json:"largest"`
}

// apiMention is one passage's word on a project.
type apiMention struct {
	Source  apiSource      `json:"source"`
	Claim   *string        `json:"claim"`
	Mention report.Mention `json:"mention"`
}

func newAPIMention(m *fact.Mention) *apiMention {
	if m == nil {
		return nil
	}
	return &apiMention{newAPISource(m.Passage), optional(string(m.Passage.Item.Claim)), m.Mention}
}

func newAPIProject(p *fact.Project) apiProject {
	return apiProject{
		Name: p.Name, URL: projectURL(p.Name), Kind: string(p.Kind), Names: list(p.Names), Places: list(p.Places), Topics: list(p.Topics),
		Years: list(p.Years), Mentions: p.Count, Stated: newAPIMention(p.Stated), Promised: newAPIMention(p.Promised), Largest: newAPIMention(p.Largest),
	}
}

type apiProjectsAnswer struct {
	apiList
	Projects []apiProject `json:"projects"`
}

func (s *server) apiProjects(w http.ResponseWriter, r *http.Request) error {
	c, projects, err := s.chosenProjects(r, chooser.shown)
	if err != nil {
		return err
	}
	a := apiProjectsAnswer{newAPIList(c, projects.Total, apiRelation{"project", "项目的历年说法", "/api/v1/projects/{name}"}), []apiProject{}}
	for _, p := range projects.Entries {
		a.Projects = append(a.Projects, newAPIProject(p))
	}
	return writeJSON(w, r, http.StatusOK, a)
}

type apiProjectAnswer struct {
	Project   apiProject    `json:"project"`
	Total     int           `json:"total"`
	Mentions  []*apiMention `json:"mentions"`
	Filter    []apiFilter   `json:"supported_filters"`
	Relations []apiRelation `json:"relations"`
}

func (s *server) apiProject(w http.ResponseWriter, r *http.Request) error {
	p, mentions, err := s.chosenProject(r)
	if err != nil {
		return err
	}
	a := apiProjectAnswer{
		Project: newAPIProject(p), Total: len(mentions), Mentions: []*apiMention{}, Filter: []apiFilter{},
		Relations: []apiRelation{{"projects", "全部项目", "/api/v1/projects"}, {"items", "提到这个名称的条目", encode("/api/v1/search", []param{{"q", `"` + p.Name + `"`}})}},
	}
	for _, m := range mentions {
		a.Mentions = append(a.Mentions, newAPIMention(m))
	}
	return writeJSON(w, r, http.StatusOK, a)
}

type apiGlossaryAnswer struct {
	apiList
	Terms []apiTerm `json:"terms"`
}

type apiTerm struct {
	Name        string          `json:"name"`
	Definitions []apiDefinition `json:"definitions"`
	// Uses are the items that hold the term word for word, by the documents' year;
	// its value is null for documents without one.
	Uses []apiUse `json:"uses"`
}

type apiDefinition struct {
	Source apiSource `json:"source"`
	Text   string    `json:"text"`
}

type apiUse struct {
	Year  *int   `json:"year"`
	Count int    `json:"count"`
	URL   string `json:"url"`
}

func (s *server) apiGlossary(w http.ResponseWriter, r *http.Request) error {
	c, _, terms, err := s.chosenTerms(r, chooser.shown)
	if err != nil {
		return err
	}
	a := apiGlossaryAnswer{newAPIList(c, terms.Total, apiRelation{"items", "用到一个用语的条目", "/api/v1/search?q={name}"}), []apiTerm{}}
	for _, t := range terms.Entries {
		term := apiTerm{Name: t.Name, Definitions: []apiDefinition{}, Uses: []apiUse{}}
		for _, d := range t.Definitions {
			term.Definitions = append(term.Definitions, apiDefinition{newAPISource(d.Passage), d.Text})
		}
		uses, err := s.uses.of(r.Context(), s.searcher, t.Name)
		if err != nil {
			return err
		}
		for _, u := range uses {
			term.Uses = append(term.Uses, apiUse{optional(positive(u.Value, 0)), u.Count, urlOf(termQuery(t.Name, u.Value))})
		}
		a.Terms = append(a.Terms, term)
	}
	return writeJSON(w, r, http.StatusOK, a)
}
