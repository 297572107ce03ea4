package indexer

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"youju/indexer/bound"
)

// A page is gone through twice. The first time, what every element yields is
// counted: names of classes and elements say where the text may stand, and what
// stands there says whether they are right.

// element is one of a page's elements, by the order in which they begin.
type element struct {
	parent int
	kind   atom.Atom
	class  string
	hidden bool
	// text counts the characters in it that stand in no link, links those that
	// do, stops the signs that end or part sentences, anchors the links.
	text, links, stops, anchors int
	// inLink says that it stands within a link, mute that no reader sees it.
	inLink, mute bool
}

// content is where a page's text stands: the elements it is read from, none for
// the whole page, and those that are furniture.
type content struct {
	from, furniture map[int]bool
	// articles says that the elements are articles, each a document of its own.
	articles bool
}

// Shares of a page's text: an element is where the text stands, whatever else
// is on the page, or it is no furniture, whatever it is called.
const (
	chosenShare  = 0.4
	wrapperShare = 0.4
	// hiddenShare is higher: some pages hold a hidden copy for printers.
	hiddenShare = 0.8
)

// silent are elements whose text no reader sees.
var silent = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Svg: true, atom.Head: true, atom.Textarea: true, atom.Select: true, atom.Button: true, atom.Rt: true, atom.Rp: true}

// survey finds where a page's text stands.
func survey(work *bound.Work, src string) content {
	all := elements(work, src)
	c := content{from: map[int]bool{}, furniture: map[int]bool{}}
	total := float64(all[0].text)
	isArticle := func(e element) bool { return e.kind == atom.Article && (e.text >= e.links || e.stops >= 4) }
	isHinted := func(e element) bool { return !e.inLink && e.text > 0 && contentClass.MatchString(e.class) }
	for i, wanted := range []func(element) bool{isArticle, isHinted} {
		found, share := outermost(all, wanted)
		if len(found) > 0 && share >= chosenShare*total {
			c.from, c.articles = found, i == 0
			break
		}
	}
	around, inArticle := map[int]bool{}, make([]bool, len(all))
	for i := range c.from {
		for p := all[i].parent; p > 0 && !around[p]; p = all[p].parent {
			around[p] = true
		}
	}
	for i, e := range all[1:] {
		i++
		inArticle[i] = c.articles && (c.from[i] || inArticle[e.parent])
		if around[i] || c.from[i] {
			continue
		}
		switch share := float64(e.text); {
		case silent[e.kind]:
			c.furniture[i] = true
		case e.hidden:
			c.furniture[i] = share < hiddenShare*total
		case len(c.from) == 0 && e.leads():
			c.furniture[i] = true
		case skipped[e.kind] || !inArticle[i] && furnitureClass.MatchString(e.class) && !contentClass.MatchString(e.class):
			c.furniture[i] = share < wrapperShare*total
		}
	}
	return c
}

// leads says that an element is a list of links to other pages: hardly a word in
// it stands in no link, and no sentence.
func (e element) leads() bool {
	switch e.kind {
	case atom.Article, atom.Section, atom.Div, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Td:
		return e.links >= 8 && e.stops == 0 && 4*e.text <= e.links && (e.anchors >= 2 || e.kind == atom.Article)
	}
	return false
}

// outermost gives the elements that are wanted and in no other one, and what
// they yield together.
func outermost(all []element, wanted func(element) bool) (found map[int]bool, yield float64) {
	found = map[int]bool{}
	inside := make([]bool, len(all))
	for i, e := range all[1:] {
		if i++; inside[e.parent] {
			inside[i] = true
		} else if wanted(e) {
			inside[i], found[i] = true, true
			yield += float64(e.text)
		}
	}
	return found, yield
}

// elements lists a page's elements with what they yield; the first one stands
// for the page.
func elements(work *bound.Work, src string) []element {
	all := []element{{}}
	open, counts := []int{0}, map[atom.Atom]int{}
	z := html.NewTokenizer(strings.NewReader(src))
	z.SetMaxBuf(len(src) + 1)
	for {
		work.Check()
		switch z.Next() {
		case html.ErrorToken:
			for i := len(all) - 1; i > 0; i-- {
				p := &all[all[i].parent]
				p.text, p.links, p.stops, p.anchors = p.text+all[i].text, p.links+all[i].links, p.stops+all[i].stops, p.anchors+all[i].anchors
			}
			return all
		case html.TextToken:
			count(&all[open[len(open)-1]], string(z.Text()))
		case html.StartTagToken:
			t := z.Token()
			if void[t.DataAtom] {
				continue
			}
			parent := open[len(open)-1]
			if t.DataAtom == atom.A {
				all[parent].anchors++
			}
			open = append(open, len(all))
			counts[t.DataAtom]++
			all = append(all, element{
				parent: parent, kind: t.DataAtom, class: attribute(t, "class") + " " + attribute(t, "id"),
				hidden: hiddenStyle.MatchString(attribute(t, "style")), inLink: all[parent].inLink || t.DataAtom == atom.A, mute: all[parent].mute || silent[t.DataAtom],
			})
		case html.EndTagToken:
			a := z.Token().DataAtom
			if counts[a] == 0 {
				continue
			}
			for len(open) > 1 {
				kind := all[open[len(open)-1]].kind
				open = open[:len(open)-1]
				if counts[kind]--; kind == a {
					break
				}
			}
		}
	}
}

// count adds a text to the element it stands in. What no reader sees counts for nothing.
func count(e *element, s string) {
	if e.mute {
		return
	}
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if e.inLink {
				e.links++
			} else {
				e.text++
			}
		case strings.ContainsRune("，。；：！？、", r) && !e.inLink:
			e.stops++
		}
	}
}
