// Package youju holds nothing but the tests of the project as a whole: who may
// import whom, and that its documentation is true.
package youju

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "youju/"

// rooms says which of our packages each folder may import, tests apart. A
// folder below one of them is part of that room unless it is listed itself.
var rooms = map[string][]string{
	"report":       {},
	"claim":        {},
	"indexer":      {"report", "claim"},
	"search":       {"report"},
	"search/fact":  {"report", "search"},
	"search/bleve": {"report", "search", "search/fact", "claim"},
	"web":          {"report", "search", "search/fact"},
	"seeds":        {},
	"cmd/youju":    {"report", "indexer", "search", "search/bleve", "web", "seeds", "claim"},
	"bench":        {"report", "indexer", "search", "search/bleve"},
}

// roomOf is the listed folder that a folder belongs to, or "".
func roomOf(folder string) string {
	for ; folder != "."; folder = path.Dir(folder) {
		if _, ok := rooms[folder]; ok {
			return folder
		}
	}
	return ""
}

func TestImports(t *testing.T) {
	checked := 0
	for _, name := range files(t) {
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		room := roomOf(path.Dir(name))
		if room == "" {
			t.Errorf("%s is in no folder of the import table", name)
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			checked++
			if reason := refuse(room, path.Dir(name), imported); reason != "" {
				t.Errorf("%s imports %q: %s", name, imported, reason)
			}
		}
	}
	if checked == 0 {
		t.Fatal("no imports found")
	}
}

// refuse says why a file of the room may not import the package, or "".
func refuse(room, folder, imported string) string {
	ours, isOurs := strings.CutPrefix(imported, module)
	switch {
	case isOurs && roomOf(ours) != room && !slices.Contains(rooms[room], roomOf(ours)):
		return "the table allows " + room + " only " + strings.Join(rooms[room], ", ")
	case !isOurs && strings.HasPrefix(imported, "github.com/blevesearch/") && room != "search/bleve" && room != "bench":
		return "the engine is known to search/bleve alone, and to bench, which measures it"
	case !isOurs && folder == "report" && strings.Contains(strings.Split(imported, "/")[0], "."):
		return "the vocabulary imports the standard library only"
	}
	return ""
}

// TestArchitecture keeps the tables of the architecture page true.
func TestArchitecture(t *testing.T) {
	data, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, row := range rows(string(data), "Who may import whom") {
		folder := strings.Trim(row[0], "`")
		want, ok := rooms[folder]
		listed[folder] = true
		got := quoted(row[1])
		if row[1] == "all" {
			got = slices.Clone(want)
		}
		slices.Sort(got)
		if !ok || !slices.Equal(got, slices.Sorted(slices.Values(want))) {
			t.Errorf("the page lets %q import %q, the rule %q", folder, got, want)
		}
	}
	if len(listed) != len(rooms) {
		t.Errorf("the page lists %v, the rule %v", slices.Sorted(maps.Keys(listed)), slices.Sorted(maps.Keys(rooms)))
	}
	change := rows(string(data), "Where do I change")
	if len(change) < 9 {
		t.Errorf("the page tells where to change %d things, want at least 9", len(change))
	}
	for _, row := range change {
		names := quoted(row[1])
		if len(names) == 0 {
			t.Errorf("%q has no file", row[0])
		}
		for _, name := range names {
			if _, err := os.Stat(filepath.FromSlash(name)); err != nil {
				t.Errorf("%q leads to %q: %v", row[0], name, err)
			}
		}
	}
}

// rows gives the cells of the table under a heading, its own two head lines left out.
func rows(page, heading string) [][]string {
	_, section, _ := strings.Cut(page, "## "+heading)
	section, _, _ = strings.Cut(section, "\n## ")
	var table [][]string
	for line := range strings.Lines(section) {
		if !strings.HasPrefix(line, "|") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		table = append(table, cells)
	}
	if len(table) < 2 {
		return nil
	}
	return table[2:]
}

var inBackticks = regexp.MustCompile("`([^`]+)`")

func quoted(cell string) []string {
	var names []string
	for _, m := range inBackticks.FindAllStringSubmatch(cell, -1) {
		names = append(names, m[1])
	}
	return names
}

// TestNoMachinePaths finds paths that exist on one machine only.
func TestNoMachinePaths(t *testing.T) {
	// In pieces, so that this file does not find itself.
	machine := regexp.MustCompile(`(^|[\s"'` + "`" + `(=:])/(` + strings.Join([]string{"work", "tmp", "root", "home", "Users"}, "|") + `)/[\w.-]+`)
	for _, name := range files(t) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.IndexByte(data, 0) >= 0 {
			continue // a picture
		}
		for n, line := range strings.Split(string(data), "\n") {
			if m := machine.FindString(line); m != "" {
				t.Errorf("%s:%d holds the path %q", name, n+1, m)
			}
		}
	}
}

// files lists what belongs to the repository: neither hidden folders (but for
// the one of the CI) nor what make builds.
func files(t *testing.T) []string {
	t.Helper()
	built := []string{"bin", "data", "node_modules"}
	var names []string
	err := filepath.WalkDir(".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != "." && name != ".ci" && (strings.HasPrefix(e.Name(), ".") || slices.Contains(built, name)):
			return fs.SkipDir
		case e.Type().IsRegular() && name != ".git": // a file in a linked work tree
			names = append(names, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestRefuse makes sure that the rules would notice.
func TestRefuse(t *testing.T) {
	for _, c := range []struct {
		folder, imported string
		allowed          bool
	}{
		{"indexer", module + "report", true},
		{"indexer", module + "search", false},
		{"search", module + "indexer", false},
		{"web", module + "search", true},
		{"web", module + "search/bleve", false},
		{"web", "github.com/blevesearch/bleve/v2", false},
		{"search/bleve", "github.com/blevesearch/bleve/v2", true},
		{"search/internal/t2s", module + "search", true},
		{"report", "encoding/json", true},
		{"report", "golang.org/x/text/width", false},
		{"report", module + "search", false},
		{"cmd/youju/internal/eval", module + "cmd/youju", true},
		{"cmd/youju", module + "web", true},
		{"seeds", module + "report", false},
		{"bench/engine", "github.com/blevesearch/bleve/v2", true},
		{"bench/engine", module + "indexer", true}, // whose readers find the facts of passages
		{"bench/engine", module + "web", false},
		{"web", module + "bench", false},
	} {
		if reason := refuse(roomOf(c.folder), c.folder, c.imported); (reason == "") != c.allowed {
			t.Errorf("%s importing %s: %q", c.folder, c.imported, reason)
		}
	}
}
