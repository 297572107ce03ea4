package bleve

import "slices"

// ranking keeps the first size matches.
type ranking struct {
	less func(a, b ranked) int
	size int
	// kept are the first so far, and up to as many that came since; once there
	// were enough, last is the last of the first.
	kept []ranked
	last ranked
	full bool
}

func (r *ranking) add(m ranked) {
	if r.full && r.less(m, r.last) > 0 || r.size == 0 {
		return
	}
	if r.kept = append(r.kept, m); len(r.kept) >= 2*r.size {
		r.cut()
	}
}

// cut leaves the first size matches, the last of them at the end. Done once for
// as many matches as are kept, this costs less than keeping them in order.
func (r *ranking) cut() {
	if len(r.kept) < r.size || r.size == 0 {
		return
	}
	last := r.size - 1
	for low, high := 0, len(r.kept)-1; low < high; {
		below, above := r.part(low, high)
		switch {
		case last <= below:
			high = below
		case last >= above:
			low = above
		default:
			low = high
		}
	}
	r.kept = r.kept[:r.size]
	r.last, r.full = r.kept[last], true
}

// part puts the matches from low to high that come before one of them in front
// of those that come after it: the former end at below, the latter begin at above.
func (r *ranking) part(low, high int) (below, above int) {
	list, middle := r.kept, r.kept[low+(high-low)/2]
	i, j := low, high
	for i <= j {
		for r.less(list[i], middle) < 0 {
			i++
		}
		for r.less(list[j], middle) > 0 {
			j--
		}
		if i <= j {
			list[i], list[j] = list[j], list[i]
			i++
			j--
		}
	}
	return j, i
}

// sorted gives up to most of the matches kept, in order.
func (r *ranking) sorted(most int) []ranked {
	slices.SortFunc(r.kept, r.less)
	return r.kept[:min(most, len(r.kept))]
}

// normalize makes the scores of matches shares of the best one, on top of
// their level's.
func (r *ranking) normalize(best float32) {
	r.cut()
	for i := range r.kept {
		k := &r.kept[i]
		score := k.score - float64(k.level)*levelGap
		if best > 0 {
			score /= float64(best)
		}
		k.score = rounded(float64(k.level)*levelStep + score)
	}
}
