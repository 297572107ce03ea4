package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"youju/report"
	"youju/search"
)

// templateMessage is a message in a template: {{t "…"}} or (t "…").
var templateMessage = regexp.MustCompile(`\bt "((?:[^"\\]|\\.)*)"`)

// inChinese holds the texts that Go files hold and pages do not show as their
// own words: what is read, what is quoted, and files that are Chinese whole.
var inChinese = map[string][]string{
	"table.go": nil, "api_track.go": nil, "api_compare.go": nil, "api_trend.go": nil, "list_table.go": nil, "api_list.go": nil, "api.go": {"一年的条目"}, // files and names of filters, whole
	"chart.go": {"万亿", "亿", "万"}, // as texts print numbers
	"trend.go": {"高质量发展", "脱贫攻坚", "乡村振兴", "数字经济", "新质生产力", "优化营商环境", "放管服", `"“”`},
	"cite.go":  nil, "export.go": nil, "docx.go": nil, "feed.go": nil, // citations and files, whole
	"styleguide.go": nil, // made-up quotations
	"basket.go":     {"摘编，非原文；引用请核对官方原文。", "网址", "导出日期", "条数"},
	"home.go":       {"老旧小区改造", "雄商高铁", "冬天坐公交免费吗", "粮食产能", "聊城机场", `"乡村振兴"`},
	"help.go": {"老旧小区 改造", "“乡村振兴”", "供热 OR 供暖", "供热 -改造", "100亿", "产业园 数字:>100亿", "今年改造多少老旧小区", "东阿 旅游",
		"年份:2019..2021 就业", "县区:东阿县 旅游", "东阿县", "市发展改革委"},
	"language.go": {"中文"},
	"names.go":    {"%s %d年%s", "第", "项 · "},
	"report.go":   {"〕)）]］】", "〔(（[［【", "牵头", "责任", "配合", "主办", "负责"},
	"source.go":   {"有据：报告问题 "},
}

// usedMessages lists every message of the site with where it is used.
func usedMessages(t *testing.T) map[string]string {
	t.Helper()
	used := map[string]string{}
	each := func(pattern string, look func(name, source string)) {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no files %s: %v", pattern, err)
		}
		for _, name := range names {
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			look(name, string(source))
		}
	}
	each("templates/*.tmpl", func(name, source string) {
		for _, m := range templateMessage.FindAllStringSubmatch(source, -1) {
			key, err := strconv.Unquote(`"` + m[1] + `"`)
			if err != nil {
				t.Errorf("%s: %s: %v", name, m[0], err)
			}
			used[key] = name
		}
	})
	each("static/*.js", func(name, source string) {
		for _, m := range scriptWord.FindAllStringSubmatch(source, -1) {
			used[m[1]] = name
		}
	})
	each("*.go", func(name, source string) {
		apart, whole := inChinese[name]
		if strings.HasSuffix(name, "_test.go") || whole && apart == nil {
			return
		}
		for _, text := range hanLiterals(t, name, source) {
			if !slices.Contains(apart, text) {
				used[text] = name
			}
		}
	})
	return used
}

// wideText is what a Chinese text has: characters, or brackets as wide as they.
var wideText = regexp.MustCompile(`[\p{Han}（）]`)

func hanLiterals(t *testing.T, name, source string) (texts []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if text, err := strconv.Unquote(l.Value); err == nil && wideText.MatchString(text) {
				texts = append(texts, text)
			}
		}
		return true
	})
	return texts
}

// labelsElsewhere are the words that other packages give to a page.
func labelsElsewhere() []string {
	var labels []string
	for _, p := range report.Parts {
		labels = append(labels, p.Label())
	}
	for _, k := range report.Kinds {
		labels = append(labels, string(k), report.KindInfo(k).Short)
	}
	for _, topic := range report.Topics() {
		labels = append(labels, topic.Name)
	}
	labels = append(labels, report.ClaimDone.Label(), report.ClaimPromised.Label())
	labels = slices.AppendSeq(labels, maps.Values(search.FacetLabels))
	for _, name := range search.FacetNames {
		labels = append(labels, search.FacetValueLabel(name, search.None))
	}
	for _, stage := range report.Stages {
		labels = append(labels, string(stage))
	}
	for _, kind := range []report.MentionKind{report.MentionProject, report.MentionCompany, report.MentionPark} {
		labels = append(labels, kind.Label())
	}
	for _, band := range []string{"0-1", "1-10", "10-100", "100-"} {
		labels = append(labels, search.FacetValueLabel(search.FacetAmount, band))
	}
	return append(labels, suggestionKinds...)
}

// TestEveryMessageIsTranslated holds data/messages.txt against what is used:
// none is missing, none is left over except what is said by other packages.
func TestEveryMessageIsTranslated(t *testing.T) {
	used := usedMessages(t)
	for _, label := range labelsElsewhere() {
		used[label] = "another package"
	}
	known := tongues["en"].translate
	for key, where := range used {
		if _, ok := known[key]; !ok {
			t.Errorf("%s: data/messages.txt lacks %q", where, key)
		}
	}
	elsewhere := saidElsewhere(t)
	for key := range known {
		special := slices.ContainsFunc(tongues["en"].patterns, func(p pattern) bool { return p.key != key && p.text.MatchString(key) && elsewhere(p.key) })
		if used[key] == "" && !elsewhere(key) && !special {
			t.Errorf("data/messages.txt has %q, which nobody says", key)
		}
	}
}

// saidElsewhere tells whether the literal parts of a message occur in one file
// of the packages whose texts pages show.
func saidElsewhere(t *testing.T) func(key string) bool {
	sources := sourcesElsewhere(t)
	return func(key string) bool {
		var parts []string
		for _, part := range verb.Split(key, -1) {
			parts = append(parts, strings.Split(part, "：")...)
		}
		for _, source := range sources {
			if !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(source, part) }) {
				return true
			}
		}
		return false
	}
}

// sourcesElsewhere reads the other packages whose texts pages show.
func sourcesElsewhere(t *testing.T) map[string]string {
	t.Helper()
	sources := map[string]string{}
	for _, pattern := range []string{"../search/*.go", "../search/bleve/*.go", "../search/fact/*.go", "../indexer/*.go", "../indexer/*/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no files %s: %v", pattern, err)
		}
		for _, name := range names {
			if source, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, "_test.go") {
				sources[name] = string(source)
			}
		}
	}
	return sources
}

// TestWhatOthersSayIsTranslated looks into the other packages for what they
// say to a reader (notes on a query, repairs, what is missing, problems), and
// into the messages for its words.
func TestWhatOthersSayIsTranslated(t *testing.T) {
	tellers := []string{"note", "Repair", "problem", "removed", "say"}
	lists := []string{"Notes", "Repairs", "Missing", "Problems"}
	var keys string
	for key := range tongues["en"].translate {
		keys += verb.ReplaceAllString(key, "\n") + "\n"
	}
	for name, source := range sourcesElsewhere(t) {
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				adds := lastName(n.Fun) == "append" && slices.Contains(lists, lastName(n.Args[0]))
				if !adds && !slices.Contains(tellers, lastName(n.Fun)) {
					return true
				}
			case *ast.CompositeLit:
				if name := lastName(n.Type); name != "Repair" && name != "Problem" {
					return true
				}
			case *ast.FuncDecl:
				if n.Name.Name != "note" {
					return true
				}
			default:
				return true
			}
			ast.Inspect(n, func(n ast.Node) bool {
				l, ok := n.(*ast.BasicLit)
				if !ok || l.Kind != token.STRING {
					return true
				}
				text, _ := strconv.Unquote(l.Value)
				for _, part := range regexp.MustCompile(`%(\[\d\])?[0-9.]*[a-z]`).Split(text, -1) {
					if len([]rune(part)) > 1 && hasHan(part) && !strings.Contains(keys, part) {
						t.Errorf("%s says %q, which is not translated", name, text)
					}
				}
				return true
			})
			return false
		})
	}
}

// lastName is f of f, x.f and x.y.f.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.ArrayType:
		return lastName(e.Elt)
	}
	return ""
}

// TestTranslationsFit checks that a translation takes what its message takes.
func TestTranslationsFit(t *testing.T) {
	verbs := func(form string) map[byte]int {
		count := map[byte]int{}
		for _, v := range verb.FindAllString(form, -1) {
			count[v[len(v)-1]]++
		}
		return count
	}
	for key, english := range tongues["en"].translate {
		for _, form := range strings.Split(english, " | ") {
			for v, n := range verbs(form) {
				if n > verbs(key)[v] {
					t.Errorf("%q has other arguments than %q", form, key)
				}
			}
		}
		if forms := strings.Split(english, " | "); len(forms) > 2 || !maps.Equal(verbs(forms[len(forms)-1]), verbs(key)) {
			t.Errorf("%q does not take what %q takes", english, key)
		}
		if quoted := chineseSpan.ReplaceAllString(english, ""); hasHan(quoted) {
			t.Errorf("%q is not English", english)
		}
	}
}

var chineseSpan = regexp.MustCompile(`<span lang="zh-CN">[^<]*</span>`)

// TestTemplatesSayMessages finds words that a template says outside a message.
func TestTemplatesSayMessages(t *testing.T) {
	action := regexp.MustCompile(`\{\{.*?\}\}`)
	quoted := regexp.MustCompile(`<(span|dd)[^>]* lang="zh-CN">.*?</(span|dd)>`)
	names, _ := filepath.Glob("templates/*.tmpl")
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(source), "\n") {
			if rest := quoted.ReplaceAllString(action.ReplaceAllString(line, ""), ""); hasHan(rest) {
				t.Errorf("%s:%d: words outside a message: %s", name, i+1, strings.TrimSpace(rest))
			}
		}
	}
}

func TestMessages(t *testing.T) {
	for _, tt := range []struct {
		text            any
		args            []any
		chinese, inHTML string
	}{
		{"全部文件", nil, "全部文件", "All documents"},
		{"%d 条", []any{1}, "1 条", "1 item"},
		{"%d 条", []any{2}, "2 条", "2 items"},
		{tr("%d 条", 1), nil, "1 条", "1 item"},
		{tr("“%s”", `<b>路`), nil, "“&lt;b&gt;路”", `“<span lang="zh-CN">&lt;b&gt;路</span>”`},
		{tr("未收录：%s", []string{"2019", "2021–2023"}), nil, "未收录：2019、2021–2023", "Not held: 2019, 2021–2023"},
		{tr("%s：%s", tr("年份"), tr("2021年")), nil, "年份：2021年", "Year: 2021"},
		{tr("换成更短、更常用的说法，例如把“%s”改成“%s”。", "a", "b"), nil, "换成更短、更常用的说法，例如把“a”改成“b”。", "Use shorter, more common words: “b” instead of “a”."},
		{"摘编#digest", nil, "摘编", "Digest"},
		{"只用前12个词，其余3个未用", nil, "只用前12个词，其余3个未用", "Only the first 12 words were used, the other 3 were not"},
		{"开头缺失：上接第3版，本文从中间开始", nil, "开头缺失：上接第3版，本文从中间开始", `The beginning is missing: continued from <span lang="zh-CN">第3版</span>, the text starts in the middle`},
		{"不认识的 <i>话</i> 100%", nil, "不认识的 &lt;i&gt;话&lt;/i&gt; 100%", `<span lang="zh-CN">不认识的 &lt;i&gt;话&lt;/i&gt; 100%</span>`},
		{"共 <strong>%d</strong> 条", nil, "共 &lt;strong&gt;%d&lt;/strong&gt; 条", `<span lang="zh-CN">共 &lt;strong&gt;%d&lt;/strong&gt; 条</span>`},
		{quote("教育"), nil, "教育", `<span lang="zh-CN">教育</span>`},
		{quote("GDP"), nil, "GDP", "GDP"},
	} {
		if got := string(tongues[""].html(tt.text, tt.args...)); got != tt.chinese {
			t.Errorf("%v in Chinese is %q, want %q", tt.text, got, tt.chinese)
		}
		if got := string(tongues["en"].html(tt.text, tt.args...)); got != tt.inHTML {
			t.Errorf("%v in English is %q, want %q", tt.text, got, tt.inHTML)
		}
	}
	if got := tongues["en"].plain(tr("%s · %d 条", "路<b", 1)); got != "路<b · 1 item" {
		t.Errorf("a plain message is %q", got)
	}
}
