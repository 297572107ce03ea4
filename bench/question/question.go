// Package question draws what the engines are asked, finds the true answers by
// reading every passage, and holds an engine's answers against them.
package question

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// The facets that every engine counts and can be asked to filter by.
const (
	Year   = "year"
	County = "county"
	Topic  = "topic"
)

// Facets lists them in the order of an answer.
var Facets = []string{Year, County, Topic}

// A Question asks for the passages that hold every word as a piece of their
// text and have every filter's value.
type Question struct {
	// ID counts from 0; Set is the draw it belongs to, 0 for warming up.
	ID, Set int
	Class   string
	Words   []string
	// Filters holds one value per facet.
	Filters map[string]string
}

// Line is the question as engines are sent it: its number, the words and the
// filters (year=2019;topic=教育), parted by tabs.
func (q *Question) Line() string {
	var filters []string
	for _, f := range Facets {
		if v := q.Filters[f]; v != "" {
			filters = append(filters, f+"="+v)
		}
	}
	return fmt.Sprintf("%d\t%s\t%s", q.ID, strings.Join(q.Words, " "), strings.Join(filters, ";"))
}

// ParseLine is the inverse of Line; Set and Class are not in it.
func ParseLine(line string) (q Question, err error) {
	f := strings.Split(line, "\t")
	if len(f) != 3 {
		return q, fmt.Errorf("question %q has %d fields, want 3", line, len(f))
	}
	if q.ID, err = strconv.Atoi(f[0]); err != nil {
		return q, err
	}
	q.Words, q.Filters = strings.Fields(f[1]), map[string]string{}
	for filter := range strings.SplitSeq(f[2], ";") {
		if name, value, ok := strings.Cut(filter, "="); ok && slices.Contains(Facets, name) {
			q.Filters[name] = value
		}
	}
	return q, nil
}

// Write writes questions as lines, each after its set and class.
func Write(w io.Writer, questions []Question) error {
	for i := range questions {
		q := &questions[i]
		if _, err := fmt.Fprintf(w, "%d\t%s\t%s\n", q.Set, q.Class, q.Line()); err != nil {
			return err
		}
	}
	return nil
}

// Read reads what Write wrote.
func Read(path string) ([]Question, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []Question
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		set, rest, _ := strings.Cut(lines.Text(), "\t")
		class, line, _ := strings.Cut(rest, "\t")
		q, err := ParseLine(line)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if q.Set, err = strconv.Atoi(set); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		q.Class = class
		all = append(all, q)
	}
	return all, lines.Err()
}
