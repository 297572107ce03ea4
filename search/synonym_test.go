package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"youju/report"
)

// TestSynonymRules holds the table to the rules in its head.
func TestSynonymRules(t *testing.T) {
	topics := map[string]int{}
	for _, topic := range report.Topics() {
		topics[topic.Name] = 0
	}
	equal, left := map[string]int{}, map[string]int{}
	groups := 0
	for n, line := range strings.Split(synonymData, "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		groups++
		topic, terms, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if _, ok := topics[topic]; !ok {
			t.Errorf("line %d: no topic %q", n+1, topic)
		}
		topics[topic]++
		terms, not, _ := strings.Cut(terms, " | not ")
		from, to, directed := strings.Cut(terms, ">")
		all := fields(terms, "=")
		if directed {
			all = append(fields(from, ","), fields(to, ",")...)
			for _, term := range fields(from, ",") {
				if left[foldedForm(term)]++; left[foldedForm(term)] > 1 {
					t.Errorf("line %d: %s stands left of two >", n+1, term)
				}
			}
		}
		asked := len(fields(from, ","))
		for i, term := range all {
			if utf8.RuneCountInString(term) < 2 {
				t.Errorf("line %d: a term of one character: %s", n+1, term)
			}
			if !directed {
				equal[term]++
				if equal[term] > 1 {
					t.Errorf("line %d: %s is in two groups of equals", n+1, term)
				}
			}
			for j, other := range all {
				if directed && i >= asked && i != j && strings.Contains(foldedForm(term), foldedForm(other)) {
					t.Errorf("line %d: %s would be found by %s anyway", n+1, term, other)
				}
			}
		}
		for _, guard := range fields(not, ",") {
			if !holdsAnyOf(guard, all) {
				t.Errorf("line %d: the guard %s holds no term of its line", n+1, guard)
			}
		}
	}
	if groups < 400 {
		t.Errorf("%d groups", groups)
	}
	for topic, n := range topics {
		if n == 0 {
			t.Errorf("no group for %s", topic)
		}
	}
}

func holdsAnyOf(text string, terms []string) bool {
	for _, term := range terms {
		if strings.Contains(foldedForm(text), foldedForm(term)) {
			return true
		}
	}
	return false
}

// TestFalseFriends: inside its guards a term does not count, beside them it does.
func TestFalseFriends(t *testing.T) {
	if len(synonyms().guards) < 20 {
		t.Errorf("%d guarded terms only", len(synonyms().guards))
	}
	for term, guards := range synonyms().guards {
		w, ok := newPlanWord(term, true)
		if !ok {
			t.Errorf("%s cannot be searched", term)
			continue
		}
		w.Guards = guardsOf(term)
		for _, guard := range guards {
			if w.Holds("今年的" + guard + "，已经完成。") {
				t.Errorf("%s is found in %s", term, guard)
			}
			if !w.Holds("今年的" + guard + "，" + term + "。") {
				t.Errorf("%s is not found beside %s", term, guard)
			}
		}
	}
}
