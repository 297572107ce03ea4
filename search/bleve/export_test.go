package bleve

import "time"

// SetPollEvery makes a Live look more often, and returns how to undo it.
func SetPollEvery(d time.Duration) (undo func()) {
	old := pollEvery
	pollEvery = d
	return func() { pollEvery = old }
}
