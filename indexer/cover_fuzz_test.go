package indexer

import (
	"strings"
	"testing"
)

// coverLines are lines of every form that the splitter knows, to be put
// together in any order.
var coverLines = []string{
	"2031年青禾市政府工作报告", "——2031年1月8日在青禾市第三届人民代表大会第二次会议上", "市长　林一舟", "各位代表：", "各位代表！",
	"现在，我代表市人民政府，向大会报告工作，请予审议。", "一、2030年工作回顾", "二、2031年工作安排", "（一）抓好项目建设。", "（二）改善民生", "三、新建学校3所。",
	"全市完成投资23亿元，增长9.4%，新增规上企业16家，发展后劲不断增强，群众得到实惠。", "**做强产业。**建设园区2个，引进企业30家，产值达到50亿元以上，增长一成。",
	"办好3件民生实事：（1）新建卫生室40所。（2）免费体检3万人次。（3）加装电梯50部。", "扎实办好民生实事，包括：新建食堂3家；修路2公里；加装电梯5部。",
	"1.新建口袋公园12个。", "2.2031年完成改造。", "（1）更新公交车60辆；", "① 绿化荒山3万亩。", "1.1 建设水厂", "［1］双链融合：产业链和创新链融合发展。",
	"主办单位：市城管局", "〔责任单位：市教育局；配合单位：市财政局〕", "（联系人：张某，联系电话：1234567）", "附件", "附件：2031年民生实事清单", "2031年市十件民生实事", "名词解释", "“三变”改革", "指资源变资产、资金变股金。",
	"| 序号 | 任务 | 责任单位 |", "|---|---|---|", "| 1 | 新建学校3所 | 市教育局 |", "| 2 | 改造食堂 | 同上 |", "| 3 | 修路 | / |", "序号\t任务\t责任单位", "1\t招聘教师50名\t市人社局", "2\t培训护士30名\t—", "指标      单位    完成数", "总产值    亿元    48.6", "人口      万人    17.9",
	"第一章 总则", "第一条为保障供水，制定本办法。", "第二条　经费由财政承担。", "小学 86所", "初中 21所", "目　录", "一、2030年工作回顾……1", "二、2031年工作安排\t9",
	"青禾市教育局　青禾市财政局", "二〇三一年五月四日", "2031年5月4日", "青政发〔2031〕3号", "各县（市、区）人民政府：", "现将有关事项通知如下：", "关于做好供水工作的通知", "——地区生产总值增长6%；", "- 城镇新增就业3万人", "- 就业方面", "---", "# 民生保障", "责任编辑：王小五", "网站标识码：3715000001", "相关链接", "打印本页", "让我们更加紧密地团结起来，为建设美好家园努力奋斗！",
}

// FuzzCover puts such lines together in any order: a file with words is never
// empty, and each character stands in one item, heading, head line, number or
// piece of furniture.
func FuzzCover(f *testing.F) {
	all := make([]byte, len(coverLines))
	for i := range all {
		all[i] = byte(i)
	}
	f.Add(all)
	f.Add([]byte{0, 6, 7, 8, 9})
	f.Fuzz(func(t *testing.T, picks []byte) {
		var b strings.Builder
		for _, p := range picks[:min(len(picks), 60)] {
			b.WriteString(coverLines[int(p&0x7f)%len(coverLines)])
			b.WriteString("\n")
			if p&0x80 != 0 {
				b.WriteString("\n")
			}
		}
		if letters(b.String()) == 0 {
			return
		}
		checkCover(t, "lines", []byte(b.String()))
	})
}
