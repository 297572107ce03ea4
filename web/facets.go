package web

import (
	"slices"

	"youju/search"
)

// facetView is one filter as the page shows it.
type facetView struct {
	Name, Label string
	// Values are always in view, More only after unfolding.
	Values []*facetNode
	More   []*facetNode
	// Searchable says that the list is long enough to want a filter of its own.
	Searchable bool
	// Left is how many of the rarest values are not listed at all.
	Left int
	// Typed says that these can be written among the words of a query.
	Typed bool
	// Folded facets are closed until the reader opens them.
	Folded bool
}

// facetNode is one value; following URL switches it on or off.
type facetNode struct {
	Label    string
	URL      string
	Count    int
	Selected bool
	Children []*facetNode
	// Open shows the children: one of them is selected, or there is room.
	Open bool
}

const (
	// facetInView is how many values a long facet shows before unfolding.
	facetInView = 7
	// facetSearchable is the length from which scanning a list is slower than typing.
	facetSearchable = 15
	// facetTreeOpen is how many values a tree may have and still show all of them.
	facetTreeOpen = 14
	// facetMost is how many values a page lists; a nationwide collection names
	// thousands of counties, which an old phone cannot hold: with 600 the first
	// paint took half a second longer than with 160. The rest can be written
	// among the words.
	facetMost = 160
)

// resultsAnchor puts the reader, and the keyboard focus, at the results after
// a filter was changed.
const resultsAnchor = "#results"

func newFacets(q search.Query, read search.Reading, facets []search.Facet) []facetView {
	var views []facetView
	for _, f := range facets {
		if saysNothing(f) {
			continue
		}
		values := commonest(f.Values, facetMost)
		left := len(f.Values) - len(values)
		f.Values = values
		nodes := facetNodes(explicit(q, read, f.Name), f)
		v := facetView{Name: f.Name, Label: f.Label, Left: left, Typed: true}
		if v.Label == "" {
			v.Label = search.FacetLabels[f.Name]
		}
		v.Folded = (f.Name == search.FacetAbout || f.Name == search.FacetAmount) && len(q.Filters[f.Name]) == 0
		v.Values, v.More = splitFacet(nodes)
		v.Searchable = len(f.Values) >= facetSearchable
		views = append(views, v)
	}
	return views
}

// saysNothing reports whether a facet offers no choice: it has no value, or
// every hit lacks one.
func saysNothing(f search.Facet) bool {
	return len(f.Values) == 0 || len(f.Values) == 1 && f.Values[0].Value == search.None && !f.Values[0].Selected
}

// commonest keeps the n values with the highest counts and every selected
// one, in the order they came; what hung below one that is left out hangs below
// the nearest above it that stays.
func commonest(values []search.FacetValue, n int) []search.FacetValue {
	if len(values) <= n {
		return values
	}
	counts := make([]int, len(values))
	for i, v := range values {
		counts[i] = v.Count
	}
	slices.SortFunc(counts, func(a, b int) int { return b - a })
	least := counts[n-1]
	room := n - slices.Index(counts, least) // for values that have just the least count
	var kept []search.FacetValue
	for _, v := range values {
		if v.Count == least && !v.Selected {
			room--
		}
		if v.Count > least || v.Selected || v.Count == least && room >= 0 {
			kept = append(kept, v)
		}
	}
	return rehung(kept, values)
}

// rehung gives kept values parents that are kept as well.
func rehung(kept, all []search.FacetValue) []search.FacetValue {
	above, stays := map[string]string{}, map[string]bool{"": true}
	for _, v := range all {
		above[v.Value] = v.Parent
	}
	for _, v := range kept {
		stays[v.Value] = true
	}
	for i := range kept {
		for range all {
			if stays[kept[i].Parent] {
				break
			}
			kept[i].Parent = above[kept[i].Parent]
		}
	}
	return kept
}

// facetNodes arranges the values of a facet of a search.
func facetNodes(q search.Query, f search.Facet) []*facetNode {
	return facetForest(f, search.FacetValueLabel, func(v search.FacetValue) string {
		if v.Selected {
			return urlOf(withoutValue(q, f.Name, v.Value))
		}
		return urlOf(withValue(q, f.Name, v.Value))
	})
}

// facetForest arranges the values of a facet as a forest: most facets are flat,
// those of places are a tree by Parent. to gives the address that switches a
// value on or off.
func facetForest(f search.Facet, label func(facet, value string) string, to func(search.FacetValue) string) []*facetNode {
	byValue := map[string]*facetNode{}
	for _, v := range f.Values {
		byValue[v.Value] = &facetNode{Label: label(f.Name, v.Value), Count: v.Count, Selected: v.Selected, URL: to(v) + resultsAnchor}
	}
	var roots []*facetNode
	for _, v := range f.Values {
		n := byValue[v.Value]
		if parent := byValue[v.Parent]; parent != nil && parent != n {
			parent.Children = append(parent.Children, n)
		} else {
			roots = append(roots, n)
		}
	}
	for _, n := range roots {
		openSelected(n, len(f.Values) <= facetTreeOpen)
	}
	return roots
}

// openSelected unfolds the branches that hold a selected value.
func openSelected(n *facetNode, all bool) (selected bool) {
	for _, c := range n.Children {
		if openSelected(c, all) || c.Selected {
			selected = true
		}
	}
	n.Open = all || selected || n.Selected
	return selected
}

// splitFacet keeps the first values and every selected one in view. One value
// alone is not worth unfolding.
func splitFacet(nodes []*facetNode) (inView, more []*facetNode) {
	if len(nodes) <= facetInView+1 {
		return nodes, nil
	}
	for i, n := range nodes {
		if i < facetInView || n.Selected || holdsSelected(n) {
			inView = append(inView, n)
		} else {
			more = append(more, n)
		}
	}
	return inView, more
}

func holdsSelected(n *facetNode) bool {
	return slices.ContainsFunc(n.Children, func(c *facetNode) bool { return c.Selected || holdsSelected(c) })
}
