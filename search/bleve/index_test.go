package bleve_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"youju/indexer"
	"youju/report"
	"youju/search"
	"youju/search/bleve"
)

// sharedDir finds the originals, which are not part of the repository.
func sharedDir(t testing.TB) string {
	t.Helper()
	dir := sharedPath()
	if _, err := os.Stat(filepath.Join(dir, "seeds")); err != nil {
		t.Skip("the originals are not here: put them at ../shared or set YOUJU_SHARED")
	}
	return dir
}

func sharedPath() string {
	if dir := os.Getenv("YOUJU_SHARED"); dir != "" {
		return dir
	}
	return "../../../shared"
}

// paragraphs cuts the originals at line breaks into documents with made-up
// tags: enough variety for every facet, multi-valued and missing values included.
func paragraphs(t testing.TB) []*report.Document {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(sharedDir(t), "seeds", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no originals: %v", err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	var docs []*report.Document
	for n, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, madeUp(random, n, string(data)))
	}
	return docs
}

var (
	counties = []string{"东昌府区", "临清市", "冠县", "莘县", "阳谷县", "东阿县", "茌平区", "高唐县"}
	topics   = []string{"教育", "医疗卫生", "交通基建", "生态环境", "就业", "养老托育"}
	units    = []string{"市发展改革委", "市财政局", "市水利局", "市教育体育局"}
)

func madeUp(random *rand.Rand, n int, text string) *report.Document {
	doc := &report.Document{
		ID: fmt.Sprintf("3715%02d-%d-report", n, 2019+n), Kind: report.Kinds[n%len(report.Kinds)],
		Title: fmt.Sprintf("第%d号工作报告", n+1), Number: fmt.Sprintf("聊政发〔20%d〕%d号", 20+n, n+1),
		Place: report.Place{Province: "山东省", City: "聊城市", Code: "371500"},
	}
	if n > 0 {
		doc.Year = 2019 + n/2 // two documents share a year, one has none
	}
	if n == 3 {
		doc.Place.County, doc.Place.Code = "东阿县", "371524"
	}
	for i, paragraph := range strings.Split(text, "\n") {
		paragraph = strings.TrimSpace(paragraph)
		if paragraph == "" {
			continue
		}
		it := report.Item{
			ID: fmt.Sprintf("%s/%d", doc.ID, i), Text: paragraph, Part: report.Parts[random.IntN(len(report.Parts))],
			Path: []string{fmt.Sprintf("第%d部分", i%7+1)}, Topics: pick(random, topics), Places: pick(random, counties),
			Claim: []report.Claim{"", report.ClaimDone, report.ClaimPromised}[random.IntN(3)], AboutYear: []int{0, 2019, 2020}[random.IntN(3)],
		}
		it.Duty.LeadUnits = pick(random, units)
		doc.Items = append(doc.Items, it)
	}
	return doc
}

// pick chooses none to two of the values.
func pick(random *rand.Rand, values []string) []string {
	var some []string
	for range random.IntN(3) {
		some = append(some, values[random.IntN(len(values))])
	}
	return some
}

// readFiles reads files and folders with the real indexer.
func readFiles(t testing.TB, paths ...string) (docs []*report.Document) {
	t.Helper()
	files, _ := indexer.Find(paths)
	add := sink(func(doc *report.Document) error {
		docs = append(docs, doc)
		return nil
	})
	if _, err := indexer.Index(context.Background(), files, add, indexer.Options{}); err != nil {
		t.Fatal(err)
	}
	return docs
}

type sink func(doc *report.Document) error

func (s sink) Add(doc *report.Document) error { return s(doc) }

// build publishes documents in a new directory and returns it.
func build(t testing.TB, dir string, docs []*report.Document) search.Info {
	t.Helper()
	b, err := bleve.NewBuilder(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range docs {
		if err := b.Add(doc); err != nil {
			t.Fatal(err)
		}
	}
	info, err := b.Publish(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// shared is the index of the originals that several tests ask; it is built once.
var shared struct {
	sync.Once
	dir  string
	docs []*report.Document
	x    *bleve.Index
	// more are other directories to remove at the end.
	more []string
}

func sharedIndex(t testing.TB) (*bleve.Index, []*report.Document) {
	t.Helper()
	docs := paragraphs(t)
	shared.Do(func() {
		shared.docs = docs
		dir, err := os.MkdirTemp("", "youju-index")
		if err != nil {
			t.Fatal(err)
		}
		shared.dir = dir
		build(t, dir, docs)
		if shared.x, err = bleve.Open(dir); err != nil {
			t.Fatal(err)
		}
	})
	if shared.x == nil {
		t.Fatal("the shared index could not be built")
	}
	return shared.x, shared.docs
}

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	code := m.Run()
	if shared.x != nil {
		shared.x.Close()
	}
	for _, dir := range append(shared.more, shared.dir) {
		if dir != "" {
			os.RemoveAll(dir)
		}
	}
	os.Exit(code)
}

// searcher is what both Index and Live are.
type searcher interface {
	Search(context.Context, search.Query) (*search.Result, error)
}

func find(t testing.TB, x searcher, q search.Query) *search.Result {
	t.Helper()
	res, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("searching %+v: %v", q, err)
	}
	return res
}
