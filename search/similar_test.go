package search

import (
	"slices"
	"strings"
	"testing"

	"youju/report"
)

func TestSignificant(t *testing.T) {
	docs, v := originals(t)
	item := func(id string) *report.Item {
		for _, doc := range docs {
			for i := range doc.Items {
				if doc.Items[i].ID == id {
					return &doc.Items[i]
				}
			}
		}
		t.Fatalf("no item %s", id)
		return nil
	}
	tests := []struct{ id, want, never string }{
		{"371500-2021-assignment/task-90", "老旧小区 棚户区改造 加装电梯", "牵头单位 市住房城乡建设局 聊城市"},
		{"371500-2021-assignment/task-74", "农村公路", "市交通运输局 改造 配合单位"},
		{"371500-2025-report/livelihood-16", "残疾人新增就业", "以上 人以上"},
	}
	for _, test := range tests {
		var words []string
		for _, w := range v.Significant(item(test.id), 10) {
			if w.Weight <= 0 {
				t.Errorf("%s weighs %v", w.Word.Text, w.Weight)
			}
			words = append(words, w.Word.Text)
		}
		for _, word := range strings.Fields(test.want) {
			if !slices.Contains(words, word) {
				t.Errorf("%s: %s is missing in %v", test.id, word, words)
			}
		}
		for _, word := range strings.Fields(test.never) {
			if slices.Contains(words, word) {
				t.Errorf("%s: %s is not what %v is about", test.id, word, words)
			}
		}
	}
	if got := v.Significant(&report.Item{}, 5); len(got) != 0 {
		t.Errorf("an empty item is about %v", got)
	}
}

func TestNearDuplicates(t *testing.T) {
	piece := func(id string, paragraphs ...string) *report.Document {
		doc := &report.Document{ID: id, Kind: report.KindNews}
		for _, p := range paragraphs {
			doc.Items = append(doc.Items, report.Item{Text: p})
		}
		return doc
	}
	bridge := "鱼山脚下的新桥昨天合龙，两岸居民步行十分钟就能到对岸的集市，桥面宽二十四米，设计寿命一百年。"
	school := "镇上的新小学九月开学，操场铺了塑胶跑道，食堂能坐下三百个孩子，校车每天早晚各跑两趟。"
	market := "农贸市场搬进了有顶棚的大厅，摊位编了号，秤由市场统一校准，买菜的人可以到服务台复秤。"
	got := NearDuplicates([]*report.Document{
		piece("a", bridge, school),
		piece("b", market, "另一篇文章，写的是水库加固，与其他几篇都没有关系，只是为了凑够可以比较的长度而多写几句话。"),
		piece("c", school, "记者从现场了解到，"+bridge),
		piece("d", "短讯"), piece("e", "短讯"), piece("f"),
	})
	if len(got) != 2 || got["a"] != "a" || got["c"] != "a" {
		t.Errorf("groups %v", got)
	}
	docs, _ := originals(t)
	docs = slices.DeleteFunc(slices.Clone(docs), func(d *report.Document) bool { return d.Kind != report.KindNews })
	if got := NearDuplicates(docs); len(got) != 2 || got["371500-news-a3c1853e"] != got["371500-news-3d6f596f"] {
		t.Errorf("groups of the originals: %v", got)
	}
}
