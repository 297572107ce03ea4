package passage

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"unicode/utf8"

	"youju/report"
)

// What the passages are like.
const (
	minRunes, maxRunes = 80, 300
	// perDocument is how many passages a document has.
	perDocument = 35
	firstYear   = 2006
	years       = 20
	topics      = 30
	// localShare of the passages name their county, projectShare a project of
	// their own beside it.
	localShare, projectShare = 0.35, 0.5
	// projects is how many projects there are; the n-th most frequent one comes
	// about n^-projectSkew times as often as the first.
	projects    = 400_000
	projectSkew = 1.05
)

// projectKinds and deeds make a clause about a project out of two names.
var (
	projectKinds = []string{"大桥", "水库", "产业园", "电站", "小学", "医院", "矿山", "泵站", "码头", "隧道", "公园", "灌区"}
	deeds        = []string{"建成使用", "开工建设", "加快推进", "完成验收", "纳入规划", "启动改造"}
	kinds        = []report.Kind{report.KindReport, report.KindReport, report.KindReport, report.KindPlan, report.KindBudget}
)

// Source says where sentences and counties come from.
type Source struct {
	// Corpus is a folder with texts, Places the gazetteer's table.
	Corpus, Places string
	Seed           uint64
}

// Generate writes n passages. With the same source the first passages of a
// longer run are those of a shorter one.
func Generate(w io.Writer, n int, source Source) error {
	g, err := newGenerator(source)
	if err != nil {
		return err
	}
	buf := bufio.NewWriterSize(w, 1<<20)
	for i := range n {
		p := g.passage(i)
		if err := p.Write(buf); err != nil {
			return err
		}
	}
	return buf.Flush()
}

type generator struct {
	random    *rand.Rand
	sentences []string
	counties  []report.Place
	stems     []string
	topics    []string
	zipf      *rand.Zipf
	// yearsOf holds a shuffle of the years for each county.
	yearsOf [][]int
}

func newGenerator(source Source) (*generator, error) {
	g := &generator{random: rand.New(rand.NewPCG(source.Seed, 0))}
	g.zipf = rand.NewZipf(g.random, projectSkew, 10, projects-1)
	var err error
	if g.sentences, err = sentences(source.Corpus); err != nil {
		return nil, err
	}
	if g.counties, err = counties(source.Places); err != nil {
		return nil, err
	}
	g.random.Shuffle(len(g.counties), func(i, j int) { g.counties[i], g.counties[j] = g.counties[j], g.counties[i] })
	for _, p := range g.counties {
		g.yearsOf = append(g.yearsOf, g.random.Perm(years))
		if stem := []rune(p.County); len(stem) > 2 {
			g.stems = append(g.stems, string(stem[:2]))
		}
	}
	for _, t := range report.Topics()[:topics] {
		g.topics = append(g.topics, t.Name)
	}
	return g, nil
}

// counties reads the places of the lowest level from the gazetteer's table.
func counties(path string) ([]report.Place, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list []report.Place
	for line := range strings.Lines(string(data)) {
		code, _, _ := strings.Cut(line, "\t")
		if len(code) != 6 || strings.HasSuffix(code, "00") || code[0] == '#' {
			continue
		}
		if p, ok := report.Places().ByCode(code); ok {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s lists no county", path)
	}
	return list, nil
}

// passage makes the i-th passage. The passages must be made in order.
func (g *generator) passage(i int) Passage {
	doc := i / perDocument
	county := g.counties[doc%len(g.counties)]
	// After twenty rounds of all counties their years begin anew.
	round := doc / len(g.counties)
	year := firstYear + g.yearsOf[doc%len(g.counties)][round%years]
	id := fmt.Sprintf("%s-%d", county.Code, year)
	if round >= years {
		id += fmt.Sprintf("-%d", round/years)
	}
	return Passage{
		Document: id, Number: i%perDocument + 1, Code: county.Code, County: report.Places().FacetValue(county),
		Year: year, Topic: g.topics[g.skewed(len(g.topics))], Kind: string(kinds[doc%len(kinds)]),
		Title: strings.ReplaceAll(id, "-", ""), Text: g.text(county.County),
	}
}

// text puts sentences together until the passage is long enough.
func (g *generator) text(county string) string {
	want := minRunes + g.random.IntN(maxRunes-minRunes)
	var parts []string
	runes := 0
	add := func(s string) {
		if n := utf8.RuneCountInString(s); runes+n <= maxRunes {
			parts = append(parts, s)
			runes += n
		}
	}
	if g.random.Float64() < localShare {
		if g.random.Float64() < projectShare {
			add(county + g.project(int(g.zipf.Uint64())) + deeds[g.random.IntN(len(deeds))] + "。")
		} else {
			add(county + g.sentences[g.random.IntN(len(g.sentences))])
		}
	}
	for tries := 0; runes < want && tries < 50; tries++ {
		add(g.sentences[g.random.IntN(len(g.sentences))])
	}
	g.random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return strings.Join(parts, "")
}

// project names the n-th project: neighbours in frequency have nothing in common.
func (g *generator) project(n int) string {
	mixed := (n*7919 + 104729) % projects
	first := g.stems[mixed%len(g.stems)]
	second := []rune(g.stems[(mixed/7)%len(g.stems)])[1]
	return first + string(second) + projectKinds[mixed%len(projectKinds)]
}

// skewed draws the first of n a few times as often as the last.
func (g *generator) skewed(n int) int { return min(g.random.IntN(n), g.random.IntN(n)) }
