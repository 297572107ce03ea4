package figure

import (
	"fmt"
	"strings"
	"testing"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
	"youju/report"
)

// city is a document of 2025 that looks back on 2024.
func city() *report.Document {
	return &report.Document{
		Kind: report.KindReport, Year: 2025, ReviewYear: 2024, PlanYear: 2025,
		Place: report.Place{Province: "山东省", City: "聊城市", Code: "371500"},
	}
}

func item(part report.Part, text string) *report.Item {
	it := &report.Item{Part: part, Text: text}
	switch part {
	case report.PartReview, report.PartProblems:
		it.Claim, it.AboutYear = report.ClaimDone, 2024
	case report.PartGlossary, report.PartNews, report.PartOpening:
	default:
		it.Claim, it.AboutYear = report.ClaimPromised, 2025
	}
	return it
}

// line writes a figure on one line: kind and year, indicator, value, unit,
// bound, period, place, basis; what is not said is left out.
func written(f report.Figure) string {
	value := "–"
	switch {
	case f.Ratio != nil:
		value = strings.Trim(strings.ReplaceAll(fmt.Sprint(f.Ratio), " ", ":"), "[]")
	case f.ValueMax != nil:
		value = fmt.Sprintf("%v—%v", *f.Value, *f.ValueMax)
	case f.Value != nil:
		value = fmt.Sprint(*f.Value)
	}
	s := fmt.Sprintf("%s %d %s=%s%s", f.Kind, f.AboutYear, f.Indicator, value, f.Unit)
	for _, extra := range []string{f.Bound, f.Period, f.Place, f.Basis} {
		if extra != "" {
			s += " " + extra
		}
	}
	return s
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		part report.Part
		text string
		want string
	}{
		// Plain statements, changes and what goes on from them.
		{"review", "全市生产总值增长6.1%、突破2800亿元，社会消费品零售总额1200.5亿元、增长7%。", "result 2024 生产总值增长=6.1%; result 2024 生产总值=2800亿元 突破; result 2024 社会消费品零售总额=1200.5亿元; result 2024 社会消费品零售总额增长=7%"},
		{"target", "地区生产总值增长8%左右，人均突破1万美元。", "target 2025 生产总值增长=8% 左右; target 2025 人均生产总值=1万美元 突破"},
		{"target", "常住人口城镇化率达到60%，提高1个百分点以上。", "target 2025 常住人口城镇化率=60%; target 2025 常住人口城镇化率提升=1百分点 以上"},
		{"review", "三次产业比例调整为9.8∶41.2∶49。", "result 2024 三次产业比例=9.8:41.2:49"},
		// Lists whose verb is said once, counts before and behind their nouns.
		{"livelihood", "新增养老床位3000张、社区长者食堂20个。", "target 2025 新增养老床位=3000张; target 2025 社区长者食堂=20个"},
		{"plan", "建设12家现代农事服务中心，培育2—3个优良品种。", "target 2025 现代农事服务中心=12家; target 2025 培育优良品种=2—3个"},
		{"plan", "重点支持50家小微企业、30家科技企业发展。", "target 2025 支持小微企业=50家; target 2025 支持科技企业发展=30家"},
		{"review", "120家企业完成股份制改造。", "result 2024 完成股份制改造的企业=120家"},
		{"assignment", "60%的乡镇卫生院达到国家标准。", "target 2025 达到国家标准的乡镇卫生院占比=60%"},
		{"review", "新开工棚户区改造9000套，基本建成1.2万余套。", "result 2024 新开工棚改=9000套; result 2024 棚户区改造建成交付=1.2万套 余"},
		{"review", "改造老旧小区60个、惠及居民8000户。", "result 2024 改造老旧小区=60个; result 2024 改造老旧小区惠及户数=8000户"},
		{"review", "新签约重点招商引资项目45个，总投资300亿元。", "result 2024 签约项目=45个; result 2024 签约项目总投资=300亿元"},
		{"review", "新增农业龙头企业9家，达到80家。", "result 2024 农业龙头企业=9家; result 2024 农业龙头企业=80家 总量"},
		// Times to come in a review, things that are there, tenths, days.
		{"review", "新修村道30公里。2025年，将建成云溪大桥，再新改建乡道65公里。", "result 2024 新修村道=30公里; target 2025 新改建乡道=65公里"},
		{"review", "争取到上级补助资金8亿元，建成了年产6万吨的铸管生产线。", "result 2024 上级补助资金=8亿元; result 2024 铸管生产线年产=6万吨"},
		{"plan", "全县还有42万留守老人，建设养老院5所。", "result 2024 留守老人=42万; target 2025 养老院=5所"},
		{"review", "八成以上的行政村通达客车，优良天数301天，同比增加12天。", "result 2024 通达客车的行政村占比=8成 以上; result 2024 空气质量优良天数=301天; result 2024 空气质量优良天数增加=12天"},
		{"review", "预期寿命由74.1岁提高到76.2岁，群众满意率在90%以上。", "result 2024 预期寿命=76.2岁; result 2024 群众满意率=90% 以上"},
		{"review", "新增贷款71亿元，增长2倍；财政总收入15亿元、支出32亿元。", "result 2024 新增贷款=71亿元; result 2024 新增贷款增长=2倍; result 2024 财政总收入=15亿元; result 2024 财政支出=32亿元"},
		{"review", "城乡居民收入比缩小至2.1∶1。执行到位金额6亿元。", "result 2024 城乡居民收入比=2.1:1; result 2024 执行到位金额=6亿元"},
		{"review", "编制完成6个片区规划。单位缴费比例下调，各地可降至16%。", "result 2024 编制片区规划=6个; result 2024 单位缴费比例=16%"},
		{"review", "轻工业产值的增长速度，一九八一年计划为3.7%，补助标准由人均600元提高到720元。", "result 1981 轻工业产值的增长速度=3.7%; result 0 补助标准=600元 人均; result 1981 补助标准=720元"},
		{"review", "实际利用外资70亿美元，总量占全省45%。增发2亿元国债支持灾后重建。", "result 2024 实际使用外资=70亿美元; result 2024 实际利用外资占全省比重=45%; result 2024 增发国债支持灾后重建=2亿元"},
		// 分别 pairs numbers with subjects.
		{"target", "城镇和农村居民人均可支配收入分别增长6%和7%以上。", "target 2025 城镇居民人均可支配收入增长=6%; target 2025 农村居民人均可支配收入增长=7% 以上"},
		{"review", "城乡居民人均可支配收入分别增长5%和6%。", "result 2024 城镇居民人均可支配收入增长=5%; result 2024 农村居民人均可支配收入增长=6%"},
		{"review", "规模以上工业企业主营业务收入、利润分别实现800亿元、50亿元，分别增长9%、11%。", "result 2024 规上工业营业收入=800亿元; result 2024 规上工业利润=50亿元; result 2024 规上工业营业收入增长=9%; result 2024 规上工业利润增长=11%"},
		{"review", "基本养老保险、医疗保险参保人数分别达到300万、400万人。", "result 2024 基本养老保险参保人数=300万人; result 2024 基本医疗保险参保人数=400万人"},
		// Thresholds, names, dates and terms are no figures of their own.
		{"review", "新开工过亿元项目86个，年销售收入500万元以上企业达到30家。", "result 2024 新开工过亿元项目=86个; result 2024 年销售收入500万元以上企业=30家"},
		{"plan", "每个县（市、区）引进1—2个过50亿元项目。", "target 2025 引进过50亿元项目=1—2个 每个县（市、区）"},
		{"plan", "全年24小时服务，3年内建成15分钟生活圈，做好第十四届运动会和“百日攻坚”工作，实施“5+4”工程，G105国道、110联动和5A级景区创建。", ""},
		{"plan", "1月15日印发聊政发〔2025〕3号文件，完善12345热线。", ""},
		// Chinese numerals.
		{"review", "交通投资连续三年过百亿，举办文旅活动超百场，森林覆盖率超过三分之一，四成以上农户受益。", "result 2024 交通基础设施投资=100亿元 过; result 2024 文旅活动=100场 超; result 2024 森林覆盖率=33.33% 超过; result 2024 受益的农户占比=4成 以上"},
		// Ranks.
		{"review", "全市营商环境评价跃升至全省第6位，网络零售额增长20%，增幅居全省第2位。", "result 2024 营商环境评价全省位次=6位; result 2024 网络零售额增长=20%; result 2024 网络零售额增幅全省位次=2位"},
		// Bounds that are ends of words, voltages, those who were compared, marks that were passed.
		{"review", "在上海签约6个重点项目，建成110千伏变电站5座，综合考核在全省136个县中居第12位。", "result 2024 签约重点项目=6个; result 2024 建成110千伏变电站=5座; result 2024 综合考核全省位次=12位"},
		{"review", "地区生产总值跨越3个千亿元台阶，达到1.5万亿元、增长5%，外贸规模跨上5千亿元新台阶。", "result 2024 生产总值=1.5万亿元; result 2024 生产总值增长=5%; result 2024 外贸规模=5千亿元"},
		{"review", "19家工业企业营业收入超百亿元，8个产业集群产值突破6100亿元。", "result 2024 营业收入超百亿元的工业企业=19家; result 2024 产业集群=8个; result 2024 产业集群产值=6100亿元 突破"},
		// Examples before a count are not its name; a list of ranks shares its noun.
		{"plan", "加快临东、高西等4条高速公路建设，出台提高补助标准等10项民生政策。", "target 2025 高速公路建设=4条; target 2025 出台民生政策=10项"},
		{"review", "建成4个国家级、5个省级区域医疗中心。", "result 2024 国家区域医疗中心=4个; result 2024 建成省级区域医疗中心=5个"},
		// Ranks without 位, values without 分别, two pairs of them.
		{"review", "货运量增长5%、增速全国第3，出口规模稳居全省第二，发展第一要务更加突出。", "result 2024 货运量增长=5%; result 2024 货运量增幅全国位次=3位; result 2024 出口规模全省位次=2位"},
		{"review", "原煤、天然气产量达到660万吨、9亿立方米，高新技术企业、中小企业贷款分别增长27%、31%。", "result 2024 原煤产量=660万吨; result 2024 天然气产量=9亿立方米; result 2024 高新技术企业贷款增长=27%; result 2024 中小企业贷款增长=31%"},
		{"review", "城乡居民人均可支配收入从2021年的4万元和2万元分别提高到5万元和3万元。", "result 2021 城镇居民人均可支配收入=4万元; result 2021 农村居民人均可支配收入=2万元; result 2024 城镇居民人均可支配收入=5万元; result 2024 农村居民人均可支配收入=3万元"},
		{"review", "人大代表建议、政协提案办结率均为100%，新增就业6435人，完成目标任务的117%。", "result 2024 人大代表建议办结率=100%; result 2024 政协提案办结率=100%; result 2024 城镇新增就业=6435人; result 2024 新增就业占目标任务比重=117%"},
		{"review", "家电、新能源汽车零售额分别增长23%、35%，一、二、三产业增加值分别增长4%、5%、3%。", "result 2024 家电零售额增长=23%; result 2024 新能源汽车零售额增长=35%; result 2024 第一产业增加值增长=4%; result 2024 第二产业增加值增长=5%; result 2024 第三产业增加值增长=3%"},
		{"review", "居民消费价格保持平稳，年均上涨1.9%，推广含油量66%的品种，小巨人企业数量较2020年翻一番。", "result 2024 居民消费价格涨幅=1.9%; result 2024 小巨人企业数量=1番; result 2024 居民消费价格涨幅=– 保持平稳"},
		{"review", "地区生产总值由2019年的162亿元增加到2024年的287亿元，年均增长12.1%。", "result 2019 生产总值=162亿元; result 2024 生产总值=287亿元; result 2024 生产总值年均增长=12.1%"},
		{"plan", "建成十亿级产业链15个、百亿级3个。", "target 2025 建成十亿级产业链=15个; target 2025 建成百亿级产业链=3个"},
		// Units per person and year, bases, words in place of numbers.
		{"review", "农村低保提至每人每年5200元，居民医保财政补助标准人均提高30元。", "result 2024 农村低保标准=5200元/人·年; result 2024 居民医保财政补助标准提升=30元"},
		{"review", "一般公共预算收入增长2%（剔除减税因素，可比口径增长9%）。", "result 2024 一般公共预算收入增长=2%; result 2024 一般公共预算收入增长=9% 剔除减税因素，可比口径"},
		{"review", "粮食生产实现“九连丰”，蔬菜产量增长3%。", "result 2024 蔬菜产量增长=3%; result 2024 粮食产量=– 实现“九连丰”"},
		{"review", "全年粮食生产“十一连丰”。", "result 2024 粮食产量=– “十一连丰”"},
		{"target", "居民消费价格保持合理水平，实际使用外资稳步增长，主要经济指标增速高于全省平均水平。", "target 2025 居民消费价格涨幅=– 保持合理水平; target 2025 实际使用外资=– 稳步增长; target 2025 主要经济指标增幅=– 高于"},
		{"assignment", "新建农村公路200公里。", "target 2025 新改建农村公路=200公里 新建"},
		// Time.
		{"review", "1—4月，城镇新增就业2万人。", "result 2024 城镇新增就业=2万人 1—4月"},
		{"plan", "到2027年，高新技术企业达到1500家。", "target 2027 高新技术企业数=1500家"},
		{"plan", "去年完成造林5万亩，今年新造林6万亩。", "result 2024 造林面积=5万亩; target 2025 造林面积=6万亩"},
		{"review", "“十三五”时期，城镇新增就业20万人。", "result 2020 城镇新增就业=20万人 “十三五”"},
		{"review", "五年来，新增城镇就业18万人。", "result 2024 城镇新增就业=18万人 五年来"},
		{"plan", "今后五年，新增城镇就业20万人。", "target 2029 城镇新增就业=20万人 今后五年"},
		// Kind by the verb, sizes of what is to be.
		{"review", "力争年底前建成充电桩2000个。", "target 2024 充电桩=2000个"},
		{"review", "总投资12亿元的轴承产业园、年产3万台机床的设备项目签约落户。", "target 2024 轴承产业园总投资=12亿元; target 2024 机床年产能=3万台"},
		{"glossary", "两季亩产之和达到1000公斤以上。", " 0 两季亩产之和=1000公斤 以上"},
		{"review", "东阿县粮食产量达到12亿斤。", "result 2024 粮食产量=12亿斤 东阿县"},
	} {
		it := item(c.part, c.text)
		it.Places = []string{"东阿县"}
		var got []string
		for _, f := range Find(nil, city(), it, it.Text) {
			got = append(got, written(f))
			if f.Text != it.Text[f.At.Start:f.At.End] || f.Text == "" {
				t.Errorf("%s: %q is not at %v", c.text, f.Text, f.At)
			}
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

// TestTimesIn compares the quick search for times with the plain one.
func TestTimesIn(t *testing.T) {
	for _, s := range []string{
		"", "今年是“十四五”时期的第一年，2021—2025年年均增长6%，比2020年1—4月高，上半年、前三个季度和一季度都好，12月底前完成",
		"过去五年、本届政府的三年来、近年来五年累计，今后五年、未来三年，十五五以来，十二五末，去年年底和明年年初，全年年年有余，百年大计",
		"十十四五时期十月十一月份季度四季度前10个月下半年本年度1998年这三年间", "一年年月月季季十十",
	} {
		if got, want := fmt.Sprint(timesIn(s)), fmt.Sprint(markRE.FindAllStringSubmatchIndex(s, -1)); got != want {
			t.Errorf("%s\n got %s\nwant %s", s, got, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"全市生产总值增长6.1%、突破2800亿元。", "城乡收入分别增长5%和6%，分别居全省第1位、第2位", "（一）（（二）３４％", "每人每年5000元以上的", "一、二分别是2010年的2倍和3倍",
		"分别1个、2个", "从2017年的5万元增加到7万元", "\xff12个\xff", "１—２个", "百亿千亿万亿", "1:2:3:4", "）5个（", "“5个”", "是2010年的2倍", "第一位", "前3名",
	} {
		f.Add(s)
	}
	parts := []report.Part{"review", "plan", "news", "glossary"}
	f.Fuzz(func(t *testing.T, s string) {
		for _, part := range parts {
			it := item(part, s)
			var found []report.Figure
			_ = boundtest.Try(t, len(s), func(work *bound.Work) error {
				found = Find(work, city(), it, s)
				return nil
			})
			for _, fig := range found {
				if fig.At.Start < 0 || fig.At.End > len(s) || fig.At.Start >= fig.At.End || s[fig.At.Start:fig.At.End] != fig.Text {
					t.Fatalf("%q is not at %v of %q", fig.Text, fig.At, s)
				}
				if fig.Indicator == "" {
					t.Fatalf("no name for %q of %q", fig.Text, s)
				}
			}
		}
	})
}
