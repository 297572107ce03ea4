package fact

import (
	"strings"

	"youju/report"
)

// Ratio is what figures like 10.9∶53.2∶35.9 count in: they stand in a line of their
// own kind, which no chart can show.
const Ratio = "之比"

func measure(f *report.Figure) string {
	if len(f.Ratio) > 0 {
		return Ratio
	}
	return measureOf(f.Unit)
}

// sameUnits are units that count alike, so that figures in them can stand in
// one line: each row is written under its first.
var sameUnits = func() map[string]string {
	first := map[string]string{}
	for _, row := range []string{
		"个 家 所 处 座 项 场 条 只 件 支 批 次 期 村 项次 个项目 场次 所学校 家企业",
		"人 名 人次",
		"户 户次",
		"套 套间",
		"张 张床位",
		"% 个百分点 百分点 ％",
		"公里 千米 km",
		"平方公里 平方千米",
		"千瓦 kW",
		"千瓦时 度",
		"位 名次 位次",
		"元 元人民币",
	} {
		names := strings.Fields(row)
		for _, n := range names {
			first[n] = names[0]
		}
	}
	return first
}()

// measureOf is what figures in a unit can be compared by: the unit without its
// multiplier, the like ones as one. 万人 and 名 are 人, 亿元 is 元, 元/人·年 stays.
func measureOf(unit string) string {
	unit = strings.ReplaceAll(unit, " ", "")
	bare := strings.TrimLeft(unit, "十百千万亿")
	if strings.HasPrefix(bare, "瓦") || strings.HasPrefix(bare, "米") || strings.HasPrefix(bare, "克") {
		if cut, ok := strings.CutSuffix(strings.TrimSuffix(unit, bare), "千"); ok && cut != unit {
			bare = "千" + bare // 千瓦, 千米 and 千克 are units, 万千瓦 holds one
		}
	}
	if bare == "" {
		bare = unit
	}
	if first, ok := sameUnits[bare]; ok {
		return first
	}
	return bare
}
