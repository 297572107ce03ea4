package report

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// policyLibrary is the State Council policy library's list of subjects (主题分类).
var policyLibrary = strings.Fields(`国务院组织机构 综合政务 国民经济管理、国有资产监管 财政、金融、审计 国土资源、能源
	农业、林业、水利 工业、交通 商贸、海关、旅游 市场监管、安全生产监管 城乡建设、环境保护 科技、教育
	文化、广电、新闻出版 卫生、体育 人口与计划生育、妇女儿童工作 劳动、人事、监察 公安、安全、司法
	民政、扶贫、救灾 民族、宗教 对外事务 港澳台侨工作 国防 其他`)

func TestTopics(t *testing.T) {
	want := strings.Fields(`经济运行 工业制造 农业农村 科技创新 数字经济 项目投资 招商引资 对外开放 商贸消费 文化旅游
		财政金融 国企改革 营商环境 交通基建 城市建设 住房保障 生态环境 能源 教育 医疗卫生 就业 社会保障 养老托育 体育
		人才 应急安全 社会治理 法治政府 廉政作风 乡村振兴脱贫`)
	var names []string
	for _, topic := range Topics() {
		names = append(names, topic.Name)
		if len(topic.Subjects) == 0 {
			t.Errorf("%s has no subject", topic.Name)
		}
		for _, s := range topic.Subjects {
			if !slices.Contains(policyLibrary, s) {
				t.Errorf("%s: %s is not a subject of the policy library", topic.Name, s)
			}
		}
	}
	if !slices.Equal(names, want) {
		t.Errorf("topics %v, want %v", names, want)
	}
}

func TestTopicWords(t *testing.T) {
	count := map[string]int{"-": 0}
	for _, topic := range Topics() {
		count[topic.Name] = 0
	}
	silent := map[string]bool{}
	seen := map[string]bool{}
	for _, row := range readTable("topic_words.txt", 3) {
		topic, word := row[0], row[2]
		if _, ok := count[topic]; !ok {
			t.Errorf("%v: unknown topic", row)
		}
		weight, err := strconv.Atoi(row[1])
		if err != nil || weight < 0 || weight > 4 || (weight == 0) != (topic == "-") {
			t.Errorf("%v: weight", row)
		}
		if utf8.RuneCountInString(word) < 2 {
			t.Errorf("%v: one character says too little", row)
		}
		if seen[topic+word] || silent[word] {
			t.Errorf("%v stands twice", row)
		}
		seen[topic+word] = true
		silent[word] = topic == "-"
		count[topic]++
	}
	for topic, n := range count {
		if n < 25 {
			t.Errorf("%s has %d words", topic, n)
		}
	}
	for _, row := range readTable("topic_units.txt", 3) {
		weight, err := strconv.Atoi(row[2])
		if _, ok := count[row[1]]; !ok || row[1] == "-" || err != nil || weight < 1 || weight > 4 {
			t.Errorf("unit %v", row)
		}
	}
}

func TestClassify(t *testing.T) {
	tests := []struct {
		p    Passage
		want string // the main topic
	}{
		{Passage{Text: "新建改扩建幼儿园20所，增加学位5000个"}, "教育"},
		{Passage{Text: "新开工棚户区改造2万套，改造老旧小区100个"}, "住房保障"},
		{Passage{Text: "推动县域经济健康发展"}, "经济运行"},
		{Passage{Text: "各位代表！"}, ""},
		{Passage{Text: "持续加大投入，力争走在前列。", Heading: "大力发展体育事业"}, "体育"},
		{Passage{Text: "建成5个，新增3个。", Path: []string{"二、工作安排", "（三）加强生态环境保护"}}, "生态环境"},
		{Passage{Text: "关于进一步加强管理的意见", Unit: "市教育体育局"}, "教育"},
		{Passage{Text: "处 置 不 良 贷 款 10 亿 元"}, "财政金融"},
		{Passage{}, ""},
	}
	long := "建成幼儿园20所，新增学位5000个。新开工棚户区改造2万套，改造老旧小区100个。新改建农村公路500公里，加快高速公路建设。" +
		"新增城镇就业5万人，开展职业技能培训3万人次。深入开展扫黑除恶，公共安全视频监控实现全覆盖，信访积案得到化解。" +
		"举办全民健身运动会和社区趣味运动会三百余场，新建社会足球场二十块，体育场馆向市民免费开放。改造提升县级医院和乡镇卫生院，基层医疗服务能力得到加强，家庭医生签约服务做到应签尽签。"
	if got := Classify(Passage{Text: long}); len(got) < 3 || len(got) > mostTold {
		t.Errorf("a paragraph of seven subjects is of %v", got)
	}
	for _, tt := range tests {
		got := Classify(tt.p)
		main := ""
		if len(got) > 0 {
			main = got[0]
		}
		if main != tt.want {
			t.Errorf("Classify(%+v) = %v, want %s first", tt.p, got, tt.want)
		}
	}
}

func FuzzClassify(f *testing.F) {
	f.Add("建成幼儿园", "教育", "民生")
	f.Add("\xff\xfe", "", "*")
	f.Fuzz(func(t *testing.T, text, heading, path string) {
		topics := Classify(Passage{Text: text, Heading: heading, Path: []string{path, heading}, Unit: path})
		if len(topics) > mostTold {
			t.Fatalf("%d topics", len(topics))
		}
		for i, topic := range topics {
			if slices.Contains(topics[:i], topic) {
				t.Fatalf("%s twice", topic)
			}
		}
	})
}

func BenchmarkClassify(b *testing.B) {
	text := strings.Repeat("实施城市更新行动，改造老旧小区，推动重点项目建设，加快农村公路提档升级。", 10)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Classify(Passage{Text: text})
	}
}

// TestTopicWordsWhole tells subjects from words that only hold another's.
func TestTopicWordsWhole(t *testing.T) {
	for text, want := range map[string]string{
		"推进公共数据开放，建设统一平台。":   "数字经济",
		"发展是硬道理，没有发展什么都谈不上。": "",
		"城市书房延长开放时间。":        "文化旅游",
		"加强法治保障。":            "法治政府",
		"教育引导党员干部严守纪律。":      "廉政作风",
		"健康发展的态势进一步巩固。":      "",
		"交通银行新增贷款5亿元。":       "财政金融",
	} {
		if got := strings.Join(Classify(Passage{Text: text}), " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
