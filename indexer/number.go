package indexer

import (
	"strings"

	"youju/indexer/pattern"
	"youju/report"
)

var (
	// docNumber is 聊政发〔2021〕1号 in brackets of any form, with what a letterhead
	// or a page prints on the same line: 特急 before, 签发人：… behind; order is 人民政府令第36号.
	docNumber = pattern.MustCompile(`^[（(]?(?:文号|发文字号|发文文号|发文号|文件编号|文件字号|公文文号|公文字号|编号)?[:：|]*(?:特急|特提|加急|平急|急件|普通|内部|秘密|机密|绝密|明电|★){0,3}(\p{Han}{1,14})[〔\[【﹝（(［〖{〈《<＜]([0-9]{4})年?[〕\]】﹞）)］〗}〉》>＞](?:第)?([0-9]{1,4})号[）)]?` + besideNumber + `$`)
	order     = pattern.MustCompile(`^[（(]?(\p{Han}{2,20}令)[（(]?第?([0-9]{1,4})号[）)]?$`)
)

// besideNumber is what may stand behind a number on its line: who signed, when it was put up.
const besideNumber = `(?:[|★]?(?:特急|加急|急件|签发人?[:：].{2,24}|(?:会签|核稿)[:：].{2,24}|(?:发布|更新|公开|上传|成文|印发|发文)(?:时间|日期)?[:：].{4,80}|(?:来源|信息来源|点击|浏览|阅读|有效性|主题词).{0,80}))?`

// numberOf is the document number that a squeezed line holds, with the brackets
// official papers have, or "".
func numberOf(s string) string {
	if m := docNumber.FindStringSubmatch(s); m != nil {
		return m[1] + "〔" + m[2] + "〕" + m[3] + "号"
	}
	if m := order.FindStringSubmatch(s); m != nil {
		return m[1] + "第" + m[2] + "号"
	}
	return ""
}

// numberYear is the year in a document number, 0 where there is none.
func numberYear(number string) int {
	if _, rest, ok := strings.Cut(number, "〔"); ok && len(rest) >= 4 {
		return digits(rest[:4])
	}
	return 0
}

// readNumber finds the number above the text, or in a table about the paper.
func readNumber(d *report.Document, lines []headed) {
	for _, l := range lines {
		if l.role == roleSalutation {
			return
		}
		n := numberOf(l.bare)
		if n == "" {
			n = numberOf(headGives("of.number", l.bare))
		}
		prove(d, "number", &d.Number, n, l.s)
	}
}
