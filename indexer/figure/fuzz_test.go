package figure

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"youju/report"
)

// fragments are what sentences with figures are made of, and what breaks them.
var fragments = func() []string {
	list := strings.Fields(`
		0 1 2 3 5 7 9 10 12 30 75 90 100 110 200.5 1,200 12,345.67 2020 2024 2025 99999999999999999999 0.001 ５ １２ ３．５ 5％ ％ ．
		一 两 三 五 十 百 千 万 亿 百亿 千亿 十五 三分之一 七成 翻番 翻两番 第一 第3 第二位 前3名 前10
		余 多 来 几 以上 以下 以内 左右 之内 及以上 超 超过 超额 过 突破 达 达到 约 近 不低于 不超过 不少于 力争 控制在 最高 上 下 内
		每人每年 每人每月 每亩 每 /人 /吨 /人·年 元/人·年 人均 户均 年均 年产 总投资 总投资额 投资 占比 占 比重 贡献率 对
		由 从 到 至 增加到 提高到 提高至 下降到 由去年的 从2020年的 比上年 较上年 同比 环比 比 是2010年的 相当于 增长 下降 提高 降低 减少 新增 净增 增加
		分别 分别为 分别增长 分别达到 均 都 各 其中 合计 累计 共 共计 等 及其 以及 和 与 及 或 、 ， 。 ； ： ！ ？ , . ; : ( ) （ ） 〔 〕 [ ] 【 】 “ ” " ‘ ’ 《 》 （个） （套） （市、区） （含 （不含 （见
		— —— - ~ ～ 至 到 ∶ ︰ : / + * × ℃ № # & _ A G P km % ‰ ① ② ⑩ ** 的 了 在 居 列 位居 排名 居全省 全国 全省 全市 全县 台阶 大关 新台阶
		城镇 农村 城乡 一、二、三产业 居民人均可支配收入 生产总值 地区生产总值 一般公共预算收入 固定资产投资 规上工业 规模以上工业企业 增加值 进出口 社会消费品零售总额 粮食产量 养老床位 老旧小区 惠及 居民 企业 项目 产业集群 营业收入 利润 学校 桥梁 公路 指标 空气质量 优良率 森林覆盖率 率 数 额 量 级
		新建 改建 改造 建成 完成 实现 开工 签约 引进 实施 投资建设 推进 加快 支持 发放 补助 受益 投产 达产 入选 获批 评为 良好 合格
		今年 去年 上年 明年 2024年 2020年底 2021—2025年 到2027年 1—4月 上半年 一季度 “十四五” “十四五”时期 五年来 过去五年 今后五年 三年 近年来 截至目前 全年 年底前 将 已 要 拟 计划 力争
		聊城市 东阿县 城区 中心城区 每个县（市、区） 市 县 区 我市`)
	for _, u := range report.Units() {
		list = append(list, u.Name)
	}
	return append(list, " ", "\n", "\t", "\u3000", "\xff", "\xe5", "\xe5\x88", "\xbc\x85", "\x00", "\u200b", "𠮷", "分别\xff")
}()

// recombined makes a sentence of fragments: two bytes choose one.
func recombined(choice []byte) string {
	var b strings.Builder
	for i := 0; i+1 < len(choice) && i < 400; i += 2 {
		b.WriteString(fragments[(int(choice[i])<<8|int(choice[i+1]))%len(fragments)])
	}
	return b.String()
}

var allParts = []report.Part{report.PartReview, report.PartProblems, report.PartTarget, report.PartPlan, report.PartNews, report.PartGlossary, report.PartOpening, ""}

// holds checks what must be true of the figures of any text whatever.
func holds(t *testing.T, s string) {
	t.Helper()
	for _, part := range allParts {
		it := item(part, s)
		it.Places = []string{"东阿县"}
		it.Path = []string{"五年来的工作"}
		before := 0
		for _, fig := range Find(nil, city(), it, s) {
			at := fig.At
			switch {
			case at.Start < 0 || at.End > len(s) || at.Start >= at.End || s[at.Start:at.End] != fig.Text:
				t.Fatalf("%q is not at %v of %q", fig.Text, at, s)
			case at.Start > 0 && utf8.ValidString(s) && !utf8.RuneStart(s[at.Start]) || at.End < len(s) && utf8.ValidString(s) && !utf8.RuneStart(s[at.End]):
				t.Fatalf("%v cuts a character of %q", at, s)
			case fig.Indicator == "" || !utf8.ValidString(fig.Indicator):
				t.Fatalf("name %q of %q in %q", fig.Indicator, fig.Text, s)
			case fig.Value == nil && (fig.Norm != nil || fig.ValueMax != nil):
				t.Fatalf("%q in %q has a norm without a value", fig.Text, s)
			case fig.FromYear != 0 && (fig.FromYear > fig.AboutYear || fig.AboutYear-fig.FromYear > 20):
				t.Fatalf("%q in %q is of %d to %d", fig.Text, s, fig.FromYear, fig.AboutYear)
			}
			for _, v := range []*float64{fig.Value, fig.Norm, fig.ValueMax} {
				if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
					t.Fatalf("%q in %q is %v", fig.Text, s, *v)
				}
			}
			for _, v := range fig.Ratio {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%q in %q is %v", fig.Text, s, v)
				}
			}
			if fig.Value == nil {
				continue // clauses in words come behind the numbers of their sentence
			}
			// A quotation may begin with the subject named before, never end before the number before.
			if at.End < before {
				t.Fatalf("%q in %q ends at %d, behind one that ends at %d", fig.Text, s, at.End, before)
			}
			before = at.Start
		}
	}
	for st := range sentences(s) {
		end := 0
		for _, n := range scan(st) {
			if n.from < end || n.start < n.from || n.end <= n.start || n.end > len(st) {
				t.Fatalf("number %d–%d–%d behind %d in %q", n.from, n.start, n.end, end, st)
			}
			if !utf8.RuneStart(st[n.from]) || n.end < len(st) && !utf8.RuneStart(st[n.end]) {
				t.Fatalf("number %d–%d cuts a character of %q", n.from, n.end, st)
			}
			end = n.end
		}
	}
}

// sentences gives the plain forms of a text's sentences.
func sentences(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		stopped := false
		eachSentence(s, func(st *sentence) { stopped = stopped || !yield(st.s) })
	}
}

// TestNeverPanics reads sentences that once broke the reader, and some
// thousand recombined ones.
func TestNeverPanics(t *testing.T) {
	for _, s := range []string{
		"分5分以上0分。", "75分以上90分以下为良好", "得60分以上80分以下的为合格，满分100分。", "分别1个以上2个以上", "5家以上10家以下的", "超过5超过10个", "1个以上3个、上5个",
		"约5约10万元", strings.Repeat("9", 400) + "万元", "1:" + strings.Repeat("9", 400) + ":3",
	} {
		holds(t, s)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		choice := make([]byte, 2+2*rng.IntN(40))
		for i := range choice {
			choice[i] = byte(rng.Uint32())
		}
		holds(t, recombined(choice))
	}
}

// FuzzRecombined reads sentences made of fragments with a free piece between.
func FuzzRecombined(f *testing.F) {
	f.Add([]byte{0, 1, 0, 200, 1, 3}, "分别增长7%和8%", []byte{0, 9})
	f.Fuzz(func(t *testing.T, head []byte, s string, tail []byte) {
		if len(s) > 2000 {
			return
		}
		holds(t, recombined(head)+s+recombined(tail))
	})
}
