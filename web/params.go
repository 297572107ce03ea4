package web

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/search"
)

// Limits on what a URL may ask for. A URL that asks for more is cut, not refused.
const (
	// maxFilterValues per facet: more than anybody ticks, few enough to be cheap.
	maxFilterValues = 50
	// maxValueRunes is longer than any unit or place name seen.
	maxValueRunes = 80
	// maxTextRunes is one more than is read, so that the searcher sees that
	// the text was longer and says so.
	maxTextRunes = search.MaxQueryRunes + 1
)

// offParam names, once for each, what the reader turned off in the reading of
// the words.
const offParam = "off"

// queryOf reads the parameters of a search URL. Any URL is legal: what makes
// no sense is left out. It is the inverse of urlOf.
func queryOf(v url.Values) search.Query {
	q := search.Query{
		Text:    cleanText(v.Get("q"), maxTextRunes),
		Filters: map[string][]string{},
		Page:    min(positive(v.Get("page"), 1), search.MaxDepth+1),
		Size:    min(positive(v.Get("size"), search.DefaultSize), search.MaxSize),
	}
	if s := v.Get("sort"); s == search.SortNewest || s == search.SortOldest {
		q.Sort = s
	}
	for _, name := range search.FacetNames {
		if values := cleanValues(v[name]); len(values) > 0 {
			q.Filters[name] = values
		}
	}
	q.Off = cleanValues(v[offParam])
	return q
}

// positive reads a whole number of at least 1. Numbers too big for an int are
// the biggest one; anything else is the default.
func positive(s string, def int) int {
	n, err := strconv.Atoi(s)
	if errors.Is(err, strconv.ErrRange) && n > 0 {
		return n
	}
	if err != nil || n < 1 {
		return def
	}
	return n
}

// cleanText drops invalid bytes, turns control characters into spaces and cuts
// the text to n runes.
func cleanText(s string, n int) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
	return strings.TrimSpace(firstRunes(strings.TrimSpace(s), n))
}

// firstRunes cuts s after n runes.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// cleanValues puts the values of one facet in a fixed order, each once.
func cleanValues(raw []string) []string {
	var values []string
	for _, s := range raw {
		if s = cleanText(s, maxValueRunes); s != "" {
			values = append(values, s)
		}
	}
	slices.Sort(values)
	values = slices.Compact(values)
	return values[:min(len(values), maxFilterValues)]
}

// param is one name and value of a search URL.
type param struct{ Name, Value string }

// paramsOf lists a query's parameters in the one order that all URLs share;
// what has its default value is left out.
func paramsOf(q search.Query) []param {
	var ps []param
	if q.Text != "" {
		ps = append(ps, param{"q", q.Text})
	}
	for _, v := range q.Off {
		ps = append(ps, param{offParam, v})
	}
	for _, name := range search.FacetNames {
		for _, v := range q.Filters[name] {
			ps = append(ps, param{name, v})
		}
	}
	if q.Sort != "" && q.Sort != search.SortRelevance {
		ps = append(ps, param{"sort", q.Sort})
	}
	if q.Page > 1 {
		ps = append(ps, param{"page", strconv.Itoa(q.Page)})
	}
	if q.Size > 0 && q.Size != search.DefaultSize {
		ps = append(ps, param{"size", strconv.Itoa(q.Size)})
	}
	return ps
}

// urlOf is the address of a search.
func urlOf(q search.Query) string { return encode("/search", paramsOf(q)) }

func encode(path string, ps []param) string {
	var b strings.Builder
	b.WriteString(path)
	for i, p := range ps {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(p.Name)
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(p.Value))
	}
	return b.String()
}

// The functions below give a changed copy of a query. Each but withPage goes
// back to the first page, since the list of hits is another one.

func withText(q search.Query, text string) search.Query {
	q.Text, q.Page = text, 1
	return q
}

func withSort(q search.Query, sort string) search.Query {
	q.Sort, q.Page = sort, 1
	return q
}

func withSize(q search.Query, size int) search.Query {
	q.Size, q.Page = size, 1
	return q
}

func withPage(q search.Query, page int) search.Query {
	q.Page = page
	return q
}

func withFilter(q search.Query, facet string, values []string) search.Query {
	filters := make(map[string][]string, len(q.Filters)+1)
	for k, v := range q.Filters {
		if k != facet {
			filters[k] = v
		}
	}
	if values = cleanValues(values); len(values) > 0 {
		filters[facet] = values
	}
	q.Filters, q.Page = filters, 1
	return q
}

func withValue(q search.Query, facet, value string) search.Query {
	return withFilter(q, facet, append(slices.Clone(q.Filters[facet]), value))
}

func withoutValue(q search.Query, facet, value string) search.Query {
	return withFilter(q, facet, slices.DeleteFunc(slices.Clone(q.Filters[facet]), func(v string) bool { return v == value }))
}

// withOff turns one reading of a word off, withoutOff on again.

func withOff(q search.Query, word string) search.Query {
	q.Off, q.Page = cleanValues(append(slices.Clone(q.Off), word)), 1
	return q
}

func withoutOff(q search.Query, word string) search.Query {
	q.Off = cleanValues(slices.DeleteFunc(slices.Clone(q.Off), func(w string) bool { return w == word }))
	q.Page = 1
	return q
}

// withoutFilters drops the filters, those written among the words included.
func withoutFilters(q search.Query) search.Query {
	q.Text = dropFilters(q.Text, func(string) bool { return true })
	q.Filters, q.Page = nil, 1
	return q
}

// explicit moves one facet's filters out of the words (year:2021, 2021年) into
// the query's own, as the searcher has read them, so that a link can change them.
func explicit(q search.Query, read search.Reading, facet string) search.Query {
	in := cleanValues(read.Filters[facet])
	if slices.Equal(in, q.Filters[facet]) {
		return q
	}
	for _, c := range read.Context {
		if c.Facet == facet && !c.Off {
			q.Text = strings.Join(strings.Fields(strings.Replace(q.Text, c.Word, " ", 1)), " ")
		}
	}
	q.Text = dropFilters(q.Text, func(name string) bool { return name == facet })
	return withFilter(q, facet, in)
}

// dropFilters takes the filters of some facets out of a query text.
func dropFilters(text string, drop func(facet string) bool) string {
	var kept []string
	for _, field := range strings.Fields(text) {
		read, _ := search.Read(field)
		isFilter := false
		for name := range read.Filters {
			isFilter = isFilter || drop(name)
		}
		if !isFilter || len(read.Words) > 0 {
			kept = append(kept, field)
		}
	}
	return strings.Join(kept, " ")
}

// searchURL is the address of a search for nothing but one facet value.
func searchURL(facet, value string) string {
	return urlOf(withValue(search.Query{}, facet, value))
}
