package web

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var colourToken = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`)

// TestContrast holds the colours of both themes against WCAG: 4.5 to 1 for
// text, 3 to 1 for borders of fields and for the focus ring.
func TestContrast(t *testing.T) {
	css, err := staticFS.ReadFile("static/youju.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, _ := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	dark, _, _ := strings.Cut(rest, "/* ---- page")
	for theme, text := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]float64{}
		for _, m := range colourToken.FindAllStringSubmatch(text, -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		for _, pair := range []struct {
			fore  string
			least float64
			backs []string
		}{
			{"ink", 4.5, []string{"paper", "surface", "tint", "blue-tint", "red-tint"}},
			{"ink-soft", 4.5, []string{"paper", "surface", "tint", "blue-tint"}},
			{"blue", 4.5, []string{"paper", "surface", "tint", "blue-tint"}},
			{"blue-deep", 4.5, []string{"paper", "surface", "tint", "blue-tint"}},
			{"red", 4.5, []string{"paper", "surface", "blue-tint"}},
			{"on-blue", 4.5, []string{"blue", "blue-deep"}},
			{"mark-ink", 4.5, []string{"mark"}},
			{"edge", 3, []string{"surface", "paper"}},
			{"focus", 3, []string{"paper", "surface", "tint"}},
		} {
			for _, back := range pair.backs {
				a, okA := colours[pair.fore]
				b, okB := colours[back]
				if !okA || !okB {
					t.Fatalf("%s: no colour %q or %q", theme, pair.fore, back)
				}
				if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < pair.least {
					t.Errorf("%s: %s on %s is %.2f to 1, less than %.1f", theme, pair.fore, back, ratio, pair.least)
				}
			}
		}
	}
}

// luminance is the relative luminance of a colour, as WCAG defines it.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
