package web

import (
	"net/http"

	"youju/report"
	"youju/search"
)

// helpPage explains how to search and what the labels mean.
type helpPage struct {
	basePage
	Syntax  []syntaxRow
	Filters []filterRow
	Parts   []partRow
	Limits  helpLimits
}

// syntaxRow is one way of writing a query.
type syntaxRow struct{ Write, Means, Example, URL string }

// filterRow is one filter that can be written among the words.
type filterRow struct{ Write, Label, Example, URL string }

type partRow struct{ Label, URL, Means string }

type helpLimits struct{ QueryRunes, Words, Size, Depth, Basket int }

var syntaxRows = []struct{ write, means, example string }{
	{"几个词，用空格隔开", "每个词都要出现，先后不论", "老旧小区 改造"},
	{"“带引号的词语”", "一字不差地连在一起", "“乡村振兴”"},
	{"一个词 OR 另一个词", "两个词有一个就行；OR 也可以写成“或”或者 |", "供热 OR 供暖"},
	{"-不要的词", "去掉含有这个词的条目", "供热 -改造"},
	{"数字和单位", "全角半角、有无空格都一样；67800 也查 6.78万，可以撤回", "100亿"},
	{"数字:>100亿 或 数字:50..80户", "写有这样一个数的条目；可用 > >= < <= 和 ..，也可以写“不低于100亿”“50到80户”，年月日和序号不算", "产业园 数字:>100亿"},
	{"一句平常的问话", "“多少”“什么时候”“吗”不当词查；问什么，就把写明什么的条目排在前面", "今年改造多少老旧小区"},
	{"带年份、地方、单位的话", "2021年、东阿、市水利局这样的词读作条件，结果上方可以改回普通词", "东阿 旅游"},
	{"年份:2021 或 2019..2021", "只看这一年或这几年的文件", "年份:2019..2021 就业"},
	{"县区:东阿县", "只看这个地方的文件，或提到它的条目", "县区:东阿县 旅游"},
}

var filterExamples = map[string]string{
	search.FacetYear: "2021", search.FacetCounty: "东阿县", search.FacetTopic: "教育",
	search.FacetKind: string(report.KindReport), search.FacetPart: report.PartLivelihood.Label(),
	search.FacetClaim: report.ClaimPromised.Label(), search.FacetUnit: "市发展改革委", search.FacetAbout: "2020", search.FacetAmount: "100亿元以上",
}

var partMeanings = map[report.Part]string{
	report.PartReview:     "已经做了什么、达到什么水平",
	report.PartProblems:   "报告自己指出的困难和不足",
	report.PartTarget:     "当年或今后几年要达到的指标",
	report.PartPlan:       "当年要做的各项工作",
	report.PartGovernance: "政府自身怎么改进",
	report.PartLivelihood: "为群众办的实事清单",
	report.PartPolicy:     "准备出台的政策和规划清单",
	report.PartAssignment: "任务分给谁牵头、谁配合",
	report.PartGlossary:   "报告附件对用语的解释",
	report.PartNews:       "招商门户的文章",
	report.PartOpening:    "称呼和开场",
	report.PartClosing:    "结束语和号召",
}

func (s *server) showHelp(w http.ResponseWriter, r *http.Request) error {
	p := helpPage{
		basePage: s.base(r, tr("使用说明")),
		Limits:   helpLimits{search.MaxQueryRunes, search.MaxWords, search.MaxSize, search.MaxDepth, maxBasket},
	}
	p.Nav, p.Sheet = "/help", "help.css"
	p.Description = "怎样检索，各种标记是什么意思，引用的规矩和本站的限度。"
	for _, row := range syntaxRows {
		p.Syntax = append(p.Syntax, syntaxRow{row.write, row.means, row.example, urlOf(search.Query{Text: row.example})})
	}
	for _, name := range search.FacetNames {
		label := search.FacetLabels[name]
		text := name + ":" + filterExamples[name]
		p.Filters = append(p.Filters, filterRow{name, label, text, urlOf(search.Query{Text: text})})
	}
	for _, part := range report.Parts {
		p.Parts = append(p.Parts, partRow{part.Label(), searchURL(search.FacetPart, string(part)), partMeanings[part]})
	}
	return s.render(w, r, http.StatusOK, "help", p)
}
