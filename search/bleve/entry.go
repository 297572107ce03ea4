package bleve

import "youju/search"

// entry is what a segment takes of an item, a group or a document: the terms of
// its fields, nothing else. Where a term stands is not kept, it is looked up in
// the rows.
type entry struct {
	// keys are the terms of one field after the other, each as often as it
	// stands there; ends tells where the fields end in it.
	keys []termKey
	ends []int
	// long holds the terms that are too long for a key, in the order of keys.
	long []string
}

// termKey is a term of up to seven bytes: they from the top, its length at the
// bottom. Nearly all terms are pairs of ideographs, which have six. Keys are in
// the order of their terms, and cost less to look up and to sort than these.
type termKey uint64

const (
	maxKeyBytes = 7
	// longKey stands for the next long term of an entry.
	longKey termKey = 0xff
)

// termKeyOf is the key of a term that stands in two pieces; together they fit into one.
func termKeyOf(a, b string) termKey {
	key, shift := termKey(0), 56
	for i := range len(a) {
		key |= termKey(a[i]) << shift
		shift -= 8
	}
	for i := range len(b) {
		key |= termKey(b[i]) << shift
		shift -= 8
	}
	return key | termKey(len(a)+len(b))
}

// appendTo appends the term of a key.
func (k termKey) appendTo(dst []byte) []byte {
	for i := range int(k & 0xff) {
		dst = append(dst, byte(k>>(56-8*i)))
	}
	return dst
}

// add adds a term to the last field.
func (e *entry) add(term string) { e.addPair(term, "") }

// addPair adds a term made of two.
func (e *entry) addPair(a, b string) {
	if len(a)+len(b) <= maxKeyBytes {
		e.keys = append(e.keys, termKeyOf(a, b))
		return
	}
	e.keys = append(e.keys, longKey)
	e.long = append(e.long, a+b)
}

// addTokens adds the terms of a text to the last field: every pair of
// neighbouring ideographs, the last ideograph of every row, runs of letters and
// digits, and unit signs. A single ideograph is found by the pairs that begin
// with it and by itself, where it is the last of a row. These are the terms of
// bleve's cjk filter and the last ones; it makes three objects of each, which
// was a quarter of the time of a build, so that only queries go through it.
func (e *entry) addTokens(tokens []search.Token) {
	if e.keys == nil {
		e.keys = make([]termKey, 0, len(tokens)+16)
	}
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.Kind == search.Mark && !search.IsUnitSign(*t):
		case t.Kind == search.Han && i+1 < len(tokens) && tokens[i+1].Kind == search.Han:
			e.addPair(t.Term, tokens[i+1].Term)
		default:
			e.add(t.Term)
		}
	}
}

// addText adds the terms of a text that is not yet cut into tokens.
func (e *entry) addText(text string) {
	if text != "" {
		e.addTokens(search.Tokenize(text))
	}
}

// endField ends the last field and tells how many terms it has, which is the
// length that scores go by.
func (e *entry) endField() int {
	begin := 0
	if n := len(e.ends); n > 0 {
		begin = e.ends[n-1]
	}
	e.ends = append(e.ends, len(e.keys))
	return len(e.keys) - begin
}
