package report

import "slices"

// Mention is one passage's word on a project, a company or a park.
type Mention struct {
	// Name is the name under which mentions are joined, As the name as printed
	// (郑济高铁 and 济郑高铁 are one project).
	Name string
	As   string
	Kind MentionKind
	// Stage is what the verb beside the name says of its progress, "" where the
	// text does not say. Verb is that verb as printed (争取开工, 加快建设).
	Stage Stage
	Verb  string
	// Amount is the investment in yuan that the text gives for it, nil where it
	// gives none; AmountText is the quoted words (总投资120亿元).
	Amount     *float64
	AmountText string
	// Partners are the companies and institutions named as its investors or partners.
	Partners []string
	// Place is the county or zone the sentence names for it, "" where it names none.
	Place string
	// Text is the quoted sentence or clause, At its byte offsets in the item's Text.
	Text string
	At   Span
}

// MentionKind tells what is mentioned.
type MentionKind string

// The kinds of mentions.
const (
	MentionProject MentionKind = "project"
	MentionCompany MentionKind = "company"
	MentionPark    MentionKind = "park"
)

// Label is the kind's name in Chinese.
func (k MentionKind) Label() string {
	switch k {
	case MentionProject:
		return "项目"
	case MentionCompany:
		return "企业"
	case MentionPark:
		return "园区"
	}
	return ""
}

// Stage is how far a project has come, in the words a reader sees.
type Stage string

// The stages in the order projects go through them.
const (
	StageIdea     Stage = "谋划"
	StagePrepare  Stage = "前期"
	StageApproved Stage = "获批"
	StageSigned   Stage = "签约"
	StageToStart  Stage = "争取开工"
	StageStarted  Stage = "开工"
	StageBuilding Stage = "在建"
	StageBuilt    Stage = "建成"
	StageInUse    Stage = "投用"
)

// Stages lists every stage, earliest first.
var Stages = []Stage{
	StageIdea, StagePrepare, StageApproved, StageSigned, StageToStart, StageStarted, StageBuilding, StageBuilt, StageInUse,
}

// Projects lists the names of the projects and parks an item mentions, each once.
func (it *Item) Projects() []string {
	var names []string
	for _, m := range it.Mentions {
		if m.Kind != MentionCompany && !slices.Contains(names, m.Name) {
			names = append(names, m.Name)
		}
	}
	return names
}
