package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// vocabularyOf makes a vocabulary of words, the first in most items.
func vocabularyOf(words ...string) *Vocabulary {
	entries := make([]Entry, len(words))
	for i, w := range words {
		text, kind, ok := strings.Cut(w, "/")
		if !ok {
			kind = EntryPhrase
		}
		entries[i] = Entry{Text: text, Kind: kind, Count: 10 * (len(words) - i)}
	}
	return newVocabulary(entries, 1000)
}

// someWords is a small vocabulary for tables.
func someWords() *Vocabulary {
	return vocabularyOf("改造", "建设", "小区", "老旧", "老旧小区", "营商环境/主题", "绿色发展", "增长", "重庆市/地区", "东阿县/地区", "长清区/地区",
		"银行业", "行动方案", "高标准农田", "地区生产总值/指标", "市水利局/单位", "济郑高铁/项目", "5G基站", "单位GDP能耗/指标", "女性就业",
		"改造老旧小区", "城市更新", "老年食堂", "劳动教育", "徒骇河治理", "“三化”改造/用语", "乐陵市/地区", "单县/地区")
}

func TestSuggest(t *testing.T) {
	v := someWords()
	tests := []struct{ typed, want string }{
		{"老旧", "老旧 老旧小区 改造老旧小区"},
		{"小区", "小区 老旧小区 改造老旧小区"},
		{"旧小", "老旧小区 改造老旧小区"},
		{"老舊小", "老旧小区 改造老旧小区"},
		{"laojiu", "老旧 老旧小区 改造老旧小区"},
		{"LaoJiu", "老旧 老旧小区 改造老旧小区"},
		{"lao jiu xiao", "老旧小区 改造老旧小区"},
		{"lao'jiu'xiao", "老旧小区 改造老旧小区"},
		{"lǎojiù", "老旧 老旧小区 改造老旧小区"},
		{"laojiuxiaoqu", "老旧小区 改造老旧小区"},
		{"laojiux", "老旧小区 改造老旧小区"},
		{"ljxq", "老旧小区 改造老旧小区"},
		{"ljx", "老旧小区 改造老旧小区"},
		{"laojxq", "老旧小区 改造老旧小区"},
		{"老jiu", "老旧 老旧小区 改造老旧小区"},
		{"老旧xq", "老旧小区 改造老旧小区"},
		{"xiaoqu", "小区 老旧小区 改造老旧小区"},
		{"lvse", "绿色发展"},
		{"luse", "绿色发展"},
		{"lüse", "绿色发展"},
		{"nvxing", "女性就业"},
		{"nuxing", "女性就业"},
		{"donge", "东阿县"},
		{"dea", ""},
		{"chongq", "重庆市"},
		{"zengzhang", "增长"},
		{"zengchang", "增长"},
		{"changqing", "长清区"},
		{"yinhang", "银行业"},
		{"xingdong", "行动方案"},
		{"laoling", "乐陵市"},
		{"leling", "乐陵市"},
		{"shanxian", "单县"},
		{"gbznt", "高标准农田"},
		{"dqsczz", "地区生产总值"},
		{"gdp", "单位GDP能耗"},
		{"ＧＤＰ", "单位GDP能耗"},
		{"5g", "5G基站"},
		{"5gji", "5G基站"},
		{"三化", "“三化”改造"},
		{"“三化", "“三化”改造"},
		{"shuilij", "市水利局"},
		{"zzz", ""},
		{"魑", ""},
		{"", ""},
		{"  ", ""},
		{"，", ""},
		{"\xff\xfe", ""},
	}
	for _, test := range tests {
		var got []string
		for _, s := range v.Suggest(test.typed, 5) {
			got = append(got, s.Text)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q: got %q, want %q", test.typed, strings.Join(got, " "), test.want)
		}
	}
	if got := v.Suggest("l", 3); len(got) != 3 || got[0] != (Suggestion{"老旧", EntryPhrase, 250}) {
		t.Errorf("the commonest come first: %v", got)
	}
	if len(v.Suggest("老", 0)) != 0 || len(v.Suggest("老", -1)) != 0 {
		t.Error("nothing was asked for")
	}
}

func TestSuggestHidden(t *testing.T) {
	v := newVocabulary([]Entry{{Text: "东阿", Kind: EntryPlace, Count: 9, Hidden: true}, {Text: "东阿县", Kind: EntryPlace, Count: 9}}, 20)
	for _, typed := range []string{"东阿", "donge", "de", "阿", "东e"} {
		if got := v.Suggest(typed, 5); len(got) != 1 || got[0].Text != "东阿县" {
			t.Errorf("%s: %v", typed, got)
		}
	}
	if !v.Has("东阿") {
		t.Error("a hidden word is known")
	}
}

func TestSuggestOriginals(t *testing.T) {
	_, v := originals(t)
	tests := []struct{ typed, want string }{
		{"老旧", "老旧小区"}, {"laojiuxq", "老旧小区"}, {"ljxq", "老旧小区"}, {"donge", "东阿县"}, {"gbznt", "高标准农田"},
		{"ysh", "营商环境"}, {"yingshang", "营商环境"}, {"dbl", "吨半粮"}, {"wufei", "无废城市"}, {"shuiliju", "市水利局"},
		{"雄商", "雄商高铁"}, {"liaoch", "聊城市"}, {"shenxian", "莘县"}, {"chiping", "茌平区"}, {"yiban", "一般公共预算收入"},
	}
	for _, test := range tests {
		got := v.Suggest(test.typed, 8)
		if !slices.ContainsFunc(got, func(s Suggestion) bool { return s.Text == test.want }) {
			t.Errorf("%s: %v, want %s", test.typed, got, test.want)
		}
	}
}

func TestCorrect(t *testing.T) {
	v := someWords()
	tests := []struct{ query, want string }{
		{"laojiuxiaoqu", "老旧小区"},
		{"Lao Jiu Xiao Qu", "老旧小区"},
		{"lao'jiu'xiao'qu", "老旧小区"},
		{"ljxq", "老旧小区"},
		{"LJXQ", ""},
		{"yinhangye", "银行业"},
		{"lvsefazhan", "绿色发展"},
		{"lusefazhan", "绿色发展"},
		{"lüsefazhan", "绿色发展"},
		{"donge xian", "东阿县"},
		{"chengshigengxin jianshe", "城市更新建设"},
		{"老旧xiaoqu", "老旧小区"},
		{"老旧小曲", "老旧小区"},
		{"老旧小曲 改造", "老旧小区 改造"},
		{"老旧小曲改造", "老旧小区改造"},
		{"营伤环境", "营商环境"},
		{"营商环竟", "营商环境"},
		{"东啊县", "东阿县"},
		{"重清市", "重庆市"},
		{"老小旧区", "老旧小区"},
		{"高标准农", "高标准农田"},
		{"高标农田", "高标准农田"},
		{"高标准的农田", "高标准农田"},
		{"高标淮农田", "高标准农田"},
		{"老年食常", "老年食堂"},
		{"老旧小区", ""},
		{"改造建设", ""},
		{"荔枝", ""},
		{"特斯拉超级工厂", ""},
		{"esg", ""}, {"ESG", ""}, {"RCEP", ""}, {"ChatGPT", ""}, {"qwertyuiop", ""}, {"x", ""},
		{"", ""}, {"\xff", ""}, {"，", ""}, {"１２３", ""},
	}
	for _, test := range tests {
		got := v.Correct(test.query, func(word string) int {
			if n := v.Count(word); n > 0 || v.Segment(word) == nil {
				return n
			}
			least := 0
			for _, piece := range v.Segment(word) {
				if !v.Has(piece) {
					return 0
				}
				least = v.Count(piece)
			}
			return least
		})
		first := ""
		if len(got) > 0 {
			first = got[0].Text
		}
		if first != test.want {
			t.Errorf("%q: got %v, want %q", test.query, got, test.want)
		}
	}
}

// TestCorrectOnlyRare checks that a word that is there is not doubted, and that
// what is offered finds more.
func TestCorrectOnlyRare(t *testing.T) {
	v := someWords()
	if got := v.Correct("老旧小曲", func(string) int { return 7 }); got != nil {
		t.Errorf("a word with hits is corrected: %v", got)
	}
	if got := v.Correct("老旧小曲", func(string) int { return 0 }); got != nil {
		t.Errorf("a correction without hits is offered: %v", got)
	}
	asked := 0
	v.Correct("老旧小区 改造 营商环境", func(string) int { asked++; return 0 })
	if asked > 0 {
		t.Errorf("known words are asked for %d times", asked)
	}
}

// TestCorrectSlips makes every slip there is in the words of the originals:
// most must be repaired to the word they came from.
func TestCorrectSlips(t *testing.T) {
	_, v := originals(t)
	random := rand.New(rand.NewPCG(7, 7))
	hits := func(word string) int { return v.Count(word) }
	tried, first := map[string]int{}, map[string]int{}
	for _, e := range v.entries {
		runes := []rune(e.key)
		if len(runes) < 4 || len(runes) > maxSlip || e.Hidden || e.Kind == EntryHeading || e.Count < 20 || hanCount(e.key) != len(runes) {
			continue
		}
		at := random.IntN(len(runes) - 1)
		other := runes[(at+2)%len(runes)]
		for name, slip := range map[string]string{
			"missing": without(runes, at),
			"extra":   string(runes[:at+1]) + "品" + string(runes[at+1:]),
			"wrong":   string(runes[:at]) + "品" + string(runes[at+1:]),
			"swapped": string(runes[:at]) + string(runes[at+1]) + string(runes[at]) + string(runes[at+2:]),
			"pinyin":  strings.Join(syllables(runes), ""),
		} {
			if _, known := v.Find(slip); known || v.allKnown([]rune(slip)) || slip == e.key || other == '品' {
				continue
			}
			tried[name]++
			if got := v.Correct(slip, hits); slices.ContainsFunc(got, func(a Alternative) bool { return a.Text == e.key }) {
				first[name]++
			}
		}
	}
	for name, n := range tried {
		share := float64(first[name]) / float64(n)
		t.Logf("%s: %d of %d repaired", name, first[name], n)
		if n < 50 || share < 0.95 {
			t.Errorf("%s: only %d of %d slips are repaired", name, first[name], n)
		}
	}
}

func TestPinyin(t *testing.T) {
	tests := []struct{ text, want string }{
		{"东阿", "dong e"}, {"东阿阿胶", "dong e e jiao"}, {"重庆", "chong qing"}, {"重点", "zhong dian"}, {"长清", "chang qing"},
		{"长期", "chang qi"}, {"增长", "zeng zhang"}, {"市长", "shi zhang"}, {"单县", "shan xian"}, {"单位", "dan wei"}, {"乐陵", "lao ling"},
		{"音乐", "yin yue"}, {"银行", "yin hang"}, {"行动", "xing dong"}, {"莘县", "shen xian"}, {"茌平", "chi ping"}, {"厦门", "xia men"},
		{"六安", "lu an"}, {"蚌埠", "beng bu"}, {"亳州", "bo zhou"}, {"丽水", "li shui"}, {"西藏", "xi zang"}, {"成都", "cheng du"},
		{"首都", "shou du"}, {"供给", "gong ji"}, {"调整", "tiao zheng"}, {"效率", "xiao lv"}, {"还田", "huan tian"}, {"绿色", "lv se"},
		{"旅游", "lv you"}, {"会计", "kuai ji"}, {"种植", "zhong zhi"}, {"重组", "chong zu"}, {"曲阜", "qu fu"}, {"大城市", "da cheng shi"},
		{"车站", "che zhan"}, {"5g基站", "5 g ji zhan"}, {"聊城", "liao cheng"}, {"临清", "lin qing"}, {"冠县", "guan xian"}, {"阳谷", "yang gu"},
		{"高唐", "gao tang"}, {"地区生产总值", "di qu sheng chan zong zhi"}, {"区长", "qu zhang"}, {"秘书长", "mi shu zhang"}, {"落实", "luo shi"},
		{"模式", "mo shi"}, {"模具", "mu ju"}, {"率先", "shuai xian"}, {"强劲", "qiang jing"}, {"堡垒", "bao lei"}, {"龘", "da"}, {"★", ""},
	}
	for _, test := range tests {
		if got := strings.Join(syllables([]rune(test.text)), " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestPinyinData(t *testing.T) {
	readings()
	seen := map[string]bool{}
	for n, line := range strings.Split(pinyinData+placeReadingData, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, list, ok := strings.Cut(line, "\t")
		if !ok || seen[text] {
			t.Errorf("line %d: %q", n+1, line)
			continue
		}
		seen[text] = true
		runes, given := []rune(text), strings.Fields(list)
		if len(runes) > 1 && len(given) != len(runes) {
			t.Errorf("line %d: %d syllables for %s", n+1, len(given), text)
			continue
		}
		for i, s := range given {
			if toneless(s) != s || len(s) > 6 {
				t.Errorf("line %d: bad syllable %q", n+1, s)
			}
			if len(runes) > 1 && !slices.Contains(readingsOf(runes[i]), s) {
				t.Errorf("line %d: nobody who types %s in %s is understood", n+1, s, text)
			}
		}
	}
}

func TestMatchTyped(t *testing.T) {
	tests := []struct {
		typed, text string
		want        typed
	}{
		{"lao", "老旧", typedFull}, {"la", "老旧", typedFull}, {"laoj", "老旧", typedFull}, {"lj", "老旧", typedFull},
		{"ljx", "老旧小区", typedInitials}, {"lajx", "老旧小区", typedNot}, {"zhg", "中国", typedInitials}, {"zg", "中国", typedFull},
		{"xian", "西安", typedFull}, {"xian", "县", typedFull}, {"xianx", "县", typedNot}, {"老j", "老旧", typedFull}, {"新j", "老旧", typedNot},
	}
	for _, test := range tests {
		if got := matchTyped(test.typed, test.text); got != test.want && !(test.want == typedFull && got == typedInitials) {
			t.Errorf("%s for %s: %d, want %d", test.typed, test.text, got, test.want)
		}
	}
}

func FuzzSuggest(f *testing.F) {
	v := someWords()
	for _, seed := range []string{"老旧", "laojiu", "ljxq", "老旧xq", "\xff", "'", "lǜ", "ａ", "vvvvvvvvvvvvvvvv", "shshshshshsh", strings.Repeat("xi", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		got := v.Suggest(text, 8)
		alternatives := v.Correct(text, v.Count)
		if took := time.Since(start); took > 100*time.Millisecond {
			t.Errorf("%q took %v", text, took)
		}
		if len(got) > 8 || len(alternatives) > maxRepairs {
			t.Errorf("%q: %v, %v", text, got, alternatives)
		}
		for _, s := range got {
			if _, ok := v.Find(s.Text); !ok {
				t.Errorf("%q: %v is made up", text, s)
			}
		}
		for _, a := range alternatives {
			if !utf8.ValidString(a.Text) || a.Text == text || a.Count == 0 {
				t.Errorf("%q: %v", text, a)
			}
		}
	})
}

// largeVocabulary has n made-up entries of two to eight usual characters.
func largeVocabulary(n int) *Vocabulary {
	usual := []rune("发展建设推进实施工作企业产业全面社会提升城市农村生态环境改革创新服务经济项目投资增长市场管理政府保护教育医疗卫生就业养老交通公路铁路机场水利科技人才文化旅游体育安全应急住房老旧小区改造治理民生实事目标任务完成达到亿元万人重点基础设施高质量标准农田乡村振兴")
	random := rand.New(rand.NewPCG(1, 1))
	seen := map[string]bool{}
	entries := make([]Entry, 0, n)
	for len(entries) < n {
		runes := make([]rune, 2+random.IntN(7))
		for i := range runes {
			runes[i] = usual[random.IntN(len(usual))]
		}
		if text := string(runes); !seen[text] {
			seen[text] = true
			entries = append(entries, Entry{Text: text, Kind: entryKinds[random.IntN(len(entryKinds))], Count: 1 + random.IntN(500)})
		}
	}
	return newVocabulary(entries, 100_000)
}

func BenchmarkSuggest(b *testing.B) {
	v := largeVocabulary(100_000)
	for _, typed := range []string{"老", "老旧小", "l", "lao", "laojiu", "laojiuxiaoqu", "ljxq", "zhsh", "老旧xq", "小区改造", "szzzzzz", "魑"} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				v.Suggest(typed, 8)
			}
		})
	}
}

func BenchmarkCorrect(b *testing.B) {
	v := largeVocabulary(100_000)
	for _, query := range []string{"老旧小曲", "laojiuxiaoqu", "ljxq", "特斯拉超级工厂", "老旧小区改造完成率提升到百分之多少", strings.Repeat("改", 200)} {
		b.Run(fmt.Sprintf("%.24s", query), func(b *testing.B) {
			for b.Loop() {
				v.Correct(query, v.Count)
			}
		})
	}
}

func BenchmarkNewVocabulary100k(b *testing.B) {
	entries := slices.Clone(largeVocabulary(100_000).entries)
	for b.Loop() {
		newVocabulary(slices.Clone(entries), 100_000)
	}
}

func TestSpell(t *testing.T) {
	for text, want := range map[string]string{
		"双招双引": "shuang zhao shuang yin", "“1+M+N”体系": "1mn ti xi", "GEP核算": "gep he suan", "重庆": "chong qing",
		"２０３０行动": "2030 xing dong", "": "", "“”": "", "綠": "lv", "長期": "chang qi",
	} {
		if got := Spell(text); got != want {
			t.Errorf("%q is spelled %q, want %q", text, got, want)
		}
	}
}
