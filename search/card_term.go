package search

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// termSuffixes end a defined term that is often said without them.
var termSuffixes = []string{"行动计划", "行动", "工程", "改造", "计划", "工作", "建设", "全覆盖", "模式", "机制", "政策", "体系"}

var quoted = regexp.MustCompile(`[“"「]([^“”"「」]+)[”"」]`)

// termForms lists the forms under which a reader may look for a defined term.
// Names stand for it: as printed without quotes or, of a compound
// (三生共融、四宜共美), each half, and what it quotes (“三化”改造 → 三化). Others are the
// whole of a compound and names without their suffix (万村千户行动 → 万村千户).
func termForms(term string) (names, others []string) {
	seen := map[string]bool{}
	add := func(to *[]string, text string) {
		text = strings.Trim(strings.TrimSpace(text), "《》：:。，,、；;")
		if key := fold(text); key != "" && !seen[key] && evenQuotes(text) {
			seen[key] = true
			*to = append(*to, text)
		}
	}
	parts := termParts(strings.TrimSpace(term))
	for _, p := range parts {
		add(&names, unquote(p))
	}
	for _, p := range parts {
		for _, q := range quoted.FindAllStringSubmatch(p, -1) {
			if hanCount(q[1]) >= 2 || len(q[1]) >= 6 && hanCount(q[1]) == 0 {
				add(&names, q[1])
			} else if end := strings.LastIndex(p, q[0]) + len(q[0]); end < len(p) {
				add(&others, q[1]+unquote(p[end:])) // “2653”行动
			}
		}
	}
	add(&others, unquote(term))
	for _, name := range names {
		for _, suffix := range termSuffixes {
			if stem, ok := strings.CutSuffix(name, suffix); ok && hanCount(stem) >= 3 {
				add(&others, stem)
				break
			}
		}
	}
	return names, others
}

// unquote drops quotes: “三化”改造 → 三化改造.
func unquote(term string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("“”\"「」", r) {
			return -1
		}
		return r
	}, term)
}

// termParts cuts a compound entry at 、 and between quoted terms.
func termParts(term string) []string {
	term = strings.ReplaceAll(term, "”“", "”、“")
	var parts []string
	depth := 0
	start := 0
	for i, r := range term {
		switch r {
		case '“', '「', '（', '(':
			depth++
		case '”', '」', '）', ')':
			depth--
		case '、', '，', ',', '；', '/':
			if depth == 0 {
				parts = append(parts, term[start:i])
				start = i + utf8.RuneLen(r)
			}
		}
	}
	return append(parts, term[start:])
}
