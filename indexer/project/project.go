// Package project answers which projects, parks and companies a passage names,
// and what its own words say of them: how far each has come, what it costs, who
// takes part, where it stands. It knows the genre's habits, not the projects:
// the vocabulary stands in data/. What a sentence does not say stays empty, and
// a name that might be an everyday word is left out: a wrong page is worse than none.
package project

import (
	"slices"
	"strings"

	"youju/indexer/bound"
	"youju/report"
)

// Find returns the mentions in a text of the government of issuer, in the order
// of the text. At and Text of a mention are a clause of the text, byte for byte.
// Names are joined under one form (see canonical): 郑济高铁 is 济郑高铁, 市大外环 in a
// report of 聊城市 is 聊城大外环. Any text is legal; cost is linear in it, and
// work is asked at each clause.
func Find(work *bound.Work, text string, issuer report.Place) []report.Mention {
	r := reader{work: work, prose: read(text), issuer: issuer}
	for _, s := range r.sentences() {
		r.sentence(s)
	}
	if len(r.found) == 0 {
		return nil
	}
	mentions := make([]report.Mention, 0, len(r.found))
	told := make(map[statement]bool, len(r.found))
	for _, f := range r.found {
		m := f.mention
		m.At = report.Span{Start: r.offset(f.clause.from), End: r.end(f.clause.to)}
		m.Text = text[m.At.Start:m.At.End]
		if s := (statement{m.Name, m.At, m.Stage}); !told[s] {
			told[s] = true
			mentions = append(mentions, m)
		}
	}
	return mentions
}

// statement is what a mention says of a name in a clause, which is told once.
type statement struct {
	name  string
	at    report.Span
	stage report.Stage
}

// reader collects the mentions of one text.
type reader struct {
	work *bound.Work
	prose
	issuer report.Place
	found  []finding
}

// finding is a mention with where it stands.
type finding struct {
	mention report.Mention
	// at is where the name stands, before the words that lead up to it, clause what is quoted.
	at, before, clause span
}

// sentence reads one sentence, clause by clause.
func (r *reader) sentence(s span) {
	if !r.hasEnd(s) {
		return
	}
	spans := r.clauses(s)
	parsed := make([]clause, len(spans))
	for i, c := range spans {
		r.work.Check()
		parsed[i] = clause{span: c, quote: c}
		if r.hasEnd(c) {
			parsed[i] = r.parse(c)
		}
	}
	for i := range parsed {
		r.work.Check()
		r.carry(parsed, i)
	}
	first := len(r.found)
	for i := range parsed {
		c := &parsed[i]
		r.work.Check()
		for j := range c.names {
			r.note(c, &c.names[j])
		}
		for _, at := range r.companies(c.span) {
			r.noteCompany(c, at)
		}
	}
	r.locate(s, r.found[first:])
}

// hasEnd reports whether any name could end in a range.
func (r *reader) hasEnd(s span) bool {
	for i := s.from; i < s.to; i++ {
		if l, class := lexical().ends.Longest(r.runes[i:s.to]); l > 0 && class != classOther && class != classNever {
			return true
		}
	}
	return false
}

// note keeps what a clause says of one of its names.
func (r *reader) note(c *clause, n *name) {
	stage, verb := n.progress()
	if !r.believed(n, stage, verb) {
		return
	}
	as := r.printed(n.span)
	m := report.Mention{
		Name: canonical(as+n.ellipsis, n.class, r.issuer), As: as, Kind: report.MentionProject,
		Stage: stage, Verb: verb, Amount: n.amount, AmountText: n.amountText, Partners: r.partners(c, n),
	}
	if n.class == classPark {
		m.Kind = report.MentionPark
	}
	if m.Name == "" {
		return
	}
	if to := r.builder(n.from); to > 0 && r.residue(span{n.from, n.to - len([]rune(n.ending))}) < minResidue {
		if at := r.companies(span{n.piece, to}); len(at) > 0 {
			m.Name = canonical(r.printed(at[len(at)-1]), classCompany, r.issuer) + m.Name // what it builds is known by it only
		}
	}
	r.found = append(r.found, finding{m, n.span, span{n.piece, n.from}, c.quote})
}

func (r *reader) noteCompany(c *clause, at span) {
	as := r.printed(at)
	m := report.Mention{Name: canonical(as, classCompany, r.issuer), As: as, Kind: report.MentionCompany}
	r.found = append(r.found, finding{m, at, span{at.from, at.from}, c.quote})
}

// believed reports whether a name of its class has the verb it needs.
func (r *reader) believed(n *name, stage report.Stage, verb string) bool {
	if n.after.stage == report.StageSigned && n.from > 0 && strings.ContainsRune("与和同跟", r.runes[n.from-1]) && !r.inWord(n.from-1) {
		return false // 与中南大学签约: with whom
	}
	switch n.class {
	case classPark:
		return (verb != "" || !n.cut) && !strings.Contains(verb, "打造")
	case classWork:
		return stage != "" || n.building || n.amount != nil || !strings.HasSuffix(r.folded(n.span), "工程") || r.isPhysical(n.span)
	case classLine, classSite:
		return n.building || n.after.text != "" || verb != "" && !n.before.bare && !strings.Contains(verb, "打造")
	case classBuilding:
		if n.after.text == "" && strings.HasSuffix(verb, "完成") {
			return false // 完成…医院的…: what is done is not the building
		}
		return stage != "" || n.building
	}
	return true
}

// isPhysical reports whether a name says that something is built.
func (r *reader) isPhysical(s span) bool {
	for i := s.from; i < s.to; i++ {
		if l, _ := lexical().physical.Longest(r.runes[i:s.to]); l > 0 {
			return true
		}
	}
	return false
}

// locate fills in the places of a sentence's findings: one named inside the
// name, else the one the words before it name, else the one where it settles
// (落户东阿).
func (r *reader) locate(sentence span, found []finding) {
	if len(found) == 0 {
		return
	}
	base := r.offset(sentence.from)
	places := report.Places().Find(r.text[base:r.end(sentence.to)], r.issuer)
	if len(places) == 0 {
		return
	}
	within := func(s span) []report.PlaceMention {
		from, _ := slices.BinarySearchFunc(places, r.offset(s.from)-base, func(p report.PlaceMention, at int) int { return p.Start - at })
		to := from
		for to < len(places) && places[to].End <= r.end(s.to)-base {
			to++
		}
		return places[from:to]
	}
	for i := range found {
		f := &found[i]
		if inside := within(f.at); len(inside) > 0 {
			f.mention.Place = inside[0].Name
		} else if before := within(f.before); len(before) == 1 {
			f.mention.Place = before[0].Name
		} else if after := within(span{f.at.to, f.clause.to}); len(after) == 1 && strings.HasSuffix(f.mention.Verb, "落户") {
			f.mention.Place = after[0].Name
		}
	}
}
