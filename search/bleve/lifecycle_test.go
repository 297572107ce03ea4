package bleve_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"youju/report"
	"youju/search"
	"youju/search/bleve"
)

// small is a collection of our own sentences; its documents say which build they are of.
func small(build int) []*report.Document {
	var docs []*report.Document
	for d := range 2 {
		doc := &report.Document{
			ID: fmt.Sprintf("371500-%d-report", 2020+d), Kind: report.KindReport, Year: 2020 + d,
			Title: "政府工作报告", Place: report.Place{Province: "山东省", City: "聊城市", Code: "371500"},
			Sections: []report.Section{{Path: []string{"一、工作回顾"}, Level: 1, Part: report.PartReview}},
		}
		for i := range 30 {
			doc.Items = append(doc.Items, report.Item{
				ID: fmt.Sprintf("%s/1.%d", doc.ID, i+1), Path: []string{"一、工作回顾"}, Part: report.PartReview,
				Text: fmt.Sprintf("第%d次建成的条目，修路%d公里，绿化%d亩。", build, i, i*d),
			})
		}
		docs = append(docs, doc)
	}
	return docs
}

func TestReadBack(t *testing.T) {
	dir := t.TempDir()
	info := build(t, dir, small(1))
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	ctx := context.Background()
	if got := x.Info(); got.Generation != info.Generation || !got.Built.Equal(info.Built) || got.Documents != 2 || got.Items != 60 || got.Generation == "" || got.Built.IsZero() {
		t.Errorf("info %+v, published %+v", got, info)
	}
	want := small(1)[1]
	got, err := x.Document(ctx, want.ID)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if !bytes.Equal(a, b) {
		t.Errorf("document changed:\n got %s\nwant %s", a, b)
	}
	hit, err := x.Item(ctx, want.Items[7].ID)
	if err != nil || hit.Item.Text != want.Items[7].Text || hit.Document.Title != want.Title || hit.Document.Items != nil {
		t.Errorf("item %+v, %v", hit, err)
	}
	list, err := x.Documents(ctx)
	if err != nil || len(list) != 2 || list[0].Document.Year != 2021 || list[0].Items != 30 || list[0].Sections != 1 || list[0].Document.Sections != nil {
		t.Errorf("documents %+v, %v", list, err)
	}
	for _, id := range []string{"", "/", "x", "371500-2021-report", "371500-2021-report/", "371500-2021-report/9", "x/1.1", "\xff/\x00"} {
		if _, err := x.Item(ctx, id); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("item %q: %v", id, err)
		}
	}
	if _, err := x.Document(ctx, "371500-2021-report/1.1"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("an item's ID is no document: %v", err)
	}
}

func TestBuilderRefuses(t *testing.T) {
	dir := t.TempDir()
	b, err := bleve.NewBuilder(dir)
	if err != nil {
		t.Fatal(err)
	}
	docs := small(1)
	if err := b.Add(docs[0]); err != nil {
		t.Fatal(err)
	}
	twice := *small(1)[1]
	twice.Items = append(twice.Items, twice.Items[0])
	foreign := *small(1)[1]
	foreign.Items = []report.Item{{ID: "other/1", Text: "别处的条目"}}
	for name, doc := range map[string]*report.Document{
		"编号重复": docs[0], "条目编号重复": &twice, "不属于": &foreign, "无效": {ID: ""},
	} {
		if err := b.Add(doc); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	info, err := b.Publish(context.Background(), nil)
	if err != nil || info.Documents != 1 || info.Items != 30 {
		t.Errorf("what was refused left a trace: %+v, %v", info, err)
	}
	if err := b.Add(docs[1]); err == nil {
		t.Error("a published builder takes documents")
	}
	if _, err := b.Publish(context.Background(), nil); err == nil {
		t.Error("published twice")
	}
	if err := b.Abort(); err != nil {
		t.Error(err)
	}
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatalf("aborting after publishing took the index away: %v", err)
	}
	x.Close()
}

func TestNoDocuments(t *testing.T) {
	dir := t.TempDir()
	b, err := bleve.NewBuilder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Publish(context.Background(), nil); !errors.Is(err, bleve.ErrNoDocuments) {
		t.Errorf("publishing nothing: %v", err)
	}
	if got := holding(t, dir); got != "LOCK" {
		t.Errorf("left behind: %s", got)
	}
	if _, err := bleve.Open(dir); !bleve.IsProblem(err, bleve.NoIndex) || !strings.Contains(err.Error(), "youju index") {
		t.Errorf("opening nothing: %v", err)
	}
	if _, err := bleve.Open(filepath.Join(dir, "missing")); !bleve.IsProblem(err, bleve.NoIndex) {
		t.Errorf("opening a missing directory: %v", err)
	}
}

func TestAbortAndCancelLeaveNothing(t *testing.T) {
	dir := t.TempDir()
	served := build(t, dir, small(1))
	for name, end := range map[string]func(b *bleve.Builder) error{
		"abort": func(b *bleve.Builder) error { return b.Abort() },
		"cancel": func(b *bleve.Builder) error {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			if _, err := b.Publish(ctx, nil); !errors.Is(err, context.Canceled) {
				return fmt.Errorf("publishing: %w", err)
			}
			return nil
		},
	} {
		b, err := bleve.NewBuilder(dir)
		if err != nil {
			t.Fatal(err)
		}
		b.Add(small(2)[0])
		if err := end(b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, want := holding(t, dir), served.Generation+" CURRENT LOCK"; got != want {
		t.Errorf("holds %s, want %s", got, want)
	}
	x, err := bleve.Open(dir)
	if err != nil || x.Info().Generation != served.Generation {
		t.Fatalf("%v", err)
	}
	x.Close()
}

func TestGenerationsAndSweeping(t *testing.T) {
	dir := t.TempDir()
	for _, stale := range []string{"20200101T000000.000-0000.tmp", "20200101T000000.001-0000"} {
		if err := os.MkdirAll(filepath.Join(dir, stale), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	running, err := bleve.NewBuilder(dir)
	if err != nil {
		t.Fatal(err)
	}
	mark := holding(t, dir) // the running build and its lock
	var built []string
	for n := range 4 {
		built = append(built, build(t, dir, small(n)).Generation)
		time.Sleep(2 * time.Millisecond)
	}
	if got, want := holding(t, dir), strings.TrimSuffix(mark, "LOCK")+built[2]+" "+built[3]+" CURRENT LOCK"; got != want {
		t.Errorf("holds %s, want %s", got, want)
	}
	if err := running.Add(small(9)[0]); err != nil {
		t.Errorf("a running build was swept: %v", err)
	}
	if _, err := running.Publish(context.Background(), nil); err != nil {
		t.Errorf("a running build was swept: %v", err)
	}
}

// holding names what is in a folder.
func holding(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// TestTogether starts builds at the same moment: none sweeps another one.
func TestTogether(t *testing.T) {
	dir := t.TempDir()
	var builds sync.WaitGroup
	for n := range 8 {
		builds.Go(func() {
			b, err := bleve.NewBuilder(dir)
			if err != nil {
				t.Error(err)
				return
			}
			if err := b.Add(small(n)[0]); err != nil {
				t.Error(err)
			}
			if _, err := b.Publish(t.Context(), nil); err != nil {
				t.Error(err)
			}
		})
	}
	builds.Wait()
	x, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	x.Close()
}

// TestManifestDamage changes each byte of a manifest in turn, and takes its sum
// away: what is read otherwise than it was written is not served.
func TestManifestDamage(t *testing.T) {
	dir := t.TempDir()
	before := build(t, dir, small(1))
	time.Sleep(2 * time.Millisecond)
	build(t, dir, small(2))
	path := filepath.Join(current(t, dir), "manifest.json")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(data []byte, what string) {
		t.Helper()
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if m, err := bleve.ReadManifest(dir); err == nil {
			t.Errorf("%s: read as %+v", what, m)
		}
	}
	for i := range whole {
		data := bytes.Clone(whole)
		data[i] ^= 1
		refused(data, fmt.Sprintf("byte %d, %.20q", i, whole[i:]))
	}
	refused(append(bytes.Clone(whole), ' '), "longer")
	at := bytes.LastIndex(whole, []byte(`"sum"`))
	refused(append(bytes.TrimRight(bytes.Clone(whole[:at]), "\t\n,"), '}'), "no sum")
	if m, err := bleve.RecallManifest(dir); err != nil || m.Generation != before.Generation {
		t.Errorf("recalled %v: %v", m, err)
	}
	if err := os.WriteFile(path, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := bleve.ReadManifest(dir); err != nil {
		t.Error(err)
	}
}

// TestAbsurdCurrent puts into CURRENT what is no name of a generation: it is
// told in plain words, and another run of the indexer mends it.
func TestAbsurdCurrent(t *testing.T) {
	write := func(text string) func(path string) error {
		return func(path string) error { return os.WriteFile(path, []byte(text), 0o644) }
	}
	tests := map[string]struct {
		put  func(path string) error
		says string
	}{
		"empty":       {write(""), "是空的"},
		"only lines":  {write("\n\r\n"), "是空的"},
		"long":        {write(strings.Repeat("2", 1<<20)), "名称过长"},
		"long, named": {write(strings.Repeat("a", 101) + "\n"), "名称过长"},
		"NUL":         {write("2026\x00\n"), "不是索引版本的名称"},
		"two lines":   {write("2026\n2027\n"), "不是索引版本的名称"},
		"space":       {write(" 2026\n"), "不是索引版本的名称"},
		"parts":       {write("a/b"), "不是索引版本的名称"},
		"backslash":   {write(`a\b`), "不是索引版本的名称"},
		"up":          {write(".."), "不是索引版本的名称"},
		"here":        {write("."), "不是索引版本的名称"},
		"absolute":    {write("/etc"), "不是索引版本的名称"},
		"half built":  {write("20260101T000000.000-0000.tmp"), "不是索引版本的名称"},
		"no text":     {write("\xff\xfe2026"), "不是索引版本的名称"},
		"a file":      {write("CURRENT"), "不是文件夹"},
		"a link": {func(path string) error {
			return os.Symlink("/dev/zero", path)
		}, "不是普通文件"},
		"to a link": {func(path string) error {
			if err := os.Symlink(t.TempDir(), filepath.Join(filepath.Dir(path), "link")); err != nil {
				return err
			}
			return os.WriteFile(path, []byte("link\n"), 0o644)
		}, "不是文件夹"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "CURRENT")
			if err := test.put(path); err != nil {
				t.Skip(err)
			}
			x, err := bleve.Open(dir)
			if err == nil {
				x.Close()
				t.Fatal("opened")
			}
			if !bleve.IsProblem(err, bleve.Corrupt) || !strings.Contains(err.Error(), test.says) || len(err.Error()) > 500 {
				t.Errorf("want %q: %.500v", test.says, err)
			}
			build(t, dir, small(1))
			if x, err = bleve.Open(dir); err != nil {
				t.Fatal(err)
			}
			x.Close()
		})
	}
}

// current is the directory of the generation being served.
func current(t *testing.T, dir string) string {
	t.Helper()
	name, err := os.ReadFile(filepath.Join(dir, "CURRENT"))
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, strings.TrimSpace(string(name)))
}

func TestDamage(t *testing.T) {
	cut := func(path string, size int64) error { return os.Truncate(path, size) }
	flip := func(path string) error {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i := len(data) / 2; i < min(len(data), len(data)/2+64); i++ {
			data[i] ^= 0xff
		}
		return os.WriteFile(path, data, 0o644)
	}
	edit := func(path, old, new string) error {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !bytes.Contains(data, []byte(old)) {
			return fmt.Errorf("%s does not hold %q", path, old)
		}
		return os.WriteFile(path, bytes.Replace(data, []byte(old), []byte(new), 1), 0o644)
	}
	tests := []struct {
		name   string
		damage func(dir, generation string) error
		want   bleve.Problem
	}{
		{"segment flipped", func(_, g string) error { return flip(filepath.Join(g, "items.zap")) }, bleve.Corrupt},
		{"segment cut", func(_, g string) error { return cut(filepath.Join(g, "items.zap"), 100) }, bleve.Corrupt},
		{"segment gone", func(_, g string) error { return os.Remove(filepath.Join(g, "groups.zap")) }, bleve.Corrupt},
		{"segment empty", func(_, g string) error { return cut(filepath.Join(g, "documents.zap"), 0) }, bleve.Corrupt},
		{"rows cut", func(_, g string) error { return cut(filepath.Join(g, "items.rows"), 8) }, bleve.Corrupt},
		{"records flipped", func(_, g string) error { return flip(filepath.Join(g, "items.records")) }, bleve.Corrupt},
		{"documents flipped", func(_, g string) error { return flip(filepath.Join(g, "documents.records")) }, bleve.Corrupt},
		{"sample gone", func(_, g string) error { return os.Remove(filepath.Join(g, "sample")) }, bleve.Corrupt},
		{"figures flipped", func(_, g string) error { return flip(filepath.Join(g, "figures")) }, bleve.Corrupt},
		{"columns cut", func(_, g string) error { return cut(filepath.Join(g, "columns"), 50) }, bleve.Corrupt},
		{"manifest gone", func(_, g string) error { return os.Remove(filepath.Join(g, "manifest.json")) }, bleve.Corrupt},
		{"manifest cut", func(_, g string) error { return cut(filepath.Join(g, "manifest.json"), 20) }, bleve.Corrupt},
		{"other schema", func(_, g string) error {
			return edit(filepath.Join(g, "manifest.json"), `"schema": `, `"schema": 9`)
		}, bleve.OtherVersion},
		{"other analyzer", func(d, g string) error {
			m, err := bleve.ReadManifest(d)
			if err != nil {
				return err
			}
			m.Analyzer = "cjk-0"
			data, err := m.Encode()
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(g, "manifest.json"), data, 0o644)
		}, bleve.OtherVersion},
		{"analyzer edited", func(_, g string) error {
			return edit(filepath.Join(g, "manifest.json"), search.AnalyzerVersion, "cjk-0")
		}, bleve.Corrupt},
		{"file outside", func(_, g string) error {
			return edit(filepath.Join(g, "manifest.json"), `"columns"`, `"../../columns"`)
		}, bleve.Corrupt},
		{"generation gone", func(_, g string) error { return os.RemoveAll(g) }, bleve.Corrupt},
		{"CURRENT empty", func(d, _ string) error { return cut(filepath.Join(d, "CURRENT"), 0) }, bleve.Corrupt},
		{"CURRENT leads away", func(d, _ string) error {
			return os.WriteFile(filepath.Join(d, "CURRENT"), []byte("../../etc\n"), 0o644)
		}, bleve.Corrupt},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			build(t, dir, small(1))
			if err := test.damage(dir, current(t, dir)); err != nil {
				t.Fatal(err)
			}
			x, err := bleve.Open(dir)
			if err == nil {
				x.Close()
				t.Fatal("opened")
			}
			if !bleve.IsProblem(err, test.want) || !strings.Contains(err.Error(), "请重新运行 youju index") {
				t.Errorf("want problem %d: %v", test.want, err)
			}
		})
	}
}

// TestHotSwap publishes new generations, one of them damaged, while readers
// ask without pause: no request fails, and every answer is of one generation.
func TestHotSwap(t *testing.T) {
	defer bleve.SetPollEvery(20 * time.Millisecond)()
	dir := t.TempDir()
	build(t, dir, small(0))
	var log lockedBuffer
	live, err := bleve.OpenLive(dir, slog.New(slog.NewTextHandler(&log, nil)), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var asked, mixed atomic.Int64
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				res, err := live.Search(context.Background(), search.Query{Text: "建成的条目", Size: 60})
				if err != nil || res.Total != 60 {
					t.Errorf("search: %v", err)
					return
				}
				for _, hit := range res.Hits {
					if hit.Item.Text[:12] != res.Hits[0].Item.Text[:12] {
						mixed.Add(1)
					}
				}
				if _, err := live.Document(context.Background(), "371500-2021-report"); err != nil {
					t.Errorf("document: %v", err)
				}
				asked.Add(1)
			}
		})
	}
	var info search.Info
	for n := 1; n <= 3; n++ {
		info = build(t, dir, small(n))
		waitFor(t, func() bool { return live.Info().Generation == info.Generation })
	}
	// A generation that is damaged after its publication is refused, and said so once.
	bad := build(t, dir, small(4))
	if !refuseNext(t, dir, live, bad.Generation) {
		info = bad // the live index was faster than the damage
	} else {
		waitFor(t, func() bool { return strings.Contains(log.String(), "refused") })
		time.Sleep(300 * time.Millisecond)
		if n := strings.Count(log.String(), "refused"); n != 1 {
			t.Errorf("refused %d times:\n%s", n, log.String())
		}
		if got := live.Info().Generation; got != info.Generation {
			t.Errorf("serving %s, want %s", got, info.Generation)
		}
	}
	info = build(t, dir, small(5))
	waitFor(t, func() bool { return live.Info().Generation == info.Generation })
	stop()
	readers.Wait()
	live.Close()
	live.Close()
	if _, err := live.Search(context.Background(), search.Query{}); err == nil {
		t.Error("searching after Close")
	}
	if asked.Load() < 100 || mixed.Load() > 0 {
		t.Errorf("%d answers, %d hits of another generation", asked.Load(), mixed.Load())
	}
}

// refuseNext damages a generation before the live index opens it.
func refuseNext(t *testing.T, dir string, live *bleve.Live, generation string) bool {
	t.Helper()
	if err := os.Truncate(filepath.Join(dir, generation, "columns"), 10); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond)
	return live.Info().Generation != generation
}

func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
	}
}

// lockedBuffer is a buffer that a logger may write while a test reads.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func TestDeadline(t *testing.T) {
	x, _ := sharedIndex(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, text := range []string{"", "发展", "老旧小区改造多少个", "-发展"} {
		if _, err := x.Search(ctx, search.Query{Text: text}); !errors.Is(err, context.Canceled) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestHostileQueries: any bytes give an answer, in time.
func TestHostileQueries(t *testing.T) {
	x, _ := sharedIndex(t)
	different := ""
	for r := rune(0x4E00); len([]rune(different)) < 200; r += 7 {
		different += string(r)
	}
	for _, text := range []string{
		strings.Repeat("的", 10000), strings.Repeat("的 ", 5000), strings.Repeat(`"`, 10000), strings.Repeat("-", 10000),
		different, strings.Join(strings.Split(different, ""), " "), strings.Repeat("发展", 100), "*", ".*", "~2", "text:发展",
		"\xff\xfe\x00", strings.Repeat("\xff", 100000), "\u202e发展", "<script>alert(1)</script>", `"发展" AND (`, "/.*/", "发展^1000",
		strings.Repeat("a", 100000), strings.Repeat("1,", 5000), "year:" + strings.Repeat("9", 150), "：", "-\"",
	} {
		start := time.Now()
		res := find(t, x, search.Query{Text: text})
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%.20q took %v", text, took)
		}
		for _, hit := range res.Hits {
			if rest := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(hit.Snippet); strings.ContainsAny(rest, "<>") {
				t.Errorf("%.20q: snippet %q", text, hit.Snippet)
			}
		}
	}
}

func TestNonsenseIsNotAnswered(t *testing.T) {
	x, _ := sharedIndex(t)
	for _, text := range []string{"特斯拉超级工厂", "地铁一号线", "冬奥会滑雪场", "航天发射中心", "，。", `""`, "＊ ＋"} {
		if res := find(t, x, search.Query{Text: text}); res.Total > 0 {
			t.Errorf("%s: %d hits, tier %s, first %s", text, res.Total, res.Reading.Tier, res.Hits[0].Snippet)
		}
	}
}

// TestEngineVersion keeps the version in the manifest equal to the one in go.mod.
func TestEngineVersion(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	build(t, dir, small(1))
	m, err := bleve.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "github.com/blevesearch/zapx/v17 "+m.Bleve) {
		t.Errorf("go.mod has another engine than %s: change bleveVersion, and SchemaVersion if old indexes cannot be read", m.Bleve)
	}
}

func TestSourcesAreKept(t *testing.T) {
	dir := t.TempDir()
	b, err := bleve.NewBuilder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Add(small(1)[0]); err != nil {
		t.Fatal(err)
	}
	sources := []bleve.Source{
		{Path: "a.txt", Format: "text", SHA256: "00", Documents: []bleve.SourceDocument{{ID: "371500-2020-report", ContentHash: "11", Title: "政府工作报告"}}, Copies: []bleve.SourceCopy{{ID: "371500-2020-report", File: "b.txt", Share: 1}}},
		{Path: "c.pdf", SHA256: "22", Error: "无法读取"},
	}
	if _, err := b.Publish(context.Background(), sources); err != nil {
		t.Fatal(err)
	}
	m, err := bleve.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(m.Sources)
	want, _ := json.Marshal(sources)
	if !bytes.Equal(got, want) {
		t.Errorf("sources %s, want %s", got, want)
	}
	if len(m.Files) < 5 {
		t.Errorf("manifest %+v", m)
	}
}

func FuzzSearch(f *testing.F) {
	dir, err := os.MkdirTemp("", "youju-fuzz")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { os.RemoveAll(dir) })
	build(f, dir, small(1))
	x, err := bleve.Open(dir)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { x.Close() })
	f.Add("修路 绿化", "year", "2020", 1, 20)
	f.Add(`-"修路" year:2019..2021`, "county", "聊城", 0, -1)
	f.Add("第1次建成的条木", "nothing", "\xff", 1<<40, 1<<40)
	f.Fuzz(func(t *testing.T, text, facet, value string, page, size int) {
		q := search.Query{Text: text, Filters: map[string][]string{facet: {value}}, Sort: value, Page: page, Size: size}
		res, err := x.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Hits) > search.MaxSize || len(res.Hits) > res.Total || res.Exact > res.Total || len(res.Facets) != len(search.FacetNames) {
			t.Fatalf("%+v gives %d hits of %d, %d exact", q, len(res.Hits), res.Total, res.Exact)
		}
	})
}
