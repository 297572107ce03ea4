package indexer

import (
	"slices"
	"strings"
	"testing"

	"youju/report"
)

// TestTraditional reads a text in traditional characters like one in simplified
// ones, and shows it as it stands, also where the page writes entities.
func TestTraditional(t *testing.T) {
	for name, src := range map[string]string{
		"text": "東阿縣2031年政府工作報告\n\n——2031年1月8日在東阿縣第三屆人民代表大會第二次會議上\n\n各位代表：\n\n現在，我代表縣人民政府，向大會報告工作，請予審議。\n\n一、2030年工作回顧\n\n這一年，新辦學校3所，疏濬溝渠12條。\n\n二、2031年工作安排\n\n架設橋樑2座，讓鄉親滿意。\n",
		"page": "<html><body><div class=\"content\"><p>東阿縣2031年政府工作報告</p><p>——2031年1月8日在東阿縣第三屆人民代表大會第二次會議上</p><p>各位代表：</p><p>現在，我代表縣人民政府，向大會報告工作，請予審議。</p><p>&nbsp;&nbsp;一、2030年工作回顧</p><p>&nbsp;&nbsp;這一年，新辦學校3所，疏濬溝渠12條。</p><p>二、2031年工作安排</p><p>架設橋樑2座，讓鄉親滿意。</p></div></body></html>",
	} {
		docs, err := Read("text", []byte(src))
		if err != nil {
			t.Fatal(name, err)
		}
		d := docs[0]
		if d.Kind != report.KindReport || d.Place.County != "东阿县" || d.Date != "2031-01-08" || d.Title != "東阿縣2031年政府工作報告" {
			t.Errorf("%s: %s, %v, %s, %s", name, d.Kind, d.Place, d.Date, d.Title)
		}
		i := slices.IndexFunc(d.Items, func(it report.Item) bool { return strings.Contains(it.Text, "學校") })
		if i < 0 {
			t.Fatalf("%s: no item with its own characters", name)
		}
		it := d.Items[i]
		if it.Part != report.PartReview || it.AboutYear != 2030 || it.Text != "這一年，新辦學校3所，疏濬溝渠12條。" || it.Path[0] != "一、2030年工作回顧" || len(it.Figures) != 2 {
			t.Errorf("%s: %s %d %q %q %d figures", name, it.Part, it.AboutYear, it.Text, it.Path, len(it.Figures))
		}
		if d.Sections[1].Path[0] != "二、2031年工作安排" {
			t.Errorf("%s: %q", name, d.Sections[1].Path)
		}
		checkCover(t, name, []byte(src))
	}
}
