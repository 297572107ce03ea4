package fact_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"youju/report"
	"youju/search/fact"
)

var (
	liaocheng = report.Place{Province: "山东省", City: "聊城市", Code: "371500"}
	dezhou    = report.Place{Province: "山东省", City: "德州市", Code: "371400"}
	shenXian  = report.Place{Province: "山东省", City: "聊城市", County: "莘县", Code: "371522"}
	shandong  = report.Place{Province: "山东省", Code: "370000"}
)

// document is one of a place and year, with items of these duties and mentions.
func document(p report.Place, year int, items ...report.Item) *report.Document {
	d := &report.Document{ID: fmt.Sprintf("%s-%d", p.Code, year), Place: p, Year: year}
	for i, it := range items {
		it.ID = fmt.Sprintf("%s/%d", d.ID, i+1)
		d.Items = append(d.Items, it)
	}
	return d
}

func duty(topic string, lead []string, support ...string) report.Item {
	return report.Item{Text: topic, Topics: []string{topic}, Duty: report.Duty{LeadUnits: lead, SupportUnits: support}}
}

func gather(docs ...*report.Document) *fact.Facts {
	b := fact.NewBuilder()
	for _, d := range docs {
		b.Add(d)
	}
	return b.Facts()
}

// roles writes a unit's tasks: "2021 lead 教育".
func roles(f *fact.Facts, list []fact.Role) []string {
	if err := f.Tasks(list); err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, r := range list {
		out = append(out, fmt.Sprintf("%d %s %s as %s", r.Passage.Document.Year, r.Kind(), r.Text, r.As))
	}
	return out
}

func tasks() *fact.Facts { return gather(assignments()...) }

func assignments() []*report.Document {
	return []*report.Document{
		document(liaocheng, 2021,
			duty("教育", []string{"市教育体育局"}, "市财政局", "各县(市、区)人民政府"),
			duty("交通", []string{"市交通运输局"}, "莘县人民政府", "各县（市、区）人民政府", "市属开发区管委会", "经济开发区管委会"),
			duty("高铁", []string{"市交通运输局"}, "沿线有关县（市、区）人民政府", "市直各部门各单位"),
		),
		document(liaocheng, 2025, duty("财政", []string{"市财政局"})),
		document(dezhou, 2025, duty("预算", []string{"市财政局"})),
		document(shenXian, 2022, duty("水利", []string{"县水利局"})),
		document(shandong, 2022, duty("开放", []string{"省商务厅"}, "各市人民政府")),
	}
}

func allUnits(t *testing.T, f *fact.Facts) []fact.UnitTasks {
	t.Helper()
	units, err := f.Units(fact.Choice{}, fact.All)
	if err != nil {
		t.Fatal(err)
	}
	return units.Entries
}

func TestUnits(t *testing.T) {
	f := tasks()
	for _, tt := range []struct {
		name string
		want [][]string // by place, the one with most tasks first
	}{
		{"市教育体育局", [][]string{{"2021 lead 教育 as 市教育体育局"}}},
		{"市财政局", [][]string{
			{"2021 support 教育 as 市财政局", "2025 lead 财政 as 市财政局"},
			{"2025 lead 预算 as 市财政局"}, // another city's
		}},
		// Named itself in one task and one of a group in both: each task once.
		{"莘县人民政府", [][]string{{"2021 shared 教育 as 各县（市、区）人民政府", "2021 support 交通 as 莘县人民政府"}}},
		// Never named: its city's 各县（市、区） tasks are its own; 沿线有关 tells nobody's.
		{"高唐县人民政府", [][]string{{"2021 shared 教育 as 各县（市、区）人民政府", "2021 shared 交通 as 各县（市、区）人民政府"}}},
		{"经济开发区管委会", [][]string{{"2021 support 交通 as 经济开发区管委会"}}},
		{"各县(市、区)人民政府", [][]string{{"2021 support 教育 as 各县（市、区）人民政府", "2021 support 交通 as 各县（市、区）人民政府"}}},
		{"德州市人民政府", [][]string{{"2022 shared 开放 as 各市人民政府"}}},
		{"陵城区人民政府", nil},
		{"市水利局", nil},
		{"", nil},
	} {
		var got [][]string
		units, err := f.UnitsNamed(tt.name)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range units {
			got = append(got, roles(f, u.Roles))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	units := allUnits(t, f)
	last := units[len(units)-1]
	if !last.Several {
		t.Errorf("the last unit is %s, want one that means several", last.Name)
	}
}

// TestRenamedUnits joins the names of a department through the years, under the
// name used last.
func TestRenamedUnits(t *testing.T) {
	f := gather(
		document(liaocheng, 2025, duty("外贸", []string{"市商务局"}), duty("规划", []string{"市发展和改革委员会"})),
		document(liaocheng, 2021, duty("招商", []string{"市商务投资促进局"}), duty("计划", []string{"市发展改革委"})),
		document(shenXian, 2021, duty("商务", []string{"县商务局"})),
		document(shenXian, 2022, duty("项目", nil, "县人民政府", "市发改委")),
	)
	for _, tt := range []struct {
		name, is string
		roles    int
	}{
		{"市商务投资促进局", "市商务局", 2}, {"市商务局", "市商务局", 2}, {"市发改委", "市发展和改革委员会", 3},
		{"市发展改革委员会", "市发展和改革委员会", 3}, // a name no document uses
		{"县商务局", "县商务局", 1}, {"莘县人民政府", "县人民政府", 1},
	} {
		units, _ := f.UnitsNamed(tt.name)
		if len(units) != 1 || units[0].Name != tt.is || len(units[0].Roles) != tt.roles {
			t.Errorf("%s: %d units", tt.name, len(units))
			for _, u := range units {
				t.Log(u.Name, u.Names, roles(f, u.Roles))
			}
		}
	}
}

// TestUnitsKeepEveryTask holds the groups against a plain count of the records.
func TestUnitsKeepEveryTask(t *testing.T) {
	f := tasks()
	want := map[string]int{}
	for _, d := range assignments() {
		for _, it := range d.Items {
			for _, name := range slices.Concat(it.Duty.LeadUnits, it.Duty.SupportUnits) {
				want[strings.NewReplacer("(", "（", ")", "）").Replace(name)]++
			}
		}
	}
	got := map[string]int{}
	for _, u := range allUnits(t, f) {
		if u.Led+u.Supported != len(u.Roles) {
			t.Errorf("%s: %d led and %d supported of %d", u.Name, u.Led, u.Supported, len(u.Roles))
		}
		for _, r := range u.Roles {
			if !r.Shared {
				got[r.As]++
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnitsOf(t *testing.T) {
	f := tasks()
	names := func(c fact.Choice) []string {
		var out []string
		units, err := f.Units(c, fact.All)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range units.Entries {
			out = append(out, fmt.Sprint(u.Place.Name(), u.Name, len(u.Chosen)))
		}
		return out
	}
	for _, tt := range []struct {
		choice fact.Choice
		want   []string
	}{
		{fact.Choice{Text: "财政"}, []string{"聊城市市财政局2", "德州市市财政局1"}},
		{fact.Choice{Values: map[string]string{"place": "聊城市", "year": "2025"}}, []string{"聊城市市财政局1"}},
		{fact.Choice{Values: map[string]string{"topic": "教育", "role": "lead"}}, []string{"聊城市市教育体育局1"}},
		{fact.Choice{Values: map[string]string{"topic": "教育", "year": "2025"}}, nil},
	} {
		if diff := cmp.Diff(tt.want, names(tt.choice)); diff != "" {
			t.Errorf("%+v: %s", tt.choice, diff)
		}
	}
	all, _ := f.Units(fact.Choice{}, fact.None)
	for _, o := range all.Options("year") {
		found, _ := f.Units(fact.Choice{Values: map[string]string{"year": o.Value}}, fact.None)
		if got := found.Total; got != o.Count {
			t.Errorf("%s: %d units, promised %d", o.Value, got, o.Count)
		}
	}
}

func mention(name, as string, stage report.Stage, yuan float64) report.Item {
	m := report.Mention{Name: name, As: as, Kind: report.MentionProject, Stage: stage, Text: as}
	if yuan > 0 {
		m.Amount = &yuan
	}
	return report.Item{Text: as, Topics: []string{"交通基建"}, Mentions: []report.Mention{m}}
}

func promised(it report.Item) report.Item {
	it.Claim = report.ClaimPromised
	return it
}

func lines() *fact.Facts { return gather(projectDocuments()...) }

func projectDocuments() []*report.Document {
	return []*report.Document{
		document(liaocheng, 2026, mention("郑济高铁", "郑济高铁", "", 0)),
		document(liaocheng, 2020, mention("郑济高铁", "济郑高铁", report.StageStarted, 0), mention("机场", "机场", report.StagePrepare, 2.8e9)),
		document(liaocheng, 2021, promised(mention("郑济高铁", "郑济高铁", report.StageBuilding, 5e8))),
		document(shenXian, 2021, mention("莘县产业园", "莘县产业园", report.StageSigned, 1e8)),
	}
}

func TestProjects(t *testing.T) {
	f := lines()
	var names []string
	all, err := f.Projects(fact.Choice{}, fact.All)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all.Entries {
		names = append(names, p.Name)
	}
	if diff := cmp.Diff([]string{"郑济高铁", "机场", "莘县产业园"}, names); diff != "" {
		t.Error(diff)
	}
	p, _ := f.ProjectNamed("济郑高铁")
	if other, err := f.ProjectNamed("高铁"); p == nil || p.Name != "郑济高铁" || other != nil || err != nil {
		t.Fatalf("under its other name: %+v", p)
	}
	if diff := cmp.Diff([]int{2020, 2021, 2026}, p.Years); diff != "" {
		t.Error(diff)
	}
	if p.Stated.Stage != report.StageStarted || p.Promised.Stage != report.StageBuilding || *p.Largest.Amount != 5e8 {
		t.Errorf("stated %s, promised %s, largest %v", p.Stated.Stage, p.Promised.Stage, *p.Largest.Amount)
	}
	if diff := cmp.Diff([]string{"郑济高铁", "济郑高铁"}, p.Names); diff != "" {
		t.Error(diff)
	}
	if in, _ := f.ProjectsIn("济郑高铁和机场到哪一步了", 5); len(in) != 2 || in[0].Name != "郑济高铁" {
		t.Errorf("in a text: %d", len(in))
	}
}

// TestProjectOptions follows every option: it must give just its count.
func TestProjectOptions(t *testing.T) {
	f := lines()
	base := fact.Choice{Values: map[string]string{"place": "聊城市"}}
	for _, aspect := range []string{"place", "year", "topic", "kind", "stage", "amount"} {
		of, _ := f.Projects(base, fact.None)
		options := of.Options(aspect)
		if len(options) == 0 {
			t.Errorf("no options of %s", aspect)
		}
		for _, o := range options {
			c := fact.Choice{Values: map[string]string{"place": "聊城市", aspect: o.Value}}
			found, _ := f.Projects(c, fact.None)
			if got := found.Total; got != o.Count {
				t.Errorf("%s %s: %d projects, promised %d", aspect, o.Value, got, o.Count)
			}
		}
	}
	if got, _ := f.Projects(fact.Choice{Values: map[string]string{"amount": "10"}}, fact.All); got.Total != 1 || got.Entries[0].Name != "机场" {
		t.Errorf("%d projects of 1 billion", got.Total)
	}
	if got, _ := f.Projects(fact.Choice{Values: map[string]string{"nonsense": "1"}}, fact.All); got.Total != 0 {
		t.Errorf("%d projects have an unknown aspect", got.Total)
	}
}

func TestTerms(t *testing.T) {
	define := func(heading string) report.Item {
		return report.Item{Heading: heading, Text: "释义。", Part: report.PartGlossary}
	}
	f := gather(
		document(liaocheng, 2026, define("双招双引"), define("“两重”、“两新”"), define("城市更新“十大工程”"), define("三生共融、四宜共美")),
		document(liaocheng, 2025, define("“双招双引”："), define("“三大高地”“五大战略”"), define("“坏的"), define("”“"), define("“一”与“二”和三")),
	)
	got := map[string]int{}
	terms, err := f.Terms(fact.Choice{}, fact.All)
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range terms.Entries {
		got[term.Name] = len(term.Definitions)
		if y := term.Definitions[0].Passage.Document.Year; term.Name == "双招双引" && y != 2025 {
			t.Errorf("the first definition is of %d", y)
		}
	}
	for _, o := range terms.Options("year") {
		found, _ := f.Terms(fact.Choice{Values: map[string]string{"year": o.Value}}, fact.None)
		if got := found.Total; got != o.Count {
			t.Errorf("%s: %d terms, promised %d", o.Value, got, o.Count)
		}
	}
	if found, _ := f.Terms(fact.Choice{Text: "双招", Values: map[string]string{"place": "聊城市"}}, fact.All); found.Total != 1 {
		t.Errorf("%d terms with 双招", found.Total)
	}
	want := map[string]int{
		"双招双引": 2, "两重": 1, "两新": 1, "城市更新“十大工程”": 1, "三生共融、四宜共美": 1,
		"三大高地": 1, "五大战略": 1, "“坏的": 1, "”“": 1, "“一”与“二”和三": 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
