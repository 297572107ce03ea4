package layout

import (
	"strings"
	"testing"
)

// TestShortColumns reads columns of few lines one after the other, below a title
// that stands across them, and leaves rows of cells as they are.
func TestShortColumns(t *testing.T) {
	const a = "全县修缮村校九所，为学生添置书桌三百张，让孩子们安心读书。"
	const b = "县里新开公交线路四条，延长末班车一小时，老人乘车全部免费。"
	title := setLine{180, 40, "青禾县二〇三一年民生工作简报发布"}
	for _, c := range []struct {
		name        string
		width       int
		left, right []string
	}{
		{"two lines", 18, []string{a}, []string{b}},
		{"three lines", 12, []string{a}, []string{b}},
		{"four lines, headings", 18, []string{"一、教育工作", a, a}, []string{b, "二、交通工作", b}},
		{"twelve lines", 14, []string{a, b, a, b}, []string{b, b, a, "各位代表：", a}},
	} {
		lines := append([]setLine{title}, column(40, 80, c.width, c.left...)...)
		lines = append(lines, column(320, 80, c.width, c.right...)...)
		got, err := Text(nil, []Page{page(lines...)})
		want := title.s + "\n" + strings.Join(append(append([]string{}, c.left...), c.right...), "\n") + "\n"
		if err != nil || got.Body != want {
			t.Errorf("%s: got %q, %v, want %q", c.name, got.Body, err, want)
		}
	}
}

// TestRowsStayTogether keeps rows of cells together, whatever their cells say.
func TestRowsStayTogether(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []setLine
		want  string
	}{
		{"names of one length", []setLine{{40, 80, "青禾县城北污水处理厂"}, {320, 80, "县住房和城乡建设局"}, {40, 96, "青禾县城南自来水二厂"}, {320, 96, "县水利和湖泊管理局"}}, "青禾县城北污水处理厂 县住房和城乡建设局"},
		{"key and value", []setLine{{40, 80, "主办单位"}, {160, 80, "县教育局会同县财政局办理，年底以前"}, {160, 96, "办结，结果向社会公布。"}, {40, 112, "联系电话"}, {160, 112, "七七八八"}}, "主办单位 县教育局会同县财政局办理，年底以前"},
		{"whole sentences", []setLine{{40, 80, "修缮九所村校，添置书桌。"}, {320, 80, "九月以前全部完成，验收。"}, {40, 96, "开通四条公交，延长班车。"}, {320, 96, "六月以前全部完成，通车。"}}, "修缮九所村校，添置书桌。 九月以前全部完成，验收。"},
		{"cells that run over", []setLine{{40, 80, "修缮九所村校，添置书桌三百"}, {320, 80, "九月以前完成，由县教育局验"}, {40, 96, "张，让孩子安心。"}, {320, 96, "收后交付。"},
			{40, 120, "开通四条公交，延长末班车一"}, {320, 120, "六月以前完成，由县交通局验"}, {40, 136, "小时，方便出行。"}, {320, 136, "收后通车。"}}, "修缮九所村校，添置书桌三百 九月以前完成，由县教育局验"},
	} {
		got, err := Text(nil, []Page{page(c.lines...)})
		if err != nil || !strings.Contains(got.Body, c.want) {
			t.Errorf("%s: got %q, %v", c.name, got.Body, err)
		}
	}
}
