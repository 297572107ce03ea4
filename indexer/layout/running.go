package layout

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"youju/indexer/pattern"
)

// edgeLines is how many lines at the top and the bottom of a page may be running heads.
const edgeLines = 3

var (
	pageNumber = pattern.MustCompile(`^[\s—–－\-―·•~第(（]*(?:[0-9０-９]{1,4}|[ivxIVX]{1,6}|[一二三四五六七八九十]{1,3})[\s—–－\-―·•~页)）]*(?:[/／共]\s*(?:共\s*)?[0-9０-９]{1,4}\s*页?)?$`)
	number     = pattern.MustCompile(`[0-9０-９]+`)
)

// runningLines takes running heads, feet and page numbers out of the pages'
// lines and says in Chinese what it took.
func runningLines(pages []Page, rows [][]line) []string {
	seen := map[string][]int{}
	for i := range rows {
		for _, k := range edgeRows(rows[i]) {
			key := edgeKey(pages[i], rows[i], k)
			if list := seen[key]; len(list) == 0 || list[len(list)-1] != i {
				seen[key] = append(list, i)
			}
		}
	}
	texts := map[string]string{}
	var numbered []int
	for i := range rows {
		var drop []int
		for _, k := range edgeRows(rows[i]) {
			s := strings.TrimSpace(rows[i][k].text())
			key := edgeKey(pages[i], rows[i], k)
			switch {
			case pageNumber.MatchString(s) && outermost(rows[i], k) && (len(pages) == 1 && !bareNumber(s) || len(seen[key])*3 >= len(pages) && len(seen[key]) > 1):
				numbered = append(numbered, i+1)
				drop = append(drop, k)
			case len(seen[key]) >= max(3, len(pages)*4/10) && len([]rune(s)) <= 60:
				if _, ok := texts[key]; !ok {
					texts[key] = s
				}
				drop = append(drop, k)
			}
		}
		for n, k := range drop {
			rows[i] = slices.Delete(rows[i], k-n, k-n+1)
		}
	}
	var out []string
	for key, s := range texts {
		list := seen[key]
		out = append(out, fmt.Sprintf("去掉第%d—%d页重复的页眉或页脚“%s”（%d处）", list[0]+1, list[len(list)-1]+1, s, len(list)))
	}
	slices.Sort(out)
	if len(numbered) > 0 {
		out = append(out, fmt.Sprintf("去掉页码（%d处，第%d—%d页）", len(numbered), numbered[0], numbered[len(numbered)-1]))
	}
	return out
}

// edgeRows lists the lines at the top and the bottom, in order.
func edgeRows(rows []line) []int {
	var out []int
	for k := range rows {
		if k < edgeLines || k >= len(rows)-edgeLines {
			out = append(out, k)
		}
	}
	return out
}

// outermost says that no line stands beyond this one, towards its edge of the page.
func outermost(rows []line, k int) bool {
	near := func(a, b line) bool { return math.Abs(a.y-b.y) < 2.5*max(a.em, b.em) }
	return near(rows[k], rows[0]) || near(rows[k], rows[len(rows)-1])
}

func bareNumber(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// edgeKey is what a running line shares on all pages: its height and its words, numbers apart.
func edgeKey(p Page, rows []line, k int) string {
	l := rows[k]
	words := number.ReplaceAllString(strings.Join(strings.Fields(l.text()), ""), "#")
	if pageNumber.MatchString(strings.TrimSpace(l.text())) {
		words = "#"
	}
	from, y := "top", l.y
	if l.y > p.Height/2 {
		from, y = "bottom", p.Height-l.y
	}
	return fmt.Sprintf("%s %d %s", from, int(math.Round(y/max(l.em, 1))), words)
}
