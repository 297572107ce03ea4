package report

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestDepartmentOf(t *testing.T) {
	city := Place{Province: "山东省", City: "聊城市", Code: "371500"}
	county := Place{Province: "山东省", City: "聊城市", County: "东阿县", Code: "371524"}
	countyCity := Place{Province: "山东省", City: "聊城市", County: "临清市", Code: "371581"}
	province := Place{Province: "山东省", Code: "370000"}
	region := Place{Province: "内蒙古自治区", Code: "150000"}
	for _, c := range []struct {
		name      string
		issuer    Place
		key, want string
	}{
		{"市发展改革委", city, "聊城市发展改革委", "市发展改革委"},
		{"市发展和改革委员会", city, "聊城市发展改革委", "市发展改革委"},
		{"市发改委", city, "聊城市发展改革委", "市发展改革委"},
		{"聊城市发改委", province, "聊城市发展改革委", "市发展改革委"},
		{"市商务投资促进局", city, "聊城市商务局", "市商务局"},
		{"市商务局", city, "聊城市商务局", "市商务局"},
		{"市投资促进局", city, "聊城市投资促进局", "市投资促进局"},
		{"市水利局", city, "聊城市水利局", "市水利局"},
		{"县水利局", county, "东阿县水利局", "县水利局"},
		{"市水利局", county, "聊城市水利局", "市水利局"},
		{"市水利局", countyCity, "临清市水利局", "市水利局"},
		{"市环保局", city, "聊城市生态环境局", "市生态环境局"},
		{"市工商局", city, "聊城市工商局", "市工商局"},
		{"市卫计委", city, "聊城市卫生健康委", "市卫生健康委"},
		{"县卫计局", county, "东阿县卫生健康局", "县卫生健康局"},
		{"市扶贫开发办", city, "聊城市乡村振兴局", "市乡村振兴局"},
		{"市地方金融监管局", city, "聊城市地方金融监管局", "市地方金融监管局"},
		{"省地方金融监管局", province, "山东省地方金融管理局", "省地方金融管理局"},
		{"市市场监督管理局", city, "聊城市市场监管局", "市市场监管局"},
		{"市场监管局", city, "聊城市市场监管局", "市场监管局"},
		{"市民政局", city, "聊城市民政局", "市民政局"},
		{"高新区党工委管委会", city, "聊城市高新区管委会", "高新区管委会"},
		{"经济技术开发区管委会", city, "聊城市经开区管委会", "经开区管委会"},
		{"市政府办公室", city, "聊城市政府办公室", "市政府办公室"},
		{"东昌府区人民政府", city, "东昌府区人民政府", "东昌府区人民政府"},
		{"人行聊城市中心支行", city, "人行聊城分行", "人行聊城分行"},
		{"人民银行聊城中心支行", city, "人行聊城分行", "人行聊城分行"},
		{"聊城银保监分局", city, "聊城金融监管分局", "聊城金融监管分局"},
		{"国网聊城供电公司", city, "国网聊城供电公司", "国网聊城供电公司"},
		{"团市委", city, "聊城市团市委", "团市委"},
		{"区发展改革委", region, "内蒙古自治区发展改革委", "区发展改革委"},
		{"", city, "", ""},
	} {
		if u := DepartmentOf(c.name, c.issuer); u.Key != c.key || u.Name != c.want {
			t.Errorf("%s in %s is %s (%s), want %s (%s)", c.name, c.issuer.Full(), u.Name, u.Key, c.want, c.key)
		}
	}
	for _, name := range []string{"各县(市、区)人民政府", "各县（市、区）人民政府", "各县（市、区）党委政府"} {
		if u := DepartmentOf(name, city); !u.Every || u.Name != "各县（市、区）人民政府" || u.Place != city {
			t.Errorf("%s is %+v", name, u)
		}
	}
}

func TestDepartmentNames(t *testing.T) {
	city := Place{Province: "山东省", City: "聊城市", Code: "371500"}
	list := func(names []DepartmentName) string {
		var out []string
		for _, n := range names {
			out = append(out, n.Name+strconv.Itoa(n.Year))
		}
		return strings.Join(out, " ")
	}
	for name, want := range map[string][2]string{
		"市商务局":   {"市商务投资促进局2025 市商务和投资促进局2024", ""},
		"市生态环境局": {"市环境保护局2018", ""},
		"市扶贫办":   {"市扶贫办2021", "市农业农村局2023"},
		"市工商局":   {"", "市市场监管局2018"},
		"市水利局":   {"", ""},
	} {
		u := DepartmentOf(name, city)
		if list(u.Formerly) != want[0] || list(u.Into) != want[1] {
			t.Errorf("%s was %q and went into %q, want %q", name, list(u.Formerly), list(u.Into), want)
		}
	}
}

// TestDepartmentTable holds data/departments.txt to its own rules.
func TestDepartmentTable(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range readTable("departments.txt", 5) {
		line := strings.Join(row, " ")
		if seen[line] {
			t.Errorf("%s stands twice", line)
		}
		seen[line] = true
		year, err := strconv.Atoi(row[3])
		if !slices.Contains([]string{departmentWritten, departmentRenamed, departmentMerged}, row[2]) || (row[2] == departmentWritten) != (row[3] == "-") || row[2] != departmentWritten && (err != nil || year < 1990 || year > 2100) {
			t.Errorf("%s: how or when", line)
		}
		for _, s := range strings.Split(row[4], "·") {
			if len(Places().Lookup(s)) == 0 && !slices.Contains([]string{"全国", "省", "市", "县"}, s) {
				t.Errorf("%s: the scope %s", line, s)
			}
		}
	}
	// Every name comes to an end, and one that is only spelled otherwise keeps no successor of its own.
	for name := range departments().changes {
		for _, rank := range []string{"省", "市", "县"} {
			end, _ := departments().newest(name, rank, Place{})
			if again, _ := departments().newest(end, rank, Place{}); again != end {
				t.Errorf("%s goes round in a circle", name)
			}
		}
	}
}

func FuzzDepartmentOf(f *testing.F) {
	for _, s := range []string{"市发改委", "各县(市、区)人民政府", "聊城银保监分局", "市", "区", "*", "县县县"} {
		f.Add(s)
	}
	city := Place{Province: "山东省", City: "聊城市", Code: "371500"}
	f.Fuzz(func(t *testing.T, name string) {
		u := DepartmentOf(name, city)
		if again := DepartmentOf(u.Name, city); again.Key != u.Key && !u.Every && u.Place == city {
			t.Fatalf("%q is %q, and that is %q", name, u.Key, again.Key)
		}
	})
}
