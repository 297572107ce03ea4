// Package report is the vocabulary the other packages share: what a document,
// a section, an item, a part, a place and a topic are. It holds types and the
// data files of places and topics, and imports the standard library only.
package report

// Document is one text with one author and one date. One file can hold several.
// Zero values mean that the text does not say, never that something was guessed.
type Document struct {
	// ID is permanent: "371500-2020-report" (place code, year, kind). See [DocumentID].
	ID    string
	Kind  Kind
	Title string
	// Number is the issuer's reference, such as 聊政发〔2021〕1号.
	Number string
	Place  Place
	// Issuer is the town, street or development zone whose paper it is, where that
	// has no code of its own; Place is then the county or city it is printed with.
	Issuer string
	// Year is the year of delivery, ReviewYear the one looked back on, PlanYear the one planned.
	Year       int
	ReviewYear int
	PlanYear   int
	// Date is the date of delivery or issue as 2006-01-02, or "".
	Date     string
	Speaker  string
	Source   Source
	Sections []Section
	Items    []Item
	Problems []Problem
}

// Source says where a document was read from and what was done to its text.
type Source struct {
	// File is the path as the operator gave it, Format what the bytes turned out to be ("text", "html").
	File   string
	Format string
	// SHA256 of the file's bytes, in hex; Size is their number.
	SHA256 string
	Size   int64
	// Pages is the number of pages, 0 where the format has none.
	Pages int
	// URL of the original publication, when the file's front matter names one.
	URL string
	// Publisher and Licence are what a description of the file states, or "".
	Publisher string
	Licence   string
	// Origins tells by field (title, kind, place, year, date, number, speaker)
	// where its value comes from: "stated" by a person in a description, or
	// inferred from the text's "dateline", "head", "title" or "text".
	Origins map[string]string
	// Evidence quotes, by the fields of Origins, the words that a value was read
	// from (“题名”, 我代表…); Weak lists the fields that were inferred from little.
	Evidence map[string]string
	Weak     []string
	// LeftOut is the share of the text's characters that stand in no item,
	// heading or head line, from 0 to 1.
	LeftOut float64
	// Digest names the official text that this document digests (摘编), or "" for an original.
	Digest string
	// Repairs lists what was mended in the text (page seams joined, doubled words dropped).
	Repairs []Repair
	// Missing lists, in the reader's language, what the text lacks (开头缺失：上接第3版).
	Missing []string
}

// Repair is one change made to the source's text before it was split.
type Repair struct {
	// Line is the 1-based line of the source file.
	Line int    `json:"line"`
	What string `json:"what"`
}

// Problem is something odd in the text that a person may want to look at.
type Problem struct {
	// Line is the 1-based line of the source file, 0 when it concerns the whole document.
	Line int    `json:"line"`
	What string `json:"what"`
}

// Section is a heading and its place in the outline.
type Section struct {
	// Path holds the headings from the outermost down to this one, as printed.
	Path []string
	// Level is 1 for 一、, 2 for （一）, 3 for a heading below that.
	Level int
	// Part is "" where neither heading nor text tells it.
	Part Part
	// Evidence is what the part was told by, in the reader's language (标题,
	// 第2段：主要预期目标…), or "".
	Evidence string
}

// Item is the unit that is found, linked and cited: a numbered task, a list
// entry, a glossary entry, or a paragraph under its lowest heading.
type Item struct {
	// ID is the document's ID, a slash and the printed number path: "371500-2021-assignment/task-43".
	ID string
	// Path holds the headings above the item, outermost first.
	Path []string
	// Number is the printed number ("43", "8(1)"), or "".
	Number string
	// Heading is the item's own run-in heading or defined term, or "". It is not part of Text.
	Heading string
	// Text is the healed running text, duty bracket included, without list marks.
	Text string
	// Part is "" where neither heading nor text tells it.
	Part Part
	// Claim tells a stated fact from a plan; empty where neither.
	Claim Claim
	// AboutYear is the year the item speaks about, 0 when unknown; where it speaks
	// of several (五年来, “十四五”期间) that is the last, and FromYear the first.
	AboutYear int
	FromYear  int
	// Places holds the names of the counties and zones named in the text (东阿县, 经开区).
	Places []string
	// Topics holds topic names, the main one first.
	Topics   []string
	Duty     Duty
	Figures  []Figure
	Mentions []Mention
	// Spans leads back to the source: byte ranges of its decoded text, in order.
	Spans []Span
}

// Local is the item's part of its ID, without the document's.
func (it *Item) Local() string {
	for i := 0; i < len(it.ID); i++ {
		if it.ID[i] == '/' {
			return it.ID[i+1:]
		}
	}
	return it.ID
}

// Span is a half-open byte range [Start, End) of a source file's text after charset decoding.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Duty says who answers for an item, as the document wrote it.
type Duty struct {
	Leaders []string
	// LeadUnits is 牵头单位 or the unit in charge, SupportUnits 配合单位.
	LeadUnits    []string
	SupportUnits []string
	// More notes that a list ended in 等, so it is not complete.
	More bool
}

// Part is the role an item plays in its document.
type Part string

// The parts of a document.
const (
	PartOpening    Part = "opening"
	PartReview     Part = "review"
	PartProblems   Part = "problems"
	PartTarget     Part = "target"
	PartPlan       Part = "plan"
	PartGovernance Part = "governance"
	PartLivelihood Part = "livelihood"
	PartPolicy     Part = "policy"
	PartAssignment Part = "assignment"
	PartGlossary   Part = "glossary"
	PartNews       Part = "news"
	PartClosing    Part = "closing"
)

// Parts lists every part in the order pages show them.
var Parts = []Part{
	PartReview, PartProblems, PartTarget, PartPlan, PartGovernance, PartLivelihood,
	PartPolicy, PartAssignment, PartGlossary, PartNews, PartOpening, PartClosing,
}

var partLabels = map[Part]string{
	PartOpening: "开头", PartReview: "工作回顾", PartProblems: "存在问题", PartTarget: "主要目标",
	PartPlan: "工作安排", PartGovernance: "政府自身建设", PartLivelihood: "民生实事",
	PartPolicy: "拟制发政策", PartAssignment: "任务分工", PartGlossary: "用语说明",
	PartNews: "资讯", PartClosing: "结尾",
}

// Label is the part's name in Chinese.
func (p Part) Label() string { return partLabels[p] }

// ParsePart reads a part by its name in JSON or its label (review, 工作回顾).
func ParsePart(s string) (Part, bool) {
	for _, p := range Parts {
		if string(p) == s || p.Label() == s {
			return p, true
		}
	}
	return "", false
}

// Claim tells what a sentence commits its author to.
type Claim string

// Done is a stated fact, Promised a plan.
const (
	ClaimDone     Claim = "done"
	ClaimPromised Claim = "promised"
)

// Claims lists every claim in the order pages show them.
var Claims = []Claim{ClaimDone, ClaimPromised}

var claimLabels = map[Claim]string{ClaimDone: "回顾", ClaimPromised: "部署"}

// Label is the claim's name in Chinese.
func (c Claim) Label() string { return claimLabels[c] }

// Place is the jurisdiction a document speaks for. Lower levels are empty for
// a province's or a city's document.
type Place struct {
	Province string
	City     string
	County   string
	// Code is the GB/T 2260 code of the lowest level, six digits.
	Code string
}

// Name is the lowest level that is set: 东阿县, 聊城市, 山东省 or "".
func (p Place) Name() string {
	switch {
	case p.County != "":
		return p.County
	case p.City != "":
		return p.City
	}
	return p.Province
}

// Full is all levels in a row (山东省聊城市东阿县), a city that is its own province once.
func (p Place) Full() string {
	if p.City == p.Province {
		return p.Province + p.County
	}
	return p.Province + p.City + p.County
}
