package project

import (
	"fmt"
	"strings"
	"testing"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
	"youju/report"
)

// The issuers of the sentences: a city, a county, a province and a city that is one.
var (
	liaocheng = report.Place{Province: "山东省", City: "聊城市", Code: "371500"}
	donge     = report.Place{Province: "山东省", City: "聊城市", County: "东阿县", Code: "371524"}
	shaanxi   = report.Place{Province: "陕西省", Code: "610000"}
	shanghai  = report.Place{Province: "上海市", City: "上海市", Code: "310000"}
)

// said writes a mention as the tables expect it: name, stage, verb.
func said(m report.Mention) string {
	return fmt.Sprintf("%s|%s|%s", m.Name, m.Stage, m.Verb)
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		what, text string
		issuer     report.Place
		want       []string
	}{
		{"a verb before governs the whole list", "今年要建成雄商高铁、高东高速。", liaocheng,
			[]string{"雄商高铁|建成|建成", "高东高速|建成|建成"}},
		{"a verb around the list", "加快济郑高铁、青兰高速建设。", liaocheng,
			[]string{"济郑高铁|在建|加快建设", "青兰高速|在建|加快建设"}},
		{"a predicate after the list", "高东高速、湖南路大桥全线建成通车。", liaocheng,
			[]string{"高东高速|投用|全线建成通车", "湖南路大桥|投用|全线建成通车"}},
		{"each its own predicate", "聊泰铁路开工建设、高东高速建成通车、临莘高速加快建设。", liaocheng,
			[]string{"聊泰铁路|开工|开工建设", "高东高速|投用|建成通车", "临莘高速|在建|加快建设"}},
		{"a hoped-for start", "力争聊城机场年内开工。", liaocheng, []string{"聊城机场|争取开工|力争…年内开工"}},
		{"a firm start is a start", "确保聊城机场开工建设。", liaocheng, []string{"聊城机场|开工|确保…开工建设"}},
		{"preparations", "积极推进聊邯长高铁、德单高速阳谷连接线前期工作。", liaocheng,
			[]string{"聊邯长高铁|前期|积极推进…前期工作", "德单高速阳谷连接线|前期|积极推进…前期工作"}},
		{"a list or a plan is an idea", "郑济高铁、聊城机场等全部列入国家综合交通网规划。", liaocheng,
			[]string{"济郑高铁|谋划|全部列入国家", "聊城机场|谋划|全部列入国家"}},
		{"a kind that is said of all of them is no part of a name", "加快推进东阿至临清铁路增建二线等一批重点项目、甲县产业合作园等省际产业合作园区建设。", liaocheng,
			[]string{"东阿至临清铁路增建二线|在建|加快推进…建设", "甲县产业合作园|在建|加快推进…建设"}},
		{"preparations of a group", "推进城南水厂二期、东山水源地等项目的前期工作。", liaocheng,
			[]string{"城南水厂二期|前期|推进…前期工作"}},
		{"words are not torn", "建成中国医学科学院肿瘤医院聊城医院，加力建设聊城机场。", liaocheng,
			[]string{"中国医学科学院肿瘤医院聊城医院|建成|建成", "聊城机场|在建|加力建设"}},
		{"progress is no stage", "雄商高铁、聊城机场等取得阶段性进展。", liaocheng,
			[]string{"雄商高铁||取得阶段性进展", "聊城机场||取得阶段性进展"}},
		{"the last word given once", "提速聊邯长、鲁中高铁前期工作。", liaocheng,
			[]string{"聊邯长高铁|前期|提速…前期工作", "鲁中高铁|前期|提速…前期工作"}},
		{"the kind after 等", "加快临莘、高台等4条高速公路建设。", liaocheng,
			[]string{"临莘高速|在建|加快建设", "高台高速|在建|加快建设"}},
		{"routes between places", "开工龙池至宜川、黄陵至白水等高速公路。", shaanxi,
			[]string{"龙池至宜川高速|开工|开工", "黄陵至白水高速|开工|开工"}},
		{"members that only the list calls projects", "信发集团高纯铝、祥光铜业电缆料等30个重大项目竣工投产。", liaocheng,
			[]string{"信发集团高纯铝|投用|竣工投产", "祥光铜业电缆料|投用|竣工投产", "信发集团||", "祥光铜业||"}},
		{"a name every place has one of", "市大外环建成通车。", liaocheng, []string{"聊城大外环|投用|建成通车"}},
		{"the airport without its place", "大家期盼的民用机场获批建设。", liaocheng, []string{"聊城机场|获批|获批建设"}},
		{"both orders of a railway's ends", "争取郑济高铁开工。", liaocheng, []string{"济郑高铁|争取开工|争取开工"}},
		{"numbered lines get their city", "13号线东延伸建成运营。", shanghai, []string{"上海轨道交通13号线东延伸|投用|建成运营"}},
		{"the issuer's own section is the line", "沪苏湖铁路上海段建成通车。", shanghai, []string{"沪苏湖铁路|投用|建成通车"}},
		{"a section between places is itself", "德商高速聊城至夏津段通车。", liaocheng, []string{"德商高速聊城至夏津段|投用|通车"}},
		{"an extension is not the thing itself", "完成济聊高速改扩建。", liaocheng, []string{"济聊高速改扩建|建成|完成"}},
		{"a phase is part of the name", "祥光电厂二期、信发电厂二期建成投产。", liaocheng,
			[]string{"祥光电厂二期|投用|建成投产", "信发电厂二期|投用|建成投产"}},
		{"two things joined by 和", "启动高铁新城和聊云数据湖项目建设。", liaocheng, []string{"聊云数据湖|开工|启动建设"}},
		{"和 inside a name", "呼和浩特新机场建成投用。", report.Place{Province: "内蒙古自治区", Code: "150000"},
			[]string{"呼和浩特新机场|投用|建成投用"}},
		{"the predicate stands in the next clause", "位山引黄闸改建工程，已经建成通水。", liaocheng,
			[]string{"位山引黄闸改建|投用|已经建成通水"}},
		{"a thought is the first stage", "谋划建设聊泰铁路黄河大桥。", liaocheng, []string{"聊泰铁路黄河大桥|谋划|谋划建设"}},
		{"the main works are not the whole", "完成徒骇河水库主体工程。", liaocheng, []string{"徒骇河水库|在建|完成…主体工程"}},
		{"a date between name and verb", "聊泰铁路2026年开工。", liaocheng, []string{"聊泰铁路|开工|开工"}},
		{"hoped-for consent is preparation", "争取姚庄煤矿获批。", liaocheng, []string{"姚庄煤矿|前期|争取获批"}},
		{"another kind in the group", "雄商、津潍及青岛连接线等6个高铁项目加快建设。", liaocheng,
			[]string{"雄商高铁|在建|加快建设", "津潍高铁|在建|加快建设", "青岛连接线|在建|加快建设"}},
		{"a thought of a start is a thought", "谋划启动聊泰铁路建设。", liaocheng, []string{"聊泰铁路|谋划|谋划启动…建设"}},
		{"named for being built", "抢抓济郑、雄商高铁建设的机遇。", liaocheng, []string{"济郑高铁||", "雄商高铁||"}},
		{"the city's own", "市体育公园、市图书馆等投入使用。", liaocheng, []string{"聊城市体育公园|投用|投入使用", "聊城市图书馆|投用|投入使用"}},
		{"how much is made", "加快浪潮10万台计算机项目建设。", liaocheng, []string{"浪潮10万台计算机|在建|加快建设"}},
		{"signs fold", "加快　聊云数据湖项目（一期）建设。", liaocheng, []string{"聊云数据湖项目(一期)|在建|加快建设"}},
	} {
		var got []string
		for _, m := range Find(nil, c.text, c.issuer) {
			got = append(got, said(m))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: %s\n got %q\nwant %q", c.what, c.text, got, c.want)
		}
	}
}

// TestNoNames holds what reads like a name and is none: a wrong page about a
// project is worse than none.
func TestNoNames(t *testing.T) {
	for _, text := range []string{
		"抓好重点项目建设。", "新开工过亿元项目197个。", "实施一批民生项目。", "推进各类园区提质升级。",
		"实施医疗卫生强基工程。", "深入实施技能提升工程。", "推进“登高”工程。", "建设现代农业产业园。",
		"新建5家产业园、20个农业园区。", "加快基础设施补短板项目建设。", "省级开发区达到9家。",
		"实现市市通高铁。", "高速公路里程突破500公里。", "加强工程师队伍建设。", "跨国公司、上市公司增多。",
		"南水北调水质达标。", "机场旅客吞吐量增长8%。", "创建国家现代农业示范基地。", "重点技改项目100个。",
		"打造面向全国的农产品基地。", "医院管理水平提高。", "关键是把项目谋划好。", "大抓项目、抓大项目。",
		"聊城市重点项目建设提速。", "退出平台公司20家。", "坚决杜绝形象工程、政绩工程。",
		"三是加大产业园区建设力度。", "完成公路养护项目20个。", "谋深谋实项目。", "支持大学建设一流学科。", "建成过江通道4座。", "支持有条件的县（市、区）创建国家现代农业产业园。",
	} {
		for _, m := range Find(nil, text, liaocheng) {
			t.Errorf("%s gives %s", text, said(m))
		}
	}
}

func TestAmountPartnersPlace(t *testing.T) {
	for _, c := range []struct {
		text, name, amountText, partners, place string
		amount                                  float64
	}{
		{"总投资120亿元的泛家居产业城落户。", "泛家居产业城", "总投资120亿元", "", "", 120e8},
		{"投资3000万元，启动实施徒骇河水厂扩建工程。", "徒骇河水厂扩建", "投资3000万元", "", "", 3000e4},
		{"聊云数据湖项目开工建设，计划总投资约15.5亿元。", "聊云数据湖", "计划总投资约15.5亿元", "", "", 15.5e8},
		{"聊云数据湖项目完成投资2亿元。", "聊云数据湖", "投资2亿元", "", "", 2e8},
		{"雄商高铁、济郑高铁建成通车，总投资900亿元。", "雄商高铁", "", "", "", 0},
		{"信发集团投资建设的高纯铝生产线建成投产。", "高纯铝生产线", "", "信发集团", "", 0},
		{"与中化集团合作建设聊云数据湖项目。", "聊云数据湖", "", "中化集团", "", 0},
		{"信发集团高纯铝项目竣工投产。", "信发集团高纯铝", "", "信发集团", "", 0},
		{"投资836万元的建新养老院、550万元的徒骇河文体馆项目完工。", "徒骇河文体馆", "550万元", "", "", 550e4},
		{"建好徒骇河文体馆项目，全年计划投资3亿元。", "徒骇河文体馆", "", "", "", 0},
		{"投资4.8亿元实施了拆炉并网工程。", "拆炉并网", "投资4.8亿元", "", "", 4.8e8},
		{"总投资3亿元的聊云数据湖项目落户东阿。", "聊云数据湖", "总投资3亿元", "", "东阿县", 3e8},
		{"推进茌平千岛山庄、临清华美健康产业园等项目。", "临清华美健康产业园", "", "", "临清市", 0},
		{"推进茌平千岛山庄、临清华美健康产业园等项目。", "茌平千岛山庄", "", "", "茌平区", 0},
		{"支持东阿县加快艾山黄河大桥建设。", "艾山黄河大桥", "", "", "东阿县", 0},
	} {
		found := false
		for _, m := range Find(nil, c.text, liaocheng) {
			if m.Name != c.name {
				continue
			}
			found = true
			amount := 0.0
			if m.Amount != nil {
				amount = *m.Amount
			}
			if amount != c.amount || m.AmountText != c.amountText || strings.Join(m.Partners, "、") != c.partners || m.Place != c.place {
				t.Errorf("%s: %s: %g %q, partners %q, place %q", c.text, m.Name, amount, m.AmountText, m.Partners, m.Place)
			}
		}
		if !found {
			t.Errorf("%s: no %s", c.text, c.name)
		}
	}
}

func TestKinds(t *testing.T) {
	for name, kind := range map[string]report.MentionKind{
		"聊云数据湖": report.MentionProject, "华润生物产业园": report.MentionPark, "信发集团": report.MentionCompany,
	} {
		found := Find(nil, "加快推进"+name+"建设。", donge)
		if len(found) == 0 || found[0].Name != name || found[0].Kind != kind {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

func TestCanonical(t *testing.T) {
	for _, c := range []struct {
		printed string
		class   class
		want    string
	}{
		{"郑济高铁", classLine, "济郑高铁"},
		{"济郑高速铁路", classLine, "济郑高铁"},
		{"青兰高速公路", classLine, "青兰高速"},
		{"聊城市聊云数据湖项目", classWork, "聊云数据湖"},
		{"“聊云”数据湖项目", classWork, "聊云数据湖"},
		{"聊城民用机场", classSite, "聊城机场"},
		{"市大外环路", classLine, "聊城大外环"},
		{"市豫剧院", classBuilding, "聊城市豫剧院"},
		{"聊城国家农业科技园区", classPark, "聊城国家农业科技园"},
		{"车马碧大型水库", classSite, "车马碧水库"},
		{"济聊一级公路聊城段", classLine, "济聊一级公路"},
		{"山东润养医疗器械有限公司", classCompany, "山东润养医疗器械"},
		{"乖宝宠物集团", classCompany, "乖宝集团"},
	} {
		if got := canonical(c.printed, c.class, liaocheng); got != c.want {
			t.Errorf("%s is %q, want %q", c.printed, got, c.want)
		}
	}
}

// check holds what is true of the mentions of any text.
func check(t *testing.T, text string, found []report.Mention) {
	t.Helper()
	for _, m := range found {
		if m.At.Start < 0 || m.At.End > len(text) || m.At.Start >= m.At.End || text[m.At.Start:m.At.End] != m.Text {
			t.Fatalf("%q is not at %v", m.Text, m.At)
		}
		if m.Name == "" || m.As == "" || m.Kind.Label() == "" {
			t.Fatalf("a mention without a name or a kind: %+v", m)
		}
		bare := strings.Join(strings.Fields(m.Text), "")
		if !strings.Contains(bare, m.As) || !strings.Contains(bare, m.AmountText) {
			t.Fatalf("%q does not hold %q and %q", m.Text, m.As, m.AmountText)
		}
		for _, p := range m.Partners {
			if !strings.Contains(bare, p) {
				t.Fatalf("%q does not hold the partner %q", m.Text, p)
			}
		}
		if m.Stage != "" && m.Verb == "" {
			t.Fatalf("%s has a stage and no verb", m.Name)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"加快济郑高铁、雄商高铁建设，总投资120亿元。", "启动（一期）、“二期”等3个项目开工", "、、、等等项目工程", "投资亿元的项目", "元的高铁",
		"\xff加快\xe4机场建设", "——产业园等", "和及与集团公司", "13号线1-2号线14至15期", "（（（高铁", "市大外环 \n 大外环",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var found []report.Mention
		_ = boundtest.Try(t, len(text), func(work *bound.Work) error {
			found = Find(work, text, liaocheng)
			return nil
		})
		check(t, text, found)
		again := Find(nil, text, liaocheng)
		if len(again) != len(found) {
			t.Fatalf("%d mentions, then %d", len(found), len(again))
		}
	})
}

// TestHostile makes sure that long texts without structure cost no more per
// character than short ones: the work is bounded by clauses.
func TestHostile(t *testing.T) {
	for _, piece := range []string{"工程", "等项目", "高铁、", "加快", "集团", "投资1亿元的", "和", "（", "“"} {
		text := strings.Repeat(piece, 40_000/len(piece))
		check(t, text, Find(nil, text, liaocheng))
	}
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("持续优化营商环境，加快济郑高铁、雄商高铁建设，推动临莘、高台等4条高速公路开工，抓好聊云数据湖等重点项目。群众满意度稳步提高，城镇新增就业4万人以上。", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(nil, text, liaocheng)
	}
}
