package report

import "encoding/json"

// The JSON form is a public contract: `inspect --json`, the API and the stored
// documents all use it. What a text does not say is null or [], never a zero.

type documentJSON struct {
	ID         string        `json:"id"`
	Kind       Kind          `json:"kind"`
	Title      string        `json:"title"`
	Number     *string       `json:"number"`
	Place      placeJSON     `json:"place"`
	Issuer     *string       `json:"issuer"`
	Year       *int          `json:"year"`
	ReviewYear *int          `json:"review_year"`
	PlanYear   *int          `json:"plan_year"`
	Date       *string       `json:"date"`
	Speaker    *string       `json:"speaker"`
	Source     sourceJSON    `json:"source"`
	Sections   []sectionJSON `json:"sections"`
	Items      []itemJSON    `json:"items"`
	Problems   []Problem     `json:"problems"`
}

type sectionJSON struct {
	Path     []string `json:"path"`
	Level    int      `json:"level"`
	Part     *string  `json:"part"`
	Evidence *string  `json:"evidence"`
}

type placeJSON struct {
	Province *string `json:"province"`
	City     *string `json:"city"`
	County   *string `json:"county"`
	Code     *string `json:"code"`
}

type sourceJSON struct {
	File      string            `json:"file"`
	Format    string            `json:"format"`
	SHA256    string            `json:"sha256"`
	Size      int64             `json:"size"`
	Pages     *int              `json:"pages"`
	URL       *string           `json:"url"`
	Publisher *string           `json:"publisher"`
	Licence   *string           `json:"licence"`
	Origins   map[string]string `json:"origins"`
	Evidence  map[string]string `json:"evidence"`
	Weak      []string          `json:"weak"`
	LeftOut   float64           `json:"left_out"`
	Digest    *string           `json:"digest"`
	Repairs   []Repair          `json:"repairs"`
	Missing   []string          `json:"missing"`
}

type itemJSON struct {
	ID           string       `json:"id"`
	Path         []string     `json:"path"`
	Number       *string      `json:"number"`
	Heading      *string      `json:"heading"`
	Text         string       `json:"text"`
	Part         *string      `json:"part"`
	Claim        *string      `json:"claim"`
	AboutYear    *int         `json:"about_year"`
	FromYear     *int         `json:"from_year"`
	Places       []string     `json:"places"`
	Topics       []string     `json:"topics"`
	Leaders      []string     `json:"leaders"`
	LeadUnits    []string     `json:"lead_units"`
	SupportUnits []string     `json:"support_units"`
	MoreUnits    bool         `json:"more_units"`
	Figures      []figureJSON `json:"figures"`
	// Projects repeats names that Mentions hold; it is written, never read.
	Projects []string      `json:"projects"`
	Mentions []mentionJSON `json:"mentions"`
	Spans    []Span        `json:"spans"`
}

type figureJSON struct {
	Indicator string    `json:"indicator"`
	Value     *float64  `json:"value"`
	ValueMax  *float64  `json:"value_max"`
	Ratio     []float64 `json:"ratio"`
	Unit      *string   `json:"unit"`
	Norm      *float64  `json:"norm"`
	Bound     *string   `json:"bound"`
	Change    bool      `json:"change"`
	Kind      *string   `json:"kind"`
	AboutYear *int      `json:"about_year"`
	Period    *string   `json:"period"`
	FromYear  *int      `json:"from_year"`
	Place     *string   `json:"place"`
	Basis     *string   `json:"basis"`
	Text      string    `json:"text"`
	At        Span      `json:"at"`
}

type mentionJSON struct {
	Name       string      `json:"name"`
	As         string      `json:"as"`
	Kind       MentionKind `json:"kind"`
	Stage      *string     `json:"stage"`
	Verb       *string     `json:"verb"`
	Amount     *float64    `json:"amount"`
	AmountText *string     `json:"amount_text"`
	Partners   []string    `json:"partners"`
	Place      *string     `json:"place"`
	Text       string      `json:"text"`
	At         Span        `json:"at"`
}

// optional gives nil for a zero value, so that it is written as null.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// value is the inverse of optional.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// list gives an empty list for nil, so that it is written as [].
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// each turns every value of a list; nil stays nil.
func each[A, B any](s []A, turn func(A) B) []B {
	if s == nil {
		return nil
	}
	out := make([]B, len(s))
	for i, v := range s {
		out[i] = turn(v)
	}
	return out
}

// read fills in v from the JSON form W of its type.
func read[T, W any](v *T, b []byte, turn func(W) T) error {
	var w W
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	*v = turn(w)
	return nil
}

// Each type has its way to the JSON form and back. A document takes its parts
// along in that form: JSON within JSON would be written and read again for
// every level.

// MarshalJSON writes the place with null for every level that is not set.
func (p Place) MarshalJSON() ([]byte, error) { return json.Marshal(p.wire()) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *Place) UnmarshalJSON(b []byte) error { return read(p, b, placeJSON.plain) }

func (p Place) wire() placeJSON {
	return placeJSON{optional(p.Province), optional(p.City), optional(p.County), optional(p.Code)}
}

func (w placeJSON) plain() Place {
	return Place{value(w.Province), value(w.City), value(w.County), value(w.Code)}
}

// MarshalJSON writes the source in the contract's form.
func (s Source) MarshalJSON() ([]byte, error) { return json.Marshal(s.wire()) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Source) UnmarshalJSON(b []byte) error { return read(s, b, sourceJSON.plain) }

func (s Source) wire() sourceJSON {
	return sourceJSON{s.File, s.Format, s.SHA256, s.Size, optional(s.Pages), optional(s.URL), optional(s.Publisher), optional(s.Licence), s.Origins, s.Evidence, list(s.Weak), s.LeftOut, optional(s.Digest), list(s.Repairs), list(s.Missing)}
}

func (w sourceJSON) plain() Source {
	return Source{w.File, w.Format, w.SHA256, w.Size, value(w.Pages), value(w.URL), value(w.Publisher), value(w.Licence), w.Origins, w.Evidence, w.Weak, w.LeftOut, value(w.Digest), w.Repairs, w.Missing}
}

func (s Section) wire() sectionJSON {
	return sectionJSON{list(s.Path), s.Level, optional(string(s.Part)), optional(s.Evidence)}
}

func (w sectionJSON) plain() Section {
	return Section{w.Path, w.Level, Part(value(w.Part)), value(w.Evidence)}
}

// MarshalJSON writes the figure with null for what the text does not say.
func (f Figure) MarshalJSON() ([]byte, error) { return json.Marshal(f.wire()) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (f *Figure) UnmarshalJSON(b []byte) error { return read(f, b, figureJSON.plain) }

func (f Figure) wire() figureJSON {
	return figureJSON{
		Indicator: f.Indicator, Value: f.Value, ValueMax: f.ValueMax, Ratio: f.Ratio, Unit: optional(f.Unit), Norm: f.Norm,
		Bound: optional(f.Bound), Change: f.Change, Kind: optional(string(f.Kind)), AboutYear: optional(f.AboutYear), Period: optional(f.Period),
		FromYear: optional(f.FromYear), Place: optional(f.Place), Basis: optional(f.Basis), Text: f.Text, At: f.At,
	}
}

func (w figureJSON) plain() Figure {
	return Figure{
		Indicator: w.Indicator, Value: w.Value, ValueMax: w.ValueMax, Ratio: w.Ratio, Unit: value(w.Unit), Norm: w.Norm,
		Bound: value(w.Bound), Change: w.Change, Kind: FigureKind(value(w.Kind)), AboutYear: value(w.AboutYear), Period: value(w.Period),
		FromYear: value(w.FromYear), Place: value(w.Place), Basis: value(w.Basis), Text: w.Text, At: w.At,
	}
}

// MarshalJSON writes the mention with null for what the text does not say.
func (m Mention) MarshalJSON() ([]byte, error) { return json.Marshal(m.wire()) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (m *Mention) UnmarshalJSON(b []byte) error { return read(m, b, mentionJSON.plain) }

func (m Mention) wire() mentionJSON {
	return mentionJSON{
		Name: m.Name, As: m.As, Kind: m.Kind, Stage: optional(string(m.Stage)), Verb: optional(m.Verb),
		Amount: m.Amount, AmountText: optional(m.AmountText), Partners: list(m.Partners), Place: optional(m.Place),
		Text: m.Text, At: m.At,
	}
}

func (w mentionJSON) plain() Mention {
	return Mention{
		Name: w.Name, As: w.As, Kind: w.Kind, Stage: Stage(value(w.Stage)), Verb: value(w.Verb),
		Amount: w.Amount, AmountText: value(w.AmountText), Partners: w.Partners, Place: value(w.Place),
		Text: w.Text, At: w.At,
	}
}

// MarshalJSON writes the item in the contract's form.
func (it Item) MarshalJSON() ([]byte, error) { return json.Marshal(it.wire()) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (it *Item) UnmarshalJSON(b []byte) error { return read(it, b, itemJSON.plain) }

func (it Item) wire() itemJSON {
	return itemJSON{
		ID: it.ID, Path: list(it.Path), Number: optional(it.Number), Heading: optional(it.Heading),
		Text: it.Text, Part: optional(string(it.Part)), Claim: optional(string(it.Claim)), AboutYear: optional(it.AboutYear), FromYear: optional(it.FromYear),
		Places: list(it.Places), Topics: list(it.Topics),
		Leaders: list(it.Duty.Leaders), LeadUnits: list(it.Duty.LeadUnits),
		SupportUnits: list(it.Duty.SupportUnits), MoreUnits: it.Duty.More,
		Figures: list(each(it.Figures, Figure.wire)), Projects: list(it.Projects()), Mentions: list(each(it.Mentions, Mention.wire)), Spans: list(it.Spans),
	}
}

func (w itemJSON) plain() Item {
	return Item{
		ID: w.ID, Path: w.Path, Number: value(w.Number), Heading: value(w.Heading),
		Text: w.Text, Part: Part(value(w.Part)), Claim: Claim(value(w.Claim)), AboutYear: value(w.AboutYear), FromYear: value(w.FromYear),
		Places: w.Places, Topics: w.Topics,
		Duty:    Duty{w.Leaders, w.LeadUnits, w.SupportUnits, w.MoreUnits},
		Figures: each(w.Figures, figureJSON.plain), Mentions: each(w.Mentions, mentionJSON.plain), Spans: w.Spans,
	}
}

// MarshalJSON writes the document in the contract's form.
func (d Document) MarshalJSON() ([]byte, error) {
	return json.Marshal(documentJSON{
		ID: d.ID, Kind: d.Kind, Title: d.Title, Number: optional(d.Number), Place: d.Place.wire(), Issuer: optional(d.Issuer),
		Year: optional(d.Year), ReviewYear: optional(d.ReviewYear), PlanYear: optional(d.PlanYear),
		Date: optional(d.Date), Speaker: optional(d.Speaker), Source: d.Source.wire(),
		Sections: list(each(d.Sections, Section.wire)),
		Items:    list(each(d.Items, Item.wire)), Problems: list(d.Problems),
	})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (d *Document) UnmarshalJSON(b []byte) error { return read(d, b, documentJSON.plain) }

func (w documentJSON) plain() Document {
	return Document{
		ID: w.ID, Kind: w.Kind, Title: w.Title, Number: value(w.Number), Place: w.Place.plain(), Issuer: value(w.Issuer),
		Year: value(w.Year), ReviewYear: value(w.ReviewYear), PlanYear: value(w.PlanYear),
		Date: value(w.Date), Speaker: value(w.Speaker), Source: w.Source.plain(),
		Sections: list(each(w.Sections, sectionJSON.plain)),
		Items:    each(w.Items, itemJSON.plain), Problems: w.Problems,
	}
}
