package search

import (
	"strings"
	"testing"
)

func TestNumeralForms(t *testing.T) {
	for text, want := range map[string]string{
		"1500米":    "一千五百米",
		"48亿元":     "四十八亿元",
		"12,500米":  "一万二千五百米",
		"1.2万亿元":   "一万二千亿元",
		"2000户":    "二千户 两千户",
		"20件":      "二十件",
		"15座":      "十五座",
		"100050人":  "十万零五十人",
		"2.5万亩":    "二万五千亩 两万五千亩",
		"一千五百米":    "1500米 0.15万米",
		"四十八亿元":    "4800000000元 480000万元 48亿元",
		"十四五规划":    "",
		"二〇二三年":    "",
		"一百二":      "",
		"5%":       "",
		"5.5%":     "",
		"1500":     "",
		"一批":       "",
		"百姓":       "",
		"千方百计":     "",
		"":         "",
		"三三两两":     "",
		"万亿级产业":    "",
		"一亿亿元":     "",
		"第十二届":     "",
		"三百五十3":    "",
		"一千一千户":    "",
		"九千万亿亿亿亿元": "",
	} {
		if got := strings.Join(numeralForms(text), " "); got != want {
			t.Errorf("numeralForms(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzNumeral reads back every numeral that is written.
func FuzzNumeral(f *testing.F) {
	for _, value := range []int64{10, 15, 101, 1010, 10001, 12500, 100050, 4800000000, 1000000010000, 9999999999999999} {
		f.Add(value, "三千零五万一百亿")
	}
	f.Fuzz(func(t *testing.T, value int64, text string) {
		if read, _ := numeralAt(Tokenize(text)); read < 0 {
			t.Errorf("%s is read as %d", text, read)
		}
		if value <= 10 || value >= 1e16 { // 十 alone is read as no count
			return
		}
		written := writeNumeral(value)
		if read, _ := numeralAt(Tokenize(written)); read != value {
			t.Errorf("%d is written %s and read as %d", value, written, read)
		}
	})
}

func TestGroupedQueries(t *testing.T) {
	for text, want := range map[string]string{
		"管道 12 500米":          "管道 12500米",
		"number:36\u2009000株": "number:36000株",
		"2021 300户":           "2021 300户",
		"100 200 户":           "100 200 户",
	} {
		if got := joinGroups(text); got != want {
			t.Errorf("joinGroups(%q) = %q, want %q", text, got, want)
		}
	}
}
