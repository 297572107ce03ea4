package indexer

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"youju/indexer/pattern"
)

// Contents lists stand before the text, name its headings again and give each a
// page: behind dots, a tab or blanks. They are no text.
var (
	contentsTitle = pattern.MustCompile(`^目(?:录|次)$|^(?i:contents)$`)
	contentsEntry = pattern.MustCompile(`^(.{2,60}?)[\s\x{3000}]*(?:[.．…·・‥_—-]{2,}|(?:[.．·][\s\x{3000}]+){2,}[.．·]?|[\s\x{3000}]+)[\s\x{3000}]*[（(]?[0-9０-９]{1,3}[）)]?$`)
	contentsHead  = pattern.MustCompile(`^(?:第.{1,5}(?:编|篇|章|节|部分)|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|附[件表录图]|前言|引言|后记)`)
	pageLeader    = pattern.MustCompile(`(?:[.．…·・‥]{2,}|(?:[.．·][\s\x{3000}]+){2,}[.．·]?)[\s\x{3000}]*[（(]?[0-9０-９]{1,3}[）)]?$`)
)

// isContentsLine says that a line can only be one of a table of contents: a
// heading with its page behind dots, a tab or blanks.
func isContentsLine(s string) bool {
	return len(s) <= 300 && (contentsHead.MatchString(s) || pageLeader.MatchString(s)) && contentsEntry.MatchString(s)
}

// cutContents takes the tables of contents out: lines of headings and pages
// below 目录, or three in a row anywhere before the text. Where no pages are
// given, the lines below 目录 that stand again as headings further down.
func cutContents(blocks []block, f *file) []block {
	out := blocks[:0:0]
	all := standing{blocks: blocks}
	for i := 0; i < len(blocks); {
		f.work.Check()
		titled := contentsTitle.MatchString(squeeze(blocks[i].s))
		n := i
		if titled {
			n++
		}
		first := n
		paged := first < len(blocks) && contentsEntry.MatchString(blocks[first].s)
		for n < len(blocks) && !blocks[n].row && all.inContents(n, titled, paged) {
			n++
		}
		if n-first < 2 && !(titled && n > first) || !titled && n-first < 3 {
			out = append(out, blocks[i])
			i++
			continue
		}
		for _, b := range blocks[i:n] {
			f.apart = append(f.apart, b.text)
		}
		f.removed(blocks[i].line, fmt.Sprintf("去掉目录（%d行）", n-i))
		i = n
	}
	return out
}

// inContents says that a line belongs to a table of contents: it gives a page,
// or stands again further down where none is given.
func (all *standing) inContents(n int, titled, paged bool) bool {
	blocks := all.blocks
	b := blocks[n]
	switch {
	case !b.within(80):
		return false
	case isContentsLine(b.s):
		return true
	case !titled || paged && !contentsEntry.MatchString(b.s):
		return false
	}
	words := b.s
	if m := contentsEntry.FindStringSubmatch(b.s); m != nil {
		words = m[1]
	}
	words = squeeze(words)
	if n+1 < len(blocks) && !blocks[n+1].within(80) || isTitleLine(b.s) {
		return false // the text begins with this heading
	}
	return all.after(n, words)
}

// standing finds where words stand at the beginning of a short line.
type standing struct {
	blocks []block
	// lines are the short lines in the order of their words, made when first asked for.
	lines []standingLine
}

type standingLine struct {
	words string
	at    int
}

// after says that a line behind the n-th begins with the words.
func (all *standing) after(n int, words string) bool {
	if all.lines == nil {
		for i, b := range all.blocks {
			if b.within(80) {
				all.lines = append(all.lines, standingLine{squeeze(b.s), i})
			}
		}
		slices.SortFunc(all.lines, func(a, b standingLine) int {
			return cmp.Or(strings.Compare(a.words, b.words), b.at-a.at)
		})
	}
	from := sort.Search(len(all.lines), func(i int) bool { return all.lines[i].words >= words })
	for _, l := range all.lines[from:] {
		if !strings.HasPrefix(l.words, words) {
			return false
		}
		if l.at > n {
			return true
		}
	}
	return false
}
