package bleve

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"youju/report"
	"youju/search"
)

// openSmall serves an index of one document.
func openSmall(t *testing.T, dir string, text string) *Live {
	t.Helper()
	publishSmall(t, dir, text)
	live, err := OpenLive(dir, slog.New(slog.DiscardHandler), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { live.Close() })
	return live
}

func publishSmall(t *testing.T, dir, text string) {
	t.Helper()
	b, err := NewBuilder(dir)
	if err != nil {
		t.Fatal(err)
	}
	doc := &report.Document{ID: "371500-2021-report", Year: 2021, Title: "报告", Items: []report.Item{{ID: "371500-2021-report/1", Text: text}}}
	if err := b.Add(doc); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Publish(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
}

func TestAnswersAreKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	live := openSmall(t, dir, "改造老旧小区十个")
	ctx := context.Background()
	ask := func(q search.Query) *search.Result {
		res, err := live.Search(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	first := ask(search.Query{Text: "老旧小区", Off: []string{"a", "b"}})
	if again := ask(search.Query{Text: " 老旧小区 ", Page: 1, Sort: search.SortRelevance, Off: []string{"b", "a"}}); again != first {
		t.Error("the same question in another form was answered anew")
	}
	for _, other := range []search.Query{
		{Text: "老旧小区"}, {Text: "老旧小区", Off: []string{"a", "b"}, Page: 2}, {Text: "老旧小区", Off: []string{"a", "b"}, Size: 3},
		{Text: "老旧小区", Off: []string{"a", "b"}, Explain: true}, {Text: "老旧小区", Off: []string{"a", "b"}, Sort: search.SortOldest},
		{Text: "老旧小区", Off: []string{"a", "b"}, Filters: map[string][]string{search.FacetYear: {"2021"}}},
		{Text: "老旧小区", Off: []string{"a", "b"}, Filters: map[string][]string{search.FacetTopic: {"2021"}}},
	} {
		if ask(other) == first {
			t.Errorf("%+v was answered with another question's answer", other)
		}
	}
	if use := live.Info().Caches[0]; use.Hits != 1 || use.Misses != 8 {
		t.Errorf("counted %+v", use)
	}
	publishSmall(t, dir, "改造老旧小区二十个")
	live.reload()
	if now := ask(search.Query{Text: "老旧小区", Off: []string{"a", "b"}}); now == first || now.Hits[0].Item.Text != "改造老旧小区二十个" {
		t.Error("a new index was answered for with what the old one said")
	}
}

// TestEqualQuestions: who asks while the same is being found waits for that;
// when who began it goes away, the others still get their answer.
func TestEqualQuestions(t *testing.T) {
	live := openSmall(t, filepath.Join(t.TempDir(), "index"), "改造老旧小区十个")
	from := func(c *caches) *cache[[]search.Suggestion] { return c.suggestions }
	var found atomic.Int64
	begun, gone := make(chan struct{}), make(chan struct{})
	find := func(ctx context.Context, _ *Index) ([]search.Suggestion, error) {
		if found.Add(1) == 1 {
			close(begun)
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-gone:
			}
		}
		return []search.Suggestion{{}}, nil
	}
	for _, leaves := range []bool{false, true} {
		found.Store(0)
		begun, gone = make(chan struct{}), make(chan struct{})
		key := map[bool]string{false: "stays", true: "leaves"}[leaves]
		ctx, cancel := context.WithCancel(context.Background())
		var asked sync.WaitGroup
		asked.Go(func() {
			if _, err := answerOf(ctx, live, key, from, find); leaves != errors.Is(err, context.Canceled) {
				t.Errorf("who asked first: %v", err)
			}
		})
		<-begun
		for range 5 {
			asked.Go(func() {
				if list, err := answerOf(context.Background(), live, key, from, find); err != nil || len(list) != 1 {
					t.Errorf("who waited: %v %v", list, err)
				}
			})
		}
		for live.Info().Caches[3].Misses%6 != 0 {
			time.Sleep(time.Millisecond) // until all five have asked
		}
		if leaves {
			cancel()
		} else {
			close(gone)
		}
		asked.Wait()
		cancel()
		// One or two may have come when it was over; five would have found it alone.
		if n := found.Load(); !leaves && n > 3 {
			t.Errorf("found %d times", n)
		}
	}
}

func TestPanicIsAnError(t *testing.T) {
	live := openSmall(t, filepath.Join(t.TempDir(), "index"), "改造老旧小区十个")
	_, err := answerOf(context.Background(), live, "key", func(c *caches) *cache[[]search.Suggestion] { return c.suggestions },
		func(context.Context, *Index) ([]search.Suggestion, error) { panic("damaged") })
	if err == nil {
		t.Error("no error")
	}
}
