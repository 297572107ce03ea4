//go:build race

package indexer

// raceDetector says that the tests run under the race detector.
const raceDetector = true
