package report

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Kind is the genre of a document, in the words a reader sees. What is known of
// each is a line of data/kinds.txt.
type Kind string

// The kinds that code names.
const (
	KindReport     Kind = "政府工作报告"
	KindAssignment Kind = "任务分工方案"
	KindNews       Kind = "招商资讯"
	KindMinutes    Kind = "会议纪要"
	KindPlan       Kind = "规划纲要"
	KindBudget     Kind = "预算报告"
	KindBulletin   Kind = "统计公报"
	KindNotice     Kind = "通知"
	KindRules      Kind = "规章办法"
	KindOther      Kind = "其他"
)

// Genre is what is known of a kind.
type Genre struct {
	Kind Kind
	// Slug is its word in IDs, Short its name where room is short, Citation its
	// mark in references in the style of GB/T 7714.
	Slug, Short, Citation string
	// Single says that a place has one of it in a year.
	Single bool
	// Year says which year such a paper is of.
	Year YearRule
	// Posts are the posts of those who give such papers.
	Posts []string
	// Part and Claim hold for text of which neither heading nor paragraph tells
	// them; both may be empty, which is unknown.
	Part  Part
	Claim Claim
	// Title and Opening are regular expressions of titles and first paragraphs, or "".
	Title, Opening string
}

// YearRule says which year a paper is of: that of the session it is given to,
// the one its title names, that of its number or date, that of its adoption.
type YearRule string

const (
	YearOfDelivery YearRule = "delivery"
	YearInTitle    YearRule = "title"
	YearOfIssue    YearRule = "issue"
	YearOfAdoption YearRule = "adoption"
)

// Kinds lists every kind in the order pages show them.
var Kinds = func() []Kind {
	var out []Kind
	for _, g := range Genres() {
		out = append(out, g.Kind)
	}
	return out
}()

// Genres returns the lines of data/kinds.txt.
func Genres() []Genre { return slices.Clone(loadGenres()) }

// KindInfo tells what is known of a kind; of an unknown one, what is known of 其他.
func KindInfo(k Kind) Genre {
	all := loadGenres()
	if i := slices.IndexFunc(all, func(g Genre) bool { return g.Kind == k }); i >= 0 {
		return all[i]
	}
	return all[len(all)-1]
}

var loadGenres = sync.OnceValue(func() []Genre {
	var out []Genre
	for _, row := range readTable("kinds.txt", 11) {
		for i := range row {
			if row[i] == "-" {
				row[i] = ""
			}
		}
		if row[4] != "one" && row[4] != "many" {
			panic(fmt.Sprintf("data/kinds.txt: %s: %q is neither one nor many", row[0], row[4]))
		}
		out = append(out, Genre{
			Kind: Kind(row[0]), Slug: row[1], Short: row[2], Citation: row[3], Single: row[4] == "one",
			Year: YearRule(row[5]), Posts: strings.Fields(row[6]), Part: Part(row[7]), Claim: Claim(row[8]), Title: row[9], Opening: row[10],
		})
	}
	return out
})
