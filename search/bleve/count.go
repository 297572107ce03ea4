package bleve

import (
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"youju/search"
)

// counter counts facet values over the matches. An item that passes every
// filter counts in every facet; one that fails the filter of a single facet
// counts in that facet, which is what choosing another of its values would bring.
type counter struct {
	x *Index
	// filters holds, per facet, the items with a chosen value; nil where nothing is chosen.
	filters []*roaring.Bitmap
	// chosen holds, per facet, the chosen values.
	chosen [][]string
	tally  *tally
	levels int
}

func (x *Index) newCounter(filters map[string][]string, levels int) *counter {
	n := len(search.FacetNames)
	c := &counter{x: x, filters: make([]*roaring.Bitmap, n), chosen: make([][]string, n), levels: levels}
	for f, name := range search.FacetNames {
		if c.chosen[f] = filters[name]; len(c.chosen[f]) > 0 {
			c.filters[f] = x.havingAny(f, c.chosen[f])
		}
	}
	return c
}

// passing are those of a set that pass all filters but one facet's; -1 leaves none out.
func (c *counter) passing(set *roaring.Bitmap, but int) *roaring.Bitmap {
	for f, filter := range c.filters {
		if filter != nil && f != but {
			set = roaring.And(set, filter)
		}
	}
	return set
}

// count counts the items of a level and gives those that pass all filters.
func (c *counter) count(ctx context.Context, level int, set *roaring.Bitmap) (*roaring.Bitmap, error) {
	passed := c.passing(set, -1)
	if err := c.tally.count(ctx, level, passed, func(f int) bool { return c.filters[f] == nil }); err != nil {
		return nil, err
	}
	for f := range c.filters {
		if c.filters[f] != nil {
			if err := c.tally.count(ctx, level, c.passing(set, f), func(g int) bool { return f == g }); err != nil {
				return nil, err
			}
		}
	}
	return passed, nil
}

// facets lists the values that occur, and the chosen ones in any case.
func (c *counter) facets(levels []level) []search.Facet {
	facets := make([]search.Facet, 0, len(search.FacetNames))
	for f, name := range search.FacetNames {
		column := &c.x.cols.facets[f]
		values := column.listed(c.promised(f, levels), &c.tally.listing)
		if chosen := c.chosen[f]; len(chosen) > 0 {
			for _, v := range chosen {
				if _, ok := column.ords[v]; !ok {
					values = append(values, search.FacetValue{Value: v})
				}
			}
			for i := range values {
				values[i].Selected = slices.Contains(chosen, values[i].Value)
			}
		}
		facets = append(facets, search.Facet{Name: name, Label: search.FacetLabels[name], Values: values, Forms: column.forms})
	}
	return facets
}

// promise is a value with the number of items one gets by choosing it.
type promise struct {
	ord   uint32
	count int
}

// promised lists the values to show and what one gets by choosing each: the
// items of the levels that would be shown then. The list holds until the next call.
func (c *counter) promised(f int, levels []level) []promise {
	column := &c.x.cols.facets[f]
	chosen := make([]uint32, 0, len(c.chosen[f]))
	for _, v := range c.chosen[f] {
		if ord, ok := column.ords[v]; ok {
			c.tally.touch(f, ord)
			chosen = append(chosen, ord)
		}
	}
	list := c.tally.listing.promised[:0]
	counts := c.tally.counts[f]
	for _, ord := range c.tally.touched[f] {
		if _, count := shown(counts[int(ord)*c.levels:][:len(levels)]); count > 0 || slices.Contains(chosen, ord) {
			list = append(list, promise{ord, count})
		}
	}
	c.tally.listing.promised = list
	return list
}

// havingAny is the set of items that have one of some values in a facet. It
// must not be changed.
func (x *Index) havingAny(f int, values []string) *roaring.Bitmap {
	column := &x.cols.facets[f]
	key := "facet " + search.FacetNames[f] + "\x00" + strings.Join(values, "\x00")
	if set, ok := x.sets.get(key); ok {
		return set
	}
	a := &x.cols.axes[column.axis]
	wanted := make([]bool, len(column.values))
	for _, v := range values {
		if ord, ok := column.ords[v]; ok {
			wanted[ord] = true
		}
	}
	has := make([]bool, a.combinations())
	for combination := range has {
		has[combination] = slices.ContainsFunc(a.valuesOf(uint32(combination), column.place), func(ord uint32) bool { return wanted[ord] })
	}
	var members []uint32
	for item := range uint32(a.of.len()) {
		if has[a.of.of(item)] {
			members = append(members, item)
		}
	}
	set := roaring.New()
	set.AddMany(members)
	set.RunOptimize()
	x.sets.put(key, set)
	return set
}

// having is the set of items that have a value in a facet, or whose document
// was given by a speaker. It must not be changed.
func (x *Index) having(facet, value string) *roaring.Bitmap {
	if facet == search.Speaker {
		return x.spokenBy(value)
	}
	f := slices.Index(search.FacetNames, facet)
	if f < 0 {
		return nothing
	}
	return x.havingAny(f, []string{value})
}

func (x *Index) spokenBy(speaker string) *roaring.Bitmap {
	set := roaring.New()
	ord := slices.Index(x.cols.speakers, speaker) + 1
	for doc, of := range x.cols.speakerOf {
		if ord > 0 && int(of) == ord {
			first, last := x.cols.items(uint32(doc))
			set.AddRange(uint64(first), uint64(last))
		}
	}
	return set
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
				for _, v := range search.ResolveFacetValue(name, text, c.facets[f].values) {
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
