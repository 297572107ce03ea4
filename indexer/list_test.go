package indexer

import (
	"strings"
	"testing"
)

// shown is what a test asks of a document: its items, a line each, number,
// heading and text parted by bars, with their units behind an arrow.
func shown(t *testing.T, src string) []string {
	t.Helper()
	docs, err := Read("text", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range docs {
		for _, it := range d.Items {
			s := strings.Trim(strings.ReplaceAll(it.Number+"|"+it.Heading+"|"+it.Text, "||", "|"), "|")
			if units := append(it.Duty.LeadUnits, it.Duty.SupportUnits...); len(units) > 0 {
				s += " → " + strings.Join(units, " ")
			}
			out = append(out, s)
		}
	}
	return out
}

// plansOf puts a text into the plans of a report.
func plansOf(s string) string {
	return "2031年青禾市政府工作报告\n\n各位代表：\n\n现在，我代表市人民政府，向大会报告工作，请予审议。\n\n一、2030年工作回顾\n\n过去一年，全市修路3公里，群众出行更加方便。\n\n二、2031年工作安排\n\n" + s + "\n"
}

// TestEntries reads lists in their different forms: what is numbered like a
// heading, stands in a paragraph, or has no number at all.
func TestEntries(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"numerals", "2031年青禾县民生实事清单\n\n一、新建学校3所。\n二、改造小区12个。\n", "1|新建学校3所。\n2|改造小区12个。"},
		{"numerals in brackets", "2031年青禾县为民办实事项目\n\n（一）新建学校3所。\n（二）改造小区12个。\n", "1|新建学校3所。\n2|改造小区12个。"},
		{"a heading and a sentence", "2031年青禾县民生实事清单\n\n一、办好教育\n新建学校3所。\n责任单位：县教育局\n二、改善居住\n改造小区12个。\n", "1|办好教育|新建学校3所。责任单位：县教育局 → 县教育局\n2|改善居住|改造小区12个。"},
		{"short lines", "2031年青禾县学校情况\n\n小学 86所\n初中 21所\n高中 4所\n", "小学 86所\n初中 21所\n高中 4所"},
		{"a title alone", "2031年青禾县小学86所\n", "2031年青禾县小学86所"},
		{"measures as sentences", "青禾县人民政府办公室关于养殖的通知\n\n各乡镇人民政府：\n\n现将有关事项通知如下，请认真组织实施。\n\n一、支持措施\n\n（一）每座圈舍补助8万元。\n（二）给予贷款贴息。\n",
			"现将有关事项通知如下，请认真组织实施。\n1|每座圈舍补助8万元。\n2|给予贷款贴息。"},
		{"articles without a space", "青禾市供水办法\n\n第一章 总则\n\n第一条为保障供水，制定本办法。\n\n第二条经费来自下列渠道：\n\n（一）财政补助；\n\n第三条本办法自发布之日起施行。\n",
			"第一条|为保障供水，制定本办法。\n第二条|经费来自下列渠道：（一）财政补助；\n第三条|本办法自发布之日起施行。"},
		{"a year behind the number", "2031年青禾县参保问答\n\n现就群众关心的问题解答如下，请对照办理。\n\n1.缴费多少？每人380元。\n\n2.2031年什么时候缴费？年底以前。\n", "现就群众关心的问题解答如下，请对照办理。\n1|缴费多少？每人380元。\n2|2031年什么时候缴费？年底以前。"},
		{"contacts", "青禾市教育局关于招生的通知\n\n各学校：\n\n各校按时招生，不得提前，请认真做好。\n\n（联系人：张某，联系电话：1234567）\n", "各校按时招生，不得提前，请认真做好。\n（联系人：张某，联系电话：1234567）"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(shown(t, c.src), "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			checkCover(t, c.name, []byte(c.src))
		})
	}
}

// TestSeries reads the livelihood projects and policies that a report lists in
// a paragraph of its plans, and leaves other numbered words in running text.
func TestSeries(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"brackets", "办好三件民生实事：（1）新建卫生室40所。（2）免费体检3万人次。（3）加装电梯50部。", "办好三件民生实事：\n1|新建卫生室40所。\n2|免费体检3万人次。\n3|加装电梯50部。"},
		{"circles, and a remark", "扎实办好民生实事。①新建卫生室40所；②免费体检3万人次；③加装电梯50部。我们一定说到做到，让群众得到实惠。", "扎实办好民生实事。\n1|新建卫生室40所；\n2|免费体检3万人次；\n3|加装电梯50部。\n我们一定说到做到，让群众得到实惠。"},
		{"spoken", "今年再办好三件民生实事。一是新建卫生室40所，方便看病。二是免费体检3万人次。三是加装电梯50部。", "今年再办好三件民生实事。\n1|一是新建卫生室40所，方便看病。\n2|二是免费体检3万人次。\n3|三是加装电梯50部。"},
		{"semicolons", "办好3件民生实事，包括：新建卫生室40所；为老人免费体检3万人次；加装电梯50部。", "办好3件民生实事，包括：\n1|新建卫生室40所；\n2|为老人免费体检3万人次；\n3|加装电梯50部。"},
		{"no list", "抓好三项改革：（1）国资国企改革走深走实，（2）医药卫生改革稳步推进，（3）农村土地改革有序展开。", "抓好三项改革：（1）国资国企改革走深走实，（2）医药卫生改革稳步推进，（3）农村土地改革有序展开。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := plansOf(c.src)
			got := strings.Join(shown(t, src)[2:], "\n")
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			checkCover(t, c.name, []byte(src))
		})
	}
}

// TestAnnouncement keeps the sentence that announces a list out of the head,
// though it ends in a colon as a salutation does.
func TestAnnouncement(t *testing.T) {
	for _, src := range []string{
		"青禾县人民政府关于请求支持山塘加固的函\n\n市水利局：\n\n我县险塘较多，恳请贵局帮助解决下列事项：\n\n1.安排加固资金。\n\n2.派驻技术人员。\n",
		"青禾县水利局2031年上半年工作总结\n\n上半年，主要做了以下工作：\n（1）完成渠道清淤。\n（2）加固山塘。\n",
	} {
		docs, err := Read("text", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		items := docs[0].Items
		if len(items) != 3 || !strings.HasSuffix(items[0].Text, "：") || items[2].Number != "2" {
			t.Errorf("items %+v", items)
		}
	}
}

// TestLastEntry reads the last of several numbered sentences as an entry, though
// a closing formula stands below it, and leaves headings that end in a stop.
func TestLastEntry(t *testing.T) {
	const title = "青禾县人民政府办公室关于防汛救灾的通知\n\n各乡镇人民政府：\n\n现将有关事项通知如下：\n\n"
	for _, c := range []struct{ name, body, want string }{
		{"formula below", "一、抢修圩堤六段。\n\n二、转移低洼处住户，妥善安置。\n\n三、储备沙袋，专人看守。\n\n特此通知。\n", "1 2 3"},
		{"headings with a stop", "一、抢修圩堤。\n\n圩堤分六段抢修，由镇里负责。\n\n二、转移住户。\n\n低洼处的住户全部转移，妥善安置。\n", ""},
	} {
		docs, err := Read("text", []byte(title+c.body))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, it := range docs[0].Items {
			if it.Number != "" {
				got = append(got, it.Number)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: numbers %q, want %q", c.name, s, c.want)
		}
	}
}

// TestRows reads tables of texts and pages: a row an item, with its own unit.
func TestRows(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"tabs", "青禾县2031年重点任务分工表\n\n现将任务分工如下，请抓好落实。\n\n序号\t任务\t责任单位\n1\t新建学校3所\t县教育局\n2\t改造小区12个\t同上\n", "现将任务分工如下，请抓好落实。\n1|新建学校3所〔责任单位：县教育局〕 → 县教育局\n2|改造小区12个〔责任单位：县教育局〕 → 县教育局"},
		{"wide blanks", "青禾县2031年主要指标\n\n指标完成情况如下表所示，请审阅。\n\n指标      单位    完成数\n总产值    亿元    48.6\n人口      万人    17.9\n", "指标完成情况如下表所示，请审阅。\n总产值48.6亿元\n人口17.9万人"},
		{"tall cells", "<html><body><h1>青禾市2031年重点任务分工方案</h1><p>现将任务分工如下，请抓好落实。</p><table><tr><td>序号</td><td>类别</td><td>任务</td><td>牵头单位</td><td>配合单位</td></tr><tr><td rowspan=2>1</td><td rowspan=2>教育</td><td>新建学校3所</td><td>市教育局</td><td>/</td></tr><tr><td>招聘教师50名</td><td>市人社局</td><td>无</td></tr></table></body></html>",
			"现将任务分工如下，请抓好落实。\n1|教育 | 新建学校3所〔牵头单位：市教育局〕 → 市教育局\n教育 | 招聘教师50名〔牵头单位：市人社局〕 → 市人社局"},
		{"markdown", "# 青禾市2031年重点任务分工方案\n\n现将任务分工如下，请抓好落实。\n\n| 任务 | 责任单位 |\n|---|---|\n| 新建学校3所 | 市教育局 |\n| 修路2公里 | 无 |\n", "现将任务分工如下，请抓好落实。\n新建学校3所〔责任单位：市教育局〕 → 市教育局\n修路2公里"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(shown(t, c.src), "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			checkCover(t, c.name, []byte(c.src))
		})
	}
}

// TestOnePaperOnALine cuts a notice that stands on one line by its formulas.
func TestOnePaperOnALine(t *testing.T) {
	src := "青禾市城市管理局文件青城管发〔2031〕11号关于启用河道采砂新证的通知各县（市、区）城管局：为便于核验，有关事项通知如下：一、换证范围。首批换发8家企业。二、工本费用。（一）正本每本60元。（二）副本每本15元。请遵照执行。2031年12月31日"
	docs, err := Read("text", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if d := docs[0]; d.Title != "关于启用河道采砂新证的通知" || d.Number != "青城管发〔2031〕11号" || d.Date != "2031-12-31" {
		t.Errorf("title %q, number %q, date %q", d.Title, d.Number, d.Date)
	}
	want := "为便于核验，有关事项通知如下：\n首批换发8家企业。\n1|正本每本60元。\n2|副本每本15元。请遵照执行。"
	if got := strings.Join(shown(t, src), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	checkCover(t, "line", []byte(src))
}
