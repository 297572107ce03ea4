package bleve

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestRanking holds the matches that are kept against sorting all of them.
func TestRanking(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	for range 2000 {
		size, n := random.IntN(20), random.IntN(200)
		r := ranking{less: byScore, size: size}
		var all []ranked
		for ord := range n {
			m := ranked{ord: uint32(ord), score: float64(random.IntN(1 + random.IntN(40)))}
			all = append(all, m)
			r.add(m)
		}
		random.Shuffle(n, func(i, j int) { all[i], all[j] = all[j], all[i] })
		slices.SortFunc(all, func(a, b ranked) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.ord, b.ord)) })
		r.cut()
		if got, want := r.sorted(size), all[:min(size, n)]; !slices.Equal(got, want) {
			t.Fatalf("%d of %d:\n got %v\nwant %v", size, n, got, want)
		}
	}
}
