package indexer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"youju/report"
)

// TestFormatsAgree reads the reports that the corpus holds in another format
// too: their items must be those of the text version.
func TestFormatsAgree(t *testing.T) {
	dir := filepath.Join(sharedDir(t), "corpus", "formats")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{".docx": 0.99, ".pdf": 0.97, ".txt": 1}
	var r Reader
	for _, e := range entries {
		name := e.Name()
		t.Run(name, func(t *testing.T) {
			if filepath.Ext(name) == ".pdf" && testing.Short() {
				t.Skip("starts the PDF engine")
			}
			got, err := r.Read(t.Context(), name, mustRead(t, filepath.Join(dir, name)))
			if err != nil {
				t.Fatal(err)
			}
			truth, err := Read("truth", mustRead(t, textVersion(t, name)))
			if err != nil {
				t.Fatal(err)
			}
			share, lost, extra := sameItems(itemTexts(truth), itemTexts(got))
			t.Logf("%.4f of the items are equal, %d pages", share, got[0].Source.Pages)
			if share < want[filepath.Ext(name)] {
				t.Errorf("%.4f of the items are equal, want %v", share, want[filepath.Ext(name)])
			}
			for i := range min(4, max(len(lost), len(extra))) {
				for label, list := range map[string][]string{"text": lost, "file": extra} {
					if i < len(list) {
						t.Logf("only in the %s: %s … %s", label, head(list[i], 40), tail(list[i], 30))
					}
				}
			}
		})
	}
}

// textVersion finds the plain text of a report of the formats folder.
func textVersion(t *testing.T, name string) string {
	t.Helper()
	base := strings.TrimSuffix(strings.TrimSuffix(name, filepath.Ext(name)), ".gb18030")
	if year, rest, ok := strings.Cut(base, "年"); ok {
		base = year + "_" + strings.TrimSuffix(rest, "政府工作报告")
	}
	found, err := filepath.Glob(filepath.Join(sharedDir(t), "corpus", "*", base+".*"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no text version of %s", name)
	}
	return found[0]
}

// sameItems gives the share of items that both lists hold (twice the common
// ones by all), and those that one list lacks.
func sameItems(a, b []string) (share float64, lost, extra []string) {
	left := map[string]int{}
	for _, s := range a {
		left[s]++
	}
	common := 0
	for _, s := range b {
		if left[s] > 0 {
			left[s]--
			common++
			continue
		}
		extra = append(extra, s)
	}
	for _, s := range a {
		if left[s] > 0 {
			left[s]--
			lost = append(lost, s)
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b)), lost, extra
}

func canonical(s string) string {
	return squeeze(strings.ReplaceAll(norm.NFKC.String(s), "**", ""))
}

func itemTexts(docs []*report.Document) []string {
	var out []string
	for _, d := range docs {
		for _, it := range d.Items {
			out = append(out, canonical(it.Text))
		}
	}
	return out
}
