package search

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func TestFigures(t *testing.T) {
	tests := []struct{ text, want string }{
		{"总投资 100 亿元", "1e+10 元"},
		{"总投资１００亿元以上，", "1e+10 元以上"},
		{"生产总值达到1.2万亿元", "1.2e+12 元"},
		{"改造老旧小区172个、1,234户", "172 个; 1234 户"},
		{"增长5.5%左右", "5.5 %"},
		{"装机120万千瓦", "1.2e+09 瓦"},
		{"2021年3月", "2021 年; 3 月"},
		{"1. 第一", ""},
		{"铺设管道12 500米、36\u2009000株", "12500 米; 36000 株"},
		{"分别为120 350 400 户", "400 户"},
		{"2021 300户", "300 户"},
		{"惠及1200余户", "1200 户"},
		{"百分之三十五", "35 %"},
		{"新修水渠一千五百米", "1500 米"},
		{"投入四十八亿元、三千二百万元、一万二千亿元", "4.8e+09 元; 3.2e+07 元; 1.2e+12 元"},
		{"安置一万零五十户", "10050 户"},
		{"补助两百六十户", "260 户"},
		{"第十二届、十四五规划、百姓、二〇二三年、一百二十五", ""},
		{"十分重视一个问题", ""},
		{"5G基站、PM2.5、C919", ""},
		{"v1.2.3", ""},
		{"", ""},
	}
	for _, test := range tests {
		var got []string
		for _, f := range Figures(test.text) {
			got = append(got, fmt.Sprintf("%g %s", f.Value, f.Unit))
			if s := test.text[f.Start:f.End]; !strings.ContainsAny(s, "0123456789０１２百千十") {
				t.Errorf("%s: a figure at %q", test.text, s)
			}
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("Figures(%q) = %q, want %q", test.text, strings.Join(got, "; "), test.want)
		}
	}
}

func TestReadBound(t *testing.T) {
	tests := []struct{ bound, holds, not string }{
		{">100亿", "120亿元 1.2万亿元", "100亿元 12亿元 120万元 2021年"},
		{"＞＝100亿元", "100亿元 100.5亿元以上", "200亿吨 99亿元"},
		{"≤5%", "5% 4.9%", "5.1% 5个"},
		{"<50户", "49户", "50户 49人"},
		{"172个", "172个 172个小区", "173个 172户"},
		{"50..100亿", "50亿元 7800000000元 100亿元", "49亿元 60户 101亿元"},
		{"5000万..1亿元", "6000万元 1亿元", "2亿元 6000万人"},
		{"2021年", "2021年", "2021个"},
		{"大于100亿元", "120亿元", "100亿元 99亿元"},
		{"超过100亿", "101亿吨", "100亿吨"},
		{"不低于100亿元", "100亿元 1万亿元", "99亿元"},
		{"不超过5%", "5% 1%", "5.1%"},
		{"小于50户", "49户", "50户"},
		{"100亿元以上", "100亿元 200亿元", "99亿元"},
		{"5%以内", "5% 2%", "6%"},
		{"50到100亿元", "60亿元", "60万元 101亿元"},
		{"50万至60万人", "55万人 600000人", "61万人"},
	}
	for _, test := range tests {
		b, ok := readBound(test.bound)
		if !ok {
			t.Errorf("readBound(%q) fails", test.bound)
			continue
		}
		for want, texts := range map[bool]string{true: test.holds, false: test.not} {
			for _, text := range strings.Fields(texts) {
				f := Figures(text)[0]
				if got := b.Holds(f.Value, f.Unit); got != want {
					t.Errorf("%s with %s: %v, want %v", test.bound, text, got, want)
				}
			}
		}
	}
	for _, text := range []string{"", ">", "亿", "很多", ">..", "100..50", "..", "inf", "0x10", "1e9..2", ">>5", "nan..nan"} {
		if b, ok := readBound(text); ok {
			t.Errorf("readBound(%q) = %+v, want none", text, b)
		}
	}
}

func FuzzBound(f *testing.F) {
	for _, text := range []string{">100亿", "50..100亿元", "≤5%", "1,234户", "inf", strings.Repeat("9", 400), strings.Repeat("亿", 100)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if b, ok := readBound(text); ok && (math.IsNaN(b.Min) || math.IsNaN(b.Max)) {
			t.Errorf("readBound(%q) = %+v", text, b)
		}
		for _, f := range Figures(text) {
			if f.Start < 0 || f.End > len(text) || f.Start >= f.End || math.IsNaN(f.Value) {
				t.Errorf("Figures(%q) has %+v", text, f)
			}
		}
	})
}
