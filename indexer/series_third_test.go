package indexer

import "testing"

// TestHasThird passes over no text in which a form of number has its third entry.
func TestHasThird(t *testing.T) {
	for k, texts := range [][]string{
		{"（3）建桥", "( 3 )建桥", "（３）、建桥"}, {"③建桥"}, {"（三）建桥", "(三)建桥"}, {"3.建桥", "3 、建桥", "３．建桥"}, {"三是建桥"}, {"第三，建桥", "第三件是建桥"},
	} {
		for _, s := range texts {
			if s = "甲30所，" + s; !seriesMarks[k].MatchString(s) || !hasThird(s, k) {
				t.Errorf("form %d of %q: %v, the text has it: %v", k, s, hasThird(s, k), seriesMarks[k].MatchString(s))
			}
		}
		if s := "建成30所学校。"; hasThird(s, k) {
			t.Errorf("form %d: %q has no third entry", k, s)
		}
	}
}
