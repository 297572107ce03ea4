package bleve_test

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"youju/report"
	"youju/search"
)

// oracle answers queries by looking at every item. It knows what a tier and a
// facet mean from their descriptions, not from the program.
type oracle struct {
	docs  []*report.Document
	items []oracleItem
	// counts remembers how many items hold some words.
	counts sync.Map
}

type oracleItem struct {
	doc    *report.Document
	it     *report.Item
	rows   []string
	pieces map[string]bool // tokens, and neighbouring tokens joined by |
	facets map[string][]string
	among  *oracle
}

func newOracle(docs []*report.Document) *oracle {
	o := &oracle{docs: docs}
	for _, doc := range docs {
		for i := range doc.Items {
			it := &doc.Items[i]
			oi := oracleItem{doc: doc, it: it, pieces: map[string]bool{}, facets: facetsOf(doc, it), among: o}
			for _, text := range searchable(doc, it) {
				oi.rows = append(oi.rows, row(text))
				tokens := search.Tokenize(text)
				for j, t := range tokens {
					oi.pieces[t.Term] = true
					if j > 0 {
						oi.pieces[tokens[j-1].Term+"|"+t.Term] = true
					}
				}
			}
			o.items = append(o.items, oi)
		}
	}
	return o
}

func facetsOf(doc *report.Document, it *report.Item) map[string][]string {
	year := func(y int) string {
		if y == 0 {
			return ""
		}
		return strconv.Itoa(y)
	}
	raw := map[string][]string{
		"year": {year(doc.Year)}, "about": {year(it.AboutYear)}, "topic": it.Topics, "kind": {string(doc.Kind)},
		"part": {string(it.Part)}, "claim": {string(it.Claim)}, "unit": it.Duty.LeadUnits,
		"county": append([]string{doc.Place.Province, doc.Place.City, doc.Place.County}, it.Places...),
		"amount": bands(it),
	}
	clean := map[string][]string{}
	for name, values := range raw {
		set := map[string]bool{}
		for _, v := range values {
			if v != "" {
				set[v] = true
			}
		}
		if len(set) == 0 {
			set["none"] = true
		}
		clean[name] = slices.Sorted(maps.Keys(set))
	}
	return clean
}

// bands names the bands of the sums of money that an item's figures state.
func bands(it *report.Item) []string {
	var names []string
	for _, f := range it.Figures {
		if f.Norm == nil || !slices.Contains([]string{"元", "百元", "千元", "万元", "十万元", "百万元", "千万元", "亿元", "十亿元", "百亿元", "千亿元", "万亿元"}, f.Unit) {
			continue
		}
		sums := []float64{*f.Norm}
		if f.ValueMax != nil {
			sums = append(sums, *f.ValueMax**f.Norm / *f.Value)
		}
		for _, yuan := range sums {
			switch {
			case yuan >= 100e8:
				names = append(names, "100-")
			case yuan >= 10e8:
				names = append(names, "10-100")
			case yuan >= 1e8:
				names = append(names, "1-10")
			case yuan >= 0:
				names = append(names, "0-1")
			}
		}
	}
	return names
}

// covered is the weight of the tokens of a word that stand in a piece of two,
// or alone where they are numbers or have no neighbour; and the weight of all.
func (oi *oracleItem) covered(word string) (have, all int) {
	for _, clause := range clauses(word) {
		for i, t := range clause {
			weight := 1
			if t.Kind == search.Word {
				weight = 2
			}
			all += weight
			alone := (len(clause) == 1 || t.Kind == search.Word) && oi.pieces[t.Term]
			before := i > 0 && oi.pieces[clause[i-1].Term+"|"+t.Term]
			after := i+1 < len(clause) && oi.pieces[t.Term+"|"+clause[i+1].Term]
			if alone || before || after {
				have += weight
			}
		}
	}
	return have, all
}

// clauses cuts a word's tokens at punctuation.
func clauses(word string) [][]search.Token {
	var all [][]search.Token
	open := false
	for _, t := range search.Tokenize(word) {
		if t.Kind == search.Mark {
			open = false
			continue
		}
		if !open {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], t)
		open = true
	}
	return all
}

// asked is a query in parts, so that the oracle need not read it.
type asked struct {
	words, phrases, not, figures []string
	filters                      map[string][]string
}

func (a asked) query() search.Query {
	parts := slices.Clone(a.words)
	for _, p := range a.phrases {
		parts = append(parts, `"`+p+`"`)
	}
	for _, n := range a.not {
		parts = append(parts, `-"`+n+`"`)
	}
	for _, f := range a.figures {
		parts = append(parts, "number:"+f)
	}
	return search.Query{Text: strings.Join(parts, " "), Filters: a.filters, Size: 100}
}

// oracleLevel is one level of an answer.
type oracleLevel struct {
	tier  string
	items []oracleItem
}

// levels gives the levels of a plan's answer, before filters, by looking at
// every item: what a level means is said here a second time.
func (o *oracle) levels(plan search.Plan) []oracleLevel {
	if plan.Everything {
		return []oracleLevel{{tier: search.TierExact, items: o.keep(plan, func(*oracleItem) bool { return true })}}
	}
	if len(plan.Words) == 0 && len(plan.Context) == 0 {
		return nil
	}
	exact := func(oi *oracleItem) bool { return oi.all(plan.Words, (*oracleItem).holdsAny) }
	near := func(oi *oracleItem) bool { return oi.all(strong(plan.Words), (*oracleItem).holdsLoosely) }
	within := func(oi *oracleItem) bool { return oi.satisfies(plan.Context) }
	tests := []struct {
		tier string
		test func(*oracleItem) bool
	}{{search.TierExact, func(oi *oracleItem) bool { return exact(oi) && within(oi) }}}
	if len(plan.Words) > 0 {
		tests = append(tests, struct {
			tier string
			test func(*oracleItem) bool
		}{search.TierNear, func(oi *oracleItem) bool { return near(oi) && within(oi) }})
		if there := o.there(plan, within); there != nil {
			tests = append(tests, struct {
				tier string
				test func(*oracleItem) bool
			}{search.TierPartial, there})
		}
		if len(plan.Context) > 0 {
			tests = append(tests, struct {
				tier string
				test func(*oracleItem) bool
			}{search.TierPartial, near})
		}
		tests = append(tests, struct {
			tier string
			test func(*oracleItem) bool
		}{search.TierPartial, nil})
	}
	var levels []oracleLevel
	seen := map[string]bool{}
	for _, t := range tests {
		l := oracleLevel{tier: t.tier}
		if t.test == nil {
			t.test = o.partial(plan, len(seen) > 0)
		}
		for _, oi := range o.keep(plan, t.test) {
			if !seen[oi.it.ID] {
				seen[oi.it.ID] = true
				l.items = append(l.items, oi)
			}
		}
		levels = append(levels, l)
	}
	return levels
}

// there: something of every word, at the place asked for, where that is little.
func (o *oracle) there(plan search.Plan, within func(*oracleItem) bool) func(*oracleItem) bool {
	if !slices.ContainsFunc(plan.Context, search.PlanContext.IsPlace) {
		return nil
	}
	telling := map[string]bool{} // pieces that at most one item of eight holds
	for _, w := range plan.Words {
		for _, piece := range w.Segments {
			count := 0
			for i := range o.items {
				if o.items[i].holdsRelated(piece) {
					count++
				}
			}
			telling[piece.Text] = count <= len(o.items)/8
		}
	}
	some := func(oi *oracleItem, w search.PlanWord) bool {
		if w.Exact || oi.holdsLoosely(w) {
			return oi.holdsLoosely(w)
		}
		if len(w.Segments) == 0 {
			have, _ := oi.covered(w.Text)
			return have > 0
		}
		return slices.ContainsFunc(w.Segments, func(p search.PlanWord) bool { return telling[p.Text] && oi.holdsRelated(p) })
	}
	test := func(oi *oracleItem) bool { return within(oi) && oi.all(plan.Words, some) }
	count := 0
	for i := range o.items {
		if test(&o.items[i]) {
			count++
		}
	}
	if count > 20 {
		return nil
	}
	return test
}

// keep gives the items that pass a test and hold no excluded word.
func (o *oracle) keep(plan search.Plan, test func(*oracleItem) bool) (kept []oracleItem) {
	for i := range o.items {
		oi := &o.items[i]
		if !slices.ContainsFunc(plan.Excluded, oi.holds) && oi.prints(plan.Figures) && test(oi) {
			kept = append(kept, *oi)
		}
	}
	return kept
}

// prints tells whether the text has a figure for each condition, by a pattern
// over the tokens put together again.
func (oi *oracleItem) prints(bounds []search.Bound) bool {
	var text strings.Builder
	for _, t := range search.Tokenize(oi.it.Text) {
		if t.Kind == search.Word {
			text.WriteString(" ")
		}
		text.WriteString(t.Term)
	}
	figures := figureRe.FindAllStringSubmatch(text.String(), -1)
	for _, b := range bounds {
		if !slices.ContainsFunc(figures, func(m []string) bool {
			value, _ := strconv.ParseFloat(m[1], 64)
			for _, c := range m[2] {
				value *= map[rune]float64{'十': 10, '百': 100, '千': 1e3, '万': 1e4, '亿': 1e8}[c]
			}
			return (m[2]+m[3] != "") && b.Holds(value, m[3])
		}) {
			return false
		}
	}
	return true
}

var figureRe = regexp.MustCompile(` (\d+(?:\.\d+)?)([十百千万亿]{0,4})(%|‰|℃|°|\p{Han}{1,3}[%‰℃°]|\p{Han}{0,4})`)

func (oi *oracleItem) all(words []search.PlanWord, holds func(*oracleItem, search.PlanWord) bool) bool {
	return !slices.ContainsFunc(words, func(w search.PlanWord) bool { return !holds(oi, w) })
}

// holds: as written, outside its guards, in any field.
func (oi *oracleItem) holds(w search.PlanWord) bool {
	wanted := "|"
	for _, t := range w.Tokens {
		wanted += t.Term + "|"
	}
	for i, r := range oi.rows {
		if strings.Contains(r, wanted) && (len(w.Guards) == 0 || w.Holds(searchable(oi.doc, oi.it)[i])) {
			return true
		}
	}
	return false
}

func (oi *oracleItem) holdsAny(w search.PlanWord) bool {
	return oi.holds(w) || slices.ContainsFunc(w.Variants, oi.holds)
}

func (oi *oracleItem) holdsRelated(w search.PlanWord) bool {
	return oi.holdsAny(w) || slices.ContainsFunc(w.Related, oi.holds)
}

// holdsPiece: who holds a whole word holds each of its pieces.
func (oi *oracleItem) holdsPiece(of, piece search.PlanWord) bool {
	return oi.holdsRelated(piece) || len(of.Segments) > 0 && oi.holdsRelated(of)
}

func (oi *oracleItem) holdsLoosely(w search.PlanWord) bool {
	if w.Exact {
		return oi.holdsAny(w)
	}
	if oi.holdsRelated(w) {
		return true
	}
	if len(w.Segments) > 0 {
		pieces := strong(w.Segments)
		if oi.among.count(pieces) > len(oi.among.items)/8 {
			pieces = w.Segments
		}
		if oi.all(pieces, (*oracleItem).holdsRelated) {
			return true
		}
	}
	have, all := oi.covered(w.Text)
	return w.Weight() >= 4 && have == all
}

// count is the number of items that hold all of some words.
func (o *oracle) count(words []search.PlanWord) (n int) {
	key := ""
	for _, w := range words {
		key += w.Text + " "
	}
	if known, ok := o.counts.Load(key); ok {
		return known.(int)
	}
	defer func() { o.counts.Store(key, n) }()
	for i := range o.items {
		if o.items[i].all(words, (*oracleItem).holdsRelated) {
			n++
		}
	}
	return n
}

func strong(words []search.PlanWord) []search.PlanWord {
	return slices.DeleteFunc(slices.Clone(words), func(w search.PlanWord) bool { return w.Weak })
}

func (oi *oracleItem) satisfies(contexts []search.PlanContext) bool {
	for _, c := range contexts {
		ok := len(c.Word.Tokens) > 0 && oi.holds(c.Word)
		for _, t := range c.Tests {
			if t.Facet == search.Speaker {
				ok = ok || oi.doc.Speaker == t.Value
			}
			ok = ok || slices.Contains(oi.facets[t.Facet], t.Value)
		}
		if !ok {
			return false
		}
	}
	return true
}

// partial: enough of the pieces of the words, weighed by how rare they are.
func (o *oracle) partial(plan search.Plan, answered bool) func(*oracleItem) bool {
	type piece struct {
		of, word search.PlanWord
		weight   float64
		count    int
	}
	var pieces []piece
	unknown, added, all, long := 0, 0, 0.0, false
	for _, w := range plan.Words {
		list := []search.PlanWord{w}
		if len(w.Segments) > 0 {
			list = w.Segments
		}
		if w.Exact {
			list = nil
		}
		long = long || !w.Exact && w.Weight() >= 7
		for _, p := range list {
			count, known := 0, false
			for i := range o.items {
				if o.items[i].holdsPiece(w, p) {
					count++
				} else if have, of := o.items[i].covered(p.Text); p.Weight() >= 4 && float64(have) >= 0.7*float64(of) {
					known = true
				}
			}
			weight := math.Log(1+float64(len(o.items))/(float64(count)+0.5)) * math.Sqrt(float64(p.Weight()))
			switch {
			case count > 0 || known:
			case plan.Asked != "":
				weight *= 0.35
				added++
			case w.Weight() >= 7 || len(plan.Words) > 1:
				weight *= 0.45
				added++
			default:
				unknown++
			}
			if p.Weak {
				weight *= 0.25
			}
			all += weight
			pieces = append(pieces, piece{w, p, weight, count})
		}
	}
	share := search.PartialShare(len(pieces), unknown, added, plan.Asked != "" || long, answered)
	step, most := 0.1, 20
	if plan.Spoken && len(pieces) > 1 {
		share, step, most = 0.25, 0.05, max(20, len(o.items)/25)
		if !answered {
			most = max(most, 40)
		}
	}
	test := func(oi *oracleItem) bool {
		have := 0.0
		for _, p := range pieces {
			if oi.holdsPiece(p.of, p.word) {
				have += p.weight
			} else if h, of := oi.covered(p.word.Text); p.count == 0 && p.word.Weight() >= 4 && float64(h) >= 0.7*float64(of) {
				have += p.weight * float64(h) / float64(of)
			}
		}
		for _, w := range plan.Words {
			if w.Exact && !oi.holds(w) {
				return false
			}
		}
		return have > 0 && have >= share*all-1e-9
	}
	for {
		n := 0
		for i := range o.items {
			if test(&o.items[i]) {
				n++
			}
		}
		if n <= most || share+step > 1 {
			break
		}
		share += step
	}
	return test
}

// answer gives the items shown under filters, leaving one facet's out, and the tier.
func answer(levels []oracleLevel, filters map[string][]string, except string) (items []oracleItem, tier string) {
	tier = search.TierExact
	for _, l := range levels {
		if len(items) >= 10 {
			break
		}
		n := len(items)
		for _, oi := range l.items {
			if oi.passes(filters, except) {
				items = append(items, oi)
			}
		}
		if len(items) > n {
			tier = l.tier
		}
	}
	return items, tier
}

func (oi *oracleItem) passes(filters map[string][]string, except string) bool {
	for name, values := range filters {
		if name == except || len(values) == 0 {
			continue
		}
		if !slices.ContainsFunc(oi.facets[name], func(v string) bool { return slices.Contains(values, v) }) {
			return false
		}
	}
	return true
}

// TestQueriesAndFilters asks made-up queries with filters; YOUJU_QUERIES says how many.
func TestQueriesAndFilters(t *testing.T) {
	x, docs := sharedIndex(t)
	o := newOracle(docs)
	random := rand.New(rand.NewPCG(3, 1))
	tiers := map[string]int{}
	queries := randomQueries
	if asked := os.Getenv("YOUJU_QUERIES"); asked != "" {
		var err error
		if queries, err = strconv.Atoi(asked); err != nil {
			t.Fatal(err)
		}
	}
	for n := range queries {
		a := o.ask(random)
		q := a.query()
		res := find(t, x, q)
		levels := o.levels(x.Plan(context.Background(), q))
		items, tier := answer(levels, a.filters, "")
		total := len(items)
		ids := map[string]bool{}
		for _, oi := range items {
			ids[oi.it.ID] = true
		}
		tiers[tier]++
		if total == 0 && res.Total > 0 && saysCorrected(res.Reading) {
			continue
		}
		if res.Total != total || res.Reading.Tier != tier {
			t.Errorf("%d %+v: %d items, tier %s; the oracle has %d, %s", n, q, res.Total, res.Reading.Tier, total, tier)
			continue
		}
		for _, hit := range res.Hits {
			if !ids[hit.Item.ID] {
				t.Errorf("%+v: hit %s is not the oracle's", q, hit.Item.ID)
			}
		}
		for _, facet := range res.Facets {
			o.checkFacet(t, a, levels, facet)
		}
		if n%10 == 0 {
			clickAll(t, x, q, res)
		}
	}
	t.Logf("tiers: %v", tiers)
	for _, tier := range []string{search.TierExact, search.TierNear, search.TierPartial} {
		if tiers[tier] < 2 {
			t.Errorf("tier %s was reached %d times only", tier, tiers[tier])
		}
	}
}

// saysCorrected tells whether a page says that it answers a correction.
func saysCorrected(r search.Reading) bool {
	return r.Tier == search.TierPartial && slices.ContainsFunc(r.Notes, func(note string) bool {
		return strings.HasPrefix(note, "没有找到“") && strings.Contains(note, "以下是“")
	})
}

// ask makes up a query from pieces of the texts.
func (o *oracle) ask(random *rand.Rand) asked {
	a := asked{filters: map[string][]string{}}
	word := func(least, most int) string {
		for {
			runes := []rune(o.items[random.IntN(len(o.items))].it.Text)
			at := random.IntN(len(runes))
			w := string(runes[at:min(len(runes), at+least+random.IntN(most-least+1))])
			if !strings.ContainsAny(w, " 　\n\t\"“”＂「」„%‰℃°:：-－−") && len(clauses(w)) > 0 {
				return w
			}
		}
	}
	switch random.IntN(6) {
	case 0: // everything
	case 1:
		a.words = []string{word(1, 2)}
	case 2:
		a.words = []string{word(2, 4), word(2, 3)}
	case 3:
		a.words = []string{word(2, 3) + word(2, 3)} // hardly ever written like this
	case 4:
		a.words = []string{word(3, 6) + word(2, 4) + word(2, 2)}
	case 5:
		a.phrases = []string{word(1, 3)}
	}
	if random.IntN(4) == 0 {
		a.not = []string{word(1, 2)}
	}
	if random.IntN(5) == 0 {
		a.figures = []string{[]string{">10亿", "50..100", "<=5%", "≥1000户", "<3000万元", "2021年"}[random.IntN(6)]}
	}
	for range random.IntN(3) {
		name := search.FacetNames[random.IntN(len(search.FacetNames))]
		oi := o.items[random.IntN(len(o.items))]
		v := oi.facets[name][random.IntN(len(oi.facets[name]))]
		if random.IntN(12) == 0 {
			v = "没有的值"
		}
		if !slices.Contains(a.filters[name], v) {
			a.filters[name] = append(a.filters[name], v)
		}
	}
	return a
}

// checkFacet compares the counts of one facet: every value is listed that
// choosing it would find something, and every chosen one.
func (o *oracle) checkFacet(t *testing.T, a asked, levels []oracleLevel, facet search.Facet) {
	t.Helper()
	want := map[string]int{}
	for _, v := range a.filters[facet.Name] {
		want[v] = 0
	}
	for _, l := range levels {
		for _, oi := range l.items {
			for _, v := range oi.facets[facet.Name] {
				want[v] = 0
			}
		}
	}
	for v := range want {
		filters := maps.Clone(a.filters)
		filters[facet.Name] = []string{v}
		items, _ := answer(levels, filters, "")
		if want[v] = len(items); len(items) == 0 && !slices.Contains(a.filters[facet.Name], v) {
			delete(want, v)
		}
	}
	got := map[string]int{}
	for _, v := range facet.Values {
		got[v.Value] = v.Count
		if v.Selected != slices.Contains(a.filters[facet.Name], v.Value) {
			t.Errorf("%+v: %s=%s selected is %v", a, facet.Name, v.Value, v.Selected)
		}
		if label := search.FacetValueLabel(facet.Name, v.Value); label == "" || label == search.None {
			t.Errorf("%s=%s has label %q", facet.Name, v.Value, label)
		}
	}
	if !maps.Equal(got, want) || len(got) != len(facet.Values) {
		t.Errorf("%+v: facet %s\n got %v\nwant %v", a, facet.Name, got, want)
	}
}

// clickAll chooses every value of every facet instead of what is chosen there:
// each must give the number of items it promised.
func clickAll(t *testing.T, x searcher, q search.Query, res *search.Result) {
	t.Helper()
	for _, facet := range res.Facets {
		for _, v := range facet.Values {
			clicked := q
			clicked.Filters = maps.Clone(q.Filters)
			clicked.Filters[facet.Name] = []string{v.Value}
			if got := find(t, x, clicked).Total; got != v.Count {
				t.Errorf("%+v: clicking %s=%s gives %d, promised %d", q, facet.Name, v.Value, got, v.Count)
			}
		}
	}
}

func TestPagesFitTogether(t *testing.T) {
	x, docs := sharedIndex(t)
	for _, sort := range []string{search.SortRelevance, search.SortNewest, search.SortOldest, "nonsense"} {
		whole := find(t, x, search.Query{Text: "发展", Sort: sort, Size: 100})
		var paged []string
		for page := 1; page <= 5; page++ {
			for _, hit := range find(t, x, search.Query{Text: "发展", Sort: sort, Size: 20, Page: page}).Hits {
				paged = append(paged, hit.Item.ID)
			}
		}
		var ids []string
		for _, hit := range whole.Hits {
			ids = append(ids, hit.Item.ID)
		}
		if !slices.Equal(ids, paged) {
			t.Errorf("sort %s: pages of 20 do not add up to a page of 100", sort)
		}
		checkOrder(t, sort, whole.Hits)
	}
	_ = docs
}

func checkOrder(t *testing.T, sort string, hits []search.Hit) {
	t.Helper()
	for i := 1; i < len(hits); i++ {
		a, b := hits[i-1], hits[i]
		ok := true
		switch sort {
		case search.SortNewest:
			ok = a.Document.Year >= b.Document.Year
		case search.SortOldest:
			ok = a.Document.Year <= b.Document.Year && a.Document.Year != 0 || b.Document.Year == 0
		default:
			ok = a.Score >= b.Score
		}
		if !ok {
			t.Errorf("sort %s: hit %d (%d, %f) comes before %d, %f", sort, i, a.Document.Year, a.Score, b.Document.Year, b.Score)
		}
	}
}

func TestPageLimits(t *testing.T) {
	x, _ := sharedIndex(t)
	for _, test := range []struct{ page, size, hits int }{
		{0, 0, search.DefaultSize}, {-5, -5, search.DefaultSize}, {1, 1 << 40, search.MaxSize},
		{1 << 60, 1 << 60, 0}, {5, 100, 100}, {11, 100, 0}, {200, 2, 2}, {1001, 1, 0},
	} {
		res := find(t, x, search.Query{Page: test.page, Size: test.size})
		if len(res.Hits) != test.hits {
			t.Errorf("page %d of size %d has %d hits, want %d", test.page, test.size, len(res.Hits), test.hits)
		}
	}
	res := find(t, x, search.Query{Page: 100, Size: 100})
	if want := fmt.Sprintf("最多只能翻到第%d条", search.MaxDepth); len(res.Reading.Notes) != 1 || !strings.HasPrefix(res.Reading.Notes[0], want) {
		t.Errorf("notes %q", res.Reading.Notes)
	}
}
