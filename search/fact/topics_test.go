package fact

import (
	"slices"
	"testing"

	"youju/report"
)

// TestMentionTopics takes a mention's topic from its clause, and the passage's
// where the clause tells none.
func TestMentionTopics(t *testing.T) {
	it := &report.Item{Topics: []string{"教育", "农业农村"}}
	for text, want := range map[string][]string{
		"甲乙高速公路建成通车": {"交通基建"},
		"云朗二期加快推进":   {"教育", "农业农村"},
	} {
		if got := mentionTopics(it, &report.Mention{Text: text}); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
