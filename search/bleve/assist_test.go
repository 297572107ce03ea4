package bleve_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"

	"youju/report"
	"youju/search"
	"youju/search/bleve"
)

func TestSuggestions(t *testing.T) {
	x := originalsIndex(t)
	for typed, want := range map[string]string{"老旧": "老旧小区", "laojiuxq": "老旧小区", "donge": "东阿县", "市水": "市水利局", "dunban": "吨半粮"} {
		got, err := x.Suggest(context.Background(), typed, 8)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(got, func(s search.Suggestion) bool { return s.Text == want && s.Count > 0 && s.Kind != "" }) {
			t.Errorf("%s: %v", typed, got)
		}
	}
}

func TestCorrections(t *testing.T) {
	x := originalsIndex(t)
	for typed, want := range map[string]string{"老旧小曲": "老旧小区", "laojiuxiaoqu": "老旧小区", "ljxq": "老旧小区", "农村公录": "农村公路", "高标准农天 建设": "高标准农田 建设"} {
		got := find(t, x, search.Query{Text: typed}).Reading.Corrections
		if len(got) == 0 || got[0].Text != want || got[0].Count == 0 {
			t.Errorf("%s: %v", typed, got)
		}
	}
	for _, right := range []string{"老旧小区", "GDP", "改造老旧小区", "魑魅魍魉", ""} {
		if got := find(t, x, search.Query{Text: right}).Reading.Corrections; len(got) > 0 {
			t.Errorf("%s: %v", right, got)
		}
	}
}

func TestDrops(t *testing.T) {
	x := originalsIndex(t)
	res := find(t, x, search.Query{Text: "轴承 巧克力"})
	if d := res.Reading.Drops; len(d) != 1 || d[0].Text != "轴承" || d[0].Word != "巧克力" {
		t.Fatalf("drops %v", d)
	}
	if n := find(t, x, search.Query{Text: "轴承"}).Exact; n != res.Reading.Drops[0].Count {
		t.Errorf("%d hits are promised, %d found", res.Reading.Drops[0].Count, n)
	}
	filtered := search.Query{Text: "轴承 巧克力", Filters: map[string][]string{search.FacetYear: {"2016"}}}
	for _, d := range find(t, x, filtered).Reading.Drops {
		filtered.Text = d.Text
		if n := find(t, x, filtered).Exact; n != d.Count {
			t.Errorf("under a filter %d hits are promised, %d found", d.Count, n)
		}
	}
	if d := find(t, x, search.Query{Text: "老旧小区 改造"}).Reading.Drops; len(d) > 0 {
		t.Errorf("words are dropped although enough is found: %v", d)
	}
}

func TestCardsInResult(t *testing.T) {
	x := originalsIndex(t)
	tests := []struct{ query, kind, title string }{
		{"吨半粮", search.CardTerm, "吨半粮"},
		{"2025年 吨半粮", search.CardTerm, "吨半粮"},
		{"四宜共美", search.CardTerm, "三生共融、四宜共美"},
		{"水利部门", search.CardUnit, "市水利局"},
		{"东阿", search.CardPlace, "东阿县"},
	}
	for _, test := range tests {
		cards := find(t, x, search.Query{Text: test.query}).Cards
		if len(cards) != 1 || cards[0].Kind != test.kind || cards[0].Title != test.title {
			t.Errorf("%s: %v", test.query, cards)
			continue
		}
		if c := cards[0]; c.Facet != "" {
			n := find(t, x, search.Query{Filters: map[string][]string{c.Facet: {c.Value}}}).Total
			if n != c.Count || n == 0 {
				t.Errorf("%s: the card promises %d, the filter finds %d", test.query, c.Count, n)
			}
		}
	}
	if cards := find(t, x, search.Query{Text: "四好农村路"}).Cards; len(cards) > 0 {
		t.Errorf("四好农村路: %v", cards)
	}
}

func TestSimilar(t *testing.T) {
	x := originalsIndex(t)
	ctx := context.Background()
	tests := []struct{ id, want string }{
		{"371500-2021-assignment/task-74", "371500-2026-report/livelihood-17"}, // rural roads
		{"371500-2025-report/livelihood-3", "371500-2026-report/livelihood-4"}, // old housing
		{"371500-2026-report/livelihood-9", "371500-2025-report/livelihood-16"},
	}
	for _, test := range tests {
		hits, err := x.Similar(ctx, test.id, 6)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(hits, func(h search.Hit) bool { return h.Item.ID == test.want }) {
			var ids []string
			for _, h := range hits {
				ids = append(ids, h.Item.ID)
			}
			t.Errorf("%s: %s is missing in %v", test.id, test.want, ids)
		}
	}
	if _, err := x.Similar(ctx, "371500-2025-report/nothing", 6); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("an unknown item: %v", err)
	}
	if hits, err := x.Similar(ctx, tests[0].id, 0); err != nil || len(hits) > 0 {
		t.Errorf("none asked for: %v, %v", hits, err)
	}
}

// TestSimilarOfAll asks for the likes of every item.
func TestSimilarOfAll(t *testing.T) {
	x := originalsIndex(t)
	ctx := context.Background()
	docs, err := x.Documents(ctx)
	if err != nil {
		t.Fatal(err)
	}
	some, all := 0, 0
	for _, summary := range docs {
		doc, err := x.Document(ctx, summary.Document.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i := range doc.Items {
			hits, err := x.Similar(ctx, doc.Items[i].ID, 6)
			if err != nil {
				t.Fatal(err)
			}
			all++
			some += min(len(hits), 1)
			perDocument := map[string]int{}
			for _, h := range hits {
				perDocument[h.Document.ID]++
				if h.Item.ID == doc.Items[i].ID || h.Item.Part == report.PartClosing || perDocument[h.Document.ID] > 2 || h.Snippet == "" && h.Item.Text != "" {
					t.Errorf("%s is like %s", doc.Items[i].ID, h.Item.ID)
				}
			}
			if perDocument["371500-news-a3c1853e"]+perDocument["371500-news-3d6f596f"] > 2 {
				t.Errorf("%s: the same news twice", doc.Items[i].ID)
			}
		}
	}
	if some < all*8/10 {
		t.Errorf("only %d of %d items are like another", some, all)
	}
}

func TestLiveAssists(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, small(1))
	live, err := bleve.OpenLive(dir, slog.New(slog.DiscardHandler), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if _, err := live.Suggest(ctx, "老", 5); err != nil {
		t.Error(err)
	}
	if _, err := live.Similar(ctx, "none/none", 5); !errors.Is(err, search.ErrNotFound) {
		t.Error(err)
	}
	live.Close()
	if _, err := live.Suggest(ctx, "老", 5); err == nil {
		t.Error("a closed index suggests")
	}
	if _, err := live.Similar(ctx, "none/none", 5); err == nil {
		t.Error("a closed index finds likes")
	}
}

func BenchmarkSimilar(b *testing.B) {
	dir := b.TempDir()
	build(b, dir, readCollection(b))
	x, err := bleve.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	for b.Loop() {
		if _, err := x.Similar(context.Background(), "371500-2021-assignment/task-90", 6); err != nil {
			b.Fatal(err)
		}
	}
}

// TestNewsTwins: two reports of one event stand together, each still there.
func TestNewsTwins(t *testing.T) {
	x := originalsIndex(t)
	res := find(t, x, search.Query{Text: "轴承 创新中心", Filters: map[string][]string{search.FacetKind: {string(report.KindNews)}}})
	twins := []string{"371500-news-3d6f596f", "371500-news-a3c1853e"}
	var first string
	marked := 0
	for i, hit := range res.Hits {
		if !slices.Contains(twins, hit.Document.ID) {
			if hit.Like != "" {
				t.Errorf("%s is like %s", hit.Item.ID, hit.Like)
			}
			continue
		}
		if first == "" {
			first = hit.Item.ID
		} else if !slices.Contains(twins, res.Hits[i-1].Document.ID) {
			t.Errorf("%s does not stand with %s", hit.Item.ID, first)
		}
		if hit.Like != "" && (hit.Like != first || hit.Document.ID == res.Hits[0].Document.ID && hit.Item.ID == first) {
			t.Errorf("%s is marked like %s, not %s", hit.Item.ID, hit.Like, first)
		}
		marked += min(len(hit.Like), 1)
	}
	if marked == 0 || len(res.Hits) != min(res.Total, search.DefaultSize) {
		t.Errorf("%d hits of %d, %d marked", len(res.Hits), res.Total, marked)
	}
}
