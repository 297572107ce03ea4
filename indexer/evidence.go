package indexer

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
	"youju/report/trie"
)

//go:embed data/evidence.txt
var evidenceFile string

// vote is what one wording says of a section's part, and how much that counts.
type vote struct {
	part   report.Part
	weight float64
	// words are quoted from the text, where says from what: 标题, 第2段.
	words, where string
}

func (v vote) String() string {
	if v.words == "" {
		return v.where
	}
	return v.where + "“" + v.words + "”"
}

// evidenceRule gives a vote to what matches.
type evidenceRule struct {
	part   report.Part
	weight float64
	re     *pattern.Pattern
}

// evidence is data/evidence.txt: rules by scope, and the words of texts with
// their weight, above zero for a review and below for plans.
type evidence struct {
	rules map[string][]evidenceRule
	words trie.Words[float64]
}

var evidenceData = sync.OnceValue(func() *evidence {
	e := &evidence{rules: map[string][]evidenceRule{}}
	for _, line := range strings.Split(evidenceFile, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.SplitN(line, "\t", 4)
		weight, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			panic(fmt.Sprintf("evidence.txt: %q: %v", line, err))
		}
		if f[0] != "word" {
			e.rules[f[0]] = append(e.rules[f[0]], evidenceRule{report.Part(f[1]), weight, pattern.MustCompile(f[3])})
			continue
		}
		if report.Part(f[1]) == report.PartPlan {
			weight = -weight
		}
		for _, w := range strings.Split(f[3], "|") {
			e.words.Set(w, weight)
		}
	}
	return e
})

// How the evidence is weighed.
const (
	// yearWeight is for the year under review or the year planned.
	yearWeight = 5
	// wordScale and wordMost turn the words of a text into a vote: they weigh
	// no more than a plain heading, however many they are.
	wordScale, wordMost = 2.2, 5
	// wordLength is how many characters a text has whose words count in full.
	wordLength = 80
	// margin is how far the winner must be ahead, or the part is unknown.
	margin = 1.5
	// plainly is a lead that overrules what stands above.
	plainly = 4
)

// verdict is the outcome of the votes.
type verdict struct {
	votes []vote
	sums  map[report.Part]float64
}

func (v *verdict) add(w vote) {
	if w.weight == 0 {
		return
	}
	if v.sums == nil {
		v.sums = map[report.Part]float64{}
	}
	v.votes, v.sums[w.part] = append(v.votes, w), v.sums[w.part]+w.weight
}

// sides are the parts that evidence is for.
var sides = []report.Part{report.PartReview, report.PartPlan, report.PartProblems}

// part is the winner and its lead; "" where no side is ahead by the least.
func (v *verdict) part(least float64) (report.Part, float64) {
	var best report.Part
	most, next := 0.0, 0.0
	for _, p := range sides {
		switch s := v.sums[p]; {
		case s > most:
			best, most, next = p, s, most
		case s > next:
			next = s
		}
	}
	if lead := most - next; best != "" && lead >= least {
		return best, lead
	}
	return "", most - next
}

// says gives the heaviest votes for a part, at most two, in the reader's language.
func (v *verdict) says(p report.Part) string {
	var first, second vote
	for _, w := range v.votes {
		switch {
		case w.part != p || w.weight < 1:
		case w.weight > first.weight:
			first, second = w, first
		case w.weight > second.weight:
			second = w
		}
	}
	switch {
	case first.weight == 0:
		return ""
	case second.weight == 0 || first.weight >= 6:
		return first.String()
	}
	return first.String() + "，" + second.String()
}

// heaviest gives the heaviest vote of each side that the rules of a scope find in s.
func heaviest(scope, s, where string) []vote {
	best := map[report.Part]vote{}
	for _, r := range evidenceData().rules[scope] {
		if best[r.part].weight >= r.weight {
			continue
		}
		if m := r.re.FindString(s); m != "" {
			best[r.part] = vote{r.part, r.weight, head(m, 16), where}
		}
	}
	var out []vote
	for _, p := range sides {
		if w, ok := best[p]; ok {
			out = append(out, w)
		}
	}
	return out
}

// yearVotes says which of a document's two years s names.
func yearVotes(y years, s, where string) []vote {
	var out []vote
	for _, m := range namedYear.FindAllStringSubmatch(s, 4) {
		switch named := digits(m[1]); named {
		case y.review:
			out = append(out, vote{report.PartReview, yearWeight, m[0], where})
		case y.plan:
			out = append(out, vote{report.PartPlan, yearWeight, m[0], where})
		}
	}
	if end := planEnd(s, true); end > 0 && y.given > 0 {
		p := report.PartPlan
		if end < y.given {
			p = report.PartReview
		}
		out = append(out, vote{p, yearWeight, fiveYears.FindString(s), where})
	}
	return once(out)
}

// once leaves one vote a side.
func once(votes []vote) []vote {
	var out []vote
	seen := map[report.Part]bool{}
	for _, v := range votes {
		if !seen[v.part] {
			seen[v.part] = true
			out = append(out, v)
		}
	}
	return out
}

// readsHeading adds what a heading says.
func (v *verdict) readsHeading(y years, title string) {
	title = halfDigits(title)
	for _, w := range append(heaviest("head", title, "标题"), yearVotes(y, title, "标题")...) {
		v.add(w)
	}
}

// readsText adds what paragraphs say: how the first ones begin, and the words of all.
func (v *verdict) readsText(y years, paragraphs []string) {
	var opening []vote
	for i, s := range paragraphs {
		if i == 3 {
			break
		}
		begin := halfDigits(head(addressed.ReplaceAllString(s, ""), 60))
		where := fmt.Sprintf("第%d段", i+1)
		opening = append(opening, heaviest("open", begin, where)...)
		if m := namedYear.FindStringIndex(begin); m != nil && m[0] == 0 {
			opening = append(opening, yearVotes(y, begin[:m[1]], where)...)
		}
	}
	best := map[report.Part]vote{}
	for _, w := range opening {
		if w.weight > best[w.part].weight {
			best[w.part] = w
		}
	}
	for _, p := range sides {
		v.add(best[p])
	}
	v.add(wordVote(paragraphs))
}

var addressed = pattern.MustCompile(`^各位代表[！!,，：:]?[\s\x{3000}]*`)

// wordVote weighs the words of a text against its length.
func wordVote(paragraphs []string) vote {
	words := &evidenceData().words
	sum, length := 0.0, 0
	best, count := map[bool]string{}, map[string]float64{}
	for _, s := range paragraphs {
		text := []rune(s)
		length += len(text)
		for i := 0; i < len(text); i++ {
			n, weight := words.Longest(text[i:])
			if n == 0 {
				continue
			}
			w := string(text[i : i+n])
			sum += weight
			count[w] += math.Abs(weight)
			if count[w] > count[best[weight > 0]] {
				best[weight > 0] = w
			}
			i += n - 1
		}
	}
	if length == 0 || sum == 0 {
		return vote{}
	}
	weight := wordScale * sum * 20 / float64(max(length, wordLength))
	v := vote{report.PartReview, min(math.Abs(weight), wordMost), best[sum > 0], "正文用语"}
	if sum < 0 {
		v.part = report.PartPlan
	}
	return v
}

// below gives the paragraphs that stand below the heading a block begins with,
// as far as the next heading of its rank.
func (o *outline) below(title text, level int) []string {
	const most, longest = 60, 4000
	var out []string
	length := 0
	take := func(s string) {
		out = append(out, s)
		length += utf8.RuneCountInString(s)
	}
	b := o.blocks[o.at]
	if i := strings.Index(b.s, title.s); i >= 0 {
		if rest := strings.TrimLeft(b.s[i+len(title.s):], "。：: \u3000"); rest != "" {
			take(rest)
		}
	}
	themed := numeralHead(title.s) == nil && !isTitle(title.s)
	for i := o.at + 1; i < len(o.blocks) && len(out) < most && length < longest; i++ {
		b := o.blocks[i]
		if len(out) > 0 && leadIn.MatchString(b.s) && promisedYear(o.years, b.s) != 0 {
			// 2031年，我们将做好以下工作：
			break
		}
		if o.ranks(b, following(o.blocks, i), level) || themed && isBareHeading(b, following(o.blocks, i)) {
			break
		}
		if !isBareHeading(b, following(o.blocks, i)) && !isHeadingLine(b.s) {
			take(b.s)
		}
	}
	return out
}

// ranks says that a block begins a section beside or above one of a level.
func (o *outline) ranks(b block, next *block, level int) bool {
	if isAnnexTitle(b.s) || o.titled(b, next) {
		return true
	}
	n := numeralHead(b.s)
	if n == nil {
		return false
	}
	rank := n.level
	if o.chapters && !n.chapter {
		rank++
	}
	return rank <= level
}
