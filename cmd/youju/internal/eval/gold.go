package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// The expectations as their files spell them. Fields not read here are
// remarks for people.

type goldOutline struct {
	Seed            string        `json:"seed"`
	DocIndex        int           `json:"doc_index"`
	Title           string        `json:"title"`
	TitleClean      string        `json:"title_clean"`
	TitleNormalized string        `json:"title_normalized"`
	AttachmentTitle string        `json:"attachment_title"`
	Kind            string        `json:"doc_type"`
	Number          string        `json:"doc_number"`
	Place           goldPlaceName `json:"jurisdiction"`
	Year            int           `json:"report_year"`
	ReviewYear      int           `json:"review_year"`
	PlanYear        int           `json:"plan_year"`
	Date            string        `json:"date"`
	Speaker         string        `json:"speaker"`
	Sections        []goldSection `json:"sections"`
	Items           []goldItem    `json:"items"`
}

type goldPlaceName struct {
	Province string `json:"province"`
	City     string `json:"city"`
	County   string `json:"county"`
}

type goldSection struct {
	Path     []string `json:"path"`
	Level    int      `json:"level"`
	Role     string   `json:"role"`
	AltRole  choices  `json:"alt_role"`
	Untitled bool     `json:"untitled"`
}

type goldItem struct {
	Path         []string   `json:"path"`
	AltPaths     [][]string `json:"alt_paths"`
	Number       string     `json:"number"`
	AltNumber    choices    `json:"alt_number"`
	Heading      string     `json:"heading"`
	AltHeading   choices    `json:"alt_heading"`
	Role         string     `json:"role"`
	AltRole      choices    `json:"alt_role"`
	StartsWith   string     `json:"starts_with"`
	AltStarts    choices    `json:"alt_starts_with"`
	EndsWith     string     `json:"ends_with"`
	AltEnds      choices    `json:"alt_ends_with"`
	AltSplitAt   choices    `json:"alt_split_at"`
	BracketRaw   string     `json:"bracket_raw"`
	Leaders      []string   `json:"leaders"`
	LeadUnits    []string   `json:"lead_units"`
	SupportUnits []string   `json:"support_units"`
	Policy       string     `json:"policy"`
	Unit         string     `json:"unit"`
}

type goldPlaces struct {
	ID       string   `json:"id"`
	Seed     string   `json:"seed"`
	Contains string   `json:"contains"`
	Places   []string `json:"places"`
	AlsoOK   []string `json:"also_ok"`
}

type goldTopics struct {
	ID       string   `json:"id"`
	Seed     string   `json:"seed"`
	Contains string   `json:"contains"`
	Topics   []string `json:"flat_topics"`
}

type goldQuery struct {
	ID       string        `json:"id"`
	Text     string        `json:"q"`
	User     string        `json:"user"`
	Relevant []goldPassage `json:"relevant"`
}

type goldPassage struct {
	Seed     string `json:"seed"`
	Contains string `json:"contains"`
	Grade    int    `json:"grade"`
}

// choices is one string or a list of them.
type choices []string

// UnmarshalJSON reads either form.
func (c *choices) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*c = nil
		if one != "" {
			*c = choices{one}
		}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(c))
}

// load reads one file of expectations. A missing file gives false and no error.
func load(path string, into any) (bool, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return false, fmt.Errorf("reading %q: %w", path, err)
	}
	return true, nil
}
