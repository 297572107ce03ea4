package search

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"youju/report"
)

// noneLabels names the bucket of items that have no value, per facet.
var noneLabels = map[string]string{
	FacetYear: "无年份", FacetCounty: "无地区", FacetTopic: "无主题", FacetKind: "无文种",
	FacetPart: "未分部分", FacetClaim: "其他", FacetUnit: "无牵头单位", FacetAbout: "无所述年份", FacetAmount: "无金额",
}

// FacetValuesOf lists the values an item has in a facet, never empty: an item
// without one has [None]. It is the one place that says what a facet means.
func FacetValuesOf(facet string, doc *report.Document, it *report.Item) []string {
	var values []string
	switch facet {
	case FacetYear:
		values = yearValue(doc.Year)
	case FacetAbout:
		values = yearValue(it.AboutYear)
	case FacetCounty:
		values = append(report.Places().FacetPath(doc.Place), it.Places...)
	case FacetTopic:
		values = it.Topics
	case FacetKind:
		values = []string{string(doc.Kind)}
	case FacetPart:
		values = []string{string(it.Part)}
	case FacetClaim:
		values = []string{string(it.Claim)}
	case FacetUnit:
		values = it.Duty.LeadUnits
	case FacetAmount:
		values = amountsOf(it)
	}
	distinct := make([]string, 0, len(values))
	for _, v := range values {
		if v != "" && v != None && !slices.Contains(distinct, v) {
			distinct = append(distinct, v)
		}
	}
	if len(distinct) == 0 {
		return []string{None}
	}
	return distinct
}

func yearValue(year int) []string {
	if year == 0 {
		return nil
	}
	return []string{strconv.Itoa(year)}
}

// FacetParent is the value right above a value of the county facet, or "".
func FacetParent(value string) string { return report.Places().Parent(value) }

// FacetValueLabel is what a reader sees for a value.
func FacetValueLabel(facet, value string) string {
	label := value
	switch {
	case value == None:
		label = noneLabels[facet]
	case facet == FacetYear || facet == FacetAbout:
		if _, err := strconv.Atoi(value); err == nil {
			label = value + "年"
		}
	case facet == FacetPart:
		label = report.Part(value).Label()
	case facet == FacetClaim:
		label = report.Claim(value).Label()
	case facet == FacetAmount:
		label = amountLabel(value)
	}
	if label == "" {
		return value
	}
	return label
}

// FacetByCount tells the facets whose values stand in the order of their
// counts from those that have an order of their own.
func FacetByCount(facet string) bool {
	switch facet {
	case FacetYear, FacetAbout, FacetPart, FacetClaim, FacetAmount:
		return false
	}
	return true
}

// SortFacetValues puts a facet's values in the order pages show them: years
// newest first, parts and claims as they come in a report, amounts from small
// to large, counties as a tree
// (each followed by those below it), the others by count. None is last.
func SortFacetValues(facet string, values []FacetValue) []FacetValue {
	var less func(a, b FacetValue) int
	switch facet {
	case FacetYear, FacetAbout:
		less = func(a, b FacetValue) int { return cmp.Compare(b.Value, a.Value) }
	case FacetPart:
		less = func(a, b FacetValue) int { return cmp.Compare(rank(report.Parts, a), rank(report.Parts, b)) }
	case FacetClaim:
		less = func(a, b FacetValue) int { return cmp.Compare(rank(report.Claims, a), rank(report.Claims, b)) }
	case FacetAmount:
		less = func(a, b FacetValue) int { return cmp.Compare(amountRank(a.Value), amountRank(b.Value)) }
	default:
		less = func(a, b FacetValue) int { return cmp.Compare(b.Count, a.Count) }
	}
	slices.SortFunc(values, func(a, b FacetValue) int {
		return cmp.Or(compareBool(a.Value == None, b.Value == None), less(a, b), strings.Compare(a.Value, b.Value))
	})
	if facet == FacetCounty {
		return tree(values)
	}
	return values
}

func rank[T ~string](order []T, v FacetValue) int {
	if i := slices.Index(order, T(v.Value)); i >= 0 {
		return i
	}
	return len(order)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// tree puts every value after its parent, keeping the order among siblings. A
// value whose parent is not listed becomes a root.
func tree(values []FacetValue) []FacetValue {
	listed := make(map[string]bool, len(values))
	for _, v := range values {
		listed[v.Value] = true
	}
	children := map[string][]FacetValue{}
	for _, v := range values {
		if !listed[v.Parent] || v.Parent == v.Value {
			v.Parent = ""
		}
		children[v.Parent] = append(children[v.Parent], v)
	}
	sorted := make([]FacetValue, 0, len(values))
	var visit func(parent string, depth int)
	visit = func(parent string, depth int) {
		for _, v := range children[parent] {
			sorted = append(sorted, v)
			if depth < 4 {
				visit(v.Value, depth+1)
			}
		}
	}
	visit("", 0)
	return sorted
}

// ResolveFacetValue finds the values a reader may mean by what stands in a
// filter: the value itself, its label (回顾), a number with 年, or a part of the
// name (东阿 for 东阿县, 水利局 for 市水利局). What is not known stays as it is
// and matches nothing.
func ResolveFacetValue(facet, text string, values []string) []string {
	if text == None || slices.Contains(values, text) {
		return []string{text}
	}
	folded := foldText(text)
	var same, within []string
	for _, v := range values {
		name := foldText(v)
		switch {
		case name == folded || foldText(FacetValueLabel(facet, v)) == folded:
			same = append(same, v)
		case folded != "" && contains(facet, name, folded):
			within = append(within, v)
		}
	}
	if len(same) > 0 {
		return same
	}
	if len(within) > 0 {
		return within
	}
	return []string{text}
}

// contains reports whether a shortened name may mean the value. Places and
// topics are shortened at the end, units anywhere; years not at all.
func contains(facet, name, short string) bool {
	switch facet {
	case FacetUnit:
		return strings.Contains(name, short)
	case FacetCounty, FacetTopic, FacetKind:
		return strings.HasPrefix(name, short)
	}
	return false
}

// foldText is the text as it is compared: the terms of its tokens in a row.
func foldText(text string) string {
	var b strings.Builder
	for _, t := range Tokenize(text) {
		b.WriteString(t.Term)
	}
	return b.String()
}
