// Package passage makes the passages that every engine is given: sentences of
// real reports put together anew, in a fixed order for a fixed seed.
package passage

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// A Passage is one line of the TSV and one item of an index.
type Passage struct {
	// Document names the report it belongs to (371524-2019); the passages of a
	// document follow each other. Number counts from 1 within it.
	Document string
	Number   int
	// Code is the county's GB/T 2260 code, County its name, unique in the country.
	Code, County string
	Year         int
	Topic, Kind  string
	// Title is the document's. It holds digits only, so that no question finds
	// a passage by its title: the truth is a matter of Text alone.
	Title string
	// Text has 80 to 300 characters: ideographs, digits, Latin letters and plain
	// punctuation, nothing that one engine folds and another does not.
	Text string
}

// columns is the number of fields of a line.
const columns = 9

// Write writes a passage as one line.
func (p *Passage) Write(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%d\t%s\t%s\t%s\t%s\n",
		p.Document, p.Number, p.Code, p.County, p.Year, p.Topic, p.Kind, p.Title, p.Text)
	return err
}

func parse(line string) (p Passage, err error) {
	f := strings.Split(line, "\t")
	if len(f) != columns {
		return p, fmt.Errorf("a line has %d fields, want %d", len(f), columns)
	}
	p = Passage{Document: f[0], Code: f[2], County: f[3], Topic: f[5], Kind: f[6], Title: f[7], Text: f[8]}
	if p.Number, err = strconv.Atoi(f[1]); err != nil {
		return p, err
	}
	p.Year, err = strconv.Atoi(f[4])
	return p, err
}

// Each reads the passages of a TSV in order until visit fails. A limit above
// zero ends it after so many.
func Each(path string, limit int, visit func(Passage) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 1<<16), 1<<20)
	for n := 1; lines.Scan() && (limit <= 0 || n <= limit); n++ {
		p, err := parse(lines.Text())
		if err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if err := visit(p); err != nil {
			return err
		}
	}
	return lines.Err()
}
