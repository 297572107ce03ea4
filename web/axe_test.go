package web_test

import (
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// states are the ways every kind of page is looked at. Zooming to 200 % leaves
// a window of 1280 pixels 640 of them.
var states = []struct {
	name          string
	width, height int64
	dark          bool
	parameter     string
}{
	{"light", 1280, 900, false, ""},
	{"dark", 1280, 900, true, ""},
	{"320px", 320, 700, false, ""},
	{"200%", 640, 450, false, ""},
	{"elder", 1280, 900, false, "view=elder"},
}

// look sets a page's window and colours.
func (v *visit) look(width, height int64, dark bool) {
	v.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	v.do(emulation.SetDeviceMetricsOverride(width, height, 1, width < 600),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}))
}

// What axe-core looks for: everything, or colours alone where nothing else differs.
const (
	everything = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`
	colours    = `{ type: "rule", values: ["color-contrast", "link-in-text-block"] }`
)

// axe lists what axe-core finds, one line for each rule with an example.
func (v *visit) axe(rules string) string {
	v.Helper()
	return v.eval(`axe.run(document, { resultTypes: ["violations"], runOnly: ` + rules + ` }).then(r => r.violations.map(
		v => v.id + " (" + v.nodes.length + "): " + v.nodes[0].html.slice(0, 300) + " " + v.nodes[0].failureSummary).join("\n"))`)
}

// TestAccessible has axe-core look at every kind of page, in every state, in
// both languages. YOUJU_AXE names its script (axe.min.js), which is not ours
// to ship; .ci/run gets it.
func TestAccessible(t *testing.T) {
	path := os.Getenv("YOUJU_AXE")
	if path == "" {
		t.Skip("YOUJU_AXE names no axe.min.js")
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	visitor := visitors(t, sampleSite(t))
	t.Run("opened", func(t *testing.T) {
		t.Parallel()
		v := visitor(t)
		look := func(what string) {
			if found := v.axe(everything); found != "" {
				t.Errorf("%s: %s", what, found)
			}
		}
		v.look(1280, 900, false)
		v.open("/search?q=旅游")
		v.do(chromedp.Evaluate(string(axe), nil))
		v.eval(`(navigator.clipboard.write = () => Promise.resolve(), document.querySelector("[data-cite]").click(), 0)`)
		v.until(`document.querySelector(".copies button")`)
		look("citing")
		v.eval(`(document.querySelectorAll("details").forEach(d => { d.open = true; }), 0)`)
		look("unfolded")
		v.eval(`(document.getElementById("q").value = "", 0)`)
		v.do(chromedp.SendKeys("#q", "老旧"))
		v.until(`document.querySelector("#q-list li")`)
		look("suggestions")
		v.look(320, 700, false)
		v.eval(`(location.hash = "filters", 0)`)
		v.until(`getComputedStyle(document.querySelector("#filters")).position === "fixed"`)
		look("filters on a phone")
	})
	for _, p := range pageTypes {
		for _, language := range []string{"", "lang=en"} {
			t.Run(p.name+language, func(t *testing.T) {
				t.Parallel()
				v := visitor(t)
				opened := ""
				for _, s := range states {
					v.look(s.width, s.height, s.dark)
					if target := with(with(p.target, language), s.parameter); target != opened {
						v.open(target)
						v.do(chromedp.Evaluate(string(axe), nil))
						opened = target
					}
					rules := everything
					if s.dark {
						rules = colours
					}
					if found := v.axe(rules); found != "" {
						t.Errorf("%s: %s", s.name, found)
					}
					if wide := v.eval(`Math.max(0, document.documentElement.scrollWidth - innerWidth)`); wide != "0" {
						t.Errorf("%s: the page is %s pixels wider than the window", s.name, wide)
					}
				}
			})
		}
	}
}
