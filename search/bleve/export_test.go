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
