package fact

import "youju/report"

// A Builder gathers the facts of documents one after another.
type Builder struct{ facts Facts }

// NewBuilder returns an empty one.
func NewBuilder() *Builder { return &Builder{} }

// Facts are all that was added.
func (b *Builder) Facts() *Facts { return &b.facts }

// Add gathers what a document states.
func (b *Builder) Add(doc *report.Document) {
	f := &b.facts
	f.Documents = append(f.Documents, Document{
		ID: doc.ID, Title: doc.Title, Kind: doc.Kind, Place: doc.Place, Year: doc.Year, Date: doc.Date,
	})
	d := &f.Documents[len(f.Documents)-1]
	for i := range doc.Items {
		d.Characters += charactersOf(&doc.Items[i])
		b.addItem(&doc.Items[i])
	}
}

func (b *Builder) addItem(it *report.Item) {
	f := &b.facts
	passage := uint32(len(f.Passages))
	used := false
	for _, figure := range it.Figures {
		f.Statements = append(f.Statements, Statement{passage, figure})
		used = true
	}
	for _, m := range it.Mentions {
		f.Mentions = append(f.Mentions, Mention{passage, m})
		used = true
	}
	if d := it.Duty; len(d.Leaders)+len(d.LeadUnits)+len(d.SupportUnits) > 0 {
		f.Tasks = append(f.Tasks, Task{passage, d, it.Text})
		used = true
	}
	switch it.Part {
	case report.PartGlossary:
		if it.Heading != "" {
			f.Definitions = append(f.Definitions, Definition{passage, it.Heading, it.Text})
			used = true
		}
	case report.PartLivelihood, report.PartPolicy:
		f.Entries = append(f.Entries, Entry{passage, it.Text, it.Figures})
		used = true
	}
	if used {
		f.Passages = append(f.Passages, Passage{
			Document: uint32(len(f.Documents) - 1), ID: it.ID, Path: it.Path, Number: it.Number, Heading: it.Heading,
			Part: it.Part, Claim: it.Claim, AboutYear: it.AboutYear, Topics: it.Topics, Places: it.Places,
		})
	}
}
