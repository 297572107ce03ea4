package indexer

import (
	"strings"
	"testing"
)

// TestContent reads one text out of pages that portals build around it: what an
// element is called counts less than what stands in it.
func TestContent(t *testing.T) {
	const body = `<p>关于做好2024年秋季粮食收购工作的通知</p><p>各乡镇人民政府：</p><p>全县设收购点26个，备足仓容8.5万吨，确保农民卖粮方便。</p><p>各收购点要公布价格和质量标准，不得压级压价。</p>`
	const links = `<ul><li><a href="1">县领导调研重点项目建设情况</a></li><li><a href="2">我县召开森林防火工作会议</a></li><li><a href="3">图解：一季度经济运行</a></li></ul>`
	const foot = `<div class="footer">主办：县人民政府办公室 备案号：鲁ICP备00000000号</div>`
	for name, page := range map[string]string{
		"plain":                      body,
		"links around":               links + "<div>" + body + "</div>" + links,
		"class of furniture outside": `<div class="top-main print-area">` + body + `</div>` + foot,
		"form outside":               `<form action="?" id="aspnetForm">` + links + `<div>` + body + `</div></form>`,
		"login on the body's child":  `<div id="login">` + body + `</div>` + foot,
		"empty article":              `<div>` + body + `</div><article></article>`,
		"article of a card":          `<article><a href="x">相关解读：秋粮收购政策问答</a></article><div>` + body + `</div>`,
		"article in a comment":       `<!-- <article>旧模板</article> --><div>` + body + `</div>`,
		"article in an aside":        `<aside class="side">` + links + `</aside><article class="header">` + body + `</article>`,
		"hint on an empty element":   `<div class="article-content"></div><div>` + body + `</div>`,
		"hint on a link":             `<a class="news_content" href="x">今日要闻：全县工作会议召开</a><div>` + body + `</div>`,
		"hint on the text":           links + `<div class="TRS_Editor">` + body + `</div><div>` + strings.Repeat(`<p><a href="y">更多信息公开内容请点击</a></p>`, 5) + `</div>`,
		"hint within hint":           `<div id="zoom"><div class="view-content">` + body + `</div></div>`,
		"layout by tables":           `<table><tr><td>` + links + `</td><td class="con_text">` + body + `</td></tr></table>`,
		"unclosed elements":          `<div><div class="hot"><p>热点<div class="main">` + body,
		"hidden copy":                `<div>` + body + `</div><div style="display:none" class="print">` + body + `</div>`,
		"ruby":                       strings.Replace(body, "收购点", `<ruby>收购点<rp>(</rp><rt>shōu</rt><rp>)</rp></ruby>`, 1),
		"scripts":                    `<script>var t="全县设收购点99个";</script>` + body + `<noscript>请启用脚本</noscript>`,
	} {
		t.Run(name, func(t *testing.T) {
			docs, err := Read("page.html", []byte("<html><head><title>通知</title></head><body>"+page+"</body></html>"))
			if err != nil || len(docs) != 1 {
				t.Fatalf("%v, %d documents", err, len(docs))
			}
			all := docs[0].Title + "\n" + strings.Join(itemTexts(docs), "\n")
			for _, want := range []string{"全县设收购点26个", "不得压级压价"} {
				if strings.Count(all, want) != 1 {
					t.Errorf("%q stands %d times in %q", want, strings.Count(all, want), all)
				}
			}
			for _, not := range []string{"森林防火", "备案号", "shōu", "99个", "请启用脚本", "政策问答", "旧模板", "更多信息"} {
				if strings.Contains(all, not) {
					t.Errorf("%q stands in %q", not, all)
				}
			}
		})
	}
}
