package search

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"youju/indexer"
	"youju/report"
)

// collected reads all originals once and makes their vocabulary. They are not
// part of the repository.
var collected = sync.OnceValues(func() ([]*report.Document, *Vocabulary) {
	var docs []*report.Document
	files, _ := indexer.Find([]string{filepath.Join(originalsDir(), "seeds"), filepath.Join(originalsDir(), "corpus")})
	_, err := indexer.Index(context.Background(), files, collect(func(doc *report.Document) error {
		docs = append(docs, doc)
		return nil
	}), indexer.Options{})
	if err != nil || len(docs) == 0 {
		return nil, nil
	}
	return docs, NewVocabulary(slices.Values(docs))
})

type collect func(doc *report.Document) error

func (c collect) Add(doc *report.Document) error { return c(doc) }

func originalsDir() string {
	if dir := os.Getenv("YOUJU_SHARED"); dir != "" {
		return dir
	}
	return "../../shared"
}

func originals(t testing.TB) ([]*report.Document, *Vocabulary) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(originalsDir(), "seeds")); err != nil {
		t.Skip("the originals are not here: put them at ../shared or set YOUJU_SHARED")
	}
	docs, v := collected()
	if v == nil {
		t.Fatal("the originals cannot be read")
	}
	return docs, v
}

// ownReport is a made-up county's report with everything an entry is made from.
func ownReport() *report.Document {
	doc := &report.Document{
		ID: "371524-2025-report", Kind: report.KindReport, Title: "2025年东阿县政府工作报告", Year: 2025,
		Place: report.Place{Province: "山东省", City: "聊城市", County: "东阿县", Code: "371524"},
	}
	add := func(part report.Part, path, heading, text string) {
		doc.Items = append(doc.Items, report.Item{
			ID: fmt.Sprintf("%s/%d", doc.ID, len(doc.Items)), Part: part, Path: []string{path}, Heading: heading, Text: text,
		})
	}
	add(report.PartReview, "一、2024年工作回顾", "", "全县地区生产总值达到200亿元，增长6%。地区生产总值突破200亿元大关。一般公共预算收入完成12亿元。地区生产总值增长6%。")
	add(report.PartPlan, "（二）守护碧水蓝天，建设美丽东阿", "3.抓好河湖治理。", "开工建设洛神湖湿地公园、鱼山大桥，加快推进聊东高铁前期工作。")
	add(report.PartPlan, "（二）守护碧水蓝天，建设美丽东阿", "", "推进老旧管线更新。")
	add(report.PartGlossary, "附件：用语说明", "三清三建、五比五看", "清垃圾、清河道、清路障，建制度、建队伍、建平台；比项目、看投入。")
	add(report.PartGlossary, "附件：用语说明", "“智慧粮仓”行动", "给粮仓装上感知设备。")
	duty := report.Item{ID: doc.ID + "/task-1", Part: report.PartAssignment, Text: "更换路灯。", Topics: []string{"城市建设"}}
	duty.Duty.LeadUnits = []string{"县住房城乡建设局", "各乡镇（街道）", "有关部门"}
	doc.Items = append(doc.Items, duty)
	for i, before := range []string{"推进", "扩大", "提高", "支持", "发展", "用好", "办好", "建好"} {
		after := []string{"改革", "投入", "质量", "升级", "试点", "覆盖", "增收", "提标"}[i]
		add(report.PartPlan, "三、重点", "", before+"阿胶文旅小镇"+after+"，让更多人来。")
	}
	return doc
}

func ownVocabulary() *Vocabulary {
	return NewVocabulary(slices.Values([]*report.Document{ownReport()}))
}

func TestVocabularyKinds(t *testing.T) {
	v := ownVocabulary()
	tests := []struct {
		text, kind string
		count      int
	}{
		{"东阿县", EntryPlace, 14},
		{"东阿", EntryPlace, 2},
		{"县住房城乡建设局", EntryUnit, 1},
		{"城市建设", EntryTopic, 1},
		{"三清三建", EntryTerm, 1},
		{"五比五看", EntryTerm, 1},
		{"智慧粮仓行动", EntryTerm, 1},
		{"“智慧粮仓”", EntryTerm, 1},
		{"地区生产总值", EntryIndicator, 1},
		{"洛神湖湿地公园", EntryProject, 1},
		{"鱼山大桥", EntryProject, 1},
		{"守护碧水蓝天", EntryHeading, 2},
		{"建设美丽东阿", EntryHeading, 2},
		{"抓好河湖治理", EntryHeading, 1},
		{"工作回顾", EntryHeading, 1},
		{"阿胶文旅小镇", EntryPhrase, 8},
		{"各乡镇（街道）", "", 0},
		{"有关部门", "", 0},
		{"文旅小镇", "", 0},
		{"一般公共预算收入", "", 0}, // once is a guess
	}
	for _, test := range tests {
		e, _ := v.Find(test.text)
		if e.Kind != test.kind || e.Count != test.count {
			t.Errorf("%s: got %q in %d items, want %q in %d", test.text, e.Kind, e.Count, test.kind, test.count)
		}
	}
	if v.Items() != 14 {
		t.Errorf("%d items", v.Items())
	}
}

func TestVocabularyRoundTrip(t *testing.T) {
	v := ownVocabulary()
	var buf bytes.Buffer
	if _, err := v.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	text := buf.String()
	again, err := ReadVocabulary(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(v.Entries(), again.Entries()) || v.Items() != again.Items() {
		t.Error("what is read is not what was written")
	}
	for _, bad := range []string{"", "\n", "youju vocabulary 0\t3\n", "youju vocabulary 1\n", "youju vocabulary 1\t3\n词语\n", "youju vocabulary 1\t3\n词语\tx\t教育\n"} {
		if _, err := ReadVocabulary(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is read without an error", bad)
		}
	}
	empty := NewVocabulary(slices.Values([]*report.Document{}))
	if empty.Len() != 0 || len(empty.Suggest("a", 5)) != 0 || len(empty.Segment("教育")) != 1 {
		t.Error("an empty vocabulary knows something")
	}
}

func TestHeadingParts(t *testing.T) {
	tests := []struct{ heading, want string }{
		{"（一）守护碧水蓝天，建设美丽家园", "守护碧水蓝天 建设美丽家园"},
		{"一、2024年工作回顾", "工作回顾"},
		{"2.抓好河湖治理。", "抓好河湖治理"},
		{"三是扩大有效投资。", "扩大有效投资"},
		{"要发展现代物流业。", "发展现代物流业"},
		{"**建好农村公路。**", "建好农村公路"},
		{"以新促稳，让百姓满意", ""},
		{"各位代表！", ""},
		{"投资", ""},
		{"弘扬“工匠精神", ""},
		{"推动县域经济在更大范围更宽领域更深层次上实现高质量发展", ""},
	}
	for _, test := range tests {
		if got := strings.Join(headingParts(test.heading), " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.heading, got, test.want)
		}
	}
}

func TestNamesInClauses(t *testing.T) {
	indicators := []struct{ clause, want string }{
		{"全市地区生产总值达到2316.8亿元", "地区生产总值"},
		{"预计社会消费品零售总额同比增长5%", "社会消费品零售总额"},
		{"粮食总产量稳定在110亿斤以上", "粮食总产量"},
		{"改造老旧小区172个", ""},
		{"2021年的工作", ""},
		{"森林覆盖率", ""},
	}
	for _, test := range indicators {
		if got := indicatorOf(clause(test.clause)); got != test.want {
			t.Errorf("indicator of %s: got %q, want %q", test.clause, got, test.want)
		}
	}
	projects := []struct{ clause, want string }{
		{"加快推进聊东高铁", "聊东高铁"},
		{"开工建设洛神湖湿地公园", "洛神湖湿地公园"},
		{"鱼山大桥", "鱼山大桥"},
		{"抓好一批重大项目", ""},
		{"3个产业园", ""},
		{"实施重点工程", ""},
		{"做强做优做大国有企业", ""},
	}
	for _, test := range projects {
		if got := projectOf(clause(test.clause)); got != test.want {
			t.Errorf("project of %s: got %q, want %q", test.clause, got, test.want)
		}
	}
}

func TestVocabularyOfOriginals(t *testing.T) {
	_, v := originals(t)
	for _, word := range strings.Fields(`老旧小区 高标准农田 营商环境 新质生产力 义务教育 乡村振兴 农村公路 棚户区改造 加装电梯 污水处理厂
		地区生产总值 一般公共预算收入 固定资产投资 东阿县 聊城市 市水利局 吨半粮 无废城市 雄商高铁 郑济高铁 三生共融 四宜共美`) {
		if _, ok := v.Find(word); !ok {
			t.Errorf("%s is not known", word)
		}
	}
	for _, word := range strings.Fields("标准农田 旧小区 商环境 质生产力 的工作 市老旧 区生产总值") {
		if e, ok := v.Find(word); ok {
			t.Errorf("%s, a piece of a word, is known as %s", word, e.Kind)
		}
	}
	for _, e := range v.Entries() {
		if e.Count < 1 || e.Count > v.Items() || !slices.Contains(entryKinds, e.Kind) || strings.ContainsAny(e.Text, "\n\t") {
			t.Fatalf("bad entry %+v", e)
		}
	}
}

func TestSegment(t *testing.T) {
	_, v := originals(t)
	tests := []struct{ word, want string }{
		{"老旧小区改造", "老旧小区 改造"},
		{"改造老旧小区", "改造 老旧小区"},
		{"老舊小區改造", "老旧小区 改造"},
		{"高标准农田建设", "高标准农田 建设"},
		{"营商环境优化", "营商环境 优化"},
		{"城中村改造", "城中村 改造"},
		{"东阿污水处理厂", "东阿 污水处理厂"},
		{"义务教育，学校", "义务教育 学校"},
		{"魑魅魍魉", "魑魅魍魉"},
		{"", ""},
	}
	for _, test := range tests {
		if got := strings.Join(v.Segment(test.word), " "); got != test.want {
			t.Errorf("%s: got %s, want %s", test.word, got, test.want)
		}
	}
	if !v.Has("老旧小区") || v.Has("老旧小区改造") || v.Has("魑魅") {
		t.Error("a word is what cannot be cut")
	}
}

func TestHabits(t *testing.T) {
	for _, name := range strings.Fields("not-first not-last heading-first heading-never indicator-verb indicator-before indicator-end project-end project-before project-never not-offered verb-first verb-inside not-first-alone") {
		if len(habits()[name]) == 0 {
			t.Errorf("the list %s is empty", name)
		}
	}
	for _, line := range strings.Split(habitsData, "\n") {
		if !strings.HasPrefix(line, "#") && line != "" && strings.Count(line, "\t") != 1 {
			t.Errorf("bad line %q", line)
		}
	}
	if len(habits()) != 14 {
		t.Errorf("%d lists", len(habits()))
	}
}

func FuzzVocabulary(f *testing.F) {
	f.Add("全市地区生产总值达到2316.8亿元，建设聊东高铁。", "（一）抓好“三农”工作")
	f.Add("\xff\x00“”（", "、、、")
	f.Fuzz(func(t *testing.T, text, heading string) {
		doc := &report.Document{ID: "x", Items: []report.Item{
			{ID: "x/1", Text: text, Heading: heading, Path: []string{heading, text}},
			{ID: "x/2", Text: heading, Heading: text, Part: report.PartGlossary},
		}}
		v := NewVocabulary(slices.Values([]*report.Document{doc}))
		var buf bytes.Buffer
		if _, err := v.WriteTo(&buf); err != nil {
			t.Fatal(err)
		}
		again, err := ReadVocabulary(&buf)
		if err != nil || again.Len() != v.Len() {
			t.Fatalf("%d entries are read of %d: %v", again.Len(), v.Len(), err)
		}
		if got := strings.Join(v.Segment(text), ""); got != fold(text) {
			t.Errorf("%q is cut into %q", fold(text), got)
		}
	})
}

func BenchmarkVocabulary(b *testing.B) {
	docs, _ := originals(b)
	for b.Loop() {
		NewVocabulary(slices.Values(docs))
	}
	n := 0
	for _, doc := range docs {
		for i := range doc.Items {
			n += utf8.RuneCountInString(doc.Items[i].Text)
		}
	}
	b.ReportMetric(float64(n), "characters")
}
