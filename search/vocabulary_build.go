package search

import (
	"iter"
	"slices"
	"strings"

	"youju/report"
)

// A VocabularyBuilder collects the vocabulary of documents. What it holds is
// bounded: two bytes for each character up to maxCounted, the candidates, and
// tables over the characters that phrases are looked for in.
type VocabularyBuilder struct {
	// found holds the candidates by their folded text.
	found map[string]*candidate
	texts corpus
	// paths holds, for every heading above items, where it stands in texts.
	paths map[string]int
	items int
	// counted are the counts of entries that are fields of items rather than words of a text.
	counted map[string]int
	places  map[string]bool
}

// candidate is a text that may become an entry.
type candidate struct {
	text  string
	kind  int // index into entryKinds
	times int
	// hidden as in Entry.
	hidden bool
}

// NewVocabularyBuilder returns an empty builder.
func NewVocabularyBuilder() *VocabularyBuilder {
	return &VocabularyBuilder{
		found: map[string]*candidate{}, texts: newCorpus(), paths: map[string]int{},
		counted: map[string]int{}, places: map[string]bool{},
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
	for i := range doc.Items {
		it := &doc.Items[i]
		b.items++
		b.addFields(doc, it)
		b.addText(it)
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
	for _, p := range it.Projects {
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
			b.note(short, EntryPlace).hidden = true
			return
		}
	}
}

// addText keeps an item's own words for counting.
func (b *VocabularyBuilder) addText(it *report.Item) {
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
	b.texts.add(it.Heading)
	b.texts.add(it.Text)
}

// maxPaths is the number of different headings whose words are counted.
const maxPaths = 1 << 20

// addHeadings adds the headings as entries, and defined terms.
func (b *VocabularyBuilder) addHeadings(it *report.Item) {
	if it.Part == report.PartGlossary {
		for _, term := range termVariants(it.Heading) {
			if isTermName(term) {
				b.note(term, EntryTerm)
			}
		}
	} else if it.Heading != "" {
		b.addHeading(it.Heading)
	}
	if it.Part != report.PartNews || len(it.Path) > 1 {
		for _, heading := range it.Path {
			b.addHeading(heading)
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
		b.note(p, EntryPhrase)
	}
	var entries []Entry
	var patterns []string
	for key, c := range b.found {
		if strings.ContainsAny(c.text, "\t\n\r") {
			continue
		}
		entries = append(entries, Entry{Text: c.text, Kind: entryKinds[c.kind], Hidden: c.hidden && c.kind == 0, key: key})
		patterns = append(patterns, key)
	}
	for i, n := range b.texts.count(patterns) {
		e := &entries[i]
		e.Count = max(n, b.counted[e.key])
		if e.Count == 0 {
			// Its words are cut by punctuation in the text.
			e.Count = min(b.found[e.key].times, b.items)
		}
	}
	entries = slices.DeleteFunc(entries, func(e Entry) bool { return tooRare(e, b.found[e.key].times) })
	return newVocabulary(entries, b.items)
}

// tooRare drops what the habits of the genre guess at when only one item says it.
func tooRare(e Entry, times int) bool {
	return e.Kind == EntryIndicator && e.Count < 2 && times < 2
}
