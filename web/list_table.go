package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"youju/search/fact"
)

// The lists of subjects as tables, which are in Chinese like what they quote.

// several joins the values of one cell.
func several(values []string) string { return strings.Join(values, "；") }

func (s *server) serveUnits(w http.ResponseWriter, r *http.Request) error {
	c, _, units, err := s.chosenUnits(r, chooser.all)
	if err != nil {
		return err
	}
	rows := [][]string{{"单位", "地区", "其他写法", "牵头", "配合", "随各地一并列入", "文件年份", "网址"}}
	for _, u := range units.Entries {
		v := newUnitRow(u)
		rows = append(rows, []string{
			v.Name, u.Place.Full(), several(v.Others), strconv.Itoa(v.Led), strconv.Itoa(v.Supported), strconv.Itoa(v.Shared),
			several(v.Years), s.absolute(r, v.URL),
		})
	}
	return s.sendTable(w, r, "单位", rows, s.absolute(r, c.url(c.path)))
}

func (s *server) serveUnit(w http.ResponseWriter, r *http.Request) error {
	c, f, u, err := s.chosenUnit(r)
	if err != nil {
		return err
	}
	rows := [][]string{{"年份", "地区", "文件", "标题", "职责", "文件写法", "牵头领导", "牵头单位", "配合单位", "主题", "正文", "网址"}}
	roles := newestFirst(u.RolesOf(c.Choice).Entries)
	if err := f.Tasks(roles); err != nil {
		return fmt.Errorf("reading tasks: %w", err)
	}
	for _, role := range roles {
		v, err := newTask(f, u, role)
		if err != nil {
			return err
		}
		d := role.Passage.Document
		rows = append(rows, []string{
			yearLabel(d.Year), d.Place.Full(), v.Document, v.Title, roleLabels[role.Kind()], role.As, several(role.Leaders),
			several(role.LeadUnits), several(role.SupportUnits), several(role.Topics), role.Text, s.absolute(r, v.URL),
		})
	}
	return s.sendTable(w, r, u.Name, rows, s.absolute(r, c.url(c.path)))
}

func (s *server) serveProjects(w http.ResponseWriter, r *http.Request) error {
	c, projects, err := s.chosenProjects(r, chooser.all)
	if err != nil {
		return err
	}
	rows := [][]string{{"名称", "类别", "其他写法", "地区", "文件年份", "提到", "最近写明的阶段", "金额", "金额（元）", "主题", "引文", "网址"}}
	for _, p := range projects.Entries {
		v := newProjectRow(p)
		rows = append(rows, []string{
			v.Name, v.Kind, several(v.Others), several(v.Places), several(v.Years), strconv.Itoa(v.Mentions), several(texts(v.Stages)),
			v.Amount, yuan(p.Largest), several(p.Topics), p.Last.Text, s.absolute(r, v.URL),
		})
	}
	return s.sendTable(w, r, "项目", rows, s.absolute(r, c.url(c.path)))
}

func texts(messages []message) []string {
	var list []string
	for _, m := range messages {
		list = append(list, m.String())
	}
	return list
}

// yuan is a mention's amount in figures.
func yuan(m *fact.Mention) string {
	if m == nil || m.Amount == nil {
		return ""
	}
	return strconv.FormatFloat(*m.Amount, 'f', -1, 64)
}

func (s *server) serveProject(w http.ResponseWriter, r *http.Request) error {
	p, mentions, err := s.chosenProject(r)
	if err != nil {
		return err
	}
	rows := [][]string{{"年份", "地区", "文件", "条目", "名称写法", "回顾或部署", "阶段", "原文用词", "金额", "金额（元）", "合作方", "地点", "引文", "网址"}}
	for _, m := range mentions {
		d, v := m.Passage.Document, newMention(m)
		rows = append(rows, []string{
			yearLabel(d.Year), d.Place.Full(), v.Document, v.Item, m.As, m.Passage.Item.Claim.Label(), v.Stage, v.Verb,
			v.Amount, yuan(m), several(m.Partners), m.Place, m.Text, s.absolute(r, v.URL),
		})
	}
	return s.sendTable(w, r, p.Name, rows, s.absolute(r, projectURL(p.Name)))
}

func (s *server) serveGlossary(w http.ResponseWriter, r *http.Request) error {
	c, _, terms, err := s.chosenTerms(r, chooser.all)
	if err != nil {
		return err
	}
	rows := [][]string{{"用语", "释义", "出处", "年份", "地区", "用到它的条目", "网址"}}
	for _, t := range terms.Entries {
		v, err := s.newTerm(r.Context(), t)
		if err != nil {
			return err
		}
		var uses []string
		for _, u := range v.Uses {
			uses = append(uses, u.Label.String()+" "+strconv.Itoa(u.Total)+" 条")
		}
		for i, d := range t.Definitions {
			doc := d.Passage.Document
			rows = append(rows, []string{
				t.Name, d.Text, v.Definitions[i].Document, yearLabel(doc.Year), doc.Place.Full(), several(uses), s.absolute(r, v.Definitions[i].URL),
			})
		}
	}
	return s.sendTable(w, r, "用语", rows, s.absolute(r, c.url(c.path)))
}
