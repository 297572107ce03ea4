package bleve

import (
	"slices"

	"youju/search"
)

// counter counts facet values over the matches in one pass. An item that
// passes every filter counts in every facet; one that fails the filter of a
// single facet counts in that facet, which is what choosing another of its
// values would bring.
type counter struct {
	cols *columns
	// selected holds, per facet, the chosen ordinals; nil where nothing is chosen.
	selected [][]bool
	// unknown are chosen values that no item has.
	unknown [][]string
	// counts holds, per level of the answer, facet and value, the items.
	counts [][][]int
}

func newCounter(cols *columns, filters map[string][]string) *counter {
	n := len(search.FacetNames)
	c := &counter{cols: cols, selected: make([][]bool, n), unknown: make([][]string, n)}
	for f, name := range search.FacetNames {
		col := &cols.Facets[f]
		for _, v := range filters[name] {
			if c.selected[f] == nil {
				c.selected[f] = make([]bool, len(col.Values))
			}
			if ord, ok := col.ords[v]; ok {
				c.selected[f][ord] = true
			} else {
				c.unknown[f] = append(c.unknown[f], v)
			}
		}
	}
	return c
}

// countLevel counts the items of the next level and gives those that pass all filters.
func (c *counter) countLevel(set bitset) (passed []uint32) {
	counts := make([][]int, len(search.FacetNames))
	for f := range counts {
		counts[f] = make([]int, len(c.cols.Facets[f].Values))
	}
	c.counts = append(c.counts, counts)
	set.each(func(ord uint32) {
		if c.count(ord) {
			passed = append(passed, ord)
		}
	})
	return passed
}

// count counts an item of the last level and reports whether it passes all filters.
func (c *counter) count(item uint32) bool {
	failed := -1
	for f, selected := range c.selected {
		if selected == nil || c.passes(f, item) {
			continue
		}
		if failed >= 0 {
			return false
		}
		failed = f
	}
	if failed >= 0 {
		c.add(failed, item)
		return false
	}
	for f := range c.selected {
		c.add(f, item)
	}
	return true
}

func (c *counter) passes(f int, item uint32) bool {
	for _, ord := range c.cols.Facets[f].of(item) {
		if c.selected[f][ord] {
			return true
		}
	}
	return false
}

func (c *counter) add(f int, item uint32) {
	counts := c.counts[len(c.counts)-1][f]
	for _, ord := range c.cols.Facets[f].of(item) {
		counts[ord]++
	}
}

// promise is the number of items one gets by choosing a value: those of the
// levels that would be shown then.
func (c *counter) promise(f, ord int, levels []level) int {
	counts := make([]int, len(levels))
	for i := range levels {
		counts[i] = c.counts[i][f][ord]
	}
	_, total := shown(levels, counts)
	return total
}

// facets lists the values that occur, and the chosen ones in any case.
func (c *counter) facets(levels []level) []search.Facet {
	facets := make([]search.Facet, 0, len(search.FacetNames))
	for f, name := range search.FacetNames {
		var values []search.FacetValue
		for ord, v := range c.cols.Facets[f].Values {
			selected := c.selected[f] != nil && c.selected[f][ord]
			if count := c.promise(f, ord, levels); count > 0 || selected {
				values = append(values, c.value(name, v, count, selected))
			}
		}
		for _, v := range c.unknown[f] {
			values = append(values, c.value(name, v, 0, true))
		}
		if name == search.FacetCounty {
			c.setParents(values)
		}
		facets = append(facets, search.Facet{
			Name: name, Label: search.FacetLabels[name], Values: search.SortFacetValues(name, values),
		})
	}
	return facets
}

func (c *counter) value(facet, v string, count int, selected bool) search.FacetValue {
	return search.FacetValue{Value: v, Label: search.FacetValueLabel(facet, v), Count: count, Selected: selected}
}

// setParents links every value to the nearest one above it that is listed.
func (c *counter) setParents(values []search.FacetValue) {
	listed := make(map[string]bool, len(values))
	for _, v := range values {
		listed[v.Value] = true
	}
	for i := range values {
		above := c.cols.Parents[values[i].Value]
		for above != "" && !listed[above] {
			above = c.cols.Parents[above]
		}
		values[i].Parent = above
	}
}

// resolve finds the known values for what filters ask for, and cleans them:
// unknown facets are dropped, each value is kept once.
func (c *columns) resolve(filters ...map[string][]string) map[string][]string {
	clean := map[string][]string{}
	for _, asked := range filters {
		for f, name := range search.FacetNames {
			for i, text := range asked[name] {
				if text == "" || i >= maxFilterValues || len(text) > maxFilterBytes {
					continue
				}
				for _, v := range search.ResolveFacetValue(name, text, c.Facets[f].Values) {
					if !slices.Contains(clean[name], v) {
						clean[name] = append(clean[name], v)
					}
				}
			}
		}
	}
	return clean
}

// Limits of what one request may choose.
const (
	maxFilterValues = 100
	maxFilterBytes  = 300
)
