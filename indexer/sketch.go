package indexer

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"youju/report"
)

// sketch is a sample of a text's shingles: those whose hash is divisible by
// sampling. Two texts share about as much of their sketches as of their words.
type sketch []uint64

const (
	// shingle is the length of a shingle in characters, sampling the share of them that is kept.
	shingle  = 10
	sampling = 8
	// leastSketch is the size from which a sketch says something: about 300 characters.
	leastSketch = 30
	// sameShare is how much of the shorter text must stand in the longer one for
	// a copy. Notices follow patterns, so they must agree nearly whole, and be of one length.
	sameShare  = 0.85
	otherShare = 0.97
	// commonShingle is how many documents may share a shingle that says anything.
	commonShingle = 40
)

func newSketch(d *report.Document) sketch {
	if d.Kind == report.KindNews {
		return nil
	}
	var runes []rune
	for i := range d.Items {
		for _, r := range d.Items[i].Heading + d.Items[i].Text {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				runes = append(runes, r)
			}
		}
	}
	var out sketch
	h := fnv.New64a()
	for i := 0; i+shingle <= len(runes); i++ {
		h.Reset()
		h.Write([]byte(string(runes[i : i+shingle])))
		if v := h.Sum64(); v%sampling == 0 {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sketchIndex finds the documents that share shingles.
type sketchIndex map[uint64][]*entry

func newSketchIndex() sketchIndex { return sketchIndex{} }

func (x sketchIndex) add(e *entry) {
	if len(e.sketch) < leastSketch {
		return
	}
	for _, h := range e.sketch {
		if len(x[h]) < commonShingle {
			x[h] = append(x[h], e)
		}
	}
}

// find gives the document that e is a copy of, if any, and how much they share.
func (x sketchIndex) find(e *entry) (*entry, float64) {
	if len(e.sketch) < leastSketch {
		return nil, 0
	}
	shared := map[*entry]int{}
	var order []*entry
	for _, h := range e.sketch {
		for _, o := range x[h] {
			if shared[o] == 0 {
				order = append(order, o)
			}
			shared[o]++
		}
	}
	for _, o := range order {
		n := shared[o]
		if !couldBeOne(e, o) {
			continue
		}
		small, large := min(len(e.sketch), len(o.sketch)), max(len(e.sketch), len(o.sketch))
		share, least := float64(n)/float64(small), sameShare
		if e.kind != report.KindReport && e.kind != report.KindAssignment {
			share, least = float64(n)/float64(large), otherShare
		}
		if share >= least {
			return o, share
		}
	}
	return nil, 0
}

// couldBeOne says that two documents could be one: of one kind, and not of
// two years or two places.
func couldBeOne(a, b *entry) bool {
	if a.kind != b.kind || a.year != b.year && a.year != 0 && b.year != 0 {
		return false
	}
	return a.place == b.place || a.place == "" || b.place == "" || strings.HasPrefix(a.place, "000000")
}
