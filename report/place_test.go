package report

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestPlaceData(t *testing.T) {
	g := Places()
	counties := map[string]int{}
	values := map[string]string{}
	last := ""
	for _, row := range readTable("places.txt", 2) {
		code, name := row[0], row[1]
		if n, err := strconv.Atoi(code); err != nil || len(code) != 6 || n < 110000 || n > 820000 {
			t.Errorf("code %q of %s", code, name)
		}
		if code <= last {
			t.Errorf("%s after %s: not in order, or twice", code, last)
		}
		last = code
		if _, ok := g.byCode[code[:2]+"0000"]; !ok {
			t.Errorf("%s has no province", code)
		}
		counties[code[:2]]++
		value := g.places[g.byCode[code]].value
		if other := values[value]; other != "" {
			t.Errorf("%s and %s are both %s in the facet", code, other, value)
		}
		values[value] = code
	}
	for _, d := range g.places {
		if strings.HasSuffix(d.code, "0000") && d.code < "710000" && counties[d.code[:2]] < 6 {
			t.Errorf("%s has %d places", d.name, counties[d.code[:2]])
		}
	}
	if n := len(g.places); n < 3100 || n > 3400 {
		t.Errorf("%d places", n)
	}
}

func TestPlaceNames(t *testing.T) {
	g := Places()
	official := map[string][]string{}
	for _, d := range g.places {
		official[d.name] = append(official[d.name], d.code)
	}
	for _, row := range readTable("place_former.txt", 3) {
		if _, ok := g.byCode[row[1]]; !ok {
			t.Errorf("%s: unknown code %s", row[0], row[1])
		}
		if year, err := strconv.Atoi(row[2]); err != nil || year < 2000 || year > 2030 {
			t.Errorf("%s: year %s", row[0], row[2])
		}
		if slices.Contains(official[row[0]], row[1]) {
			t.Errorf("%s is its own former name", row[0])
		}
	}
	for _, row := range readTable("place_aliases.txt", 3) {
		if _, ok := g.byCode[row[1]]; !ok || row[2] != "alias" && row[2] != "weak" {
			t.Errorf("alias %v", row)
		}
	}
	for _, row := range readTable("place_zones.txt", 4) {
		_, known := g.byCode[row[0]]
		_, kind := zoneKinds[row[2]]
		if row[0] != "*" && !known || !kind {
			t.Errorf("zone %v", row)
		}
	}
	for _, row := range readTable("place_words.txt", 1) {
		if _, ok := g.names.Get(row[0]); !ok {
			t.Errorf("%s is no place's name", row[0])
		}
	}
	for _, row := range readTable("place_context.txt", 2) {
		if utf8.RuneCountInString(row[1]) > 4 {
			t.Errorf("%v: only four characters beside a name are looked at", row)
		}
	}
}

// TestPlaceDataOnce finds lines that stand twice in a data file.
func TestPlaceDataOnce(t *testing.T) {
	files, err := dataFS.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := dataFS.ReadFile("data/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, line := range strings.Split(string(b), "\n") {
			if line != "" && seen[line] {
				t.Errorf("%s: %q stands twice", f.Name(), line)
			}
			if line != strings.TrimSpace(line) {
				t.Errorf("%s: white space around %q", f.Name(), line)
			}
			seen[line] = true
		}
	}
}

func TestShortName(t *testing.T) {
	for name, want := range map[string]string{
		"东阿县": "东阿", "莘县": "", "茌平区": "茌平", "聊城市": "聊城", "山东省": "山东",
		"内蒙古自治区": "内蒙古", "新疆维吾尔自治区": "新疆", "香港特别行政区": "香港",
		"彭水苗族土家族自治县": "彭水", "东乡族自治县": "东乡", "莫力达瓦达斡尔族自治旗": "莫力达瓦",
		"恩施土家族苗族自治州": "恩施", "积石山保安族东乡族撒拉族自治县": "积石山", "管城回族区": "管城",
		"锡林郭勒盟": "锡林郭勒", "大兴安岭地区": "大兴安岭", "神农架林区": "神农架", "浦东新区": "浦东",
		"乌拉特前旗": "", "准格尔旗": "准格尔", "井陉矿区": "",
	} {
		if got := shortName(name); got != want {
			t.Errorf("shortName(%s) = %q, want %q", name, got, want)
		}
	}
}

func TestLookup(t *testing.T) {
	g := Places()
	tests := []struct{ name, want string }{
		{"东阿", "371524"}, {"东阿县", "371524"}, {"茌平县", "371503"}, {"山东省聊城市东阿县", "371524"},
		{"聊城东阿", "371524"}, {"聊城", "371500"}, {"山东", "370000"}, {"北京", "110000"},
		{"内蒙古自治区呼伦贝尔市海拉尔区", "150702"}, {"鄂温克旗", "150724"}, {"济源市", "419001"},
		{"朝阳区", "110105 220104"}, {"北京市朝阳区", "110105"}, {"没有这个地方", ""}, {"", ""},
	}
	for _, tt := range tests {
		var codes []string
		for _, p := range g.Lookup(tt.name) {
			codes = append(codes, p.Code)
		}
		if got := strings.Join(codes, " "); got != tt.want {
			t.Errorf("Lookup(%s) = %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestResolve(t *testing.T) {
	g := Places()
	jilin, _ := g.ByCode("220000")
	jinan, _ := g.ByCode("370100")
	tests := []struct {
		name   string
		within Place
		want   string
	}{
		{"东阿", Place{}, "山东省聊城市东阿县"},
		{"朝阳区", Place{}, ""},
		{"朝阳区", jilin, "吉林省长春市朝阳区"},
		{"市中区", jinan, "山东省济南市市中区"},
		{"上海", Place{}, "上海市"},
		{"浦东新区", Place{}, "上海市浦东新区"},
		{"济源", Place{}, "河南省济源市"},
		{"东莞", Place{}, "广东省东莞市"},
	}
	for _, tt := range tests {
		p, ok := g.Resolve(tt.name, tt.within)
		if ok != (tt.want != "") || p.Full() != tt.want {
			t.Errorf("Resolve(%s, %s) = %s, %v; want %s", tt.name, tt.within.Name(), p.Full(), ok, tt.want)
		}
	}
}

func TestFacetPath(t *testing.T) {
	g := Places()
	for code, want := range map[string]string{
		"371524": "山东省 聊城市 东阿县", "370103": "山东省 济南市 济南市市中区", "110105": "北京市 北京市朝阳区",
		"419001": "河南省 济源市", "370000": "山东省", "371500": "山东省 聊城市",
	} {
		p, _ := g.ByCode(code)
		path := g.FacetPath(p)
		if got := strings.Join(path, " "); got != want {
			t.Errorf("FacetPath(%s) = %s, want %s", code, got, want)
		}
		if got := g.FacetPath(Place{Province: p.Province, City: p.City, County: p.County}); !slices.Equal(got, path) {
			t.Errorf("FacetPath(%s without its code) = %v, want %v", code, got, path)
		}
		for i := len(path) - 1; i > 0; i-- {
			if got := g.Parent(path[i]); got != path[i-1] {
				t.Errorf("Parent(%s) = %s, want %s", path[i], got, path[i-1])
			}
		}
	}
	for value, want := range map[string]string{
		"经开区": "聊城市", "泰安高新区": "泰安市", "雄安新区": "河北省", "苏州工业园区": "苏州市", "山东省": "", "不知道": "", "": "",
	} {
		if got := g.Parent(value); got != want {
			t.Errorf("Parent(%s) = %q, want %q", value, got, want)
		}
	}
}

func TestEveryPlaceResolvesToItself(t *testing.T) {
	g := Places()
	for i := range g.places {
		p := g.place(i)
		if got, ok := g.ByCode(p.Code); !ok || got != p {
			t.Fatalf("ByCode(%s) = %v", p.Code, got)
		}
		if got := g.Lookup(p.Full()); !slices.Contains(got, p) {
			t.Errorf("Lookup(%s) = %v", p.Full(), got)
		}
	}
}

func FuzzFind(f *testing.F) {
	g := Places()
	for _, s := range []string{"支持茌平、东阿和莘县", "聊城经济技术开发区", "北京市朝阳区、海淀区", "在平、阳谷一东阿", "\xff\xfe东阿\x00县", "东 阿 * 县"} {
		f.Add(s, "371500")
		f.Add(s, "370000")
		f.Add(s, "371524")
	}
	f.Fuzz(func(t *testing.T, text, code string) {
		within, _ := g.ByCode(code)
		end := 0
		for _, m := range g.Find(text, within) {
			if m.Start < end || m.End <= m.Start || m.End > len(text) || m.Name == "" {
				t.Fatalf("mention %+v in %q", m, text)
			}
			end = m.End
		}
		for _, p := range g.Lookup(text) {
			if p.Code == "" {
				t.Fatalf("Lookup(%q) = %+v", text, p)
			}
		}
		g.Parent(text)
		g.Resolve(text, within)
	})
}

// TestFindIsLinear guards against a text that makes every position expensive.
func TestFindIsLinear(t *testing.T) {
	liaocheng, _ := Places().ByCode("371500")
	text := strings.Repeat("积石山保安族东乡族撒拉族自治", 20000)
	done := make(chan int, 1)
	go func() { done <- len(Places().Find(text, liaocheng)); Classify(Passage{Text: text}) }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("800 KB of text took more than 20 seconds")
	}
}

func BenchmarkFind(b *testing.B) {
	liaocheng, _ := Places().ByCode("371500")
	text := strings.Repeat("支持茌平、东阿和莘县建设高标准农田，推动经开区、高新区改革，加快济聊高速聊城西互通立交改建。", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Places().Find(text, liaocheng)
	}
}

func TestBelow(t *testing.T) {
	g := Places()
	for _, tt := range []struct {
		name        string
		count       int
		first, last string
	}{
		{"山东省", 16, "济南市", "菏泽市"},
		{"聊城市", 8, "东昌府区", "临清市"},
		{"上海市", 16, "黄浦区", "崇明区"}, // a province that is its own city
		{"东阿县", 0, "", ""},
	} {
		below := g.Below(g.Lookup(tt.name)[0])
		if len(below) != tt.count {
			t.Errorf("%s: %d places below, want %d", tt.name, len(below), tt.count)
		} else if tt.count > 0 && (below[0].Name() != tt.first || below[tt.count-1].Name() != tt.last) {
			t.Errorf("%s: %s to %s", tt.name, below[0].Name(), below[tt.count-1].Name())
		}
	}
	if g.Below(Place{Province: "某省"}) != nil {
		t.Error("an unknown province has places")
	}
}

// TestPlacesElsewhere reads places of other cities, old names, and names within words.
func TestPlacesElsewhere(t *testing.T) {
	for _, c := range []struct{ issuer, text, want string }{
		{"福建省福州市", "赴南京市鼓楼区、杭州市拱墅区考察", "南京市鼓楼区 拱墅区"},
		{"河南省开封市", "洛阳市老城区夜市繁荣，老城区改造提速", "老城区"},
		{"山东省聊城市", "与通海县、兰考县结对", "通海县 兰考县"},
		{"山东省聊城市", "创建平安县3个、示范县2个、文明和谐县1个", ""},
		{"", "评为全国示范县、生态县、平安县", ""},
		{"", "庆云县、尉氏县改革经验推广", "庆云县 尉氏县"},
		{"浙江省杭州市", "下城区并入拱墅区以前，下城区、江干区更新楼宇", "拱墅区 上城区"},
		{"湖南省株洲市", "株洲县撤县设区，渌口区起步有力", "渌口区"},
		{"重庆市", "彭水县、石柱县、江津市增产", "彭水苗族土家族自治县 石柱土家族自治县 江津区"},
		{"辽宁省", "喀左县、阜蒙县新建大棚", "喀喇沁左翼蒙古族自治县 阜新蒙古族自治县"},
		{"安徽省安庆市", "登望江楼，修缮太湖寺", ""},
		{"山东省聊城市", "提高港区吞吐能力，扩大海港区域合作", ""},
		{"山东省聊城市", "莘县张寨镇、东阿县牛角店镇、临清市先锋路街道试点", "莘县 东阿县 临清市"},
		{"山东省聊城市", "临清镇、东阿镇、冠县崇文街道完成改造", "冠县"},
		{"浙江省杭州市", "萧山区、成都市新都区、沈阳市和平区结对", "萧山区 新都区 沈阳市和平区"},
		{"江苏省南京市", "徐州市鼓楼区与我市鼓楼区互学", "徐州市鼓楼区 南京市鼓楼区"},
		{"湖北省武汉市", "支援竹溪县、郧西县，帮扶恩施州来凤县", "竹溪县 郧西县 来凤县"},
		{"四川省成都市", "与甘孜州道孚县、阿坝州金川县协作", "道孚县 金川县"},
		{"内蒙古自治区", "科左中旗、察右前旗、达茂旗治沙", "科尔沁左翼中旗 察哈尔右翼前旗 达尔罕茂明安联合旗"},
		{"河南省", "建成示范县6个、卫生县城12个、文明县区5个", ""},
		{"河南省", "范县、睢县、郏县脱贫", "范县 睢县 郏县"},
		{"贵州省贵阳市", "白云区新能源产业增长，南明区服务业提速", "贵阳市白云区 南明区"},
		{"上海市", "静安区、原闸北区旧改，崇明县改区", "静安区 崇明区"},
		{"", "山东省聊城市东阿县、浙江省湖州市安吉县参会", "东阿县 安吉县"},
		{"", "各县区、各园区扎实推进平安建设", ""},
		{"陕西省西安市", "曲江新区演艺繁荣，长安区、周至县增收", "西安市长安区 周至县"},
		{"山东省济南市", "莱芜区钢铁提质，莱城区旧厂改造", "莱芜区"},
		{"新疆维吾尔自治区", "新源县、特克斯县、库车县旅游升温", "新源县 特克斯县 库车市"},
		{"广东省深圳市", "对口帮扶广西河池市巴马县、都安县", "巴马瑶族自治县 都安瑶族自治县"},
		{"广东省广州市", "从化区、西安市长安区、贵阳市白云区共办展会", "从化区 西安市长安区 贵阳市白云区"},
	} {
		g := Places()
		var within Place
		if found := g.Lookup(c.issuer); len(found) > 0 {
			within = found[0]
		}
		var got []string
		for _, m := range g.Find(c.text, within) {
			if !slices.Contains(got, m.Name) {
				got = append(got, m.Name)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s %s: got %q, want %q", c.issuer, c.text, s, c.want)
		}
	}
}

// TestPlaceFormer checks that old names lead to places that exist today, with the year.
func TestPlaceFormer(t *testing.T) {
	for _, row := range readTable("place_former.txt", 3) {
		if _, ok := Places().byCode[row[1]]; !ok {
			t.Errorf("%s: no place has the code %s", row[0], row[1])
		}
		if y, err := strconv.Atoi(row[2]); err != nil || y < 1949 || y > 2100 {
			t.Errorf("%s: year %q", row[0], row[2])
		}
	}
}
