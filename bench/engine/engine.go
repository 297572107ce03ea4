// Package engine holds the engines that are measured inside a process of ours:
// Youju, stock bleve and SQLite. Each builds an index from the TSV of passages
// and answers questions, one a line.
package engine

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"sync"

	"youju/bench/question"
)

// An Engine answers questions from an index. It is safe for concurrent use.
type Engine interface {
	// Answer gives the full answer: the ten best hits with a snippet each, the
	// counts of every value of the three facets, and the exact total.
	Answer(question.Question) (question.Answer, error)
	Close() error
}

// A Maker builds an engine's index in an empty folder and opens it.
type Maker struct {
	// Build reads the TSV and writes the index.
	Build func(tsv, dir string) error
	// Open opens the index for so many questions at a time; nil where it is
	// only built.
	Open func(dir string, clients int) (Engine, error)
}

// Makers lists the engines by name.
var Makers = map[string]Maker{
	"youju":          {buildYouju, openYouju},
	"bleve":          {buildStock, openStock},
	"positionless":   {buildPositionless, nil},
	"sqlite-bigram":  {buildBigram, openBigram},
	"sqlite-trigram": {buildTrigram, openTrigram},
}

// Serve answers the questions that in holds, one a line, as many at a time as
// there are clients. "ready" is its first line. It ends with the input.
func Serve(e Engine, in io.Reader, out io.Writer, clients int) error {
	defer e.Close()
	var mu sync.Mutex
	buf := bufio.NewWriter(out)
	say := func(line string) {
		mu.Lock()
		defer mu.Unlock()
		buf.WriteString(line + "\n")
		buf.Flush()
	}
	say("ready")
	var running sync.WaitGroup
	defer running.Wait()
	slots := make(chan struct{}, clients)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		q, err := question.ParseLine(lines.Text())
		if err != nil {
			return err
		}
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			a, err := e.Answer(q)
			if err != nil {
				say(fmt.Sprintf("%d\terror\t%s", q.ID, strings.ReplaceAll(err.Error(), "\n", " ")))
				return
			}
			a.ID = q.ID
			say(a.Line())
		})
	}
	return lines.Err()
}
