package plain

import (
	"strings"
	"testing"
)

// TestMeasures writes the rows of tables of statistics as the sentences they
// stand for, and leaves other tables as they are.
func TestMeasures(t *testing.T) {
	for _, c := range []struct{ name, table, want string }{
		{"unit column", "指标名称|单位|全年累计|同比增长（%）\n茶叶总产量|万吨|3.6|2.4\n存栏生猪|万头|12|-0.8\n植被覆盖|/|—|—",
			"茶叶总产量3.6万吨，同比增长2.4%\n存栏生猪12万头，同比下降0.8%\n植被覆盖 | / | — | —"},
		{"unit in brackets", "项目|完成（亿元）|增速（%）\n工业投资|50.2|8.8\n税收收入（万元）|3,300|1.2%",
			"工业投资50.2亿元，增长8.8%\n税收收入（万元）3,300万元，增长1.2%"},
		{"years", "指标|单位|2022年|2023年|增长%\n水产品产量|吨|900|960|6.7", "水产品产量2023年960吨，增长6.7%，2022年900吨"},
		{"two rows of head", "指标|单位|2022年|\n||绝对额|比上年增长（%）\n货运量|万吨|88|3.4", "货运量2022年88万吨，比上年增长3.4%"},
		{"month and sum", "项目|本月（万元）|累计（万元）|累计同比±%\n技改投资|12|156|7.3", "本月技改投资完成12万元，累计完成156万元，同比增长7.3%"},
		{"share", "指标|单位|数值|增长（%）\n入园率|%|95.1|1.1", "入园率95.1% | 1.1"},
		{"serial and unit in charge", "序号|指标|单位|2023年目标|责任单位\n1|城镇新增就业|人|3200|县人社局", "1. 城镇新增就业2023年目标达到3200人〔责任单位：县人社局〕"},
		{"no statistics", "名称|数量|备注\n学校|3|新建", "名称 | 数量 | 备注\n学校 | 3 | 新建"},
		{"tasks", "任务|单位|增长\n修路|县交通局|快", "修路 | 快〔责任单位：县交通局〕"},
	} {
		var columns Columns
		var got []string
		for line := range strings.SplitSeq(c.table, "\n") {
			if s, row := columns.Line(strings.Split(line, "|"), nil); s != "" && !row.Head {
				got = append(got, s)
			}
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, s, c.want)
		}
	}
}
