//go:build unix

package bleve_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"youju/report"
	"youju/search"
	"youju/search/bleve"
)

// Passages for what is measured here are made of clauses of the samples, put
// together anew: YOUJU_PASSAGES of them (50,000), in an index that is kept in
// the folder YOUJU_PASSAGES_IN if that is given.
const (
	perDocument = 35
	minClauses  = 5
	maxClauses  = 18
)

// seedClauses are the pieces that passages are made of.
func seedClauses(tb testing.TB) (list []string) {
	tb.Helper()
	for _, doc := range readFiles(tb, "../../seeds") {
		for i := range doc.Items {
			for _, clause := range strings.FieldsFunc(doc.Items[i].Text, func(r rune) bool { return strings.ContainsRune("，。；\n", r) }) {
				if len(clause) > 12 && len(clause) < 150 {
					list = append(list, clause)
				}
			}
		}
	}
	return list
}

// passages gives documents of made-up passages, one after the other.
func passages(list []string, n int, add func(*report.Document)) {
	random := rand.New(rand.NewPCG(1, 2))
	counties := []report.Place{
		{Province: "山东省", City: "聊城市", County: "东阿县", Code: "371524"},
		{Province: "山东省", City: "聊城市", County: "高唐县", Code: "371526"},
		{Province: "山东省", City: "聊城市", Code: "371500"},
	}
	for d := 0; d*perDocument < n; d++ {
		year := 2000 + d%25
		doc := &report.Document{
			ID: fmt.Sprintf("d%d", d), Kind: report.KindReport, Year: year, Title: fmt.Sprintf("%d年政府工作报告", year), Place: counties[d%len(counties)],
			Sections: []report.Section{{Path: []string{"一、工作安排"}, Level: 1, Part: report.PartPlan}},
		}
		for i := range perDocument {
			text := ""
			for range minClauses + random.IntN(maxClauses-minClauses) {
				text += list[random.IntN(len(list))] + "，"
			}
			doc.Items = append(doc.Items, report.Item{
				ID: fmt.Sprintf("d%d/%d", d, i+1), Path: []string{"一、工作安排"}, Part: report.PartPlan,
				Text: strings.TrimSuffix(text, "，") + "。",
			})
		}
		add(doc)
	}
}

// openPassages opens the index of made-up passages, and builds it first.
func openPassages(tb testing.TB, list []string) *bleve.Index {
	tb.Helper()
	n := 50_000
	if asked, err := strconv.Atoi(os.Getenv("YOUJU_PASSAGES")); err == nil {
		n = asked
	}
	dir := filepath.Join(cmp.Or(os.Getenv("YOUJU_PASSAGES_IN"), tb.TempDir()), fmt.Sprint("passages-", n))
	x, err := bleve.Open(dir)
	if err != nil {
		b, err := bleve.NewBuilder(dir)
		if err != nil {
			tb.Fatal(err)
		}
		passages(list, n, func(doc *report.Document) {
			if err := b.Add(doc); err != nil {
				tb.Fatal(err)
			}
		})
		if _, err := b.Publish(context.Background(), nil); err != nil {
			tb.Fatal(err)
		}
		if x, err = bleve.Open(dir); err != nil {
			tb.Fatal(err)
		}
	}
	tb.Cleanup(func() { x.Close() })
	return x
}

// frequent counts what stands in clauses most often, of n characters each.
func frequent(list []string, n, most int) (terms []string) {
	counts := map[string]int{}
	for _, clause := range list {
		runes := []rune(clause)
		for i := 0; i+n <= len(runes); i++ {
			if piece := string(runes[i : i+n]); !strings.ContainsAny(piece, "、“”（）()《》 0123456789.") {
				counts[piece]++
			}
		}
	}
	for piece := range counts {
		terms = append(terms, piece)
	}
	slices.SortFunc(terms, func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	return terms[:min(most, len(terms))]
}

// costly are queries that ask for much, by what they are.
func costly(list []string) map[string]string {
	ones, twos, fours := frequent(list, 1, 200), frequent(list, 2, 200), frequent(list, 4, 100)
	quoted := func(words []string, before string) string {
		return before + `"` + strings.Join(words, `" `+before+`"`) + `"`
	}
	return map[string]string{
		"one pair over and over":        strings.Repeat(twos[0], 100),
		"one pair eight times":          strings.Repeat(twos[0], 8),
		"one pair sixteen times, apart": strings.Repeat(twos[0]+" ", 16),
		"one word over and over":        strings.Repeat(fours[0], 50),
		"two pairs in turns":            strings.Repeat(twos[0]+twos[1], 50),
		"two pairs in turns, short":     strings.Repeat(twos[0]+twos[1], 9),
		"one character over and over":   strings.Repeat(ones[0], 200),
		"one character forty times":     strings.Repeat(ones[0], 40),
		"two hundred characters":        strings.Join(ones, ""),
		"hundred pairs":                 strings.Join(twos[:100], ""),
		"twenty pairs":                  strings.Join(twos[:20], ""),
		"ten pairs":                     strings.Join(twos[:10], ""),
		"fifty pairs apart":             strings.Join(twos[:50], " "),
		"most frequent character":       ones[0],
		"five frequent characters":      strings.Join(ones[:5], " "),
		"twelve frequent characters":    strings.Join(ones[:12], " "),
		"twelve alternatives":           strings.Join(twos[:12], " OR "),
		"fifty alternatives":            strings.Join(twos[:50], " OR "),
		"hundred alternatives of one":   strings.Join(ones[:60], " OR "),
		"twelve long words":             strings.Join([]string{fours[0] + twos[1], fours[1] + twos[2], fours[2] + twos[3], fours[3] + twos[4], fours[4] + twos[5], fours[5] + twos[6], fours[6] + twos[7], fours[7] + twos[8], fours[8] + twos[9], fours[9] + twos[10], fours[10] + twos[11], fours[11] + twos[12]}, " "),
		"quoted words":                  quoted(fours[:12], ""),
		"quoted characters":             quoted(ones[:12], ""),
		"quoted phrase of pairs":        `"` + strings.Join(twos[:40], "") + `"`,
		"excluded words":                twos[0] + " " + quoted(twos[1:12], "-"),
		"many synonyms":                 "民企 营商环境 老旧小区 养老 棚改 双减 招商引资 污水处理 就业 医保 公交 学校",
		"a sentence":                    "我们家门口的老旧小区今年到底什么时候能够开始改造啊孩子上学和老人看病都很不方便请问是哪个部门负责",
		"a question":                    "2019年全县新建了多少所小学和医院的老旧小区改造项目是谁负责的",
		"nobody wrote":                  "饕餮魑魅魍魉耄耋龃龉",
		"a figure":                      "number:>1亿 发展",
		"everything":                    "",
	}
}

// spent is the processor time of the whole program so far.
func spent() time.Duration {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// costOf is the processor time of a query that nobody asked before, the least
// of a few, and how long its answer took.
func costOf(tb testing.TB, x *bleve.Index, text string, times int) (cpu, took time.Duration, total int) {
	tb.Helper()
	cpu, took = time.Hour, time.Hour
	for range times {
		bleve.Forget(x)
		before, begun := spent(), time.Now()
		total = find(tb, x, search.Query{Text: text}).Total
		cpu, took = min(cpu, spent()-before), min(took, time.Since(begun))
	}
	return cpu, took, total
}

// BenchmarkCostly tells the processor time of queries that ask for much.
func BenchmarkCostly(b *testing.B) {
	list := seedClauses(b)
	x := openPassages(b, list)
	for name, text := range costly(list) {
		b.Run(name, func(b *testing.B) {
			total := 0
			var cpu time.Duration
			for b.Loop() {
				cpu, _, total = costOf(b, x, text, 1)
			}
			b.ReportMetric(float64(cpu.Microseconds())/1e3, "cpu-ms")
			b.ReportMetric(float64(total), "hits")
		})
	}
}

// BenchmarkCostlySought looks for queries that cost much, for YOUJU_COSTLY
// seconds (10): it recombines what is frequent in the index and goes on from the
// costliest. Run it with -benchtime 1x.
func BenchmarkCostlySought(t *testing.B) {
	seconds, err := strconv.Atoi(cmp.Or(os.Getenv("YOUJU_COSTLY"), "10"))
	if err != nil {
		t.Fatal(err)
	}
	list := seedClauses(t)
	x := openPassages(t, list)
	type asked struct {
		cpu, took time.Duration
		total     int
		text      string
	}
	var worst []asked
	measure := func(text string, times int) {
		cpu, took, total := costOf(t, x, text, times)
		worst = append(worst, asked{cpu, took, total, text})
		slices.SortFunc(worst, func(a, b asked) int { return cmp.Compare(b.cpu, a.cpu) })
		worst = slices.CompactFunc(worst, func(a, b asked) bool { return a.text == b.text })
		worst = worst[:min(len(worst), 40)]
	}
	for _, text := range costly(list) {
		measure(text, 3)
	}
	mixer := newMixer(list)
	for begun := time.Now(); time.Since(begun) < time.Duration(seconds)*time.Second; {
		parents := worst[:min(len(worst), 20)]
		measure(mixer.query(parents[mixer.random.IntN(len(parents))].text, parents[mixer.random.IntN(len(parents))].text), 1)
	}
	for _, w := range worst[:min(len(worst), 25)] {
		cpu, took, total := costOf(t, x, w.text, 3)
		t.Logf("%7.1f ms CPU %7.1f ms %8d hits  %s", float64(cpu.Microseconds())/1e3, float64(took.Microseconds())/1e3, total, w.text)
	}
}

// mixer makes queries of frequent terms and of other queries.
type mixer struct {
	random *rand.Rand
	terms  []string
}

func newMixer(list []string) *mixer {
	m := &mixer{random: rand.New(rand.NewPCG(3, uint64(time.Now().UnixNano())))}
	for n, most := range map[int]int{1: 60, 2: 100, 3: 40, 4: 60, 6: 30} {
		m.terms = append(m.terms, frequent(list, n, most)...)
	}
	m.terms = append(m.terms, "民企", "棚改", "看病", "怎么办", "多少", "GDP", "5G", "2020年", "东阿", "聊城市", "100", "1亿")
	return m
}

func (m *mixer) query(a, b string) string {
	cut := func(s string) string {
		runes := []rune(s)
		if len(runes) == 0 {
			return s
		}
		from := m.random.IntN(len(runes))
		return string(runes[from : from+m.random.IntN(len(runes)-from)+1])
	}
	switch m.random.IntN(8) {
	case 0:
		return cut(a) + m.glue() + cut(b)
	case 1:
		return a + m.glue() + m.term()
	case 2:
		return strings.Repeat(cut(a)+m.glue(), 1+m.random.IntN(6))
	case 3:
		return strings.ReplaceAll(a, m.term(), m.term()+m.glue()+m.term())
	case 4:
		words := strings.Fields(a)
		m.random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		return strings.Join(words, m.glue())
	}
	var all []string
	for range 1 + m.random.IntN(30) {
		all = append(all, m.term())
	}
	return strings.Join(all, m.glue())
}

func (m *mixer) term() string { return m.terms[m.random.IntN(len(m.terms))] }

func (m *mixer) glue() string {
	glues := []string{"", "", "", " ", " ", " OR ", " -", `" "`}
	return glues[m.random.IntN(len(glues))]
}
