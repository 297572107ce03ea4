package indexer

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

// posts matches the posts of all who give reports, acting and deputy ones too.
var posts = sync.OnceValue(func() string {
	var all []string
	for _, g := range report.Genres() {
		for _, p := range g.Posts {
			all = append(all, regexp.QuoteMeta(p))
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return `(?:代理?|副|常务副|党组书记、)*(?:` + strings.Join(slices.Compact(all), "|") + `)`
})

// speakers are the ways a speaker is named; the group is the name.
var speakers = sync.OnceValue(func() []*pattern.Pattern {
	name := `([\p{Han}·]{2,12}|\p{Han}(?:[\s\x{3000}]+\p{Han}){1,3})`
	return []*pattern.Pattern{
		pattern.MustCompile(`^[（(]?(?:\p{Han}{0,24}?)` + posts() + `[\s\x{3000}\x{00a0}:：·•|]*` + name + `[）)]?$`),
		pattern.MustCompile(`^[（(]?` + aheadName + `(?:[\s\x{3000}\x{00a0}]+|[\s\x{3000}]*[（(，,])\p{Han}{0,24}?` + posts() + `[）)]{0,2}$`),
		pattern.MustCompile(`会议上[\s\x{3000}\x{00a0}，,]+\p{Han}{0,20}?` + posts() + `[\s\x{3000}\x{00a0}:：]*` + aheadName + `[）)]?$`),
		pattern.MustCompile(`会议上[\s\x{3000}\x{00a0}，,]+` + aheadName + `[\s\x{3000}\x{00a0}]+\p{Han}{0,20}?` + posts() + `[）)]?$`),
		pattern.MustCompile(`^[（(]?(?:报告人|作者|汇报人|述职人)[\s\x{3000}]*[:：][\s\x{3000}]*` + name + `[）)]?$`),
		pattern.MustCompile(posts() + `[\s\x{3000}\x{00a0}]*([\p{Han}·]{2,8}?)(?:同志)?(?:代表.{2,12})?(?:向大会)?作政府工作报告`),
		pattern.MustCompile(`日\p{Han}{0,12}?` + posts() + `[\s\x{3000}]*([\p{Han}·]{2,8}?)在`),
		pattern.MustCompile(`日([\p{Han}·]{2,4})` + posts() + `在`),
	}
})

// aheadName is a name that stands before its post.
const aheadName = `(\p{Han}{2,4}|\p{Han}[\s\x{3000}]+\p{Han}|\p{Han}{1,8}·\p{Han}{1,8})`

// notNames are words that a name does not hold.
var notNames = pattern.MustCompile(`报告|政府|会议|同志们|工作|办公|委员会|检察|法院|担任|组长|牵头|为|等|主持|出席|列席|部门|负责|[省市县区旗镇乡]$|(?:市|县|区|镇|乡|省|局|厅|院)长$|主任$|书记$`)

// speaker is the name that a line gives as its speaker's, or "".
func speaker(line string) string {
	for _, re := range speakers() {
		m := re.FindStringSubmatch(line)
		if m == nil || notNames.MatchString(m[1]) {
			continue
		}
		if name := strings.TrimSuffix(squeeze(m[1]), "同志"); utf8.RuneCountInString(name) >= 2 {
			return name
		}
	}
	return ""
}

// bareName is a name alone on a line, spelled wide or not.
var bareName = pattern.MustCompile(`^[\p{Han}·]{2,4}$|^\p{Han}{2,8}·\p{Han}{1,8}(?:·\p{Han}{1,8})?$`)

// readSpeaker finds the speaker: on a line of their own, behind the post on the
// line above, or by name alone below the dateline.
func readSpeaker(d *report.Document, lines []headed) {
	var joined strings.Builder
	for i, l := range lines {
		joined.WriteString(l.bare)
		prove(d, "speaker", &d.Speaker, speaker(l.s), l.s)
		if i == 0 || d.Speaker != "" || l.role != roleFree || !bareName.MatchString(l.bare) {
			continue
		}
		above := lines[i-1]
		if name := speaker(above.s + l.bare); name != "" && name == l.bare || above.role == roleDateline {
			prove(d, "speaker", &d.Speaker, l.bare, above.s+" "+l.s)
		}
	}
	if d.Speaker == "" {
		prove(d, "speaker", &d.Speaker, speaker(joined.String()), joined.String())
	}
}
