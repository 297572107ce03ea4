package web_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew; review them as a diff")

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

// The roles that say nothing to a reader by themselves.
var silentRoles = []string{"none", "generic", "InlineTextBox", "ListMarker", "LineBreak", "LayoutTableCell", "strong", "emphasis", "mark", "paragraph"}

// spoken is a page's main part as a screen reader has it: each role with its
// name, in the order of the page, indented by depth.
func (v *visit) spoken() string {
	v.Helper()
	var tree struct {
		Nodes []spokenNode `json:"nodes"`
	}
	v.do(chromedp.ActionFunc(func(ctx context.Context) error {
		return cdp.Execute(ctx, "Accessibility.getFullAXTree", nil, &tree)
	}))
	byID := map[string]*spokenNode{}
	for i := range tree.Nodes {
		byID[tree.Nodes[i].NodeID] = &tree.Nodes[i]
	}
	var b strings.Builder
	var walk func(n *spokenNode, depth int, named bool)
	walk = func(n *spokenNode, depth int, named bool) {
		role, name := fmt.Sprint(n.Role.Value), ""
		if text, ok := n.Name.Value.(string); ok {
			name = strings.Join(strings.Fields(text), " ")
		}
		said := role == "StaticText" && named // as its link's or heading's name
		if !n.Ignored && !said && !slices.Contains(silentRoles, role) {
			fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", depth), role)
			if name != "" {
				fmt.Fprintf(&b, " “%s”", name)
			}
			named = named || name != "" && slices.Contains([]string{"link", "heading", "button", "checkbox"}, role)
			for _, p := range n.Properties {
				if slices.Contains([]string{"level", "live", "checked", "expanded"}, p.Name) {
					fmt.Fprintf(&b, " %s=%v", p.Name, p.Value.Value)
				}
			}
			b.WriteByte('\n')
			depth++
		}
		for _, id := range n.ChildIDs {
			if c := byID[id]; c != nil {
				walk(c, depth, named)
			}
		}
	}
	for i := range tree.Nodes {
		if tree.Nodes[i].Role.Value == "main" {
			walk(&tree.Nodes[i], 0, false)
		}
	}
	return b.String()
}

// spokenNode is a node of the accessibility tree; browsers know more values
// than the protocol package does, so only what is needed is read.
type spokenNode struct {
	NodeID  string `json:"nodeId"`
	Ignored bool   `json:"ignored"`
	Role    struct {
		Value any `json:"value"`
	} `json:"role"`
	Name struct {
		Value any `json:"value"`
	} `json:"name"`
	Properties []struct {
		Name  string `json:"name"`
		Value struct {
			Value any `json:"value"`
		} `json:"value"`
	} `json:"properties"`
	ChildIDs []string `json:"childIds"`
}

// TestSpoken compares the page of results, as a screen reader has it, with
// testdata/results.tree; -update writes that anew. The collection is made up,
// so that only the page decides.
func TestSpoken(t *testing.T) {
	v := visitors(t, site(library()))(t)
	v.open("/search?q=机场&year=2021")
	v.until(`document.querySelector("#q-list")`)
	got := v.spoken()
	const golden = "testdata/results.tree"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("what is spoken has changed (-was +is):\n%s", diff)
	}
}
