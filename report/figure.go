package report

// Figure is what a passage states about an indicator: a number with its unit
// (改造老旧小区 172 个), a range, a ratio, or words alone (保持合理水平).
type Figure struct {
	// Indicator is the canonical name where [Indicators] knows it, else a
	// readable name in the words of the text.
	Indicator string
	// Value is the number as printed, nil where the text gives words only.
	// ValueMax is the upper end of a range (1—2个), Ratio holds every part of a
	// ratio (10.9︰53.2︰35.9), whose first part is Value.
	Value    *float64
	ValueMax *float64
	Ratio    []float64
	// Unit is as printed with its multiplier (亿元, 万户, %, 百分点, 位, 元/人·年).
	Unit string
	// Norm is Value with 万 and 亿 multiplied out.
	Norm *float64
	// Bound is the word that limits the value (以上, 以内, 左右, 约, 超, 突破, 高于…), as printed.
	Bound string
	// Change says that the number is an increase or a decrease, not a level
	// (最低工资标准每月提高120元).
	Change bool
	// Kind is FigureTarget or FigureResult, or "" for neither, such as a definition's threshold.
	Kind FigureKind
	// AboutYear is the year the figure speaks about, 0 when unknown.
	AboutYear int
	// Period is the span of time other than that one year, as printed (1—4月,
	// 上半年, “十二五”), else "". FromYear is its first year where it has several.
	Period   string
	FromYear int
	// Place is what the figure speaks about where that is not the issuer's own
	// place: a county named in the sentence, 全省, 全国; else "".
	Place string
	// Basis is what sets the figure apart from others of its indicator, as
	// printed (可比口径, 剔除减税降费因素), else "".
	Basis string
	// Text is the quoted span, At its byte offsets in the item's Text.
	Text string
	At   Span
}

// FigureKind tells what is aimed at from what is stated as reached.
type FigureKind string

// The kinds of figures.
const (
	FigureTarget FigureKind = "target"
	FigureResult FigureKind = "result"
)

// Label is the kind's name in Chinese.
func (k FigureKind) Label() string {
	switch k {
	case FigureTarget:
		return "目标"
	case FigureResult:
		return "结果"
	}
	return ""
}
