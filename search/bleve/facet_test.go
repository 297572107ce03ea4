package bleve

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"youju/search"
)

// TestListed holds the order of values, which is found with numbers, against the one that package search finds with texts.
func TestListed(t *testing.T) {
	var l listing // one for all, as in use
	random := rand.New(rand.NewPCG(1, 1))
	places := []string{
		"山东省", "聊城市", "东阿县", "茌平区", "冠县", "临清市", "济南市", "历下区", "河北省", "邯郸市", "馆陶县",
		"北京市", "朝阳区", "昌平区", "2019", "2021", "plan", "review", "东昌府区", "高唐县", search.None, "没有的地方", "上海市", "浦东新区",
	}
	for range 500 {
		facet := []string{search.FacetCounty, search.FacetUnit, search.FacetPart, search.FacetYear}[random.IntN(4)]
		c := &columns{facets: make([]facetColumn, len(search.FacetNames))}
		column := c.facet(facet)
		random.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
		column.values = append(column.values, places[:1+random.IntN(len(places))]...)
		if facet == search.FacetCounty {
			c.findParents()
		}
		column.index(facet, c.parents)
		var promised []promise
		var values []search.FacetValue
		for ord := range column.values {
			if random.IntN(3) > 0 {
				p := promise{uint32(ord), random.IntN(4)}
				promised = append(promised, p)
				values = append(values, search.FacetValue{Value: column.values[ord], Count: p.count})
			}
		}
		if facet == search.FacetCounty {
			c.setParents(values)
		}
		want := search.SortFacetValues(facet, values)
		got := column.listed(promised, &l)
		for i := range got {
			v := &got[i]
			if v.Form != 0 {
				if form := column.forms.Value(int(v.Form - 1)); form.Value != v.Value || form.Parent != v.Parent {
					t.Fatalf("%+v has the form of %+v", v, form)
				}
			}
			v.Form = 0
		}
		if len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Fatalf("%v\n got %+v\nwant %+v", column.values, got, want)
		}
	}
}

// setParents links every value to the nearest one above it that is listed.
func (c *columns) setParents(values []search.FacetValue) {
	listed := make(map[string]bool, len(values))
	for _, v := range values {
		listed[v.Value] = true
	}
	for i := range values {
		above := c.parents[values[i].Value]
		for above != "" && !listed[above] {
			above = c.parents[above]
		}
		values[i].Parent = above
	}
}
