package indexer

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"youju/report"
)

var corpusName = regexp.MustCompile(`^([0-9]{4})_(\p{Han}+)`)

// TestCorpusMetadata reads each report of the corpus without its folder and
// name: kind, place and year must come from the text alone, for 98 in 100.
func TestCorpusMetadata(t *testing.T) {
	right, all := 0, 0
	for _, name := range sharedFiles(t) {
		m := corpusName.FindStringSubmatch(filepath.Base(name))
		if m == nil {
			continue
		}
		all++
		year, _ := strconv.Atoi(m[1])
		docs, err := Read("hidden", mustRead(t, name))
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %d documents, %v", filepath.Base(name), len(docs), err)
			continue
		}
		if d := docs[0]; d.Kind != report.KindReport || d.Place.Name() != m[2] || d.Year != year || d.Place.Code == "" {
			t.Logf("%s: kind %s, place %s, year %d", filepath.Base(name), d.Kind, d.Place.Name(), d.Year)
			continue
		}
		right++
	}
	t.Logf("kind, place and year right for %d of %d", right, all)
	if right*100 < all*98 {
		t.Errorf("kind, place and year right for %d of %d, want 98 in 100", right, all)
	}
}

// TestCorpusShape looks for what every report has: a review, plans, a close,
// and no page furniture in an item.
func TestCorpusShape(t *testing.T) {
	furnished := regexp.MustCompile(`字号：|相关报道|扫一扫|本报记者|分享到|^下载$|^打印$|下转.?版`)
	for _, name := range sharedFiles(t) {
		if corpusName.FindString(filepath.Base(name)) == "" {
			continue
		}
		docs, err := Read("hidden", mustRead(t, name))
		if err != nil {
			t.Error(err)
			continue
		}
		parts := map[report.Part]int{}
		for _, it := range docs[0].Items {
			parts[it.Part]++
			if furnished.MatchString(it.Text) {
				t.Errorf("%s: furniture in %s: %s", filepath.Base(name), it.ID, head(it.Text, 30))
			}
		}
		for _, p := range []report.Part{report.PartReview, report.PartPlan, report.PartTarget, report.PartClosing} {
			if parts[p] == 0 {
				t.Errorf("%s: no item is %s", filepath.Base(name), p)
			}
		}
	}
}

// originalOutline is what the repository keeps of an original: counts, numbers
// and hashes, none of its sentences.
type originalOutline struct {
	ID, Kind, Date                   string
	Year, Sections, Items            int
	Parts                            map[report.Part]int
	Leaders, LeadUnits, SupportUnits int
	Repairs                          int
	Missing                          []string
	// Entries holds "local part heading-length text-length hash" of each item.
	Entries []string
}

func outlineOf(d *report.Document) originalOutline {
	o := originalOutline{
		ID: d.ID, Kind: string(d.Kind), Date: d.Date, Year: d.Year, Sections: len(d.Sections),
		Items: len(d.Items), Parts: map[report.Part]int{}, Repairs: len(d.Source.Repairs), Missing: d.Source.Missing,
	}
	for _, it := range d.Items {
		o.Parts[it.Part]++
		o.Leaders += len(it.Duty.Leaders)
		o.LeadUnits += len(it.Duty.LeadUnits)
		o.SupportUnits += len(it.Duty.SupportUnits)
		sum := sha256.Sum256([]byte(it.Heading + "\n" + it.Text))
		o.Entries = append(o.Entries, fmt.Sprintf("%s %s %d %d %s", it.Local(), it.Part,
			len([]rune(it.Heading)), len([]rune(it.Text)), hex.EncodeToString(sum[:4])))
	}
	return o
}

// TestOriginals compares the outlines of the five originals with the golden
// ones: every change of a rule shows as a diff.
func TestOriginals(t *testing.T) {
	dir := filepath.Join(sharedDir(t), "seeds")
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) != 5 {
		t.Fatalf("%d originals, %v", len(files), err)
	}
	for _, name := range files {
		number := strings.SplitN(filepath.Base(name), "_", 2)[0]
		t.Run(number, func(t *testing.T) {
			docs, err := Read("hidden", mustRead(t, name))
			if err != nil {
				t.Fatal(err)
			}
			var outlines []originalOutline
			for _, d := range docs {
				outlines = append(outlines, outlineOf(d))
			}
			got, err := json.MarshalIndent(outlines, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "originals", number+".json")
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want := mustRead(t, golden)
			if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
				t.Errorf("outline differs (-want +got):\n%s", diff)
			}
		})
	}
}
