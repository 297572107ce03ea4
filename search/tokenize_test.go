package search

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// terms writes tokens as words in a row, each with the original it came from
// when that differs.
func terms(text string) string {
	var parts []string
	for _, t := range Tokenize(text) {
		part := t.Term
		if original := text[t.Start:t.End]; original != t.Term {
			part += "<" + original + ">"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

func TestTokenize(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"one character", "莘", "莘"},
		{"digits in full width", "２０２１年", "2021<２０２１> 年"},
		{"decimal in full width", "３．５％", "3.5<３．５> %<％>"},
		{"decimal", "2.2万台", "2.2 万 台"},
		{"dot at the end is a full stop", "增长3.", "增 长 3 。<.>"},
		{"section number", "1.2.3节", "1.2.3 节"},
		{"list number", "11.开展", "11 。<.> 开 展"},
		{"thousands", "1,234万", "1234<1,234> 万"},
		{"millions", "1,234,567元", "1234567<1,234,567> 元"},
		{"comma after a year", "2021,300个", "2021 , 300 个"},
		{"comma in a list", "1,2,3", "1 , 2 , 3"},
		{"four digits after a comma", "1,2345", "1 , 2345"},
		{"money", "100亿元", "100 亿 元"},
		{"space inside", "100 亿元", "100 亿 元"},
		{"line break inside", "东阿\n县", "东 阿 县"},
		{"ideographic space", "聊　城", "聊 城"},
		{"spaces between numbers", "2 021", "2 021"},
		{"letters and digits", "PM2.5和C919、5Ｇ", "pm2.5<PM2.5> 和 c919<C919> 、 5g<5Ｇ>"},
		{"signs end a word", "5G+工业 R&D A/B", "5g<5G> 工 业 r<R> d<D> a<A> b<B>"},
		{"circled number beside digits", "①2021年", "1<①> 2021 年"},
		{"number in brackets as one sign", "㈠坚持", "(<㈠> 一<㈠> )<㈠> 坚 持"},
		{"square metres", "100㎡", "100 m2<㎡>"},
		{"superscript", "100m²", "100m2<100m²>"},
		{"degrees", "25℃", "25 ℃"},
		{"clause", "发展，展望", "发 展 ,<，> 展 望"},
		{"quotes are dropped", "“一次办好”改革", "一 次 办 好 改 革"},
		{"title marks are dropped", "《规划》编制", "规 划 编 制"},
		{"document number", "聊政发〔2021〕1号", "聊 政 发 2021 1 号"},
		{"round brackets stay", "各县（市、区）", "各 县 (<（> 市 、 区 )<）>"},
		{"dashes and dots in a row", "目标——增长……", "目 标 —<——> 增 长 …<……>"},
		{"traditional", "老舊小區", "老 旧<舊> 小 区<區>"},
		{"folded to the end of the chain", "薴", "苎<薴>"},
		{"compatibility ideograph", "\uF9DD", "利<\uF9DD>"},
		{"radical", "⼈", "人<⼈>"},
		{"beyond the BMP", "𠮷野家", "𠮷 野 家"},
		{"zero", "二〇二一", "二 〇 二 一"},
		{"kana", "ｶﾀカタ", "カ<ｶ> タ<ﾀ> カ タ"},
		{"soft hyphen and joiner", "co\u00ADop\u200Bs", "coops<co\u00ADop\u200Bs>"},
		{"accents", "Café", "café<Café>"},
		{"not UTF-8", "聊\xff城\xe4", "聊 城"},
		{"NUL", "聊\x00城", "聊 城"},
		{"only signs", "+-*/", ""},
		{"only quotes", "“”", ""},
	}
	for _, test := range tests {
		if got := terms(test.text); got != test.want {
			t.Errorf("%s: %q\n got %s\nwant %s", test.name, test.text, got, test.want)
		}
	}
}

func TestTokenizeCutsEndlessWords(t *testing.T) {
	tokens := Tokenize(strings.Repeat("a", 1000))
	for _, tok := range tokens {
		if len(tok.Term) > maxWordBytes+utf8.UTFMax {
			t.Fatalf("a term of %d bytes", len(tok.Term))
		}
	}
	if len(tokens) < 2 {
		t.Errorf("%d tokens", len(tokens))
	}
}

// TestSimplified checks the data file: it loads, never leads on, and knows the
// characters that readers from Taiwan and Hong Kong type most.
func TestSimplified(t *testing.T) {
	count := 0
	for from, to := range simplified() {
		if to == 0 {
			continue
		}
		count++
		if again := foldHan(to); again != to {
			t.Errorf("%c folds to %c, which folds to %c", from, to, again)
		}
	}
	if count < 2900 {
		t.Errorf("only %d traditional characters", count)
	}
	for traditional, want := range map[string]string{
		"聊城機場": "聊城机场", "東阿縣": "东阿县", "乾淨": "干净", "沿著": "沿着", "醫療衛生": "医疗卫生",
		"顯著": "显着", "發展與體製": "发展与体制", "顯赫後臺": "显赫后台",
	} {
		if got := foldText(traditional); got != want {
			t.Errorf("%s folds to %s, want %s", traditional, got, want)
		}
	}
}

func FuzzTokenize(f *testing.F) {
	for _, seed := range []string{"2,345.6％", "①2021年，“东阿\n县”…", "\xff\xe4聊", "ﬁ½㎡㍿", "1,234,567,89"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end, before := 0, Token{}
		for i, tok := range Tokenize(text) {
			if tok.Start < 0 || tok.End > len(text) || tok.Start >= tok.End {
				t.Fatalf("token %v of %q", tok, text)
			}
			// One character may stand for several tokens; otherwise they follow each other.
			same := i > 0 && tok.Start == before.Start
			if tok.Start < end && !same {
				t.Fatalf("token %v overlaps %v in %q", tok, before, text)
			}
			if tok.Term == "" || !utf8.ValidString(tok.Term) {
				t.Fatalf("term %q of %q", tok.Term, text)
			}
			end, before = tok.End, tok
		}
	})
}

func ExampleTokenize() {
	for _, t := range Tokenize("２０２１年新增１００ 亿元") {
		fmt.Print(t.Term, " ")
	}
	// Output: 2021 年 新 增 100 亿 元
}

func BenchmarkTokenize(b *testing.B) {
	text := strings.Repeat("2021年，新开工亿元以上项目 197 个，完成投资１００亿元；老旧小区改造", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Tokenize(text)
	}
}
