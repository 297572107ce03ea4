package plain

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

//go:embed data/duty_columns.txt
var dutyColumnsFile string

// dutyRule says what a column is called in a row's line.
type dutyRule struct {
	label string
	head  *regexp.Regexp
}

var dutyRules = sync.OnceValue(func() []dutyRule {
	var out []dutyRule
	for line := range strings.Lines(dutyColumnsFile) {
		label, expr, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(line, "#") {
			out = append(out, dutyRule{label, regexp.MustCompile(`^(?:` + expr + `)$`)})
		}
	}
	return out
})

// listed are the names of fields that lists print in brackets themselves.
var listed = regexp.MustCompile(`^(?:牵头|责任|分管|配合|协办|主办|承办|落实|参与)(?:领导|单位|部门|人)$`)

// dutyColumn is the name under which a row's line gives a column of units in
// charge, by the column's head; "" for another column.
func dutyColumn(head string) string {
	head = strings.NewReplacer("(", "（", ")", "）").Replace(head)
	if head == "" || len(head) > 60 {
		return ""
	}
	for _, r := range dutyRules() {
		if r.head.MatchString(head) {
			if listed.MatchString(head) {
				return head
			}
			return r.label
		}
	}
	return ""
}
