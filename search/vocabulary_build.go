package search

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"youju/report"
)

// A VocabularyBuilder collects the vocabulary of documents. What it holds is
// bounded: two bytes for each character up to maxCounted, the candidates, and
// tables over the characters that phrases are looked for in.
type VocabularyBuilder struct {
	// found holds the candidates by their folded text.
	found map[string]*candidate
	texts *corpus
	// paths holds, for every heading above items, where it stands in texts.
	paths map[string]int
	items int
	// counted are the counts of entries that are fields of items rather than words of a text.
	counted map[string]int
	// places and headings are those already looked at.
	places, headings map[string]bool
}

// candidate is a text that may become an entry.
type candidate struct {
	text  string
	kind  int // index into entryKinds
	times int
	// hidden as in Entry; phrase is set when the texts repeat it.
	hidden, phrase bool
}

// NewVocabularyBuilder returns an empty builder.
func NewVocabularyBuilder() *VocabularyBuilder {
	return &VocabularyBuilder{
		found: map[string]*candidate{}, texts: newCorpus(), paths: map[string]int{},
		counted: map[string]int{}, places: map[string]bool{}, headings: map[string]bool{},
	}
}

// NewVocabulary collects the vocabulary of documents in one walk over them.
func NewVocabulary(docs iter.Seq[*report.Document]) *Vocabulary {
	b := NewVocabularyBuilder()
	for doc := range docs {
		b.Add(doc)
	}
	return b.Vocabulary()
}

// Add collects from a document, which is not kept.
func (b *VocabularyBuilder) Add(doc *report.Document) {
	b.AddTokens(doc, func(i int) []Token { return Tokenize(doc.Items[i].Text) })
}

// AddTokens is Add for one who has the tokens of the items' texts already.
func (b *VocabularyBuilder) AddTokens(doc *report.Document, tokens func(item int) []Token) {
	for i := range doc.Items {
		it := &doc.Items[i]
		b.items++
		b.addFields(doc, it)
		b.addText(it, tokens(i))
		b.addHeadings(it)
		b.addNames(it)
	}
}

// note adds a candidate; of several kinds the most telling stays.
func (b *VocabularyBuilder) note(text, kind string) *candidate {
	key := fold(text)
	if key == "" {
		return nil
	}
	c := b.found[key]
	if c == nil {
		c = &candidate{text: text, kind: len(entryKinds)}
		b.found[key] = c
	}
	c.times++
	if k := slices.Index(entryKinds, kind); k < c.kind {
		c.kind, c.text = k, text
	}
	return c
}

// addFields adds the values that items carry: places, topics, units.
func (b *VocabularyBuilder) addFields(doc *report.Document, it *report.Item) {
	for _, place := range FacetValuesOf(FacetCounty, doc, it) {
		if place != None {
			b.field(place, EntryPlace)
			b.addShortPlace(place)
		}
	}
	for _, topic := range it.Topics {
		b.field(topic, EntryTopic)
	}
	var units []string
	for _, unit := range slices.Concat(it.Duty.LeadUnits, it.Duty.SupportUnits) {
		if isUnitName(unit) && !slices.Contains(units, unit) {
			units = append(units, unit)
			b.field(unit, EntryUnit)
		}
	}
	for _, f := range it.Figures {
		if isIndicator(f.Indicator) {
			b.note(f.Indicator, EntryIndicator)
		}
	}
	for _, p := range it.Projects() {
		b.note(p, EntryProject)
	}
}

// field adds a value that one more item carries.
func (b *VocabularyBuilder) field(text, kind string) {
	b.note(text, kind)
	b.counted[fold(text)]++
}

// addShortPlace adds the short name of a place, so that 东阿 is known too.
func (b *VocabularyBuilder) addShortPlace(place string) {
	if b.places[place] {
		return
	}
	b.places[place] = true
	runes := []rune(place)
	if len(runes) < 3 {
		return
	}
	short := string(runes[:len(runes)-1])
	for _, p := range report.Places().Lookup(short) {
		if report.Places().FacetValue(p) == place {
			if _, ok := b.found[short]; !ok {
				b.note(short, EntryPlace).hidden = true
			}
			return
		}
	}
}

// addText keeps an item's own words for counting.
func (b *VocabularyBuilder) addText(it *report.Item, tokens []Token) {
	b.texts.begin()
	for _, heading := range it.Path {
		at, ok := b.paths[heading]
		if !ok && len(b.paths) < maxPaths {
			at = len(b.paths)
			b.paths[heading] = at
			b.texts.addPath(heading)
			ok = true
		}
		if ok {
			b.texts.under(at)
		}
	}
	b.texts.add(Tokenize(it.Heading))
	b.texts.add(tokens)
}

// maxPaths is the number of different headings whose words are counted.
const maxPaths = 1 << 20

// addHeadings adds the headings as entries, and defined terms.
func (b *VocabularyBuilder) addHeadings(it *report.Item) {
	if it.Part == report.PartGlossary {
		b.addTerm(it.Heading)
	} else if it.Heading != "" {
		b.addHeading(it.Heading)
	}
	for i, heading := range it.Path {
		// The outermost heading of a news piece is its title.
		if (it.Part != report.PartNews || i > 0) && !b.headings[heading] {
			b.headings[heading] = true
			b.addHeading(heading)
		}
	}
}

// addTerm adds a defined term: its names to be offered, its other forms to be known.
func (b *VocabularyBuilder) addTerm(term string) {
	names, others := termForms(term)
	for _, name := range names {
		if isTermName(name) {
			b.note(name, EntryTerm).hidden = false
		}
	}
	for _, other := range others {
		if _, ok := b.found[fold(other)]; !ok && isTermName(other) {
			b.note(other, EntryTerm).hidden = true
		}
	}
}

func (b *VocabularyBuilder) addHeading(heading string) {
	for _, part := range headingParts(heading) {
		b.note(part, EntryHeading)
	}
}

// addNames adds what the text names by the genre's habits: indicators before
// their figures, projects by the word they end in.
func (b *VocabularyBuilder) addNames(it *report.Item) {
	if it.Part == report.PartGlossary || it.Part == report.PartOpening || it.Part == report.PartClosing {
		return
	}
	for _, clause := range clauses(it.Text) {
		if name := indicatorOf(clause); name != "" {
			b.note(name, EntryIndicator)
		}
		if name := projectOf(clause); name != "" {
			b.note(name, EntryProject)
		}
	}
}

// Vocabulary makes the vocabulary of what was added. The builder is used up.
func (b *VocabularyBuilder) Vocabulary() *Vocabulary {
	for _, p := range b.texts.phrases() {
		b.note(p, EntryPhrase).phrase = true
	}
	for key := range synonyms().byTerm {
		// Words of the genre that the collection has, however rarely.
		if n := utf8.RuneCountInString(key); n >= 2 && hanCount(key) == n {
			b.note(key, EntryPhrase)
		}
	}
	var entries []Entry
	var patterns []string
	for key, c := range b.found {
		if !strings.ContainsAny(c.text, "\t\n\r") {
			entries = append(entries, Entry{Text: c.text, Kind: entryKinds[c.kind], Hidden: c.hidden, key: key})
			patterns = append(patterns, key)
		}
	}
	// What stands before the last word of a project's name is counted as well, see isCommon.
	at := make(map[string]int, len(patterns))
	for i, key := range patterns {
		at[key] = i
	}
	for _, e := range entries {
		if stem := stemOf(e); stem != "" && !has(at, stem) {
			at[stem] = len(patterns)
			patterns = append(patterns, stem)
		}
	}
	counts := b.texts.count(patterns)
	kept := entries[:0]
	for i, e := range entries {
		c := b.found[e.key]
		e.Count = b.countOf(e, counts[i])
		switch {
		case e.Kind == EntryPhrase && !c.phrase && counts[i] == 0:
		case e.Kind == EntryIndicator && e.Count < minIndicator && c.times < minIndicator:
		case e.Kind == EntryProject && isCommon(e.Count, counts[at[stemOf(e)]]):
			if c.phrase {
				e.Kind = EntryPhrase
				kept = append(kept, e)
			}
		default:
			e.Hidden = e.Hidden || e.Kind == EntryPhrase && !isOffered(e.key, b.isPhrase)
			kept = append(kept, e)
		}
	}
	hidePieces(kept)
	return newVocabulary(kept, b.items)
}

// hidePieces hides the phrases that mostly stand in one longer name: 东阿县人民
// in 东阿县人民政府, 水利局 in 市水利局.
func hidePieces(entries []Entry) {
	phrases := map[string]*Entry{}
	for i := range entries {
		if entries[i].Kind == EntryPhrase {
			phrases[entries[i].key] = &entries[i]
		}
	}
	for _, e := range entries {
		runes := []rune(e.key)
		if e.Kind == EntryPhrase || e.Kind == EntryHeading || len(runes) > maxLongName {
			continue
		}
		for from := range runes {
			for to := from + minPhrase; to <= min(len(runes), from+maxPhrase); to++ {
				p := phrases[string(runes[from:to])]
				if p != nil && 10*e.Count >= 6*p.Count {
					p.Hidden = true
				}
			}
		}
	}
}

// maxLongName is the length of the longest name that is looked at for pieces.
const maxLongName = 24

// stemOf is a project's name without the word that says what it is.
func stemOf(e Entry) string {
	if e.Kind != EntryProject {
		return ""
	}
	return strings.TrimSuffix(e.key, projectEnd(e.key))
}

func (b *VocabularyBuilder) isPhrase(key string) bool {
	c := b.found[key]
	return c != nil && c.phrase
}

// countOf is how many items hold an entry: its words stand in as many texts,
// or as many items carry it as a field.
func (b *VocabularyBuilder) countOf(e Entry, inTexts int) int {
	n := inTexts
	if e.Kind != EntryTopic || n == 0 {
		n = max(n, b.counted[e.key])
	}
	if n == 0 {
		// Punctuation cuts its words apart in the texts.
		n = min(b.found[e.key].times, b.items)
	}
	return n
}

// minIndicator is how often an indicator must be found: the habit guesses.
const minIndicator = 3

// isCommon tells kinds of projects (示范项目, 三级医院) from names: what stands
// before the last word is an everyday word that is mostly used otherwise.
func isCommon(name, stem int) bool { return stem >= 12 && 4*name < stem }

func has[V any](m map[string]V, key string) bool {
	_, ok := m[key]
	return ok
}
