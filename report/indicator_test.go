package report

import (
	"slices"
	"strings"
	"testing"
)

func TestIndicatorData(t *testing.T) {
	var topics []string
	for _, topic := range Topics() {
		topics = append(topics, topic.Name)
	}
	table := Indicators()
	names := map[string]bool{}
	for _, ind := range table.All() {
		if names[ind.Name] {
			t.Errorf("%s is listed twice", ind.Name)
		}
		names[ind.Name] = true
		if !slices.Contains(topics, ind.Topic) {
			t.Errorf("%s: no topic %q", ind.Name, ind.Topic)
		}
		if _, ok := LookupUnit(ind.Unit); !ok && ind.Unit != "" {
			t.Errorf("%s: no unit %q", ind.Name, ind.Unit)
		}
	}
	for key, list := range table.byName {
		for i, a := range list {
			for _, b := range list[:i] {
				if x, y := table.list[a.index], table.list[b.index]; sameMeasure(x.measures, y.measures) {
					t.Errorf("%q is a name of %s and of %s", key, x.Name, y.Name)
				}
			}
		}
	}
	if len(names) < 150 {
		t.Errorf("only %d indicators", len(names))
	}
}

func TestIndicatorLookup(t *testing.T) {
	for _, c := range []struct{ name, unit, want, basis, of string }{
		{"地区生产总值", "亿元", "生产总值", "", ""},
		{"地区生产总值增长", "%", "生产总值增长", "", "生产总值"},
		{"GDP增速", "%", "生产总值增长", "", "生产总值"},
		{"gdp", "", "生产总值", "", ""},
		{"生产总值年均增长", "%", "生产总值年均增长", "", "生产总值"},
		{"新增城镇就业", "万人", "城镇新增就业", "", ""},
		{"新建农村公路", "公里", "新改建农村公路", "新建", ""},
		{"规模以上工业增加值", "%", "", "", ""},
		{"规模以上工业增加值增长", "%", "规上工业增加值增长", "", "规上工业增加值"},
		{"居民消费价格", "%", "居民消费价格涨幅", "", ""},
		{"居民消费价格涨幅", "%", "居民消费价格涨幅", "", ""},
		{"常住人口城镇化率提高", "百分点", "常住人口城镇化率提升", "", "常住人口城镇化率"},
		{"没有这个指标", "个", "", "", ""},
		{"增长", "%", "", "", ""},
		{"", "", "", "", ""},
	} {
		ind, basis, ok := Indicators().Lookup(c.name, c.unit)
		if ind.Name != c.want || basis != c.basis || ind.Of != c.of || ok != (c.want != "") {
			t.Errorf("Lookup(%q, %q) = %q, %q, of %q, %v", c.name, c.unit, ind.Name, basis, ind.Of, ok)
		}
	}
}

func TestLookupUnit(t *testing.T) {
	for printed, measures := range map[string]string{
		"亿元": "money", "万平方米": "area", "%": "percent", "百分点": "percent", "元/人·年": "money", "微克/立方米": "density",
		"千瓦时": "energy", "亿千瓦时": "energy", "万千瓦": "power", "": "", "强": "",
	} {
		if u, _ := LookupUnit(printed); u.Measures != measures {
			t.Errorf("LookupUnit(%q) = %v, want %q", printed, u, measures)
		}
	}
}

// FuzzFoldIndicator holds that names left as they are have no other form.
func FuzzFoldIndicator(f *testing.F) {
	for _, ind := range Indicators().All() {
		f.Add(ind.Name)
	}
	for _, name := range []string{"地区生产总值 增速", "规模以上工业", "R&d投入", "ａ级", "ⅱ类", "ǅ", "ß", "甲(乙)", "\xe7\x9a", "《甲》、“乙”的"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if got, want := foldIndicator(name), strings.ToUpper(indicatorFolds.Replace(name)); got != want {
			t.Errorf("%q is folded to %q, want %q", name, got, want)
		}
	})
}

func TestIndicatorNames(t *testing.T) {
	for name, want := range map[string]bool{
		"生产总值": true, "省级特色小镇": true, "5G基站": true, "城镇新增就业": true, "研究生": true, "公交站点500米内换乘比例": true,
		"企业": false, "项目": false, "发展措施": false, "203": false, "比上年多": false, "新建项目": false, "增加到": false, "": false, "其中": false,
	} {
		if got := Indicators().Names(name); got != want {
			t.Errorf("Names(%q) = %v", name, got)
		}
	}
}
