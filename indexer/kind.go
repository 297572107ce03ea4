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

// setKind tells a document's kind: by its title, else by the formula its text
// opens with, else by where it stood.
func setKind(d *report.Document, a *article, blocks []block) {
	kind, quote := kindByTitle(d.Title), d.Title
	if kind == "" {
		kind, quote = kindByOpening(blocks)
	}
	switch {
	case a.portal && kind != report.KindReport && kind != report.KindAssignment:
		kind, quote = report.KindNews, a.tag
	case kind == "":
		kind, quote = report.KindOther, ""
	}
	d.Kind = kind
	if quote != "" {
		attest(d, "kind", quote)
	}
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

// kindByOpening gives the kind whose formula one of the first paragraphs has,
// with the formula, or "".
func kindByOpening(blocks []block) (report.Kind, string) {
	first := make([]string, 0, openingBlocks)
	for _, b := range blocks[:min(len(blocks), openingBlocks)] {
		first = append(first, squeeze(head(b.s, 200)))
	}
	for _, f := range formulas() {
		if f.opening == nil {
			continue
		}
		for _, s := range first {
			if m := f.opening.FindString(s); m != "" {
				return f.kind, m
			}
		}
	}
	return "", ""
}
