package plain

import "testing"

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]string
		want []string
	}{
		{"units in charge", [][]string{{"序号", "任务", "牵头 单位", "配合单位"}, {"1", "建**学校**", "**市教育局**", "市财政局"}, {"２．", "改厕", "", "市财政局"}},
			[]string{"序号 | 任务 | 牵头 单位 | 配合单位", "1. 建**学校**〔牵头单位：市教育局；配合单位：市财政局〕", "２. 改厕〔配合单位：市财政局〕"}},
		{"numbers behind a category", [][]string{{"类别", "序号", "任务", "责任单位"}, {"教育", "1", "建学校", "市教育局"}, {"", "2", "建食堂", "市教育局"}},
			[]string{"类别 | 序号 | 任务 | 责任单位", "1. 教育 | 建学校〔责任单位：市教育局〕", "2. 建食堂〔责任单位：市教育局〕"}},
		{"a head of two rows", [][]string{{"序号", "任务", "责任单位", ""}, {"", "", "牵头单位", "配合单位"}, {"1", "建学校", "市教育局", "市财政局"}},
			[]string{"序号 | 任务 | 责任单位", "牵头单位 | 配合单位", "1. 建学校〔牵头单位：市教育局；配合单位：市财政局〕"}},
		{"a head over two columns", [][]string{{"序号", "任务", "责任单位", ""}, {"1", "建学校", "市教育局", "市财政局"}},
			[]string{"序号 | 任务 | 责任单位", "1. 建学校〔责任单位：市教育局；责任单位：市财政局〕"}},
		{"no head", [][]string{{"1", "建学校", "市教育局"}, {"城镇新增就业", "2.1万人", ""}},
			[]string{"1. 建学校 | 市教育局", "城镇新增就业 | 2.1万人"}},
		{"figures alone", [][]string{{"年份", "2030", "2031"}, {"12", "3.5", "40"}}, []string{"年份 | 2030 | 2031", "12 | 3.5 | 40"}},
		{"a number alone, and nothing", [][]string{{"序号", "任务"}, {"7", ""}, {"", " "}, {"一、城市建设", ""}},
			[]string{"序号 | 任务", "7", "", "一、城市建设"}},
		{"a short row", [][]string{{"任务", "序号", "责任单位"}, {"建学校"}}, []string{"任务 | 序号 | 责任单位", "建学校"}},
	} {
		var columns Columns
		for i, row := range c.rows {
			if got := columns.Line(row); got != c.want[i] {
				t.Errorf("%s, row %d: %q, want %q", c.name, i, got, c.want[i])
			}
		}
	}
}
