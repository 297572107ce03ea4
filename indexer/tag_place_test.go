package indexer

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"youju/report"
)

var (
	liaocheng = report.Place{Province: "山东省", City: "聊城市", Code: "371500"}
	donge     = report.Place{Province: "山东省", City: "聊城市", County: "东阿县", Code: "371524"}
)

func placesIn(issuer report.Place, text string) []string {
	it := report.Item{Text: text}
	tagPlaces(&report.Document{Place: issuer}, &it, townsSeen{})
	return it.Places
}

func TestTagPlaces(t *testing.T) {
	shandong := report.Place{Province: "山东省", Code: "370000"}
	beijing := report.Place{Province: "北京市", City: "北京市", Code: "110000"}
	hailar := report.Place{Province: "内蒙古自治区", City: "呼伦贝尔市", County: "海拉尔区", Code: "150702"}
	taian := report.Place{Province: "山东省", City: "泰安市", Code: "370900"}
	shaanxi := report.Place{Province: "陕西省", Code: "610000"}
	jiangsu := report.Place{Province: "江苏省", Code: "320000"}
	henan := report.Place{Province: "河南省", Code: "410000"}
	shanghai := report.Place{Province: "上海市", City: "上海市", Code: "310000"}
	tests := []struct {
		issuer     report.Place
		text, want string
	}{
		{liaocheng, "支持莘县、冠县和东 阿发展", "莘县 冠县 东阿县"},
		{liaocheng, "茌平撤县设区", "茌平区"},
		{liaocheng, "茌平县财政收入增长", "茌平区"},
		{liaocheng, "在平、阳谷一东阿", "茌平区 阳谷县 东阿县"},
		{liaocheng, "现在平均每天两趟", ""},
		{liaocheng, "聊城西互通立交", ""},
		{liaocheng, "东阿阿胶获奖", ""},
		{liaocheng, "阳谷路改造，临清大道绿化", ""},
		{liaocheng, "东昌路、东昌湖、东昌学院", ""},
		{liaocheng, "聊城经济技术开发区和高新区", "经开区 高新区"},
		{liaocheng, "创建国家级高新区，各类开发区", ""},
		{liaocheng, "东阿经济开发区、东阿黄河康养旅游度假区", "东阿县"},
		{liaocheng, "支持度假区建设", "度假区"},
		{liaocheng, "济南高新区、泰安市", ""},
		{liaocheng, "至河南省范县、濮阳市台前县", "范县 台前县"},
		{liaocheng, "与北京市朝阳区、海淀区合作", "北京市朝阳区 海淀区"},
		{liaocheng, "聊城至范县段", ""},
		{liaocheng, "消费县域经济", ""},
		{donge, "东阿黄河鲤鱼", "东阿县"},
		{donge, "经济开发区入园企业", ""},
		{taian, "泰安高新区和岱岳区", "泰安高新区 岱岳区"},
		{taian, "推进高新区改革", "泰安高新区"},
		{shandong, "济南、青岛和聊城", "济南市 青岛市 聊城市"},
		{shandong, "济南市市中区", "济南市 济南市市中区"},
		{shandong, "平原地区、惠民利民、新泰和曲阜", "新泰市 曲阜市"},
		{shandong, "山东大学", ""},
		{taian, "优化徂徕高新区", ""},
		{beijing, "朝阳、海淀等区", "北京市朝阳区 海淀区"},
		{beijing, "朝阳产业", ""},
		{hailar, "海拉尔机场到满洲里", "海拉尔区 满洲里市"},
		{shaanxi, "西安地铁通车，商洛、安康两地，人民安康", "西安市 商洛市 安康市"},
		{shaanxi, "陇县光伏配套，建设示范县和县城", "陇县"},
		{shaanxi, "镇安抽水蓄能电站，加快榆阳机场开放，镇安社会秩序", "镇安县 榆阳区"},
		{shaanxi, "宝鸡峡灌区，话剧《延安》", ""},
		{jiangsu, "阜溧高速建湖至兴化段", "建湖县 兴化市"},
		{henan, "沙颍河、淮河、唐河等航道，唐河流域", ""},
		{henan, "推广安阳经验，培育新乡村，新乡入选", "安阳市 新乡市"},
		{shanghai, "宝山、金山转型，绿水青山就是金山银山", "上海市宝山区 金山区"},
		{report.Place{}, "东阿", ""},
	}
	for _, tt := range tests {
		if got := strings.Join(placesIn(tt.issuer, tt.text), " "); got != tt.want {
			t.Errorf("%s in a text of %s: %q, want %q", tt.text, tt.issuer.Name(), got, tt.want)
		}
	}
}

func TestTagPlacesDuty(t *testing.T) {
	it := report.Item{Heading: "莘县", Text: "建设", Duty: report.Duty{LeadUnits: []string{"莘县人民政府"}, SupportUnits: []string{"冠县人民政府"}}}
	tagPlaces(&report.Document{Place: liaocheng}, &it, townsSeen{})
	if want := []string{"莘县", "冠县"}; !slices.Equal(it.Places, want) {
		t.Errorf("places = %v, want %v", it.Places, want)
	}
}

// goldEntry is one line of gold/places.json or gold/topics.json.
type goldEntry struct {
	ID, Seed, Contains, Trap string
	Line                     int
	Places                   []string
	AlsoOK                   []string `json:"also_ok"`
	FlatTopics               []string `json:"flat_topics"`
}

func readGold(t *testing.T, name string) []goldEntry {
	t.Helper()
	var entries []goldEntry
	if err := json.Unmarshal(mustRead(t, filepath.Join(sharedDir(t), "gold", name)), &entries); err != nil {
		t.Fatal(err)
	}
	return entries
}

// TestGoldPlaces measures the places found in the hand-made expectations' own words.
func TestGoldPlaces(t *testing.T) {
	var right, wrong, missed int
	for _, e := range readGold(t, "places.json") {
		issuer := liaocheng
		if strings.HasPrefix(e.Seed, "002") && e.Line <= 3 {
			issuer = donge
		}
		got := placesIn(issuer, e.Contains)
		for _, p := range got {
			switch {
			case slices.Contains(e.Places, p):
				right++
			case !slices.Contains(e.AlsoOK, p):
				wrong++
				t.Logf("%s: %s too much in %q", e.ID, p, e.Contains)
			}
		}
		for _, p := range e.Places {
			if !slices.Contains(got, p) {
				missed++
				t.Logf("%s: %s missing in %q", e.ID, p, e.Contains)
			}
		}
	}
	precision := float64(right) / float64(right+wrong)
	recall := float64(right) / float64(right+missed)
	f1 := 2 * precision * recall / (precision + recall)
	t.Logf("precision %.3f, recall %.3f, F1 %.3f", precision, recall, f1)
	if f1 < 0.98 {
		t.Errorf("F1 = %.3f, want 0.98", f1)
	}
}

// TestTowns knows a town named alone by the county it stood behind before.
func TestTowns(t *testing.T) {
	doc := &report.Document{Place: report.Place{Province: "山东省", City: "聊城市", Code: "371500"}}
	known := townsSeen{}
	for _, c := range []struct{ text, want string }{
		{"张寨镇先行试点。", ""},
		{"莘县张寨镇、东阿县牛角店镇建设供水站，东阿县各乡镇、莘县新型城镇化提速。", "莘县 东阿县"},
		{"张寨镇食用菌产业园扩建。", "莘县"},
		{"莘县城关镇、冠县城关镇改造。", "莘县 冠县"},
		{"城关镇道路硬化，乡镇环境提升。", ""},
	} {
		it := report.Item{Text: c.text}
		tagPlaces(doc, &it, known)
		if got := strings.Join(it.Places, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}
