package indexer

import (
	"fmt"
	"strings"
	"testing"

	"youju/report"
)

// TestEvidenceData holds every rule of the data file to what its header says.
func TestEvidenceData(t *testing.T) {
	e := evidenceData()
	for _, scope := range []string{"head", "open", "title"} {
		if len(e.rules[scope]) == 0 {
			t.Errorf("no rule of scope %s", scope)
		}
	}
	for scope, rules := range e.rules {
		for _, r := range rules {
			if r.part != report.PartReview && r.part != report.PartPlan && r.part != report.PartProblems {
				t.Errorf("%s %s: no side", scope, r.part)
			}
			if r.weight <= 0 || r.weight > 6 {
				t.Errorf("%s %s: weight %v", scope, r.re, r.weight)
			}
		}
	}
	for word, want := range map[string]bool{"取得": true, "打造": false} {
		if w, ok := e.words.Get(word); !ok || w > 0 != want {
			t.Errorf("%s weighs %v", word, w)
		}
	}
}

// skeleton is a made-up report: each paragraph with the part it must have.
type skeleton struct {
	name, text string
	// parts gives by the beginning of an item its part and claim.
	parts map[string]string
}

const reportHead = "2031年青禾市政府工作报告\n\n——2031年1月12日在青禾市第九届人民代表大会第四次会议上\n\n青禾市市长 方明\n\n各位代表：\n\n现在，我代表市人民政府，向大会报告工作，请予审议。\n\n"

func TestParts(t *testing.T) {
	plans := []string{
		"2031年工作安排建议", "2031年工作的建议", "对2031年工作的建议", "今年工作打算", "今后五年工作思路",
		"下一步工作打算", "2031年政府工作总体要求、主要目标和重点任务", "2031年：同心协力开新篇", "2031年主要工作",
	}
	reviews := []string{
		"2030年工作回顾", "2030年主要工作", "一年来的主要工作", "回眸2030", "过去一年工作情况", "2030年：埋头苦干见实效",
	}
	for i, plan := range plans {
		review := reviews[i%len(reviews)]
		for _, numbered := range []bool{false, true} {
			r, p := review, plan
			if numbered {
				r, p = "一、"+r, "二、"+p
			}
			s := skeleton{r + " · " + p, reportHead + r + "\n\n修建乡村公路90公里，改造校舍12所。\n\n" + p + "\n\n修建水库3座，改造校舍20所。\n",
				map[string]string{"修建乡村公路": "review done", "修建水库": "plan promised"}}
			t.Run(s.name, func(t *testing.T) { s.check(t) })
		}
	}
}

// TestSkeletons reads whole made-up papers: halves, themes for headings, no
// headings, other kinds, promises inside a review.
func TestSkeletons(t *testing.T) {
	court := "青禾市人民法院工作报告\n\n——2031年1月13日在青禾市第九届人民代表大会第四次会议上\n\n青禾市人民法院院长 石某某\n\n各位代表：\n\n现在，我代表市人民法院向大会报告工作，请予审议。\n\n"
	for _, s := range []skeleton{
		{"a half that looks back", reportHead + "2030年工作回顾\n\n一、工业稳步增长\n\n规上工业增加值增长8%。\n\n二、乡村展现新貌\n\n硬化道路30公里。\n", map[string]string{"硬化道路": "review done"}},
		{"an account without headings", "回眸2030：青禾市人民政府五年来的工作\n\n这五年，城乡面貌焕然一新。修缮古桥9座。\n\n这五年，民生福祉持续增进。新增床位120张。\n", map[string]string{"这五年，城乡": "review done", "这五年，民生": "review done"}},
		{"a half that plans", reportHead + "2031年政府工作安排\n\n一、做强工业\n\n规上工业增加值增长8%。\n\n二、建设乡村\n\n硬化道路30公里。\n", map[string]string{"硬化道路": "plan promised"}},
		{"no heading", reportHead + "过去一年，我们坚持稳中求进，完成了各项任务，建成道路88公里，新增就业6000人。\n\n2031年工作的总体要求是：稳中求进，加快转型。\n\n大力发展特色农业，新建大棚千座，打造区域品牌。\n", map[string]string{"过去一年": "review done", "大力发展": "plan promised"}},
		{"themes", reportHead + "一、风雨兼程，交出满意答卷\n\n过去一年，全市生产总值完成180亿元，增长6%。\n\n二、乘风破浪，书写崭新篇章\n\n今年要抓好五件事，建成厂房10万平方米。\n", map[string]string{"过去一年": "review done", "今年要抓好": "plan promised"}},
		{"themes without numbers", reportHead + "经济跨上新台阶\n\n生产总值突破百亿元大关。\n\n2031年，我们将重点做好以下工作：\n\n聚力产业升级\n\n推动企业改造，力争产值增长一成。\n", map[string]string{"生产总值突破": "review done", "推动企业改造": "plan promised"}},
		{"plans below the review's heading", reportHead + "一、过去一年工作回顾\n\n造林9万亩，森林覆盖率提高1个百分点。\n\n各位代表！做好今年工作意义重大，总体要求是：稳中求进。\n\n要推进国土绿化，完成造林10万亩。\n", map[string]string{"造林9万亩": "review done", "要推进国土": "plan promised"}},
		{"promise in a review", reportHead + "一、2030年工作回顾\n\n改造小区18个。\n\n2031年，将再改造小区22个。\n\n二、2031年工作安排\n\n修桥2座。\n", map[string]string{"改造小区18个": "review done", "2031年，将": "plan promised"}},
		{"what falls short", reportHead + "一、2030年工作回顾\n\n修桥3座。\n\n二、存在的主要问题\n\n产业层次偏低。\n\n三、2031年工作打算\n\n修桥5座。\n", map[string]string{"产业层次": "problems", "修桥5座": "plan promised"}},
		{"court", court + "2030年，我院受理案件9200件，审结8900件。\n\n一、惩治犯罪\n\n审结刑事案件410件。\n\n二、化解纠纷\n\n审结民事案件6100件。\n\n2031年工作安排\n\n设立服务站12个。\n", map[string]string{"2030年，我院": "review done", "审结民事": "review done", "设立服务站": "plan promised"}},
		{"bulletin", "青禾市2030年国民经济和社会发展统计公报\n\n一、综合\n\n生产总值182亿元，比上年增长6%。\n\n二、农业\n\n粮食播种面积32万亩。\n", map[string]string{"粮食播种面积": "review done"}},
		{"half a year", "青禾市2031年上半年经济运行情况\n\n上半年，全市固定资产投资增长7%，其中工业投资增长11%。\n\n下半年，力争固定资产投资增长8%以上。\n", map[string]string{"上半年，": "review done", "下半年，": "plan promised"}},
		{"five-year plan", "青禾市国民经济和社会发展第十七个五年规划纲要\n\n第一章 发展基础\n\n“十六五”期间，修路600公里，成绩显著。\n\n第二章 发展目标\n\n修路800公里。\n", map[string]string{"“十六五”期间": "review done", "修路800公里": "plan promised"}},
		{"approval", "青禾市人民政府关于设立城东产业园的批复\n\n青政复〔2031〕3号\n\n市工业和信息化局：\n\n你局请示收悉，现批复如下：\n\n同意设立城东产业园，面积5平方公里。\n", map[string]string{"同意设立": ""}},
		{"notice that tells", "青禾市自来水公司关于停水的通知\n\n各用户：\n\n因管网检修，3月5日8时至18时城东片区停水。\n", map[string]string{"因管网检修": ""}},
		{"key points", "青禾市教育局2031年工作要点\n\n一、学前教育\n\n新增学位900个。\n", map[string]string{"新增学位": "plan promised"}},
	} {
		t.Run(s.name, func(t *testing.T) { s.check(t) })
	}
}

func (s skeleton) check(t *testing.T) {
	t.Helper()
	docs, err := Read("hidden.txt", []byte(s.text))
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	for begin, want := range s.parts {
		found := false
		for _, it := range docs[0].Items {
			if !strings.HasPrefix(it.Heading+it.Text, begin) {
				continue
			}
			found = true
			if got := strings.TrimSpace(string(it.Part) + " " + string(it.Claim)); got != want {
				t.Errorf("%s: %s, want %s; below %v", begin, got, want, it.Path)
			}
		}
		if !found {
			t.Errorf("no item begins with %s", begin)
		}
	}
}

// TestStatedParts overrules the part of a section by its heading, and tells of
// what it cannot.
func TestStatedParts(t *testing.T) {
	text := "---\nparts:\n  二、同心协力: review\n  三、没有这个标题: plan\n  一、2030年工作回顾: 错字\n---\n" +
		reportHead + "一、2030年工作回顾\n\n修建乡村公路90公里。\n\n二、同心协力\n\n要修建水库3座，力争改造校舍20所。\n"
	docs, err := Read("hidden.txt", []byte(text))
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	d := docs[0]
	if s := d.Sections[1]; s.Part != report.PartReview || s.Evidence != "说明文件" {
		t.Errorf("%v: part %s by %s", s.Path, s.Part, s.Evidence)
	}
	if s := d.Sections[0]; s.Part != report.PartReview || s.Evidence != "标题“回顾”" {
		t.Errorf("%v: part %s by %s", s.Path, s.Part, s.Evidence)
	}
	told := fmt.Sprint(d.Problems)
	for _, want := range []string{"三、没有这个标题", "错字"} {
		if !strings.Contains(told, want) {
			t.Errorf("%s is not told: %s", want, told)
		}
	}
}
