package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"youju/report"
)

// A Significant word says what an item is about.
type Significant struct {
	Word PlanWord
	// Weight is larger the rarer the word is in the collection and the more
	// prominent in the item.
	Weight float64
}

// The measures of significance.
const (
	// tooCommon is the share of items from which a word says nothing: boilerplate.
	tooCommon = 0.08
	// inItsHeading and inItsPath weigh a word of the item's heading and of the
	// heading above it against one of its text.
	inItsHeading, inItsPath = 2.5, 0.3
	// unknownWord weighs a run of characters that is no known word, a name perhaps.
	unknownWord = 0.5
)

// Significant lists up to n words that say what an item is about, the weightiest
// first: its known words and names by how often it has them and how few other
// items do. Places, years, units in charge and the genre's boilerplate are left
// out, so that the same subject is found in other places and years.
func (v *Vocabulary) Significant(it *report.Item, n int) []Significant {
	weights := map[string]float64{}
	v.weigh(weights, it.Heading, inItsHeading)
	if len(it.Path) > 0 {
		v.weigh(weights, it.Path[len(it.Path)-1], inItsPath)
	}
	v.weigh(weights, withoutDuty(it), 1)
	words := make([]Significant, 0, len(weights))
	for key, times := range weights {
		w, ok := newPlanWord(key, true)
		if !ok {
			continue
		}
		words = append(words, Significant{w, (1 + math.Log(max(1, times))) * min(1, times) * v.rarity(key)})
	}
	slices.SortFunc(words, func(a, b Significant) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(a.Word.Text, b.Word.Text))
	})
	return words[:min(n, len(words))]
}

// weigh counts the significant words of a text.
func (v *Vocabulary) weigh(weights map[string]float64, text string, weight float64) {
	before := ""
	for _, piece := range v.Segment(text) {
		if v.signifies(piece) {
			weights[piece] += weight
		}
		// Two words that are one entry say more together: 城中村, 改造.
		if i, ok := v.byKey[before+piece]; ok && before != "" && v.entries[i].loose && v.signifies(before+piece) {
			weights[before+piece] += weight
		}
		before = piece
	}
}

// signifies reports whether a word can tell what an item is about.
func (v *Vocabulary) signifies(key string) bool {
	n := utf8.RuneCountInString(key)
	if n < 2 || hanCount(key)*2 < n || offering().words[key] {
		return false
	}
	i, ok := v.byKey[key]
	if !ok {
		first, size := utf8.DecodeRuneInString(key)
		last, _ := utf8.DecodeLastRuneInString(key[size:])
		edges := phraseEdges()
		return n <= 6 && !edges.first[string(first)] && !edges.last[string(last)] && len(report.Places().Lookup(key)) == 0
	}
	e := &v.entries[i]
	return !e.Hidden && e.Kind != EntryPlace && e.Kind != EntryUnit && float64(e.Count) <= max(3, tooCommon*float64(v.items))
}

// rarity is the weight of a word in the collection.
func (v *Vocabulary) rarity(key string) float64 {
	n := v.Count(key)
	rarity := math.Log(float64(v.items+1) / float64(n+1))
	if n == 0 {
		rarity = unknownWord * math.Log(float64(v.items+1)/2)
	}
	return max(0.1, rarity)
}

// withoutDuty is an item's text without the units and leaders in charge.
func withoutDuty(it *report.Item) string {
	text := it.Text
	for _, names := range [][]string{it.Duty.LeadUnits, it.Duty.SupportUnits, it.Duty.Leaders} {
		for _, name := range names {
			if name != "" {
				text = strings.ReplaceAll(text, name, "，")
			}
		}
	}
	return text
}

// The measures of near duplicates: runs of so many characters, the share of
// the runs of the shorter text that both have, and how many runs a text must
// have to be compared. Runs that many documents share are the genre's.
const (
	shingle      = 5
	duplicated   = 0.15
	fewShingles  = 40
	usualShingle = 12
)

// NearDuplicates groups documents that are almost the same text, as when one
// press release is printed twice: every such document's ID leads to the ID of
// the first of its group. Documents that are alone are not in the map. The cost
// is linear in the texts.
func NearDuplicates(docs []*report.Document) map[string]string {
	group := map[string]string{}
	holders := map[uint32][]int32{}
	sizes := make([]int, len(docs))
	for i, doc := range docs {
		runs := shingles(doc)
		sizes[i] = len(runs)
		shared := map[int32]int{}
		for run := range runs {
			if len(holders[run]) < usualShingle {
				for _, other := range holders[run] {
					shared[other]++
				}
				holders[run] = append(holders[run], int32(i))
			}
		}
		twin := int32(-1)
		for other, n := range shared {
			shorter := min(sizes[i], sizes[other])
			if shorter >= fewShingles && float64(n) >= duplicated*float64(shorter) && (twin < 0 || other < twin) {
				twin = other
			}
		}
		if twin >= 0 {
			first := docs[twin].ID
			if group[first] == "" {
				group[first] = first
			}
			group[doc.ID] = group[first]
		}
	}
	return group
}

// shingles are the hashes of all runs of characters of a document.
func shingles(doc *report.Document) map[uint32]bool {
	runs := map[uint32]bool{}
	for i := range doc.Items {
		runes := []rune(fold(doc.Items[i].Text))
		for at := 0; at+shingle <= len(runes); at++ {
			runs[hashOf(string(runes[at:at+shingle]))] = true
		}
	}
	return runs
}
