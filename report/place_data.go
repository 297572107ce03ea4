package report

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed data/*.txt
var dataFS embed.FS

// readTable reads one of the embedded data files: one entry a line, columns
// separated by tabs, lines that start with # and empty lines left out. The
// files are part of the program and checked by a test, so damage is a panic.
func readTable(name string, columns int) [][]string {
	b, err := dataFS.ReadFile("data/" + name)
	if err != nil {
		panic(err)
	}
	var rows [][]string
	for i, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != columns {
			panic(fmt.Sprintf("data/%s:%d: %d columns, want %d", name, i+1, len(row), columns))
		}
		rows = append(rows, row)
	}
	return rows
}
