package web_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"youju/report"
)

// subjects is a library with units, projects and terms, in two cities.
func subjects() *memory {
	liaocheng := report.Place{Province: "山东省", City: "聊城市", Code: "371500"}
	zhengzhou := report.Place{Province: "河南省", City: "郑州市", Code: "410100"}
	amount := 1.2e9
	mention := func(as, text string, stage report.Stage, verb string) report.Mention {
		return report.Mention{Name: "郑济高铁", As: as, Kind: report.MentionProject, Stage: stage, Verb: verb, Text: text}
	}
	document := func(p report.Place, year int, kind report.Kind, items ...report.Item) *report.Document {
		d := &report.Document{ID: fmt.Sprintf("%s-%d-x", p.Code, year), Kind: kind, Title: fmt.Sprintf("%d年文件", year), Year: year, Place: p}
		for i, it := range items {
			it.ID = fmt.Sprintf("%s/%d", d.ID, i+1)
			d.Items = append(d.Items, it)
		}
		return d
	}
	bridge := mention("黄河大桥", "总投资12亿元的黄河大桥开工。", report.StageStarted, "开工")
	bridge.Name, bridge.Amount, bridge.AmountText, bridge.Partners = "黄河大桥", &amount, "总投资12亿元", []string{"某集团"}
	return &memory{docs: []*report.Document{
		document(liaocheng, 2020, report.KindReport,
			report.Item{Text: "济郑高铁开工建设。", Claim: report.ClaimDone, Part: report.PartReview, Topics: []string{"交通基建"}, Mentions: []report.Mention{mention("济郑高铁", "济郑高铁开工建设。", report.StageStarted, "开工建设")}}),
		document(liaocheng, 2021, report.KindAssignment,
			report.Item{Number: "1", Text: "加快郑济高铁施工。〔牵头领导：甲某；牵头单位：市交通运输局；配合单位：市财政局，各县(市、区)人民政府〕", Claim: report.ClaimPromised, Part: report.PartAssignment, Topics: []string{"交通基建"},
				Duty:     report.Duty{Leaders: []string{"甲某"}, LeadUnits: []string{"市交通运输局"}, SupportUnits: []string{"市财政局", "各县(市、区)人民政府"}},
				Mentions: []report.Mention{mention("郑济高铁", "加快郑济高铁施工。", report.StageBuilding, "加快施工")}},
			report.Item{Number: "2", Text: "总投资12亿元的黄河大桥开工。", Topics: []string{"项目投资"}, Mentions: []report.Mention{bridge}}),
		document(zhengzhou, 2021, report.KindReport,
			report.Item{Text: "郑济高铁建成通车。（市财政局）", Topics: []string{"交通基建"}, Duty: report.Duty{LeadUnits: []string{"市财政局"}}, Mentions: []report.Mention{mention("郑济高铁", "郑济高铁建成通车。", report.StageInUse, "建成通车")}},
			report.Item{Heading: "双招双引", Text: "招商引资、招才引智。", Part: report.PartGlossary},
			report.Item{Text: "做好双招双引。"}),
	}}
}

// TestLists opens the pages of subjects: each address with what must be on it.
func TestLists(t *testing.T) {
	h := site(subjects())
	for _, tt := range []struct {
		target string
		status int
		has    map[string]int
		says   []string
	}{
		{"/units", 200, map[string]int{"tbody tr": 12, ".facet": 4, ".keep a": 3, ".find input[type=search]": 1}, []string{"以后可能已有变化"}},
		{"/units?role=lead", 200, map[string]int{"tbody tr": 2, ".chip": 1}, nil},
		{"/units?place=河南省&year=2021", 200, map[string]int{"tbody tr": 1, ".chip": 2}, nil},
		{"/units?q=财政", 200, map[string]int{"tbody tr": 2}, nil},
		{"/units?q=市财正局", 200, map[string]int{"tbody tr": 0, ".ways-out a": 1}, []string{"没有符合条件的"}},
		{"/units?size=2&page=2", 200, map[string]int{"tbody tr": 2, ".pager a": 7}, []string{"现为第 3–4 条"}},
		{"/units?page=999999999999999999999", 200, map[string]int{"tbody tr": 0, ".empty a": 1}, []string{"没有这一页"}},
		{"/unit/市交通运输局", 200, map[string]int{"li.hit": 1, ".facet": 3}, []string{"文件所列牵头领导：甲某", "加快郑济高铁施工。", "不代表现状"}},
		{"/unit/莘县人民政府", 200, map[string]int{"li.hit": 1}, []string{"文件写作“各县（市、区）人民政府”", "随各地一并列入"}},
		{"/unit/各县（市、区）人民政府", 200, map[string]int{"li.hit": 1}, []string{"这个名称指几个单位"}},
		{"/unit/市财政局", 200, map[string]int{"li.hit": 1, `a[href*="place="]`: 7}, []string{"同名单位"}},
		{"/unit/市财政局?place=郑州市", 200, map[string]int{"li.hit": 1}, []string{"河南省郑州市", "郑济高铁建成通车"}},
		{"/unit/市财政局?place=济南市", 404, map[string]int{".ways-out a": 1}, []string{"没有这个单位"}},
		{"/unit/市交通局", 200, map[string]int{"li.hit": 1}, []string{"市交通运输局"}}, // its name before 2009
		{"/unit/市交通管理局", 404, map[string]int{`.ways-out a[href^="/unit/"]`: 1}, []string{"可以看看", "市交通运输局"}},
		{"/projects", 200, map[string]int{"tbody tr": 2, ".facet": 6, ".keep a": 3}, []string{"又作 济郑高铁", "总投资12亿元"}},
		{"/projects?amount=10", 200, map[string]int{"tbody tr": 1, ".chip": 1}, []string{"黄河大桥", "10亿元以上"}},
		{"/projects?stage=" + url.QueryEscape("投用"), 200, map[string]int{"tbody tr": 1}, []string{"投用（2021年）；在建（2021年部署）"}},
		{"/projects?place=聊城市&year=2020", 200, map[string]int{"tbody tr": 1}, nil},
		{"/projects?q=大侨", 200, map[string]int{"tbody tr": 0}, nil},
		{"/project/济郑高铁", 200, map[string]int{".line": 2, "blockquote": 3, `blockquote ~ p a[href^="/report/"]`: 3, ".badge.done": 1, ".badge.promised": 1}, []string{"同名不一定是同一个项目", "在建（加快施工）", "开工（开工建设）"}},
		{"/project/黄河大桥", 200, map[string]int{".line": 1}, []string{"总投资12亿元", "文件所列合作方：某集团"}},
		{"/project/济郑铁路", 404, map[string]int{`.ways-out a[href^="/project/"]`: 1}, []string{"没有找到这个项目"}},
		{"/glossary", 200, map[string]int{"#letter-S": 1, "blockquote": 1}, []string{"招商引资、招才引智。", "2021年 2 条"}},
		{"/glossary?q=招才", 200, map[string]int{"blockquote": 1}, nil},
		{"/glossary?q=双招引", 200, map[string]int{"blockquote": 0, ".ways-out a": 1}, nil},
		{"/search?q=郑济高铁", 200, map[string]int{`.subjects a[href^="/project/"]`: 1}, nil},
		{"/report/371500-2021-x/1", 200, map[string]int{`.card a[href^="/unit/"]`: 1, `.ways-out a[href^="/project/"]`: 1}, []string{"谁牵头", "本条提到的项目"}},
		{"/units?place=聊城&year=2021年&role=牵头", 200, map[string]int{"tbody tr": 1, ".chip": 3}, nil},
		{"/units?place=火星", 404, map[string]int{`.ways-out a[href^="/units?place="]`: 6}, []string{"可选的地区里没有“火星”"}},
		{"/units?year=1999", 404, map[string]int{`.ways-out a[href="/units?year=2021"]`: 1}, nil},
		{"/unit/市财政局?year=1999", 404, map[string]int{`.ways-out a[href*="year=2021"]`: 1}, nil},
		{"/unit/市财政局?place=聊城", 200, map[string]int{"li.hit": 1}, []string{"牵头单位：市交通运输局"}},
		{"/projects?amount=多", 404, map[string]int{`.ways-out a[href^="/projects?amount="]`: 3}, nil},
		{"/projects?stage=停工", 404, map[string]int{`.ways-out a[href^="/projects?stage="]`: 6}, nil},
		{"/projects?stage=" + url.QueryEscape("谋划"), 200, map[string]int{"tbody tr": 0}, []string{"没有符合条件的"}}, // a stage that no project is at
		{"/glossary?year=1999&place=郑州", 404, map[string]int{`.ways-out a[href*="year=2021"]`: 1}, nil},
		{"/track?place=火星", 404, map[string]int{`.ways-out a`: 0}, nil},
		{"/api/v1/units/市交通管理局", 404, nil, nil},
		{"/api/v1/units?year=1999", 404, nil, nil},
		{"/api/v1/projects/没有", 404, nil, nil},
	} {
		if strings.HasPrefix(tt.target, "/api/") {
			if res, _ := get(t, h, "GET", tt.target); res.StatusCode != tt.status {
				t.Errorf("%s: status %d", tt.target, res.StatusCode)
			}
			continue
		}
		doc := page(t, h, tt.target, tt.status)
		for selector, want := range tt.has {
			if n := doc.Find("main").Find(selector).Length(); n != want {
				t.Errorf("%s: %d of %q, want %d", tt.target, n, selector, want)
			}
		}
		text := strings.Join(strings.Fields(doc.Find("main").Text()), " ")
		for _, says := range tt.says {
			if !strings.Contains(text, says) {
				t.Errorf("%s does not say %q: %s", tt.target, says, text)
			}
		}
		for _, never := range []string{"未完成", "完成率", "排名"} {
			if strings.Contains(text, never) {
				t.Errorf("%s says %q", tt.target, never)
			}
		}
	}
}

// TestListLinksKeepTheirWord follows every filter of the lists: it must list
// as many as it promises, and the files and the API the same ones.
func TestListLinksKeepTheirWord(t *testing.T) {
	h := site(subjects())
	for _, target := range []string{"/units", "/projects", "/projects?place=聊城市", "/unit/市财政局", "/glossary"} {
		doc := page(t, h, target, 200)
		doc.Find(".facet a.value").Each(func(_ int, a *goquery.Selection) {
			href, _, _ := strings.Cut(a.AttrOr("href", ""), "#")
			next := page(t, h, href, 200)
			want := number(t, a.Find(".count"))
			if a.HasClass("selected") {
				return
			}
			if got := number(t, next.Find(".total strong")); got != want {
				t.Errorf("%s, %s: %d, promised %d", target, a.Text(), got, want)
			}
			files := next.Find(".keep a")
			for i, kind := range []string{"text/csv", "application/vnd", "application/json"} {
				res, body := get(t, h, "GET", files.Eq(i).AttrOr("href", ""))
				if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), kind) {
					t.Fatalf("%s: %d %s", files.Eq(i).AttrOr("href", ""), res.StatusCode, res.Header.Get("Content-Type"))
				}
				if got := rowsOf(t, kind, body); got != want {
					t.Errorf("%s as %s: %d rows, the page has %d", href, kind, got, want)
				}
			}
		})
	}
}

// rowsOf counts what a file lists.
func rowsOf(t *testing.T, kind, body string) int {
	t.Helper()
	switch kind {
	case "text/csv":
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return len(rows) - 1
	case "application/json":
		var a map[string]any
		if err := json.Unmarshal([]byte(body), &a); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"units", "tasks", "projects", "terms"} {
			if list, ok := a[key].([]any); ok {
				return len(list)
			}
		}
		return -1
	}
	return len(sheet(t, body, 0)) - 1
}

// TestHostileSubjects puts markup into the names of units, projects and terms.
func TestHostileSubjects(t *testing.T) {
	s := hostile()
	s.docs[0].Items = append(s.docs[0].Items, report.Item{ID: s.docs[0].ID + "/2", Heading: markup, Text: markup, Part: report.PartGlossary})
	h := site(s)
	name := "/" + strings.ReplaceAll(url.PathEscape(markup), "%2F", "/")
	for _, target := range []string{
		"/units", "/unit" + name, "/projects", "/project" + name, "/glossary", "/unit/x" + name, "/project/x" + name,
		"/units?q=" + url.QueryEscape(markup), "/projects?place=" + url.QueryEscape(markup) + "&stage=" + url.QueryEscape(markup),
	} {
		res, body := get(t, h, "GET", target)
		if strings.HasPrefix(target, "/unit"+name) && res.StatusCode != 200 {
			t.Errorf("%.40s: status %d", target, res.StatusCode)
		}
		noMarkup(t, target, body)
		wellFormed(t, target, body)
	}
}
