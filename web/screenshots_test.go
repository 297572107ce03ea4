//go:build screenshots

package web_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// shots are what `make screenshots` shows of every kind of page.
var shots = []struct {
	name          string
	width, height int64
	dark          bool
	parameter     string
}{
	{"desktop", 1280, 1600, false, ""},
	{"phone", 390, 1600, false, ""},
	{"dark", 1280, 1600, true, ""},
	{"elder", 1280, 1600, false, "view=elder"},
	{"english", 1280, 1600, false, "lang=en"},
}

// TestScreenshots writes a picture of every kind of page in each of its looks
// into the folder that YOUJU_SCREENSHOTS names; somebody has to look at them.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("YOUJU_SCREENSHOTS")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	visitor := visitors(t, sampleSite(t))
	for _, p := range pageTypes {
		t.Run(p.name, func(t *testing.T) {
			v := visitor(t)
			for _, s := range shots {
				v.look(s.width, s.height, s.dark)
				v.open(with(p.target, s.parameter))
				var picture []byte
				v.do(chromedp.CaptureScreenshot(&picture))
				if err := os.WriteFile(filepath.Join(dir, p.name+"-"+s.name+".png"), picture, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
