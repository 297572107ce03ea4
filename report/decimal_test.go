package report

import "testing"

func TestShifted(t *testing.T) {
	for _, c := range []struct {
		value float64
		power int
		want  float64
	}{{1.15, 8, 115000000}, {1150, 4, 11500000}, {10.2, 8, 1020000000}, {158.3, 8, 15830000000}, {0.07, 4, 700}, {0, 8, 0}, {-1.1, 2, -110}, {6.1, 0, 6.1}} {
		if got := Shifted(c.value, c.power); got != c.want {
			t.Errorf("Shifted(%v, %d) = %v, want %v", c.value, c.power, got, c.want)
		}
	}
}
