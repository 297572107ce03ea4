package search

import "slices"

// A Plan is what a query asks for, apart from how an engine finds it. Every
// word must hold and no excluded word may.
type Plan struct {
	Words    []PlanWord
	Excluded []PlanWord
	// Everything is set when the query names no word at all: all items match.
	// A query that has text but nothing that can be searched is not Everything.
	Everything bool
	// Context are words that stand for a filter or for themselves.
	Context []PlanContext
	// Figures are conditions of which each must hold for some figure of the item.
	Figures []Bound
	// Asked is what a question asks for, one of the Ask constants, or "".
	Asked string
	// Spoken is set for what is said rather than named: a question, a sentence.
	Spoken bool
}

// PlanWord is one word or phrase of a query in its searchable form.
type PlanWord struct {
	// Text is the word as the reader wrote it.
	Text string
	// Exact is set for a "quoted phrase": it is never taken apart.
	Exact  bool
	Tokens []Token
	// Variants mean the same and may stand in the word's place; Related words
	// are looked for where too little is found.
	Variants, Related []PlanWord
	// Guards are longer words inside which this one does not count.
	Guards []PlanWord
	// Segments are the known words it consists of, none if it is one.
	Segments []PlanWord
	// Weak words say little (申请, 家里): an item that lacks one may still answer.
	Weak bool
	// Absent is set where no item holds the word as written: what stands for it
	// is then all there is of it.
	Absent bool
}

// Pair is the smallest piece a word may be taken apart into: two neighbouring
// tokens, or one token that has no neighbour.
type Pair struct {
	// First is the index of its first token in the word, Size 1 or 2.
	First, Size int
	Terms       [2]string
	// Bigram is set when both tokens are ideographs, which are indexed as one term.
	Bigram bool
}

// NewPlanWord prepares a text as one exact word; ok is false when nothing in
// it can be searched.
func NewPlanWord(text string) (w PlanWord, ok bool) { return newPlanWord(text, true) }

// newPlanWord prepares a word; ok is false when nothing in it can be searched.
func newPlanWord(text string, exact bool) (w PlanWord, ok bool) {
	tokens := Tokenize(text)
	for len(tokens) > 0 && tokens[0].Kind == Mark && !IsUnitSign(tokens[0]) {
		tokens = tokens[1:]
	}
	for len(tokens) > 0 && tokens[len(tokens)-1].Kind == Mark && !IsUnitSign(tokens[len(tokens)-1]) {
		tokens = tokens[:len(tokens)-1]
	}
	if !hasContent(tokens) {
		return PlanWord{}, false
	}
	return PlanWord{Text: text, Exact: exact, Tokens: tokens}, true
}

// IsUnitSign tells the marks that mean something at the end of a word (6.5%).
func IsUnitSign(t Token) bool {
	switch t.Term {
	case "%", "‰", "℃", "°":
		return true
	}
	return false
}

func hasContent(tokens []Token) bool {
	for _, t := range tokens {
		if t.Kind != Mark || IsUnitSign(t) {
			return true
		}
	}
	return false
}

// Phrase gives the terms that, at successive positions, are the word: bigrams
// side by side, with "" where a bigram already covers the position. A single
// token is one term.
func (w PlanWord) Phrase() []string {
	terms := w.phrase(false)
	for i, t := range terms {
		if t != "" && slices.Contains(terms[:i], t) {
			// 发展发展发展 would be asked for as one common term again and again.
			// With the bigrams between, the rare 展发 leads and few items are looked at.
			return w.phrase(true)
		}
	}
	return terms
}

// phrase lists the terms by position: all bigrams of a row of ideographs, or
// every second one and the last, which is enough to fix each of them.
func (w PlanWord) phrase(all bool) []string {
	terms := make([]string, len(w.Tokens))
	for start := 0; start < len(w.Tokens); {
		end := start + 1
		for w.Tokens[start].Kind == Han && end < len(w.Tokens) && w.Tokens[end].Kind == Han {
			end++
		}
		if end-start == 1 {
			terms[start] = w.Tokens[start].Term
		}
		for i := start; i+1 < end; i++ {
			if all || (i-start)%2 == 0 || i+2 == end {
				terms[i] = w.Tokens[i].Term + w.Tokens[i+1].Term
			}
		}
		start = end
	}
	for terms[len(terms)-1] == "" {
		terms = terms[:len(terms)-1]
	}
	return terms
}

// Pairs takes the word apart. Punctuation separates, so no pair spans it.
func (w PlanWord) Pairs() []Pair {
	var pairs []Pair
	for start := 0; start < len(w.Tokens); {
		if w.Tokens[start].Kind == Mark && !IsUnitSign(w.Tokens[start]) {
			start++
			continue
		}
		end := start + 1
		for end < len(w.Tokens) && (w.Tokens[end].Kind != Mark || IsUnitSign(w.Tokens[end])) {
			end++
		}
		pairs = appendRun(pairs, w.Tokens, start, end)
		start = end
	}
	return pairs
}

// appendRun adds the pairs of tokens[start:end], a run without punctuation.
func appendRun(pairs []Pair, tokens []Token, start, end int) []Pair {
	if end-start == 1 {
		return append(pairs, Pair{First: start, Size: 1, Terms: [2]string{tokens[start].Term}})
	}
	for i := start; i+1 < end; i++ {
		a, b := tokens[i], tokens[i+1]
		p := Pair{First: i, Size: 2, Terms: [2]string{a.Term, b.Term}}
		if a.Kind == Han && b.Kind == Han {
			p.Terms, p.Bigram = [2]string{a.Term + b.Term}, true
		}
		pairs = append(pairs, p)
	}
	// A number or Latin word says something without its neighbour.
	for i := start; i < end; i++ {
		if tokens[i].Kind == Word {
			pairs = append(pairs, Pair{First: i, Size: 1, Terms: [2]string{tokens[i].Term}})
		}
	}
	return pairs
}

// Covered reports which tokens of the word stand in one of the pairs that
// were found, and what share of the word that is. Marks are left aside; a
// number or Latin word weighs as much as two ideographs.
func (w PlanWord) Covered(pairs []Pair, found func(i int) bool) (covered []bool, share float64) {
	covered = make([]bool, len(w.Tokens))
	for i, p := range pairs {
		if found(i) {
			for j := p.First; j < p.First+p.Size; j++ {
				covered[j] = true
			}
		}
	}
	var have, all int
	for i, t := range w.Tokens {
		weight := t.Weight()
		all += weight
		if covered[i] {
			have += weight
		}
	}
	if all == 0 {
		return covered, 0
	}
	return covered, float64(have) / float64(all)
}

// Weight is what a token counts when the share of a word is measured.
func (t Token) Weight() int {
	switch t.Kind {
	case Word:
		return 2
	case Han:
		return 1
	}
	return 0
}

// Weight is the size of the word as [PlanWord.Covered] measures shares.
func (w PlanWord) Weight() int {
	n := 0
	for _, t := range w.Tokens {
		n += t.Weight()
	}
	return n
}

// PartialShare is the share of a query, by the weight of its pieces, that an
// item must hold to be answered at the partial tier. It is what keeps nonsense
// from being answered with accidental hits: of 特斯拉超级工厂 a report may well
// hold 超级 and 工厂. Where all pieces are words of the collection half is
// enough; a question gets by with less, since it carries words of its own, and
// so does a query that is answered already: then these only follow. Of the
// pieces that no item holds, unknown ones may be what it is all about, added
// ones only say more of what is known.
func PartialShare(pieces, unknown, added int, asked, answered bool) float64 {
	switch {
	case answered && pieces > 1:
		return 0.4
	case asked && pieces > 3:
		return 0.35
	case asked && pieces > 1:
		return 0.45
	case unknown == 0 && added > 0:
		return 0.55
	case unknown == 0 && pieces > 1:
		return 0.5
	}
	return 0.7
}
