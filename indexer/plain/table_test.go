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
		{"nobody, and the same again", [][]string{{"任务", "牵头单位", "配合单位"}, {"建学校", "市教育局", "/"}, {"建食堂", "同上", "无"}, {"修路", "市交通局", "—"}},
			[]string{"任务 | 牵头单位 | 配合单位", "建学校〔牵头单位：市教育局〕", "建食堂〔牵头单位：市教育局〕", "修路〔牵头单位：市交通局〕"}},
		{"other names of columns", [][]string{{"序号", "工作举措", "主要责任人", "市直牵头部门", "协作单位（部门）"}, {"1", "建学校", "张三", "市教育局", "市财政局"}},
			[]string{"序号 | 工作举措 | 主要责任人 | 市直牵头部门 | 协作单位（部门）", "1. 建学校〔责任人：张三；牵头单位：市教育局；配合单位：市财政局〕"}},
		{"units beside tasks", [][]string{{"任务", "单位"}, {"建学校", "市教育局"}, {"产粮", "万吨"}}, []string{"任务 | 单位", "建学校〔责任单位：市教育局〕", "产粮 | 万吨"}},
		{"a category", [][]string{{"序号", "任务", "责任单位"}, {"一", "教育", ""}, {"1", "建学校", "市教育局"}}, []string{"序号 | 任务 | 责任单位", "一、教育", "1. 建学校〔责任单位：市教育局〕"}},
		{"two lines of a cell", [][]string{{"任务", "责任单位"}, {"建学\n校", "市教育局\n市财政局"}}, []string{"任务 | 责任单位", "建学 校〔责任单位：市教育局、市财政局〕"}},
		{"a short row", [][]string{{"任务", "序号", "责任单位"}, {"建学校"}}, []string{"任务 | 序号 | 责任单位", "建学校"}},
	} {
		var columns Columns
		for i, row := range c.rows {
			if got, _ := columns.Line(row, nil); got != c.want[i] {
				t.Errorf("%s, row %d: %q, want %q", c.name, i, got, c.want[i])
			}
		}
	}
}

// TestTallCells carries what a taller cell says to the rows beside it: a unit
// and a short name; a task is said once.
func TestTallCells(t *testing.T) {
	var columns Columns
	for i, row := range []struct {
		cells   []string
		covered []bool
		want    string
	}{
		{[]string{"序号", "类别", "任务", "责任单位"}, nil, "序号 | 类别 | 任务 | 责任单位"},
		{[]string{"1", "教育", "建学校3所", "市教育局"}, nil, "1. 教育 | 建学校3所〔责任单位：市教育局〕"},
		{[]string{"", "", "建食堂", ""}, []bool{true, true, false, true}, "教育 | 建食堂〔责任单位：市教育局〕"},
		{[]string{"", "", "", "市财政局"}, []bool{true, true, true, false}, "〔责任单位：市财政局〕"},
	} {
		if got, _ := columns.Line(row.cells, row.covered); got != row.want {
			t.Errorf("row %d: %q, want %q", i, got, row.want)
		}
	}
}

// TestDutyColumns loads the data file and asks it for names of every kind.
func TestDutyColumns(t *testing.T) {
	for head, want := range map[string]string{
		"牵头单位": "牵头单位", "责任部门": "责任部门", "配合科室": "配合单位", "包保领导": "责任领导", "实施主体": "责任单位",
		"计量单位": "", "单位": "", "建设内容": "", "主办单位": "主办单位", "区级领导": "责任领导", "参加单位(部门)": "配合单位",
	} {
		if got := dutyColumn(head); got != want {
			t.Errorf("%s: %q, want %q", head, got, want)
		}
	}
}
