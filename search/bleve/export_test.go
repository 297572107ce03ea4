package bleve

import "time"

// SetPollEvery makes a Live look more often, and returns how to undo it.
func SetPollEvery(d time.Duration) (undo func()) {
	old := pollEvery
	pollEvery = d
	return func() { pollEvery = old }
}

// Forget drops what an index keeps of earlier queries.
func Forget(x *Index) { x.words, x.sets = newWords(), newSets() }

// ErrClosed is what a closed index answers.
var ErrClosed = errClosed

// FactsRead is how many items were decoded for facts.
func FactsRead(x *Index) int64 { return x.facts.read.Load() }
