package indexer

import (
	"strings"

	"youju/report"
)

// saidReader reads a duty told in words: 市住建局牵头，市财政局、各县（市、区）配合.
type saidReader struct {
	words *dutyWords
	text  []rune
	// from is where the names begin that no verb has taken yet, to where they
	// end where words such as 按职责分工 stand behind them, -1 where none does.
	from, to int
	// head holds the names before 会同; spoken is set behind a verb.
	head   []string
	spoken bool
	led    bool
	duty   report.Duty
}

// saidDuty reads a bracket or a sentence that says nothing but who is in charge.
// It fails where any of its names is no unit's.
func saidDuty(s string) (report.Duty, bool) {
	if s == "" || len(s) > 1500 {
		return report.Duty{}, false
	}
	r := saidReader{words: dutyData(), text: []rune(s), to: -1}
	for i := 0; i < len(r.text); {
		n, ok := r.step(i)
		if !ok {
			return report.Duty{}, false
		}
		i += n
	}
	if !r.finish() {
		return report.Duty{}, false
	}
	return r.duty, len(r.duty.LeadUnits) > 0 || len(r.duty.SupportUnits) > 0
}

// step reads what stands at a position and says how long it is; it fails where
// the names before a verb are none.
func (r *saidReader) step(i int) (int, bool) {
	if n := r.nested(i); n > 0 {
		return n, true
	}
	if strings.ContainsRune("，,；;。、 \u3000", r.text[i]) {
		if i == r.from {
			r.from = i + 1
		}
		return 1, true
	}
	l, role := r.words.said.Longest(r.text[i:])
	if l == 0 || !r.speaks(i, l, role) {
		if r.to >= 0 {
			return 0, r.take(roleSecond) && r.reset(i) // 甲局按职责分工，乙局…
		}
		return 1, true
	}
	switch role {
	case roleBy:
		r.from = i + l
	case roleHow:
		if r.to < 0 && i > r.from {
			r.to = i
		} else if i == r.from {
			r.from = i + l
		}
	case roleWith:
		if i > r.from {
			names, ok := r.names(i)
			r.head = names
			if !ok {
				return 0, false
			}
		}
		r.from, r.to = i+l, -1
	default:
		if r.to < 0 {
			r.to = i
		}
		if r.to <= r.from && !r.spoken {
			return 0, false
		}
		if !r.take(role) {
			return 0, false
		}
		r.reset(i + l)
	}
	return l, true
}

func (r *saidReader) reset(i int) bool {
	r.from, r.to = i, -1
	return true
}

// nested is the length of the bracket that opens at a position, 0 for none.
func (r *saidReader) nested(i int) int {
	if !strings.ContainsRune(dutyOpeners, r.text[i]) {
		return 0
	}
	for j := i + 1; j < len(r.text); j++ {
		if strings.ContainsRune(dutyClosers, r.text[j]) {
			return j + 1 - i
		}
	}
	return 0
}

// speaks reports whether a word is one of the sentence and no part of a name:
// 由 begins the names, a verb ends the clause or is followed by another such word.
func (r *saidReader) speaks(i, l int, role dutyRole) bool {
	switch role {
	case roleBy:
		before := strings.Trim(string(r.text[r.from:i]), "，,；;。、 ")
		return before == "" || r.words.when.MatchString(before) || r.words.what.MatchString(before)
	case roleWith:
		if i == r.from {
			return r.spoken
		}
		names, ok := r.names(i)
		return ok && len(names) > 0
	}
	j := i + l
	if j == len(r.text) || strings.ContainsRune("，,；;。", r.text[j]) {
		return true
	}
	next, role2 := r.words.said.Longest(r.text[j:])
	return next > 0 && role2 != roleBy && (role2 == roleWith || r.speaks(j, next, role2))
}

// names reads the names before a position; it fails where one is no unit's.
func (r *saidReader) names(to int) ([]string, bool) {
	names, more := splitNames(strings.TrimLeft(string(r.text[r.from:to]), "，,；;。、 \u3000"))
	kept := names[:0]
	for _, n := range names {
		if r.words.isWhen(n) || r.words.what.MatchString(n) && !r.words.isUnit(n) {
			continue
		}
		if !r.words.isUnit(n) {
			return nil, false
		}
		kept = append(kept, n)
	}
	r.duty.More = r.duty.More || more
	return kept, true
}

// take gives the names before a verb to its role.
func (r *saidReader) take(role dutyRole) bool {
	names, ok := r.names(r.to)
	if !ok {
		return false
	}
	lead, support := &r.duty.LeadUnits, &r.duty.SupportUnits
	if len(names)+len(r.head) == 0 {
		return r.spoken // 牵头|负责
	}
	if r.head != nil {
		*lead, *support = append(*lead, r.head...), append(*support, names...)
		names, r.head = nil, nil
	}
	switch {
	case role == roleSupport || role == roleSecond && r.led:
		*support = append(*support, names...)
	default:
		*lead = append(*lead, names...)
	}
	r.led, r.spoken = r.led || role == roleFirst, true
	return true
}

// finish reads what stands behind the last verb: dates, or more units that help.
func (r *saidReader) finish() bool {
	if r.to >= 0 {
		if !strings.Contains(string(r.text[r.to:]), "职责") && !r.spoken {
			return false
		}
		return r.take(roleSecond)
	}
	rest := strings.Trim(string(r.text[r.from:]), "，,；;。、 \u3000")
	if rest == "" || !r.spoken {
		return r.spoken && len(r.head) == 0
	}
	r.to = len(r.text)
	return r.take(roleSupport)
}
