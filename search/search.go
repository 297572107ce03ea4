// Package search answers which items match a query: it reads the query, plans
// it, ranks and counts. It knows no engine: each engine is a package below
// this one and is its only importer. Nothing here knows about pages or HTTP.
package search

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"youju/report"
)

// ErrNotFound says that no document or item has the ID asked for.
var ErrNotFound = errors.New("search: not found")

// Limits that keep one request from hurting the others.
const (
	// MaxQueryRunes is the longest query text that is read; the rest is dropped with a note.
	MaxQueryRunes = 200
	// MaxWords is how many words of a query are used; the rest is dropped with a note.
	MaxWords = 12
	// MaxSize is the largest page of hits.
	MaxSize = 100
	// DefaultSize is the page of hits a reader gets unasked.
	DefaultSize = 20
	// MaxDepth is the number of the last hit that can be paged to.
	MaxDepth = 1000
)

// None is the facet value of items that have no value of their own (无年份).
const None = "none"

// The names of the facets, as the URL and the API spell them.
const (
	FacetYear   = "year"   // the document's year of delivery
	FacetCounty = "county" // the issuer's place and its ancestors, and every county named in the item
	FacetTopic  = "topic"
	FacetKind   = "kind"
	FacetPart   = "part"
	FacetClaim  = "claim"
	FacetUnit   = "unit"   // lead units
	FacetAbout  = "about"  // the year an item speaks about
	FacetAmount = "amount" // the amounts of money it states, in bands
)

// FacetNames lists the facets in the order pages show them.
var FacetNames = []string{FacetYear, FacetCounty, FacetTopic, FacetKind, FacetPart, FacetClaim, FacetUnit, FacetAbout, FacetAmount}

// FacetLabels names the facets in the reader's language.
var FacetLabels = map[string]string{
	FacetYear: "年份", FacetCounty: "县区", FacetTopic: "主题", FacetKind: "文种",
	FacetPart: "部分", FacetClaim: "回顾/部署", FacetUnit: "牵头单位", FacetAbout: "所述年份", FacetAmount: "金额",
}

// The orders hits can come in.
const (
	SortRelevance = "relevance"
	SortNewest    = "newest"
	SortOldest    = "oldest"
)

// Query is what a reader asks: the text of the search box and the facet
// values chosen. The zero Query asks for everything.
type Query struct {
	Text string
	// Filters holds the values chosen per facet name: values of one facet are
	// alternatives, different facets must all hold.
	Filters map[string][]string
	// Sort is one of the Sort constants; "" is SortRelevance.
	Sort string
	// Page counts from 1, Size is the number of hits on it; zero values mean
	// the first page and DefaultSize.
	Page, Size int
	// Off lists what the reader turned off in how the text was read: context
	// words (as written) that shall be plain words again, and variants that
	// shall not be searched for.
	Off []string
	// Explain asks for Hit.Explain and Reading.Plan.
	Explain bool
}

// Result is the answer to a Query.
type Result struct {
	Reading Reading
	Total   int
	// Exact is how many of Total hold every word as written. In order of
	// relevance they come first.
	Exact  int
	Took   time.Duration
	Hits   []Hit
	Facets []Facet
	// Cards answer above the hits: a term's definition, a unit, a place.
	Cards []Card
}

// The tiers of an answer, from the strictest to the loosest.
const (
	TierExact   = "exact"   // every word as written, in any order
	TierNear    = "near"    // the bigrams of every word
	TierPartial = "partial" // most of the bigrams; must be labelled as such
)

// Reading tells how the query was understood, so that a page can show it.
type Reading struct {
	// Words are the words searched for, as written; Excluded those that must not occur.
	Words    []string
	Excluded []string
	// Filters are the filters in force after cleaning.
	Filters map[string][]string
	Tier    string
	// Notes say in Chinese what was dropped or changed ("只用前12个词").
	Notes []string
	// Instead is the query that was answered because nothing holds the words as
	// typed, or ""; a note says so.
	Instead string
	// Relaxed is the note that says which condition later hits are not held to,
	// or ""; Pieces is set where the last hits hold only some of the words.
	Relaxed string
	Pieces  bool
	// Plan shows what is searched for, where Query.Explain asked for it.
	Plan string
	// Context are words that were read as filters; Expansions what is searched
	// for beside the reader's words. Both can be turned off (Query.Off).
	Context    []Context
	Expansions []Expansion
	// Asked is what a question asks for (one of the Ask constants), or "".
	Asked string
	// Corrections are what the reader may have meant; Drops are the same query
	// without one of its words, where that finds more.
	Corrections []Alternative
	Drops       []Alternative
}

// InsteadNote says that one query was answered in the place of another.
func InsteadNote(typed, instead string) string {
	return fmt.Sprintf("没有找到“%s”，以下是“%s”的结果", typed, instead)
}

// What a question can ask for.
const (
	AskFigure = "figure" // 多少
	AskDate   = "date"   // 什么时候
	AskWho    = "who"    // 谁负责
	AskYesNo  = "yesno"  // …吗
	AskWhere  = "where"
	AskHow    = "how"
)

// Context is a word of the query that was read as a filter: 2021年, 东阿, 目标.
type Context struct {
	// Word is as written, Facet and Value what it stands for, Label what a chip shows.
	Word, Facet, Value, Label string
	// Off is set when the reader turned it off.
	Off bool
}

// Expansion lists the variants of a word that are searched for too.
type Expansion struct {
	Word     string
	Variants []Variant
}

// Variant is a synonym, an alias or a former name.
type Variant struct {
	Text string
	Off  bool
}

// Alternative is a query a reader may want instead, with the number of its hits.
type Alternative struct {
	Text string
	// Word is the word that was changed or dropped.
	Word  string
	Count int
}

// The kinds of cards.
const (
	CardTerm  = "term"  // a glossary entry of a report's own annex
	CardUnit  = "unit"  // a unit in charge
	CardPlace = "place" // a county, city or province
)

// Card is a short answer with its source.
type Card struct {
	Kind, Title string
	// Text is quoted from Item; both are empty for units and places.
	Text string
	Item *Hit
	// Note says what a reader must know: 释义出自2026年报告.
	Note string
	// Facet and Value are the filter that finds all about it; Count its hits.
	Facet, Value string
	Count        int
}

// Suggestion is what a search box offers while one types.
type Suggestion struct {
	// Text is what is searched for, Kind a label in Chinese (标题, 单位, 地区, 用语, 项目, 指标).
	Text, Kind string
	// Count is the number of items that hold it.
	Count int
}

// Hit is one item that matches.
type Hit struct {
	Item report.Item
	// Document holds the document's data without its Sections and Items.
	Document report.Document
	// Snippet is escaped HTML with <mark> around what matched.
	Snippet string
	Score   float64
	// Like is the ID of a hit further up on the page whose document is almost the
	// same, as when one press release is printed twice, or "".
	Like string
	// Explain says what the score consists of, where Query.Explain asked for it.
	Explain *Explanation
}

// Explanation is what a hit's score consists of: the level it stands on, its
// share of the best word score, and what lifts or lowers that.
type Explanation struct {
	Level int     `json:"level"`
	Words float64 `json:"words"`
	Look
	Part float64 `json:"part"`
	// Share is the share of the query that an item of the partial level holds,
	// 1 at the others.
	Share   float64 `json:"share"`
	Context float64 `json:"context"`
	Recency float64 `json:"recency"`
}

// Facet is a filter with the values it can take now.
type Facet struct {
	Name   string
	Label  string
	Values []FacetValue
	// Forms are those of the values, nil where they are not given again.
	Forms *FacetForms
}

// FacetValue is one value of a facet. Count is the number of hits one gets by
// choosing it, leaving aside what else is chosen in the same facet.
type FacetValue struct {
	// Value by itself; what a reader sees is [FacetValueLabel].
	Value string
	// Parent is the value above this one in a tree (county facet), or "".
	Parent   string
	Count    int
	Selected bool
	// Form is one more than the place of the value, with this parent, among the
	// facet's Forms; 0 where it is not among them.
	Form uint32
}

// FacetForms are the values of a facet as they mostly come. Whoever writes
// answers keeps there how each is written: thousands of values need not be
// encoded anew for every answer.
type FacetForms struct {
	// Values is their number, Value gives one.
	Values  int
	Value   func(i int) FacetValue
	Written atomic.Pointer[WrittenForms]
}

// WrittenForms are the forms of values one after the other: form i is
// Text[Ends[i-1]:Ends[i]].
type WrittenForms struct {
	Text []byte
	Ends []uint32
}

// Occurrence is how often a document holds a term as written: Times in the texts
// and own headings of its items, and Items the number of items that an exact
// search for it finds.
type Occurrence struct {
	Document     string
	Times, Items int
}

// Summary describes a document of the collection without its text.
type Summary struct {
	// Document has no Sections and no Items; their numbers stand beside it.
	Document        report.Document
	Sections, Items int
}

// Info describes the collection being served.
type Info struct {
	// Generation names the index build; it changes with every publish.
	Generation       string
	Built            time.Time
	Documents, Items int
	// Entered is when each document came into the collection, by its ID.
	Entered map[string]time.Time
	// Moved gives today's ID of a document that bore another one before.
	Moved map[string]string
	// Caches say how often an answer could be given again; none where nothing is kept.
	Caches []CacheUse
}

// CacheUse is how often answers of a kind were kept, and had to be found.
type CacheUse struct {
	Name         string
	Hits, Misses int64
}
