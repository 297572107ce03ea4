package search

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// termSuffixes end a defined term that is often said without them.
var termSuffixes = []string{"行动计划", "行动", "工程", "改造", "计划", "工作", "建设", "全覆盖", "模式", "机制", "政策", "体系"}

var quoted = regexp.MustCompile(`[“"「]([^“”"「」]+)[”"」]`)

// termVariants lists the forms under which a reader may look for a defined
// term: as printed without outer quotes, its halves where it is a compound
// (三生共融、四宜共美), what it quotes (“三化”改造 → 三化), and without its suffix.
func termVariants(term string) []string {
	term = strings.TrimSpace(term)
	if term == "" {
		return nil
	}
	var all []string
	seen := map[string]bool{}
	add := func(text string) {
		text = strings.Trim(strings.TrimSpace(text), "“”\"「」《》：:。，,、；;")
		if key := fold(text); key != "" && !seen[key] && evenQuotes(text) {
			seen[key] = true
			all = append(all, text)
		}
	}
	add(unquote(term))
	parts := termParts(term)
	if len(parts) > 1 {
		for _, p := range parts {
			add(unquote(p))
		}
	}
	for _, p := range parts {
		for _, q := range quoted.FindAllStringSubmatch(p, -1) {
			if hanCount(q[1]) >= 2 {
				add(q[1])
			} else if end := strings.LastIndex(p, q[0]) + len(q[0]); end < len(p) {
				add(q[1] + p[end:]) // “2653”行动
			}
		}
		plain := unquote(p)
		for _, suffix := range termSuffixes {
			if stem, ok := strings.CutSuffix(plain, suffix); ok && hanCount(stem) >= 2 && utf8.RuneCountInString(stem) >= 3 {
				add(stem)
				break
			}
		}
	}
	return all
}

// unquote drops the quotes of a term that begins with one: “三化”改造 → 三化改造.
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
