package ofd

import (
	"testing"

	"youju/indexer/layout"
)

func TestRules(t *testing.T) {
	o := pathObject{boundary: box{x: 10, y: 20}, ctm: [6]float64{1, 0, 0, 1, 0, 0}}
	for _, c := range []struct {
		data string
		want []layout.Rule
	}{
		{"M 0 0 L 30 0", []layout.Rule{{X0: 10, Y0: 20, X1: 40, Y1: 20}}},
		{"M 0 0 L 30 0 L 30 5 C", []layout.Rule{{X0: 10, Y0: 20, X1: 40, Y1: 20}, {X0: 40, Y0: 20, X1: 40, Y1: 25}, {X0: 40, Y0: 25, X1: 10, Y1: 20}}},
		{"M 0 0 B 1 1 2 2 3 3 L 9 3", []layout.Rule{{X0: 13, Y0: 23, X1: 19, Y1: 23}}},
		{"M 0 0 L 30", nil},
		{"M 0 0 X 1 1 L 3 3", nil},
	} {
		got := o.rules(c.data)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", c.data, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", c.data, got[i], c.want[i])
			}
		}
	}
}
