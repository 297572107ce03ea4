package indexer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"youju/report"
)

// A text in traditional characters is read like one in simplified ones: every
// rule sees a folded copy, which is as long in bytes. What is shown is the text
// as it stands.

// traditional is what is remembered of a file whose text is folded: the text as
// the rules see it and as it stands, equally long.
type traditional struct{ folded, original string }

// foldTraditional folds the blocks of a text in traditional characters; it
// gives nil for another text, in which a few such characters can stand.
func foldTraditional(blocks []block) *traditional {
	if !isTraditional(blocks) {
		return nil
	}
	var folded, original strings.Builder
	for i := range blocks {
		b := &blocks[i]
		original.WriteString(b.s + "\n")
		b.s = simplify(b.s)
		folded.WriteString(b.s + "\n")
	}
	return &traditional{folded.String(), original.String()}
}

// isTraditional says that a good part of the ideographs are traditional forms.
func isTraditional(blocks []block) bool {
	han, forms := 0, 0
	for _, b := range blocks {
		for _, r := range b.s {
			if unicode.Is(unicode.Han, r) {
				if han++; report.Simplified(r) != r {
					forms++
				}
			}
		}
		if han > 20_000 {
			break
		}
	}
	return forms*10 > han
}

// simplify folds characters whose simplified form is as long in bytes.
func simplify(s string) string {
	return strings.Map(func(r rune) rune {
		if f := report.Simplified(r); utf8.RuneLen(f) == utf8.RuneLen(r) {
			return f
		}
		return r
	}, s)
}

// restore gives a document back its own characters. The items' drafts lead to
// the source.
func (tr *traditional) restore(d *report.Document, o *outline, src string) {
	d.Title = tr.words(d.Title)
	names := map[string]string{}
	for _, t := range o.headings {
		const ends = "。：: "
		names[strings.TrimRight(t.s, ends)] = strings.TrimRight(tr.text(t, src), ends)
	}
	paths := func(path []string) {
		for i, s := range path {
			if own, ok := names[s]; ok {
				path[i] = own
			}
		}
	}
	for i := range d.Sections {
		paths(d.Sections[i].Path)
	}
	for i := range d.Items {
		it, f := &d.Items[i], &o.drafts[i]
		it.Path = append([]string(nil), it.Path...)
		paths(it.Path)
		it.Heading, it.Text = strings.TrimRight(tr.text(f.heading, src), "：: "), tr.text(f.body, src)
	}
}

// text is a piece of text with its own characters.
func (tr *traditional) text(t text, src string) string {
	out := []byte(t.s)
	at := 0
	for _, g := range t.segs {
		piece := t.s[g.at : g.at+g.n]
		if own := src[g.src:min(g.src+g.srcN, len(src))]; g.n == g.srcN && simplify(own) == piece {
			copy(out[g.at:], own)
			continue
		}
		// The source writes it in entities: look it up in the text.
		i := strings.Index(tr.folded[at:], piece)
		if i < 0 {
			at = 0
			if i = strings.Index(tr.folded, piece); i < 0 {
				continue
			}
		}
		at += i
		copy(out[g.at:], tr.original[at:at+len(piece)])
	}
	return string(out)
}

// words gives a line that was put together from the text its own characters;
// white space plays no part. What the text does not hold stays as it is.
func (tr *traditional) words(s string) string {
	folded, original := squeeze(tr.folded), squeeze(tr.original)
	if i := strings.Index(folded, squeeze(s)); i >= 0 && s != "" {
		return original[i : i+len(squeeze(s))]
	}
	return s
}
