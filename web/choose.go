package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"youju/report"
	"youju/search"
	"youju/search/fact"
)

// chooser narrows a list of subjects (units, projects) by the parameters of its
// page's address, in which every aspect has one value at most.
type chooser struct {
	// path is the list's address without parameters, api that of the same list as
	// JSON. fixed are parameters that tell what is listed, aspects those that narrow.
	path, api string
	fixed     []param
	aspects   []string
	fact.Choice
	page, size int
	// usual is the size of a page that needs no parameter.
	usual int
}

// The sizes of pages of lists.
const (
	listSize    = 50
	termsSize   = 200 // short ones, with an index of letters
	maxListSize = 1000
	maxListPage = 100_000
)

// readChooser reads an address. Any is legal; values that nothing has are found out
// by [chooser.settle].
func readChooser(r *http.Request, path, api string, usual int, aspects ...string) chooser {
	v := r.URL.Query()
	c := chooser{path: path, api: api, aspects: aspects, usual: usual}
	c.page, c.size = min(positive(v.Get("page"), 1), maxListPage), min(positive(v.Get("size"), usual), maxListSize)
	c.Text = cleanText(v.Get("q"), maxValueRunes)
	c.Values = map[string]string{}
	for _, aspect := range aspects {
		if value := cleanText(v.Get(aspect), maxValueRunes); value != "" {
			c.Values[aspect] = value
		}
	}
	return c
}

// optionsOf gives the values of an aspect with their numbers.
type optionsOf = func(aspect string) []fact.Option

// settle writes the values asked for as the list does: 聊城 is 聊城市, 2021年 2021,
// 牵头 lead. One that nothing in the list could have is an error that leads to those
// it may have meant. What the whole list has is asked for only where that matters.
func (c *chooser) settle(open func() (optionsOf, error)) error {
	options := func(string) []fact.Option { return nil }
	if slices.ContainsFunc(c.aspects, func(aspect string) bool { return c.Values[aspect] != "" }) {
		all, err := open()
		if err != nil {
			return fmt.Errorf("listing options: %w", err)
		}
		options = all
	}
	for _, aspect := range c.aspects {
		asked := c.Values[aspect]
		if asked == "" {
			continue
		}
		values := aspectValues(aspect, options(aspect))
		value, known := knownValue(aspect, asked, values)
		if !known {
			return c.unknownValue(aspect, asked, values)
		}
		c.Values[aspect] = value
	}
	return nil
}

// aspectValues are the values of an aspect, all there could be where they are few.
func aspectValues(aspect string, held []fact.Option) []string {
	var values []string
	switch aspect {
	case fact.AspectStage:
		for _, stage := range report.Stages {
			values = append(values, string(stage))
		}
	case fact.AspectTopic:
		for _, topic := range report.Topics() {
			values = append(values, topic.Name)
		}
	case fact.AspectKind:
		values = []string{string(report.MentionProject), string(report.MentionCompany), string(report.MentionPark)}
	case fact.AspectRole:
		values = []string{fact.RoleLead, fact.RoleSupport, fact.RoleShared}
	case fact.AspectAmount:
		values = fact.Amounts
	default:
		for _, o := range held {
			values = append(values, o.Value)
		}
	}
	return values
}

// knownValue finds a value by itself or by the words that stand for it on pages.
func knownValue(aspect, asked string, values []string) (value string, known bool) {
	for _, v := range values {
		if asked == v || asked == aspectValueLabel(aspect, v) {
			return v, true
		}
	}
	switch aspect {
	case fact.AspectPlace:
		value = knownPlace(asked, values)
		return value, slices.Contains(values, value)
	case fact.AspectAmount:
		n, err := strconv.ParseFloat(asked, 64)
		return asked, err == nil && n > 0
	}
	return "", false
}

func (c *chooser) unknownValue(aspect, asked string, values []string) error {
	labels, of := make([]string, len(values)), map[string]string{}
	for i, v := range values {
		labels[i] = aspectValueLabel(aspect, v)
		of[labels[i]] = v
	}
	if aspect == fact.AspectYear {
		slices.SortFunc(labels, func(a, b string) int { return strings.Compare(b, a) })
	}
	message := fmt.Sprintf("可选的%s里没有“%s”。", aspectLabels[aspect], aspectValueLabel(aspect, asked))
	return unknownAmong(message, asked, labels, func(label string) string { return c.with(aspect, of[label]).url(c.path) })
}

// params are the parameters in the order all addresses share, the page left out.
func (c chooser) params() []param {
	ps := slices.Clone(c.fixed)
	if c.Text != "" {
		ps = append(ps, param{"q", c.Text})
	}
	for _, aspect := range c.aspects {
		if value := c.Values[aspect]; value != "" {
			ps = append(ps, param{aspect, value})
		}
	}
	if c.size != c.usual {
		ps = append(ps, param{"size", strconv.Itoa(c.size)})
	}
	return ps
}

// url is the address of the list, under another path such as that of the API.
func (c chooser) url(path string) string { return encode(path, c.params()) }

// with gives the choice with one aspect changed, "" leaving it open.
func (c chooser) with(aspect, value string) chooser {
	values := map[string]string{}
	for k, v := range c.Values {
		values[k] = v
	}
	values[aspect] = value
	c.Values = values
	return c
}

// facets offers the values of every aspect; options tells their numbers.
func (c chooser) facets(options optionsOf) []facetView {
	var views []facetView
	for _, aspect := range c.aspects {
		all := options(aspect)
		if len(all) == 0 {
			continue
		}
		if order := aspectOrders[aspect]; order != nil {
			slices.SortStableFunc(all, order)
		}
		f := search.Facet{Name: aspect}
		for _, o := range all {
			v := search.FacetValue{Value: o.Value, Count: o.Count, Selected: c.Values[aspect] == o.Value}
			if aspect == fact.AspectPlace {
				v.Parent = search.FacetParent(o.Value)
			}
			f.Values = append(f.Values, v)
		}
		f.Values = commonest(f.Values, facetMost)
		v := facetView{Name: aspect, Label: aspectLabels[aspect], Left: len(all) - len(f.Values), Searchable: len(f.Values) >= facetSearchable}
		v.Values, v.More = splitFacet(facetForest(f, aspectValueLabel, func(v search.FacetValue) string {
			if v.Selected {
				return c.with(aspect, "").url(c.path)
			}
			return c.with(aspect, v.Value).url(c.path)
		}))
		views = append(views, v)
	}
	return views
}

// chips lists what the list is narrowed to.
func (c chooser) chips() []chip {
	var chips []chip
	if c.Text != "" {
		rest := c
		rest.Text = ""
		chips = append(chips, chip{findLabel, c.Text, rest.url(c.path)})
	}
	for _, aspect := range c.aspects {
		if value := c.Values[aspect]; value != "" {
			chips = append(chips, chip{aspectLabels[aspect], aspectValueLabel(aspect, value), c.with(aspect, "").url(c.path)})
		}
	}
	return chips
}

// findLabel says what the text of a choice does.
const findLabel = "名称含"

// filters names the parameters for the API.
func (c chooser) filters() []apiFilter {
	filters := []apiFilter{{"q", findLabel}}
	for _, aspect := range c.aspects {
		filters = append(filters, apiFilter{aspect, aspectLabels[aspect]})
	}
	return filters
}

var aspectLabels = map[string]string{
	fact.AspectPlace: "地区", fact.AspectYear: "年份", fact.AspectTopic: "主题", fact.AspectKind: "类别",
	fact.AspectStage: "最近阶段", fact.AspectAmount: "金额", fact.AspectRole: "职责",
}

func aspectValueLabel(aspect, value string) string {
	label := value
	switch aspect {
	case fact.AspectYear:
		label = search.FacetValueLabel(search.FacetYear, value)
	case fact.AspectKind:
		label = report.MentionKind(value).Label()
	case fact.AspectAmount:
		label = fmt.Sprintf("%s亿元以上", value)
	case fact.AspectRole:
		label = roleLabels[value]
	}
	if label == "" {
		return value
	}
	return label
}

// aspectOrders put the values of some aspects in an order other than by number.
var aspectOrders = map[string]func(a, b fact.Option) int{
	fact.AspectYear: func(a, b fact.Option) int { return compareNumbers(b.Value, a.Value) },
	fact.AspectStage: func(a, b fact.Option) int {
		return slices.Index(report.Stages, report.Stage(a.Value)) - slices.Index(report.Stages, report.Stage(b.Value))
	},
	fact.AspectAmount: func(a, b fact.Option) int { return compareNumbers(a.Value, b.Value) },
}

func compareNumbers(a, b string) int { return positive(a, 0) - positive(b, 0) }

// shown is the part of a list that the page asked for shows, all the whole of it.
func (c chooser) shown() fact.Page { return fact.Page{From: (c.page - 1) * c.size, Size: c.size} }
func (c chooser) all() fact.Page   { return fact.All }

// sliceOf is the part of a list that the page asked for shows.
func sliceOf[T any](c chooser, all []T) []T {
	from := min((c.page-1)*c.size, len(all))
	return all[from:min(from+c.size, len(all))]
}

// listPage is what every narrowed list has.
type listPage struct {
	basePage
	Path string
	// Find is the text the names must hold, FindLabel says so.
	Find      string
	FindLabel string
	FindKept  []param
	Total     int
	// From and To are the numbers of the rows shown.
	From, To int
	Facets   []facetView
	Chips    []chip
	ClearURL string
	Pages    pager
	// Files are the whole list, as narrowed, to be saved.
	Files []option
	// Near are values like one that the collection does not know.
	Near []way
}

func (s *server) newListPage(r *http.Request, c chooser, title message, total int, facets []facetView) listPage {
	p := listPage{
		basePage: s.base(r, title), Path: c.path, Find: c.Text, FindLabel: findLabel, Total: total, Facets: facets, Chips: c.chips(),
		ClearURL: encode(c.path, c.fixed), Pages: newListPager(c, total), Files: listFiles(c),
	}
	p.From = min((c.page-1)*c.size, total) + 1
	p.To = min(p.From-1+c.size, total)
	rest := c
	rest.Text = ""
	p.FindKept = rest.params()
	p.Canonical, p.Sheet = s.absolute(r, c.url(c.path)), "list.css"
	p.Nav, p.NoIndex = c.path, len(p.Chips) > 0 || c.page > 1
	return p
}

// listFiles are the files of a whole list and the answer of the API.
func listFiles(c chooser) []option {
	json := c
	json.size = maxListSize
	return []option{{Label: "CSV", URL: c.url(c.path + ".csv")}, {Label: "Excel", URL: c.url(c.path + ".xlsx")}, {Label: "JSON", URL: json.url(c.api)}}
}

func newListPager(c chooser, total int) pager {
	return pagesOf(c.page, (total+c.size-1)/c.size, func(n int) string {
		ps := c.params()
		if n > 1 {
			ps = append(ps, param{"page", strconv.Itoa(n)})
		}
		return encode(c.path, ps)
	})
}

// waysTo lead to things by their names.
func waysTo(names []string, to func(name string) string) []way {
	var ways []way
	for _, name := range names {
		ways = append(ways, way{Label: quote(name), URL: to(name)})
	}
	return ways
}

// pathURL is the address of a subject's page, /unit/市水利局. The name may hold
// any character.
func pathURL(folder, name string) string {
	u := url.URL{Path: folder + name}
	return u.EscapedPath()
}
