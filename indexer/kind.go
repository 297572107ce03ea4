package indexer

import (
	"strings"
	"sync"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

// kindFormula is how papers of a kind are titled and how they open; nil for no way of their own.
type kindFormula struct {
	kind           report.Kind
	title, opening *pattern.Pattern
}

// formulas compiles what data/kinds.txt of package report holds.
var formulas = sync.OnceValue(func() []kindFormula {
	compile := func(expr string) *pattern.Pattern {
		if expr == "" {
			return nil
		}
		return pattern.MustCompile(expr)
	}
	var out []kindFormula
	for _, g := range report.Genres() {
		out = append(out, kindFormula{g.Kind, compile(g.Title), compile(g.Opening)})
	}
	return out
})

// kindOf reads a document's kind: from its title, else from the formula its
// text opens with, else from where it stood.
func kindOf(d *report.Document, a *article, blocks []block) report.Kind {
	kind := kindByTitle(d.Title)
	if kind == "" {
		kind = kindByOpening(blocks)
	}
	switch {
	case a.portal && kind != report.KindReport && kind != report.KindAssignment:
		return report.KindNews
	case kind == "":
		return report.KindOther
	}
	return kind
}

// titleRemark is what stands in brackets behind a title: （试行）, （征求意见稿）.
var titleRemark = pattern.MustCompile(`[（(【\[][^（(【\[]{1,30}[）)】\]]$`)

// bareTitle is a title as formulas have it.
func bareTitle(title string) string {
	s := squeeze(title)
	if before, _, ok := strings.Cut(s, "——"); ok && before != "" {
		s = before
	}
	for {
		rest := s
		if at := titleRemark.FindStringIndex(s); at != nil && at[0] > 0 {
			rest = s[:at[0]]
		}
		rest = strings.TrimRight(rest, "。；;，, ")
		if strings.HasPrefix(rest, "《") && strings.Index(rest, "》") == len(rest)-len("》") {
			rest = rest[len("《") : len(rest)-len("》")]
		}
		if rest == s {
			return s
		}
		s = rest
	}
}

// kindByTitle gives the kind whose formula takes up most of a title, or "".
func kindByTitle(title string) report.Kind {
	s := bareTitle(title)
	best, longest := report.Kind(""), 0
	for _, f := range formulas() {
		if f.title == nil {
			continue
		}
		if n := utf8.RuneCountInString(f.title.FindString(s)); n > longest {
			best, longest = f.kind, n
		}
	}
	return best
}

// openingBlocks is how many blocks from the top a formula may stand in.
const openingBlocks = 30

// kindByOpening gives the kind of the first paragraph that has a formula, or "".
func kindByOpening(blocks []block) report.Kind {
	for _, b := range blocks[:min(len(blocks), openingBlocks)] {
		s := squeeze(head(b.s, 200))
		for _, f := range formulas() {
			if f.opening != nil && f.opening.MatchString(s) {
				return f.kind
			}
		}
	}
	return ""
}
