package search

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Read reads the text of a search box. Any text is legal: what cannot be
// understood is read as words. The rules:
//
//   - words are separated by white space and must all occur, in any order;
//   - "…" or “…” around words is one exact phrase;
//   - a - before a word or a phrase excludes it; OR (also 或, |) between two
//     words asks for either;
//   - year:2021, county:东阿县 and the like (also 年份：2021) are filters;
//   - number:>100亿, number:50..80户 ask for an item with such a figure;
//   - quotes without a partner, a lone - and unknown names are plain text.
//
// The filters in the reading are those of the text alone; their values are as
// written, for the engine to look up among the values it has.
func Read(text string) (Reading, Plan) {
	r := reader{seen: map[string]bool{}}
	r.reading.Filters = map[string][]string{}
	for _, part := range split(r.limit(text)) {
		r.add(part)
	}
	if r.dropped > 0 {
		r.note(fmt.Sprintf("只用前%d个词，其余%d个未用", MaxWords, r.dropped))
	}
	if r.unbalanced(text) {
		r.note("引号不成对，已按普通文字处理")
	}
	p := &r.plan
	p.Everything = len(p.Words) == 0 && !r.unsearchable
	if len(p.Figures) > 0 {
		r.note("只列出写有“" + strings.Join(boundTexts(p.Figures), "”“") + "”这样的数的条目；年月日和序号不算")
	}
	if r.unsearchable && len(p.Words) == 0 {
		r.note("查询中没有可检索的文字")
	}
	return r.reading, r.plan
}

type reader struct {
	reading Reading
	plan    Plan
	seen    map[string]bool
	// dropped counts the words over the limit; unsearchable is set when a word
	// held nothing but punctuation.
	dropped      int
	unsearchable bool
	// or is set after an OR: the next word is an alternative of the one before.
	or bool
}

func (r *reader) note(text string) {
	if !slices.Contains(r.reading.Notes, text) {
		r.reading.Notes = append(r.reading.Notes, text)
	}
}

// limit makes the text valid and short enough.
func (r *reader) limit(text string) string {
	if len(text) > 64*MaxQueryRunes { // do not even walk through megabytes
		text = text[:64*MaxQueryRunes]
	}
	text = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(text, " "))
	runes := []rune(strings.TrimSpace(text))
	if len(runes) > MaxQueryRunes {
		runes = runes[:MaxQueryRunes]
		r.note(fmt.Sprintf("查询过长，只用前%d个字", MaxQueryRunes))
	}
	return string(runes)
}

func (r *reader) unbalanced(text string) bool {
	return strings.Count(text, `"`)%2 == 1 || strings.Count(text, "“") != strings.Count(text, "”")
}

func (r *reader) add(p part) {
	if p.facet == FigureName {
		if r.addBound(p.text) {
			return
		}
		p.facet = "" // what is no condition is a word
	}
	if p.facet != "" {
		values, note := filterValues(p.facet, p.text)
		if note != "" {
			r.note(note)
		}
		for _, v := range values {
			if !slices.Contains(r.reading.Filters[p.facet], v) {
				r.reading.Filters[p.facet] = append(r.reading.Filters[p.facet], v)
			}
		}
		return
	}
	if !p.quoted && !p.not && (p.text == "OR" || p.text == "|" || p.text == "或") && len(r.plan.Words) > 0 {
		r.or = true
		return
	}
	word, ok := newPlanWord(p.text, p.quoted)
	key := fmt.Sprint(p.not, p.quoted, p.text)
	switch {
	case !ok:
		r.unsearchable = r.unsearchable || !p.not
		return
	case r.seen[key]:
		return
	case len(r.plan.Words)+len(r.plan.Excluded) >= MaxWords:
		r.dropped++
		return
	}
	r.seen[key] = true
	if p.not {
		r.plan.Excluded = append(r.plan.Excluded, word)
		r.reading.Excluded = append(r.reading.Excluded, p.text)
		return
	}
	if r.or {
		r.or = false
		last := &r.plan.Words[len(r.plan.Words)-1]
		if len(last.Variants) >= MaxWords {
			r.dropped++
			return
		}
		last.Variants = append(last.Variants, word)
		r.reading.Words[len(r.reading.Words)-1] += " OR " + p.text
		return
	}
	r.plan.Words = append(r.plan.Words, word)
	r.reading.Words = append(r.reading.Words, p.text)
}

// addBound adds a condition on figures, if the text is one.
func (r *reader) addBound(text string) bool {
	b, ok := readBound(text)
	switch {
	case !ok:
		r.note(fmt.Sprintf("“%s”不是数的条件，已按普通文字处理；写法如 %s:>100亿", text, FigureLabel))
	case len(r.plan.Figures) >= MaxWords:
		r.dropped++
	default:
		r.plan.Figures = append(r.plan.Figures, b)
	}
	return ok
}

func boundTexts(bounds []Bound) []string {
	var texts []string
	for _, b := range bounds {
		texts = append(texts, b.Text)
	}
	return texts
}

// part is one word of the query text.
type part struct {
	text   string
	quoted bool
	not    bool
	// facet is set when the part is a filter: a facet's name, or FigureName.
	facet string
}

// split cuts the text at white space, keeping quoted phrases whole.
func split(text string) []part {
	var parts []part
	text = joinGroups(text)
	for {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		if text == "" {
			return parts
		}
		var p part
		p, text = next(text)
		if p.text != "" {
			parts = append(parts, p)
		}
	}
}

// next reads the first part of the text, which does not start with white space.
func next(text string) (p part, rest string) {
	if after, ok := cutMinus(text); ok {
		p.not, text = true, after
	} else if facet, after, ok := cutFacet(text); ok {
		p.facet, text = facet, after
	}
	if phrase, after, ok := cutQuoted(text); ok {
		p.text, p.quoted = phrase, true
		return p, after
	}
	end := strings.IndexFunc(text, unicode.IsSpace)
	if end < 0 {
		end = len(text)
	}
	// A phrase may follow a word directly: 改造"老旧小区".
	for at, c := range text[:end] {
		if at > 0 && isOpening(c) {
			if _, _, ok := cutQuoted(text[at:]); ok {
				end = at
				break
			}
		}
	}
	p.text = text[:end]
	return p, text[end:]
}

// cutMinus takes the - off a word that is to be excluded. A - that stands
// alone, or before another, is text.
func cutMinus(text string) (after string, ok bool) {
	for _, minus := range []string{"-", "－", "−"} {
		if after, ok = strings.CutPrefix(text, minus); ok {
			first, _ := utf8.DecodeRuneInString(after)
			return after, after != "" && !unicode.IsSpace(first) && first != '-' && first != '－'
		}
	}
	return text, false
}

var quotePairs = map[rune]rune{'"': '"', '“': '”', '＂': '＂', '「': '」', '„': '“'}

func isOpening(c rune) bool { return quotePairs[c] != 0 }

// cutQuoted reads a phrase in quotes; ok is false when the quote has no partner.
func cutQuoted(text string) (phrase, after string, ok bool) {
	opening, size := utf8.DecodeRuneInString(text)
	closing := quotePairs[opening]
	if closing == 0 {
		return "", text, false
	}
	inner := text[size:]
	end := strings.IndexRune(inner, closing)
	if end < 0 || strings.TrimSpace(inner[:end]) == "" {
		return "", text, false
	}
	return strings.TrimSpace(inner[:end]), inner[end+utf8.RuneLen(closing):], true
}

// cutFacet reads a filter's name and colon: year:2021, 年份：2021.
func cutFacet(text string) (facet, after string, ok bool) {
	at := strings.IndexAny(text, ":：")
	if at <= 0 {
		return "", text, false
	}
	name := strings.ToLower(text[:at])
	after = strings.TrimPrefix(strings.TrimPrefix(text[at:], ":"), "：")
	if first, _ := utf8.DecodeRuneInString(after); after == "" || unicode.IsSpace(first) {
		return "", text, false
	}
	if name == FigureName || name == FigureLabel {
		return FigureName, after, true
	}
	for _, facet := range FacetNames {
		if name == facet || name == FacetLabels[facet] {
			return facet, after, true
		}
	}
	return "", text, false
}

// filterValues reads a filter's value; years may be a range, 2019..2021.
func filterValues(facet, text string) (values []string, note string) {
	if facet != FacetYear && facet != FacetAbout {
		return []string{text}, ""
	}
	from, to, ok := strings.Cut(text, "..")
	if !ok {
		return []string{strings.TrimSuffix(text, "年")}, ""
	}
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || first > last || last-first > 100 {
		return []string{text}, fmt.Sprintf("年份范围“%s”无法理解", text)
	}
	for y := first; y <= last; y++ {
		values = append(values, strconv.Itoa(y))
	}
	return values, ""
}
